//! What was altered of a form that came back, held against the very file that was issued: rows that are gone, headings and words that were changed, what was
//! moved or added. Nothing of it changes a value, but that a column is read whose heading alone was replaced.

use std::collections::BTreeSet;

use super::headings::{Heading, Setting};
use super::issued_forms::{FormRow, FormTable, ReturnedTable};
use super::text::clean;
use crate::finding::{FormProblem, Object, Place, Problem};
use crate::ident::CellRef;
use crate::workbook::{Book, Cell, Content};

/// What was altered of a form.
#[derive(Debug, Default)]
pub(super) struct Alterations {
    /// What there is to tell, with its place and what it is about.
    pub(super) told: Vec<(Place, Object, Problem)>,
    /// Rows that are gone, or that cannot be read, with the place in `told` of what says why; and whether they stand there.
    pub(super) unread: Vec<(Object, usize, bool)>,
    /// Headings to be read as they were issued: the place of the sheet, the cell, the text.
    restored: Vec<(usize, CellRef, String)>,
}

impl Alterations {
    /// Holds a workbook against the tables of the form that it was made from.
    pub(super) fn of(file: &str, book: &Book, form: &[FormTable], setting: (Setting<'_>, i32)) -> Self {
        let mut found = Self::default();
        for table in form {
            match ReturnedTable::of(book, table) {
                Some(returned) => found.table(file, table, returned, setting),
                None => {
                    let all: Vec<&FormRow> = table.rows.iter().collect();
                    found.gone(file, table, &all, Place::file(file));
                }
            }
        }
        found
    }

    /// Puts the headings back that can only be what was issued.
    pub(super) fn restore(&self, book: &mut Book) {
        for (place, at, text) in &self.restored {
            if let Some(sheet) = book.sheets.get_mut(*place) {
                let blank = || Cell::new(Content::Text(String::new()));
                sheet.cells.entry(*at).or_insert_with(blank).content = Content::Text(text.clone());
            }
        }
    }

    fn table(
        &mut self,
        file: &str,
        form: &FormTable,
        mut returned: ReturnedTable<'_>,
        (setting, year): (Setting<'_>, i32),
    ) {
        let cell = |at: CellRef| Place::cell(file, &returned.sheet.name, at);
        let head = returned.head;
        // Headings that are not there: the only one may stand between its neighbours under another text.
        let missing: Vec<usize> =
            (0..).zip(&returned.columns).filter(|(_, at)| at.is_none()).map(|(place, _)| place).collect();
        let is_only = missing.len() == 1;
        for place in missing {
            let Some((_, was)) = form.heads.get(place) else { continue };
            let between = returned.between(place);
            let now = between.map(|column| clean(returned.sheet.text(head, column)));
            if let Some((column, now)) = between.zip(now.as_ref())
                && says_the_same(was, now, setting)
            {
                if let Some(at) = returned.columns.get_mut(place) {
                    *at = Some(column);
                }
                continue;
            }
            let heading = now.as_ref().map(|now| Heading::of(now, setting));
            let says_another = heading.is_some_and(|one| {
                one.is_known() && (one.is_dated() || one.is_aside() || one.column().is_some())
            });
            let is_read = is_only && between.is_some() && !says_another && returned.is_in_order();
            let at = CellRef::new(head, between.unwrap_or_default());
            let told = self.told.len();
            let rows = form.rows.len();
            let problem = FormProblem::HeadingChanged { was: was.clone(), now, is_read, rows };
            let at_place = if between.is_some() { cell(at) } else { cell(CellRef::new(head, 0)) };
            self.told.push((at_place, Object::Whole, problem.into()));
            match between.filter(|_| is_read) {
                Some(column) => {
                    self.restored.push((returned.place, at, was.clone()));
                    if let Some(at) = returned.columns.get_mut(place) {
                        *at = Some(column);
                    }
                }
                // Without its column of results a row cannot be read.
                None if is_result(was, year) => {
                    self.unread.extend(form.rows.iter().map(|row| (row.object.clone(), told, true)));
                }
                None => {}
            }
        }
        self.rows(file, form, &returned);
    }

    fn rows(&mut self, file: &str, form: &FormTable, returned: &ReturnedTable<'_>) {
        let sheet = returned.sheet.name.as_str();
        let below = returned.below();
        let label = |row: u32, heading: usize| returned.text(row, heading).unwrap_or_default();
        let names: BTreeSet<&str> = form.rows.iter().map(|row| row.name.as_str()).collect();
        let mut taken: BTreeSet<u32> = BTreeSet::new();
        let mut places: Vec<u32> = Vec::new();
        let mut gone: Vec<&FormRow> = Vec::new();
        for row in &form.rows {
            let free = || below.iter().copied().filter(|at| !taken.contains(at));
            let both = free().find(|at| label(*at, 0) == row.no && label(*at, 1) == row.name);
            let named = || free().find(|at| label(*at, 1) == row.name);
            let renamed =
                || free().find(|at| label(*at, 0) == row.no && !names.contains(label(*at, 1).as_str()));
            let Some(at) = both.or_else(named).or_else(renamed) else {
                gone.push(row);
                continue;
            };
            taken.insert(at);
            places.push(at);
            let heading = |place: usize| form.heads.get(place).map_or("", |(_, text)| text.as_str());
            let own = [(0, &row.no), (1, &row.name)].into_iter();
            let given = row.given.iter().map(|(place, text)| (*place, text));
            for (place, was) in own.chain(given) {
                let Some((now, at)) = returned.text(at, place).zip(returned.cell(at, place)) else {
                    continue;
                };
                if now != *was {
                    let (what, is_name) = (heading(place).to_owned(), place == 1);
                    let problem = FormProblem::GivenChanged { what, was: was.clone(), now, is_name };
                    self.told.push((Place::cell(file, sheet, at), row.object.clone(), problem.into()));
                }
            }
        }
        if !gone.is_empty() {
            self.gone(file, form, &gone, Place { sheet: sheet.to_owned(), ..Place::file(file) });
        }
        let is_moved = !places.is_sorted() || !returned.is_in_order();
        let strange = below.iter().filter(|at| !taken.contains(at)).filter(|at| {
            let texts = [returned.sheet.text(**at, 0), returned.sheet.text(**at, 1)].map(clean);
            let own: Vec<&String> = texts.iter().filter(|text| !text.is_empty()).collect();
            !own.is_empty() && !own.iter().any(|text| form.labels.contains(text))
        });
        let (rows, columns) = (strange.count(), returned.strange_columns(form));
        if is_moved || rows > 0 || columns > 0 {
            let problem = FormProblem::Moved { is_moved, rows, columns };
            let at = Place { sheet: sheet.to_owned(), ..Place::file(file) };
            self.told.push((at, Object::Whole, problem.into()));
        }
        self.checks(file, form, returned, &places);
    }

    /// The formulas that check rows, where the workbook tells which cells have one.
    fn checks(&mut self, file: &str, form: &FormTable, returned: &ReturnedTable<'_>, places: &[u32]) {
        let (Some(check), Some(formulas)) = (form.check(), &returned.sheet.formulas) else { return };
        let cells = places.iter().filter_map(|row| returned.cell(*row, check));
        let lost: Vec<CellRef> = cells.filter(|at| !formulas.contains(at)).collect();
        if let Some(first) = lost.first() {
            let at = Place::cell(file, &returned.sheet.name, *first);
            self.told.push((at, Object::Whole, FormProblem::ChecksOverwritten { count: lost.len() }.into()));
        }
    }

    fn gone(&mut self, file: &str, form: &FormTable, rows: &[&FormRow], at: Place) {
        let told = self.told.len();
        let numbers = rows.iter().map(|row| row.no.clone()).collect();
        let is_sheet = at == Place::file(file);
        let problem = FormProblem::RowsGone { sheet: form.sheet.clone(), is_sheet, numbers };
        self.told.push((at, Object::Whole, problem.into()));
        self.unread.extend(rows.iter().map(|row| (row.object.clone(), told, false)));
    }
}

/// Whether what is asked for stands under a heading of a form.
fn is_result(was: &str, year: i32) -> bool {
    was == STATE || was.strip_suffix(RESULT).is_some_and(|before| before == year.to_string())
}

/// What stands over the results of a form, behind the year; and over the states of tasks.
const RESULT: &str = "年实绩";
const STATE: &str = "进展状态";

/// Whether two headings are understood as the same.
fn says_the_same(was: &str, now: &str, setting: Setting<'_>) -> bool {
    let (was, now) = (Heading::of(was, setting), Heading::of(now, setting));
    let says = |one: &Heading| (one.column(), one.aside, one.periods.clone(), one.back, one.actual.is_some());
    now.is_known() && says(&was) == says(&now)
}
