//! References to pieces of evidence (佐证编号) as people write them → numbers of the unit's own list.

use std::collections::{BTreeMap, BTreeSet};

use super::text::{clean, name_key};
use super::{Collected, Evidence};
use crate::ident::UnitName;

/// The most pieces that one range stands for; a longer one is a slip.
const LONGEST_RANGE: u32 = 200;

/// Most references of a cell that are told apart; what stands behind them is one, as it is written, which no list has.
const MOST_REFERENCES: usize = 1000;

/// The references in a cell: `Z1、Z3`, `Z5、6` (Z5 and Z6), `附件Z7`, `见Z3`, `(Z1)`, `①②`. Ranges stay as they are until the
/// list is known.
pub(super) fn references(text: &str) -> Vec<String> {
    let text = unremarked(&joined(&clean(&uncircled(text))));
    let mut found: Vec<String> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut beyond: Vec<&str> = Vec::new();
    let mut prefix = String::new();
    for part in text.split(|c: char| SEPARATORS.contains(c) || c.is_whitespace()) {
        // Z1等2份
        let part = bare(part.split('等').next().unwrap_or_default());
        // 见 Z4: the word stands apart from the number.
        let is_lead_in = LEAD_INS.contains(&part) && text.contains(|c: char| c.is_ascii_digit());
        if part.is_empty() || NOTHING.contains(&part) || is_lead_in {
            continue;
        }
        let own: String = part.chars().take_while(|c| c.is_alphabetic()).collect();
        let is_number = own.is_empty() && part.starts_with(|c: char| c.is_ascii_digit());
        let reference = if is_number && part.chars().all(|c| c.is_ascii_digit() || is_dash(c)) {
            format!("{prefix}{part}")
        } else {
            prefix = if part.len() > own.len() { own } else { String::new() };
            part.to_owned()
        };
        if known.len() == MOST_REFERENCES && !known.contains(&reference) {
            beyond.push(part);
        } else if known.insert(reference.clone()) {
            found.push(reference);
        }
    }
    found.extend((!beyond.is_empty()).then(|| beyond.join(",")));
    found
}

const SEPARATORS: &str = "、,;/和及与&+|。";

/// A text without remarks in brackets behind numbers, such as pages; numbers in brackets stay, and a point between two numbers
/// is a comma: `Z1(第3页)`, `Z1.Z2`.
fn unremarked(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (closes, digits) = (next(&chars, |c| c == ')'), next(&chars, |c| c.is_ascii_digit()));
    let others = next(&chars, |c| !is_of_number(c));
    let mut kept = String::new();
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        let behind_number = kept.ends_with(|c: char| c.is_ascii_digit() || c == '号');
        let after = |places: &[usize]| places.get(at + 1).copied().unwrap_or(chars.len());
        let close = after(&closes);
        let is_number = after(&digits) < close && after(&others) >= close;
        match close < chars.len() && *c == '(' && behind_number {
            true if !is_number => at = close + 1,
            true => {
                kept.push(',');
                at += 1;
            }
            false => {
                let first = chars.get(at + 1);
                let between = *c == '.' && behind_number && first.is_some_and(|c| c.is_alphabetic());
                kept.push(if between { ',' } else { *c });
                at += 1;
            }
        }
    }
    kept
}

/// For each place the next one, from it on, of a character.
fn next(chars: &[char], is: impl Fn(char) -> bool) -> Vec<usize> {
    let mut next = chars.len();
    let places = chars.iter().enumerate().rev().map(|(at, c)| {
        next = if is(*c) { at } else { next };
        next
    });
    let mut places: Vec<usize> = places.collect();
    places.reverse();
    places
}

/// What says that there is no evidence.
const NOTHING: [&str; 8] = ["-", "--", "—", "无", "暂无", "没有", "缺", "0"];

