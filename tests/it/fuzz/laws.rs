//! The laws that hold for whatever comes in.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::time::Duration;

use duibiao::assess::{Assessment, State};
use duibiao::collect::{Reading, Submission, Version};
use duibiao::compare::{self, OfNature};
use duibiao::evaluation::{CityEvaluation, Evaluation};
use duibiao::finding::{Cause, Finding, Language, Object, failures};
use duibiao::inputs::Inputs;
use duibiao::ledger::{self, Ledger, Operands, Operation as LedgerOperation, StepValue};
use duibiao::plan::{Goal, Indicator, Operator, Scoring};
use duibiao::progress::Silent;
use duibiao::publish::{self, Doing, Glyphs, LineageStep, Publication, Typst};
use duibiao::quantity::{Unit, Value};
use duibiao::reconcile::FactStatus;
use duibiao::run::{self, Settings};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::books::{Book, Form};
use super::{Broken, Order, Round, settings};
use crate::simulate::{Draw, is_accounted, is_told};
use crate::workspace::Workspace;
use crate::writers::Cell;

/// What is wrong, in words.
type Wrongs = Vec<String>;

/// All laws that one evaluation is held to.
pub(super) fn of_one(round: &Round, evaluation: &Evaluation) -> Vec<Broken> {
    let of_cities = |law: fn(&Evaluation, &CityEvaluation) -> Wrongs| -> Wrongs {
        evaluation.cities.iter().flat_map(|city| law(evaluation, city)).collect()
    };
    let laws: [(&'static str, Wrongs); 12] = [
        ("counts add up", of_cities(counts)),
        ("natures are the whole", of_cities(natures)),
        ("a verdict or a reason", of_cities(verdicts)),
        ("points and scores", of_cities(scores)),
        ("places", places(evaluation)),
        ("lineage", lineage(evaluation)),
        ("every step can be done again", steps(evaluation)),
        ("a value is as reported", reported(round, evaluation)),
        ("every number is used or named", accounted(round, evaluation)),
        ("everything has words", words(evaluation)),
        ("findings lead somewhere", findings(round, evaluation)),
        ("outcomes of rules add up", outcomes(evaluation)),
    ];
    let tell = |(law, wrongs): (&'static str, Wrongs)| {
        wrongs.into_iter().take(3).map(move |how| Broken { law, how }).collect::<Vec<_>>()
    };
    laws.into_iter().flat_map(tell).collect()
}

/// Notes what does not hold.
fn unless(holds: bool, wrongs: &mut Wrongs, words: impl FnOnce() -> String) {
    if !holds {
        wrongs.push(words());
    }
}

/// No step hangs in the air, each gives the same again from what the ledger says, and the figures are those of the ledger.
fn steps(evaluation: &Evaluation) -> Wrongs {
    let mut wrongs = Vec::new();
    let ledgers = || evaluation.cities.iter().map(|city| city.ledger.as_ref()).chain([&evaluation.ledger]);
    let known: BTreeMap<&str, &StepValue> =
        ledgers().flat_map(Ledger::steps).map(|step| (step.id.as_str(), &step.value)).collect();
    for step in ledgers().flat_map(Ledger::steps) {
        let args: Vec<(&str, &StepValue)> = step
            .args
            .iter()
            .filter_map(|arg| Some((arg.role.as_ref(), *known.get(arg.id.as_str())?)))
            .collect();
        unless(args.len() == step.args.len(), &mut wrongs, || format!("{} hangs in the air", step.id));
        let (key, params) = (step.operation.key(), step.operation.params());
        let read = LedgerOperation::read(&key, &params);
        unless(read.as_ref().ok() == Some(&step.operation), &mut wrongs, || {
            format!("{key} {params}: {read:?}")
        });
        let again = step.operation.apply(&Operands::new(args));
        let same = step.operation.is_leaf() || again == step.value;
        unless(same, &mut wrongs, || format!("{} gave {} and gives {again}", step.id, step.value));
    }
    for city in &evaluation.cities {
        for one in &city.assessments {
            let of = ledger::of_target(&one.city, &one.no, one.target.tier);
            let told = |part: &str| city.ledger.told(&of.of(part));
            let state = told("state").map(|told| told.value.to_string()).unwrap_or_default();
            unless(state == one.state.key(), &mut wrongs, || format!("{of}: {state} is {:?}", one.state));
            let points = told("points").and_then(|told| told.decimal());
            unless(points == one.points, &mut wrongs, || format!("{of}: points {points:?} {:?}", one.points));
        }
    }
    wrongs
}

/// 应评 = 可评 + 暂不能判定 and so on, each counted again from the plan and from the assessments.
fn counts(evaluation: &Evaluation, city: &CityEvaluation) -> Wrongs {
    let (mut wrongs, round) = (Vec::new(), &evaluation.round);
    let (score, plan) = (&city.score, &city.plan);
    let of_year: Vec<&Indicator> = plan.indicators_of(round.year()).collect();
    let targets: usize = of_year.iter().map(|one| one.targets_of(round.year()).len()).sum();
    unless(city.assessments.len() == targets, &mut wrongs, || {
        format!("{} of {targets} targets", city.assessments.len())
    });
    unless(city.facts.len() == of_year.len(), &mut wrongs, || format!("{} facts", city.facts.len()));
    unless(city.tasks.len() == plan.tasks.len(), &mut wrongs, || format!("{} tasks", city.tasks.len()));
    let counted: Vec<&Assessment> = compare::counted(plan, round, &city.assessments).collect();
    let with_target = || of_year.iter().filter(|one| one.has_target_in(round.year()));
    let of_basis = with_target().filter(|one| one.origin == score.basis).count();
    unless(score.total > 0 || with_target().count() == 0, &mut wrongs, || {
        format!("nothing is counted: of {} targets", with_target().count())
    });
    let reached = [State::Exceeded, State::Met, State::OnSchedule].map(|state| score.count(state));
    let states = |is: fn(&State) -> bool| counted.iter().filter(|one| is(&one.state)).count();
    for (what, found, right) in [
        ("total", score.total, counted.len()),
        ("total of the plan", score.total, of_basis),
        ("sum of states", score.counts.iter().sum(), score.total),
        ("assessable", score.assessable, states(|state| state.met().is_some())),
        ("met", score.met, states(|state| state.met() == Some(true))),
        ("met", score.met, reached.into_iter().sum()),
        ("open", score.open(), states(|state| state.met().is_none())),
    ] {
        unless(found == right, &mut wrongs, || format!("{what} is {found}, not {right}"));
    }
    let cells = &city.collected.cells;
    let parts = cells.number + cells.word + cells.blank + cells.mark + cells.unreadable;
    unless(cells.read == parts, &mut wrongs, || format!("cells {cells:?}"));
    for unit in city.units.iter().chain(&city.sharers) {
        for role in &unit.roles {
            let fits = role.met <= role.assessable
                && role.assessable <= role.expected
                && role.reported.is_none_or(|reported| reported <= role.expected)
                && role.tasks_done <= role.tasks;
            unless(fits, &mut wrongs, || format!("{} {role:?}", unit.unit));
        }
    }
    let task_numbers = || city.tasks.iter().flat_map(|task| task.met.iter().chain(&task.missed));
    for no in task_numbers() {
        unless(city.fact(no).is_some(), &mut wrongs, || {
            format!("a task counts {no}, which is no target of the year")
        });
    }
    wrongs
}

/// 约束性, 预期性 and the rows that are neither are together all that is counted: met, missed, open and in all.
fn natures(evaluation: &Evaluation, city: &CityEvaluation) -> Wrongs {
    let (mut wrongs, round) = (Vec::new(), &evaluation.round);
    let (score, plan) = (&city.score, &city.plan);
    let said = compare::by_nature(plan, round, &city.assessments);
    // Of rows of neither nature nothing is said: counted here.
    let is_neither =
        |one: &&Assessment| plan.indicator(&one.no).is_none_or(|indicator| indicator.nature.is_none());
    let neither: Vec<&Assessment> =
        compare::counted(plan, round, &city.assessments).filter(is_neither).collect();
    let of_neither = |met: Option<bool>| neither.iter().filter(|one| one.state.met() == met).count();
    let sum = |count: fn(&OfNature) -> usize| said.iter().map(count).sum::<usize>();
    for (what, found, right) in [
        ("met", sum(|one| one.met) + of_neither(Some(true)), score.met),
        (
            "missed",
            sum(|one| one.assessable - one.met) + of_neither(Some(false)),
            score.assessable - score.met,
        ),
        ("open", sum(|one| one.total - one.assessable) + of_neither(None), score.open()),
        ("assessable", sum(|one| one.assessable) + neither.len() - of_neither(None), score.assessable),
        ("total", sum(|one| one.total) + neither.len(), score.total),
    ] {
        unless(found == right, &mut wrongs, || format!("{what} is {found} by nature, not {right}: {said:?}"));
    }
    let are_apart = said.windows(2).all(|pair| pair[0].nature < pair[1].nature);
    unless(are_apart, &mut wrongs, || format!("a nature twice: {said:?}"));
    wrongs
}

/// Each target has a verdict with its numbers, or a reason why not.
fn verdicts(evaluation: &Evaluation, city: &CityEvaluation) -> Wrongs {
    let (mut wrongs, method) = (Vec::new(), &evaluation.round.method);
    for one in &city.assessments {
        let mut must = |holds: bool, what: &str| {
            unless(holds, &mut wrongs, || {
                format!(
                    "{what}: {} {:?} {:?} actual {:?} completion {:?} points {:?} reason {:?}",
                    one.no, one.target.goal, one.state, one.actual, one.completion, one.points, one.reason
                )
            });
        };
        must(one.reason.is_none() == one.state.is_assessable(), "a reason exactly where there is no verdict");
        must(one.points.is_some() == one.state.is_assessable(), "points exactly where there is a verdict");
        must(one.completion.is_none() || one.state.is_assessable(), "a completion only with a verdict");
        must(one.actual.is_some() || !one.state.is_assessable(), "no verdict without a value");
        must(!one.boundary || one.state.is_assessable(), "a border only with a verdict");
        let fact = city.fact(&one.no);
        must(fact.is_some_and(|fact| fact.value == one.actual), "the value is that of the fact");
        if let Some(completion) = one.completion {
            must(completion >= Decimal::ZERO, "a completion is not negative");
            must(one.state != State::Nearly || completion >= method.nearly, "nearly");
            must(one.state != State::Missed || completion < method.nearly, "missed though nearly");
            // A range is exceeded beyond its harder bound only, and a ceiling never.
            let is_range = matches!(one.target.goal, Goal::Range(..));
            let row = city.plan.indicator(&one.no);
            let is_ceiling = row.is_some_and(|row| row.is_ceiling(&one.target));
            must(!is_ceiling || one.state != State::Exceeded, "a ceiling exceeded");
            let is_plain = !is_range && !is_ceiling;
            must(!is_plain || one.state != State::Met || completion < method.exceeded, "met though exceeded");
        }
        must(one.state != State::Nearly || one.completion.is_some(), "nearly without a completion");
    }
    for fact in &city.facts {
        let mut must = |holds: bool, what: &str| unless(holds, &mut wrongs, || format!("{what}: {fact:?}"));
        let is_open = matches!(fact.status, FactStatus::Missing | FactStatus::Conflicting);
        must(is_open == fact.value.is_none(), "a value exactly where units agree");
        let of_side = fact.source.as_ref().is_none_or(|source| fact.sides.contains(source));
        must(of_side, "the source is one of the sides");
        must(
            fact.status == FactStatus::Derived || fact.value.is_none() || fact.source.is_some(),
            "a value has a source",
        );
    }
    wrongs
}

fn scores(evaluation: &Evaluation, city: &CityEvaluation) -> Wrongs {
    let (mut wrongs, method, score) = (Vec::new(), &evaluation.round.method, &city.score);
    let hundred = Decimal::ONE_HUNDRED;
    let most = match method.scoring {
        Scoring::Ratio | Scoring::Efficacy | Scoring::Banded => method.cap,
        Scoring::Proportional => hundred + method.bonus,
        Scoring::Fixed => hundred,
    };
    for one in &city.assessments {
        let fits = one.points.is_none_or(|points| (Decimal::ZERO..=most).contains(&points));
        unless(fits, &mut wrongs, || format!("{} has {:?} points", one.no, one.points));
    }
    for (what, points) in [("score", score.score), ("with zeros", score.score_missing_as_zero)] {
        let fits =
            points.is_none_or(|points| (Decimal::ZERO..=hundred + method.bonus_total).contains(&points));
        unless(fits, &mut wrongs, || format!("{what} {points:?}"));
    }
    let fits = score.score.is_none() || score.score_missing_as_zero <= score.score;
    unless(fits, &mut wrongs, || {
        format!("{:?} is less than {:?} with zeros", score.score, score.score_missing_as_zero)
    });
    unless(score.weight_assessable <= score.weight, &mut wrongs, || {
        format!("weights {} {}", score.weight, score.weight_assessable)
    });
    let is_graded = score.grade.is_some() == score.score_missing_as_zero.is_some();
    unless(is_graded, &mut wrongs, || format!("grade {:?}", score.grade));
    let can_be_scored = score.assessable == 0 || score.weight_assessable.is_zero() || score.score.is_some();
    unless(can_be_scored, &mut wrongs, || "no score though there are verdicts".to_owned());
    let limits = score.limits.iter().all(|limit| score.grade.is_none_or(|grade| grade <= limit.grade));
    unless(limits, &mut wrongs, || format!("grade {:?} above its limit {:?}", score.grade, score.limits));
    wrongs
}

/// Places follow from the rates, and lie in the range that open targets leave.
fn places(evaluation: &Evaluation) -> Wrongs {
    let mut wrongs = Vec::new();
    let placed: Vec<&CityEvaluation> =
        evaluation.cities.iter().filter(|city| city.score.rank.is_some()).collect();
    for city in &placed {
        let score = &city.score;
        let better = placed.iter().filter(|other| other.score.rate().order(score.rate()).is_gt()).count();
        unless(score.rank == Some(better + 1), &mut wrongs, || {
            format!("{} is {:?}", city.plan.city, score.rank)
        });
        let is_within = score.rank_low <= score.rank
            && score.rank <= score.rank_high
            && score.rank_high <= Some(placed.len());
        unless(is_within, &mut wrongs, || {
            format!("{:?} of {:?} to {:?}", score.rank, score.rank_low, score.rank_high)
        });
    }
    for city in evaluation.cities.iter().filter(|city| city.score.rank.is_none()) {
        let score = &city.score;
        let is_bare = score.rank_low.is_none() && score.rank_high.is_none() && !score.tied;
        unless(is_bare, &mut wrongs, || format!("{} has a range and no place", city.plan.city));
    }
    wrongs
}

/// Every figure of the tables has its chain, from the plan line and the cell to the printed text.
fn lineage(evaluation: &Evaluation) -> Wrongs {
    let mut wrongs = Vec::new();
    let steps = publish::lineage(evaluation);
    let mut by_figure: BTreeMap<String, Vec<&LineageStep>> = BTreeMap::new();
    for step in &steps {
        let of_round = if step.figure.is_of_round() { "all " } else { "" };
        by_figure.entry(format!("{of_round}{}", step.figure)).or_default().push(step);
    }
    let none = Vec::new();
    let of = |figure: &str| by_figure.get(figure).unwrap_or(&none);
    for (figure, steps) in &by_figure {
        let numbered = steps.iter().enumerate().all(|(at, step)| step.number == at + 1);
        unless(numbered, &mut wrongs, || format!("steps of {figure} are not numbered"));
    }
    for city in &evaluation.cities {
        let slug = &city.plan.city;
        for one in &city.assessments {
            let tier = if one.is_primary() { "" } else { "/intended" };
            let found = of(&format!("{slug}/{}{tier}", one.no));
            let has = |operation: Doing| found.iter().any(|step| step.operation == operation);
            let mut must =
                |holds: bool, what: &str| unless(holds, &mut wrongs, || format!("{slug}/{} {what}", one.no));
            must(has(Doing::Plan), "has no line of the plan");
            must(has(Doing::Assess), "has no verdict");
            must(
                one.completion.is_none() || has(Doing::Round) && has(Doing::Compute),
                "is not computed and rounded",
            );
            must(one.points.is_none() || has(Doing::Score), "has no points");
            must(one.references.is_empty() || has(Doing::CompareWith), "names no reference");
            must(one.target.issued.is_none() || has(Doing::Amend), "is not amended");
            let seen = city.collected.observations.iter().filter(|seen| seen.no == one.no && seen.is_current);
            for seen in seen {
                let leads = found.iter().any(|step| step.from == seen.at.to_string());
                must(leads, "does not lead to its cell");
            }
        }
        for task in &city.plan.tasks {
            unless(!of(&format!("{slug}/task-{}", task.no)).is_empty(), &mut wrongs, || {
                format!("task {}", task.no)
            });
        }
        wrongs.extend(totals(city, |figure| of(figure).len()));
    }
    wrongs
}

/// The totals of a city have a step each, where there is something to say.
fn totals(city: &CityEvaluation, steps: impl Fn(&str) -> usize) -> Wrongs {
    let mut wrongs = Vec::new();
    let slug = &city.plan.city;
    let score = &city.score;
    let totals = [
        ("total", true),
        ("assessable", true),
        ("met", true),
        ("rate", score.assessable > 0),
        ("coverage", score.total > 0),
        ("score", score.score.is_some()),
        ("score_missing_as_zero", score.score_missing_as_zero.is_some()),
        ("grade", score.grade.is_some()),
        ("rank", score.rank.is_some()),
    ];
    for (total, is_there) in totals {
        let found = steps(&format!("{slug}/{total}"));
        unless(found == usize::from(is_there), &mut wrongs, || format!("{slug}/{total} has {found} steps"));
    }
    wrongs
}

/// The workbook that a file is, by its path below the round's folder.
fn book<'a>(round: &'a Round, file: &str) -> Option<&'a Book> {
    let slug = file.split('/').next()?;
    let name = file.rsplit('/').next()?;
    let city = round.cities.iter().position(|city| city.slug == slug)?;
    (0..round.books.len())
        .find(|at| round.books[*at].city == city && round.file(*at, Order::Forward) == name)
        .map(|at| &round.books[at])
}

