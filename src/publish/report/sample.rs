//! 附件3: one figure from the plan line to the printed text.

use serde::Serialize;

use super::derived::judged_in;
use super::lineage as index;
use super::numbers::Key;
use super::section::Draft;
use super::table::Table;
use super::values::source;
use crate::assess::Assessment;
use crate::evaluation::CityEvaluation;
use crate::publish::figure::Doing;
use crate::publish::lineage;

/// The table with the sentence before it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Sample {
    text: String,
    table: Table<StepRow>,
}

/// A step of the worked example.
#[derive(Debug, Clone, Serialize)]
struct StepRow {
    no: String,
    stage: String,
    content: String,
    source: String,
}

/// One figure from the plan line to the printed text: preferably one that was converted.
pub(super) fn section(draft: &mut Draft<'_>) -> Option<Sample> {
    let context = draft.round()?;
    let printed = draft.printed_cities();
    let all = printed.flat_map(|(_, city)| city.assessments.iter().map(move |one| (city, one)));
    let whole: Vec<(&CityEvaluation, &Assessment)> =
        all.filter(|(_, one)| one.completion.is_some() && one.is_primary()).collect();
    let converted = |(city, one): &&(&CityEvaluation, &Assessment)| {
        source(city, one).is_some_and(|seen| seen.conversion.is_some())
    };
    let (city, one) = whole.iter().find(converted).or_else(|| whole.first())?;
    let row = city.plan.indicator(&one.no)?;
    let printed = one.completion_text(1)?;
    let printed_in = draft.numbers.of(&judged_in(city));
    let year = context.evaluation.round.year();
    let (later, rate) = match one.due {
        Some(_) => (format!("{}年", one.target.year), "序时完成率"),
        None => (String::new(), "完成率"),
    };
    let title = format!(
        "{}　{} {}（{later}目标{}）{year}年{rate}{printed}%",
        city.plan.name,
        one.no,
        row.short,
        row.goal_in_unit(&one.target.goal)
    );
    let mut steps: Vec<StepRow> = lineage::of_assessment(&context.evaluation.round, city, one)
        .into_iter()
        .map(|step| StepRow {
            no: step.number.to_string(),
            stage: match step.operation {
                Doing::Plan => city.plan.called.document.clone(),
                operation => operation.chinese().to_owned(),
            },
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
    let key = Key::in_annex(index::ANNEX, "sample");
    Some(Sample {
        text: format!(
            "下表以一个数字为例，列出从{}和报表单元格到本报告的全部步骤，报表的路径从本年度文件夹写起。",
            city.plan.called.document
        ),
        table: Table::new(&title).rows(steps).numbered(&mut draft.numbers, key),
    })
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
