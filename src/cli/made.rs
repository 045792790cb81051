//! What a command has made, for programs that read it, and how long it took, for people who waited.

use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::args::Format;
use super::render::Printer;
use crate::archive::OutputRecord;
use crate::error::RunError;
use crate::evaluation::Evaluation;
use crate::finding::{Language, Severity};
use crate::publish::Share;
use crate::shown;

/// Who waits so long wants to know how long it was.
const LONG: Duration = Duration::from_secs(2);

impl Printer {
    /// What was made of a share of a round.
    pub(super) fn shared(&self, share: Share, evaluation: &Evaluation, to: &Path) {
        let (Share { part, of }, cities) = (share, evaluation.cities.len());
        let folder = shown::path(to);
        if self.format == Format::Json {
            self.json(&json!({ "part": part, "of": of, "cities": cities, "folder": folder }));
        } else if !self.quiet {
            self.prose(&match self.language {
                Language::Chinese => {
                    format!("第{part}份（共{of}份）：{cities}个城市，在{folder}；齐了用merge合并")
                }
                Language::English => {
                    format!(
                        "part {part} of {of}: {cities} cities, in {folder}; merge takes all parts together"
                    )
                }
            });
        }
    }

    /// `run --format json`: what was made, from the manifest of the output.
    pub(super) fn made(
        &self,
        evaluation: &Evaluation,
        output: &Path,
        in_order: bool,
    ) -> Result<(), RunError> {
        if self.format != Format::Json {
            return Ok(());
        }
        let record = OutputRecord::read(output)?;
        let files: Vec<_> = record
            .iter()
            .flat_map(|record| &record.outputs)
            .map(|file| json!({ "path": file.path, "sha256": file.digests.sha256, "sm3": file.digests.sm3 }))
            .collect();
        let count = |severity: Severity| {
            evaluation.told().filter(|finding| finding.problem.severity() == severity).count()
        };
        let cities: Vec<_> = evaluation
            .cities
            .iter()
            .map(|city| {
                let score = &city.score;
                let withheld: Vec<String> =
                    score.withheld.iter().map(|(what, _)| what.key().to_owned()).collect();
                json!({
                    "city": city.plan.city, "name": city.plan.name, "total": score.total,
                    "assessable": score.assessable, "met": score.met, "withheld": withheld,
                })
            })
            .collect();
        let why = match (in_order, evaluation.is_withheld()) {
            (true, _) => "done",
            (false, true) => "done, with something withheld",
            (false, false) => "done, with findings of severity error",
        };
        self.json(&json!({
            "output": shown::path(output), "figures": evaluation.figures,
            "fingerprint": record.as_ref().map(|record| record.fingerprint.clone()),
            "report_date": evaluation.round.report_date.to_string(),
            "findings": {
                "error": count(Severity::Error), "warning": count(Severity::Warning), "note": count(Severity::Note),
                "waived": evaluation.findings.iter().filter(|finding| finding.waived.is_some()).count(),
            },
            "cities": cities, "files": files, "exit": u8::from(!in_order), "why": why,
        }));
        Ok(())
    }

    /// How long it took, where somebody waited at a terminal. Never part of an output.
    pub(super) fn took(&self, time: Duration) {
        if !self.tells() || time < LONG || !self.is_watched() {
            return;
        }
        let (seconds, tenths) = (time.as_secs(), time.subsec_millis() / 100);
        self.aside(&match self.language {
            Language::Chinese => format!("用时{seconds}.{tenths}秒"),
            Language::English => format!("took {seconds}.{tenths} s"),
        });
    }
}
