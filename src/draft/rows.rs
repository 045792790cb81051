//! Rows of a table of indicators, from the cells of a grid or of a list.

use super::cells::MARKS;
use super::names::{Known, sounds_lower};
use super::notes::TableNotes;
use super::passage::{beginning, ending, holds, plain};
use super::row_numbers;
use super::tables::{TableColumn, nature};
use super::units::{self, Units};
use super::{DraftRow, OpenFields, OpenReason};
use crate::quantity::Unit;

/// A row as its cells say it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RawRow {
    /// The number, if one is printed.
    pub(super) no: Option<String>,
    /// The cell of the name.
    pub(super) name: String,
    /// The cell of the unit of measure.
    pub(super) unit: String,
    /// The group.
    pub(super) group: String,
    /// The cell of 属性.
    pub(super) nature: String,
    /// The cells of units, each with its line.
    pub(super) units: Vec<String>,
    /// Cells of years and means: the column, the text, the line.
    pub(super) numbers: Vec<(TableColumn, String, usize)>,
    /// How many such cells a row has by the heading.
    pub(super) expected: usize,
    /// The cells of units that answer, in a table that also names those that report.
    pub(super) responsible: Vec<String>,
    /// The remark.
    pub(super) note: String,
    /// First and last line.
    pub(super) lines: (usize, usize),
}

/// The rows of the draft, numbered; what the cells leave open is marked.
pub(super) fn rows(raw: Vec<RawRow>, known: &Known, notes: &TableNotes) -> Vec<DraftRow> {
    let mut found: Vec<DraftRow> = Vec::new();
    let is_numbered = raw.iter().any(|row| row.no.is_some());
    let mut numbering = Numbering { is_numbered, ..Numbering::default() };
    for row in raw {
        let mut open = OpenFields::default();
        let (no, parent) = numbering.next(&row, &mut open);
        let mut row = one(row, no, known, open, notes);
        row.parent = parent;
        found.push(row);
    }
    like_units(&mut found);
    against(&mut found);
    unlike_parts(&mut found);
    found
}

/// The numbers of the rows so far.
#[derive(Default)]
struct Numbering {
    last: u32,
    /// What stands before the numbers of a second series.
    series: String,
    /// Number of the last row that is no part of another.
    whole: String,
    /// How many parts it has.
    parts: u8,
    is_part: bool,
    /// Whether the table numbers its rows.
    is_numbered: bool,
}

impl Numbering {
    /// The number of a row and of the row that it is a part of: 其中 stands below its row as 6a, 6b.
    fn next(&mut self, row: &RawRow, open: &mut OpenFields) -> (String, Option<String>) {
        let printed = row.no.as_deref().and_then(|no| no.parse::<u32>().ok());
        let says_part = is_part(&row.name);
        // Where rows are numbered, those without a number behind 其中, and (1) below 3, are parts too.
        let is_inner = row.no.as_deref().is_some_and(|no| no.starts_with('('));
        let follows = self.is_numbered && ((self.is_part && row.no.is_none()) || is_inner);
        if self.is_part && !self.is_numbered && !says_part {
            open.missing("parent", OpenReason::PartOf);
        }
        self.is_part = (says_part || follows) && !self.whole.is_empty();
        let parent = self.is_part.then(|| self.whole.clone());
        if self.is_part && !says_part {
            open.chosen("parent", OpenReason::PartOf);
        }
        // 3.1 is its own number.
        let dotted = row
            .no
            .as_deref()
            .filter(|no| no.contains('.') && no.chars().all(|c| c.is_ascii_digit() || c == '.'));
        if let Some(dotted) = dotted {
            return (dotted.to_owned(), parent);
        }
        let no = match (printed, &parent) {
            (Some(no), _) => {
                if no <= self.last {
                    self.series = row.group.chars().next().map_or_else(|| "?".to_owned(), String::from);
                }
                if !self.series.is_empty() {
                    open.chosen("no", OpenReason::NumberedAgain);
                }
                self.last = no;
                format!("{}{no}", self.series)
            }
            (None, Some(whole)) => {
                let letter = char::from(b'a'.saturating_add(self.parts.min(25)));
                self.parts = self.parts.saturating_add(1);
                format!("{whole}{letter}")
            }
            (None, None) => {
                open.chosen("no", OpenReason::Counted);
                self.last += 1;
                format!("{}{}", self.series, self.last)
            }
        };
        if parent.is_none() {
            (self.whole, self.parts) = (no.clone(), 0);
        }
        (no, parent)
    }
}

