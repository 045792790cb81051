//! The one gate at which findings are held against the round's waivers (豁免).

use chrono::NaiveDate;

use super::choices::Waiver;
use super::round::Round;
use crate::finding::{Finding, Waived};

/// The waivers of a round on the day of its report. Every finding passes here once, as soon as its stage is done: what is waived
/// withholds and marks nothing in the stages behind.
#[derive(Debug, Clone, Copy)]
pub struct Gate<'a> {
    waivers: &'a [Waiver],
    day: NaiveDate,
}

impl Round {
    /// The gate through which the findings of every stage pass.
    pub fn gate(&self) -> Gate<'_> {
        Gate { waivers: &self.waivers, day: self.report_date }
    }
}

impl Gate<'_> {
    /// Findings with the waivers that cover them.
    pub fn admit(self, findings: impl IntoIterator<Item = Finding>) -> Vec<Finding> {
        findings.into_iter().map(|finding| self.stamp(finding)).collect()
    }

    /// A finding with the waiver that covers it, if one does.
    pub fn stamp(self, mut finding: Finding) -> Finding {
        let mut waivers = (1..).zip(self.waivers);
        let waiver = waivers.find(|(_, waiver)| self.covers(waiver, &finding));
        finding.waived = waiver.map(|(place, waiver)| Waived {
            place,
            reason: waiver.reason.clone(),
            owner: waiver.owner.clone(),
            answer: waiver.answer.as_ref().map(|answer| answer.said.clone()),
        });
        finding
    }

    fn covers(self, waiver: &Waiver, finding: &Finding) -> bool {
        waiver.names(finding) && waiver.holds_on(self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Object, Place, SourceProblem};
    use crate::ident::{CityId, UnitName};

    #[test]
    fn a_waiver_covers_what_it_names_until_its_day_and_any_of_several_units() {
        let day = |day: u32| NaiveDate::from_ymd_opt(2024, 1, day).unwrap();
        let waiver = |unit: &str, indicator: &str| Waiver {
            code: "C502".to_owned(),
            city: CityId::parse("jia").unwrap(),
            unit: UnitName::some(unit),
            object: Some(Object::parse(indicator)).filter(|object| *object != Object::Whole),
            reason: "已核".to_owned(),
            owner: "统计局".to_owned(),
            until: day(31),
            on: None,
            basis: String::new(),
            answer: None,
        };
        let finding = Finding::new(
            &CityId::parse("jia").unwrap(),
            Place::default(),
            SourceProblem::SourcesDisagree { sides: Vec::new() }.into(),
        );
        let finding =
            finding.of_units(&["市科技局", "市统计局"].map(UnitName::from)).of_indicator(&"3".into());
        for (unit, indicator, on, covered) in [
            ("", "", 30, true),
            ("", "3", 31, true),
            ("市统计局", "3", 30, true),
            ("市科技局", "", 30, true),
            ("市财政局", "3", 30, false),
            ("市统计局", "4", 30, false),
        ] {
            let waivers = [waiver(unit, indicator)];
            let gate = Gate { waivers: &waivers, day: day(on) };
            assert_eq!(gate.stamp(finding.clone()).waived.is_some(), covered, "{unit} {indicator}");
        }
        let late = [Waiver { until: day(29), ..waiver("", "") }];
        assert_eq!(Gate { waivers: &late, day: day(30) }.stamp(finding).waived, None);
    }
}
