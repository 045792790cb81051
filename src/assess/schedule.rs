//! 时序进度: what is due in a year for which the plan states no target but a later one.
//!
//! On the level itself, linear between what the plan prints last before the year (a target of an earlier year, else the base year) and the
//! target: B + (T − B) × (y − b) ÷ (Y − b). Who has what is due is 达到序时进度, never 完成: the year of the target has not ended.

use rust_decimal::Decimal;

use super::scribe::Scribe;
use super::{Base, BaseSource, Reason};
use crate::ledger::Traced;
use crate::plan::{Change, Goal, Indicator, PastValue, Target, Written};

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

/// The steps of what is due.
pub(super) struct DueSteps {
    /// What is due.
    pub(super) due: Traced,
    /// Where the way begins.
    pub(super) from: Traced,
    /// Where it ends.
    pub(super) target: Traced,
}

impl Due {
    /// What is due in `year` of the target of a later year; `None` for a goal that is no level, which has no way between.
    ///
    /// # Errors
    /// Fails with the reason when the plan prints nothing where the way could begin.
    pub(super) fn of(scribe: &mut Scribe<'_>, year: i32) -> Option<Result<(Self, DueSteps), Reason>> {
        let number = number(scribe.indicator, scribe.target)?;
        let until = scribe.target.year;
        let open = Reason::NoBeginning { year: until };
        let plan = scribe.plan;
        // A rise that is worked out from the level that is reported counts from the year of its base, and so does what is due of it.
        let is_rise = scribe.indicator.change(&scribe.target.goal) == Some(Change::Increment);
        let base_year = match scribe.target.cumulative && !is_rise {
            true => plan.sum_since(scribe.indicator),
            false => plan.base_year_of(scribe.indicator),
        };
        let Some((from, is_target)) = beginning(scribe.indicator, scribe.target, year, base_year) else {
            return Some(Err(open));
        };
        let (Some(gone), Some(all)) = (year.checked_sub(from.year), until.checked_sub(from.year)) else {
            return Some(Err(open));
        };
        let target = scribe.limit("value", &number);
        let begin = match is_target {
            Some((earlier, written)) => scribe.limit_of(earlier, written),
            None => scribe.base(&from),
        };
        let due = scribe.due(&target, &begin, (gone, all));
        let Some(value) = due.decimal() else { return Some(Err(open)) };
        let steps = DueSteps { due, from: begin, target };
        Some(Ok((Self { value, from, target: number.value, until }, steps)))
    }
}

/// The number at which a way ends; `None` for a goal that has none between.
fn number(indicator: &Indicator, target: &Target) -> Option<Written> {
    match &target.goal {
        // Unless it counts together (累计), one year's work leads to no other year's.
        Goal::Level(..) if indicator.is_work_of_a_year() && !target.cumulative => None,
        Goal::Level(_, number) | Goal::Coverage(_, number) | Goal::Multiple(_, number, Some(_)) => {
            Some(number.clone())
        }
        Goal::Increment(_, number, _) if target.cumulative => Some(number.clone()),
        _ => None,
    }
}

/// An earlier target where a way begins, with its number.
type EarlierTarget<'a> = (&'a Target, &'a Written);

/// Where the way to a target begins: the latest target of an earlier year, which comes with it, else the base as the plan prints it or as it was
/// published; nothing at all for what is counted from the start of the plan (累计); once itself for multiples.
fn beginning<'a>(
    indicator: &'a Indicator,
    target: &Target,
    year: i32,
    base_year: Option<i32>,
) -> Option<(Base, Option<EarlierTarget<'a>>)> {
    let of = |year: i32, value: Decimal, source: BaseSource| Base { value, year, source };
    if let Goal::Multiple(_, _, Some(base)) = target.goal {
        return Some((of(base, Decimal::ONE, BaseSource::Once), None));
    }
    let nothing = |base: Option<i32>| {
        let base = base.filter(|base| *base < year)?;
        Some((of(base, Decimal::ZERO, BaseSource::Nothing), None))
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
        let printed = PastValue {
            year: one.year,
            text: value.text.clone(),
            value: Some(value.value),
            line: one.line.clone(),
        };
        return Some((of(one.year, value.value, BaseSource::Plan(printed)), Some((one, value))));
    }
    if target.cumulative {
        return nothing(base_year);
    }
    let base = base_year.filter(|base| *base < year)?;
    if let Some(past) = indicator.past_of(base) {
        return Some((of(base, past.value?, BaseSource::Plan(past.clone())), None));
    }
    let published = indicator.published_of(base)?;
    let value = published.value.as_ref()?.value?;
    Some((of(base, value, BaseSource::Published(Box::new(published.clone()))), None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Ledger;
    use crate::plan::{Direction, Measure, Operator, Plan, Round, Tier};
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
            let (plan, round) = (Plan { baseline_year: base, ..Plan::example() }, Round::example(2023));
            let mut ledger = Ledger::default();
            let mut scribe = Scribe {
                ledger: &mut ledger,
                plan: &plan,
                round: &round,
                indicator: row,
                target,
                before: "",
                base_year: None,
            };
            let due = Due::of(&mut scribe, 2023);
            due.map(|due| due.map(|(due, _)| fixed(due.value, 2)).map_err(|_| "open"))
        };
        assert_eq!(due(&row, &last, Some(2020)), Some(Ok("160.00".to_owned())));
        assert_eq!(due(&row, &cumulative, Some(2020)), Some(Ok("30.00".to_owned())));
        assert_eq!(due(&row, &risen, Some(2020)), Some(Ok("3.00".to_owned())));
        assert_eq!(due(&row, &doubled, None), Some(Ok("1.60".to_owned())));
        // A base that is known of an earlier year only lengthens no sum of the plan's years; a rise that is worked out from it counts from there.
        let known_before = Indicator { baseline_year: Some(2019), ..row.clone() };
        assert_eq!(due(&known_before, &risen, Some(2020)), Some(Ok("3.33".to_owned())));
        assert_eq!(due(&known_before, &cumulative, Some(2020)), Some(Ok("30.00".to_owned())));
        let counts_later = Indicator { baseline_year: Some(2021), ..row.clone() };
        assert_eq!(due(&counts_later, &risen, Some(2020)), Some(Ok("2.50".to_owned())));
        assert_eq!(due(&row, &last, Some(2019)), Some(Err("open")));
        assert_eq!(due(&row, &last, None), Some(Err("open")));
        assert_eq!(due(&row, &target(2025, Goal::Undefined("前列".to_owned())), Some(2020)), None);
        // A target of 2022 is nearer than the base.
        row.targets.push(target(2022, level("170")));
        assert_eq!(due(&row, &last, Some(2020)), Some(Ok("180.00".to_owned())));
    }
}
