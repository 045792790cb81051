//! Points of one target by the round's method of scoring; 100 is a target that is just reached.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::State;
use crate::plan::{Direction, Method, Scoring};

/// The points of a verdict; `None` without one. A target without a ratio (有/无, a rank) earns all or nothing; one that has a ratio
/// and a value off its scale earns what lies at that end of it, so that no better value earns less.
pub(super) fn points(
    method: &Method,
    state: State,
    completion: Option<Decimal>,
    off_scale: Option<Ordering>,
    direction: Direction,
) -> Option<Decimal> {
    let met = state.met()?;
    let completion = match (completion, off_scale) {
        (Some(completion), _) => completion,
        (None, Some(Ordering::Greater)) if met => return best(method, direction),
        (None, Some(Ordering::Less)) if met => Decimal::ZERO,
        (None, _) => return Some(if met { Decimal::ONE_HUNDRED } else { Decimal::ZERO }),
    };
    let hundred = Decimal::ONE_HUNDRED;
    Some(match method.scoring {
        Scoring::Ratio => completion.min(method.cap),
        Scoring::Proportional if met => completion.clamp(hundred, hundred.checked_add(method.bonus)?),
        Scoring::Proportional => completion.min(hundred),
        // What is too far off to be computed earns nothing.
        Scoring::Efficacy => {
            let points = efficacy(method, completion, direction).unwrap_or_default();
            points.clamp(Decimal::ZERO, method.cap)
        }
        Scoring::Fixed => {
            if met {
                hundred
            } else {
                Decimal::ZERO
            }
        }
        Scoring::Banded => {
            let bands = completion.checked_sub(hundred)?.checked_div(method.band)?.trunc();
            bands.checked_mul(method.band_points)?.checked_add(hundred)?.clamp(Decimal::ZERO, method.cap)
        }
    })
}

/// What a value earns that is better than every ratio.
fn best(method: &Method, direction: Direction) -> Option<Decimal> {
    let hundred = Decimal::ONE_HUNDRED;
    match method.scoring {
        Scoring::Ratio => Some(method.cap),
        Scoring::Proportional => hundred.checked_add(method.bonus),
        Scoring::Efficacy if direction == Direction::Lower => {
            Some(efficacy_of(method, Decimal::from(200))?.min(method.cap))
        }
        Scoring::Efficacy => Some(method.cap),
        Scoring::Banded if method.band_points > Decimal::ZERO => Some(method.cap),
        Scoring::Banded | Scoring::Fixed => Some(hundred),
    }
}

/// 功效系数法: (A − x_s) ÷ (x_h − x_s) × 40 + 60, with the target as satisfactory value x_h and a share of it as the value
/// that is not allowed x_s; for lower-is-better x_s lies as far above the target.
fn efficacy(method: &Method, completion: Decimal, direction: Direction) -> Option<Decimal> {
    let two = Decimal::from(200);
    // A ÷ T in percent, turned so that more is better.
    let linear = match direction {
        Direction::Lower => two.checked_sub(Decimal::from(10_000).checked_div(completion)?)?,
        _ => completion,
    };
    efficacy_of(method, linear)
}