/// The number that a cell of a drawn workbook holds and shows plainly.
fn plain(cell: &Cell) -> Option<f64> {
    cell.text.parse::<f64>().ok().filter(|number| cell.with.is_empty() && number.is_finite())
}

/// What is quoted stands in the cell.
fn reported(round: &Round, evaluation: &Evaluation) -> Wrongs {
    let mut wrongs = Vec::new();
    for city in &evaluation.cities {
        for seen in &city.collected.observations {
            let Some(at) = seen.at.cell else { continue };
            let Some(book) = book(round, &seen.at.file) else {
                wrongs.push(format!("no such file {}", seen.at.file));
                continue;
            };
            let Some(sheet) = book.sheets.iter().find(|sheet| sheet.name == seen.at.sheet) else { continue };
            let Some(cell) = sheet.cells.get(&(at.row, at.column)) else {
                let is_merged = !sheet.merges.is_empty();
                unless(is_merged || seen.value.is_none(), &mut wrongs, || {
                    format!("nothing stands in {}, read {:?}", seen.at, seen.value)
                });
                continue;
            };
            let is_there = match plain(cell) {
                // A cell below another one with which it is merged is not seen.
                _ if seen.raw.is_empty() && !sheet.merges.is_empty() => true,
                Some(number) => seen.raw.parse() == Ok(number),
                None if cell.with.is_empty() => {
                    seen.raw.trim() == cell.text.strip_prefix('\'').unwrap_or(&cell.text).trim()
                }
                None => true,
            };
            unless(is_there, &mut wrongs, || {
                format!("{} is {:?}, quoted {:?}", seen.at, cell.text, seen.raw)
            });
            let is_number = matches!(seen.reading, Reading::Number(_));
            unless(is_number || seen.value.is_none(), &mut wrongs, || format!("no number: {seen:?}"));
            let row = city.plan.indicator(&seen.no);
            let is_asked = row.is_some_and(|row| row.reporters.contains(&seen.unit));
            unless(is_asked, &mut wrongs, || format!("of another unit: {seen:?}"));
            if let (Some(value), Some(row), Reading::Number(number)) = (seen.value, row, &seen.reading) {
                let unit = Unit::parse(&seen.reported_unit);
                let again = unit.convert(*number, &row.unit).map(|(value, _)| value);
                let same = again.is_none_or(|again| again == value);
                unless(same, &mut wrongs, || format!("converted: {value}, not {again:?}: {seen:?}"));
            }
        }
    }
    wrongs
}

