//! Rows of a table of indicators, from the cells of a grid or of a list.

use super::names::{Known, sounds_lower};
use super::numbers::{Numeral, numerals, unit_of};
use super::passage::{ending, holds, plain};
use super::tables::{TableColumn, nature};
use super::units::{self, Units};
use super::values::INDEFINITE;
use super::{DraftNumber, DraftRow, OpenFields, OpenReason};
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
    /// The remark.
    pub(super) note: String,
    /// First and last line.
    pub(super) lines: (usize, usize),
}

/// The rows of the draft, numbered; what the cells leave open is marked.
pub(super) fn rows(raw: Vec<RawRow>, known: &Known) -> Vec<DraftRow> {
    let mut found: Vec<DraftRow> = Vec::new();
    let (mut last, mut series) = (0_u32, String::new());
    for row in raw {
        let mut open = OpenFields::default();
        let no = match row.no.as_deref().and_then(|no| no.parse::<u32>().ok()) {
            Some(no) => {
                if no <= last {
                    series = row.group.chars().next().map_or_else(|| "?".to_owned(), String::from);
                }
                if !series.is_empty() {
                    open.chosen("no", OpenReason::NumberedAgain);
                }
                no
            }
            None => {
                open.chosen("no", OpenReason::Counted);
                last + 1
            }
        };
        last = no;
        found.push(one(row, format!("{series}{no}"), known, open));
    }
    like_units(&mut found);
    found
}

fn one(row: RawRow, no: String, known: &Known, mut open: OpenFields) -> DraftRow {
    let (name, unit) = split_unit(&row.name);
    let nature = nature(&row.nature).or_else(|| nature(&row.name));
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
        lines: row.lines,
        note: row.note,
        is_lower,
        open,
        ..DraftRow::default()
    };
    numbers(&mut draft, row.numbers);
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
        all.names.extend(some.names);
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

/// Without marks of notes, 其中 and the nature in brackets.
fn without_marks(name: &str) -> String {
    let name = name.trim_end_matches(MARKS);
    let name =
        ["(约束性)", "(预期性)"].iter().fold(name, |name, mark| name.strip_suffix(mark).unwrap_or(name));
    name.trim_start_matches("其中:").trim_start_matches("#").to_owned()
}

fn numbers(row: &mut DraftRow, cells: Vec<(TableColumn, String, usize)>) {
    let last_year = cells.iter().filter_map(|(column, ..)| year_of(column)).max();
    let base_year = cells
        .iter()
        .filter_map(
            |(column, ..)| if let TableColumn::Year(year, None, _) = column { Some(*year) } else { None },
        )
        .max();
    for (column, text, line) in cells {
        match column {
            TableColumn::Year(year, None, said) => {
                let read = cell(&text);
                if let Some(value) = read.first().and_then(|one| one.value.clone()) {
                    let mut number = DraftNumber {
                        year,
                        value: Some(value.clone()),
                        line,
                        quote: value,
                        ..DraftNumber::default()
                    };
                    number.open.0.extend(
                        read.iter().flat_map(|one| one.open.0.clone()).filter(|one| one.field == "year"),
                    );
                    if !said && read.first().is_some_and(|one| one.op.is_some()) {
                        number.open.chosen("year", OpenReason::WhichColumn);
                    }
                    row.values.push(number);
                } else if read.first().is_some_and(|one| one.undefined.is_some()) {
                    row.open.chosen("value", OpenReason::Words);
                }
            }
            TableColumn::Year(year, Some(tier), said) => {
                let kind = if is_growth(&row.name, row.unit.as_deref()) { Some("growth") } else { None };
                for one in cell(&text) {
                    let tier = one.tier.unwrap_or(tier);
                    let kind = one.kind.or(kind.filter(|_| one.undefined.is_none()));
                    let mut number = DraftNumber { year, tier: Some(tier), kind, line, ..one };
                    if !said {
                        number.open.chosen("tier", OpenReason::WhichColumn);
                    }
                    row.targets.push(number);
                }
            }
            TableColumn::Mean => mean(row, &text, line, (last_year, base_year)),
            _ => {}
        }
    }
}

fn year_of(column: &TableColumn) -> Option<i32> {
    if let TableColumn::Year(year, ..) = column { Some(*year) } else { None }
}

