//! A round: which cities are judged for which year, by which method, with which human decisions.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;

use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize;

use super::asked::{DecisionAsked, MOST_QUESTIONS};
use super::choices::{BaseYear, Benchmark, Decision, Preference, Veto, Waiver, Weight};
use super::fault::FileFault;
use super::form_head::FormHead;
use super::languages;
use super::level::LevelElsewhere;
use super::method::{Method, RawMethod};
use super::pace::Pacing;
use super::previous::Previous;
use super::sections::{Day, Sections};
use super::signoff::{self, SignOff};
use super::unfinished::unfinished;
use super::withholding::Withholding;
use super::wording;
use super::words::word;
use crate::error::RunError;
use crate::files;
use crate::finding::Language;
use crate::ident::{CityId, IndicatorNo};
use crate::inputs::Inputs;
use crate::period::Period;
use crate::workbook::{LimitBound, Limits};

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

    /// The word in a language.
    pub fn words(self, language: Language) -> &'static str {
        let english = match self {
            Self::Flash => "Flash edition",
            Self::Final => "Final edition",
        };
        language.of(self.chinese(), english)
    }
}

/// A round (评估轮次).
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Name of its folder below the input root.
    pub folder: String,
    /// Lines of `round.toml` by key: `method.exceeded`, and of the entries of a list by their place: `preference.1`; of `waivers.toml` `waiver.1`.
    pub lines: BTreeMap<String, usize>,
    /// The period that is judged.
    pub period: Period,
    /// 快报 or 终版.
    pub edition: Edition,
    /// Lines of the title.
    pub title: Vec<String>,
    /// Who publishes the report.
    pub issuer: String,
    /// The same in English, where the round declares it.
    pub english: EnglishHead,
    /// The languages of the brief and of the main report, the Chinese one first.
    pub languages: Vec<Language>,
    /// Date printed on the report.
    pub report_date: NaiveDate,
    /// Last day for submissions; the day itself is in time.
    pub deadline: NaiveDate,
    /// Submissions received after this day are not used.
    pub cut_off: NaiveDate,
    /// Day by which queries are to be answered.
    pub answer_by: NaiveDate,
    /// Answers to queries that are received after this day are not used; where the round does not say, the later one of `answer_by` and `cut_off`.
    pub answers_until: NaiveDate,
    /// The day as of which is looked, where that is not the whole round: what was asked and answered later is not there yet.
    pub as_of: Option<NaiveDate>,
    /// Day by which measures are to be proposed.
    pub measures_by: NaiveDate,
    /// Whether the figures are invented.
    pub illustrative: bool,
    /// Whether drafts and superseded plans may be judged.
    pub allow_drafts: bool,
    /// Cities, in the order of the report.
    pub cities: Vec<CityId>,
    /// The method.
    pub method: Method,
    /// Limits of reading.
    pub limits: Limits,
    /// Choices of sources.
    pub preferences: Vec<Preference>,
    /// Base years that plans leave out.
    pub base_years: Vec<BaseYear>,
    /// Values from outside.
    pub benchmarks: Vec<Benchmark>,
    /// Levels elsewhere, which are shown.
    pub levels: Vec<LevelElsewhere>,
    /// Weights.
    pub weights: Vec<Weight>,
    /// Limits on grades.
    pub vetoes: Vec<Veto>,
    /// Other decisions.
    pub decisions: Vec<Decision>,
    /// What the bureau itself puts to its leaders.
    pub asked: Vec<DecisionAsked>,
    /// Accepted exceptions.
    pub waivers: Vec<Waiver>,
    /// What is not published while matters are open.
    pub withholding: Withholding,
    /// What the forms of units carry at their top right.
    pub form: FormHead,
    /// Outputs that were published before.
    pub previous: Vec<Previous>,
    /// What is due within the year; of a round of a whole year as usual, and asked for by nothing.
    pub pacing: Pacing,
    /// Who signed, whatever the figures.
    pub signed: Vec<SignOff>,
}

/// What stands on the cover in English.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EnglishHead {
    /// Lines of the title.
    pub title: Option<Vec<String>>,
    /// Who publishes the report.
    pub issuer: Option<String>,
}

/// Years that a workbook of results can print.
const YEARS: RangeInclusive<i32> = 1900..=9999;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRound {
    year: i32,
    period: String,
    edition: String,
    title: Vec<String>,
    title_en: Option<Vec<String>>,
    issuer: String,
    issuer_en: Option<String>,
    report_date: Day,
    deadline: Day,
    cut_off: Day,
    answer_by: Day,
    answers_until: Option<Day>,
    measures_by: Day,
    #[serde(default)]
    illustrative: bool,
    #[serde(default)]
    allow_drafts: bool,
    cities: Vec<CityId>,
}

impl Round {
    /// The year that is judged.
    pub fn year(&self) -> i32 {
        self.period.year()
    }

    /// The path of a file of its folder, below the input root.
    pub fn path(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }

    /// The line of `round.toml` on which a key or an entry of a list stands; `None` for what is left out.
    pub fn line_of(&self, key: &str) -> Option<usize> {
        self.lines.get(key).copied()
    }