/// What a finding names exists: its city, what of the plan it concerns, its file and cell, and the finding that it follows from.
fn findings(round: &Round, evaluation: &Evaluation) -> Wrongs {
    let mut wrongs = Vec::new();
    let causes: BTreeSet<Cause> = evaluation.findings.iter().map(Finding::as_cause).collect();
    let mut seen: Vec<&Finding> = Vec::new();
    for finding in &evaluation.findings {
        let code = finding.problem.code();
        let told = || format!("{finding:?}");
        let Some(city) = evaluation.cities.find(&finding.subject.city) else {
            wrongs.push(format!("{code} of no city: {}", told()));
            continue;
        };
        let object = &finding.subject.object;
        let is_known = *object == Object::Whole || city.plan.name_of(object).is_some();
        unless(is_known, &mut wrongs, || format!("{code} of nothing in the plan: {}", told()));
        let follows = finding.cause.as_ref().is_none_or(|cause| causes.contains(cause));
        unless(follows, &mut wrongs, || format!("{code} follows from nothing: {}", told()));
        for place in std::iter::once(&finding.at).chain(&finding.related) {
            let is_workbook = place.file.contains("/submissions/");
            let book = book(round, &place.file);
            let sheet = book.and_then(|book| book.sheets.iter().find(|sheet| sheet.name == place.sheet));
            let is_there = !is_workbook || book.is_some() || code == "L214";
            unless(is_there, &mut wrongs, || format!("{code} of no file: {}", told()));
            let is_sheet = place.sheet.is_empty() || sheet.is_some();
            unless(is_sheet, &mut wrongs, || format!("{code} of no sheet: {}", told()));
            let is_cell = place.cell.is_none() || !place.sheet.is_empty() || !is_workbook;
            unless(is_cell, &mut wrongs, || format!("{code} of a cell without a sheet: {}", told()));
        }
        unless(!seen.contains(&finding), &mut wrongs, || format!("{code} is told twice: {}", told()));
        seen.push(finding);
    }
    wrongs
}

