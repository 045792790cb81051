//! The cover, and what stands in the properties of the PDF.

use serde::Serialize;

use super::context::Context;
use super::phrases::full_date;

/// A date for the PDF's metadata.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Day {
    pub(super) year: i32,
    pub(super) month: u32,
    pub(super) day: u32,
}

/// A file attached to the PDF.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Attachment {
    pub(super) path: String,
    pub(super) mime: String,
    pub(super) description: String,
}

/// A line of the block on the cover.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CoverLine {
    pub(super) label: String,
    pub(super) values: Vec<String>,
    pub(super) mono: bool,
}

pub(super) fn attachments() -> Vec<Attachment> {
    [
        ("results.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "结果工作簿"),
        ("lineage.csv", "text/csv", "数字溯源表"),
        ("manifest.json", "application/json", "输入、模板、字体、程序和输出的摘要值"),
    ]
    .map(|(path, mime, description)| Attachment {
        path: path.to_owned(),
        mime: mime.to_owned(),
        description: description.to_owned(),
    })
    .into()
}

pub(super) fn cover_lines(context: &Context<'_>, fingerprint: &str) -> Vec<CoverLine> {
    let round = &context.evaluation.round;
    let all: Vec<String> = context.cities().iter().map(|city| city.plan.name.clone()).collect();
    let who = if all.len() <= 6 {
        all.join("、")
    } else {
        let first = all.iter().take(3).map(String::as_str).collect::<Vec<_>>().join("、");
        format!("{first}等{}个城市（名单见目录）", all.len())
    };
    let halves = [fingerprint.get(..32), fingerprint.get(32..)].into_iter().flatten().map(str::to_owned);
    let line =
        |label: &str, values: Vec<String>, mono: bool| CoverLine { label: label.to_owned(), values, mono };
    let edition = match round.edition {
        crate::plan::Edition::Flash => "快报版（年度数据公布后另编终版）",
        crate::plan::Edition::Final => "终版",
    };
    vec![
        line("评估城市", vec![who], false),
        line("评估年度", vec![format!("{}年", round.year)], false),
        line("数据截止", vec![full_date(round.cut_off)], false),
        line("版　　别", vec![edition.to_owned()], false),
        line("输入指纹", halves.collect(), true),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_attachments_are_file_names_that_any_reader_can_save() {
        for attachment in attachments() {
            assert!(!attachment.path.contains(['/', '\\', ':']), "{}", attachment.path);
        }
    }
}
