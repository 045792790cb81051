//! Which row of which sheet tells of what, for the links between them.

use std::collections::BTreeMap;

use super::cells::{SheetCell, file_name, text};
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::finding::Finding;

pub(super) const FINDINGS: &str = "核实清单";
pub(super) const RECEIVED: &str = "收件登记";

/// Where rows are that others lead to.
pub(super) struct RowIndex<'a> {
    /// Short names of cities.
    pub(super) names: BTreeMap<&'a str, &'a str>,
    /// The findings that are told, by city and unit.
    pub(super) findings: Vec<&'a Finding>,
    /// Codes about an object of a city, with the row of the first.
    pub(super) codes: BTreeMap<(&'a str, String), (Vec<&'static str>, u32)>,
    /// The rows of workbooks.
    pub(super) files: BTreeMap<&'a str, u32>,
    /// The first target of a city.
    pub(super) targets: BTreeMap<&'a str, u32>,
}

impl<'a> RowIndex<'a> {
    pub(super) fn of(evaluation: &'a Evaluation) -> Self {
        let mut all = Self {
            names: BTreeMap::new(),
            findings: evaluation.told().collect(),
            codes: BTreeMap::new(),
            files: BTreeMap::new(),
            targets: BTreeMap::new(),
        };
        let mut places = BTreeMap::new();
        let (mut file, mut target) = (0_u32, 0_u32);
        for (at, city) in evaluation.cities.iter().enumerate() {
            let slug = city.plan.city.as_str();
            places.insert(slug, at);
            all.names.insert(slug, &city.plan.short);
            all.targets.insert(slug, target);
            target = count(target, city.assessments.len());
            for submission in &city.collected.submissions {
                all.files.insert(&submission.file, file);
                file = count(file, 1);
            }
        }
        all.findings.sort_by_key(|one| (places.get(one.subject.city.as_str()), one.unit_words()));
        for (row, one) in (0..).zip(&all.findings) {
            let key = (one.subject.city.as_str(), one.subject.object.to_string());
            let (codes, _) = all.codes.entry(key).or_insert((Vec::new(), row));
            if !codes.contains(&one.problem.code()) {
                codes.push(one.problem.code());
            }
        }
        all
    }

    pub(super) fn name(&self, slug: &str) -> SheetCell {
        text(self.names.get(slug).copied().unwrap_or(slug))
    }

    /// The codes of what was found about an object, which lead to the first of them.
    pub(super) fn found(&self, city: &'a CityEvaluation, object: &str) -> SheetCell {
        match self.codes.get(&(city.plan.city.as_str(), object.to_owned())) {
            Some((codes, row)) if !object.is_empty() => SheetCell::Link(codes.join("、"), FINDINGS, *row),
            _ => SheetCell::Nothing,
        }
    }

    /// A cell of a workbook, which leads to where that was received.
    pub(super) fn place(&self, file: &str, cell: &str) -> SheetCell {
        let words = format!("{}{cell}", file_name(file));
        match self.files.get(file) {
            Some(row) => SheetCell::Link(words, RECEIVED, *row),
            None => text(&words),
        }
    }
}

fn count(from: u32, more: usize) -> u32 {
    from.saturating_add(u32::try_from(more).unwrap_or(u32::MAX))
}
