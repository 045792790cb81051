//! The words of plan files: one table for each, so that a wrong one can be answered with the right ones.

use std::str::FromStr as _;

use rust_decimal::Decimal;

use super::fault::FileFault;
use super::{Direction, Level, Nature, Operator, PlanStatus, Strength, Tier, Written};

/// Looks a word up in its table.
pub(super) fn word<T: Copy>(what: &str, text: &str, table: &[(&str, T)]) -> Result<T, FileFault> {
    table.iter().find(|(name, _)| *name == text).map(|(_, value)| *value).ok_or_else(|| {
        let known = table.iter().map(|(name, _)| (*name).to_owned()).collect();
        FileFault::OtherWord { what: what.to_owned(), text: text.to_owned(), known }
    })
}

/// Levels.
pub(super) const LEVELS: [(&str, Level); 6] = [
    ("nation", Level::Nation),
    ("province", Level::Province),
    ("city", Level::City),
    ("county", Level::County),
    ("park", Level::Park),
    ("department", Level::Department),
];

/// Status of a plan.
pub(super) const STATUSES: [(&str, PlanStatus); 4] = [
    ("draft", PlanStatus::Draft),
    ("in_force", PlanStatus::InForce),
    ("superseded", PlanStatus::Superseded),
    ("repealed", PlanStatus::Repealed),
];

/// Directions.
pub(super) const DIRECTIONS: [(&str, Direction); 5] = [
    ("higher", Direction::Higher),
    ("lower", Direction::Lower),
    ("interval", Direction::Interval),
    ("rank", Direction::Rank),
    ("none", Direction::None),
];

/// Tiers.
pub(super) const TIERS: [(&str, Tier); 4] = [
    ("annual", Tier::Annual),
    ("assessed", Tier::Assessed),
    ("intended", Tier::Intended),
    ("stretch", Tier::Stretch),
];

/// Natures of rows.
pub(super) const NATURES: [(&str, Nature); 2] =
    [("binding", Nature::Binding), ("anticipatory", Nature::Anticipatory)];

/// Strengths.
pub(super) const STRENGTHS: [(&str, Strength); 3] =
    [("binding", Strength::Binding), ("expected", Strength::Expected), ("aspired", Strength::Aspired)];

/// Operators.
pub(super) const OPERATORS: [(&str, Operator); 7] = [
    (">=", Operator::AtLeast),
    (">", Operator::MoreThan),
    ("surpass", Operator::Surpass),
    ("<=", Operator::AtMost),
    ("<", Operator::LessThan),
    ("~", Operator::About),
    ("=", Operator::Equal),
];

/// Numbers of plans and rounds stay below this, as those of workbooks do.
const LARGEST: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);
/// Digits behind the point that a plan may write.
const MOST_PLACES: u32 = 10;

/// Reads a number of the plan, keeping its digits.
pub(super) fn written(what: &str, text: &str) -> Result<Written, FileFault> {
    let (what, shown) = (what.to_owned(), text.to_owned());
    let plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
    match Decimal::from_str_exact(text) {
        Ok(value) if plain && (value.abs() >= LARGEST || value.scale() > MOST_PLACES) => {
            Err(FileFault::OutOfRange { what, text: shown, places: MOST_PLACES })
        }
        Ok(value) if plain => Ok(Written { text: text.to_owned(), value }),
        // It has more digits than can be kept, so that it is beyond the limits too.
        Err(_) if plain && Decimal::from_str(text).is_ok() => {
            Err(FileFault::OutOfRange { what, text: shown, places: MOST_PLACES })
        }
        _ => Err(FileFault::NotANumber { what, text: shown }),
    }
}

/// The least that an order of magnitude means, in 亿元: 千亿级 is 1000.
pub(crate) fn magnitude(text: &str) -> Option<Decimal> {
    let known = [("万亿级", 10_000), ("千亿级", 1000), ("百亿级", 100), ("十亿级", 10)];
    known.iter().find(|(word, _)| text == *word).map(|(_, least)| Decimal::from(*least))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_a_plan_is_kept_to_its_last_digit_or_refused() {
        assert_eq!(written("value", "-0.1234567890").unwrap().value.to_string(), "-0.1234567890");
        for text in [
            "0.12345678901",
            "0.12345678901234567890123456789012",
            "12345678901234567890123456789.5",
            "12.000000000000000000000000000000000001",
            "1000000000000000",
        ] {
            let fault = written("value", text).unwrap_err();
            assert!(matches!(fault, FileFault::OutOfRange { .. }), "{text}: {fault:?}");
        }
    }
}
