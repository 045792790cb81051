//! The table of the numerals that the report prints.

use crate::publish::report::PrintedNumeral;
use crate::publish::table::{Column, Head, Table, text};

const HEAD: Head = Head {
    name: "figures",
    sheet: None,
    about: "One row per numeral of the volumes, the pages of units and the cities' own reports, section by section; see docs/operations.md.",
};

const COLUMNS: &[Column<PrintedNumeral>] = &[
    text(
        "place",
        "位置",
        "where it stands: section or table, row, column; a second and further numeral of a text has its number behind",
        |one| one.place.as_str().into(),
    ),
    text("id", "步骤", "the step that it prints, in `derivation`", |one| one.id.as_str().into()),
    text("text", "刊出", "the numeral; a sign that the words beside it say is left out", |one| {
        one.text.as_str().into()
    }),
];

pub(super) fn table(numerals: &[PrintedNumeral]) -> Table {
    Table::of(HEAD, COLUMNS, numerals)
}
