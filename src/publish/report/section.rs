//! What a section is built for and from: a document in the making.

use serde::Serialize;
use serde_json::Value;

use super::annex_rows::AnnexRows;
use super::context::{Context, FEW};
use super::numbers::Numbers;
use crate::evaluation::CityEvaluation;
use crate::finding::Withheld;

/// Which document.
#[derive(Clone, Copy)]
pub(in crate::publish) enum Scope {
    /// 技术卷 of the round: all that is printed of it.
    Round,
    /// The brief of the round.
    Brief,
    /// The bulletin of a part of a year.
    Bulletin,
    /// 主报告 of the round.
    Main,
    /// The technical part of the own report of the city at a place among all.
    City(usize),
    /// The pages of the units of the city at a place among all.
    Units(usize),
}

/// A section as its template gets it.
#[derive(Serialize)]
struct Printed<S> {
    template: &'static str,
    content: S,
}

/// A document in the making.
pub(super) struct Draft<'a> {
    pub(super) context: &'a Context<'a>,
    scope: Scope,
    pub(super) numbers: Numbers,
    /// The rows of the annexes that numerals lead to.
    pub(super) annex_rows: AnnexRows,
    sections: Vec<serde_json::Result<Value>>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(context: &'a Context<'a>, scope: Scope, numbers: Numbers) -> Self {
        let numbers = numbers.told_in(context.language);
        Self { context, scope, numbers, annex_rows: AnnexRows::default(), sections: Vec::new() }
    }

    /// Builds the next section, which has a template of this name; a section that does not exist in this document is `None`.
    pub(super) fn add<S: Serialize>(
        &mut self,
        template: &'static str,
        build: impl FnOnce(&mut Self) -> Option<S>,
    ) {
        let built = build(self).map(|content| serde_json::to_value(Printed { template, content }));
        self.sections.extend(built);
    }

    /// The sections as JSON.
    pub(super) fn finish(self) -> serde_json::Result<Vec<Value>> {
        self.sections.into_iter().collect()
    }

    /// The round, for sections that stand in its report only.
    pub(super) fn round(&self) -> Option<&'a Context<'a>> {
        matches!(self.scope, Scope::Round).then_some(self.context)
    }

    /// Whether it is the brief.
    pub(super) fn is_brief(&self) -> bool {
        matches!(self.scope, Scope::Brief)
    }

    /// Whether it is the bulletin of a part of a year.
    pub(super) fn is_bulletin(&self) -> bool {
        matches!(self.scope, Scope::Bulletin)
    }

    /// Whether it is the main report.
    pub(super) fn is_main(&self) -> bool {
        matches!(self.scope, Scope::Main)
    }

    /// Whether it is the pages of a city's units.
    pub(super) fn is_unit_pages(&self) -> bool {
        matches!(self.scope, Scope::Units(_))
    }

    /// The round, for sections that compare its units.
    pub(super) fn compared(&self) -> Option<&'a Context<'a>> {
        let is_whole = matches!(self.scope, Scope::Round | Scope::Main);
        Some(self.context).filter(|context| is_whole && !context.is_alone())
    }

    /// The city whose own report it is.
    pub(super) fn own_city(&self) -> Option<&'a CityEvaluation> {
        match self.scope {
            Scope::Round | Scope::Brief | Scope::Bulletin | Scope::Main => None,
            Scope::City(at) | Scope::Units(at) => self.context.cities().get(at),
        }
    }

    /// What the plans that it is about are called: 方案.
    pub(super) fn document(&self) -> &'a str {
        let terms = &self.context.terms;
        self.own_city().map_or(terms.document.as_str(), |city| city.plan.called.document.as_str())
    }

    /// The cities that the document is about, with their places among all.
    pub(super) fn cities(&self) -> impl Iterator<Item = (usize, &'a CityEvaluation)> + use<'a> {
        let (from, count) = match self.scope {
            Scope::Round | Scope::Brief | Scope::Bulletin | Scope::Main => (0, usize::MAX),
            Scope::City(at) | Scope::Units(at) => (at, 1),
        };
        self.context.cities().iter().enumerate().skip(from).take(count)
    }

    /// Whether its rows of cities stand in reports of their own, as those of a volume of many cities do.
    pub(super) fn is_of_many(&self) -> bool {
        self.round().is_some() && self.context.cities().len() > FEW
    }

    /// The cities whose rows it prints, with their places among all.
    pub(super) fn shown_cities(&self) -> Vec<(usize, &'a CityEvaluation)> {
        if self.is_of_many() { Vec::new() } else { self.printed_cities().collect() }
    }

    /// Those of them whose chapter is printed.
    pub(super) fn printed_cities(&self) -> impl Iterator<Item = (usize, &'a CityEvaluation)> + use<'a> {
        self.cities().filter(|(_, city)| !city.score.withholds(Withheld::Chapter))
    }
}
