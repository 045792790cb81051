//! Evaluation → report model: every word, number, count and position of the report, ready to be placed.
//!
//! `docs/report-model.md` describes the model. The templates compute nothing; this module decides nothing that an
//! earlier stage has not decided, it only words and orders.

mod annexes;
mod chapter;
mod compare;
mod domains;
mod front;
mod indicators;
mod path;
mod quality;
mod remarks;
mod scoring;
mod summary;
mod tasks;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::Manifest;
use super::model;
use super::printed;
use super::results::About;
use crate::assess::{Assessment, State};
use crate::collect::Vintage;
use crate::compare::{Fraction, counted};
use crate::evaluation::{CityEvaluation, Evaluation, Owners};
use crate::finding::{Finding, Language, Object, Place, Severity};
use crate::plan::{Indicator, Level, Origin};
use crate::rounding::{percent, plain, round_to};

/// More cities than this: the front part shows distributions instead of every city's marks.
const FEW: usize = 6;
/// More cities than this: the contents get an index, and the lineage index is only attached.
const INDEXED: usize = 12;

/// The parts that all documents share; the others are still empty.
pub(super) fn frame(context: &Context<'_>, manifest: &Manifest, typst: &str) -> model::Report {
    front::frame(context, manifest, typst)
}

/// Builds the model of the whole report on its frame.
pub(super) fn round(context: &Context<'_>, frame: &model::Report) -> model::Report {
    let mut report = frame.clone();
    report.summary = Some(summary::summary(context));
    report.contents = Some(summary::contents(context));
    report.method = Some(summary::method(context));
    report.compare = Some(compare::compare(context));
    report.cities =
        context.cities().iter().enumerate().map(|(at, city)| chapter::chapter(context, at, city)).collect();
    report.quality = Some(quality::quality(context));
    report.annexes = annexes::annexes(context, &report.cities);
    report
}

/// The legend of the sign for characters that no font has.
pub(super) fn geta() -> model::Symbol {
    model::Symbol {
        symbol: "〓".to_owned(), meaning: "字体中没有的字，原字见所附results.xlsx".to_owned()
    }
}

/// Builds the model of one city's own report: its frame is that of the whole, its chapter and annexes are its own. Nothing of another
/// city is built for it.
pub(super) fn city(
    context: &Context<'_>,
    frame: &model::Report,
    (at, city): (usize, &CityEvaluation),
) -> model::Report {
    let chapter = chapter::chapter(context, at, city);
    let annexes = annexes::of_city(context, city, &chapter);
    let mut report =
        model::Report { kind: "city".to_owned(), cities: vec![chapter], annexes, ..frame.clone() };
    front::for_city(&mut report);
    report
}

/// What the first sheet of the results workbook says.
pub(super) fn about(evaluation: &Evaluation) -> About {
    let round = &evaluation.round;
    let mut lines = vec![
        ("评估年度".to_owned(), format!("{}年", round.year())),
        ("版别".to_owned(), round.edition.chinese().to_owned()),
        ("编制单位".to_owned(), round.issuer.clone()),
        ("报告日期".to_owned(), round.report_date.to_string()),
        (
            "说明".to_owned(),
            "各表与tables文件夹中的CSV、Parquet相同；列名的含义见docs/tables.md。".to_owned(),
        ),
    ];
    if is_illustrative(evaluation) {
        lines.insert(0, ("注意".to_owned(), ILLUSTRATIVE.to_owned()));
    }
    About { title: round.title.concat(), lines, date: round.report_date }
}

/// The same for the results workbook of one city.
pub(super) fn about_city(evaluation: &Evaluation, own: &Evaluation) -> About {
    let mut about = about(evaluation);
    let name = own.cities.first().map_or("", |city| city.plan.name.as_str());
    for (_, words) in about.lines.iter_mut().filter(|(label, _)| label == "说明") {
        *words = format!("只含{name}的各行；列名的含义见docs/tables.md。");
    }
    about
}