/// Every rule's passes, failures and open instances are what it was run on.
fn outcomes(evaluation: &Evaluation) -> Wrongs {
    let mut wrongs = Vec::new();
    let failed = failures(&evaluation.findings);
    for city in &evaluation.cities {
        let own = failed.get(&city.plan.city).map_or(&[][..], Vec::as_slice);
        for (rule, found) in city.runs.outcomes(own) {
            let (code, name) = (rule.code, &city.plan.city);
            unless(found.adds_up(), &mut wrongs, || format!("{code} of {name}: {found:?}"));
        }
    }
    wrongs
}

/// What `check -v --format json` says of a workbook.
fn lines(evaluation: &Evaluation, city: &CityEvaluation, file: &str) -> Vec<Json> {
    let mut lines: Vec<Json> = Vec::new();
    for finding in evaluation.findings.iter().filter(|finding| finding.at.file == file) {
        let mut places = vec![(finding.at.sheet.clone(), finding.at.address())];
        let related = finding.related.iter().filter(|place| place.file == file);
        places.extend(related.map(|place| (place.sheet.clone(), place.address())));
        let (code, cells) = (finding.problem.code(), finding.problem.cells());
        lines.extend(
            places
                .into_iter()
                .map(|(sheet, cell)| json!({ "code": code, "sheet": sheet, "cell": cell, "cells": cells })),
        );
    }
    for seen in city.collected.observations.iter().filter(|seen| seen.at.file == file) {
        lines.push(json!({ "value": { "sheet": seen.at.sheet, "cell": seen.at.address() } }));
    }
    for layout in city.collected.layouts.iter().filter(|layout| layout.file == file) {
        let columns: Vec<Json> = layout
            .columns
            .iter()
            .map(|(column, _, role)| json!({ "column": column, "role": role.map_or("", |role| role.chinese()) }))
            .collect();
        let rows: Vec<Json> =
            layout.rows.iter().map(|(row, is)| json!({ "row": row, "is": is.chinese() })).collect();
        lines.push(json!({ "table": { "sheet": layout.sheet, "heads": [layout.heads.0, layout.heads.1], "columns": columns, "rows": rows } }));
    }
    lines
}

