//! What stands in the properties of the PDF, at the edges of its pages, and what is attached to it.

use chrono::Datelike as _;
use serde::Serialize;

use super::cover::subtitle;
use super::section::Draft;
use super::values::illustrative_label_in;

/// What belongs to the whole document.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Properties {
    /// What BCP 47 calls the language of the document.
    language: &'static str,
    title: String,
    subtitle: String,
    issuer: String,
    date: Day,
    keywords: Vec<&'static str>,
    illustrative_label: Option<&'static str>,
    attachments: Vec<Attachment>,
}

/// The round's date, not the clock's.
#[derive(Debug, Clone, Serialize)]
struct Day {
    year: i32,
    month: u32,
    day: u32,
}

/// A file attached to the PDF, by the name that it has there.
#[derive(Debug, Clone, Serialize)]
struct Attachment {
    path: &'static str,
    mime: &'static str,
    description: &'static str,
}

const ATTACHMENTS: [Attachment; 3] = [
    Attachment {
        path: "results.xlsx",
        mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        description: "结果工作簿",
    },
    Attachment { path: "lineage.csv", mime: "text/csv", description: "数字溯源表" },
    Attachment {
        path: "manifest.json",
        mime: "application/json",
        description: "输入、模板、字体、程序和输出的摘要值",
    },
];

pub(super) fn properties(draft: &Draft<'_>) -> Properties {
    let evaluation = draft.context.evaluation;
    let round = &evaluation.round;
    let context = draft.context;
    let language = context.language;
    let illustrative_label = illustrative_label_in(language, evaluation);
    let part = if draft.is_unit_pages() { "" } else { "分册" };
    let whose = draft.own_city().map_or_else(String::new, |city| format!("（{}{part}）", city.plan.name));
    let before = match (draft.is_brief(), draft.is_unit_pages()) {
        (true, _) => language.of("领导参阅　", "Brief for leaders: "),
        (_, true) => "部门专页　",
        (false, false) => "",
    };
    let has_attachments =
        !(draft.is_brief() || draft.is_bulletin() || draft.is_main() || draft.is_unit_pages());
    let attachments = if has_attachments { ATTACHMENTS.to_vec() } else { Vec::new() };
    let title = context.title_lines().join(language.of("", " "));
    Properties {
        language: language.key(),
        title: format!("{before}{title}{whose}"),
        subtitle: if draft.is_bulletin() { String::new() } else { subtitle(draft) },
        issuer: context.issuer(),
        date: Day {
            year: round.report_date.year(),
            month: round.report_date.month(),
            day: round.report_date.day(),
        },
        keywords: [Some(round.edition.words(language)), illustrative_label].into_iter().flatten().collect(),
        illustrative_label,
        attachments,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_attachments_are_file_names_that_any_reader_can_save() {
        for attachment in ATTACHMENTS {
            assert!(!attachment.path.contains(['/', '\\', ':']), "{}", attachment.path);
        }
    }
}
