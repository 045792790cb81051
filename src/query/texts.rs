//! The words of a query workbook.

use crate::collect::{Submission, Version};
use crate::files;
use crate::finding::{Object, Place};
use crate::plan::{Origin, Plan, QueryNumber};
use crate::workbook::Content;
use crate::workbook::patch::NewContent;

/// What tells our marks and notes from others, and begins the names of the properties.
pub(super) use crate::workbook::patch::MARK_TAG as TAG;
/// The property that holds the digest of the workbook that is asked about.
pub(super) const BASE_PROPERTY: &str = "对标查询底稿";
/// The name of the sheet.
pub(super) const SHEET: &str = "查询单";
/// What stands for an empty cell.
pub(super) const EMPTY: &str = "（空）";
/// The mark of invented figures.
pub(super) const ILLUSTRATIVE: &str = "示例数据（虚构）";

/// What of the plan is meant: its number, name and unit.
pub(super) fn about(plan: &Plan, object: &Object) -> String {
    match object {
        Object::Whole => "整个工作簿".to_owned(),
        Object::Indicator(no) => {
            let Some(row) = plan.indicator(no) else { return format!("指标{no}") };
            let word = if row.origin == Origin::Table { "指标" } else { "目标" };
            match row.unit.text() {
                "" => format!("{word}{no}　{}", row.name),
                unit => format!("{word}{no}　{}（{unit}）", row.name),
            }
        }
        Object::Task(no) => match plan.task(no) {
            Some(task) => format!("任务{no}　{}", task.title),
            None => format!("任务{no}"),
        },
    }
}

/// What is meant where it is no cell: the sheet, or the workbook.
pub(super) fn place(place: Option<&Place>) -> String {
    match place {
        Some(place) if !place.sheet.is_empty() => place.sheet.clone(),
        _ => "整个工作簿".to_owned(),
    }
}

/// The workbook that is asked about.
pub(super) fn base(submission: &Submission) -> String {
    let mut told: Vec<String> = Vec::new();
    match &submission.version {
        Version::Unstated => {}
        Version::Numbered(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
            told.push(format!("第{}版", numbers.join(".")));
        }
        Version::Dated(day) => told.push(format!("{day}版")),
        Version::Worded { word, .. } | Version::Unclear(word) => told.push(word.clone()),
    }
    if let Some(received) = submission.received.filter(|_| submission.registered) {
        told.push(format!("{}收到", received.format("%Y-%m-%d %H:%M")));
    }
    let name = files::name(std::path::Path::new(&submission.file));
    if told.is_empty() { name } else { format!("{name}（{}）", told.join("，")) }
}

/// What a cell holds, as the sheet shows it.
pub(super) fn shown(was: Option<&Content>) -> NewContent {
    match was {
        None => NewContent::Text(EMPTY.to_owned()),
        Some(Content::Number(digits)) => NewContent::Number(digits.clone()),
        Some(Content::NoResult) => NewContent::Text("（公式无结果）".to_owned()),
        Some(Content::Picture) => NewContent::Text("（图片）".to_owned()),
        Some(other) if other.raw().is_empty() => NewContent::Text(EMPTY.to_owned()),
        Some(other) => NewContent::Text(other.raw().to_owned()),
    }
}

/// The note on a cell: the questions about it.
pub(super) fn note(number: &QueryNumber, item: u32, problem: &str, code: &str, remedy: &str) -> String {
    format!("{number} 第{item}条\n{problem}【{code}】\n→ {remedy}")
}

/// How a note ends.
pub(super) const NOTE_END: &str = "请到最后一张表“查询单”答复。";

/// How to answer in the workbook itself.
pub(super) const HOW: &str = "怎样答复：①点击“位置”到标色的格，数填错了就在那一格直接改；②回到本表，在黄色的“答复”栏选一项：“更正”（已在原格改好）、“确认无误”（原数不改，须写理由和依据的材料）、“无法提供”（须写原因）；③最右一栏全部显示“√”即可发回。其他各表请不要改动；如有别的数要改，请一并写在“其他改动”一行。";
/// How to answer where the sheet goes alone.
pub(super) const HOW_ALONE: &str = "怎样答复：原工作簿的格式不能加标记，本表单独发出。①数填错了，在原工作簿中改正（封面版本加1），并在本表“答复”栏选“更正”，“更正值”栏写改后的数；②原数无误选“确认无误”，须写理由和依据的材料；③没有数据选“无法提供”，须写原因；④最右一栏全部显示“√”后，将本表发回，改过原工作簿的一并发回。";
/// What stands below the table.
pub(super) const FEET: [&str; 2] = [
    "编号和问题由程序生成，请勿改动本表结构；标红的必须答复，标黄的请说明。标色和批注是本次查询加的，原表其余内容一字未动。",
    "本表不加密码，需要时可拖动行高列宽。",
];
/// The same where the sheet goes alone.
pub(super) const FEET_ALONE: [&str; 2] = [
    "编号和问题由程序生成，请勿改动本表结构；标红的必须答复，标黄的请说明。",
    "本表不加密码，需要时可拖动行高列宽。",
];
