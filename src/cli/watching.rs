//! `watch`: the folders of a round are looked at until somebody stops it; what arrives is checked with its city, and what is otherwise is told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::args::{By, Format, WatchArgs};
use super::render::{Printer, columns};
use super::screen::Screen;
use super::{interrupt, settings};
use crate::arrivals::{Arrival, ArrivalKind, Arrivals, ArrivalsSeen};
use crate::collect::Submission;
use crate::error::RunError;
use crate::evaluation::Evaluation;
use crate::files;
use crate::finding::{Finding, Language, Severity};
use crate::ident::CityId;
use crate::inputs::Inputs;
use crate::looks::{Changes, SeenFinding, compared};
use crate::progress::Silent;
use crate::run::{self, Settings};
use crate::shown;

/// Looks until somebody stops it, or nobody reads what it says.
///
/// # Errors
/// Fails when it cannot begin. What fails later is told, and tried again at the next look.
pub(super) fn watch(asked: &WatchArgs, printer: &Printer) -> Result<(), RunError> {
    let settings = settings::round(&asked.round, &asked.reading)?;
    let loaded = run::load_year(&settings, &Inputs::default(), "守候 watch")?;
    let cities: Vec<CityId> = loaded.plans.iter().map(|plan| plan.city.clone()).collect();
    let mut arrivals = Arrivals::of(&settings.round, cities.iter().cloned())?;
    interrupt::end_well();
    let every = Duration::from_secs(asked.every);
    let mut watch = Watch { printer, settings, cities, seen: BTreeMap::new(), failed: String::new() };
    std::thread::sleep(every);
    let mut look = arrivals.begin();
    loop {
        match look {
            Ok(look) => {
                if !watch.took(&look) {
                    arrivals.again(look.arrived);
                }
            }
            Err(error) => watch.tell_failure(&error),
        }
        if printer.is_deserted() {
            return Ok(());
        }
        std::thread::sleep(every);
        look = arrivals.look();
    }
}

/// A round that is watched.
struct Watch<'a> {
    printer: &'a Printer,
    settings: Settings,
    cities: Vec<CityId>,
    /// What was found at the last look, by city; nothing before the first.
    seen: BTreeMap<CityId, Vec<SeenFinding>>,
    /// What was said last of a failure: it is said once.
    failed: String,
}

impl Watch<'_> {
    /// Checks what has arrived and tells it; whether that could be done.
    fn took(&mut self, look: &ArrivalsSeen) -> bool {
        let is_first = self.seen.is_empty();
        let concerned: BTreeSet<&CityId> = look.arrived.iter().filter_map(|one| one.city.as_ref()).collect();
        let is_all = is_first || look.arrived.iter().any(|one| one.city.is_none());
        let cities: Vec<String> = self
            .cities
            .iter()
            .filter(|city| is_all || concerned.contains(city))
            .map(ToString::to_string)
            .collect();
        if cities.is_empty() {
            return true;
        }
        let settings = Settings { cities, ..self.settings.clone() };
        let left_out = look.unfinished.union(&look.passed_over).cloned().collect();
        match run::examine(&settings, &Inputs::without(left_out), &Silent) {
            Ok(evaluation) => {
                self.failed.clear();
                if is_first {
                    self.tell_beginning(&evaluation);
                } else {
                    self.tell(look, &evaluation);
                }
                self.keep(&evaluation);
                true
            }
            // It is read again when it is whole.
            Err(RunError::Changed { .. }) => false,
            Err(error) => {
                self.tell_failure(&error);
                false
            }
        }
    }

    fn keep(&mut self, evaluation: &Evaluation) {
        let findings = evaluation.findings_by_city();
        for city in &evaluation.cities {
            let slug = &city.plan.city;
            let own = findings.get(slug).into_iter().flatten();
            self.seen.insert(slug.clone(), own.map(|finding| SeenFinding::of(finding)).collect());
        }
    }

    fn tell_failure(&mut self, error: &RunError) {
        let words = error.to_string();
        if words != self.failed {
            self.printer.failure(error);
            self.failed = words;
        }
    }

    fn tell_beginning(&self, evaluation: &Evaluation) {
        let (printer, round) = (self.printer, shown::path(&self.settings.round));
        let workbooks: usize = evaluation.cities.iter().map(|city| city.collected.submissions.len()).sum();
        if printer.format == Format::Json {
            printer.json(&json!({ "watching": self.settings.round, "workbooks": workbooks }));
            return;
        }
        printer.prose(&match printer.language {
            Language::Chinese => format!("监视{round}：现有报表{workbooks}份。按Ctrl-C结束。"),
            Language::English => {
                format!("watching {round}: {workbooks} workbooks are there. Ctrl-C ends it.")
            }
        });
        printer.counts(&evaluation.findings);
    }

    fn tell(&self, look: &ArrivalsSeen, evaluation: &Evaluation) {
        let then: Vec<SeenFinding> = evaluation
            .cities
            .iter()
            .flat_map(|city| self.seen.get(&city.plan.city).cloned().unwrap_or_default())
            .collect();
        let now: Vec<SeenFinding> = evaluation.findings.iter().map(SeenFinding::of).collect();
        let changes = compared(&then, &now);
        look.arrived.iter().for_each(|one| self.printer.arrived(one, &self.settings.round, evaluation));
        self.printer.otherwise(&changes, &now, evaluation);
    }
}

