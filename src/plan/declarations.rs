//! What people decide in a round, held against its plans: a decision that names nothing would silently do nothing.

use std::collections::BTreeSet;

use super::fault::FileFault;
use super::void::Decided;
use super::{Catalogue, Goal, Indicator, Nature, Plan, Round, Target, Waiver};
use crate::finding::{self, Object};
use crate::ident::{CityId, IndicatorNo, UnitName};

/// Lists decisions that name no city, number, unit or code, or one for which they can have no effect. `all` says that the
/// plans are those of all cities of the round; entries of others are passed over.
#[expect(clippy::too_many_lines, reason = "a part for each list of decisions")]
pub fn check_declarations(
    round: &Round,
    (plans, catalogue): (&[Plan], &Catalogue),
    all: bool,
) -> Vec<FileFault> {
    let mut checker = Checker { round, plans, all, faults: Vec::new(), seen: BTreeSet::new() };
    for one in &round.preferences {
        let what = Declared::Decision("[[preference]]");
        checker.once(what, Some(&one.city), one.indicator.as_str());
        checker.row(what, Some(&one.city), &one.indicator, Some(&one.unit));
    }
    for one in &round.base_years {
        let what = Declared::Decision("[[base_year]]");
        if one.year >= round.year() {
            checker.fault(what, Decided::LateBase { base: one.year, year: round.year() });
        }
        checker.once(what, Some(&one.city), one.target.as_str());
        checker.target(what, &one.city, &one.target, not_average_growth, |target| {
            matches!(target.goal, Goal::AverageGrowth(_, _, None))
        });
    }
    for one in &round.benchmarks {
        let what = Declared::Decision("[[benchmark]]");
        checker.once(what, Some(&one.city), &format!("{} {}", one.target, one.name));
        checker.target(what, &one.city, &one.target, not_relative, |target| {
            matches!(target.goal, Goal::Relative(..)) && target.against.is_none()
        });
    }
    for one in &round.levels {
        let what = Declared::Decision("[[level]]");
        let of = format!("{} {} {}", one.indicator, one.area.key(), one.year);
        checker.once(what, one.city.as_ref(), &of);
        if catalogue.unit(&one.indicator).is_none() {
            checker.fault(what, Decided::NotInCatalogue(one.indicator.clone()));
        }
        if let Some(city) = &one.city {
            let _ = checker.plan(what, city);
        }
    }
    for one in &round.weights {
        let what = Declared::Decision("[[weight]]");
        checker.once(what, one.city.as_ref(), one.indicator.as_str());
        checker.row(what, one.city.as_ref(), &one.indicator, None);
    }
    for one in &round.pacing.rows {
        checker.row(Declared::Decision("[[pace_of]]"), Some(&one.city), &one.indicator, None);
    }
    for one in &round.vetoes {
        let what = Declared::Decision("[[veto]]");
        match (&one.indicator, one.nature, &one.city) {
            (Some(indicator), _, city) => checker.row(what, city.as_ref(), indicator, None),
            (None, Some(nature), city) => checker.nature(what, city.as_ref(), nature),
            (None, None, Some(city)) => drop(checker.plan(what, city)),
            (None, None, None) => {}
        }
    }
    for one in &round.asked {
        let what = Declared::Decision("[[decision_asked]]");
        let target = one.target.as_ref().map_or("", |target| target.as_str());
        checker.once(what, Some(&one.city), &format!("{} {target}", one.kind.key()));
        match &one.target {
            Some(target) => checker.row(what, Some(&one.city), target, None),
            None => drop(checker.plan(what, &one.city)),
        }
    }
    checker.faults
}

/// Lists waivers that name no city, number, unit or code; they stand in a file of their own.
pub fn check_waivers(round: &Round, plans: &[Plan], all: bool) -> Vec<FileFault> {
    let mut checker = Checker { round, plans, all, faults: Vec::new(), seen: BTreeSet::new() };
    for (one, at) in round.waivers.iter().zip(1..) {
        checker.finding(at, one);
    }
    checker.faults
}

/// Where a decision stands: a section of the round, or a waiver by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Declared {
    Decision(&'static str),
    Waiver(usize),
}

/// What is said of a decision about a target of another kind, by city and number.
type Refuse = fn(&CityId, &IndicatorNo) -> Decided;

fn not_average_growth(city: &CityId, no: &IndicatorNo) -> Decided {
    Decided::NotAverageGrowth { city: city.clone(), no: no.clone() }
}

fn not_relative(city: &CityId, no: &IndicatorNo) -> Decided {
    Decided::NotRelative { city: city.clone(), no: no.clone() }
}

