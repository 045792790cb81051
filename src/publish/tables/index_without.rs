//! The table of the orders of an index without one of its cities.

use crate::composite::CityLeftOut;
use crate::evaluation::Evaluation;
use crate::publish::table::{Column, Head, Table, text};

const HEAD: Head = Head {
    name: "index_without",
    sheet: None,
    about: "Of a round with `[robustness]` in `index.toml`: one row per city with a place, of the index without it. No other round has this table.",
};

struct WithoutRow<'a>(&'a CityLeftOut);

impl<'a> WithoutRow<'a> {
    const COLUMNS: &'a [Column<Self>] = &[
        text("without", "去掉的城市", "slug of the city that is left out", |row| {
            row.0.city.as_str().into()
        }),
        text(
            "ranks",
            "位次",
            "of the other cities with a place, in the order of `index_scores`, with blanks between",
            |row| row.0.ranks.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ").into(),
        ),
    ];
}

/// Builds the table; empty where nothing is left out.
pub(super) fn table(evaluation: &Evaluation) -> Table {
    let all = evaluation.composite.iter().flat_map(|index| &index.without);
    Table::of(HEAD, WithoutRow::COLUMNS, all.map(WithoutRow).collect::<Vec<_>>())
}
