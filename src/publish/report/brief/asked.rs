//! Page two: 请定三件事.

use serde::Serialize;

use super::super::context::Context;
use super::super::phrases::{day_in, without_stop};
use super::super::say::{as_written, say, sentences};
use super::super::section::Draft;
use super::matters::{Bullet, Wording};
use super::shared::{before_name, counting_lines, decider_words, in_print, owner_words};
use crate::advise::{MOST_ASKED, Question, questions};
use crate::evaluation::CityEvaluation;
use crate::finding::{Language, Severity};
use crate::plan::DecisionAsked;

/// What leaders are asked to decide.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Asked {
    title: String,
    questions: Vec<AskedBlock>,
    /// What the bars mean; empty where there are none.
    key: &'static str,
    /// Whether there is more to decide than is asked; which questions of the bureau have no ground any more.
    none: String,
}

/// A question.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AskedBlock {
    question: String,
    facts: String,
    /// Who decides; empty where that is who answers for it.
    decider: String,
    owner: String,
    until: String,
    choices: String,
    bullets: Vec<Bullet>,
}

impl AskedBlock {
    /// How many lines it takes, where `lines` says so of a text and a width in characters.
    pub(super) fn lines(&self, language: Language) -> usize {
        let width = match self.bullets.is_empty() {
            true => language.of(35, 42),
            false => language.of(25, 30),
        };
        let lines = counting_lines(language);
        let Self { decider, owner, until, choices, .. } = self;
        let who = say!(
            language,
            "谁定 {decider}　谁办 {owner}　何时 {until}前　可选 {choices}",
            "Decides {decider} Acts {owner} By {until} Options {choices}"
        );
        lines(&self.question, 33) + lines(&self.facts, width) + lines(&who, width)
    }
}

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Asked> {
    let (context, language) = (draft.context, draft.context.language);
    let found = questions(context.evaluation);
    let blocks = worded(context, &found.asked);
    let title = match blocks.len() {
        0 => language.of("请定的事", "Decisions asked for"),
        1 => language.of("请定一件事", "One decision asked for"),
        2 => language.of("请定两件事", "Two decisions asked for"),
        _ => language.of("请定三件事", "Three decisions asked for"),
    };
    let has_bullets = blocks.iter().any(|one| !one.bullets.is_empty());
    let key = match has_bullets {
        true => language.of("条：实绩；黑竖线：目标。", "Bar: value; black tick: target."),
        false => "",
    };
    let none = match blocks.len() {
        0 => language.of("本轮没有需定事项。", "There is nothing to decide in this round."),
        _ if found.are_more && context.is_alone() => language.of(
            "同类事项还有，按类型和差距选取，至多提三件。",
            "There are more matters of these kinds; at most three are asked for, chosen by kind and gap.",
        ),
        _ if found.are_more => language.of(
            "同类事项还有，按类型和差距选取，至多提三件，一地至多两件。",
            "There are more matters of these kinds; at most three are asked for, two of one place, chosen by kind and gap.",
        ),
        _ => language.of("本轮没有别的需定事项。", "There is nothing else to decide in this round."),
    };
    // What a plan contradicts itself in is for whoever issued it, where it is not asked above.
    let tolerance = context.evaluation.round.method.about_tolerance;
    let contradicts = |city: &CityEvaluation| {
        city.plan.remarks(tolerance).iter().any(|remark| remark.problem.severity() != Severity::Note)
    };
    let (document, volume) = (&context.terms.document, context.volume_of_rows());
    let at_odds = match blocks.len() < MOST_ASKED && in_print(context).any(contradicts) {
        true => say!(
            language,
            "{document}自身有不衔接之处，建议提请印发机关明确，见{volume}。",
            "The {document} contradicts itself; see {volume}."
        ),
        false => String::new(),
    };
    let none = sentences(language, &[none, &at_odds, &lapsed(context, &found.lapsed)]);
    Some(Asked { title: title.to_owned(), questions: blocks, key, none })
}

