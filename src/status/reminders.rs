//! 催报: a sentence for each unit that still has something to do, ready to be pasted. Nothing is sent by the program.

use super::{CityStatus, ReportingStatus, UnitStatus};
use crate::finding::Language;
use crate::period::Reach;
use chrono::Datelike as _;

/// The sentence for a unit; `None` when it has nothing to do.
pub(super) fn sentence(status: &ReportingStatus, city: &CityStatus, unit: &UnitStatus) -> Option<String> {
    if unit.todo.is_empty() {
        return None;
    }
    let (todo, name) = (unit.to_do(Language::Chinese), &unit.unit);
    let (month, day) = (status.as_of.month(), status.as_of.day());
    let until = match status.days_late() {
        late if late > 0 => "请尽快办理".to_owned(),
        _ => format!("请于{}月{}日前（含当日）办理", status.deadline.month(), status.deadline.day()),
    };
    let whom = if city.office == unit.unit { String::new() } else { format!("，报{}", city.office) };
    let (period, seat) = (period_words(status), &city.name);
    Some(format!("{name}：贵单位{period}{seat}报表截至{month}月{day}日尚有下列事项：{todo}。{until}{whom}。"))
}

/// All of them, a paragraph each, city by city; the first line marks what is invented.
pub(super) fn text(status: &ReportingStatus) -> String {
    let mut all: Vec<String> = Vec::new();
    if status.illustrative {
        all.push("示例数据（虚构）".to_owned());
    }
    all.extend(status.units().filter_map(|(city, unit)| sentence(status, city, unit)));
    all.iter().map(|one| format!("{one}\n")).collect::<Vec<_>>().join("\n")
}

/// `2023年度`, `2023年前三季度`.
pub(super) fn period_words(status: &ReportingStatus) -> String {
    let year = status.period.year();
    match status.period.reach() {
        Reach::Year => format!("{year}年度"),
        part => format!("{year}年{}", part.chinese()),
    }
}
