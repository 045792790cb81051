//! The tables of the values that workbooks hold: of those that count, and of those that a later one replaces.

use super::{Own, own};
use crate::collect::{Observation, Submission};
use crate::evaluation::Evaluation;
use crate::plan::Indicator;
use crate::publish::table::{Cell, Column, Head, Table, decimal, integer, text, truth};
use crate::rounding::plain;

const OBSERVATIONS: Head =
    Head { name: "observations", sheet: None, about: "One row per value read from a workbook that counts." };

const REPLACED: Head = Head {
    name: "replaced",
    sheet: None,
    about: "One row per value of a workbook that a later one of the same unit replaces. They count for nothing and are here for the record.",
};

impl<'a> Own<'a, Observation> {
    const OBSERVATIONS: &'a [Column<Self>] = &[
        text("city", "城市", "slug", |own| own.one.city.as_str().into()),
        text("unit", "填报单位", "填报单位", |own| own.one.unit.as_str().into()),
        text("indicator", "目录编号", "catalogue id; empty for targets in prose", |own| own.id()),
        text("no", "序号", "number in the plan (`1`, `特2`, `P3`)", |own| own.one.no.as_str().into()),
        integer("year", "数据年份", "year of the data", |own| own.one.year.into()),
        truth("current", "本年值", "value of the year that is judged (false: of the year before)", |own| {
            own.one.is_current.into()
        }),
        text("raw", "单元格原文", "text of the cell, untouched (in CSV coded as said above)", |own| {
            Cell::Text(own.one.raw.clone())
        }),
        decimal("value", "数值", "the value in the plan's unit; empty when there is none", |own| {
            own.value()
        }),
        text("value_unit", "计量单位", "unit of `value`: the plan's", |own| own.plan_unit()),
        text("reported_unit", "填报计量单位", "unit it was reported in", |own| {
            own.one.reported_unit.as_str().into()
        }),
        text("conversion", "换算", "what the conversion did (`÷10⁴`); empty when nothing", |own| {
            own.one.conversion.as_ref().map(|conversion| conversion.operation.as_str()).into()
        }),
        text("vintage", "数据性质", "数据性质: 实际, 预计, 快报, 最终, 已公布", |own| {
            own.one.vintage.chinese().into()
        }),
        text("evidence", "佐证编号", "numbers of the pieces of evidence", |own| {
            own.one.evidence.join("、").into()
        }),
        text("note", "说明", "the unit's remark", |own| own.one.note.as_str().into()),
        text("file", "文件", "path below the round's folder", |own| own.one.at.file.as_str().into()),
        text("sheet", "工作表", "sheet", |own| own.one.at.sheet.as_str().into()),
        text("cell", "单元格", "address, absolute", |own| own.one.at.address().into()),
    ];

    const REPLACED: &'a [Column<Self>] = &[
        text("city", "城市", "slug", |own| own.one.city.as_str().into()),
        text("unit", "填报单位", "填报单位", |own| own.one.unit.as_str().into()),
        text("version", "所在工作簿的版本", "version of the workbook it stands in", |own| {
            own.version()
        }),
        text("indicator", "目录编号", "catalogue id; empty for targets in prose", |own| own.id()),
        text("no", "序号", "number in the plan", |own| own.one.no.as_str().into()),
        integer("year", "数据年份", "year of the data", |own| own.one.year.into()),
        text("raw", "单元格原文", "text of the cell, untouched", |own| Cell::Text(own.one.raw.clone())),
        decimal("value", "数值", "the value in the plan's unit; empty when there is none", |own| {
            own.value()
        }),
        text("value_unit", "计量单位", "unit of `value`: the plan's", |own| own.plan_unit()),
        text("file", "被替代的文件", "the workbook that was replaced", |own| {
            own.one.at.file.as_str().into()
        }),
        text("sheet", "工作表", "sheet", |own| own.one.at.sheet.as_str().into()),
        text("cell", "单元格", "address, absolute", |own| own.one.at.address().into()),
        text("replaced_by", "采用的文件", "the workbook that counts", |own| own.replaced_by()),
    ];

    fn indicator(&self) -> Option<&Indicator> {
        self.city.plan.indicator(&self.one.no)
    }

    fn id(&self) -> Cell {
        self.indicator().and_then(|row| row.id.as_ref()).map_or("", |id| id.as_str()).into()
    }

    fn value(&self) -> Cell {
        self.one.value.map(|value| Cell::Decimal(plain(value))).into()
    }

    fn plan_unit(&self) -> Cell {
        self.indicator().map_or("", |indicator| indicator.unit.text()).into()
    }

    fn submission(&self, is_it: impl Fn(&Submission) -> bool) -> Option<&Submission> {
        self.city.collected.submissions.iter().find(|one| is_it(one))
    }

    fn version(&self) -> Cell {
        let own = self.submission(|one| one.file == self.one.at.file);
        own.map(|own| Cell::Text(own.version.text())).into()
    }

    fn replaced_by(&self) -> Cell {
        let by = self.submission(|one| one.is_used_of(&self.one.unit));
        by.map(|by| by.file.as_str()).into()
    }
}

pub(super) fn table(evaluation: &Evaluation) -> Table {
    let all = own(evaluation, |city| &city.collected.observations);
    Table::of(OBSERVATIONS, Own::<Observation>::OBSERVATIONS, all)
}

pub(super) fn replaced(evaluation: &Evaluation) -> Table {
    let all = own(evaluation, |city| &city.collected.replaced);
    Table::of(REPLACED, Own::<Observation>::REPLACED, all)
}
