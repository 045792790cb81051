//! What is printed: findings and summaries on standard output, failures on standard error.

use std::collections::BTreeMap;
use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use serde_json::json;

use super::args::{Args, Format, Lang};
use super::screen::{Ink, Screen};
use crate::assess::{PaceLight, State};
use crate::error::RunError;
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::finding::{Cause, Finding, Language, Severity, pages};
use crate::rounding::percent;
use crate::shown::{self, column, printable, printable_json};
use crate::wrapped::wrapped;

const STDOUT: &str = "标准输出 standard output";
/// Indicators and tasks named in a line.
const MOST_NAMED: usize = 12;

pub(super) struct Printer {
    pub(super) language: Language,
    pub(super) format: Format,
    pub(super) quiet: bool,
    /// The first thing that could not be said, and where.
    unsaid: Mutex<Option<(&'static str, std::io::Error)>>,
    /// Whether whoever read standard output wants no more.
    is_deserted: AtomicBool,
    /// Whether an output was put in place.
    is_published: AtomicBool,
}

impl Printer {
    pub(super) fn new(args: &Args) -> Self {
        let language = match args.lang {
            Lang::Zh => Language::Chinese,
            Lang::En => Language::English,
        };
        Self {
            language,
            format: args.format,
            quiet: args.quiet,
            unsaid: Mutex::new(None),
            is_deserted: AtomicBool::new(false),
            is_published: AtomicBool::new(false),
        }
    }

    /// A line on standard output.
    pub(super) fn line(&self, text: &str) {
        self.heard(STDOUT, writeln!(std::io::stdout(), "{}", shown::line(text)));
    }

    /// A text for people: on a terminal in lines of its width, elsewhere one line.
    pub(super) fn prose(&self, text: &str) {
        let screen = Screen::of_output();
        if !screen.is_terminal {
            self.line(text);
            return;
        }
        let indented = text.len().saturating_sub(text.trim_start_matches(' ').len());
        let rest = " ".repeat(indented.saturating_add(2));
        let begin = text.get(..indented).unwrap_or_default();
        wrapped(text.trim_start_matches(' '), [begin, &rest], screen.columns)
            .iter()
            .for_each(|line| self.line(line));
    }

    /// A line on standard output whose first `mark` is in an ink.
    pub(super) fn inked(&self, mark: &str, ink: Ink, screen: &Screen, line: &str) {
        let line = shown::line(line);
        let line = line.replacen(mark, &screen.inked(mark, ink), usize::from(!mark.is_empty()));
        self.heard(STDOUT, writeln!(std::io::stdout(), "{line}"));
    }

    /// Whether people are told more than was asked for.
    pub(super) fn tells(&self) -> bool {
        !self.quiet && self.format == Format::Text
    }

    /// Whether a person sees standard error.
    pub(super) fn is_watched(&self) -> bool {
        std::io::stderr().is_terminal()
    }

    pub(super) fn json(&self, value: &serde_json::Value) {
        self.heard(STDOUT, writeln!(std::io::stdout(), "{}", printable_json(value)));
    }

    /// A line on standard error that is no failure.
    pub(super) fn aside(&self, text: &str) {
        self.heard("标准错误 standard error", writeln!(std::io::stderr(), "{}", shown::line(text)));
    }

    /// Keeps the first error of writing. A reader that has closed its end wants no more: that is no error.
    fn heard(&self, stream: &'static str, written: std::io::Result<()>) {
        let mut unsaid = self.unsaid.lock().unwrap_or_else(PoisonError::into_inner);
        if written.as_ref().is_err_and(|error| error.kind() == ErrorKind::BrokenPipe) {
            self.is_deserted.store(true, Ordering::Relaxed);
        }
        if let Err(error) = written
            && error.kind() != ErrorKind::BrokenPipe
        {
            unsaid.get_or_insert((stream, error));
        }
    }

    /// Whether whoever read standard output wants no more.
    pub(super) fn is_deserted(&self) -> bool {
        self.is_deserted.load(Ordering::Relaxed)
    }

    /// Whether all that there was to say could be written.
    ///
    /// # Errors
    /// Fails with the first reason why not.
    pub(super) fn said_all(&self) -> Result<(), RunError> {
        self.heard(STDOUT, std::io::stdout().flush());
        let unsaid = self.unsaid.lock().unwrap_or_else(PoisonError::into_inner).take();
        let is_published = self.is_published.load(Ordering::Relaxed);
        unsaid.map_or(Ok(()), |(stream, source)| Err(RunError::Telling { stream, source, is_published }))
    }

    pub(super) fn failure(&self, error: &RunError) {
        let _ = match self.format {
            Format::Text => writeln!(std::io::stderr(), "未完成 not done: {}", printable(&error.to_string())),
            Format::Json => {
                writeln!(std::io::stderr(), "{}", printable_json(&json!({ "error": error.to_string() })))
            }
        };
    }

