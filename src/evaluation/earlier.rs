//! What an earlier output said of the same targets: what became of them since.

use super::CityEvaluation;
use crate::assess::State;
use crate::ident::{CityId, IndicatorNo};
use crate::plan::PreviousOutput;

/// The last earlier report of a city that the round names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierReport {
    /// The city.
    pub city: CityId,
    /// The year that it judged.
    pub year: i32,
    /// Its table of assessments, as it is called among the inputs.
    pub file: String,
    /// What it said of its targets, in its order.
    pub verdicts: Vec<EarlierVerdict>,
}

/// A verdict of an earlier report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierVerdict {
    /// Number of the target there.
    pub no: IndicatorNo,
    /// Number of the row of this round's plan that is the same; `None` where there is none.
    pub now: Option<IndicatorNo>,
    /// The verdict.
    pub state: State,
    /// The line of the table of assessments.
    pub line: usize,
    /// Whether the account of the city counted it.
    pub is_counted: bool,
}

impl EarlierReport {
    /// The verdict on the target that is a row of this round's plan.
    pub fn verdict(&self, no: &IndicatorNo) -> Option<&EarlierVerdict> {
        self.verdicts.iter().find(|one| one.now.as_ref() == Some(no))
    }
}

/// For each city the last earlier report that has it.
pub(super) fn earlier_reports(
    year: i32,
    cities: &[CityEvaluation],
    outputs: &[PreviousOutput],
) -> Vec<EarlierReport> {
    cities.iter().filter_map(|city| report_of(year, city, outputs)).collect()
}

fn report_of(year: i32, city: &CityEvaluation, outputs: &[PreviousOutput]) -> Option<EarlierReport> {
    let plan = &city.plan;
    let before: Vec<&PreviousOutput> =
        outputs.iter().filter(|one| one.year < year && one.verdicts(&plan.city).next().is_some()).collect();
    // Of several about one year the last named counts.
    let last = before.iter().max_by_key(|one| one.year)?;
    let now = |no: &IndicatorNo| {
        let held = last.rows(&plan.city).find(|held| held.row.no == *no)?;
        plan.row_of_published(&held.row).map(|row| row.no.clone())
    };
    // A word that this version does not know tells nothing.
    let verdicts = last.verdicts(&plan.city).filter_map(|held| {
        Some(EarlierVerdict {
            no: held.no.clone(),
            now: now(&held.no),
            state: State::of_key(&held.state)?,
            line: held.line.try_into().unwrap_or_default(),
            is_counted: held.is_counted,
        })
    });
    Some(EarlierReport {
        city: plan.city.clone(),
        year: last.year,
        file: last.assessments().to_owned(),
        verdicts: verdicts.collect(),
    })
}
