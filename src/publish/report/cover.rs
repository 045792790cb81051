//! The cover.

use serde::Serialize;

use super::context::FEW;
use super::phrases::full_date;
use super::section::Draft;
use super::values::illustrative_label;
use crate::plan::Edition;

/// The cover.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Cover {
    illustrative_label: Option<&'static str>,
    edition: &'static str,
    title_lines: Vec<String>,
    subtitle: String,
    lines: Vec<CoverLine>,
    /// Above the contents; empty where there are none.
    contents: &'static str,
    issuer: String,
    date_words: String,
}

/// A line of the block on the cover.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CoverLine {
    label: String,
    values: Vec<String>,
    mono: bool,
}

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Cover> {
    let round = &draft.context.evaluation.round;
    Some(Cover {
        illustrative_label: illustrative_label(draft.context.evaluation),
        edition: round.edition.chinese(),
        title_lines: round.title.clone(),
        subtitle: subtitle(draft),
        lines: lines(draft),
        contents: if draft.round().is_some() { "目录" } else { "" },
        issuer: round.issuer.clone(),
        date_words: full_date(round.report_date),
    })
}

/// `（2023年度）`, of a city's own report and of the technical volume with their names.
pub(super) fn subtitle(draft: &Draft<'_>) -> String {
    let year = draft.context.evaluation.round.year();
    let volume = if draft.round().is_some() { "技术卷" } else { "" };
    let city = draft.own_city().filter(|_| !draft.is_unit_pages());
    let whose = city.map_or_else(|| volume.to_owned(), |city| format!("{}分册", city.plan.name));
    format!("（{year}年度）{whose}")
}

fn lines(draft: &Draft<'_>) -> Vec<CoverLine> {
    let round = &draft.context.evaluation.round;
    let all: Vec<&str> = draft.cities().map(|(_, city)| city.plan.name.as_str()).collect();
    let who = if all.len() <= FEW {
        all.join("、")
    } else {
        let first: Vec<&str> = all.iter().take(3).copied().collect();
        format!("{}等{}", first.join("、"), draft.context.terms.counted(all.len()))
    };
    let line = |label: &str, values, mono| CoverLine { label: label.to_owned(), values, mono };
    let places = format!("评估{}", draft.context.terms.places.head);
    let edition = match round.edition {
        Edition::Flash => "快报版（年度数据公布后另编终版）",
        Edition::Final => "终版",
    };
    let [input, figures] = digests(draft);
    vec![
        line(&places, vec![who], false),
        line("评估年度", vec![format!("{}年", round.year())], false),
        line("数据截止", vec![full_date(round.cut_off)], false),
        line("版　　别", vec![edition.to_owned()], false),
        input,
        figures,
    ]
}

/// 输入指纹 and 数字指纹, in two lines each.
pub(super) fn digests(draft: &Draft<'_>) -> [CoverLine; 2] {
    let halves = |digest: &str| {
        [digest.get(..32), digest.get(32..)].into_iter().flatten().map(str::to_owned).collect::<Vec<_>>()
    };
    [("输入指纹", draft.context.fingerprint), ("数字指纹", draft.context.figures)]
        .map(|(label, digest)| CoverLine { label: label.to_owned(), values: halves(digest), mono: true })
}
