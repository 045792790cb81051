//! Styles that are added behind those that a workbook has: no index of another one moves.

use super::archive::{Patched, XML};
use super::outline::{Edits, Outline, escaped};
use super::{Highlight, NewStyle, PatchRefusal, StyleAlign, StyleFont};

/// The namespace of spreadsheets.
pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
const FONT: &str = "宋体";
const LINES: u32 = 0x008C_8C8C;
/// The lists of a part with styles, in the order in which they stand.
const ORDER: [&str; 11] = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];

/// Adds styles of cells and of highlights, and gives the index of each.
///
/// # Errors
/// Fails when the part with styles is damaged.
pub(super) fn add(
    to: &mut Patched<'_>,
    cells: &[NewStyle],
    highlights: &[Highlight],
) -> Result<(Vec<usize>, Vec<usize>), PatchRefusal> {
    let book = to.book.clone();
    let part = match to.linked(&book, "styles")? {
        Some(part) => part,
        None => made(to, &book)?,
    };
    let (bytes, outline) = to.outline(&part, "")?.ok_or(PatchRefusal::Damaged)?;
    let p = outline.prefix.as_str();
    let mut lists = StyleLists { bytes: &bytes, outline: &outline, edits: Edits::default() };
    let fonts = distinct(cells.iter().map(|style| style.font));
    let fills = distinct(cells.iter().filter_map(|style| style.fill));
    let first_font = lists.grow("fonts", fonts.iter().map(|one| font(one, p)).collect())?;
    let first_fill = lists.grow("fills", fills.iter().map(|one| solid(*one, p)).collect())?;
    let border = lists.grow("borders", if cells.is_empty() { Vec::new() } else { vec![boxed(p)] })?;
    if outline.child("cellStyleXfs").is_none() && !cells.is_empty() {
        lists.begin("cellStyleXfs", &[])?;
    }
    let place = |list: &[StyleFont], one: &StyleFont| list.iter().position(|other| other == one).unwrap_or(0);
    let format = |style: &NewStyle| {
        let font = first_font + place(&fonts, &style.font);
        let fill = style
            .fill
            .map_or(0, |one| first_fill + fills.iter().position(|other| *other == one).unwrap_or(0));
        let border = if style.boxed { border } else { 0 };
        let side = match style.align {
            StyleAlign::Left => "left",
            StyleAlign::Middle => "center",
        };
        let (wraps, locked) = (u8::from(style.wraps), u8::from(!style.unlocked));
        format!(
            "<{p}xf numFmtId=\"{}\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\" applyProtection=\"1\"><{p}alignment horizontal=\"{side}\" vertical=\"center\" wrapText=\"{wraps}\"/><{p}protection locked=\"{locked}\"/></{p}xf>",
            if style.typed { TEXT } else { 0 },
        )
    };
    let first_cell = lists.grow("cellXfs", cells.iter().map(format).collect())?;
    let first_highlight = lists.grow("dxfs", highlights.iter().map(|one| dxf(*one, p)).collect())?;
    let StyleLists { edits, .. } = lists;
    to.edit(&part, &bytes, edits)?;
    let from = |first: usize, count: usize| (first..first + count).collect();
    Ok((from(first_cell, cells.len()), from(first_highlight, highlights.len())))
}

/// The format of texts.
const TEXT: u32 = 49;

/// A part with styles, for a workbook that has none.
fn made(to: &mut Patched<'_>, book: &str) -> Result<String, PatchRefusal> {
    let folder = book.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let part = format!("{folder}styles.xml");
    if to.bytes(&part)?.is_some() {
        return Err(PatchRefusal::Damaged);
    }
    to.put(&part, format!("{XML}<styleSheet xmlns=\"{MAIN}\"></styleSheet>").into_bytes());
    to.relate(book, "styles", &part)?;
    to.typed(&part, TYPE)?;
    Ok(part)
}

fn distinct<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut found: Vec<T> = Vec::new();
    all.for_each(|one| {
        if !found.contains(&one) {
            found.push(one);
        }
    });
    found
}

/// The lists of a part with styles, while they grow.
struct StyleLists<'a> {
    bytes: &'a [u8],
    outline: &'a Outline,
    edits: Edits,
}

