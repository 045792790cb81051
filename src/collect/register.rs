//! The register of receipts (收件登记): `received.csv` beside the submissions, kept by the bureau.
//!
//! Times of files are no evidence of receipt: they change when an archive is copied. So the bureau writes down when
//! each workbook came.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{Datelike as _, NaiveDate, NaiveDateTime};

use super::text::{clean, name_key};
use crate::error::RunError;
use crate::files;
use crate::finding::{Finding, Place, Problem};

/// Reads the register: file name → time of receipt. A register that does not exist is empty.
///
/// # Errors
/// Fails when the file exists and cannot be read; lines that cannot be used are findings.
pub(super) fn read(
    path: &Path,
    city: &str,
    year: i32,
    findings: &mut Vec<Finding>,
) -> Result<BTreeMap<String, NaiveDateTime>, RunError> {
    let mut received = BTreeMap::new();
    if !path.exists() {
        return Ok(received);
    }
    let bytes = files::read(path)?;
    let place = Place::file(&format!("{city}/{}", files::name(path)));
    let mut fault = |reason: String| {
        findings.push(Finding::new(city, place.clone(), Problem::RegisterLine { reason }));
    };
    let text = decoded(&bytes);
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads: Vec<String> =
        reader.headers().map(|heads| heads.iter().map(name_key).collect()).unwrap_or_default();
    let column = |names: &[&str]| heads.iter().position(|head| names.contains(&head.as_str()));
    let (Some(file), Some(time)) = (column(&["文件", "文件名"]), column(&["收到时间", "收件时间"]))
    else {
        fault("表头应有“文件”和“收到时间”".to_owned());
        return Ok(received);
    };
    for (index, record) in reader.records().enumerate() {
        let line = index + 2;
        let Ok(record) = record else {
            fault(format!("第{line}行不能读取"));
            continue;
        };
        let name = clean(record.get(file).unwrap_or_default());
        let when = clean(record.get(time).unwrap_or_default());
        if record.iter().any(|field| field.contains('\n')) {
            fault(format!("第{line}行的引号不成对，其后各行不能读取"));
            continue;
        }
        match moment(&when) {
            Some(moment) if !name.is_empty() && moment.year() < year => {
                fault(format!("第{line}行“{name}，{when}”，收到时间早于评估年度"));
            }
            Some(moment) if !name.is_empty() => match received.get(&name) {
                Some(before) if *before != moment => {
                    fault(format!("第{line}行“{name}”前面已登记过，时间不同，采用先登记的"));
                }
                _ => {
                    received.insert(name, moment);
                }
            },
            _ => fault(format!("第{line}行“{name}，{when}”，时间应写作2024-01-12 16:05")),
        }
    }
    Ok(received)
}

/// Spreadsheets save CSV in the system's code page, which in Chinese offices is GBK: what is not UTF-8 is read as that.
fn decoded(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(
        |_| encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned(),
        str::to_owned,
    )
}

/// Reads `2024-01-12 16:05`, or a date alone as its noon.
pub(super) fn moment(text: &str) -> Option<NaiveDateTime> {
    let text = text.replace('/', "-");
    NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S"))
        .ok()
        .or_else(|| day(&text)?.and_hms_opt(12, 0, 0))
}

/// Reads a date in one of the ways people write it.
fn day(text: &str) -> Option<NaiveDate> {
    let text = text.replace(['年', '月', '.'], "-").replace('日', "");
    NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for text in ["2024-01-12 16:05", "2024/01/12 16:05", "2024-01-12 16:05:00"] {
            assert_eq!(moment(text).map(|moment| moment.to_string()).as_deref(), Some("2024-01-12 16:05:00"));
        }
        for text in ["2024-01-12", "2024年1月12日", "2024.1.12"] {
            assert_eq!(moment(text).map(|moment| moment.to_string()).as_deref(), Some("2024-01-12 12:00:00"));
        }
        assert_eq!(moment("1月12日"), None);
    }

    #[test]
    fn a_register_saved_by_a_chinese_spreadsheet_is_read() {
        let bytes = encoding_rs::GB18030.encode("文件,收到时间").0.into_owned();
        assert_eq!(decoded(&bytes), "文件,收到时间");
        assert_eq!(decoded("文件".as_bytes()), "文件");
    }

    #[test]
    fn bad_lines_are_findings_and_the_others_are_used() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("received.csv");
        std::fs::write(&path, "\u{feff}文件,收到时间\na.xlsx,2024-01-12 16:05\nb.xlsx,昨天\na.xlsx,2024-01-13 09:00\nc.xlsx,2014-01-12 09:00\n\"d.xlsx,2024-01-12\ne.xlsx,2024-01-12\n").unwrap();
        let mut findings = Vec::new();
        let received = read(&path, "x", 2023, &mut findings).unwrap();
        assert_eq!(received.len(), 1);
        let said: Vec<String> =
            findings.iter().map(|finding| finding.message(crate::finding::Language::Chinese)).collect();
        assert_eq!(said.len(), 4, "{said:?}");
        for (message, part) in said.iter().zip(["第3行", "第4行", "早于", "引号"]) {
            assert!(message.contains(part), "{message}");
        }
    }
}
