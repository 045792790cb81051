//! What people decide in a round, held against its plans: a decision that names nothing would silently do nothing.

use std::collections::BTreeSet;

use super::{Goal, Indicator, Plan, Round, Target, Waiver};
use crate::finding::{self, Object};
use crate::ident::{CityId, IndicatorNo, UnitName};

/// Lists decisions that name no city, number, unit or code, or one for which they can have no effect. `all` says that the
/// plans are those of all cities of the round; entries of others are passed over.
pub fn check_declarations(round: &Round, plans: &[Plan], all: bool) -> Vec<String> {
    let mut checker = Checker { round, plans, all, faults: Vec::new(), seen: BTreeSet::new() };
    for one in &round.preferences {
        checker.row("[[preference]]", Some(&one.city), &one.indicator, Some(&one.unit));
    }
    for one in &round.base_years {
        let what = "[[base_year]]";
        if one.year >= round.year {
            checker
                .fault(what, &format!("基年{}不早于评估年度{} (not before the year)", one.year, round.year));
        }
        checker.once(what, Some(&one.city), one.target.as_str());
        checker.target(what, &one.city, &one.target, "年均增长目标", |target| {
            matches!(target.goal, Goal::AverageGrowth(_, _, None))
        });
    }
    for one in &round.benchmarks {
        checker.once("[[benchmark]]", Some(&one.city), &format!("{} {}", one.target, one.name));
        checker.target("[[benchmark]]", &one.city, &one.target, "没有against的相对目标", |target| {
            matches!(target.goal, Goal::Relative(..)) && target.against.is_none()
        });
    }
    for one in &round.weights {
        checker.once("[[weight]]", one.city.as_ref(), one.indicator.as_str());
        checker.row("[[weight]]", one.city.as_ref(), &one.indicator, None);
    }
    for one in &round.vetoes {
        match (&one.indicator, &one.city) {
            (Some(indicator), city) => checker.row("[[veto]]", city.as_ref(), indicator, None),
            (None, Some(city)) => drop(checker.plan("[[veto]]", city)),
            (None, None) => {}
        }
    }
    checker.faults
}

/// Lists waivers that name no city, number, unit or code; they stand in a file of their own.
pub fn check_waivers(round: &Round, plans: &[Plan], all: bool) -> Vec<String> {
    let mut checker = Checker { round, plans, all, faults: Vec::new(), seen: BTreeSet::new() };
    for (one, at) in round.waivers.iter().zip(1..) {
        checker.finding(at, one);
    }
    checker.faults
}

struct Checker<'a> {
    round: &'a Round,
    plans: &'a [Plan],
    all: bool,
    faults: Vec<String>,
    seen: BTreeSet<String>,
}

impl<'a> Checker<'a> {
    fn fault(&mut self, what: &str, why: &str) {
        self.faults.push(format!("{what}：{why}"));
    }

    /// The same must not be said twice.
    fn once(&mut self, what: &str, city: Option<&CityId>, of: &str) {
        let city = city.map_or("", CityId::as_str);
        if !self.seen.insert(format!("{what} {city} {of}")) {
            self.fault(what, &format!("{city} {of}写了两次 (given twice)"));
        }
    }

    /// The plan of a city; a run for some cities has not loaded those of the others.
    fn plan(&mut self, what: &str, city: &CityId) -> Option<&'a Plan> {
        let plan = self.plans.iter().find(|plan| plan.city == *city);
        if plan.is_none() && self.all {
            self.fault(what, &format!("本轮没有城市“{city}” (no such city)"));
        }
        plan
    }

    /// The indicators of a number that have a target in the year: of one city, or of all when it is left out.
    fn rows(&mut self, what: &str, city: Option<&CityId>, no: &IndicatorNo) -> Vec<&'a Indicator> {
        let year = self.round.year;
        let of = |plan: &'a Plan| plan.indicator(no).filter(|row| row.has_target_in(year));
        let (found, known) = match city {
            None => (self.plans.iter().filter_map(of).collect::<Vec<_>>(), self.all),
            Some(city) => {
                let Some(plan) = self.plan(what, city) else { return Vec::new() };
                (of(plan).into_iter().collect(), true)
            }
        };
        if found.is_empty() && known {
            let whose = city.map_or("各城市", CityId::as_str);
            self.fault(what, &format!("{whose}的方案{year}年没有“{no}” (no such indicator in the year)"));
        }
        found
    }

    fn row(&mut self, what: &str, city: Option<&CityId>, no: &IndicatorNo, unit: Option<&UnitName>) {
        let found = self.rows(what, city, no);
        let Some(unit) = unit.filter(|unit| !unit.as_str().is_empty()) else { return };
        if !(found.is_empty() || found.iter().any(|row| row.reporters.contains(unit))) {
            let city = city.map_or("", CityId::as_str);
            self.fault(what, &format!("{city} {no}不由“{unit}”填报 (not reported by that unit)"));
        }
    }

    fn target(&mut self, what: &str, city: &CityId, no: &IndicatorNo, kind: &str, fits: fn(&Target) -> bool) {
        let year = self.round.year;
        let found = self.rows(what, Some(city), no);
        let any = |row: &&Indicator| row.targets_of(year).into_iter().any(fits);
        if !found.is_empty() && !found.iter().any(any) {
            self.fault(what, &format!("{city} {no}不是{kind}，不起作用 (has no effect there)"));
        }
    }

    /// A waiver may concern a city as a whole, a unit, an indicator or a task.
    fn finding(&mut self, at: usize, waiver: &Waiver) {
        let Waiver { city, unit, object, code, .. } = waiver;
        let what = &format!("  第{at}个[[waiver]] (number {at})");
        if !finding::codes().contains(&code.as_str()) {
            self.fault(what, &format!("没有代码“{code}” (no such code)"));
        }
        let Some(plan) = self.plan(what, city) else { return };
        let is_known = |object: &Object| match object {
            Object::Whole => true,
            Object::Indicator(no) => plan.indicator(no).is_some(),
            Object::Task(no) => plan.task(no).is_some(),
        };
        if let Some(object) = object.as_ref().filter(|object| !is_known(object)) {
            self.fault(what, &format!("{city}的方案没有“{object}” (no such indicator or task)"));
        }
        let reporting = plan.reporting_units(self.round.year);
        if let Some(unit) = unit.as_ref().filter(|unit| !reporting.contains(unit)) {
            self.fault(what, &format!("{city}的方案没有填报单位“{unit}” (no such unit)"));
        }
    }
}
