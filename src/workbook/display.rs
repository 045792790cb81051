//! How numbers are shown.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// How a number is shown, as far as that changes what it means to the person who typed it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Display {
    /// As it is stored.
    #[default]
    Plain,
    /// Rounded to a number of decimals.
    Fixed(u8),
    /// A hundred times what is stored, with a percent sign.
    Percent,
    /// As it is stored, with a percent sign behind it.
    PercentSign,
    /// Divided by a thousand or more, or with 万 or 亿 behind it.
    Scaled,
    /// A date, a time, or a duration.
    Date,
    /// The year and month of a date.
    Month,
    /// The year of a date and nothing else.
    Year,
}

/// A number as spreadsheets show it with decimals: half away from zero, with zeros behind.
pub(super) fn fixed(value: Decimal, decimals: u32) -> String {
    let mut rounded = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    if rounded.is_zero() {
        rounded.set_sign_positive(true);
    }
    rounded.to_string()
}
