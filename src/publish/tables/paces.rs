//! The table of where targets stand within a year.

use super::{Own, number, origin, own};
use crate::assess::PaceAssessment;
use crate::evaluation::Evaluation;
use crate::plan::Indicator;
use crate::publish::table::{Cell, Column, Head, Table, decimal, text};

const HEAD: Head = Head {
    name: "paces",
    sheet: None,
    about: "One row per city and target, of a round of a part of a year: where it stands by the end of that part. There is no verdict on the year.",
};

impl<'a> Own<'a, PaceAssessment> {
    const COLUMNS: &'a [Column<Self>] = &[
        text("city", "城市", "slug", |own| own.one.city.as_str().into()),
        text("no", "序号", "number in the plan", |own| own.one.no.as_str().into()),
        text("name", "名称", "name in the plan", |own| own.row().map_or("", |row| &row.name).into()),
        text("origin", "来源", "`table` or `prose`", |own| origin(own.one.origin).into()),
        text("tier", "层次", "`annual` or `assessed`", |own| own.one.target.tier.key().into()),
        text(
            "method",
            "序时方法",
            "`sum`, `path`, `level`, `word` or `year_end` (docs/round-format.md)",
            |own| own.one.method.key().into(),
        ),
        text("target", "年度目标", "the target of the year, as printed", |own| {
            own.one.target.goal.amount().into()
        }),
        decimal(
            "actual",
            "本期实际",
            "the value of the part of the year; empty where it is a word or there is none",
            |own| number(own.one.actual),
        ),
        text("unit", "计量单位", "unit of target and value", |own| own.one.unit.as_str().into()),
        text(
            "due",
            "本期应达",
            "what was due by the end of the part, as printed; empty where nothing was",
            |own| own.one.due.as_ref().map(|due| due.shown.clone()).into(),
        ),
        text(
            "due_from",
            "应达依据",
            "`share` (of the round), `year_before` (the share that the same part had in the year before), `decided` (`[[pace_of]]`), `interim` (the plan's own target of the part) or `target` (that of the year itself)",
            |own| own.one.due_from.map_or("", |from| from.key()).into(),
        ),
        text(
            "share",
            "序时比例",
            "percent of the year's way that was due, as printed; empty where that is not asked",
            |own| own.one.share.as_ref().map(|share| share.shown.clone()).into(),
        ),
        text("shortfall", "差距", "how far the value falls short, in percent, as printed", |own| {
            own.one.shortfall.as_ref().map(|one| one.shown.clone()).into()
        }),
        text(
            "state",
            "状态",
            "`reached` (at the target of the year as of now), `on_pace`, `slightly_behind`, `behind`, `far_behind`, `not_due`, `not_reported`, `in_doubt` or `lagged`",
            |own| own.one.state.key().into(),
        ),
        text("state_words", "状态用语", "the same in words", |own| own.one.state.chinese().into()),
        text(
            "reason",
            "不评原因",
            "of `not_due`: `year_end` (known once a year), `later_day`, `later_year` or `no_rule` (a target of this kind has no rule within the year)",
            |own| own.one.reason.map_or(Cell::Null, |reason| reason.key().into()),
        ),
    ];

    fn row(&self) -> Option<&Indicator> {
        self.city.plan.indicator(&self.one.no)
    }
}

pub(super) fn table(evaluation: &Evaluation) -> Table {
    Table::of(HEAD, Own::<PaceAssessment>::COLUMNS, own(evaluation, |city| &city.paces))
}
