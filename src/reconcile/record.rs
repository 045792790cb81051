//! Writes the values of indicators into the ledger, from the cell to what is held true.

use super::{Basis, Fact};
use crate::collect::{Lookup, Observation, Reading, Submission};
use crate::finding::Place;
use crate::ident::UnitName;
use crate::ledger::{self, Exact, Ledger, Operation, StepId, StepValue, Traced};
use crate::plan::{Indicator, Plan, Round};
use crate::quantity::Value;

/// Writes down every fact of a city, and takes its value from what was written.
pub(super) fn record<'a>(
    plan: &Plan,
    round: &Round,
    collected: &Lookup<'_>,
    facts: impl Iterator<Item = &'a mut Fact>,
    ledger: &mut Ledger,
) {
    for submission in &collected.all.submissions {
        ledger.file(submission);
    }
    for unit in plan.reporting_units(round.year()) {
        of_unit(plan, collected, &unit, ledger);
    }
    names(plan, round, ledger);
    // Those that follow from others come behind them.
    let (derived, reported): (Vec<&mut Fact>, Vec<&mut Fact>) =
        facts.partition(|fact| fact.derivation().is_some());
    for fact in reported.into_iter().chain(derived) {
        let Some(indicator) = plan.indicator(&fact.no) else { continue };
        let told = settled(plan, round, indicator, fact, ledger);
        // The same number may have been written with more zeros, which are kept.
        let is_same =
            matches!(fact.value, Some(Value::Number(value)) if told.number() == Some(&Exact::from(value)));
        if !is_same && told.number().is_some() {
            fact.value = told.decimal().map(Value::Number);
        }
    }
}

/// What the plan calls itself and its rows, for those who read the ledger by itself.
fn names(plan: &Plan, round: &Round, ledger: &mut Ledger) {
    let mut name = |field: String, text: &str| {
        ledger.of_plan((round, plan), &field, None, StepValue::Text(text.to_owned()));
    };
    name("plan.name".to_owned(), &plan.name);
    name("plan.short".to_owned(), &plan.short);
    for row in plan.indicators_of(round.year()) {
        name(format!("{}.name", row.no), &row.name);
    }
    for task in &plan.tasks {
        name(format!("task.{}.title", task.no), &task.title);
    }
}

