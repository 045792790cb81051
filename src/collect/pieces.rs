//! Pieces of headings that are read before or beside their words: days, counties, units, Latin.

use super::lexicon::{ActualStrength, Meaning, word_at};
use super::text::clean;
use crate::characters::is_han;
use crate::quantity::Unit;

/// What follows where the name of the city is that of a county: 湘潭|县; 湘潭县域 and 湘潭县区 are not.
pub(super) fn county(after: &str) -> Option<&str> {
    let beyond = after.strip_prefix(['县', '区', '镇', '乡', '旗'])?;
    (!beyond.starts_with(['域', '区', '级', '市', '县', '划'])).then_some(beyond)
}

/// Whether a text begins with how a value was settled or sent: 核定, 审核, 填报.
pub(super) fn is_settled(text: &str) -> bool {
    let is_of =
        |word: &str| word.starts_with(['核', '审', '认', '复', '填', '报', '申']) || word.starts_with("上报");
    matches!(word_at(text), Some((Meaning::Actual(ActualStrength::Weak | ActualStrength::Strong), word, _)) if is_of(word))
}

/// The year whose last day a heading is and nothing else: 2023-12-31, 2023/12/31, 2023年12月31日.
pub(super) fn last_day(text: &str) -> Option<String> {
    let text = clean(text);
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let is_date = text.chars().all(|c| c.is_ascii_digit() || "-/.年月日".contains(c));
    match parts[..] {
        [year, "12", "31"] if is_date && year.len() == 4 => Some(format!("{year}年末")),
        _ => None,
    }
}

pub(super) fn is_unit(text: &str) -> bool {
    Unit::parse(text).is_known() && !Unit::parse(text).text().is_empty()
}

pub(super) fn starts_with_mark(text: &str) -> bool {
    text.starts_with(['(', ')', '/', ',', '、', ':', ';', '.', '-'])
}

/// A heading with its Latin words apart, where there are Chinese ones; letters beside digits stay (Q3).
pub(super) fn without_latin(key: &str) -> (String, String) {
    if !key.chars().any(is_han) {
        return (key.to_owned(), String::new());
    }
    let characters: Vec<char> = key.chars().collect();
    let (mut kept, mut latin) = (String::new(), String::new());
    for (at, c) in characters.iter().enumerate() {
        let quarter = matches!(c, 'q' | 'h') && characters.get(at + 1).is_some_and(char::is_ascii_digit);
        if !c.is_ascii_alphabetic() || quarter { kept.push(*c) } else { latin.push(*c) }
    }
    (kept, latin)
}

/// Whether a unit of counting is also the name of a group: 企业 over a column means those of enterprises.
pub(super) fn is_thing(text: &str) -> bool {
    let text = clean(text);
    Unit::parse(&text).is_count() && text.chars().count() > 1 && !text.ends_with(['次', '年'])
}
