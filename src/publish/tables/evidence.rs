//! The table of pieces of evidence.

use super::{Own, own};
use crate::collect::Evidence;
use crate::evaluation::Evaluation;
use crate::publish::table::{Column, Head, Table, text};

const HEAD: Head = Head {
    name: "evidence",
    sheet: Some((7, "佐证清单")),
    about: "One row per piece of evidence (佐证材料) that a workbook that counts lists.",
};

impl<'a> Own<'a, Evidence> {
    const COLUMNS: &'a [Column<Self>] = &[
        text("city", "城市", "slug", |own| own.city.plan.city.as_str().into()),
        text("unit", "填报单位", "填报单位", |own| own.one.unit.as_str().into()),
        text(
            "no",
            "佐证编号",
            "its number (`Z1`), to which `evidence` of observations and tasks refers",
            |own| own.one.no.as_str().into(),
        ),
        text("title", "材料名称", "材料名称", |own| own.one.title.as_str().into()),
        text("document", "文号或文件名", "文号或文件名", |own| own.one.document.as_str().into()),
    ];
}

pub(super) fn table(evaluation: &Evaluation) -> Table {
    Table::of(HEAD, Own::<Evidence>::COLUMNS, own(evaluation, |city| &city.collected.evidence))
}
