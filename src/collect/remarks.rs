//! Remarks beside values and notes below tables: what a sentence says of the number itself. 截至11月底 does, 比上年增长5% does not.

use std::collections::BTreeMap;

use super::Vintage;
use super::around::{MOST_NOTES, OwnTexts, below, is_other_note};
use super::period::period;
use super::roles::Role;
use super::table::Table;
pub(super) use super::telling::Said;
use super::telling::{Reader, is_example};
use super::text::{clean, name_key, years_in};
use crate::ident::CellRef;
use crate::period::Reach;
use crate::workbook::Sheet;

/// Marks behind names and values that refer to a footnote.
const MARKS: &[char] =
    &['*', '＊', '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '★', '☆', '△', '▲', '※', '#'];

/// Words in front of what a number is.
const STARTS: [&str; 22] = [
    "此数为",
    "此数",
    "本数",
    "该数",
    "该值",
    "本项",
    "此项",
    "暂按",
    "按照",
    "暂用",
    "沿用",
    "引用",
    "采用",
    "使用",
    "填报",
    "暂为",
    "最新为",
    "均为",
    "数据",
    "取",
    "用",
    "按",
];
/// Words that narrow what follows to a part.
const ONLY: [&str; 4] = ["仅", "只含", "只是", "只"];
/// What a number is called at the end.
const DATA: [&str; 7] = ["数", "数据", "值", "累计", "数值", "实绩", "完成情况"];
/// Words behind what a number is.
const VERBS: [&str; 6] = ["填报", "填列", "上报", "报送", "填写", "填"];
/// Words for a value that is estimated, besides those of the lexicon.
const ESTIMATED: [&str; 7] = ["估计", "推算", "测算", "估算", "暂估", "预计", "预估"];
/// Words for a value that is known early.
const EARLY: [&str; 5] = ["快报", "初步", "初步核算", "初步统计", "初报"];

/// Words that take a number back.
const VOID: [&str; 6] = ["作废", "勿用", "不用", "有误", "无效", "停用"];

/// What a remark says of the number beside it; `own` are the names of what the number is of.
pub(super) fn said(text: &str, reader: &Reader<'_>, own: &[&str]) -> Option<Said> {
    reader.said(text, || said_beside(text, reader, own))
}

fn said_beside(text: &str, reader: &Reader<'_>, own: &[&str]) -> Option<Said> {
    let text = clean(text);
    if is_example(&text) || text.split([',', ';', '。', '(', ')']).any(is_example) {
        return Some(Said::Example);
    }
    let mut found = None;
    for clause in text.split([',', ';', '。', '\n', '(', ')']) {
        match clause_says(clause.trim(), clause.trim() == text.trim(), reader, own) {
            Some(Said::Otherwise) => return Some(Said::Otherwise),
            Some(other) => found = found.or(Some(other)),
            None => {}
        }
    }
    found
}

fn clause_says(clause: &str, is_whole: bool, reader: &Reader<'_>, own: &[&str]) -> Option<Said> {
    if clause.is_empty() || clause.chars().count() > 40 {
        return None;
    }
    let is_void = clause.chars().count() <= 8 && VOID.iter().any(|word| clause.ends_with(word));
    if is_void || reader.read(clause, own).excludes_area {
        return Some(Said::Otherwise);
    }
    // 企业数为去年数: what stands behind the last 为 says what it is.
    let behind = ["为", "是", "系"]
        .iter()
        .filter_map(|word| clause.rfind(word).and_then(|at| clause.get(at + word.len()..)))
        .min_by_key(|rest| rest.len())
        .filter(|rest| !rest.is_empty());
    let names_number =
        behind.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && period(rest).is_none());
    if names_number {
        return None;
    }
    let (mut bare, mut is_started) = behind.map_or((clause, is_whole), |rest| (rest, true));
    let mut is_only = clause.contains('仅');
    while let Some((word, rest)) =
        STARTS.iter().chain(&ONLY).find_map(|word| Some((*word, bare.strip_prefix(word)?)))
    {
        if rest.is_empty() || word == "数据" && !rest.starts_with("截") && !rest.starts_with('为') {
            break;
        }
        is_only |= ONLY.contains(&word);
        is_started |= word != "数据";
        bare = rest;
    }
    let bare = bare.trim_end_matches(['。', '.', ':']);
    let bare = VERBS.iter().find_map(|verb| bare.strip_suffix(verb)).unwrap_or(bare);
    phrase_says(bare, is_started, is_only, reader, own)
}

