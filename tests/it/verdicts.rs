//! A target says the same wherever the plan states it: in its table or in its text. And on the way to a later year (时序进度) a better
//! value never stands worse.

use std::fmt::Write as _;
use std::path::Path;

use duibiao::assess::{self, Assessment};
use duibiao::finding::{PublishedStatus, RuleRuns};
use duibiao::inputs::Inputs;
use duibiao::ledger::{self, Ledger, Operation, StepValue};
use duibiao::plan::{self, Benchmark, Catalogue, Goal, Plan, PublishedRow, Round, Scoring};
use duibiao::quantity::Value;
use duibiao::reconcile::{Basis, Fact, FactStatus};
use duibiao::rounding::round_to;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::workspace::Workspace;

/// The year that is judged, and one that lies on the way to it.
const YEAR: i32 = 2023;
const LATER: i32 = 2025;

/// What is drawn of a target.
#[derive(Debug, Clone)]
struct Numbers {
    limit: Decimal,
    /// How far the bounds of ranges lie apart.
    width: Decimal,
    /// The level of the base year.
    base: Decimal,
    /// The level of another row.
    other: Decimal,
    /// Which unit, operator, method and so on.
    choice: u64,
}

fn numbers() -> impl Strategy<Value = Numbers> {
    let number = || (1_i64..20_000, 0_u32..=2).prop_map(|(digits, places)| Decimal::new(digits, places));
    let width = (0_i64..500).prop_map(|digits| Decimal::new(digits, 1));
    // The base lies anywhere, or as near to the target as a base mostly does.
    let near = prop_oneof![Just(None), (-30_000_i64..=30_000).prop_map(Some)];
    (number(), width, (number(), near), number(), any::<u64>()).prop_map(
        |(limit, width, (base, near), other, choice)| {
            let near = near.map(|off| limit + Decimal::new(off, 2)).filter(|near| *near > Decimal::ZERO);
            Numbers { limit, width, base: near.unwrap_or(base), other, choice }
        },
    )
}

/// Where a value lies: so far from its target, often on it and often near it; or so many percent of the way back to the base.
#[derive(Debug, Clone, Copy)]
enum Place {
    Off(Decimal),
    Way(i64),
}

fn place() -> impl Strategy<Value = Place> {
    let off = prop_oneof![Just(0_i64), -3_i64..=3, -600_i64..=600, -20_000_i64..=20_000];
    let off = off.prop_map(|off| Place::Off(Decimal::new(off, 2)));
    prop_oneof![off, (-50_i64..=150).prop_map(Place::Way)]
}

/// The choices of a target, one after the other.
struct Choices(u64);

impl Choices {
    fn below(&mut self, count: u64) -> u64 {
        let chosen = self.0 % count;
        self.0 = (self.0 / count) ^ self.0.rotate_left(23);
        chosen
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(u64::try_from(all.len()).unwrap())).unwrap()]
    }
}

/// What is reported of a row, where the target speaks of its change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reported {
    /// What the target speaks of.
    Itself,
    /// The level that has grown so many percent in every year since the base year.
    Grown,
    /// The level that has risen so much.
    Risen,
    /// The place that is so many places better.
    Better,
    /// The level that is so many times the base: of prose as well.
    Times,
}

/// A target, as a row of the table and prose state it alike.
#[derive(Debug, Clone)]
struct Stated {
    kind: &'static str,
    /// The fields of the plan file.
    fields: String,
    row_unit: &'static str,
    prose_unit: &'static str,
    row_direction: &'static str,
    prose_direction: &'static str,
    /// Of the row, and of prose where the kind does not say it.
    measure: &'static str,
    /// The year that changes are counted from, and the plan's.
    base_year: i32,
    reported: Reported,
    more_is_better: Option<bool>,
}

/// What states a target of a kind.
type Statement = fn(&Numbers, &mut Choices) -> Stated;

/// The kinds of plan files, each with what states a target of it.
const KINDS: [(&str, Statement); 15] = [
    ("level", level),
    ("qualitative", qualitative),
    ("growth", growth),
    ("average_growth", average_growth),
    ("increment", increment),
    ("range", range),
    ("interval", interval),
    ("rank", rank),
    ("rank_change", rank_change),
    ("relative", relative),
    ("milestone", milestone),
    ("magnitude", magnitude),
    ("coverage", coverage),
    ("multiple", multiple),
    ("undefined", undefined),
];