/// Words that stand before the number of a piece of evidence.
const LEAD_INS: [&str; 18] = [
    "附表",
    "附图",
    "详见",
    "参见",
    "另见",
    "请见",
    "见",
    "佐证材料",
    "证明材料",
    "支撑材料",
    "佐证",
    "附件",
    "附",
    "材料",
    "编号",
    "序号",
    "第",
    "No.",
];

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '—' | '–' | '−' | '~' | '至' | '到')
}

/// Numbers in circles, which elsewhere are marks of notes, are numbers here, but not right behind another number: Z4①.
fn uncircled(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        let number = ('①'..='⑳').contains(&c).then(|| u32::from(c).checked_sub(0x245F)).flatten();
        match number {
            Some(_) if shown.ends_with(|c: char| c.is_ascii_digit()) => {}
            Some(number) => shown.push_str(&format!(" {number} ")),
            None => shown.push(c),
        }
    }
    shown
}

/// A text without blanks between the letters of a number and its digits: `Z 4`.
fn joined(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let behind = || text.get(at..).unwrap_or_default().trim_start();
        let is_prefix = || {
            let letters = kept.trim_end_matches(|c: char| c.is_ascii_uppercase());
            letters.len() < kept.len() && !letters.ends_with(|c: char| c.is_ascii_alphanumeric())
        };
        if !(c.is_whitespace() && is_prefix() && behind().starts_with(|c: char| c.is_ascii_digit())) {
            kept.push(c);
        }
    }
    kept
}

/// A reference without brackets around it and words before it.
fn bare(part: &str) -> &str {
    let mut part = part.trim();
    loop {
        let before = part;
        part = part.trim_matches(|c: char| "()[]【】〔〕《》<>“”\"'‘’.:".contains(c) || c.is_whitespace());
        for word in LEAD_INS {
            let rest = part.strip_prefix(word).unwrap_or(part).trim_start_matches([':', ' ', '.']);
            // 附件 alone names nothing, and 材料12号文 is a title.
            if is_number(rest) || LEAD_INS.iter().any(|word| rest.starts_with(word)) {
                part = rest;
            }
        }
        part = part
            .strip_suffix('号')
            .filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
            .unwrap_or(part);
        if part == before {
            return part;
        }
    }
}

/// Whether a text is a number with letters before it, or a range of such, at most in brackets.
fn is_number(text: &str) -> bool {
    text.chars().all(is_of_number) && text.contains(|c: char| c.is_ascii_digit())
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_alphanumeric() || is_dash(c) || "()[].号 ".contains(c)
}

/// How numbers of evidence are compared: in capitals, without blanks, words before and zeros in front: `z01` is `Z1`.
fn key(no: &str) -> String {
    let no = clean(&uncircled(no));
    let no: String = bare(&no).to_uppercase().chars().filter(|c| !c.is_whitespace()).collect();
    let mut key = String::new();
    let mut digits = String::new();
    for c in no.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            let trimmed = digits.trim_start_matches('0');
            key.push_str(if trimmed.is_empty() { "0" } else { trimmed });
            digits.clear();
        }
        if c != '\0' && c != '.' && c != '_' {
            key.push(if is_dash(c) { '-' } else { c });
        }
    }
    // Z-1 is Z1; 1-1 is a number of its own.
    match key.split_once('-') {
        Some((letters, number)) if letters.chars().all(char::is_alphabetic) => format!("{letters}{number}"),
        _ => key,
    }
}