/// What a phrase says that a number is; whether it is introduced as such, and as a part.
fn phrase_says(
    bare: &str,
    is_started: bool,
    is_only: bool,
    reader: &Reader<'_>,
    own: &[&str],
) -> Option<Said> {
    let told = reader.read(bare, own);
    let is_data = DATA.iter().any(|word| bare.ends_with(word));
    let is_until = bare.starts_with("截至") || bare.starts_with("截止") || bare.starts_with("统计至");
    let is_said = is_started || is_data;
    let root =
        DATA.iter().filter_map(|word| bare.strip_suffix(word)).min_by_key(|rest| rest.len()).unwrap_or(bare);
    if is_said && EARLY.contains(&root) {
        return Some(Said::Early(Vintage::Preliminary));
    }
    if is_said && (ESTIMATED.contains(&root) || told.kind == Some(Role::Estimate)) {
        return Some(Said::Early(Vintage::Estimated));
    }
    let years = years_in(bare);
    let is_later = !years.is_empty() && years.iter().all(|year| *year > reader.index.year);
    let is_basis = bare.ends_with("口径") || bare.ends_with('价');
    let is_dated =
        (told.other_year || told.part) && told.exact && !is_later && !is_basis && (is_said || is_until);
    let is_past = told.past && told.exact && is_said;
    let other = [Role::Target, Role::Base, Role::Previous, Role::PartOfYear, Role::OtherYear];
    let is_kind = told.kind.is_some_and(|kind| other.contains(&kind)) && is_data && !bare.ends_with("增加值");
    let is_elsewhere = (told.elsewhere || (told.area && told.exact)) && (is_data || is_only);
    let is_narrow = told.narrow && (is_data || is_only || bare.ends_with("口径"));
    let is_other = is_dated || is_past || is_kind || is_elsewhere || is_narrow;
    is_other.then_some(Said::Otherwise)
}

/// A note, its cell, and what it says.
pub(super) type Note = (CellRef, String, Said);

/// What the notes below a table say of its rows.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Of single rows.
    pub(super) of_row: BTreeMap<u32, Note>,
    /// Of all.
    pub(super) of_all: Option<Note>,
    /// The first text below, where there are too many: then none is read.
    pub(super) crowd: Option<CellRef>,
}

impl Notes {
    /// Reads the texts below a table.
    pub(super) fn of(table: &Table<'_>, sheet: &Sheet, reader: &Reader<'_>) -> Self {
        let mut notes = Self::default();
        let texts = below(sheet, table);
        if texts.is_empty() {
            return notes;
        }
        if texts.len() > MOST_NOTES {
            notes.crowd = texts.first().map(|(at, _)| *at);
            return notes;
        }
        let mut rows = NotedRows::of(table, sheet, reader.index.period.reach());
        let mut carried: BTreeMap<char, bool> = BTreeMap::new();
        for (at, raw) in texts {
            let segments = segments(&raw, &rows.marked);
            if segments.is_empty() {
                let first = raw.trim().chars().next().filter(|first| MARKS.contains(first));
                let mut is_carried =
                    |mark: char| *carried.entry(mark).or_insert_with(|| carries(sheet, table, mark));
                match first {
                    // A mark that nothing carries may mean any of them; one of a heading is not of the values.
                    Some(mark) if is_carried(mark) => {}
                    Some(mark) => notes.add_plain(
                        at,
                        &format!("注：{}", raw.trim().trim_start_matches(mark)),
                        &mut rows,
                        reader,
                    ),
                    None => notes.add_plain(at, &raw, &mut rows, reader),
                }
            }
            for (mark, segment) in segments {
                let text = clean(segment.trim_start_matches(['的', '号', '者', '处', ' ', ':', '：']));
                for (name, (of_name, is_said)) in rows.marked.get_mut(&mark).into_iter().flatten() {
                    // What was said of these rows first stays.
                    let said = if *is_said { None } else { said(&text, reader, &[*name]) };
                    if let Some(said) = said {
                        *is_said = true;
                        notes.add(of_name, &(at, clean(&raw), said));
                    }
                }
            }
        }
        notes
    }

    /// Says something of rows of which nothing was said yet.
    fn add(&mut self, rows: &[u32], note: &Note) {
        for row in rows {
            self.of_row.entry(*row).or_insert_with(|| note.clone());
        }
    }

