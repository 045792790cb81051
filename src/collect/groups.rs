//! Words over groups of headings in cells that are not merged: which columns such a word is about.
//!
//! A word stands in the first column of its group as a rule. Typed over the middle of it, it cannot be told from one that
//! belongs to what follows, but for headings that repeat from group to group.

use std::collections::{BTreeMap, BTreeSet};

use super::headings::{Heading, Setting};
use super::merges::MergedHeads;
use super::table::head_text;
use super::text::name_key;
use crate::ident::CellRef;
use crate::workbook::Sheet;

/// What stands over a column in a row of headings in which its own cell is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    /// The word in this column.
    Word(u32),
    /// It is not certain which word, if any.
    Unclear,
}

/// A column among others that stand under words.
struct Under {
    at: u32,
    /// Whether a word stands in it.
    is_word: bool,
    /// Its headings below.
    below: String,
    /// Whether they say what it holds whatever stands over it: 备注, 2021年.
    is_apart: bool,
}

/// What stands over the columns in a row of headings, by the headings below it.
pub(super) fn over(
    sheet: &Sheet,
    row: u32,
    below: &[u32],
    merges: &MergedHeads<'_>,
    columns: &BTreeSet<u32>,
    setting: Setting<'_>,
) -> BTreeMap<u32, Over> {
    let text = |row: u32, at: u32| sheet.cell(row, at).map_or_else(String::new, head_text);
    let mut found = BTreeMap::new();
    let mut run: Vec<Under> = Vec::new();
    for at in columns {
        let is_word = !text(row, *at).is_empty();
        let own: Vec<String> = below.iter().map(|row| text(*row, *at)).collect();
        let words = name_key(&own.concat());
        let is_merged = merges.at(row, *at).is_some_and(|area| area.first != area.last);
        if is_merged || (is_word && words.is_empty()) {
            settle(&std::mem::take(&mut run), &mut found);
        } else if !words.is_empty() {
            let headings = || own.iter().map(|text| Heading::of(text, setting));
            let is_apart = headings().any(|heading| heading.column().is_some() || heading.is_dated());
            run.push(Under { at: *at, is_word, below: words, is_apart });
        }
    }
    settle(&run, &mut found);
    found.retain(|at, over| *over == Over::Unclear || sheet.cell(row, *at).is_none());
    found
}

/// Settles columns side by side: groups of the same headings where there are such, else from each word rightwards.
fn settle(run: &[Under], found: &mut BTreeMap<u32, Over>) {
    let Some(first) = run.iter().position(|one| one.is_word) else { return };
    // Columns before the first word whose headings come again under a word.
    let later: BTreeSet<&str> = run.iter().skip(first).map(|one| one.below.as_str()).collect();
    let comes_again = |one: &Under| !one.is_apart && later.contains(one.below.as_str());
    let start = run.iter().take(first).position(comes_again).unwrap_or(first);
    let end = run.iter().rposition(|one| !one.is_apart).map_or(run.len(), |last| last + 1).max(first + 1);
    let (_, rest) = run.split_at(start);
    let (own, behind) = rest.split_at((end - start).min(rest.len()));
    let words: Vec<usize> = own.iter().enumerate().filter(|(_, one)| one.is_word).map(|(at, _)| at).collect();
    let size = own.len().checked_div(words.len()).unwrap_or(0);
    let repeats = words.len() > 1
        && size > 1
        && own.len() == size * words.len()
        && own.iter().zip(own.iter().skip(size)).all(|(one, next)| one.below == next.below)
        && words.iter().enumerate().all(|(group, at)| at / size == group);
    let word = |at: usize| own.get(at).map(|one| one.at);
    if repeats {
        let groups = own.chunks(size).zip(&words);
        found.extend(
            groups.flat_map(|(group, at)| {
                group.iter().filter_map(|one| Some((one.at, Over::Word(word(*at)?))))
            }),
        );
    } else {
        let is_unclear = start < first || has_twice(own);
        let mut last = None;
        for one in own {
            last = if one.is_word { Some(one.at) } else { last };
            let over = if is_unclear { Some(Over::Unclear) } else { last.map(Over::Word) };
            found.extend(over.map(|over| (one.at, over)));
        }
    }
    let last = words.last().and_then(|at| word(*at));
    found.extend(behind.iter().filter_map(|one| Some((one.at, Over::Word(last?)))));
}

/// Whether a heading stands twice under one of several words.
fn has_twice(own: &[Under]) -> bool {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let several = own.iter().filter(|one| one.is_word).count() > 1;
    several
        && own.iter().any(|one| {
            if one.is_word {
                seen.clear();
            }
            !seen.insert(&one.below)
        })
}

/// The cell of the word over a column.
pub(super) fn cell(over: Option<&Over>, row: u32) -> Option<CellRef> {
    match over {
        Some(Over::Word(at)) => Some(CellRef::new(row, *at)),
        _ => None,
    }
}
