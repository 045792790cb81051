//! The register of receipts (收件登记): `received.csv` beside the submissions, kept by the bureau.
//!
//! Times of files are no evidence of receipt: they change when an archive is copied. So the bureau writes down when
//! each workbook came, in whatever program it has at hand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{Datelike as _, NaiveDate, NaiveDateTime};

use super::text::{clean, name_key};
use crate::error::RunError;
use crate::files;
use crate::finding::{Finding, LineFault, Place, RegisterFault, ReturnProblem};
use crate::ident::CityId;
use crate::inputs::Inputs;
use crate::shown;

/// What the register says.
#[derive(Debug, Default)]
pub(super) struct Register {
    /// Time of receipt by the name of the file as registered.
    received: BTreeMap<String, NaiveDateTime>,
    /// The first of these names by what it comes down to.
    plain: BTreeMap<String, String>,
    /// Names on lines that cannot be used, of which a finding tells, by what they come down to.
    faulty: BTreeSet<String>,
    /// Whether there is no file, or none that can be used: then no workbook is registered, which is said once.
    pub(super) state: RegisterState,
}

/// Whether the register could be read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum RegisterState {
    /// There is no file.
    #[default]
    Missing,
    /// There is one, but it cannot be used; a finding says why.
    Unusable,
    /// It was read.
    Read,
}

impl Register {
    /// How many files it has.
    pub(super) fn len(&self) -> usize {
        self.received.len()
    }

    /// Names of all files in the register that mean none of some files.
    pub(super) fn without(&self, files: &[String]) -> impl Iterator<Item = &str> {
        let here: BTreeSet<String> = files.iter().flat_map(|file| entries_for(file)).collect();
        let names = self.received.keys().map(String::as_str);
        names.filter(move |name| !here.contains(&plain(name)))
    }

    /// When a file came, by any of its names.
    pub(super) fn find(&self, names: &[String]) -> Option<NaiveDateTime> {
        let exact = names.iter().find_map(|name| self.received.get(&clean(name)));
        let means =
            || names.iter().flat_map(|name| entries_for(name)).filter_map(|one| self.plain.get(&one)).min();
        exact.or_else(|| self.received.get(means()?)).copied()
    }

    /// Whether a file stands only on a line that cannot be used.
    pub(super) fn is_faulty(&self, names: &[String]) -> bool {
        names.iter().flat_map(|name| entries_for(name)).any(|entry| self.faulty.contains(&entry))
    }

    fn add(&mut self, name: String, time: NaiveDateTime) {
        let first = self.plain.entry(plain(&name)).or_insert_with(|| name.clone());
        if name < *first {
            first.clone_from(&name);
        }
        self.received.insert(name, time);
    }
}

/// A name without capitals, and without a folder before it.
fn plain(name: &str) -> String {
    let name = clean(name).to_lowercase().replace('\\', "/");
    name.rsplit('/').next().unwrap_or_default().trim().to_owned()
}

/// A plain name without the extension of a workbook, if it has one.
fn stem(plain: &str) -> Option<&str> {
    let (stem, extension) = plain.rsplit_once('.')?;
    EXTENSIONS.contains(&extension).then_some(stem)
}

/// What entries that mean a file come down to: its own name, in capitals or not, or that without the extension.
fn entries_for(file: &str) -> Vec<String> {
    let file = plain(file);
    let bare = stem(&file).filter(|bare| stem(bare).is_none()).map(str::to_owned);
    [Some(file.clone()), bare].into_iter().flatten().collect()
}

/// Extensions of workbooks.
const EXTENSIONS: [&str; 8] = ["xlsx", "xls", "xlsm", "xlsb", "et", "ett", "ods", "csv"];

/// Headings of the column of files.
const FILE: [&str; 12] = [
    "文件",
    "文件名",
    "文件名称",
    "工作簿",
    "工作簿名称",
    "工作簿名",
    "报表",
    "报表名称",
    "报送文件",
    "材料名称",
    "附件",
    "附件名称",
];

