//! A passage in sentences, clauses and the pieces of a list.

use std::ops::Range;

use super::numbers::{Numeral, numerals};

/// The text with the numbers of titles, of what is quoted and of remarks on other years (2025年为43.2%) made invisible; every character
/// keeps its place.
pub(super) fn masked(plain: &str) -> String {
    let (mut title, mut quoted) = (0_usize, 0_usize);
    let mut remark = false;
    let mask = |c: char| match c {
        '0'..='9' => '_',
        '百' | '千' | '万' | '亿' => '□',
        ',' => '_',
        c => c,
    };
    let mut text = String::with_capacity(plain.len());
    for (at, c) in plain.char_indices() {
        match c {
            '(' => remark = tells_of_a_year(plain.get(at + 1..).unwrap_or_default()),
            ')' => remark = false,
            '《' => title += 1,
            '》' => title = title.saturating_sub(1),
            '“' => quoted += 1,
            '”' => quoted = quoted.saturating_sub(1),
            _ => {}
        }
        text.push(if title > 0 || quoted > 0 || remark { mask(c) } else { c });
    }
    text
}

/// Whether what stands in brackets begins with a year and says what was: 2025年为43.2%, 2020年:5.
fn tells_of_a_year(inside: &str) -> bool {
    let inside = inside.split(')').next().unwrap_or_default();
    let is_year = matches!(numerals(inside).first(), Some(Numeral::Year(at, _)) if at.start == 0);
    is_year && ["为", ":", "是", "实际", "达"].iter().any(|word| inside.contains(word))
}

/// The sentences of a text; a cell of a table is one.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    cut(text, 0..text.len(), &|_, c| matches!(c, '。' | ';' | '!' | '|' | '\t'))
}

/// The clauses of a sentence; commas within numbers part nothing.
pub(super) fn clauses(text: &str, sentence: Range<usize>) -> Vec<Range<usize>> {
    let digit = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
    cut(text, sentence, &|at, c| {
        let in_number = digit(at.checked_sub(1)) && digit(Some(at + 1));
        matches!(c, '。' | ';' | '!') || (c == ',' && !in_number)
    })
}

/// The pieces of a clause: its list parted at 、 where more than one of them has a quantity.
pub(super) fn pieces(text: &str, clause: Range<usize>) -> Vec<Range<usize>> {
    let parts = cut(text, clause.clone(), &|_, c| c == '、');
    let has_quantity = |part: &&Range<usize>| {
        let part = text.get((*part).clone()).unwrap_or_default();
        numerals(part)
            .iter()
            .any(|one| matches!(one, Numeral::MeasuredNumber(quantity) if !quantity.unit.is_empty()))
    };
    if parts.iter().filter(has_quantity).count() < 2 {
        return vec![clause];
    }
    // What holds no number belongs to the piece behind it: 孵化器、众创空间9家.
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    for part in &parts {
        let start = open.take().unwrap_or(part.start);
        if has_quantity(&part) {
            found.push(start..part.end);
        } else {
            open = Some(start);
        }
    }
    if let (Some(_), Some(last)) = (open, found.last_mut()) {
        last.end = clause.end;
    }
    found
}

fn cut(text: &str, range: Range<usize>, ends: &dyn Fn(usize, char) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = range.start;
    for (at, c) in text.get(range.clone()).unwrap_or_default().char_indices() {
        let at = range.start + at;
        if ends(at, c) {
            found.push(start..at);
            start = at + c.len_utf8();
        }
    }
    found.push(start..range.end);
    found.retain(|part| !part.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_parted_only_where_their_pieces_have_quantities() {
        for (text, expected) in [
            ("新增单项冠军3家以上、中小企业100家", vec!["新增单项冠军3家以上", "中小企业100家"]),
            ("新增孵化器、众创空间、星创天地9家", vec!["新增孵化器、众创空间、星创天地9家"]),
            ("新增冠军3家、孵化器、众创空间9家", vec!["新增冠军3家", "孵化器、众创空间9家"]),
        ] {
            let found: Vec<&str> = pieces(text, 0..text.len()).into_iter().map(|at| &text[at]).collect();
            assert_eq!(found, expected);
        }
        let text = masked("实施《方案(2021—2023年)》,建设“3+4”体系,收入1,200万元。");
        let found: Vec<&str> = clauses(&text, 0..text.len()).into_iter().map(|at| &text[at]).collect();
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(numerals(&text).len(), 1);
    }
}
