//! A sheet that is added to a workbook, as data, and its XML.

use std::collections::BTreeMap;

use super::archive::{RELATIONS, XML};
use super::outline::escaped;
use super::styles::MAIN;
use super::{Highlight, NewStyle};
use crate::ident::CellRef;
use crate::workbook::Area;

/// A sheet that is added behind those that there are.
#[derive(Debug, Clone)]
pub struct NewSheet {
    /// Its name; where there is a sheet of this name, a number is put behind it.
    pub name: String,
    /// Its rows, from the first on.
    pub rows: Vec<NewRow>,
    /// Widths of the columns, from the first on, in characters.
    pub widths: Vec<u32>,
    /// Cells that are one.
    pub merges: Vec<Area>,
    /// How many rows at the top stay where they are.
    pub frozen: u32,
    /// The cell that is chosen when the sheet is opened.
    pub begin: CellRef,
    /// What may be entered.
    pub rules: Vec<NewRule>,
    /// Cells that lead to a place of the workbook: the place as `'指标'!E7`, and what is shown of it.
    pub links: Vec<(CellRef, String, String)>,
    /// Cells that stand out while a formula holds, which is written for the first of them.
    pub highlights: Vec<(Area, String, Highlight)>,
    /// What stands at the foot of each page, with its commands.
    pub footer: String,
}

/// A row.
#[derive(Debug, Clone, Default)]
pub struct NewRow {
    /// Its height in points.
    pub height: u32,
    /// Its cells from left to right.
    pub cells: Vec<NewCell>,
}

/// A cell.
#[derive(Debug, Clone)]
pub struct NewCell {
    /// The column, from zero.
    pub column: u32,
    /// How it looks.
    pub style: NewStyle,
    /// What it holds.
    pub holds: NewContent,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewContent {
    /// Nothing.
    Nothing,
    /// A text.
    Text(String),
    /// A number, in digits.
    Number(String),
    /// A formula without `=`, and its result, which is a text or a number.
    Formula(String, Box<NewContent>),
}

/// What may be entered into cells.
#[derive(Debug, Clone)]
pub struct NewRule {
    /// Into which.
    pub area: Area,
    /// What.
    pub allowed: NewAllowed,
    /// Title and text of the refusal.
    pub refusal: (String, String),
    /// Title and text of what is said when a cell is chosen; empty for nothing.
    pub prompt: (String, String),
}

/// What may be entered.
#[derive(Debug, Clone)]
pub enum NewAllowed {
    /// One of some words, which hold no comma.
    Words(Vec<String>),
    /// A text of no more characters.
    Length(u32),
}

impl NewSheet {
    /// The styles of its cells, each once.
    pub(super) fn styles(&self) -> Vec<NewStyle> {
        let mut found: Vec<NewStyle> = Vec::new();
        for cell in self.rows.iter().flat_map(|row| &row.cells) {
            if !found.contains(&cell.style) {
                found.push(cell.style);
            }
        }
        found
    }

    /// Its XML, with the indices of its styles and of its highlights.
    pub(super) fn xml(&self, styles: &BTreeMap<NewStyle, usize>, looks: &[usize]) -> String {
        let last = CellRef::new(
            u32::try_from(self.rows.len()).unwrap_or(u32::MAX).saturating_sub(1),
            u32::try_from(self.widths.len()).unwrap_or(u32::MAX).saturating_sub(1),
        );
        let columns = (1..).zip(&self.widths).map(|(place, width): (u32, &u32)| {
            format!("<col min=\"{place}\" max=\"{place}\" width=\"{width}.7109375\" customWidth=\"1\"/>")
        });
        let rows = (0..).zip(&self.rows).map(|(place, row)| row.xml(place, styles));
        let merges: Vec<String> =
            self.merges.iter().map(|area| format!("<mergeCell ref=\"{}\"/>", words(area))).collect();
        let merges = match merges.len() {
            0 => String::new(),
            count => format!("<mergeCells count=\"{count}\">{}</mergeCells>", merges.concat()),
        };
        let mut made = format!(
            "{XML}<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheetPr><tabColor rgb=\"FFC00000\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr><dimension ref=\"A1:{last}\"/>"
        );
        made += &self.view();
        made += "<sheetFormatPr defaultRowHeight=\"15\"/><cols>";
        made.extend(columns);
        made += "</cols><sheetData>";
        made.extend(rows);
        made += "</sheetData><sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\" formatCells=\"0\" formatColumns=\"0\" formatRows=\"0\"/>";
        made += &merges;
        made.extend(self.highlights.iter().zip(looks).zip(1..).map(|(((area, formula, _), look), priority): (_, u32)| {
            let (area, formula) = (words(area), escaped(formula));
            format!(
                "<conditionalFormatting sqref=\"{area}\"><cfRule type=\"expression\" dxfId=\"{look}\" priority=\"{priority}\"><formula>{formula}</formula></cfRule></conditionalFormatting>"
            )
        }));
        if !self.rules.is_empty() {
            let rules: String = self.rules.iter().map(NewRule::xml).collect();
            made += &format!("<dataValidations count=\"{}\">{rules}</dataValidations>", self.rules.len());
        }
        if !self.links.is_empty() {
            let link = |(at, place, shown): &(CellRef, String, String)| {
                format!(
                    "<hyperlink ref=\"{at}\" location=\"{}\" display=\"{}\"/>",
                    escaped(place),
                    escaped(shown)
                )
            };
            let links: String = self.links.iter().map(link).collect();
            made += &format!("<hyperlinks>{links}</hyperlinks>");
        }
        let footer = escaped(&self.footer);
        made += &format!(
            "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/><headerFooter><oddFooter>{footer}</oddFooter></headerFooter></worksheet>"
        );
        made
    }

