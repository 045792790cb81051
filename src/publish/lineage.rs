//! How every published figure came about: from the plan line and the cell, step by step, to the printed text. A view of the ledger in words: every
//! step here tells one there, and what is printed is taken from it.

use super::corrected;
use super::figure::{Doing, Figure, LineageStep, Total};
use crate::assess::{Assessment, Base, BaseSource, Reason, State};
use crate::collect::Observation;
use crate::compare::CityScore;
use crate::compare::Fraction;
use crate::evaluation::{CityEvaluation, Evaluation, Row};
use crate::finding::Language;
use crate::ident::CityId;
use crate::ledger::{self, Ledger, StepId};
use crate::plan::{Goal, Grade, Indicator, Origin, PUBLISHED, Plan, Published, Round};
use crate::quantity::Value;
use crate::reconcile::Fact;
use crate::rounding::plain;
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
struct Way<'a> {
    figure: Figure,
    ledger: &'a Ledger,
    steps: Vec<LineageStep>,
}

impl<'a> Way<'a> {
    fn new(figure: Figure, ledger: &'a Ledger) -> Self {
        Self { figure, ledger, steps: Vec::new() }
    }

    /// The first of some steps that the ledger has.
    fn known(&self, ids: impl IntoIterator<Item = StepId>) -> Option<StepId> {
        ids.into_iter().find(|id| self.ledger.step(id).is_some())
    }

    /// Tells a step of the ledger.
    fn step(
        &mut self,
        told: Option<StepId>,
        operation: Doing,
        from: impl Into<String>,
        to: impl Into<String>,
    ) {
        self.steps.push(LineageStep {
            figure: self.figure.clone(),
            number: self.steps.len() + 1,
            from: from.into(),
            to: to.into(),
            operation,
            told,
        });
    }

    /// Tells a step with what it gave, as the ledger has it; nothing where that is nothing.
    fn printed(&mut self, id: StepId, operation: Doing, from: impl Into<String>, unit: &str) {
        if let Some(told) = self.ledger.told(&id).filter(|told| told.value.is_something()) {
            self.step(Some(id), operation, from, format!("{}{unit}", told.value));
        }
    }
}

/// The steps of one indicator; the report prints those of one figure as an example.
pub(super) fn of_assessment(round: &Round, city: &CityEvaluation, one: &Assessment) -> Vec<LineageStep> {
    let plan = &city.plan;
    let Some(Row { indicator, fact, .. }) = city.row(&one.no) else { return Vec::new() };
    let is_intended = !one.is_primary();
    let figure = Figure::Target { city: plan.city.clone(), no: one.no.clone(), is_intended };
    let mut way = Way::new(figure, &city.ledger);
    let of = StepsOf::new(plan, one);
    let goal = &one.target.goal;
    let issued = one.target.as_issued();
    let number = way.known(of.number(plan, one));
    way.step(
        number,
        Doing::Plan,
        format!("{}第{}行“{}”", plan.source, one.target.line, one.target.quote),
        format!("{}年目标{}", one.target.year, indicator.goal_in_unit(issued)),
    );
    for seen in &fact.sides {
        of_observation(&mut way, city, indicator, seen);
    }
    if let Some(amendment) = one.target.amendment() {
        let in_force = way.known([of.target.of("target.in_force")]);
        way.step(
            in_force,
            Doing::Amend,
            format!("{}　{}：{}", amendment.on, amendment.authority, amendment.reason),
            format!("{issued}改为{goal}"),
        );
    }
    of_years_before(&mut way, round, city, one);
    match (fact.derivation(), fact.value) {
        (Some(derivation), Some(value)) => {
            let from = format!("{}/{}，{}", plan.city, derivation.row, words::derivation(derivation));
            way.step(Some(of.row.of("fact")), Doing::Derive, from, value.text());
        }
        _ => way.step(Some(of.row.of("fact")), Doing::Reconcile, sides(fact), settled(fact, indicator)),
    }
    // A reference of a target without a verdict may be told without having been held against anything.
    let held = way.ledger.held_against(&of.target).into_iter().map(Some).chain(std::iter::repeat(None));
    for (reference, held) in one.references.iter().zip(held) {
        let value = format!("{}{}{}", reference.name, plain(reference.value), indicator.unit.text());
        way.step(held, Doing::CompareWith, reference.source.clone(), value);
    }
    if let Some(change) = &one.change {
        of_base(&mut way, plan, &change.base, &of.row);
        way.step(Some(of.target.of("change")), Doing::Derive, words::change(change), plain(change.value));
    }
    if let Some(due) = &one.due {
        of_base(&mut way, plan, &due.from, &of.row);
        way.step(Some(of.target.of("due")), Doing::Derive, words::due(due, round.year()), plain(due.value));
    }
    verdict(&mut way, round, one, (plan, indicator));
    way.steps
}

