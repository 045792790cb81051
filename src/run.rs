//! The pipeline from top to bottom; the only file that knows the order of the stages.

mod cities;
mod mixed;
mod plans;
mod read;

pub use mixed::{JudgedMixture, ReadRound, TwoRounds};

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use self::cities::Kept;
use self::plans::plans;
use self::read::{Unread, absent, earlier_files, input_files};
use crate::assess;
use crate::characters::unprintable;
use crate::collect::{Collected, Lookup};
use crate::compare::{self, CityScore};
use crate::composite::{self, Composite, JudgedCity};
use crate::error::RunError;
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::finding::{self, Finding, Language, PlanNames, Severity, Withheld};
use crate::ident::CityId;
use crate::indexed::Indexed;
use crate::inputs::Inputs;
use crate::ledger::Ledger;
use crate::plan::{self, Catalogue, INDEX, IndexSpec, MixedRound, Plan, Round};
use crate::progress::Progress;
use crate::publish::{self, Glyphs, Publication, Share, ShareOrder};
use crate::reconcile;
use crate::review;
use crate::workbook::{Limits, Pool};

/// What will be done. Nothing below reads arguments, environment or clock.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The round's folder, such as `input/2023`; the catalogue and sources lie beside it.
    pub round: PathBuf,
    /// One workbook instead of those sent in; then `cities` names its city.
    pub workbook: Option<PathBuf>,
    /// Only these cities; all when empty.
    pub cities: Vec<String>,
    /// Number of threads; 0 for as many as there are processors.
    pub jobs: usize,
    /// This program, started again as a reading worker.
    pub program: PathBuf,
    /// Time for reading one workbook, in seconds; `None` for the round's.
    pub read_seconds: Option<u64>,
}

impl Settings {
    /// The reading processes, within the limits of a round but for those that were asked for.
    pub fn pool(&self, round: &Round) -> Pool {
        let seconds = self.read_seconds.unwrap_or(round.limits.seconds);
        Pool::new(&self.program, Limits { seconds, ..round.limits })
    }
}

/// A round before anything is read of it but its parameters and plans.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The round.
    pub round: Round,
    /// The catalogue.
    pub catalogue: Catalogue,
    /// The plans that are in force on the day of the report, in the round's order of cities.
    pub plans: Vec<Plan>,
    /// The index over its cities, where the round has one.
    pub index: Option<IndexSpec>,
}

/// About as many steps as there are in the ledger of a city for each of its rows.
const STEPS_OF_A_ROW: usize = 48;

/// Evaluates a round: everything but publishing.
///
/// # Errors
/// Fails when configuration, catalogue or a plan has faults, when a plan is not in force, or when files cannot be read.
pub fn evaluate(
    settings: &Settings,
    inputs: &Inputs,
    progress: &dyn Progress,
) -> Result<Evaluation, RunError> {
    evaluate_with(settings, inputs, progress, Kept::All, None).map(|(evaluation, _)| evaluation)
}

/// Evaluates a round for its findings: of the ledgers only the totals are kept, which the places of cities are computed from. Most of the memory of
/// an evaluation is in its ledgers, and nothing that is published asks for these.
///
/// # Errors
/// Fails like [`evaluate`].
pub fn examine(
    settings: &Settings,
    inputs: &Inputs,
    progress: &dyn Progress,
) -> Result<Evaluation, RunError> {
    evaluate_with(settings, inputs, progress, Kept::Totals, None).map(|(evaluation, _)| evaluation)
}

/// Evaluates a round for what `check` prints: findings, scores and what is withheld. Cities come without their ledgers, and without values, facts, verdicts,
/// tasks and all of the plan but its names: these are gone when the next city is read, so that a country needs no more memory than its plans and findings.
///
/// # Errors
/// Fails like [`evaluate`].
pub fn check(settings: &Settings, inputs: &Inputs, progress: &dyn Progress) -> Result<Evaluation, RunError> {
    evaluate_with(settings, inputs, progress, Kept::Findings, None).map(|(evaluation, _)| evaluation)
}

