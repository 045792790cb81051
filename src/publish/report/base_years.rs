//! The years of the values that targets are compared with: the year before, a base of the plan, or an earlier report.

use super::context::Context;
use crate::assess::Assessment;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use std::collections::BTreeSet;

/// The years of the values that the targets of a city are compared with.
#[derive(Debug, Clone)]
pub(super) struct BaseYears {
    years: BTreeSet<i32>,
    year: i32,
    /// Whether they are what earlier reports published, and none is the plan's.
    are_published: bool,
}

impl BaseYears {
    pub(super) fn is_empty(&self) -> bool {
        self.years.is_empty()
    }

    /// Whether there is no other than the year before.
    pub(super) fn is_before_only(&self) -> bool {
        self.years.iter().all(|of| *of == self.year - 1)
    }

    /// The only one.
    pub(super) fn only(&self) -> Option<i32> {
        self.years.first().copied().filter(|_| self.years.len() == 1)
    }

    /// Head of the column of these values.
    pub(super) fn head(&self) -> Vec<String> {
        match self.only() {
            Some(of) if of == self.year - 1 || self.are_published => {
                vec![format!("{of}年"), "实绩".to_owned()]
            }
            Some(of) => vec![format!("{of}年"), "基期".to_owned()],
            None => vec!["基期".to_owned(), "实绩".to_owned()],
        }
    }

    /// The year of the base of a target, which is told where there are several.
    pub(super) fn note(&self, one: &Assessment) -> Option<String> {
        let past = one.baseline.as_ref().filter(|_| self.only().is_none())?;
        Some(format!("{}年", past.year))
    }

    /// 上年, 基期, or the year of an earlier report: 2023年.
    pub(super) fn short(&self) -> String {
        match self.only() {
            _ if self.is_before_only() => "上年".to_owned(),
            Some(of) if self.are_published => format!("{of}年"),
            _ => "基期".to_owned(),
        }
    }

    /// The same in a language.
    pub(super) fn short_in(&self, language: Language) -> String {
        let english = match self.only() {
            _ if self.is_before_only() => "last year".to_owned(),
            Some(of) if self.are_published => of.to_string(),
            _ => "the base year".to_owned(),
        };
        language.of(self.short(), english)
    }

    /// 上年实绩, 2020年基期数 or 基期数, in a language.
    pub(super) fn words_in(&self, language: Language) -> String {
        let english = match self.only() {
            Some(of) if of == self.year - 1 => "last year’s value".to_owned(),
            Some(of) if self.are_published => format!("the value of {of}"),
            Some(of) => format!("the value of the base year {of}"),
            None => "the value of the base year".to_owned(),
        };
        language.of(self.words(), english)
    }

    /// The year of the base of a target, in a language.
    pub(super) fn note_in(&self, language: Language, one: &Assessment) -> Option<String> {
        let note = self.note(one)?;
        Some(language.of(note, one.baseline.as_ref()?.year.to_string()))
    }

    /// 2022年实绩, 2020年基期数 or 基期数.
    pub(super) fn of(&self) -> String {
        match self.only() {
            Some(of) if self.is_before_only() => format!("{of}年实绩"),
            _ => self.words(),
        }
    }

    /// 上年实绩, 2020年基期数 or 基期数.
    pub(super) fn words(&self) -> String {
        match self.only() {
            Some(of) if of == self.year - 1 => "上年实绩".to_owned(),
            Some(of) if self.are_published => format!("{of}年实绩"),
            Some(of) => format!("{of}年基期数"),
            None => "基期数".to_owned(),
        }
    }
}

pub(super) fn base_years(context: &Context<'_>, city: &CityEvaluation) -> BaseYears {
    let counted = context.counted(city);
    let bases = || counted.iter().filter_map(|(one, row)| Some((*row, one.baseline.as_ref()?.year)));
    let years: BTreeSet<i32> = bases().map(|(_, year)| year).collect();
    let are_published = bases().all(|(row, year)| row.served_of(year).is_some());
    BaseYears { years, year: context.evaluation.round.year(), are_published }
}