/// The list of a unit: pieces by what they are found by, the first of each and how many there are.
#[derive(Default)]
struct List<'a> {
    by_key: BTreeMap<String, (&'a Evidence, usize)>,
    /// By their numbers without letters before them.
    by_bare: BTreeMap<String, (&'a Evidence, usize)>,
    by_title: BTreeMap<String, &'a Evidence>,
}

impl<'a> List<'a> {
    fn add(&mut self, piece: &'a Evidence) {
        let key = key(&piece.no);
        let bare = without_letters(&key).to_owned();
        for (list, key) in [(&mut self.by_key, key), (&mut self.by_bare, bare)] {
            list.entry(key).or_insert((piece, 0)).1 += 1;
        }
        for text in [&piece.title, &piece.document].into_iter().filter(|text| !text.is_empty()) {
            self.by_title.entry(name_key(text)).or_insert(piece);
        }
    }

    /// The number in the list that a reference means: the same number, a bare one that only one piece has, or a title.
    fn find(&self, reference: &str) -> Option<String> {
        let wanted = key(reference);
        if wanted.is_empty() {
            return None;
        }
        let bare = without_letters(&wanted);
        // One of the two is bare: the reference, or the number in the list.
        let same = if bare == wanted { self.by_bare.get(bare) } else { self.by_key.get(bare) };
        let only = same.filter(|(_, count)| *count == 1 && !bare.is_empty());
        let numbered = self.by_key.get(&wanted).or(only).map(|(piece, _)| *piece);
        let piece = numbered.or_else(|| self.by_title.get(&name_key(reference)).copied());
        piece.map(|piece| piece.no.clone())
    }

    /// The numbers that a reference stands for: those of the list where it has them, else as written.
    fn resolve(&self, reference: &str) -> Vec<String> {
        if let Some(no) = self.find(reference) {
            return vec![no];
        }
        match range(reference) {
            Some(parts) => parts.into_iter().map(|part| self.find(&part).unwrap_or(part)).collect(),
            None => vec![reference.to_owned()],
        }
    }
}

/// What is compared of a number that stands without the letters before it.
fn without_letters(key: &str) -> &str {
    key.trim_start_matches(char::is_alphabetic)
}

/// `Z4-Z6`, `Z4—6`, `4至6` → each of them.
fn range(reference: &str) -> Option<Vec<String>> {
    let text: String = reference.chars().map(|c| if is_dash(c) { '-' } else { c }).collect();
    let (first, last) = text.split_once('-')?;
    let split = |text: &str| {
        let text = bare(text).to_owned();
        let letters: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
        let digits = text.get(letters.len()..)?.to_owned();
        let number: u32 = digits.parse().ok()?;
        Some((letters, digits.len(), number))
    };
    let ((prefix, width, from), (other, _, to)) = (split(first)?, split(last.trim_start_matches('-'))?);
    let same = other.is_empty() || other.eq_ignore_ascii_case(&prefix);
    let length = to.checked_sub(from).filter(|length| *length > 0 && *length < LONGEST_RANGE);
    (same && length.is_some())
        .then(|| (from..=to).map(|number| format!("{prefix}{number:0width$}")).collect())
}

/// Replaces the references of all values and tasks by the numbers of each unit's list, ranges by what they stand for. What the
/// list has not stays as written.
pub(super) fn settle(collected: &mut Collected) {
    let mut lists: BTreeMap<&UnitName, List<'_>> = BTreeMap::new();
    for piece in &collected.evidence {
        lists.entry(&piece.unit).or_default().add(piece);
    }
    let none = List::default();
    let settled = |unit: &UnitName, references: &[String]| {
        let list = lists.get(unit).unwrap_or(&none);
        let mut found: Vec<String> = Vec::new();
        let mut known: BTreeSet<String> = BTreeSet::new();
        for reference in references {
            // Very many ranges are left as they are written.
            let is_few = found.len() < MOST_REFERENCES;
            let numbers = if is_few { list.resolve(reference) } else { vec![reference.clone()] };
            found.extend(numbers.into_iter().filter(|no| known.insert(no.clone())));
        }
        found
    };
    for seen in &mut collected.observations {
        seen.evidence = settled(&seen.unit, &seen.evidence);
    }
    for task in &mut collected.tasks {
        task.evidence = settled(&task.unit, &task.evidence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(text: &str, listed: &[(&str, &str)]) -> Vec<String> {
        let pieces: Vec<Evidence> = listed
            .iter()
            .map(|(no, title)| Evidence {
                unit: "市科技局".into(),
                no: (*no).to_owned(),
                title: (*title).to_owned(),
                document: String::new(),
            })
            .collect();
        let mut list = List::default();
        pieces.iter().for_each(|piece| list.add(piece));
        references(text).iter().flat_map(|reference| list.resolve(reference)).collect()
    }

    #[test]
    fn references_mean_the_pieces_of_the_list_however_they_are_written() {
        let list: Vec<(String, String)> =
            (1..=12).map(|no| (format!("Z{no}"), format!("材料{no}号文"))).collect();
        let list: Vec<(&str, &str)> = list.iter().map(|(no, title)| (no.as_str(), title.as_str())).collect();
        for (text, expected) in [
            ("Z1", &["Z1"][..]),
            ("Z1、Z3", &["Z1", "Z3"]),
            ("Z4-Z5", &["Z4", "Z5"]),
            ("Z4—Z6", &["Z4", "Z5", "Z6"]),
            ("Z4至Z6", &["Z4", "Z5", "Z6"]),
            ("Z4～6", &["Z4", "Z5", "Z6"]),
            ("Z5、6", &["Z5", "Z6"]),
            ("Z1,3-5", &["Z1", "Z3", "Z4", "Z5"]),
            ("附件Z7", &["Z7"]),
            ("见Z3", &["Z3"]),
            ("详见附件Z3、Z4", &["Z3", "Z4"]),
            ("佐证材料：Z2", &["Z2"]),
            ("Z1/Z2", &["Z1", "Z2"]),
            ("Z1和Z2", &["Z1", "Z2"]),
            ("（Z1）", &["Z1"]),
            ("【Z1】、【Z2】", &["Z1", "Z2"]),
            ("Ｚ１０", &["Z10"]),
            ("z01", &["Z1"]),
            ("Z-3", &["Z3"]),
            ("附件7", &["Z7"]),
            ("7", &["Z7"]),
            ("①②", &["Z1", "Z2"]),
            ("Z4①", &["Z4"]),
            ("Z4①、Z5②", &["Z4", "Z5"]),
            ("Z 4", &["Z4"]),
            ("Z 4、Z  5", &["Z4", "Z5"]),
            ("见 Z 4", &["Z4"]),
            ("Z1 Z 3", &["Z1", "Z3"]),
            ("Z4 5", &["Z4", "Z5"]),
            ("Z3号", &["Z3"]),
            ("Z1（第3页）", &["Z1"]),
            ("Z1（第3、4页）、Z2", &["Z1", "Z2"]),
            ("Z1(Z2)", &["Z1", "Z2"]),
            ("Z1、Z2等2份", &["Z1", "Z2"]),
            ("Z1 等2份", &["Z1"]),
            ("Z1.Z2", &["Z1", "Z2"]),
            ("附表Z1", &["Z1"]),
            ("材料12号文", &["Z12"]),
            ("Z11-Z14", &["Z11", "Z12", "Z13", "Z14"]),
            ("Z99", &["Z99"]),
            ("Z1-Z9000", &["Z1-Z9000"]),
            ("F7", &["F7"]),
            ("统计年鉴", &["统计年鉴"]),
            ("", &[]),
            ("-", &[]),
            ("无", &[]),
            ("/", &[]),
        ] {
            assert_eq!(resolved(text, &list), expected, "{text}");
        }
    }

    #[test]
    fn numbers_of_a_list_that_look_like_ranges_are_taken_as_they_are() {
        let list = [("1-1", "甲"), ("1-2", "乙"), ("2-1", "丙")];
        assert_eq!(resolved("1-2、2-1", &list), ["1-2", "2-1"]);
        let zeros = [("Z01", "甲"), ("Z02", "乙"), ("附件3", "丙")];
        assert_eq!(resolved("Z1-Z2、附件3", &zeros), ["Z01", "Z02", "附件3"]);
    }

    #[test]
    fn a_bare_number_that_two_pieces_have_is_not_resolved() {
        assert_eq!(resolved("1", &[("A1", "甲"), ("B1", "乙")]), ["1"]);
    }
}
