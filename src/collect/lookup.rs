//! What was collected for a city, found by indicator, task and unit without looking through its lists.

use std::collections::{BTreeMap, BTreeSet};

use super::{Collected, Observation, Submission, TaskReport, UnreadRows};
use crate::finding::{Object, Place};
use crate::ident::{IndicatorNo, TaskNo, UnitName};

/// What was collected for a city, by the names of what it is about. It is made once, when everything is collected.
pub struct Lookup<'a> {
    /// Everything.
    pub all: &'a Collected,
    used: BTreeMap<&'a UnitName, &'a Submission>,
    observations: BTreeMap<&'a IndicatorNo, Vec<&'a Observation>>,
    past: BTreeSet<&'a Place>,
    tasks: BTreeMap<&'a TaskNo, Vec<&'a TaskReport>>,
    evidence: BTreeMap<&'a UnitName, BTreeSet<&'a str>>,
    unread: BTreeMap<&'a UnitName, Vec<&'a UnreadRows>>,
}

impl<'a> Lookup<'a> {
    /// Puts what was collected in order.
    pub fn of(all: &'a Collected) -> Self {
        let mut lookup = Self {
            all,
            used: BTreeMap::new(),
            observations: BTreeMap::new(),
            past: BTreeSet::new(),
            tasks: BTreeMap::new(),
            evidence: BTreeMap::new(),
            unread: BTreeMap::new(),
        };
        for submission in all.submissions.iter().filter(|submission| submission.is_used()) {
            if let Some(unit) = &submission.unit {
                lookup.used.entry(unit).or_insert(submission);
            }
        }
        for seen in &all.observations {
            lookup.observations.entry(&seen.no).or_default().push(seen);
            if !seen.is_current {
                lookup.past.insert(&seen.at);
            }
        }
        for report in &all.tasks {
            lookup.tasks.entry(&report.no).or_default().push(report);
        }
        for piece in &all.evidence {
            lookup.evidence.entry(&piece.unit).or_default().insert(piece.no.as_str());
        }
        for unread in &all.unread {
            lookup.unread.entry(&unread.unit).or_default().push(unread);
        }
        lookup
    }

    /// The workbook of a unit that counts.
    pub fn used_of(&self, unit: &UnitName) -> Option<&'a Submission> {
        self.used.get(unit).copied()
    }

    /// The values of an indicator, of the year that is judged and of the year before, by workbook and row.
    pub fn values_of(&self, no: &IndicatorNo) -> impl Iterator<Item = &'a Observation> {
        self.observations.get(no).into_iter().flatten().copied()
    }

    /// What a unit reports of an indicator for the year that is judged.
    pub fn current_of(&self, no: &IndicatorNo, unit: &UnitName) -> impl Iterator<Item = &'a Observation> {
        self.values_of(no).filter(move |seen| seen.is_current && seen.unit == *unit)
    }

    /// Whether a cell holds a value of the year before, which is not judged.
    pub fn is_past(&self, at: &Place) -> bool {
        self.past.contains(at)
    }

    /// What a unit reports of a task.
    pub fn tasks_of(&self, no: &TaskNo, unit: &UnitName) -> impl Iterator<Item = &'a TaskReport> {
        let all = self.tasks.get(no).into_iter().flatten().copied();
        all.filter(move |report| report.unit == *unit)
    }

    /// Whether a unit lists a piece of evidence.
    pub fn has_evidence(&self, unit: &UnitName, no: &str) -> bool {
        self.evidence.get(unit).is_some_and(|listed| listed.contains(no))
    }

    /// Why a unit's row of an indicator or task, or its whole workbook, could not be read.
    pub fn unread_of(&self, unit: &UnitName, rows: &Object) -> Option<&'a UnreadRows> {
        let is_it = |unread: &&&UnreadRows| unread.rows == Object::Whole || unread.rows == *rows;
        self.unread.get(unit)?.iter().find(is_it).copied()
    }
}