    /// A note without marks: of the rows that it names, else of all.
    fn add_plain(&mut self, at: CellRef, raw: &str, rows: &mut NotedRows<'_>, reader: &Reader<'_>) {
        let text = clean(raw);
        let (body, is_note) = without_label(&text);
        let speaks = ["以上", "上述", "本表", "上表", "表中", "表内", "均为", "数据"]
            .iter()
            .any(|word| text.contains(word));
        let mut names_rows = false;
        for sentence in body.split(['。', ';', '\n']).filter(|sentence| !sentence.trim().is_empty()) {
            let key = name_key(sentence);
            let mut names_any = false;
            for named in rows.names.iter_mut().filter(|named| key.contains(&named.key)) {
                names_any = true;
                let rest = || sentence.replace(named.name, "");
                let said = if named.is_said { None } else { said(&rest(), reader, &[named.name]) };
                if let Some(said) = said {
                    named.is_said = true;
                    self.add(&named.rows, &(at, text.clone(), said));
                }
            }
            names_rows |= names_any;
            if !names_any && (is_note || speaks) && self.of_all.is_none() {
                let bare = without_subject(sentence.trim());
                self.of_all = said(bare, reader, &[]).map(|said| (at, text.clone(), said));
            }
        }
        let is_other = || rows.own.as_ref().is_some_and(|own| is_other_note(&text, own, reader));
        if self.of_all.is_none() && !names_rows && is_other() {
            self.of_all = Some((at, text, Said::Otherwise));
        }
    }
}

/// Rows of one name.
struct RowsOfName<'a> {
    name: &'a str,
    /// The form in which it is compared.
    key: String,
    rows: Vec<u32>,
    /// Whether a note has said something of them.
    is_said: bool,
}

/// Rows whose names or values carry a mark, by their names, and whether a note has said something of them.
type RowsOfMark<'a> = BTreeMap<&'a str, (Vec<u32>, bool)>;

/// The rows of a table as notes speak of them: a name or a mark is looked at once, however many rows have it.
struct NotedRows<'a> {
    names: Vec<RowsOfName<'a>>,
    marked: BTreeMap<char, RowsOfMark<'a>>,
    own: Option<OwnTexts<'a>>,
}

impl<'a> NotedRows<'a> {
    fn of(table: &Table<'a>, sheet: &Sheet, reach: Reach) -> Self {
        let mut by_name: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (row, named) in table.named.iter().filter(|(_, named)| !named.name().is_empty()) {
            by_name.entry(named.name()).or_default().push(*row);
        }
        let names = by_name
            .into_iter()
            .map(|(name, rows)| RowsOfName { name, key: name_key(name), rows, is_said: false })
            .collect();
        Self { names, marked: marked(table, sheet), own: OwnTexts::of(table, reach) }
    }
}

/// A note without 注： and the like in front, and whether that stood there.
fn without_label(text: &str) -> (&str, bool) {
    const LABELS: [&str; 6] = ["填报说明", "数据说明", "备注", "附注", "说明", "注"];
    let Some(rest) = LABELS.iter().find_map(|label| text.trim().strip_prefix(label)) else {
        return (text, false);
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.trim_start_matches([':', ' ', '.', '、']), true)
}

/// A sentence without what says that it is about all of the table.
fn without_subject(sentence: &str) -> &str {
    const SUBJECTS: [&str; 11] =
        ["以上各项", "以上", "上述", "本表", "上表", "表中", "表内", "所列", "各项", "指标", "全部"];
    let mut rest = sentence;
    while let Some(after) = SUBJECTS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after;
    }
    rest.strip_prefix("数据").filter(|after| !after.is_empty()).unwrap_or(rest)
}

/// The rows whose names or values carry marks.
fn marked<'a>(table: &Table<'a>, sheet: &Sheet) -> BTreeMap<char, RowsOfMark<'a>> {
    let columns: Vec<u32> =
        table.names.iter().copied().chain(table.all(Role::Actual).map(|column| column.at)).collect();
    let mut found: BTreeMap<char, RowsOfMark<'_>> = BTreeMap::new();
    for (row, named) in &table.named {
        let text: String = columns.iter().map(|column| sheet.text(*row, *column)).collect();
        for mark in MARKS.iter().filter(|mark| text.contains(**mark)) {
            found.entry(*mark).or_default().entry(named.name()).or_default().0.push(*row);
        }
    }
    found
}

/// Whether a mark stands anywhere in a table or its headings.
fn carries(sheet: &Sheet, table: &Table<'_>, mark: char) -> bool {
    let last = table.named.keys().next_back().copied().unwrap_or(table.heads.1);
    sheet
        .within((table.heads.0, last + 1))
        .any(|(_, cell)| cell.label().is_some_and(|text| text.contains(mark)))
}

/// A note taken apart at the marks that rows carry.
fn segments<'a>(raw: &'a str, marked: &BTreeMap<char, RowsOfMark<'_>>) -> Vec<(char, &'a str)> {
    let starts: Vec<(usize, char)> = raw.char_indices().filter(|(_, c)| marked.contains_key(c)).collect();
    let mut found = Vec::new();
    for (at, (start, mark)) in starts.iter().enumerate() {
        let end = starts.get(at + 1).map_or(raw.len(), |(next, _)| *next);
        found.push((*mark, raw.get(start + mark.len_utf8()..end).unwrap_or_default()));
    }
    found
}
