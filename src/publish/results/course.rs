//! The sheets of a part of a year: where every target stands, tasks as they are reported, findings.

use super::About;
use super::cells::{ResultSheet, SheetCell, text};
use crate::assess::PaceAssessment;
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::finding::Language;
use crate::publish::illustrative_label;
use crate::quantity::Value;
use crate::rounding::plain;

/// What the first sheet says of the whole.
pub(super) fn about(evaluation: &Evaluation) -> About {
    let round = &evaluation.round;
    let lines = [
        ("报告期", format!("{}（{}）", round.period.chinese(), round.period.months())),
        ("编制单位", round.issuer.clone()),
        ("日期", round.report_date.to_string()),
        ("说明", "只反映本期进度，年度结果以年终评估为准；全部栏目见tables文件夹".to_owned()),
    ];
    let mark = illustrative_label(round.illustrative).map(str::to_owned);
    let warned = mark.clone().map(|label| ("注意", label));
    let lines = warned.into_iter().chain(lines).map(|(label, value)| (label.to_owned(), value));
    About { title: round.title.concat(), lines: lines.collect(), mark, date: round.report_date }
}

/// The sheets in their order.
pub(super) fn sheets(evaluation: &Evaluation) -> Vec<ResultSheet> {
    let mut sheets = vec![paces(evaluation), tasks(evaluation), findings(evaluation)];
    // The first one is there whatever it has.
    let mut at = 0;
    sheets.retain(|sheet| {
        at += 1;
        at == 1 || !sheet.rows.is_empty()
    });
    sheets
}

fn paces(evaluation: &Evaluation) -> ResultSheet {
    let rows = evaluation.cities.iter().flat_map(|city| {
        let own = city.paces.iter();
        own.map(move |one| pace(city, one))
    });
    ResultSheet {
        name: "序时进度",
        heads: vec![
            ("城市", 10),
            ("序号", 7),
            ("指标", 34),
            ("填报单位", 18),
            ("计量单位", 10),
            ("年度目标", 11),
            ("本期应达", 11),
            ("本期实际", 11),
            ("差距%", 9),
            ("状态", 18),
            ("序时方法", 10),
            ("单位说明", 34),
        ],
        fixed: 3,
        rows: rows.collect(),
    }
}

fn pace(city: &CityEvaluation, one: &PaceAssessment) -> Vec<SheetCell> {
    let row = city.plan.indicator(&one.no);
    let units: Vec<&str> = row.iter().flat_map(|row| &row.reporters).map(|unit| unit.as_str()).collect();
    let number = |digits: &str| super::cells::digits(digits, 0);
    let shown = |found: &Option<crate::assess::PaceNumber>| {
        found.as_ref().map_or(SheetCell::Nothing, |one| number(&one.shown))
    };
    let actual = match one.actual {
        Some(Value::Number(value)) => number(&plain(value)),
        Some(presence) => text(&presence.text()),
        None => SheetCell::Nothing,
    };
    let mut notes: Vec<&str> = Vec::new();
    for seen in city.fact(&one.no).iter().flat_map(|fact| &fact.sides) {
        let words = seen.note.trim();
        if !words.is_empty() && !notes.contains(&words) {
            notes.push(words);
        }
    }
    vec![
        text(&city.plan.short),
        text(one.no.as_str()),
        text(row.map_or("", |row| &row.name)),
        text(&units.join("、")),
        text(&one.unit),
        text(&one.target.goal.amount()),
        shown(&one.due),
        actual,
        shown(&one.shortfall),
        text(one.state.chinese()),
        text(one.method.chinese()),
        text(&notes.join("；")),
    ]
}

fn tasks(evaluation: &Evaluation) -> ResultSheet {
    let of_city = |city: &CityEvaluation| {
        let told = city.tasks.iter().map(|one| {
            let task = city.plan.task(&one.no);
            let report = one.report.as_ref();
            vec![
                text(&city.plan.short),
                text(one.no.as_str()),
                text(task.map_or("", |task| &task.title)),
                text(one.state.chinese()),
                text(report.map_or("", |report| report.unit.as_str())),
                text(report.map_or("", |report| &report.text)),
            ]
        });
        told.collect::<Vec<_>>()
    };
    ResultSheet {
        name: "任务",
        heads: vec![
            ("城市", 10),
            ("序号", 8),
            ("任务", 44),
            ("进展状态", 12),
            ("填报单位", 22),
            ("进展情况", 50),
        ],
        fixed: 3,
        rows: evaluation.cities.iter().flat_map(of_city).collect(),
    }
}

fn findings(evaluation: &Evaluation) -> ResultSheet {
    let row = |finding: &crate::finding::Finding| {
        let city = evaluation.cities.find(&finding.subject.city);
        let units: Vec<&str> = finding.subject.units.iter().map(|unit| unit.as_str()).collect();
        vec![
            text(city.map_or("", |city| &city.plan.short)),
            text(&units.join("、")),
            text(&finding.subject.object.to_string()),
            text(finding.severity().chinese()),
            text(finding.problem.code()),
            text(finding.problem.rule()),
            text(&finding.message(Language::Chinese)),
            text(&finding.remedy(Language::Chinese)),
            text(&finding.at.to_string()),
        ]
    };
    ResultSheet {
        name: "核实问题",
        heads: vec![
            ("城市", 10),
            ("单位", 20),
            ("指标或任务", 10),
            ("级别", 7),
            ("代码", 7),
            ("规则", 14),
            ("问题", 48),
            ("处理", 36),
            ("位置", 34),
        ],
        fixed: 2,
        rows: evaluation.told().map(row).collect(),
    }
}
