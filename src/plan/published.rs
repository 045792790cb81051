//! `published.csv` beside a plan: what was published of earlier years, as it was published. `new-round` writes it from an output; where
//! the plan prints no value of a year, the published one serves.

use std::path::Path;

use super::fault::{FileFault, told};
use super::sections::{LONGEST_TEXT, is_long};
use super::words::{word, written};
use super::{Indicator, Origin, OutputEntry, PastValue, Plan, PreviousOutput};
use crate::error::RunError;
use crate::finding::{Language, PublishedStatus};
use crate::ident::{CityId, IndicatorId, IndicatorNo};
use crate::inputs::Inputs;
use crate::quantity::{Conversion, Unit};
use crate::rounding::plain;
use crate::table_text::decoded;

/// The name of the file.
pub const PUBLISHED: &str = "published.csv";

/// Its columns.
pub const PUBLISHED_HEADS: [&str; 10] =
    ["城市", "指标", "目录编号", "指标名称", "年份", "值", "单位", "状态", "说明", "来源"];

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedRow {
    /// The city.
    pub city: CityId,
    /// Number in the plan of that time.
    pub no: IndicatorNo,
    /// What it is in the catalogue; `None` for targets in prose.
    pub id: Option<IndicatorId>,
    /// Name in the plan of that time.
    pub name: String,
    /// The year.
    pub year: i32,
    /// The value with its digits, or 有/无; empty when there was none.
    pub value: String,
    /// The unit of the plan of that time.
    pub unit: String,
    /// What was published of it.
    pub status: PublishedStatus,
    /// Why there is no value, or what else is to be known.
    pub reason: String,
    /// The output that it was published in, and where.
    pub source: String,
}

/// What was published of an indicator, as its row of a plan has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The year.
    pub year: i32,
    /// The value in the row's unit; `None` when there was none.
    pub value: Option<PastValue>,
    /// What was published of it.
    pub status: PublishedStatus,
    /// Value and unit as they were published.
    pub issued: String,
    /// The output that it was published in, and where.
    pub source: String,
    /// Its line in the file.
    pub line: usize,
    /// Whether that output was of invented figures.
    pub is_sample: bool,
    /// The value as the file has it; empty when there is none.
    pub written: String,
    /// How the value was converted to the row's unit, if it was.
    pub conversion: Option<Conversion>,
    /// Whether the unit is written otherwise than the row's.
    pub is_converted: bool,
    /// Where an output that the round names has it; `None` for a line of the file.
    pub output: Option<OutputEntry>,
}

/// Reads the file; one that is not there is empty. Each row comes with its line.
///
/// # Errors
/// Fails when the file cannot be read, or with the list of its faults.
pub fn read_published(inputs: &Inputs, path: &Path) -> Result<Vec<(usize, PublishedRow)>, RunError> {
    if !inputs.is_there(path)? {
        return Ok(Vec::new());
    }
    let text = super::wording::read(inputs, path)?;
    parse(&text).map_err(|faults| RunError::Faults { path: path.to_owned(), faults: told(faults) })
}

/// How a source says that its figures are invented.
const SAMPLE: &str = "示例数据";

/// The values of what is answered with them.
const PRESENCE: [&str; 2] = ["有", "无"];

/// The words of the column 状态.
fn words_of_status() -> Vec<(&'static str, PublishedStatus)> {
    PublishedStatus::ALL.map(|one| (one.words(Language::Chinese), one)).to_vec()
}

type FaultsByLine = Vec<(usize, FileFault)>;

fn parse(text: &str) -> Result<Vec<(usize, PublishedRow)>, FaultsByLine> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut records = reader.records();
    let heads = records.next().and_then(Result::ok).unwrap_or_default();
    let place = |head: &str| heads.iter().position(|one| one.trim() == head);
    let missing: Vec<&str> = PUBLISHED_HEADS.into_iter().filter(|head| place(head).is_none()).collect();
    if !missing.is_empty() {
        return Err(vec![(1, FileFault::NoColumns(missing))]);
    }
    let (mut rows, mut faults) = (Vec::new(), FaultsByLine::new());
    for record in records {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                faults.push((line.try_into().unwrap_or(1), FileFault::OddLine(error.to_string())));
                break;
            }
        };
        let line = record.position().map_or(1, csv::Position::line).try_into().unwrap_or(1);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cell = |head: &str| place(head).and_then(|at| record.get(at)).unwrap_or_default().trim();
        match row(&cell) {
            Ok(row) => rows.push((line, row)),
            Err(fault) => faults.push((line, fault)),
        }
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

