//! xlsx (ECMA-376, Office Open XML) → the workbook's sheets, with the texts and formats that they share.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use super::bounds::{LONGEST_STORED, LONGEST_TEXT, too_long};
use super::formula;
use super::package::{Parts, Piece, Xml};
use super::runs::Runs;
use super::shared::{Shared, Styles, Texts};
use super::sheet::{Count, Pass};
use super::styles::styles;
use super::{BookMarks, Breakage, Content, Damage, Fault, Limit, Limits, Loss, Trouble, WireBook, WireSheet};
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
        None => Texts::default(),
    };
    let styles = match by_kind("styles") {
        Some(target) => {
            let read = parts.xml(&target)?.map(styles).transpose();
            read.map_err(Fault::broken)?.unwrap_or_default()
        }
        None => Styles::default(),
    };
    let has_pictures = has_pictures(parts)?;
    let shared = Shared { texts, styles, is_1904: book.is_1904, names: book.names, has_pictures };
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
            Some(xml) => Pass::new(&shared, &mut count, limits).run(xml, &mut sheet)?,
            None => {
                sheet.troubles.push(Trouble { at: CellRef::new(0, 0), what: Loss::NoContent });
            }
        }
        sheets.push(sheet);
    }
    let marks = BookMarks { properties: properties(parts)?, footers: footers(&mut sheets) };
    let format = "xlsx".to_owned();
    Ok(Some(WireBook { format, program, is_linked: false, sheets, marks }))
}

/// Most custom properties that are taken, and most footers.
const MOST_MARKS: usize = 100;

/// The custom properties that hold a text; what cannot be read says nothing, as it decides about no value.
fn properties(parts: &mut Parts<'_>) -> Result<BTreeMap<String, String>, Fault> {
    let links = parts.links("")?;
    let linked = links.into_values().find(|link| link.kind == "custom-properties").map(|link| link.target);
    let place = linked.unwrap_or_else(|| "docProps/custom.xml".to_owned());
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let Some(xml) = parts.xml(&place)? else { return Ok(found) };
    let mut open: Option<(String, String)> = None;
    let read = xml.visit(|piece| {
        match piece {
            Piece::Start("property", with) => open = Some((with.get("name"), String::new())),
            Piece::End("property") => found.extend(open.take()),
            Piece::Text(text) => {
                if let Some((_, value)) = open.as_mut().filter(|(_, value)| value.len() < LONGEST_STORED) {
                    value.push_str(&text);
                }
            }
            _ => {}
        }
        found.len() < MOST_MARKS
    });
    Ok(read.map(|()| found).unwrap_or_default())
}

/// The footers of all sheets, each once.
fn footers(sheets: &mut [WireSheet]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for footer in sheets.iter_mut().flat_map(|sheet| std::mem::take(&mut sheet.footers)) {
        if found.len() < MOST_MARKS && !found.contains(&footer) {
            found.push(footer);
        }
    }
    found
}

#[derive(Default)]
struct Listing {
    sheets: Vec<Listed>,
    is_1904: bool,
    names: BTreeSet<String>,
}

struct Listed {
    name: String,
    visible: bool,
    link: String,
}

fn listing(xml: Xml<impl BufRead>) -> Result<Listing, Fault> {
    let mut listing = Listing::default();
    let mut name: Option<(String, String)> = None;
    let read = xml.visit(|piece| {
        match piece {
            Piece::Start("sheet", with) => listing.sheets.push(Listed {
                name: with.get("name"),
                visible: !matches!(with.get("state").as_str(), "hidden" | "veryHidden"),
                link: with.get("id"),
            }),
            // Extensions have an element of the same name, which says nothing of dates.
            Piece::Start("workbookPr", with) => listing.is_1904 |= with.is_true("date1904"),
            Piece::Start("definedName", with) => name = Some((with.get("name"), String::new())),
            Piece::End("definedName") => {
                let outside =
                    name.take().filter(|(_, place)| formula::looks_elsewhere(place, &BTreeSet::new()));
                listing.names.extend(outside.map(|(name, _)| name.to_ascii_lowercase()));
            }
            Piece::Text(text) => {
                if let Some((_, place)) = &mut name {
                    place.push_str(&text);
                }
            }
            _ => {}
        }
        true
    });
    read.map(|()| listing).map_err(Fault::broken)
}

/// What is kept of a text that is too long: it is damaged, and not empty.
const KEPT: &str = "…";

