//! Targets stated in prose: those that repeat a row are kept for checking, the others are judged.

use std::collections::BTreeSet;

use super::fault::FileFault;
use super::goal::Quantity;
use super::load::Loader;
use super::raw::ProseEntry;
use super::sections::At;
use super::words::{self, word};
use super::{Direction, Goal, Indicator, Measure, Origin, Repeat, Target, Task, Tier, short_of};
use crate::ident::{IndicatorNo, TaskNo, UnitName};
use crate::quantity::Unit;

impl Loader<'_> {
    /// Adds the targets that no row repeats to the indicators; returns the others. 每年 holds for all years of the plan, in rows too.
    #[expect(clippy::too_many_lines, reason = "a field of the entry each, as the plan file has them")]
    pub(super) fn prose(
        &mut self,
        indicators: &mut Vec<Indicator>,
        tasks: &[Task],
        office: &UnitName,
        years: &[i32],
    ) -> Vec<Repeat> {
        let of_table = years_of_table(indicators);
        repeat_every_year(indicators, years);
        let entries = self.prose_entries();
        // What repeats another target is not itself to be repeated.
        let originals: BTreeSet<IndicatorNo> =
            entries.iter().filter(|at| at.entry.same_as.is_none()).map(|at| at.entry.id.clone()).collect();
        let mut seen = BTreeSet::new();
        let (mut repeats, mut stretches) = (Vec::new(), Vec::new());
        for At { line, entry } in entries {
            if !seen.insert(entry.id.clone()) || indicators.iter().any(|other| other.no == entry.id) {
                self.sections.fault(line, FileFault::TargetNumberTwice(entry.id.clone()));
            }
            let task = entry.task.as_deref().and_then(TaskNo::some);
            let stands_in = self.task_of(line, task.as_ref(), tasks);
            self.relations(line, &entry, indicators);
            let usual = if entry.statement().kind == Some("rank") { "rank" } else { "higher" };
            let direction = entry.direction.as_deref().unwrap_or(usual);
            let direction = self.keep(line, word("direction", direction, &words::DIRECTIONS));
            let target = direction.and_then(|direction| self.prose_target(line, &entry, direction));
            let (Some(direction), Some(target)) = (direction, target) else { continue };
            if let Some(of) = entry.same_as.clone().filter(|_| target.tier == Tier::Stretch) {
                stretches.push((line, of, Unit::parse(&entry.unit), target));
                continue;
            }
            if let Some(of) = entry.same_as {
                let known = indicators.iter().any(|other| other.no == of) || originals.contains(&of);
                self.repeats(line, &of, known && of != entry.id, !entry.interims.is_empty());
                repeats.push(Repeat { no: entry.id, of, name: entry.name, unit: entry.unit, task, target });
                continue;
            }
            let interims = self.interims(line, &entry.interims, std::slice::from_ref(&target), &entry.line);
            let (reporters, is_left_to_office) = reporters(&entry, stands_in, office);
            let responsible = entry.responsible.clone().or_else(|| Some(stands_in?.responsible.clone()));
            if let Some(name) = self.english(line, entry.en.clone()) {
                self.english.rows.insert(entry.id.clone(), name);
            }
            let unit = unit_of(&entry, &target.goal);
            let (measure, is_counted) = measure(&entry, &target.goal, &unit);
            indicators.push(Indicator {
                no: entry.id,
                origin: Origin::Prose,
                id: None,
                short: entry.short.unwrap_or_else(|| short_of(&entry.name)),
                name: entry.name,
                aliases: Vec::new(),
                is_counted,
                measure,
                unit,
                direction,
                dimension: entry.dimension,
                numerator: None,
                group: String::new(),
                reporters,
                is_left_to_office,
                leads: Vec::new(),
                responsible: responsible.unwrap_or_default(),
                task,
                definition: String::new(),
                definition_line: String::new(),
                yoy_limit: None,
                pace: None,
                sits_out: false,
                running: Vec::new(),
                baseline_year: None,
                nature: None,
                parent: None,
                quotas: Vec::new(),
                interims,
                is_scheduled: of_table.iter().all(|year| *year == target.year),
                past: Vec::new(),
                published: Vec::new(),
                targets: every_year(target, years),
                line: entry.line,
            });
        }
        for (line, of, unit, target) in stretches {
            self.stretch(line, &of, &unit, every_year(target, years), indicators);
        }
        repeats
    }

    /// 新增80家，力争100家: the second number is a second target of the first, of the same kind and unit.
    fn stretch(
        &mut self,
        line: usize,
        of: &IndicatorNo,
        unit: &Unit,
        targets: Vec<Target>,
        indicators: &mut [Indicator],
    ) {
        let Some(indicator) = indicators.iter_mut().find(|one| one.no == *of) else {
            return self.sections.fault(line, FileFault::NoOriginal(of.clone()));
        };
        for target in targets {
            let of_year =
                |tier| indicator.targets.iter().find(|one| (one.year, one.tier) == (target.year, tier));
            let Some(annual) = of_year(Tier::Annual) else {
                return self.sections.fault(line, FileFault::OddTiers(target.year));
            };
            if annual.goal.key() != target.goal.key() || indicator.unit != *unit {
                return self.sections.fault(line, FileFault::StretchOfOther(of.clone()));
            }
            match of_year(Tier::Stretch) {
                // The table says so, too.
                Some(other) if other.goal == target.goal => {}
                Some(_) => self.sections.fault(line, FileFault::TargetTwice(target.year)),
                None => {
                    let (added_to, denominator_of) = (annual.of.clone(), annual.denominator_of.clone());
                    indicator.targets.push(Target { of: added_to, denominator_of, ..target });
                }
            }
        }
    }

    /// Prose names one target, or what is striven for beyond another.
    fn prose_tier(&mut self, line: usize, entry: &ProseEntry) -> Option<Tier> {
        let tier = word("tier", entry.tier.as_deref().unwrap_or("annual"), &words::TIERS);
        let tier = self.keep(line, tier)?;
        let fits = tier == Tier::Annual || (tier == Tier::Stretch && entry.same_as.is_some());
        if !fits {
            self.sections.fault(line, FileFault::ProseTier);
        }
        fits.then_some(tier)
    }

    /// Faults of a target that repeats another one.
    fn repeats(&mut self, line: usize, of: &IndicatorNo, is_known: bool, has_interims: bool) {
        if has_interims {
            self.sections.fault(line, FileFault::InterimOfNothing);
        }
        if !is_known {
            self.sections.fault(line, FileFault::NoOriginal(of.clone()));
        }
    }

    /// The task that a target stands in, if it names one.
    fn task_of<'a>(&mut self, line: usize, no: Option<&TaskNo>, tasks: &'a [Task]) -> Option<&'a Task> {
        let found = tasks.iter().find(|task| Some(&task.no) == no);
        if let (None, Some(no)) = (found, no) {
            self.sections.fault(line, FileFault::NoTask(no.clone()));
        }
        found
    }

    /// Rows that a target refers to must exist.
    fn relations(&mut self, line: usize, entry: &ProseEntry, rows: &[Indicator]) {
        let named = [
            ("of", entry.of.as_str()),
            ("denominator_of", &entry.denominator_of),
            ("against", entry.statement().against),
        ];
        for (key, no) in named {
            let known = rows.iter().any(|row| row.origin == Origin::Table && row.no == *no);
            if !no.is_empty() && !known {
                self.sections.fault(line, FileFault::NoRow { key, no: no.to_owned() });
            }
        }
    }

    fn prose_target(&mut self, line: usize, entry: &ProseEntry, direction: Direction) -> Option<Target> {
        let measure = entry.measure.as_deref().map(|measure| word("measure", measure, &Measure::WORDS));
        measure.and_then(|measure| self.keep(line, measure));
        let unit = Unit::parse(&entry.unit);
        let of = Quantity { unit: &unit, direction, measure: None };
        let tier = self.prose_tier(line, entry)?;
        let target = self.statement(line, &entry.statement(), tier, of)?;
        for key in without_effect(entry, &target.goal) {
            self.sections.fault(line, FileFault::OtherKey { kind: target.goal.key().to_owned(), key });
        }
        let is_known = self.catalogue.dimensions.iter().any(|dimension| dimension.id == entry.dimension);
        if !entry.dimension.is_empty() && !is_known {
            let listed = self.catalogue.dimensions.iter().map(|one| one.id.clone()).collect();
            self.sections.fault(line, FileFault::NoDimension(entry.dimension.clone(), listed));
        }
        Some(Target {
            entry_line: Some(line),
            of: IndicatorNo::some(entry.of.as_str()),
            denominator_of: IndicatorNo::some(entry.denominator_of.as_str()),
            ..target
        })
    }
}