/// Like [`examine`], with the workbooks that had been received by the end of a day: those that came later are as those after the cut-off.
/// Gives the round's own cut-off too.
///
/// # Errors
/// Fails like [`evaluate`].
pub fn examine_until(
    settings: &Settings,
    inputs: &Inputs,
    progress: &dyn Progress,
    day: NaiveDate,
) -> Result<(Evaluation, NaiveDate), RunError> {
    evaluate_with(settings, inputs, progress, Kept::Totals, Some(day))
}

#[expect(clippy::too_many_lines, reason = "the order of the stages, one after the other")]
fn evaluate_with(
    settings: &Settings,
    inputs: &Inputs,
    progress: &dyn Progress,
    kept: Kept,
    until: Option<NaiveDate>,
) -> Result<(Evaluation, NaiveDate), RunError> {
    threads(settings)?.install(|| {
        let Loaded { mut round, catalogue, plans, index } = match load(settings, inputs) {
            Ok(loaded) => loaded,
            // What is no round may be one that is mixed of two; a round's own file is opened once.
            Err(error) => {
                return match MixedRound::load(inputs, &settings.round) {
                    Ok(Some(order)) => {
                        let evaluation = mixed::evaluate(settings, &order, inputs, progress)?;
                        let cut_off = evaluation.round.cut_off;
                        Ok((evaluation, cut_off))
                    }
                    Err(faults @ RunError::Faults { .. }) => Err(faults),
                    Ok(None) | Err(_) => Err(error),
                };
            }
        };
        let cut_off = round.cut_off;
        round.cut_off = until.map_or(cut_off, |day| day.min(cut_off));
        round.answers_until = until.map_or(round.answers_until, |day| day.min(round.answers_until));
        let earlier = plan::read_previous(inputs, &settings.round, &round)?;
        let told = |plan: Plan| plan.with_earlier(&earlier, round.year()).with_parts(&earlier, round.period);
        let plans: Vec<Plan> = plans.into_iter().map(told).collect();
        let is_annual = round.period.is_annual();
        round.as_of = until;
        let (mut cities, findings) = cities::judged((settings, inputs), &mut round, plans, kept, progress)?;
        let (mut files, Unread { findings: unread, entries }) =
            input_files(settings, inputs, &cities::collected(&cities), progress)?;
        files.extend(earlier_files(inputs, &earlier)?);
        let unread = round.gate().admit(unread);
        for city in &mut cities {
            city.passed_over(entries.get(&city.plan.city).copied().unwrap_or_default());
        }
        let findings = findings.into_iter().chain(unread).collect();
        let findings = finding::gathered(in_words_of_plans(&cities, findings));
        let mut findings = cities::answered(&mut cities, findings);
        let mut ledger = Ledger::default();
        if is_annual {
            let own = cities.iter_mut().map(|city| (&mut city.score, &mut city.runs));
            let withheld = compare::withhold(own, &findings, &round, &mut ledger);
            if !withheld.is_empty() {
                findings.extend(withheld);
                findings = finding::in_order(findings);
            }
            let own = cities.iter_mut().map(|city| (&mut city.score, city.ledger.as_ref()));
            compare::rank(own, &round, &mut ledger);
        }
        // Of some of the cities it would be another index; those that a share makes are all there when shares are merged.
        let composite = index
            .filter(|_| kept == Kept::All && is_annual && settings.cities.is_empty())
            .map(|spec| indexed((settings, &spec), (&round, &catalogue), &cities, &mut ledger))
            .transpose()?;
        let cities = cities.into_iter().collect();
        let mut evaluation = Evaluation {
            round,
            catalogue,
            cities,
            findings,
            inputs: files,
            absent: absent(settings, inputs),
            ledger,
            composite,
            decisions: Vec::new(),
            restatements: Vec::new(),
            earlier: Vec::new(),
            figures: String::new(),
        };
        if kept == Kept::All && is_annual {
            let again = |plan, round: &Round, collected: &Collected| judge(plan, round, collected.clone()).0;
            evaluation.hold_to_account(&earlier, &again);
        }
        inputs.unchanged()?;
        Ok((evaluation, cut_off))
    })
}

