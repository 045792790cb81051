//! What the note below a table of indicators has to say of single rows, by what occurs; and which kinds have no completion.

use std::collections::{BTreeMap, BTreeSet};

use super::bases::is_beyond_without_base;
use super::context::Context;
use super::say::say;
use crate::assess::{Assessment, State};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::period::Reach;
use crate::plan::{Direction, Goal, Indicator, Operator, Origin, Plan, Tolerance};
use crate::rounding::plain;

/// How words are read that do not say it themselves: 左右 behind the last of several numbers, and 左右 of what is to be low, which is held as a
/// limit. `year` is that of the round, `named` says what a target is called.
pub(super) fn readings(
    (plan, year): (&Plan, i32),
    rows: &[(&Assessment, &Indicator)],
    language: Language,
    named: &dyn Fn(&Assessment, &Indicator) -> String,
) -> String {
    let of = |wanted: &dyn Fn(&Assessment, &Indicator) -> bool| -> Vec<String> {
        rows.iter().filter(|(one, row)| wanted(one, row)).map(|(one, row)| named(one, row)).collect()
    };
    let each = language.list(&of(&|one, _| is_read_as_each_year(one)));
    let shared = language.list(&of(&|one, _| one.target.shares_about()));
    let is_limit = |one: &Assessment, row: &Indicator| row.is_read_as_ceiling(&one.target);
    let limits = language.list(&of(&|one, row| is_limit(one, row) && one.origin != Origin::Table));
    let in_table = language.list(&of(&|one, row| is_limit(one, row) && one.origin == Origin::Table));
    let of_before = language.list(&of(&|one, _| one.target.is_multiple_of_what_is_not_said()));
    let mut text = String::new();
    if !shared.is_empty() {
        text.push_str(&say!(
            language,
            "{shared}：“左右”写在后一个数之后，读作各数共有。",
            "{shared}: “about” stands behind the last of several numbers and is read as said of each. "
        ));
    }
    for (limits, place) in
        [(in_table, "表中"), (limits, "")].into_iter().filter(|(limits, _)| !limits.is_empty())
    {
        text.push_str(&say!(
            language,
            "{limits}：{place}只写“左右”，因越小越好，读作控制目标，低于所写的数也是完成。",
            "{limits}: “about” is read as a limit, since lower is better; what is below it is met."
        ));
    }
    if !of_before.is_empty() {
        text.push_str(&say!(
            language,
            "{of_before}：没有写明比哪一年，读作比上年。",
            "{of_before}: the year to compare with is not stated; the year before is taken."
        ));
    }
    if !each.is_empty() {
        text.push_str(&say!(language, "{each}：读作每年的目标。", "{each}: read as a target of each year. "));
    }
    let in_step = language.list(&of(&|one, _| one.target.keeps_pace()));
    if !in_step.is_empty() {
        text.push_str(&say!(
            language,
            "{in_step}：“同步”读作不低于对照值。",
            "{in_step}: “in step with” is read as no less than that. "
        ));
    }
    text.push_str(&means(rows, language, named));
    text.push_str(&sums((plan, year), rows, language, named));
    text
}

/// From when what is reported of a sum of several years is counted, and of which additions the base is of a year before those.
fn sums(
    (plan, year): (&Plan, i32),
    rows: &[(&Assessment, &Indicator)],
    language: Language,
    named: &dyn Fn(&Assessment, &Indicator) -> String,
) -> String {
    let mut levels: BTreeMap<[i32; 2], Vec<String>> = BTreeMap::new();
    let mut additions: BTreeMap<[i32; 3], Vec<String>> = BTreeMap::new();
    for (one, row) in rows.iter().filter(|(one, _)| one.target.cumulative && one.state.is_assessable()) {
        let Some(since) = plan.sum_since(row) else { continue };
        let first = since.saturating_add(1);
        match &one.change {
            Some(change) if change.base.year < since => {
                additions
                    .entry([change.base.year, first, one.target.year])
                    .or_default()
                    .push(named(one, row));
            }
            None if first < year => levels.entry([first, year]).or_default().push(named(one, row)),
            _ => {}
        }
    }
    let levels = levels.into_iter().map(|([first, year], names)| {
        let names = language.list(&names);
        say!(
            language,
            "{names}：报送的数读作{first}—{year}年的累计数。",
            "{names}: what is reported is read as the sum of {first}–{year}. "
        )
    });
    let additions = additions.into_iter().map(|([base, first, last], names)| {
        let (names, since) = (language.list(&names), first.saturating_sub(1));
        say!(
            language,
            "{names}：目标是{first}—{last}年的累计增量，没有{since}年数，自{base}年起算。",
            "{names}: the target is what is added in {first}–{last}; for want of a value of {since} it is counted from {base}. "
        )
    });
    levels.chain(additions).collect()
}