/// What the steps of a target are called.
struct StepsOf {
    row: StepId,
    target: StepId,
}

impl StepsOf {
    fn new(plan: &Plan, one: &Assessment) -> Self {
        Self {
            row: ledger::of_indicator(&plan.city, &one.no),
            target: ledger::of_target(&plan.city, &one.no, one.target.tier),
        }
    }

    /// The number of the target as it was issued, where it has one; else the words.
    fn number(&self, plan: &Plan, one: &Assessment) -> [StepId; 4] {
        let Assessment { target, .. } = one;
        let tier =
            if target.tier.is_judged_first() { String::new() } else { format!("@{}", target.tier.key()) };
        let number = |part: &str| self.row.of(format!("{}/{part}{tier}", target.year));
        let words = StepId::new(format!("{}#L{}:{}", plan.source, target.line, target.quote));
        [number("target"), number("target.low"), self.target.of("least"), words]
    }
}

/// Completion, verdict and points.
fn verdict(way: &mut Way<'_>, round: &Round, one: &Assessment, (plan, indicator): (&Plan, &Indicator)) {
    let of = StepsOf::new(plan, one).target;
    let completion = ["completion.kept", "completion", "at_the_end/completion"].map(|part| of.of(part));
    if let (Some(exact), Some(Value::Number(actual))) = (one.completion, one.judged_value()) {
        let told = way.known(completion);
        way.step(told, Doing::Compute, words::completion_words(one, indicator, actual), plain(exact));
    }
    way.step(
        Some(of.of("state")),
        Doing::Assess,
        comparison(one),
        format!("{}{}", one.state.chinese(), because(one.reason.as_ref(), &plan.called.document)),
    );
    if let Some(exact) = one.completion {
        way.printed(of.of("completion").shown(), Doing::Round, plain(exact), "%");
    }
    if one.points.is_some() {
        let words = words::points_words(&round.method, one);
        way.printed(of.of("points").shown(), Doing::Score, words, "分");
    }
}

/// Where it was published.
fn recalled(plan: &Plan, one: &Published) -> String {
    match &one.output {
        Some(output) => format!("{}第{}行：{}", output.file, one.line, one.source),
        None => format!("{}/{PUBLISHED}第{}行：{}", plan.city, one.line, one.source),
    }
}

/// What was published of earlier years and the figure rests on: its own value of the year before, and the base of its growth.
fn of_years_before(way: &mut Way<'_>, round: &Round, city: &CityEvaluation, one: &Assessment) {
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
        let told = way.known([ledger::of_indicator(&plan.city, no).of(format!("{year}/published"))]);
        way.step(told, Doing::Recall, from, to);
    }
}

