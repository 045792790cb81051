//! What cities bring to an index: the facts of the indicators of the catalogue, in the catalogue's units, or why there is none.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::NoValue;
use crate::ident::{CityId, IndicatorId};
use crate::indexed::Indexed;
use crate::ledger::{self, Exact, Ledger, Operation, StepId, Traced};
use crate::plan::{Catalogue, IndexIndicator, IndexSpec, Indicator, Plan, Round};
use crate::quantity::{Conversion, Unit, Value};
use crate::reconcile::{Fact, FactStatus};

/// What a city has of an indicator.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Source {
    /// Its value of the year, in the unit of the catalogue.
    pub reported: Option<Traced>,
    /// Why there is none.
    pub absent: Option<NoValue>,
    /// Its values of earlier years that are known.
    pub earlier: BTreeMap<i32, Traced>,
}

/// What a city brings.
#[derive(Debug, Clone, PartialEq)]
pub struct CityValues {
    /// The city.
    pub city: CityId,
    /// Whether something of it is withheld, so that it has no place.
    pub is_withheld: bool,
    /// By indicator, in the order of [`IndexSpec::indicators`].
    pub sources: Vec<Source>,
}

/// A city as it was judged.
#[derive(Debug, Clone, Copy)]
pub struct JudgedCity<'a> {
    /// Its plan.
    pub plan: &'a Plan,
    /// Its facts.
    pub facts: &'a Indexed<Fact>,
    /// Its ledger.
    pub ledger: &'a Ledger,
    /// Whether something of it is withheld.
    pub is_withheld: bool,
}

/// What a city brings to an index. What is converted is written in the ledger of the round.
pub fn gather(
    spec: &IndexSpec,
    (round, catalogue): (&Round, &Catalogue),
    city: JudgedCity<'_>,
    ledger: &mut Ledger,
) -> CityValues {
    let mut gatherer = Gatherer { spec, round, catalogue, city, ledger };
    let sources = spec.indicators.iter().map(|one| gatherer.source(one)).collect();
    CityValues { city: city.plan.city.clone(), is_withheld: city.is_withheld, sources }
}

struct Gatherer<'a> {
    spec: &'a IndexSpec,
    round: &'a Round,
    catalogue: &'a Catalogue,
    city: JudgedCity<'a>,
    ledger: &'a mut Ledger,
}

/// The name of what an index makes of an indicator of a city: `xiangtan/#index.i.rd.score`.
pub(super) fn of_value(city: &CityId, indicator: &IndicatorId, part: &str) -> StepId {
    StepId::new(format!("{city}/#index.i.{indicator}.{part}"))
}