/// The index of a round over its cities.
///
/// # Errors
/// Fails where weights do not come out of the scores.
pub fn indexed(
    (settings, spec): (&Settings, &IndexSpec),
    of: (&Round, &Catalogue),
    cities: &[CityEvaluation],
    ledger: &mut Ledger,
) -> Result<Composite, RunError> {
    let brought = cities.iter().map(|city| {
        let judged = JudgedCity {
            plan: &city.plan,
            facts: &city.facts,
            ledger: &city.ledger,
            is_withheld: !city.score.withheld.is_empty(),
        };
        composite::gather(spec, of, judged, ledger)
    });
    let brought: Vec<_> = brought.collect();
    let refused = |fault| RunError::Faults {
        path: settings.round.join(INDEX),
        faults: spec.told("index.weights", fault),
    };
    let mut found = composite::evaluate(spec, &brought, of.0.year(), ledger).map_err(refused)?;
    composite::held_to_draws(&mut found, ledger);
    composite::converging(&mut found, &brought, of.0.year(), ledger);
    composite::without_each(&mut found, &brought, of.0.year(), ledger);
    Ok(found)
}

/// Findings in the words of the plans that they are held against.
fn in_words_of_plans(cities: &[CityEvaluation], findings: Vec<Finding>) -> Vec<Finding> {
    let names: BTreeMap<&CityId, PlanNames> =
        cities.iter().map(|city| (&city.plan.city, city.plan.names())).collect();
    let worded = |finding: Finding| match names.get(&finding.subject.city) {
        Some(names) => finding.of_plan(names),
        None => finding,
    };
    findings.into_iter().map(worded).collect()
}

/// Does something with the threads that settings ask for.
///
/// # Errors
/// Fails when the system does not give them, and like what is done.
pub fn in_threads<T: Send>(
    settings: &Settings,
    work: impl FnOnce() -> Result<T, RunError> + Send,
) -> Result<T, RunError> {
    threads(settings)?.install(work)
}

fn threads(settings: &Settings) -> Result<rayon::ThreadPool, RunError> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(settings.jobs)
        .build()
        .map_err(|error| RunError::NoThreads(error.to_string()))
}

/// Loads the round, the catalogue and the plans, and holds what people decided against the plans.
///
/// # Errors
/// Fails when one of these files cannot be read or has faults, or when a plan is not in force.
pub fn load(settings: &Settings, inputs: &Inputs) -> Result<Loaded, RunError> {
    let input = input_root(&settings.round);
    let catalogue = Catalogue::load(inputs, &input.join("catalogue.toml"))?;
    let round = Round::load(inputs, &settings.round)?;
    let index = plan::read_index(inputs, &settings.round, &round, &catalogue)?;
    let round = chosen(round, &settings.cities)?;
    let plans = plans(settings, inputs, &round, &catalogue)?;
    check_decisions(settings, &round, &plans, &catalogue)?;
    Ok(Loaded { round, catalogue, plans, index })
}

/// The same for what is made of whole years only, by its name.
///
/// # Errors
/// Fails like [`load`], and for a round of a part of a year.
pub fn load_year(settings: &Settings, inputs: &Inputs, what: &'static str) -> Result<Loaded, RunError> {
    let loaded = load(settings, inputs)?;
    match loaded.round.period {
        period if period.is_annual() => Ok(loaded),
        period => Err(RunError::PartOfAYear { period: period.to_string(), what }),
    }
}

