//! Sentences of the report, in the house style of statistical bulletins: counts before rates, no praise, no reproach.
//!
//! Every function is pure; the wording of each variant is held by a test at the foot.

pub(super) use super::phrases::{change, chinese_number, full_date, gap_to_target, month_day, names};
use crate::assess::{Pace, State};
use crate::compare::CityScore;
use crate::rounding::percent;

/// Counts of a city or of the round, as the verdict sentence needs them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) total: usize,
    pub(super) assessable: usize,
    pub(super) met: usize,
    pub(super) nearly: usize,
    pub(super) missed: usize,
    pub(super) lagged: usize,
    pub(super) in_doubt: usize,
    pub(super) not_reported: usize,
    pub(super) not_assessable: usize,
}

impl Counts {
    pub(super) fn of(score: &CityScore) -> Self {
        Self {
            total: score.total,
            assessable: score.assessable,
            met: score.met,
            nearly: score.count(State::Nearly),
            missed: score.count(State::Missed),
            lagged: score.count(State::Lagged),
            in_doubt: score.count(State::InDoubt),
            not_reported: score.count(State::NotReported),
            not_assessable: score.count(State::NotAssessable),
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.total += other.total;
        self.assessable += other.assessable;
        self.met += other.met;
        self.nearly += other.nearly;
        self.missed += other.missed;
        self.lagged += other.lagged;
        self.in_doubt += other.in_doubt;
        self.not_reported += other.not_reported;
        self.not_assessable += other.not_assessable;
    }

    pub(super) fn open(&self) -> usize {
        self.total - self.assessable
    }

    /// `数据滞后2项`, … for the kinds that occur.
    pub(super) fn open_parts(&self) -> Vec<String> {
        [
            (State::Lagged, self.lagged),
            (State::InDoubt, self.in_doubt),
            (State::NotReported, self.not_reported),
            (State::NotAssessable, self.not_assessable),
        ]
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(state, count)| format!("{}{count}项", state.chinese()))
        .collect()
    }
}

/// The verdict: 应评 → 可评、覆盖率 → 完成、完成率 → how far the others are → what cannot be judged.
///
/// `noun` is 指标 or 正文目标; `missed` names those below the limit; `below` says that coverage is too low to rank.
pub(super) fn verdict(
    subject: &str,
    noun: &str,
    counts: Counts,
    missed: &[String],
    below: bool,
    limit: &str,
) -> String {
    let Counts { total, assessable, .. } = counts;
    if total == 0 {
        return format!("{subject}本年度没有应评{noun}。");
    }
    let parts = counts.open_parts();
    if assessable == 0 {
        let how = match parts.as_slice() {
            [only] => only.trim_end_matches(|c: char| c == '项' || c.is_ascii_digit()).to_owned(),
            _ => format!("暂不能判定（{}）", parts.join("、")),
        };
        return format!("{subject}应评{noun}{total}项，均{how}，本期不计算完成率。");
    }
    let coverage = percent(assessable, total).unwrap_or_default();
    let mut text = if assessable == total {
        format!("{subject}应评{noun}{total}项，均可评。")
    } else {
        let low = if below { "，低于排名要求，只列数据" } else { "" };
        format!("{subject}应评{noun}{total}项，可评{assessable}项，覆盖率{coverage}%{low}。")
    };
    text.push_str(&reached(noun, counts, missed, limit));
    match (counts.open(), parts.as_slice()) {
        (0, _) => {}
        (open, [only]) => {
            let word = only.trim_end_matches(|c: char| c == '项' || c.is_ascii_digit());
            text.push_str(&format!("另有{open}项{word}，暂不能判定。"));
        }
        (open, _) => text.push_str(&format!("另有{open}项暂不能判定：{}。", parts.join("、"))),
    }
    text
}

fn reached(noun: &str, counts: Counts, missed: &[String], limit: &str) -> String {
    let Counts { assessable, met, nearly, missed: far, .. } = counts;
    let who = if missed.is_empty() { String::new() } else { format!("（{}）", names(missed, "项")) };
    let short = nearly + far;
    if met == assessable {
        return if assessable == 1 {
            "可评的1项完成年度目标。".to_owned()
        } else {
            format!("可评{noun}全部完成年度目标。")
        };
    }
    let apart = match (nearly, far) {
        (_, 0) if short == 1 => format!("完成程度在{limit}%以上"),
        (0, _) if short == 1 => format!("完成程度不足{limit}%{who}"),
        (_, 0) => format!("完成程度均在{limit}%以上"),
        (0, _) => format!("完成程度均不足{limit}%{who}"),
        _ => format!("{nearly}项完成程度在{limit}%以上，{far}项不足{limit}%{who}"),
    };
    if met == 0 {
        let link = if nearly > 0 && far > 0 { "其中" } else { "" };
        let all = if assessable == 1 { "" } else { "均" };
        return format!("可评的{assessable}项{all}未达年度目标，{link}{apart}。");
    }
    let rate = percent(met, assessable).unwrap_or_default();
    let link = if nearly > 0 && far > 0 { "中，" } else { "" };
    format!("可评{noun}中，{met}项完成年度目标，完成率{rate}%；未达目标的{short}项{link}{apart}。")
}