/// The texts that cells share; how a text is pronounced (`rPh`) is no part of it.
fn texts(xml: Xml<impl BufRead>, limits: &Limits) -> Result<Texts, Fault> {
    let mut texts = Texts::default();
    let (mut runs, mut in_text, mut spoken) = (Runs::default(), false, false);
    // The length of all texts, and that of those before the one that is read.
    let (mut total, mut before) = (0_usize, 0_usize);
    let fits = |count: usize, total: usize| count <= limits.texts && total <= limits.texts_mib << 20;
    let read = xml.visit(|piece| {
        match piece {
            // A text holds no elements.
            Piece::Start(name, _) if in_text => {
                texts.damaged.insert(texts.texts.len(), Damage::Malformed(format!("<{name}>")));
            }
            Piece::Start("t", _) => in_text = !spoken,
            Piece::End("t") => in_text = false,
            Piece::Start("rPh", _) => spoken = true,
            Piece::End("rPh") => spoken = false,
            Piece::End("si") => {
                let (mut text, look) = runs.finish();
                let place = texts.texts.len();
                // Cells copy it: of one that is too long no more is kept than is quoted.
                if let Some(Content::Damaged(damage)) = too_long(&text, LONGEST_TEXT) {
                    texts.damaged.entry(place).or_insert(damage);
                    text = KEPT.to_owned();
                }
                texts.looks.extend(look.map(|look| (place, look)));
                texts.texts.push(text);
                before = total;
            }
            Piece::Start(name, with) => runs.start(name, with),
            Piece::Text(text) if in_text => {
                if total - before <= LONGEST_STORED {
                    runs.push(&text);
                }
                total += text.len();
            }
            Piece::Unknown(name) if in_text => {
                texts.damaged.insert(texts.texts.len(), Damage::UnknownReference(name));
            }
            _ => {}
        }
        fits(texts.texts.len(), total)
    });
    // Texts behind a damage are missing; the cells that refer to them say so one by one. Of a part that has changed none is sure.
    sure(read)?;
    if fits(texts.texts.len(), total) {
        Ok(texts)
    } else {
        Err(Fault::Limit(Limit::Texts { count: limits.texts, mib: limits.texts_mib }))
    }
}

/// Passes over damage of a part that what uses it tells, but not over a wrong checksum: then nothing of the part is sure.
fn sure(read: Result<(), Breakage>) -> Result<(), Fault> {
    match read {
        Err(Breakage::Checksum) => Err(Fault::broken(Breakage::Checksum)),
        _ => Ok(()),
    }
}

/// Whether a cell whose error has a rich value holds a picture: the kinds of rich values say so. Without them a picture
/// is what such cells are mostly used for.
pub(super) fn has_pictures(parts: &mut Parts<'_>) -> Result<bool, Fault> {
    let Some(xml) = parts.xml("xl/richData/rdrichvaluestructure.xml")? else { return Ok(true) };
    let mut found = false;
    let read = xml.visit(|piece| {
        if let Piece::Start("s", with) = piece {
            found |= with.get("t").to_lowercase().contains("image");
        }
        true
    });
    Ok(found || read.is_err())
}

/// The program that saved the workbook, as it names itself.
pub(super) fn program(xml: Xml<impl BufRead>) -> Option<String> {
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
    use std::io::Write as _;

    use super::*;

    /// The sheet of a workbook with shared texts and rows given as XML.
    fn sheet(texts: &str, rows: &str) -> WireSheet {
        let relation = |kind: &str, target: &str| {
            format!("<Relationship Id=\"{kind}\" Type=\"r/{kind}\" Target=\"{target}\"/>")
        };
        let links = relation("worksheet", "sheet.xml") + &relation("sharedStrings", "texts.xml");
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, xml) in [
            ("_rels/.rels", format!("<a>{}</a>", relation("officeDocument", "xl/workbook.xml"))),
            ("xl/workbook.xml", "<a><sheet name=\"甲\" id=\"worksheet\"/></a>".to_owned()),
            ("xl/_rels/workbook.xml.rels", format!("<a>{links}</a>")),
            ("xl/texts.xml", format!("<sst>{texts}</sst>")),
            ("xl/sheet.xml", format!("<a><sheetData>{rows}</sheetData></a>")),
        ] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(xml.as_bytes()).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        let limits = Limits::default();
        let mut parts = Parts::open(&bytes, &limits).unwrap();
        read(&mut parts, &limits).unwrap().unwrap().sheets.remove(0)
    }

    #[test]
    fn an_unknown_reference_damages_the_cells_that_share_the_text() {
        let texts =
            "<si><t>市科技局&x;</t></si><si><t>甲&amp;乙</t></si><si><t>丙</t><rPh><t>&y;</t></rPh></si>";
        let cells = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c><c t=\"inlineStr\"><is><t>丁&z;</t></is></c></row>";
        let found: Vec<Content> = sheet(texts, cells).cells.into_iter().map(|cell| cell.2).collect();
        let damaged = |name: &str| Content::Damaged(Damage::UnknownReference(name.to_owned()));
        let text = |text: &str| Content::Text(text.to_owned());
        assert_eq!(found, [damaged("&x;"), text("甲&乙"), text("丙"), damaged("&z;")]);
    }
}