    /// Findings one by one; what follows from another one is counted below it, and only JSON has it line by line.
    pub(super) fn findings(&self, evaluation: &Evaluation) {
        if self.format == Format::Json {
            evaluation.findings.iter().for_each(|finding| self.json(&self.as_json(evaluation, finding)));
            return;
        }
        let following = by_cause(evaluation);
        for finding in evaluation.told() {
            self.finding(evaluation, finding);
            if let Some(following) = following.get(&finding.as_cause()) {
                self.line(&format!("  {}", self.following_words(following)));
            }
        }
    }

    /// What follows from a finding: how many, and of which indicators and tasks.
    pub(super) fn following_words(&self, findings: &[&Finding]) -> String {
        let objects = findings.iter().map(|finding| finding.subject.object.to_string());
        let mut about: Vec<String> = objects.filter(|about| !about.is_empty()).collect();
        about.dedup();
        let named = about.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join("、");
        let more = if about.len() > MOST_NAMED { "…" } else { "" };
        let count = findings.len();
        self.language.of(
            format!("由此另有{count}项（{named}{more}），改正后一并消除"),
            format!("{count} more follow from it ({named}{more})"),
        )
    }

    /// Prints the page of a code, or the list of all.
    pub(super) fn explain(&self, code: Option<&str>) -> Result<(), RunError> {
        let Some(code) = code else {
            for (code, title) in pages::titles() {
                self.line(&format!("{code}  {title}"));
            }
            return Ok(());
        };
        let page = pages::page(code, self.language).ok_or_else(|| RunError::NoSuchCode(code.to_owned()))?;
        page.lines().for_each(|line| self.line(line));
        Ok(())
    }

    fn finding(&self, evaluation: &Evaluation, finding: &Finding) {
        let severity = match self.language {
            Language::Chinese => finding.problem.severity().chinese(),
            Language::English => finding.problem.severity().key(),
        };
        let (chinese, english) =
            if finding.waived.is_some() { ("已豁免", "waived") } else { ("已说明", "explained") };
        let waived = match (finding.settled_by(), self.language) {
            (None, _) => String::new(),
            (Some(reason), Language::Chinese) => format!("（{chinese}：{reason}）"),
            (Some(reason), Language::English) => format!(" ({english}: {reason})"),
        };
        let name = name_of(evaluation, finding);
        let whose = [finding.unit_words(), finding.subject.object.to_string(), name];
        let whose = whose.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let (message, remedy) = (finding.message(self.language), finding.remedy(self.language));
        let code = finding.problem.code();
        let kind = format!("{severity} {code}{waived}");
        self.line(&columns(&[&finding.at.to_string(), &kind, &whose, &message]));
        self.line(&format!("  → {}", column(&remedy)));
    }

    pub(super) fn as_json(&self, evaluation: &Evaluation, finding: &Finding) -> serde_json::Value {
        json!({
            "code": finding.problem.code(),
            "severity": finding.problem.severity().key(),
            "city": finding.subject.city,
            "unit": finding.unit_words(),
            "indicator": finding.subject.object.to_string(),
            "name": name_of(evaluation, finding),
            "file": finding.at.file,
            "sheet": finding.at.sheet,
            "cell": finding.at.address(),
            "related": finding.related.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "message": finding.message(self.language),
            "remedy": finding.remedy(self.language),
            "waived": finding.settled_by(),
            "cause": finding.cause.as_ref().map(ToString::to_string),
            "cells": finding.problem.cells(),
        })
    }

    pub(super) fn summary(&self, evaluation: &Evaluation) {
        if self.quiet || self.format == Format::Json {
            return;
        }
        if !evaluation.round.period.is_annual() {
            evaluation.cities.iter().for_each(|city| self.line(&course(city, self.language)));
            return;
        }
        for city in &evaluation.cities {
            let score = &city.score;
            let rate = percent(score.met, score.assessable).unwrap_or_else(|| "—".to_owned());
            let (name, total, able, met) = (&city.plan.name, score.total, score.assessable, score.met);
            // Who is on schedule has completed nothing yet.
            let has_schedules = score.count(State::OnSchedule) + score.count(State::BehindSchedule) > 0;
            let reached = if has_schedules { "达标" } else { "完成" };
            self.prose(&match self.language {
                Language::Chinese => {
                    format!("{name}  应评{total}  可评{able}  {reached}{met}  {reached}率{rate}%")
                }
                Language::English => {
                    format!("{name}  total {total}  assessable {able}  met {met}  rate {rate} %")
                }
            });
        }
    }

