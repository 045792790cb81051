//! The lines of a document: what is heading, where targets are set, where annexes begin.

use super::lexicon::SECTIONS;
use super::numbers::{Numeral, numerals};
use super::passage::{NUMERALS, Passage};

/// A document line by line. Lines are numbered from 1.
pub(super) struct SourceText {
    lines: Vec<String>,
    passages: Vec<Passage>,
}

impl SourceText {
    pub(super) fn of(text: &str) -> Self {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let passages = lines.iter().map(|line| Passage::of(line)).collect();
        Self { lines, passages }
    }

    /// How many lines there are.
    pub(super) fn length(&self) -> usize {
        self.lines.len()
    }

    /// A line as it is.
    pub(super) fn line(&self, number: usize) -> &str {
        number.checked_sub(1).and_then(|at| self.lines.get(at)).map_or("", String::as_str)
    }

    /// A line without blanks.
    pub(super) fn passage(&self, number: usize) -> Option<&Passage> {
        number.checked_sub(1).and_then(|at| self.passages.get(at))
    }

    /// A line with plain signs and without blanks.
    pub(super) fn plain(&self, number: usize) -> &str {
        self.passage(number).map_or("", |passage| passage.plain.as_str())
    }

    /// The lines on which annexes begin (附件1).
    pub(super) fn annexes(&self) -> Vec<usize> {
        (1..=self.length()).filter(|number| is_annex(self.plain(*number))).collect()
    }

    /// The cells of a line that is a row of a grid.
    pub(super) fn cells(&self, number: usize) -> Option<Vec<&str>> {
        let line = self.line(number);
        let signs = line.chars().filter(|c| matches!(c, '|' | '\t' | '｜')).count();
        let line = line.trim_matches([' ', '\u{3000}']);
        let line = line.strip_prefix('|').unwrap_or(line);
        let line = line.strip_suffix('|').unwrap_or(line);
        let cells: Vec<&str> = line.split(['|', '\t', '｜']).map(str::trim).collect();
        (signs >= 2 && cells.iter().any(|cell| !cell.is_empty()) && cells.len() >= 3).then_some(cells)
    }
}

fn is_annex(text: &str) -> bool {
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附表"));
    rest.is_some_and(|rest| {
        let rest = rest.trim_end_matches(':');
        rest.chars().count() <= 2 && rest.chars().all(|c| c.is_ascii_digit() || NUMERALS.contains(c))
    })
}

/// Whether a section sets targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sets {
    /// Its heading says so.
    Targets,
    /// Its heading says something else.
    Unknown,
    /// It tells of the past, of principles or of who does what.
    Nothing,
}

/// The heading a line is, without its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SectionHeading<'a> {
    /// 一、 or 第一章.
    First(&'a str),
    /// （一）.
    Second(&'a str),
    /// No heading.
    None,
}

/// Longest heading, in characters.
const LONGEST: usize = 30;

/// The heading at the beginning of a line: the whole line, or its first sentence.
pub(super) fn heading(text: &str) -> SectionHeading<'_> {
    let first = text.split(['。', ':']).next().unwrap_or(text);
    let words = if text.chars().count() <= LONGEST { text.trim_end_matches(['。', ':']) } else { first };
    if words.chars().count() > LONGEST {
        return SectionHeading::None;
    }
    let numeral = |rest: &str| rest.trim_start_matches(|c: char| NUMERALS.contains(c)).len();
    let begins = words.len() - numeral(words);
    if begins > 0 {
        let rest = words.get(begins..).unwrap_or_default();
        return rest.strip_prefix('、').map_or(SectionHeading::None, SectionHeading::First);
    }
    if let Some(rest) = words.strip_prefix('第') {
        let rest = rest.trim_start_matches(|c: char| NUMERALS.contains(c) || c.is_ascii_digit());
        let behind = ["章", "部分", "篇"].iter().find_map(|word| rest.strip_prefix(word));
        if let Some(behind) = behind {
            return SectionHeading::First(behind);
        }
        return rest.strip_prefix('节').map_or(SectionHeading::None, SectionHeading::Second);
    }
    let inside = words.strip_prefix('(').map(|rest| rest.trim_start_matches(|c: char| NUMERALS.contains(c)));
    match inside.and_then(|rest| rest.strip_prefix(')')) {
        Some(rest) if words.len() > rest.len() + 2 => SectionHeading::Second(rest),
        _ => SectionHeading::None,
    }
}

