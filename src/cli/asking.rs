//! `query issue`: which units were asked, about what, and where their query workbooks lie.

use serde_json::json;

use super::args::{Format, QueryIssueArgs};
use super::progress::Bar;
use super::render::Printer;
use super::settings;
use crate::error::RunError;
use crate::finding::{Language, QueryClass};
use crate::forms::hold;
use crate::inputs::Inputs;
use crate::plan::Plan;
use crate::query::{self, QueriesIssued, QueriesOrder, QueryIssued, QueryItem};
use crate::run;
use crate::shown;
use crate::workbook::patch::PatchRefusal;

/// Asks the units of a round and tells what was asked.
pub(super) fn issue(asked: &QueryIssueArgs, quiet: bool, printer: &Printer) -> Result<(), RunError> {
    let (settings, order) = settings::queries(asked)?;
    // Which cities there are is read by itself: whatever else is read is read while their registers are held.
    let loaded = run::load_year(&settings, &Inputs::default(), "查询 query")?;
    let cities = loaded.plans.iter().map(|plan| plan.city.clone());
    let held = if order.is_dry { None } else { Some(hold(&settings.round, cities)?) };
    let (inputs, bar) = (Inputs::default(), Bar::new(quiet, printer));
    let evaluation = run::examine(&settings, &inputs, &bar)?;
    let pool = settings.pool(&evaluation.round);
    let issued = query::issue(&order, &inputs, &evaluation, &pool, held)?;
    bar.finish();
    let plans: Vec<&Plan> = evaluation.cities.iter().map(|city| &city.plan).collect();
    printer.asked(&order, &issued, &plans);
    Ok(())
}

impl Printer {
    fn asked(&self, order: &QueriesOrder, issued: &QueriesIssued, plans: &[&Plan]) {
        for book in &issued.books {
            match self.format {
                Format::Json => self.json(&in_json(book)),
                Format::Text => {
                    let plan = plans.iter().find(|plan| plan.city == book.city);
                    self.line(&line(book, plan.map_or("", |plan| &plan.name), order.is_dry, self.language));
                    if order.is_dry {
                        book.questions.iter().for_each(|one| self.line(&question_line(one, self.language)));
                    }
                }
            }
        }
        if self.format == Format::Text {
            self.line(&total(order, issued, self.language));
        }
    }
}

fn in_json(book: &QueryIssued) -> serde_json::Value {
    let items: Vec<serde_json::Value> = book
        .questions
        .iter()
        .map(|one| {
            let (sheet, cell) = match &one.cell {
                Some((sheet, at)) => (sheet.as_str(), at.to_string()),
                None => ("", String::new()),
            };
            json!({
                "item": one.item, "class": class_key(one.class), "code": one.code, "object": one.object,
                "sheet": sheet, "cell": cell, "was": one.raw(), "question": one.problem,
                "is_repeated": one.previous.is_some(),
            })
        })
        .collect();
    json!({
        "city": book.city, "unit": book.unit(), "query": book.number.to_string(), "file": book.path,
        "about": book.base, "alone": book.alone.map(|why| why_alone(why, Language::English)), "items": items,
    })
}

fn class_key(class: QueryClass) -> &'static str {
    match class {
        QueryClass::MustAnswer => "must answer",
        QueryClass::PleaseExplain => "please explain",
        QueryClass::NotAsked => "not asked",
    }
}

fn line(book: &QueryIssued, place: &str, is_dry: bool, language: Language) -> String {
    let (unit, path, count) = (book.unit(), shown::path(&book.path), book.questions.len());
    let grave = book.questions.iter().filter(|one| one.class == QueryClass::MustAnswer).count();
    let light = count.saturating_sub(grave);
    let alone = book.alone.map_or_else(String::new, |why| match language {
        Language::Chinese => format!("  单发查询单（{}）", why_alone(why, language)),
        Language::English => format!("  the sheet alone ({})", why_alone(why, language)),
    });
    match (language, is_dry) {
        (Language::Chinese, true) => {
            format!("拟问  {place} {unit}  必须答复{grave}条，请说明{light}条{alone}")
        }
        (Language::Chinese, false) => {
            format!("发出  {place} {unit}  必须答复{grave}条，请说明{light}条{alone}  {path}")
        }
        (Language::English, true) => {
            format!("to ask  {place} {unit}  {grave} must be answered, {light} to be explained{alone}")
        }
        (Language::English, false) => {
            format!("asked  {place} {unit}  {grave} must be answered, {light} to be explained{alone}  {path}")
        }
    }
}

fn question_line(one: &QueryItem, language: Language) -> String {
    let place = match &one.cell {
        Some((sheet, at)) => format!("{sheet}!{at}"),
        None => one.place.clone(),
    };
    let (item, code, problem) = (one.item, one.code, &one.problem);
    match (language, one.previous.is_some()) {
        (Language::Chinese, false) => format!("    第{item}条  {code}  {place}  {problem}"),
        (Language::Chinese, true) => format!("    第{item}条  {code}  {place}  {problem}（再查询）"),
        (Language::English, false) => format!("    item {item}  {code}  {place}  {problem}"),
        (Language::English, true) => format!("    item {item}  {code}  {place}  {problem} (asked once more)"),
    }
}

fn why_alone(why: PatchRefusal, language: Language) -> &'static str {
    let (chinese, english) = match why {
        PatchRefusal::OtherFormat => ("不是xlsx工作簿", "no xlsx workbook"),
        PatchRefusal::Signed => {
            ("有数字签名，改动会使其失效", "it has a digital signature, which a change would break")
        }
        PatchRefusal::Shared => ("是共享工作簿", "it is a shared workbook"),
        PatchRefusal::Strict => ("是Strict格式", "it is of the strict form"),
        PatchRefusal::Encrypted => ("已加密", "it is encrypted"),
        PatchRefusal::OtherCode => ("有部件不是UTF-8编码", "a part of it is not in UTF-8"),
        PatchRefusal::NoSheet => {
            ("找不到要标的工作表，或有重名", "a sheet to be marked is not found, or is there twice")
        }
        PatchRefusal::Damaged => ("有损坏或结构特殊", "it is damaged, or made in a way that is not known"),
    };
    language.of(chinese, english)
}

fn total(order: &QueriesOrder, issued: &QueriesIssued, language: Language) -> String {
    let (books, resting, nobody) = (issued.books.len(), issued.resting, issued.of_nobody);
    let count: usize = issued.books.iter().map(|book| book.questions.len()).sum();
    match language {
        Language::Chinese => {
            let done = if order.is_dry { "拟发查询单" } else { "发出查询单" };
            let resting =
                if resting > 0 { format!("；{resting}条问过，不重复发出") } else { String::new() };
            let nobody = if nobody > 0 {
                format!("；{nobody}处没有可问的单位或工作簿")
            } else {
                String::new()
            };
            format!("{done}{books}份，共{count}条{resting}{nobody}。")
        }
        Language::English => {
            let done = if order.is_dry { "to be sent" } else { "sent" };
            let resting = if resting > 0 { format!("; {resting} were asked before") } else { String::new() };
            let nobody = if nobody > 0 {
                format!("; {nobody} have no unit or workbook to ask")
            } else {
                String::new()
            };
            format!("{books} query workbooks {done}, {count} questions{resting}{nobody}.")
        }
    }
}
