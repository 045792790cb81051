//! Rows of the plan's table, with their values, targets, quotas and parts.

use std::collections::BTreeMap;

use toml::Spanned;

use super::catalogue::CatalogueEntry;
use super::fault::FileFault;
use super::goal::Quantity;
use super::load::Loader;
use super::raw::{self, RowTargetEntry};
use super::rest::rest_of_cells;
use super::sections::At;
use super::words::{self, word, written};
use super::{Indicator, Measure, Nature, Origin, PastValue, Quota, Target, Tier};
use crate::ident::{IndicatorId, IndicatorNo, UnitName};
use crate::quantity::Unit;

impl Loader<'_> {
    #[expect(clippy::too_many_lines, reason = "a field of the entry each, as the plan file has them")]
    pub(super) fn rows(&mut self, groups: &[String], office: &UnitName) -> Vec<Indicator> {
        let mut found: Vec<Indicator> = Vec::new();
        let mut numerators: Vec<Option<IndicatorId>> = Vec::new();
        let mut lines: Vec<usize> = Vec::new();
        for At { line, entry } in self.row_entries() {
            self.place_of(line, &entry, groups, &found);
            let Some(shared) = self.catalogue.entries.get(&entry.id).cloned() else {
                self.sections.fault(line, FileFault::NotInCatalogue(entry.id));
                continue;
            };
            let unit = Unit::parse(&entry.unit);
            self.same_unit(line, &entry.unit, &unit, &shared);
            let measure = Measure::of(Some(shared.measure), &entry.name, &unit);
            let of = Quantity { unit: &unit, direction: shared.direction, measure: Some(measure) };
            let (past, targets) = self.values_and_targets(line, &entry, of);
            let is_counted = measure.counts(&entry.name, &shared.unit);
            let is_left_to_office = entry.data_units.is_empty();
            let reporters = if is_left_to_office { vec![office.clone()] } else { entry.data_units };
            let definition_line = match entry.definition.is_empty() {
                true => String::new(),
                false => self.line_of_quote(line, "", &entry.definition),
            };
            let nature = entry.nature.as_deref().and_then(|text| self.nature(line, text));
            let quotas = self.quotas(line, &entry.quotas, &targets);
            let interims = self.interims(line, &entry.interims, &targets, &entry.line);
            self.lines_if_given(line, &entry.line);
            let own = self.english(line, entry.en);
            if let Some(name) = own.or_else(|| shared.en.clone()) {
                self.english.rows.insert(entry.no.clone(), name);
            }
            lines.push(line);
            numerators.push(shared.numerator.clone());
            found.push(Indicator {
                no: entry.no,
                origin: Origin::Table,
                id: Some(entry.id),
                name: entry.name,
                short: shared.short.clone(),
                aliases: names(&shared),
                unit,
                is_counted,
                measure,
                direction: shared.direction,
                dimension: shared.dimension.clone(),
                numerator: None,
                group: entry.group,
                reporters,
                is_left_to_office,
                leads: entry.lead,
                responsible: entry.responsible,
                task: None,
                definition: if entry.definition.is_empty() {
                    shared.definition.clone()
                } else {
                    entry.definition
                },
                definition_line,
                yoy_limit: shared.yoy_limit,
                pace: shared.pace,
                sits_out: false,
                running: Vec::new(),
                baseline_year: entry.baseline_year,
                nature,
                parent: entry.parent,
                quotas,
                interims,
                is_scheduled: true,
                past,
                published: Vec::new(),
                targets,
                line: entry.line,
            });
        }
        name_numerators(&mut found, numerators);
        self.parents(&found, &lines);
        self.held_against(&found, &lines);
        found
    }

    /// What a row was and is to be.
    fn values_and_targets(
        &mut self,
        line: usize,
        entry: &raw::IndicatorEntry,
        of: Quantity<'_>,
    ) -> (Vec<PastValue>, Vec<Target>) {
        let past: Vec<_> = entry.values.iter().filter_map(|value| self.past(line, value, of.unit)).collect();
        let mut targets: Vec<_> =
            entry.targets.iter().filter_map(|one| self.row_target(line, one, of)).collect();
        rest_of_cells(&mut targets, self.source().unwrap_or_default());
        row_faults(&past, &targets).into_iter().for_each(|fault| self.sections.fault(line, fault));
        (past, targets)
    }

    fn nature(&mut self, line: usize, text: &str) -> Option<Nature> {
        self.keep(line, word("nature", text, &words::NATURES))
    }

    /// A row stands in a group, and stands there once.
    fn place_of(&mut self, line: usize, entry: &raw::IndicatorEntry, groups: &[String], found: &[Indicator]) {
        if !groups.contains(&entry.group) {
            self.sections
                .fault(line, FileFault::RowGroup { no: entry.no.clone(), group: entry.group.clone() });
        }
        if found.iter().any(|other| other.no == entry.no || other.id.as_ref() == Some(&entry.id)) {
            self.sections.fault(line, FileFault::RowTwice { no: entry.no.clone(), id: entry.id.clone() });
        }
    }

    /// The unit of a row is one of the catalogue's, or converts to it.
    fn same_unit(&mut self, line: usize, written: &str, unit: &Unit, shared: &CatalogueEntry) {
        let same = shared.unit_aliases.iter().any(|one| one == written)
            || unit.convert(rust_decimal::Decimal::ONE, &shared.unit).is_some();
        if !same {
            let (own, usual) = (written.to_owned(), shared.unit.text().to_owned());
            self.sections.fault(line, FileFault::UnitsDiffer { own, usual });
        }
    }

    /// A row of which others are parts must exist, and be none of its own parts.
    fn parents(&mut self, rows: &[Indicator], lines: &[usize]) {
        let above =
            |no: &IndicatorNo| rows.iter().find(|row| row.no == *no).and_then(|row| row.parent.as_ref());
        for (line, row) in lines.iter().zip(rows) {
            let Some(parent) = &row.parent else { continue };
            if !rows.iter().any(|row| row.no == *parent) {
                self.sections.fault(*line, FileFault::NoRow { key: "parent", no: parent.to_string() });
            }
            let mut up = Some(parent);
            for _ in 0..rows.len() {
                up = up.and_then(above);
            }
            if up.is_some() {
                self.sections.fault(*line, FileFault::OwnPart(parent.clone()));
            }
        }
    }

    /// A row that others are held against must exist, and be another one.
    fn held_against(&mut self, rows: &[Indicator], lines: &[usize]) {
        for (line, row) in lines.iter().zip(rows) {
            for against in row.targets.iter().filter_map(|target| target.against.as_ref()) {
                let fault = match rows.iter().any(|row| row.no == *against) {
                    true if *against != row.no => continue,
                    true => FileFault::AgainstItself(against.clone()),
                    false => FileFault::NoRow { key: "against", no: against.to_string() },
                };
                self.sections.fault(*line, fault);
            }
        }
    }

    fn quotas(&mut self, line: usize, entries: &[raw::QuotaEntry], targets: &[Target]) -> Vec<Quota> {
        let quotas: Vec<Quota> = entries.iter().filter_map(|quota| self.quota(line, quota)).collect();
        quota_faults(&quotas, targets).into_iter().for_each(|fault| self.sections.fault(line, fault));
        quotas
    }

    fn quota(&mut self, line: usize, entry: &raw::QuotaEntry) -> Option<Quota> {
        self.quoted(line, &entry.line, &entry.value);
        let value = self.keep(line, written("quota.value", &entry.value))?;
        Some(Quota { area: entry.area.clone(), year: entry.year, value, line: entry.line.clone() })
    }

    fn past(&mut self, line: usize, entry: &raw::ValueEntry, unit: &Unit) -> Option<PastValue> {
        self.quoted(line, &entry.line, &entry.value);
        let value = if unit.is_presence() {
            None
        } else {
            Some(self.keep(line, written("value", &entry.value))?.value)
        };
        Some(PastValue { year: entry.year, text: entry.value.clone(), value, line: entry.line.clone() })
    }

    fn row_target(
        &mut self,
        line: usize,
        entry: &Spanned<RowTargetEntry>,
        of: Quantity<'_>,
    ) -> Option<Target> {
        let own_line = self.sections.line_of(entry.span().start);
        let entry = entry.get_ref();
        let tier = entry.tier.as_deref().unwrap_or("annual");
        let tier = self.keep(line, word("tier", tier, &words::TIERS));
        let target = self.statement(line, &entry.statement(), tier?, of)?;
        Some(Target { entry_line: Some(own_line), ..target })
    }
}