const QUANTITIES: [(&str, &str); 4] = [("亿元", "flow"), ("家", "stock"), ("%", "ratio"), ("个", "flow")];

/// A target of a quantity, with one direction and without any field.
fn plain(kind: &'static str, choices: &mut Choices) -> Stated {
    let (unit, measure) = choices.of(&QUANTITIES);
    let direction = choices.of(&["higher", "lower"]);
    Stated {
        kind,
        fields: String::new(),
        row_unit: unit,
        prose_unit: unit,
        row_direction: direction,
        prose_direction: direction,
        measure,
        base_year: 2022,
        reported: Reported::Itself,
        more_is_better: Some(direction == "higher"),
    }
}

impl Stated {
    fn field(&mut self, key: &str, value: impl std::fmt::Display) {
        writeln!(self.fields, "{key} = \"{value}\"").unwrap();
    }

    /// An operator that goes with the direction, or none where the usual one is meant.
    fn operator(&mut self, choices: &mut Choices) {
        let less = self.row_direction == "lower" || self.row_direction == "rank";
        let operators: &[&str] = match less {
            true => &["<=", "<", "~", "=", ""],
            false => &[">=", ">", "surpass", "~", "=", ""],
        };
        let operator = choices.of(operators);
        if operator.is_empty() {
            return;
        }
        self.field("op", operator);
        if operator == "=" {
            self.more_is_better = None;
        }
        if operator == "~" && choices.below(2) == 0 {
            self.field("tolerance", choices.of(&["0", "10%", "33.3"]));
        }
    }

    fn unit(&mut self, unit: &'static str) {
        (self.row_unit, self.prose_unit) = (unit, unit);
    }

    fn direction(&mut self, direction: &'static str) {
        (self.row_direction, self.prose_direction) = (direction, direction);
    }
}

fn level(drawn: &Numbers, choices: &mut Choices) -> Stated {
    let mut stated = plain("level", choices);
    stated.operator(choices);
    stated.field("value", drawn.limit);
    stated.base_year = choices.of(&[2022, 2020]);
    if choices.below(3) == 0 {
        stated.fields.push_str("cumulative = true\n");
    }
    stated
}

fn qualitative(_: &Numbers, choices: &mut Choices) -> Stated {
    let mut stated = Stated { measure: "boolean", more_is_better: None, ..plain("qualitative", choices) };
    stated.unit("有/无");
    stated.direction("none");
    stated.field("value", "有");
    stated
}

/// A growth, of a row that is a level or itself a rate.
fn rate(kind: &'static str, drawn: &Numbers, choices: &mut Choices) -> Stated {
    let mut stated = plain(kind, choices);
    stated.prose_unit = "%";
    stated.reported = Reported::Grown;
    if choices.below(3) == 0 {
        (stated.row_unit, stated.measure, stated.reported) = ("%", "growth", Reported::Itself);
    }
    stated.operator(choices);
    // Falls are wanted as often as rises.
    let limit = drawn.limit.min(Decimal::from(60));
    stated.field("value", if choices.below(3) == 0 { -limit } else { limit });
    stated
}

fn growth(drawn: &Numbers, choices: &mut Choices) -> Stated {
    rate("growth", drawn, choices)
}

fn average_growth(drawn: &Numbers, choices: &mut Choices) -> Stated {
    let mut stated = rate("average_growth", drawn, choices);
    stated.base_year = choices.of(&[2022, 2021, 2020]);
    if choices.below(2) == 0 {
        writeln!(stated.fields, "base_year = {}", stated.base_year).unwrap();
    }
    stated
}

fn increment(drawn: &Numbers, choices: &mut Choices) -> Stated {
    let mut stated = plain("increment", choices);
    if stated.measure != "flow" {
        stated.reported = Reported::Risen;
    }
    stated.operator(choices);
    stated.field("value", drawn.limit);
    if choices.below(3) == 0 {
        stated.fields.push_str("cumulative = true\n");
        stated.base_year = choices.of(&[2022, 2020]);
    }
    stated
}

fn range(drawn: &Numbers, choices: &mut Choices) -> Stated {
    let mut stated = plain("range", choices);
    stated.field("low", drawn.limit);
    stated.field("high", drawn.limit + drawn.width);
    stated
}