/// Whether a finding about a heading stands at the first cell of a merged area that lies over a column.
fn heads_over(area: &str, column: u32, lines: &[&Json]) -> bool {
    let (first, last) = area.split_once(':').unwrap_or((area, area));
    let (from, to) = (crate::writers::address(first), crate::writers::address(last));
    let is_head = |line: &&&Json| matches!(line["code"].as_str(), Some("L224" | "L226"));
    let names = |line: &&Json| {
        let all = line["cells"].as_array().into_iter().flatten().chain([&line["cell"]]);
        all.into_iter().any(|cell| *cell == first)
    };
    (from.1..=to.1).contains(&column)
        && lines.iter().copied().filter(|line| is_head(&line)).any(|line| names(&line))
}

/// Whether a row is one of headings and none of a table's own; of several sheets of one name in any of them.
fn is_head(lines: &[&Json], sheet: &str, row: u32) -> bool {
    let number = u64::from(row + 1);
    let tables = || lines.iter().map(|line| &line["table"]).filter(|table| table["sheet"] == sheet);
    let is_row = |table: &Json| {
        table["rows"].as_array().is_some_and(|rows| rows.iter().any(|one| one["row"] == number))
    };
    let has_head = |table: &Json| {
        let heads = table["heads"][0].as_u64().zip(table["heads"][1].as_u64());
        heads.is_some_and(|(first, last)| (first..=last).contains(&number))
    };
    tables().any(has_head) && !tables().any(is_row)
}

/// Whether a number is a year, or a month of one.
fn is_year(number: f64) -> bool {
    number.fract() == 0.0 && ((1990.0..2100.0).contains(&number) || (199_001.0..=209_912.0).contains(&number))
}