impl StyleLists<'_> {
    /// Adds entries at the end of a list, which is made with its first entries where there is none; gives the index of the first.
    fn grow(&mut self, list: &str, entries: Vec<String>) -> Result<usize, PatchRefusal> {
        if entries.is_empty() {
            return Ok(0);
        }
        let outline = self.outline;
        let found = outline.child(list).map(|found| (found, outline.children(found).count()));
        let Some((found, before)) = found.filter(|(_, before)| *before > 0) else {
            return self.begin(list, &entries);
        };
        self.edits.insert(found.close.start, entries.concat());
        if found.attribute("count").is_some() {
            self.edits.set(found, self.bytes, "count", &(before + entries.len()).to_string());
        }
        Ok(before)
    }

    /// A list that was not there or empty, in its place among the others.
    fn begin(&mut self, list: &str, entries: &[String]) -> Result<usize, PatchRefusal> {
        let outline = self.outline;
        let root = outline.root().ok_or(PatchRefusal::Damaged)?;
        let p = &outline.prefix;
        let first = first_entries(list, p);
        let all = [first.clone(), entries.to_vec()].concat();
        let made = format!("<{p}{list} count=\"{}\">{}</{p}{list}>", all.len(), all.concat());
        if let Some(empty) = outline.child(list) {
            self.edits.replace(empty.whole(), made);
            return Ok(first.len());
        }
        let own = ORDER.iter().position(|one| *one == list).unwrap_or(0);
        let behind = outline
            .children(root)
            .find(|child| ORDER.iter().position(|one| *one == child.name).is_none_or(|place| place > own));
        match behind {
            Some(behind) => self.edits.insert(behind.open.start, made),
            None => self.edits.append(root, self.bytes, &made),
        }
        Ok(first.len())
    }
}

/// What a list begins with when nobody has said anything: cells and formats name it without asking.
fn first_entries(list: &str, p: &str) -> Vec<String> {
    match list {
        "fonts" => vec![format!("<{p}font><{p}sz val=\"11\"/><{p}name val=\"{FONT}\"/></{p}font>")],
        "fills" => ["none", "gray125"]
            .map(|kind| format!("<{p}fill><{p}patternFill patternType=\"{kind}\"/></{p}fill>"))
            .to_vec(),
        "borders" => {
            let sides = ["left", "right", "top", "bottom", "diagonal"].map(|side| format!("<{p}{side}/>"));
            vec![format!("<{p}border>{}</{p}border>", sides.concat())]
        }
        "cellStyleXfs" | "cellXfs" => {
            vec![format!("<{p}xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>")]
        }
        "dxfs" => vec![format!("<{p}dxf/>")],
        _ => Vec::new(),
    }
}

fn font(font: &StyleFont, p: &str) -> String {
    let StyleFont { name, size, bold, underlined, colour } = font;
    let bold = if *bold { format!("<{p}b/>") } else { String::new() };
    let line = if *underlined { format!("<{p}u/>") } else { String::new() };
    let colour = colour.map_or_else(String::new, |colour| format!("<{p}color rgb=\"FF{colour:06X}\"/>"));
    let name = escaped(name);
    format!("<{p}font>{bold}{line}<{p}sz val=\"{size}\"/>{colour}<{p}name val=\"{name}\"/></{p}font>")
}

fn solid(colour: u32, p: &str) -> String {
    format!(
        "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"FF{colour:06X}\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
    )
}

fn boxed(p: &str) -> String {
    let side =
        |side: &str| format!("<{p}{side} style=\"thin\"><{p}color rgb=\"FF{LINES:06X}\"/></{p}{side}>");
    let sides = ["left", "right", "top", "bottom"].map(side);
    format!("<{p}border>{}<{p}diagonal/></{p}border>", sides.concat())
}

fn dxf(look: Highlight, p: &str) -> String {
    let Highlight { fill, colour, bold } = look;
    let bold = if bold { format!("<{p}b/>") } else { String::new() };
    let colour = colour.map_or_else(String::new, |colour| format!("<{p}color rgb=\"FF{colour:06X}\"/>"));
    let font = if bold.is_empty() && colour.is_empty() {
        String::new()
    } else {
        format!("<{p}font>{bold}{colour}</{p}font>")
    };
    format!(
        "<{p}dxf>{font}<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"FF{fill:06X}\"/><{p}bgColor rgb=\"FF{fill:06X}\"/></{p}patternFill></{p}fill></{p}dxf>"
    )
}