fn of_observation(way: &mut Way<'_>, city: &CityEvaluation, indicator: &Indicator, seen: &Observation) {
    let submission = city.collected.submissions.iter().find(|one| one.file == seen.at.file);
    let place = indicator.reporters.iter().position(|unit| *unit == seen.unit).unwrap_or_default();
    let read = ledger::of_indicator(&seen.city, &seen.no).of(format!("seen.{}", place.saturating_add(1)));
    let part = |name: &str| StepId::new(format!("{read}.{name}"));
    if let Some(submission) = submission {
        let received = submission
            .received
            .map_or_else(String::new, |time| format!("，{}收到", time.format("%Y-%m-%d %H:%M")));
        let file = way.known([StepId::new(&submission.file)]);
        way.step(
            file,
            Doing::Receive,
            format!("{} SHA-256 {}", submission.file, submission.digests.sha256),
            format!("{}{}{received}", seen.unit, submission.version.edition().words(Language::Chinese)),
        );
    }
    let own = way.known([read.clone()]);
    if let Some((from, to)) = corrected::by_query(city, seen) {
        way.step(own.clone(), Doing::Correct, from, to);
    }
    way.step(own, Doing::Read, seen.at.to_string(), format!("“{}”", seen.raw));
    let Some(value) = seen.value else { return };
    let (number, converted) = (way.known([part("number")]), way.known([part("value")]));
    match &seen.conversion {
        Some(conversion) => way.step(
            converted,
            Doing::Convert,
            format!("“{}”{}", seen.raw, conversion.from),
            format!("{}{}（{}）", plain(value), conversion.to, conversion.operation),
        ),
        None => way.step(
            number,
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

/// Where a change or a way is counted from.
fn of_base(way: &mut Way<'_>, plan: &Plan, base: &Base, row: &StepId) {
    let shown = format!("{}年{}", base.year, plain(base.value));
    let year = base.year;
    let printed = ["printed", "target", "target.in_force"].map(|part| row.of(format!("{year}/{part}")));
    match &base.source {
        BaseSource::Plan(past) => {
            let told = way.known(printed);
            let from = format!("{}第{}行“{}”", plan.source, past.line, past.text);
            way.step(told, Doing::Plan, from, shown);
        }
        BaseSource::Published(one) => {
            let told = way.known([row.of(format!("{year}/published"))]);
            way.step(told, Doing::Recall, recalled(plan, one), shown);
        }
        BaseSource::Reported(seen) => {
            let told = way.known([row.of("before.value"), row.of("before.number")]);
            way.step(told, Doing::Read, seen.at.to_string(), shown);
        }
        // Where a way begins that the plan counts from nothing, or in multiples of its base.
        BaseSource::Nothing | BaseSource::Once => {
            let constant = if matches!(base.source, BaseSource::Nothing) { 0 } else { 1 };
            way.step(Some(StepId::new(format!("constant/{constant}"))), Doing::Derive, "起点", shown);
        }
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
        let slug = &city.plan.city;
        let mut way = Way::new(Figure::Task { city: slug.clone(), no: task.no.clone() }, &city.ledger);
        let of = StepId::new(format!("{slug}/task/{}", task.no));
        way.step(None, Doing::Plan, format!("{}第{}行", city.plan.source, task.line), task.title.clone());
        if let Some(report) = &one.report {
            let (cell, said) =
                (way.known([StepId::new(report.at.to_string())]), way.known([of.of("progress")]));
            way.step(cell, Doing::Read, report.at.to_string(), format!("“{}”", report.raw));
            if report.said() != report.raw.trim() {
                way.step(said, Doing::Normalise, format!("“{}”", report.raw), report.said());
            }
            if !report.text.is_empty() {
                let cell = way.known([StepId::new(report.text_at.to_string())]);
                way.step(cell, Doing::Read, report.text_at.to_string(), format!("“{}”", report.text));
            }
        }
        way.step(Some(of.of("state")), Doing::Assess, "进展状态和佐证", one.state.chinese());
        steps.extend(way.steps);
    }
    steps
}

/// The totals of a city or of the round, each told by a step of its own: what is printed is what the ledger has.
struct Totals<'a> {
    /// Slug of the city; nothing for the round.
    city: Option<&'a CityId>,
    ledgers: [&'a Ledger; 2],
    steps: Vec<LineageStep>,
}

impl Totals<'_> {
    fn add(&mut self, total: Total, from: String, unit: &str, operation: Doing) {
        let (name, figure) = match self.city {
            Some(city) => (city.as_str(), Figure::City(city.clone(), total)),
            None => ("round", Figure::Round(total)),
        };
        let id = StepId::new(format!("{name}/{}", total.step()));
        let told = self.ledgers.iter().find_map(|ledger| ledger.told(&id));
        let Some(told) = told.filter(|told| told.value.is_something()) else { return };
        let grade = Grade::ALL.into_iter().find(|grade| told.value.text() == Some(grade.key()));
        let to = grade.map_or_else(|| format!("{}{unit}", told.value), |grade| grade.chinese().to_owned());
        self.steps.push(LineageStep { figure, number: 1, from, to, operation, told: Some(id) });
    }

    /// 完成率 and 覆盖率, where they can be computed.
    fn shares(&mut self, met: usize, assessable: usize, total: usize) {
        self.add(Total::Rate, format!("完成{met}÷可评{assessable}×100"), "%", Doing::ComputeAndRound);
        self.add(Total::Coverage, format!("可评{assessable}÷应评{total}×100"), "%", Doing::ComputeAndRound);
    }

    /// 完成率 without the targets on the worse side of their base, where there are any.
    fn without_soft(&mut self, Fraction { part, whole }: Fraction) {
        let from = format!("完成{part}÷可评{whole}×100，不计目标劣于上年或基期的");
        self.add(Total::RateWithoutSoft, from, "%", Doing::ComputeAndRound);
    }
}

fn of_city(city: &CityEvaluation, evaluation: &Evaluation) -> Vec<LineageStep> {
    let score = &city.score;
    let slug = &city.plan.city;
    let figure = |total| Figure::City(slug.clone(), total);
    let which = match score.basis {
        Origin::Table => words::table_rows(&city.plan.called),
        Origin::Prose => "正文目标".to_owned(),
    };
    let mut totals =
        Totals { city: Some(slug), ledgers: [&city.ledger, &evaluation.ledger], steps: Vec::new() };
    let all = format!("{slug}/*（{which}）");
    totals.add(Total::All, all.clone(), "", Doing::Count(Total::All));
    // Schedules are told of where there are any.
    let told = |state: &State| !state.is_of_schedule() || score.count(*state) > 0;
    for state in State::ALL.into_iter().filter(told) {
        totals.add(Total::State(state), all.clone(), "", Doing::Count(Total::State(state)));
    }
    let able = format!("应评{}减暂不能判定{}", score.total, score.open());
    totals.add(Total::Assessable, able, "", Doing::Count(Total::Assessable));
    let met = State::ALL.into_iter().filter(|state| state.met() == Some(true)).filter(told);
    let states: Vec<String> = met.map(|state| figure(Total::State(state)).to_string()).collect();
    totals.add(Total::Met, states.join("＋"), "", Doing::Sum(Some(Total::Met)));
    totals.shares(score.met, score.assessable, score.total);
    totals.without_soft(score.firm);
    let method = evaluation.round.method.scoring.chinese();
    let taken: String = score
        .deductions
        .iter()
        .map(|one| format!("，{}{}件扣{}分", one.what, one.count, plain(one.points)))
        .collect();
    let from = format!("可评{}项得分（{method}）的加权平均{taken}", score.assessable);
    totals.add(Total::Score, from, "", Doing::ComputeAndRound);
    let from = format!("同上，暂不能判定的{}项计零", score.open());
    totals.add(Total::ScoreMissingAsZero, from, "", Doing::ComputeAndRound);
    let limits: String = score.limits.iter().map(|limit| format!("；{}", limit.reason)).collect();
    let from = format!("{}{limits}", figure(Total::ScoreMissingAsZero));
    totals.add(Total::Grade, from, "", Doing::Grade);
    // A city that is not placed has none, though the step is there.
    if score.rank.is_some() {
        let units = evaluation.cities.iter().map(|city| (city.plan.level, city.plan.name.as_str()));
        let from = format!("各{}未修约的完成率", PlaceWords::of(units).noun);
        totals.add(Total::Rank, from, "", Doing::Rank);
    }
    totals.steps
}

fn of_round(evaluation: &Evaluation) -> Vec<LineageStep> {
    let sum =
        |of: fn(&CityScore) -> usize| evaluation.cities.iter().map(|city| of(&city.score)).sum::<usize>();
    let total = sum(|score| score.total);
    let assessable = sum(|score| score.assessable);
    let met = sum(|score| score.met);
    let mut totals =
        Totals { city: None, ledgers: [&evaluation.ledger, &evaluation.ledger], steps: Vec::new() };
    for of in [Total::All, Total::Assessable, Total::Met] {
        totals.add(of, format!("*/{of}"), "", Doing::Sum(None));
    }
    totals.shares(met, assessable, total);
    let firm = Fraction { part: sum(|score| score.firm.part), whole: sum(|score| score.firm.whole) };
    totals.without_soft(firm);
    totals.steps
}
