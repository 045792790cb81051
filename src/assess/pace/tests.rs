use super::*;
use crate::ident::CityId;
use crate::period::{Period, Reach};
use crate::plan::{Indicator, Measure, Pacing, Target, Tier};
use crate::reconcile::Basis;

/// A row within a year: what a vector of the rule says of it.
#[derive(Clone)]
struct PaceCase {
    method: PaceMethod,
    actual: Option<&'static str>,
    target: &'static str,
    reach: Reach,
    base: Option<&'static str>,
    unit: &'static str,
    lower: bool,
    /// The same part of the year before and, for a path, the level the year before that.
    last: Option<(&'static str, &'static str, Option<&'static str>)>,
    interim: Option<&'static str>,
    pacing: Pacing,
}

const Q1: Reach = Reach::FirstQuarter;
const H1: Reach = Reach::FirstHalf;
const Q3: Reach = Reach::ThreeQuarters;

fn case(method: PaceMethod, actual: &'static str, target: &'static str, reach: Reach) -> PaceCase {
    PaceCase {
        method,
        actual: Some(actual).filter(|text| !text.is_empty()),
        target,
        reach,
        base: None,
        unit: "",
        lower: false,
        last: None,
        interim: None,
        pacing: Pacing::default(),
    }
}

impl PaceCase {
    fn unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    fn base(self, base: &'static str) -> Self {
        Self { base: Some(base), ..self }
    }

    fn lower(self) -> Self {
        Self { lower: true, ..self }
    }

    /// Judges it, `by` times as large throughout.
    #[expect(clippy::too_many_lines, reason = "all that a row, a fact and a round have")]
    fn judged(&self, by: Decimal) -> PaceAssessment {
        let scaled = |text: &str| {
            let value: Decimal = text.parse().unwrap();
            Written { text: (value * by).normalize().to_string(), value: value * by }
        };
        let direction = if self.lower { Direction::Lower } else { Direction::Higher };
        let mut row = Indicator::example(self.unit, Measure::Stock, direction);
        row.pace = Some(self.method);
        let past = |year: i32, text: &str| {
            let written = scaled(text);
            PastValue { year, text: written.text, value: Some(written.value), line: "1".to_owned() }
        };
        row.past.extend(self.base.map(|text| past(2022, text)));
        if let Some((_, whole, before)) = self.last {
            row.past.retain(|one| one.year != 2022);
            row.past.push(past(2022, whole));
            row.past.extend(before.map(|text| past(2021, text)));
        }
        let operator = if self.lower { Operator::AtMost } else { Operator::AtLeast };
        let goal = Goal::Level(operator, scaled(self.target));
        let target = Target::plain(2023, Tier::Annual, goal, "1".to_owned(), String::new());
        row.targets.push(target.clone());
        row.interims.extend(self.interim.map(|text| InterimTarget {
            period: Period::of(2023, self.reach),
            value: scaled(text),
            line: "1".to_owned(),
            quote: text.to_owned(),
        }));
        let plan = Plan::example();
        let mut round = Round::example(2023);
        round.period = Period::of(2023, self.reach);
        round.pacing = self.pacing.clone();
        let value = self.actual.map(|text| scaled(text).value);
        let before = self.last.map(|(part, ..)| observation(scaled(part)));
        let fact = Fact {
            city: plan.city.clone(),
            no: row.no.clone(),
            year: 2023,
            status: if value.is_some() { FactStatus::Agreed } else { FactStatus::Missing },
            value: value.map(Value::Number),
            source: None,
            sides: Vec::new(),
            before,
            doubt: None,
            waived: Vec::new(),
            basis: Basis::NoRow,
        };
        let mut ledger = Ledger::default();
        if let Some(value) = value {
            let id = ledger::of_indicator(&plan.city, &row.no).of("fact");
            ledger.leaf(id, Operation::Constant, StepValue::Number(value.into()));
        }
        let scribe = Scribe {
            ledger: &mut ledger,
            plan: &plan,
            round: &round,
            indicator: &row,
            target: &target,
            before: "pace/",
            base_year: None,
        };
        let found = Pacer { fact: &fact, scribe }.pace();
        for step in ledger.steps() {
            assert!(
                ledger.again(step).is_none_or(|again| again == step.value),
                "{} cannot be done again",
                step.id
            );
        }
        found
    }

