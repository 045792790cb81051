//! How every published figure came about: from the plan line and the cell, step by step, to the printed text.

use crate::assess::{Assessment, Reason, State};
use crate::collect::Observation;
use crate::evaluation::{CityEvaluation, Evaluation, Row};
use crate::plan::{Indicator, Origin, Round, Tier};
use crate::quantity::Value;
use crate::reconcile::Fact;
use crate::rounding::{fixed, percent, plain};
use crate::words;

/// One step of a figure's way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The figure: `xiangtan/22`, `xiangtan/22/intended`, `xiangtan/rate`.
    pub figure: String,
    /// Number of the step, from 1.
    pub number: usize,
    /// What the step starts from: a plan line, a cell, or other figures.
    pub from: String,
    /// What it gives.
    pub to: String,
    /// What was done.
    pub operation: String,
}

/// Writes down the way of every figure, city by city in the order of the plan.
pub fn lineage(evaluation: &Evaluation) -> Vec<Step> {
    let mut steps = Vec::new();
    for city in &evaluation.cities {
        for assessment in &city.assessments {
            steps.extend(of_assessment(&evaluation.round, city, assessment));
        }
        steps.extend(of_tasks(city));
        steps.extend(of_city(city, evaluation));
    }
    steps.extend(of_round(evaluation));
    steps
}

/// Steps in the making, numbered as they come.
struct Way {
    figure: String,
    steps: Vec<Step>,
}

impl Way {
    fn new(figure: String) -> Self {
        Self { figure, steps: Vec::new() }
    }

    fn step(&mut self, operation: &str, from: impl Into<String>, to: impl Into<String>) {
        self.steps.push(Step {
            figure: self.figure.clone(),
            number: self.steps.len() + 1,
            from: from.into(),
            to: to.into(),
            operation: operation.to_owned(),
        });
    }
}

/// The steps of one indicator; the report prints those of one figure as an example.
pub(super) fn of_assessment(round: &Round, city: &CityEvaluation, one: &Assessment) -> Vec<Step> {
    let plan = &city.plan;
    let Some(Row { indicator, fact, .. }) = city.row(&one.no) else { return Vec::new() };
    let tier = if one.target.tier == Tier::Intended { "/intended" } else { "" };
    let mut way = Way::new(format!("{}/{}{tier}", plan.city, one.no));
    let goal = &one.target.goal;
    let issued = one.target.as_issued();
    way.step(
        "方案 plan",
        format!("{}第{}行“{}”", plan.source, one.target.line, one.target.quote),
        format!(
            "{}年目标{issued}{}",
            one.target.year,
            if issued.is_in_unit() { indicator.unit.text() } else { "" }
        ),
    );
    for seen in &fact.sides {
        of_observation(&mut way, city, indicator, seen);
    }
    if let Some(amendment) = one.target.amendment() {
        way.step(
            "调整 amend",
            format!("{}　{}：{}", amendment.on, amendment.authority, amendment.reason),
            format!("{issued}改为{goal}"),
        );
    }
    match (fact.derivation(), fact.value) {
        (Some(derivation), Some(value)) => {
            let from = format!("{}/{}，{}", plan.city, derivation.row, words::derivation(derivation));
            way.step("推算 derive", from, value.text());
        }
        _ => way.step("核对 reconcile", sides(fact), settled(fact, indicator)),
    }
    for reference in &one.references {
        let value = format!("{}{}{}", reference.name, plain(reference.value), indicator.unit.text());
        way.step("对照 compare with", reference.source.clone(), value);
    }
    if let (Some(exact), Some(Value::Number(actual))) = (one.completion, one.actual) {
        way.step("计算 compute", words::completion_words(one, indicator, actual), plain(exact));
    }
    way.step(
        "判定 assess",
        comparison(fact, one),
        format!("{}{}", one.state.chinese(), because(one.reason.as_ref())),
    );
    if let (Some(exact), Some(rounded)) = (one.completion, one.completion_text(1)) {
        way.step("修约 round", plain(exact), format!("{rounded}%"));
    }
    if let Some(points) = one.points {
        way.step(
            "计分 score",
            words::points_words(&round.method, one.completion),
            format!("{}分", fixed(points, 2)),
        );
    }
    way.steps
}

fn of_observation(way: &mut Way, city: &CityEvaluation, indicator: &Indicator, seen: &Observation) {
    let submission = city.collected.submissions.iter().find(|one| one.file == seen.at.file);
    if let Some(submission) = submission {
        let received = submission
            .received
            .map_or_else(String::new, |time| format!("，{}收到", time.format("%Y-%m-%d %H:%M")));
        way.step(
            "收到 receive",
            format!("{} SHA-256 {}", submission.file, submission.digests.sha256),
            format!("{}{}{received}", seen.unit, submission.version.chinese()),
        );
    }
    way.step("读取 read", seen.at.to_string(), format!("“{}”", seen.raw));
    let Some(value) = seen.value else { return };
    match &seen.conversion {
        Some(conversion) => way.step(
            "换算 convert",
            format!("“{}”{}", seen.raw, conversion.from),
            format!("{}{}（{}）", plain(value), conversion.to, conversion.operation),
        ),
        None => way.step(
            "规范 normalise",
            format!("“{}”", seen.raw),
            format!("{}{}", plain(value), indicator.unit.text()),
        ),
    }
}

fn sides(fact: &Fact) -> String {
    if fact.sides.is_empty() {
        return "没有填报".to_owned();
    }
    fact.sides.iter().map(|seen| format!("{}“{}”", seen.unit, seen.raw)).collect::<Vec<_>>().join("；")
}