fn sets(heading: &str) -> Sets {
    match SECTIONS.iter().find(|(word, _)| heading.contains(word)) {
        Some((_, true)) => Sets::Targets,
        Some((_, false)) => Sets::Nothing,
        None => Sets::Unknown,
    }
}

/// For every line, whether its section sets targets, up to a line.
pub(super) fn sections(document: &SourceText, end: usize) -> Vec<Sets> {
    let has_first =
        (1..end).any(|number| matches!(heading(document.plain(number)), SectionHeading::First(_)));
    let (mut first, mut second) = (if has_first { Sets::Nothing } else { Sets::Unknown }, None);
    let mut found = Vec::with_capacity(end);
    for number in 1..end {
        match heading(document.plain(number)) {
            SectionHeading::First(words) => (first, second) = (sets(words), None),
            SectionHeading::Second(words) => {
                let own = sets(words);
                second = (own != Sets::Unknown).then_some(own);
            }
            SectionHeading::None => {}
        }
        found.push(second.unwrap_or(first));
    }
    found
}

/// Whether a line can hold targets: long enough, with a sentence's words before a number.
pub(super) fn is_prose(text: &str) -> bool {
    let is_long = text.chars().count() > 10;
    // 2025年新增10家 begins with a year, 9月底前 with a month, and 1.2 with a number of a list.
    let is_dated = match numerals(text).first() {
        Some(Numeral::Year(at, _)) => at.start == 0,
        Some(Numeral::Other(at)) => at.start == 0 && text.get(at.end..).unwrap_or_default().starts_with('月'),
        _ => false,
    };
    let begins =
        is_dated || text.chars().next().is_some_and(|c| !c.is_ascii_digit()) || text.chars().count() > 20;
    let is_heading = heading(text) != SectionHeading::None && !has_quantity(text);
    is_long && begins && !is_heading
}

fn has_quantity(text: &str) -> bool {
    numerals(text)
        .iter()
        .any(|one| matches!(one, Numeral::MeasuredNumber(quantity) if !quantity.unit.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_where_targets_are_set() {
        let text = "前言\n一、发展基础\n达到5%\n二、总体要求\n(一)指导思想\n略\n(二)主要目标。到2025年达到6%\n三、强化平台\n四、保障措施\n";
        let document = SourceText::of(text);
        let found = sections(&document, document.length() + 1);
        assert_eq!(
            found,
            [
                Sets::Nothing,
                Sets::Nothing,
                Sets::Nothing,
                Sets::Unknown,
                Sets::Nothing,
                Sets::Nothing,
                Sets::Targets,
                Sets::Unknown,
                Sets::Nothing,
            ]
        );
        assert_eq!(heading("第三章坚持创新驱动"), SectionHeading::First("坚持创新驱动"));
        assert!(is_annex("附件1") && is_annex("附件:") && !is_annex("附件1.指标"));
    }

    #[test]
    fn a_line_with_two_bars_is_a_row_of_a_grid() {
        let document = SourceText::of("| 1 | 增速 | 5 |\n市统计局 |\na\tb\tc\n||\n");
        assert_eq!(document.cells(1), Some(vec!["1", "增速", "5"]));
        assert_eq!((document.cells(2), document.cells(4)), (None, None));
        assert_eq!(document.cells(3), Some(vec!["a", "b", "c"]));
    }
}
