//! Where the weights of an index come from, and what they are within the whole.

use rust_decimal::Decimal;

use super::scores::{Workings, of_indicator, roles};
use super::{IndexValue, IndexedIndicator};
use crate::ledger::{Operation, PrincipalFault, StepId, Traced, principal_fault};
use crate::plan::{IndexFault, IndexSpec, NoPrincipal, WeightSet, Weighting};

/// Weights as they are used: of domains and of indicators, in the order of the specification.
pub(super) struct Weights {
    pub(super) dimensions: Vec<Traced>,
    pub(super) indicators: Vec<Traced>,
}

/// What has scores that are put together: domains (`true`) or indicators, by their places.
type Siblings = (bool, Vec<usize>);

/// Scores by domain, then by city.
type DomainScores = Vec<Vec<Option<Traced>>>;

impl Workings<'_> {
    pub(super) fn weights(&mut self) -> Weights {
        let spec = self.spec;
        let dimensions = spec.dimensions.iter();
        let dimensions = dimensions.map(|one| self.weight("dimension", &one.id, one.weight)).collect();
        let indicators = spec.indicators.iter();
        let indicators =
            indicators.map(|one| self.weight("indicator", one.id.as_str(), one.weight)).collect();
        Weights { dimensions, indicators }
    }

    /// The weight of a domain or an indicator among its siblings.
    fn weight(&mut self, list: &str, id: &str, given: Decimal) -> Traced {
        match self.spec.weighting {
            Weighting::Equal => self.ledger.constant(1),
            // They come out of the scores of the index; what has no sibling has the whole weight.
            Weighting::Principal => {
                let found = self.ledger.told(&StepId::new(weight_name(list, id)));
                found.unwrap_or_else(|| self.ledger.constant(1))
            }
            Weighting::Given => {
                let key = format!("{list}.{id}.weight");
                self.parameter(&key, &key, given)
            }
            Weighting::Budget => {
                let experts = &self.spec.experts;
                let points = (1_usize..).zip(experts).filter_map(|(place, expert): (usize, &WeightSet)| {
                    let points = *expert.weights.get(id)?;
                    let entry = format!("expert.{place}");
                    Some(self.parameter(&format!("{entry}.{id}"), &entry, points))
                });
                let points: Vec<Traced> = points.collect();
                self.does(StepId::new(weight_name(list, id)), Operation::Mean, &roles("x", &points))
            }
        }
    }

    /// Weights within the whole index in percent: those of domains, and of the indicators that are used.
    pub(super) fn weights_within(
        &mut self,
        weights: &Weights,
        indicators: &mut [IndexedIndicator],
    ) -> Vec<Traced> {
        let spec = self.spec;
        let mut found: Vec<Traced> = Vec::new();
        for (at, one) in spec.dimensions.iter().enumerate() {
            let whole = match one.parent.and_then(|parent| found.get(parent)) {
                Some(whole) => whole.clone(),
                None => self.ledger.constant(100),
            };
            let among: Vec<Traced> = spec
                .parts_of(one.parent)
                .filter_map(|place| weights.dimensions.get(place).cloned())
                .collect();
            let name = StepId::new(format!("round/#index.d.{}.within", one.id));
            found.push(self.within(name, weights.dimensions.get(at), &among, &whole));
        }
        for at in 0..spec.indicators.len() {
            let Some(one) = spec.indicators.get(at) else { continue };
            let is_used = |place: &usize| indicators.get(*place).is_some_and(|one| one.is_used);
            let among = spec.indicators_of(one.dimension).filter(is_used);
            let among: Vec<Traced> =
                among.filter_map(|place| weights.indicators.get(place).cloned()).collect();
            let whole = found.get(one.dimension).cloned().filter(|_| is_used(&at));
            let Some(whole) = whole else { continue };
            let told = self.within(of_indicator(one, "within"), weights.indicators.get(at), &among, &whole);
            if let Some(about) = indicators.get_mut(at) {
                about.weight = Some(told);
            }
        }
        found
    }

    fn within(&mut self, name: StepId, own: Option<&Traced>, among: &[Traced], whole: &Traced) -> Traced {
        let mut args: Vec<(&'static str, &Traced)> = own.into_iter().map(|own| ("own", own)).collect();
        args.extend(roles("among", among));
        args.push(("whole", whole));
        let told = self.ledger.does(name, Operation::WeightWithin, &args, "%");
        self.shown(&told);
        told
    }

    /// Weights out of principal components, from below: those of what is below a domain, then the scores of the domain. Over the cities with a place. The
    /// scores of the domains come with them.
    pub(super) fn principal(
        &mut self,
        values: &[Vec<IndexValue>],
        used: &[bool],
        placed: &[bool],
    ) -> Result<(Weights, DomainScores), IndexFault> {
        let spec = self.spec;
        let one = self.ledger.constant(1);
        let mut weights = Weights {
            dimensions: vec![one.clone(); spec.dimensions.len()],
            indicators: vec![one; spec.indicators.len()],
        };
        let mut found: DomainScores = vec![Vec::new(); spec.dimensions.len()];
        for at in (0..spec.dimensions.len()).rev() {
            self.weigh(Some(at), (values, &found), (used, placed), &mut weights)?;
            let scores = self.dimension(at, (values, &found), &weights, "");
            if let Some(place) = found.get_mut(at) {
                *place = scores;
            }
        }
        self.weigh(None, (values, &found), (used, placed), &mut weights)?;
        Ok((weights, found))
    }

    /// The weights of what is right below a domain; below the index itself for `None`.
    fn weigh(
        &mut self,
        parent: Option<usize>,
        (values, found): (&[Vec<IndexValue>], &[Vec<Option<Traced>>]),
        (used, placed): (&[bool], &[bool]),
        weights: &mut Weights,
    ) -> Result<(), IndexFault> {
        let spec = self.spec;
        let (is_dimension, below) = siblings(spec, parent);
        let counts =
            |at: &usize| if is_dimension { has_used(spec, *at, used) } else { used.get(*at) == Some(&true) };
        let (counted, empty): (Vec<usize>, Vec<usize>) = below.into_iter().partition(counts);
        let nothing = self.ledger.constant(0);
        let mut own = |at: usize, told: Traced| {
            let all = if is_dimension { &mut weights.dimensions } else { &mut weights.indicators };
            if let Some(place) = all.get_mut(at) {
                *place = told;
            }
        };
        // Where nothing of it counts at all, its parts weigh alike.
        if is_dimension && !counted.is_empty() {
            empty.into_iter().for_each(|at| own(at, nothing.clone()));
        }
        // What has no sibling has the whole weight.
        if counted.len() < 2 {
            return Ok(());
        }
        let absent = self.ledger.absent("index.score", "score");
        let score = |at: usize, city: usize| match is_dimension {
            true => found.get(at)?.get(city)?.clone(),
            false => values.get(at)?.get(city)?.score.clone(),
        };
        let cities: Vec<usize> =
            placed.iter().enumerate().filter(|(_, placed)| **placed).map(|(city, _)| city).collect();
        let rows = cities.iter().flat_map(|city| counted.iter().map(move |at| (*at, *city)));
        let rows: Vec<Traced> =
            rows.map(|(at, city)| score(at, city).unwrap_or_else(|| absent.clone())).collect();
        let parts = counted.len();
        if let Some(why) = principal_fault(rows.iter().map(|score| &score.value), parts) {
            let alike = counted.iter().position(|at| cities.iter().all(|city| score(*at, *city).is_none()));
            return Err(told_fault(
                spec,
                parent,
                (is_dimension, &counted),
                alike.map_or(why, PrincipalFault::Alike),
            ));
        }
        let name = parent
            .and_then(|at| spec.dimensions.get(at))
            .map_or_else(String::new, |one| format!("d.{}.", one.id));
        let name = StepId::new(format!("round/#index.{name}principal"));
        let all = self.does(name, Operation::WeightsPrincipal { parts }, &roles("x", &rows));
        for (position, at) in (1_usize..).zip(counted) {
            let (list, id) = named(spec, (is_dimension, at));
            let name = StepId::new(weight_name(list, id));
            own(at, self.does(name, Operation::WeightAt { position }, &[("weights", &all)]));
        }
        Ok(())
    }
}

