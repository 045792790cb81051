//! `query receive`, `answer`, `accept`, `reject` and `withdraw`: what units answered, what became of their queries, and what was decided.

use serde_json::json;

use super::args::{Format, QueryAnswerArgs, QueryDecideArgs, QueryReceiveArgs};
use super::progress::Bar;
use super::render::Printer;
use super::settings;
use crate::collect::AnswerFault;
use crate::error::RunError;
use crate::finding::Language;
use crate::forms::hold;
use crate::inputs::Inputs;
use crate::plan::{Query, QueryEvent, QueryEventKind, QueryState};
use crate::query::{self, AnswerReceived, ItemReceived, QueriesReceived};
use crate::run;
use crate::shown;

/// Receives the answers of a round and tells of each; whether all of them hold.
pub(super) fn receive(asked: &QueryReceiveArgs, quiet: bool, printer: &Printer) -> Result<bool, RunError> {
    let (settings, order) = settings::receipts(asked)?;
    let loaded = run::load_year(&settings, &Inputs::default(), "查询 query")?;
    let registers = hold(&settings.round, loaded.plans.iter().map(|plan| plan.city.clone()))?;
    let (inputs, bar) = (Inputs::default(), Bar::new(quiet, printer));
    let evaluation = run::examine(&settings, &inputs, &bar)?;
    let pool = settings.pool(&evaluation.round);
    let received = query::receive(&order, &inputs, &evaluation, &pool, registers)?;
    bar.finish();
    printer.received(&received);
    Ok(received.is_in_order())
}

/// Records an answer that came otherwise than in the workbook, and tells how its query stands.
pub(super) fn told(asked: &QueryAnswerArgs, quiet: bool, printer: &Printer) -> Result<(), RunError> {
    let (settings, order, source) = settings::told_answer(asked)?;
    let loaded = run::load_year(&settings, &Inputs::default(), "查询 query")?;
    let registers = hold(&settings.round, loaded.plans.iter().map(|plan| plan.city.clone()))?;
    let (inputs, bar) = (Inputs::default(), Bar::new(quiet, printer));
    let evaluation = run::examine(&settings, &inputs, &bar)?;
    let query = query::answer(&order, source, &inputs, &evaluation, registers)?;
    bar.finish();
    printer.decided(&query);
    Ok(())
}

/// Records a decision and tells it.
pub(super) fn decide(
    asked: &QueryDecideArgs,
    kind: QueryEventKind,
    printer: &Printer,
) -> Result<(), RunError> {
    let (settings, order) = settings::decision(asked, kind)?;
    let loaded = run::load_year(&settings, &Inputs::default(), "查询 query")?;
    let registers = hold(&settings.round, loaded.plans.iter().map(|plan| plan.city.clone()))?;
    let query = query::decide(&order, &Inputs::default(), &loaded.plans, registers)?;
    printer.decided(&query);
    Ok(())
}

impl Printer {
    fn received(&self, received: &QueriesReceived) {
        for answer in &received.answers {
            if self.format == Format::Json {
                self.json(&in_json(answer));
                continue;
            }
            self.line(&head(answer, self.language));
            for item in &answer.items {
                self.line(&item_line(item, self.language));
            }
            answer.faults.iter().for_each(|fault| self.line(&format!("  {}", words(fault, self.language))));
            if !answer.elsewhere.is_empty() {
                self.line(&elsewhere_line(&answer.elsewhere, self.language));
            }
            if !answer.other.is_empty() {
                let other = shown::line(&answer.other);
                self.line(&match self.language {
                    Language::Chinese => format!("  单位所写其他改动：{other}"),
                    Language::English => format!("  other changes, as the unit says: {other}"),
                });
            }
        }
        if self.format == Format::Text {
            let QueriesReceived { answers, resubmitted, open } = received;
            let (files, new) = (answers.len(), answers.iter().filter(|answer| answer.is_new).count());
            self.line(&match self.language {
                Language::Chinese => {
                    format!("答复{files}份，新收{new}份；重报后了结{resubmitted}条；未了结{open}条。")
                }
                Language::English => {
                    format!("{files} answers, {new} new; {resubmitted} queries settled by other workbooks; {open} open.")
                }
            });
        }
    }

    fn decided(&self, query: &Query) {
        let (key, state) = (&query.asked.key, query.state);
        let (number, item) = (&key.number, key.item);
        if self.format == Format::Json {
            self.json(&json!({ "query": number.to_string(), "item": item, "state": state.english() }));
            return;
        }
        self.line(&match self.language {
            Language::Chinese => format!("{number}  第{item}条  {}", state.chinese()),
            Language::English => format!("{number}  item {item}  {}", state.english()),
        });
    }
}

