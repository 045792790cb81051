//! Tasks with the units that lead them and take part: tables of 工作要点, and paragraphs that end with their units.

use super::grid::{headings, is_number};
use super::passage::{NUMERALS, Passage, chinese, holds, plain};
use super::sections::{SectionHeading, Sets, SourceText, heading};
use super::tables::GridRow;
use super::task_units::{TaskUnits, ends_with_units, of_ending, sure, unsure};
use super::units::{self, Units};
use super::{DraftGroup, DraftTask, OpenFields, OpenReason};

/// Tasks with their groups.
#[derive(Debug, Default)]
pub(super) struct ListedTasks {
    pub(super) groups: Vec<DraftGroup>,
    pub(super) tasks: Vec<DraftTask>,
}

/// Shortest text of a task in a list of cells, in characters.
const SHORTEST_TEXT: usize = 30;
/// Longest name of a group, in characters.
const LONGEST_GROUP: usize = 40;
/// A title longer than this is rather a sentence, in characters.
const LONGEST_TITLE: usize = 24;

/// A table of tasks whose cells stand one below the other: number and group, then text, lead units, other units.
pub(super) fn of_stream(document: &SourceText, first: usize, end: usize) -> ListedTasks {
    let cells: Vec<(usize, &str)> = (first..end)
        .map(|number| (number, document.line(number).trim().trim_matches('|').trim()))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let mut listed = ListedTasks::default();
    let mut at = 0;
    while let Some((line, text)) = cells.get(at).copied() {
        let next = cells.get(at + 1).copied().unwrap_or((line, ""));
        if is_number(text) && next.1.chars().count() < 20 {
            let group = DraftGroup { no: plain(text), name: next.1.to_owned(), lines: (next.0, next.0) };
            listed.groups.push(group);
            at += 2;
            continue;
        }
        if text.chars().count() <= SHORTEST_TEXT || !units::is_list(&plain(next.1)) {
            at += 1;
            continue;
        }
        let lead = of_cell(next.1);
        let third = cells.get(at + 2).filter(|(_, text)| units::is_list(&plain(text)));
        let responsible = third.map_or_else(sure, |(_, text)| of_cell(text));
        at += if third.is_some() { 3 } else { 2 };
        listed.push_task(line, text, next.0, (lead, responsible));
    }
    listed
}

fn of_cell(text: &str) -> Units {
    if units::is_dash(&plain(text)) { sure() } else { units::list(text) }
}

impl ListedTasks {
    fn push_task(&mut self, line: usize, text: &str, lead_line: usize, (lead, responsible): (Units, Units)) {
        let mut open = OpenFields::default();
        open.chosen("title", OpenReason::FirstSentence);
        unsure(&lead, "lead", &mut open);
        unsure(&responsible, "responsible", &mut open);
        if lead.names.is_empty() {
            open.missing("lead", OpenReason::NoLead);
        }
        let group = self.groups.last().map_or_else(|| "1".to_owned(), |group| group.no.clone());
        let before = self.tasks.iter().filter(|task| task.group == group).count();
        self.tasks.push(DraftTask {
            no: format!("{group}.{}", before + 1),
            group,
            title: text.split(['。', ',', '，']).next().unwrap_or(text).to_owned(),
            text: text.to_owned(),
            lead: lead.names,
            responsible: responsible.names,
            line,
            lead_line,
            open,
        });
    }
}

/// What a column of a table of tasks holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TaskColumn {
    Number,
    Group,
    Text,
    Lead,
    Responsible,
    Other,
}

const TASK_WORDS: &[(&str, TaskColumn)] = &[
    ("牵头", TaskColumn::Lead),
    ("主办", TaskColumn::Lead),
    ("责任", TaskColumn::Responsible),
    ("配合", TaskColumn::Responsible),
    ("参与", TaskColumn::Responsible),
    ("协办", TaskColumn::Responsible),
    ("序号", TaskColumn::Number),
    ("编号", TaskColumn::Number),
    ("工作要点", TaskColumn::Text),
    ("工作内容", TaskColumn::Text),
    ("工作措施", TaskColumn::Text),
    ("任务内容", TaskColumn::Text),
    ("具体任务", TaskColumn::Text),
    ("具体措施", TaskColumn::Text),
    ("工作举措", TaskColumn::Text),
    ("重点工作", TaskColumn::Text),
    ("重点任务", TaskColumn::Text),
    ("工作任务", TaskColumn::Text),
    ("主要任务", TaskColumn::Group),
    ("任务类别", TaskColumn::Group),
    ("类别", TaskColumn::Group),
    ("任务", TaskColumn::Text),
];

