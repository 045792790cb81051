//! The cover of a workbook: who sent it, for which city and period.
//!
//! Most workbooks have a sheet for it; others say it above or below the table, in one cell, or in the title. An
//! instruction sheet has the same labels, so the sheet counts whose reporting unit the plan knows.

use super::index::Index;
use super::labels::{self, Field, LETTERS, LETTERS_OF_SENDERS};
use super::period::{Span, period};
use super::text::{clean, name_key};
use crate::finding::Place;
use crate::ident::CellRef;
use crate::workbook::{Book, Sheet};

/// The cover of a workbook: fields with the cells they stand in.
pub(super) struct Cover {
    file: String,
    /// Name of its sheet.
    pub sheet: String,
    /// Fields in order of precedence, each with the name of its sheet.
    fields: Vec<(String, Field)>,
}

impl Cover {
    /// What the visible sheets say of the sender. Sheets are told apart by their field 填报单位: one that names a unit of the plan
    /// comes first, then one that names anything, then one that only asks. The others complete it.
    pub(super) fn of(file: &str, book: &Book, index: &Index<'_>) -> Option<Self> {
        let is_unit = |text: &str| index.unit(text).is_some();
        let visible = || book.sheets.iter().filter(|sheet| sheet.visible);
        let mut all: Vec<(String, Vec<Field>)> = Vec::new();
        let mut is_complete = false;
        for sheet in visible() {
            // Behind a complete cover only another sender matters.
            let letters: &[char] = if is_complete { &LETTERS_OF_SENDERS } else { &LETTERS };
            let fields = labels::fields(sheet, letters, &is_unit);
            let has = |name: &str, fits: &dyn Fn(&str) -> bool| {
                fields.iter().any(|field| field.name == name && fits(&field.value))
            };
            let is_filled = |name: &str| has(name, &|value| !value.is_empty());
            is_complete |= has(SENDER, &is_unit) && FIELDS.iter().all(|name| is_filled(name));
            all.push((sheet.name.clone(), fields));
        }
        let rank = |fields: &[Field]| {
            let mut senders = fields.iter().filter(|field| field.name == SENDER).map(|field| {
                let named = !field.value.is_empty();
                u8::from(!named) + u8::from(!(named && is_unit(&field.value)))
            });
            let first = senders.next()?;
            Some(senders.fold(first, u8::min))
        };
        let ranked = all.iter().enumerate().filter_map(|(at, (_, fields))| Some((rank(fields)?, at)));
        let (_, best) = ranked.min()?;
        let sheet = all.get(best).map(|(name, _)| name.clone())?;
        let mut ordered = Vec::new();
        let own = all.get(best).into_iter();
        let others = all.iter().enumerate().filter(|(at, _)| *at != best).map(|(_, one)| one);
        for (name, fields) in own.chain(others) {
            // Of several senders on a sheet a known one comes first.
            let (senders, rest): (Vec<&Field>, Vec<&Field>) =
                fields.iter().partition(|field| field.name == SENDER);
            let (known, unknown): (Vec<&Field>, Vec<&Field>) =
                senders.into_iter().partition(|field| is_unit(&field.value));
            let in_order = known.into_iter().chain(unknown).chain(rest);
            ordered.extend(in_order.map(|field| (name.clone(), field.clone())));
        }
        for sheet in visible() {
            let told = |name: &str| ordered.iter().any(|(_, field)| field.name == name);
            let missing: Vec<Field> = titles(sheet, index).filter(|field| !told(field.name)).collect();
            ordered.extend(missing.into_iter().map(|field| (sheet.name.clone(), field)));
        }
        Some(Self { file: file.to_owned(), sheet, fields: ordered })
    }

    fn best(&self, name: &str) -> Option<&(String, Field)> {
        let filled = self.fields.iter().find(|(_, field)| field.name == name && !field.value.is_empty());
        filled.or_else(|| self.fields.iter().find(|(_, field)| field.name == name))
    }

    /// A field as written, empty when it is not there.
    pub(super) fn value(&self, name: &str) -> &str {
        self.best(name).map_or("", |(_, field)| field.value.as_str())
    }

    /// The cell of a field.
    pub(super) fn place(&self, name: &str) -> Place {
        let corner = CellRef::new(0, 0);
        let (sheet, at) = self.best(name).map_or((&self.sheet, corner), |(sheet, field)| (sheet, field.at));
        Place::cell(&self.file, sheet, at)
    }

    /// Every place that names a sender, with what stands there.
    pub(super) fn senders(&self) -> impl Iterator<Item = (Place, &str)> {
        let named = self.fields.iter().filter(|(_, field)| field.name == SENDER && !field.value.is_empty());
        named.map(|(sheet, field)| (Place::cell(&self.file, sheet, field.at), field.value.as_str()))
    }
}

/// What a cover is asked for besides the sender.
pub(super) const FIELDS: [&str; 5] = ["城市", "报告期", "填报人", "审核人", "填报日期"];

/// The field that makes a sheet a cover.
pub(super) const SENDER: &str = "填报单位";

/// Rows in which a title stands.
const TITLE_ROWS: u32 = 4;

/// What the titles of a sheet say: the year if they name one, and the city if it is the plan's. Nothing else is taken from a
/// title: 国家创新型城市 is no city's name.
fn titles(sheet: &Sheet, index: &Index<'_>) -> impl Iterator<Item = Field> {
    let mut found = Vec::new();
    for row in 0..TITLE_ROWS {
        let mut cells = sheet.within((row, row + 1));
        // A title stands alone in its row.
        let (Some((at, cell)), None) = (cells.next(), cells.next()) else { continue };
        let at = *at;
        let Some(text) = cell.label().map(clean) else { continue };
        if !["表", "报", "情况"].iter().any(|word| text.contains(word)) || text.contains(':') {
            continue;
        }
        if let Some(named) = period(&text)
            && let Some(year) = named.year()
        {
            let value = if named.span == Span::Part { text.clone() } else { format!("{year}年") };
            // The year in a title says nothing of the part of it that is reported.
            if index.period.is_annual() || !named.is_bare {
                found.push(Field { name: "报告期", value, at });
            }
        }
        let key = name_key(&text);
        if let Some(city) = index.cities().iter().find(|city| key.contains(city.as_str())) {
            found.push(Field { name: "城市", value: city.clone(), at });
        }
    }
    found.into_iter()
}
