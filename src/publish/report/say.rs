//! How sentences are told in the language of a document: each has its Chinese and its English wording in one place, of the same parts.
//!
//! What is counted, compared and rounded is worked out once, before a sentence is worded; so both languages print the same numerals, with the
//! same steps of the ledger.

/// A sentence in a language: its Chinese and its English wording, with the names of its parts in braces.
macro_rules! say {
    ($language:expr, $chinese:literal, $english:literal $(,)?) => {
        match $language {
            $crate::finding::Language::Chinese => format!($chinese),
            $crate::finding::Language::English => format!($english),
        }
    };
}
pub(super) use say;

use crate::finding::Language;

/// Sentences one after the other; those that say nothing are left out.
pub(super) fn sentences(language: Language, all: &[&str]) -> String {
    let said: Vec<&str> = all.iter().copied().filter(|sentence| !sentence.is_empty()).collect();
    said.join(language.of("", " "))
}

/// What so many things are called in English.
pub(super) fn plural(count: usize, one: &'static str, several: &'static str) -> &'static str {
    if count == 1 { one } else { several }
}

/// A number with its unit: `62个`, `62`, `168.45 hundred million yuan`, `3%`.
pub(super) fn with_unit(language: Language, number: &str, unit: &str) -> String {
    match language {
        Language::English if !unit.is_empty() && !unit.starts_with('%') => format!("{number} {unit}"),
        _ => format!("{number}{unit}"),
    }
}

/// Whose or of what kind something is, behind it: `湘潭（市）`, `Xiangtan (city)`.
pub(super) fn in_brackets(language: Language, words: &str) -> String {
    say!(language, "（{words}）", " ({words})")
}

/// Words that are quoted as they are, in whatever language they were written.
pub(super) fn as_written(words: &str) -> String {
    format!("“{words}”")
}

/// A small number in English words, where the Chinese has words.
pub(super) fn number_word(number: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}
