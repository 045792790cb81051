//! Fuzzing of the whole: random plans × random workbooks, drawn from a seed, through load, collect, judge and rank, with the laws that
//! hold whatever comes in. `make fuzz` draws for minutes, `make test` a fixed share; docs/robustness.md has the laws.
//!
//! A case is its seed. What fails is reduced: each part of the case that the failure does not need is left out, and what is left is
//! printed with the words that repeat it.

mod books;
mod indices;
mod laws;
mod plans;
mod spoilt;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use duibiao::assess::{Assessment, State};
use duibiao::collect::{self, Collected};
use duibiao::compare;
use duibiao::error::RunError;
use duibiao::evaluation::{CityEvaluation, Evaluation};
use duibiao::finding::{self, Finding, RuleRuns};
use duibiao::indexed::Indexed;
use duibiao::inputs::Inputs;
use duibiao::ledger::Ledger;
use duibiao::run::{self, Settings};
use duibiao::workbook::{Limits, Pool};
use rust_decimal::Decimal;

use crate::simulate::{Draw, asked};
use crate::workspace::{PROGRAM, Workspace, copy_tree};

/// Parts that a case may have, with how many of a hundred cases have them.
const PARTS: [(&str, u64); 21] = [
    ("cities", 40),
    ("rows", 90),
    ("prose", 85),
    ("tasks", 60),
    ("row_kinds", 60),
    ("tiers", 60),
    ("amendments", 50),
    ("relations", 80),
    ("repeats", 60),
    ("method", 70),
    ("decisions", 60),
    ("waivers", 40),
    ("odd_numbers", 40),
    ("other_units", 60),
    ("simulated", 60),
    ("wild", 60),
    ("versions", 40),
    ("strangers", 20),
    ("register", 60),
    ("published", 40),
    ("index", 60),
];

/// How long a case may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// What this process may hold in memory, in MiB; that of the readers is limited by themselves.
const MOST_MEMORY: u64 = 1024;

/// A case: everything follows from its seed and from what is left out.
#[derive(Debug, Clone)]
pub(super) struct Case {
    seed: u64,
    without: BTreeSet<&'static str>,
}

impl Case {
    fn new(seed: u64) -> Self {
        Self { seed, without: BTreeSet::new() }
    }

    /// A source of numbers of its own for each thing that is drawn, so that leaving out one thing changes no other.
    fn draw(&self, what: &str, at: usize) -> Draw {
        let mixed = what.bytes().fold(self.seed ^ 0xCBF2_9CE4_8422_2325, |sum, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        });
        let mut draw = Draw(mixed.wrapping_add(u64::try_from(at).unwrap().wrapping_mul(0x9E37_79B9)));
        Draw(draw.next())
    }

    fn has(&self, part: &str) -> bool {
        let (name, share) = PARTS.iter().find(|(name, _)| *name == part).unwrap();
        !self.without.contains(name) && self.draw(name, 7).next() % 100 < *share
    }

    /// What `DUIBIAO_FUZZ_CASE` is to be for this case.
    fn name(&self) -> String {
        let without: Vec<&str> = self.without.iter().copied().collect();
        if without.is_empty() {
            self.seed.to_string()
        } else {
            format!("{}:{}", self.seed, without.join(","))
        }
    }

    fn named(name: &str) -> Self {
        let (seed, without) = name.split_once(':').unwrap_or((name, ""));
        let known = |part: &str| PARTS.iter().map(|(name, _)| *name).find(|name| *name == part);
        Self { seed: seed.trim().parse().unwrap(), without: without.split(',').filter_map(known).collect() }
    }
}

/// A law that does not hold, and how.
#[derive(Debug, Clone)]
pub(super) struct Broken {
    law: &'static str,
    how: String,
}

impl Broken {
    /// Failures of one kind are alike up to the first colon.
    fn kind(&self) -> String {
        let how: String = self.how.chars().filter(|c| !c.is_ascii_digit()).collect();
        let how = how.split([':', '：']).next().unwrap_or_default();
        format!("{}: {}", self.law, how.chars().take(40).collect::<String>())
    }
}

/// The files of a case.
pub(super) struct Round {
    catalogue: String,
    round: String,
    waivers: String,
    index: Option<String>,
    cities: Vec<plans::City>,
    books: Vec<books::Book>,
    registered: bool,
}

/// In which order the files and the cities come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Forward,
    Backward,
}