/// Headings of the time of receipt, the best first. Date and time of day may stand in columns of their own.
const TIME: [&str; 14] = [
    "收到时间",
    "收件时间",
    "接收时间",
    "收文时间",
    "收到日期",
    "收件日期",
    "接收日期",
    "收文日期",
    "登记时间",
    "登记日期",
    "报送时间",
    "报送日期",
    "日期",
    "时间",
];

/// Reads the register. One that does not exist is empty.
///
/// # Errors
/// Fails when the file exists and cannot be read; lines that cannot be used are findings.
pub(super) fn read(
    inputs: &Inputs,
    path: &Path,
    city: &CityId,
    year: i32,
    findings: &mut Vec<Finding>,
) -> Result<Register, RunError> {
    if !inputs.is_there(path)? {
        return Ok(Register::default());
    }
    let (register, faults) = match inputs.written(path)? {
        Some(bytes) => parse(&bytes, year),
        None => unusable(RegisterFault::TooLong),
    };
    let place = Place::file(&format!("{city}/{}", files::name(path)));
    let told = faults
        .into_iter()
        .map(|reason| Finding::new(city, place.clone(), ReturnProblem::RegisterLine { reason }.into()));
    findings.extend(told);
    Ok(register)
}

/// Reads what a file holds; what cannot be used is told, one for each kind of fault.
fn parse(bytes: &[u8], year: i32) -> (Register, Vec<RegisterFault>) {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return unusable(RegisterFault::Workbook);
    }
    let Some(text) = files::text_in_any_code(bytes) else {
        return unusable(RegisterFault::NotText);
    };
    let rows = rows(&text);
    let headed = rows.iter().take(5).enumerate();
    let headed = headed.clone().find_map(|(at, row)| Some((at + 1, Columns::of(&row.fields)?)));
    // A register without headings may begin with its first line.
    let bare = || Some((0, Columns::by_content(&rows.first()?.fields)?));
    let Some((begin, columns)) = headed.or_else(bare) else {
        return unusable(RegisterFault::NoHeadings);
    };
    let mut register = Register { state: RegisterState::Read, ..Register::default() };
    let mut faults = Faults::default();
    for row in rows.iter().skip(begin) {
        let get = |at: usize| row.fields.get(at).map(|field| clean(field)).unwrap_or_default();
        if row.fields.iter().any(|field| field.contains('\n')) {
            faults.add(LineFault::OpenQuote, row.line, None);
            break;
        }
        let (name, when) = (get(columns.file), columns.time.iter().map(|at| get(*at)).collect::<Vec<_>>());
        let when = when.join(" ").trim().to_owned();
        let (brief_name, brief_when) = (shown::brief(&name), shown::brief(&when));
        let shown = Some((brief_name.as_str(), brief_when.as_str()));
        let time = moment(&when);
        if time.is_none_or(|time| time.year() < year) && !name.is_empty() {
            register.faulty.insert(plain(&name));
        }
        match time {
            _ if name.is_empty() && when.is_empty() => {}
            _ if name.is_empty() => faults.add(LineFault::NoName, row.line, shown),
            _ if when.is_empty() => faults.add(LineFault::NoTime, row.line, shown),
            None => faults.add(LineFault::UnknownTime, row.line, shown),
            Some(moment) if moment.year() < year => faults.add(LineFault::BeforeYear, row.line, shown),
            Some(moment) => match register.received.get(&name) {
                Some(before) if *before != moment => {
                    faults.add(LineFault::Repeated, row.line, shown);
                }
                _ => {
                    register.add(name, moment);
                }
            },
        }
    }
    (register, faults.0)
}

fn unusable(why: RegisterFault) -> (Register, Vec<RegisterFault>) {
    (Register { state: RegisterState::Unusable, ..Register::default() }, vec![why])
}

/// Faults of the lines, those of one kind together.
#[derive(Default)]
struct Faults(Vec<RegisterFault>);

impl Faults {
    fn add(&mut self, kind: LineFault, line: usize, first: Option<(&str, &str)>) {
        let alike = self.0.iter_mut().find_map(|known| match known {
            RegisterFault::Lines { fault, lines, .. } if *fault == kind => Some(lines),
            _ => None,
        });
        match alike {
            Some(lines) => lines.push(line),
            None => self.0.push(RegisterFault::Lines {
                fault: kind,
                lines: vec![line],
                first: first.map(|(name, time)| (name.to_owned(), time.to_owned())),
            }),
        }
    }
}

