//! What a target is compared with: the year that a plan counts from, and the value of that year or of the year before.

use super::{Indicator, Origin, PastValue, Plan, Target};

impl Plan {
    /// The year that the plan counts from: the row's own, else the plan's. The text beside a table does not count from the table's.
    pub fn base_year_of(&self, row: &Indicator) -> Option<i32> {
        let has_table =
            || self.indicators.iter().any(|one| one.origin == Origin::Table && !one.targets.is_empty());
        row.baseline_year.or(self.baseline_year).filter(|_| row.origin == Origin::Table || !has_table())
    }

    /// The year at whose end a sum (累计, 〔13.5〕) is nothing yet: that before the plan's first, or a later one that the row counts from. A row
    /// whose base is known of an earlier year only (77.3*) counts its sum from the start of the plan all the same.
    pub fn sum_since(&self, row: &Indicator) -> Option<i32> {
        self.base_year_of(row).map(|own| self.baseline_year.map_or(own, |of_plan| own.max(of_plan)))
    }

    /// Whether nothing of the plan lies behind a year.
    pub fn has_ended(&self, year: i32) -> bool {
        self.years.iter().max().is_some_and(|last| *last <= year)
    }

    /// Over how many years a target counts together; `None` where it does not, or where the plan does not say from when.
    pub fn years_of_sum(&self, row: &Indicator, target: &Target) -> Option<usize> {
        let first = self.years.iter().min().and_then(|first| first.checked_sub(1));
        let since = self.sum_since(row).or(self.baseline_year).or(first)?;
        let years = target.year.checked_sub(since).filter(|_| target.cumulative)?;
        usize::try_from(years).ok()
    }

    /// What a row's target of a year is compared with: the value of the year that the row itself counts from, else of the year
    /// before, else of the year that the table counts from, else the last one that was published before.
    pub fn base_of<'a>(&self, row: &'a Indicator, year: i32) -> Option<&'a PastValue> {
        let printed = |base: Option<i32>| base.filter(|base| *base < year).and_then(|base| row.past_of(base));
        printed(row.baseline_year)
            .or_else(|| row.known_of(year - 1))
            .or_else(|| printed(self.base_year_of(row)))
            .or_else(|| row.last_published(year))
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::finding::PublishedStatus;
    use crate::plan::{Direction, Measure, Published};

    fn value(year: i32, value: i64) -> PastValue {
        PastValue { year, text: value.to_string(), value: Some(Decimal::from(value)), line: String::new() }
    }

    fn published(year: i32, number: i64) -> Published {
        Published {
            year,
            value: Some(value(year, number)),
            status: PublishedStatus::Agreed,
            issued: number.to_string(),
            source: String::new(),
            line: 1,
            is_sample: false,
            written: number.to_string(),
            conversion: None,
            is_converted: false,
            output: None,
        }
    }

    #[test]
    fn a_value_that_was_published_is_no_base_where_the_plan_prints_that_of_its_year() {
        let plan = Plan { baseline_year: None, ..Plan::example() };
        for (what, printed, told, expected) in [
            ("published alone", &[][..], &[(2020, 7)][..], Some(7)),
            ("the plan prints that year", &[(2020, 5)], &[(2020, 7)], Some(5)),
            ("a later one was published", &[(2020, 5)], &[(2020, 7), (2021, 8)], Some(8)),
            ("the year before goes first", &[(2022, 9)], &[(2021, 8)], Some(9)),
            ("nothing was published", &[(2020, 5)], &[], None),
            ("only of the year itself", &[], &[(2023, 8)], None),
        ] {
            let mut row = Indicator::example("家", Measure::Stock, Direction::Higher);
            row.past = printed.iter().map(|(year, number)| value(*year, *number)).collect();
            row.published = told.iter().map(|(year, number)| published(*year, *number)).collect();
            let base = plan.base_of(&row, 2023).and_then(|past| past.value);
            assert_eq!(base, expected.map(Decimal::from), "{what}");
        }
    }
}
