//! Totals and parts in a table: 合计 is the sum of its rows, 其中 is no more than the row above it.

use rust_decimal::Decimal;

use super::text::{clean, name_key};
use crate::finding::Problem;
use crate::quantity::Unit;
use crate::rounding::plain;

/// What a row is by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An item of the table.
    Item,
    /// 合计.
    Total,
    /// 其中.
    Part,
    /// 注, 资料来源, 续表.
    Remark,
}

/// A row with a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The row.
    pub row: u32,
    /// Its name as written.
    pub name: String,
    /// What it is by its name.
    pub kind: Kind,
    /// Its value.
    pub value: Decimal,
    /// The unit of the value.
    pub unit: Unit,
}

/// What a row is by its name.
pub(super) fn kind(name: &str) -> Kind {
    let name = clean(name);
    let key = name_key(&name);
    let remarks =
        ["注:", "注：", "註", "备注:", "说明:", "资料来源", "数据来源", "来源:", "note:", "source:"];
    let lower = name.to_lowercase();
    if remarks.iter().any(|word| lower.starts_with(word)) || key.contains("续表") {
        Kind::Remark
    } else if ["合计", "总计", "总数", "小计", "共计", "全市合计", "地区汇总", "汇总"].contains(&key.as_str())
    {
        Kind::Total
    } else if name.trim_start_matches('(').starts_with("其中") || name.starts_with('#') {
        Kind::Part
    } else {
        Kind::Item
    }
}

/// Findings about rows of a table, in their order.
pub(super) fn check(lines: &[Line]) -> Vec<(u32, Problem)> {
    let mut found = Vec::new();
    let mut whole: Option<&Line> = None;
    for line in lines {
        match line.kind {
            Kind::Part => found.extend(whole.and_then(|whole| exceeds(line, whole))),
            Kind::Item | Kind::Total => whole = Some(line),
            Kind::Remark => {}
        }
    }
    let summed: Vec<&Line> =
        lines.iter().filter(|line| matches!(line.kind, Kind::Item | Kind::Total)).collect();
    let totals = summed.iter().enumerate().filter(|(_, line)| line.kind == Kind::Total);
    found.extend(totals.filter_map(|(at, total)| Some((total.row, differs(&summed, at, total)?))));
    found.sort_by_key(|(row, _)| *row);
    found
}

/// A value in another unit, as far as that is possible.
fn converted(line: &Line, unit: &Unit) -> Option<Decimal> {
    line.unit.convert(line.value, unit).map(|(value, _)| value)
}

fn written(line: &Line) -> String {
    format!("“{}”{}{}", clean(&line.name), plain(line.value), line.unit.text())
}

fn exceeds(part: &Line, whole: &Line) -> Option<(u32, Problem)> {
    let value = converted(part, &whole.unit)?;
    let problem = Problem::PartExceedsTotal { part: written(part), total: written(whole) };
    (value > whole.value && whole.value >= Decimal::ZERO).then_some((part.row, problem))
}

/// Compares a total with the rows above it, up to the total before, and with those below it.
fn differs(lines: &[&Line], at: usize, total: &Line) -> Option<Problem> {
    let is_item = |line: &&&Line| line.kind == Kind::Item;
    let above: Vec<&Line> = lines.iter().take(at).rev().take_while(is_item).copied().collect();
    let below: Vec<&Line> = lines.iter().skip(at + 1).take_while(is_item).copied().collect();
    let sums: Vec<(Decimal, Decimal)> = [above, below]
        .iter()
        .filter(|rows| rows.len() > 1)
        .filter_map(|rows| sums(rows, &total.unit))
        .collect();
    if sums.is_empty() || sums.iter().any(|(sum, _)| *sum == total.value) {
        return None;
    }
    let (sum, as_written) = sums.first()?;
    let units = lines.iter().any(|line| line.unit.differs_in_scale(&total.unit));
    let ratio = total.value.checked_div(*sum).unwrap_or_default();
    let powers = [10_000_i64, 100_000_000].map(Decimal::from);
    let slipped = powers.iter().any(|power| ratio * power == Decimal::ONE || ratio == *power);
    let explanation = if units && *as_written == total.value {
        "：各行计量单位不同，不能直接相加"
    } else if slipped {
        "：相差10⁴或10⁸倍，可能混用了万元和亿元"
    } else {
        ""
    };
    Some(Problem::SumDiffers {
        total: format!("{}{}", plain(total.value), total.unit.text()),
        sum: format!("{}{}", plain(*sum), total.unit.text()),
        explanation: explanation.to_owned(),
    })
}

/// The sum of rows in a unit, and the sum of the bare numbers; `None` when a row cannot be converted.
fn sums(rows: &[&Line], unit: &Unit) -> Option<(Decimal, Decimal)> {
    rows.iter().try_fold((Decimal::ZERO, Decimal::ZERO), |(sum, bare), line| {
        Some((sum.checked_add(converted(line, unit)?)?, bare.checked_add(line.value)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(rows: &[(&str, i64, &str)]) -> Vec<Line> {
        (0..)
            .zip(rows)
            .map(|(row, (name, value, unit))| Line {
                row,
                name: (*name).to_owned(),
                kind: kind(name),
                value: Decimal::from(*value),
                unit: Unit::parse(unit),
            })
            .collect()
    }

    #[test]
    fn names_tell_items_from_totals_parts_and_remarks() {
        for (name, expected) in [
            ("研发投入", Kind::Item),
            ("合　　计", Kind::Total),
            ("其中：企业", Kind::Part),
            ("# 企业", Kind::Part),
            ("注：本表为快报数", Kind::Remark),
            ("资料来源：统计局", Kind::Remark),
            ("2-9 续表 1", Kind::Remark),
        ] {
            assert_eq!(kind(name), expected, "{name}");
        }
    }

    #[test]
    fn totals_and_parts_are_checked_in_their_units() {
        for (rows, expected) in [
            (&[("甲", 1, "万元"), ("乙", 2, "万元"), ("合计", 3, "万元")][..], &[][..]),
            (&[("合计", 3, "万元"), ("甲", 1, "万元"), ("乙", 2, "万元")], &[]),
            (&[("甲", 1, "万元"), ("乙", 2, "万元"), ("合计", 4, "万元")], &["V418"]),
            (&[("甲", 10_000, "万元"), ("乙", 20_000, "万元"), ("合计", 3, "亿元")], &[]),
            (&[("甲", 1, "亿元"), ("乙", 2, "万元"), ("合计", 3, "亿元")], &["V418"]),
            (&[("甲", 1, "家"), ("乙", 2, "%"), ("合计", 4, "万元")], &[]),
            (&[("甲", 5, "万元"), ("其中：乙", 6, "万元")], &["V417"]),
            (&[("甲", 5, "亿元"), ("其中：乙", 600, "万元"), ("其中：丙", 5, "亿元")], &[]),
        ] {
            let codes: Vec<&str> = check(&lines(rows)).iter().map(|(_, problem)| problem.code()).collect();
            assert_eq!(codes, expected, "{rows:?}");
        }
        let mixed = check(&lines(&[("甲", 1, "亿元"), ("乙", 2, "万元"), ("合计", 3, "亿元")]));
        assert!(
            matches!(&mixed[0].1, Problem::SumDiffers { explanation, .. } if explanation.contains("计量单位"))
        );
    }
}
