//! Weights and decisions of one side in the numbers of another's plan, and held on its days.

use super::{BothSides, Sources, Which};
use crate::finding::Object;
use crate::ident::{CityId, IndicatorNo, UnitName};
use crate::plan::{Round, Veto, Waiver, Weight};

/// Takes the weights of a side.
pub(super) fn weights(both: &BothSides<'_>, sources: Sources, from: Which, round: &mut Round) {
    if from == sources.plan {
        return;
    }
    let mapped = Mapped { both, sources, from };
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
    let (own, day) = (decided.year(), round.report_date);
    let shift = round.year().saturating_sub(own);
    round.preferences = decided
        .preferences
        .iter()
        .filter(|one| one.city == *mapped.city())
        .filter_map(|one| {
            let mut one = one.clone();
            one.unit = mapped.unit(&one.indicator, &one.unit);
            one.indicator = mapped.number(&one.indicator)?;
            Some(one)
        })
        .collect();
    round.base_years = decided
        .base_years
        .iter()
        .filter(|one| one.city == *mapped.city())
        .filter_map(|one| {
            let mut one = one.clone();
            one.target = mapped.number(&one.target)?;
            one.year = one.year.saturating_add(shift);
            Some(one)
        })
        .collect();
    round.benchmarks = decided
        .benchmarks
        .iter()
        .filter(|one| one.city == *mapped.city())
        .filter_map(|one| {
            let mut one = one.clone();
            one.target = mapped.number(&one.target)?;
            Some(one)
        })
        .collect();
    let holds = |veto: &&Veto| veto.on <= decided.report_date && mapped.is_own(veto.city.as_ref());
    round.vetoes = decided
        .vetoes
        .iter()
        .filter(holds)
        .filter_map(|one| {
            let mut one = one.clone();
            one.on = one.on.min(day);
            one.indicator = match &one.indicator {
                Some(no) => Some(mapped.number(no)?),
                None => None,
            };
            Some(one)
        })
        .collect();
    round.decisions.clone_from(&decided.decisions);
    let counts = |waiver: &&Waiver| waiver.until >= decided.report_date && waiver.city == *mapped.city();
    round.waivers = decided
        .waivers
        .iter()
        .filter(counts)
        .filter_map(|one| {
            let mut one = one.clone();
            one.until = one.until.max(day);
            if let Some(Object::Indicator(no)) = &one.object {
                one.object = Some(Object::Indicator(mapped.number(no)?));
            }
            Some(one)
        })
        .collect();
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
