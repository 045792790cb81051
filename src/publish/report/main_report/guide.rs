//! 封二 of the main report: what it holds, the marks and drawings, and how its figures are to be read.

use serde::Serialize;

use super::super::context::FEW;
use super::super::drawing::Verdict;
use super::super::indicators::base_years;
use super::super::occurring::Occurring;
use super::super::section::Draft;
use super::super::values::illustrative_label;
use crate::assess::State;
use crate::evaluation::CityEvaluation;

/// 封二.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MainGuide {
    illustrative_label: Option<&'static str>,
    title: &'static str,
    marks: Vec<Verdict>,
    marks_text: String,
    /// How rows of actual against target are drawn; empty where none are.
    row_text: String,
    /// How ranges are drawn; empty where nothing is compared.
    range_text: String,
    rules: Vec<String>,
}

pub(super) fn section(draft: &mut Draft<'_>) -> Option<MainGuide> {
    let context = draft.context;
    let cities: Vec<&CityEvaluation> = draft.cities().map(|(_, city)| city).collect();
    let found = Occurring::in_cities(cities.iter().copied(), context.evaluation.round.year());
    let marks: Vec<Verdict> =
        State::ALL.into_iter().filter(|state| found.has(*state)).map(Verdict::from).collect();
    let terms = &context.terms;
    let method = &context.evaluation.round.method;
    let nearly = context.limit("nearly", method.nearly);
    let exceeded = context.limit("exceeded", method.exceeded);
    let base = found.bases.word();
    let (rate, reached, each) = (terms.rate, terms.reached, terms.places.short);
    let has_base = cities.iter().any(|city| !base_years(context, city).is_empty());
    // Only what occurs is explained.
    let ring = match has_base {
        true => format!("，圆圈是{base}；右边总是好的一边，横线连着的两点之间就是变化，变差的画深色"),
        false => "；右边总是好的一边".to_owned(),
    };
    let nearly_mark = if found.has(State::Nearly) { "浅色是基本完成，" } else { "" };
    let row_text = format!(
        "竖线是目标，方块是本年实绩{ring}。方块深色是到了目标，{nearly_mark}中间色是未完成；超出图幅的画成三角。"
    );
    let range_text =
        format!("点是只算可评项的{rate}；横线从判不了的项全不{reached}画到全{reached}，不是误差。");
    let unknown = format!(
        "{rate}只说到没到本{each}自己的目标，不比水平高低；判不了的项不算{reached}，也不算未{reached}，单列。"
    );
    let mut rules = vec![
        "先看项数，再看比率。两个比率之差不印出：印出的数已经修约。".to_owned(),
        unknown,
        format!(
            "每个数怎样算出、取自哪个单元格和{}哪一行，在tables/figures表和explorer.html里查；逐项见技术卷。",
            terms.document
        ),
    ];
    if cities.len() > FEW {
        let counted = terms.counted(context.say_cities());
        rules.push(format!("本卷{counted}，各{each}的逐项情况见各自的分册。"));
    }
    Some(MainGuide {
        illustrative_label: illustrative_label(context.evaluation),
        title: "读哪里、怎样读",
        marks,
        marks_text: marks_text(&found, &nearly, &exceeded),
        row_text: if cities.len() > FEW { String::new() } else { row_text },
        range_text: if context.is_alone() { String::new() } else { range_text },
        rules,
    })
}

/// How marks are told apart, with the limits of those that occur.
fn marks_text(found: &Occurring, nearly: &str, exceeded: &str) -> String {
    let limits = [
        (State::Nearly, format!("基本完成：完成程度{nearly}%以上而未到目标")),
        (State::Exceeded, format!("超额完成：{exceeded}%以上")),
    ];
    let limits = limits.into_iter().filter(|(state, _)| found.has(*state)).map(|(_, words)| words);
    let limits = limits.collect::<Vec<_>>().join("；");
    let stop = if limits.is_empty() { "" } else { "。" };
    format!("形状区分判定，黑白打印也能分辨。{limits}{stop}")
}
