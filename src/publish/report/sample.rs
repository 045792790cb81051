//! 附件3: one figure from the plan line to the printed text.

use serde::Serialize;

use super::chapter::City;
use super::context::Context;
use super::table::Table;
use crate::assess::Assessment;
use crate::evaluation::CityEvaluation;
use crate::publish::lineage;

/// A step of the worked example.
#[derive(Debug, Clone, Serialize)]
pub(super) struct StepRow {
    pub(super) no: String,
    pub(super) stage: String,
    pub(super) content: String,
    pub(super) source: String,
}

/// One figure from the plan line to the printed text: preferably one that was converted.
pub(super) fn sample(context: &Context<'_>, chapters: &[City], number: &str) -> Option<Table<StepRow>> {
    let all = context.cities().iter().flat_map(|city| city.assessments.iter().map(move |one| (city, one)));
    let whole: Vec<(&CityEvaluation, &Assessment)> =
        all.filter(|(_, one)| one.completion.is_some() && one.is_primary()).collect();
    let converted = |(city, one): &&(&CityEvaluation, &Assessment)| {
        let fact = city.fact(&one.no);
        fact.and_then(|fact| fact.source.as_ref()).is_some_and(|seen| seen.conversion.is_some())
    };
    let (city, one) = whole.iter().find(converted).or_else(|| whole.first())?;
    let row = city.plan.indicator(&one.no)?;
    let printed = one.completion_text(1)?;
    let chapter = chapters.iter().find(|chapter| chapter.slug == city.plan.city.as_str())?;
    let printed_in = chapter.indicators.as_ref().map_or(&chapter.tasks.number, |own| &own.table.number);
    let unit = row.unit.text();
    let title = format!(
        "{}　{} {}（目标{}{unit}）{}年完成率{printed}%",
        city.plan.name, one.no, row.short, one.target.goal, one.target.year
    );
    let mut steps: Vec<StepRow> = lineage::of_assessment(&context.evaluation.round, city, one)
        .into_iter()
        .map(|step| StepRow {
            no: step.number.to_string(),
            stage: step.operation.split(' ').next().unwrap_or_default().to_owned(),
            content: step.to,
            source: shortened_digest(&step.from),
        })
        .collect();
    let last = StepRow {
        no: (steps.len() + 1).to_string(),
        stage: "刊出".to_owned(),
        content: format!("{printed}%"),
        source: format!("{printed_in}；results.xlsx“指标”表"),
    };
    steps.push(last);
    Some(Table::new(number, &title).rows(steps))
}

/// A digest of 64 digits shown by its first eight.
fn shortened_digest(text: &str) -> String {
    text.split(' ')
        .map(|word| {
            let digest = word.len() == 64 && word.chars().all(|c| c.is_ascii_hexdigit());
            if digest { format!("{}…", word.get(..8).unwrap_or_default()) } else { word.to_owned() }
        })
        .collect::<Vec<_>>()
        .join(" ")
}
