//! `signoff.toml` of a round: who drafted the report, who reviewed and who issued it, written by themselves about figures that they name by their
//! 数字指纹. The program writes no name here, nor takes one from elsewhere.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};
use unicode_normalization::UnicodeNormalization as _;

use super::fault::FileFault;
use super::previous::fingerprint;
use super::sections::{At, Sections, day};
use super::wording;
use super::words::word;
use crate::digest::is_fingerprint;
use crate::error::RunError;
use crate::files;
use crate::inputs::Inputs;

/// The name of the file.
pub const SIGNOFF: &str = "signoff.toml";

/// In what role somebody signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignRole {
    /// 编制.
    Drafted,
    /// 复核.
    Reviewed,
    /// 签发.
    Issued,
}

impl SignRole {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::Drafted, Self::Reviewed, Self::Issued];

    /// The word in the file and in the report.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Drafted => "编制",
            Self::Reviewed => "复核",
            Self::Issued => "签发",
        }
    }

    /// The word in tables.
    pub fn key(self) -> &'static str {
        match self {
            Self::Drafted => "drafted",
            Self::Reviewed => "reviewed",
            Self::Issued => "issued",
        }
    }
}

/// What somebody signed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    /// As what.
    #[serde(deserialize_with = "role")]
    pub role: SignRole,
    /// Who.
    pub person: String,
    /// Of which office.
    pub office: String,
    /// When.
    #[serde(deserialize_with = "day")]
    pub on: NaiveDate,
    /// What was done, in the person's words.
    pub statement: String,
    /// The 数字指纹 of the figures that it is about.
    #[serde(deserialize_with = "figures")]
    pub over: String,
    /// A signature, or where one is; not verified.
    #[serde(default)]
    pub signature: String,
}

impl SignOff {
    /// Whether it is about these figures.
    pub fn is_over(&self, figures: &str) -> bool {
        self.over == figures
    }

    fn fault(&self) -> Option<FileFault> {
        let empty = [("person", &self.person), ("office", &self.office), ("statement", &self.statement)];
        let empty = empty.into_iter().find(|(_, text)| name(text).is_empty());
        let odd = || FileFault::NotAFingerprint { what: "over", text: self.over.clone() };
        empty.map(|(field, _)| FileFault::Empty(field)).or_else(|| (!is_fingerprint(&self.over)).then(odd))
    }
}

/// A name without the blanks by which short names are spread: 张　三 is 张三.
fn name(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

fn role<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SignRole, D::Error> {
    let roles = SignRole::ALL.map(|role| (role.chinese(), role));
    word("role", &String::deserialize(deserializer)?, &roles).map_err(serde::de::Error::custom)
}

fn figures<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map(|text| fingerprint(&text))
}

/// Reads the file of a round's folder; one that is not there is empty.
///
/// # Errors
/// Fails when it cannot be read, or with the list of its faults: one person who drafted and reviewed the same figures, figures that were
/// issued before they were reviewed.
pub(super) fn read(inputs: &Inputs, folder: &Path) -> Result<Vec<SignOff>, RunError> {
    let path = folder.join(SIGNOFF);
    if !files::is_there(&path)? {
        return Ok(Vec::new());
    }
    let text = wording::read(inputs, &path)?;
    let mut sections = Sections::parse(&text);
    let signed = sections.many::<SignOff>("signoff");
    for (line, fault) in faults(&signed) {
        sections.fault(line, fault);
    }
    let faults = sections.finish();
    if faults.is_empty() {
        Ok(signed.into_iter().map(|at| at.entry).collect())
    } else {
        Err(RunError::Faults { path, faults })
    }
}

/// What is wrong: of an entry by itself, and of those about the same figures together.
fn faults(signed: &[At<SignOff>]) -> Vec<(usize, FileFault)> {
    let mut faults: Vec<(usize, FileFault)> =
        signed.iter().filter_map(|at| Some((at.line, at.entry.fault()?))).collect();
    let mut by_figures: BTreeMap<&str, BTreeMap<SignRole, &At<SignOff>>> = BTreeMap::new();
    for at in signed {
        let of_role = by_figures.entry(&at.entry.over).or_default();
        if of_role.insert(at.entry.role, at).is_some() {
            faults.push((at.line, FileFault::SignedTwice(at.entry.role.chinese())));
        }
    }
    for roles in by_figures.values() {
        let of = |role: SignRole| roles.get(&role).copied();
        if let (Some(drafted), Some(reviewed)) = (of(SignRole::Drafted), of(SignRole::Reviewed))
            && name(&drafted.entry.person) == name(&reviewed.entry.person)
        {
            faults.push((reviewed.line, FileFault::SamePerson(reviewed.entry.person.clone())));
        }
        if let (Some(reviewed), Some(issued)) = (of(SignRole::Reviewed), of(SignRole::Issued))
            && issued.entry.on < reviewed.entry.on
        {
            let (issued_on, reviewed) = (issued.entry.on, reviewed.entry.on);
            faults.push((issued.line, FileFault::IssuedEarly { issued: issued_on, reviewed }));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of(entries: &[(&str, &str, u32, char)]) -> Vec<String> {
        let signed: Vec<At<SignOff>> = (1..)
            .zip(entries)
            .map(|(line, (role, person, day, over))| {
                let of = SignRole::ALL.into_iter().find(|one| one.chinese() == *role).unwrap();
                let on = NaiveDate::from_ymd_opt(2024, 2, *day).unwrap();
                let (office, statement) = ("统计局".to_owned(), "核对无误".to_owned());
                let over = over.to_string().repeat(64);
                let person = (*person).to_owned();
                At {
                    line,
                    entry: SignOff {
                        role: of,
                        person,
                        office,
                        on,
                        statement,
                        over,
                        signature: String::new(),
                    },
                }
            })
            .collect();
        faults(&signed).into_iter().map(|(line, fault)| format!("{line} {fault}")).collect()
    }

    #[test]
    fn four_eyes_sign_and_in_their_order() {
        for (entries, told) in [
            (&[("编制", "张三", 1, 'a'), ("复核", "李四", 2, 'a'), ("签发", "王五", 2, 'a')][..], None),
            (&[("编制", "张三", 1, 'a'), ("复核", "张　三", 2, 'a')], Some("2 编制和复核都是“张　三”")),
            (&[("编制", "张三", 1, 'a'), ("复核", "张三", 2, 'b')], None),
            (
                &[("复核", "李四", 2, 'a'), ("签发", "王五", 1, 'a')],
                Some("2 签发日期2024-02-01早于复核日期2024-02-02"),
            ),
            (&[("复核", "李四", 2, 'a'), ("复核", "王五", 2, 'a')], Some("2 同一份数字的“复核”写了两次")),
            (&[("签发", " ", 2, 'a')], Some("1 person 为空")),
            (&[("签发", "王五", 2, 'x')], Some("1 over = ")),
        ] {
            let found = faults_of(entries);
            let expected: Vec<&str> = told.into_iter().collect();
            assert_eq!(found.len(), expected.len(), "{found:?}");
            assert!(found.iter().zip(expected).all(|(found, told)| found.starts_with(told)), "{found:?}");
        }
    }
}
