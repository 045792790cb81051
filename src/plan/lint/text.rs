//! What the plan leaves open: bases, years, the meaning of words.

use std::collections::BTreeSet;

use super::{Quote, Remark, RemarkSubject, ruled};
use crate::finding::{Baseless, PlanProblem, RuleRuns, Ruling};
use crate::ident::IndicatorNo;
use crate::period::Reach;
use crate::plan::target::NEARLY_PACE;
use crate::plan::{ABOUT, Goal, Indicator, Measure, Plan, Target};

/// Words without a defined meaning, with what would define them.
const WORDS: [&str; 9] = ["前列", "争创", "显著", "明显", "大幅", "一批", "若干", "基本", "大力"];

pub(super) fn check(plan: &Plan, runs: &mut RuleRuns) -> Vec<Remark> {
    let mut found = Vec::new();
    found.extend(rows_without_base(plan, runs));
    found.extend(interims(plan, runs));
    found.extend(plan.rows().flat_map(|row| words_of_row(row, runs)));
    found.extend(plan.rows().flat_map(|row| rest_of_cells(row, runs)));
    for (one, target) in plan.prose_targets() {
        let grows = matches!(target.as_issued(), Goal::AverageGrowth(..) | Goal::Growth(..));
        let lacks = base(plan, one, target);
        if grows {
            found.extend(ruled(runs, "P111", lacks.map_or(Ruling::Pass, Ruling::Fail)));
        }
        if let Some(ruling) = begins_nowhere(plan, one, target) {
            found.extend(ruled(runs, "P111", ruling));
        }
        let words = words(one, target);
        runs.ran("P112", 1);
        runs.failed("P112", usize::from(!words.is_empty()));
        found.extend(words);
        let undated = || Remark::on(one, PlanProblem::Undated.into(), target.quoted());
        let ruling = if target.undated { Ruling::Fail(undated()) } else { Ruling::Pass };
        found.extend(ruled(runs, "P114", ruling));
    }
    found
}

/// P111: rows whose base year the plan does not print: one remark for all. What is answered with 有 or 无, a rate of growth, what is done
/// anew in each year and what counts from the start of the plan (累计) need none.
fn rows_without_base(plan: &Plan, runs: &mut RuleRuns) -> Option<Remark> {
    let needs_base = |row: &&Indicator| {
        row.measure != Measure::Growth
            && !row.is_qualitative()
            && !row.is_work_of_a_year()
            && row
                .targets
                .iter()
                .any(|target| !target.cumulative && !matches!(target.goal, Goal::Undefined(_)))
    };
    runs.ran("P111", plan.rows().filter(needs_base).count());
    let lacking: Vec<&Indicator> = plan.rows().filter(|row| row.past.is_empty()).filter(needs_base).collect();
    runs.failed("P111", lacking.len());
    let first = lacking.first()?;
    let what = if lacking.len() == plan.rows().count() {
        Baseless::AllRows(lacking.len())
    } else {
        Baseless::Rows(lacking.iter().map(|row| row.no.clone()).collect())
    };
    let here = Quote::words(&first.line, &first.name);
    let numbers = if lacking.len() == 1 { vec![first.no.clone()] } else { Vec::new() };
    let problem = PlanProblem::NoBaseline { what }.into();
    Some(Remark { problem, numbers, subject: RemarkSubject::Table, here, there: None })
}

/// P111: growth without the value that it grows from, or without the year that it is counted from.
fn base(plan: &Plan, one: &Indicator, target: &Target) -> Option<Remark> {
    let row = plan.row(target.of.as_ref());
    let what = match target.as_issued() {
        Goal::AverageGrowth(_, _, None) => Baseless::AverageGrowth,
        Goal::Growth(..) if row.is_none_or(|row| row.past_of(target.year - 1).is_none()) => {
            Baseless::Growth(row.iter().flat_map(|row| &row.past).map(|past| past.year).collect())
        }
        _ => return None,
    };
    Some(Remark::on(one, PlanProblem::NoBaseline { what }.into(), target.quoted()))
}

