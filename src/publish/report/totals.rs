//! Totals of a city or of the round as sentences and tables print them: each with its step, which is added up where no stage has asked for it.

use std::fmt::Display;

use super::numerals::{Book, numeral, numerals_in, target_id};
use crate::assess::{Assessment, State};
use crate::evaluation::CityEvaluation;
use crate::ledger::{self, Operation, StepId};
use crate::plan::Origin;

/// The step of a verdict.
pub(super) fn state_of(one: &Assessment) -> StepId {
    step_of(one, "state")
}

/// The step of how many targets a city has.
pub(super) fn total_step(city: &CityEvaluation) -> StepId {
    StepId::new(format!("{}/#total", city.plan.city))
}

/// How many cities these are.
pub(super) fn count_cities<'c>(
    book: &Book<'_>,
    name: &str,
    cities: impl IntoIterator<Item = &'c CityEvaluation>,
    number: usize,
) -> String {
    let totals = cities.into_iter().map(total_step);
    book.count(&format!("round/#cities.{name}"), totals, &[], number)
}

/// A step of a target: `completion.shown`.
pub(super) fn step_of(one: &Assessment, part: &str) -> StepId {
    ledger::of_target(&one.city, &one.no, one.target.tier).of(part)
}

/// A completion with one digit, or more where it would read as a limit that it does not reach, as the ledger has it.
pub(super) fn completion(one: &Assessment) -> Option<String> {
    Some(numeral(&step_of(one, "completion").shown(), one.completion_text(1)?))
}

/// The steps that say the numbers of a target.
pub(super) fn targets_of(one: &Assessment) -> Vec<StepId> {
    let value = target_id(&one.city, &one.no, &one.target);
    let tier = value.as_str().split_once('@').map_or_else(String::new, |(_, tier)| format!("@{tier}"));
    let of = ledger::of_indicator(&one.city, &one.no);
    let part = |part: &str| of.of(format!("{}/target.{part}{tier}", one.target.year));
    let parts = ["low", "high", "lowest", "highest", "position", "rank", "times", "rate", "years"].map(part);
    let mut ids = vec![step_of(one, "target.in_force"), value];
    ids.extend(parts);
    ids.extend([step_of(one, "least"), step_of(one, "slack")]);
    ids
}

/// A target in words, with its numbers.
pub(super) fn target_text(one: &Assessment, words: impl AsRef<str>) -> String {
    numerals_in(words.as_ref(), &targets_of(one))
}

/// The value that a target is held against the year before or its base, as the plan prints it.
pub(super) fn base_text(one: &Assessment) -> Option<String> {
    let past = one.baseline.as_ref()?;
    Some(numerals_in(&past.text, &bases_of(one)))
}

/// The steps that may say the base of a target.
pub(super) fn bases_of(one: &Assessment) -> Vec<StepId> {
    let year = one.baseline.as_ref().map_or(0, |past| past.year);
    let of = ledger::of_indicator(&one.city, &one.no);
    vec![of.of(format!("{year}/printed")), of.of(format!("{year}/published"))]
}

/// The steps of the values that a target is held against.
pub(super) fn references_of(one: &Assessment) -> Vec<StepId> {
    let of = |part: String| step_of(one, &part);
    let numbered =
        (1..=one.references.len()).flat_map(|at| [format!("reference.{at}"), format!("benchmark.{at}")]);
    let facts = one.references.iter().filter_map(|reference| {
        let no: String = reference.source.chars().filter(char::is_ascii_alphanumeric).collect();
        (!no.is_empty()).then(|| StepId::new(format!("{}/{no}/fact", one.city)))
    });
    numbered.map(of).chain(facts).collect()
}

/// What has become of a level in words, whose numerals print the change, exact or with some digits, and what it was counted from.
pub(super) fn change_text(book: &Book<'_>, one: &Assessment, words: &str) -> String {
    let change = step_of(one, "change");
    let digits = words.split_once('.').map_or("", |(_, behind)| behind);
    let digits = digits.chars().take_while(char::is_ascii_digit).count();
    book.rounded(&change, u32::try_from(digits).unwrap_or_default(), "");
    let mut ids = vec![change.clone(), change.shown()];
    ids.extend(bases_of(one));
    numerals_in(words, &ids)
}

/// The words of the states that a predicate holds for.
pub(super) fn keys_of(of: impl Fn(State) -> bool) -> Vec<&'static str> {
    State::ALL.into_iter().filter(|state| of(*state)).map(State::key).collect()
}

/// Counts of targets of a name, such as those of a group: `xiangtan/group/创新投入`.
#[derive(Clone)]
pub(super) struct Tally<'a> {
    book: &'a Book<'a>,
    of: String,
    states: Vec<StepId>,
}

