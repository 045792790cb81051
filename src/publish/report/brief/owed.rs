//! 还判不了的和欠数的单位: who owes what, and by when.

use serde::Serialize;

use super::super::context::Context;
use super::super::gaps;
use super::super::open_steps::{OpenStep, step};
use super::super::phrases::{day_in, quoted, without_stop};
use super::super::say::{plural, say, sentences};
use super::super::section::Draft;
use super::super::totals::state_of;
use super::shared::{clauses_within, in_print, issuer_words, most_lines, shorten, unit_words};
use crate::assess::{Assessment, Reason, State};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ledger::StepId;
use crate::plan::Indicator;
use crate::reconcile::Basis;

/// The most characters of what is to be done, in Chinese and in English.
const LONGEST: [usize; 2] = [34, 110];
/// The most characters of what a unit says of a value that it does not have.
const LONGEST_REASON: usize = 20;
/// What is not there yet is named up to so many, and so is what a unit owes of a kind.
const MOST_NAMED: usize = 6;

/// Who owes what.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Owed {
    title: String,
    heads: [String; 5],
    has_cities: bool,
    rows: Vec<OwedRow>,
    empty: &'static str,
    note: String,
}

/// What is owed of one kind by the same units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::publish::report) struct OwedRow {
    city: String,
    who: String,
    what: String,
    action: String,
    /// What a unit says of a value that it does not have yet, behind what it is to do; may be empty.
    reason: String,
    until: String,
}

/// What is to be done about a target without a verdict, and until when; `None` for one whose value of the year is not there yet.
fn action(context: &Context<'_>, city: &CityEvaluation, one: &Assessment) -> Option<(String, String)> {
    let language = context.language;
    let by = day_in(language, context.evaluation.round.answer_by);
    let document = context.document(&city.plan);
    let said = |chinese: &str, english: &str| language.of(chinese, english).to_owned();
    Some(match (one.state, &one.reason) {
        (State::Lagged, _) => return None,
        (State::NotReported, _) if gaps::reason(city, one).is_some() => {
            (said("有数后补报", "report when it is known"), said("有数后", "when known"))
        }
        (State::NotReported, _) => (said("补报", "report"), by),
        (_, Some(Reason::NoValue(Basis::Disagree { .. }))) => {
            let words = match context.actual(city, one) {
                Some(sides) => say!(language, "会商定一个数（{sides}）", "agree on one value ({sides})"),
                // Of 有 and 无 there are no numbers to name.
                None => said("会商后统一填报", "agree on what to report"),
            };
            (words, by)
        }
        (_, Some(Reason::InDoubt(doubt))) => {
            let remedy = doubt.problem.remedy_of(language, &Default::default());
            let [chinese, english] = LONGEST;
            (clauses_within(without_stop(&remedy), language.of(chinese, english)), by)
        }
        (State::NotAssessable, _) => match step(one) {
            OpenStep::HandedDown => (said("提供下达的数", "give the number handed down"), by),
            OpenStep::OfTheYear => {
                (said("补列本年度提出的目标", "add the target that was set for this year"), "—".to_owned())
            }
            OpenStep::EarlierValue(year) => (say!(language, "补{year}年数", "add the value of {year}"), by),
            OpenStep::Benchmark => (said("补列对照值", "add the value to compare with"), "—".to_owned()),
            OpenStep::After(no) => (
                say!(language, "指标{no}有数后评估", "judge when indicator {no} has a value"),
                "—".to_owned(),
            ),
            OpenStep::Again => (said("重报", "report again"), by),
            OpenStep::LaterYear(year) => (say!(language, "{year}年评估", "judged in {year}"), "—".to_owned()),
            OpenStep::NotDue => (said("到期后评估", "judged when due"), "—".to_owned()),
            OpenStep::Issuer => (
                say!(language, "请{document}印发机关明确", "ask the issuer of the {document} to clarify"),
                "—".to_owned(),
            ),
        },
        _ => (said("核实答复", "check and answer"), by),
    })
}

