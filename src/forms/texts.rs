//! The words of a form, made from plan and round.

use super::Form;
use crate::period::Period;
use crate::plan::{Goal, Indicator, Level, Operator, Origin, PastValue, Target, Tier};

/// The name of the sheet of indicators.
pub(super) const INDICATORS: &str = "指标";
/// The name of the sheet of tasks.
pub(super) const TASKS: &str = "任务";

/// What stands in a field to which nothing is to be said.
pub(super) const PRESENCE: &str = "有/无";

impl Form<'_> {
    /// What it is called on the cover.
    pub(super) fn title(&self) -> String {
        let period = period_words(self.round.period);
        match &self.plan.called.theme {
            Some(theme) => format!("{period}{theme}建设情况报表"),
            None => format!("{period}目标任务完成情况报表"),
        }
    }

    /// By when it is to be sent in.
    pub(super) fn due(&self) -> String {
        format!("{}（含当日）", self.round.deadline.format("%Y年%-m月%-d日"))
    }

    /// The label beside the name of the place.
    pub(super) fn place_label(&self) -> &'static str {
        if self.plan.level == Level::City { "城市" } else { "地区" }
    }

    /// The year before, and the year.
    pub(super) fn years(&self) -> [i32; 2] {
        [self.round.year_before(), self.round.year()]
    }

    /// The heading over the values of the year before, the target and the value that is asked for.
    pub(super) fn value_heads(&self) -> [String; 3] {
        let [before, year] = self.years();
        [format!("{before}年实绩"), format!("{year}年目标值"), format!("{year}年实绩")]
    }

    /// The heading over the rows of a part.
    pub(super) fn part_head(&self, origin: Origin) -> String {
        let called = &self.plan.called;
        match origin {
            Origin::Table => format!("{}{}所列指标", called.document, called.table),
            Origin::Prose => format!("{}正文所列目标", called.document),
        }
    }

    /// What exactly a row counts, and where it comes from.
    pub(super) fn about(&self, row: &Indicator) -> String {
        let called = &self.plan.called;
        let mut parts: Vec<String> = Vec::new();
        if !row.definition.is_empty() {
            parts.push(row.definition.trim_end_matches('。').to_owned());
        }
        if row.origin == Origin::Prose {
            let place = match &row.task {
                Some(task) => format!("{}任务{task}", called.document),
                None => format!("{}正文", called.document),
            };
            let quote = self.targets(row).next().map_or("", |target| target.quote.as_str());
            parts.push(if quote.is_empty() { place } else { format!("{place}：“{quote}”") });
        }
        if self.targets(row).any(|target| target.cumulative) {
            parts.push("填规划期开始以来的累计数".to_owned());
        }
        if let Some(published) = self.other_published(row) {
            parts.push(format!("上年发布数为{}", published.text));
        }
        if row.reporters.len() > 1 {
            let units: Vec<&str> = row.reporters.iter().map(|unit| unit.as_str()).collect();
            parts.push(format!("由{}分别填报，均填{}的数", units.join("、"), self.plan.name));
        }
        if parts.is_empty() {
            parts.push(format!("按{}{}", called.document, called.table));
        }
        format!("{}。", parts.join("。"))
    }

    /// What was published of the year before, where the plan prints another value.
    fn other_published<'a>(&self, row: &'a Indicator) -> Option<&'a PastValue> {
        let before = self.round.year_before();
        let (plan, published) = (row.past_of(before)?, row.published_of(before)?.value.as_ref()?);
        (plan.value != published.value || plan.presence() != published.presence()).then_some(published)
    }

    fn targets<'a>(&self, row: &'a Indicator) -> impl Iterator<Item = &'a Target> {
        row.targets_of(self.round.year()).into_iter()
    }

    /// What is to be reached, as a clerk reads it.
    pub(super) fn target(&self, row: &Indicator) -> String {
        let year = self.round.year();
        let words = |target: &Target| {
            let words = goal(row, &target.goal);
            let tier = match target.tier {
                Tier::Annual => "",
                Tier::Assessed => "考核值",
                Tier::Intended => "完成值",
                Tier::Stretch => "力争",
            };
            match target.year == year {
                true => format!("{tier}{words}"),
                false => format!("{}年{tier}{words}", target.year),
            }
        };
        let all: Vec<String> = self.targets(row).map(words).collect();
        if all.is_empty() { "不设目标".to_owned() } else { all.join("；") }
    }

    /// What is known of the year before.
    pub(super) fn base<'a>(&self, row: &'a Indicator) -> Option<&'a PastValue> {
        row.known_of(self.round.year_before())
    }
}

/// The unit of a row as it stands on the form.
pub(super) fn unit(row: &Indicator) -> &str {
    if row.is_qualitative() { PRESENCE } else { row.unit.text() }
}

/// A target in words: signs are for readers of reports.
fn goal(row: &Indicator, goal: &Goal) -> String {
    match goal {
        Goal::Level(operator, value) | Goal::Coverage(operator, value) => limit(*operator, &value.text),
        Goal::Rank(Operator::AtMost, value) => format!("前{}位", value.text),
        Goal::Milestone(..) => "有（已实现）".to_owned(),
        _ => row.goal_beside(goal),
    }
}

fn limit(operator: Operator, value: &str) -> String {
    match operator {
        Operator::AtLeast | Operator::Equal => value.to_owned(),
        Operator::MoreThan => format!("超过{value}"),
        Operator::Surpass => format!("突破{value}"),
        Operator::AtMost => format!("不高于{value}"),
        Operator::LessThan => format!("低于{value}"),
        Operator::About => format!("{value}左右"),
    }
}

/// What the form carries at its top right, in two lines at most.
pub(super) fn head_lines(form: &Form<'_>) -> Vec<String> {
    let fields: Vec<String> =
        form.round.form.fields().into_iter().map(|(label, value)| format!("{label}：{value}")).collect();
    fields.chunks(fields.len().div_ceil(2).max(1)).map(|some| some.join("　")).collect()
}

/// A period as it stands on the cover: 2023年度.
pub fn period_words(period: Period) -> String {
    format!("{}年度", period.year())
}

/// The same within the name of a file: 2023年报.
pub(super) fn short_period(period: Period) -> String {
    format!("{}年报", period.year())
}

/// All that a form says, a line for each thing: two forms that say the same have the same lines.
pub(super) fn structure(form: &Form<'_>) -> String {
    let plan = form.plan;
    let mut lines = vec![
        vec![plan.id.clone(), form.round.period.to_string(), form.unit.to_string()],
        vec![form.title(), plan.name.clone(), form.due(), plan.office.to_string()],
        head_lines(form),
    ];
    for row in &form.rows {
        let base = form.base(row).map_or("", |past| past.text.as_str());
        let checks = super::checks::of(row, form, 1);
        lines.push(
            [
                "指标",
                row.no.as_str(),
                &row.name,
                unit(row),
                base,
                &form.target(row),
                &form.about(row),
                &checks,
            ]
            .map(str::to_owned)
            .to_vec(),
        );
    }
    for task in &form.tasks {
        let shared: Vec<&str> = task.responsible.iter().map(|unit| unit.as_str()).collect();
        let parts = ["任务", task.no.as_str(), &task.title, &task.text, &shared.join("、")];
        lines.push(parts.map(str::to_owned).to_vec());
    }
    lines.iter().map(|parts| parts.join("|")).collect::<Vec<_>>().join("\n")
}