/// What stands before the names of files, in the order of characters.
const FIRST: [char; 9] = ['丰', '云', '兰', '川', '松', '柏', '清', '秀', '翠'];

impl Round {
    fn drawn(case: &Case) -> Self {
        let catalogue = plans::catalogue(case);
        let count = if case.has("cities") { 2 + case.draw("count", 0).below(3) } else { 1 };
        let cities: Vec<plans::City> = (0..count).map(|at| plans::city(case, at, &catalogue)).collect();
        let (round, waivers) = plans::round(case, &cities);
        let books = books::books(case, &cities);
        let registered = case.has("register");
        let index = indices::index(case, &catalogue, &cities);
        Self { catalogue: catalogue.text, round, waivers, index, cities, books, registered }
    }

    /// The name of a workbook's file.
    fn file(&self, at: usize, order: Order) -> String {
        let book = &self.books[at];
        let count = self.books.iter().filter(|one| one.city == book.city).count();
        let own = self.books[..at].iter().filter(|one| one.city == book.city).count();
        let place = if order == Order::Forward { own } else { count - 1 - own };
        format!("{}{}_{}", FIRST[place / 9], FIRST[place % 9], book.name)
    }

    fn write(&self, case: &Case, order: Order) -> Workspace {
        let workspace = self.write_plans(case, order);
        for (at, book) in self.books.iter().enumerate() {
            let slug = &self.cities[book.city].slug;
            let path = format!("input/2023/{slug}/submissions/{}", self.file(at, order));
            workspace.write(&path, book.bytes());
        }
        workspace
    }

    /// All files but the workbooks.
    fn write_plans(&self, case: &Case, order: Order) -> Workspace {
        let workspace = Workspace::new();
        workspace.write("input/catalogue.toml", &self.catalogue);
        let mut round = self.round.clone();
        if order == Order::Backward {
            let slugs = |cities: &mut dyn Iterator<Item = &plans::City>| {
                cities.map(|city| format!("\"{}\"", city.slug)).collect::<Vec<_>>().join(", ")
            };
            let (forward, backward) = (slugs(&mut self.cities.iter()), slugs(&mut self.cities.iter().rev()));
            round = round.replace(&format!("cities = [{forward}]"), &format!("cities = [{backward}]"));
        }
        workspace.write("input/2023/round.toml", round);
        if !self.waivers.is_empty() {
            workspace.write("input/2023/waivers.toml", &self.waivers);
        }
        if let Some(index) = &self.index {
            workspace.write("input/2023/index.toml", index);
        }
        for (at, city) in self.cities.iter().enumerate() {
            workspace.write(&format!("input/sources/{}.txt", city.slug), &city.source);
            workspace.write(&format!("input/2023/{}/plan.toml", city.slug), &city.plan);
            if let Some(published) = plans::published(case, at, city) {
                workspace.write(&format!("input/2023/{}/published.csv", city.slug), published);
            }
            let files: Vec<String> = (0..self.books.len())
                .filter(|book| self.books[*book].city == at)
                .map(|book| self.file(book, order))
                .collect();
            let names: Vec<&str> = files.iter().map(String::as_str).collect();
            if self.registered
                && let Some(register) = books::register(case, at, &names)
            {
                workspace.write(&format!("input/2023/{}/received.csv", city.slug), register);
            }
        }
        workspace
    }
}

fn settings(workspace: &Workspace, jobs: usize) -> Settings {
    Settings {
        round: workspace.path("input/2023"),
        workbook: None,
        cities: Vec::new(),
        jobs,
        program: PathBuf::from(PROGRAM),
        read_seconds: Some(30),
    }
}

