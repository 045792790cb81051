//! What things are called in the language of a document: by the English name that the plan, the catalogue or the round declares, else by the
//! Chinese one.

use super::context::Context;
use super::prose::ASPIRED;
use super::say::{in_brackets, say, with_unit};
use super::totals::{base_text, target_text};
use super::values::{actual_joined, actual_note};
use crate::assess::{Assessment, State};
use crate::collect::Vintage;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ident::{TaskNo, UnitName};
use crate::plan::{Dimension, Indicator, Plan, Strength};
use crate::quantity::Value;
use crate::words::target_beside_unit;

/// 有 and 无.
fn presence(is_there: bool) -> String {
    if is_there { "yes" } else { "no" }.to_owned()
}

impl Context<'_> {
    /// The English name where the document is English and there is one, else the Chinese one.
    fn named<'n>(&self, chinese: &'n str, english: Option<&'n String>) -> &'n str {
        match (self.language, english) {
            (Language::English, Some(english)) => english,
            _ => chinese,
        }
    }

    /// A city for short.
    pub(super) fn short<'n>(&self, plan: &'n Plan) -> &'n str {
        self.named(&plan.short, plan.english.place.as_ref())
    }

    /// A city with its whole name; in English it has one name.
    pub(super) fn whole_name<'n>(&self, plan: &'n Plan) -> &'n str {
        self.named(&plan.name, plan.english.place.as_ref())
    }

    /// A target for short.
    pub(super) fn row<'n>(&self, plan: &'n Plan, row: &'n Indicator) -> &'n str {
        self.named(&row.short, plan.english.rows.get(&row.no))
    }

    /// A target for short, with the mark of one that is only striven for where another may have its name.
    pub(super) fn target_name(&self, plan: &Plan, one: &Assessment, row: &Indicator) -> String {
        let name = self.row(plan, row);
        match one.target.strength == Strength::Aspired && !row.is_short_aspired() {
            true => say!(self.language, "{name}（{ASPIRED}）", "{name} (striven for)"),
            false => name.to_owned(),
        }
    }

    /// A target for short, with its unit behind it.
    pub(super) fn row_with_unit(&self, plan: &Plan, row: &Indicator) -> String {
        let (name, unit) = (self.row(plan, row), self.unit(row));
        if unit.is_empty() { name.to_owned() } else { format!("{name}{}", in_brackets(self.language, unit)) }
    }

    /// The unit in which a target is measured.
    pub(super) fn unit<'n>(&'n self, row: &'n Indicator) -> &'n str {
        self.unit_named(row.unit.text())
    }

    /// A unit of measure.
    pub(super) fn unit_named<'n>(&'n self, unit: &'n str) -> &'n str {
        // A sign is the same in both, and sentences look at it.
        if unit == "%" {
            return unit;
        }
        self.named(unit, self.evaluation.catalogue.english_units.get(unit))
    }

    /// A number with the unit of a target.
    pub(super) fn measured(&self, number: &str, row: &Indicator) -> String {
        with_unit(self.language, number, self.unit(row))
    }

    /// A unit of a city, by its name alone.
    pub(super) fn department<'n>(&self, plan: &'n Plan, unit: &'n UnitName) -> &'n str {
        self.named(unit.as_str(), plan.english.units.get(unit))
    }

    /// Several of them.
    pub(super) fn departments(&self, plan: &Plan, units: &[UnitName]) -> String {
        let names: Vec<&str> = units.iter().map(|unit| self.department(plan, unit)).collect();
        self.language.list(&names)
    }

    /// A task by its title.
    pub(super) fn task<'n>(&self, plan: &'n Plan, no: &TaskNo) -> &'n str {
        let title = plan.task(no).map_or("", |task| task.title.as_str());
        self.named(title, plan.english.tasks.get(no))
    }

    /// A domain of the comparison.
    pub(super) fn domain<'n>(&self, domain: &'n Dimension) -> &'n str {
        self.named(&domain.name, domain.en.as_ref())
    }

    /// Who publishes the report.
    pub(super) fn issuer(&self) -> String {
        let round = &self.evaluation.round;
        self.named(&round.issuer, round.english.issuer.as_ref()).to_owned()
    }

    /// The lines of the title.
    pub(super) fn title_lines(&self) -> Vec<String> {
        let round = &self.evaluation.round;
        let english = round.english.title.as_ref().filter(|_| self.language == Language::English);
        english.unwrap_or(&round.title).clone()
    }

    /// What a plan calls itself: 方案; in English all are plans.
    pub(super) fn document<'n>(&self, plan: &'n Plan) -> &'n str {
        self.language.of(&plan.called.document, "plan")
    }

    /// A value as it is printed: 有 and 无 are words.
    pub(super) fn actual(&self, city: &CityEvaluation, one: &Assessment) -> Option<String> {
        match (self.language, one.actual) {
            (Language::English, Some(Value::Presence(is_there))) => Some(presence(is_there)),
            _ => actual_joined(city, one, self.language.of("／", " / ")),
        }
    }

    /// The base of a target likewise.
    pub(super) fn base(&self, one: &Assessment) -> Option<String> {
        let past = one.baseline.as_ref()?;
        match (self.language, past.presence()) {
            (Language::English, Some(is_there)) => Some(presence(is_there)),
            _ => base_text(one),
        }
    }

    /// A target as it is printed beside its value.
    pub(super) fn target_beside(&self, one: &Assessment, row: &Indicator) -> String {
        target_text(one, target_beside_unit(self.language, &one.target.goal, row, self.unit(row)))
    }

    /// The small remark on a value.
    pub(super) fn actual_note(&self, city: &CityEvaluation, one: &Assessment) -> Option<String> {
        let note = actual_note(city, one)?;
        if self.language == Language::Chinese {
            return Some(note);
        }
        let source = super::values::source(city, one)?;
        Some(match (&source.vintage, one.state) {
            (_, State::Lagged) => source.year.to_string(),
            (Vintage::Estimated, _) => "estimate".to_owned(),
            (Vintage::Preliminary, _) => "flash".to_owned(),
            _ => note,
        })
    }
}