/// Who is first and who last. Each entry: name, rate, place; in the order of places.
pub(super) fn ranking(ranked: &[(String, String, usize)]) -> String {
    let first: Vec<String> =
        ranked.iter().filter(|(_, _, rank)| *rank == 1).map(|(name, ..)| name.clone()).collect();
    let (Some((name, top, _)), Some((last, bottom, lowest_rank))) = (ranked.first(), ranked.last()) else {
        return "本期没有城市参加排名。".to_owned();
    };
    if ranked.len() == 1 {
        return format!("本期只有{name}参加排名，完成率{top}%。");
    }
    if first.len() == ranked.len() {
        return format!("{}个城市完成率相同，均为{top}%，并列第1位。", ranked.len());
    }
    let head = if first.len() == 1 {
        let most = if ranked.len() == 2 { "较高" } else { "最高" };
        format!("{name}完成率{most}，为{top}%")
    } else {
        format!("{}完成率并列第1位，均为{top}%", names(&first, "个城市"))
    };
    let lowest: Vec<String> =
        ranked.iter().filter(|(_, _, rank)| rank == lowest_rank).map(|(name, ..)| name.clone()).collect();
    match (ranked.len(), lowest.len()) {
        (2, _) => format!("{head}；{last}为{bottom}%。"),
        (_, 1) => format!("{head}；最低的是{last}，为{bottom}%。"),
        _ => format!("{head}；最低的是{}，均为{bottom}%。", names(&lowest, "个城市")),
    }
}

/// Whether places may still move; `where_to` leads to the range.
pub(super) fn uncertainty(ranked: usize, moving: &[String], where_to: &str) -> String {
    if let ([only], 2..) = (moving, ranked) {
        return format!("{only}的名次可能因暂不能判定项补齐而变动{where_to}。");
    }
    let moving = moving.len();
    match (ranked, moving) {
        (0 | 1, _) => String::new(),
        (_, 0) => "各城市名次不受暂不能判定项影响。".to_owned(),
        (2, 2) => format!("两市名次都可能因暂不能判定项补齐而变动{where_to}。"),
        _ => format!("{moving}个城市的名次可能因暂不能判定项补齐而变动{where_to}。"),
    }
}

/// Cities that are not ranked.
pub(super) fn exclusion(unranked: usize, minimum: &str) -> String {
    if unranked == 0 {
        return String::new();
    }
    format!("{unranked}个城市覆盖率低于{minimum}%，只列数据，不排名次。")
}

/// How many indicators all plans share, and what rates do not say.
pub(super) fn common_indicators(count: usize, where_to: &str) -> String {
    if count == 0 {
        return "各市方案无共同指标，不作同指标比较。完成率反映对本市目标的完成程度，不反映水平高低。"
            .to_owned();
    }
    format!("共同指标{count}项，{where_to}。各市目标不同，完成率反映对本市目标的完成程度，不反映水平高低。")
}

/// Which common indicators two cities reached.
pub(super) fn common_verdicts(
    count: usize,
    both: &[String],
    single: &[String],
    neither: &[String],
) -> String {
    let part = |words: &str, list: &[String]| {
        (!list.is_empty()).then(|| format!("{words}{}项（{}）", list.len(), names(list, "项")))
    };
    let mut parts: Vec<String> =
        [part("两市都完成的", both), part("只有一市完成的", single), part("两市都未完成的", neither)]
            .into_iter()
            .flatten()
            .collect();
    let open = count - both.len() - single.len() - neither.len();
    if open > 0 {
        parts.push(format!("有一市暂不能判定的{open}项"));
    }
    format!("{count}项共同指标中，{}。", parts.join("，"))
}