/// The questions in words.
pub(super) fn blocks(context: &Context<'_>) -> Vec<AskedBlock> {
    worded(context, &questions(context.evaluation).asked)
}

fn worded(context: &Context<'_>, asked: &[Question]) -> Vec<AskedBlock> {
    let printed: Vec<&CityEvaluation> = in_print(context).collect();
    let word = |question: &Question| {
        let city = printed.iter().find(|city| city.plan.city == question.city)?;
        block(&Wording { context, city, question })
    };
    asked.iter().filter_map(word).collect()
}

/// What the bureau asks that is not so in this round; empty where all is.
fn lapsed(context: &Context<'_>, lapsed: &[usize]) -> String {
    let (language, round) = (context.language, &context.evaluation.round);
    let told: Vec<String> = lapsed
        .iter()
        .filter_map(|place| {
            let one = round.asked.get(place.checked_sub(1)?)?;
            let city = in_print(context).find(|city| city.plan.city == one.city)?;
            let row = one.target.as_ref().and_then(|no| city.plan.indicator(no));
            let about = row.map_or("", |row| context.row(&city.plan, row));
            let (place, kind) = (before_name(context, city), one.kind.words(language));
            let english =
                [place, about].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ");
            Some(
                language
                    .of(format!("{place}{about}（{kind}）"), format!("{english} ({kind})").trim().to_owned()),
            )
        })
        .collect();
    match told.is_empty() {
        true => String::new(),
        false => {
            let told = language.list(&told);
            say!(
                language,
                "本单位提请的{told}，按现有数据已无此事，不列。",
                "Also asked for, but by the present data no matter any more: {told}."
            )
        }
    }
}

/// A question with what the bureau says of it in the place of the rule's words.
fn block(of: &Wording<'_, '_>) -> Option<AskedBlock> {
    let said = of.said()?;
    let context = of.context;
    let round = &context.evaluation.round;
    let asked = of.question.asked_in(round);
    let language = context.language;
    let own =
        |of: fn(&DecisionAsked, Language) -> String, rule: String| match asked.map(|one| of(one, language)) {
            Some(words) if !words.is_empty() => words,
            _ => rule,
        };
    let (decider, owner) =
        (decider_words(context, of.city, of.question), owner_words(context, of.city, of.question));
    Some(AskedBlock {
        question: own(|one, language| in_own_words(language, &one.question, &one.question_en), said.question),
        facts: said.facts,
        decider: if decider == owner { String::new() } else { decider },
        owner,
        until: day_in(language, of.question.due(round)),
        choices: own(lettered, said.choices),
        bullets: said.bullets,
    })
}

/// `甲 保目标；乙 调目标。`
fn lettered(asked: &DecisionAsked, language: Language) -> String {
    let is_english = asked.choices_en.len() == asked.choices.len();
    let one = |(at, choice): (usize, &String)| {
        let choice = without_stop(choice);
        let english = asked.choices_en.get(at).filter(|_| is_english);
        let english =
            english.map_or_else(|| as_written(choice), |choice| choice.trim_end_matches('.').to_owned());
        let letter = ["甲", "乙", "丙", "丁"].get(at)?;
        let other = ["a", "b", "c", "d"].get(at)?;
        Some(say!(language, "{letter} {choice}", "({other}) {english}"))
    };
    let all: Vec<String> = asked.choices.iter().enumerate().filter_map(one).collect();
    let told = language.clauses(&all);
    if all.is_empty() { String::new() } else { say!(language, "{told}。", "{told}.") }
}

/// What the bureau says in its own words: in English those that it gives, else the Chinese ones as they are.
fn in_own_words(language: Language, chinese: &str, english: &str) -> String {
    match language {
        Language::English if english.is_empty() && !chinese.is_empty() => as_written(chinese),
        Language::English => english.to_owned(),
        Language::Chinese => chinese.to_owned(),
    }
}