/// P111: a level of a later year in prose, on the way to which the years before are judged; the plan does not print where the way begins.
fn begins_nowhere(plan: &Plan, one: &Indicator, target: &Target) -> Option<Ruling<Remark>> {
    let is_level = matches!(target.as_issued(), Goal::Level(..) | Goal::Coverage(..));
    let is_ahead = plan.years.iter().any(|year| *year < target.year) && one.is_scheduled;
    let has_way = is_level && is_ahead && !target.cumulative && !target.recurring && !target.undated;
    if !has_way || one.measure == Measure::Flow || one.is_work_of_a_year() || !target.undefined.is_empty() {
        return None;
    }
    let begins = plan.base_year_of(one).is_some_and(|base| one.known_of(base).is_some());
    let problem = PlanProblem::NoBaseline { what: Baseless::Later(target.year) }.into();
    let remark = || Remark::on(one, problem, target.quoted());
    Some(if begins { Ruling::Pass } else { Ruling::Fail(remark()) })
}

/// P117: targets of parts of a year: one remark for all.
fn interims(plan: &Plan, runs: &mut RuleRuns) -> Option<Remark> {
    let having: Vec<&Indicator> = plan.indicators.iter().filter(|one| !one.interims.is_empty()).collect();
    let of_all = || having.iter().flat_map(|one| &one.interims);
    let parts: BTreeSet<Reach> = of_all().map(|one| one.period.reach()).collect();
    let remark = having.first().zip(of_all().next()).map(|(first, one)| {
        let numbers = runs_of(plan, &having);
        let own = |one: &&Indicator| -> BTreeSet<Reach> {
            one.interims.iter().map(|one| one.period.reach()).collect()
        };
        let differ = having.iter().any(|one| own(one) != parts);
        let parts = parts.into_iter().collect();
        let problem = PlanProblem::InterimTargets { numbers, parts, differ }.into();
        let here = Quote::words(&one.line, &first.name);
        Remark { problem, numbers: Vec::new(), subject: RemarkSubject::Interims, here, there: None }
    });
    ruled(runs, "P117", remark.map_or(Ruling::Pass, Ruling::Fail))
}

/// Numbers of rows or targets, those that follow each other in the plan together.
fn runs_of(plan: &Plan, having: &[&Indicator]) -> Vec<Vec<IndicatorNo>> {
    let place = |one: &Indicator| plan.indicators.place(one.no.as_str());
    let follow =
        |one: &&Indicator, other: &&Indicator| place(one).map(|at| at.saturating_add(1)) == place(other);
    having.chunk_by(follow).map(|run| run.iter().map(|one| one.no.clone()).collect()).collect()
}

/// P116: words that stand behind targets in their cells of the table and that no target of the row was read from; once a row.
fn rest_of_cells(row: &Indicator, runs: &mut RuleRuns) -> Option<Remark> {
    let mut left: Vec<String> = Vec::new();
    for target in row.targets.iter().filter(|target| !target.rest.is_empty()) {
        if !left.contains(&target.rest) {
            left.push(target.rest.clone());
        }
    }
    let problem = || PlanProblem::PartNotJudged { words: left.clone() }.into();
    let first = row.targets.iter().find(|target| !target.rest.is_empty());
    let remark = first.map(|target| Remark::on(row, problem(), target.quoted()));
    ruled(runs, "P116", remark.map_or(Ruling::Pass, Ruling::Fail))
}

/// P112 of a row of the table, each word once.
fn words_of_row(row: &Indicator, runs: &mut RuleRuns) -> Vec<Remark> {
    let mut found: Vec<Remark> = Vec::new();
    for target in &row.targets {
        let mut told = words(row, target);
        runs.ran("P112", 1);
        runs.failed("P112", usize::from(!told.is_empty()));
        told.retain(|one| !found.iter().any(|known| known.problem == one.problem));
        found.extend(told);
    }
    found
}

/// P112: 左右 without a tolerance, and words that nobody can measure: those that are known, else what the plan file calls so.
fn words(one: &Indicator, target: &Target) -> Vec<Remark> {
    let is_open = target.as_issued().is_about() && !target.tolerance_is_issued;
    let about = is_open.then(|| match (target.quote.contains(ABOUT), target.quote.contains(NEARLY_PACE)) {
        (true, _) => ABOUT,
        (false, true) => NEARLY_PACE,
        (false, false) => "约数",
    });
    // 基本同步 is one word.
    let is_told = |word: &str| about.is_some_and(|about| about.contains(word));
    let vague = WORDS.iter().copied().filter(|word| target.quote.contains(word) && !is_told(word));
    let mut told: Vec<&str> = about.into_iter().chain(vague).collect();
    if told.is_empty() && !target.undefined.is_empty() {
        told.push(&target.undefined);
    }
    told.into_iter()
        .map(|word| {
            Remark::on(one, PlanProblem::UndefinedWord { word: word.to_owned() }.into(), target.quoted())
        })
        .collect()
}
