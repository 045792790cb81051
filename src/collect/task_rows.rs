//! Rows of tasks and of evidence.

use super::index::Named;
use super::likeness::like;
use super::references::references;
use super::roles::Role;
use super::row_kinds::RowKind;
use super::rows::{Context, MOST_UNKNOWN_ROWS, Seen};
use super::text::{clean, name_key, tidy};
use super::{Evidence, TaskProgress, TaskReport};
use crate::finding::{Cause, Object, Population, TableProblem};
use crate::plan::Task;

impl Context<'_> {
    pub(super) fn task(&mut self, row: u32, seen: &mut Seen, cause: Option<&Cause>) {
        if self.kinds.of_row(row).is_some_and(RowKind::is_passed_over) {
            return;
        }
        self.collected.runs.over(Population::Row, 1);
        let no = clean(&self.text(row, Role::No));
        let raw = self.text(row, Role::Name);
        let tasks = &self.index.plan.tasks;
        let by_no = tasks.find(no.as_str()).filter(|_| !self.table.is_numbered);
        let by_name = match self.table.named.get(&row) {
            Some(Named::Task(task)) => Some(*task),
            _ => None,
        };
        if let (Some(one), Some(other)) = (by_no, by_name)
            && one.no != other.no
        {
            let problem = TableProblem::NumberAndNameDiffer { no, by_name: other.no.to_string() }.into();
            self.report(self.place(row, Role::No), (&other.no).into(), problem);
            return;
        }
        let is_blank = self.text(row, Role::State).trim().is_empty();
        let Some(task) = by_no.or(by_name) else {
            if self.unknown_rows >= MOST_UNKNOWN_ROWS {
                self.collected.runs.failed("L204", usize::from(!is_blank));
                return;
            }
            let suggestion = like(&raw, tasks.iter().map(|task| task.title.as_str()));
            let text = clean(&format!("{no} {raw}"));
            let problem = TableProblem::UnknownRow { text, is_value: false, suggestion, of_year: None };
            self.unknown_row(row, !is_blank, problem.into());
            return;
        };
        let object = Object::from(&task.no);
        self.kinds.set(row, RowKind::Item(object.to_string()));
        let units = self.index.plan.task_reporters(task);
        let is_own = units.contains(self.reader.unit);
        if let Some(cause) = cause.filter(|_| is_own) {
            self.unread(object, cause);
            return;
        }
        self.collected.runs.over(Population::Item, 1);
        if !is_own {
            if !is_blank {
                let at = self.place(row, Role::Name);
                self.report(at, object, TableProblem::NotItsIndicator { units }.into());
            }
            return;
        }
        if self.table.column(Role::State).is_none() || self.is_repeated(row, Role::State, &object, seen) {
            return;
        }
        let report = self.task_report(row, task);
        self.collected.tasks.push(report);
    }

    /// What a row says of its task.
    fn task_report(&self, row: u32, task: &Task) -> TaskReport {
        TaskReport {
            unit: self.reader.unit.clone(),
            no: task.no.clone(),
            raw: self.text(row, Role::State).into_owned(),
            progress: progress(&self.text(row, Role::State)),
            text: tidy(&self.text(row, Role::Progress)),
            evidence: references(&self.text(row, Role::Evidence)),
            at: self.place(row, Role::State),
            text_at: self.place(row, Role::Progress),
            evidence_at: self.place(row, Role::Evidence),
        }
    }

    pub(super) fn evidence(&mut self, row: u32) {
        if self.kinds.of_row(row).is_some_and(RowKind::is_passed_over) {
            return;
        }
        let by_role = [Role::Evidence, Role::No].map(|role| clean(&self.text(row, role)));
        let no = by_role.into_iter().find(|no| !no.is_empty()).unwrap_or_default();
        let title = tidy(&self.text(row, Role::Name));
        if !no.is_empty() && !title.is_empty() {
            self.kinds.set(row, RowKind::Item(no.clone()));
            self.collected.evidence.push(Evidence {
                unit: self.reader.unit.clone(),
                no,
                title,
                document: tidy(&self.text(row, Role::Document)),
            });
        }
    }
}

fn progress(text: &str) -> TaskProgress {
    match name_key(text).as_str() {
        "" => TaskProgress::Blank,
        "完成" | "已完成" => TaskProgress::Done,
        "推进中" | "正在推进" | "进行中" | "持续推进" => TaskProgress::Ongoing,
        "未启动" | "未开展" => TaskProgress::NotStarted,
        _ => TaskProgress::Unknown(clean(text)),
    }
}
