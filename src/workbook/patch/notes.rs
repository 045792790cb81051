//! Notes (批注) on cells: what is added to the comments of a sheet and to the shapes in which they are shown. A cell that has a note keeps it.

use std::collections::BTreeSet;

use super::archive::{PartLink, Patched, RELATIONS, XML};
use super::outline::{Edits, Element, Outline, escaped, text_in};
use super::styles::MAIN;
use super::{CellMark, PatchRefusal};
use crate::ident::CellRef;
use crate::workbook::address::address;

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const SHAPES_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
/// The names by which the shapes of notes call their namespaces; shapes that call them otherwise are left alone.
const SPACES: [&str; 3] = [
    "xmlns:v=\"urn:schemas-microsoft-com:vml\"",
    "xmlns:o=\"urn:schemas-microsoft-com:office:office\"",
    "xmlns:x=\"urn:schemas-microsoft-com:office:excel\"",
];
/// The kind of shape that notes have.
const SHAPE_TYPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";
/// Numbers of shapes in a block; each sheet has blocks of its own.
const BLOCK: usize = 1024;
/// Characters of a line of a note, for the height of its shape.
const LINE: usize = 20;
const FONT: &str = "宋体";

/// A sheet whose notes are added and taken away.
pub(super) struct NotedSheet<'a> {
    /// Its part.
    pub(super) part: &'a str,
    pub(super) outline: &'a Outline,
    /// What our notes begin with.
    pub(super) author: &'a str,
}

/// What became of the notes of a sheet.
#[derive(Default)]
pub(super) struct NotesMade {
    /// What is to be put into the sheet, where shapes have a part that is new.
    pub(super) shapes: Option<String>,
    /// Cells that have a note of their own, or for which none could be added.
    pub(super) without: Vec<CellRef>,
}

/// The drawing with the shapes of a sheet's notes, as it was.
enum Drawing {
    /// There is none yet.
    None,
    /// Its part and its text.
    Known(String, String),
    /// Shapes of a kind that is not known, or no part: they are left alone, and then there is no place for a note.
    Other,
}

/// Takes away the notes that we have put there before, and adds those of the marks.
///
/// # Errors
/// Fails when the comments of the sheet are damaged.
pub(super) fn put(
    to: &mut Patched<'_>,
    sheet: &NotedSheet<'_>,
    marks: &[&CellMark],
) -> Result<NotesMade, PatchRefusal> {
    let mut made = NotesMade::default();
    let links = to.links(sheet.part)?;
    let drawing = drawing(to, sheet, &links)?;
    if matches!(drawing, Drawing::Other) {
        made.without = marks.iter().map(|mark| mark.at).collect();
        return Ok(made);
    }
    let comments = links.iter().find(|link| link.kind == "comments").map(|link| link.target.clone());
    let (own, others) = noted(to, comments.as_deref(), sheet.author)?;
    let (fresh, kept): (Vec<&&CellMark>, Vec<&&CellMark>) =
        marks.iter().partition(|mark| !others.contains(&mark.at));
    made.without = kept.iter().map(|mark| mark.at).collect();
    if fresh.is_empty() && own.is_empty() {
        return Ok(made);
    }
    write_comments(to, sheet, comments.as_deref(), &fresh)?;
    made.shapes = draw(to, sheet, drawing, &own, &fresh)?;
    Ok(made)
}

fn drawing(
    of: &mut Patched<'_>,
    sheet: &NotedSheet<'_>,
    links: &[PartLink],
) -> Result<Drawing, PatchRefusal> {
    let Some(drawn) = sheet.outline.child("legacyDrawing") else { return Ok(Drawing::None) };
    let Some(link) = links.iter().find(|link| link.id == drawn.value("id")) else {
        return Ok(Drawing::Other);
    };
    let text = of.bytes(&link.target)?.and_then(|bytes| String::from_utf8(bytes).ok());
    let is_known = |text: &String| SPACES.iter().all(|space| text.contains(space)) && text.contains("</xml>");
    Ok(text.filter(is_known).map_or(Drawing::Other, |text| Drawing::Known(link.target.clone(), text)))
}

/// The cells that have a note of ours, and those that have another one.
fn noted(
    of: &mut Patched<'_>,
    comments: Option<&str>,
    author: &str,
) -> Result<(BTreeSet<CellRef>, BTreeSet<CellRef>), PatchRefusal> {
    let (mut own, mut others) = (BTreeSet::new(), BTreeSet::new());
    let known = comments.map(|part| of.outline(part, "")).transpose()?.flatten();
    if let Some((bytes, outline)) = &known {
        for note in outline.named("comment") {
            let Some(at) = address(note.value("ref")) else { continue };
            let is_own = text_in(bytes, note.open.end..note.close.start).starts_with(author);
            if is_own {
                own.insert(at)
            } else {
                others.insert(at)
            };
        }
    }
    Ok((own, others))
}

