//! 封二 of the main report: what it holds, the marks and drawings, and how its figures are to be read.

use serde::Serialize;

use super::super::context::FEW;
use super::super::drawing::Verdict;
use super::super::occurring::Occurring;
use super::super::say::{say, sentences};
use super::super::section::Draft;
use super::super::values::illustrative_label_in;
use super::counted_in;
use super::legend;
use crate::assess::State;
use crate::characters::capitalised;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;

/// 封二.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MainGuide {
    illustrative_label: Option<&'static str>,
    title: &'static str,
    marks: Vec<Verdict>,
    marks_text: String,
    /// How rows of actual against target are drawn; empty where none are.
    row_text: String,
    /// Whether a base is drawn in any of them.
    has_ring: bool,
    /// How ranges are drawn; empty where nothing is compared.
    range_text: String,
    rules: Vec<String>,
}

pub(super) fn section(draft: &mut Draft<'_>) -> Option<MainGuide> {
    let context = draft.context;
    let cities: Vec<&CityEvaluation> = draft.cities().map(|(_, city)| city).collect();
    let found = counted_in(context);
    let language = context.language;
    let occurring = State::ALL.into_iter().filter(|state| found.has(*state));
    let marks: Vec<Verdict> = occurring.map(|state| Verdict::of(language, state)).collect();
    let terms = &context.terms;
    let method = &context.evaluation.round.method;
    let nearly = context.limit("nearly", method.nearly);
    let exceeded = context.limit("exceeded", method.exceeded);
    let (rate, reached, each) = (terms.rate, terms.reached, terms.places.short);
    let (place, whole) = (terms.places.single(), capitalised(rate));
    let line = found.held.word(language);
    let range_text = say!(
        language,
        "点是只算可评项的{rate}；横线从判不了的项全不{reached}画到全{reached}，不是误差。",
        "The dot is the {rate} of the judged targets; the line goes from none to all of the open targets {reached}. It is no margin of error."
    );
    let met = match found.held.has_due {
        true => "reached its own targets or what is due of them by now",
        false => "met its own targets",
    };
    let unknown = say!(
        language,
        "{rate}只说到没到本{each}自己的{line}，不比水平高低；判不了的项不算{reached}，也不算未{reached}，单列。",
        "{whole} says only whether a {place} {met}, not which stands higher. Targets that cannot be judged yet (open) count neither as {reached} nor as missed; they are told apart."
    );
    let said = |chinese: &str, english: &str| language.of(chinese, english).to_owned();
    let (document, volume) = (&terms.document, context.volume_of_rows());
    let mut rules = vec![
        said(
            "先看项数，再看比率。两个比率之差不印出：印出的数已经修约。",
            "Counts come first, shares second. The difference of two shares is not printed, since printed shares are rounded.",
        ),
        unknown,
        say!(
            language,
            "每个数怎样算出、取自哪个单元格和{document}哪一行，在explorer.html里查，或凭tables/figures表的编号到tables/derivation和lineage表查；逐项见{volume}。",
            "How each figure is worked out, and from which cell and which line of the {document} it comes, can be looked up in explorer.html, or by its id in tables/figures in tables/derivation and lineage; every item stands in {volume} (in Chinese).",
        ),
    ];
    if cities.len() > FEW {
        let counted = terms.counted_in(language, cities.len(), context.say_cities());
        rules.push(say!(
            language,
            "本卷{counted}，各{each}的逐项情况见各自的分册。",
            "This volume has {counted}; the items of each {place} stand in its own report."
        ));
    }
    let legend = legend::of_few(context, &cities, &found);
    Some(MainGuide {
        illustrative_label: illustrative_label_in(language, context.evaluation),
        title: language.of("读哪里、怎样读", "What to read, and how"),
        marks,
        marks_text: marks_text(language, &found, &nearly, &exceeded),
        row_text: legend.text,
        has_ring: legend.has_ring,
        range_text: if context.is_alone() { String::new() } else { range_text },
        rules,
    })
}

/// How marks are told apart, with the limits of those that occur.
fn marks_text(language: Language, found: &Occurring, nearly: &str, exceeded: &str) -> String {
    // Targets of later years are on schedule or behind it, whatever the ratio.
    let of_the_year = |words: String| match found.has_schedules() {
        true => say!(language, "{words}（只用于本年度的目标）", "{words} (of targets for this year only)"),
        false => words,
    };
    let limits = [
        (
            State::Nearly,
            of_the_year(say!(
                language,
                "基本完成：完成程度{nearly}%以上而未到目标",
                "nearly met: a completion of {nearly}% or more, but below the target"
            )),
        ),
        (
            State::Exceeded,
            of_the_year(match found.limits.has_other_excess() {
                true => say!(
                    language,
                    "超额完成：一般为{exceeded}%以上",
                    "exceeded: as a rule {exceeded}% or more"
                ),
                false => say!(language, "超额完成：{exceeded}%以上", "exceeded: {exceeded}% or more"),
            }),
        ),
    ];
    let limits = limits.into_iter().filter(|(state, _)| found.has(*state)).map(|(_, words)| words);
    let limits = language.clauses(&limits.collect::<Vec<_>>());
    let stop = if limits.is_empty() { "" } else { language.of("。", ".") };
    let limits = language.of(limits.clone(), capitalised(&limits));
    let shapes = language.of(
        "形状区分判定，黑白打印也能分辨。",
        "Shapes tell the verdicts apart, in black and white as well.",
    );
    sentences(language, &[shapes, &format!("{limits}{stop}")])
}
