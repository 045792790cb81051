//! The whole document → the whole draft.

use std::collections::{BTreeMap, BTreeSet};

use super::grid;
use super::names::{Known, key};
use super::notes::TableNotes;
use super::passage::plain;
use super::prose;
use super::reading::{ProseLine, ProseSetting};
use super::repeats::{repeats_among, stretches, without_doubles};
use super::rows::{RawRow, rows, years};
use super::sections::{Sets, SourceText, is_prose, sections};
use super::stream;
use super::tables::{GridRow, PlanSpan, TableColumn, is_note};
use super::task_units::TaskUnits;
use super::{Draft, DraftGroup, DraftRow, DraftTarget, OpenReason, deadlines, head, left};
use super::{task_units, tasks};
use crate::plan::Catalogue;

/// Drafts the plan that a text states.
pub fn draft(text: &str, catalogue: &Catalogue) -> Draft {
    let document = SourceText::of(text);
    let known = Known::of(catalogue);
    let span = head::span_of(&document);
    let first_year = span.map(|(first, _)| first);
    let mut draft = Draft::default();
    let tables = tables(&document, span, &mut draft);
    notes(&document, &mut draft);
    let told = TableNotes::of(draft.notes.iter().map(|(_, note)| note.as_str()));
    draft.rows = without_doubles(rows(tables.rows, &known, &told));
    without_group(&mut draft);
    definitions(&mut draft);
    let row_years = years(&draft.rows);
    draft.head = head::head(&document, &row_years);
    for (columns, year) in tables.yearless {
        draft.head.open.chosen("years", OpenReason::YearOf(columns, year));
    }
    draft.head.baseline_year = baseline(&draft);
    draft.head.table_word = table_word(&document, &draft.rows);
    draft.head.rows_name_reporters = tables.columns.contains(&TableColumn::Reporters);
    if draft.head.rows_name_reporters {
        draft.head.open.chosen("row_units", OpenReason::FromPlace);
    }
    draft.deadlines = deadlines::deadlines(&document);
    let annexes = document.annexes();
    let end = annexes.first().copied().unwrap_or(document.length() + 1);
    let mut sections = sections(&document, end);
    let noted: BTreeSet<usize> = draft.notes.iter().map(|(line, _)| *line).collect();
    for (at, section) in sections.iter_mut().enumerate() {
        let is_note = noted.contains(&(at + 1));
        if tables.lines.contains(&(at + 1)) || is_note {
            *section = Sets::Nothing;
        }
    }
    if draft.tasks.is_empty() {
        let listed = tasks::of_paragraphs(&document, &sections);
        (draft.task_groups, draft.tasks) = (listed.groups, listed.tasks);
    }
    targets(&document, &sections, &known, first_year, &mut draft);
    if row_years.is_empty() {
        named_years(&mut draft);
    }
    draft.left = left::numbers(&document, &draft, &tables.heads);
    draft
}

/// Without a table the years are those of the targets.
fn named_years(draft: &mut Draft) {
    let own = draft.targets.iter().filter(|target| !target.undated).filter_map(|target| target.year);
    let years: BTreeSet<i32> = own.collect();
    if years.is_empty() {
        return;
    }
    // A title of several years names them all.
    let of_title = draft.head.years.clone();
    let all = if of_title.len() > 1 { years.into_iter().chain(of_title).collect() } else { years };
    draft.head.years = all.into_iter().collect();
}

/// Remarks that stand in lines of their own below a table.
fn notes(document: &SourceText, draft: &mut Draft) {
    let own: BTreeSet<usize> = draft.notes.iter().map(|(line, _)| *line).collect();
    let lines = (1..=document.length()).filter(|number| !own.contains(number));
    let lines = lines.filter(|number| document.cells(*number).is_none() && is_note(document.plain(*number)));
    let found: Vec<(usize, String)> =
        lines.map(|number| (number, document.line(number).trim().to_owned())).collect();
    draft.notes.extend(found);
    draft.notes.sort();
}

/// A note below a table that names one row and no other says what that counts: 注:国家重点实验室数按重组后口径.
fn definitions(draft: &mut Draft) {
    let names: Vec<String> = draft.rows.iter().map(|row| plain(&row.name)).collect();
    for (_, note) in &draft.notes {
        let text = plain(note);
        let named = || names.iter().filter(|name| text.contains(name.as_str()));
        // 重点实验室数 within 国家重点实验室数 is not named.
        let longest = named().max_by_key(|name| name.chars().count());
        let Some(longest) = longest.filter(|longest| named().all(|name| longest.contains(name.as_str())))
        else {
            continue;
        };
        let words = note.trim_start_matches(['注', '：', ':', ' ']).trim_end_matches('。');
        let mut own = draft.rows.iter_mut().zip(&names).filter(|(_, name)| *name == longest);
        if let (Some((row, _)), None) = (own.next(), own.next()) {
            row.definition = Some(words.to_owned());
            row.open.chosen("definition", OpenReason::NoteOf);
        }
    }
}