struct Checker<'a> {
    round: &'a Round,
    plans: &'a [Plan],
    all: bool,
    faults: Vec<FileFault>,
    seen: BTreeSet<(Declared, Option<CityId>, String)>,
}

impl<'a> Checker<'a> {
    fn fault(&mut self, what: Declared, why: Decided) {
        self.faults.push(match what {
            Declared::Decision(section) => FileFault::Decision { section, why },
            Declared::Waiver(at) => FileFault::Waiver { at, why },
        });
    }

    /// The same must not be said twice.
    fn once(&mut self, what: Declared, city: Option<&CityId>, of: &str) {
        if !self.seen.insert((what, city.cloned(), of.to_owned())) {
            self.fault(what, Decided::Twice { city: city.cloned(), of: of.to_owned() });
        }
    }

    /// The plan of a city; a run for some cities has not loaded those of the others.
    fn plan(&mut self, what: Declared, city: &CityId) -> Option<&'a Plan> {
        let plan = self.plans.iter().find(|plan| plan.city == *city);
        if plan.is_none() && self.all {
            self.fault(what, Decided::NoCity(city.clone()));
        }
        plan
    }

    /// The indicators of a number that have a target in the year: of one city, or of all when it is left out.
    fn rows(&mut self, what: Declared, city: Option<&CityId>, no: &IndicatorNo) -> Vec<&'a Indicator> {
        let year = self.round.year();
        let of = |plan: &'a Plan| plan.indicator(no).filter(|row| row.has_target_in(year));
        let (found, known) = match city {
            None => (self.plans.iter().filter_map(of).collect::<Vec<_>>(), self.all),
            Some(city) => {
                let Some(plan) = self.plan(what, city) else { return Vec::new() };
                (of(plan).into_iter().collect(), true)
            }
        };
        if found.is_empty() && known {
            let why = Decided::NoIndicator { city: city.cloned(), year, no: no.clone() };
            self.fault(what, why);
        }
        found
    }

    /// Rows of a nature with a target in the year: of one city, or of any when it is left out.
    fn nature(&mut self, what: Declared, city: Option<&CityId>, nature: Nature) {
        let year = self.round.year();
        let has = |plan: &Plan| {
            plan.indicators.iter().any(|row| row.nature == Some(nature) && row.has_target_in(year))
        };
        let found = match city {
            None => !self.all || self.plans.iter().any(has),
            Some(city) => self.plan(what, city).is_none_or(has),
        };
        if !found {
            self.fault(what, Decided::NoNature { city: city.cloned(), year, nature: nature.chinese() });
        }
    }

    fn row(&mut self, what: Declared, city: Option<&CityId>, no: &IndicatorNo, unit: Option<&UnitName>) {
        let found = self.rows(what, city, no);
        let Some(unit) = unit.filter(|unit| !unit.as_str().is_empty()) else { return };
        if !(found.is_empty() || found.iter().any(|row| row.reporters.contains(unit))) {
            let why = Decided::NotReported { city: city.cloned(), no: no.clone(), unit: unit.clone() };
            self.fault(what, why);
        }
    }

    fn target(
        &mut self,
        what: Declared,
        city: &CityId,
        no: &IndicatorNo,
        otherwise: Refuse,
        fits: fn(&Target) -> bool,
    ) {
        let year = self.round.year();
        let found = self.rows(what, Some(city), no);
        let any = |row: &&Indicator| row.targets_of(year).into_iter().any(fits);
        if !found.is_empty() && !found.iter().any(any) {
            self.fault(what, otherwise(city, no));
        }
    }

    /// A waiver may concern a city as a whole, a unit, an indicator or a task.
    fn finding(&mut self, at: usize, waiver: &Waiver) {
        let Waiver { city, unit, object, code, .. } = waiver;
        let what = Declared::Waiver(at);
        if !finding::codes().contains(&code.as_str()) {
            self.fault(what, Decided::NoCode(code.clone()));
        }
        let Some(plan) = self.plan(what, city) else { return };
        let is_known = |object: &Object| match object {
            Object::Whole => true,
            Object::Indicator(no) => plan.indicator(no).is_some(),
            Object::Task(no) => plan.task(no).is_some(),
        };
        if let Some(object) = object.as_ref().filter(|object| !is_known(object)) {
            self.fault(what, Decided::NoObject { city: city.clone(), object: object.clone() });
        }
        let reporting = plan.reporting_units(self.round.year());
        if let Some(unit) = unit.as_ref().filter(|unit| !reporting.contains(unit)) {
            self.fault(what, Decided::NoUnit { city: city.clone(), unit: unit.clone() });
        }
    }
}
