//! City by city: its workbooks are read, it is judged, and what nobody asks for any more is gone before many others are read.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::{Settings, judge_with};
use crate::collect::{self, Collected};
use crate::error::RunError;
use crate::evaluation::CityEvaluation;
use crate::files;
use crate::finding::{self, Finding};
use crate::ident::CityId;
use crate::indexed::Indexed;
use crate::inputs::Inputs;
use crate::plan::{Plan, Round, Waiver};
use crate::progress::Progress;
use crate::review;
use crate::workbook::Pool;

/// What is kept of a city that was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// Everything.
    All,
    /// All but the ledger, of which there is what the places of cities are computed from.
    Totals,
    /// What findings and scores are told with: no value, fact, verdict or task either, and of the plan the names.
    Findings,
}

impl Kept {
    fn of(self, city: CityEvaluation) -> CityEvaluation {
        if self == Self::All {
            return city;
        }
        let ledger = Arc::new(Arc::unwrap_or_clone(city.ledger).totals());
        if self == Self::Totals {
            return CityEvaluation { ledger, ..city };
        }
        let Collected { submissions, rare, answers, runs, .. } = city.collected;
        CityEvaluation {
            plan: city.plan.names_alone(),
            ledger,
            collected: Collected { submissions, rare, answers, runs, ..Collected::default() },
            facts: Indexed::default(),
            assessments: Indexed::default(),
            tasks: Indexed::default(),
            ..city
        }
    }
}

/// A city that was judged, with what was noticed on the way; or one that is judged when all are read.
enum CityRead {
    Judged(Box<CityEvaluation>, Vec<Finding>),
    /// With the answers to its queries that the office accepted: they stand behind the waivers of the round, in the order of the cities.
    Waits(Box<(Plan, Collected)>, Vec<Waiver>),
}

/// Reads and judges all cities, in the order of the plans, and adds the answers to queries that the office accepted to the waivers of the round.
///
/// # Errors
/// Fails when a folder or a register cannot be read. What is wrong with a workbook is a finding.
pub(super) fn judged(
    (settings, inputs): (&Settings, &Inputs),
    round: &mut Round,
    plans: Vec<Plan>,
    kept: Kept,
    progress: &dyn Progress,
) -> Result<(Vec<CityEvaluation>, Vec<Finding>), RunError> {
    let reading = RoundReading::begin(settings, inputs, round, &plans, progress)?;
    let judged = |plan: Plan, round: &Round, collected: Collected| {
        let (city, findings) = judge_with(plan, round, collected, kept);
        (Box::new(kept.of(city)), findings)
    };
    let read = each(plans, |plan| {
        let collected = reading.city(&plan)?;
        let accepted = collected.accepted(&plan.city);
        if accepted.is_empty() {
            let (city, findings) = judged(plan, round, collected);
            return Ok(CityRead::Judged(city, findings));
        }
        Ok(CityRead::Waits(Box::new((plan, collected)), accepted))
    })?;
    for one in &read {
        if let CityRead::Waits(_, accepted) = one {
            round.waivers.extend(accepted.iter().cloned());
        }
    }
    let all = read.into_par_iter().map(|one| match one {
        CityRead::Judged(city, findings) => (*city, findings),
        CityRead::Waits(own, _) => {
            let (plan, collected) = *own;
            let (city, findings) = judged(plan, round, collected);
            (*city, findings)
        }
    });
    let (cities, findings): (Vec<CityEvaluation>, Vec<Vec<Finding>>) = all.unzip();
    Ok((cities, findings.into_iter().flatten().collect()))
}

/// Reads the workbooks of all cities, in the order of the plans, and adds the answers that the office accepted to the waivers of the round.
///
/// # Errors
/// Fails like [`judged`].
pub(super) fn read(
    (settings, inputs): (&Settings, &Inputs),
    round: &mut Round,
    plans: &[Plan],
    progress: &dyn Progress,
) -> Result<Vec<Collected>, RunError> {
    let reading = RoundReading::begin(settings, inputs, round, plans, progress)?;
    let collected = each(plans.iter().collect(), |plan| reading.city(plan))?;
    let accepted = plans.iter().zip(&collected).flat_map(|(plan, own)| own.accepted(&plan.city));
    round.waivers.extend(accepted);
    Ok(collected)
}

