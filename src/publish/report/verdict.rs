//! The sentence that says how many targets were reached, of a city or of the round: counts before rates, no praise, no reproach.

use std::fmt::Display;

use super::phrases::names;
use super::totals::Totals;
use crate::assess::{Assessment, State};
use crate::compare::CityScore;
use crate::evaluation::CityEvaluation;
use crate::plan::{Indicator, Origin};
use crate::rounding::{fixed, percent};
use crate::words::table_rows;

/// Counts of a city or of the round, as the verdict sentence needs them.
#[derive(Clone, Copy, Default)]
pub(super) struct Counts<'a> {
    /// Whose they are: the totals that sentences tell by name.
    pub(super) whose: Option<Totals<'a>>,
    pub(super) total: usize,
    pub(super) assessable: usize,
    pub(super) met: usize,
    pub(super) nearly: usize,
    pub(super) missed: usize,
    /// Of these, those of which no completion is computed: a milestone, a place.
    pub(super) unmeasured: usize,
    pub(super) on_schedule: usize,
    pub(super) behind_schedule: usize,
    pub(super) lagged: usize,
    pub(super) in_doubt: usize,
    pub(super) not_reported: usize,
    pub(super) not_assessable: usize,
}

impl<'a> Counts<'a> {
    pub(super) fn of(score: &CityScore) -> Self {
        Self {
            whose: None,
            total: score.total,
            assessable: score.assessable,
            met: score.met,
            nearly: score.count(State::Nearly),
            missed: score.count(State::Missed),
            unmeasured: 0,
            on_schedule: score.count(State::OnSchedule),
            behind_schedule: score.count(State::BehindSchedule),
            lagged: score.count(State::Lagged),
            in_doubt: score.count(State::InDoubt),
            not_reported: score.count(State::NotReported),
            not_assessable: score.count(State::NotAssessable),
        }
    }

    /// Those of a city, of whose targets these are counted.
    pub(super) fn of_city(score: &CityScore, counted: &[(&Assessment, &Indicator)]) -> Self {
        let is_one = |(one, _): &&(&Assessment, &Indicator)| is_unmeasured(one);
        Self { unmeasured: counted.iter().filter(is_one).count(), ..Self::of(score) }
    }

    /// The same, told with their steps.
    pub(super) fn told(self, whose: Totals<'a>) -> Self {
        Self { whose: Some(whose), ..self }
    }

    /// A number of a total as sentences print it.
    pub(super) fn say(self, name: &str, number: impl Display) -> String {
        self.whose.map_or_else(|| number.to_string(), |whose| whose.say(name, &number))
    }

    /// The number of those in a state.
    fn say_state(self, state: State, number: usize) -> String {
        self.say(&format!("state.{}", state.key()), number)
    }

    /// `（甲、乙、丙等4项）`: those that were missed; nothing where none is named.
    fn missed_names(self, missed: &[String]) -> String {
        let say = |count| self.say_state(State::Missed, count);
        if missed.is_empty() { String::new() } else { format!("（{}）", names(missed, say, "项")) }
    }

    pub(super) fn open(&self) -> usize {
        self.total - self.assessable
    }

    /// Those that are judged on the way to a later year's target.
    pub(super) fn scheduled(&self) -> usize {
        self.on_schedule + self.behind_schedule
    }

    /// The kinds of what cannot be judged, with how many there are of those that occur.
    fn open_kinds(&self) -> Vec<(State, usize)> {
        let kinds = [
            (State::Lagged, self.lagged),
            (State::InDoubt, self.in_doubt),
            (State::NotReported, self.not_reported),
            (State::NotAssessable, self.not_assessable),
        ];
        kinds.into_iter().filter(|(_, count)| *count > 0).collect()
    }

    /// `数据滞后2项`, … for the kinds that occur.
    pub(super) fn open_parts(&self) -> Vec<String> {
        let part =
            |(state, count): (State, usize)| format!("{}{}项", state.chinese(), self.say_state(state, count));
        self.open_kinds().into_iter().map(part).collect()
    }
}

