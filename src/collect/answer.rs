//! The sheets of queries (查询单) in a workbook that comes back: they hold what was asked, and nothing that is reported.

use std::collections::BTreeSet;

use crate::plan::QueryRegister;
use crate::workbook::{Book, Refusal, Sheet};

/// What stands before the number of a query workbook on its sheet.
const LABEL: &str = "查询单编号：";

/// The numbers of the query workbooks that were issued.
#[derive(Debug, Default)]
pub(super) struct QuerySheets {
    numbers: BTreeSet<String>,
}

impl QuerySheets {
    pub(super) fn of(register: &QueryRegister) -> Self {
        Self { numbers: register.events().iter().map(|event| event.key.number.to_string()).collect() }
    }

    /// A workbook as it was read, without its sheets of queries. A sheet that carries another number than one that was given out is a sheet as any other.
    pub(super) fn taken_out(&self, book: Result<Book, Refusal>) -> Result<Book, Refusal> {
        let mut book = book?;
        if !self.numbers.is_empty() {
            book.sheets.retain(|sheet| !self.is_one(sheet));
        }
        Ok(book)
    }

    /// Whether a sheet carries a number that was given out.
    fn is_one(&self, sheet: &Sheet) -> bool {
        let texts = sheet.cells.values().filter_map(|cell| cell.label());
        let mut behind =
            texts.filter_map(|text| text.split_once(LABEL)).map(|(_, behind)| behind.trim_start());
        behind.any(|text| {
            // 1 is no beginning of 10.
            let fits = |number: &String| {
                let rest = text.strip_prefix(number.as_str());
                rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
            };
            self.numbers.iter().any(fits)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::CellRef;
    use crate::workbook::{Cell, Content};

    #[test]
    fn only_sheets_with_a_number_that_was_given_out_are_taken_out() {
        let sheets = QuerySheets { numbers: ["甲市-2023-annual-统计局-1".to_owned()].into() };
        let left = |text: &str| {
            let cells = [(CellRef::new(2, 0), Cell::new(Content::Text(text.to_owned())))].into();
            let book = Book { sheets: vec![Sheet { cells, ..Sheet::default() }], ..Book::default() };
            sheets.taken_out(Ok(book)).unwrap().sheets.len()
        };
        for (text, count) in [
            ("查询单编号：甲市-2023-annual-统计局-1　　报告期：2023年度", 0),
            ("查询单编号： 甲市-2023-annual-统计局-1", 0),
            ("查询单编号：甲市-2023-annual-统计局-10", 1),
            ("查询单编号：甲市-2023-annual-统计局-2", 1),
            ("甲市-2023-annual-统计局-1", 1),
        ] {
            assert_eq!(left(text), count, "{text}");
        }
    }
}
