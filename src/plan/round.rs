//! A round: which cities are judged for which year, by which method, with which human decisions.

use std::path::Path;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::sections::{Day, Sections};
use super::words::{word, written};
use crate::error::RunError;
use crate::files;
use crate::ident::Slug;
use crate::workbook::Limits;

/// 快报版 or 终版.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// 快报: in January, before the year's statistics are final.
    Flash,
    /// 终版: when they are.
    Final,
}

impl Edition {
    /// The word on the cover.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Flash => "快报版",
            Self::Final => "终版",
        }
    }
}

/// Parameters of the method, printed in the report. All are in percent.
#[derive(Debug, Clone, PartialEq)]
pub struct Method {
    /// From this completion on, a target that was not met counts as nearly met (基本完成).
    pub nearly: Decimal,
    /// From this completion on, a target that was met counts as exceeded (超额完成).
    pub exceeded: Decimal,
    /// Completion above this earns no further points.
    pub cap: Decimal,
    /// Cities with a lower coverage are not ranked.
    pub minimum_coverage: Decimal,
    /// Tolerance of 左右 where the plan gives none.
    pub about_tolerance: Decimal,
    /// Deviation from the target at the edge of the bars.
    pub bar_span: Decimal,
    /// Scores from which the grades 优秀, 良好 and 合格 are given.
    pub grades: [Decimal; 3],
}

/// A recorded choice of the unit whose value counts when units disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference {
    /// City.
    pub city: String,
    /// Number of the indicator.
    pub indicator: String,
    /// The unit.
    pub unit: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub on: NaiveDate,
}

/// A human decision that the report prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// City, or 各市.
    pub city: String,
    /// What it concerns.
    pub object: String,
    /// Kind of matter.
    pub matter: String,
    /// The decision.
    pub decision: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub on: NaiveDate,
}

/// An accepted exception (豁免): findings it covers are reported as notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// Code of the finding.
    pub code: String,
    /// City.
    pub city: String,
    /// Unit, or empty for all.
    pub unit: String,
    /// Indicator, or empty for all.
    pub indicator: String,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// Valid until.
    pub until: NaiveDate,
}