/// Evaluates a round as [`run::evaluate`] does, with readers that live on for the next case.
fn evaluate(workspace: &Workspace, pool: &Pool) -> Result<Evaluation, RunError> {
    let (settings, inputs) = (settings(workspace, 1), Inputs::default());
    let run::Loaded { round, catalogue, plans, index } = run::load(&settings, &inputs)?;
    let (mut cities, mut findings): (Vec<CityEvaluation>, Vec<Finding>) = (Vec::new(), Vec::new());
    for plan in plans {
        let folder = settings.round.join(plan.city.as_str());
        let from = collect::CitySubmissions { inputs: &inputs, folder: &folder, only: None };
        let collected: Collected = collect::city(&plan, &round, from, pool, &|| {})?;
        let (city, noticed) = run::judge(plan, &round, collected);
        cities.push(city);
        findings.extend(noticed);
    }
    let mut ledger = Ledger::default();
    compare::rank(cities.iter_mut().map(|city| (&mut city.score, city.ledger.as_ref())), &round, &mut ledger);
    let findings = finding::in_order(finding::gathered(findings));
    let of = (&round, &catalogue);
    let composite =
        index.map(|spec| run::indexed((&settings, &spec), of, &cities, &mut ledger)).transpose()?;
    let cities = cities.into_iter().collect();
    Ok(Evaluation {
        round,
        catalogue,
        cities,
        findings,
        inputs: Vec::new(),
        absent: Vec::new(),
        ledger,
        composite,
        decisions: Vec::new(),
        restatements: Vec::new(),
        earlier: Vec::new(),
        figures: String::new(),
    })
}

/// What has been drawn and found so far.
#[derive(Debug, Default)]
struct Tally {
    cases: usize,
    cities: usize,
    books: usize,
    values: usize,
    verdicts: BTreeMap<&'static str, usize>,
    kinds: BTreeMap<&'static str, usize>,
    codes: BTreeMap<&'static str, usize>,
    /// Rows by their nature: met, and in all.
    natures: BTreeMap<&'static str, (usize, usize)>,
    /// Indices, cities with a place in them, and draws.
    indices: (usize, usize, usize),
    slowest: (Duration, u64),
}

impl Tally {
    fn add(&mut self, evaluation: &Evaluation) {
        if let Some(index) = &evaluation.composite {
            let (indices, placed, draws) = &mut self.indices;
            let drawn = index.certainty.as_ref().map_or(0, |one| one.draws.len());
            (*indices, *placed, *draws) = (*indices + 1, *placed + index.placed().count(), *draws + drawn);
        }
        for city in &evaluation.cities {
            for one in compare::by_nature(&city.plan, &evaluation.round, &city.assessments) {
                let (met, total) = self.natures.entry(one.nature.key()).or_default();
                (*met, *total) = (*met + one.met, *total + one.total);
            }
            self.cities += 1;
            self.books += city.collected.submissions.len();
            self.values += city.collected.observations.len();
            for one in &city.assessments {
                *self.verdicts.entry(one.state.key()).or_default() += 1;
                if one.state.is_assessable() {
                    *self.kinds.entry(one.target.goal.key()).or_default() += 1;
                }
            }
        }
        for finding in &evaluation.findings {
            *self.codes.entry(finding.problem.code()).or_default() += 1;
        }
    }
}

/// Everything that is wrong with a case.
fn broken(case: &Case, pool: &Pool, tally: &mut Tally) -> Vec<Broken> {
    let begin = Instant::now();
    let tried = catch_unwind(AssertUnwindSafe(|| tried(case, pool, tally)));
    let mut broken = tried.unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("panic");
        vec![Broken { law: "no panic", how: words.to_owned() }]
    });
    let time = begin.elapsed();
    tally.cases += 1;
    if time > tally.slowest.0 {
        tally.slowest = (time, case.seed);
    }
    if time > PATIENCE {
        broken.push(Broken { law: "bounded time", how: format!("{} s", time.as_secs()) });
    }
    broken
}

