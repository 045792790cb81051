//! The sentence that says how many targets were reached, of a city or of the round: counts before rates, no praise, no reproach.

use std::fmt::Display;

use super::phrases::names_in;
use super::say::{in_brackets, plural, say, sentences};
use super::totals::Totals;
use crate::assess::{Assessment, State};
use crate::compare::CityScore;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::plan::{Indicator, Origin};
use crate::rounding::{fixed, percent};
use crate::words::table_rows;

/// Counts of a city or of the round, as the verdict sentence needs them.
#[derive(Clone, Copy, Default)]
pub(super) struct Counts<'a> {
    /// Whose they are: the totals that sentences tell by name.
    pub(super) whose: Option<Totals<'a>>,
    /// The last year of a plan of several years that sets targets for no earlier one: then they are no targets of a year.
    pub(super) at_the_end: Option<i32>,
    pub(super) total: usize,
    pub(super) assessable: usize,
    pub(super) met: usize,
    pub(super) nearly: usize,
    pub(super) missed: usize,
    /// Of these, those of which no completion is computed: a milestone, a place.
    pub(super) unmeasured: usize,
    pub(super) on_schedule: usize,
    pub(super) behind_schedule: usize,
    /// Of both, those that are held against the target itself, since nothing is due of it by now.
    pub(super) held_to_the_end: usize,
    pub(super) lagged: usize,
    pub(super) in_doubt: usize,
    pub(super) not_reported: usize,
    pub(super) not_assessable: usize,
}

impl<'a> Counts<'a> {
    pub(super) fn of(score: &CityScore) -> Self {
        Self {
            whose: None,
            at_the_end: None,
            total: score.total,
            assessable: score.assessable,
            met: score.met,
            nearly: score.count(State::Nearly),
            missed: score.count(State::Missed),
            unmeasured: 0,
            on_schedule: score.count(State::OnSchedule),
            behind_schedule: score.count(State::BehindSchedule),
            held_to_the_end: 0,
            lagged: score.count(State::Lagged),
            in_doubt: score.count(State::InDoubt),
            not_reported: score.count(State::NotReported),
            not_assessable: score.count(State::NotAssessable),
        }
    }

    /// Those of a city, of whose targets these are counted.
    pub(super) fn of_city(score: &CityScore, counted: &[(&Assessment, &Indicator)]) -> Self {
        let is_one = |(one, _): &&(&Assessment, &Indicator)| is_unmeasured(one);
        Self {
            unmeasured: counted.iter().filter(is_one).count(),
            held_to_the_end: counted.iter().filter(|(one, _)| one.is_held_to_the_end()).count(),
            ..Self::of(score)
        }
    }

    /// The same, told with their steps.
    pub(super) fn told(self, whose: Totals<'a>) -> Self {
        Self { whose: Some(whose), ..self }
    }

