//! The numbers of a document that no rule took, and what it wants without a number.

use std::collections::{BTreeMap, BTreeSet};

use super::numbers::{Numeral, numerals};
use super::passage::{NUMERALS, beginning, ending, plain};
use super::sections::SourceText;
use super::{Draft, DraftRow, LeftNumber};

/// Characters before and behind a number that are shown of its clause.
const AROUND: usize = 20;

/// Every quantity and label of the document that stands in no row, target, date, number of a heading or number of a document; `heads` are
/// the lines of the headings of tables that were read.
pub(super) fn numbers(document: &SourceText, draft: &Draft, heads: &[usize]) -> Vec<LeftNumber> {
    let mut found = Vec::new();
    let passed_over: BTreeSet<usize> =
        heads.iter().copied().chain(draft.notes.iter().map(|(line, _)| *line)).collect();
    let mut all_taken = taken(draft);
    let mut rows: BTreeMap<usize, &DraftRow> = BTreeMap::new();
    for row in draft.rows.iter().rev() {
        rows.extend((row.lines.0..=row.lines.1).map(|line| (line, row)));
    }
    for number in (1..=document.length()).filter(|number| !passed_over.contains(number)) {
        let mut taken = all_taken.remove(&number).unwrap_or_default();
        match document.cells(number) {
            Some(cells) => {
                let name = rows.get(&number).map(|row| row.name.as_str()).unwrap_or_default();
                for cell in cells {
                    of_text(&plain(cell), (number, name), &mut taken, &mut found);
                }
            }
            None => {
                of_text(document.plain(number), (number, ""), &mut taken, &mut found);
                found.extend(wanted(document.plain(number), number, draft));
            }
        }
    }
    found
}

/// The numbers of a text that are not taken, a clause each; `name` is that of the row in which it stands.
fn of_text(
    text: &str,
    (line, name): (usize, &str),
    taken: &mut Vec<TakenNumber>,
    found: &mut Vec<LeftNumber>,
) {
    let mut open: Vec<std::ops::Range<usize>> = Vec::new();
    for one in numerals(text) {
        if matches!(one, Numeral::Year(..)) {
            continue;
        }
        let at = digits_of(text, &one);
        if is_number_of(text, &one, &at) || is_taken(text, &at, taken) {
            continue;
        }
        open.push(at);
    }
    open.extend(in_words(text).into_iter().filter(|at| !is_taken(text, at, taken)));
    open.sort_by_key(|at| at.start);
    // The numbers of a clause are told once.
    let mut here: Vec<std::ops::Range<usize>> = Vec::new();
    for at in open {
        match here.last_mut() {
            Some(last) if !text.get(last.end..at.start).unwrap_or_default().contains(PARTS) => {
                last.end = at.end;
            }
            _ => here.push(at),
        }
    }
    let name = Some(name).filter(|name| !name.is_empty() && !text.contains(name));
    found.extend(here.iter().map(|at| LeftNumber {
        line,
        row: name.map(str::to_owned),
        text: around(text, at),
    }));
}

/// Words of a degree, and of what is to become of something, with which clauses end that want something and give no number: 较快增长, 基本消除.
const DEGREES: &[&str] = &[
    "较快",
    "稳步",
    "稳定",
    "平稳",
    "持续",
    "显著",
    "明显",
    "大幅",
    "大幅度",
    "进一步",
    "基本",
    "全面",
    "有效",
    "不断",
];
const BECOMES: &[&str] = &[
    "增长", "提升", "提高", "改善", "下降", "降低", "消除", "好转", "优化", "增强", "扩大", "壮大", "建成",
    "形成",
];

