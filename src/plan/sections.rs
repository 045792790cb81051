//! Reads a TOML file section by section, so that all faults are found at once, each with its line.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IntoDeserializer as _};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::confirm::{self, OpenGrade, Unsettled};
use super::fault::{FileFault, told};
use super::wording;
use crate::shown::brief;

/// A parsed file with the faults found so far.
pub(super) struct Sections<'a> {
    text: &'a str,
    /// Whether the text is no TOML: then nothing else is said of it.
    is_broken: bool,
    /// Where the lines end.
    ends: Vec<usize>,
    table: Spanned<DeTable<'a>>,
    faults: Vec<(usize, FileFault)>,
    asked: Vec<&'static str>,
    /// What is to be confirmed, with the places of the entries.
    unsettled: Vec<(std::ops::Range<usize>, Unsettled)>,
}

/// An entry with the line on which it begins.
#[derive(Debug, Clone)]
pub(super) struct At<T> {
    pub(super) line: usize,
    pub(super) entry: T,
}

/// The longest text, in units of UTF-16: with some words around it, it fits a cell of a spreadsheet.
pub(super) const LONGEST_TEXT: usize = 30_000;

/// The texts of a table and of all below it that are too long: their places, and the keys under which they stand.
fn long_texts(table: &DeTable<'_>, found: &mut Vec<(usize, String)>) {
    for (key, value) in table {
        let name = brief(key.get_ref());
        if is_long(key.get_ref()) {
            found.push((key.span().start, name.clone()));
        }
        long_texts_in(value, &name, found);
    }
}

fn long_texts_in(value: &Spanned<DeValue<'_>>, key: &str, found: &mut Vec<(usize, String)>) {
    match value.get_ref() {
        DeValue::String(text) if is_long(text) => found.push((value.span().start, key.to_owned())),
        DeValue::Table(table) => long_texts(table, found),
        DeValue::Array(entries) => entries.iter().for_each(|entry| long_texts_in(entry, key, found)),
        _ => {}
    }
}

/// Whether a text is longer than any that is taken.
pub(super) fn is_long(text: &str) -> bool {
    text.len() > LONGEST_TEXT && text.encode_utf16().count() > LONGEST_TEXT
}

impl<'a> Sections<'a> {
    /// Parses a text; faults of syntax are kept with the others.
    pub(super) fn parse(text: &'a str) -> Self {
        let (table, errors) = DeTable::parse_recoverable(text);
        let ends = text.match_indices('\n').map(|(at, _)| at).collect();
        let mut sections = Self {
            text,
            is_broken: !errors.is_empty(),
            ends,
            table,
            faults: Vec::new(),
            asked: Vec::new(),
            unsettled: Vec::new(),
        };
        for error in errors {
            let line = sections.line_of(error.span().map_or(0, |span| span.start));
            // What follows the first fault of a line comes from it.
            if !sections.faults.iter().any(|(known, _)| *known == line) {
                let words = wording::of_syntax(sections.line(line), error.message());
                sections.faults.push((line, FileFault::Parser(words)));
            }
        }
        let mut long = Vec::new();
        long_texts(sections.table.get_ref(), &mut long);
        for (at, key) in long {
            let line = sections.line_of(at);
            sections.fault(line, FileFault::LongText(key, LONGEST_TEXT));
        }
        sections
    }

    /// Takes out what is to be confirmed. A field that is marked as missing is then no fault.
    pub(super) fn unsettled(&mut self) -> Vec<Unsettled> {
        let ends = &self.ends;
        let line_of = |offset: usize| ends.partition_point(|end| *end < offset) + 1;
        let (found, faults) = confirm::taken(self.table.get_mut(), &line_of);
        self.unsettled = found;
        faults.into_iter().for_each(|(line, fault)| self.fault(line, fault));
        self.unsettled.iter().map(|(_, one)| one.clone()).collect()
    }