    /// The year before, with which it is compared.
    pub fn year_before(&self) -> i32 {
        self.period.year_before().year()
    }

    /// The day on which it is told what is overdue: that as of which is looked, else that of the report.
    pub fn day_of_looking(&self) -> NaiveDate {
        self.as_of.unwrap_or(self.report_date)
    }

    /// The base year that it declares for a target whose plan leaves it out.
    pub fn base_year(&self, city: &CityId, target: &IndicatorNo) -> Option<i32> {
        let is_it = |declared: &&BaseYear| declared.city == *city && declared.target == *target;
        self.base_years.iter().find(is_it).map(|declared| declared.year)
    }

    /// The weight of a row of a city, with its place in the list, from one: one for the city goes before one for all.
    pub fn weight_of(&self, city: &CityId, row: &IndicatorNo) -> Option<(usize, &Weight)> {
        let of = |own: Option<&CityId>| {
            let is_it = move |(_, one): &(usize, &Weight)| one.indicator == *row && one.city.as_ref() == own;
            (1..).zip(&self.weights).find(is_it)
        };
        of(Some(city)).or_else(|| of(None))
    }

    /// Reads `round.toml` of a folder, and `waivers.toml` if there is one.
    ///
    /// # Errors
    /// Fails when a file cannot be read, or with the list of its faults.
    #[expect(clippy::too_many_lines, reason = "a line for each section of the file, and one for each field")]
    pub fn load(inputs: &Inputs, folder: &Path) -> Result<Self, RunError> {
        let path = folder.join("round.toml");
        let text = wording::complete(inputs, &path, unfinished)?;
        let mut sections = Sections::parse(&text);
        let raw = sections.single::<RawRound>("round");
        let stated = raw.as_ref().and_then(|raw| Period::parse(&raw.entry.period));
        let is_part = stated.is_some_and(|period| !period.is_annual());
        // Within a year nothing is scored: the usual method is as good as any.
        let method = match is_part {
            true => sections.optional::<RawMethod>("method").or(Some(RawMethod::usual())),
            false => sections.single::<RawMethod>("method"),
        };
        let method = method.and_then(|at| {
            Method::from_raw(&at.entry)
                .map_err(|faults| faults.into_iter().for_each(|fault| sections.fault(at.line, fault)))
                .ok()
        });
        let languages = languages::read(&mut sections);
        let limits = limits(&mut sections);
        let withholding = Withholding::read(&mut sections);
        let form = sections.optional::<FormHead>("form");
        let preferences = checked::<Preference>(&mut sections, "preference", |_| None);
        let decisions = checked::<Decision>(&mut sections, "decision", |_| None);
        let asked = asked(&mut sections);
        let base_years = checked::<BaseYear>(&mut sections, "base_year", |_| None);
        let benchmarks = checked::<Benchmark>(&mut sections, "benchmark", |_| None);
        let levels = checked(&mut sections, "level", LevelElsewhere::fault);
        let weights = checked(&mut sections, "weight", Weight::fault);
        let vetoes = checked(&mut sections, "veto", Veto::fault);
        let previous = checked(&mut sections, "previous", Previous::fault);
        let edition = raw.as_ref().and_then(|raw| kept(&mut sections, raw.line, edition(&raw.entry)));
        let period = raw.as_ref().and_then(|raw| kept(&mut sections, raw.line, period(&raw.entry)));
        let pacing = Pacing::read(&mut sections, is_part);
        if let Some(raw) = &raw {
            check_dates(&raw.entry).into_iter().for_each(|fault| sections.fault(raw.line, fault));
        }
        let mut lines = sections.lines();
        let faults = sections.finish();
        let (Some(raw), Some(period), Some(method), Some(edition), true) =
            (raw, period, method, edition, faults.is_empty())
        else {
            return Err(RunError::Faults { path, faults });
        };
        let raw = raw.entry;
        let waivers = load_waivers(inputs, &folder.join("waivers.toml"), &mut lines)?;
        Ok(Self {
            folder: files::name(folder),
            lines,
            period,
            edition,
            title: raw.title,
            issuer: raw.issuer,
            english: EnglishHead { title: raw.title_en, issuer: raw.issuer_en },
            languages,
            report_date: raw.report_date.0,
            deadline: raw.deadline.0,
            cut_off: raw.cut_off.0,
            answer_by: raw.answer_by.0,
            answers_until: raw.answers_until.map_or(raw.answer_by.0.max(raw.cut_off.0), |day| day.0),
            as_of: None,
            measures_by: raw.measures_by.0,
            illustrative: raw.illustrative,
            allow_drafts: raw.allow_drafts,
            cities: raw.cities,
            method,
            limits,
            preferences,
            base_years,
            benchmarks,
            levels,
            weights,
            vetoes,
            decisions,
            asked,
            waivers,
            withholding,
            form: form.map(|at| at.entry).unwrap_or_default(),
            previous,
            pacing,
            signed: signoff::read(inputs, folder)?,
        })
    }
}

