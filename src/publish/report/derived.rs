//! 附件3: the figures that are computed, with their arithmetic.

use serde::Serialize;

use super::chapter::City;
use super::context::Context;
use super::table::Table;
use super::values::rate_words;
use super::verdict::basis_words;
use crate::compare::Fraction;
use crate::evaluation::CityEvaluation;
use crate::rounding::{fixed, plain};

/// A computed figure.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DerivedRow {
    pub(super) id: String,
    pub(super) figure: String,
    pub(super) value: String,
    pub(super) formula: String,
    pub(super) basis: String,
    pub(super) rule_before: bool,
}

pub(super) fn derived_table(number: &str, rows: Vec<DerivedRow>) -> Table<DerivedRow> {
    Table::new(number, "计算数字的算法和依据").empty("没有计算数字。").rows(rows)
}

pub(super) fn derived_rows(context: &Context<'_>, chapters: &[City]) -> Vec<DerivedRow> {
    let mut rows = Vec::new();
    for (city, chapter) in context.cities().iter().zip(chapters) {
        rows.extend(city_derived(context, city, chapter));
    }
    let sum = |of: fn(&CityEvaluation) -> usize| context.cities().iter().map(of).sum::<usize>();
    let total = sum(|city| city.score.total);
    let able = sum(|city| city.score.assessable);
    let met = sum(|city| city.score.met);
    let row = |name: &str, value: String, formula: String, first: bool| DerivedRow {
        id: format!("合计-{name}"),
        figure: name.to_owned(),
        value,
        formula,
        basis: "各城市同名数字".to_owned(),
        rule_before: first,
    };
    let rate = Fraction { part: met, whole: able };
    let coverage = Fraction { part: able, whole: total };
    rows.push(row("应评", format!("{total}项"), "各城市应评之和".to_owned(), true));
    rows.push(row("可评", format!("{able}项"), "各城市可评之和".to_owned(), false));
    rows.push(row("完成", format!("{met}项"), "各城市完成之和".to_owned(), false));
    rows.push(row("完成率", format!("{}%", rate_words(rate)), format!("完成{met}÷可评{able}×100"), false));
    rows.push(row(
        "覆盖率",
        format!("{}%", rate_words(coverage)),
        format!("可评{able}÷应评{total}×100"),
        false,
    ));
    let own = rows.iter_mut().filter(|row| row.id.starts_with("合计-"));
    for (row, number) in own.zip(1..) {
        row.id = format!("合计-D{number}");
    }
    rows
}

pub(super) fn city_derived(context: &Context<'_>, city: &CityEvaluation, chapter: &City) -> Vec<DerivedRow> {
    let (score, short) = (&city.score, &city.plan.short);
    let judged = chapter.indicators.as_ref().map_or(&chapter.tasks.number, |own| &own.table.number);
    let basis = format!("{judged}判定栏");
    let scoring = context.evaluation.round.method.scoring.chinese();
    let row = |name: &str, value: String, formula: String, basis: &str| DerivedRow {
        id: format!("{short}-{name}"),
        figure: name.to_owned(),
        value,
        formula,
        basis: basis.to_owned(),
        rule_before: false,
    };
    let (total, able, met, open) = (score.total, score.assessable, score.met, score.open());
    let mut rows = vec![
        row("应评", format!("{total}项"), format!("{}全部计入", basis_words(score.basis)), &basis),
        row("可评", format!("{able}项"), format!("应评{total}减暂不能判定{open}"), &basis),
        row("完成", format!("{met}项"), "判定为超额完成和完成的项数".to_owned(), &basis),
        row("完成率", percent_words(score.rate()), format!("完成{met}÷可评{able}×100"), &basis),
        row("覆盖率", percent_words(score.coverage()), format!("可评{able}÷应评{total}×100"), &basis),
    ];
    if let Some(rank) = score.rank {
        let formula = "按未修约的完成率从高到低".to_owned();
        rows.push(row("名次", rank.to_string(), formula, context.table("ranking")));
    }
    if let Some(points) = score.score {
        let taken: String = score
            .deductions
            .iter()
            .map(|one| format!("，{}{}件扣{}分", one.what, one.count, plain(one.points)))
            .collect();
        let formula = format!("可评{able}项单项得分（{scoring}，附件5）的加权平均{taken}");
        rows.push(row("得分", fixed(points, 1), formula, judged));
    }
    if let Some(points) = score.score_missing_as_zero {
        let formula = format!("同上，暂不能判定的{open}项计零，按应评{total}项平均");
        rows.push(row("缺报计零", fixed(points, 1), formula, judged));
    }
    let on_time = city.units.iter().filter(|unit| unit.on_time == Some(true)).count();
    let units = format!("{on_time}/{}", city.units.len());
    rows.push(row("按时报送", units, "报送期限内收到的单位数和应报单位数".to_owned(), &chapter.units.number));
    if let Some(first) = rows.first_mut() {
        first.rule_before = true;
    }
    for (row, number) in rows.iter_mut().zip(1..) {
        row.id = format!("{short}-D{number}");
    }
    rows
}

fn percent_words(fraction: Fraction) -> String {
    if fraction.whole == 0 { "—".to_owned() } else { format!("{}%", rate_words(fraction)) }
}