/// Draws the shapes of notes; gives what is to be put into the sheet where their part is new.
fn draw(
    to: &mut Patched<'_>,
    sheet: &NotedSheet<'_>,
    drawing: Drawing,
    own: &BTreeSet<CellRef>,
    fresh: &[&&CellMark],
) -> Result<Option<String>, PatchRefusal> {
    if let Drawing::Known(part, text) = drawing {
        let text = with_shapes(&without_shapes(&text, own), fresh).ok_or(PatchRefusal::Damaged)?;
        to.put(&part, text.into_bytes());
        return Ok(None);
    }
    let (block, spaces) = (next_block(to)?, SPACES.join(" "));
    let empty = format!(
        "<xml {spaces}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{block}\"/></o:shapelayout></xml>"
    );
    let text = with_shapes(&empty, fresh).ok_or(PatchRefusal::Damaged)?;
    let part = to.free("xl/drawings/vmlDrawing", ".vml");
    to.put(&part, text.into_bytes());
    to.typed_by_ending("vml", SHAPES_TYPE)?;
    let id = to.relate(sheet.part, "vmlDrawing", &part)?;
    let p = &sheet.outline.prefix;
    let bound = sheet.outline.root().and_then(|root| root.prefix_of(RELATIONS));
    Ok(Some(match bound {
        Some(r) => format!("<{p}legacyDrawing {r}id=\"{id}\"/>"),
        None => format!("<{p}legacyDrawing xmlns:r=\"{RELATIONS}\" r:id=\"{id}\"/>"),
    }))
}

fn write_comments(
    to: &mut Patched<'_>,
    sheet: &NotedSheet<'_>,
    part: Option<&str>,
    fresh: &[&&CellMark],
) -> Result<(), PatchRefusal> {
    let part = match part {
        Some(part) => part.to_owned(),
        None => {
            let part = to.free("xl/comments", ".xml");
            let empty = format!(
                "{XML}<comments xmlns=\"{MAIN}\"><authors></authors><commentList></commentList></comments>"
            );
            to.put(&part, empty.into_bytes());
            to.relate(sheet.part, "comments", &part)?;
            to.typed(&part, COMMENTS_TYPE)?;
            part
        }
    };
    let (bytes, outline) = to.outline(&part, "")?.ok_or(PatchRefusal::Damaged)?;
    let (authors, list) = (outline.child("authors"), outline.child("commentList"));
    let (Some(authors), Some(list)) = (authors, list) else { return Err(PatchRefusal::Damaged) };
    let p = &outline.prefix;
    let mut edits = Edits::default();
    let is_own = |note: &&Element| text_in(&bytes, note.open.end..note.close.start).starts_with(sheet.author);
    for note in outline.named("comment").filter(is_own) {
        edits.replace(note.whole(), "");
    }
    let name = sheet.author.trim_end_matches(['：', '\n']);
    let names: Vec<String> =
        outline.children(authors).map(|one| text_in(&bytes, one.open.end..one.close.start)).collect();
    let place = names.iter().position(|one| one == name);
    if place.is_none() && !fresh.is_empty() {
        edits.append(authors, &bytes, &format!("<{p}author>{}</{p}author>", escaped(name)));
    }
    let author = place.unwrap_or(names.len());
    let notes: Vec<String> = fresh.iter().map(|mark| note(mark, author, sheet.author, p)).collect();
    if !notes.is_empty() {
        edits.append(list, &bytes, &notes.concat());
    }
    to.edit(&part, &bytes, edits)
}

fn note(mark: &CellMark, author: usize, begin: &str, p: &str) -> String {
    let run = |bold: &str, text: &str| {
        let text = escaped(text);
        format!(
            "<{p}r><{p}rPr>{bold}<{p}sz val=\"9\"/><{p}rFont val=\"{FONT}\"/><{p}charset val=\"134\"/></{p}rPr><{p}t xml:space=\"preserve\">{text}</{p}t></{p}r>"
        )
    };
    let (at, head, body) = (mark.at, run(&format!("<{p}b/>"), &format!("{begin}\n")), run("", &mark.note));
    format!("<{p}comment ref=\"{at}\" authorId=\"{author}\"><{p}text>{head}{body}</{p}text></{p}comment>")
}