/// Whether a number is what is quoted of the cover (who filled it in, the period, the version), or the same on another sheet.
fn is_quoted(submission: &Submission, book: &Book, number: f64) -> bool {
    let Submission { period, filled_by, checked_by, filled_on, version, version_at, .. } = submission;
    let version_cell = || {
        let at = version_at.cell.filter(|_| *version != Version::Unstated)?;
        let sheet = book.sheets.iter().find(|sheet| sheet.name == version_at.sheet)?;
        plain(sheet.cells.get(&(at.row, at.column))?)
    };
    let quoted = [period, filled_by, checked_by, filled_on].into_iter();
    version_cell() == Some(number) || quoted.into_iter().any(|text| text.parse() == Ok(number))
}

/// Every visible number of a workbook that counts is read, named in a finding, or stands where all is known.
fn accounted(round: &Round, evaluation: &Evaluation) -> Wrongs {
    let mut wrongs = Vec::new();
    for city in &evaluation.cities {
        for submission in city.collected.submissions.iter().filter(|one| one.is_used()) {
            let Some(book) = book(round, &submission.file) else { continue };
            // Of very many alike the first are named and the rest counted.
            let own = || evaluation.findings.iter().filter(|finding| finding.at.file == submission.file);
            if own().any(|finding| finding.more > 0) || matches!(book.form, Form::Cut(_)) {
                continue;
            }
            let lines = lines(evaluation, city, &submission.file);
            let lines: Vec<&Json> = lines.iter().collect();
            for sheet in book.sheets.iter().filter(|sheet| !sheet.is_hidden) {
                let is_told_whole =
                    own().any(|finding| finding.at.sheet == sheet.name && finding.at.cell.is_none());
                let numbers = sheet.cells.iter().filter_map(|(at, cell)| Some((at, cell, plain(cell)?)));
                for ((row, column), cell, number) in numbers {
                    // A heading that several columns share is told where it stands.
                    let is_below_shared = sheet.merges.iter().any(|area| heads_over(area, *column, &lines));
                    let is_hidden = sheet.hidden_rows.contains(row) || sheet.hidden_columns.contains(column);
                    // Among headings a year is one; any other number is told.
                    let is_accounted = if is_head(&lines, &sheet.name, *row) && !is_year(number) {
                        lines.iter().any(|line| is_told(line, &sheet.name, *row, *column))
                    } else {
                        is_accounted(&lines, &sheet.name, *row, *column)
                    };
                    let before = column.checked_sub(1).and_then(|column| sheet.cells.get(&(*row, column)));
                    let is_version = before.is_some_and(|label| label.text == "'版本")
                        && (0.0..10_000.0).contains(&number);
                    let is_quoted =
                        sheet.name.starts_with("封面") && (is_version || is_quoted(submission, book, number));
                    if !is_told_whole && !is_hidden && !is_below_shared && !is_accounted && !is_quoted {
                        let letters = crate::writers::letters(*column);
                        wrongs.push(format!(
                            "a number: {}[{}]!{letters}{} {}",
                            submission.file,
                            sheet.name,
                            row + 1,
                            cell.text
                        ));
                    }
                }
            }
        }
    }
    wrongs
}

/// Findings, remarks on plans and tables can all be said.
fn words(evaluation: &Evaluation) -> Wrongs {
    let mut wrongs = Vec::new();
    for finding in &evaluation.findings {
        for language in [Language::Chinese, Language::English] {
            let told = [finding.message(language), finding.remedy(language), finding.rule().to_owned()];
            unless(told.iter().all(|words| !words.trim().is_empty()), &mut wrongs, || {
                format!("{finding:?} has no words")
            });
        }
    }
    for city in &evaluation.cities {
        for remark in city.plan.remarks(evaluation.round.method.about_tolerance) {
            unless(!format!("{remark:?}").is_empty(), &mut wrongs, String::new);
        }
    }
    for table in publish::tables(evaluation).unwrap() {
        if let Err(error) = table.csv() {
            wrongs.push(error.to_string());
        }
    }
    wrongs
}

/// Whether more is better for a target; `None` where neither is.
fn more_is_better(goal: &Goal, indicator: &Indicator) -> Option<bool> {
    let by_direction = !indicator.direction.less_is_better();
    match goal {
        Goal::Interval(..) | Goal::Qualitative(_) | Goal::Milestone(..) | Goal::Undefined(_) => None,
        Goal::RankChange(..) if indicator.change(goal).is_some() => Some(false),
        Goal::RankChange(..) | Goal::Magnitude(_) => Some(true),
        Goal::Range(..) => Some(by_direction),
        goal => match goal.operator()? {
            Operator::Equal => None,
            Operator::About => Some(by_direction),
            operator => operator.asks_for_less().map(|less| !less),
        },
    }
}

/// A better value never gives a worse verdict, fewer points or a worse score.
pub(super) fn better_values(evaluation: &Evaluation, dice: &mut Draw) -> Vec<Broken> {
    let mut wrongs = Vec::new();
    for city in &evaluation.cities {
        let judged: Vec<&Assessment> =
            city.assessments.iter().filter(|one| one.state.is_assessable()).collect();
        for _ in 0..3.min(judged.len()) {
            let before = *dice.of(&judged);
            let steps = [
                Decimal::new(1, 10),
                Decimal::new(1, 2),
                Decimal::ONE,
                Decimal::from(1000),
                Decimal::from(1_000_000_000_000_i64),
            ];
            let mut step = *dice.of(&steps);
            if dice.below(3) == 0
                && let Some(Value::Number(actual)) = before.actual
            {
                step = actual.abs();
            }
            wrongs.extend(one_better(evaluation, city, before, step));
        }
    }
    wrongs.into_iter().take(3).map(|how| Broken { law: "a better value is never worse", how }).collect()
}

