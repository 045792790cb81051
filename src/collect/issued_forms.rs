//! The forms that were issued to the units of a city, as far as what comes back is held against them: headings, rows, and what a clerk does not fill in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::text::clean;
use crate::error::RunError;
use crate::finding::Object;
use crate::ident::CellRef;
use crate::inputs::Inputs;
use crate::plan::{ISSUED_FOLDER, IssuedForms};
use crate::workbook::{Book, Pool, Sheet};

/// The two first headings of the tables of a form.
const ANCHORS: [[&str; 2]; 2] = [["序号", "指标名称"], ["任务编号", "任务"]];
/// Headings over what the form says and a clerk does not alter, beside number and name; a target has its year before it.
const GIVEN: [&str; 4] = ["口径和出处", "计量单位", "任务原文", "责任单位"];
const TARGET: &str = "目标值";
/// The heading over what a formula of the form says of its row.
const CHECK: &str = "自查";

/// A table of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FormTable {
    /// The sheet.
    pub(super) sheet: String,
    /// The row of headings.
    pub(super) head: u32,
    /// The headings with their columns, from left to right.
    pub(super) heads: Vec<(u32, String)>,
    /// Its rows, from top to bottom.
    pub(super) rows: Vec<FormRow>,
    /// All texts of its first two columns below the headings, sections and notes among them.
    pub(super) labels: Vec<String>,
}

/// A row of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FormRow {
    /// Its row on the sheet.
    pub(super) at: u32,
    /// What it asks for.
    pub(super) object: Object,
    /// Its number.
    pub(super) no: String,
    /// Its name.
    pub(super) name: String,
    /// What else the form says, by the place of its heading.
    pub(super) given: Vec<(usize, String)>,
}

impl FormTable {
    /// The tables of a form.
    pub(super) fn all(book: &Book) -> Vec<Self> {
        book.sheets.iter().filter_map(Self::of).collect()
    }

    fn of(sheet: &Sheet) -> Option<Self> {
        let rows = sheet.rows();
        let (anchor, head) = ANCHORS.into_iter().enumerate().find_map(|(anchor, [no, name])| {
            let begins = |row: u32| sheet.text(row, 0).trim() == no && sheet.text(row, 1).trim() == name;
            Some((anchor, rows.keys().copied().find(|row| begins(*row))?))
        })?;
        let cells = sheet.within((head, head.saturating_add(1)));
        let heads: Vec<(u32, String)> = cells
            .map(|(at, cell)| (at.column, clean(cell.raw())))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let is_given = |text: &str| GIVEN.contains(&text) || text.ends_with(TARGET);
        let below = rows.keys().copied().filter(|row| *row > head);
        let row = |at: u32| {
            let (no, name) = (clean(sheet.text(at, 0)), clean(sheet.text(at, 1)));
            let given = heads.iter().enumerate().filter(|(_, (_, text))| is_given(text));
            let given = given.map(|(place, (column, _))| (place, clean(sheet.text(at, *column)))).collect();
            let object = if anchor == 0 { Object::parse(&no) } else { Object::Task(no.as_str().into()) };
            (!no.is_empty() && !name.is_empty()).then_some(FormRow { at, object, no, name, given })
        };
        let labels = below.clone().flat_map(|at| [sheet.text(at, 0), sheet.text(at, 1)]).map(clean);
        let labels = labels.filter(|text| !text.is_empty()).collect();
        Some(Self { sheet: sheet.name.clone(), head, rows: below.filter_map(row).collect(), heads, labels })
    }

    /// The place of the heading over the formulas that check a row.
    pub(super) fn check(&self) -> Option<usize> {
        self.heads.iter().position(|(_, text)| text == CHECK)
    }
}

/// The contents of the forms of a city, by their numbers.
#[derive(Debug, Default)]
pub(super) struct IssuedContents {
    tables: BTreeMap<String, Vec<FormTable>>,
}

impl IssuedContents {
    /// Reads the forms of a period. One that is not there, or is not what was issued, is held against nothing: `forms` tells of it.
    ///
    /// # Errors
    /// Fails when the system cannot read one that is there.
    pub(super) fn read(
        issued: &IssuedForms,
        period: &str,
        (inputs, folder): (&Inputs, &Path),
        pool: &Pool,
    ) -> Result<Self, RunError> {
        let rows: Vec<_> = issued.rows.iter().filter(|row| row.period == period).collect();
        let read = |row: &&crate::plan::IssuedRow| {
            let path = folder.join(ISSUED_FOLDER).join(&row.file);
            if !inputs.is_there(&path)? {
                return Ok(None);
            }
            let bytes = match inputs.read_up_to(&path, pool.longest()) {
                Ok(bytes) => bytes,
                Err(error) => return error.of_the_file().map(|_| None).ok_or(error),
            };
            if inputs.digests(&path)?.sm3 != row.sm3 {
                return Ok(None);
            }
            let book = pool.read(bytes.as_deref())?.ok();
            Ok(book.map(|book| (row.template.clone(), FormTable::all(&book))))
        };
        let read: Vec<Option<(String, Vec<FormTable>)>> =
            rows.par_iter().with_max_len(1).map(read).collect::<Result<_, RunError>>()?;
        Ok(Self { tables: read.into_iter().flatten().collect() })
    }

