//! The table of the ledger: every figure as a step that can be done again.

use rayon::prelude::*;

use crate::evaluation::Evaluation;
use crate::ledger::{Ledger, Step};
use crate::publish::table::{Column, Head, Table, text};

const HEAD: Head = Head {
    name: "derivation",
    sheet: None,
    about: "One row per step of the ledger, in the order in which they were done; see docs/operations.md.",
};

/// A step, with the city in whose ledger it stands.
struct StepRow<'a> {
    city: &'a str,
    step: &'a Step,
    op: String,
    params: String,
}

impl<'a> StepRow<'a> {
    const COLUMNS: &'a [Column<Self>] = &[
        text("city", "城市", "slug; empty for what is of all cities together", |row| row.city.into()),
        text("id", "步骤", "name of the step, the same in every output: `xiangtan/22/completion`", |row| {
            row.step.id.as_str().into()
        }),
        text("op", "运算", "what was done, a word of docs/operations.md", |row| row.op.as_str().into()),
        text(
            "value",
            "结果",
            "what it gave: an exact decimal, a fraction in lowest terms (`17300/171`), `true` or `false`, a word, or text; empty for nothing",
            |row| row.step.value.to_string().into(),
        ),
        text(
            "type",
            "类型",
            "`number`, `truth`, `word`, `text`, or `none` where there is no value",
            |row| row.step.value.kind().into(),
        ),
        text("unit", "计量单位", "unit of the value; empty where it has none", |row| {
            (*row.step.unit).into()
        }),
        text(
            "args",
            "来源",
            "the steps it was done on, as JSON: pairs of what each is to it, and its name",
            |row| args(row.step).into(),
        ),
        text("params", "参数", "parameters of the operation, as JSON; empty where it has none", |row| {
            row.params.as_str().into()
        }),
    ];
}

fn args(step: &Step) -> String {
    let pairs: Vec<[&str; 2]> = step.args.iter().map(|arg| [arg.role.as_ref(), arg.id.as_str()]).collect();
    serde_json::to_string(&pairs).unwrap_or_default()
}

/// The ledgers of the cities, that of the round, and the steps that only the report asks for.
pub(super) fn table(evaluation: &Evaluation, report: &Ledger) -> Table {
    let of_cities = evaluation.cities.iter().map(|city| (city.plan.city.as_str(), city.ledger.as_ref()));
    let all: Vec<(&str, &Ledger)> = of_cities.chain([("", &evaluation.ledger), ("", report)]).collect();
    let parts: Vec<Table> = all.into_par_iter().map(|(city, ledger)| of_ledger(city, ledger)).collect();
    let mut table = Table::of(HEAD, StepRow::COLUMNS, std::iter::empty::<StepRow<'_>>());
    table.rows = parts.into_iter().flat_map(|part| part.rows).collect();
    table
}

fn of_ledger(city: &str, ledger: &Ledger) -> Table {
    let rows = ledger.steps().iter().map(|step| {
        let (op, params) = step.operation.written();
        StepRow { city, step, op, params }
    });
    Table::of(HEAD, StepRow::COLUMNS, rows)
}