impl Gatherer<'_> {
    fn source(&mut self, one: &IndexIndicator) -> Source {
        let own = self.plain(&one.id);
        match &one.per {
            Some(per) => self.divided(one, own, per),
            None => own,
        }
    }

    /// Values over those of another indicator, each over that of the same year.
    fn divided(&mut self, one: &IndexIndicator, own: Source, per: &IndicatorId) -> Source {
        let below = self.plain(per);
        let units = [&one.id, per].map(|id| self.catalogue.unit(id).unwrap_or_default());
        let unit = units.join("/");
        let city = self.city.plan.city.clone();
        let mut over = |part: &str, (above, below): (&Traced, &Traced)| {
            let args = [("x", above), ("per", below)];
            let told = self.ledger.does(of_value(&city, &one.id, part), Operation::Quotient, &args, &unit);
            Some(told).filter(|told| told.value.is_something())
        };
        let reported = own.reported.as_ref().zip(below.reported.as_ref()).and_then(|both| over("per", both));
        let absent = match (&reported, &own.reported, &below.reported) {
            (Some(_), ..) => None,
            (None, None, _) => own.absent,
            (None, Some(_), None) => Some(NoValue::NoDenominator),
            (None, Some(_), Some(_)) => Some(NoValue::OddDenominator),
        };
        let mut earlier = BTreeMap::new();
        for (year, above) in &own.earlier {
            let found =
                below.earlier.get(year).and_then(|below| over(&format!("per.{year}"), (above, below)));
            earlier.extend(found.map(|found| (*year, found)));
        }
        Source { reported, absent, earlier }
    }

    /// What a city has of an indicator of the catalogue.
    fn plain(&mut self, id: &IndicatorId) -> Source {
        let year = self.round.year();
        let rows = self.city.plan.indicators.iter().filter(|row| row.id.as_ref() == Some(id));
        let rows: Vec<(&Indicator, &Fact)> =
            rows.filter_map(|row| Some((row, self.city.facts.find(&row.no)?))).collect();
        // Of several rows of one indicator the first that has a value counts.
        let told: Vec<Result<Traced, NoValue>> =
            rows.iter().map(|(row, fact)| self.reported(id, row, fact, year)).collect();
        let reported = told.iter().find_map(|one| one.as_ref().ok().cloned());
        let absent = match (&reported, told.first()) {
            (Some(_), _) => None,
            (None, Some(Err(why))) => Some(*why),
            (None, _) => Some(NoValue::NoRow),
        };
        let mut earlier = BTreeMap::new();
        if self.spec.chain.is_some() || self.spec.imputation == crate::plan::Imputation::Last {
            for (row, _) in &rows {
                self.earlier(id, row, year, &mut earlier);
            }
        }
        Source { reported, absent, earlier }
    }

    fn reported(
        &mut self,
        id: &IndicatorId,
        row: &Indicator,
        fact: &Fact,
        year: i32,
    ) -> Result<Traced, NoValue> {
        let number = match (fact.value, fact.status) {
            _ if fact.doubt.is_some() => return Err(NoValue::InDoubt),
            (_, FactStatus::Conflicting) => return Err(NoValue::InDoubt),
            (None, _) => return Err(NoValue::NotReported),
            (Some(_), _) if fact.year != year => return Err(NoValue::Lagged),
            (Some(Value::Number(number)), _) => number,
            (Some(Value::Presence(_)), _) => return Err(NoValue::NoNumber),
        };
        let of = ledger::of_indicator(&self.city.plan.city, &row.no).of("fact");
        let told = self.city.ledger.told(&of).ok_or(NoValue::NotReported)?;
        let city = self.city.plan.city.clone();
        self.in_unit(of_value(&city, id, "value"), (id, row), (told, number)).ok_or(NoValue::NoNumber)
    }

    /// A value in the unit of the catalogue.
    fn in_unit(
        &mut self,
        name: StepId,
        (id, row): (&IndicatorId, &Indicator),
        (told, number): (Traced, Decimal),
    ) -> Option<Traced> {
        let unit = Unit::parse(self.catalogue.unit(id)?);
        let conversion: Option<Conversion> = match row.unit.convert(number, &unit) {
            Some((_, conversion)) => conversion,
            // The catalogue lets the plan print it in another unit.
            None if self.catalogue.is_alias(id, &row.unit) => None,
            None => return None,
        };
        Some(match conversion {
            None => told,
            Some(conversion) => {
                self.ledger.does(name, Operation::scale(&conversion), &[("x", &told)], unit.text())
            }
        })
    }

    fn earlier(&mut self, id: &IndicatorId, row: &Indicator, year: i32, found: &mut BTreeMap<i32, Traced>) {
        let of = (self.round, self.city.plan);
        let city = &self.city.plan.city;
        let mut known: BTreeMap<i32, (Traced, Decimal)> = BTreeMap::new();
        for one in row.published.iter().filter(|one| one.year < year) {
            if let Some(value) = one.value.as_ref().and_then(|value| value.value) {
                known.insert(one.year, (self.ledger.published(of, row, one), value));
            }
        }
        // The plan's own value goes before one that was published.
        for past in row.past.iter().filter(|past| past.year < year) {
            if let Some(value) = past.value {
                known.insert(past.year, (self.ledger.printed(of, row, past), value));
            }
        }
        for (of, (told, number)) in known {
            let name = of_value(city, id, &format!("value.{of}"));
            let is_it = told.number() == Some(&Exact::from(number));
            if let Some(told) = self.in_unit(name, (id, row), (told, number)).filter(|_| is_it) {
                found.entry(of).or_insert(told);
            }
        }
    }
}