/// Which groups are complete, and which not at all. Each entry: name, assessable, met.
pub(super) fn groups(groups: &[(String, usize, usize)]) -> String {
    let quoted = |wanted: &dyn Fn(usize, usize) -> bool| {
        let found = groups.iter().filter(|(_, able, met)| wanted(*able, *met));
        found.map(|(name, ..)| format!("“{name}”")).collect::<String>()
    };
    let full = quoted(&|able, met| able > 0 && met == able);
    let none = quoted(&|able, met| able > 0 && met == 0);
    let unknown = quoted(&|able, _| able == 0);
    let mut parts = Vec::new();
    for (names, words) in [(full, "可评指标全部完成"), (none, "可评指标均未完成"), (unknown, "暂无可评指标")]
    {
        if !names.is_empty() {
            parts.push(format!("{names}{words}"));
        }
    }
    if parts.is_empty() {
        // Nothing is complete, empty or unknown, so every group has a rate between 0 and 1.
        let best = |able: usize, met: usize| groups.iter().all(|(_, b, n)| met * b >= n * able);
        let mut first = groups.iter().filter(|(_, able, met)| best(*able, *met));
        if let Some((_, able, met)) = first.next() {
            let how = if first.next().is_some() {
                format!("完成率最高，均为{}%", percent(*met, *able).unwrap_or_default())
            } else {
                format!("完成最好，可评{able}项中完成{met}项")
            };
            parts.push(format!("{}{how}", quoted(&best)));
        }
    }
    format!("{}。", parts.join("，"))
}

/// Targets worse than the year before: how many, how many met, how many fell.
pub(super) fn soft_targets(base_year: Option<i32>, soft: usize, met: usize, fell: usize) -> String {
    let Some(year) = base_year else {
        return "方案未列上年数，不能比较目标与上年。".to_owned();
    };
    if soft == 0 {
        return format!("各项目标均不劣于{year}年实绩。");
    }
    // A soft target that was missed has fallen as well; one that neither fell nor was met is open.
    let all = if soft == 1 { "" } else { "均" };
    let met_words = match met {
        0 if soft > 1 => "尚无一项完成".to_owned(),
        0 => if fell > 0 { "未完成" } else { "暂不能判定" }.to_owned(),
        _ if met == soft => format!("{all}已完成"),
        _ => format!("其中{met}项完成"),
    };
    let but = if met > 0 { "但" } else { "" };
    let fell_words = match fell {
        0 if met == soft => format!("，实绩{all}不劣于上年"),
        0 => String::new(),
        _ if fell == soft => format!("，{but}实绩{all}比上年回落"),
        _ => format!("，{but}{fell}项实绩比上年回落"),
    };
    format!("{soft}项目标劣于{year}年实绩，{met_words}{fell_words}。完成这类目标不代表比上年进步。")
}

/// The way to the final year, by pace; `two` indicators have both tiers.
pub(super) fn path(last: i32, paces: &[Pace], two: usize) -> String {
    if paces.is_empty() {
        return format!("没有可与{last}年目标对照的指标。");
    }
    let count = |wanted: Pace| paces.iter().filter(|pace| **pace == wanted).count();
    let parts = [
        (count(Pace::ReachedIntended), format!("项已达{last}年完成值")),
        (count(Pace::ReachedAssessed), "项已达考核值、未达完成值".to_owned()),
        (count(Pace::OnTrack), "项保持计划增速即可达考核值".to_owned()),
        (count(Pace::Behind), "项须快于计划增速".to_owned()),
        (count(Pace::NoData), "项待核实或未报，暂不判断".to_owned()),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count}{words}"))
        .collect();
    let tiers = if two > 0 {
        format!("{two}项分设考核值和完成值，按考核值判断。")
    } else {
        String::new()
    };
    format!("对照{last}年目标，{}项指标中，{}。{tiers}", paces.len(), parts.join("，"))
}

/// Targets in prose beside a table: how many, how many reached, and which were missed; `by` is the day for the reasons.
pub(super) fn targets(prose: Option<Counts>, short: &[String], by: &str) -> String {
    let Some(counts) = prose.filter(|counts| counts.total > 0) else { return String::new() };
    let Counts { total, assessable, met, .. } = counts;
    let parts = counts.open_parts();
    let open = if parts.is_empty() { String::new() } else { format!("；{}", parts.join("、")) };
    let missed = match short.is_empty() {
        true => String::new(),
        false => {
            format!("未达目标的{}项（{}）由牵头单位{by}前说明原因、提出措施。", short.len(), short.join("、"))
        }
    };
    format!("方案正文另有目标{total}项，可评{assessable}项，完成{met}项{open}。{missed}")
}

/// Tasks by state.
pub(super) fn tasks(tasks: usize, by_state: &[(&str, usize)]) -> String {
    if tasks == 0 {
        return "方案没有分列工作要点。".to_owned();
    }
    let parts: Vec<String> = by_state
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| format!("{word}{count}项"))
        .collect();
    format!("工作要点{tasks}项，{}。", parts.join("、"))
}

/// Who reported in time.
pub(super) fn units(expected: usize, on_time: usize, late: &[String], silent: &[String]) -> String {
    if late.is_empty() && silent.is_empty() {
        return format!("应报单位{expected}个，全部按时报送。");
    }
    let part = |word: &str, list: &[String]| {
        if list.is_empty() {
            String::new()
        } else {
            format!("，{word}{}个（{}）", list.len(), names(list, "个"))
        }
    };
    format!("应报单位{expected}个，按时报送{on_time}个{}{}。", part("逾期", late), part("未报", silent))
}