/// What the workbooks of all cities are read with.
struct RoundReading<'a> {
    settings: &'a Settings,
    inputs: &'a Inputs,
    round: Round,
    pool: Pool,
    progress: &'a dyn Progress,
}

impl<'a> RoundReading<'a> {
    fn begin(
        settings: &'a Settings,
        inputs: &'a Inputs,
        round: &Round,
        plans: &[Plan],
        progress: &'a dyn Progress,
    ) -> Result<Self, RunError> {
        let workbooks: usize = match settings.workbook {
            Some(_) => plans.len(),
            None => plans.iter().map(|plan| count_workbooks(settings, plan)).sum::<Result<_, _>>()?,
        };
        progress.begin("读取工作簿 reading workbooks", workbooks);
        let pool = settings.pool(round);
        Ok(Self { settings, inputs, round: round.clone(), pool, progress })
    }

    fn city(&self, plan: &Plan) -> Result<Collected, RunError> {
        let folder = self.settings.round.join(plan.city.as_str());
        let only = self.settings.workbook.as_deref();
        let from = collect::CitySubmissions { inputs: self.inputs, folder: &folder, only };
        collect::city(plan, &self.round, from, &self.pool, &|| self.progress.step())
    }
}

/// Does something for each of them, with all threads and in whatever order, and gives it in theirs. Of several that fail the first counts, whichever thread met it:
/// those behind one that failed are left out, those before it are not.
fn each<P: Send, T: Send>(
    all: Vec<P>,
    work: impl Fn(P) -> Result<T, RunError> + Sync,
) -> Result<Vec<T>, RunError> {
    let failed = AtomicUsize::new(usize::MAX);
    // One at a time: while one city waits for a workbook, the others are read.
    let done = all.into_par_iter().enumerate().with_max_len(1).filter_map(|(at, one)| {
        if at > failed.load(Ordering::Relaxed) {
            return None;
        }
        let done = work(one);
        if done.is_err() {
            failed.fetch_min(at, Ordering::Relaxed);
        }
        Some(done)
    });
    let done: Vec<Result<T, RunError>> = done.collect();
    done.into_iter().collect()
}

fn count_workbooks(settings: &Settings, plan: &Plan) -> Result<usize, RunError> {
    Ok(files::list(&settings.round.join(plan.city.as_str()).join("submissions"))?.len())
}

/// The plans of cities that were judged, with what was collected of each.
pub(super) fn collected(cities: &[CityEvaluation]) -> Vec<(&Plan, &Collected)> {
    cities.iter().map(|city| (&city.plan, &city.collected)).collect()
}

/// Holds the findings of all cities against the answers to queries of each, and puts them in order.
pub(super) fn answered<'c>(
    cities: impl IntoIterator<Item = &'c mut CityEvaluation>,
    findings: Vec<Finding>,
) -> Vec<Finding> {
    let mut of_city: BTreeMap<CityId, Vec<Finding>> = BTreeMap::new();
    for finding in findings {
        of_city.entry(finding.subject.city.clone()).or_default().push(finding);
    }
    for city in cities {
        let own = of_city.entry(city.plan.city.clone()).or_default();
        review::answered(&city.plan.city, &city.collected, own, &mut city.runs);
    }
    finding::in_order(of_city.into_values().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fault_that_counts_is_the_first_whichever_thread_meets_it() {
        let threads = rayon::ThreadPoolBuilder::new().num_threads(4).build().unwrap();
        for _ in 0..50 {
            let done = threads.install(|| {
                each((0..200).collect(), |at: usize| match at {
                    60 | 61 | 120 | 199 => Err(RunError::NoThreads(at.to_string())),
                    _ => Ok(at),
                })
            });
            assert!(matches!(done, Err(RunError::NoThreads(at)) if at == "60"));
        }
        let done = threads.install(|| each((0..200).collect(), |at: usize| Ok(at * 2)));
        assert_eq!(done.unwrap(), (0..200).map(|at| at * 2).collect::<Vec<_>>());
    }
}
