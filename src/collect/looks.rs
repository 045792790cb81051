//! What the cells of a column look like: numbers, words, marks, sentences, units.

use std::collections::{BTreeMap, BTreeSet};

use super::memo::Memo;
use super::number::{Reading, read_text, vintage_mark};
use super::roles::Role;
use super::sense::Sense;
use super::table::Table;
use super::text::clean;
use crate::characters::is_han;
use crate::quantity::Unit;
use crate::workbook::{Content, Sheet};

/// What the cells of a column look like, in the rows that the plan names, or in all where it names none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Looks {
    pub(super) numbers: usize,
    pub(super) words: usize,
    pub(super) marks: usize,
    pub(super) texts: usize,
    /// Those among the texts that tell something.
    pub(super) sentences: usize,
    pub(super) units: usize,
    pub(super) flags: usize,
}

impl Looks {
    pub(super) fn filled(&self) -> usize {
        self.numbers + self.words + self.marks + self.texts
    }

    fn add(&mut self, other: &Self) {
        let Self { numbers, words, marks, texts, sentences, units, flags } = other;
        self.numbers += numbers;
        self.words += words;
        self.marks += marks;
        self.texts += texts;
        self.sentences += sentences;
        self.units += units;
        self.flags += flags;
    }

    /// Whether sentences stand where numbers should.
    pub(super) fn is_narrative(&self) -> bool {
        self.sentences > self.filled() - self.sentences
    }
}

/// What the columns look like.
pub(super) fn looks(table: &Table<'_>, sheet: &Sheet) -> BTreeMap<u32, Looks> {
    let mut found: BTreeMap<u32, Looks> = BTreeMap::new();
    let (left, right) = table.width();
    // What is settled by its heading needs no look.
    let settled: BTreeSet<u32> = table
        .columns
        .iter()
        .filter(|column| {
            matches!(column.sense, Sense::Known(role) if role != Role::Unit && role != Role::Name)
                && column.unknown.is_empty()
                || table.names.first() == Some(&column.at)
        })
        .map(|column| column.at)
        .collect();
    for (at, cell) in sheet.within(table.rows) {
        if settled.contains(&at.column) {
            continue;
        }
        if !(left..=right + 1).contains(&at.column)
            || !(table.named.is_empty() || table.named.contains_key(&at.row))
        {
            continue;
        }
        let looks = found.entry(at.column).or_default();
        match &cell.content {
            Content::Number(_) => looks.numbers += 1,
            Content::Bool(_) => looks.words += 1,
            Content::Text(text) => looks.add(&look_of_text(text)),
            Content::NoResult | Content::Picture | Content::Error(_) | Content::Damaged(_) => {
                looks.numbers += 1
            }
            Content::Date(_) => looks.texts += 1,
        }
    }
    found
}

fn look_of_text(text: &str) -> Looks {
    thread_local!(static LOOKS: Memo<Looks> = const { Memo::new() });
    LOOKS.with(|known| {
        known.of(text, || {
            let mut looks = Looks::default();
            look_at_text(&mut looks, text);
            looks
        })
    })
}

fn look_at_text(looks: &mut Looks, text: &str) {
    if text.len() > 120 {
        looks.texts += 1;
        looks.sentences += 1;
        return;
    }
    let text = clean(text);
    if text.is_empty() {
        return;
    }
    if Unit::parse(&text).is_known() || is_round_unit(&text) {
        looks.units += 1;
    }
    if vintage_mark(&text).is_some() {
        looks.flags += 1;
    }
    match read_text(&text, "") {
        Reading::Number(_) => looks.numbers += 1,
        Reading::Mark | Reading::Blank => looks.marks += 1,
        _ if is_presence(&text) => looks.words += 1,
        // A number with something that is not understood is meant as a value.
        _ if is_number_of_sorts(&text) => looks.numbers += 1,
        // Numerals in words are values that are not read.
        _ if text.chars().all(is_numeral) && text.contains(is_digit) => looks.numbers += 1,
        _ => {
            looks.texts += 1;
            looks.sentences += usize::from(text.chars().filter(|c| is_han(*c)).count() >= 4);
        }
    }
}

/// A power of ten beside a word is a scale, as in 10 million yuan and US$ 10,000, and no value.
fn is_round_unit(text: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_round =
        digits.strip_prefix('1').is_some_and(|zeros| !zeros.is_empty() && zeros.bytes().all(|b| b == b'0'));
    is_round && !text.contains('.') && text.contains(char::is_alphabetic)
}

fn is_number_of_sorts(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().count() <= 12
        && !text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '附')
}

fn is_digit(c: char) -> bool {
    "零〇一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾".contains(c)
}

fn is_numeral(c: char) -> bool {
    is_digit(c) || "两百千万亿佰仟点分之".contains(c)
}

pub(super) fn is_presence(text: &str) -> bool {
    ["有", "无", "是", "否", "已出台", "未出台", "√", "×"].contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_in_words_are_meant_as_values_and_sentences_are_not() {
        for (text, numbers, units, sentences) in [
            ("861家", 1, 0, 0),
            ("捌佰陆拾壹", 1, 0, 0),
            ("百分之十八", 1, 0, 0),
            ("10 million yuan", 1, 1, 0),
            ("US$ 10,000", 1, 1, 0),
            ("亿元", 0, 1, 0),
            ("千家", 0, 1, 0),
            ("已认定高新技术企业共861家", 0, 0, 1),
        ] {
            let mut looks = Looks::default();
            look_at_text(&mut looks, text);
            assert_eq!((looks.numbers, looks.units, looks.sentences), (numbers, units, sentences), "{text}");
        }
    }
}