/// Rows without a group stand in one without a name.
fn without_group(draft: &mut Draft) {
    let lines: Vec<usize> =
        draft.rows.iter().filter(|row| row.group.is_empty()).map(|row| row.lines.0).collect();
    if let (Some(first), false) = (lines.first(), draft.groups.iter().any(|group| group.name.is_empty())) {
        draft
            .groups
            .insert(0, DraftGroup { no: String::new(), name: String::new(), lines: (*first, *first) });
    }
}

/// What the tables of a document hold.
#[derive(Default)]
struct Tables {
    /// Headings that name no year, and the year that their columns were given.
    yearless: Vec<(Vec<String>, i32)>,
    /// Lines of headings.
    heads: Vec<usize>,
    rows: Vec<RawRow>,
    columns: Vec<TableColumn>,
    /// Lines that belong to a table.
    lines: BTreeSet<usize>,
}

fn tables(document: &SourceText, span: Option<PlanSpan>, draft: &mut Draft) -> Tables {
    let mut tables = Tables::default();
    let mut columns: Option<Vec<TableColumn>> = None;
    for rows in grid::grids(document) {
        if let Some(listed) = grid::table(&rows, span, columns.as_deref()) {
            columns = Some(listed.columns.clone());
            tables.take(listed, draft);
        } else {
            columns = None;
            of_tasks(&rows, draft);
        }
        tables.lines.extend(rows.iter().map(|(line, _)| *line));
    }
    let mut begins = document.annexes();
    begins.push(document.length() + 1);
    for (first, end) in begins.iter().zip(begins.iter().skip(1)) {
        let opening: String = (*first..*end).take(30).map(|number| document.plain(number)).collect();
        let beginning: String = opening.chars().take(60).collect();
        let names_units =
            opening.contains("牵头单位") || opening.contains("责任单位") || opening.contains("配合单位");
        let is_grid = (*first..*end).any(|line| tables.lines.contains(&line));
        let has_indicators =
            opening.contains("指标") && !opening.contains("牵头单位") && !beginning.contains("成员");
        if is_grid {
            continue;
        }
        let listed = if has_indicators { stream::table(document, first + 1, *end, span) } else { None };
        match listed {
            Some(listed) => {
                tables.take(listed, draft);
            }
            None if names_units && !beginning.contains("成员") => {
                let listed = tasks::of_stream(document, first + 1, *end);
                draft.task_groups.extend(listed.groups);
                draft.tasks.extend(listed.tasks);
            }
            None => {}
        }
    }
    tables
}

impl Tables {
    fn take(&mut self, listed: stream::ListedRows, draft: &mut Draft) {
        for (name, lines) in listed.groups {
            if !draft.groups.iter().any(|group| group.name == name) {
                draft.groups.push(DraftGroup { no: String::new(), name, lines });
            }
        }
        draft.notes.extend(listed.notes);
        self.yearless.extend(listed.yearless);
        self.heads.extend(listed.heads);
        self.columns.extend(listed.columns);
        self.rows.extend(listed.rows);
    }
}

fn of_tasks(rows: &[GridRow], draft: &mut Draft) {
    let listed = tasks::of_grid(rows);
    draft.task_groups.extend(listed.groups);
    draft.tasks.extend(listed.tasks);
}

/// Words by which titles of tables begin; what they are numbered with belongs to them.
const TABLE_TITLES: [&str; 4] = ["附表", "附件", "专栏", "表"];
/// So many lines above the first row the title of its table stands at most.
const TITLE_LINES: usize = 4;

/// Digits of the number of a table at most; 附表 2023年… has none.
const LONGEST_NUMBER: usize = 2;

/// What the title above the rows calls their table: 表1 of 表1 科技创新主要指标.
fn table_word(document: &SourceText, rows: &[DraftRow]) -> Option<String> {
    let first = rows.iter().map(|row| row.lines.0).min()?;
    let above = (first.saturating_sub(TITLE_LINES).max(1)..first).rev();
    above.map(|number| document.plain(number)).find_map(title_word)
}

/// What a title calls its table; `None` where it is no title of one.
fn title_word(line: &str) -> Option<String> {
    let line = line.trim();
    let word = TABLE_TITLES.into_iter().find(|word| line.starts_with(word))?;
    let behind = line.strip_prefix(word)?.trim_start();
    let is_number = |c: &char| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c);
    let number: String = behind.chars().take_while(is_number).collect();
    let number = if number.chars().count() > LONGEST_NUMBER { "" } else { &number };
    // 表 by itself begins other words, too.
    (word != "表" || !number.is_empty()).then(|| format!("{word}{number}"))
}