/// The clauses of a text that want something without a number and that no target was read from.
fn wanted(text: &str, line: usize, draft: &Draft) -> Vec<LeftNumber> {
    let is_read = |clause: &str| {
        let quotes =
            draft.targets.iter().filter(|target| target.line == line).map(|target| plain(&target.quote));
        quotes.into_iter().any(|quote| quote.contains(clause))
    };
    let clauses =
        text.split(['。', ',', ';', '(', ')']).map(|clause| clause.trim_start_matches(['—', '-', ' ']));
    let vague = clauses.filter(|clause| {
        let head = ending(clause, BECOMES).and_then(|word| clause.get(..clause.len() - word.len()));
        head.is_some_and(|head| ending(head, DEGREES).is_some_and(|degree| degree.len() < head.len()))
    });
    let left = vague.filter(|clause| !is_read(clause) && numerals(clause).is_empty());
    left.map(|clause| LeftNumber { line, row: None, text: clause.to_owned() }).collect()
}

/// Units of what is counted one by one, behind numerals.
const COUNTED: [char; 14] =
    ['家', '个', '项', '所', '座', '条', '名', '户', '场', '件', '支', '台', '套', '处'];
/// Words behind such a number that count nothing that is to be reached.
const NO_COUNT: &[&str] = &[
    "方面", "维护", "代表", "确立", "意识", "自信", "坚持", "全面", "务必", "结合", "转变", "为主", "统筹",
    "文明", "中心", "月", "体系", "阶段",
];

/// Numbers in Chinese numerals before a unit: 建设三个园区. 一 is an article more often than a number.
fn in_words(text: &str) -> Vec<std::ops::Range<usize>> {
    let is_numeral = |c: char| NUMERALS.contains(c) || c == '两';
    let mut found = Vec::new();
    for (at, _) in text.char_indices().filter(|(_, c)| COUNTED.contains(c)) {
        let head = text.get(..at).unwrap_or_default();
        let begin = head.trim_end_matches(is_numeral).len();
        let numeral = head.get(begin..).unwrap_or_default();
        let behind: String = text.get(at..).unwrap_or_default().chars().skip(1).collect();
        let is_ordinal = head.get(..begin).unwrap_or_default().ends_with(['第', '“']);
        if !matches!(numeral, "" | "一") && !is_ordinal && beginning(&behind, NO_COUNT).is_none() {
            found.push(begin..at);
        }
    }
    found
}

/// What an entry of the draft took of a line: a passage of it, or a number of a cell, once.
enum TakenNumber {
    Passage(String),
    Cell(String),
    Whole(String),
}

/// What the draft took, by line.
fn taken(draft: &Draft) -> BTreeMap<usize, Vec<TakenNumber>> {
    let mut found: BTreeMap<usize, Vec<TakenNumber>> = BTreeMap::new();
    let mut take = |line: usize, taken: TakenNumber| found.entry(line).or_default().push(taken);
    for target in &draft.targets {
        take(target.line, TakenNumber::Passage(plain(&target.quote)));
    }
    for one in &draft.deadlines {
        take(one.line, TakenNumber::Passage(plain(&one.quote)));
    }
    // The number of a group of tasks stands before its name.
    for group in &draft.task_groups {
        let lines = group.lines.0.saturating_sub(3)..=group.lines.0;
        lines.for_each(|line| take(line, TakenNumber::Whole(group.no.clone())));
    }
    for row in &draft.rows {
        row.quotas.iter().for_each(|quota| take(quota.line, TakenNumber::Cell(plain(&quota.value))));
        row.parts.iter().for_each(|part| take(part.line, TakenNumber::Cell(plain(&part.text))));
    }
    for row in &draft.rows {
        let lines = row.lines.0..=row.lines.1;
        let numbers = row.values.iter().chain(&row.targets).filter(|number| lines.contains(&number.line));
        numbers.for_each(|number| take(number.line, TakenNumber::Cell(plain(&number.quote))));
        for line in lines {
            take(line, TakenNumber::Passage(row.name.clone()));
            let unit = row.unit.clone().filter(|unit| !unit.is_empty());
            unit.into_iter().for_each(|unit| take(line, TakenNumber::Passage(unit)));
        }
        let digits: String = row.no.chars().filter(char::is_ascii_digit).collect();
        take(row.lines.0, TakenNumber::Cell(digits));
    }
    found
}

