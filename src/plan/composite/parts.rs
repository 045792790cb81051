//! Reads what an index is made of: its domains and its indicators.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::fault::IndexFault;
use super::load::IndexReader;
use super::raw::{RawDimension, RawIndicator};
use super::{Goalposts, IndexDimension, IndexIndicator, Normalisation};
use crate::ident::IndicatorId;
use crate::plan::Direction;
use crate::plan::sections::At;
use crate::plan::words::{DIRECTIONS, word};

impl IndexReader<'_, '_> {
    /// Domains as they are written, and their lines.
    pub(super) fn dimensions(&mut self) -> (Vec<IndexDimension>, Vec<usize>) {
        let mut found: Vec<IndexDimension> = Vec::new();
        let mut lines = Vec::new();
        for At { line, entry } in self.sections.many::<RawDimension>("dimension") {
            let known = self.catalogue.dimensions.iter().find(|one| one.id == entry.id);
            let name = entry.name.or_else(|| known.map(|one| one.name.clone()));
            let en = entry.en.or_else(|| known.and_then(|one| one.en.clone()));
            if found.iter().any(|one| one.id == entry.id) {
                self.fault(line, IndexFault::DimensionTwice(entry.id.clone()));
                continue;
            }
            let weight = self.weight(line, &entry.id, entry.weight.as_ref());
            if entry.weight.is_some() {
                self.given.insert(format!("dimension.{}.weight", entry.id), line);
            }
            let parent = entry.parent.as_deref().and_then(|parent| self.place(line, parent, &found));
            lines.push(line);
            found.push(IndexDimension {
                name: name.unwrap_or_else(|| entry.id.clone()),
                en,
                weight,
                parent,
                level: 0,
                id: entry.id,
            });
        }
        (found, lines)
    }

    fn place(&mut self, line: usize, id: &str, dimensions: &[IndexDimension]) -> Option<usize> {
        let found = dimensions.iter().position(|one| one.id == id);
        if found.is_none() {
            let known = dimensions.iter().map(|one| one.id.clone()).collect();
            self.fault(line, IndexFault::NoDimension(id.to_owned(), known));
        }
        found
    }

    pub(super) fn indicators(
        &mut self,
        dimensions: &[IndexDimension],
        normalisation: Option<Normalisation>,
    ) -> Vec<IndexIndicator> {
        let mut found: Vec<IndexIndicator> = Vec::new();
        for At { line, entry } in self.sections.many::<RawIndicator>("indicator") {
            let id = entry.id.clone();
            if found.iter().any(|one| one.id == id) {
                self.fault(line, IndexFault::IndicatorTwice(id));
                continue;
            }
            if self.catalogue.unit(&id).is_none() {
                self.fault(line, IndexFault::NotInCatalogue(id));
                continue;
            }
            if let Some(per) = &entry.per {
                self.denominator(line, &id, per);
            }
            let higher = self.direction(line, &entry);
            let dimension = self.place(line, &entry.dimension, dimensions);
            let weight = self.weight(line, id.as_str(), entry.weight.as_ref());
            let fields = [
                ("weight", entry.weight.is_some()),
                ("low", entry.low.is_some()),
                ("high", entry.high.is_some()),
                ("reference", entry.reference.is_some()),
            ];
            for (field, _) in fields.into_iter().filter(|(_, is_given)| *is_given) {
                self.given.insert(format!("indicator.{id}.{field}"), line);
            }
            let goalposts = self.goalposts(line, &entry, normalisation);
            let (Some(higher_is_better), Some(dimension)) = (higher, dimension) else { continue };
            let per = entry.per;
            found.push(IndexIndicator {
                id,
                per,
                dimension,
                weight,
                higher_is_better,
                goalposts,
                log: entry.log,
            });
        }
        found
    }