fn interval(drawn: &Numbers, choices: &mut Choices) -> Stated {
    let mut stated = Stated { more_is_better: None, ..range(drawn, choices) };
    stated.kind = "interval";
    stated.direction("interval");
    if choices.below(2) == 0 {
        stated.field("lowest", drawn.limit - drawn.width);
        stated.field("highest", drawn.limit + drawn.width + drawn.width);
    }
    stated
}

fn rank(drawn: &Numbers, choices: &mut Choices) -> Stated {
    let mut stated = Stated { measure: "rank", more_is_better: Some(false), ..plain("rank", choices) };
    stated.unit("位");
    stated.direction("rank");
    stated.operator(choices);
    stated.field("value", drawn.limit.trunc());
    stated
}

fn rank_change(drawn: &Numbers, choices: &mut Choices) -> Stated {
    let mut stated = Stated { measure: "rank", more_is_better: Some(true), ..plain("rank_change", choices) };
    stated.unit("位");
    (stated.row_direction, stated.prose_direction) = ("rank", "higher");
    stated.reported = Reported::Better;
    let operator = choices.of(&[">=", ">", "surpass", ""]);
    if !operator.is_empty() {
        stated.field("op", operator);
    }
    stated.field("value", drawn.limit.trunc());
    stated
}

/// Held against another row, or against what the round says.
fn relative(_: &Numbers, choices: &mut Choices) -> Stated {
    let mut stated = plain("relative", choices);
    let operator = choices.of(&[">=", ">", "surpass", "<=", "<"]);
    stated.more_is_better = Some(!operator.starts_with('<'));
    stated.field("op", operator);
    stated.field("reference", "平均水平");
    if choices.below(2) == 0 {
        stated.field("against", "2");
    }
    stated
}

fn milestone(_: &Numbers, choices: &mut Choices) -> Stated {
    let mut stated = Stated { kind: "milestone", ..qualitative_unit(choices) };
    stated.field("value", "建成");
    let due = choices.of(&["", "2023-06-30", "2023-12-31", "2025-06-30"]);
    if !due.is_empty() {
        writeln!(stated.fields, "due = {due}").unwrap();
    }
    stated
}

fn qualitative_unit(choices: &mut Choices) -> Stated {
    let mut stated = Stated { measure: "milestone", more_is_better: None, ..plain("milestone", choices) };
    stated.unit("有/无");
    stated.direction("none");
    stated
}

fn magnitude(_: &Numbers, choices: &mut Choices) -> Stated {
    let mut stated = Stated { measure: "flow", more_is_better: Some(true), ..plain("magnitude", choices) };
    stated.unit(choices.of(&["亿元", "百万元"]));
    stated.direction("higher");
    stated.field("value", choices.of(&["百亿级", "十亿级"]));
    stated
}

fn coverage(drawn: &Numbers, choices: &mut Choices) -> Stated {
    let mut stated = Stated { measure: "ratio", more_is_better: Some(true), ..plain("coverage", choices) };
    stated.unit("%");
    stated.direction("higher");
    let operator = choices.of(&[">=", ">", ""]);
    if !operator.is_empty() {
        stated.field("op", operator);
    }
    stated.field("value", drawn.limit);
    stated
}

fn multiple(drawn: &Numbers, choices: &mut Choices) -> Stated {
    let mut stated = plain("multiple", choices);
    stated.reported = Reported::Times;
    stated.operator(choices);
    stated.field("value", drawn.limit);
    if choices.below(2) == 0 {
        stated.base_year = choices.of(&[2022, 2020]);
        writeln!(stated.fields, "base_year = {}", stated.base_year).unwrap();
    }
    stated
}

fn undefined(_: &Numbers, choices: &mut Choices) -> Stated {
    let mut stated = Stated { more_is_better: None, ..plain("undefined", choices) };
    stated.field("undefined", "前列");
    stated
}

/// A round with a catalogue and two plans that state one target of `year`: one as a row, one in prose.
struct Twice {
    stated: Stated,
    drawn: Numbers,
    round: Round,
    row: Plan,
    prose: Plan,
}

const HEAD: &str = "[plan]\nid = \"a-2023\"\ncity = \"a\"\nname = \"甲市\"\nshort = \"甲\"\nlevel = \"city\"\ntitle = \"甲市方案\"\nscope = \"1项\"\nstatus = \"in_force\"\nyears = [2023, 2025]\noffice = \"办公室\"\nsource = \"source.txt\"\n[[group]]\nname = \"投入\"\n";