/// The verdict: 应评 → 可评、覆盖率 → 完成、完成率 → how far the others are → what cannot be judged.
///
/// `noun` is 指标 or 正文目标; `missed` names those below the limit; `below` says that coverage is too low to rank.
pub(super) fn verdict(
    subject: &str,
    noun: &str,
    counts: Counts<'_>,
    missed: &[String],
    below: bool,
    limit: &str,
) -> String {
    let Counts { total, assessable, .. } = counts;
    if total == 0 {
        return format!("{subject}本年度没有应评{noun}。");
    }
    let (kinds, parts) = (counts.open_kinds(), counts.open_parts());
    if assessable == 0 {
        let how = match kinds.as_slice() {
            [(only, _)] => only.chinese().to_owned(),
            _ => format!("暂不能判定（{}）", parts.join("、")),
        };
        let total = counts.say("total", total);
        return format!("{subject}应评{noun}{total}项，均{how}，本期不计算完成率。");
    }
    let coverage = counts.say("coverage.shown", percent(assessable, total).unwrap_or_default());
    let mut text = if assessable == total {
        let total = counts.say("total", total);
        format!("{subject}应评{noun}{total}项，均可评。")
    } else {
        let (total, assessable) = (counts.say("total", total), counts.say("assessable", assessable));
        let low = if below { "，低于排名要求，只列数据" } else { "" };
        format!("{subject}应评{noun}{total}项，可评{assessable}项，覆盖率{coverage}%{low}。")
    };
    text.push_str(&reached(noun, counts, missed, limit));
    match (counts.open(), kinds.as_slice()) {
        (0, _) => {}
        (open, [(only, _)]) => {
            let open = counts.say("open", open);
            text.push_str(&format!("另有{open}项{}，暂不能判定。", only.chinese()));
        }
        (open, _) => {
            let open = counts.say("open", open);
            text.push_str(&format!("另有{open}项暂不能判定：{}。", parts.join("、")));
        }
    }
    text
}

fn reached(noun: &str, counts: Counts<'_>, missed: &[String], limit: &str) -> String {
    let Counts { assessable, met, nearly, missed: far, .. } = counts;
    if counts.scheduled() > 0 {
        return with_schedules(counts, missed, limit);
    }
    let who = counts.missed_names(missed);
    let short = nearly + far;
    if met == assessable {
        return if assessable == 1 {
            format!("可评的{}项完成年度目标。", counts.say("assessable", 1))
        } else {
            format!("可评{noun}全部完成年度目标。")
        };
    }
    let apart = how_far(counts, limit, &who);
    if met == 0 {
        let link = if nearly > 0 && far > 0 { "其中" } else { "" };
        let all = if assessable == 1 { "" } else { "均" };
        let assessable = counts.say("assessable", assessable);
        return format!("可评的{assessable}项{all}未达年度目标，{link}{apart}。");
    }
    let rate = counts.say("rate.shown", percent(met, assessable).unwrap_or_default());
    let link = if nearly > 0 && far > 0 { "中，" } else { "" };
    let (met, short) = (counts.say("met", met), counts.say("short", short));
    format!("可评{noun}中，{met}项完成年度目标，完成率{rate}%；未达目标的{short}项{link}{apart}。")
}

/// How far from their targets those are that were missed.
fn how_far(counts: Counts<'_>, limit: &str, who: &str) -> String {
    let Counts { nearly, missed: far, unmeasured, .. } = counts;
    let below = far_words(unmeasured, far, limit);
    match (nearly, far) {
        (1, 0) => format!("完成程度在{limit}%以上"),
        (_, 0) => format!("完成程度均在{limit}%以上"),
        (0, 1) if unmeasured == 1 => format!("{below}{who}"),
        (0, _) if unmeasured == far => format!("均{below}{who}"),
        (0, 1) => format!("完成程度{below}{who}"),
        (0, _) if unmeasured == 0 => format!("完成程度均{below}{who}"),
        (0, _) => format!("完成程度{below}{who}"),
        _ => {
            let nearly = counts.say_state(State::Nearly, nearly);
            let far = counts.say_state(State::Missed, far);
            format!("{nearly}项完成程度在{limit}%以上，{far}项{below}{who}")
        }
    }
}