/// Whether a row of a table has a target for its last year that is read as one of each year, though its words do not say so.
fn is_read_as_each_year(one: &Assessment) -> bool {
    let says_so = EACH_YEAR.iter().any(|word| one.target.quote.contains(word));
    one.target.recurring && one.origin == Origin::Table && !says_so
}

/// Words that say that something holds each year.
const EACH_YEAR: [&str; 6] = ["每年", "每一年", "各年", "逐年", "历年", "分年"];

/// Which growth rates were reported as those of a mean over several years: the number of a year is not told from them.
fn means(
    rows: &[(&Assessment, &Indicator)],
    language: Language,
    named: &dyn Fn(&Assessment, &Indicator) -> String,
) -> String {
    let mut by_base: BTreeMap<Option<i32>, Vec<String>> = BTreeMap::new();
    for (one, row) in rows {
        let Goal::AverageGrowth(.., of_plan) = one.target.goal else { continue };
        if one.change.is_none() && one.state.is_assessable() {
            by_base.entry(of_plan.or(one.declared_base_year)).or_default().push(named(one, row));
        }
    }
    let told = by_base.into_iter().map(|(base, names)| {
        let names = language.list(&names);
        let base = match base {
            Some(year) => say!(language, "{year}年", "{year}"),
            None => language.of("基年", "the base year").to_owned(),
        };
        say!(
            language,
            "{names}：报送的增长率读作自{base}起的年均增长率。",
            "{names}: the growth rate reported is read as the average since {base}. "
        )
    });
    told.collect()
}

/// Which rows are limits that are not to be passed.
pub(super) fn ceilings(rows: &[(&Assessment, &Indicator)], head: &str) -> String {
    let of = |is_strict: bool| -> Vec<&str> {
        let is_one = |one: &Assessment| (one.target.goal.operator() == Some(Operator::LessThan)) == is_strict;
        let kept = rows.iter().filter(|(one, row)| row.is_ceiling(&one.target) && is_one(one));
        kept.map(|(_, row)| row.no.as_str()).collect()
    };
    let told = [(of(false), "不超过"), (of(true), "低于目标")]
        .into_iter()
        .filter(|(numbers, _)| !numbers.is_empty());
    told.map(|(numbers, kept)| format!("{head}{}为控制目标，{kept}即完成，不计超额。", numbers.join("、")))
        .collect()
}

/// Which rows have a tolerance of their own: `指标8“左右”允许高0.2个百分点。` One that the plan, called so, does not state is the bureau's.
pub(super) fn tolerances(rows: &[(&Assessment, &Indicator)], document: &str) -> String {
    let told = |(one, row): &(&Assessment, &Indicator)| {
        let allowed = match one.target.tolerance.as_ref()? {
            Tolerance::Percent(share) => format!("{}%", plain(*share)),
            Tolerance::Absolute(amount) if row.unit.is_share() => format!("{}个百分点", plain(*amount)),
            Tolerance::Absolute(amount) => format!("{}{}", plain(*amount), row.unit.text()),
        };
        let side = if row.direction.less_is_better() { "高" } else { "低" };
        let whose = match one.target.tolerance_is_issued {
            true => String::new(),
            false => format!("（{document}未写，由本轮评估确定）"),
        };
        Some(format!("指标{}“左右”允许{side}{allowed}{whose}。", row.no))
    };
    rows.iter().filter_map(told).collect()
}

/// The parts of a year (一季度、上半年) that a city's plan has targets for, which a round of the whole year does not judge.
pub(super) fn parts_with_targets(city: &CityEvaluation, year: i32) -> BTreeSet<Reach> {
    parts_of(city.plan.indicators.iter(), year)
}

fn parts_of<'a>(rows: impl IntoIterator<Item = &'a Indicator>, year: i32) -> BTreeSet<Reach> {
    let interims = rows.into_iter().flat_map(|row| &row.interims);
    interims.filter(|one| one.period.year() == year).map(|one| one.period.reach()).collect()
}