/// What is right below a domain, or below the index itself.
fn siblings(spec: &IndexSpec, parent: Option<usize>) -> Siblings {
    let parts: Vec<usize> = spec.parts_of(parent).collect();
    match parent.filter(|_| parts.is_empty()) {
        Some(at) => (false, spec.indicators_of(at).collect()),
        None => (true, parts),
    }
}

/// Whether an indicator that is used lies below a domain.
fn has_used(spec: &IndexSpec, dimension: usize, used: &[bool]) -> bool {
    spec.indicators_of(dimension).any(|at| used.get(at) == Some(&true))
        || spec.parts_of(Some(dimension)).any(|part| has_used(spec, part, used))
}

/// A domain or an indicator: the list of the file that it stands in, and its id.
fn named(spec: &IndexSpec, (is_dimension, at): (bool, usize)) -> (&'static str, &str) {
    match is_dimension {
        true => ("dimension", spec.dimensions.get(at).map_or("", |one| one.id.as_str())),
        false => ("indicator", spec.indicators.get(at).map_or("", |one| one.id.as_str())),
    }
}

/// What the step of a weight that is computed is called: `round/#index.i.rd.weight`, `round/#index.d.input.weight`.
fn weight_name(list: &str, id: &str) -> String {
    format!("round/#index.{}.{id}.weight", &list[..1])
}

fn told_fault(
    spec: &IndexSpec,
    parent: Option<usize>,
    (is_dimension, parts): (bool, &[usize]),
    why: PrincipalFault,
) -> IndexFault {
    let id = |position: usize| {
        parts.get(position).map_or_else(String::new, |at| named(spec, (is_dimension, *at)).1.to_owned())
    };
    let why = match why {
        PrincipalFault::TooFew { cities } => NoPrincipal::TooFew { cities, parts: parts.len() },
        PrincipalFault::Alike(position) => NoPrincipal::Alike(id(position)),
        PrincipalFault::AtOdds(position) => NoPrincipal::AtOdds(id(position)),
    };
    let of = parent.and_then(|at| spec.dimensions.get(at)).map_or("index", |one| one.id.as_str());
    IndexFault::NoPrincipal { of: of.to_owned(), why }
}