impl<'a> Tally<'a> {
    /// Of these targets.
    pub(super) fn new<'t>(
        book: &'a Book<'a>,
        of: String,
        targets: impl IntoIterator<Item = &'t Assessment>,
    ) -> Self {
        Self { book, of, states: targets.into_iter().map(state_of).collect() }
    }

    /// How many there are.
    pub(super) fn total(&self, number: usize) -> String {
        self.count("total", &[], number)
    }

    /// How many have a verdict.
    pub(super) fn able(&self, number: usize) -> String {
        self.count("assessable", &keys_of(State::is_assessable), number)
    }

    /// How many are reached.
    pub(super) fn met(&self, number: usize) -> String {
        self.count("met", &keys_of(|state| state.met() == Some(true)), number)
    }

    fn count(&self, name: &str, of: &[&str], number: usize) -> String {
        let id = format!("{}/#{name}", self.of);
        self.book.count(&id, self.states.iter().cloned(), of, number)
    }
}

/// Whose totals: a city's, or those of the round.
#[derive(Clone, Copy)]
pub(super) struct Totals<'a> {
    book: &'a Book<'a>,
    /// Slug of the city; none for the round.
    city: Option<&'a str>,
    /// What the names begin with.
    scope: &'static str,
}

/// Targets in prose that are judged apart from a table.
const PROSE: &str = "prose/";

impl<'a> Totals<'a> {
    /// Those of a city.
    pub(super) fn of_city(book: &'a Book<'a>, city: &'a CityEvaluation) -> Self {
        Self { book, city: Some(city.plan.city.as_str()), scope: "" }
    }

    /// Those of a city's targets in prose that are judged apart from its table.
    pub(super) fn of_prose(book: &'a Book<'a>, city: &'a CityEvaluation) -> Self {
        let totals = Self { scope: PROSE, ..Self::of_city(book, city) };
        let apart = city.assessments.iter().filter(|one| one.origin == Origin::Prose && one.is_primary());
        let members: Vec<_> = apart.map(|one| ("member", state_of(one))).collect();
        book.step(&totals.id("total"), Operation::Count { of: Vec::new() }, &members);
        totals
    }

    /// Those of all cities together.
    pub(super) fn of_all(self) -> Self {
        Self { city: None, ..self }
    }

    /// Those of the round.
    pub(super) fn of_round(book: &'a Book<'a>) -> Self {
        Self { book, city: None, scope: "" }
    }

    fn id(self, name: &str) -> StepId {
        StepId::new(format!("{}/{}#{name}", self.city.unwrap_or("round"), self.scope))
    }

    /// A number that is the total of a name.
    pub(super) fn say(self, name: &str, number: impl Display) -> String {
        if self.step(name).is_none() {
            return number.to_string();
        }
        numeral(&self.id(name), number)
    }

    /// The step of a total, which is done where it is not there yet.
    fn step(self, name: &str) -> Option<StepId> {
        let id = self.id(name);
        if self.book.told(&id).is_some() {
            return Some(id);
        }
        if let Some(of) = name.strip_suffix(".shown") {
            let exact = self.step(of)?;
            self.book.told(&exact).filter(|told| told.value.is_something())?;
            return self.book.step(&id, Operation::Round { places: 1 }, &[("x", exact)]);
        }
        if let Some((part, whole)) = share(name) {
            let args = [("part", self.step(part)?), ("whole", self.step(whole)?)];
            return self.book.step(&id, Operation::Share, &args);
        }
        match self.city {
            None => {
                let each = |slug| Self { city: Some(slug), ..self }.step(name);
                let all: Vec<_> = self.book.slugs().filter_map(|slug| Some(("x", each(slug)?))).collect();
                if all.is_empty() { None } else { self.book.step(&id, Operation::Sum, &all) }
            }
            Some(_) => {
                let of = counted(name)?.iter().map(|state| state.key().to_owned()).collect();
                let members = self.book.args(&self.id("total"), "member");
                // Of a city that has none the total says so: 0.
                self.book.told(&self.id("total"))?;
                self.book.step(&id, Operation::Count { of }, &members)
            }
        }
    }
}

/// The parts of shares that only sentences tell.
fn share(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "annual.rate" => ("annual.met", "annual.assessable"),
        "open.share" => ("open", "total"),
        _ => return None,
    })
}

/// The states that are counted together.
fn counted(name: &str) -> Option<Vec<State>> {
    let of = |is: fn(State) -> bool| State::ALL.into_iter().filter(|state| is(*state)).collect();
    Some(match name {
        "assessable" => of(State::is_assessable),
        "open" => of(|state| !state.is_assessable()),
        "met" => of(|state| state.met() == Some(true)),
        "unmet" => of(|state| state.met() == Some(false)),
        "short" => vec![State::Nearly, State::Missed],
        "scheduled" => vec![State::OnSchedule, State::BehindSchedule],
        "annual.met" => vec![State::Exceeded, State::Met],
        "annual.assessable" => vec![State::Exceeded, State::Met, State::Nearly, State::Missed],
        _ => {
            let key = name.strip_prefix("state.")?;
            vec![State::ALL.into_iter().find(|state| state.key() == key)?]
        }
    })
}