/// The last year of which the rows print values.
fn baseline(draft: &Draft) -> Option<i32> {
    draft.rows.iter().flat_map(|row| row.values.iter().map(|value| value.year)).max()
}

/// Gives a target the units with which its paragraph ends.
fn charge(target: &mut DraftTarget, units: &TaskUnits) {
    target.lead.clone_from(&units.lead.names);
    target.responsible.clone_from(&units.responsible.names);
    if units.lead.names.is_empty() {
        target.open.missing("lead", OpenReason::NoLead);
    }
    task_units::unsure(&units.lead, "lead", &mut target.open);
    task_units::unsure(&units.responsible, "responsible", &mut target.open);
}

fn targets(
    document: &SourceText,
    sections: &[Sets],
    known: &Known,
    first_year: Option<i32>,
    draft: &mut Draft,
) {
    let usual_year = draft.head.years.iter().max().copied();
    let first_year = first_year.or_else(|| years(&draft.rows).first().copied());
    let setting =
        ProseSetting { known, rows: &draft.rows, first_year, usual_year, baseline: draft.head.baseline_year };
    let mut found: Vec<DraftTarget> = Vec::new();
    let mut tasks = BTreeMap::new();
    for task in draft.tasks.iter().rev() {
        tasks.insert(task.line, task);
    }
    for number in 1..=document.length() {
        let Some(passage) = document.passage(number) else { continue };
        let task = tasks.get(&number).copied();
        let section = sections.get(number - 1).copied().unwrap_or(Sets::Nothing);
        let charged = if task.is_none() { task_units::charged(document, number) } else { None };
        if task.is_none() && charged.is_none() && (section == Sets::Nothing || !is_prose(&passage.plain)) {
            continue;
        }
        // The units at the end of a task state no targets.
        let text = task.map(|task| plain(&task.text));
        let end = text.and_then(|text| Some(passage.plain.find(&text)? + text.len()));
        let end = end.or(charged.as_ref().map(|units| units.begin)).unwrap_or(passage.plain.len());
        let line = ProseLine { number, text: passage, end, task: task.map(|task| task.no.as_str()) };
        let mut own = prose::targets(&line, &setting);
        if let Some(units) = &charged {
            own.iter_mut().for_each(|target| charge(target, units));
        }
        if task.is_none() && section != Sets::Targets {
            own.iter_mut().for_each(|target| target.open.chosen("kind", OpenReason::IsTarget));
        }
        found.extend(own);
    }
    for (at, target) in found.iter_mut().enumerate() {
        target.id = format!("P{}", at + 1);
    }
    stretches(&mut found);
    repeats_among(&mut found);
    // What repeats nothing and has the name of another is told apart by a person.
    let names: Vec<(String, Option<i32>)> =
        found.iter().map(|target| (key(&target.name), target.year)).collect();
    let mut counts: BTreeMap<&(String, Option<i32>), usize> = BTreeMap::new();
    let apart = names.iter().zip(&found).filter(|(_, target)| !target.is_stretch);
    apart.for_each(|(name, _)| *counts.entry(name).or_default() += 1);
    for (name, target) in names.iter().zip(&mut found) {
        let is_twice = counts.get(name).is_some_and(|count| *count > 1);
        if is_twice && target.same_as.is_none() && !target.open.has("name") {
            target.open.chosen("name", OpenReason::SameAs(String::new()));
        }
    }
    draft.targets = found;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_called_as_their_titles_call_them() {
        for (title, expected) in [
            ("表1东江省“十四五”科技创新主要指标", Some("表1")),
            ("专栏1“十四五”时期主要指标", Some("专栏1")),
            ("附表2023年任务分解表", Some("附表")),
            ("附件 目标任务季度分解表", Some("附件")),
            ("附表十二", Some("附表十二")),
            ("表彰先进", None),
            ("序号指标", None),
        ] {
            assert_eq!(title_word(title).as_deref(), expected, "{title}");
        }
    }

    #[test]
    fn a_note_that_names_one_row_says_what_that_counts() {
        for (note, names, expected) in [
            (
                "注:其中国家重点实验室数按重组后口径。",
                ["国家重点实验室数", "重点实验室数"],
                ["其中国家重点实验室数按重组后口径", ""],
            ),
            ("注：高新技术企业数和专利数为年末数。", ["高新技术企业数", "专利数"], ["", ""]),
            ("注:第10至12项为比率。", ["专利数", "企业数"], ["", ""]),
        ] {
            let row = |name: &str| DraftRow { name: name.to_owned(), ..DraftRow::default() };
            let rows = names.map(row).to_vec();
            let mut draft = Draft { notes: vec![(9, note.to_owned())], rows, ..Draft::default() };
            definitions(&mut draft);
            let found: Vec<&str> =
                draft.rows.iter().map(|row| row.definition.as_deref().unwrap_or_default()).collect();
            assert_eq!(found, expected, "{note}");
        }
    }
}