impl Twice {
    fn new(kind: usize, drawn: &Numbers, year: i32) -> Self {
        let mut choices = Choices(drawn.choice);
        let mut stated = KINDS[kind].1(drawn, &mut choices);
        match choices.below(12) {
            0 => stated.fields.push_str("undated = true\n"),
            1 if stated.kind != "undefined" => stated.field("undefined", "前列"),
            2 => stated.field("strength", "aspired"),
            _ => {}
        }
        let folder = tempfile::tempdir().unwrap();
        let is_printed =
            choices.below(2) == 0 && stated.measure != "boolean" && stated.measure != "milestone";
        stated.write(folder.path(), drawn, year, is_printed);
        let catalogue = Catalogue::load(&Inputs::default(), &folder.path().join("catalogue.toml")).unwrap();
        let load = |name: &str| {
            plan::load(&Inputs::default(), &folder.path().join(name), &catalogue, folder.path())
                .unwrap_or_else(|error| panic!("{error}\n{stated:?}"))
        };
        let publish = |plan: Plan, row: PublishedRow| {
            let is_presence = matches!(stated.measure, "boolean" | "milestone");
            let rows = if is_presence { Vec::new() } else { vec![(2, row)] };
            plan.with_published(Path::new("published.csv"), rows, YEAR).unwrap()
        };
        let (row, prose) = (load("row.toml"), load("prose.toml"));
        let row = if is_printed { row } else { publish(row, stated.published(drawn, true)) };
        let prose = publish(prose, stated.published(drawn, false));
        let mut round = round(&mut choices);
        for no in ["1", "P1"] {
            round.benchmarks.push(Benchmark {
                city: row.city.clone(),
                target: no.into(),
                name: "平均".to_owned(),
                value: drawn.other,
                source: "公报".to_owned(),
                reason: String::new(),
                by: String::new(),
                on: None,
            });
        }
        Self { stated, drawn: drawn.clone(), round, row, prose }
    }

    /// The verdicts on the row and on the prose for what the target speaks of.
    fn judged(&self, held: Value) -> (Assessment, Assessment) {
        let Self { stated, drawn, round, row, prose } = self;
        let fact = |plan: &Plan, no: &str, value: Value| Fact {
            waived: Vec::new(),
            city: plan.city.clone(),
            no: no.into(),
            year: YEAR,
            status: FactStatus::Agreed,
            value: Some(value),
            source: None,
            sides: Vec::new(),
            before: None,
            doubt: None,
            basis: Basis::Single,
        };
        let verdict = |plan: &Plan, no: &str, value: Value| {
            let facts = [fact(plan, no, value), fact(plan, "2", Value::Number(drawn.other))];
            let mut ledger = Ledger::default();
            for fact in &facts {
                let value = match fact.value {
                    Some(Value::Number(number)) => StepValue::Number(number.into()),
                    value => StepValue::Text(value.map(Value::text).unwrap_or_default()),
                };
                let id = ledger::of_indicator(&fact.city, &fact.no).of("fact");
                ledger.leaf(id, Operation::Constant, value);
            }
            let (found, _) = assess::indicators(
                plan,
                round,
                &facts.into_iter().collect(),
                &mut ledger,
                &mut RuleRuns::default(),
            );
            assert_eq!(found.len(), 1, "{stated:?}");
            found.first().unwrap().clone()
        };
        let in_prose = if stated.reported == Reported::Times { stated.level(held, drawn) } else { held };
        (verdict(row, "1", stated.level(held, drawn)), verdict(prose, "P1", in_prose))
    }
}

/// A round without cities' files, with a method by choice.
fn round(choices: &mut Choices) -> Round {
    thread_local! {
        static ROUND: Round = {
            let workspace = Workspace::with_cities(&[("a", "甲市")]);
            Round::load(&Inputs::default(), &workspace.path("input/2023")).unwrap()
        };
    }
    let mut round = ROUND.with(Clone::clone);
    let scorings =
        [Scoring::Ratio, Scoring::Proportional, Scoring::Efficacy, Scoring::Fixed, Scoring::Banded];
    round.method.scoring = choices.of(&scorings);
    round.method.cap = choices.of(&[100, 120, 1000]).into();
    round.method.exceeded = choices.of(&[100, 105, 300]).into();
    round
}

