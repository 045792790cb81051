//! The table of what leaders are asked to decide.

use crate::advise::{Matter, Owner, Question, questions};
use crate::evaluation::Evaluation;
use crate::ident::{IndicatorNo, TaskNo};
use crate::publish::table::{Column, Head, Table, integer, text};

const HEAD: Head = Head {
    name: "questions",
    sheet: None,
    about: "One row per question that the brief asks its leaders (请定的事), in its order; the rules that choose them are in docs/brief.md.",
};

/// A question with its number, and the date by which it is to be answered.
struct NumberedQuestion {
    number: usize,
    question: Question,
    due: String,
}

impl NumberedQuestion {
    const COLUMNS: &'static [Column<Self>] = &[
        integer("no", "序号", "its number in the brief", |one| one.number.into()),
        text("city", "城市", "slug", |one| one.question.city.as_str().into()),
        text(
            "kind",
            "类别",
            "`measure` 定口径, `supervision` 定督办, `target` and `floors` 定目标, `acknowledgement` 定认定",
            |one| one.question.matter.kind().key().into(),
        ),
        text("targets", "目标", "numbers of the targets that it is about, joined by `、`", |one| {
            joined(one.question.matter.targets(), IndicatorNo::as_str).as_str().into()
        }),
        text("tasks", "任务", "likewise of tasks", |one| {
            let tasks = match &one.question.matter {
                Matter::Supervision { task, .. } => task.as_slice(),
                Matter::Acknowledgement { tasks, .. } => tasks,
                _ => &[],
            };
            joined(tasks, TaskNo::as_str).as_str().into()
        }),
        text(
            "owner",
            "谁办",
            "the unit that the plan names for it; `office` for the plan's office, `none` where the plan names nobody; whom a `[[decision_asked]]` names",
            |one| match &one.question.owner {
                Owner::Unit(unit) => unit.as_str().into(),
                Owner::Office => "office".into(),
                Owner::Nobody => "none".into(),
                Owner::Named(name) => name.as_str().into(),
            },
        ),
        text("due", "何时", "by when it is to be answered", |one| one.due.as_str().into()),
        integer(
            "asked",
            "提请",
            "place of the `[[decision_asked]]` of `round.toml` that chose it; empty where the rule did",
            |one| one.question.asked.into(),
        ),
    ];
}

fn joined<T>(all: &[T], name: fn(&T) -> &str) -> String {
    all.iter().map(name).collect::<Vec<_>>().join("、")
}

pub(super) fn table(evaluation: &Evaluation) -> Table {
    let round = &evaluation.round;
    let numbered = |(number, question): (usize, Question)| NumberedQuestion {
        number,
        due: question.due(round).to_string(),
        question,
    };
    let rows: Vec<NumberedQuestion> = (1..).zip(questions(evaluation).asked).map(numbered).collect();
    Table::of(HEAD, NumberedQuestion::COLUMNS, &rows)
}