const ILLUSTRATIVE: &str = "示例数据（虚构）";

/// Figures are illustrative when the round says so or when a workbook that counts is marked so.
fn is_illustrative(evaluation: &Evaluation) -> bool {
    let marked = |city: &CityEvaluation| {
        city.collected.submissions.iter().any(|one| one.illustrative && one.is_used())
    };
    evaluation.round.illustrative || evaluation.cities.iter().any(marked)
}

/// The evaluation with what all parts of the report look up.
pub(super) struct Context<'a> {
    pub(super) evaluation: &'a Evaluation,
    /// Whose the input files are.
    pub(super) owners: Owners<'a>,
    /// Numbers of the tables outside the chapters, by key.
    tables: BTreeMap<&'static str, String>,
    /// Row of annex 4 by path below the round's folder.
    file_numbers: BTreeMap<String, usize>,
    /// Indexes of the cities in the order of their ranks; unranked ones last.
    order: Vec<usize>,
    /// The findings that are told one by one, in their order.
    told: Vec<&'a Finding>,
    /// Places in that list by city.
    told_of: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Context<'a> {
    /// Whether any counted indicator has a value of the year before; else the report compares with none.
    fn has_last_year(&self) -> bool {
        self.cities().iter().any(|city| indicators::has_base(self, city))
    }

    pub(super) fn new(evaluation: &'a Evaluation) -> Self {
        let n = evaluation.cities.len();
        let mut keys = vec!["cities", "findings"];
        if n <= 3 {
            keys.push("basis");
        }
        keys.push("ranking");
        if n <= FEW && !compare::common_ids(evaluation).is_empty() {
            keys.push("common");
        }
        // Tables without rows are not printed and have no number.
        let findings = &evaluation.findings;
        let round = &evaluation.round;
        let decided =
            !(round.preferences.is_empty() && round.base_years.is_empty() && round.decisions.is_empty());
        let printed = [
            ("returns", true),
            ("rules", !findings.is_empty()),
            ("cells", true),
            ("open", evaluation.told().any(|one| one.severity() == Severity::Error)),
            ("waivers", findings.iter().any(|one| one.waived.is_some())),
            ("decisions", decided),
        ];
        keys.extend(printed.into_iter().filter(|(_, printed)| *printed).map(|(key, _)| key));
        let tables = keys.into_iter().zip(1..).map(|(key, number)| (key, format!("表{number}"))).collect();
        let year = evaluation.round.year();
        let prefix = format!("{year}/");
        let numbered = evaluation.inputs.iter().zip(1..).map(|(file, number)| {
            // The round's folder is named by its caller; submissions are told by what follows it.
            let path = file.path.split_once('/').map_or(file.path.as_str(), |(_, rest)| rest);
            let path = file.path.strip_prefix(&prefix).unwrap_or(path);
            (path.to_owned(), number)
        });
        let file_numbers = numbered.collect();
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by_key(|at| {
            let city = evaluation.cities.get(*at);
            let rank = city.and_then(|city| city.score.rank).unwrap_or(usize::MAX);
            (rank, city.map(|city| city.plan.city.clone()))
        });
        let told: Vec<&Finding> = evaluation.told().collect();
        let mut told_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, finding) in told.iter().enumerate() {
            told_of.entry(finding.subject.city.as_str()).or_default().push(at);
        }
        let owners = evaluation.owners();
        Self { evaluation, owners, tables, file_numbers, order, told, told_of }
    }

    fn table(&self, key: &str) -> &str {
        self.tables.get(key).map_or("", String::as_str)
    }

    fn cities(&self) -> &'a [CityEvaluation] {
        &self.evaluation.cities
    }

    fn ranked(&self) -> impl Iterator<Item = &'a CityEvaluation> {
        self.order.iter().filter_map(|at| self.evaluation.cities.get(*at))
    }

    fn ranked_count(&self) -> usize {
        self.cities().iter().filter(|city| city.score.rank.is_some()).count()
    }

    /// The assessments that a city's account counts, with their indicators.
    fn counted(&self, city: &'a CityEvaluation) -> Vec<(&'a Assessment, &'a Indicator)> {
        counted(&city.plan, &self.evaluation.round, &city.assessments)
            .filter_map(|one| Some((one, city.plan.indicator(&one.no)?)))
            .collect()
    }

    fn file_number(&self, file: &str) -> Option<String> {
        self.file_numbers.get(file).map(ToString::to_string)
    }

    fn place(&self, place: &Place) -> model::Place {
        let address = match (place.sheet.is_empty(), place.cell) {
            (false, Some(cell)) => format!("{}!{cell}", place.sheet),
            (false, None) => place.sheet.clone(),
            (true, _) if place.file.ends_with("plan.toml") => "方案".to_owned(),
            (true, _) if place.file.ends_with("received.csv") => "收件登记".to_owned(),
            (true, _) if self.file_number(&place.file).is_some() => "工作簿".to_owned(),
            (true, _) => "—".to_owned(),
        };
        model::Place {
            file_no: self.file_number(&place.file),
            sheet: (!place.sheet.is_empty()).then(|| place.sheet.clone()),
            cell: place.cell.map(|cell| cell.to_string()),
            address,
        }
    }

    /// A finding as the report prints it; its number is its place in the list of all.
    fn finding(&self, at: usize, finding: &Finding) -> model::Finding {
        let city = self.evaluation.cities.find(&finding.subject.city);
        let short = city.map_or(finding.subject.city.as_str(), |city| city.plan.short.as_str());
        let object = &finding.subject.object;
        let name = city.and_then(|city| city.plan.name_of(object));
        let about = match (object, name) {
            (Object::Whole, _) => None,
            (_, Some(name)) => Some(format!("{object} {name}")),
            (_, None) => Some(object.to_string()),
        };
        let waits = finding.severity() == Severity::Error;
        let (status, due) = match (&finding.waived, waits) {
            (Some(_), _) => ("已豁免", "—".to_owned()),
            (None, true) => ("待答复", super::sentences::month_day(self.evaluation.round.answer_by)),
            (None, false) => ("已记录", "—".to_owned()),
        };
        let mut places = vec![self.place(&finding.at)];
        places.extend(finding.related.iter().take(MOST_PLACES).map(|place| self.place(place)));
        model::Finding {
            no: (at + 1).to_string(),
            code: finding.problem.code().to_owned(),
            rule: finding.rule().to_owned(),
            severity: finding.problem.severity().key().to_owned(),
            severity_words: finding.problem.severity().chinese().to_owned(),
            city: short.to_owned(),
            unit: or_dash(&finding.unit_words()),
            indicator: about,
            places,
            message: format!("{}。", shortened(&finding.message(Language::Chinese), 200)),
            status: status.to_owned(),
            due,
        }
    }

    /// All findings as printed, with those they come from.
    fn findings(&self) -> Vec<(&'a Finding, model::Finding)> {
        let all = self.told.iter().enumerate();
        all.map(|(at, finding)| (*finding, self.finding(at, finding))).collect()
    }

    /// Likewise those of a city.
    fn findings_of(&self, city: &CityEvaluation) -> Vec<(&'a Finding, model::Finding)> {
        let own = self.told_of.get(city.plan.city.as_str()).into_iter().flatten();
        own.filter_map(|at| Some((*self.told.get(*at)?, self.finding(*at, self.told.get(*at)?)))).collect()
    }
}

