//! How every published figure came about: from the plan line and the cell, step by step, to the printed text.

use super::figure::{Doing, Figure, LineageStep, Total};
use crate::assess::{Assessment, Base, BaseSource, LevelChange, Reason, State};
use crate::collect::Observation;
use crate::compare::CityScore;
use crate::compare::Fraction;
use crate::evaluation::{CityEvaluation, Evaluation, Row};
use crate::finding::Language;
use crate::plan::{Goal, Indicator, Origin, PUBLISHED, Plan, Published, Round};
use crate::quantity::Value;
use crate::reconcile::Fact;
use crate::rounding::{fixed, percent, plain};
use crate::words;
use crate::words::PlaceWords;

/// Writes down the way of every figure, city by city in the order of the plan.
pub fn lineage(evaluation: &Evaluation) -> Vec<LineageStep> {
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
    figure: Figure,
    steps: Vec<LineageStep>,
}

impl Way {
    fn new(figure: Figure) -> Self {
        Self { figure, steps: Vec::new() }
    }

    fn step(&mut self, operation: Doing, from: impl Into<String>, to: impl Into<String>) {
        self.steps.push(LineageStep {
            figure: self.figure.clone(),
            number: self.steps.len() + 1,
            from: from.into(),
            to: to.into(),
            operation,
        });
    }
}

/// The steps of one indicator; the report prints those of one figure as an example.
pub(super) fn of_assessment(round: &Round, city: &CityEvaluation, one: &Assessment) -> Vec<LineageStep> {
    let plan = &city.plan;
    let Some(Row { indicator, fact, .. }) = city.row(&one.no) else { return Vec::new() };
    let is_intended = !one.is_primary();
    let mut way = Way::new(Figure::Target { city: plan.city.clone(), no: one.no.clone(), is_intended });
    let goal = &one.target.goal;
    let issued = one.target.as_issued();
    way.step(
        Doing::Plan,
        format!("{}第{}行“{}”", plan.source, one.target.line, one.target.quote),
        format!("{}年目标{}", one.target.year, indicator.goal_in_unit(issued)),
    );
    for seen in &fact.sides {
        of_observation(&mut way, city, indicator, seen);
    }
    if let Some(amendment) = one.target.amendment() {
        way.step(
            Doing::Amend,
            format!("{}　{}：{}", amendment.on, amendment.authority, amendment.reason),
            format!("{issued}改为{goal}"),
        );
    }
    of_years_before(&mut way, round, city, one);
    match (fact.derivation(), fact.value) {
        (Some(derivation), Some(value)) => {
            let from = format!("{}/{}，{}", plan.city, derivation.row, words::derivation(derivation));
            way.step(Doing::Derive, from, value.text());
        }
        _ => way.step(Doing::Reconcile, sides(fact), settled(fact, indicator)),
    }
    for reference in &one.references {
        let value = format!("{}{}{}", reference.name, plain(reference.value), indicator.unit.text());
        way.step(Doing::CompareWith, reference.source.clone(), value);
    }
    if let Some(change) = &one.change {
        of_change(&mut way, plan, change);
    }
    if let Some(due) = &one.due {
        of_base(&mut way, plan, &due.from);
        way.step(Doing::Derive, words::due(due, round.year()), plain(due.value));
    }
    verdict(&mut way, round, one, (plan, indicator));
    way.steps
}

/// Completion, verdict and points.
fn verdict(way: &mut Way, round: &Round, one: &Assessment, (plan, indicator): (&Plan, &Indicator)) {
    if let (Some(exact), Some(Value::Number(actual))) = (one.completion, one.judged_value()) {
        way.step(Doing::Compute, words::completion_words(one, indicator, actual), plain(exact));
    }
    way.step(
        Doing::Assess,
        comparison(one),
        format!("{}{}", one.state.chinese(), because(one.reason.as_ref(), &plan.called.document)),
    );
    if let (Some(exact), Some(rounded)) = (one.completion, one.completion_text(1)) {
        way.step(Doing::Round, plain(exact), format!("{rounded}%"));
    }
    if let Some(points) = one.points {
        way.step(Doing::Score, words::points_words(&round.method, one), format!("{}分", fixed(points, 2)));
    }
}

/// Where it was published.
fn recalled(plan: &Plan, one: &Published) -> String {
    format!("{}/{PUBLISHED}第{}行：{}", plan.city, one.line, one.source)
}