/// Judges a city by itself: review, facts, verdicts, tasks, units, score. Its place among the others is still open. What was noticed on
/// the way comes with it, past the round's waivers.
pub fn judge(plan: Plan, round: &Round, collected: Collected) -> (CityEvaluation, Vec<Finding>) {
    judge_with(plan, round, collected, Kept::All)
}

/// The same as far as it is kept: units are not summed up for nobody.
fn judge_with(plan: Plan, round: &Round, collected: Collected, kept: Kept) -> (CityEvaluation, Vec<Finding>) {
    let gate = round.gate();
    let mut findings = gate.admit(collected.findings.clone());
    let mut runs = collected.runs.clone();
    plan.remarks_counted(round.method.about_tolerance, &mut runs);
    let found = Lookup::of(&collected);
    findings.extend(
        gate.admit(review::city(&review::CityInReview { plan: &plan, round, collected: &found }, &mut runs)),
    );
    let no_font_has = review::unshown(&plan.city, &collected, &|one| unprintable(one).is_some());
    findings.extend(gate.admit(no_font_has));
    let mut ledger = Ledger::with_room(plan.indicators.len().saturating_mul(STEPS_OF_A_ROW));
    let (facts, noticed) = reconcile::city(&plan, round, &found, &findings, &mut ledger, &mut runs);
    findings.extend(gate.admit(noticed));
    // Within the year values are looked at on their way: there is no verdict, no score and no place.
    let is_annual = round.period.is_annual();
    let (assessments, paces) = if is_annual {
        let (assessments, noticed) = assess::indicators(&plan, round, &facts, &mut ledger, &mut runs);
        findings.extend(gate.admit(noticed));
        (assessments, Indexed::default())
    } else {
        (Indexed::default(), assess::paces(&plan, round, &facts, &mut ledger))
    };
    let (tasks, noticed) =
        assess::tasks(&plan, round, &found, &assessments, &findings, &mut ledger, &mut runs);
    findings.extend(gate.admit(noticed));
    let (units, sharers) = match kept {
        Kept::All | Kept::Totals => {
            assess::units(&plan, round, &found, (&assessments, &paces), &tasks, &mut ledger)
        }
        Kept::Findings => (Vec::new(), Vec::new()),
    };
    let score = if is_annual {
        compare::score(&plan, round, &assessments, &findings, &mut ledger)
    } else {
        CityScore::none(plan.city.clone())
    };
    let city = CityEvaluation {
        plan,
        collected,
        facts,
        assessments,
        paces,
        tasks,
        units,
        sharers,
        score,
        ledger: Arc::new(ledger),
        runs,
    };
    (city, findings)
}

/// Holds what people decided against the plans; faults are those of the file that they stand in.
fn check_decisions(
    settings: &Settings,
    round: &Round,
    plans: &[Plan],
    catalogue: &Catalogue,
) -> Result<(), RunError> {
    let all = settings.cities.is_empty();
    let decisions = plan::check_declarations(round, (plans, catalogue), all);
    for (file, faults) in
        [("round.toml", decisions), ("waivers.toml", plan::check_waivers(round, plans, all))]
    {
        if !faults.is_empty() {
            let faults = faults.iter().map(ToString::to_string).collect();
            return Err(RunError::Faults { path: settings.round.join(file), faults });
        }
    }
    Ok(())
}

/// Evaluates a round and publishes it; the findings decide whether everything is in order.
///
/// # Errors
/// Fails like [`evaluate`], and when an output cannot be made. The previous output is then untouched.
pub fn run(
    settings: &Settings,
    publication: &Publication,
    progress: &dyn Progress,
) -> Result<Evaluation, RunError> {
    let inputs = Inputs::default();
    let mut evaluation = evaluate(settings, &inputs, progress)?;
    refuse_withheld(&evaluation)?;
    let mut glyphs = Glyphs::default();
    // Without an answer the documents find out by themselves, and why there is none is told then.
    let _ = name_unshown(&mut evaluation, &publication.typst, &mut glyphs);
    evaluation.figures = threads(settings)?
        .install(|| publish::publish(&evaluation, &inputs, publication, glyphs, progress))?;
    Ok(evaluation)
}