fn settled(fact: &Fact, indicator: &Indicator) -> String {
    let unit = if indicator.is_qualitative() { "" } else { indicator.unit.text() };
    match fact.value {
        Some(value) => format!("{}{unit}（{}）", value.text(), words::basis(&fact.basis)),
        None => words::basis(&fact.basis),
    }
}

fn comparison(fact: &Fact, one: &Assessment) -> String {
    let actual = fact.value.map_or_else(|| "无实绩".to_owned(), Value::text);
    let sign = match one.state.met() {
        None => "与",
        Some(true) => "达到",
        Some(false) => "未达",
    };
    format!("{actual}{sign}{}，全数值比较", one.target.goal)
}

fn because(reason: Option<&Reason>) -> String {
    reason.map_or_else(String::new, |reason| format!("（{}）", words::no_verdict(reason)))
}

fn of_tasks(city: &CityEvaluation) -> Vec<Step> {
    let mut steps = Vec::new();
    for (task, one) in city.plan.tasks.iter().zip(&city.tasks) {
        let mut way = Way::new(format!("{}/task-{}", city.plan.city, task.no));
        way.step("方案 plan", format!("{}第{}行", city.plan.source, task.line), task.title.clone());
        if let Some(report) = &one.report {
            way.step("读取 read", report.at.to_string(), format!("“{}”", report.raw));
            if report.said() != report.raw.trim() {
                way.step("规范 normalise", format!("“{}”", report.raw), report.said());
            }
            if !report.text.is_empty() {
                way.step("读取 read", report.text_at.to_string(), format!("“{}”", report.text));
            }
        }
        way.step("判定 assess", "进展状态和佐证", one.state.chinese());
        steps.extend(way.steps);
    }
    steps
}

fn of_city(city: &CityEvaluation, evaluation: &Evaluation) -> Vec<Step> {
    let score = &city.score;
    let slug = &city.plan.city;
    let which = match score.basis {
        Origin::Table => "附表指标",
        Origin::Prose => "正文目标",
    };
    let mut steps = Vec::new();
    let mut add = |name: &str, from: String, to: String, operation: &str| {
        let mut way = Way::new(format!("{slug}/{name}"));
        way.step(operation, from, to);
        steps.extend(way.steps);
    };
    let all = format!("{slug}/*（{which}）");
    add("total", all.clone(), score.total.to_string(), "计数 count 应评");
    for state in State::ALL {
        let operation = format!("计数 count {}", state.chinese());
        add(&format!("state/{}", state.key()), all.clone(), score.count(state).to_string(), &operation);
    }
    let able = format!("应评{}减暂不能判定{}", score.total, score.open());
    add("assessable", able, score.assessable.to_string(), "计数 count 可评");
    let reached = format!("{slug}/state/exceeded＋{slug}/state/met");
    add("met", reached, score.met.to_string(), "相加 sum 完成");
    if let Some(rate) = percent(score.met, score.assessable) {
        add(
            "rate",
            format!("完成{}÷可评{}×100", score.met, score.assessable),
            format!("{rate}%"),
            "计算并修约 compute, round",
        );
    }
    if let Some(coverage) = percent(score.assessable, score.total) {
        add(
            "coverage",
            format!("可评{}÷应评{}×100", score.assessable, score.total),
            format!("{coverage}%"),
            "计算并修约 compute, round",
        );
    }
    let method = evaluation.round.method.scoring.chinese();
    let taken: String = score
        .deductions
        .iter()
        .map(|one| format!("，{}{}件扣{}分", one.what, one.count, plain(one.points)))
        .collect();
    if let Some(points) = score.score {
        let from = format!("可评{}项得分（{method}）的加权平均{taken}", score.assessable);
        add("score", from, fixed(points, 1), "计算并修约 compute, round");
    }
    if let Some(points) = score.score_missing_as_zero {
        add(
            "score_missing_as_zero",
            format!("同上，暂不能判定的{}项计零", score.open()),
            fixed(points, 1),
            "计算并修约 compute, round",
        );
    }
    if let Some(grade) = score.grade {
        let limits: String = score.limits.iter().map(|limit| format!("；{}", limit.reason)).collect();
        add(
            "grade",
            format!("{slug}/score_missing_as_zero{limits}"),
            grade.chinese().to_owned(),
            "定等次 grade",
        );
    }
    if let Some(rank) = score.rank {
        add("rank", "各城市未修约的完成率".to_owned(), rank.to_string(), "排名 rank");
    }
    steps
}

fn of_round(evaluation: &Evaluation) -> Vec<Step> {
    let sum = |of: &dyn Fn(&crate::compare::CityScore) -> usize| {
        evaluation.cities.iter().map(|city| of(&city.score)).sum::<usize>()
    };
    let total = sum(&|score| score.total);
    let assessable = sum(&|score| score.assessable);
    let met = sum(&|score| score.met);
    let mut steps = Vec::new();
    let mut add = |name: &str, from: String, to: String, operation: &str| {
        let mut way = Way::new(format!("round/{name}"));
        way.step(operation, from, to);
        steps.extend(way.steps);
    };
    add("total", "*/total".to_owned(), total.to_string(), "相加 sum");
    add("assessable", "*/assessable".to_owned(), assessable.to_string(), "相加 sum");
    add("met", "*/met".to_owned(), met.to_string(), "相加 sum");
    if let Some(rate) = percent(met, assessable) {
        add(
            "rate",
            format!("完成{met}÷可评{assessable}×100"),
            format!("{rate}%"),
            "计算并修约 compute, round",
        );
    }
    if let Some(coverage) = percent(assessable, total) {
        add(
            "coverage",
            format!("可评{assessable}÷应评{total}×100"),
            format!("{coverage}%"),
            "计算并修约 compute, round",
        );
    }
    steps
}
