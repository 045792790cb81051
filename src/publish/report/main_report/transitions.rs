//! 两轮之间: the targets of a city by what became of them since the last earlier report that the round names.

use serde::Serialize;

use super::super::brief::shared::counting_lines;
use super::super::context::Context;
use super::super::ranking::rate;
use super::super::say::say;
use super::super::since;
use super::super::table::Table;
use super::super::totals::Totals;
use crate::characters::capitalised;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;

/// Targets that went the same way since the last earlier report.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SinceRow {
    way: String,
    number: String,
    names: String,
}

/// Characters of a line of names of targets.
const SINCE_WIDTH: usize = 33;

/// What became of the targets since the last earlier report that the round names; no rows where it names none.
pub(super) fn transitions(context: &Context<'_>, city: &CityEvaluation) -> Table<SinceRow> {
    let year = context.evaluation.round.year();
    let language = context.language;
    let name = language.of("两轮之间", "Between two reports");
    let Some(since) = since::since(context, city) else { return Table::new(name) };
    let before = since.report.year;
    let whose = Totals::of_city(&context.book, city);
    let score = &city.score;
    let able = whose.say("assessable", score.assessable);
    let now = match score.assessable {
        0 => say!(language, "{year}年没有可评的目标", "in {year} no target can be judged"),
        _ => {
            let (met, rate) = (whose.say("met", score.met), rate(context, city));
            say!(
                language,
                "{year}年可评{able}项完成{met}项（{rate}%）",
                "{year}: {met} of {able} judged targets met ({rate}%)"
            )
        }
    };
    // What was reached and is has no news in it.
    let (news, kept): (Vec<_>, Vec<_>) = since.transitions.into_iter().partition(|one| one.is_news);
    let kept = kept.iter().map(|one| {
        let (words, number) = (&one.words, &one.number);
        say!(language, "，{words}的{number}项不列", ", of which {number} {words} are not listed")
    });
    let kept: String = kept.collect();
    let rows = news.into_iter().map(|one| SinceRow {
        names: since::names(context, city, &one.targets),
        way: language.of(one.words.clone(), capitalised(&one.words)),
        number: one.number,
    });
    let (matched, then) = (&since.matched, &since.before);
    let note = say!(
        language,
        "注：两轮都有的目标{matched}项{kept}；各对当年目标，基本完成算未到。{then}，{now}；两年目标不同，完成率不能直接相减。",
        "Note: {matched} targets stand in both{kept}; each is held against the target of its year, and nearly met counts as not met. {then}; {now}. The targets of the two years differ, so the shares cannot be subtracted."
    );
    let title =
        say!(language, "{name}：{before}年和{year}年的判定", "{name}: verdicts of {before} and {year}");
    Table::new(&title)
        .told_in(language)
        .unit(language.of("项", "targets"))
        .some_note(Some(note))
        .rows(rows.collect())
}

/// How many lines a row takes.
pub(super) fn lines_of(language: Language, row: &SinceRow) -> usize {
    counting_lines(language)(&row.names, SINCE_WIDTH)
}