    fn state(&self) -> PaceState {
        self.judged(Decimal::ONE).state
    }
}

/// What a unit reports of the same part of the year before.
fn observation(value: Written) -> crate::collect::Observation {
    crate::collect::Observation {
        city: CityId::parse("a").unwrap(),
        unit: "a".into(),
        no: "1".into(),
        year: 2022,
        is_current: false,
        raw: value.text,
        reading: crate::collect::Reading::Number(value.value),
        reported_unit: String::new(),
        value: Some(value.value),
        conversion: None,
        vintage: crate::collect::Vintage::Actual,
        evidence: Vec::new(),
        evidence_at: crate::finding::Place::default(),
        note: String::new(),
        at: crate::finding::Place::default(),
        form: crate::collect::CellForm::Number,
        supporting: Vec::new(),
    }
}

/// The nineteen vectors of the rule, and two of what the plan itself states for the part.
fn vectors() -> Vec<(PaceCase, PaceState)> {
    use PaceMethod::{Level, Path, Sum, YearEnd};
    use PaceState::{Behind, FarBehind, NotDue, NotReported, OnPace, Reached, SlightlyBehind};
    vec![
        (case(Sum, "30", "40", Q3).unit("家"), OnPace),
        (case(Sum, "29", "40", Q3).unit("家"), SlightlyBehind),
        (case(Sum, "27", "40", Q3).unit("家"), Behind),
        (case(Sum, "21", "40", Q3).unit("家"), Behind),
        (case(Sum, "20", "40", Q3).unit("家"), FarBehind),
        (case(Sum, "40", "40", Q1).unit("家"), Reached),
        (case(Sum, "0", "1", Q3).unit("个"), OnPace),
        (case(Sum, "0", "2", Q3).unit("个"), FarBehind),
        (case(Path, "801", "830", Q3).base("776").unit("家"), FarBehind),
        (
            PaceCase { last: Some(("690", "776", Some("644"))), ..case(Path, "801", "830", Q3).unit("家") },
            OnPace,
        ),
        (case(Path, "30", "30", H1).base("30").unit("个"), Reached),
        (case(Path, "43", "34", H1).base("44").unit("个"), Reached),
        (case(Path, "770", "830", Q1).base("776").unit("家"), FarBehind),
        (case(Level, "0.5262", "0.5195", Q3).lower(), SlightlyBehind),
        (case(Level, "4.4", "6", Q3), Behind),
        (case(Level, "-1", "9", H1), FarBehind),
        (case(Level, "9.0", "9", H1), Reached),
        (case(YearEnd, "", "3", Q3), NotDue),
        (case(Sum, "", "3", Q3), NotReported),
        (PaceCase { interim: Some("20"), ..case(Sum, "20", "40", Q3).unit("家") }, OnPace),
        (PaceCase { interim: Some("790"), ..case(Path, "800", "830", Q3).base("776").unit("家") }, OnPace),
    ]
}

#[test]
fn every_vector_of_the_rule_has_its_state() {
    for (case, expected) in vectors() {
        assert_eq!(case.state(), expected, "{:?} {:?} of {}", case.method, case.actual, case.target);
    }
}

#[test]
fn what_was_due_and_how_much_is_missing_are_told() {
    for (case, due, shortfall) in [
        (case(PaceMethod::Sum, "29", "40", Q3).unit("家"), "30", "3.3"),
        (case(PaceMethod::Sum, "21", "34", Q3).unit("个"), "25", "16.0"),
        (case(PaceMethod::Path, "62", "69", Q3).base("58").unit("个"), "66", "50.0"),
        (case(PaceMethod::Path, "20.9", "21.5", Q3).base("20.3"), "21.2", "33.3"),
        (case(PaceMethod::Path, "3", "2", H1).base("4").lower().unit("起"), "3", "0.0"),
        (case(PaceMethod::Level, "4.4", "6", Q3), "6", "26.7"),
        (case(PaceMethod::Level, "-2", "-3", H1).lower(), "-3", "1.0"),
        // A ceiling of a sum is not at its end before the year is.
        (case(PaceMethod::Sum, "60", "100", H1).lower(), "50", "20.0"),
        // What is due never reads as the value that falls short of it.
        (case(PaceMethod::Sum, "7.77", "10.36", Q3), "7.77", "0.0"),
        (case(PaceMethod::Sum, "7.7", "10.32", Q3), "7.74", "0.5"),
        (case(PaceMethod::Sum, "7.74", "10.321", Q3), "7.741", "0.01"),
    ] {
        let found = case.judged(Decimal::ONE);
        let told = (found.due.unwrap().shown, found.shortfall.unwrap().shown);
        assert_eq!(told, (due.to_owned(), shortfall.to_owned()), "{:?} of {}", case.actual, case.target);
    }
}

#[test]
fn with_slow_at_nothing_there_are_two_sides_only() {
    let two_ways = Pacing { slow: Decimal::ZERO, ..Pacing::default() };
    for (case, usual) in vectors() {
        let found = PaceCase { pacing: two_ways.clone(), ..case }.state();
        assert_ne!(found, PaceState::SlightlyBehind);
        let is_behind =
            |state| matches!(state, PaceState::SlightlyBehind | PaceState::Behind | PaceState::FarBehind);
        assert_eq!(is_behind(found), is_behind(usual));
    }
}

#[test]
fn percentage_points_are_of_the_target_of_the_year() {
    let points = Pacing { basis: PaceBasis::Target, ..Pacing::default() };
    let case = PaceCase { pacing: points, ..case(PaceMethod::Sum, "26", "40", Q3).unit("家") };
    let found = case.judged(Decimal::ONE);
    assert_eq!((found.shortfall.unwrap().shown.as_str(), found.state), ("10.0", PaceState::Behind));
}

proptest::proptest! {
    #[test]
    fn more_of_what_is_better_never_stands_worse(
        one in 0_u32..2000, more in 0_u32..500, target in 1_u32..1000, base in 0_u32..1000,
        which in 0_usize..3, reach in 0_usize..3, lower in proptest::bool::ANY,
    ) {
        let text = |number: u32| -> &'static str { Box::leak(number.to_string().into_boxed_str()) };
        let method = [PaceMethod::Sum, PaceMethod::Path, PaceMethod::Level][which];
        let of = |actual: u32| {
            let case = case(method, text(actual), text(target), Reach::PARTS[reach]).base(text(base));
            if lower { case.lower().state() } else { case.state() }
        };
        let (less, better) = if lower { (of(one + more), of(one)) } else { (of(one), of(one + more)) };
        proptest::prop_assert!(better <= less, "{better:?} {less:?}");
    }

    #[test]
    fn another_unit_of_measure_alters_nothing(at in 0_usize..21, zeros in 0_u32..5) {
        let (case, expected) = vectors().swap_remove(at);
        // Whole things have no smaller unit.
        let factor = if case.unit.is_empty() { Decimal::new(1, zeros) } else { Decimal::ONE };
        let large = if case.unit.is_empty() { Decimal::from(10_u32.pow(zeros)) } else { Decimal::ONE };
        proptest::prop_assert_eq!(case.judged(factor).state, expected);
        proptest::prop_assert_eq!(case.judged(large).state, expected);
    }
}
