//! How certain the order of an index is, from the draws to the ledger: what is summed up over draws is done on how often each city has which place, and
//! the rest is written down as it was estimated.

use rust_decimal::Decimal;

use super::classes::over_draws;
use super::robust::{
    self, Alike, Certainty, Drawn, FactorShare, LeftOut, Model, ModelInputs, PlaceInterval, Swap,
};
use super::scores::PRINTED;
use super::{Composite, IndexValue, IndexedCity};
use crate::ledger::{Exact, Ledger, Operation, StepId, StepValue, Traced};

/// The table that the draws stand in.
const DRAWS: &str = "index_draws";
/// Of fewer cities nothing is drawn.
const FEWEST: usize = 3;
/// Digits behind the point of what is estimated.
const PLACES: u32 = 6;

/// Draws as the specification asks for, where it does and three cities have a place.
pub fn held_to_draws(composite: &mut Composite, ledger: &mut Ledger) {
    let Some(robustness) = composite.spec.robustness.clone() else { return };
    let placed: Vec<&IndexedCity> = composite.placed().collect();
    if placed.len() < FEWEST {
        return;
    }
    let Some(inputs) = inputs(composite, &placed) else { return };
    let model = Model::new(&composite.spec, &inputs);
    let places: Vec<u32> = placed.iter().filter_map(|city| u32::try_from(city.rank?).ok()).collect();
    let Some(drawn) = robust::certainty(&model, &robustness, &places) else { return };
    composite.certainty = Some(told(composite, drawn, ledger));
}

/// What the model is made of: all of it stands in the ledger.
fn inputs(composite: &Composite, placed: &[&IndexedCity]) -> Option<ModelInputs> {
    let weight = |told: &Traced| told.number().and_then(Exact::double);
    // Of what is used the weight within the whole; the model takes them among siblings.
    let dimension_weights: Option<Vec<f64>> = composite.weights.iter().map(weight).collect();
    let indicator_weights =
        composite.indicators.iter().map(|one| one.weight.as_ref().and_then(weight).unwrap_or_default());
    let values = |of: fn(&IndexValue) -> Option<&Traced>| {
        let row = |city: &&IndexedCity| {
            city.values
                .iter()
                .map(|value| of(value).and_then(Traced::number).and_then(Exact::double))
                .collect()
        };
        placed.iter().map(row).collect()
    };
    Some(ModelInputs {
        used: composite.indicators.iter().map(|one| one.is_used).collect(),
        dimension_weights: dimension_weights?,
        indicator_weights: indicator_weights.collect(),
        raw: values(|value| value.plain.as_ref()),
        treated: values(|value| value.drawn.as_ref()),
        placed: placed.len(),
    })
}

/// How often each place comes: `1:5310 2:4690`.
fn frequencies(counts: &[u32]) -> String {
    let all = (1_usize..).zip(counts).filter(|(_, times)| **times > 0);
    all.map(|(place, times)| format!("{place}:{times}")).collect::<Vec<_>>().join(" ")
}

