//! What was collected on two sides, row by row from the one or the other.

use std::collections::BTreeSet;

use super::{BothSides, RowPair, Sources, Which};
use crate::collect::{Collected, Evidence, Observation, Reading, StandingAnswer, Submission, UnreadRows};
use crate::finding::{Finding, Object, Place};
use crate::ident::IndicatorNo;
use crate::plan::Indicator;
use crate::quantity::Unit;

/// What counts as collected: rows each from its side, everything else from the side of the actual values.
pub(super) fn mixed(both: &BothSides<'_>, sources: Sources) -> Collected {
    if sources.are_one() {
        return both.side(sources.plan).collected.clone();
    }
    let main = SidePart { both, sources, from: sources.actuals };
    let more = SidePart { both, sources, from: sources.actuals.other() };
    let mut whole = main.rows();
    let rest = more.rows();
    // A unit that sent nothing on the one side has what it sent on the other.
    let reports: BTreeSet<_> =
        whole.submissions.iter().filter(|one| one.is_used()).filter_map(|one| one.unit.clone()).collect();
    let names: BTreeSet<String> = rest.observations.iter().map(|seen| seen.at.file.clone()).collect();
    for mut one in rest.submissions.into_iter().filter(|one| names.contains(&one.file)) {
        one.superseded |= one.unit.as_ref().is_some_and(|unit| reports.contains(unit));
        whole.submissions.push(one);
    }
    whole.observations.extend(rest.observations);
    whole.evidence.extend(rest.evidence);
    whole.answers.extend(rest.answers);
    whole.unread.extend(rest.unread.into_iter().filter(|one| matches!(one.rows, Object::Indicator(_))));
    let of_rows = |finding: &Finding| matches!(finding.subject.object, Object::Indicator(_));
    whole.findings.extend(rest.findings.into_iter().filter(of_rows));
    whole
}

/// What one side gives.
struct SidePart<'a, 'b> {
    both: &'a BothSides<'b>,
    sources: Sources,
    from: Which,
}

impl SidePart<'_, '_> {
    /// Everything of the side, with those rows only that are taken from it.
    fn rows(&self) -> Collected {
        let mut all = self.both.side(self.from).collected.clone();
        all.submissions.iter_mut().for_each(|one| self.rename_submission(one));
        all.observations = all.observations.into_iter().filter_map(|seen| self.observation(seen)).collect();
        all.replaced = all.replaced.into_iter().filter_map(|seen| self.observation(seen)).collect();
        for report in &mut all.tasks {
            for at in [&mut report.at, &mut report.text_at, &mut report.evidence_at] {
                self.rename(at);
            }
            report.evidence.iter_mut().for_each(|no| self.mark(no));
        }
        all.evidence.iter_mut().for_each(|piece: &mut Evidence| self.mark(&mut piece.no));
        all.rare.iter_mut().for_each(|rare| self.rename(&mut rare.at));
        all.answers = all.answers.into_iter().filter_map(|one| self.answer(one)).collect();
        all.unread = all.unread.into_iter().filter_map(|one| self.unread(one)).collect();
        all.findings = all.findings.into_iter().filter_map(|one| self.finding(one)).collect();
        all
    }

    /// The number of a row in the plan that counts, if it is taken from this side.
    fn number(&self, no: &IndicatorNo) -> Option<IndicatorNo> {
        let pair: Option<&RowPair> = self.both.pairing.row(self.from, no);
        if self.sources.of(pair) != self.from {
            return None;
        }
        match pair {
            Some(pair) => pair.of(self.sources.plan).cloned(),
            None => (self.from == self.sources.plan).then(|| no.clone()),
        }
    }

    /// Pieces of evidence have numbers of their own on each side.
    fn mark(&self, no: &mut String) {
        *no = format!("{}:{no}", self.both.side(self.from).folder);
    }

    fn rename(&self, place: &mut Place) {
        if !place.file.is_empty() {
            place.file = format!("{}/{}", self.both.side(self.from).folder, place.file);
        }
    }

    fn rename_submission(&self, one: &mut Submission) {
        one.file = format!("{}/{}", self.both.side(self.from).folder, one.file);
        self.rename(&mut one.unit_at);
        self.rename(&mut one.version_at);
    }

    fn observation(&self, mut seen: Observation) -> Option<Observation> {
        let no = self.number(&seen.no)?;
        let (own, plan) = (self.both.side(self.from), self.both.side(self.sources.plan));
        let shift = plan.round.year().saturating_sub(own.round.year());
        seen.year = seen.year.saturating_add(shift);
        if let (Some(row), Some(other)) = (own.plan.indicator(&seen.no), plan.plan.indicator(&no)) {
            convert(&mut seen, row, other);
        }
        seen.no = no;
        self.rename(&mut seen.at);
        self.rename(&mut seen.evidence_at);
        seen.evidence.iter_mut().for_each(|no| self.mark(no));
        Some(seen)
    }

    fn object(&self, object: Object) -> Option<Object> {
        match object {
            Object::Indicator(no) => self.number(&no).map(Object::Indicator),
            other => Some(other),
        }
    }

    fn answer(&self, mut one: StandingAnswer) -> Option<StandingAnswer> {
        let object = self.object(Object::parse(&one.query.asked.object))?;
        one.query.asked.object = object.to_string();
        one.stands = one.stands.below(self.both.side(self.from).folder);
        Some(one)
    }

    fn unread(&self, mut one: UnreadRows) -> Option<UnreadRows> {
        one.rows = self.object(one.rows)?;
        self.rename(&mut one.cause.at);
        Some(one)
    }

    fn finding(&self, mut one: Finding) -> Option<Finding> {
        one.subject.object = self.object(one.subject.object)?;
        self.rename(&mut one.at);
        one.related.iter_mut().for_each(|at| self.rename(at));
        if let Some(cause) = &mut one.cause {
            self.rename(&mut cause.at);
        }
        Some(one)
    }
}

/// A value in the unit of another plan's row: from what was reported where that converts, else from the unit of the own row.
fn convert(seen: &mut Observation, row: &Indicator, other: &Indicator) {
    let (Some(value), Reading::Number(number)) = (seen.value, seen.reading.clone()) else { return };
    if row.unit.text() == other.unit.text() {
        return;
    }
    let reported = Unit::parse(&seen.reported_unit).convert(number, &other.unit);
    let told = reported.or_else(|| {
        let converted = row.unit.convert(value, &other.unit)?;
        (seen.reading, seen.reported_unit) = (Reading::Number(value), row.unit.text().to_owned());
        Some(converted)
    });
    (seen.value, seen.conversion) = match told {
        Some((value, conversion)) => (Some(value), conversion),
        None => (None, None),
    };
}