/// Which rows of the table, or targets in prose, have targets of parts of the year, which are not judged:
/// `指标1—13另列一季度、上半年的目标，本轮评估只按全年目标判定。`
pub(super) fn interims(city: &CityEvaluation, origin: Origin, year: i32) -> String {
    let rows: Vec<&Indicator> = city.plan.indicators.iter().filter(|row| row.origin == origin).collect();
    let place = |wanted: &Indicator| rows.iter().position(|row| row.no == wanted.no);
    let having: Vec<&Indicator> =
        rows.iter().copied().filter(|row| !parts_of([*row], year).is_empty()).collect();
    let parts: Vec<&str> = parts_of(having.iter().copied(), year).into_iter().map(Reach::chinese).collect();
    let follow =
        |one: &&Indicator, other: &&Indicator| place(one).map(|at| at.saturating_add(1)) == place(other);
    let run = |run: &[&Indicator]| match run {
        [first, _, .., last] => format!("{}—{}", first.no, last.no),
        few => few.iter().map(|row| row.no.as_str()).collect::<Vec<_>>().join("、"),
    };
    let numbers = having.chunk_by(follow).map(run).collect::<Vec<_>>().join("、");
    let head = if origin == Origin::Table { "指标" } else { "" };
    match parts.is_empty() {
        true => String::new(),
        false => format!("{head}{numbers}另列{}的目标，本轮评估只按全年目标判定。", parts.join("、")),
    }
}

/// Which rows have no completion since nothing is due of them by now, though their values have reached a later year's target already.
pub(super) fn without_base(rows: &[(&Assessment, &Indicator)], also: &str) -> String {
    let is_one = |(one, _): &&(&Assessment, &Indicator)| is_beyond_without_base(one);
    let found: Vec<&(&Assessment, &Indicator)> = rows.iter().filter(is_one).collect();
    let numbers: Vec<&str> = found.iter().map(|(_, row)| row.no.as_str()).collect();
    let years: BTreeSet<String> = found.iter().map(|(one, _)| format!("{}年", one.target.year)).collect();
    let years = years.into_iter().collect::<Vec<_>>().join("、");
    match numbers.is_empty() {
        true => String::new(),
        false => {
            format!("指标{}没有序时应达数，实绩已达{years}目标，{also}不计算完成率。", numbers.join("、"))
        }
    }
}

/// Of which rows no completion is computed, by what occurs.
pub(super) fn without_completion(rows: &[(&Assessment, &Indicator)]) -> String {
    let open = [State::Lagged, State::InDoubt, State::NotReported, State::NotAssessable];
    let open = open.into_iter().filter(|state| rows.iter().any(|(one, _)| one.state == *state));
    let open: Vec<&str> = open.map(State::chinese).collect();
    let of_kind = |(one, row): &(&Assessment, &Indicator)| match one.target.goal {
        Goal::Qualitative(_) => Some("定性指标"),
        Goal::Rank(..) | Goal::RankChange(..) => Some("位次"),
        _ if row.direction == Direction::Rank => Some("位次"),
        _ => None,
    };
    let found: BTreeSet<&str> = rows.iter().filter_map(of_kind).collect();
    let kinds = found.into_iter().collect::<Vec<_>>().join("、");
    match (open.is_empty(), kinds.is_empty()) {
        (false, false) => format!("{}的和{kinds}不计算完成率。", open.join("、")),
        (false, true) => format!("{}的不计算完成率。", open.join("、")),
        (true, false) => format!("{kinds}不计算完成率。"),
        (true, true) => String::new(),
    }
}

/// Which kinds of target never have a completion, as far as they occur: `（有无、位次）`.
pub(super) fn without_ratio(context: &Context<'_>) -> String {
    let of = |one: &Assessment, row: &Indicator| match one.target.goal {
        Goal::Qualitative(_) => Some("有无"),
        Goal::Rank(..) => Some("位次"),
        Goal::RankChange(..) => Some("位次变动"),
        Goal::Milestone(..) => Some("节点"),
        _ if row.direction == Direction::Rank => Some("位次"),
        _ => None,
    };
    let counted = context.cities().iter().flat_map(|city| context.counted(city));
    let open = counted.filter(|(one, _)| one.completion.is_none() && one.state.is_assessable());
    let found: Vec<Option<&str>> = open.map(|(one, row)| of(one, row)).collect();
    let kinds = ["有无", "位次", "位次变动", "节点"].into_iter().filter(|kind| found.contains(&Some(kind)));
    let kinds = kinds.collect::<Vec<_>>().join("、");
    // Others may have none for want of a base.
    let others = if found.contains(&None) { "等" } else { "" };
    if kinds.is_empty() { kinds } else { format!("（{kinds}{others}）") }
}
