//! `issued.csv` beside a plan: the register of the forms that were issued. `forms` alone writes it, and only adds to it: every line holds the
//! beginning of the digest of the line before, so that a line that was changed, taken out or put in is seen.

use std::path::Path;

use chrono::NaiveDate;

use super::chained::{self, LINE_BEFORE};
use super::fault::{FileFault, told};
use crate::error::RunError;
use crate::inputs::Inputs;

/// The name of the register.
pub const ISSUED: &str = "issued.csv";
/// The folder of the forms, as they were issued.
pub const ISSUED_FOLDER: &str = "issued";

/// Its columns.
pub(super) const ISSUED_HEADS: [&str; 10] =
    ["时间", "单位", "期别", "版次", "模板编号", "文件", "文件SM3", "方案SM3", "经办人", LINE_BEFORE];

/// A form that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedRow {
    /// The day on which it was issued.
    pub on: NaiveDate,
    /// The unit, as the plan called it.
    pub unit: String,
    /// The period, such as `2023-annual`.
    pub period: String,
    /// The edition, from 1.
    pub edition: u32,
    /// Its number (模板编号).
    pub template: String,
    /// The name of its file in the folder.
    pub file: String,
    /// SM3 of the file.
    pub sm3: String,
    /// SM3 of `plan.toml` as it was.
    pub plan_sm3: String,
    /// Who issued it.
    pub by: String,
}

impl IssuedRow {
    fn fields(&self) -> Vec<String> {
        let Self { on, unit, period, edition, template, file, sm3, plan_sm3, by } = self;
        let (on, edition) = (on.to_string(), edition.to_string());
        [&on, unit, period, &edition, template, file, sm3, plan_sm3, by].map(ToString::to_string).to_vec()
    }
}

/// The register as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IssuedForms {
    /// Its lines, the oldest first.
    pub rows: Vec<IssuedRow>,
}

impl IssuedForms {
    /// The last form of a unit for a period.
    pub fn last_of(&self, unit: &str, period: &str) -> Option<&IssuedRow> {
        self.rows.iter().rev().find(|row| row.unit == unit && row.period == period)
    }

    /// The file that holds it.
    ///
    /// # Errors
    /// Fails when a line cannot be written, which would be a fault of the program.
    pub fn written(&self) -> Result<Vec<u8>, RunError> {
        chained::written(ISSUED, &ISSUED_HEADS, self.rows.iter().map(IssuedRow::fields))
    }
}

/// Reads the register; one that is not there is empty.
///
/// # Errors
/// Fails when it cannot be read, or with its first fault: a line that cannot be read, or that does not follow the one before.
pub fn read_issued(inputs: &Inputs, path: &Path) -> Result<IssuedForms, RunError> {
    if !inputs.is_there(path)? {
        return Ok(IssuedForms::default());
    }
    let text = super::wording::read(inputs, path)?;
    parse(&text).map_err(|fault| RunError::Faults { path: path.to_owned(), faults: told(vec![fault]) })
}

fn parse(text: &str) -> Result<IssuedForms, (usize, FileFault)> {
    let first =
        |faults: Vec<(usize, FileFault)>| faults.into_iter().next().unwrap_or((1, FileFault::BrokenChain));
    let lines = chained::parse(text, &ISSUED_HEADS).map_err(first)?;
    let rows = lines.into_iter().map(|(line, fields)| row(fields).ok_or((line, FileFault::BrokenChain)));
    Ok(IssuedForms { rows: rows.collect::<Result<_, _>>()? })
}

fn row(fields: Vec<String>) -> Option<IssuedRow> {
    let [on, unit, period, edition, template, file, sm3, plan_sm3, by] =
        <[String; 9]>::try_from(fields).ok()?;
    Some(IssuedRow {
        on: on.parse().ok()?,
        unit,
        period,
        edition: edition.parse().ok()?,
        template,
        file: plain_name(file)?,
        sm3,
        plan_sm3,
        by,
    })
}

/// The name of a file in a folder of records: a name that leads elsewhere is none.
pub(super) fn plain_name(name: String) -> Option<String> {
    (!name.is_empty() && !name.contains(['/', '\\'])).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table_text::MARK;

    fn example(unit: &str, edition: u32) -> IssuedRow {
        IssuedRow {
            on: NaiveDate::from_ymd_opt(2023, 12, 1).unwrap(),
            unit: unit.to_owned(),
            period: "2023-annual".to_owned(),
            edition,
            template: format!("a-2023-annual-{unit}-{edition}-1777b6b5"),
            file: format!("{unit}_{edition}.xlsx"),
            sm3: "0".repeat(64),
            plan_sm3: "1".repeat(64),
            by: "=甲".to_owned(),
        }
    }

    fn three() -> (IssuedForms, String) {
        let forms = IssuedForms {
            rows: vec![example("市科技局", 1), example("统计局", 1), example("市科技局", 2)],
        };
        let text = String::from_utf8(forms.written().unwrap()).unwrap();
        (forms, text)
    }

    #[test]
    fn what_is_written_is_read_again_also_when_another_program_saved_it() {
        let (forms, text) = three();
        assert_eq!(parse(&text).unwrap(), forms);
        assert_eq!(forms.last_of("市科技局", "2023-annual").unwrap().edition, 2);
        assert_eq!(forms.last_of("市科技局", "2024-annual"), None);
        let saved = text.trim_start_matches(MARK).replace('\n', "\r\n").replace("统计局,", "\"统计局\",");
        assert_eq!(parse(&format!("{saved}\r\n,,,\r\n")).unwrap(), forms);
    }

    #[test]
    fn a_line_that_was_changed_taken_out_or_put_in_is_seen() {
        let (_, text) = three();
        let lines: Vec<&str> = text.lines().collect();
        let broken = |lines: &[&str]| parse(&lines.join("\n")).unwrap_err();
        let changed = lines[1].replace("2023-12-01", "2023-12-02");
        for (case, line) in [
            (vec![lines[0], &changed, lines[2], lines[3]], 3),
            (vec![lines[0], lines[2], lines[3]], 2),
            (vec![lines[0], lines[1], lines[3]], 3),
            (vec![lines[0], lines[1], lines[2], lines[2]], 4),
        ] {
            assert_eq!(broken(&case), (line, FileFault::BrokenChain), "{case:?}");
        }
        assert!(matches!(broken(&lines[1..]), (1, FileFault::NoColumns(_))));
        let elsewhere =
            IssuedForms { rows: vec![IssuedRow { file: "../a.xlsx".to_owned(), ..example("甲", 1) }] };
        let text = String::from_utf8(elsewhere.written().unwrap()).unwrap();
        assert_eq!(parse(&text).unwrap_err(), (2, FileFault::BrokenChain));
    }
}