/// A cell of 年均/累计: a sum in brackets, else growth per year.
fn mean(row: &mut DraftRow, text: &str, line: usize, (last, base): (Option<i32>, Option<i32>)) {
    for mut one in cell(text) {
        let Some(year) = last else {
            row.open.missing("target", OpenReason::NoYear);
            return;
        };
        let is_growth = is_growth(&row.name, row.unit.as_deref());
        match (one.cumulative, one.kind) {
            (true, _) => one.open.chosen("cumulative", OpenReason::Cumulative),
            (false, Some(_)) => {}
            (false, None) if one.undefined.is_some() => {}
            (false, None) if is_growth => {
                one.kind = Some("average_growth");
                one.base_year = base;
            }
            (false, None) => one.open.chosen("kind", OpenReason::WhichKind),
        }
        row.targets.push(DraftNumber { year, tier: Some(one.tier.unwrap_or("annual")), line, ..one });
    }
}

/// Whether a name in percent says that it grows.
fn is_growth(name: &str, unit: Option<&str>) -> bool {
    unit == Some("%") && ending(name, &["增长", "增速", "增长率", "增幅"]).is_some()
}

/// Marks that lead to a note.
const MARKS: [char; 9] = ['*', '①', '②', '③', '④', '⑤', '★', '▲', '※'];

/// Signs before a number of a cell.
const SIGNS: [(&str, &str); 16] = [
    ("≥", ">="),
    (">=", ">="),
    ("≧", ">="),
    ("不低于", ">="),
    ("不少于", ">="),
    ("达到", ">="),
    (">", ">"),
    ("高于", ">"),
    ("超过", ">"),
    ("≤", "<="),
    ("<=", "<="),
    ("≦", "<="),
    ("不超过", "<="),
    ("控制在", "<="),
    ("<", "<"),
    ("低于", "<"),
];

/// What a cell says: nothing, one number, or a second one that is to be striven for.
pub(super) fn cell(printed: &str) -> Vec<DraftNumber> {
    let text = plain(printed);
    if text.is_empty() || units::is_dash(&text) {
        return Vec::new();
    }
    // 60.6*, 15.3(2019年): a mark, and the year of the value.
    let bare = text.trim_end_matches(MARKS);
    if bare.len() < text.len() {
        let mut found = cell(bare);
        found.iter_mut().for_each(|one| one.open.chosen("year", OpenReason::Noted));
        return found;
    }
    let dated =
        text.strip_suffix("年)").and_then(|rest| rest.rsplit_once('(')).filter(|(_, year)| year.len() == 4);
    if let Some((value, _)) = dated {
        let mut found = cell(value);
        found.iter_mut().for_each(|one| one.open.chosen("year", OpenReason::WhichColumn));
        return found;
    }
    let two = text
        .split_once("力争")
        .map(|(head, behind)| (head.trim_end_matches([',', ';', '(', '、']), behind.trim_end_matches(')')));
    if let Some((head, behind)) = two {
        let stretch = number(behind).map(|one| DraftNumber { tier: Some("stretch"), ..one });
        let first = number(head);
        if let (Some(first), Some(stretch)) = (first, stretch) {
            return vec![first, stretch];
        }
    }
    // >7、力争投入强度高于…: a number with words behind it.
    let first = || {
        let (head, _) = text.split_once(['、', ';'])?;
        let mut one = number(head)?;
        one.open.chosen("value", OpenReason::Words);
        Some(DraftNumber { quote: text.clone(), ..one })
    };
    match number(&text).or_else(first) {
        Some(one) => vec![one],
        None => vec![words(&text)],
    }
}