/// Which columns hold what.
struct Columns {
    file: usize,
    /// The column of the time, or those of date and time of day.
    time: Vec<usize>,
}

impl Columns {
    /// Columns without headings: one with the name of a workbook, another with a time.
    fn by_content(fields: &[String]) -> Option<Self> {
        let is_workbook = |field: &&String| {
            let name = clean(field).to_lowercase();
            name.rsplit_once('.').is_some_and(|(_, extension)| EXTENSIONS.contains(&extension))
        };
        let file = fields.iter().position(|field| is_workbook(&field))?;
        let time = fields.iter().position(|field| moment(field).is_some())?;
        Some(Self { file, time: vec![time] })
    }

    fn of(heads: &[String]) -> Option<Self> {
        let heads: Vec<String> = heads.iter().map(|head| name_key(head)).collect();
        let heads: Vec<&str> = heads.iter().map(|head| head.split('(').next().unwrap_or_default()).collect();
        let column =
            |names: &[&str]| names.iter().find_map(|name| heads.iter().position(|head| head == name));
        let file = column(&FILE)?;
        let first = column(&TIME)?;
        let is = |at: usize, word: &str| heads.get(at).is_some_and(|head| head.ends_with(word));
        let stem = heads.get(first).map_or("", |head| head.trim_end_matches(['日', '期', '时', '间']));
        let other = |word: &str| {
            let found = |name: &str| heads.iter().position(|head| *head == name).filter(|at| *at != first);
            found(&format!("{stem}{word}")).or_else(|| found(word))
        };
        // 收到日期 beside 收到时间: the day, and the time of day.
        let time = match (is(first, "时间"), other("日期")) {
            (true, Some(day)) => vec![day, first],
            _ if is(first, "日期") => [first].into_iter().chain(other("时间")).collect(),
            _ => vec![first],
        };
        Some(Self { file, time })
    }
}

/// A line of the register.
struct ReceiptRow {
    line: usize,
    fields: Vec<String>,
}

