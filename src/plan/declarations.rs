//! What people decide in a round, held against its plans: a decision that names nothing would silently do nothing.

use std::collections::BTreeSet;

use super::fault::{Decided, Fault};
use super::{Goal, Indicator, Plan, Round, Target};
use crate::finding;

/// Lists decisions that name no city, number, unit or code, or one for which they can have no effect. `all` says that the
/// plans are those of all cities of the round; entries of others are passed over.
pub fn check_declarations(round: &Round, plans: &[Plan], all: bool) -> Vec<Fault> {
    let mut checker = Checker { round, plans, all, faults: Vec::new(), seen: BTreeSet::new() };
    for one in &round.preferences {
        checker.row(Section::Decision("[[preference]]"), &one.city, &one.indicator, &one.unit);
    }
    for one in &round.base_years {
        let what = Section::Decision("[[base_year]]");
        if one.year >= round.year() {
            checker.fault(what, Decided::LateBase { base: one.year, year: round.year() });
        }
        checker.once(what, &one.city, &one.target);
        checker.target(what, &one.city, &one.target, not_average_growth, |target| {
            matches!(target.goal, Goal::AverageGrowth(_, _, None))
        });
    }
    for one in &round.benchmarks {
        checker.once(Section::Decision("[[benchmark]]"), &one.city, &format!("{} {}", one.target, one.name));
        checker.target(Section::Decision("[[benchmark]]"), &one.city, &one.target, not_relative, |target| {
            matches!(target.goal, Goal::Relative(..)) && target.against.is_empty()
        });
    }
    for one in &round.weights {
        checker.once(Section::Decision("[[weight]]"), &one.city, &one.indicator);
        checker.row(Section::Decision("[[weight]]"), &one.city, &one.indicator, "");
    }
    for one in &round.vetoes {
        if one.indicator.is_empty() {
            checker.plan(Section::Decision("[[veto]]"), &one.city);
        } else {
            checker.row(Section::Decision("[[veto]]"), &one.city, &one.indicator, "");
        }
    }
    checker.faults
}

/// Lists waivers that name no city, number, unit or code; they stand in a file of their own.
pub fn check_waivers(round: &Round, plans: &[Plan], all: bool) -> Vec<Fault> {
    let mut checker = Checker { round, plans, all, faults: Vec::new(), seen: BTreeSet::new() };
    for (one, at) in round.waivers.iter().zip(1..) {
        checker.finding(at, &one.city, &one.unit, &one.indicator, &one.code);
    }
    checker.faults
}

/// Where a decision stands: a section of the round, or a waiver by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Decision(&'static str),
    Waiver(usize),
}

/// What is said of a decision about a target of another kind, by city and number.
type Refuse = fn(&str, &str) -> Decided;

fn not_average_growth(city: &str, no: &str) -> Decided {
    Decided::NotAverageGrowth { city: city.to_owned(), no: no.to_owned() }
}

fn not_relative(city: &str, no: &str) -> Decided {
    Decided::NotRelative { city: city.to_owned(), no: no.to_owned() }
}

struct Checker<'a> {
    round: &'a Round,
    plans: &'a [Plan],
    all: bool,
    faults: Vec<Fault>,
    seen: BTreeSet<(Section, String, String)>,
}

impl<'a> Checker<'a> {
    fn fault(&mut self, what: Section, why: Decided) {
        self.faults.push(match what {
            Section::Decision(section) => Fault::Decision { section, why },
            Section::Waiver(at) => Fault::Waiver { at, why },
        });
    }

    /// The same must not be said twice.
    fn once(&mut self, what: Section, city: &str, of: &str) {
        if !self.seen.insert((what, city.to_owned(), of.to_owned())) {
            self.fault(what, Decided::Twice { city: city.to_owned(), of: of.to_owned() });
        }
    }

    /// The plan of a city; a run for some cities has not loaded those of the others.
    fn plan(&mut self, what: Section, city: &str) -> Option<&'a Plan> {
        let plan = self.plans.iter().find(|plan| plan.city.as_str() == city);
        if plan.is_none() && self.all {
            self.fault(what, Decided::NoCity(city.to_owned()));
        }
        plan
    }

    /// The indicators of a number that have a target in the year: of one city, or of all when it is left out.
    fn rows(&mut self, what: Section, city: &str, no: &str) -> Vec<&'a Indicator> {
        let year = self.round.year();
        let of = |plan: &'a Plan| plan.indicators_of(year).find(|row| row.no == no);
        let (found, known) = if city.is_empty() {
            (self.plans.iter().filter_map(of).collect::<Vec<_>>(), self.all)
        } else {
            let Some(plan) = self.plan(what, city) else { return Vec::new() };
            (of(plan).into_iter().collect(), true)
        };
        if found.is_empty() && known {
            let why = Decided::NoIndicator { city: city.to_owned(), year, no: no.to_owned() };
            self.fault(what, why);
        }
        found
    }

    fn row(&mut self, what: Section, city: &str, no: &str, unit: &str) {
        let found = self.rows(what, city, no);
        if !(unit.is_empty() || found.is_empty() || found.iter().any(|row| reports(row, unit))) {
            let (city, no, unit) = (city.to_owned(), no.to_owned(), unit.to_owned());
            self.fault(what, Decided::NotReported { city, no, unit });
        }
    }

    fn target(&mut self, what: Section, city: &str, no: &str, otherwise: Refuse, fits: fn(&Target) -> bool) {
        let year = self.round.year();
        let found = self.rows(what, city, no);
        let any = |row: &&Indicator| row.targets_of(year).into_iter().any(fits);
        if !found.is_empty() && !found.iter().any(any) {
            self.fault(what, otherwise(city, no));
        }
    }

    /// A waiver may concern a city as a whole, a unit, an indicator or a task.
    fn finding(&mut self, at: usize, city: &str, unit: &str, no: &str, code: &str) {
        let what = Section::Waiver(at);
        if !finding::codes().contains(&code) {
            self.fault(what, Decided::NoCode(code.to_owned()));
        }
        let Some(plan) = self.plan(what, city) else { return };
        let is_row = plan.indicators.iter().any(|row| row.no == no);
        let is_task = plan.tasks.iter().any(|task| finding::task_label(&task.no) == no);
        if !(no.is_empty() || is_row || is_task) {
            self.fault(what, Decided::NoObject { city: city.to_owned(), no: no.to_owned() });
        }
        if !(unit.is_empty() || plan.reporting_units(self.round.year()).iter().any(|known| known == unit)) {
            self.fault(what, Decided::NoUnit { city: city.to_owned(), unit: unit.to_owned() });
        }
    }
}

fn reports(row: &Indicator, unit: &str) -> bool {
    row.reporters.iter().any(|one| one == unit)
}
