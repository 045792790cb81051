//! xlsx (ECMA-376, Office Open XML) → the workbook's sheets, with the texts and formats that they share.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::format::{self, Display};
use super::package::{Parts, Piece, Xml};
use super::sheet::{Count, Pass};
use super::{Fault, Limits, Trouble, WireBook, WireSheet};
use crate::ident::CellRef;

/// Reads an xlsx workbook; `None` when the archive holds none.
///
/// # Errors
/// Fails with a reason in words when the workbook as a whole cannot be read.
pub(super) fn read(parts: &mut Parts<'_>, limits: &Limits) -> Result<Option<WireBook>, Fault> {
    let Some(place) = parts.workbook()? else { return Ok(None) };
    let links = parts.links(&place)?;
    let Some(book) = parts.xml(&place)?.map(listing).transpose()? else { return Ok(None) };
    let by_kind = |kind: &str| links.values().find(|link| link.kind == kind).map(|link| link.target.clone());
    let texts = match by_kind("sharedStrings") {
        Some(target) => parts.xml(&target)?.map(|xml| texts(xml, limits)).transpose()?.unwrap_or_default(),
        None => Vec::new(),
    };
    let displays = match by_kind("styles") {
        Some(target) => parts.xml(&target)?.map(displays).unwrap_or_default(),
        None => Vec::new(),
    };
    let program = parts.xml("docProps/app.xml")?.and_then(program);
    let mut sheets = Vec::new();
    let mut count = Count::default();
    for listed in book.sheets {
        let link = links.get(&listed.link);
        // Charts, dialogs and macros hold no cells that count.
        if link.is_some_and(|link| link.kind != "worksheet") {
            continue;
        }
        let mut sheet = WireSheet { name: listed.name, visible: listed.visible, ..WireSheet::default() };
        match link.map(|link| parts.xml(&link.target)).transpose()?.flatten() {
            Some(xml) => {
                Pass::new(&texts, &displays, book.is_1904, &mut count, limits).run(xml, &mut sheet)?
            }
            None => {
                let what = "工作表的内容缺失".to_owned();
                sheet.troubles.push(Trouble { at: CellRef::new(0, 0), what });
            }
        }
        sheets.push(sheet);
    }
    let format = "xlsx".to_owned();
    Ok(Some(WireBook { format, program, is_reduced: false, is_linked: false, sheets }))
}

#[derive(Default)]
struct Listing {
    sheets: Vec<Listed>,
    is_1904: bool,
}

struct Listed {
    name: String,
    visible: bool,
    link: String,
}

fn listing(xml: Xml<impl BufRead>) -> Result<Listing, Fault> {
    let mut listing = Listing::default();
    let read = xml.visit(|piece| {
        match piece {
            Piece::Start("sheet", with) => listing.sheets.push(Listed {
                name: with.get("name"),
                visible: !matches!(with.get("state").as_str(), "hidden" | "veryHidden"),
                link: with.get("id"),
            }),
            Piece::Start("workbookPr", with) => listing.is_1904 = with.is_true("date1904"),
            _ => {}
        }
        true
    });
    read.map(|()| listing).map_err(|error| Fault::damaged(&error))
}

/// The texts that cells share; how a text is pronounced (`rPh`) is no part of it.
fn texts(xml: Xml<impl BufRead>, limits: &Limits) -> Result<Vec<String>, Fault> {
    let mut texts = Vec::new();
    let (mut current, mut in_text, mut spoken, mut total) = (String::new(), false, false, 0_usize);
    let fits = |count: usize, total: usize| count <= limits.texts && total <= limits.texts_mib << 20;
    let read = xml.visit(|piece| {
        match piece {
            Piece::Start("t", _) => in_text = !spoken,
            Piece::End("t") => in_text = false,
            Piece::Start("rPh", _) => spoken = true,
            Piece::End("rPh") => spoken = false,
            Piece::End("si") => texts.push(unescaped(&std::mem::take(&mut current))),
            Piece::Text(text) if in_text => {
                total += text.len();
                current.push_str(&text);
            }
            Piece::Unknown(text) if in_text => current.push_str(&text),
            _ => {}
        }
        fits(texts.len(), total)
    });
    // Texts behind a damage are missing; the cells that refer to them say so one by one.
    drop(read);
    if fits(texts.len(), total) {
        Ok(texts)
    } else {
        Err(Fault::Limit(format!("共用文字超过{}条或{} MiB", limits.texts, limits.texts_mib)))
    }
}

/// `_x000D_` stands for a character that XML cannot hold.
pub(super) fn unescaped(text: &str) -> String {
    let mut parts = text.split("_x");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..4).filter(|_| part.get(4..5) == Some("_"));
        let c = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match c {
            Some(c) => {
                whole.push(c);
                whole.push_str(part.get(5..).unwrap_or_default());
            }
            None => {
                whole.push_str("_x");
                whole.push_str(part);
            }
        }
    }
    whole
}

/// What each cell style does to a number.
fn displays(xml: Xml<impl BufRead>) -> Vec<Display> {
    let mut own = BTreeMap::new();
    let mut displays = Vec::new();
    let mut in_cells = false;
    let read = xml.visit(|piece| {
        match piece {
            Piece::Start("numFmt", with) => {
                own.insert(with.get("numFmtId"), format::display(&with.get("formatCode")));
            }
            Piece::Start("cellXfs", _) => in_cells = true,
            Piece::End("cellXfs") => in_cells = false,
            Piece::Start("xf", with) if in_cells => {
                let id = with.get("numFmtId");
                let builtin = || format::builtin(id.parse().unwrap_or(0));
                displays.push(own.get(&id).copied().unwrap_or_else(builtin));
            }
            _ => {}
        }
        true
    });
    // Styles behind a damage are plain: numbers are taken as they are stored.
    drop(read);
    displays
}

fn program(xml: Xml<impl BufRead>) -> Option<String> {
    let mut name = None;
    let mut inside = false;
    let read = xml.visit(|piece| {
        match piece {
            Piece::Start("Application", _) => inside = true,
            Piece::End("Application") => inside = false,
            Piece::Text(text) if inside => name = Some(text.into_owned()),
            _ => {}
        }
        true
    });
    read.ok().and(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_characters_are_restored() {
        for (text, expected) in
            [("a_x000A_b", "a\nb"), ("_x5408_计", "合计"), ("a_xyz", "a_xyz"), ("_x000", "_x000")]
        {
            assert_eq!(unescaped(text), expected);
        }
    }
}