fn one_better(evaluation: &Evaluation, city: &CityEvaluation, before: &Assessment, step: Decimal) -> Wrongs {
    let mut wrongs = Vec::new();
    let (Some(indicator), Some(fact)) = (city.plan.indicator(&before.no), city.fact(&before.no)) else {
        return wrongs;
    };
    let (Some(Value::Number(actual)), [side]) = (fact.value, &fact.sides[..]) else { return wrongs };
    let Some(more) = more_is_better(&before.target.goal, indicator) else { return wrongs };
    let Some(value) = (if more { actual.checked_add(step) } else { actual.checked_sub(step) }) else {
        return wrongs;
    };
    let mut collected = city.collected.clone();
    for seen in collected.observations.iter_mut().filter(|seen| seen.at == side.at && seen.no == side.no) {
        (seen.value, seen.reading, seen.conversion) = (Some(value), Reading::Number(value), None);
    }
    let (after, _) = run::judge(city.plan.clone(), &evaluation.round, collected);
    let own =
        after.assessments.iter().find(|one| one.no == before.no && one.target.tier == before.target.tier);
    let Some(own) = own.filter(|own| own.state.is_assessable()) else { return wrongs };
    let told = |one: &Assessment| format!("{:?} {:?} {:?}", one.state, one.completion, one.points);
    let mut must = |holds: bool, what: &str| {
        unless(holds, &mut wrongs, || {
            format!(
                "{what}: {} {:?} {:?} {:?}: {actual} is {}, {value} is {}; city {:?} {:?} and {:?} {:?}",
                before.no,
                indicator.direction,
                before.target.goal,
                evaluation.round.method.scoring,
                told(before),
                told(own),
                city.score.score,
                city.score.grade,
                after.score.score,
                after.score.grade
            )
        });
    };
    must(own.state <= before.state, "state");
    must(own.points >= before.points, "points");
    must(
        own.completion.is_none() || before.completion.is_none() || own.completion >= before.completion,
        "completion",
    );
    // Where nothing else has changed, the city stands no worse.
    let others = city.assessments.iter().zip(&after.assessments).filter(|(one, _)| one.no != before.no);
    let alike = others.into_iter().all(|(one, other)| one.state == other.state && one.points == other.points);
    let tiers = city.assessments.iter().zip(&after.assessments).filter(|(one, _)| one.no == before.no);
    // What is better for one tier may be worse for another, of another kind.
    let no_worse = tiers.into_iter().all(|(one, other)| {
        let both = one.state.is_assessable() && other.state.is_assessable();
        both && other.points >= one.points && other.state <= one.state
    });
    if alike && no_worse && after.score.deductions == city.score.deductions {
        must(after.score.met >= city.score.met, "met");
        must(after.score.score >= city.score.score, "score");
        must(after.score.grade >= city.score.grade, "grade");
    }
    wrongs
}

/// What is said of a city, without the names of files, which tell their order.
fn without_order(city: &CityEvaluation, findings: &[Finding]) -> BTreeMap<String, Vec<String>> {
    let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut say = |what: &str, words: String| said.entry(what.to_owned()).or_default().push(words);
    for fact in &city.facts {
        let doubt = fact.doubt.is_some();
        say(
            &format!("fact {}", fact.no),
            format!("{:?} {:?} {} {doubt}", fact.status, fact.value, fact.year),
        );
    }
    for one in &city.assessments {
        let told = (one.state, one.completion, one.points, one.progress, one.boundary);
        say(&format!("verdict {}", one.no), format!("{told:?}"));
    }
    for task in &city.tasks {
        say(&format!("task {}", task.no), format!("{:?} {:?} {:?}", task.state, task.met, task.missed));
    }
    for unit in &city.units {
        say(&format!("unit {}", unit.unit), format!("{:?} {:?}", unit.on_time, unit.roles));
    }
    let score = &city.score;
    say(
        "score",
        format!(
            "{:?} {:?} {:?} {:?} {:?}",
            score.counts, score.score, score.score_missing_as_zero, score.grade, score.rank
        ),
    );
    for finding in findings.iter().filter(|finding| finding.subject.city == city.plan.city) {
        // Of several places the first file's comes first.
        let mut places: Vec<String> = std::iter::once(&finding.at)
            .chain(&finding.related)
            .map(|place| format!("{} {}", place.sheet, place.address()))
            .collect();
        places.sort();
        let place = places.join(" ");
        let whose = format!("{} {}", finding.unit_words(), finding.subject.object);
        say(
            "findings",
            format!("{} {:?} {place} {whose} {}", finding.problem.code(), finding.severity(), finding.more),
        );
    }
    said.values_mut().for_each(|words| words.sort());
    said
}

/// The order of files and of cities changes nothing that is said.
pub(super) fn same_in_another_order(one: &Evaluation, other: &Evaluation) -> Vec<Broken> {
    let mut wrongs = Vec::new();
    for city in &one.cities {
        let Some(again) = other.cities.find(&city.plan.city) else { continue };
        let (said, said_again) = (without_order(city, &one.findings), without_order(again, &other.findings));
        for (what, words) in &said {
            let words_again = said_again.get(what).cloned().unwrap_or_default();
            if *words != words_again {
                let only = |one: &[String], other: &[String]| {
                    one.iter().filter(|word| !other.contains(word)).cloned().collect::<BTreeSet<_>>()
                };
                wrongs.push(format!(
                    "{what}: {:?} and {:?}",
                    only(words, &words_again),
                    only(&words_again, words)
                ));
            }
        }
    }
    wrongs.into_iter().take(3).map(|how| Broken { law: "order of files", how }).collect()
}

