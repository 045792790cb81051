//! Weights and decisions of one side in the numbers of another's plan, and held on its days.

use chrono::NaiveDate;

use super::{BothSides, Sources, Which};
use crate::finding::Object;
use crate::ident::{CityId, IndicatorNo, UnitName};
use crate::plan::{BaseYear, Benchmark, Preference, Round, Veto, Waiver, Weight};

/// Takes the weights of a side.
pub(super) fn weights(both: &BothSides<'_>, sources: Sources, from: Which, round: &mut Round) {
    let mapped = Mapped { both, sources, from };
    if from == sources.plan {
        round.waivers.iter_mut().for_each(|one| mapped.lowered(one));
        return;
    }
    let all = both.side(from).round.weights.iter().filter(|one| mapped.is_own(one.city.as_ref()));
    // A weight for the city goes before one for all.
    let (of_city, of_all): (Vec<&Weight>, Vec<&Weight>) = all.partition(|one| one.city.is_some());
    let weights = of_city.into_iter().chain(of_all).filter_map(|one| {
        let indicator = mapped.number(&one.indicator)?;
        Some(Weight { city: Some(mapped.city().clone()), indicator, ..one.clone() })
    });
    round.weights = weights.collect();
}

/// Takes what people decided on a side: only what was in force there on the day of its report.
pub(super) fn decided(both: &BothSides<'_>, sources: Sources, from: Which, round: &mut Round) {
    if from == sources.plan {
        return;
    }
    let mapped = Mapped { both, sources, from };
    let decided = both.side(from).round;
    let shift = round.year().saturating_sub(decided.year());
    let own = |city: &CityId| city == mapped.city();
    let preferences = decided.preferences.iter().filter(|one| own(&one.city));
    round.preferences = preferences.filter_map(|one| mapped.preference(one)).collect();
    let base_years = decided.base_years.iter().filter(|one| own(&one.city));
    round.base_years = base_years.filter_map(|one| mapped.base_year(one, shift)).collect();
    let benchmarks = decided.benchmarks.iter().filter(|one| own(&one.city));
    round.benchmarks = benchmarks.filter_map(|one| mapped.benchmark(one)).collect();
    let holds = |veto: &&Veto| veto.on <= decided.report_date && mapped.is_own(veto.city.as_ref());
    let (vetoes, day) = (decided.vetoes.iter().filter(holds), round.report_date);
    round.vetoes = vetoes.filter_map(|one| mapped.veto(one, day)).collect();
    let counts = |waiver: &&Waiver| waiver.until >= decided.report_date && own(&waiver.city);
    let waivers = decided.waivers.iter().filter(counts);
    round.waivers = waivers.filter_map(|one| mapped.waiver(one, day)).collect();
    round.decisions.clone_from(&decided.decisions);
}

/// What is decided on a side, as it reads on the side of the plan.
struct Mapped<'a, 'b> {
    both: &'a BothSides<'b>,
    sources: Sources,
    from: Which,
}

impl Mapped<'_, '_> {
    fn city(&self) -> &CityId {
        &self.both.side(self.sources.plan).plan.city
    }

    fn is_own(&self, city: Option<&CityId>) -> bool {
        city.is_none_or(|city| city == self.city())
    }

    fn number(&self, no: &IndicatorNo) -> Option<IndicatorNo> {
        self.both.pairing.across(self.from, no, self.sources.plan).cloned()
    }

    fn preference(&self, one: &Preference) -> Option<Preference> {
        let (indicator, unit) = (self.number(&one.indicator)?, self.unit(&one.indicator, &one.unit));
        Some(Preference { indicator, unit, ..one.clone() })
    }

    fn base_year(&self, one: &BaseYear, shift: i32) -> Option<BaseYear> {
        let (target, year) = (self.number(&one.target)?, one.year.saturating_add(shift));
        Some(BaseYear { target, year, ..one.clone() })
    }

    fn benchmark(&self, one: &Benchmark) -> Option<Benchmark> {
        Some(Benchmark { target: self.number(&one.target)?, ..one.clone() })
    }

    /// A limit on grades that is in force on a day.
    fn veto(&self, one: &Veto, day: NaiveDate) -> Option<Veto> {
        let indicator = match &one.indicator {
            Some(no) => Some(self.number(no)?),
            None => None,
        };
        Some(Veto { indicator, on: one.on.min(day), ..one.clone() })
    }

    /// A waiver that still holds on a day.
    fn waiver(&self, one: &Waiver, day: NaiveDate) -> Option<Waiver> {
        let object = match &one.object {
            Some(Object::Indicator(no)) => Some(Object::Indicator(self.number(no)?)),
            other => other.clone(),
        };
        let mut waiver = Waiver { object, until: one.until.max(day), ..one.clone() };
        self.lowered(&mut waiver);
        Some(waiver)
    }

    /// The workbooks of two sides that are mixed lie below the folder of each: so does what an answer stands on.
    fn lowered(&self, one: &mut Waiver) {
        if let Some(answer) = one.answer.as_mut().filter(|_| !self.sources.are_one()) {
            answer.stands = std::mem::take(&mut answer.stands).below(self.both.side(self.from).folder);
        }
    }

    /// A unit by the name that it has among those whose workbooks count: that of the same place among the units of the row.
    fn unit(&self, no: &IndicatorNo, unit: &UnitName) -> UnitName {
        let pair = self.both.pairing.row(self.from, no);
        let reported = self.sources.of(pair);
        let of = |which: Which| self.both.side(which).plan.indicator(pair?.of(which)?);
        let (Some(own), Some(other)) = (of(self.from), of(reported)) else { return unit.clone() };
        let place = own.reporters.iter().position(|one| one == unit);
        match place.and_then(|at| other.reporters.get(at)) {
            Some(named) if !other.reporters.contains(unit) => named.clone(),
            _ => unit.clone(),
        }
    }
}
