//! Numerals of what stands outside the stages: parameters, levels elsewhere, verdicts of earlier reports, findings.

use std::fmt::Display;

use rust_decimal::Decimal;

use super::numerals::{Book, numeral};
use crate::evaluation::{EarlierReport, EarlierVerdict};
use crate::finding::Finding;
use crate::ledger::{Exact, Ledger, StepId, StepValue};
use crate::plan::{LevelElsewhere, Round};

impl Book<'_> {
    /// The step of a level elsewhere, by its place in the list of the round, from one.
    pub(super) fn level(&self, round: &Round, place: usize, one: &LevelElsewhere) -> Option<StepId> {
        let value = StepValue::Number(Exact::from(one.number()?));
        let what = format!("{} {} {}", one.indicator, one.area.key(), one.year);
        Some(self.with_own(|own| own.decision(round, "level", place, &what, value)).id)
    }

    /// The step of a verdict of an earlier report.
    pub(super) fn earlier_verdict(&self, report: &EarlierReport, one: &EarlierVerdict) -> StepId {
        let of = (&report.city, &one.no);
        self.with_own(|own| own.earlier_verdict(&report.file, one.line, of, one.state.key())).id
    }

    /// A parameter of the round's method.
    pub(super) fn parameter(&self, round: &Round, name: &str, text: impl Display) -> String {
        let id = StepId::new(format!("{}#method.{name}", round.path("round.toml")));
        if self.told(&id).is_some() {
            return numeral(&id, text);
        }
        let Some(number) = Exact::parse(&text.to_string()) else { return text.to_string() };
        let told = number.decimal().map(|number| self.with_own(|own| own.parameter(round, name, number)));
        told.map_or_else(|| text.to_string(), |told| numeral(&told.id, &text))
    }

    /// The step of a parameter of the round's method.
    pub(super) fn parameter_step(&self, round: &Round, name: &str, number: Decimal) -> StepId {
        let id = StepId::new(format!("{}#method.{name}", round.path("round.toml")));
        match self.told(&id) {
            Some(known) => known.id,
            None => self.with_own(|own| own.parameter(round, name, number)).id,
        }
    }

    /// How many findings these are.
    pub(super) fn count_findings<'f>(
        &self,
        id: &str,
        findings: impl IntoIterator<Item = &'f Finding>,
        number: usize,
    ) -> String {
        let members: Vec<StepId> = findings.into_iter().map(|finding| self.finding(finding)).collect();
        self.count(id, members, &[], number)
    }

    /// The step of a finding.
    pub(super) fn finding(&self, finding: &Finding) -> StepId {
        // Of those of cities the ledger of the round has its own.
        let mut apart = Ledger::default();
        let named = [apart.finding(&finding.as_cause()), apart.finding_told(finding)];
        let known = named.iter().find_map(|one| self.ledger.told(&one.id));
        known.unwrap_or_else(|| self.with_own(|own| own.finding_told(finding))).id
    }
}