/// What was read, or nothing with its fault on a line.
fn kept<T>(sections: &mut Sections<'_>, line: usize, read: Result<T, FileFault>) -> Option<T> {
    read.map_err(|fault| sections.fault(line, fault)).ok()
}

/// What the bureau puts to its leaders: no more than the brief has room for.
fn asked(sections: &mut Sections<'_>) -> Vec<DecisionAsked> {
    let entries = sections.many::<DecisionAsked>("decision_asked");
    for (at, count) in entries.iter().zip(1..) {
        if let Some(fault) = at.entry.fault() {
            sections.fault(at.line, fault);
        }
        if count == MOST_QUESTIONS.saturating_add(1) {
            sections.fault(at.line, FileFault::TooManyQuestions(MOST_QUESTIONS));
        }
    }
    entries.into_iter().map(|at| at.entry).collect()
}

/// The edition by its word.
fn edition(raw: &RawRound) -> Result<Edition, FileFault> {
    word("edition", &raw.edition, &[("快报", Edition::Flash), ("终版", Edition::Final)])
}

/// The limits of reading; those with which nothing can be read are faults.
fn limits(sections: &mut Sections<'_>) -> Limits {
    let Some(limits) = sections.optional::<Limits>("limits") else { return Limits::default() };
    for (name, bound) in limits.entry.out_of_bounds() {
        let fault = match bound {
            LimitBound::AtLeast(least) => FileFault::LimitTooLow { name, least },
            LimitBound::AtMost(most) => FileFault::LimitTooHigh { name, most },
        };
        sections.fault(limits.line, fault);
    }
    limits.entry
}

/// The period, which is of the year that `year` names.
fn period(raw: &RawRound) -> Result<Period, FileFault> {
    let written = raw.period.clone();
    let Some(period) = Period::parse(&written) else {
        return Err(FileFault::NotAPeriod { written, right: Period::annual(raw.year) });
    };
    if period.year() != raw.year {
        return Err(FileFault::OtherYear { year: raw.year, period });
    }
    if !period.is_annual() && raw.cities.len() > 1 {
        return Err(FileFault::ManyOfAPart(period));
    }
    Ok(period)
}

fn check_dates(raw: &RawRound) -> Vec<FileFault> {
    let mut faults = Vec::new();
    if raw.cities.is_empty() {
        faults.push(FileFault::NoCities);
    }
    let distinct: std::collections::BTreeSet<&CityId> = raw.cities.iter().collect();
    if distinct.len() < raw.cities.len() {
        faults.push(FileFault::CityTwice);
    }
    if raw.title.is_empty() || raw.title_en.as_ref().is_some_and(Vec::is_empty) {
        faults.push(FileFault::NoTitle);
    }
    if raw.issuer_en.as_ref().is_some_and(|name| name.trim().is_empty()) {
        faults.push(FileFault::EmptyEnglish);
    }
    let days = [
        ("report_date", raw.report_date),
        ("deadline", raw.deadline),
        ("cut_off", raw.cut_off),
        ("answer_by", raw.answer_by),
        ("measures_by", raw.measures_by),
    ];
    let days = days.into_iter().chain(raw.answers_until.map(|day| ("answers_until", day)));
    let is_odd = |day: &Day| !YEARS.contains(&day.0.year());
    faults.extend(days.filter(|(_, day)| is_odd(day)).map(|(name, _)| FileFault::OddDay(name)));
    let until = raw.answers_until.filter(|until| *until < raw.answer_by);
    faults.extend(until.map(|_| FileFault::Later { earlier: "answer_by", later: "answers_until" }));
    let order = [("deadline", raw.deadline), ("cut_off", raw.cut_off), ("report_date", raw.report_date)];
    for pair in order.windows(2) {
        if let [(earlier, a), (later, b)] = pair
            && a > b
        {
            faults.push(FileFault::Later { earlier, later });
        }
    }
    faults
}

/// Entries of a section, those with a fault reported.
fn checked<T: serde::de::DeserializeOwned>(
    sections: &mut Sections<'_>,
    key: &'static str,
    fault: fn(&T) -> Option<FileFault>,
) -> Vec<T> {
    let entries = sections.many::<T>(key);
    for at in &entries {
        if let Some(fault) = fault(&at.entry) {
            sections.fault(at.line, fault);
        }
    }
    entries.into_iter().map(|at| at.entry).collect()
}

/// The waivers; the lines on which they begin are added to those of the round.
fn load_waivers(
    inputs: &Inputs,
    path: &Path,
    lines: &mut BTreeMap<String, usize>,
) -> Result<Vec<Waiver>, RunError> {
    if !inputs.is_there(path)? {
        return Ok(Vec::new());
    }
    let text = wording::read(inputs, path)?;
    let mut sections = Sections::parse(&text);
    let waivers = checked::<Waiver>(&mut sections, "waiver", |_| None);
    lines.extend(sections.lines());
    let faults = sections.finish();
    if faults.is_empty() { Ok(waivers) } else { Err(RunError::Faults { path: path.to_owned(), faults }) }
}
