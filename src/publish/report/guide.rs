//! The inside cover: how to read the report.

use serde::Serialize;
use serde_json::{Value, json};

use super::bases::{has_arrow, is_marked};
use super::context::Context;
use super::drawing::{Bar, Last, PathBar, Position, Side, Tone, Verdict};
use super::lineage;
use super::occurring::Occurring;
use super::past;
use super::phrases::chinese_number;
use super::relation;
use super::section::Draft;
use super::values::{illustrative_label, is_illustrative, is_published, sides, source};
use crate::assess::{Assessment, State, TaskState};
use crate::collect::Vintage;
use crate::evaluation::CityEvaluation;
use crate::plan::{Direction, Goal, Origin};

/// The name of its template.
pub(super) const TEMPLATE: &str = "guide";

/// The inside cover: how to read the report. Its sections have their numbers here, as some may be missing.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Guide {
    illustrative_label: Option<&'static str>,
    states_heading: String,
    states: Vec<StateLegend>,
    /// States of tasks that have marks of their own.
    tasks: Option<TaskLegend>,
    bars: Option<BarsLegend>,
    symbols_heading: String,
    symbols: Vec<Symbol>,
    path: Option<PathLegend>,
    trace: String,
}

/// The legend of marks that only tasks have.
#[derive(Debug, Clone, Serialize)]
struct TaskLegend {
    lead: String,
    marks: Vec<Verdict>,
}

/// The legend of the bars of actual against target.
#[derive(Debug, Clone, Serialize)]
struct BarsLegend {
    heading: String,
    bars: Vec<GuideBar>,
    text: String,
}

/// An example of the bars of actual against target.
#[derive(Debug, Clone, Serialize)]
struct GuideBar {
    bar: Option<Bar>,
    last: Option<Last>,
    words: String,
}

/// A symbol with its meaning.
#[derive(Debug, Clone, Serialize)]
struct Symbol {
    symbol: &'static str,
    meaning: String,
}

/// The legend of the path bars.
#[derive(Debug, Clone, Serialize)]
struct PathLegend {
    heading: String,
    bar: PathBar,
    words: String,
}

/// A state in the legend.
#[derive(Debug, Clone, Serialize)]
struct StateLegend {
    key: State,
    words: &'static str,
    means: String,
    counts: &'static str,
}

fn legend(context: &Context<'_>, cities: &[&CityEvaluation], found: &Occurring) -> Vec<StateLegend> {
    let method = &context.evaluation.round.method;
    let nearly = context.limit("nearly", method.nearly);
    let exceeded = context.limit("exceeded", method.exceeded);
    let mut judged = cities.iter().flat_map(|city| &city.assessments);
    let has_range = judged.any(|one| matches!(one.target.goal, Goal::Range(..)));
    let means = |state: State| match state {
        State::Exceeded if has_range => {
            format!("达到目标，完成率不低于{exceeded}%（目标列有上下限的，为高于上限）")
        }
        State::Exceeded => format!("达到目标，完成率不低于{exceeded}%"),
        State::Met => "达到目标".to_owned(),
        State::Nearly => format!("未达目标，完成率不低于{nearly}%"),
        State::Missed => format!("未达目标，完成率低于{nearly}%或没有完成率"),
        State::OnSchedule => "以后年度的目标，已达到本年度应达到的水平".to_owned(),
        State::BehindSchedule => "以后年度的目标，未达到本年度应达到的水平".to_owned(),
        State::Lagged => "当年数尚未产生，暂列上年数".to_owned(),
        State::InDoubt => "数据有疑问，核实前不下结论".to_owned(),
        State::NotReported => "应报而未报".to_owned(),
        State::NotAssessable => "目标或基期不足以判定".to_owned(),
    };
    let counts = |state: State| match state.met() {
        Some(true) if found.has_schedules() => "计入可评，计入达标",
        Some(false) if found.has_schedules() => "计入可评，不计达标",
        Some(true) => "计入可评，计入完成",
        Some(false) => "计入可评，不计完成",
        None => "不计入可评",
    };
    let row = |state: State| StateLegend {
        key: state,
        words: state.chinese(),
        means: means(state),
        counts: counts(state),
    };
    State::ALL.into_iter().filter(|state| found.has(*state)).map(row).collect()
}

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Guide> {
    let context = draft.context;
    let cities: Vec<&CityEvaluation> = draft.cities().map(|(_, city)| city).collect();
    let found = Occurring::in_cities(cities.iter().copied(), context.evaluation.round.year());
    let mut number = 0;
    let mut heading = |name: &str| {
        number += 1;
        format!("{}、{name}", chinese_number(number))
    };
    let states_heading = heading("判定标志");
    let bars = bars(context, &cities, &found).map(|(bars, text)| BarsLegend {
        heading: heading("对标条"),
        bars,
        text,
    });
    let symbols_heading = heading("表中符号与用语");
    let path = path_legend(context, &cities).map(|(name, bar, words)| PathLegend {
        heading: heading(&name),
        bar,
        words,
    });
    Some(Guide {
        illustrative_label: illustrative_label(context.evaluation),
        states_heading,
        states: legend(context, &cities, &found),
        tasks: task_legend(draft.document(), &found),
        bars,
        symbols_heading,
        symbols: symbols(draft, &cities, &found),
        path,
        trace: format!(
            "每项实绩、目标和完成率都可以追溯，索引见{}，全部步骤见所附lineage.csv。",
            lineage::ANNEX
        ),
    })
}