impl Stated {
    fn write(&self, folder: &Path, drawn: &Numbers, year: i32, is_printed: bool) {
        let write = |name: &str, text: String| std::fs::write(folder.join(name), text).unwrap();
        let Self {
            kind,
            fields,
            row_unit,
            prose_unit,
            row_direction,
            prose_direction,
            measure,
            base_year,
            ..
        } = self;
        let entry = |id: &str, name: &str, direction: &str| {
            format!(
                "[[indicator]]\nid = \"{id}\"\nname = \"{name}\"\nshort = \"{name}\"\nunit = \"{row_unit}\"\ndirection = \"{direction}\"\nmeasure = \"{measure}\"\ndecimals = 2\ndimension = \"one\"\n"
            )
        };
        let dimension = "[[dimension]]\nid = \"one\"\nname = \"发展\"\n";
        let (own, other) = (entry("x", "某项产出", row_direction), entry("y", "别项产出", row_direction));
        write("catalogue.toml", format!("{dimension}{own}{other}"));
        write("source.txt", format!("某项产出\n目标\n{}\n", drawn.base));
        let head = HEAD.replace("office", &format!("baseline_year = {base_year}\noffice"));
        let printed = match is_printed {
            true => {
                format!("[[indicator.value]]\nyear = {base_year}\nvalue = \"{}\"\nline = \"3\"\n", drawn.base)
            }
            false => String::new(),
        };
        let row = |no: &str, id: &str, name: &str| {
            format!(
                "[[indicator]]\nno = \"{no}\"\nid = \"{id}\"\nname = \"{name}\"\nunit = \"{row_unit}\"\ngroup = \"投入\"\ndata_units = [\"统计局\"]\nline = \"1\"\n"
            )
        };
        let second = if fields.contains("against") { row("2", "y", "别项产出") } else { String::new() };
        let target = format!("year = {year}\nkind = \"{kind}\"\n{fields}line = \"2\"\nquote = \"目标\"\n");
        let first = row("1", "x", "某项产出");
        write("row.toml", format!("{head}{first}{printed}[[indicator.target]]\n{target}{second}"));
        let measure = match *kind {
            "growth" | "average_growth" | "increment" => String::new(),
            _ => format!("measure = \"{measure}\"\n"),
        };
        write(
            "prose.toml",
            format!(
                "{head}{second}[[target]]\nid = \"P1\"\nname = \"某项产出\"\nunit = \"{prose_unit}\"\ndirection = \"{prose_direction}\"\n{measure}{target}"
            ),
        );
    }

    /// The level of the base year, as it was published: of the row, or of prose.
    fn published(&self, drawn: &Numbers, of_row: bool) -> PublishedRow {
        let (no, id) = if of_row { ("1", Some("x".into())) } else { ("P1", None) };
        PublishedRow {
            city: duibiao::ident::CityId::parse("a").unwrap(),
            no: no.into(),
            id,
            name: "某项产出".to_owned(),
            year: self.base_year,
            value: drawn.base.to_string(),
            unit: (if of_row { self.row_unit } else { self.prose_unit }).to_owned(),
            status: PublishedStatus::Agreed,
            reason: String::new(),
            source: "2022年度报告".to_owned(),
        }
    }

    /// What is reported of the row when the target's own quantity is so much.
    fn level(&self, held: Value, drawn: &Numbers) -> Value {
        let Value::Number(held) = held else { return held };
        let base = drawn.base;
        Value::Number(match self.reported {
            Reported::Itself => held,
            Reported::Risen => base + held,
            Reported::Better => base - held,
            Reported::Times => base * held,
            Reported::Grown => {
                let index = Decimal::ONE + held / Decimal::ONE_HUNDRED;
                (self.base_year..YEAR).fold(base, |level, _| level * index)
            }
        })
    }

    /// Whether what the target speaks of can be so much: nothing falls by more than all of it.
    fn can_be(&self, held: Decimal) -> bool {
        self.reported != Reported::Grown || held > -Decimal::ONE_HUNDRED
    }

