//! Totals and parts in a table: 合计 is the sum of its rows, 其中 is no more than the row above it.

use rust_decimal::Decimal;

use super::memo::Memo;
use super::text::{clean, name_key};
use crate::finding::{Amount, PlausibilityProblem, Problem, RuleRuns, Ruling, SumSlip, Undecided};
use crate::plan::{is_change, is_quotient, is_spread};
use crate::quantity::Unit;

/// What a row is by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
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
    pub kind: LineKind,
    /// Its value.
    pub value: Decimal,
    /// The unit of the value.
    pub unit: Unit,
}

/// What a row is by its name.
pub(super) fn kind(name: &str) -> LineKind {
    thread_local!(static KINDS: Memo<LineKind> = const { Memo::new() });
    KINDS.with(|kinds| kinds.of(name, || kind_of(name)))
}

fn kind_of(name: &str) -> LineKind {
    let name = clean(name);
    let key = name_key(&name);
    let remarks =
        ["注:", "注：", "註", "备注:", "说明:", "资料来源", "数据来源", "来源:", "note:", "source:"];
    let lower = name.to_lowercase();
    if remarks.iter().any(|word| lower.starts_with(word)) || key.contains("续表") {
        LineKind::Remark
    } else if ["合计", "总计", "总数", "小计", "共计", "全市合计", "地区汇总", "汇总"].contains(&key.as_str())
    {
        LineKind::Total
    } else if name.trim_start_matches('(').starts_with("其中") || name.starts_with('#') {
        LineKind::Part
    } else {
        LineKind::Item
    }
}

/// Findings about rows of a table, in their order.
pub(super) fn check(lines: &[Line], runs: &mut RuleRuns) -> Vec<(u32, Problem)> {
    let mut found = Vec::new();
    let mut whole: Option<&Line> = None;
    for line in lines {
        match line.kind {
            LineKind::Part => {
                let ruling = whole.and_then(|whole| exceeds(line, whole));
                found.extend(ruling.and_then(|ruling| runs.ruled("V417", ruling)));
            }
            LineKind::Item | LineKind::Total => whole = Some(line),
            LineKind::Remark => {}
        }
    }
    let summed: Vec<&Line> =
        lines.iter().filter(|line| matches!(line.kind, LineKind::Item | LineKind::Total)).collect();
    let totals = summed.iter().enumerate().filter(|(_, line)| line.kind == LineKind::Total);
    found.extend(totals.filter_map(|(at, total)| {
        let ruling = differs(&summed, at, total)?;
        Some((total.row, runs.ruled("V418", ruling)?))
    }));
    found.sort_by_key(|(row, _)| *row);
    found
}

/// A value in another unit, as far as that is possible.
fn converted(line: &Line, unit: &Unit) -> Option<Decimal> {
    line.unit.convert(line.value, unit).map(|(value, _)| value)
}

fn written(line: &Line) -> (String, Amount) {
    (clean(&line.name), amount(line.value, &line.unit))
}

fn amount(value: Decimal, unit: &Unit) -> Amount {
    Amount::new(value, unit.text())
}

/// V417, of what has parts.
fn exceeds(part: &Line, whole: &Line) -> Option<Ruling<(u32, Problem)>> {
    if is_rate(part) || is_rate(whole) || part.unit.is_share() || whole.unit.is_share() {
        return None;
    }
    let Some(value) = converted(part, &whole.unit) else {
        return Some(Ruling::Undecided(Undecided::NotComparable));
    };
    if value <= whole.value || whole.value < Decimal::ZERO {
        return Some(Ruling::Pass);
    }
    let problem = PlausibilityProblem::PartExceedsTotal { part: written(part), total: written(whole) }.into();
    Some(Ruling::Fail((part.row, problem)))
}

/// Whether a row is a rate of change or spread over others, so that neither parts nor sums of it mean anything.
fn is_rate(line: &Line) -> bool {
    is_change(&line.name) || is_spread(&line.name) || is_quotient(&line.unit)
}

/// Whether a row can be added to others. Shares add up to 100 and to nothing else.
fn adds_up(line: &Line, total: &Line) -> bool {
    !is_rate(line) && (!line.unit.is_share() || total.value == Decimal::ONE_HUNDRED)
}

