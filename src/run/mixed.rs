//! Two rounds read side by side, and any mixture of them judged by the same stages as a round.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Loaded, Settings, cities, in_words_of_plans, input_files, input_root, judge, load_year, plans};
use crate::collect::Collected;
use crate::compare;
use crate::error::RunError;
use crate::evaluation::{CityEvaluation, Evaluation, InputFile, InputRole};
use crate::files;
use crate::finding::{self, Finding};
use crate::ident::{CityId, IndicatorNo};
use crate::indexed::Indexed;
use crate::inputs::Inputs;
use crate::ledger::Ledger;
use crate::mixture::{BothSides, MixedCity, MixedSide, Pairing, Which, source};
use crate::plan::{Catalogue, IndexSpec, LinkCause, MixedRound, Plan, Round};
use crate::progress::Progress;

/// A round as it was read, before anything is judged.
pub struct ReadRound {
    /// The round.
    pub round: Round,
    /// Its catalogue.
    pub catalogue: Catalogue,
    /// The index over its cities, where it has one.
    pub index: Option<IndexSpec>,
    /// Its plans, in the round's order of cities.
    pub plans: Indexed<Plan>,
    /// The same read with the catalogue of the other round.
    crossed: Indexed<Plan>,
    collected: BTreeMap<CityId, Collected>,
    files: Vec<InputFile>,
    unread: Vec<Finding>,
    /// What stands before the paths of its files in a mixture: `A/2023`.
    folder: String,
}

/// Two rounds side by side.
pub struct TwoRounds {
    /// What was before.
    pub before: ReadRound,
    /// What came after.
    pub after: ReadRound,
    pairings: BTreeMap<CityId, Pairing>,
    /// Whether a plan cannot be read with the catalogue of the other round: then the catalogue changes with the plan.
    pub catalogue_is_tied: bool,
}

/// A mixture that was judged, with its ranks.
pub struct JudgedMixture {
    /// The round by which it was judged.
    pub round: Round,
    /// The cities.
    pub cities: Indexed<CityEvaluation>,
    /// What was noticed.
    pub findings: Vec<Finding>,
    /// How the figures over cities came about.
    pub ledger: Ledger,
}

/// Reads a round as far as nothing is judged.
fn read(
    settings: &Settings,
    inputs: &Inputs,
    folder: String,
    progress: &dyn Progress,
) -> Result<ReadRound, RunError> {
    let Loaded { mut round, catalogue, plans, index } = load_year(settings, inputs, "比较和混合 diff")?;
    let collected = cities::read((settings, inputs), &mut round, &plans, progress)?;
    let all: Vec<(&Plan, &Collected)> = plans.iter().zip(&collected).collect();
    let (files, unread) = input_files(settings, inputs, &all, progress)?;
    let unread = unread.findings;
    let slugs = plans.iter().map(|plan| plan.city.clone());
    let collected = slugs.zip(collected).collect();
    let plans: Indexed<Plan> = plans.into_iter().collect();
    Ok(ReadRound { round, catalogue, index, crossed: plans.clone(), plans, collected, files, unread, folder })
}