    /// Of which year the targets are that were met: 年度, or 2025年 of a plan that sets them for its end only.
    fn whose_targets(self) -> [String; 2] {
        match self.at_the_end {
            Some(year) => [format!("{year}年"), format!(" for {year}")],
            None => ["年度".to_owned(), " for the year".to_owned()],
        }
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
    fn missed_names(self, language: Language, missed: &[String]) -> String {
        let say = |count| self.say_state(State::Missed, count);
        if missed.is_empty() {
            return String::new();
        }
        in_brackets(language, &names_in(language, missed, say, "项"))
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

    /// `数据滞后2项`, `2 data delayed`, … for the kinds that occur.
    pub(super) fn open_parts(&self, language: Language) -> Vec<String> {
        let part = |(state, count): (State, usize)| {
            let (word, count) = (state.words(language), self.say_state(state, count));
            say!(language, "{word}{count}项", "{count} {word}")
        };
        self.open_kinds().into_iter().map(part).collect()
    }
}

/// The verdict: 应评 → 可评、覆盖率 → 完成、完成率 → how far the others are → what cannot be judged.
///
/// `noun` says what is counted, 指标 or 正文目标; `missed` names those below the limit; `below` says that coverage is too low to rank.
#[expect(clippy::too_many_lines, reason = "each sentence has its words in two languages")]
pub(super) fn verdict(
    language: Language,
    subject: &str,
    noun: Noun,
    counts: Counts<'_>,
    missed: &[String],
    below: bool,
    limit: &str,
) -> String {
    let Counts { total, assessable, .. } = counts;
    let nouns = noun;
    let noun = nouns.words(language, total);
    if total == 0 {
        return say!(
            language,
            "{subject}本年度没有应评{noun}。",
            "{subject} has no {noun} to be judged this year."
        );
    }
    let (kinds, parts) = (counts.open_kinds(), language.list(&counts.open_parts(language)));
    if assessable == 0 {
        let how = match kinds.as_slice() {
            [(only, _)] => {
                let only = only.words(language);
                say!(language, "{only}", "all {only}")
            }
            _ => say!(language, "暂不能判定（{parts}）", "none of which can be judged yet ({parts})"),
        };
        let total = counts.say("total", total);
        return say!(
            language,
            "{subject}应评{noun}{total}项，均{how}，本期不计算完成率。",
            "{subject} has {total} {noun} to be judged, {how}; no share met is given this time."
        );
    }
    let coverage = counts.say("coverage.shown", percent(assessable, total).unwrap_or_default());
    let judged = if assessable == total {
        let total = counts.say("total", total);
        say!(
            language,
            "{subject}应评{noun}{total}项，均可评。",
            "{subject} has {total} {noun} to be judged, and all can be."
        )
    } else {
        let (total, assessable) = (counts.say("total", total), counts.say("assessable", assessable));
        let low = match below {
            true => {
                language.of("，低于排名要求，只列数据", ", too low for a place, so only figures are given")
            }
            false => "",
        };
        say!(
            language,
            "{subject}应评{noun}{total}项，可评{assessable}项，覆盖率{coverage}%{low}。",
            "{subject} has {total} {noun} to be judged, of which {assessable} can be (coverage {coverage}%{low})."
        )
    };
    let reached = reached(language, nouns, counts, missed, limit);
    let open = match (counts.open(), kinds.as_slice()) {
        (0, _) => String::new(),
        (open, [(only, _)]) => {
            let (open, only) = (counts.say("open", open), only.words(language));
            say!(language, "另有{open}项{only}，暂不能判定。", "Another {open} cannot be judged yet: {only}.")
        }
        (open, _) => {
            let open = counts.say("open", open);
            say!(
                language,
                "另有{open}项暂不能判定：{parts}。",
                "Another {open} cannot be judged yet: {parts}."
            )
        }
    };
    sentences(language, &[&judged, &reached, &open])
}

fn reached(language: Language, noun: Noun, counts: Counts<'_>, missed: &[String], limit: &str) -> String {
    let Counts { assessable, met, nearly, missed: far, .. } = counts;
    if counts.scheduled() > 0 {
        return with_schedules(language, counts, missed, limit);
    }
    let noun = noun.words(language, assessable);
    let [of, for_the] = counts.whose_targets();
    let who = counts.missed_names(language, missed);
    let short = nearly + far;
    if met == assessable {
        return match assessable {
            1 => {
                let one = counts.say("assessable", 1);
                say!(
                    language,
                    "可评的{one}项完成{of}目标。",
                    "The {one} that can be judged met its target{for_the}."
                )
            }
            _ => say!(
                language,
                "可评{noun}全部完成{of}目标。",
                "All {noun} that can be judged met their targets{for_the}."
            ),
        };
    }
    let apart = how_far(language, counts, limit, &who);
    if met == 0 {
        let link = if nearly > 0 && far > 0 { "其中" } else { "" };
        let all = if assessable == 1 { "" } else { "均" };
        let assessable = counts.say("assessable", assessable);
        return say!(
            language,
            "可评的{assessable}项{all}未达{of}目标，{link}{apart}。",
            "Of the {assessable} that can be judged none met its target{for_the}: {apart}."
        );
    }
    let rate = counts.say("rate.shown", percent(met, assessable).unwrap_or_default());
    let link = if nearly > 0 && far > 0 { "中，" } else { "" };
    let (met, short) = (counts.say("met", met), counts.say("short", short));
    say!(
        language,
        "可评{noun}中，{met}项完成{of}目标，完成率{rate}%；未达目标的{short}项{link}{apart}。",
        "Of these, {met} met the target{for_the} (share met {rate}%) and {short} did not: {apart}."
    )
}

/// How far from their targets those are that were missed.
fn how_far(language: Language, counts: Counts<'_>, limit: &str, who: &str) -> String {
    let Counts { nearly, missed: far, unmeasured, .. } = counts;
    let below = far_words(language, unmeasured, far, limit);
    if nearly > 0 && far > 0 {
        let nearly = counts.say_state(State::Nearly, nearly);
        let far = counts.say_state(State::Missed, far);
        return say!(
            language,
            "{nearly}项完成程度在{limit}%以上，{far}项{below}{who}",
            "{nearly} with a completion of {limit}% or more, {far} with {below}{who}"
        );
    }
    if language == Language::English {
        return match far {
            0 => format!("a completion of {limit}% or more"),
            _ => format!("{below}{who}"),
        };
    }
    match (nearly, far) {
        (1, 0) => format!("完成程度在{limit}%以上"),
        (_, 0) => format!("完成程度均在{limit}%以上"),
        (_, 1) if unmeasured == 1 => format!("{below}{who}"),
        _ if unmeasured == far => format!("均{below}{who}"),
        (_, 1) => format!("完成程度{below}{who}"),
        _ if unmeasured == 0 => format!("完成程度均{below}{who}"),
        _ => format!("完成程度{below}{who}"),
    }
}

/// What is said of how far targets were missed: `不足95%`, or that some or all of them have no completion.
pub(super) fn far_words(language: Language, unmeasured: usize, all: usize, limit: &str) -> String {
    match unmeasured {
        0 => say!(language, "不足{limit}%", "a completion below {limit}%"),
        some if some == all => language.of("没有完成率", "no completion").to_owned(),
        _ => say!(language, "不足{limit}%或没有完成率", "a completion below {limit}% or none"),
    }
}

/// Whether a target was missed of which no completion is computed.
pub(super) fn is_unmeasured(one: &Assessment) -> bool {
    one.state == State::Missed && one.completion.is_none()
}

/// Targets of the year beside others of later years: how many were reached, and how far the others are.
fn of_the_year(language: Language, counts: Counts<'_>, missed: &[String], limit: &str) -> String {
    let Counts { assessable, met, nearly, missed: far, .. } = counts;
    let apart = how_far(language, counts, limit, &counts.missed_names(language, missed));
    let (link, comma) = if nearly > 0 && far > 0 { ("其中", "，") } else { ("", "") };
    let how = match met {
        1 if assessable == 1 => language.of("已完成", "met").to_owned(),
        all if all == assessable => language.of("全部完成", "all met").to_owned(),
        0 if assessable == 1 => say!(language, "未完成，{apart}", "not met, {apart}"),
        0 => say!(language, "均未完成，{link}{apart}", "none met: {apart}"),
        some => {
            let rate = counts.say("annual.rate.shown", percent(some, assessable).unwrap_or_default());
            let (some, short) = (counts.say("annual.met", some), counts.say("short", nearly + far));
            let middle = if comma.is_empty() { "" } else { "中，" };
            say!(
                language,
                "完成{some}项，完成率{rate}%；未达目标的{short}项{middle}{apart}",
                "{some} met (share met {rate}%) and {short} not: {apart}"
            )
        }
    };
    let assessable = counts.say("annual.assessable", assessable);
    say!(
        language,
        "本年度的目标可评{assessable}项，{how}。",
        "Of the targets for this year {assessable} can be judged, {how}."
    )
}

/// Targets of the year and the ways to later targets, each by itself: who is on schedule has completed nothing yet.
fn with_schedules(language: Language, counts: Counts<'_>, missed: &[String], limit: &str) -> String {
    let Counts { on_schedule, behind_schedule, .. } = counts;
    let all = counts.scheduled();
    let link = if all == 1 { "" } else { language.of("均", "all ") };
    let how = match (on_schedule, behind_schedule) {
        (_, 0) => say!(language, "{link}达到序时进度", ", {link}on schedule"),
        (0, _) => say!(language, "{link}慢于序时进度", ", {link}behind schedule"),
        _ => {
            let on = counts.say_state(State::OnSchedule, on_schedule);
            let behind = counts.say_state(State::BehindSchedule, behind_schedule);
            say!(
                language,
                "中，{on}项达到序时进度，{behind}项慢于序时进度",
                ", {on} on schedule, {behind} behind schedule"
            )
        }
    };
    let annual = Counts {
        assessable: counts.assessable - all,
        met: counts.met - on_schedule,
        on_schedule: 0,
        behind_schedule: 0,
        ..counts
    };
    let judged = match counts.held_to_the_end {
        0 => language.of("按序时进度评估", "judged by what is due by now").to_owned(),
        some if some == all => {
            language.of("直接与目标比较", "held against the targets themselves").to_owned()
        }
        some => {
            let some = counts.say("scheduled.direct", some);
            say!(
                language,
                "按序时进度评估（其中{some}项没有序时应达数，直接与目标比较）",
                "judged by what is due by now ({some} of them, of which nothing is due yet, by the target itself)"
            )
        }
    };
    let all = counts.say("scheduled", all);
    if annual.assessable == 0 {
        return say!(
            language,
            "目标均为以后年度，{judged}：可评的{all}项{how}。",
            "All targets are for later years and are {judged}: {all} can be judged{how}."
        );
    }
    let rate = counts.say("rate.shown", percent(counts.met, counts.assessable).unwrap_or_default());
    let first = of_the_year(language, annual, missed, limit);
    let second = say!(
        language,
        "以后年度的目标{judged}，可评的{all}项{how}。两者合计，达标率{rate}%。",
        "Targets for later years are {judged}: {all} can be judged{how}. Together the share on target is {rate}%."
    );
    sentences(language, &[&first, &second])
}

/// Score and grade of the only unit, in one sentence; empty where it has none, and of several, which have theirs in the table of ranks.
pub(super) fn grade_sentence(language: Language, cities: &[CityEvaluation], whose: Totals<'_>) -> String {
    let [CityEvaluation { score, .. }] = cities else { return String::new() };
    let (Some(points), Some(grade)) = (score.score_missing_as_zero, score.grade) else {
        return String::new();
    };
    let reasons = score.limits.iter().map(|limit| &*limit.reason).collect::<Vec<_>>().join("；");
    let limited = match reasons.is_empty() {
        true => String::new(),
        false => say!(language, "有限制等次的事项（{reasons}），", ", limited by decision (“{reasons}”)"),
    };
    let points = whose.say("score_missing_as_zero.shown", fixed(points, 1));
    let grade = grade.words(language);
    say!(
        language,
        "缺报计零得分{points}分，{limited}等次为{grade}。",
        "With open targets as zero the score is {points}; the grade is {grade}{limited}."
    )
}

/// The noun of sentences: 应评指标 or 应评正文目标.
pub(super) fn noun(basis: Origin) -> &'static str {
    match basis {
        Origin::Table => "指标",
        Origin::Prose => "正文目标",
    }
}

/// What is counted, in both languages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noun {
    chinese: &'static str,
    /// One and several.
    english: [&'static str; 2],
}

impl Noun {
    /// What the account of a city counts.
    pub(super) fn of(basis: Origin) -> Self {
        let english = match basis {
            Origin::Table => ["indicator", "indicators"],
            Origin::Prose => ["target", "targets"],
        };
        Self { chinese: noun(basis), english }
    }