    fn view(&self) -> String {
        let (frozen, begin) = (self.frozen, self.begin);
        let pane = match frozen {
            0 => format!("<selection activeCell=\"{begin}\" sqref=\"{begin}\"/>"),
            _ => {
                let top = CellRef::new(frozen, 0);
                format!(
                    "<pane ySplit=\"{frozen}\" topLeftCell=\"{top}\" activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\" activeCell=\"{begin}\" sqref=\"{begin}\"/>"
                )
            }
        };
        format!(
            "<sheetViews><sheetView showGridLines=\"0\" tabSelected=\"1\" workbookViewId=\"0\">{pane}</sheetView></sheetViews>"
        )
    }
}

impl NewRow {
    fn xml(&self, place: u32, styles: &BTreeMap<NewStyle, usize>) -> String {
        let cells = self.cells.iter().map(|cell| {
            let at = CellRef::new(place, cell.column);
            let style = styles.get(&cell.style).copied().unwrap_or(0);
            match &cell.holds {
                NewContent::Nothing => format!("<c r=\"{at}\" s=\"{style}\"/>"),
                NewContent::Number(digits) => format!("<c r=\"{at}\" s=\"{style}\"><v>{}</v></c>", escaped(digits)),
                NewContent::Text(text) => format!(
                    "<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    escaped(text)
                ),
                NewContent::Formula(formula, result) => {
                    let (kind, result) = match result.as_ref() {
                        NewContent::Number(digits) => ("", digits.as_str()),
                        NewContent::Text(text) => (" t=\"str\"", text.as_str()),
                        NewContent::Nothing | NewContent::Formula(..) => (" t=\"str\"", ""),
                    };
                    let (formula, result) = (escaped(formula), escaped(result));
                    format!("<c r=\"{at}\" s=\"{style}\"{kind}><f>{formula}</f><v>{result}</v></c>")
                }
            }
        });
        let cells: String = cells.collect();
        format!("<row r=\"{}\" ht=\"{}\" customHeight=\"1\">{cells}</row>", place + 1, self.height)
    }
}

impl NewRule {
    fn xml(&self) -> String {
        let area = words(&self.area);
        let (kind, formula) = match &self.allowed {
            NewAllowed::Words(all) => ("type=\"list\"".to_owned(), format!("\"{}\"", all.join(","))),
            NewAllowed::Length(most) => {
                ("type=\"textLength\" operator=\"lessThanOrEqual\"".to_owned(), most.to_string())
            }
        };
        let (title, text) = (escaped(&self.refusal.0), escaped(&self.refusal.1));
        let prompt = match (&self.prompt.0, &self.prompt.1) {
            (_, text) if text.is_empty() => String::new(),
            (title, text) => format!(
                " showInputMessage=\"1\" promptTitle=\"{}\" prompt=\"{}\"",
                escaped(title),
                escaped(text)
            ),
        };
        format!(
            "<dataValidation {kind} allowBlank=\"1\" showErrorMessage=\"1\" errorTitle=\"{title}\" error=\"{text}\"{prompt} sqref=\"{area}\"><formula1>{}</formula1></dataValidation>",
            escaped(&formula)
        )
    }
}

/// An area as spreadsheets write it.
fn words(area: &Area) -> String {
    if area.first == area.last { area.first.to_string() } else { format!("{}:{}", area.first, area.last) }
}