/// Places that are printed beside the first one of a finding; all of them are in `tables/findings`.
const MOST_PLACES: usize = 4;

/// `L29—34`.
fn line_words(line: &str) -> String {
    format!("L{}", line.replace('-', "—"))
}

/// A text of at most so many characters, the rest cut; of a sentence it is said how long it is.
fn shortened(text: &str, most: usize) -> String {
    if most >= SENTENCE {
        return printed::shortened(text, most);
    }
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most).chain(['…']).collect()
}

/// Cut texts from this length on say how long they are.
const SENTENCE: usize = 60;

fn or_dash(text: &str) -> String {
    if text.is_empty() { "—".to_owned() } else { text.to_owned() }
}

fn rate_words(fraction: Fraction) -> String {
    percent(fraction.part, fraction.whole).unwrap_or_else(|| "—".to_owned())
}

/// The rate as tables print it: in brackets when the city is not ranked for want of coverage.
fn rate_cell(city: &CityEvaluation) -> String {
    let rate = rate_words(city.score.rate());
    if city.score.rank.is_none() && city.score.assessable > 0 { format!("（{rate}）") } else { rate }
}

fn rank_cell(city: &CityEvaluation) -> String {
    match (city.score.rank, city.score.tied) {
        (None, _) => "—".to_owned(),
        (Some(rank), true) => format!("并列{rank}"),
        (Some(rank), false) => rank.to_string(),
    }
}

