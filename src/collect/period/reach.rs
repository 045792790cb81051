//! How far a part of a year reaches: from January to the end of a quarter, or a single quarter or month.

use super::PeriodClues;
use crate::period::Reach;

impl PeriodClues {
    /// How far the part reaches from January on; `None` where it does not begin there, or where two things are named that do not fit together.
    pub(super) fn until(&self) -> Option<Reach> {
        // 三季度末 and 截至9月 are from January on.
        let from_january = |first: u32| if self.is_end || self.is_until { 1 } else { first };
        let quarter = |(first, last): &(u32, u32)| {
            let first = if first == last { from_january(*first) } else { *first };
            Some((first.checked_mul(3)?.checked_sub(2)?, last.checked_mul(3)?))
        };
        let quarters: Vec<(u32, u32)> = self.quarters.iter().filter_map(quarter).collect();
        let months = self.extents(&from_january)?;
        let mut named = months.iter().chain(&self.halves).chain(&quarters);
        let last = named.next()?.1;
        if named.any(|(_, other)| *other != last) {
            return None;
        }
        // 三季度（1—9月): months say it exactly.
        let decisive = if months.is_empty() && self.halves.is_empty() { &quarters } else { &months };
        let decisive = if decisive.is_empty() { &self.halves } else { decisive };
        decisive.iter().all(|(first, _)| *first == 1).then(|| Reach::until(last)).flatten()
    }

    /// Whether all that is named are quarters or months that do not begin in January.
    pub(super) fn is_single(&self) -> bool {
        let months = self.extents(&|first| first).unwrap_or_default();
        let mut firsts =
            months.iter().chain(&self.halves).chain(&self.quarters).map(|(first, _)| *first).peekable();
        firsts.peek().is_some() && firsts.all(|first| first > 1)
    }

    /// First and last month of what dates name, whole months only; `None` where a day lies within a month.
    fn extents(&self, from_january: &dyn Fn(u32) -> u32) -> Option<Vec<(u32, u32)>> {
        let mut found = Vec::new();
        let mut dates = self.dates.iter().peekable();
        while let Some(first) = dates.next() {
            let last = dates.next_if(|date| date.is_last && (date.month.is_some() || first.month.is_some()));
            match (first.month, last) {
                (None, None) => {}
                (Some(month), None) => {
                    let is_end = first.day.is_some_and(|day| ends(month, day));
                    if first.day.is_some() && !is_end {
                        return None;
                    }
                    found.push((if is_end { 1 } else { from_january(month) }, month));
                }
                (from, Some(last)) => {
                    let month = last.month?;
                    let begins = first.day.is_none_or(|day| day == 1);
                    let closes = last.day.is_none_or(|day| ends(month, day));
                    let same = first.year.is_none() || last.year.is_none() || first.year == last.year;
                    if !(begins && closes && same) {
                        return None;
                    }
                    found.push((from.unwrap_or(1), month));
                }
            }
        }
        Some(found)
    }
}

/// Whether a day is the last of its month, in any year.
fn ends(month: u32, day: u32) -> bool {
    match month {
        2 => day >= 28,
        4 | 6 | 9 | 11 => day == 30,
        _ => day == 31,
    }
}