fn in_json(answer: &AnswerReceived) -> serde_json::Value {
    let item = |item: &ItemReceived| {
        json!({
            "item": item.item, "code": item.code, "place": item.place, "was": item.was, "now": item.now,
            "answer": item.kind.map(QueryEventKind::chinese), "reason": item.reason, "evidence": item.evidence,
            "fault": item.fault.as_ref().map(|fault| words(fault, Language::English)), "state": item.state.english(),
        })
    };
    let elsewhere = |event: &QueryEvent| json!({ "object": event.object, "sheet": event.sheet, "cell": event.cell, "was": event.was, "now": event.now });
    json!({
        "city": answer.city, "query": answer.number.to_string(), "file": answer.file, "is_new": answer.is_new,
        "items": answer.items.iter().map(item).collect::<Vec<_>>(),
        "changed_elsewhere": answer.elsewhere.iter().map(elsewhere).collect::<Vec<_>>(), "other": answer.other,
        "faults": answer.faults.iter().map(|fault| words(fault, Language::English)).collect::<Vec<_>>(),
    })
}

fn head(answer: &AnswerReceived, language: Language) -> String {
    let AnswerReceived { number, file, items, is_new, .. } = answer;
    let (unit, count, file) = (&number.unit, items.len(), shown::line(file));
    match (language, is_new) {
        (Language::Chinese, true) => format!("{unit}  {number}  {count}条  {file}"),
        (Language::Chinese, false) => format!("{unit}  {number}  {count}条  {file}（已登记）"),
        (Language::English, true) => format!("{unit}  {number}  {count} items  {file}"),
        (Language::English, false) => format!("{unit}  {number}  {count} items  {file} (recorded before)"),
    }
}

/// `第1条  指标!E7  （空） → 8  更正  关闭（已更正）`
fn item_line(item: &ItemReceived, language: Language) -> String {
    let empty = language.of("（空）", "(empty)");
    let text = |text: &str| if text.is_empty() { empty.to_owned() } else { shown::line(text) };
    let cell = if item.was == item.now || item.fault == Some(AnswerFault::RowGone) {
        text(&item.was)
    } else {
        format!("{} → {}", text(&item.was), text(&item.now))
    };
    let kind = match item.kind {
        Some(QueryEventKind::Corrected) => language.of("更正", "corrected"),
        Some(QueryEventKind::Confirmed) => language.of("确认", "confirmed"),
        Some(QueryEventKind::CannotProvide) => language.of("无法提供", "cannot provide"),
        _ => language.of("未答", "no answer"),
    };
    let became = match &item.fault {
        Some(fault) => words(fault, language),
        None => match (item.state, language) {
            (QueryState::Corrected, Language::Chinese) => format!("待复核：{}仍在", item.code),
            (QueryState::Corrected, Language::English) => format!("{} is still there", item.code),
            (state, _) => language.of(state.chinese(), state.english()).to_owned(),
        },
    };
    let reason =
        if item.reason.is_empty() { String::new() } else { format!("  {}", shown::line(&item.reason)) };
    let (number, place) = (item.item, &item.place);
    match language {
        Language::Chinese => format!("  第{number}条  {place}  {cell}  {kind}  {became}{reason}"),
        Language::English => format!("  item {number}  {place}  {cell}  {kind}  {became}{reason}"),
    }
}

fn elsewhere_line(events: &[QueryEvent], language: Language) -> String {
    const MOST: usize = 5;
    let one = |event: &QueryEvent| {
        format!("{}!{} {} → {}", event.sheet, event.cell, shown::line(&event.was), shown::line(&event.now))
    };
    let told: Vec<String> = events.iter().take(MOST).map(one).collect();
    let (count, more) = (events.len(), if events.len() > MOST { " …" } else { "" });
    match language {
        Language::Chinese => format!("  未查询处改动{count}处：{}{more}", told.join("；")),
        Language::English => {
            format!("  {count} cells changed that nobody asked about: {}{more}", told.join("; "))
        }
    }
}

/// What is wrong with an answer.
fn words(fault: &AnswerFault, language: Language) -> String {
    let (chinese, english) = match fault {
        AnswerFault::NoTable => {
            ("查询单表头不在，未读取", "the headings of the sheet are gone; nothing was read")
        }
        AnswerFault::StrangeItem(item) => {
            return match language {
                Language::Chinese => format!("第{item}条没有问过，不作处理"),
                Language::English => format!("item {item} was not asked"),
            };
        }
        AnswerFault::RowGone => ("答复不全：这一条不在表中", "the row is not there any more"),
        AnswerFault::OtherQuestion => {
            ("问题栏被改动，以登记为准，未作答复处理", "the question was altered; the answer was not taken")
        }
        AnswerFault::NoChoice => ("未答", "not answered"),
        AnswerFault::UnknownChoice(choice) => {
            return match language {
                Language::Chinese => format!("答复“{}”不在可选之列", shown::line(choice)),
                Language::English => format!("“{}” is not among the choices", shown::line(choice)),
            };
        }
        AnswerFault::NotChanged => {
            ("答复与原格不符：选了更正，原格未改", "corrected, but the cell is what it was")
        }
        AnswerFault::Changed => {
            ("答复与原格不符：原格已改，未选更正", "the cell was changed, but not told as corrected")
        }
        AnswerFault::NoReason => ("答复缺理由或佐证", "a reason or the evidence is missing"),
    };
    language.of(chinese, english).to_owned()
}