fn tried(case: &Case, pool: &Pool, tally: &mut Tally) -> Vec<Broken> {
    let round = Round::drawn(case);
    let workspace = round.write(case, Order::Forward);
    if let Some(folder) = asked("DUIBIAO_KEEP") {
        copy_tree(&workspace.path("input"), Path::new(&folder), false);
    }
    let evaluation = match evaluate(&workspace, pool) {
        Ok(evaluation) => evaluation,
        // Where no plan has a target of the year there is nothing to judge.
        Err(RunError::Plan { why: duibiao::error::PlanRefusal::NoTargets(_), .. }) => return Vec::new(),
        // Whether weights come out of the scores only the values tell.
        Err(RunError::Faults { path, faults })
            if path.ends_with("index.toml") && faults.iter().all(|one| one.contains("主成分权重算不出")) =>
        {
            return Vec::new();
        }
        Err(error) => {
            return vec![Broken {
                law: "sound plans are loaded",
                how: error
                    .to_string()
                    .split_once("\n")
                    .map_or_else(|| error.to_string(), |(_, faults)| faults.to_owned()),
            }];
        }
    };
    tally.add(&evaluation);
    let mut broken = laws::of_one(&round, &evaluation);
    let mut dice = case.draw("laws", 0);
    broken.extend(laws::better_values(&evaluation, &mut dice));
    broken.extend(laws::missing_in_missing_out(&evaluation, &mut dice));
    broken.extend(laws::scoring_changes_no_verdict(&evaluation, &mut dice));
    if dice.below(2) == 0 {
        broken.extend(spoilt::loads_or_is_refused(&round, case, &mut dice));
    }
    if dice.below(4) == 0 {
        let other = round.write(case, Order::Backward);
        match evaluate(&other, pool) {
            Ok(other) => broken.extend(laws::same_in_another_order(&evaluation, &other)),
            Err(error) => broken.push(Broken { law: "order of files", how: error.to_string() }),
        }
    }
    if dice.below(8) == 0 {
        broken.extend(laws::same_by_the_program(&workspace, &evaluation));
    }
    if dice.below(8) == 0 {
        broken.extend(laws::can_be_published(&workspace, &evaluation));
    }
    broken
}

/// Leaves out of a case what a failure does not need.
fn reduced(case: &Case, pool: &Pool, kind: &str) -> Case {
    let mut least = case.clone();
    for (part, _) in PARTS {
        if !least.has(part) {
            continue;
        }
        let mut simpler = least.clone();
        simpler.without.insert(part);
        if broken(&simpler, pool, &mut Tally::default()).iter().any(|one| one.kind() == kind) {
            least = simpler;
        }
    }
    least
}

fn pool() -> Pool {
    Pool::new(Path::new(PROGRAM), Limits { seconds: 30, ..Limits::default() })
}

/// The most memory that this process has held, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0) / 1024
}

/// A failure with what repeats it.
fn told(case: &Case, one: &Broken) -> String {
    format!("{}: {}\n    repeat with: make fuzz CASE={}", one.law, one.how, case.name())
}

#[test]
fn laws_hold_for_random_plans_and_random_workbooks() {
    let (pool, mut tally) = (pool(), Tally::default());
    for seed in 1..=SHARE {
        let case = Case::new(seed);
        if let Some(first) = broken(&case, &pool, &mut tally).first() {
            let least = reduced(&case, &pool, &first.kind());
            panic!("{}", told(&least, first));
        }
    }
    // A generator that draws nothing proves nothing.
    let judged: usize = tally.kinds.values().sum();
    assert!(tally.kinds.len() >= 13 && judged > 200, "{tally:?}");
    assert!(tally.codes.len() > 40, "{} codes", tally.codes.len());
    let has_both = tally.natures.len() == 2 && tally.natures.values().all(|(met, _)| *met > 0);
    assert!(has_both, "{:?}", tally.natures);
    let (indices, placed, draws) = tally.indices;
    assert!(indices > 20 && placed > 20 && draws > 20, "{:?}", tally.indices);
}

/// What the checker of `tests/checker` says of random rounds.
#[derive(Debug, Default)]
struct DoneAgain {
    /// How many were published and done again.
    rounds: usize,
    /// How many steps were done again.
    steps: usize,
    /// Rounds that the program refuses, with why: of these there is nothing to check.
    refused: Vec<String>,
    /// Rounds of which something differs, with what.
    differing: Vec<String>,
}

/// What comes of one.
#[derive(Debug)]
enum Again {
    Refused(String),
    Differs(String),
    Same(usize),
}

/// Publishes a random round, and lets the checker do every step of it again, look up every leaf in the inputs, and be asked whether it notices each altered step.
fn again(seed: u64, more: &[&str]) -> Option<Again> {
    let case = Case::new(seed);
    let workspace = Round::drawn(&case).write(&case, Order::Forward);
    let run = crate::sampled::published(&workspace);
    let name = case.name();
    if !matches!(run.status.code(), Some(0 | 1)) {
        let words = String::from_utf8_lossy(&run.stderr).into_owned();
        return Some(Again::Refused(format!("CASE={name}\n{words}")));
    }
    let (output, inputs) = (workspace.path("output/2023"), workspace.path("input"));
    if let Some(folder) = asked("DUIBIAO_KEEP") {
        let folder = Path::new(&folder).join(&name);
        copy_tree(&output.join("tables"), &folder.join("output/tables"), false);
        std::fs::copy(output.join("manifest.json"), folder.join("output/manifest.json")).unwrap();
        copy_tree(&inputs, &folder.join("input"), false);
    }
    let (status, said) = crate::explained::said_by_checker(&output, &inputs, more)?;
    let steps = said.lines().find_map(|line| line.strip_prefix("done again: "));
    Some(match steps.filter(|_| status == Some(0)) {
        Some(steps) => Again::Same(steps.parse().unwrap()),
        None => Again::Differs(format!("CASE={name}\n{said}")),
    })
}