/// The points of A ÷ T in percent, turned so that more is better.
fn efficacy_of(method: &Method, linear: Decimal) -> Option<Decimal> {
    let span = Decimal::ONE_HUNDRED.checked_sub(method.not_allowed)?;
    let way = linear.checked_sub(method.not_allowed)?.checked_div(span)?;
    way.checked_mul(Decimal::from(40))?.checked_add(Decimal::from(60))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::State::{Exceeded, Met, Missed, Nearly};
    use crate::rounding::fixed;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn method(scoring: Scoring, cap: &str) -> Method {
        Method {
            nearly: decimal("95"),
            exceeded: decimal("105"),
            cap: decimal(cap),
            minimum_coverage: decimal("66.7"),
            about_tolerance: decimal("5"),
            bar_span: decimal("15"),
            grades: [decimal("90"), decimal("80"), decimal("60")],
            scoring,
            bonus: decimal("4"),
            bonus_total: decimal("20"),
            not_allowed: decimal("60"),
            band: decimal("5"),
            band_points: decimal("5"),
            late: Decimal::ZERO,
            evidence: Decimal::ZERO,
        }
    }

    #[test]
    fn each_method_gives_the_points_of_the_hand_computed_examples() {
        use Direction::{Higher, Lower};
        use Scoring::{Banded, Efficacy, Fixed, Proportional, Ratio};
        for (scoring, cap, state, completion, direction, expected) in [
            // 350.8 ÷ 360 = 97.44 %.
            (Ratio, "100", Nearly, "97.44", Higher, "97.44"),
            (Ratio, "100", Exceeded, "111.13", Higher, "100.00"),
            (Ratio, "120", Exceeded, "111.13", Higher, "111.13"),
            (Ratio, "120", Exceeded, "133", Higher, "120.00"),
            // Reached is full, beyond it at most 4 more.
            (Proportional, "100", Nearly, "97.44", Higher, "97.44"),
            (Proportional, "100", Exceeded, "103.5", Higher, "103.50"),
            (Proportional, "100", Exceeded, "111.13", Higher, "104.00"),
            // 14 against 15左右 is reached: full points, not 93.3.
            (Proportional, "100", Met, "93.3", Higher, "100.00"),
            // Not allowed 60 % of the target: (97.44 − 60) ÷ 40 × 40 + 60.
            (Efficacy, "120", Nearly, "97.44", Higher, "97.44"),
            (Efficacy, "120", Missed, "80", Higher, "80.00"),
            (Efficacy, "120", Exceeded, "110", Higher, "110.00"),
            // Lower is better, A = 1.1 T: c = 90.909…, linear 200 − 110 = 90.
            (Efficacy, "120", Missed, "90.90909090909090909090909091", Lower, "90.00"),
            (Fixed, "100", Met, "100", Higher, "100.00"),
            (Fixed, "100", Nearly, "99.99", Higher, "0.00"),
            // 2.56 % short is less than a band; 11.13 % over is two; 23 % short is four.
            (Banded, "120", Nearly, "97.44", Higher, "100.00"),
            (Banded, "120", Exceeded, "111.13", Higher, "110.00"),
            (Banded, "120", Missed, "77", Higher, "80.00"),
            (Banded, "120", Exceeded, "190", Higher, "120.00"),
            (Banded, "120", Missed, "1", Higher, "5.00"),
        ] {
            let found =
                points(&method(scoring, cap), state, Some(decimal(completion)), None, direction).unwrap();
            assert_eq!(fixed(found, 2), expected, "{scoring:?} {completion}");
        }
    }

    #[test]
    fn what_has_no_ratio_earns_all_or_nothing_and_what_is_open_nothing_at_all() {
        for (_, scoring) in Scoring::WORDS {
            let method = method(scoring, "120");
            assert_eq!(points(&method, Met, None, None, Direction::None), Some(Decimal::ONE_HUNDRED));
            assert_eq!(points(&method, Missed, None, None, Direction::None), Some(Decimal::ZERO));
            assert_eq!(points(&method, State::NotReported, None, None, Direction::None), None);
        }
    }

    #[test]
    fn what_is_off_the_scale_earns_what_lies_at_its_end() {
        use Direction::{Higher, Lower};
        let (beyond, below) = (Some(Ordering::Greater), Some(Ordering::Less));
        for (scoring, direction, state, off_scale, expected) in [
            // Nothing at all where less is better: no less than what comes close to it.
            (Scoring::Ratio, Lower, Exceeded, beyond, "120"),
            (Scoring::Proportional, Lower, Exceeded, beyond, "104"),
            (Scoring::Efficacy, Lower, Exceeded, beyond, "120"),
            (Scoring::Fixed, Lower, Exceeded, beyond, "100"),
            (Scoring::Banded, Lower, Exceeded, beyond, "120"),
            // Reached by what 左右 allows, with nothing: no more than a little.
            (Scoring::Ratio, Higher, Met, below, "0"),
            (Scoring::Proportional, Higher, Met, below, "100"),
            (Scoring::Efficacy, Higher, Met, below, "0"),
            (Scoring::Fixed, Higher, Met, below, "100"),
            (Scoring::Ratio, Higher, Missed, below, "0"),
        ] {
            let found = points(&method(scoring, "120"), state, None, off_scale, direction);
            assert_eq!(found, Some(decimal(expected)), "{scoring:?} {off_scale:?}");
        }
        let tiny = Some(Decimal::new(1, 28));
        assert_eq!(points(&method(Scoring::Efficacy, "120"), Missed, tiny, None, Lower), Some(Decimal::ZERO));
    }

    #[test]
    fn the_efficacy_method_spreads_points_when_less_is_not_allowed() {
        // Not allowed 80 %: (90 − 80) ÷ 20 × 40 + 60 = 80.
        let method = Method { not_allowed: decimal("80"), ..method(Scoring::Efficacy, "120") };
        let found = points(&method, Missed, Some(decimal("90")), None, Direction::Higher).unwrap();
        assert_eq!(found, decimal("80"));
    }
}