/// All of it, grouped by units and what they are to do.
pub(in crate::publish::report) fn rows(context: &Context<'_>) -> Vec<OwedRow> {
    let mut found = Vec::<(OwedRow, Vec<What<'_>>)>::new();
    for city in in_print(context) {
        for (one, row) in context.counted(city).into_iter().filter(|(one, _)| !one.state.is_assessable()) {
            let Some((action, until)) = action(context, city, one) else { continue };
            // What the plan leaves open nobody owes who reports.
            let who = match one.state {
                State::NotAssessable => match step(one) {
                    OpenStep::Issuer => issuer_words(context, city),
                    // It is entered into the files of the round and of the plan: no unit of the plan can.
                    OpenStep::Benchmark | OpenStep::OfTheYear => {
                        context.language.of("编制单位", "Who makes this report").to_owned()
                    }
                    OpenStep::LaterYear(_) | OpenStep::NotDue => "—".to_owned(),
                    OpenStep::HandedDown
                    | OpenStep::EarlierValue(_)
                    | OpenStep::After(_)
                    | OpenStep::Again => reporters(context, city, row),
                },
                _ => reporters(context, city, row),
            };
            let name = context.row(&city.plan, row);
            let reason = said_of(city, one);
            let city = context.short(&city.plan).to_owned();
            let row = OwedRow { city, who, what: String::new(), action, reason, until };
            match found.iter_mut().find(|(other, _)| *other == row) {
                Some((_, whats)) => whats.push((name, state_of(one))),
                None => found.push((row, vec![(name, state_of(one))])),
            }
        }
    }
    let row = |(at, (row, whats)): (usize, (OwedRow, Vec<What<'_>>))| OwedRow {
        what: named(context, at, &whats),
        ..row
    };
    found.into_iter().enumerate().map(row).collect()
}

/// What the unit says of a value that it does not have yet: `（说明“尚未公布”）`; empty where it says nothing.
fn said_of(city: &CityEvaluation, one: &Assessment) -> String {
    let said = gaps::reason(city, one).filter(|_| one.state == State::NotReported);
    said.map_or_else(String::new, |said| {
        let said = quoted(&shorten(without_stop(said), LONGEST_REASON));
        format!("（说明{said}）")
    })
}

/// A target with the step of its verdict.
type What<'a> = (&'a str, StepId);

/// The first of so many targets, and how many they are.
fn named(context: &Context<'_>, at: usize, whats: &[What<'_>]) -> String {
    let language = context.language;
    let first: Vec<&str> = whats.iter().take(MOST_NAMED).map(|(name, _)| *name).collect();
    let told = language.list(&first);
    if first.len() == whats.len() {
        return told;
    }
    let steps = whats.iter().map(|(_, step)| step.clone());
    let count = context.book.count(&format!("{}/#owed.{}", context.whose(), at + 1), steps, &[], whats.len());
    say!(language, "{told}等{count}项", "{told} and others, {count} in all")
}

fn reporters(context: &Context<'_>, city: &CityEvaluation, row: &Indicator) -> String {
    match row.reporters.is_empty() {
        true => context.department(&city.plan, &city.plan.office).to_owned(),
        false => context.departments(&city.plan, &row.reporters),
    }
}

/// The first of them, as many as there is room for; what is not there yet is told in a note.
pub(super) fn section(draft: &mut Draft<'_>, room: usize) -> Option<Owed> {
    let context = draft.context;
    let mut rows = rows(context);
    let all = rows.len();
    rows.truncate(room);
    let (language, shown, volume) = (context.language, rows.len(), context.volume_of_lists());
    let title = language.of("还判不了的和欠数的单位", "Open figures, and who owes them");
    let title = match all == shown {
        true => title.to_owned(),
        false => say!(
            language,
            "{title}（列前{shown}行，其余见{volume}）",
            "{title} (the first {shown} rows, the rest in {volume})"
        ),
    };
    let heads = language.of(["单位", "指标", "要做的事", "期限"], ["Department", "Indicator", "To do", "By"]);
    let [who, what, action, until] = heads.map(str::to_owned);
    let (lagged, beside) = (lagged(context), beside(context));
    Some(Owed {
        title,
        heads: [context.terms.places.head_in(language), who, what, action, until],
        has_cities: !context.is_alone(),
        rows,
        empty: match (lagged.is_empty(), beside.is_empty()) {
            (true, true) => language.of("没有。", "None."),
            (true, false) => language.of("应评的没有。", "None among those that are counted."),
            (false, _) => language.of("现在要补报的没有。", "None that is to be reported now."),
        },
        note: sentences(language, &[&lagged, &beside]),
    })
}

/// What stands below the rows: what is published later, and what cannot be judged among the targets that no account counts.
pub(in crate::publish::report) fn notes(context: &Context<'_>) -> String {
    sentences(context.language, &[&lagged(context), &beside(context)])
}

