//! The languages of the brief and of the main report.

use serde::Deserialize;

use super::fault::FileFault;
use super::sections::{At, Sections};
use super::words::word;
use crate::finding::Language;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReport {
    languages: Vec<String>,
}

/// The languages that a round asks for, the Chinese one first; that alone where it asks for none.
pub(super) fn read(sections: &mut Sections<'_>) -> Vec<Language> {
    let Some(At { line, entry }) = sections.optional::<RawReport>("report") else {
        return vec![Language::Chinese];
    };
    checked(&entry.languages).unwrap_or_else(|fault| {
        sections.fault(line, fault);
        Vec::new()
    })
}

fn checked(keys: &[String]) -> Result<Vec<Language>, FileFault> {
    let mut languages = Vec::new();
    for key in keys {
        let language = word("languages", key, &Language::KEYS)?;
        if languages.contains(&language) {
            return Err(FileFault::LanguageTwice);
        }
        languages.push(language);
    }
    if languages.first() != Some(&Language::Chinese) {
        return Err(FileFault::NoChinese);
    }
    Ok(languages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_is_told_in_chinese_and_asks_for_other_languages_by_their_keys() {
        let read = |keys: &[&str]| checked(&keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>());
        assert_eq!(read(&["zh"]).unwrap(), [Language::Chinese]);
        assert_eq!(read(&["zh", "en"]).unwrap(), [Language::Chinese, Language::English]);
        for (keys, fault) in [
            (&["en"][..], "zh"),
            (&[], "zh"),
            (&["en", "zh"], "zh"),
            (&["zh", "en", "en"], "重复"),
            (&["zh", "fr"], "fr"),
        ] {
            let told = read(keys).unwrap_err().to_string();
            assert!(told.contains(fault), "{keys:?}: {told}");
        }
    }
}
