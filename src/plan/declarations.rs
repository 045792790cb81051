//! What people decide in a round, held against its plans: a decision that names nothing would silently do nothing.

use std::collections::BTreeSet;

use super::{Goal, Indicator, Plan, Round, Target};
use crate::finding;

/// Lists decisions that name no city, number, unit or code, or one for which they can have no effect. `all` says that the
/// plans are those of all cities of the round; entries of others are passed over.
pub fn check_declarations(round: &Round, plans: &[Plan], all: bool) -> Vec<String> {
    let mut checker = Checker { round, plans, all, faults: Vec::new(), seen: BTreeSet::new() };
    for one in &round.preferences {
        checker.row("[[preference]]", &one.city, &one.indicator, &one.unit);
    }
    for one in &round.base_years {
        let what = "[[base_year]]";
        if one.year >= round.year() {
            checker.fault(
                what,
                &format!("基年{}不早于评估年度{} (not before the year)", one.year, round.year()),
            );
        }
        checker.once(what, &one.city, &one.target);
        checker.target(what, &one.city, &one.target, "年均增长目标", |target| {
            matches!(target.goal, Goal::AverageGrowth(_, _, None))
        });
    }
    for one in &round.benchmarks {
        checker.once("[[benchmark]]", &one.city, &format!("{} {}", one.target, one.name));
        checker.target("[[benchmark]]", &one.city, &one.target, "没有against的相对目标", |target| {
            matches!(target.goal, Goal::Relative(..)) && target.against.is_empty()
        });
    }
    for one in &round.weights {
        checker.once("[[weight]]", &one.city, &one.indicator);
        checker.row("[[weight]]", &one.city, &one.indicator, "");
    }
    for one in &round.vetoes {
        if one.indicator.is_empty() {
            checker.plan("[[veto]]", &one.city);
        } else {
            checker.row("[[veto]]", &one.city, &one.indicator, "");
        }
    }
    checker.faults
}

/// Lists waivers that name no city, number, unit or code; they stand in a file of their own.
pub fn check_waivers(round: &Round, plans: &[Plan], all: bool) -> Vec<String> {
    let mut checker = Checker { round, plans, all, faults: Vec::new(), seen: BTreeSet::new() };
    for (one, at) in round.waivers.iter().zip(1..) {
        checker.finding(at, &one.city, &one.unit, &one.indicator, &one.code);
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
    fn once(&mut self, what: &str, city: &str, of: &str) {
        if !self.seen.insert(format!("{what} {city} {of}")) {
            self.fault(what, &format!("{city} {of}写了两次 (given twice)"));
        }
    }

    /// The plan of a city; a run for some cities has not loaded those of the others.
    fn plan(&mut self, what: &str, city: &str) -> Option<&'a Plan> {
        let plan = self.plans.iter().find(|plan| plan.city.as_str() == city);
        if plan.is_none() && self.all {
            self.fault(what, &format!("本轮没有城市“{city}” (no such city)"));
        }
        plan
    }

    /// The indicators of a number that have a target in the year: of one city, or of all when it is left out.
    fn rows(&mut self, what: &str, city: &str, no: &str) -> Vec<&'a Indicator> {
        let year = self.round.year();
        let of = |plan: &'a Plan| plan.indicators_of(year).find(|row| row.no == no);
        let (found, known) = if city.is_empty() {
            (self.plans.iter().filter_map(of).collect::<Vec<_>>(), self.all)
        } else {
            let Some(plan) = self.plan(what, city) else { return Vec::new() };
            (of(plan).into_iter().collect(), true)
        };
        if found.is_empty() && known {
            let whose = if city.is_empty() { "各城市" } else { city };
            self.fault(what, &format!("{whose}的方案{year}年没有“{no}” (no such indicator in the year)"));
        }
        found
    }

    fn row(&mut self, what: &str, city: &str, no: &str, unit: &str) {
        let found = self.rows(what, city, no);
        if !(unit.is_empty() || found.is_empty() || found.iter().any(|row| reports(row, unit))) {
            self.fault(what, &format!("{city} {no}不由“{unit}”填报 (not reported by that unit)"));
        }
    }

    fn target(&mut self, what: &str, city: &str, no: &str, kind: &str, fits: fn(&Target) -> bool) {
        let year = self.round.year();
        let found = self.rows(what, city, no);
        let any = |row: &&Indicator| row.targets_of(year).into_iter().any(fits);
        if !found.is_empty() && !found.iter().any(any) {
            self.fault(what, &format!("{city} {no}不是{kind}，不起作用 (has no effect there)"));
        }
    }

    /// A waiver may concern a city as a whole, a unit, an indicator or a task.
    fn finding(&mut self, at: usize, city: &str, unit: &str, no: &str, code: &str) {
        let what = &format!("  第{at}个[[waiver]] (number {at})");
        if !finding::codes().contains(&code) {
            self.fault(what, &format!("没有代码“{code}” (no such code)"));
        }
        let Some(plan) = self.plan(what, city) else { return };
        let is_row = plan.indicators.iter().any(|row| row.no == no);
        let is_task = plan.tasks.iter().any(|task| finding::task_label(&task.no) == no);
        if !(no.is_empty() || is_row || is_task) {
            self.fault(what, &format!("{city}的方案没有“{no}” (no such indicator or task)"));
        }
        if !(unit.is_empty() || plan.reporting_units(self.round.year()).iter().any(|known| known == unit)) {
            self.fault(what, &format!("{city}的方案没有填报单位“{unit}” (no such unit)"));
        }
    }
}

fn reports(row: &Indicator, unit: &str) -> bool {
    row.reporters.iter().any(|one| one == unit)
}