/// V418, of what adds up: compares a total with the rows above it, up to the total before, and with those below it.
fn differs(lines: &[&Line], at: usize, total: &Line) -> Option<Ruling<Problem>> {
    let is_item = |line: &&&Line| line.kind == LineKind::Item;
    let above: Vec<&Line> = lines.iter().take(at).rev().take_while(is_item).copied().collect();
    let below: Vec<&Line> = lines.iter().skip(at + 1).take_while(is_item).copied().collect();
    let can_add = |rows: &&Vec<&Line>| rows.iter().chain([&total]).all(|line| adds_up(line, total));
    // A single row is summed only where there are no more on either side.
    let least = if above.len() > 1 || below.len() > 1 { 2 } else { 1 };
    let added: Vec<&Vec<&Line>> =
        [&above, &below].into_iter().filter(|rows| rows.len() >= least).filter(can_add).collect();
    if added.is_empty() {
        return None;
    }
    let sums: Vec<(Decimal, Decimal)> =
        added.into_iter().filter_map(|rows| sums(rows, &total.unit)).collect();
    let Some((sum, as_written)) = sums.first() else {
        return Some(Ruling::Undecided(Undecided::NotComparable));
    };
    if sums.iter().any(|(sum, _)| *sum == total.value) {
        return Some(Ruling::Pass);
    }
    let units = above.iter().chain(&below).any(|line| line.unit.differs_in_scale(&total.unit));
    let powers = [10_000_i64, 100_000_000].map(Decimal::from);
    let is_power =
        |one: Decimal, other: Decimal| powers.iter().any(|power| other.checked_mul(*power) == Some(one));
    let slipped = is_power(total.value, *sum) || is_power(*sum, total.value);
    let slip = if units && *as_written == total.value {
        Some(SumSlip::Units)
    } else {
        slipped.then_some(SumSlip::Power)
    };
    Some(Ruling::Fail(
        PlausibilityProblem::SumDiffers {
            total: amount(total.value, &total.unit),
            sum: amount(*sum, &total.unit),
            slip,
        }
        .into(),
    ))
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

    /// What is wrong with the rows of a table.
    fn check(lines: &[Line]) -> Vec<(u32, Problem)> {
        super::check(lines, &mut RuleRuns::default())
    }

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

    proptest::proptest! {
        /// Rows 0, 5.5511151231257827E-17 and 合计 52120 once stopped the report of every city.
        #[test]
        fn no_table_of_any_numbers_stops_the_program(rows in proptest::collection::vec(row(), 0..12)) {
            let lines: Vec<Line> = (0..).zip(rows).map(|(row, line)| Line { row, ..line }).collect();
            for (row, problem) in check(&lines) {
                let line = lines.iter().find(|line| line.row == row).unwrap();
                let expected = if line.kind == LineKind::Total { "V418" } else { "V417" };
                proptest::prop_assert_eq!(problem.code(), expected);
            }
        }

        #[test]
        fn a_total_that_is_the_sum_is_never_reported(values in proptest::collection::vec(0_i64..1_000_000_000, 2..9)) {
            let names: Vec<String> = (0..values.len()).map(|at| format!("第{at}区")).collect();
            let mut rows: Vec<(&str, i64, &str)> =
                names.iter().zip(&values).map(|(name, value)| (name.as_str(), *value, "万元")).collect();
            rows.push(("合计", values.iter().sum(), "万元"));
            proptest::prop_assert_eq!(check(&lines(&rows)), Vec::new());
        }
    }

    /// A row with a number of any size.
    fn row() -> impl proptest::strategy::Strategy<Value = Line> {
        use proptest::prelude::*;
        let numbers = prop_oneof![
            (any::<i64>(), 0_u32..=28).prop_map(|(digits, scale)| Decimal::new(digits, scale)),
            Just(Decimal::new(555_111_512_313, 28)),
            Just(Decimal::ZERO),
            Just(Decimal::from(52_120)),
            Just(Decimal::MAX),
            Just(Decimal::MIN),
        ];
        let names = prop_oneof![Just("甲区"), Just("合计"), Just("其中：乙"), Just("注：丙")];
        let units = prop_oneof![Just("万元"), Just("亿元"), Just("家"), Just("%"), Just("")];
        (names, numbers, units).prop_map(|(name, value, unit)| Line {
            row: 0,
            name: name.to_owned(),
            kind: kind(name),
            value,
            unit: Unit::parse(unit),
        })
    }

    #[test]
    fn a_total_that_is_off_by_any_factor_is_reported() {
        let mut rows = lines(&[("甲", 0, "万元"), ("乙", 0, "万元"), ("合计", 52_120, "万元")]);
        rows[1].value = Decimal::new(555_111_512_313, 28);
        let codes: Vec<&str> = check(&rows).iter().map(|(_, problem)| problem.code()).collect();
        assert_eq!(codes, ["V418"]);
    }

    #[test]
    fn names_tell_items_from_totals_parts_and_remarks() {
        for (name, expected) in [
            ("研发投入", LineKind::Item),
            ("合　　计", LineKind::Total),
            ("其中：企业", LineKind::Part),
            ("# 企业", LineKind::Part),
            ("注：本表为快报数", LineKind::Remark),
            ("资料来源：统计局", LineKind::Remark),
            ("2-9 续表 1", LineKind::Remark),
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
        // What is no level has no parts and no sum.
        for rows in [
            &[("规上工业增加值增速", 5, "%"), ("其中：高技术制造业", 9, "%")][..],
            &[("研发投入占比", 3, "%"), ("其中：企业", 4, "%")],
            &[("每千人口医师数", 3, "人"), ("其中：中医师", 4, "人")],
            &[("甲占比", 30, "%"), ("乙占比", 20, "%"), ("合计", 25, "%")],
        ] {
            assert_eq!(check(&lines(rows)), [], "{rows:?}");
        }
        let shares = check(&lines(&[("甲", 30, "%"), ("乙", 60, "%"), ("合计", 100, "%")]));
        assert_eq!(shares.len(), 1);
        let mixed = check(&lines(&[("甲", 1, "亿元"), ("乙", 2, "万元"), ("合计", 3, "亿元")]));
        assert!(matches!(
            &mixed[0].1,
            Problem::Plausibility(PlausibilityProblem::SumDiffers { slip: Some(SumSlip::Units), .. })
        ));
    }
}
