//! What of an index only shows when all of its file is read.

use rust_decimal::Decimal;

use super::fault::IndexFault;
use super::load::IndexReader;
use super::{Aggregation, Imputation, IndexSpec, Normalisation, Weighting};

impl IndexReader<'_, '_> {
    /// What only shows when all is read.
    pub(super) fn together(&mut self, line: usize, spec: &IndexSpec) {
        if spec.indicators.len() < 2 {
            self.fault(line, IndexFault::TooFew);
        }
        let (written, levels) = (spec.aggregation.len(), spec.levels());
        if written > levels {
            self.fault(line, IndexFault::TooManyLevels(written, levels));
        }
        let is_below = |level: &usize| spec.aggregation_of(*level) == Aggregation::Copeland;
        if levels > 1 && (1..levels).any(|level| is_below(&level)) {
            self.fault(line, IndexFault::CopelandBelow);
        }
        self.drawn(spec);
        if spec.treatment.as_ref().is_some_and(|one| one.falls_back) {
            let drawn = spec.robustness.iter().flat_map(|one| &one.normalisations).copied();
            let misfit = std::iter::once(spec.normalisation).chain(drawn).find(|one| !one.takes_any_scale());
            if let Some(method) = misfit {
                let line = self.line_of("treatment.fallback");
                self.fault(line, IndexFault::NoFallback(method.key()));
            }
        }
        self.positive(line, spec);
        if matches!(spec.imputation, Imputation::Group(_))
            && self.round.cities.iter().any(|city| spec.group_of(city).is_none())
        {
            self.fault(line, IndexFault::NoPeers(spec.imputation.key()));
        }
        if spec.weighting == Weighting::Budget {
            let ids = spec.dimensions.iter().map(|one| one.id.clone());
            let ids: Vec<String> = ids.chain(spec.indicators.iter().map(|one| one.id.to_string())).collect();
            let lacks = |id: &&String| {
                spec.experts.is_empty() || spec.experts.iter().any(|set| !set.weights.contains_key(*id))
            };
            if let Some(missing) = ids.iter().find(lacks) {
                self.fault(line, IndexFault::NoPoints(missing.clone()));
            }
        }
    }
    /// Methods that are drawn need of the indicators what the index's own one needs.
    fn drawn(&mut self, spec: &IndexSpec) {
        let line = self.line_of("robustness.normalisations");
        let methods = spec.robustness.iter().flat_map(|one| &one.normalisations).copied();
        for method in methods.filter(|method| *method != spec.normalisation) {
            for one in &spec.indicators {
                self.needs(line, &one.id, method, &one.goalposts);
            }
        }
    }

    /// Means of positive scores alone are taken where no score can be nothing: those of the index, and all that are drawn.
    fn positive(&mut self, line: usize, spec: &IndexSpec) {
        let tried = spec.robustness.as_ref();
        let others = tried.map_or(&[][..], |one| &one.normalisations);
        let drawn = tried.map_or(&[][..], |one| &one.aggregations);
        let own =
            (1..=spec.levels()).map(|level| spec.aggregation_of(level)).find(|one| one.needs_positive());
        let misfit = |aggregation: Aggregation, normalisation: Normalisation| -> Option<IndexFault> {
            let is_floored = spec.floor.is_some_and(|floor| floor > Decimal::ZERO);
            let (aggregation, word) = (aggregation.key(), normalisation.key());
            match normalisation {
                Normalisation::Goalposts { capped: false } => Some(IndexFault::NoFloor(aggregation)),
                _ if is_floored || !normalisation.can_be_nothing() => None,
                _ => Some(IndexFault::NotPositive { aggregation, normalisation: word }),
            }
        };
        let mut found = Vec::new();
        if let Some(own) = own {
            let of_others = || others.iter().find_map(|one| misfit(own, *one));
            match misfit(own, spec.normalisation) {
                Some(fault) => found.push((line, fault)),
                None => {
                    found.extend(of_others().map(|fault| (self.line_of("robustness.normalisations"), fault)))
                }
            }
        }
        let drawn = drawn.iter().copied().find(|one| one.needs_positive() && Some(*one) != own);
        let of_drawn = drawn.and_then(|drawn| {
            let all = std::iter::once(&spec.normalisation).chain(others);
            all.copied().find_map(|one| misfit(drawn, one))
        });
        found.extend(of_drawn.map(|fault| (self.line_of("robustness.aggregations"), fault)));
        found.into_iter().for_each(|(line, fault)| self.fault(line, fault));
    }

    fn line_of(&self, key: &str) -> usize {
        self.sections.lines().get(key).copied().unwrap_or(1)
    }
}