/// Targets beside those that are counted, such as those in prose, that cannot be judged: they are told elsewhere, row by row.
fn beside(context: &Context<'_>) -> String {
    let language = context.language;
    let mut all: Vec<What<'_>> = Vec::new();
    for city in in_print(context) {
        let counted = context.counted(city);
        let is_beside = |one: &&Assessment| {
            let is_counted = counted.iter().any(|(known, _)| known.no == one.no);
            one.is_primary()
                && !is_counted
                && !one.state.is_assessable()
                && (one.state == State::Lagged || action(context, city, one).is_some())
        };
        let rows = city.assessments.iter().filter(is_beside);
        all.extend(
            rows.filter_map(|one| {
                Some((context.row(&city.plan, city.plan.indicator(&one.no)?), state_of(one)))
            }),
        );
    }
    if all.is_empty() {
        return String::new();
    }
    let steps = all.iter().map(|(_, step)| step.clone());
    let count = context.book.count(&format!("{}/#open.beside", context.whose()), steps, &[], all.len());
    let names: Vec<&str> = all.iter().take(MOST_NAMED).map(|(name, _)| *name).collect();
    let (names, more, volume) = (language.list(&names), all.len() > names.len(), context.volume_of_rows());
    let (etc, others) = if more { ("等", " and others") } else { ("", "") };
    say!(
        language,
        "不计入应评的目标另有{count}项判不了：{names}{etc}，见{volume}。",
        "Of the targets that are not counted {count} cannot be judged ({names}{others}): see {volume}."
    )
}

/// A unit with the targets whose values of the year it will have later.
type LaterOf<'a> = (String, Vec<(&'a CityEvaluation, &'a Assessment, &'a Indicator)>);

/// What is published later than the report is made.
fn lagged(context: &Context<'_>) -> String {
    let language = context.language;
    let mut units: Vec<LaterOf<'_>> = Vec::new();
    let mut all = Vec::new();
    for city in in_print(context) {
        for (one, row) in context.counted(city).into_iter().filter(|(one, _)| one.state == State::Lagged) {
            all.push(one);
            // What several report together is one target, and told once.
            let names: Vec<String> =
                row.reporters.iter().map(|unit| unit_words(context, city, unit)).collect();
            let name = language.list(&names.iter().map(String::as_str).collect::<Vec<_>>());
            match units.iter_mut().find(|(known, _)| *known == name) {
                Some((_, own)) => own.push((city, one, row)),
                None => units.push((name, vec![(city, one, row)])),
            }
        }
    }
    if all.is_empty() {
        return String::new();
    }
    let steps = all.iter().map(|one| state_of(one));
    let count = context.book.count(&format!("{}/#lagged.in_print", context.whose()), steps, &[], all.len());
    let named = all.len() <= MOST_NAMED;
    let told = units.iter().map(|(name, own)| {
        let steps = own.iter().map(|(_, one, _)| state_of(one));
        let number =
            context.book.count(&format!("{}/#lagged.of/{name}", context.whose()), steps, &[], own.len());
        let names: Vec<&str> = own.iter().map(|(city, _, row)| context.row(&city.plan, row)).collect();
        let names = language.list(&names);
        say!(language, "{name}{number}项（{names}）", "{name} {number} ({names})")
    });
    let told = match named {
        true => {
            let told = told.collect::<Vec<_>>();
            let told = told.join(language.of("、", "; "));
            say!(language, "：{told}", ": {told}")
        }
        false => String::new(),
    };
    let was = plural(all.len(), "target was reported with a value", "targets were reported with values");
    say!(
        language,
        "判不了的项中，{count}项报送的是以前年度的数，当年数公布后补报{told}。",
        "Of those that cannot be judged, {count} {was} of an earlier year; that of the year is to be reported when it is published{told}."
    )
}

impl OwedRow {
    /// How many lines it takes, by the widths of its columns in characters.
    pub(super) fn lines(&self, language: Language) -> usize {
        let widths = language.of([4, 12, 9, 14], [6, 10, 14, 11]);
        let action = language.of(format!("{}{}", self.action, self.reason), self.action.clone());
        let cells = [&self.city, &self.who, &self.what, &action];
        most_lines(language, cells.into_iter().map(String::as_str).zip(widths))
    }
}
