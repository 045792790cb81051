//! Points of one target by the round's method of scoring; 100 is a target that is just reached.

use super::judged::Judged;
use super::scribe::Scribe;
use crate::ledger::{Operation, Traced};
use crate::plan::Scoring;

/// The points of a verdict; `None` without one. A target without a ratio (有/无, a rank) earns all or nothing; one that has a ratio
/// and a value off its scale earns what lies at that end of it, so that no better value earns less.
pub(super) fn points(scribe: &mut Scribe<'_>, judged: &Judged) -> Option<Traced> {
    judged.state.met()?;
    let met = judged.met.as_ref()?;
    let method = &scribe.round.method;
    let of = |names: &[(&'static str, rust_decimal::Decimal)]| names.to_vec();
    let (operation, parameters) = match method.scoring {
        Scoring::Ratio => (Operation::PointsRatio, of(&[("cap", method.cap)])),
        Scoring::Proportional => (Operation::PointsProportional, of(&[("bonus", method.bonus)])),
        Scoring::Efficacy => {
            (Operation::PointsEfficacy, of(&[("cap", method.cap), ("not_allowed", method.not_allowed)]))
        }
        Scoring::Fixed => (Operation::PointsFixed, Vec::new()),
        Scoring::Banded => {
            let band = [("cap", method.cap), ("band", method.band), ("band_points", method.band_points)];
            (Operation::PointsBanded, of(&band))
        }
    };
    let parameters: Vec<(&'static str, Traced)> =
        parameters.into_iter().map(|(name, value)| (name, scribe.parameter(name, value))).collect();
    let direction = scribe.direction();
    let mut args = vec![("met", met)];
    args.extend(judged.completion.as_ref().map(|completion| ("completion", completion)));
    args.extend(judged.beyond.as_ref().map(|beyond| ("beyond", beyond)));
    args.extend(parameters.iter().map(|(name, told)| (*name, told)));
    // Only where it turns the formula.
    if matches!(operation, Operation::PointsEfficacy) {
        args.push(("direction", &direction));
    }
    Some(scribe.does("points", operation, &args))
}

#[cfg(test)]
mod tests {
    use super::super::State::{self, Exceeded, Met, Missed, Nearly};
    use super::super::judged::Judged;
    use super::*;
    use crate::ledger::{Ledger, StepId, StepValue};
    use crate::plan::{Direction, Goal, Indicator, Measure, Method, Plan, Round, Target, Tier};
    use crate::rounding::fixed;
    use rust_decimal::Decimal;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn method(scoring: Scoring, cap: &str) -> Method {
        Method { cap: decimal(cap), scoring, ..Round::example(2023).method }
    }

    /// The points of a verdict with a completion, or beyond every ratio on one side.
    fn earned(
        method: &Method,
        state: State,
        completion: Option<Decimal>,
        beyond: Option<&'static str>,
        direction: Direction,
    ) -> Option<Decimal> {
        let (plan, round) = (Plan::example(), Round { method: method.clone(), ..Round::example(2023) });
        let indicator = Indicator::example("亿元", Measure::Stock, direction);
        let goal = Goal::Undefined(String::new());
        let target = Target::plain(2023, Tier::Annual, goal, "1".to_owned(), String::new());
        let mut ledger = Ledger::default();
        let mut leaf =
            |name: &str, value: StepValue| ledger.leaf(StepId::new(name), Operation::Constant, value);
        let met = state.met().map(|met| leaf("met", met.into()));
        let completion = completion.map(|value| leaf("completion", StepValue::Number(value.into())));
        let beyond = beyond.map(|side| leaf("beyond", StepValue::word(side)));
        let judged = Judged { met, completion, beyond, ..Judged::bare(state) };
        let mut scribe = Scribe {
            ledger: &mut ledger,
            plan: &plan,
            round: &round,
            indicator: &indicator,
            target: &target,
            before: "",
            base_year: None,
        };
        points(&mut scribe, &judged).and_then(|told| told.decimal())
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
                earned(&method(scoring, cap), state, Some(decimal(completion)), None, direction).unwrap();
            assert_eq!(fixed(found, 2), expected, "{scoring:?} {completion}");
        }
    }

    #[test]
    fn what_has_no_ratio_earns_all_or_nothing_and_what_is_open_nothing_at_all() {
        for (_, scoring) in Scoring::WORDS {
            let method = method(scoring, "120");
            assert_eq!(earned(&method, Met, None, None, Direction::None), Some(Decimal::ONE_HUNDRED));
            assert_eq!(earned(&method, Missed, None, None, Direction::None), Some(Decimal::ZERO));
            assert_eq!(earned(&method, State::NotReported, None, None, Direction::None), None);
        }
    }

    #[test]
    fn what_is_off_the_scale_earns_what_lies_at_its_end() {
        use Direction::{Higher, Lower};
        let (beyond, below) = (Some("better"), Some("worse"));
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
            let found = earned(&method(scoring, "120"), state, None, off_scale, direction);
            assert_eq!(found, Some(decimal(expected)), "{scoring:?} {off_scale:?}");
        }
        let tiny = Some(Decimal::new(1, 28));
        assert_eq!(earned(&method(Scoring::Efficacy, "120"), Missed, tiny, None, Lower), Some(Decimal::ZERO));
    }

    #[test]
    fn the_efficacy_method_spreads_points_when_less_is_not_allowed() {
        // Not allowed 80 %: (90 − 80) ÷ 20 × 40 + 60 = 80.
        let method = Method { not_allowed: decimal("80"), ..method(Scoring::Efficacy, "120") };
        let found = earned(&method, Missed, Some(decimal("90")), None, Direction::Higher).unwrap();
        assert_eq!(found, decimal("80"));
    }
}
