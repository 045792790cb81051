//! 两轮之间: the targets of a city by what became of them since the last earlier report that the round names.

use serde::Serialize;

use super::super::brief::shared::lines;
use super::super::context::Context;
use super::super::rate::rate;
use super::super::since;
use super::super::table::Table;
use super::super::totals::Totals;
use crate::evaluation::CityEvaluation;

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
    let Some(since) = since::since(context, city) else { return Table::new("两轮之间") };
    let before = since.report.year;
    let whose = Totals::of_city(&context.book, city);
    let score = &city.score;
    let able = whose.say("assessable", score.assessable);
    let now = match score.assessable {
        0 => format!("{year}年没有可评的目标"),
        _ => format!("{year}年可评{able}项完成{}项（{}%）", whose.say("met", score.met), rate(context, city)),
    };
    // What was reached and is has no news in it.
    let (news, kept): (Vec<_>, Vec<_>) = since.transitions.into_iter().partition(|one| one.is_news);
    let kept: String = kept.iter().map(|one| format!("，{}的{}项不列", one.words, one.number)).collect();
    let rows = news.into_iter().map(|one| SinceRow {
        way: one.words,
        number: one.number,
        names: since::names(&one.targets),
    });
    Table::new(&format!("两轮之间：{before}年和{year}年的判定"))
        .unit("项")
        .some_note(Some(format!(
            "注：两轮都有的目标{}项{kept}；各对当年目标，基本完成算未到。{}，{now}；两年目标不同，完成率不能直接相减。",
            since.matched, since.before
        )))
        .rows(rows.collect())
}

/// How many lines a row takes.
pub(super) fn lines_of(row: &SinceRow) -> usize {
    lines(&row.names, SINCE_WIDTH)
}
