//! The time: written beside what people enter, and never computed with.

use chrono::{NaiveDate, NaiveDateTime};

use crate::error::RunError;

/// The day in China, which has one time for all of it: it is written into a register or beside a decision, and nothing is computed from it.
pub(super) fn today() -> Result<NaiveDate, RunError> {
    let told = "系统时钟不可用，请用 --on 写明日期 (the clock cannot be used: name the day with --on)";
    now().map(|now| now.date()).ok_or_else(|| RunError::Machine(told.to_owned()))
}

/// The time in China, for people who look on; nothing where the clock cannot be used.
#[expect(clippy::disallowed_methods, reason = "the one place that asks for the time")]
pub(super) fn now() -> Option<NaiveDateTime> {
    const EAST: chrono::TimeDelta = chrono::TimeDelta::hours(8);
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    let now = chrono::DateTime::from_timestamp(i64::try_from(since.as_secs()).ok()?, 0)?;
    now.naive_utc().checked_add_signed(EAST)
}