/// A number with its signs.
fn number(text: &str) -> Option<DraftNumber> {
    if matches!(text, "有" | "无") {
        return Some(DraftNumber {
            value: Some(text.to_owned()),
            quote: text.to_owned(),
            ..DraftNumber::default()
        });
    }
    let mut one = DraftNumber { quote: text.to_owned(), ..DraftNumber::default() };
    let inside = [('〔', '〕'), ('[', ']'), ('【', '】'), ('(', ')')]
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    one.cumulative = inside.is_some() || text.starts_with("累计");
    if text.starts_with('(') && inside.is_some() {
        one.open.chosen("cumulative", OpenReason::Cumulative);
    }
    let bare = inside.unwrap_or(text).trim_start_matches("累计");
    let sign = SIGNS.iter().filter(|(sign, _)| bare.starts_with(sign)).max_by_key(|(sign, _)| sign.len());
    let (bare, op) =
        sign.map_or((bare, None), |(sign, op)| (bare.get(sign.len()..).unwrap_or_default(), Some(*op)));
    one.op = op;
    let negative = bare.starts_with(['-', '—']) && bare.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let digits = if negative { bare.trim_start_matches(['-', '—']) } else { bare };
    let found = numerals(digits);
    let (Some(Numeral::MeasuredNumber(quantity)), 1) = (found.first(), found.len()) else {
        return year_like(bare, one);
    };
    if quantity.number.start != 0 {
        return None;
    }
    let behind = digits.get(quantity.at.end..).unwrap_or_default();
    if !behind.is_empty() && unit_of(behind) != behind {
        return None;
    }
    match quantity.behind {
        Some(super::lexicon::NumberTail::Least) => one.op = one.op.or(Some(">=")),
        Some(super::lexicon::NumberTail::Most) => one.op = one.op.or(Some("<=")),
        Some(super::lexicon::NumberTail::About) => one.op = Some("~"),
        Some(super::lexicon::NumberTail::Over) => one.open.chosen("op", OpenReason::WhichWay),
        None => {}
    }
    if one.op == Some("~") {
        one.open.chosen("tolerance", OpenReason::About);
    }
    match &quantity.high {
        Some(high) => {
            one.kind = Some("range");
            one.bounds = Some((quantity.low.clone(), high.clone()));
        }
        None => one.value = Some(format!("{}{}", if negative { "-" } else { "" }, quantity.low)),
    }
    if !quantity.unit.is_empty() && quantity.unit != "%" {
        one.open.chosen("unit", OpenReason::WhichUnit);
    }
    Some(one)
}

/// 2025 in a cell is a number too.
fn year_like(bare: &str, one: DraftNumber) -> Option<DraftNumber> {
    let is_number = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit());
    is_number.then(|| DraftNumber { value: Some(bare.to_owned()), ..one })
}

/// Words in the place of a number.
fn words(text: &str) -> DraftNumber {
    let mut one = DraftNumber { quote: text.to_owned(), ..DraftNumber::default() };
    let against = text
        .strip_prefix('与')
        .and_then(|rest| rest.split_once("同步"))
        .map(|(head, _)| head.trim_end_matches("基本"));
    let above = ["高于", "快于", "不低于"].iter().find_map(|word| text.strip_prefix(word));
    if let Some(reference) = against.or(above).map(|words| words.trim_end_matches("增长").to_owned()) {
        one.kind = Some("relative");
        one.op = Some(match above {
            Some(_) if !text.starts_with('不') => ">",
            None if text.contains("基本同步") => "~",
            _ => ">=",
        });
        one.reference = Some(reference);
        one.open.chosen("against", OpenReason::Reference);
        return one;
    }
    one.undefined = Some(text.to_owned());
    if !holds(text, INDEFINITE) {
        one.open.chosen("undefined", OpenReason::Words);
    }
    one
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
    fn cells_of_tables_are_read_with_their_signs() {
        for (text, value, op, kind, cumulative) in [
            ("3.0", Some("3.0"), None, None, false),
            ("≥90", Some("90"), Some(">="), None, false),
            (">6.5", Some("6.5"), Some(">"), None, false),
            ("＜5.5", Some("5.5"), Some("<"), None, false),
            ("7左右", Some("7"), Some("~"), None, false),
            ("〔13.5〕", Some("13.5"), None, None, true),
            ("[18]", Some("18"), None, None, true),
            ("15%以上", Some("15"), Some(">="), None, false),
            ("-3.8", Some("-3.8"), None, None, false),
            ("有", Some("有"), None, None, false),
            ("1,288", Some("1288"), None, None, false),
            ("2025", Some("2025"), None, None, false),
        ] {
            let found = cell(text);
            let [one] = found.as_slice() else { panic!("{text}: {found:?}") };
            assert_eq!(
                (one.value.as_deref(), one.op, one.kind, one.cumulative),
                (value, op, kind, cumulative),
                "{text}"
            );
        }
        assert!(cell("—").is_empty() && cell("").is_empty());
        assert_eq!(
            cell("30，力争33").iter().map(|one| one.tier).collect::<Vec<_>>(),
            [None, Some("stretch")]
        );
        assert_eq!(cell("与GDP增长基本同步")[0].reference.as_deref(), Some("GDP"));
        assert_eq!(
            cell("保持在合理区间、各年度视情提出")[0].undefined.as_deref(),
            Some("保持在合理区间、各年度视情提出")
        );
    }

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
