//! 时序进度: what is due in a year for which the plan states no target but a later one.
//!
//! On the level itself, linear between what the plan prints last before the year (a target of an earlier year, else the base year) and the
//! target: B + (T − B) × (y − b) ÷ (Y − b). Who has what is due is 达到序时进度, never 完成: the year of the target has not ended.

use rust_decimal::Decimal;

use super::{Base, BaseSource, Reason};
use crate::plan::{Goal, Indicator, PastValue, Target};

/// What is due of a later year's target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The level due, or how many times the base.
    pub value: Decimal,
    /// Where the way begins.
    pub from: Base,
    /// The number of the target, at which it ends.
    pub target: Decimal,
    /// The year of the target.
    pub until: i32,
}

impl Due {
    /// What is due in `year`; `None` for a goal that is no level, which has no way between.
    ///
    /// # Errors
    /// Fails with the reason when the plan prints nothing where the way could begin.
    pub(super) fn of(
        indicator: &Indicator,
        target: &Target,
        year: i32,
        base_year: Option<i32>,
    ) -> Option<Result<Self, Reason>> {
        let number = match &target.goal {
            // Unless it counts together (累计), one year's work leads to no other year's.
            Goal::Level(..) if indicator.is_work_of_a_year() && !target.cumulative => return None,
            Goal::Level(_, number) | Goal::Coverage(_, number) | Goal::Multiple(_, number, Some(_)) => number,
            Goal::Increment(_, number, _) if target.cumulative => number,
            _ => return None,
        };
        let Some(from) = beginning(indicator, target, year, base_year) else {
            return Some(Err(Reason::NoBeginning { year: target.year }));
        };
        let value =
            between(&from, number.value, target.year, year).ok_or(Reason::NoBeginning { year: target.year });
        Some(value.map(|value| Self { value, from, target: number.value, until: target.year }))
    }
}

/// Where the way to a target begins: the latest target of an earlier year, else the base as the plan prints it or as it was published; nothing at all for what is counted from the
/// start of the plan (累计); once itself for multiples.
fn beginning(indicator: &Indicator, target: &Target, year: i32, base_year: Option<i32>) -> Option<Base> {
    let printed = |year: i32, text: &str, value: Decimal, line: &str| Base {
        value,
        year,
        source: BaseSource::Plan(PastValue {
            year,
            text: text.to_owned(),
            value: Some(value),
            line: line.to_owned(),
        }),
    };
    if let Goal::Multiple(_, _, Some(base)) = target.goal {
        return Some(printed(base, "1", Decimal::ONE, &target.line));
    }
    let nothing = |base: Option<i32>| {
        base.filter(|base| *base < year).map(|base| printed(base, "0", Decimal::ZERO, &target.line))
    };
    if matches!(target.goal, Goal::Increment(..)) {
        return nothing(base_year);
    }
    let earlier = indicator.targets.iter().filter(|one| one.year < year && one.tier.is_judged_first());
    let levels = earlier.filter_map(|one| match &one.goal {
        Goal::Level(_, value) | Goal::Coverage(_, value) => Some((one, value)),
        _ => None,
    });
    if let Some((one, value)) = levels.max_by_key(|(one, _)| one.year) {
        return Some(printed(one.year, &value.text, value.value, &one.line));
    }
    if target.cumulative {
        return nothing(base_year);
    }
    let base = base_year.filter(|base| *base < year)?;
    if let Some(past) = indicator.past_of(base) {
        return Some(printed(base, &past.text, past.value?, &past.line));
    }
    let published = indicator.published_of(base)?;
    let value = published.value.as_ref()?.value?;
    Some(Base { value, year: base, source: BaseSource::Published(Box::new(published.clone())) })
}

fn between(from: &Base, target: Decimal, until: i32, year: i32) -> Option<Decimal> {
    let gone = Decimal::from(year.checked_sub(from.year)?);
    let all = Decimal::from(until.checked_sub(from.year)?);
    let way = target.checked_sub(from.value)?.checked_mul(gone)?.checked_div(all)?;
    from.value.checked_add(way)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Direction, Measure, Operator, Tier, Written};
    use crate::rounding::fixed;

    fn written(text: &str) -> Written {
        Written { text: text.to_owned(), value: text.parse().unwrap() }
    }

    fn target(year: i32, goal: Goal) -> Target {
        Target::plain(year, Tier::Annual, goal, "1".to_owned(), String::new())
    }

    #[test]
    fn what_is_due_lies_on_the_way_that_the_plan_prints() {
        let level = |text: &str| Goal::Level(Operator::AtLeast, written(text));
        let mut row = Indicator::example("家", Measure::Stock, Direction::Higher);
        row.past.push(PastValue {
            year: 2020,
            text: "100".to_owned(),
            value: Some(Decimal::ONE_HUNDRED),
            line: "1".to_owned(),
        });
        let last = target(2025, level("200"));
        let cumulative = Target { cumulative: true, ..target(2025, level("50")) };
        let risen = Target {
            cumulative: true,
            ..target(2025, Goal::Increment(Operator::AtLeast, written("5"), None))
        };
        let doubled = target(2025, Goal::Multiple(Operator::AtLeast, written("2"), Some(2020)));
        let due = |row: &Indicator, target: &Target, base: Option<i32>| {
            Due::of(row, target, 2023, base).map(|due| due.map(|due| fixed(due.value, 2)).map_err(|_| "open"))
        };
        assert_eq!(due(&row, &last, Some(2020)), Some(Ok("160.00".to_owned())));
        assert_eq!(due(&row, &cumulative, Some(2020)), Some(Ok("30.00".to_owned())));
        assert_eq!(due(&row, &risen, Some(2020)), Some(Ok("3.00".to_owned())));
        assert_eq!(due(&row, &doubled, None), Some(Ok("1.60".to_owned())));
        assert_eq!(due(&row, &last, Some(2019)), Some(Err("open")));
        assert_eq!(due(&row, &last, None), Some(Err("open")));
        assert_eq!(due(&row, &target(2025, Goal::Undefined("前列".to_owned())), Some(2020)), None);
        // A target of 2022 is nearer than the base.
        row.targets.push(target(2022, level("170")));
        assert_eq!(due(&row, &last, Some(2020)), Some(Ok("180.00".to_owned())));
    }
}