/// The lines that hold anything, cut at whatever separates them: comma, tab, semicolon, their full-width forms, or a bar.
fn rows(text: &str) -> Vec<ReceiptRow> {
    const MARKS: [char; 7] = ['\t', ',', ';', '，', '；', '|', '、'];
    let count = |mark: char| text.lines().take(5).map(|line| line.matches(mark).count()).max().unwrap_or(0);
    let mark = MARKS.into_iter().filter(|mark| count(*mark) > 0).max_by_key(|mark| {
        let is_usual = matches!(mark, '\t' | ',' | ';');
        (is_usual, count(*mark))
    });
    let mark = mark.unwrap_or(',');
    let (text, delimiter) = match u8::try_from(mark) {
        Ok(byte) => (text.to_owned(), byte),
        Err(_) => (text.replace(mark, "\t"), b'\t'),
    };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let (mut line, mut counted) = (1, 0);
    for record in reader.records().flatten() {
        // A record begins behind the blank lines before it.
        let begin =
            record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(counted);
        let blank =
            text.get(begin..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        line += text.get(counted..begin + blank).map_or(0, |passed| passed.matches('\n').count());
        counted = begin + blank;
        let mut fields: Vec<String> = record.iter().map(str::to_owned).collect();
        let filled = fields.iter().filter(|field| !field.trim().is_empty()).count();
        // One line among others with full-width commas.
        let other = ['，', '；', ',', ';', '\t']
            .into_iter()
            .find(|other| fields.iter().any(|field| field.contains(*other)));
        if let (1, Some(other)) = (filled, other) {
            fields = fields.concat().split(other).map(str::to_owned).collect();
        }
        if filled > 0 {
            rows.push(ReceiptRow { line, fields });
        }
    }
    rows
}

/// Reads `2024-01-12 16:05` and the other ways in which people write it, or a date alone as its noon.
pub(super) fn moment(text: &str) -> Option<NaiveDateTime> {
    let text = clean(text);
    let text = text.trim();
    let split = text
        .find(|c: char| c.is_whitespace() || c == 'T')
        .or_else(|| text.find('日').map(|at| at + '日'.len_utf8()));
    let (date, time) = split.map_or((text, ""), |at| text.split_at(at));
    let time = time.trim_start_matches(|c: char| c.is_whitespace() || c == 'T').trim();
    // 2024年 1月 12日: blanks within the date.
    let Some(day) = day(date) else {
        let whole: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        return if whole == text { None } else { moment(&whole) };
    };
    if time.is_empty() { day.and_hms_opt(12, 0, 0) } else { clock(day, time) }
}

/// A time of day: `16:05`, `16:05:00`, `16时5分`, `下午4:05`, `4:05 PM`.
fn clock(day: NaiveDate, time: &str) -> Option<NaiveDateTime> {
    let upper = time.to_uppercase();
    let is_later = ["下午", "晚上", "晚", "PM"].iter().any(|word| upper.contains(word));
    let is_earlier = ["上午", "早上", "凌晨", "AM"].iter().any(|word| upper.contains(word));
    let mut bare = upper;
    for word in ["下午", "晚上", "晚", "上午", "早上", "凌晨", "中午", "AM", "PM"] {
        bare = bare.replace(word, "");
    }
    let bare = bare.replace(['时', '点', '分'], ":").replace('秒', "");
    let bare = bare.split('.').next().unwrap_or_default().trim().trim_end_matches(':');
    let parts: Vec<u32> = bare.split(':').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let (hour, minute, second) = match parts.as_slice() {
        [hour] => (*hour, 0, 0),
        [hour, minute] => (*hour, *minute, 0),
        [hour, minute, second] => (*hour, *minute, *second),
        _ => return None,
    };
    let hour = match hour {
        1..=11 if is_later => hour + 12,
        12 if is_earlier => 0,
        hour => hour,
    };
    day.and_hms_opt(hour, minute, second)
}

/// Reads a date in one of the ways people write it.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let text = text.replace(['年', '月', '.', '/'], "-").replace(['日', '号'], "");
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return NaiveDate::parse_from_str(&text, "%Y%m%d").ok();
    }
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let year = if year.len() == 2 { format!("20{year}") } else { (*year).to_owned() };
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.trim().parse().ok()?, day.trim().parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(bytes: &[u8]) -> (Vec<(String, String)>, Vec<RegisterFault>) {
        let (register, faults) = parse(bytes, 2023);
        let found =
            register.received.into_iter().map(|(name, time)| (name, time.format("%m-%d %H:%M").to_string()));
        (found.collect(), faults)
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for text in [
            "2024-01-12 16:05",
            "2024/01/12 16:05",
            "2024-1-12 16:05",
            "2024-01-12 16:05:00",
            "2024-01-12T16:05:00",
            "2024年1月12日 16时05分",
            "2024年1月12日16:05",
            "2024 年 1 月 12 日 16:05",
            "2024.1.12 下午4:05",
            "2024/1/12 4:05 PM",
            "２０２４－０１－１２　１６：０５",
        ] {
            let found = moment(text).map(|moment| moment.to_string());
            assert_eq!(found.as_deref(), Some("2024-01-12 16:05:00"), "{text}");
        }
        for text in ["2024-01-12", "2024年1月12日", "2024.1.12", "20240112", "24-1-12"] {
            assert_eq!(
                moment(text).map(|moment| moment.to_string()).as_deref(),
                Some("2024-01-12 12:00:00"),
                "{text}"
            );
        }
        for text in ["1月12日", "昨天", "", "2024-13-12", "2024-01-12 26:05"] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn registers_are_read_whatever_program_saved_them() {
        let expected = vec![
            ("a.xlsx".to_owned(), "01-12 16:05".to_owned()),
            ("b.xlsx".to_owned(), "01-13 09:00".to_owned()),
        ];
        let text = "文件,收到时间\na.xlsx,2024-01-12 16:05\nb.xlsx,2024-01-13 09:00\n";
        let utf16 = |mark: &str| -> Vec<u8> {
            format!("{mark}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
        };
        for bytes in [
            text.as_bytes().to_vec(),
            format!("\u{feff}{text}").into_bytes(),
            encoding_rs::GB18030.encode(text).0.into_owned(),
            utf16("\u{feff}"),
            utf16(""),
            text.replace(',', ";").into_bytes(),
            text.replace(',', "\t").into_bytes(),
            text.replace(',', "，").into_bytes(),
            text.replace("a.xlsx,", "a.xlsx，").into_bytes(),
            text.replace('\n', "\r\n").into_bytes(),
            text.replace("文件,收到时间\n", "").into_bytes(),
            text.replace('\n', ",,\n,,\n").into_bytes(),
            format!("收件登记表,,\n\n{text}\n\n,,\n").into_bytes(),
            text.replace("文件,收到时间", "工作簿,收件日期").into_bytes(),
            text.replace("文件,收到时间", "文件名称,收到日期").into_bytes(),
            b"\xE6\x96\x87\xE4\xBB\xB6,\xE6\x94\xB6\xE5\x88\xB0\xE6\x97\xA5\xE6\x9C\x9F,\xE6\x94\xB6\xE5\x88\xB0\xE6\x97\xB6\xE9\x97\xB4\na.xlsx,2024-01-12,16:05\nb.xlsx,2024-01-13,09:00\n".to_vec(),
        ] {
            let shown = String::from_utf8_lossy(&bytes).into_owned();
            assert_eq!(entries(&bytes), (expected.clone(), Vec::new()), "{shown}");
        }
    }

    #[test]
    fn bad_lines_are_told_by_kind_and_the_others_are_used() {
        let (found, faults) = entries(
            "文件,收到时间\na.xlsx,2024-01-12 16:05\nb.xlsx,昨天\nb.xlsx,前天\na.xlsx,2024-01-13 09:00\nc.xlsx,2014-01-12 09:00\n\"d.xlsx,2024-01-12\ne.xlsx,2024-01-12\n".as_bytes(),
        );
        assert_eq!(found.len(), 1);
        assert_eq!(faults.len(), 4, "{faults:?}");
        let told = |fault: LineFault, lines: &[usize], name: &str, time: &str| RegisterFault::Lines {
            fault,
            lines: lines.to_vec(),
            first: (!name.is_empty()).then(|| (name.to_owned(), time.to_owned())),
        };
        let expected = [
            told(LineFault::UnknownTime, &[3, 4], "b.xlsx", "昨天"),
            told(LineFault::Repeated, &[5], "a.xlsx", "2024-01-13 09:00"),
            told(LineFault::BeforeYear, &[6], "c.xlsx", "2014-01-12 09:00"),
            told(LineFault::OpenQuote, &[7], "", ""),
        ];
        assert_eq!(faults, expected);
    }

    #[test]
    fn a_register_that_cannot_be_used_is_one_fault() {
        for bytes in ["名称,时候\na.xlsx,2024-01-12\n".as_bytes(), b"PK\x03\x04", b"\xff\xff\xff", b""] {
            let (register, faults) = parse(bytes, 2023);
            assert_eq!((register.state, faults.len()), (RegisterState::Unusable, 1), "{faults:?}");
        }
    }

    #[test]
    fn entries_mean_files_with_or_without_extension_folder_and_capitals() {
        for (entry, file, expected) in [
            ("市科技局.xlsx", "市科技局.xlsx", true),
            ("市科技局", "市科技局.xlsx", true),
            ("市科技局.XLSX", "市科技局.xlsx", true),
            ("xiangtan\\submissions\\市科技局.xlsx", "市科技局.xlsx", true),
            ("市科技局.xls", "市科技局.xlsx", false),
            ("市科技局", "市科技局_v2.xlsx", false),
            ("市科技局.xlsx", "市科技局.xlsx.xlsx", false),
        ] {
            let (register, _) = parse(format!("文件,收到时间\n{entry},2024-01-12 16:05\n").as_bytes(), 2023);
            let files = [file.to_owned()];
            assert_eq!(register.find(&files).is_some(), expected, "{entry} {file}");
            assert_eq!(register.without(&files).next().is_none(), expected, "{entry} {file}");
        }
    }
}
