//! A plan and a round for tests of the stages behind.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Called, Edition, Level, Method, Plan, PlanStatus, Round, Scoring};
use crate::ident::CityId;
use crate::indexed::Indexed;
use crate::period::Period;
use crate::workbook::Limits;

impl Plan {
    /// A plan without rows, for tests.
    pub(crate) fn example() -> Self {
        Self {
            id: "a-2023".to_owned(),
            city: CityId::parse("a").unwrap(),
            name: "A".to_owned(),
            short: "A".to_owned(),
            english: Default::default(),
            level: Level::City,
            called: Called {
                document: "plan".to_owned(),
                theme: None,
                tasks: "tasks".to_owned(),
                table: "table".to_owned(),
                row_units: "units".to_owned(),
                leads: "leads".to_owned(),
                areas: "areas".to_owned(),
                office: "office".to_owned(),
                is_amendable: false,
            },
            title: String::new(),
            issuer: String::new(),
            document_no: String::new(),
            issued_on: None,
            issued_note: String::new(),
            scope: String::new(),
            status: PlanStatus::InForce,
            years: vec![2023],
            baseline_year: None,
            rows_name_reporters: true,
            office: "office".into(),
            source: "sources/a.txt".to_owned(),
            note: String::new(),
            deadlines: Vec::new(),
            aliases: Vec::new(),
            groups: Vec::new(),
            indicators: Indexed::default(),
            repeats: Vec::new(),
            tasks: Indexed::default(),
            unplaced: Vec::new(),
            unsettled: Vec::new(),
        }
    }
}

impl Round {
    /// A round with the usual parameters and no decisions, for tests.
    pub(crate) fn example(year: i32) -> Self {
        let number = |value: i64| Decimal::from(value);
        let day = NaiveDate::from_ymd_opt(year + 1, 1, 31).unwrap();
        Self {
            folder: year.to_string(),
            lines: BTreeMap::new(),
            period: Period::annual(year),
            edition: Edition::Flash,
            title: Vec::new(),
            issuer: String::new(),
            english: Default::default(),
            languages: vec![crate::finding::Language::Chinese],
            report_date: day,
            deadline: day,
            cut_off: day,
            answer_by: day,
            answers_until: day,
            as_of: None,
            measures_by: day,
            illustrative: true,
            allow_drafts: false,
            cities: Vec::new(),
            method: Method {
                nearly: number(95),
                exceeded: number(105),
                cap: number(100),
                minimum_coverage: number(60),
                about_tolerance: number(5),
                bar_span: number(15),
                grades: [number(90), number(80), number(60)],
                scoring: Scoring::Ratio,
                bonus: number(4),
                bonus_total: number(20),
                not_allowed: number(60),
                band: number(5),
                band_points: number(5),
                late: number(0),
                evidence: number(0),
                pace_tolerance: number(0),
                decide_gap: number(90),
                reference: number(80),
            },
            limits: Limits::default(),
            preferences: Vec::new(),
            base_years: Vec::new(),
            benchmarks: Vec::new(),
            levels: Vec::new(),
            weights: Vec::new(),
            vetoes: Vec::new(),
            decisions: Vec::new(),
            asked: Vec::new(),
            waivers: Vec::new(),
            withholding: super::Withholding::default(),
            form: super::FormHead::default(),
            previous: Vec::new(),
            pacing: super::Pacing::default(),
            signed: Vec::new(),
        }
    }
}