fn row<'a>(cell: &impl Fn(&str) -> &'a str) -> Result<PublishedRow, FileFault> {
    if let Some(head) = PUBLISHED_HEADS.into_iter().find(|head| is_long(&decoded(cell(head)))) {
        return Err(FileFault::LongText(head.to_owned(), LONGEST_TEXT));
    }
    // Spreadsheets are kept from running a text by an apostrophe before it.
    let text = |head: &str| decoded(cell(head).strip_prefix('\'').unwrap_or(cell(head))).into_owned();
    let year = cell("年份").trim_end_matches('年');
    let row = PublishedRow {
        city: CityId::parse(cell("城市")).map_err(FileFault::Slug)?,
        no: text("指标").into(),
        id: IndicatorId::some(text("目录编号")),
        name: text("指标名称"),
        year: year.parse().map_err(|_| FileFault::NotAYear(cell("年份").to_owned()))?,
        value: cell("值").to_owned(),
        unit: text("单位"),
        status: word("状态", cell("状态"), &words_of_status())?,
        reason: text("说明"),
        source: text("来源"),
    };
    if row.source.is_empty() || row.no.as_str().is_empty() {
        return Err(FileFault::NoOrigin);
    }
    match (row.status.is_known(), row.value.is_empty()) {
        (true, true) => Err(FileFault::PublishedNothing(row.status.words(Language::Chinese))),
        (false, false) => Err(FileFault::PublishedUnknown(row.status.words(Language::Chinese))),
        (true, false) if !PRESENCE.contains(&row.value.as_str()) => written("值", &row.value).map(|_| row),
        _ => Ok(row),
    }
}

impl Plan {
    /// The plan with what was published of the years before the one that is judged. Rows that it has no longer are kept by their numbers.
    ///
    /// # Errors
    /// Fails with the list of lines that cannot be used.
    pub fn with_published(
        mut self,
        path: &Path,
        rows: Vec<(usize, PublishedRow)>,
        year: i32,
    ) -> Result<Self, RunError> {
        let mut faults = FaultsByLine::new();
        for (line, row) in rows {
            if row.city != self.city {
                faults.push((line, FileFault::OtherCitysRow { found: row.city, wanted: self.city.clone() }));
            } else if row.year >= year {
                faults.push((line, FileFault::NotEarlier { row: row.year, year }));
            } else if let Some((indicator, published)) = self.taking(line, &row) {
                if indicator.published.iter().any(|one| one.year == row.year) {
                    faults.push((line, FileFault::ValueTwice(row.year)));
                }
                indicator.published.push(published);
            } else {
                self.unplaced.push(row.no);
            }
        }
        match faults.is_empty() {
            true => Ok(self),
            false => Err(RunError::Faults { path: path.to_owned(), faults: told(faults) }),
        }
    }

    /// The plan with what outputs that the round names published of years before, where the file does not tell of them. Of several about
    /// one year the last named counts.
    pub fn with_earlier(mut self, outputs: &[PreviousOutput], year: i32) -> Self {
        for output in outputs.iter().rev().filter(|one| one.year < year && one.period.is_annual()) {
            for held in output.rows(&self.city.clone()) {
                let Some((indicator, published)) = self.taking(0, &held.row) else { continue };
                if indicator.published.iter().any(|one| one.year == published.year) {
                    continue;
                }
                let entry = output.entry(held, published.conversion.clone());
                let source = output.output.clone();
                let is_sample = output.is_illustrative;
                let line = entry.line;
                indicator.published.push(Published {
                    output: Some(entry),
                    source,
                    is_sample,
                    line,
                    ..published
                });
            }
        }
        self
    }

    /// The number of the row that a published value is of, the value in its unit, and how it was converted; `None` where nothing was held true, or where it is of no
    /// row of this plan or does not convert.
    pub fn value_of_row(&self, row: &PublishedRow) -> Option<(IndicatorNo, PastValue, Option<Conversion>)> {
        let indicator = self.indicators.iter().find(|one| is_of(row, one))?;
        let (value, conversion) = row.status.is_known().then(|| past(row, &indicator.unit))??;
        Some((indicator.no.clone(), value, conversion))
    }

    /// The row that a published value is of, whether there was a value or not.
    pub fn row_of_published(&self, row: &PublishedRow) -> Option<&Indicator> {
        self.indicators.iter().find(|one| is_of(row, one))
    }

