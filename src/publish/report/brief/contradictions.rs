//! 报“完成”而目标未到的任务.

use serde::Serialize;

use super::super::context::Context;
use super::super::say::say;
use super::super::section::Draft;
use super::shared::{gap_with_numbers, in_print, most_lines};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;

/// The tasks that were reported done while their targets were missed.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Contradictions {
    title: String,
    heads: [String; 4],
    has_cities: bool,
    rows: Vec<ContradictionRow>,
    empty: String,
}

/// Such a task.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ContradictionRow {
    city: String,
    task: String,
    lead: String,
    text: String,
}

/// All of them, those with the most targets first within the order of the cities.
pub(super) fn rows(context: &Context<'_>) -> Vec<ContradictionRow> {
    in_print(context).flat_map(|city| of_city(context, city)).collect()
}

fn of_city(context: &Context<'_>, city: &CityEvaluation) -> Vec<ContradictionRow> {
    let mut found = Vec::new();
    for (task, assessed) in city.tasks.iter().filter_map(|one| Some((city.plan.task(&one.no)?, one))) {
        let Some((false, missed)) = assessed.at_odds() else { continue };
        let told = missed.iter().filter_map(|no| {
            let (one, row) = (city.assessments.find(no)?, city.plan.indicator(no)?);
            Some(gap_with_numbers(context, city, one, row))
        });
        found.push(ContradictionRow {
            city: context.short(&city.plan).to_owned(),
            task: context.task(&city.plan, &task.no).to_owned(),
            lead: context.departments(&city.plan, &task.lead),
            text: context.language.clauses(&told.collect::<Vec<_>>()),
        });
    }
    found
}

/// Whether a plan says of any of its tasks which targets stand in it.
fn has_targets_in_tasks(city: &CityEvaluation) -> bool {
    city.plan.tasks.iter().any(|task| city.plan.targets_in(&task.no).next().is_some())
}

/// The first of them, as many as there is room for.
pub(super) fn section(draft: &mut Draft<'_>, room: usize) -> Option<Contradictions> {
    let context = draft.context;
    // A plan without tasks has nothing to report done.
    if in_print(context).all(|city| city.plan.tasks.is_empty()) {
        return None;
    }
    let mut rows = rows(context);
    let all = rows.len();
    rows.truncate(room);
    let tasks = in_print(context).flat_map(|city| {
        let at_odds = city.tasks.iter().filter(|one| matches!(one.at_odds(), Some((false, _))));
        at_odds.map(move |one| (city, one))
    });
    let tasks: Vec<_> = tasks.collect();
    let steps = tasks.iter().map(|(city, one)| super::shared::task_step(city, &one.no));
    let by = tasks.iter().flat_map(|(city, one)| super::shared::odds_of(city, one));
    let id = format!("{}/#contradicted.tasks", context.whose());
    let number = context.book.count_chosen(&id, steps, by, &[], all);
    // Of two the one that has none is named, so that it is not taken for left out.
    let cities: Vec<&CityEvaluation> = in_print(context).collect();
    let none = match cities.as_slice() {
        [_, _] => cities.iter().find(|city| of_city(context, city).is_empty()),
        _ => None,
    };
    let language = context.language;
    let none = none.map_or_else(String::new, |city| {
        let name = context.short(&city.plan);
        say!(language, "，{name}没有", "; none in {name}")
    });
    let volume = context.volume_of_rows();
    let title = language.of("报“完成”而目标未到的任务", "Tasks reported as done, targets not met");
    let title = match (all, rows.len()) {
        (0, _) => title.to_owned(),
        (all, shown) if all == shown => {
            say!(language, "{title}（{number}项{none}）", "{title} ({number}{none})")
        }
        (_, shown) => say!(
            language,
            "{title}（{number}项，列前{shown}项，其余见{volume}）",
            "{title} ({number}; the first {shown}, the rest in {volume})"
        ),
    };
    let (head, document) = (context.terms.places.head_in(language), &context.terms.document);
    let heads =
        language.of(["任务", "牵头单位", "实际与目标"], ["Task", "Lead department", "Value and target"]);
    let [task, lead, text] = heads.map(str::to_owned);
    Some(Contradictions {
        title,
        heads: [head, task, lead, text],
        has_cities: !context.is_alone(),
        rows,
        empty: match in_print(context).any(has_targets_in_tasks) {
            true => language.of("没有。", "None.").to_owned(),
            false => say!(
                language,
                "{document}没有写任务所含的目标，无从核对。",
                "The {document} names no targets of its tasks, so nothing can be compared."
            ),
        },
    })
}

impl ContradictionRow {
    /// How many lines it takes, by the widths of its columns in characters.
    pub(super) fn lines(&self, language: Language) -> usize {
        let widths = language.of([4, 12, 6, 22], [5, 13, 11, 21]);
        let cells = [&self.city, &self.task, &self.lead, &self.text];
        most_lines(language, cells.into_iter().map(String::as_str).zip(widths))
    }
}
