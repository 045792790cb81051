//! The cover.

use serde::Serialize;
use serde_json::Value;

use super::context::FEW;
use super::phrases::date_in;
use super::say::say;
use super::section::Draft;
use super::values::illustrative_label_in;
use crate::characters::capitalised;
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
    let (context, round) = (draft.context, &draft.context.evaluation.round);
    Some(Cover {
        illustrative_label: illustrative_label_in(context.language, context.evaluation),
        edition: round.edition.words(context.language),
        title_lines: context.title_lines(),
        subtitle: subtitle(draft),
        lines: lines(draft),
        contents: if draft.round().is_some() { "目录" } else { "" },
        issuer: context.issuer(),
        date_words: date_in(context.language, round.report_date),
    })
}

/// `（2023年度）`, of a city's own report and of the technical volume with their names.
pub(super) fn subtitle(draft: &Draft<'_>) -> String {
    let year = draft.context.evaluation.round.year();
    let volume = if draft.round().is_some() { "技术卷" } else { "" };
    let city = draft.own_city().filter(|_| !draft.is_unit_pages());
    let whose = city.map_or_else(|| volume.to_owned(), |city| format!("{}分册", city.plan.name));
    say!(draft.context.language, "（{year}年度）{whose}", "({year})")
}

fn lines(draft: &Draft<'_>) -> Vec<CoverLine> {
    let (context, round) = (draft.context, &draft.context.evaluation.round);
    let language = context.language;
    let all: Vec<&str> = draft.cities().map(|(_, city)| context.whole_name(&city.plan)).collect();
    let who = if all.len() <= FEW {
        language.list(&all)
    } else {
        let first = language.list(all.get(..3).unwrap_or_default());
        let counted = context.terms.counted_in(language, all.len(), all.len());
        say!(language, "{first}等{counted}", "{first} and others, {counted} in all")
    };
    let line = |label: &str, values, mono| CoverLine { label: label.to_owned(), values, mono };
    let (place, english) = (context.terms.places.head, capitalised(context.terms.places.plural()));
    let places = say!(language, "评估{place}", "{english}");
    let edition = match round.edition {
        Edition::Flash => language.of(
            "快报版（年度数据公布后另编终版）",
            "Flash edition (a final one follows when the year’s data are published)",
        ),
        Edition::Final => language.of("终版", "Final edition"),
    };
    let year = round.year();
    let [input, figures] = digests(draft);
    vec![
        line(&places, vec![who], false),
        line(language.of("评估年度", "Year"), vec![say!(language, "{year}年", "{year}")], false),
        line(language.of("数据截止", "Data up to"), vec![date_in(language, round.cut_off)], false),
        line(language.of("版　　别", "Edition"), vec![edition.to_owned()], false),
        input,
        figures,
    ]
}

/// 输入指纹 and 数字指纹, in two lines each; those of a city's own report are its own. The second is put in when it is known ([`with_figures`]): it is made over what the documents print.
pub(super) fn digests(draft: &Draft<'_>) -> [CoverLine; 2] {
    let language = draft.context.language;
    let (input, figures) = match draft.own_city() {
        None => (language.of("输入指纹", "Digest of inputs"), language.of("数字指纹", "Digest of figures")),
        Some(_) => ("本册输入指纹", "本册数字指纹"),
    };
    [(input, halves(&draft.context.fingerprint)), (figures, Vec::new())].map(|(label, values)| CoverLine {
        label: label.to_owned(),
        values,
        mono: true,
    })
}

fn halves(digest: &str) -> Vec<String> {
    [digest.get(..32), digest.get(32..)].into_iter().flatten().map(str::to_owned).collect()
}

/// Puts 数字指纹 into the line of a list that stands for it: the one without a value.
pub(super) fn with_figures(lines: &mut Value, figures: &str) {
    for line in lines.as_array_mut().into_iter().flatten() {
        if let Some(values) =
            line.get_mut("values").filter(|values| values.as_array().is_some_and(Vec::is_empty))
        {
            *values = halves(figures).into();
        }
    }
}