    /// The row that a published value is of: the same in the catalogue, or the same target in prose by number and name. `None` also when
    /// its unit does not convert.
    fn taking(&mut self, line: usize, row: &PublishedRow) -> Option<(&mut Indicator, Published)> {
        let indicator = self.indicators.iter_mut().find(|one| is_of(row, one))?;
        let (value, conversion) = match row.status.is_known() {
            true => past(row, &indicator.unit).map(|(value, conversion)| (Some(value), conversion))?,
            false => (None, None),
        };
        let published = Published {
            year: row.year,
            value,
            written: row.value.clone(),
            conversion,
            status: row.status,
            issued: format!("{}{}", row.value, if indicator.is_qualitative() { "" } else { &row.unit }),
            source: row.source.clone(),
            line,
            is_sample: row.source.contains(SAMPLE),
            is_converted: row.unit != indicator.unit.text() && !indicator.is_qualitative(),
            output: None,
        };
        Some((indicator, published))
    }
}

/// Whether a published value is of a row: the same in the catalogue, or the same target in prose by number and name.
fn is_of(row: &PublishedRow, one: &Indicator) -> bool {
    match &row.id {
        Some(id) => one.id.as_ref() == Some(id),
        None => one.origin == Origin::Prose && one.no == row.no && bare(&one.name) == bare(&row.name),
    }
}

/// A published value in the unit of a row, and how it was converted; `None` when it does not convert.
fn past(row: &PublishedRow, unit: &Unit) -> Option<(PastValue, Option<Conversion>)> {
    let kept = |text: String, value| PastValue { year: row.year, text, value, line: String::new() };
    if unit.is_presence() {
        let is_answer = PRESENCE.contains(&row.value.as_str());
        return is_answer.then(|| (kept(row.value.clone(), None), None));
    }
    let published = written("值", &row.value).ok()?;
    if row.unit == unit.text() {
        return Some((kept(published.text, Some(published.value)), None));
    }
    let (value, conversion) = Unit::parse(&row.unit).convert(published.value, unit)?;
    Some((kept(plain(value), Some(value)), conversion))
}

fn bare(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "城市,指标,目录编号,指标名称,年份,值,单位,状态,说明,来源\n";

    fn faults(lines: &str) -> String {
        told(parse(&format!("{HEAD}{lines}")).unwrap_err()).join("\n")
    }

    #[test]
    fn a_line_is_read_whatever_a_spreadsheet_made_of_the_file() {
        let text = "\u{feff}来源,城市,指标,目录编号,指标名称,年份,值,单位,状态,说明,另\n输出一,a,1,rd,'=研发,2023年,3.10,%,核定,,x\n,,,,,,,,,\n输出一,a,P1,,政策,2023,,有/无,待核实,存疑\n";
        let rows = parse(text).unwrap();
        let lines: Vec<usize> = rows.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2, 4]);
        let (one, other) = (&rows[0].1, &rows[1].1);
        assert_eq!((one.name.as_str(), one.year, one.value.as_str()), ("=研发", 2023, "3.10"));
        assert_eq!((other.id.as_ref(), other.status), (None, PublishedStatus::InDoubt));
    }

    #[test]
    fn what_cannot_be_used_is_told_with_its_line() {
        for (lines, part) in [
            ("a,1,rd,研发,去年,3.1,%,核定,,输出\n", "第2行 (line 2): “去年”不是年份"),
            ("a,1,rd,研发,2023,三,%,核定,,输出\n", "“三”不是数值"),
            ("a,1,rd,研发,2023,,%,核定,,输出\n", "状态“核定”的行应有值"),
            ("a,1,rd,研发,2023,3.1,%,待核实,存疑,输出\n", "状态“待核实”的行不应有值"),
            ("a,1,rd,研发,2023,3.1,%,好,,输出\n", "核定"),
            ("a,1,rd,研发,2023,3.1,%,核定,,\n", "缺少来源"),
            ("甲,1,rd,研发,2023,3.1,%,核定,,输出\n", "不能作代号"),
            (&format!("a,1,rd,研发,2023,3.1,%,核定,{},输出\n", "长".repeat(30_001)), "说明"),
        ] {
            let told = faults(lines);
            assert!(told.contains(part), "{part} in {told}");
        }
        assert!(told(parse("城市,指标\n").unwrap_err())[0].contains("目录编号"));
    }
}
