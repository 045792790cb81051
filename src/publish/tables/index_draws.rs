//! The table of the draws by which the order of an index is tried.

use crate::composite::robust::Draw;
use crate::evaluation::Evaluation;
use crate::plan::IndexSpec;
use crate::publish::table::{Column, Head, Table, integer, text, truth};

const HEAD: Head = Head {
    name: "index_draws",
    sheet: None,
    about: "Of a round with `[robustness]` in `index.toml`: one row per draw. No other round has this table.",
};

/// A draw with what it was drawn by.
struct DrawRow<'a> {
    draw: &'a Draw,
    spec: &'a IndexSpec,
}

impl<'a> DrawRow<'a> {
    const COLUMNS: &'a [Column<Self>] = &[
        integer("draw", "抽取", "its number, from 1", |row| (row.draw.number as usize).into()),
        truth("failed", "失败", "no index comes of it: a score that had to be positive was not", |row| {
            row.draw.scores.is_none().into()
        }),
        text("normalisation", "标准化", "the method of normalisation", |row| {
            row.draw.normalisation.key().into()
        }),
        text("aggregation", "合成", "the method of aggregation at the top", |row| {
            row.draw.aggregation.key().into()
        }),
        truth("treated", "极端值处理", "extreme values were drawn in", |row| row.draw.treated.into()),
        text("left_out", "去掉的指标", "the indicator that was left out; empty when none was", |row| {
            let one = row.draw.left_out.and_then(|at| row.spec.indicators.get(at));
            one.map(|one| one.id.to_string()).into()
        }),
        text(
            "weights",
            "权重",
            "of the domains, then of the indicators, in the order of `index.toml`, with blanks between: the doubles in their shortest digits; what does not count has 0",
            |row| joined(row.draw.weights.iter().map(ToString::to_string)).into(),
        ),
        text(
            "ranks",
            "位次",
            "of the cities with a place, in the order of `index_scores`, with blanks between; empty when it failed",
            |row| joined(row.draw.ranks.iter().map(ToString::to_string)).into(),
        ),
        text(
            "classes",
            "档次",
            "their classes in the same order, counted from 1, one more than there are for what is below the last; empty when it failed, when its scores are on another scale than those of the index (another normalisation, `copeland` in place of means or the other way round), and without `[[class]]`",
            |row| joined(row.draw.classes.iter().map(ToString::to_string)).into(),
        ),
    ];
}

fn joined(all: impl Iterator<Item = String>) -> String {
    all.collect::<Vec<_>>().join(" ")
}

/// Builds the table; empty without draws.
pub(super) fn table(evaluation: &Evaluation) -> Table {
    let index = evaluation.composite.iter();
    let drawn = index.filter_map(|index| Some((&index.spec, index.certainty.as_ref()?)));
    let rows =
        drawn.flat_map(|(spec, certainty)| certainty.draws.iter().map(move |draw| DrawRow { draw, spec }));
    Table::of(HEAD, DrawRow::COLUMNS, rows.collect::<Vec<_>>())
}