/// The marks that only tasks have, where they occur.
fn task_legend(document: &str, found: &Occurring) -> Option<TaskLegend> {
    let own = |state: &&TaskState| matches!(state, TaskState::Ongoing | TaskState::NotStarted);
    let marks: Vec<Verdict> = found.tasks.iter().filter(own).map(|state| (*state).into()).collect();
    (!marks.is_empty()).then(|| TaskLegend { lead: format!("{document}任务另有"), marks })
}

/// Examples of the bars, and how they are read; `None` where no table has any.
fn bars(
    context: &Context<'_>,
    cities: &[&CityEvaluation],
    found: &Occurring,
) -> Option<(Vec<GuideBar>, String)> {
    let has_bars = cities
        .iter()
        .filter(|city| city.score.basis == Origin::Table)
        .any(|city| context.counted(city).iter().any(|(one, _)| one.completion.is_some()));
    if !has_bars {
        return None;
    }
    let span = context.limit("bar_span", context.evaluation.round.method.bar_span);
    let bar = |side, length| Some(Bar { side, length: Position::at(length), open: false });
    let last = |side, at, outside| Some(Last { side, at: Position::at(at), outside });
    let example = |bar, last, words: &str| GuideBar { bar, last, words: words.to_owned() };
    let fifth = context.evaluation.round.method.bar_span.checked_div(rust_decimal::Decimal::from(5));
    let unit = crate::rounding::fixed(fifth.unwrap_or_default(), 1);
    let base = found.bases.word();
    let first = |states: &[State]| states.iter().copied().find(|state| found.has(*state));
    let short = first(&[State::Nearly, State::BehindSchedule, State::Missed]);
    let good = first(&[State::Exceeded, State::OnSchedule, State::Met]);
    let (short, good) = (short.map(State::chinese), good.map(State::chinese));
    // Without values of the year before there are no marks of it to explain.
    let mut counted = cities.iter().flat_map(|city| context.counted(city));
    let bars = match counted.any(|(one, row)| is_marked(one, row)) {
        true => vec![
            short.map(|short| {
                let words = format!("{short}：实绩比目标差{unit}%，{base}（菱形）差得更多");
                example(bar(Side::Left, 0.2), last(Side::Left, 0.6, false), &words)
            }),
            good.map(|good| {
                let words = format!("{good}：实绩好于目标，{base}差于目标");
                example(bar(Side::Right, 0.4), last(Side::Left, 0.2, false), &words)
            }),
            good.filter(|_| found.has_soft).map(|good| {
                let words = format!("{good}：实绩好于目标，但{base}更好（箭头表示超出图幅），目标偏低");
                example(bar(Side::Right, 0.6), last(Side::Right, 1.0, true), &words)
            }),
        ],
        false => vec![
            short.map(|short| example(bar(Side::Left, 0.2), None, &format!("{short}：实绩比目标差{unit}%"))),
            good.map(|good| example(bar(Side::Right, 0.4), None, &format!("{good}：实绩好于目标"))),
        ],
    };
    let bars = bars.into_iter().flatten().collect();
    let due = if found.has_schedules() {
        "（以后年度的目标，为本年度序时应达到的水平）"
    } else {
        ""
    };
    let mut counted = cities.iter().flat_map(|city| context.counted(city));
    let has_lower = counted.any(|(one, row)| one.completion.is_some() && row.direction == Direction::Lower);
    let right = match has_lower {
        true => "指标不论越大越好还是越小越好，右边总是好的一边。",
        false => "右边是好的一边。",
    };
    let arrows = arrows(context, cities, base);
    let text = format!(
        "竖线是目标{due}。深色条向左，差于目标；浅色条向右，好于目标。条长即偏离幅度，从0量起，图幅±{span}%，超出图幅的收成尖角。{arrows}{right}"
    );
    Some((bars, text))
}

