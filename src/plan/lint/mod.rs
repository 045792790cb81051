//! A plan against itself (方案核对): prose against table, additions and growth against levels, shares against their parts,
//! tiers, units, words. What is found is printed; it never withholds a value.

mod prose;
mod rows;
mod text;

use super::{Goal, Indicator, Origin, Plan, Target, Written};
use crate::finding::{Baseless, PlanProblem, Problem, RuleRuns, Ruling};
use crate::ident::{IndicatorNo, UnitName};

/// A place of the plan, with what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Lines of the source text.
    pub lines: Vec<String>,
    /// What stands there.
    pub text: Quoted,
}

/// What stands at a place of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quoted {
    /// Words, in one or several pieces.
    Words(Vec<String>),
    /// The cell of a target, which holds a number only.
    Target {
        /// Its year.
        year: i32,
        /// The number with its unit.
        value: String,
    },
    /// The cell of a past value.
    Past {
        /// Its year.
        year: i32,
        /// The number as written.
        value: String,
    },
    /// The cell of the units that report a row.
    Reporters {
        /// Name of the row.
        name: String,
        /// The units.
        reporters: Vec<UnitName>,
    },
}

impl Quote {
    fn words(line: &str, text: &str) -> Self {
        Self { lines: vec![line.to_owned()], text: Quoted::Words(vec![text.to_owned()]) }
    }
}

/// What a remark concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RemarkSubject {
    /// A row or a target, by its short name.
    Named(String),
    /// The tiers of several rows.
    Tiers,
    /// The table as a whole.
    Table,
    /// Targets of parts of a year.
    Interims,
}

/// Something that a reader of the plan should know before anyone is measured by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What was noticed.
    pub problem: Problem,
    /// Numbers of the rows or targets it concerns.
    pub numbers: Vec<IndicatorNo>,
    /// What that is.
    pub subject: RemarkSubject,
    /// The place in the plan.
    pub here: Quote,
    /// The other place, where two contradict each other.
    pub there: Option<Quote>,
}

impl Remark {
    fn on(indicator: &Indicator, problem: Problem, here: Quote) -> Self {
        let subject = RemarkSubject::Named(indicator.short.clone());
        Self { problem, numbers: vec![indicator.no.clone()], subject, here, there: None }
    }

    fn against(self, there: Quote) -> Self {
        Self { there: Some(there), ..self }
    }
}

impl Remark {
    /// How many instances of its rule it tells of: rows without a base are one remark.
    pub fn instances(&self) -> usize {
        match &self.problem {
            Problem::Plan(PlanProblem::NoBaseline { what: Baseless::AllRows(count) }) => *count,
            Problem::Plan(PlanProblem::NoBaseline { what: Baseless::Rows(rows) }) => rows.len(),
            _ => 1,
        }
    }
}

/// Counts an instance of a rule of plans; its failure is a remark.
fn ruled(runs: &mut RuleRuns, code: &'static str, ruling: Ruling<Remark>) -> Option<Remark> {
    let remark = runs.ruled(code, ruling);
    runs.failed(code, remark.as_ref().map_or(0, Remark::instances));
    remark
}

impl Target {
    fn quoted(&self) -> Quote {
        Quote::words(&self.line, &self.quote)
    }
}

impl Plan {
    /// Checks the plan against itself; contradictions before notes, by code, else in the order of the plan.
    ///
    /// `tolerance` is what 左右 allows in percent where the plan gives none.
    pub fn remarks(&self, tolerance: rust_decimal::Decimal) -> Vec<Remark> {
        self.remarks_counted(tolerance, &mut RuleRuns::default())
    }

    /// The same, with how often each rule was run.
    pub fn remarks_counted(&self, tolerance: rust_decimal::Decimal, runs: &mut RuleRuns) -> Vec<Remark> {
        let mut found = rows::check(self, tolerance, runs);
        found.extend(prose::check(self, runs));
        found.extend(text::check(self, runs));
        found.sort_by_key(|remark| (remark.problem.severity(), remark.problem.code()));
        found
    }

    fn row(&self, no: Option<&IndicatorNo>) -> Option<&Indicator> {
        self.indicator(no?).filter(|row| row.origin == Origin::Table)
    }

    fn rows(&self) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(|row| row.origin == Origin::Table)
    }

    /// Targets in prose that are judged for themselves, with their indicators.
    fn prose_targets(&self) -> impl Iterator<Item = (&Indicator, &Target)> {
        let prose = self.indicators.iter().filter(|one| one.origin == Origin::Prose);
        prose.filter_map(|one| Some((one, one.targets.first()?)))
    }
}

/// A target of a row: its cell holds a number only, so year and unit are added.
fn cell(row: &Indicator, target: &Target) -> Quote {
    let value = with_unit(&target.quote, row.unit.text());
    Quote { lines: vec![target.line.clone()], text: Quoted::Target { year: target.year, value } }
}

/// A quoted number with its unit, which stands behind the number and before words such as 以内; as it is where the quote names
/// the unit itself.
fn with_unit(quote: &str, unit: &str) -> String {
    if unit.is_empty() || quote.contains(unit) {
        return quote.to_owned();
    }
    let end = quote.rfind(|c: char| c.is_ascii_digit()).map_or(quote.len(), |at| at + 1);
    let (number, words) = quote.split_at(end);
    format!("{number}{unit}{words}")
}

/// The level of a target.
fn level(target: &Target) -> Option<&Written> {
    match target.as_issued() {
        Goal::Level(_, value) => Some(value),
        _ => None,
    }
}

/// The target of a row for a year that is judged first.
fn judged(row: &Indicator, year: i32) -> Option<(&Target, &Written)> {
    let target = row.targets_of(year).into_iter().find(|target| target.tier.is_judged_first())?;
    Some((target, level(target)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_stands_behind_the_number_once() {
        for (quote, unit, expected) in [
            ("5.8", "%", "5.8%"),
            ("5.5以内", "%", "5.5%以内"),
            ("5.5%以内", "%", "5.5%以内"),
            ("300左右", "家", "300家左右"),
            ("达到300家", "家", "达到300家"),
            ("1.73", "", "1.73"),
        ] {
            assert_eq!(with_unit(quote, unit), expected, "{quote}");
        }
    }
}