/// A position for drawing, six digits; never printed.
fn position(value: Decimal) -> f64 {
    round_to(value.clamp(Decimal::ZERO, Decimal::ONE), 6).to_f64().unwrap_or(0.0)
}

fn share(part: usize, whole: usize) -> f64 {
    Decimal::from(part).checked_div(Decimal::from(whole)).map_or(0.0, position)
}

fn range(city: &CityEvaluation) -> model::Range {
    let score = &city.score;
    model::Range {
        low: share(score.met, score.total),
        high: share(score.met + score.open(), score.total),
        at: (score.assessable > 0).then(|| share(score.met, score.assessable)),
    }
}

fn level_words(level: Level) -> &'static str {
    match level {
        Level::City => "创新型城市",
        Level::County => "创新型县（市）",
    }
}

fn basis_words(basis: Origin) -> &'static str {
    match basis {
        Origin::Table => "附表指标",
        Origin::Prose => "正文目标",
    }
}

/// The noun of sentences: 应评指标 or 应评正文目标.
fn noun(basis: Origin) -> &'static str {
    match basis {
        Origin::Table => "指标",
        Origin::Prose => "正文目标",
    }
}

/// States from the lightest to the most serious, as rows of marks are sorted.
fn by_seriousness(mut states: Vec<State>) -> Vec<String> {
    states.sort();
    states.into_iter().map(|state| state.key().to_owned()).collect()
}

/// The actual value as printed: all sides when units disagree, `None` when there is nothing.
fn actual_text(city: &CityEvaluation, one: &Assessment) -> Option<String> {
    if let Some(value) = one.actual {
        return Some(value.text());
    }
    let fact = city.fact(&one.no)?;
    let sides: Vec<String> = fact.sides.iter().filter_map(|seen| seen.value).map(plain).collect();
    (!sides.is_empty()).then(|| sides.join("／"))
}

/// A small remark below the actual value: 预计, 快报, or the year of a lagged value.
fn actual_note(city: &CityEvaluation, one: &Assessment) -> Option<String> {
    let source = city.fact(&one.no)?.source.as_ref()?;
    match (&source.vintage, one.state) {
        (_, State::Lagged) => Some(format!("{}年", source.year)),
        (Vintage::Estimated | Vintage::Preliminary, _) => Some(source.vintage.chinese().to_owned()),
        (Vintage::Actual | Vintage::Final | Vintage::Published | Vintage::Other(_), _) => None,
    }
}

fn is_published(city: &CityEvaluation, one: &Assessment) -> bool {
    let fact = city.fact(&one.no);
    fact.and_then(|fact| fact.source.as_ref()).is_some_and(|seen| seen.vintage == Vintage::Published)
}