/// A table of tasks that is a grid; nothing when it names no units.
pub(super) fn of_grid(rows: &[GridRow]) -> ListedTasks {
    let mut listed = ListedTasks::default();
    let Some((heads, body)) = rows.split_at_checked(1) else { return listed };
    let column = |text: &String| {
        TASK_WORDS
            .iter()
            .find(|(word, _)| text.contains(word))
            .map_or(TaskColumn::Other, |(_, column)| *column)
    };
    let mut columns: Vec<TaskColumn> = headings(heads).iter().map(column).collect();
    // Of one column of units it is those who answer.
    let has = |columns: &[TaskColumn], wanted| columns.contains(&wanted);
    if !has(&columns, TaskColumn::Text) {
        columns
            .iter_mut()
            .filter(|column| **column == TaskColumn::Group)
            .for_each(|column| *column = TaskColumn::Text);
    }
    let names_units = has(&columns, TaskColumn::Lead) || has(&columns, TaskColumn::Responsible);
    if !has(&columns, TaskColumn::Text) || !names_units {
        return listed;
    }
    for (line, cells) in body {
        let text_of = |wanted: TaskColumn| {
            let cells =
                columns.iter().zip(cells).filter(|(column, text)| **column == wanted && !text.is_empty());
            cells.map(|(_, text)| *text).collect::<Vec<_>>().join(" ")
        };
        let text = text_of(TaskColumn::Text);
        let group = text_of(TaskColumn::Group);
        if !group.is_empty() && listed.groups.last().is_none_or(|last| last.name != group) {
            let number = text_of(TaskColumn::Number);
            let no = if is_number(&number) { plain(&number) } else { (listed.groups.len() + 1).to_string() };
            listed.groups.push(DraftGroup { no, name: group, lines: (*line, *line) });
        }
        if text.is_empty() {
            continue;
        }
        if listed.groups.is_empty() {
            listed.groups.push(DraftGroup {
                no: "1".to_owned(),
                name: text_of(TaskColumn::Group),
                lines: (*line, *line),
            });
        }
        let (lead, responsible) =
            (of_cell(&text_of(TaskColumn::Lead)), of_cell(&text_of(TaskColumn::Responsible)));
        let sure = |units: Units| if units.names.is_empty() { self::sure() } else { units };
        listed.push_task(*line, &text, *line, (sure(lead), sure(responsible)));
    }
    listed
}

/// Paragraphs whose units stand at their end, in sections up to a line.
pub(super) fn of_paragraphs(document: &SourceText, sections: &[Sets]) -> ListedTasks {
    let mut listed = ListedTasks::default();
    let mut numbers: Vec<(usize, Option<u32>)> = Vec::new();
    let mut chapter: Option<DraftGroup> = None;
    for (at, section) in sections.iter().enumerate() {
        let number = at + 1;
        let text = document.plain(number);
        if let SectionHeading::First(words) = heading(text) {
            let no = numeral_of(text).to_owned();
            chapter = Some(DraftGroup { no, name: words.to_owned(), lines: (number, number) });
        }
        // A numbered paragraph that ends with its units is a task wherever it stands.
        let sets_none = *section == Sets::Nothing;
        let is_listed =
            numbered(text).0.is_some() && ends_with_units(text) && document.cells(number).is_none();
        if text.is_empty() || (sets_none && !is_listed) {
            continue;
        }
        let (own, body) = numbered(text);
        if let SectionHeading::Second(words) = heading(text)
            && of_ending(text).is_none()
            && text.chars().count() < LONGEST_GROUP
        {
            let no = text.trim_start_matches('(').split(')').next().unwrap_or_default().to_owned();
            listed.groups.push(DraftGroup { no, name: words.to_owned(), lines: (number, number) });
            chapter = None;
            continue;
        }
        let found = of_ending(body);
        let is_task = found.is_some() || (own.is_some() && is_sentences(body) && in_tasks(document, number));
        if !is_task {
            continue;
        }
        // Tasks without groups of their own stand in chapters.
        if own.is_some()
            && let Some(group) = chapter.take()
        {
            let is_new = !group.no.is_empty() && listed.groups.iter().all(|other| other.no != group.no);
            let no = if is_new { group.no } else { (listed.groups.len() + 1).to_string() };
            listed.groups.push(DraftGroup { no, ..group });
        }
        numbers.push((listed.groups.len(), own));
        let mut task = task(document, number, body, found);
        if sets_none {
            task.open.chosen("text", OpenReason::IsTask);
        }
        listed.tasks.push(task);
    }
    number(&mut listed, &numbers);
    listed
}

/// The numeral of a chapter: 二 of 二、重点任务 and of 第二章.
fn numeral_of(text: &str) -> &str {
    let text = text.trim_start_matches('第');
    let rest = text.trim_start_matches(|c: char| NUMERALS.contains(c) || c.is_ascii_digit());
    text.get(..text.len() - rest.len()).unwrap_or_default()
}

