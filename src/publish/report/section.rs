//! What a section is built for and from: a document in the making.

use serde::Serialize;
use serde_json::Value;

use super::annex_rows::AnnexRows;
use super::context::Context;
use super::numbers::{Annex, Numbers};
use super::phrases::chinese_number;
use crate::evaluation::CityEvaluation;
use crate::finding::Withheld;

/// Which document.
#[derive(Clone, Copy)]
pub(in crate::publish) enum Scope<'a> {
    /// 技术卷 of the round: all that is printed of it.
    Round,
    /// The brief of the round.
    Brief,
    /// 主报告 of the round.
    Main,
    /// The own report of the city at a place among all; its numbers of tables of the round's report are those given.
    City(usize, &'a Numbers),
    /// The pages of the units of the city at a place among all.
    Units(usize),
}

/// A section as its template gets it.
#[derive(Serialize)]
struct Printed<S> {
    template: &'static str,
    content: S,
}

/// How the chapter of a city begins.
pub(super) struct Opening {
    /// Its name in the running head.
    pub(super) section: String,
    /// The heading of the part, before the first chapter of it.
    pub(super) part: Option<String>,
    /// Its own heading.
    pub(super) heading: String,
}

/// A document in the making.
pub(super) struct Draft<'a> {
    pub(super) context: &'a Context<'a>,
    scope: Scope<'a>,
    pub(super) numbers: Numbers,
    /// The rows of annex 3 that numerals lead to.
    pub(super) annex_rows: AnnexRows,
    sections: Vec<serde_json::Result<Value>>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(context: &'a Context<'a>, scope: Scope<'a>, numbers: Numbers) -> Self {
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

    /// The sections as JSON, and the numbers of their tables.
    pub(super) fn finish(self) -> serde_json::Result<(Vec<Value>, Numbers)> {
        let sections = self.sections.into_iter().collect::<serde_json::Result<_>>()?;
        Ok((sections, self.numbers))
    }

    /// The round, for sections that stand in its report only.
    pub(super) fn round(&self) -> Option<&'a Context<'a>> {
        matches!(self.scope, Scope::Round).then_some(self.context)
    }

    /// Whether it is the brief.
    pub(super) fn is_brief(&self) -> bool {
        matches!(self.scope, Scope::Brief)
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
            Scope::Round | Scope::Brief | Scope::Main => None,
            Scope::City(at, _) | Scope::Units(at) => self.context.cities().get(at),
        }
    }

    /// What the plans that it is about are called: 方案.
    pub(super) fn document(&self) -> &'a str {
        let terms = &self.context.terms;
        self.own_city().map_or(terms.document.as_str(), |city| city.plan.called.document.as_str())
    }

    /// An annex that only the report of the round has, as this document refers to it.
    pub(super) fn in_whole(&self, annex: Annex) -> String {
        if self.round().is_some() { annex.to_string() } else { format!("技术卷{annex}") }
    }

    /// The cities that the document is about, with their places among all.
    pub(super) fn cities(&self) -> impl Iterator<Item = (usize, &'a CityEvaluation)> + use<'a> {
        let (from, count) = match self.scope {
            Scope::Round | Scope::Brief | Scope::Main => (0, usize::MAX),
            Scope::City(at, _) | Scope::Units(at) => (at, 1),
        };
        self.context.cities().iter().enumerate().skip(from).take(count)
    }

    /// Those of them whose chapter is printed.
    pub(super) fn printed_cities(&self) -> impl Iterator<Item = (usize, &'a CityEvaluation)> + use<'a> {
        self.cities().filter(|(_, city)| !city.score.withholds(Withheld::Chapter))
    }

    /// The numbers of the round's report.
    pub(super) fn round_numbers(&self) -> &Numbers {
        match self.scope {
            Scope::Round | Scope::Brief | Scope::Main | Scope::Units(_) => &self.numbers,
            Scope::City(_, numbers) => numbers,
        }
    }

    /// How the chapter of the city at a place among all begins.
    pub(super) fn opening(&self, at: usize, city: &CityEvaluation) -> Opening {
        let (context, plan, whole) = (self.context, &city.plan, self.round().is_some());
        let part = format!("二、各{}评估", context.terms.places.noun);
        let (section, heading) = match (whole, context.is_alone()) {
            (true, true) => {
                let heading = format!("一、{}目标完成情况", plan.name);
                (heading.clone(), heading)
            }
            (true, false) => {
                (format!("{part}　{}", plan.name), format!("（{}）{}", chinese_number(at + 1), plan.name))
            }
            (false, _) => (plan.name.clone(), plan.name.clone()),
        };
        let part = (whole && at == 0 && !context.is_alone()).then_some(part);
        Opening { section, part, heading }
    }

    /// The level of a city's heading: in a report on one alone its chapter is the part.
    pub(super) fn city_level(&self) -> u8 {
        match self.scope {
            Scope::Round if !self.context.is_alone() => 2,
            Scope::Round | Scope::Brief | Scope::Main | Scope::City(..) | Scope::Units(_) => 1,
        }
    }

    /// The number of a section of a city's chapter: `1.`, `（一）` where the chapter is a part of the report.
    pub(super) fn city_number(&self, number: usize) -> String {
        match self.compared().is_none() && self.round().is_some() {
            true => format!("（{}）", chinese_number(number)),
            false => format!("{number}."),
        }
    }
}