/// Fields that refer to a row, beside a kind of target that asks nothing of the row.
fn without_effect(entry: &ProseEntry, goal: &Goal) -> Vec<&'static str> {
    let adds = matches!(goal, Goal::Increment(..));
    let grows = matches!(goal, Goal::Growth(..) | Goal::AverageGrowth(..));
    let fields = [("of", &entry.of, adds || grows), ("denominator_of", &entry.denominator_of, adds)];
    fields.into_iter().filter(|(_, no, fits)| !no.is_empty() && !fits).map(|(key, ..)| key).collect()
}

/// The unit that a target is reported in.
fn unit_of(entry: &ProseEntry, goal: &Goal) -> Unit {
    let presence = matches!(goal, Goal::Qualitative(_) | Goal::Milestone(..));
    Unit::parse(if presence { "有/无" } else { &entry.unit })
}

/// The lead units of a target, else those of its task, else the office; and whether it is left to that.
fn reporters(entry: &ProseEntry, stands_in: Option<&Task>, office: &UnitName) -> (Vec<UnitName>, bool) {
    let named = entry.lead.clone().or_else(|| stands_in.map(|task| task.lead.clone())).unwrap_or_default();
    if named.is_empty() { (vec![office.clone()], true) } else { (named, false) }
}

/// What kind of quantity a target is about: as stated, else by its kind, its name and its unit; and whether whole things are
/// counted.
fn measure(entry: &ProseEntry, goal: &Goal, unit: &Unit) -> (Measure, bool) {
    let stated = entry.measure.as_deref().and_then(|text| word("measure", text, &Measure::WORDS).ok());
    let measure = Measure::of(stated.or_else(|| goal.measure()), &entry.name, unit);
    // A mean of several ranks may have a fraction.
    (measure, measure.counts(&entry.name, unit) && !matches!(goal, Goal::RankChange(..)))
}

