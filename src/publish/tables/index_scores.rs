//! The table of a composite index: scores of cities, of their domains and indicators.

use crate::composite::{Composite, IndexedCity, NoValue};
use crate::evaluation::Evaluation;
use crate::ledger::{Exact, Traced};
use crate::publish::table::{Cell, Column, Head, Table, decimal, integer, text, truth};

const HEAD: Head = Head {
    name: "index_scores",
    sheet: None,
    about: "Of a round with `index.toml`: one row per city, and per domain and per indicator of each, cities in the order of the index. No other round has this table.",
};

/// Digits behind the point.
const PLACES: u32 = 12;

/// A row of a city.
struct IndexScoreRow<'a> {
    city: &'a IndexedCity,
    level: &'static str,
    id: String,
    value: Option<&'a Traced>,
    score: Option<&'a Traced>,
    rank: Option<usize>,
    is_imputed: bool,
    is_treated: bool,
    absent: Option<NoValue>,
}

impl<'a> IndexScoreRow<'a> {
    const COLUMNS: &'a [Column<Self>] = &[
        text("city", "城市", "slug", |row| row.city.city.as_str().into()),
        text("level", "层次", "`index`, `dimension` or `indicator`", |row| row.level.into()),
        text(
            "id",
            "代号",
            "of the domain in `index.toml`, or of the indicator in the catalogue; empty of the index",
            |row| row.id.as_str().into(),
        ),
        decimal(
            "value",
            "取值",
            "of an indicator the value that is used, in the unit of the catalogue, 12 digits: as reported, or what stands in for it, drawn in, its logarithm taken",
            |row| digits(row.value),
        ),
        decimal("score", "得分", "the score, 12 digits; empty where there is none", |row| {
            digits(row.score)
        }),
        integer(
            "rank",
            "位次",
            "place by the score among the cities that have a place; empty of cities in brackets",
            |row| row.rank.into(),
        ),
        truth("imputed", "插补", "something stands in for the value", |row| row.is_imputed.into()),
        truth("treated", "极端值处理", "the value was drawn in", |row| row.is_treated.into()),
        text(
            "absent",
            "无值原因",
            "why there is no value of its own: `no_row` (not in the plan), `not_reported`, `lagged`, `in_doubt`, `no_number`, `no_logarithm` (its logarithm is taken, and it has none), `no_denominator` (what it is divided by has none), `odd_denominator` (that is not above 0); empty where there is one",
            |row| row.absent.map(NoValue::key).into(),
        ),
        decimal(
            "coverage",
            "指标覆盖率（%）",
            "of the index: for how much of the indicators the city has a value of its own, in percent",
            |row| {
                if row.level == "index" { digits(Some(&row.city.coverage)) } else { Cell::Null }
            },
        ),
    ];
}

fn digits(told: Option<&Traced>) -> Cell {
    told.and_then(Traced::number)
        .map(|number: &Exact| Cell::Decimal(number.fixed(PLACES)))
        .unwrap_or(Cell::Null)
}

/// Builds the table; empty without an index.
pub(super) fn table(evaluation: &Evaluation) -> Table {
    let rows =
        evaluation.composite.iter().flat_map(|index| index.cities.iter().flat_map(|city| rows(index, city)));
    Table::of(HEAD, IndexScoreRow::COLUMNS, rows.collect::<Vec<_>>())
}

fn rows<'a>(index: &'a Composite, city: &'a IndexedCity) -> Vec<IndexScoreRow<'a>> {
    let plain = |level, id: String, score, rank| IndexScoreRow {
        city,
        level,
        id,
        value: None,
        score,
        rank,
        is_imputed: false,
        is_treated: false,
        absent: None,
    };
    let mut found = vec![plain("index", String::new(), city.index.as_ref(), city.rank)];
    for (own, one) in city.dimensions.iter().zip(&index.spec.dimensions) {
        found.push(plain("dimension", one.id.clone(), own.score.as_ref(), own.rank));
    }
    for (own, one) in city.values.iter().zip(&index.spec.indicators) {
        let row = plain("indicator", one.id.to_string(), own.score.as_ref(), own.rank);
        found.push(IndexScoreRow {
            value: own.used.as_ref(),
            is_imputed: own.is_imputed,
            is_treated: own.is_treated,
            absent: own.absent,
            ..row
        });
    }
    found
}
