//! What the marks and signs of the technical volume mean.

use serde::Serialize;
use serde_json::{Value, json};

use super::context::Context;
use super::drawing::Verdict;
use super::occurring::Occurring;
use super::past;
use super::section::Draft;
use super::values::{is_illustrative, is_published, sides, source};
use crate::assess::{Assessment, State, TaskState};
use crate::collect::Vintage;
use crate::evaluation::CityEvaluation;
use crate::plan::Goal;

/// The name of its template.
pub(super) const TEMPLATE: &str = "guide";

/// What marks and signs mean, as far as they occur.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Guide {
    states: Vec<StateLegend>,
    /// How they are counted.
    counts: String,
    /// States of tasks that have marks of their own.
    tasks: Option<TaskLegend>,
    symbols: Vec<Symbol>,
}

/// The legend of marks that only tasks have.
#[derive(Debug, Clone, Serialize)]
struct TaskLegend {
    lead: String,
    marks: Vec<Verdict>,
}

/// A symbol with its meaning.
#[derive(Debug, Clone, Serialize)]
struct Symbol {
    symbol: &'static str,
    meaning: String,
}

/// A state in the legend.
#[derive(Debug, Clone, Serialize)]
struct StateLegend {
    key: State,
    words: &'static str,
    means: String,
}

fn legend(context: &Context<'_>, cities: &[&CityEvaluation], found: &Occurring) -> Vec<StateLegend> {
    let method = &context.evaluation.round.method;
    let nearly = context.limit("nearly", method.nearly);
    let exceeded = context.limit("exceeded", method.exceeded);
    let mut judged = cities.iter().flat_map(|city| &city.assessments);
    let has_range = judged.any(|one| matches!(one.target.goal, Goal::Range(..)));
    let by_now = match (found.held.has_due, found.held.has_later) {
        (true, true) => "本年度应达到的水平（没有这一水平的，为目标）",
        (false, true) => "目标",
        (_, false) => "本年度应达到的水平",
    };
    let means = |state: State| match state {
        State::Exceeded if has_range => {
            format!("达到目标，完成率不低于{exceeded}%（目标列有上下限的，为高于上限）")
        }
        State::Exceeded => format!("达到目标，完成率不低于{exceeded}%"),
        State::Met => "达到目标".to_owned(),
        State::Nearly => format!("未达目标，完成率不低于{nearly}%"),
        State::Missed => format!("未达目标，完成率低于{nearly}%或没有完成率"),
        State::OnSchedule => format!("以后年度的目标，已达到{by_now}"),
        State::BehindSchedule => format!("以后年度的目标，未达到{by_now}"),
        State::Lagged => "本项或所对照的指标报送的是以前年度的数，暂列".to_owned(),
        State::InDoubt => "数据有疑问，核实前不下结论".to_owned(),
        State::NotReported => "应报而未报".to_owned(),
        State::NotAssessable => "目标或基期不足以判定".to_owned(),
    };
    let row = |state: State| StateLegend { key: state, words: state.chinese(), means: means(state) };
    State::ALL.into_iter().filter(|state| found.has(*state)).map(row).collect()
}

/// Which verdicts, of those that occur, are counted as what.
fn counting(found: &Occurring) -> String {
    let judged = || State::ALL.into_iter().filter(|state| state.is_assessable() && found.has(*state));
    let words =
        |states: &mut dyn Iterator<Item = State>| states.map(State::chinese).collect::<Vec<_>>().join("、");
    let all = words(&mut judged());
    let met = words(&mut judged().filter(|state| state.met() == Some(true)));
    let reached = if found.has_schedules() { "达标" } else { "完成" };
    match (all.is_empty(), met.is_empty()) {
        (true, _) => "没有可评的项".to_owned(),
        (false, true) => format!("{all}的计入可评，其余不计入"),
        (false, false) if all == met => format!("{all}的计入可评和{reached}，其余不计入"),
        (false, false) => format!("{all}的计入可评，其中{met}的计入{reached}；其余不计入"),
    }
}

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Guide> {
    let context = draft.context;
    let cities: Vec<&CityEvaluation> = draft.cities().map(|(_, city)| city).collect();
    let found = Occurring::in_cities(cities.iter().copied(), context.evaluation.round.year());
    Some(Guide {
        states: legend(context, &cities, &found),
        counts: counting(&found),
        tasks: task_legend(draft.document(), &found),
        symbols: symbols(draft, &cities, &found),
    })
}

/// The marks that only tasks have, where they occur.
fn task_legend(document: &str, found: &Occurring) -> Option<TaskLegend> {
    let own = |state: &&TaskState| matches!(state, TaskState::Ongoing | TaskState::NotStarted);
    let marks: Vec<Verdict> = found.tasks.iter().filter(own).map(|state| (*state).into()).collect();
    (!marks.is_empty()).then(|| TaskLegend { lead: format!("{document}任务另有"), marks })
}

fn symbols(draft: &Draft<'_>, cities: &[&CityEvaluation], found: &Occurring) -> Vec<Symbol> {
    let context = draft.context;
    let judged = || cities.iter().flat_map(|city| city.assessments.iter().map(move |one| (*city, one)));
    let others = if is_illustrative(context.evaluation) {
        "；其余报送值均为示例数据（虚构）"
    } else {
        ""
    };
    let has = |vintage: &Vintage| {
        judged().filter_map(|(city, one)| source(city, one)).any(|seen| seen.vintage == *vintage)
    };
    let several = |(city, one): (&CityEvaluation, &Assessment)| sides(city, one).len() > 1;
    // Signs that stand nowhere in the report are not explained.
    let rows = [
        (true, "—", "未报、无此项或不适用".to_owned()),
        (
            found.has_soft,
            "＊",
            match past::is_any_published(context) {
                true => format!("目标劣于{}实绩，不计算进度", found.bases.word()),
                false => format!("目标劣于{}所列{}实绩，不计算进度", draft.document(), found.bases.word()),
            },
        ),
        (found.has_boundary, "＃", "边界项：全数值比较与修约值比较结论不同，以全数值比较为准".to_owned()),
        (judged().any(several), "甲／乙", "各单位所报不一致，核实前并列".to_owned()),
        (has(&Vintage::Estimated), "预计", "报送单位注明的预计数，终版时以实际数替换".to_owned()),
        (has(&Vintage::Preliminary), "快报", "报送单位注明的快报数，终版时以最终数替换".to_owned()),
        (
            judged().any(|(city, one)| is_published(city, one)),
            "†",
            format!("已公开发布或报道的数值，来源见表注{others}"),
        ),
        (
            judged().any(|(_, one)| one.completion.is_some()),
            "位数",
            "完成率保留1位小数；修约后会越过100%或判定界限的，多保留几位".to_owned(),
        ),
    ];
    let shown = rows.into_iter().filter(|(stands, ..)| *stands);
    shown.map(|(_, symbol, meaning)| Symbol { symbol, meaning }).collect()
}

/// Adds the sign for characters that no font has to the legend of a model.
pub(in crate::publish) fn explain_missing_glyphs(model: &mut Value) {
    let sections = model.get_mut("sections").and_then(Value::as_array_mut).into_iter().flatten();
    for section in sections.filter(|section| section["template"] == TEMPLATE) {
        if let Some(Value::Array(symbols)) = section.pointer_mut("/content/symbols") {
            symbols.push(json!({ "symbol": "〓", "meaning": "字体中没有的字，原字见所附results.xlsx" }));
        }
    }
}
