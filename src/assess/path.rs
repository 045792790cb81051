//! The way to the final year's targets: growth still needed per year, and whether the planned pace suffices.

use rust_decimal::Decimal;

use super::Assessment;
use crate::growth::average;
use crate::plan::{Goal, Indicator, Tier, Written};
use crate::quantity::Value;

/// Where an indicator stands on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// 已达完成值.
    ReachedIntended,
    /// 已达考核值.
    ReachedAssessed,
    /// 可达考核值: the planned pace suffices, or nearly so.
    OnTrack,
    /// 需加快: more than the planned pace and the tolerance of the method is needed.
    Behind,
    /// 缺数据.
    NoData,
}

/// An indicator's way from this year's value to the final targets.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// This year's target.
    pub target: Written,
    /// Next year's target, unless next year is the last.
    pub next: Option<Written>,
    /// 考核值 of the last year (or its only target).
    pub assessed: Written,
    /// 完成值 of the last year (or its only target).
    pub intended: Written,
    /// Growth per year in percent that 考核值 still needs; `None` when reached or unknown.
    pub need_assessed: Option<Decimal>,
    /// Growth per year in percent that 完成值 still needs; `None` when reached or unknown.
    pub need_intended: Option<Decimal>,
    /// Growth per year in percent from this year's target to 考核值; `None` where it has no meaning.
    pub planned: Option<Decimal>,
    /// Whether the planned pace suffices.
    pub pace: Pace,
}

impl Way {
    /// How many percentage points a year the growth that is needed lies beyond the plan's; `None` where one of them is not known.
    pub fn beyond_the_plan(&self) -> Option<Decimal> {
        self.need_assessed?.abs().checked_sub(self.planned?.abs())
    }
}

/// The way of an indicator after `year`; `None` when the plan sets no levels for a later year.
///
/// The growth needed is (T/A)^(1/n) − 1 from the year of the value to the last year of the plan; `tolerance` is how many percentage points
/// a year it may be beyond the plan's. The years are the one that is judged and that of the value.
pub fn way(
    indicator: &Indicator,
    assessment: &Assessment,
    (year, data_year): (i32, i32),
    tolerance: Decimal,
) -> Option<Way> {
    // What holds every year leads nowhere, and what is done anew in a year to no other year's work.
    if assessment.target.recurring || indicator.is_work_of_a_year() {
        return None;
    }
    let level = |year: i32, intended: bool| {
        let mut targets = indicator.targets_of(year);
        if intended {
            targets.sort_by_key(|target| target.tier != Tier::Intended);
        }
        targets.into_iter().find_map(|target| match &target.goal {
            Goal::Level(_, value) => Some(value.clone()),
            _ => None,
        })
    };
    let last = indicator.targets.iter().map(|target| target.year).max().filter(|last| *last > year)?;
    let target = level(year, false)?;
    let (assessed, intended) = (level(last, false)?, level(last, true)?);
    let next = (last > year + 1).then(|| level(year + 1, false)).flatten();
    let actual = match assessment.actual {
        Some(Value::Number(actual)) if actual > Decimal::ZERO => Some(actual),
        _ => None,
    };
    let years = u32::try_from(last - data_year).ok().filter(|years| *years > 0)?;
    let lower = indicator.direction.less_is_better();
    let reached = |goal: &Written| {
        actual.is_some_and(|actual| if lower { actual <= goal.value } else { actual >= goal.value })
    };
    let need =
        |goal: &Written| actual.filter(|_| !reached(goal)).and_then(|from| average(from, goal.value, years));
    let planned = average(target.value, assessed.value, u32::try_from(last - year).ok()?);
    let (need_assessed, need_intended) = (need(&assessed), need(&intended));
    let pace = match (actual, need_assessed, planned) {
        (None, ..) => Pace::NoData,
        (Some(_), ..) if reached(&intended) => Pace::ReachedIntended,
        (Some(_), ..) if reached(&assessed) => Pace::ReachedAssessed,
        (Some(_), Some(need), Some(planned)) if need.abs() <= planned.abs().saturating_add(tolerance) => {
            Pace::OnTrack
        }
        (Some(_), Some(_), Some(_)) => Pace::Behind,
        (Some(_), ..) => Pace::NoData,
    };
    Some(Way { target, next, assessed, intended, need_assessed, need_intended, planned, pace })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounding::fixed;

    #[test]
    fn the_growth_still_needed_is_per_year() {
        let decimal = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(fixed(average(decimal("3.04"), decimal("3.1"), 2).unwrap(), 1), "1.0");
        assert_eq!(fixed(average(decimal("187"), decimal("240"), 3).unwrap(), 1), "8.7");
        assert_eq!(fixed(average(decimal("0.485"), decimal("0.48"), 2).unwrap(), 1), "-0.5");
    }
}