    /// What values are divided by is a number of the catalogue.
    fn denominator(&mut self, line: usize, id: &IndicatorId, per: &IndicatorId) {
        let is_quantity = self.catalogue.direction_of(per.as_str()) != Some(Direction::Rank);
        let fault = match self.catalogue.unit(per) {
            None => IndexFault::NotInCatalogue(per.clone()),
            Some(_) if per == id => IndexFault::PerItself(id.clone()),
            Some(_) if !is_quantity => IndexFault::NoQuantity(per.clone()),
            Some(_) => return,
        };
        self.fault(line, fault);
    }

    fn direction(&mut self, line: usize, entry: &RawIndicator) -> Option<bool> {
        let own = match &entry.direction {
            Some(text) => self.kept(line, word("direction", text, &DIRECTIONS))?,
            None => self.catalogue.direction_of(entry.id.as_str()).unwrap_or(Direction::None),
        };
        match own {
            Direction::Higher => Some(true),
            Direction::Lower => Some(false),
            Direction::Rank => {
                self.fault(line, IndexFault::NoQuantity(entry.id.clone()));
                None
            }
            Direction::Interval | Direction::None => {
                self.fault(line, IndexFault::NoDirection(entry.id.clone()));
                None
            }
        }
    }

    fn goalposts(
        &mut self,
        line: usize,
        entry: &RawIndicator,
        normalisation: Option<Normalisation>,
    ) -> Goalposts {
        let id = entry.id.clone();
        let low = self.number(line, "low", entry.low.as_ref());
        let high = self.number(line, "high", entry.high.as_ref());
        let reference = self.number(line, "reference", entry.reference.as_ref());
        if low.zip(high).is_some_and(|(low, high)| low >= high) {
            self.fault(line, IndexFault::Goalposts(id.clone()));
        }
        let posts = Goalposts { low, high, reference };
        if let Some(method) = normalisation {
            self.needs(line, &id, method, &posts);
        }
        let is_odd = |post: Option<Decimal>| post.is_some_and(|post| post <= Decimal::ZERO);
        if entry.log && [low, high, reference].into_iter().any(is_odd) {
            self.fault(line, IndexFault::NoLog(id));
        }
        posts
    }

    /// What a method of normalisation needs of an indicator, its own one or one that is drawn.
    pub(super) fn needs(&mut self, line: usize, id: &IndicatorId, method: Normalisation, posts: &Goalposts) {
        if let Some(fields) = method.lacks(posts) {
            let method = method.key();
            self.fault(line, IndexFault::NoGoalpost { id: id.clone(), fields, method });
        }
        let is_odd = posts.reference.is_some_and(|post| post <= Decimal::ZERO);
        if method == Normalisation::DistanceToReference && is_odd {
            self.fault(line, IndexFault::Reference(id.clone()));
        }
    }

    /// Domains with their levels: over indicators 1, over domains of level n n + 1.
    pub(super) fn levelled(
        &mut self,
        (mut dimensions, lines): (Vec<IndexDimension>, Vec<usize>),
        indicators: &[IndexIndicator],
    ) -> Vec<IndexDimension> {
        for at in (0..dimensions.len()).rev() {
            let of = |one: &IndexDimension| one.parent == Some(at);
            let below: BTreeSet<usize> =
                dimensions.iter().filter(|one| of(one)).map(|one| one.level).collect();
            let has_indicators = indicators.iter().any(|one| one.dimension == at);
            let level = below.last().map_or(1, |level| level.saturating_add(1));
            let Some(own) = dimensions.get_mut(at) else { continue };
            own.level = level;
            let id = own.id.clone();
            let line = lines.get(at).copied();
            let fault = match (has_indicators, below.len()) {
                (true, 0) | (false, 1) => continue,
                (true, _) => IndexFault::Mixed(id),
                (false, 0) => IndexFault::Empty(id),
                (false, _) => IndexFault::Uneven(id),
            };
            self.fault(line.unwrap_or(1), fault);
        }
        let tops: BTreeSet<usize> =
            dimensions.iter().filter(|one| one.parent.is_none()).map(|one| one.level).collect();
        if tops.len() > 1 {
            self.fault(1, IndexFault::Uneven("index".to_owned()));
        }
        dimensions
    }
}