/// The cities without their ledgers: what the program counts of decisions and restated values it writes into them afterwards.
fn results(evaluation: &Evaluation) -> Vec<CityEvaluation> {
    let bare = |city: &CityEvaluation| CityEvaluation { ledger: Arc::default(), ..city.clone() };
    evaluation.cities.iter().map(bare).collect()
}

/// The pipeline with many threads and readers of its own finds the same.
pub(super) fn same_by_the_program(workspace: &Workspace, evaluation: &Evaluation) -> Vec<Broken> {
    let again = run::evaluate(&settings(workspace, 3), &Inputs::default(), &Silent);
    let how = match again {
        Err(error) => Some(error.to_string()),
        Ok(again) if again.findings != evaluation.findings => Some("other findings".to_owned()),
        Ok(again) if results(&again) != results(evaluation) => Some("other results".to_owned()),
        Ok(_) => alone(workspace, evaluation),
    };
    how.map(|how| Broken { law: "same inputs, same results", how }).into_iter().collect()
}

/// A city that is evaluated alone is judged as among the others.
fn alone(workspace: &Workspace, evaluation: &Evaluation) -> Option<String> {
    let city = evaluation.cities.last()?;
    let slug = city.plan.city.to_string();
    let only = Settings { cities: vec![slug.clone()], ..settings(workspace, 1) };
    let again = match run::evaluate(&only, &Inputs::default(), &Silent) {
        Ok(again) => again,
        Err(error) => return Some(error.to_string()),
    };
    let mut own: Vec<&Finding> =
        evaluation.findings.iter().filter(|finding| finding.subject.city == *slug.as_str()).collect();
    own.retain(|finding| !again.findings.contains(finding));
    let same = again.cities.first().is_some_and(|one| one.assessments == city.assessments);
    (!same || !own.is_empty()).then(|| format!("alone otherwise: {own:?}"))
}

/// All outputs can be made; typst is replaced by a program that sets nothing.
pub(super) fn can_be_published(workspace: &Workspace, evaluation: &Evaluation) -> Vec<Broken> {
    const TYPESETTER: &str = "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'typst 0.15.1 (none)'; exit 0; fi\nfor out in \"$@\"; do :; done\nprintf '%%PDF-1.7\\nxref\\n0 0\\ntrailer<<>>\\nstartxref\\n9\\n%%%%EOF' > \"$out\"\n";
    workspace.write("typst", TYPESETTER);
    let program = workspace.path("typst");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let typst = Typst { program, fonts: Vec::new(), limit: Duration::from_secs(30), launcher: None };
    let publication = Publication {
        output: workspace.path("output/2023"),
        typst,
        templates: None,
        explorer: duibiao::publish::Disclosure::Full,
        shares: None,
        cache: None,
    };
    let published =
        publish::publish(evaluation, &Inputs::default(), &publication, Glyphs::default(), &Silent);
    published
        .err()
        .map(|error| Broken { law: "all can be published", how: error.to_string() })
        .into_iter()
        .collect()
}

/// Without its values an indicator has no verdict, unless it follows from others.
pub(super) fn missing_in_missing_out(evaluation: &Evaluation, dice: &mut Draw) -> Vec<Broken> {
    let mut wrongs = Vec::new();
    for city in evaluation.cities.iter().filter(|city| !city.assessments.is_empty()) {
        let assessments: Vec<&Assessment> = city.assessments.iter().collect();
        let no = &dice.of(&assessments).no;
        let mut collected = city.collected.clone();
        collected.observations.retain(|seen| seen.no != *no);
        let (after, _) = run::judge(city.plan.clone(), &evaluation.round, collected);
        let is_derived = after.fact(no).is_some_and(|fact| fact.status == FactStatus::Derived);
        for one in after.assessments.iter().filter(|one| one.no == *no && !is_derived) {
            unless(one.actual.is_none() && !one.state.is_assessable(), &mut wrongs, || {
                format!("a verdict from nothing: {no} {:?} {:?}", one.state, one.actual)
            });
        }
    }
    wrongs.into_iter().map(|how| Broken { law: "missing in, missing out", how }).collect()
}

/// Points, score and grade have no effect on verdicts, completions, counts and places.
pub(super) fn scoring_changes_no_verdict(evaluation: &Evaluation, dice: &mut Draw) -> Vec<Broken> {
    let mut round = evaluation.round.clone();
    round.method.scoring = *dice.of(&[
        Scoring::Ratio,
        Scoring::Proportional,
        Scoring::Efficacy,
        Scoring::Fixed,
        Scoring::Banded,
    ]);
    round.weights.clear();
    let mut wrongs = Vec::new();
    for city in &evaluation.cities {
        let (after, _) = run::judge(city.plan.clone(), &round, city.collected.clone());
        for (one, other) in city.assessments.iter().zip(&after.assessments) {
            let same = one.state == other.state
                && one.completion == other.completion
                && one.progress == other.progress
                && one.reason == other.reason;
            unless(same, &mut wrongs, || format!("a verdict: {} {:?} {:?}", one.no, one.state, other.state));
        }
        unless(city.score.counts == after.score.counts, &mut wrongs, || "counts".to_owned());
    }
    wrongs.into_iter().map(|how| Broken { law: "scoring changes no verdict", how }).collect()
}