impl Printer {
    /// `10:32  新到  潜江市 市税务局  市税务局_年报.xlsx  错误1 警告0  未登记收件`
    fn arrived(&self, one: &Arrival, round: &Path, evaluation: &Evaluation) {
        let file = one.path.strip_prefix(round).map_or_else(|_| files::name(&one.path), below);
        let city = one.city.as_ref().and_then(|city| evaluation.cities.find(city));
        let sent = city.and_then(|city| {
            city.collected.submissions.iter().find(|sent| one.is_submission && sent.file == file)
        });
        let of = |severity: Severity| {
            let own = evaluation.told().filter(|finding| finding.at.file == file);
            own.filter(|finding| finding.severity() == severity).count()
        };
        let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
        let now =
            super::clock::now().map_or_else(|| "--:--".to_owned(), |now| now.format("%H:%M").to_string());
        let unit = sent.and_then(|sent| sent.unit.as_ref()).map_or("", |unit| unit.as_str());
        if self.format == Format::Json {
            self.json(&json!({
                "time": now, "happened": happened(one.kind, Language::English), "city": one.city, "unit": unit, "file": file,
                "errors": errors, "warnings": warnings, "is_registered": sent.map(|sent| sent.registered),
            }));
            return;
        }
        let whose = [city.map_or("", |city| city.plan.name.as_str()), unit].join(" ");
        let name = file.rsplit('/').next().unwrap_or(&file);
        let counted = match (sent, self.language) {
            (None, _) => String::new(),
            (Some(_), Language::Chinese) => format!("错误{errors} 警告{warnings}"),
            (Some(_), Language::English) => format!("{errors} errors, {warnings} warnings"),
        };
        let noted = sent.map(|sent| note(sent, self.language)).unwrap_or_default();
        let parts = [&now, happened(one.kind, self.language), whose.trim(), name, &counted, noted];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        self.prose(&columns(&parts));
    }

    /// What was resolved, a line each; what is new as `check` tells it.
    fn otherwise(&self, changes: &Changes<'_>, now: &[SeenFinding], evaluation: &Evaluation) {
        let is_new = |seen: &SeenFinding| changes.new.iter().any(|one| std::ptr::eq(*one, seen));
        let new: Vec<&Finding> = evaluation
            .findings
            .iter()
            .zip(now)
            .filter(|(_, seen)| is_new(seen))
            .map(|(finding, _)| finding)
            .collect();
        if self.format == Format::Json {
            for (kind, list) in [("resolved", &changes.resolved), ("waived", &changes.waived)] {
                for one in list {
                    self.json(&json!({ "change": kind, "code": one.code, "city": one.city, "unit": one.unit,
                        "indicator": one.indicator, "at": one.at, "message": one.message(self.language) }));
                }
            }
            new.iter().for_each(|finding| self.json(&self.as_json(evaluation, finding)));
            return;
        }
        if changes.is_empty() {
            self.line(self.language.of("  问题没有增减", "  no finding came or went"));
            return;
        }
        let gone = Changes { new: Vec::new(), ..changes.clone() };
        self.changes(&gone, evaluation);
        self.grouped(evaluation, &new, By::Unit, &Screen::of_output());
    }
}

/// A path below the folder of the round, as findings have it.
fn below(path: &Path) -> String {
    let parts: Vec<String> = path.iter().map(|part| files::name(Path::new(part))).collect();
    parts.join("/")
}

fn happened(kind: ArrivalKind, language: Language) -> &'static str {
    match kind {
        ArrivalKind::New => language.of("新到", "new"),
        ArrivalKind::Changed => language.of("改动", "changed"),
        ArrivalKind::Gone => language.of("移走", "gone"),
    }
}

/// What is to be known of a workbook before its findings are read.
fn note(sent: &Submission, language: Language) -> &'static str {
    if !sent.readable {
        return language.of("未能采用", "cannot be used");
    }
    if sent.superseded {
        return language.of("另有更新的一份", "a newer one is there");
    }
    if sent.after_cut_off {
        return language.of("截止后收到，不采用", "received after the cut-off, not used");
    }
    if sent.registered { "" } else { language.of("未登记收件", "not in the register of receipts") }
}