/// Lets the checker do so many random rounds again from a seed on, in two threads; the round 2023 of the samples is none of them. All are done,
/// whatever is found in some; nothing where there is no python.
fn checked_again(first: u64, rounds: usize, more: &[&str]) -> Option<DoneAgain> {
    let (mut done, mut next) = (DoneAgain::default(), first);
    while done.rounds < rounds {
        let seeds: Vec<u64> = (next..).take(rounds - done.rounds).collect();
        next += u64::try_from(seeds.len()).unwrap();
        let (one, other) = seeds.split_at(seeds.len() / 2);
        let of =
            |seeds: &[u64]| -> Vec<Option<Again>> { seeds.iter().map(|seed| again(*seed, more)).collect() };
        let (one, other) = std::thread::scope(|scope| {
            let beside = scope.spawn(|| of(one));
            let own = of(other);
            (beside.join().unwrap(), own)
        });
        for one in one.into_iter().chain(other) {
            match one? {
                Again::Refused(why) => done.refused.push(why),
                Again::Differs(what) => done.differing.push(what),
                Again::Same(steps) => done.steps += steps,
            }
        }
        done.rounds = seeds_done(next, first) - done.refused.len();
    }
    Some(done)
}

fn seeds_done(next: u64, first: u64) -> usize {
    usize::try_from(next - first).unwrap()
}

#[test]
fn an_independent_program_does_random_rounds_again() {
    let Some(done) = checked_again(1, 4, &["--alter"]) else { return };
    assert!(done.differing.is_empty() && done.steps > 200, "{done:#?}");
}

/// Rounds of which something once differed.
const DIFFERED: [(u64, &str); 7] = [
    (1_000_022, "what a decision is tried on rests on another decision"),
    (2_000_011, "the number of an amendment ends in a zero"),
    (2_000_013, "no target is of the year of the round"),
    (2_000_022, "what is counted stands in two documents under one name"),
    (2_000_067, "a stored number lies in the middle between two of its shortest texts"),
    (2_000_073, "an average growth has no end"),
    (2_000_107, "the own report of a city asks for what the ledger of another one has"),
];

#[test]
fn an_independent_program_does_rounds_again_of_which_something_once_differed() {
    for (seed, what) in DIFFERED {
        let Some(again) = again(seed, &["--alter"]) else { return };
        assert!(matches!(again, Again::Same(_)), "{what}: {again:#?}");
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "what was done again")]
#[ignore = "takes minutes: make checked"]
fn an_independent_program_does_a_hundred_random_rounds_again() {
    let first = number("DUIBIAO_FUZZ_SEED").unwrap_or(2_000_000);
    let Some(done) = checked_again(first, 100, &["--alter"]) else { return };
    for one in done.refused.iter().chain(&done.differing) {
        println!("{one}");
    }
    let (refused, differing) = (done.refused.len(), done.differing.len());
    println!(
        "{} random rounds from {first} on: {} steps done again, {differing} differ; {refused} more are refused",
        done.rounds, done.steps,
    );
    assert!(differing == 0 && refused < 20, "{differing} differ, {refused} are refused");
}

/// A case whose evaluation has all that the laws speak of.
fn rich(pool: &Pool) -> (Round, Evaluation) {
    let is_rich = |evaluation: &Evaluation| {
        let judged = evaluation.cities.iter().all(|city| city.score.met > 0 && city.score.rank.is_some());
        let has_completion =
            |city: &CityEvaluation| city.assessments.iter().any(|one| one.completion.is_some());
        judged && evaluation.cities.len() > 1 && evaluation.cities.iter().all(has_completion)
    };
    let found = (1..).find_map(|seed| {
        let case = Case::new(seed);
        let round = Round::drawn(&case);
        let evaluation = evaluate(&round.write(&case, Order::Forward), pool).ok()?;
        is_rich(&evaluation).then_some((round, evaluation))
    });
    found.unwrap()
}

