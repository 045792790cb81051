//! The table of what became of values and verdicts since a base or an earlier report.

use crate::advise::{Move, moved};
use crate::assess::{Assessment, State};
use crate::compare::counted;
use crate::evaluation::{EarlierReport, Evaluation};
use crate::plan::{Indicator, PastValue};
use crate::publish::table::{Cell, Column, Head, Table, decimal, integer, text};
use crate::quantity::Value;

const HEAD: Head = Head {
    name: "comparisons",
    sheet: None,
    about: "One row per target that the account of a city counts and that has a base or a verdict in an earlier report: whether its value became better or worse, and its verdict then and now.",
};

/// A target beside its base and its earlier verdict.
struct Compared<'a> {
    one: &'a Assessment,
    row: &'a Indicator,
    earlier: Option<(&'a EarlierReport, State)>,
}

impl<'a> Compared<'a> {
    const COLUMNS: &'a [Column<Self>] = &[
        text("city", "城市", "slug", |own| own.one.city.as_str().into()),
        text("no", "序号", "number in the plan", |own| own.one.no.as_str().into()),
        text(
            "reference",
            "基数出处",
            "`plan` where the plan prints the base, `published` where it was published before; empty where there is none",
            |own| own.reference().into(),
        ),
        integer("reference_year", "基数年份", "year of the base", |own| {
            own.base().map(|base| base.year).into()
        }),
        decimal("base", "基数", "the value of the base", |own| {
            own.base().and_then(|base| base.value).into()
        }),
        decimal("actual_value", "实绩值", "the value that is held against it, where it is judged", |own| {
            own.actual().into()
        }),
        text("unit", "计量单位", "of both", |own| own.one.unit.as_str().into()),
        text(
            "move",
            "变化方向",
            "`better`, `level` or `worse`, by the way that is better; empty where the two are no values of one kind",
            |own| match moved(own.one, own.row) {
                Some(Move::Better) => "better".into(),
                Some(Move::Level) => "level".into(),
                Some(Move::Worse) => "worse".into(),
                None => Cell::Null,
            },
        ),
        decimal("change", "变化", "value less base, where there is a move", |own| {
            let base = own.base().and_then(|base| base.value);
            let change = own.actual().zip(base).and_then(|(actual, base)| actual.checked_sub(base));
            change.filter(|_| moved(own.one, own.row).is_some()).into()
        }),
        integer("earlier_year", "上一轮年度", "year of the earlier report that has a verdict", |own| {
            own.earlier.map(|(report, _)| report.year).into()
        }),
        text("earlier_state", "上一轮判定", "its verdict, as in `assessments`", |own| {
            own.earlier.map(|(_, state)| state.key()).into()
        }),
        text("state", "判定", "the verdict now", |own| own.one.state.key().into()),
    ];

    fn base(&self) -> Option<&PastValue> {
        self.one.baseline.as_ref()
    }

    fn actual(&self) -> Option<rust_decimal::Decimal> {
        match self.one.actual {
            Some(Value::Number(actual)) if self.one.state.is_assessable() => Some(actual),
            _ => None,
        }
    }

    fn reference(&self) -> Option<&'static str> {
        let base = self.base()?;
        Some(if self.row.served_of(base.year).is_some() { "published" } else { "plan" })
    }
}

pub(super) fn table(evaluation: &Evaluation) -> Table {
    let mut rows: Vec<Compared<'_>> = Vec::new();
    for city in &evaluation.cities {
        let report = evaluation.earlier_of(&city.plan.city);
        for one in counted(&city.plan, &evaluation.round, &city.assessments) {
            let Some(row) = city.plan.indicator(&one.no) else { continue };
            let earlier = report.and_then(|report| Some((report, report.verdict(&one.no)?.state)));
            let own = Compared { one, row, earlier };
            if own.base().is_some() || own.earlier.is_some() {
                rows.push(own);
            }
        }
    }
    Table::of(HEAD, Compared::COLUMNS, &rows)
}