/// The plans of a round read with the entries of another catalogue where that has them; nothing where it does not fit them.
fn crossed(
    settings: &Settings,
    inputs: &Inputs,
    own: &ReadRound,
    other: &Catalogue,
) -> Result<Option<Indexed<Plan>>, RunError> {
    if own.catalogue == *other {
        return Ok(Some(own.plans.clone()));
    }
    let catalogue = other.clone().with_those_of(&own.catalogue);
    match plans(settings, inputs, &own.round, &catalogue) {
        Ok(plans) => Ok(Some(plans.into_iter().collect())),
        Err(RunError::Faults { .. } | RunError::Plan { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

impl ReadRound {
    /// A city as it is on this side, as far as mixing it goes.
    fn side(&self, city: &CityId) -> Option<MixedSide<'_>> {
        Some(MixedSide {
            round: &self.round,
            plan: self.plans.find(city)?,
            crossed: self.crossed.find(city)?,
            collected: self.collected.get(city)?,
            folder: &self.folder,
        })
    }

    /// The numbers of the rows of a city that can be judged.
    fn judged(&self, side: &MixedSide<'_>) -> BTreeSet<IndicatorNo> {
        let (city, _) = judge(side.plan.clone(), &self.round, side.collected.clone());
        let judged = city.assessments.iter().filter(|one| one.is_primary() && one.state.is_assessable());
        judged.map(|one| one.no.clone()).collect()
    }
}

impl TwoRounds {
    /// Reads two rounds, and finds out which of their rows are one and which only one of them could judge.
    ///
    /// # Errors
    /// Fails like [`super::evaluate`], for either.
    pub fn read(
        [before, after]: [(&Settings, &Inputs, String); 2],
        progress: &dyn Progress,
    ) -> Result<Self, RunError> {
        let mut rounds =
            [read(before.0, before.1, before.2, progress)?, read(after.0, after.1, after.2, progress)?];
        let [one, other] = &rounds;
        let plans_before = crossed(before.0, before.1, one, &other.catalogue)?;
        let plans_after = crossed(after.0, after.1, other, &one.catalogue)?;
        let catalogue_is_tied = plans_before.is_none() || plans_after.is_none();
        if let (Some(one), Some(other)) = (plans_before, plans_after) {
            let [before, after] = &mut rounds;
            (before.crossed, after.crossed) = (one, other);
        }
        let [before, after] = rounds;
        let mut two = Self { before, after, pairings: BTreeMap::new(), catalogue_is_tied };
        let cities: Vec<&CityId> = two.common().collect();
        let pairings = cities.into_par_iter().filter_map(|city| Some((city.clone(), two.pairing(city)?)));
        two.pairings = pairings.collect();
        Ok(two)
    }

    fn pairing(&self, city: &CityId) -> Option<Pairing> {
        let (one, other) = (self.before.side(city)?, self.after.side(city)?);
        let of = |side: &MixedSide<'_>| side.round.year();
        let pairing = Pairing::of((one.plan, of(&one)), (other.plan, of(&other)));
        Some(pairing.with_judged(&self.before.judged(&one), &self.after.judged(&other)))
    }

    /// The cities that both have, in the order of what came after.
    pub fn common(&self) -> impl Iterator<Item = &CityId> {
        let cities = self.after.plans.iter().map(|plan| &plan.city);
        cities.filter(|city| self.before.plans.find(*city).is_some())
    }

    /// Both sides of a city; nothing where one of them does not have it.
    pub fn both(&self, city: &CityId) -> Option<BothSides<'_>> {
        let pairing = self.pairings.get(city)?;
        Some(BothSides { before: self.before.side(city)?, after: self.after.side(city)?, pairing })
    }

    fn round_of(&self, which: Which) -> &ReadRound {
        match which {
            Which::Before => &self.before,
            Which::After => &self.after,
        }
    }

    /// What there is of a city when some things are taken from what came after. A city that only one of them has comes with its plan.
    pub fn mixed(&self, city: &CityId, taken: &BTreeSet<LinkCause>) -> Option<MixedCity> {
        if let Some(both) = self.both(city) {
            return Some(both.mixed(taken));
        }
        let own = self.round_of(source(taken, LinkCause::Targets)).side(city)?;
        let (plan, collected) = (own.plan.clone(), own.collected.clone());
        Some(MixedCity { plan, round: own.round.clone(), collected })
    }

    /// Whether some of the figures of either are invented.
    pub fn is_illustrative(&self) -> bool {
        [&self.before, &self.after].into_iter().any(|one| {
            let mut sent = one.collected.values().flat_map(|collected| &collected.submissions);
            one.round.illustrative || sent.any(|sent| sent.illustrative)
        })
    }

    /// The causes by which a city can differ. Without any of them it is the same on both sides.
    pub fn causes(&self, city: &CityId) -> Vec<LinkCause> {
        let Some(BothSides { before, after, pairing }) = self.both(city) else { return Vec::new() };
        let (one, other) = (before.round, after.round);
        let is_another_year = one.year() != other.year();
        let decisions = |round: &Round| {
            let Round { preferences, base_years, benchmarks, vetoes, waivers, .. } = round.clone();
            (preferences, base_years, benchmarks, vetoes, waivers)
        };
        let days = |round: &Round| (round.report_date, round.deadline, round.cut_off);
        let differs = |cause: &LinkCause| match cause {
            LinkCause::Program => false,
            LinkCause::Catalogue => before.plan != before.crossed || after.plan != after.crossed,
            LinkCause::Method => one.method != other.method || one.edition != other.edition,
            LinkCause::Weights => one.weights != other.weights,
            LinkCause::Targets => is_another_year || before.plan != after.crossed,
            LinkCause::Decisions => {
                decisions(one) != decisions(other) || one.report_date != other.report_date
            }
            LinkCause::Coverage => pairing.has_flips(),
            LinkCause::Actuals => {
                is_another_year || before.collected != after.collected || days(one) != days(other)
            }
        };
        LinkCause::MIXED.into_iter().filter(differs).collect()
    }

    /// Judges a city with some things taken from what came after.
    pub fn judge(&self, city: &CityId, taken: &BTreeSet<LinkCause>) -> Option<CityEvaluation> {
        let MixedCity { plan, round, collected } = self.mixed(city, taken)?;
        Some(judge(plan, &round, collected).0)
    }

    /// Judges and ranks all cities with some things taken from what came after.
    pub fn judge_all(&self, taken: &BTreeSet<LinkCause>) -> JudgedMixture {
        let own = self.round_of(source(taken, LinkCause::Targets));
        let mut round = own.round.clone();
        let method = self.round_of(source(taken, LinkCause::Method));
        (round.method, round.edition) = (method.round.method.clone(), method.round.edition);
        round.illustrative = self.before.round.illustrative || self.after.round.illustrative;
        let slugs: Vec<&CityId> = own.plans.iter().map(|plan| &plan.city).collect();
        let judged: Vec<(Round, CityEvaluation, Vec<Finding>)> = slugs
            .into_par_iter()
            .filter_map(|city| {
                let MixedCity { plan, round, collected } = self.mixed(city, taken)?;
                let (city, findings) = judge(plan, &round, collected);
                Some((round, city, findings))
            })
            .collect();
        let is_mixed = source(taken, LinkCause::Decisions) != source(taken, LinkCause::Targets);
        let of_cities: Vec<&Round> = judged.iter().map(|(round, ..)| round).collect();
        if is_mixed {
            decisions_of(&mut round, &of_cities);
        }
        if source(taken, LinkCause::Weights) != source(taken, LinkCause::Targets) {
            round.weights = of_cities.iter().flat_map(|round| round.weights.clone()).collect();
        }
        let (mut cities, findings): (Vec<CityEvaluation>, Vec<Vec<Finding>>) =
            judged.into_iter().map(|(_, city, findings)| (city, findings)).unzip();
        let mut ledger = Ledger::default();
        compare::rank(
            cities.iter_mut().map(|city| (&mut city.score, city.ledger.as_ref())),
            &round,
            &mut ledger,
        );
        let findings = findings.into_iter().flatten().collect();
        let findings = in_words_of_plans(&cities, findings);
        JudgedMixture { round, cities: cities.into_iter().collect(), findings, ledger }
    }
}

/// What people decided, in the numbers of the plans that count, of all cities together.
fn decisions_of(round: &mut Round, cities: &[&Round]) {
    round.preferences = cities.iter().flat_map(|one| one.preferences.clone()).collect();
    round.base_years = cities.iter().flat_map(|one| one.base_years.clone()).collect();
    round.benchmarks = cities.iter().flat_map(|one| one.benchmarks.clone()).collect();
    round.waivers = cities.iter().flat_map(|one| one.waivers.clone()).collect();
    if let Some(first) = cities.first() {
        round.vetoes.clone_from(&first.vetoes);
        round.decisions.clone_from(&first.decisions);
    }
}

/// The settings for one side of a mixed round.
fn settings_of(settings: &Settings, folder: &str, cities: &[CityId]) -> Settings {
    let wanted =
        |city: &&CityId| settings.cities.is_empty() || settings.cities.iter().any(|one| one == city.as_str());
    Settings {
        round: input_root(&settings.round).join(folder),
        cities: cities.iter().filter(wanted).map(ToString::to_string).collect(),
        ..settings.clone()
    }
}

/// Evaluates a round that is mixed of two: everything but publishing. It calls itself a mixture.
pub(super) fn evaluate(
    settings: &Settings,
    order: &MixedRound,
    inputs: &Inputs,
    progress: &dyn Progress,
) -> Result<Evaluation, RunError> {
    let before = settings_of(settings, &order.before, &order.before_cities);
    let after = settings_of(settings, &order.after, &order.after_cities);
    let sides = [(&before, inputs, order.before.clone()), (&after, inputs, order.after.clone())];
    let two = TwoRounds::read(sides, progress)?;
    let own = files::name(&settings.round);
    let path = settings.round.join("round.toml");
    let mut all = vec![InputFile {
        role: InputRole::Parameters,
        path: format!("{own}/round.toml"),
        at: None,
        digests: inputs.digests(&path)?,
    }];
    for round in [&two.before, &two.after] {
        let root = round.folder.rsplit_once('/').map_or("", |(root, _)| root);
        let at = |file: &InputFile| InputFile { path: format!("{root}/{}", file.path), ..file.clone() };
        all.extend(round.files.iter().map(at));
    }
    let JudgedMixture { mut round, mut cities, findings, ledger } = two.judge_all(&order.taken);
    let unread = [&two.before, &two.after].into_iter().flat_map(|round| round.unread.clone());
    let findings = findings.into_iter().chain(unread).collect();
    let findings = super::cities::answered(cities.iter_mut(), finding::gathered(findings));
    round.folder = own;
    round.lines.clear();
    round.title.push(crate::words::mixture_title(&two.before.round, &two.after.round, &order.taken));
    let from = two.round_of(source(&order.taken, LinkCause::Catalogue));
    let rest = two.round_of(source(&order.taken, LinkCause::Catalogue).other());
    let catalogue = from.catalogue.clone().with_those_of(&rest.catalogue);
    inputs.unchanged()?;
    // Who decided what is told of the rounds that are mixed, not of the mixture.
    let (decisions, restatements) = (Vec::new(), Vec::new());
    let figures = String::new();
    Ok(Evaluation {
        round,
        catalogue,
        cities,
        findings,
        inputs: all,
        absent: Vec::new(),
        ledger,
        // An index is one of cities as they are.
        composite: None,
        decisions,
        restatements,
        earlier: Vec::new(),
        figures,
    })
}