    /// The values that are drawn: near the number of the target, 有 and 无 where it has none.
    fn held(&self, drawn: &Numbers, goal: &Goal, place: Place) -> Value {
        let number = match goal {
            Goal::Qualitative(_) | Goal::Milestone(..) => {
                return Value::Presence(matches!(place, Place::Off(off) if off >= Decimal::ZERO));
            }
            Goal::Relative(..) | Goal::Undefined(_) => drawn.other,
            Goal::Magnitude(_) => Decimal::ONE_HUNDRED,
            goal => *goal.numbers().first().unwrap(),
        };
        Value::Number(match place {
            Place::Off(off) => number + off,
            Place::Way(percent) => number + (drawn.base - number) * Decimal::new(percent, 2),
        })
    }
}

/// A verdict in words; an average growth is good to twenty digits.
fn told(one: &Assessment) -> String {
    let [completion, points] =
        [one.completion, one.points].map(|number| number.map(|number| round_to(number, 15).normalize()));
    format!("{:?} {completion:?} {points:?} {} {:?}", one.state, one.boundary, one.reason)
}

fn check_alike(kind: usize, drawn: &Numbers, place: Place, year: i32) -> Result<(), TestCaseError> {
    let twice = Twice::new(kind, drawn, year);
    let goal = &twice.row.indicators.first().unwrap().targets[0].goal;
    let held = twice.stated.held(drawn, goal, place);
    if matches!(held, Value::Number(number) if !twice.stated.can_be(number)) {
        return Ok(());
    }
    let (row, prose) = twice.judged(held);
    prop_assert_eq!(told(&row), told(&prose), "{:?}\n{:?}", twice.stated, held);
    Ok(())
}

#[test]
fn every_kind_of_plan_files_is_stated() {
    let folder = tempfile::tempdir().unwrap();
    let mut choices = Choices(0);
    let drawn = Numbers {
        limit: Decimal::ONE,
        width: Decimal::ONE,
        base: Decimal::ONE,
        other: Decimal::ONE,
        choice: 0,
    };
    let stated = Stated { kind: "other", ..level(&drawn, &mut choices) };
    stated.write(folder.path(), &drawn, YEAR, false);
    let catalogue = Catalogue::load(&Inputs::default(), &folder.path().join("catalogue.toml")).unwrap();
    let refused = plan::load(&Inputs::default(), &folder.path().join("row.toml"), &catalogue, folder.path())
        .unwrap_err();
    let known = KINDS.map(|(kind, _)| kind).join(", ");
    assert!(refused.to_string().contains(&format!("应为 {known} 之一")), "{refused}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_and_prose_get_one_verdict_on_one_target(drawn in numbers(), place in place()) {
        for kind in 0..KINDS.len() {
            check_alike(kind, &drawn, place, YEAR)?;
        }
    }

    #[test]
    fn rows_and_prose_get_one_verdict_on_the_way_to_a_later_year(drawn in numbers(), place in place()) {
        for kind in 0..KINDS.len() {
            check_alike(kind, &drawn, place, LATER)?;
        }
    }

    #[test]
    fn a_better_value_never_stands_worse_on_the_way_to_a_later_year(drawn in numbers(), one in place(), other in place()) {
        for kind in 0..KINDS.len() {
            let twice = Twice::new(kind, &drawn, LATER);
            let Some(more) = twice.stated.more_is_better else { continue };
            let goal = &twice.row.indicators.first().unwrap().targets[0].goal;
            let held = [one, other].map(|place| twice.stated.held(&drawn, goal, place));
            let [Value::Number(one), Value::Number(other)] = held else { continue };
            let (worse, better) = if more { (one.min(other), one.max(other)) } else { (one.max(other), one.min(other)) };
            if !twice.stated.can_be(worse) || !twice.stated.can_be(better) {
                continue;
            }
            let [(row_1, prose_1), (row_2, prose_2)] = [worse, better].map(|held| twice.judged(Value::Number(held)));
            for (before, after) in [(row_1, row_2), (prose_1, prose_2)] {
                let words = || format!("{:?}\n{worse} is {}\n{better} is {}", twice.stated, told(&before), told(&after));
                prop_assert!(after.state <= before.state, "{}", words());
                prop_assert!(before.points.is_none() || after.points >= before.points, "{}", words());
                let are_known = before.completion.is_some() && after.completion.is_some();
                prop_assert!(!are_known || after.completion >= before.completion, "{}", words());
            }
        }
    }
}