/// That a base (上年 or 基期) outside the bars is drawn as an arrow, where one is.
fn arrows(context: &Context<'_>, cities: &[&CityEvaluation], base: &str) -> String {
    let span = context.evaluation.round.method.bar_span;
    let mut counted = cities.iter().flat_map(|city| context.counted(city));
    match counted.any(|(one, row)| has_arrow(one, row, span)) {
        true => format!("{base}超出图幅的，以箭头代替菱形。"),
        false => String::new(),
    }
}

fn symbols(draft: &Draft<'_>, cities: &[&CityEvaluation], found: &Occurring) -> Vec<Symbol> {
    let context = draft.context;
    let minimum = context.limit("minimum_coverage", context.evaluation.round.method.minimum_coverage);
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
    let each = match draft.compared() {
        Some(round) => format!("各{}", round.terms.places.short),
        None => String::new(),
    };
    // Changes are printed beside targets on the worse side of their base.
    let changes = if found.has_soft { "；“增”“减”后的百分数为相对变化" } else { "" };
    let has_shares = judged().any(|(_, one)| one.unit.contains('%'));
    // Signs that stand nowhere in the report are not explained.
    let rows = [
        (true, "—", "未报、无此项或不适用；附件3“处理”栏为原样采用".to_owned()),
        (true, "0", "数值为零".to_owned()),
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
            format!("已公开发布或报道的数值，来源见{each}指标完成情况表{others}"),
        ),
        (
            draft.compared().is_some_and(|round| round.ranked_count() < cities.len()),
            "（　）",
            format!("覆盖率低于{minimum}%，只列数据，不排名次"),
        ),
        (has_shares, "百分点", format!("两个百分数之差{changes}")),
        (
            judged().any(|(_, one)| one.completion.is_some()),
            "位数",
            "完成率保留1位小数；修约后会越过100%或判定界限的，多保留几位".to_owned(),
        ),
    ];
    let shown = rows.into_iter().filter(|(stands, ..)| *stands);
    shown.map(|(_, symbol, meaning)| Symbol { symbol, meaning }).collect()
}

/// Name, example and words of the legend of the way to the last year.
fn path_legend(context: &Context<'_>, cities: &[&CityEvaluation]) -> Option<(String, PathBar, String)> {
    let year = context.evaluation.round.year();
    let runs_on = |city: &&&CityEvaluation| city.score.basis == Origin::Table;
    let last = cities.iter().filter(runs_on).filter_map(|city| relation::way_to(context, city)).max()?;
    let two = cities.iter().any(|city| relation::has_two_tiers(city, last));
    let (whole, ticks, reached) = match two {
        true => ("完成值", "粗竖线为考核值，细竖线", "考核值"),
        false => ("目标", "粗竖线在其末端，细竖线", "目标"),
    };
    let found = Occurring::in_cities(cities.iter().copied(), year);
    let lagged = if found.has(State::Lagged) { "（数据滞后的为上年数）" } else { "" };
    let lower = match found.ratios.has_lower {
        true => format!("越小越好的指标，条长为{whole}与实绩之比；"),
        false => String::new(),
    };
    let bar = PathBar {
        length: Position::at(0.73),
        assessed: Position::at(if two { 0.83 } else { 1.0 }),
        target: Position::at(0.67),
        tone: Tone::Fair,
    };
    let words = format!(
        "条长为{year}年实绩{lagged}，全长为{last}年{whole}；{ticks}为{year}年目标。深色条为已达{reached}，浅色条为保持计划增速可达，空心条为需加快。{lower}超过{whole}的画满。"
    );
    Some((format!("{last}年进度条"), bar, words))
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