/// Whether a paragraph is a title and what is to be done, or long enough to be that.
fn is_sentences(body: &str) -> bool {
    let parted = body.split_once('。').is_some_and(|(title, behind)| {
        (2..=LONGEST_TITLE).contains(&title.chars().count()) && behind.chars().count() >= 8
    });
    parted || body.chars().count() >= LONG
}

/// Paragraphs from this length on are tasks without a title, in characters.
const LONG: usize = 57;

/// Whether the section above a line is one of tasks.
fn in_tasks(document: &SourceText, line: usize) -> bool {
    let first = (1..line).rev().find_map(|number| match heading(document.plain(number)) {
        SectionHeading::First(words) => Some(words),
        _ => None,
    });
    first.is_some_and(|words| holds(words, &["任务", "举措", "措施", "工程", "行动", "重点工作"]))
}

/// 1.Text or （一）Text: the number, and the text behind it.
fn numbered(text: &str) -> (Option<u32>, &str) {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    if (1..=2).contains(&digits)
        && let Some(body) = rest.strip_prefix(['.', '、', '．'])
    {
        return (text.get(..digits).and_then(|digits| digits.parse().ok()), body);
    }
    if let Some(inside) = text.strip_prefix('(')
        && let Some((numeral, body)) = inside.split_once(')')
        && !numeral.is_empty()
        && numeral.chars().all(|c| NUMERALS.contains(c))
    {
        return (chinese(numeral), body);
    }
    (None, text)
}

fn task(document: &SourceText, line: usize, body: &str, found: Option<TaskUnits>) -> DraftTask {
    let mut open = OpenFields::default();
    let printed = document.passage(line).map(Passage::printed).unwrap_or_default();
    let skipped = document.plain(line).chars().count() - body.chars().count();
    let printed: String = printed.chars().skip(skipped).collect();
    let length = found.as_ref().map_or(body.len(), |found| found.begin);
    let kept = body.get(..length).unwrap_or(body);
    let text: String = printed.chars().take(kept.chars().count()).collect();
    let text = text.trim_end_matches(['(', '[', '（', '【', '［', '〔']).to_owned();
    let (lead, responsible) = match found {
        Some(found) => {
            if !found.has_labels && found.lead.names.is_empty() {
                open.missing("lead", OpenReason::NoLead);
            }
            (found.lead, found.responsible)
        }
        None => {
            open.missing("lead", OpenReason::NotSaid);
            open.missing("responsible", OpenReason::NotSaid);
            (sure(), sure())
        }
    };
    if lead.names.is_empty() && !open.has("lead") {
        open.missing("lead", OpenReason::NoLead);
    }
    unsure(&lead, "lead", &mut open);
    unsure(&responsible, "responsible", &mut open);
    let title = text.split('。').next().unwrap_or(&text).to_owned();
    if title.chars().count() > LONGEST_TITLE {
        open.chosen("title", OpenReason::NoFullStop);
    }
    DraftTask {
        title,
        text,
        lead: lead.names,
        responsible: responsible.names,
        line,
        lead_line: line,
        open,
        ..DraftTask::default()
    }
}

/// Numbers tasks as printed; where the numbers begin again in every group, by group and number.
fn number(listed: &mut ListedTasks, numbers: &[(usize, Option<u32>)]) {
    let mut seen: Vec<Option<u32>> = numbers.iter().map(|(_, own)| *own).collect();
    let counted = seen.iter().any(Option::is_none);
    seen.sort_unstable();
    let begins_again = seen.windows(2).any(|two| two.first() == two.last());
    for (at, (task, (group, own))) in listed.tasks.iter_mut().zip(numbers).enumerate() {
        task.group = group
            .checked_sub(1)
            .and_then(|at| listed.groups.get(at))
            .map_or_else(String::new, |group| group.no.clone());
        task.no = match own {
            Some(own) if !counted && begins_again => format!("{group}.{own}"),
            Some(own) if !counted => own.to_string(),
            _ => {
                task.open.chosen("no", OpenReason::Counted);
                (at + 1).to_string()
            }
        };
    }
    if listed.tasks.iter().any(|task| task.group.is_empty()) {
        let group = DraftGroup { no: "0".to_owned(), name: String::new(), lines: (1, 1) };
        let lines = listed.tasks.first().map_or((1, 1), |task| (task.line, task.line));
        listed.groups.insert(0, DraftGroup { lines, ..group });
        for task in listed.tasks.iter_mut().filter(|task| task.group.is_empty()) {
            task.group = "0".to_owned();
            task.open.chosen("group", OpenReason::NotSaid);
        }
    }
    let used = |group: &DraftGroup| listed.tasks.iter().any(|task| task.group == group.no);
    listed.groups.retain(used);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_paragraphs_are_read() {
        assert_eq!(numbered("(十二)建设平台"), (Some(12), "建设平台"));
        assert_eq!(numbered("3.建设平台"), (Some(3), "建设平台"));
    }
}