/// The workbook of a unit that counts, among all that it sent.
fn of_unit(plan: &Plan, collected: &Lookup<'_>, unit: &UnitName, ledger: &mut Ledger) {
    let sent: Vec<&Submission> =
        collected.all.submissions.iter().filter(|one| one.unit.as_ref() == Some(unit)).collect();
    // What could not be read or came too late is named, and is no candidate.
    let is_candidate = |one: &Submission| one.readable && !one.after_cut_off;
    let used = collected.used_of(unit);
    let candidates = sent.iter().filter(|one| is_candidate(one));
    let chosen = used.and_then(|used| candidates.clone().position(|one| one.file == used.file));
    let told = |one: &Submission| ledger.told(&StepId::new(&one.file));
    let files: Vec<(&'static str, Traced)> = sent
        .iter()
        .filter_map(|one| Some((if is_candidate(one) { "candidate" } else { "passed_over" }, told(one)?)))
        .collect();
    let args: Vec<(&'static str, &Traced)> = files.iter().map(|(role, file)| (*role, file)).collect();
    let operation = Operation::PickVersion { chosen: chosen.and_then(|at| at.checked_add(1)) };
    ledger.does(workbook(plan, unit), operation, &args, "");
}

/// What the choice of a unit's workbook is called.
fn workbook(plan: &Plan, unit: &UnitName) -> StepId {
    StepId::new(format!("{}/workbook/{unit}", plan.city))
}

/// The value that is held true, and what it rests on.
fn settled(plan: &Plan, round: &Round, indicator: &Indicator, fact: &Fact, ledger: &mut Ledger) -> Traced {
    let of = ledger::of_indicator(&plan.city, &fact.no);
    let mut sides: Vec<(&'static str, Traced)> = Vec::new();
    for seen in &fact.sides {
        // By the place of the unit in the plan, so that it keeps its name when another unit reports.
        let place = indicator.reporters.iter().position(|unit| *unit == seen.unit).unwrap_or_default();
        let id = of.of(format!("seen.{}", place.saturating_add(1)));
        // One fact a year: what is of another year than the value that counts is named, and no side of it.
        let is_other = fact.source.as_ref().is_some_and(|source| source.year != seen.year);
        let role = if is_other { "of_another_year" } else { "side" };
        sides.push((role, observed(ledger, &id, seen, indicator)));
    }
    let mut args: Vec<(&'static str, &Traced)> = sides.iter().map(|(role, side)| (*role, side)).collect();
    let of_year = || {
        let year = fact.source.as_ref().map(|source| source.year);
        fact.sides.iter().filter(move |seen| year.is_none_or(|year| seen.year == year))
    };
    let side = |unit: &UnitName| of_year().position(|seen| seen.unit == *unit);
    let counts = fact.source.as_ref().and_then(|source| of_year().position(|seen| seen.at == source.at));
    let at = |place: Option<usize>| place.map_or(0, |at| at.saturating_add(1));
    let decided;
    let operation = match &fact.basis {
        Basis::Derived(derivation) => {
            return derived((plan, round), indicator, fact, derivation, ledger);
        }
        Basis::Single => Operation::PickSole,
        Basis::Same { .. } => Operation::PickAgreed,
        Basis::SameWhenRounded { .. } => Operation::PickFinest { side: at(counts) },
        Basis::Decided { unit } => {
            let places = (1..).zip(&round.preferences);
            let concerns = |(_, one): &(usize, &crate::plan::Preference)| {
                one.city == plan.city && one.indicator == fact.no
            };
            let place = places.into_iter().find(concerns).map_or(0, |(place, _)| place);
            let says = StepValue::Text(unit.to_string());
            decided = ledger.decision(round, "preference", place, unit.as_str(), says);
            args.push(("decision", &decided));
            Operation::PickPreferred { side: at(counts.or_else(|| side(unit))) }
        }
        Basis::Disagree { .. } => Operation::NoneConflict,
        Basis::NoRow | Basis::Blank | Basis::Marks(_) | Basis::Unusable => Operation::NoneMissing,
    };
    let unit = if indicator.is_qualitative() { "" } else { indicator.unit.text() };
    let waived = waivers(round, fact, ledger);
    if args.is_empty() {
        // What was looked for and is not there.
        let absent: Vec<Traced> =
            indicator.reporters.iter().filter_map(|unit| ledger.told(&workbook(plan, unit))).collect();
        let args: Vec<(&'static str, &Traced)> = absent.iter().map(|file| ("looked_in", file)).collect();
        return ledger.does(of.of("fact"), operation, &args, unit);
    }
    args.extend(waived.iter().map(|waiver| ("waived", waiver)));
    ledger.does(of.of("fact"), operation, &args, unit)
}

/// The waivers without which the value would be withheld.
fn waivers(round: &Round, fact: &Fact, ledger: &mut Ledger) -> Vec<Traced> {
    let places = fact.waived.iter().filter(|_| fact.value.is_some());
    places.map(|place| ledger.waiver(round, *place)).collect()
}

/// A growth that follows from two levels of a row.
fn derived(
    (plan, round): (&Plan, &Round),
    indicator: &Indicator,
    fact: &Fact,
    from: &super::Derivation,
    ledger: &mut Ledger,
) -> Traced {
    let level = ledger.told(&ledger::of_indicator(&plan.city, &from.row).of("fact"));
    let row = plan.indicator(&from.row);
    let base = row.and_then(|row| match (row.served_of(from.base_year), row.past_of(from.base_year)) {
        (Some(published), _) => Some(ledger.published((round, plan), row, published)),
        (None, Some(past)) => Some(ledger.printed((round, plan), row, past)),
        (None, None) => None,
    });
    let operation =
        if from.years == 1 { Operation::Growth } else { Operation::GrowthMean { years: from.years } };
    let mut args: Vec<(&'static str, &Traced)> = level.iter().map(|level| ("actual", level)).collect();
    args.extend(base.iter().map(|base| ("base", base)));
    let is_declared = round.base_year(&plan.city, &fact.no) == Some(from.base_year);
    let declared = if is_declared { ledger.base_year(round, &plan.city, &fact.no) } else { None };
    args.extend(declared.iter().map(|year| ("base_year", year)));
    let waived = waivers(round, fact, ledger);
    args.extend(waived.iter().map(|waiver| ("waived", waiver)));
    ledger.does(ledger::of_indicator(&plan.city, &indicator.no).of("fact"), operation, &args, "%")
}

/// From the text of a cell to the value in the plan's unit.
pub(crate) fn observed(
    ledger: &mut Ledger,
    id: &StepId,
    seen: &Observation,
    indicator: &Indicator,
) -> Traced {
    let cell = ledger.cell(&seen.at, &seen.raw, Some(seen.form));
    let supporting: Vec<(&'static str, Traced)> = seen
        .supporting
        .iter()
        .map(|one| {
            let at = Place::cell(&seen.at.file, &seen.at.sheet, one.at);
            (one.role, ledger.cell(&at, &one.text, None))
        })
        .collect();
    let workbook = ledger.told(&StepId::new(format!("{}/workbook/{}", seen.city, seen.unit)));
    let mut args = vec![("cell", &cell)];
    args.extend(supporting.iter().map(|(role, cell)| (*role, cell)));
    args.extend(workbook.iter().map(|workbook| ("workbook", workbook)));
    let operation = Operation::Read { year: seen.year, by: seen.unit.to_string() };
    let read = ledger.does(id.clone(), operation, &args, "");
    let part = |name: &str| StepId::new(format!("{id}.{name}"));
    // What the number is of is said beside it, else above it.
    let said = |role: &str| supporting.iter().find(|(own, _)| *own == role);
    let mut text = vec![("text", &read)];
    text.extend(said("unit").or_else(|| said("heading")).map(|(role, cell)| (*role, cell)));
    let number = match seen.reading {
        Reading::Number(number) => number,
        Reading::Present | Reading::Absent => {
            let word = Value::Presence(seen.reading == Reading::Present).text();
            let operation = Operation::ParseWord { as_word: (word != seen.raw).then_some(word) };
            return ledger.does(part("word"), operation, &[("text", &read)], "");
        }
        // What says nothing has no value.
        Reading::Blank | Reading::Mark | Reading::Unreadable => {
            return ledger.does(part("number"), Operation::ParseNothing, &text, "");
        }
    };
    let plain = Exact::parse(&seen.raw) == Some(Exact::from(number));
    let operation = Operation::ParseNumber { as_number: (!plain).then(|| number.normalize().to_string()) };
    let parsed = ledger.does(part("number"), operation, &text, &seen.reported_unit);
    match (&seen.conversion, seen.value) {
        // A number in a unit that does not convert is no value.
        (None, None) => {
            let unit = indicator.unit.text();
            ledger.does(part("value"), Operation::ParseNothing, &[("text", &parsed)], unit)
        }
        (None, Some(_)) => parsed,
        (Some(conversion), _) => {
            ledger.does(part("value"), Operation::scale(conversion), &[("x", &parsed)], indicator.unit.text())
        }
    }
}
