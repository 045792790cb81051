//! `check --since`: what was resolved since an output was published, and what is new.

use std::path::PathBuf;

use serde_json::json;

use super::args::{CheckArgs, Format};
use super::render::Printer;
use super::settings;
use crate::error::{LookRefusal, RunError};
use crate::evaluation::Evaluation;
use crate::files;
use crate::finding::Language;
use crate::looks::{self, Changes, PublishedLook, SeenFinding, compared};
use crate::run::Settings;
use crate::shown;

/// Characters that cannot be printed: which they are is known for certain only where the typesetting program was asked.
const UNSHOWN: &str = "R113";
/// Digits of a fingerprint in a line.
const DIGITS: usize = 16;

/// The look that findings are compared with.
pub(super) struct Earlier {
    output: PathBuf,
    /// What was seen; why it cannot be told, where nobody asked for it.
    seen: Result<PublishedLook, RunError>,
}

/// The output that was asked for; else the one of the round at its usual place, if there is one.
pub(super) fn earlier(asked: &CheckArgs, settings: &Settings) -> Result<Option<Earlier>, RunError> {
    let round = files::name(&settings.round);
    if let Some(output) = &asked.since {
        if settings.workbook.is_some() {
            return Err(RunError::Look { path: output.clone(), why: LookRefusal::OneWorkbook });
        }
        let seen = Ok(looks::read(output, &round)?);
        return Ok(Some(Earlier { output: output.clone(), seen }));
    }
    let output = settings::output_of(&settings.round);
    let is_there = || files::is_there(&output.join("manifest.json")).unwrap_or_default();
    if settings.workbook.is_some() || asked.statistics || !is_there() {
        return Ok(None);
    }
    let seen = looks::read(&output, &round);
    Ok(Some(Earlier { output, seen }))
}

impl Printer {
    /// How many findings are otherwise; where somebody asked for it, which.
    pub(super) fn since(
        &self,
        earlier: &Earlier,
        evaluation: &Evaluation,
        is_asked: bool,
        knows_fonts: bool,
    ) {
        if !is_asked && !self.tells() {
            return;
        }
        let output = shown::path(&earlier.output);
        let look = match &earlier.seen {
            Ok(look) => look,
            Err(error) => {
                let why = error.to_string();
                self.prose(&match self.language {
                    Language::Chinese => format!("与上次输出未作比较：{why}"),
                    Language::English => format!("not compared with the last output: {why}"),
                });
                return;
            }
        };
        let compares = |one: &SeenFinding| {
            let is_judged = evaluation.cities.find(one.city.as_str()).is_some();
            is_judged && look.cities.contains(&one.city) && (knows_fonts || one.code != UNSHOWN)
        };
        let then: Vec<SeenFinding> = look.findings.iter().filter(|one| compares(one)).cloned().collect();
        let now = evaluation.findings.iter().map(SeenFinding::of);
        let now: Vec<SeenFinding> = now.filter(compares).collect();
        let changes = compared(&then, &now);
        let apart: Vec<String> = evaluation
            .cities
            .iter()
            .filter(|city| !look.cities.contains(city.plan.city.as_str()))
            .map(|city| city.plan.name.clone())
            .collect();
        if self.format == Format::Json {
            self.since_in_json(&output, look, &changes, &apart);
        } else {
            self.since_in_words(&output, look, &changes, &apart);
            if is_asked {
                self.changes(&changes, evaluation);
            }
        }
    }

    fn since_in_json(&self, output: &str, look: &PublishedLook, changes: &Changes<'_>, apart: &[String]) {
        let (resolved, waived, new) = (&changes.resolved, &changes.waived, &changes.new);
        self.json(&json!({
            "since": output, "report_date": look.report_date.to_string(), "figures": look.figures,
            "resolved": resolved.len(), "waived": waived.len(), "new": new.len(), "not_compared": apart,
        }));
        for (kind, list) in [("resolved", resolved), ("waived", waived), ("new", new)] {
            for one in list {
                self.json(&json!({ "change": kind, "code": one.code, "city": one.city, "unit": one.unit,
                    "indicator": one.indicator, "at": one.at, "message": one.message(self.language) }));
            }
        }
    }

    fn since_in_words(&self, output: &str, look: &PublishedLook, changes: &Changes<'_>, apart: &[String]) {
        let (resolved, waived, new) = (changes.resolved.len(), changes.waived.len(), changes.new.len());
        let counted = match self.language {
            _ if changes.is_empty() => self.language.of("没有变化", "nothing is otherwise").to_owned(),
            Language::Chinese => format!("已消除{resolved}  已豁免{waived}  新增{new}"),
            Language::English => format!("{resolved} resolved, {waived} waived, {new} new"),
        };
        let (edition, date) = (&look.edition, look.report_date);
        let figures: String = look.figures.chars().take(DIGITS).collect();
        self.prose(&match self.language {
            Language::Chinese => {
                format!("与{output}（{edition}，{date}，数字指纹{figures}…）相比：{counted}")
            }
            Language::English => format!("since {output} (report of {date}, figures {figures}…): {counted}"),
        });
        if !apart.is_empty() {
            let names = self.language.list(apart);
            self.prose(&match self.language {
                Language::Chinese => format!("  {names}不在那个输出中，未比较"),
                Language::English => format!("  not in that output, and not compared: {names}"),
            });
        }
    }
}
