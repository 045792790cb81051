//! The register of queries on the terminal: how each query stands, and whether the registers are what was written.

use chrono::NaiveDate;
use serde_json::json;

use super::answered;
use super::args::{Format, QueryCommand, QueryListArgs, QueryVerifyArgs};
use super::asking;
use super::render::Printer;
use super::settings;
use crate::error::RunError;
use crate::finding::Language;
use crate::inputs::Inputs;
use crate::plan::{Plan, QUERIES, Query, QueryEvent, QueryEventKind, read_queries};
use crate::run;
use crate::shown;

/// Does what was asked of the registers; whether everything is in order.
pub(super) fn of_queries(command: &QueryCommand, quiet: bool, printer: &Printer) -> Result<bool, RunError> {
    match command {
        QueryCommand::Issue(asked) => asking::issue(asked, quiet, printer).map(|()| true),
        QueryCommand::Receive(asked) => answered::receive(asked, quiet, printer),
        QueryCommand::Answer(asked) => answered::told(asked, quiet, printer).map(|()| true),
        QueryCommand::Accept(asked) => {
            answered::decide(asked, QueryEventKind::Accepted, printer).map(|()| true)
        }
        QueryCommand::Reject(asked) => {
            answered::decide(asked, QueryEventKind::Rejected, printer).map(|()| true)
        }
        QueryCommand::Withdraw(asked) => {
            answered::decide(asked, QueryEventKind::Withdrawn, printer).map(|()| true)
        }
        QueryCommand::List(asked) => list(asked, printer),
        QueryCommand::Verify(asked) => verify(asked, printer),
    }
}

/// Every query of the round; whether none is overdue.
fn list(asked: &QueryListArgs, printer: &Printer) -> Result<bool, RunError> {
    let settings = settings::registers(&asked.round, &asked.cities)?;
    let as_of = asked.as_of.map_or_else(super::clock::today, Ok)?;
    let inputs = Inputs::default();
    let loaded = run::load_year(&settings, &inputs, "查询 query")?;
    let answer_by = loaded.round.answer_by;
    let (mut all, mut open, mut overdue) = (0_usize, 0_usize, 0_usize);
    for plan in &loaded.plans {
        let path = settings.round.join(plan.city.as_str()).join(QUERIES);
        for query in read_queries(&inputs, &path)?.queries() {
            let is_late = query.is_overdue(answer_by, as_of);
            all += 1;
            open += usize::from(query.state.is_open());
            overdue += usize::from(is_late);
            let is_wanted = (!asked.open || query.state.is_open()) && (!asked.overdue || is_late);
            if is_wanted {
                printer.query(plan, &query, is_late, answer_by);
            }
        }
    }
    if printer.format == Format::Text {
        printer.line(&match printer.language {
            Language::Chinese => {
                format!("查询{all}条，未了结{open}条，截至{as_of}逾期未答{overdue}条（答复期限{answer_by}）。")
            }
            Language::English => {
                format!("{all} queries, {open} open, {overdue} overdue on {as_of} (to be answered by {answer_by}).")
            }
        });
    }
    Ok(overdue == 0)
}

/// Every register of the round against the digests in it; whether all are whole. A register that is not is told with its lines.
fn verify(asked: &QueryVerifyArgs, printer: &Printer) -> Result<bool, RunError> {
    let settings = settings::registers(&asked.round, &asked.cities)?;
    let inputs = Inputs::default();
    let loaded = run::load_year(&settings, &inputs, "查询 query")?;
    let mut is_whole = true;
    for plan in &loaded.plans {
        let path = settings.round.join(plan.city.as_str()).join(QUERIES);
        let (lines, faults) = match read_queries(&inputs, &path) {
            Ok(register) => (register.events().len(), Vec::new()),
            Err(RunError::Faults { faults, .. }) => (0, faults),
            Err(error) => return Err(error),
        };
        is_whole &= faults.is_empty();
        printer.verified(plan, &shown::path(&path), lines, &faults);
    }
    Ok(is_whole)
}

impl Printer {
    fn query(&self, plan: &Plan, query: &Query, is_late: bool, answer_by: NaiveDate) {
        let QueryEvent { key, code, object, sheet, cell, was, content, on, .. } = &query.asked;
        let state = self.language.of(query.state.chinese(), query.state.english());
        let state = if is_late { self.language.of("逾期未答", "overdue") } else { state };
        if self.format == Format::Json {
            self.json(&json!({
                "city": plan.city, "query": key.number.to_string(), "item": key.item, "unit": query.unit(),
                "code": code, "object": object, "sheet": sheet, "cell": cell, "was": was, "question": content,
                "on": on.to_string(), "answer_by": answer_by.to_string(), "state": query.state.english(),
                "is_open": query.state.is_open(), "is_overdue": is_late,
            }));
            return;
        }
        let (number, item) = (&key.number, key.item);
        let place = match (sheet.is_empty(), cell.is_empty()) {
            (true, _) => String::new(),
            (false, true) => format!("  {sheet}"),
            (false, false) => format!("  {sheet}!{cell}"),
        };
        self.line(&match self.language {
            Language::Chinese => format!("{state}  {number}  第{item}条  {code}{place}  {content}"),
            Language::English => format!("{state}  {number}  item {item}  {code}{place}  {content}"),
        });
    }

    fn verified(&self, plan: &Plan, path: &str, lines: usize, faults: &[String]) {
        if self.format == Format::Json {
            self.json(&json!({
                "city": plan.city, "file": path, "lines": lines, "is_whole": faults.is_empty(), "faults": faults,
            }));
            return;
        }
        let (name, count) = (&plan.name, faults.len());
        self.line(&match (self.language, count) {
            (Language::Chinese, 0) => format!("{name}  {lines}行，登记完整  {path}"),
            (Language::English, 0) => format!("{name}  {lines} lines, whole  {path}"),
            (Language::Chinese, _) => format!("{name}  登记不完整，{count}处  {path}"),
            (Language::English, _) => format!("{name}  not whole, {count} faults  {path}"),
        });
        faults.iter().for_each(|fault| self.line(fault));
    }
}
