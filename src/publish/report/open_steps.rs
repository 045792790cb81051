//! What is to be done about a target that cannot be assessed: as its reason asks for, and of whom.

use crate::assess::{Assessment, Reason, RowReason};
use crate::ident::IndicatorNo;

/// Words of numbers that others hand down: 完成省下达任务. The plan need not state them, and its issuer cannot.
const HANDED_DOWN: [&str; 6] = ["下达", "核定", "省定", "国家定", "上级确定", "上级任务"];

/// Who can settle what a verdict lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OpenStep {
    /// Whoever issued the plan, by saying what it means.
    Issuer,
    /// Whoever reports, by telling the number that was handed down.
    HandedDown,
    /// Whoever reports, by telling the value of an earlier year.
    EarlierValue(i32),
    /// Whoever judges, by giving what the target is held against.
    Benchmark,
    /// Nobody for itself: another row comes first.
    After(IndicatorNo),
    /// Whoever reports, by reporting what is asked for: a number, or whether it is there.
    Again,
    /// Nobody: it is judged in a later year.
    LaterYear(i32),
    /// Nobody: it is judged when it is due.
    NotDue,
}

/// What a target without a verdict waits for.
pub(super) fn step(one: &Assessment) -> OpenStep {
    match &one.reason {
        Some(Reason::Undefined(words)) if is_handed_down(words) => OpenStep::HandedDown,
        Some(Reason::NoBase { year }) => OpenStep::EarlierValue(*year),
        Some(Reason::NoBenchmark(_)) => OpenStep::Benchmark,
        Some(Reason::Row(no, RowReason::NotReported | RowReason::Lagged(_) | RowReason::InDoubt)) => {
            OpenStep::After(no.clone())
        }
        Some(Reason::OtherKind) => OpenStep::Again,
        Some(Reason::LaterYear(year)) => OpenStep::LaterYear(*year),
        Some(Reason::NotDue(_)) => OpenStep::NotDue,
        _ => OpenStep::Issuer,
    }
}

fn is_handed_down(words: &str) -> bool {
    HANDED_DOWN.iter().any(|word| words.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_others_hand_down_is_asked_of_who_reports_and_not_of_who_issued_the_plan() {
        for (words, expected) in [
            ("完成省下达任务", true),
            ("不超过省核定总量", true),
            ("保持在合理区间", false),
            ("进入前列", false),
        ] {
            assert_eq!(is_handed_down(words), expected, "{words}");
        }
    }
}