/// Whether a name says that the row is a part of the one above.
fn is_part(name: &str) -> bool {
    beginning(name.trim_start_matches(['#', '—', '-']), &["其中"]).is_some() || name.starts_with('#')
}

/// A part without a unit counts in that of its row; one in another unit cannot be held against it.
fn unlike_parts(rows: &mut [DraftRow]) {
    let units: Vec<(String, Option<String>)> =
        rows.iter().map(|row| (row.no.clone(), row.unit.clone())).collect();
    for row in rows {
        let Some(parent) = &row.parent else { continue };
        let above = units.iter().find(|(no, _)| no == parent).and_then(|(_, unit)| unit.clone());
        if row.unit.is_none() && above.is_some() {
            row.unit = above;
            row.open.0.retain(|open| open.field != "unit");
            row.open.carried("unit", OpenReason::Carried);
        }
        if units.iter().any(|(no, unit)| no == parent && *unit != row.unit) {
            row.open.chosen("parent", OpenReason::PartOf);
        }
    }
}

fn one(row: RawRow, no: String, known: &Known, mut open: OpenFields, notes: &TableNotes) -> DraftRow {
    let (name, unit) = split_unit(&row.name);
    let nature = nature(&row.nature).or_else(|| nature_in(&row.name));
    let name = without_marks(&name);
    let printed_unit = Some(row.unit).filter(|unit| !unit.is_empty() && !units::is_dash(unit)).or(unit);
    let is_presence = !row.numbers.is_empty()
        && row.numbers.iter().all(|(_, text, _)| matches!(text.as_str(), "有" | "无"));
    let id = known.find(&name).map(str::to_owned);
    let unit = settled_unit(printed_unit, is_presence, id.as_deref(), known, &mut open);
    let units = joined(&row.units);
    if !units.are_sure && !units.names.is_empty() {
        open.chosen("data_units", OpenReason::UnitName);
    }
    if row.numbers.len() != row.expected {
        open.chosen("target", OpenReason::Columns(row.numbers.len(), row.expected));
    }
    let mut candidates = Vec::new();
    if id.is_none() {
        candidates = known.like(&name);
        open.chosen("id", OpenReason::NotInCatalogue);
        if !candidates.is_empty() {
            open.chosen("name", OpenReason::NotInCatalogue);
        }
    }
    let is_lower = sounds_lower(&name);
    let mut draft = DraftRow {
        no,
        id,
        candidates,
        name,
        unit,
        group: row.group,
        nature,
        units: units.names,
        responsible: joined(&row.responsible).names,
        lines: row.lines,
        note: row.note,
        is_lower,
        open,
        ..DraftRow::default()
    };
    row_numbers::numbers(&mut draft, row.numbers, notes);
    draft
}

fn settled_unit(
    printed: Option<String>,
    is_presence: bool,
    id: Option<&str>,
    known: &Known,
    open: &mut OpenFields,
) -> Option<String> {
    if is_presence {
        return Some("有/无".to_owned());
    }
    match (printed, id.and_then(|id| known.unit(id))) {
        (Some(printed), _) => {
            if !Unit::parse(&printed).is_known() {
                open.chosen("unit", OpenReason::WhichUnit);
            }
            Some(printed)
        }
        (None, Some(unit)) => {
            open.chosen("unit", OpenReason::CatalogueUnit);
            Some(unit.to_owned())
        }
        (None, None) => {
            open.missing("unit", OpenReason::NoUnit);
            None
        }
    }
}

/// Names of units over several cells.
fn joined(cells: &[String]) -> Units {
    let mut all = Units { names: Vec::new(), are_sure: true };
    for cell in cells.iter().filter(|cell| !units::is_dash(cell)) {
        let some = units::list(cell);
        all.are_sure &= some.are_sure;
        all.names.extend(some.names.into_iter().filter(|name| !all.names.contains(name)).collect::<Vec<_>>());
    }
    all
}