/// What else a row may be called: by the catalogue.
fn names(shared: &CatalogueEntry) -> Vec<String> {
    let mut names = shared.aliases.clone();
    names.extend([shared.name.clone(), shared.short.clone()]);
    names
}

/// Values and targets of a row that contradict each other.
fn row_faults(past: &[PastValue], targets: &[Target]) -> Vec<FileFault> {
    let mut faults = Vec::new();
    for (at, one) in past.iter().enumerate() {
        if past.iter().take(at).any(|other| other.year == one.year) {
            faults.push(FileFault::ValueTwice(one.year));
        }
    }
    for (at, one) in targets.iter().enumerate() {
        let same_year = || targets.iter().enumerate().filter(|(_, other)| other.year == one.year);
        if same_year().any(|(other, target)| other < at && target.tier == one.tier) {
            faults.push(FileFault::TargetTwice(one.year));
        }
        let needs = |tier: Tier| !same_year().any(|(_, target)| target.tier == tier);
        let odd = match one.tier {
            Tier::Annual => !needs(Tier::Assessed) || !needs(Tier::Intended),
            Tier::Assessed => false,
            Tier::Intended => needs(Tier::Assessed),
            Tier::Stretch => needs(Tier::Annual),
        };
        if odd {
            faults.push(FileFault::OddTiers(one.year));
        }
    }
    faults
}

/// Quotas are parts of the target of their year, one for each area.
fn quota_faults(quotas: &[Quota], targets: &[Target]) -> Vec<FileFault> {
    let mut faults = Vec::new();
    for (at, one) in quotas.iter().enumerate() {
        if quotas.iter().take(at).any(|other| other.area == one.area && other.year == one.year) {
            faults.push(FileFault::QuotaTwice { area: one.area.clone(), year: one.year });
        }
        // One of 每年 is of other years too.
        if !targets.iter().any(|target| target.year == one.year || target.recurring) {
            faults.push(FileFault::QuotaOfNothing(one.year));
        }
    }
    faults
}

/// The catalogue names the numerator of a share by its id, the plan by its number.
fn name_numerators(rows: &mut [Indicator], numerators: Vec<Option<IndicatorId>>) {
    let numbers: BTreeMap<IndicatorId, IndicatorNo> =
        rows.iter().rev().filter_map(|row| Some((row.id.clone()?, row.no.clone()))).collect();
    for (row, numerator) in rows.iter_mut().zip(numerators) {
        row.numerator = numerator.and_then(|id| numbers.get(&id).cloned());
    }
}