/// What is said of how far targets were missed: `不足95%`, or that some or all of them have no completion.
pub(super) fn far_words(unmeasured: usize, all: usize, limit: &str) -> String {
    match unmeasured {
        0 => format!("不足{limit}%"),
        some if some == all => "没有完成率".to_owned(),
        _ => format!("不足{limit}%或没有完成率"),
    }
}

/// Whether a target was missed of which no completion is computed.
pub(super) fn is_unmeasured(one: &Assessment) -> bool {
    one.state == State::Missed && one.completion.is_none()
}

/// Targets of the year beside others of later years: how many were reached, and how far the others are.
fn of_the_year(counts: Counts<'_>, missed: &[String], limit: &str) -> String {
    let Counts { assessable, met, nearly, missed: far, .. } = counts;
    let who = counts.missed_names(missed);
    let apart = how_far(counts, limit, &who);
    let (link, comma) = if nearly > 0 && far > 0 { ("其中", "，") } else { ("", "") };
    let how = match met {
        1 if assessable == 1 => "已完成".to_owned(),
        all if all == assessable => "全部完成".to_owned(),
        0 if assessable == 1 => format!("未完成，{apart}"),
        0 => format!("均未完成，{link}{apart}"),
        some => {
            let rate = counts.say("annual.rate.shown", percent(some, assessable).unwrap_or_default());
            let (some, short) = (counts.say("annual.met", some), counts.say("short", nearly + far));
            let middle = if comma.is_empty() { "" } else { "中，" };
            format!("完成{some}项，完成率{rate}%；未达目标的{short}项{middle}{apart}")
        }
    };
    let assessable = counts.say("annual.assessable", assessable);
    format!("本年度的目标可评{assessable}项，{how}。")
}

/// Targets of the year and the ways to later targets, each by itself: who is on schedule has completed nothing yet.
fn with_schedules(counts: Counts<'_>, missed: &[String], limit: &str) -> String {
    let Counts { on_schedule, behind_schedule, .. } = counts;
    let all = counts.scheduled();
    let link = if all == 1 { "" } else { "均" };
    let how = match (on_schedule, behind_schedule) {
        (_, 0) => format!("{link}达到序时进度"),
        (0, _) => format!("{link}慢于序时进度"),
        _ => format!(
            "中，{}项达到序时进度，{}项慢于序时进度",
            counts.say_state(State::OnSchedule, on_schedule),
            counts.say_state(State::BehindSchedule, behind_schedule)
        ),
    };
    let annual = Counts {
        assessable: counts.assessable - all,
        met: counts.met - on_schedule,
        on_schedule: 0,
        behind_schedule: 0,
        ..counts
    };
    let all = counts.say("scheduled", all);
    if annual.assessable == 0 {
        return format!("目标均为以后年度，按序时进度评估：可评的{all}项{how}。");
    }
    let rate = counts.say("rate.shown", percent(counts.met, counts.assessable).unwrap_or_default());
    format!(
        "{}以后年度的目标按序时进度评估，可评的{all}项{how}。两者合计，达标率{rate}%。",
        of_the_year(annual, missed, limit)
    )
}

/// Score and grade of the only unit, in one sentence; empty where it has none, and of several, which have theirs in the table of ranks.
pub(super) fn grade_sentence(cities: &[CityEvaluation], whose: Totals<'_>) -> String {
    let [CityEvaluation { score, .. }] = cities else { return String::new() };
    let (Some(points), Some(grade)) = (score.score_missing_as_zero, score.grade) else {
        return String::new();
    };
    let reasons: Vec<&str> = score.limits.iter().map(|limit| limit.reason.as_str()).collect();
    let limited = match reasons.is_empty() {
        true => String::new(),
        false => format!("有限制等次的事项（{}），", reasons.join("；")),
    };
    let points = whose.say("score_missing_as_zero.shown", fixed(points, 1));
    format!("缺报计零得分{points}分，{limited}等次为{}。", grade.chinese())
}

/// The noun of sentences: 应评指标 or 应评正文目标.
pub(super) fn noun(basis: Origin) -> &'static str {
    match basis {
        Origin::Table => "指标",
        Origin::Prose => "正文目标",
    }
}