fn told(composite: &Composite, drawn: Drawn, ledger: &mut Ledger) -> Certainty {
    let placed: Vec<&IndexedCity> = composite.placed().collect();
    let mut writer = CertaintyScribe { composite, ledger };
    let mut places = Vec::new();
    let mut all: Vec<(&'static str, Traced)> = Vec::new();
    for (city, counts) in placed.iter().zip(&drawn.counts) {
        let of = writer.drawn(city.city.as_str(), StepValue::Text(frequencies(counts)));
        let own = |name: &str| StepId::new(format!("{}/#index.{name}", city.city));
        let rank = writer.ledger.told(&own("rank"));
        let mut quantile = |percent: u32| {
            let operation = Operation::DrawsQuantile { percent };
            writer.ledger.does(own(&format!("places.{percent}")), operation, &[("draws", &of)], "")
        };
        let (low, median, high) = (quantile(5), quantile(50), quantile(95));
        let mut args = vec![("draws", &of)];
        args.extend(rank.iter().map(|rank| ("place", rank)));
        let at_place = writer.ledger.does(own("places.own"), Operation::DrawsShare, &args, "%");
        writer.shown(&at_place);
        all.push(("draws", of.clone()));
        all.extend(rank.map(|rank| ("place", rank)));
        places.push(PlaceInterval { city: city.city.clone(), low, median, high, at_place });
    }
    let (classed, classes) = over_draws(composite, DRAWS, &drawn.class_counts, writer.ledger);
    let round = |name: &str| StepId::new(format!("round/#index.{name}"));
    let first: Vec<(&'static str, &Traced)> = all.iter().take(1).map(|(role, told)| (*role, told)).collect();
    let counted = writer.ledger.does(round("draws.counted"), Operation::DrawsCount, &first, "");
    let every: Vec<(&'static str, &Traced)> = all.iter().map(|(role, told)| (*role, told)).collect();
    let mean_shift = writer.ledger.does(round("draws.shift"), Operation::DrawsShift, &every, "");
    writer.shown(&mean_shift);
    let failed = writer.drawn("", StepValue::Number(Exact::from(drawn.failed)));
    let left_out = drawn.left_out.into_iter().map(|one| writer.left_out(one)).collect();
    let swaps = drawn.swaps.into_iter().map(|one| writer.swap(one)).collect();
    let shares = drawn.shares.into_iter().map(|one| writer.share(one)).collect();
    let correlated = drawn.correlated.into_iter().map(|one| writer.alike(one)).collect();
    let alpha = (0_usize..).zip(drawn.alpha);
    let alpha =
        alpha.map(|(at, alpha)| Some(writer.estimate(&format!("alpha.{}", writer.dimension(at)), alpha?)));
    let alpha = alpha.collect();
    Certainty {
        draws: drawn.draws,
        failed,
        counted,
        places,
        classed,
        classes,
        mean_shift,
        left_out,
        swaps,
        shares,
        correlated,
        alpha,
    }
}

/// Writes down what was drawn and estimated.
struct CertaintyScribe<'a> {
    composite: &'a Composite,
    ledger: &'a mut Ledger,
}

impl CertaintyScribe<'_> {
    fn drawn(&mut self, of: &str, value: StepValue) -> Traced {
        let id =
            if of.is_empty() { "round/#index.draws.failed".to_owned() } else { format!("{of}/#index.draws") };
        let operation = Operation::Draws { table: DRAWS.to_owned(), of: of.to_owned() };
        self.ledger.leaf(StepId::new(id), operation, value)
    }

    fn shown(&mut self, told: &Traced) {
        self.ledger.shown(&told.id, told, PRINTED);
    }

    fn estimate(&mut self, name: &str, value: f64) -> Traced {
        let number = Decimal::try_from(value).ok().map(|value| Exact::from(value).rounded(PLACES));
        let value = number.map_or(StepValue::Nothing, StepValue::Number);
        let operation = Operation::Estimate { what: name.to_owned() };
        self.ledger.leaf(StepId::new(format!("round/#index.{name}")), operation, value)
    }

    fn dimension(&self, at: usize) -> String {
        self.composite.spec.dimensions.get(at).map_or_else(String::new, |one| format!("d.{}", one.id))
    }

    fn indicator(&self, at: usize) -> String {
        self.composite.spec.indicators.get(at).map_or_else(String::new, |one| format!("i.{}", one.id))
    }

    fn part(&self, (is_dimension, at): (bool, usize)) -> String {
        if is_dimension { self.dimension(at) } else { self.indicator(at) }
    }

    fn left_out(&mut self, one: LeftOut) -> LeftOut<Traced, Traced> {
        let part = self.part((one.is_dimension, one.place));
        let mean_shift = self.estimate(&format!("without.{part}.shift"), one.mean_shift);
        LeftOut {
            is_dimension: one.is_dimension,
            place: one.place,
            mean_shift,
            greatest_shift: self.estimate(&format!("without.{part}.greatest"), f64::from(one.greatest_shift)),
            ranks: one.ranks,
        }
    }

    fn swap(&mut self, one: Swap) -> Swap<Traced> {
        let city = |at: usize| self.composite.cities.get(at).map_or("", |city| city.city.as_str());
        let name = format!("swap.{}.{}", city(one.ahead), city(one.behind));
        Swap {
            ahead: one.ahead,
            behind: one.behind,
            moved: one.moved,
            weight: self.estimate(&format!("{name}.weight"), one.weight),
            at: self.estimate(&format!("{name}.at"), one.at),
        }
    }

    fn share(&mut self, one: FactorShare) -> FactorShare<Traced> {
        let name = format!("variance.{}", one.factor.key());
        FactorShare {
            factor: one.factor,
            first: self.estimate(&format!("{name}.first"), one.first),
            total: self.estimate(&format!("{name}.total"), one.total),
        }
    }

    fn alike(&mut self, (one, other, r): Alike) -> Alike<Traced> {
        let name = format!("r.{}.{}", self.indicator(one), self.indicator(other));
        (one, other, self.estimate(&name, r))
    }
}
