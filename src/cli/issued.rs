//! What `forms` did, on the terminal: which forms are new, and which hold as they are.

use serde_json::json;

use super::args::Format;
use super::render::Printer;
use crate::finding::Language;
use crate::forms::{FormIssued, FormsOrder};
use crate::plan::Plan;
use crate::shown;

impl Printer {
    /// Every form with what it asks for and where it lies, and how many there are.
    pub(super) fn forms(&self, order: &FormsOrder, issued: &[FormIssued], plans: &[Plan]) {
        if self.format == Format::Json {
            for form in issued {
                let FormIssued { city, unit, edition, is_new, number, path, rows, prose, tasks } = form;
                self.json(&json!({
                    "city": city, "unit": unit, "edition": edition, "is_new": is_new, "template": number,
                    "file": path, "rows": rows, "prose": prose, "tasks": tasks,
                }));
            }
            return;
        }
        for plan in plans {
            for form in issued.iter().filter(|form| form.city == plan.city) {
                self.line(&line(form, &plan.name, self.language));
            }
        }
        let new = issued.iter().filter(|form| form.is_new).count();
        self.line(&total(new, issued.len().saturating_sub(new), self.language));
        if let Some(output) = &order.output {
            let output = shown::path(output);
            self.line(&match self.language {
                Language::Chinese => format!("现行各表已复制到“{output}”。"),
                Language::English => format!("Copies of the forms in force are in {output}."),
            });
        }
    }
}

fn line(form: &FormIssued, place: &str, language: Language) -> String {
    let FormIssued { unit, edition, is_new, path, rows, prose, tasks, .. } = form;
    let path = shown::path(path);
    match language {
        Language::Chinese => {
            let state = if *is_new { "下发" } else { "未变" };
            let asked = format!("指标{rows}项 正文目标{prose}项 任务{tasks}项");
            format!("{state}  {place} {unit}  第{edition}版  {asked}  {path}")
        }
        Language::English => {
            let state = if *is_new { "issued   " } else { "unchanged" };
            let asked = format!("{rows} rows, {prose} targets in prose, {tasks} tasks");
            format!("{state}  {place} {unit}  edition {edition}  {asked}  {path}")
        }
    }
}

fn total(new: usize, kept: usize, language: Language) -> String {
    match (language, new) {
        (Language::Chinese, 0) => format!("{kept}份表均与已下发的相同，没有写入任何文件。"),
        (Language::Chinese, _) if kept > 0 => {
            format!("下发{new}份，另有{kept}份与已下发的相同，不重复下发。")
        }
        (Language::Chinese, _) => format!("下发{new}份。"),
        (Language::English, 0) => format!("All {kept} forms are as they were issued; nothing was written."),
        (Language::English, _) => format!("{new} issued, {kept} unchanged and not issued again."),
    }
}