/// What the account of a city counts: 附表指标, by the name of the plan's table.
pub(super) fn basis_words(city: &CityEvaluation) -> String {
    match city.score.basis {
        Origin::Table => table_rows(&city.plan.called),
        Origin::Prose => noun(Origin::Prose).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(total: usize, assessable: usize, met: usize, nearly: usize, missed: usize) -> Counts<'static> {
        let in_doubt = total - assessable;
        Counts { total, assessable, met, nearly, missed, in_doubt, ..Counts::default() }
    }

    fn named(list: &[&str]) -> Vec<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_verdict_reads_well_in_every_variant() {
        let mut mixed = counts(26, 21, 13, 6, 2);
        (mixed.in_doubt, mixed.lagged, mixed.not_reported) = (2, 2, 1);
        let two = named(&["高层次人才团队", "人均GDP"]);
        for (counts, missed, below, expected) in [
            (
                mixed,
                &two[..],
                false,
                "湘潭市应评指标26项，可评21项，覆盖率80.8%。可评指标中，13项完成年度目标，完成率61.9%；未达目标的8项中，6项完成程度在95%以上，2项不足95%（高层次人才团队、人均GDP）。另有5项暂不能判定：数据滞后2项、待核实2项、未报1项。",
            ),
            (counts(5, 5, 5, 0, 0), &[], false, "湘潭市应评指标5项，均可评。可评指标全部完成年度目标。"),
            (counts(1, 1, 1, 0, 0), &[], false, "湘潭市应评指标1项，均可评。可评的1项完成年度目标。"),
            (
                counts(3, 3, 2, 1, 0),
                &[],
                false,
                "湘潭市应评指标3项，均可评。可评指标中，2项完成年度目标，完成率66.7%；未达目标的1项完成程度在95%以上。",
            ),
            (
                counts(4, 4, 1, 3, 0),
                &[],
                false,
                "湘潭市应评指标4项，均可评。可评指标中，1项完成年度目标，完成率25.0%；未达目标的3项完成程度均在95%以上。",
            ),
            (
                counts(5, 5, 0, 3, 2),
                &two[..],
                false,
                "湘潭市应评指标5项，均可评。可评的5项均未达年度目标，其中3项完成程度在95%以上，2项不足95%（高层次人才团队、人均GDP）。",
            ),
            (
                counts(26, 2, 2, 0, 0),
                &[],
                true,
                "湘潭市应评指标26项，可评2项，覆盖率7.7%，低于排名要求，只列数据。可评指标全部完成年度目标。另有24项待核实，暂不能判定。",
            ),
            (
                counts(1, 1, 0, 0, 1),
                &two[..1],
                false,
                "湘潭市应评指标1项，均可评。可评的1项未达年度目标，完成程度不足95%（高层次人才团队）。",
            ),
            (counts(26, 0, 0, 0, 0), &[], true, "湘潭市应评指标26项，均待核实，本期不计算完成率。"),
        ] {
            assert_eq!(verdict("湘潭市", "指标", counts, missed, below, "95"), expected);
        }
    }

    #[test]
    fn targets_of_the_year_and_ways_to_later_ones_are_told_apart() {
        for (counts, expected) in [
            (
                Counts { on_schedule: 2, behind_schedule: 1, ..counts(6, 5, 3, 1, 0) },
                "湘潭市应评指标6项，可评5项，覆盖率83.3%。本年度的目标可评2项，完成1项，完成率50.0%；未达目标的1项完成程度在95%以上。以后年度的目标按序时进度评估，可评的3项中，2项达到序时进度，1项慢于序时进度。两者合计，达标率60.0%。另有1项待核实，暂不能判定。",
            ),
            (
                Counts { on_schedule: 1, behind_schedule: 1, ..counts(5, 5, 4, 0, 0) },
                "湘潭市应评指标5项，均可评。本年度的目标可评3项，全部完成。以后年度的目标按序时进度评估，可评的2项中，1项达到序时进度，1项慢于序时进度。两者合计，达标率80.0%。",
            ),
            (
                Counts { on_schedule: 3, ..counts(3, 3, 3, 0, 0) },
                "湘潭市应评指标3项，均可评。目标均为以后年度，按序时进度评估：可评的3项均达到序时进度。",
            ),
        ] {
            assert_eq!(verdict("湘潭市", "指标", counts, &[], false, "95"), expected);
        }
    }
}