/// What the review found.
pub(super) fn data_quality(
    errors: usize,
    warnings: usize,
    notes: usize,
    cut_off: &str,
    open: usize,
) -> String {
    let all = errors + warnings + notes;
    if all == 0 {
        return "审核未提出问题。".to_owned();
    }
    format!(
        "审核共提出问题{all}件，其中错误{errors}件、警告{warnings}件、提示{notes}件；截至{cut_off}，待答复{open}件。"
    )
}

/// Verdicts that depend on the method of comparison.
pub(super) fn boundary(items: &[String]) -> String {
    if items.is_empty() {
        return "没有因比较方法不同而结论不同的指标。".to_owned();
    }
    let shown = items.iter().take(6).map(String::as_str).collect::<Vec<_>>().join("；");
    let more = if items.len() > 6 { "等" } else { "" };
    format!(
        "{}项指标的结论取决于比较方法：{shown}{more}。以全数值比较为准，修约值比较的结论相反。",
        items.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(total: usize, assessable: usize, met: usize, nearly: usize, missed: usize) -> Counts {
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
    fn ranking_sentences_cover_ties_and_single_cities() {
        let of = |list: &[(&str, &str, usize)]| {
            let list: Vec<_> = list.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), *c)).collect();
            ranking(&list)
        };
        for (list, expected) in [
            (&[("甲市", "68.8", 1), ("乙市", "61.9", 2)][..], "甲市完成率较高，为68.8%；乙市为61.9%。"),
            (&[("甲市", "60.0", 1), ("乙市", "60.0", 1)], "2个城市完成率相同，均为60.0%，并列第1位。"),
            (
                &[("甲市", "81.2", 1), ("乙市", "81.2", 1), ("丙市", "43.5", 3)],
                "甲市、乙市完成率并列第1位，均为81.2%；最低的是丙市，为43.5%。",
            ),
            (
                &[("甲市", "81.2", 1), ("乙市", "43.5", 2), ("丙市", "43.5", 2)],
                "甲市完成率最高，为81.2%；最低的是乙市、丙市，均为43.5%。",
            ),
            (&[("甲市", "81.2", 1)], "本期只有甲市参加排名，完成率81.2%。"),
            (&[], "本期没有城市参加排名。"),
        ] {
            assert_eq!(of(list), expected);
        }
    }

    #[test]
    fn groups_are_quoted_without_commas_between() {
        let of = |name: &str, able, met| (name.to_owned(), able, met);
        assert_eq!(groups(&[of("甲", 3, 3), of("乙", 2, 2), of("丙", 2, 1)]), "“甲”“乙”可评指标全部完成。");
        assert_eq!(groups(&[of("甲", 3, 2), of("乙", 8, 7)]), "“乙”完成最好，可评8项中完成7项。");
        assert_eq!(groups(&[of("甲", 4, 2), of("乙", 8, 4)]), "“甲”“乙”完成率最高，均为50.0%。");
    }

    #[test]
    fn soft_targets_are_told_in_every_variant() {
        assert_eq!(soft_targets(None, 0, 0, 0), "方案未列上年数，不能比较目标与上年。");
        assert_eq!(soft_targets(Some(2022), 0, 0, 0), "各项目标均不劣于2022年实绩。");
        assert_eq!(
            soft_targets(Some(2022), 5, 5, 4),
            "5项目标劣于2022年实绩，均已完成，但4项实绩比上年回落。完成这类目标不代表比上年进步。"
        );
        assert_eq!(
            soft_targets(Some(2022), 2, 1, 2),
            "2项目标劣于2022年实绩，其中1项完成，但实绩均比上年回落。完成这类目标不代表比上年进步。"
        );
        for (soft, met, fell, expected) in [
            (1, 1, 1, "1项目标劣于2022年实绩，已完成，但实绩比上年回落。"),
            (1, 1, 0, "1项目标劣于2022年实绩，已完成，实绩不劣于上年。"),
            (1, 0, 1, "1项目标劣于2022年实绩，未完成，实绩比上年回落。"),
            (1, 0, 0, "1项目标劣于2022年实绩，暂不能判定。"),
            (3, 0, 2, "3项目标劣于2022年实绩，尚无一项完成，2项实绩比上年回落。"),
            (3, 2, 0, "3项目标劣于2022年实绩，其中2项完成。"),
        ] {
            let text = soft_targets(Some(2022), soft, met, fell);
            assert_eq!(text, format!("{expected}完成这类目标不代表比上年进步。"));
        }
    }

    #[test]
    fn a_path_without_indicators_is_said_in_words() {
        assert_eq!(path(2025, &[], 0), "没有可与2025年目标对照的指标。");
    }
}
