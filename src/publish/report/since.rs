//! 两轮之间: what became of a city's targets since the last earlier report that the round names.

use super::context::Context;
use super::say::say;
use super::totals::{keys_of, state_of};
use super::values::rate_words;
use crate::assess::{Assessment, State};
use crate::compare::Fraction;
use crate::evaluation::{CityEvaluation, EarlierReport, EarlierVerdict};
use crate::finding::Language;
use crate::ledger::{self, Operation, StepId};
use crate::plan::Indicator;

/// What is told apart of verdicts: reached, missed, not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OnTarget {
    Reached,
    Missed,
    Open,
}

impl OnTarget {
    fn of(state: State) -> Self {
        match state.met() {
            Some(true) => Self::Reached,
            Some(false) => Self::Missed,
            None => Self::Open,
        }
    }

    /// The part of the name of a step.
    fn key(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::Missed => "missed",
            Self::Open => "open",
        }
    }

    fn words(self, language: Language) -> &'static str {
        match self {
            Self::Reached => language.of("到", "met"),
            Self::Missed => language.of("未到", "not met"),
            Self::Open => language.of("判不了", "open"),
        }
    }
}

/// From where to where, what is news first.
const WAYS: [(OnTarget, OnTarget); 9] = [
    (OnTarget::Missed, OnTarget::Reached),
    (OnTarget::Open, OnTarget::Reached),
    (OnTarget::Reached, OnTarget::Missed),
    (OnTarget::Open, OnTarget::Missed),
    (OnTarget::Missed, OnTarget::Missed),
    (OnTarget::Reached, OnTarget::Open),
    (OnTarget::Missed, OnTarget::Open),
    (OnTarget::Open, OnTarget::Open),
    (OnTarget::Reached, OnTarget::Reached),
];

/// Targets that went the same way since the earlier report.
pub(super) struct Transition<'a> {
    /// `由未到变为到`, `两轮都未到`.
    pub(super) words: String,
    /// How many, with its step.
    pub(super) number: String,
    /// Whether it is anything but reached in both.
    pub(super) is_news: bool,
    /// Which.
    pub(super) targets: Vec<(&'a Assessment, &'a Indicator)>,
}

/// An earlier report and what became of its targets.
pub(super) struct Since<'a> {
    pub(super) report: &'a EarlierReport,
    /// `2023年可评15项完成10项（66.7%）`.
    pub(super) before: String,
    /// How many targets stand in both, with its step.
    pub(super) matched: String,
    /// By the way that they went; ways that none went are left out.
    pub(super) transitions: Vec<Transition<'a>>,
}

/// `None` where the round names no earlier report of the city, or none of the targets that count stands in it.
pub(super) fn since<'a>(context: &Context<'a>, city: &'a CityEvaluation) -> Option<Since<'a>> {
    let report = context.evaluation.earlier_of(&city.plan.city)?;
    let pairs: Vec<(&EarlierVerdict, &Assessment, &Indicator)> = context
        .counted(city)
        .into_iter()
        .filter_map(|(one, row)| Some((report.verdict(&one.no)?, one, row)))
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let (language, slug) = (context.language, &city.plan.city);
    let became: Vec<StepId> =
        pairs.iter().filter_map(|(earlier, one, _)| became(context, report, earlier, one)).collect();
    let transition = |(before, now): (OnTarget, OnTarget)| {
        let is_it = |(earlier, one, _): &&(&EarlierVerdict, &Assessment, &Indicator)| {
            OnTarget::of(earlier.state) == before && OnTarget::of(one.state) == now
        };
        let found: Vec<_> = pairs.iter().filter(is_it).collect();
        let words: Vec<String> = states_of(before)
            .flat_map(|from| states_of(now).map(move |to| format!("{}>{}", from.key(), to.key())))
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let id = format!("{slug}/#since.{}.{}", before.key(), now.key());
        (!found.is_empty()).then(|| Transition {
            words: {
                let [was, is] = [before, now].map(|standing| standing.words(language));
                match before == now {
                    true => say!(language, "两轮都{is}", "{is} both times"),
                    false => say!(language, "由{was}变为{is}", "from {was} to {is}"),
                }
            },
            is_news: (before, now) != (OnTarget::Reached, OnTarget::Reached),
            number: context.book.count(&id, became.iter().cloned(), &words, found.len()),
            targets: found.into_iter().map(|(_, one, row)| (*one, *row)).collect(),
        })
    };
    let transitions = WAYS.into_iter().filter_map(transition).collect();
    let all = format!("{slug}/#since.all");
    let matched = context.book.count(&all, became.iter().cloned(), &[], pairs.len());
    Some(Since { report, before: before(context, city, report), matched, transitions })
}

fn states_of(standing: OnTarget) -> impl Iterator<Item = State> {
    State::ALL.into_iter().filter(move |state| OnTarget::of(*state) == standing)
}

/// The step of what a target was and is.
fn became(
    context: &Context<'_>,
    report: &EarlierReport,
    earlier: &EarlierVerdict,
    one: &Assessment,
) -> Option<StepId> {
    let before = context.book.earlier_verdict(report, earlier);
    let id = ledger::of_indicator(&one.city, &one.no).of("became");
    context.book.step(&id, Operation::Pair, &[("before", before), ("now", state_of(one))])
}

/// `2023年可评15项完成10项（66.7%）`, by the verdicts that its account counted.
fn before(context: &Context<'_>, city: &CityEvaluation, report: &EarlierReport) -> String {
    let counted: Vec<&EarlierVerdict> = report.verdicts.iter().filter(|one| one.is_counted).collect();
    let members = || counted.iter().map(|one| context.book.earlier_verdict(report, one));
    let is_met = |state: State| state.met() == Some(true);
    let able = counted.iter().filter(|one| one.state.is_assessable()).count();
    let met = counted.iter().filter(|one| is_met(one.state)).count();
    let id = |name: &str| StepId::new(format!("{}/#earlier.{name}", city.plan.city));
    let book = &context.book;
    let able_words = book.count(id("assessable").as_str(), members(), &keys_of(State::is_assessable), able);
    let met_words = book.count(id("met").as_str(), members(), &keys_of(is_met), met);
    let year = report.year;
    if able == 0 {
        return say!(context.language, "{year}年没有可评的目标", "in {year} no target could be judged");
    }
    let args = [("part", id("met")), ("whole", id("assessable"))];
    book.step(&id("rate"), Operation::Share, &args);
    let rate = book.rounded(&id("rate"), 1, rate_words(Fraction { part: met, whole: able }));
    say!(
        context.language,
        "{year}年可评{able_words}项完成{met_words}项（{rate}%）",
        "{year}: {met_words} of {able_words} judged targets met ({rate}%)"
    )
}

/// Names of targets; of very many the first, which is said.
pub(super) fn names(
    context: &Context<'_>,
    city: &CityEvaluation,
    targets: &[(&Assessment, &Indicator)],
) -> String {
    const MOST: usize = 12;
    let names: Vec<&str> = targets.iter().take(MOST).map(|(_, row)| context.row(&city.plan, row)).collect();
    let more = if targets.len() > MOST { context.language.of("等", " and others") } else { "" };
    format!("{}{more}", context.language.list(&names))
}