/// What was published of earlier years and the figure rests on: its own value of the year before, and the base of its growth.
fn of_years_before(way: &mut Way, round: &Round, city: &CityEvaluation, one: &Assessment) {
    let plan = &city.plan;
    let own = (&one.no, round.year_before());
    let base = city.fact(&one.no).and_then(Fact::derivation).map(|from| (&from.row, from.base_year));
    for (no, year) in std::iter::once(own).chain(base.filter(|base| *base != own)) {
        let published = plan.indicator(no).and_then(|row| row.published_of(year).zip(Some(row)));
        let Some((published, row)) = published.filter(|(_, row)| row.past_of(year).is_none()) else {
            continue;
        };
        let from = recalled(plan, published);
        let number = if *no == one.no { String::new() } else { format!("指标{no}的") };
        let to = match &published.value {
            None => format!("{number}{year}年数未知（{}）", published.status.words(Language::Chinese)),
            Some(value) if published.is_converted => {
                format!("{number}{year}年数{}，即{}{}", published.issued, value.text, row.unit.text())
            }
            Some(_) => format!("{number}{year}年数{}", published.issued),
        };
        way.step(Doing::Recall, from, to);
    }
}

fn of_observation(way: &mut Way, city: &CityEvaluation, indicator: &Indicator, seen: &Observation) {
    let submission = city.collected.submissions.iter().find(|one| one.file == seen.at.file);
    if let Some(submission) = submission {
        let received = submission
            .received
            .map_or_else(String::new, |time| format!("，{}收到", time.format("%Y-%m-%d %H:%M")));
        way.step(
            Doing::Receive,
            format!("{} SHA-256 {}", submission.file, submission.digests.sha256),
            format!("{}{}{received}", seen.unit, submission.version.edition().words(Language::Chinese)),
        );
    }
    way.step(Doing::Read, seen.at.to_string(), format!("“{}”", seen.raw));
    let Some(value) = seen.value else { return };
    match &seen.conversion {
        Some(conversion) => way.step(
            Doing::Convert,
            format!("“{}”{}", seen.raw, conversion.from),
            format!("{}{}（{}）", plain(value), conversion.to, conversion.operation),
        ),
        None => way.step(
            Doing::Normalise,
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

/// The change of the level that is held against the target, from its base.
fn of_change(way: &mut Way, plan: &Plan, change: &LevelChange) {
    of_base(way, plan, &change.base);
    way.step(Doing::Derive, words::change(change), plain(change.value));
}

/// Where a change or a way is counted from.
fn of_base(way: &mut Way, plan: &Plan, base: &Base) {
    let shown = format!("{}年{}", base.year, plain(base.value));
    match &base.source {
        BaseSource::Plan(past) => {
            way.step(Doing::Plan, format!("{}第{}行“{}”", plan.source, past.line, past.text), shown);
        }
        BaseSource::Published(one) => way.step(Doing::Recall, recalled(plan, one), shown),
        BaseSource::Reported(seen) => way.step(Doing::Read, seen.at.to_string(), shown),
        // Where a way begins that the plan counts from nothing, or in multiples of its base.
        BaseSource::Nothing | BaseSource::Once => way.step(Doing::Derive, "起点", shown),
    }
}

fn comparison(one: &Assessment) -> String {
    let actual = one.judged_value().map_or_else(|| "无实绩".to_owned(), Value::text);
    let sign = match one.state.met() {
        None => "与",
        Some(true) => "达到",
        Some(false) => "未达",
    };
    let held = match &one.due {
        Some(due) => format!("序时应达{}", plain(due.value)),
        None if matches!(one.target.goal, Goal::Relative(..)) => format!("“{}”", one.target.goal),
        None => one.target.goal.to_string(),
    };
    format!("{actual}{sign}{held}，全数值比较")
}

fn because(reason: Option<&Reason>, document: &str) -> String {
    reason.map_or_else(String::new, |reason| format!("（{}）", words::no_verdict(reason, document)))
}

fn of_tasks(city: &CityEvaluation) -> Vec<LineageStep> {
    let mut steps = Vec::new();
    for (task, one) in city.plan.tasks.iter().zip(&city.tasks) {
        let mut way = Way::new(Figure::Task { city: city.plan.city.clone(), no: task.no.clone() });
        way.step(Doing::Plan, format!("{}第{}行", city.plan.source, task.line), task.title.clone());
        if let Some(report) = &one.report {
            way.step(Doing::Read, report.at.to_string(), format!("“{}”", report.raw));
            if report.said() != report.raw.trim() {
                way.step(Doing::Normalise, format!("“{}”", report.raw), report.said());
            }
            if !report.text.is_empty() {
                way.step(Doing::Read, report.text_at.to_string(), format!("“{}”", report.text));
            }
        }
        way.step(Doing::Assess, "进展状态和佐证", one.state.chinese());
        steps.extend(way.steps);
    }
    steps
}

fn of_city(city: &CityEvaluation, evaluation: &Evaluation) -> Vec<LineageStep> {
    let score = &city.score;
    let slug = &city.plan.city;
    let figure = |total| Figure::City(slug.clone(), total);
    let which = match score.basis {
        Origin::Table => words::table_rows(&city.plan.called),
        Origin::Prose => "正文目标".to_owned(),
    };
    let mut steps = Vec::new();
    let mut add = |total, from: String, to: String, operation| {
        steps.push(LineageStep { figure: figure(total), number: 1, from, to, operation });
    };
    let all = format!("{slug}/*（{which}）");
    add(Total::All, all.clone(), score.total.to_string(), Doing::Count(Total::All));
    // Schedules are told of where there are any.
    let told = |state: &State| !state.is_of_schedule() || score.count(*state) > 0;
    for state in State::ALL.into_iter().filter(told) {
        let count = Doing::Count(Total::State(state));
        add(Total::State(state), all.clone(), score.count(state).to_string(), count);
    }
    let able = format!("应评{}减暂不能判定{}", score.total, score.open());
    let count = Doing::Count(Total::Assessable);
    add(Total::Assessable, able, score.assessable.to_string(), count);
    let met = State::ALL.into_iter().filter(|state| state.met() == Some(true)).filter(told);
    let states: Vec<String> = met.map(|state| figure(Total::State(state)).to_string()).collect();
    add(Total::Met, states.join("＋"), score.met.to_string(), Doing::Sum(Some(Total::Met)));
    shares(score.met, score.assessable, score.total, &mut add);
    without_soft(score.soft, score.firm, &mut add);
    let method = evaluation.round.method.scoring.chinese();
    let taken: String = score
        .deductions
        .iter()
        .map(|one| format!("，{}{}件扣{}分", one.what, one.count, plain(one.points)))
        .collect();
    if let Some(points) = score.score {
        let from = format!("可评{}项得分（{method}）的加权平均{taken}", score.assessable);
        add(Total::Score, from, fixed(points, 1), Doing::ComputeAndRound);
    }
    if let Some(points) = score.score_missing_as_zero {
        let from = format!("同上，暂不能判定的{}项计零", score.open());
        add(Total::ScoreMissingAsZero, from, fixed(points, 1), Doing::ComputeAndRound);
    }
    if let Some(grade) = score.grade {
        let limits: String = score.limits.iter().map(|limit| format!("；{}", limit.reason)).collect();
        let from = format!("{}{limits}", figure(Total::ScoreMissingAsZero));
        add(Total::Grade, from, grade.chinese().to_owned(), Doing::Grade);
    }
    if let Some(rank) = score.rank {
        let units = evaluation.cities.iter().map(|city| (city.plan.level, city.plan.name.as_str()));
        let from = format!("各{}未修约的完成率", PlaceWords::of(units).noun);
        add(Total::Rank, from, rank.to_string(), Doing::Rank);
    }
    steps
}

/// The steps of 完成率 and 覆盖率, where they can be computed.
fn shares(met: usize, assessable: usize, total: usize, add: &mut impl FnMut(Total, String, String, Doing)) {
    if let Some(rate) = percent(met, assessable) {
        let from = format!("完成{met}÷可评{assessable}×100");
        add(Total::Rate, from, format!("{rate}%"), Doing::ComputeAndRound);
    }
    if let Some(coverage) = percent(assessable, total) {
        let from = format!("可评{assessable}÷应评{total}×100");
        add(Total::Coverage, from, format!("{coverage}%"), Doing::ComputeAndRound);
    }
}

/// The step of 完成率 without the targets on the worse side of their base, where there are any.
fn without_soft(soft: usize, firm: Fraction, add: &mut impl FnMut(Total, String, String, Doing)) {
    let Fraction { part, whole } = firm;
    if let Some(rate) = percent(part, whole).filter(|_| soft > 0) {
        let from = format!("完成{part}÷可评{whole}×100，不计目标劣于上年或基期的{soft}项");
        add(Total::RateWithoutSoft, from, format!("{rate}%"), Doing::ComputeAndRound);
    }
}

fn of_round(evaluation: &Evaluation) -> Vec<LineageStep> {
    let sum =
        |of: fn(&CityScore) -> usize| evaluation.cities.iter().map(|city| of(&city.score)).sum::<usize>();
    let total = sum(|score| score.total);
    let assessable = sum(|score| score.assessable);
    let met = sum(|score| score.met);
    let mut steps = Vec::new();
    let mut add = |total, from: String, to: String, operation| {
        steps.push(LineageStep { figure: Figure::Round(total), number: 1, from, to, operation });
    };
    for (of, count) in [(Total::All, total), (Total::Assessable, assessable), (Total::Met, met)] {
        add(of, format!("*/{of}"), count.to_string(), Doing::Sum(None));
    }
    shares(met, assessable, total, &mut add);
    let firm = Fraction { part: sum(|score| score.firm.part), whole: sum(|score| score.firm.whole) };
    without_soft(sum(|score| score.soft), firm, &mut add);
    steps
}