    /// Whether what the parser misses in an entry is marked as missing.
    fn is_open(&self, entry: &std::ops::Range<usize>, message: &str) -> bool {
        let Some(field) = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next())
        else {
            return false;
        };
        let within =
            |span: &std::ops::Range<usize>| entry.start <= span.start && span.end <= entry.end.max(span.end);
        let mut open = self.unsettled.iter().filter(|(span, _)| within(span));
        open.any(|(_, one)| one.field == field && one.grade == OpenGrade::Missing)
    }

    /// Records a fault on a line. Of a text that is no TOML only that is said: what else seems wrong comes from it.
    pub(super) fn fault(&mut self, line: usize, fault: FileFault) {
        if !self.is_broken {
            self.faults.push((line, fault));
        }
    }

    /// Reads a table that must be there once.
    pub(super) fn single<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<At<T>> {
        self.asked.push(key);
        let Some(value) = self.table.get_ref().get(key).cloned() else {
            self.fault(1, FileFault::NoSection(key));
            return None;
        };
        self.read(value)
    }

    /// Reads a table that may be left out.
    pub(super) fn optional<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<At<T>> {
        self.asked.push(key);
        let value = self.table.get_ref().get(key).cloned()?;
        self.read(value)
    }

    /// Reads an array of tables; entries with faults are left out.
    pub(super) fn many<T: DeserializeOwned>(&mut self, key: &'static str) -> Vec<At<T>> {
        self.asked.push(key);
        let Some(value) = self.table.get_ref().get(key).cloned() else { return Vec::new() };
        let at = value.span().start;
        match value.into_inner() {
            DeValue::Array(entries) => entries.into_iter().filter_map(|entry| self.read(entry)).collect(),
            _ => {
                self.fault(self.line_of(at), FileFault::NotAnArray(key));
                Vec::new()
            }
        }
    }

    /// Ends the reading: sections nobody asked for are faults; faults are listed by line.
    pub(super) fn finish(mut self) -> Vec<String> {
        let unknown: Vec<(usize, String)> = self
            .table
            .get_ref()
            .iter()
            .filter(|(key, _)| !self.asked.contains(&key.get_ref().as_ref()))
            .map(|(key, _)| (key.span().start, key.get_ref().to_string()))
            .collect();
        for (at, key) in unknown {
            self.fault(self.line_of(at), FileFault::UnknownSection(key));
        }
        told(self.faults)
    }

    /// The lines of the keys of tables and of the entries of lists: `method.exceeded`, `preference.1`.
    pub(super) fn lines(&self) -> BTreeMap<String, usize> {
        let mut found = BTreeMap::new();
        for (name, value) in self.table.get_ref().iter() {
            let name = name.get_ref();
            match value.get_ref() {
                DeValue::Table(table) => {
                    let keys =
                        table.iter().map(|(key, _)| (format!("{name}.{}", key.get_ref()), key.span().start));
                    found.extend(keys.map(|(key, at)| (key, self.line_of(at))));
                }
                DeValue::Array(entries) => {
                    let places = (1..).zip(entries.iter().map(|entry| entry.span().start));
                    found
                        .extend(places.map(|(place, at): (usize, usize)| {
                            (format!("{name}.{place}"), self.line_of(at))
                        }));
                }
                _ => {}
            }
        }
        found
    }

    fn read<T: DeserializeOwned>(&mut self, value: Spanned<DeValue<'a>>) -> Option<At<T>> {
        let span = value.span();
        let begin = span.start;
        match T::deserialize(value.into_deserializer()) {
            Ok(entry) => Some(At { line: self.line_of(begin), entry }),
            Err(error) if self.is_open(&span, error.message()) => None,
            Err(error) => {
                let at = error.span().map_or(begin, |span| span.start);
                let line = self.line_of(at);
                self.fault(line, FileFault::Parser(wording::of_content(self.line(line), error.message())));
                None
            }
        }
    }

    fn line(&self, number: usize) -> &'a str {
        self.text.lines().nth(number.saturating_sub(1)).unwrap_or_default()
    }

    /// The line of a place in the text.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.ends.partition_point(|end| *end < offset) + 1
    }
}

/// A local date of TOML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "toml::value::Datetime")]
pub(super) struct Day(pub(super) NaiveDate);

/// Reads a local date into a field of another type.
pub(super) fn day<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    Day::deserialize(deserializer).map(|day| day.0)
}

/// The same of a field that may be left out.
pub(super) fn some_day<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<NaiveDate>, D::Error> {
    day(deserializer).map(Some)
}

impl TryFrom<toml::value::Datetime> for Day {
    type Error = FileFault;

    fn try_from(value: toml::value::Datetime) -> Result<Self, FileFault> {
        let written = value.to_string();
        value
            .date
            .filter(|_| value.time.is_none())
            .and_then(|d| NaiveDate::from_ymd_opt(i32::from(d.year), u32::from(d.month), u32::from(d.day)))
            .map(Day)
            .ok_or(FileFault::NotADate(written))
    }
}
