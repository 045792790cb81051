//! What a workbook hands on is bounded, whatever its format: files of a few KiB hold texts of many million characters, which would be
//! copied into every row, finding and step. Every text that leaves the reading process passes here; what is cut ends with `…`, and is
//! told.

use super::sniff::NoWorkbook;
use super::{
    BookMarks, Breakage, Content, Damage, Fault, Limit, Look, Loss, Trouble, Unreadable, WireBook, WireCell,
    WireSheet,
};
use crate::ident::CellRef;

/// Longest text of a cell, in characters, as spreadsheets have it.
pub(super) const LONGEST_TEXT: usize = 32_767;
/// How much is kept of a longer one, to quote it, in characters.
pub(super) const KEPT_OF_LONG_TEXT: usize = 40;
/// Longest text that is gathered for a cell, in bytes: no text of a cell is longer, however its characters are written.
pub(super) const LONGEST_STORED: usize = 1 << 20;
/// Longest name of a sheet, in characters. Excel has 31.
const LONGEST_NAME: usize = 100;
/// Longest error, date, number and name of a program, in characters.
const LONGEST_WORD: usize = 400;
/// Longest text that is seen in place of a number, in characters.
const LONGEST_SEEN: usize = 200;
/// Longest text that a message quotes, in characters.
const LONGEST_QUOTED: usize = 100;
/// Longest name of a part or file in an archive that is quoted, in characters.
const LONGEST_PATH: usize = 255;

/// Bounds what was read, or why it was not.
pub(super) fn bounded(read: Result<WireBook, Fault>) -> Result<WireBook, Fault> {
    match read {
        Ok(mut book) => {
            whole(&mut book);
            Ok(book)
        }
        Err(mut fault) => {
            refusal(&mut fault);
            Err(fault)
        }
    }
}

fn whole(book: &mut WireBook) {
    let WireBook { format: _, program, is_linked: _, sheets, marks } = book;
    let BookMarks { properties, footers } = marks;
    let texts = properties.values_mut().chain(footers);
    texts.for_each(|text| _ = cut(text, LONGEST_WORD));
    properties.retain(|name, _| name.len() <= LONGEST_WORD);
    if let Some(program) = program {
        cut(program, LONGEST_QUOTED);
    }
    for (number, sheet) in (1..).zip(sheets) {
        let WireSheet { name, cells, troubles, .. } = sheet;
        for trouble in troubles.iter_mut() {
            loss(&mut trouble.what);
        }
        if cut(name, LONGEST_NAME) {
            // Two sheets whose names begin alike are told apart.
            name.push_str(&number.to_string());
            troubles.push(Trouble { at: CellRef::new(0, 0), what: Loss::Name(LONGEST_NAME) });
        }
        for WireCell(_, _, content, _, _, look) in cells {
            cell(content);
            if let Some(look) = look {
                let Look { shown, is_struck: _, struck, marks, is_swallowed: _, is_unsettled: _ } =
                    &mut **look;
                shown.iter_mut().for_each(|shown| _ = cut(shown, LONGEST_SEEN));
                cut(struck, LONGEST_SEEN);
                cut(marks, LONGEST_SEEN);
            }
        }
    }
}

/// A content that is longer than its kind can be is damaged: its end may change what it says.
fn cell(content: &mut Content) {
    let (text, most) = match content {
        Content::Text(text) => (text, LONGEST_TEXT),
        Content::Number(text) | Content::Date(text) | Content::Error(text) => (text, LONGEST_WORD),
        Content::Damaged(what) => return damage(what),
        Content::Bool(_) | Content::NoResult | Content::Picture => return,
    };
    if let Some(long) = too_long(text, most) {
        *content = long;
    }
}

/// The cell of a text that is longer than a cell can hold; `None` for others.
pub(super) fn too_long(text: &str, most: usize) -> Option<Content> {
    if text.len() <= most || text.chars().nth(most).is_none() {
        return None;
    }
    let begin = text.chars().take(KEPT_OF_LONG_TEXT).collect();
    Some(Content::Damaged(Damage::TooLong { most, begin }))
}

/// A text that cells share, no longer than what is needed to tell that it is too long: each of them copies it.
pub(super) fn kept(mut text: String) -> String {
    if let Some((at, _)) = text.char_indices().nth(LONGEST_TEXT + 1) {
        text.truncate(at);
    }
    text
}

pub(super) fn damage(damage: &mut Damage) {
    let cut = |text: &mut String| _ = cut(text, LONGEST_QUOTED);
    match damage {
        Damage::UnknownReference(text) | Damage::NoSuchText(text) | Damage::NotANumber(text) => cut(text),
        Damage::Malformed(text) | Damage::TooLong { most: _, begin: text } => cut(text),
        Damage::UnknownType { kind: one, text: other } | Damage::TwoContents(one, other) => {
            cut(one);
            cut(other);
        }
        Damage::UnknownFormula => {}
    }
}

fn loss(loss: &mut Loss) {
    match loss {
        Loss::Sheet(text) | Loss::RowNumber(text) | Loss::Cell(text) => _ = cut(text, LONGEST_QUOTED),
        Loss::Rest(why) => breakage(why),
        Loss::NoContent | Loss::Checksum | Loss::Styles | Loss::Name(_) => {}
    }
}

fn breakage(breakage: &mut Breakage) {
    match breakage {
        Breakage::Told(text) => _ = cut(text, LONGEST_PATH),
        Breakage::Incomplete | Breakage::Names | Breakage::Checksum => {}
    }
}

fn refusal(fault: &mut Fault) {
    match fault {
        Fault::Unreadable(Unreadable::Broken(why)) => breakage(why),
        Fault::Unreadable(Unreadable::SameName(name) | Unreadable::Ambiguous(name)) => {
            _ = cut(name, LONGEST_PATH);
        }
        Fault::Limit(limit) => match limit {
            Limit::Cells { sheet: Some(sheet), most: _ }
            | Limit::Visited { sheet, most: _ }
            | Limit::Merges { sheet, most: _ }
            | Limit::Rules { sheet, most: _ } => _ = cut(sheet, LONGEST_NAME),
            Limit::File(_) | Limit::Parts(_) | Limit::Unpacked(_) => {}
            Limit::Text(_) | Limit::Texts { .. } => {}
            Limit::Cells { sheet: None, most: _ } => {}
        },
        Fault::Other(NoWorkbook::Archive { kind: _, inside }) => {
            inside.iter_mut().for_each(|name| _ = cut(name, LONGEST_PATH));
        }
        Fault::Unreadable(Unreadable::Panicked) | Fault::Encrypted => {}
        Fault::Other(NoWorkbook::Wrapped | NoWorkbook::Document(_)) => {}
    }
}

/// Cuts a text that has more characters than allowed, and says whether it did.
fn cut(text: &mut String, most: usize) -> bool {
    let Some((at, _)) = text.char_indices().nth(most) else { return false };
    text.truncate(at);
    text.push('…');
    // The room of a long text is given back.
    text.shrink_to_fit();
    true
}