/// 市经信委 beside 市经信局: perhaps one unit under two names.
fn like_units(rows: &mut [DraftRow]) {
    let all: Vec<String> = rows.iter().flat_map(|row| row.units.clone()).collect();
    let stem = |name: &str| {
        let end = ending(name, &["局", "委", "厅", "办", "委员会"]).map_or(0, str::len);
        name.get(..name.len() - end).unwrap_or_default().to_owned()
    };
    for row in rows {
        for unit in &row.units {
            let count = |name: &String| all.iter().filter(|other| *other == name).count();
            let like = all
                .iter()
                .find(|other| *other != unit && stem(other) == stem(unit) && stem(unit).chars().count() >= 3);
            if let Some(like) = like.filter(|like| count(unit) <= count(like)) {
                row.open.chosen("data_units", OpenReason::LikeUnit(like.clone()));
            }
        }
    }
}

/// 数量(个) is 数量 in 个; 比重% is 比重 in %.
pub(super) fn split_unit(name: &str) -> (String, Option<String>) {
    let name = plain(name);
    if let Some((head, inside)) = name.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        let inside = inside.trim_start_matches("单位:");
        let is_unit = !inside.is_empty() && Unit::parse(inside).is_known() && !inside.contains([',', '、']);
        if is_unit && !head.is_empty() {
            return (head.to_owned(), Some(inside.to_owned()));
        }
    }
    let suffix = name.char_indices().skip(2).map(|(at, _)| name.split_at(at)).find(|(_, unit)| {
        let telling = unit.contains('/') || unit.ends_with(['元', '%', '‰']);
        telling && Unit::parse(unit).is_known() && !unit.starts_with('/')
    });
    match suffix {
        Some((head, unit)) => (head.to_owned(), Some(unit.to_owned())),
        None => (name, None),
    }
}

/// The nature that a name tells: 〔约束性〕, and not the 预期 of 预期寿命.
fn nature_in(name: &str) -> Option<&'static str> {
    let says = ["约束性", "预期性", "(约束)", "(预期)"].iter().any(|word| plain(name).contains(word));
    nature(name).filter(|_| says)
}

/// Without marks of notes, 其中 and the nature in brackets.
fn without_marks(name: &str) -> String {
    let name = name.trim_end_matches(MARKS);
    let name =
        ["(约束性)", "(预期性)"].iter().fold(name, |name, mark| name.strip_suffix(mark).unwrap_or(name));
    let name = name.trim_start_matches(['#', '—', '-']);
    let name = name.strip_prefix("其中").map_or(name, |rest| rest.trim_start_matches([':', ',', '、']));
    name.to_owned()
}

/// Relative targets whose words name another row: 与GDP增长同步, and a row 地区生产总值增长.
fn against(rows: &mut [DraftRow]) {
    let known: Vec<(String, String)> = rows.iter().map(|row| (row.no.clone(), row.name.clone())).collect();
    for row in rows {
        let own = row.no.clone();
        for one in row.targets.iter_mut().filter(|one| one.kind == Some("relative")) {
            let Some(words) = &one.reference else { continue };
            let other = known.iter().find(|(no, name)| *no != own && names_row(words, name));
            one.against = other.map(|(no, _)| no.clone());
        }
    }
}

/// Whether words of a comparison name a row.
pub(super) fn names_row(words: &str, name: &str) -> bool {
    let output = |text: &str| holds(text, &["GDP", "生产总值", "经济增长", "经济增速"]);
    let grows = |text: &str| holds(text, &["增长", "增速", "增幅"]);
    let is_same = words.len() >= 9 && (name.contains(words) || words.contains(name));
    is_same || (output(words) && output(name) && grows(name) && !holds(name, &["占", "单位", "人均", "能耗"]))
}

/// The first years that rows have targets for, and all years.
pub(super) fn years(rows: &[DraftRow]) -> Vec<i32> {
    let mut years: Vec<i32> =
        rows.iter().flat_map(|row| row.targets.iter().map(|target| target.year)).collect();
    years.sort_unstable();
    years.dedup();
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_stand_in_brackets_or_at_the_end_of_names() {
        for (name, bare, unit) in [
            ("重点学科数(国家“双一流”建设学科)(个 )", "重点学科数(国家“双一流”建设学科)", Some("个")),
            ("科技支出比重%", "科技支出比重", Some("%")),
            ("万名就业人员中人员数人/万人", "万名就业人员中人员数", Some("人/万人")),
            ("年度科普经费筹集额万元", "年度科普经费筹集额", Some("万元")),
            ("城乡居民人均可支配收入之比", "城乡居民人均可支配收入之比", None),
            ("高新技术企业数", "高新技术企业数", None),
        ] {
            assert_eq!(split_unit(name), (bare.to_owned(), unit.map(str::to_owned)));
        }
    }
}