/// Evaluates a share of the cities of a round and publishes what is these cities' alone.
///
/// # Errors
/// Fails like [`run`], for a round of a part of a year, and when there are more shares than cities.
pub fn run_share(
    settings: &Settings,
    publication: &Publication,
    (share, program): (Share, String),
    progress: &dyn Progress,
) -> Result<Evaluation, RunError> {
    let inputs = Inputs::default();
    let round = Round::load(&inputs, &settings.round)?;
    if !round.period.is_annual() {
        return Err(RunError::PartOfAYear { period: round.period.to_string(), what: "分片 --part" });
    }
    let settings = Settings { cities: share.cities(&round)?, ..settings.clone() };
    let order = ShareOrder { share, program, cities: round.cities.len() };
    let mut evaluation = evaluate(&settings, &inputs, progress)?;
    refuse_withheld(&evaluation)?;
    let mut glyphs = Glyphs::default();
    // As in a whole run.
    let _ = name_unshown(&mut evaluation, &publication.typst, &mut glyphs);
    threads(&settings)?
        .install(|| publish::publish_share(&evaluation, &inputs, publication, glyphs, &order, progress))?;
    Ok(evaluation)
}

/// The report of a round that withholds it is not made, and the one before stays.
fn refuse_withheld(evaluation: &Evaluation) -> Result<(), RunError> {
    let why = evaluation.cities.iter().flat_map(|city| {
        let whole = city.score.withheld.iter().filter(|(what, _)| *what == Withheld::Report);
        whole.map(|(_, why)| format!("{}：{}", city.plan.name, why.words(Language::Chinese)))
    });
    let why: Vec<String> = why.collect();
    if why.is_empty() {
        Ok(())
    } else {
        Err(RunError::Withheld { round: evaluation.round.path("round.toml"), why })
    }
}

/// Adds to the findings the characters that no font shows; those that no font may show are among them already.
///
/// # Errors
/// Fails when the typesetting program cannot be asked.
pub fn name_unshown(
    evaluation: &mut Evaluation,
    typst: &publish::Typst,
    glyphs: &mut Glyphs,
) -> Result<(), RunError> {
    let rare = || evaluation.cities.iter().flat_map(|city| &city.collected.rare);
    let unknown: BTreeSet<String> = rare().flat_map(|text| text.fonts_decide().map(str::to_owned)).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    publish::ask(typst, glyphs, unknown)?;
    let mut findings = std::mem::take(&mut evaluation.findings);
    findings.retain(|finding| finding.problem.code() != "R113");
    for city in &evaluation.cities {
        let found = review::unshown(&city.plan.city, &city.collected, &|one| glyphs.is_missing(one));
        findings.extend(evaluation.round.gate().admit(found));
    }
    evaluation.findings = finding::in_order(findings);
    Ok(())
}

/// Whether a finding withholds a number.
pub fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity() == Severity::Error)
}

/// The folder above a round's.
fn input_root(round: &Path) -> PathBuf {
    match round.parent() {
        Some(above) if !above.as_os_str().is_empty() => above.to_owned(),
        Some(_) => PathBuf::from("."),
        None => PathBuf::from(".."),
    }
}

fn chosen(mut round: Round, only: &[String]) -> Result<Round, RunError> {
    for name in only {
        if !round.cities.iter().any(|city| city.as_str() == name) {
            let known = round.cities.iter().map(ToString::to_string).collect();
            return Err(RunError::NoSuchCity { city: name.clone(), known });
        }
    }
    if !only.is_empty() {
        round.cities.retain(|city| only.iter().any(|name| name == city.as_str()));
    }
    Ok(round)
}