    pub(super) fn counts(&self, findings: &[Finding]) {
        if self.quiet || self.format == Format::Json {
            return;
        }
        let count = |severity: Severity| {
            let told = findings.iter().filter(|finding| finding.cause.is_none());
            told.filter(|finding| finding.problem.severity() == severity).count()
        };
        let waived = findings.iter().filter(|finding| finding.waived.is_some()).count();
        let (errors, warnings, notes) =
            (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
        self.prose(&match self.language {
            Language::Chinese => {
                format!("审核：错误{errors}  警告{warnings}  提示{notes}（其中已豁免{waived}）")
            }
            Language::English => {
                format!(
                    "findings: {errors} errors, {warnings} warnings, {notes} notes ({waived} of them waived)"
                )
            }
        });
    }

    /// What is withheld, and what for.
    pub(super) fn withheld(&self, evaluation: &Evaluation) {
        if self.quiet || self.format == Format::Json {
            return;
        }
        for city in &evaluation.cities {
            for (what, why) in &city.score.withheld {
                let (what, open) = (what.words(self.language), why.words(self.language));
                let name = &city.plan.name;
                self.prose(&match (self.language, open.is_empty()) {
                    (Language::Chinese, true) => format!("暂不刊出：{name}  {what}（因其他各地）"),
                    (Language::Chinese, false) => format!("暂不刊出：{name}  {what}（{open}未了结）"),
                    (Language::English, true) => format!("withheld: {name}  {what} (because of others)"),
                    (Language::English, false) => format!("withheld: {name}  {what} ({open} open)"),
                });
            }
        }
    }

    /// Tells of those who signed other figures than were published now, and which these are.
    fn signed_elsewhere(&self, evaluation: &Evaluation) {
        let (others, figures) = (evaluation.signed_elsewhere(), &evaluation.figures);
        if others > 0 && !self.quiet && self.format == Format::Text {
            self.prose(&match self.language {
                Language::Chinese => format!(
                    "signoff.toml：{others}项签审对应另一份数字，不予列入；本次数字指纹{figures}"
                ),
                Language::English => format!(
                    "signoff.toml: {others} sign-offs are over other figures and not listed; the figures now are {figures}"
                ),
            });
        }
    }

    pub(super) fn published(&self, evaluation: &Evaluation, output: &Path) {
        self.signed_elsewhere(evaluation);
        self.is_published.store(true, Ordering::Relaxed);
        let is_annual = evaluation.round.period.is_annual();
        if !self.quiet && self.format == Format::Text && !is_annual {
            let what = self.language.of("一页通报", "bulletin of one page");
            self.line(&columns(&[&shown::path(&output.join("通报.pdf")), what]));
        }
        if !self.quiet && self.format == Format::Text && is_annual {
            let volumes = match self.language {
                Language::Chinese => [
                    ("brief.pdf", "领导参阅，从这里读起"),
                    ("report.pdf", "主报告"),
                    ("technical.pdf", "技术卷：逐项、核实和溯源"),
                ],
                Language::English => [
                    ("brief.pdf", "for leaders, begin here"),
                    ("report.pdf", "main report"),
                    ("technical.pdf", "technical volume: every row, queries, lineage"),
                ],
            };
            let has_english = evaluation.round.languages.contains(&Language::English);
            let english = match self.language {
                Language::Chinese => [("brief-en.pdf", "领导参阅英文版"), ("report-en.pdf", "主报告英文版")],
                Language::English => {
                    [("brief-en.pdf", "brief in English"), ("report-en.pdf", "report in English")]
                }
            };
            for (file, what) in volumes.into_iter().chain(english.into_iter().filter(|_| has_english)) {
                self.prose(&columns(&[&shown::path(&output.join(file)), what]));
            }
        }
    }
}

/// A city within the year: how many targets are in which light.
fn course(city: &CityEvaluation, language: Language) -> String {
    let count =
        |lights: &[PaceLight]| city.paces.iter().filter(|one| lights.contains(&one.state.light())).count();
    let (name, all) = (&city.plan.name, city.paces.len());
    let (green, yellow, red) = (
        count(&[PaceLight::Green, PaceLight::Hollow]),
        count(&[PaceLight::Yellow]),
        count(&[PaceLight::Red]),
    );
    let dark = count(&[PaceLight::Dark]);
    match language {
        Language::Chinese => format!("{name}  指标{all}  绿灯{green}  黄灯{yellow}  红灯{red}  无灯{dark}"),
        Language::English => {
            format!(
                "{name}  targets {all}  green {green}  yellow {yellow}  red {red}  without a light {dark}"
            )
        }
    }
}

/// The findings that follow from another one, by what they follow from.
pub(super) fn by_cause(evaluation: &Evaluation) -> BTreeMap<&Cause, Vec<&Finding>> {
    let mut following: BTreeMap<&Cause, Vec<&Finding>> = BTreeMap::new();
    for finding in &evaluation.findings {
        if let Some(cause) = &finding.cause {
            following.entry(cause).or_default().push(finding);
        }
    }
    following
}

/// A line of columns, none of which holds what parts them.
pub(super) fn columns(texts: &[&str]) -> String {
    texts.iter().map(|text| column(text)).collect::<Vec<_>>().join("  ")
}

/// The short name of the indicator, or the title of the task, that a finding concerns; empty when it concerns none.
pub(super) fn name_of(evaluation: &Evaluation, finding: &Finding) -> String {
    let city = evaluation.cities.find(&finding.subject.city);
    city.and_then(|city| city.plan.name_of(&finding.subject.object)).unwrap_or_default().to_owned()
}