type Fault = fn(&mut CityEvaluation);

#[test]
fn each_law_is_broken_by_a_fault_put_in_on_purpose() {
    let (round, sound) = rich(&pool());
    assert!(laws::of_one(&round, &sound).is_empty());
    let faults: [(&str, Fault); 12] = [
        ("counts add up", |city| city.score.met += 1),
        ("natures are the whole", |city| city.score.total += 1),
        ("counts add up", |city| city.collected.cells.read += 1),
        ("a verdict or a reason", |city| first(city).points = None),
        ("a verdict or a reason", |city| first(city).state = State::NotReported),
        ("points and scores", |city| first(city).points = Some(Decimal::from(5000))),
        ("places", |city| city.score.rank = Some(9)),
        ("lineage", |city| city.facts = Indexed::default()),
        ("every step can be done again", |city| city.ledger = Arc::default()),
        ("outcomes of rules add up", |city| city.runs = RuleRuns::default()),
        ("a value is as reported", |city| city.collected.observations[0].raw = "7".repeat(9)),
        ("every number is used or named", |city| {
            city.collected.observations.clear();
            city.collected.layouts.clear();
        }),
    ];
    for (law, fault) in faults {
        let mut evaluation = sound.clone();
        evaluation.cities.iter_mut().for_each(fault);
        if law == "every number is used or named" {
            evaluation.findings.clear();
        }
        let broken = laws::of_one(&round, &evaluation);
        assert!(broken.iter().any(|one| one.law == law), "{law}: {broken:?}");
    }
    let mut other = sound.clone();
    other.cities.iter_mut().for_each(|city| first(city).completion = None);
    assert!(!laws::same_in_another_order(&sound, &other).is_empty());
    other.findings.clear();
    assert!(!laws::same_in_another_order(&sound, &other).is_empty());
}

/// The first assessment with a completion.
fn first(city: &mut CityEvaluation) -> &mut Assessment {
    city.assessments.iter_mut().find(|one| one.completion.is_some()).unwrap()
}

/// Cases of `make test`.
const SHARE: u64 = 120;

fn number(name: &str) -> Option<u64> {
    asked(name)?.into_string().ok()?.trim().parse().ok()
}

#[test]
#[expect(clippy::print_stdout, reason = "what was drawn and found")]
#[ignore = "takes minutes: make fuzz"]
fn laws_hold_for_as_many_minutes_as_are_asked_for() {
    let (pool, mut tally) = (pool(), Tally::default());
    if let Some(name) =
        asked("DUIBIAO_FUZZ_CASE").and_then(|name| name.into_string().ok()).filter(|name| !name.is_empty())
    {
        let case = Case::named(&name);
        let broken = broken(&case, &pool, &mut tally);
        broken.iter().for_each(|one| println!("{}", told(&case, one)));
        println!("{tally:#?}");
        assert!(broken.is_empty(), "{} laws broken", broken.len());
        return;
    }
    let minutes = number("DUIBIAO_FUZZ_MINUTES").unwrap_or(10);
    let first = number("DUIBIAO_FUZZ_SEED").unwrap_or(1_000_000);
    let (begin, mut said) = (Instant::now(), Instant::now());
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut seed = first;
    while begin.elapsed() < Duration::from_secs(60 * minutes) {
        let case = Case::new(seed);
        for one in broken(&case, &pool, &mut tally) {
            let count = known.entry(one.kind()).or_default();
            *count += 1;
            if *count == 1 {
                let least = reduced(&case, &pool, &one.kind());
                println!("BROKEN {}", told(&least, &one));
            }
        }
        if said.elapsed() > Duration::from_secs(60) {
            said = Instant::now();
            println!(
                "{} min: {} cases, {} cities, {} workbooks, {} values; {} kinds of failures; slowest {:?}, {} MiB",
                begin.elapsed().as_secs() / 60,
                tally.cases,
                tally.cities,
                tally.books,
                tally.values,
                known.len(),
                tally.slowest,
                peak(),
            );
        }
        seed += 1;
    }
    println!("{tally:#?}\nseeds {first} to {}; {} MiB at most; broken {known:#?}", seed - 1, peak());
    assert!(known.is_empty(), "{} kinds of failures", known.len());
    assert!(peak() < MOST_MEMORY, "{} MiB", peak());
}