/// A round (评估轮次).
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Year that is judged.
    pub year: i32,
    /// Period of the submissions, such as `2023-annual`.
    pub period: String,
    /// 快报 or 终版.
    pub edition: Edition,
    /// Lines of the title.
    pub title: Vec<String>,
    /// Who publishes the report.
    pub issuer: String,
    /// Date printed on the report.
    pub report_date: NaiveDate,
    /// Last day for submissions; the day itself is in time.
    pub deadline: NaiveDate,
    /// Submissions received after this day are not used.
    pub cut_off: NaiveDate,
    /// Day by which queries are to be answered.
    pub answer_by: NaiveDate,
    /// Day by which measures are to be proposed.
    pub measures_by: NaiveDate,
    /// Whether the figures are invented.
    pub illustrative: bool,
    /// Whether drafts and superseded plans may be judged.
    pub allow_drafts: bool,
    /// Cities, in the order of the report.
    pub cities: Vec<Slug>,
    /// The method.
    pub method: Method,
    /// Limits of reading.
    pub limits: Limits,
    /// Choices of sources.
    pub preferences: Vec<Preference>,
    /// Other decisions.
    pub decisions: Vec<Decision>,
    /// Accepted exceptions.
    pub waivers: Vec<Waiver>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRound {
    year: i32,
    period: String,
    edition: String,
    title: Vec<String>,
    issuer: String,
    report_date: Day,
    deadline: Day,
    cut_off: Day,
    answer_by: Day,
    measures_by: Day,
    #[serde(default)]
    illustrative: bool,
    #[serde(default)]
    allow_drafts: bool,
    cities: Vec<Slug>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMethod {
    nearly: String,
    exceeded: String,
    cap: String,
    minimum_coverage: String,
    about_tolerance: String,
    bar_span: String,
    grades: [String; 3],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPreference {
    city: String,
    indicator: String,
    unit: String,
    reason: String,
    by: String,
    on: Day,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDecision {
    city: String,
    object: String,
    matter: String,
    decision: String,
    reason: String,
    by: String,
    on: Day,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWaiver {
    code: String,
    city: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    indicator: String,
    reason: String,
    owner: String,
    until: Day,
}

impl Round {
    /// Reads `round.toml` of a folder, and `waivers.toml` if there is one.
    ///
    /// # Errors
    /// Fails when a file cannot be read, or with the list of its faults.
    pub fn load(folder: &Path) -> Result<Self, RunError> {
        let path = folder.join("round.toml");
        let text = files::read_text(&path)?;
        let mut sections = Sections::parse(&text);
        let raw = sections.single::<RawRound>("round");
        let method = sections.single::<RawMethod>("method").and_then(|at| {
            Method::from_raw(&at.entry)
                .map_err(|faults| faults.into_iter().for_each(|fault| sections.fault(at.line, fault)))
                .ok()
        });
        let limits = sections.optional::<Limits>("limits").map(|at| at.entry).unwrap_or_default();
        let preferences = sections.many::<RawPreference>("preference");
        let decisions = sections.many::<RawDecision>("decision");
        let edition = raw.as_ref().and_then(|raw| {
            word("edition", &raw.entry.edition, &[("快报", Edition::Flash), ("终版", Edition::Final)])
                .map_err(|fault| sections.fault(raw.line, fault))
                .ok()
        });
        if let Some(raw) = &raw {
            check_dates(&raw.entry).into_iter().for_each(|fault| sections.fault(raw.line, fault));
        }
        let faults = sections.finish();
        let (Some(raw), Some(method), Some(edition), true) = (raw, method, edition, faults.is_empty()) else {
            return Err(RunError::Faults { path, faults });
        };
        let raw = raw.entry;
        Ok(Self {
            year: raw.year,
            period: raw.period,
            edition,
            title: raw.title,
            issuer: raw.issuer,
            report_date: raw.report_date.0,
            deadline: raw.deadline.0,
            cut_off: raw.cut_off.0,
            answer_by: raw.answer_by.0,
            measures_by: raw.measures_by.0,
            illustrative: raw.illustrative,
            allow_drafts: raw.allow_drafts,
            cities: raw.cities,
            method,
            limits,
            preferences: preferences.into_iter().map(|at| Preference::from(at.entry)).collect(),
            decisions: decisions.into_iter().map(|at| Decision::from(at.entry)).collect(),
            waivers: load_waivers(&folder.join("waivers.toml"))?,
        })
    }
}

fn check_dates(raw: &RawRound) -> Vec<String> {
    let mut faults = Vec::new();
    if raw.cities.is_empty() {
        faults.push("cities 为空 (no cities)".to_owned());
    }
    let distinct: std::collections::BTreeSet<&Slug> = raw.cities.iter().collect();
    if distinct.len() < raw.cities.len() {
        faults.push("cities 有重复 (a city stands twice)".to_owned());
    }
    if raw.title.is_empty() {
        faults.push("title 为空 (no title)".to_owned());
    }
    let order = [("deadline", raw.deadline), ("cut_off", raw.cut_off), ("report_date", raw.report_date)];
    for pair in order.windows(2) {
        if let [(earlier, a), (later, b)] = pair
            && a > b
        {
            faults.push(format!("{earlier} 晚于 {later} (is later)"));
        }
    }
    faults
}

impl Method {
    fn from_raw(raw: &RawMethod) -> Result<Self, Vec<String>> {
        let mut faults = Vec::new();
        let mut number = |what: &str, text: &str| match written(what, text) {
            Ok(written) => written.value,
            Err(fault) => {
                faults.push(fault);
                Decimal::ZERO
            }
        };
        let method = Self {
            nearly: number("nearly", &raw.nearly),
            exceeded: number("exceeded", &raw.exceeded),
            cap: number("cap", &raw.cap),
            minimum_coverage: number("minimum_coverage", &raw.minimum_coverage),
            about_tolerance: number("about_tolerance", &raw.about_tolerance),
            bar_span: number("bar_span", &raw.bar_span),
            grades: [
                number("grades", &raw.grades[0]),
                number("grades", &raw.grades[1]),
                number("grades", &raw.grades[2]),
            ],
        };
        if faults.is_empty()
            && (method.nearly > Decimal::ONE_HUNDRED || method.exceeded < Decimal::ONE_HUNDRED)
        {
            faults.push("nearly 不得高于100，exceeded 不得低于100".to_owned());
        }
        let parameters = [
            method.nearly,
            method.exceeded,
            method.cap,
            method.minimum_coverage,
            method.about_tolerance,
            method.bar_span,
        ];
        let sane = |value: &Decimal| (Decimal::ZERO..=Decimal::ONE_THOUSAND).contains(value);
        if faults.is_empty() && !parameters.iter().chain(&method.grades).all(sane) {
            faults.push("各参数应在0—1000之间 (parameters are percentages, 0 to 1000)".to_owned());
        }
        if faults.is_empty() && method.cap < Decimal::ONE_HUNDRED {
            faults.push("cap 不得低于100 (must not be below 100)".to_owned());
        }
        if faults.is_empty() && method.minimum_coverage > Decimal::ONE_HUNDRED {
            faults.push("minimum_coverage 不得高于100 (must not be above 100)".to_owned());
        }
        if faults.is_empty() && !method.grades.is_sorted_by(|better, worse| better > worse) {
            faults.push("grades 应由高到低 (must fall)".to_owned());
        }
        if faults.is_empty() && method.bar_span <= Decimal::ZERO {
            faults.push("bar_span 应为正数 (must be positive)".to_owned());
        }
        if faults.is_empty() { Ok(method) } else { Err(faults) }
    }
}

fn load_waivers(path: &Path) -> Result<Vec<Waiver>, RunError> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = files::read_text(path)?;
    let mut sections = Sections::parse(&text);
    let waivers = sections.many::<RawWaiver>("waiver");
    let faults = sections.finish();
    if faults.is_empty() {
        Ok(waivers.into_iter().map(|at| Waiver::from(at.entry)).collect())
    } else {
        Err(RunError::Faults { path: path.to_owned(), faults })
    }
}

impl From<RawPreference> for Preference {
    fn from(raw: RawPreference) -> Self {
        let RawPreference { city, indicator, unit, reason, by, on } = raw;
        Self { city, indicator, unit, reason, by, on: on.0 }
    }
}

impl From<RawDecision> for Decision {
    fn from(raw: RawDecision) -> Self {
        let RawDecision { city, object, matter, decision, reason, by, on } = raw;
        Self { city, object, matter, decision, reason, by, on: on.0 }
    }
}

impl From<RawWaiver> for Waiver {
    fn from(raw: RawWaiver) -> Self {
        let RawWaiver { code, city, unit, indicator, reason, owner, until } = raw;
        Self { code, city, unit, indicator, reason, owner, until: until.0 }
    }
}