/// Where the digits of a number stand.
fn digits_of(text: &str, one: &Numeral) -> std::ops::Range<usize> {
    let at = if let Numeral::MeasuredNumber(quantity) = one { &quantity.number } else { one.at() };
    let end =
        text.get(at.clone()).unwrap_or_default().find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
    at.start..end.map_or(at.end, |end| at.start + end)
}

/// Dates, numbers of documents, of headings, of lists and of annexes say nothing that could be a target.
fn is_number_of(text: &str, one: &Numeral, at: &std::ops::Range<usize>) -> bool {
    let head = text.get(..at.start).unwrap_or_default();
    let behind = text.get(at.end..).unwrap_or_default();
    let begins = head.is_empty() || head.ends_with([';', '。', ':', ')']);
    let is_list = begins && at.len() <= 2 && behind.starts_with(['.', '、', ')', '．']);
    let is_document = matches!(one, Numeral::Other(_))
        && (head.ends_with(['〔', '[', '第']) || behind.starts_with(['〕', '号', '月', '日', '条']));
    let is_date = matches!(one, Numeral::Other(_))
        && text.get(one.at().clone()).is_some_and(|day| day.contains('年') || day.contains('月'));
    let is_annex = head.ends_with("专栏")
        || head.ends_with("表")
        || head.ends_with("附件")
        || head.ends_with("附表")
        || head.ends_with("附件:");
    let is_title = head.rfind('《').is_some_and(|open| !head.get(open..).unwrap_or_default().contains('》'));
    is_list || is_document || is_date || is_annex || is_title
}

fn is_taken(text: &str, at: &std::ops::Range<usize>, taken: &mut Vec<TakenNumber>) -> bool {
    let digits = text.get(at.clone()).unwrap_or_default();
    let in_passage = taken.iter().any(|one| match one {
        TakenNumber::Passage(passage) => text
            .match_indices(passage.as_str())
            .any(|(from, _)| from <= at.start && at.end <= from + passage.len()),
        TakenNumber::Whole(whole) => text.trim_matches('|') == whole,
        TakenNumber::Cell(_) => false,
    });
    if in_passage {
        return true;
    }
    let cell = taken.iter().position(|one| matches!(one, TakenNumber::Cell(cell) if cell.contains(digits)));
    if let Some(cell) = cell {
        // Another number of the same cell is taken too: 30，力争33.
        if matches!(taken.get(cell), Some(TakenNumber::Cell(text)) if text == digits) {
            taken.swap_remove(cell);
        }
        return true;
    }
    false
}

/// What parts clauses.
const PARTS: [char; 4] = [',', '。', ';', '|'];

fn around(text: &str, at: &std::ops::Range<usize>) -> String {
    let head = text.get(..at.start).unwrap_or_default();
    let head = head.rsplit(PARTS).next().unwrap_or_default();
    let from = head.chars().count().saturating_sub(AROUND);
    let head: String = head.chars().skip(from).collect();
    let behind = text.get(at.end..).unwrap_or_default();
    let behind: String = behind.split(PARTS).next().unwrap_or_default().chars().take(AROUND).collect();
    format!("{head}{}{behind}", text.get(at.clone()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_clause_wants_without_a_number_is_left_unless_a_target_was_read_from_it() {
        let read = |quote: &str| Draft {
            targets: vec![crate::draft::DraftTarget {
                line: 1,
                quote: quote.to_owned(),
                ..Default::default()
            }],
            ..Draft::default()
        };
        for (text, quote, expected) in [
            ("研发活动力争实现较快增长,培育科技领军企业50家", "", "研发活动力争实现较快增长"),
            ("义务教育大班额基本消除。", "", "义务教育大班额基本消除"),
            ("——创新投入显著提升。", "", "创新投入显著提升"),
            ("研发活动力争实现较快增长", "研发活动力争实现较快增长", ""),
            ("企业数显著提升到50家", "", ""),
            ("稳步提升", "", ""),
            ("进一步提高认识", "", ""),
        ] {
            let found: Vec<String> = wanted(text, 1, &read(quote)).into_iter().map(|one| one.text).collect();
            assert_eq!(found.join("/"), expected, "{text}");
        }
    }
}