/// A block of numbers that no drawing of the workbook has.
fn next_block(to: &mut Patched<'_>) -> Result<usize, PatchRefusal> {
    let mut last = 0;
    for name in to.named("", ".vml") {
        let Some(text) = to.bytes(&name)?.and_then(|bytes| String::from_utf8(bytes).ok()) else { continue };
        for part in text.split("<o:idmap ").skip(1) {
            let data = part.split('>').next().and_then(|tag| tag.split("data=\"").nth(1));
            let blocks = data.and_then(|data| data.split('"').next()).unwrap_or_default().split(',');
            last = blocks.filter_map(|block| block.trim().parse().ok()).fold(last, usize::max);
        }
    }
    Ok(last + 1)
}

/// The drawing without the shapes of notes of some cells.
fn without_shapes(text: &str, of: &BTreeSet<CellRef>) -> String {
    const END: &str = "</v:shape>";
    if of.is_empty() {
        return text.to_owned();
    }
    let (mut made, mut rest) = (String::new(), text);
    while let Some(start) = rest.find("<v:shape ") {
        let Some(end) = rest.get(start..).and_then(|from| from.find(END)).map(|at| start + at + END.len())
        else {
            break;
        };
        let shape = rest.get(start..end).unwrap_or_default();
        let number = |name: &str| -> Option<u32> {
            let behind = shape.split(&format!("<x:{name}>")).nth(1)?;
            behind.split('<').next()?.trim().parse().ok()
        };
        let at = number("Row").zip(number("Column")).map(|(row, column)| CellRef::new(row, column));
        let is_note = shape.contains("ObjectType=\"Note\"");
        let is_own = is_note && at.is_some_and(|at| of.contains(&at));
        made.push_str(rest.get(..if is_own { start } else { end }).unwrap_or_default());
        rest = rest.get(end..).unwrap_or_default();
    }
    made.push_str(rest);
    made
}

/// The drawing with a shape for each note.
fn with_shapes(text: &str, marks: &[&&CellMark]) -> Option<String> {
    if marks.is_empty() {
        return Some(text.to_owned());
    }
    let at = text.rfind("</xml>")?;
    let block = text.split("<o:idmap ").nth(1).and_then(|tag| tag.split("data=\"").nth(1));
    let block =
        block.and_then(|data| data.split(['"', ',']).next()).and_then(|data| data.trim().parse().ok());
    let numbers = text.split("id=\"_x0000_s").skip(1);
    let last = numbers.filter_map(|rest| rest.split('"').next()?.parse::<usize>().ok()).max();
    let last = last.unwrap_or(0).max(block.unwrap_or(1_usize).checked_mul(BLOCK)?);
    let shapes = (1..).zip(marks).map(|(place, mark)| shape(mark, last + place, place));
    let kind = if text.contains("id=\"_x0000_t202\"") { "" } else { SHAPE_TYPE };
    let shapes: String = shapes.collect();
    Some([text.get(..at)?, kind, &shapes, text.get(at..)?].concat())
}

fn shape(mark: &CellMark, number: usize, place: usize) -> String {
    let lines: usize = mark.note.lines().map(|line| 1 + line.chars().count() / LINE).sum::<usize>() + 1;
    let CellRef { row, column } = mark.at;
    let (left, top, height) = (column + 1, row.saturating_sub(1), 14 * lines);
    let (right, bottom) = (left + 3, usize::try_from(top).unwrap_or(0) + lines.max(4));
    format!(
        "<v:shape id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:80pt;margin-top:5pt;width:220pt;height:{height}pt;z-index:{place};visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 10, {right}, 31, {bottom}, 9</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_shapes_of_our_own_notes_are_taken_away() {
        let mark = |cell: &str| CellMark {
            sheet: String::new(),
            at: address(cell).unwrap(),
            is_grave: true,
            note: "一\n二".to_owned(),
        };
        let empty = format!("<xml {}><o:idmap v:ext=\"edit\" data=\"3\"/></xml>", SPACES.join(" "));
        let (first, second) = (mark("C3"), mark("E7"));
        let one = with_shapes(&empty, &[&&first]).unwrap();
        assert!(one.contains("id=\"_x0000_s3073\"") && one.ends_with("</v:shape></xml>"), "{one}");
        let two = with_shapes(&one, &[&&second]).unwrap();
        assert!(two.contains("id=\"_x0000_s3074\"") && two.matches("<v:shapetype").count() == 1, "{two}");
        assert_eq!(without_shapes(&two, &[second.at].into()), one);
        assert_eq!(without_shapes(&two, &BTreeSet::new()), two);
        assert_eq!(with_shapes("<xml>", &[&&first]), None);
    }
}