    /// Numbers of the rows that differ between two forms, or that only one of them has; `None` where one is not at hand.
    pub(super) fn differing(&self, one: &str, other: &str) -> Option<Vec<String>> {
        let rows = |template: &str| {
            let tables = self.tables.get(template)?;
            let rows = tables.iter().flat_map(|table| &table.rows);
            let told = rows.map(|row| {
                (row.object.clone(), (&row.name, row.given.iter().map(|(_, text)| text).collect()))
            });
            Some(told.collect::<BTreeMap<Object, (&String, Vec<&String>)>>())
        };
        let (one, other) = (rows(one)?, rows(other)?);
        let all: BTreeSet<&Object> = one.keys().chain(other.keys()).collect();
        let differ = all.into_iter().filter(|object| one.get(object) != other.get(object));
        Some(differ.map(Object::to_string).collect())
    }

    /// Whether most headings and rows of a table of a form, four of five of each, stand in a table of a workbook, the rows in the same order.
    pub(super) fn is_like(&self, template: &str, book: &Book) -> bool {
        let is_like = |table: &FormTable| {
            let Some(returned) = ReturnedTable::of(book, table) else { return false };
            let below = returned.below();
            let (mut from, mut there) = (0_usize, 0_usize);
            for row in &table.rows {
                // What stands further down may still come.
                let is_it = |at: &u32| returned.text(*at, 1).as_ref() == Some(&row.name);
                if let Some(at) = below.iter().skip(from).position(is_it) {
                    from = from.saturating_add(at).saturating_add(1);
                    there = there.saturating_add(1);
                }
            }
            let headed = returned.columns.iter().flatten().count();
            let is_headed = headed * LIKE.1 >= table.heads.len() * LIKE.0;
            is_headed && !table.rows.is_empty() && there * LIKE.1 >= table.rows.len() * LIKE.0
        };
        self.of(template).iter().any(is_like)
    }

    /// The tables of a form by its number; none where its file is not at hand.
    pub(super) fn of(&self, template: &str) -> &[FormTable] {
        self.tables.get(template).map_or(&[], Vec::as_slice)
    }
}

/// A table of a workbook that came back, held against a table of the form that it was made from.
#[derive(Debug, Clone)]
pub(super) struct ReturnedTable<'a> {
    /// The place of its sheet in the workbook.
    pub(super) place: usize,
    pub(super) sheet: &'a Sheet,
    /// Its row of headings.
    pub(super) head: u32,
    /// By the place of a heading of the form: the column that it stands over here.
    pub(super) columns: Vec<Option<u32>>,
}

/// Of so many rows and headings of a form so many make it known.
const LIKE: (usize, usize) = (4, 5);
/// Of so many headings of a form so many must stand in one row.
const ENOUGH: (usize, usize) = (1, 2);

impl<'a> ReturnedTable<'a> {
    /// The table of a workbook that has the most headings of a table of a form, by their texts.
    pub(super) fn of(book: &'a Book, form: &FormTable) -> Option<Self> {
        let mut best: Option<(usize, Self)> = None;
        for (place, sheet) in book.sheets.iter().enumerate().filter(|(_, sheet)| sheet.visible) {
            for (row, cells) in sheet.rows() {
                let column = |text: &str| {
                    cells.iter().find(|(_, cell)| clean(cell.raw()) == text).map(|(column, _)| *column)
                };
                let columns: Vec<Option<u32>> = form.heads.iter().map(|(_, text)| column(text)).collect();
                let count = columns.iter().flatten().count();
                let is_enough = count * ENOUGH.1 >= form.heads.len() * ENOUGH.0;
                if is_enough && best.as_ref().is_none_or(|(most, _)| count > *most) {
                    best = Some((count, Self { place, sheet, head: row, columns }));
                }
            }
        }
        best.map(|(_, table)| table)
    }

    /// The text below a heading of the form, in a row.
    pub(super) fn text(&self, row: u32, heading: usize) -> Option<String> {
        let column = self.columns.get(heading).copied().flatten()?;
        Some(clean(self.sheet.text(row, column)))
    }

    /// A cell below a heading of the form.
    pub(super) fn cell(&self, row: u32, heading: usize) -> Option<CellRef> {
        Some(CellRef::new(row, self.columns.get(heading).copied().flatten()?))
    }

    /// Rows below the headings that hold something.
    pub(super) fn below(&self) -> Vec<u32> {
        self.sheet.rows().keys().copied().filter(|row| *row > self.head).collect()
    }
}

impl ReturnedTable<'_> {
    /// The column between the neighbours of a heading, where it can only be one.
    pub(super) fn between(&self, heading: usize) -> Option<u32> {
        let known = |place: Option<usize>| self.columns.get(place?).copied().flatten();
        let (before, behind) = (known(heading.checked_sub(1)), known(heading.checked_add(1)));
        match (before, behind) {
            (Some(before), Some(behind)) => {
                before.checked_add(1).filter(|column| column.checked_add(1) == Some(behind))
            }
            (Some(before), None) if heading.checked_add(1) == Some(self.columns.len()) => {
                before.checked_add(1)
            }
            (None, Some(behind)) if heading == 0 => behind.checked_sub(1),
            _ => None,
        }
    }

    /// Whether the headings of the form that are there stand in its order.
    pub(super) fn is_in_order(&self) -> bool {
        self.columns.iter().flatten().is_sorted()
    }

    /// Columns with a heading that the form does not have.
    pub(super) fn strange_columns(&self, form: &FormTable) -> usize {
        let headed = self.sheet.within((self.head, self.head.saturating_add(1)));
        let strange = headed.filter(|(at, cell)| {
            let text = clean(cell.raw());
            !text.is_empty()
                && !self.columns.contains(&Some(at.column))
                && !form.heads.iter().any(|(_, head)| *head == text)
        });
        strange.count()
    }
}
