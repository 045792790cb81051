//! 附件5: all findings, and how each is printed.

use serde::Serialize;

use super::context::Context;
use super::numbers::{Annex, Key};
use super::phrases::month_day;
use super::quality;
use super::section::Draft;
use super::table::Table;
use super::values::{or_dash, shortened};
use super::withheld;
use crate::evaluation::{CityEvaluation, InputRole};
use crate::finding::{self, Language, Object, Severity};

/// The annex.
pub(super) const ANNEX: Annex = Annex(5);

/// Where all findings stand.
pub(super) const WHOLE: &str = "所附results.xlsx“核实清单”表";

/// 附件5.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Findings {
    heading: String,
    text: String,
    /// Head of the column of cities.
    place_head: &'static str,
    /// Whether there is such a column.
    has_cities: bool,
    table: Table<Finding>,
}

/// Of a city's own report its own, of the volume of many cities those that are of no city.
pub(super) fn section(draft: &mut Draft<'_>) -> Option<Findings> {
    let context = draft.context;
    let own = draft.own_city();
    let printed: Vec<(&finding::Finding, Finding)> = match own {
        Some(city) => context.findings_of(city),
        None if draft.is_of_many() => {
            let all = context.findings().into_iter();
            all.filter(|(finding, _)| context.evaluation.cities.find(&finding.subject.city).is_none())
                .collect()
        }
        None => context.findings(),
    };
    let told: Vec<&finding::Finding> = printed.iter().map(|(finding, _)| *finding).collect();
    let text = match draft.is_of_many() {
        true => format!(
            "{}各{}的问题逐件见其分册附件5和results.xlsx“核实清单”表。",
            quality::findings_text(context, None, &context.told),
            context.terms.places.noun
        ),
        false => quality::findings_text(context, own, &told),
    };
    // Whose places are withheld is said once, where it is said what is open.
    let withheld = if own.is_none() { withheld::ranking_words(context) } else { String::new() };
    let text = format!("{text}{withheld}");
    let table = Table::new("数据核实清单")
        .whole_in(WHOLE)
        .empty(match draft.is_of_many() && !context.told.is_empty() {
            true => "除各分册所列的以外，没有别的问题。",
            false => "审核未提出问题。",
        })
        .rows(printed.into_iter().map(|(_, printed)| printed).collect())
        .numbered(&mut draft.numbers, Key::in_annex(ANNEX, "findings"));
    let place_head = context.terms.places.head;
    let has_cities = own.is_none() && !context.is_alone();
    let heading = ANNEX.heading("审核发现和人工决定");
    Some(Findings { heading, text, place_head, has_cities, table })
}

/// A finding as printed.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Finding {
    pub(super) no: String,
    pub(super) code: String,
    pub(super) rule: String,
    pub(super) severity: Severity,
    pub(super) severity_words: &'static str,
    pub(super) city: String,
    pub(super) unit: String,
    pub(super) indicator: Option<String>,
    pub(super) places: Vec<Place>,
    pub(super) message: String,
    pub(super) status: String,
    pub(super) due: String,
}

/// Where to look.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Place {
    pub(super) file_no: Option<String>,
    pub(super) sheet: Option<String>,
    pub(super) cell: Option<String>,
    pub(super) address: String,
}

/// Places that are printed beside the first one of a finding; all of them are in `tables/findings`.
const MOST_PLACES: usize = 4;

impl<'a> Context<'a> {
    fn place(&self, place: &finding::Place) -> Place {
        let address = match (place.sheet.is_empty(), place.cell, InputRole::of_name(&place.file)) {
            (false, Some(cell), _) => format!("{}!{cell}", place.sheet),
            (false, None, _) => place.sheet.clone(),
            (true, _, Some(InputRole::Plan)) => self.terms.document.clone(),
            (true, _, Some(InputRole::Register)) => "收件登记".to_owned(),
            (true, _, Some(InputRole::Published)) => "上年发布数".to_owned(),
            (true, ..) if self.file_number(&place.file).is_some() => "工作簿".to_owned(),
            (true, ..) => "—".to_owned(),
        };
        Place {
            file_no: self.file_number(&place.file),
            sheet: (!place.sheet.is_empty()).then(|| place.sheet.clone()),
            cell: place.cell.map(|cell| cell.to_string()),
            address,
        }
    }

    /// A finding as the report prints it; its number is its place in the list of all.
    fn finding(&self, at: usize, finding: &finding::Finding) -> Finding {
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
        let answer = finding.waived.as_ref().and_then(|waived| waived.answer.as_ref());
        let answer = answer.or(finding.explained.as_ref());
        let (status, due) = match (&finding.waived, waits) {
            (Some(_), _) if answer.is_some() => ("已采纳", "—".to_owned()),
            (Some(_), _) => ("已豁免", "—".to_owned()),
            (None, _) if answer.is_some() => ("已说明", "—".to_owned()),
            (None, true) => ("待答复", month_day(self.evaluation.round.answer_by)),
            (None, false) => ("已记录", "—".to_owned()),
        };
        let mut places = vec![self.place(&finding.at)];
        places.extend(finding.related.iter().take(MOST_PLACES).map(|place| self.place(place)));
        Finding {
            no: (at + 1).to_string(),
            code: finding.problem.code().to_owned(),
            rule: finding.rule().to_owned(),
            severity: finding.problem.severity(),
            severity_words: finding.problem.severity().chinese(),
            city: short.to_owned(),
            unit: or_dash(&finding.unit_words()),
            indicator: about,
            places,
            message: match answer {
                Some(answer) => {
                    format!(
                        "{}。{}。",
                        shortened(&finding.message(Language::Chinese), 200),
                        shortened(&answer.to_string(), 200)
                    )
                }
                None => format!("{}。", shortened(&finding.message(Language::Chinese), 200)),
            },
            status: status.to_owned(),
            due,
        }
    }

    /// All findings as printed, with those they come from.
    pub(super) fn findings(&self) -> Vec<(&'a finding::Finding, Finding)> {
        let all = self.told.iter().enumerate();
        all.map(|(at, finding)| (*finding, self.finding(at, finding))).collect()
    }

    /// Likewise those of a city.
    pub(super) fn findings_of(&self, city: &CityEvaluation) -> Vec<(&'a finding::Finding, Finding)> {
        self.told_about(city).map(|(at, finding)| (finding, self.finding(at, finding))).collect()
    }
}