/// The years for which the table itself states targets. Where these are all of the final year, prose of that year is on its way as the rows
/// are; where the table has targets year by year, prose of a later year waits for it.
fn years_of_table(rows: &[Indicator]) -> BTreeSet<i32> {
    let targets = rows.iter().flat_map(|row| &row.targets);
    targets.filter(|target| !target.recurring).map(|target| target.year).collect()
}

/// A target of 每年 for all years of the plan; any other as it is.
fn every_year(target: Target, years: &[i32]) -> Vec<Target> {
    if !target.recurring || !years.contains(&target.year) {
        return vec![target];
    }
    years.iter().map(|year| Target { year: *year, ..target.clone() }).collect()
}

/// The targets of 每年 in rows, for the years of the plan that have none of their own.
fn repeat_every_year(rows: &mut [Indicator], years: &[i32]) {
    for row in rows {
        let own: Vec<(i32, Tier)> = row.targets.iter().map(|one| (one.year, one.tier)).collect();
        let stated = std::mem::take(&mut row.targets);
        let is_own = |one: &Target, year: i32| year == one.year || !own.contains(&(year, one.tier));
        row.targets = stated
            .into_iter()
            .flat_map(|one| {
                every_year(one.clone(), years).into_iter().filter(move |each| is_own(&one, each.year))
            })
            .collect();
    }
}
