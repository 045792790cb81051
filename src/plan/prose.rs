//! Targets stated in prose: those that repeat a row are kept for checking, the others are judged.

use std::collections::BTreeSet;

use super::fault::FileFault;
use super::load::Loader;
use super::raw::{AmendmentEntry, ProseEntry};
use super::sections::At;
use super::words::{self, word, written};
use super::{
    Direction, Goal, Indicator, Measure, Operator, Origin, Repeat, Strength, Target, Task, Tier, Written,
};
use crate::ident::{IndicatorNo, TaskNo, UnitName};
use crate::quantity::Unit;
use rust_decimal::Decimal;

impl Loader<'_> {
    /// Adds the targets that no row repeats to the indicators; returns the others. 每年 holds for all years of the plan.
    pub(super) fn prose(
        &mut self,
        indicators: &mut Vec<Indicator>,
        tasks: &[Task],
        office: &UnitName,
        years: &[i32],
    ) -> Vec<Repeat> {
        let entries = self.sections.many::<ProseEntry>("target");
        // What repeats another target is not itself to be repeated.
        let originals: BTreeSet<IndicatorNo> =
            entries.iter().filter(|at| at.entry.same_as.is_none()).map(|at| at.entry.id.clone()).collect();
        let mut seen = BTreeSet::new();
        let mut repeats = Vec::new();
        for At { line, entry } in entries {
            if !seen.insert(entry.id.clone()) || indicators.iter().any(|other| other.no == entry.id) {
                self.sections.fault(line, FileFault::TargetNumberTwice(entry.id.clone()));
            }
            let task = entry.task.as_deref().and_then(TaskNo::some);
            let stands_in = tasks.iter().find(|other| Some(&other.no) == task.as_ref());
            if let (None, Some(task)) = (stands_in, &task) {
                self.sections.fault(line, FileFault::NoTask(task.clone()));
            }
            self.relations(line, &entry, indicators);
            let usual = if entry.kind == "rank" { "rank" } else { "higher" };
            let direction = entry.direction.as_deref().unwrap_or(usual);
            let direction = self.keep(line, word("direction", direction, &words::DIRECTIONS));
            let target = direction.and_then(|direction| self.prose_target(line, &entry, direction));
            let (Some(direction), Some(target)) = (direction, target) else { continue };
            if let Some(of) = entry.same_as {
                let known = indicators.iter().any(|other| other.no == of) || originals.contains(&of);
                if !known || of == entry.id {
                    self.sections.fault(line, FileFault::NoOriginal(of.clone()));
                }
                repeats.push(Repeat { no: entry.id, of, name: entry.name, unit: entry.unit, task, target });
                continue;
            }
            let mut reporters =
                entry.lead.clone().or_else(|| stands_in.map(|task| task.lead.clone())).unwrap_or_default();
            if reporters.is_empty() {
                reporters.push(office.clone());
            }
            let presence = matches!(target.goal, Goal::Qualitative(_) | Goal::Milestone(..));
            let unit = Unit::parse(if presence { "有/无" } else { &entry.unit });
            let (measure, is_counted) = measure(&entry, &target.goal, &unit);
            indicators.push(Indicator {
                no: entry.id,
                origin: Origin::Prose,
                id: None,
                name: entry.name,
                short: entry.short,
                aliases: Vec::new(),
                is_counted,
                measure,
                unit,
                direction,
                dimension: entry.dimension,
                numerator: None,
                group: String::new(),
                reporters,
                task,
                yoy_limit: None,
                past: Vec::new(),
                published: Vec::new(),
                targets: every_year(target, years),
                line: entry.line,
            });
        }
        repeats
    }

    /// Rows that a target refers to must exist.
    fn relations(&mut self, line: usize, entry: &ProseEntry, rows: &[Indicator]) {
        let named =
            [("of", &entry.of), ("denominator_of", &entry.denominator_of), ("against", &entry.against)];
        for (key, no) in named {
            let known = rows.iter().any(|row| row.origin == Origin::Table && row.no == **no);
            if !no.is_empty() && !known {
                self.sections.fault(line, FileFault::NoRow { key, no: no.clone() });
            }
        }
    }

    fn prose_target(&mut self, line: usize, entry: &ProseEntry, direction: Direction) -> Option<Target> {
        self.quoted(line, &entry.line, &entry.quote);
        let strength = entry.strength.as_deref().unwrap_or("expected");
        let strength = self.keep(line, word::<Strength>("strength", strength, &words::STRENGTHS));
        let measure = entry.measure.as_deref().map(|measure| word("measure", measure, &Measure::WORDS));
        measure.and_then(|measure| self.keep(line, measure));
        let tolerance = entry.tolerance.as_deref().map(|text| written("tolerance", text));
        let tolerance = tolerance.and_then(|tolerance| self.keep(line, tolerance));
        let operator = self.operator(line, entry.op.as_deref(), direction)?;
        let goal = self.goal(line, entry, operator)?;
        self.agrees(line, Some(&goal), &Unit::parse(&entry.unit), &entry.quote);
        self.sense(line, entry, &goal, direction);
        let amendments: Vec<AmendmentEntry> = entry.amendments.clone();
        let amendments = self.amendments(line, amendments, Some(&goal));
        Some(Target {
            year: entry.year,
            tier: Tier::Annual,
            goal,
            tolerance: tolerance.map(|tolerance| tolerance.value),
            strength: strength?,
            recurring: entry.recurring,
            undated: entry.undated,
            undefined: entry.undefined.clone(),
            of: IndicatorNo::some(entry.of.as_str()),
            denominator_of: IndicatorNo::some(entry.denominator_of.as_str()),
            against: IndicatorNo::some(entry.against.as_str()),
            line: entry.line.clone(),
            quote: entry.quote.clone(),
            note: entry.note.clone(),
            amendments,
            issued: None,
        })
    }

    /// What no plan can mean, though every field is right by itself.
    fn sense(&mut self, line: usize, entry: &ProseEntry, goal: &Goal, direction: Direction) {
        let unit = Unit::parse(&entry.unit);
        let tolerance = entry.tolerance.as_deref().and_then(|text| written("", text).ok());
        let in_range = |value: &Written| (Decimal::ZERO..Decimal::ONE_HUNDRED).contains(&value.value);
        let rules = [
            (goal.is_odd(direction), FileFault::OddOperator),
            (
                tolerance.is_some_and(|tolerance| !goal.is_about() || !in_range(&tolerance)),
                FileFault::OddTolerance,
            ),
            (entry.recurring && entry.undated, FileFault::RecurringUndated),
            (
                matches!(goal, Goal::Growth(..) | Goal::AverageGrowth(..) | Goal::Coverage(..))
                    && !unit.is_share(),
                FileFault::NotInPercent,
            ),
            (
                matches!(goal, Goal::Magnitude(_))
                    && unit.convert(Decimal::ONE, &Unit::parse("亿元")).is_none(),
                FileFault::NotInMoney,
            ),
            (matches!(goal, Goal::Qualitative(text) if text != "有"), FileFault::NotPresence),
            (matches!(goal, Goal::Milestone(text, _) if text.is_empty()), FileFault::NoValue),
        ];
        for (_, fault) in rules.into_iter().filter(|(broken, _)| *broken) {
            self.sections.fault(line, fault);
        }
    }

    fn goal(&mut self, line: usize, entry: &ProseEntry, operator: Operator) -> Option<Goal> {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        let value = text(&entry.value);
        Some(match entry.kind.as_str() {
            "level" => Goal::Level(operator, self.number(line, "value", &value)?),
            "growth" => Goal::Growth(operator, self.number(line, "value", &value)?),
            "average_growth" => {
                Goal::AverageGrowth(operator, self.number(line, "value", &value)?, entry.base_year)
            }
            "increment" => {
                let base = entry.base.as_ref().map(|base| written("base", base));
                let base = base.and_then(|base| self.keep(line, base));
                Goal::Increment(operator, self.number(line, "value", &value)?, base)
            }
            "range" => {
                let (low, high) = self.bounds(line, ("low", &entry.low), ("high", &entry.high))?;
                Goal::Range(low, high)
            }
            "interval" => self.interval(line, [&entry.low, &entry.high, &entry.lowest, &entry.highest])?,
            "rank" => Goal::Rank(operator, self.number(line, "value", &value)?),
            "rank_change" => Goal::RankChange(operator, self.number(line, "value", &value)?),
            "coverage" => Goal::Coverage(operator, self.number(line, "value", &value)?),
            "relative" if entry.reference.is_some() => Goal::Relative(operator, text(&entry.reference)),
            "qualitative" => Goal::Qualitative(value),
            "milestone" => Goal::Milestone(value, entry.due.map(|day| day.0)),
            "magnitude" if words::magnitude(&value).is_some() => Goal::Magnitude(value),
            other => {
                self.sections.fault(line, FileFault::UnknownKind(other.to_owned()));
                return None;
            }
        })
    }

    /// An interval with its outermost values, in the order low, high, lowest, highest.
    pub(super) fn interval(&mut self, line: usize, fields: [&Option<String>; 4]) -> Option<Goal> {
        let [low, high, lowest, highest] = fields;
        let (low, high) = self.bounds(line, ("low", low), ("high", high))?;
        let outer = match (lowest, highest) {
            (None, None) => None,
            _ => Some(self.bounds(line, ("lowest", lowest), ("highest", highest))?),
        };
        if outer
            .as_ref()
            .is_some_and(|(lowest, highest)| lowest.value > low.value || highest.value < high.value)
        {
            self.sections.fault(line, FileFault::BoundsInside);
            return None;
        }
        Some(Goal::Interval(low, high, outer))
    }

    fn bounds(
        &mut self,
        line: usize,
        (low_key, low): (&str, &Option<String>),
        (high_key, high): (&str, &Option<String>),
    ) -> Option<(Written, Written)> {
        let low = self.number(line, low_key, low.as_deref().unwrap_or_default());
        let high = self.number(line, high_key, high.as_deref().unwrap_or_default());
        let (low, high) = (low?, high?);
        if low.value > high.value {
            self.sections
                .fault(line, FileFault::Greater { low: low_key.to_owned(), high: high_key.to_owned() });
            return None;
        }
        Some((low, high))
    }
}

/// What kind of quantity a target is about: as stated, else by its kind, its name and its unit; and whether whole things are
/// counted.
fn measure(entry: &ProseEntry, goal: &Goal, unit: &Unit) -> (Measure, bool) {
    let stated = entry.measure.as_deref().and_then(|text| word("measure", text, &Measure::WORDS).ok());
    let measure = Measure::of(stated.or_else(|| goal.measure()), &entry.name, unit);
    // A mean of several ranks may have a fraction.
    (measure, measure.counts(&entry.name, unit) && !matches!(goal, Goal::RankChange(..)))
}

/// A target of 每年 for all years of the plan; any other as it is.
fn every_year(target: Target, years: &[i32]) -> Vec<Target> {
    if !target.recurring || !years.contains(&target.year) {
        return vec![target];
    }
    years.iter().map(|year| Target { year: *year, ..target.clone() }).collect()
}