    /// Of so many.
    pub(super) fn words(self, language: Language, count: usize) -> &'static str {
        let [one, several] = self.english;
        language.of(self.chinese, plural(count, one, several))
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
            assert_eq!(
                verdict(Language::Chinese, "湘潭市", Noun::of(Origin::Table), counts, missed, below, "95"),
                expected
            );
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
            (
                Counts { on_schedule: 3, held_to_the_end: 1, ..counts(3, 3, 3, 0, 0) },
                "湘潭市应评指标3项，均可评。目标均为以后年度，按序时进度评估（其中1项没有序时应达数，直接与目标比较）：可评的3项均达到序时进度。",
            ),
            (
                Counts { on_schedule: 1, held_to_the_end: 1, ..counts(5, 5, 5, 0, 0) },
                "湘潭市应评指标5项，均可评。本年度的目标可评4项，全部完成。以后年度的目标直接与目标比较，可评的1项达到序时进度。两者合计，达标率100.0%。",
            ),
        ] {
            assert_eq!(
                verdict(Language::Chinese, "湘潭市", Noun::of(Origin::Table), counts, &[], false, "95"),
                expected
            );
        }
    }

    #[test]
    fn the_verdict_in_english_prints_the_same_numerals() {
        let numerals = |text: &str| {
            let mut all: Vec<String> = text
                .split(|c: char| !c.is_ascii_digit() && c != '.')
                .map(|number| number.trim_matches('.').to_owned())
                .filter(|number| !number.is_empty())
                .collect();
            all.sort();
            all
        };
        let mut mixed = counts(26, 21, 13, 6, 2);
        (mixed.in_doubt, mixed.lagged, mixed.not_reported) = (2, 2, 1);
        let four = named(&["A", "B", "C", "D"]);
        for (counts, missed) in [
            (mixed, &four[..]),
            (counts(5, 5, 5, 0, 0), &[]),
            (counts(1, 1, 1, 0, 0), &[]),
            (counts(3, 3, 2, 1, 0), &[]),
            (counts(5, 5, 0, 3, 2), &four[..2]),
            (counts(26, 2, 2, 0, 0), &[]),
            (counts(26, 0, 0, 0, 0), &[]),
            (counts(0, 0, 0, 0, 0), &[]),
            (Counts { on_schedule: 2, behind_schedule: 1, ..counts(6, 5, 3, 1, 0) }, &[]),
            (Counts { on_schedule: 3, ..counts(3, 3, 3, 0, 0) }, &[]),
            (Counts { on_schedule: 3, held_to_the_end: 1, ..counts(3, 3, 3, 0, 0) }, &[]),
        ] {
            let say = |language| verdict(language, "A", Noun::of(Origin::Table), counts, missed, true, "95");
            let (chinese, english) = (say(Language::Chinese), say(Language::English));
            assert_eq!(numerals(&english), numerals(&chinese), "{chinese}\n{english}");
            assert!(english.chars().all(|c| c.is_ascii() || "’“”".contains(c)), "{english}");
        }
    }
}
