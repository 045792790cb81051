//! Steps of the ledger in words: the way of a figure as a tree of lines, in Chinese or in English.

mod indices;
mod totals;
mod values;
mod verdicts;

use std::collections::BTreeSet;

use crate::finding::Language;
use crate::ledger::{CHOSEN_BY, Exact, Ledger, Operation, Step, StepId, StepValue};

/// A line with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayLine {
    /// The words.
    pub text: String,
    /// What it rests on.
    pub below: Vec<WayLine>,
}

impl WayLine {
    /// A line that rests on nothing more.
    pub fn end(text: impl Into<String>) -> Self {
        Self { text: text.into(), below: Vec::new() }
    }
}

/// Tells the ways of figures; what has been told is not told again.
pub struct WayTeller<'a> {
    ledger: &'a Ledger,
    language: Language,
    told: BTreeSet<StepId>,
}

/// Percentages are of a hundred; their steps carry no unit.
fn is_percent(operation: &Operation) -> bool {
    use Operation as Is;
    matches!(
        operation,
        Is::CompletionHigher
            | Is::CompletionLower
            | Is::CompletionIndex
            | Is::CompletionHit
            | Is::CompletionInterval
            | Is::CompletionHardest
            | Is::CompletionKept
            | Is::Progress
            | Is::Growth
            | Is::GrowthMean { .. }
            | Is::Share
            | Is::WeightWithin
            | Is::GrowthSymmetric { .. }
            | Is::DrawsShare
            | Is::DrawsClass
    )
}

/// A number with so many digits behind the point at most; of one that has more the rest is left out.
fn digits_to(number: &Exact, places: u32) -> String {
    let whole = number.to_string();
    let behind = whole.split_once('.').map_or(0, |(_, behind)| behind.len());
    let is_long = u32::try_from(behind).map_or(true, |behind| behind > places);
    if whole.contains('/') || is_long { format!("{}…", number.fixed(places)) } else { whole }
}

/// A number with twenty digits behind the point at most.
fn digits(number: &Exact) -> String {
    digits_to(number, 20)
}

impl<'a> WayTeller<'a> {
    /// Nothing has been told yet.
    pub fn new(ledger: &'a Ledger, language: Language) -> Self {
        Self { ledger, language, told: BTreeSet::new() }
    }

    fn say(&self, chinese: impl Into<String>, english: impl Into<String>) -> String {
        match self.language {
            Language::Chinese => chinese.into(),
            Language::English => english.into(),
        }
    }

    fn step(&self, id: &StepId) -> Option<&'a Step> {
        self.ledger.step(id)
    }

    /// The steps of a role.
    fn of(&self, step: &Step, role: &str) -> Vec<&'a Step> {
        step.args.iter().filter(|arg| arg.role == role).filter_map(|arg| self.step(&arg.id)).collect()
    }

    fn one(&self, step: &Step, role: &str) -> Option<&'a Step> {
        self.of(step, role).into_iter().next()
    }

    /// The value of a step as it is told.
    pub fn value(&self, step: &Step) -> String {
        match &step.value {
            StepValue::Number(number) => {
                let unit = if is_percent(&step.operation) { "%" } else { &step.unit };
                format!("{}{unit}", digits(number))
            }
            StepValue::Truth(truth) => {
                if *truth {
                    self.say("是", "yes")
                } else {
                    self.say("否", "no")
                }
            }
            StepValue::Word(word) => self.word(word),
            StepValue::Text(text) => text.clone(),
            StepValue::Nothing => self.say("没有数", "no value"),
        }
    }

    /// The number of a step without its unit, as it stands in a formula.
    fn bare(&self, step: &Step, role: &str) -> String {
        self.one(step, role).and_then(|step| step.value.number()).map_or_else(|| "—".to_owned(), digits)
    }

    fn value_of(&self, step: &Step, role: &str) -> String {
        self.one(step, role).map_or_else(|| "—".to_owned(), |step| self.value(step))
    }

    /// The value of a step with two digits, or its word.
    fn brief(&self, step: &Step) -> String {
        step.value.number().map_or_else(|| self.value(step), |number| number.fixed(2))
    }

    /// The words of a closed set.
    fn word(&self, word: &str) -> String {
        let state = crate::assess::State::ALL.into_iter().find(|state| state.key() == word);
        let task = crate::assess::TaskState::ALL.into_iter().find(|state| state.key() == word);
        let grade = crate::plan::Grade::ALL.into_iter().find(|grade| grade.key() == word);
        let chinese = state
            .map(|state| state.chinese())
            .or_else(|| task.map(|state| state.chinese()))
            .or_else(|| grade.map(|grade| grade.chinese()))
            .unwrap_or(match word {
                "higher" => "越大越好",
                "lower" => "越小越好",
                "interval" => "区间",
                "rank" => "位次越前越好",
                "better" => "好于一切比率",
                "worse" => "差于一切比率",
                other => other,
            });
        self.say(chinese, word.replace('_', " "))
    }

    /// The way of a step, under a label.
    pub fn line(&mut self, label: &str, step: &'a Step) -> WayLine {
        let text = self.text(step);
        let text = if label.is_empty() { text } else { format!("{label} {text}") };
        let has_more = !step.args.is_empty() && !step.operation.is_leaf();
        if has_more && !self.told.insert(step.id.clone()) {
            return WayLine::end(text + &self.say("（见前）", " (see above)"));
        }
        WayLine { below: self.below(step), text }
    }

    fn text(&self, step: &Step) -> String {
        self.of_values(step)
            .or_else(|| self.of_changes(step))
            .or_else(|| self.of_verdicts(step))
            .or_else(|| self.of_indices(step))
            .or_else(|| self.of_totals(step))
            .unwrap_or_else(|| self.of_leaves(step))
    }

    /// The label of an argument.
    fn label(&self, role: &str) -> String {
        let (chinese, english) = match role {
            "actual" => ("实绩", "actual"),
            "target" => ("目标", "target"),
            "base" => ("基数", "base"),
            "slack" => ("允许偏差", "slack"),
            "tolerance" => ("偏差", "tolerance"),
            "completion" => ("完成率", "completion"),
            "met" => ("判断", "reached"),
            "fact" => ("实绩", "actual"),
            "row" => ("对照", "held against"),
            "fact_year" | "row_year" => ("数据年份", "year of the data"),
            "year" => ("评估年度", "year judged"),
            "target_year" => ("目标年份", "year of the target"),
            "at_the_end" => ("到期判断", "reached at the end"),
            "change" => ("变化", "change"),
            "due" => ("序时应达", "due"),
            "low" => ("下限", "lower bound"),
            "high" => ("上限", "upper bound"),
            "score" => ("得分", "score"),
            "mean" => ("平均", "mean"),
            "taken" => ("扣分", "taken"),
            "part" => ("分子", "part"),
            "whole" => ("分母", "whole"),
            "own" => ("本地", "own"),
            "among" => ("排序", "among"),
            "limit" => ("限制", "limit"),
            "grade" => ("等次", "grade"),
            "waived" => ("豁免", "waived by"),
            "base_year" => ("基年", "base year"),
            "before" => ("上一轮", "earlier report"),
            "now" => ("本轮", "this report"),
            "floor" => ("最低分", "floor"),
            "reference" => ("参照值", "reference"),
            "deviation" => ("标准差", "deviation"),
            "bound" => ("界限", "bound"),
            "growth" => ("增长", "growth"),
            "draws" => ("抽取", "draws"),
            "place" => ("位次", "place"),
            "places" => ("位次", "places"),
            _ => return String::new(),
        };
        self.say(chinese, english)
    }

    fn below(&mut self, step: &'a Step) -> Vec<WayLine> {
        match &step.operation {
            Operation::MeanWeighted => self.weights(step),
            // Members are listed in the line; each is a figure of its own.
            Operation::Count { .. } => self.receipts(step),
            Operation::Order | Operation::Cell { .. } => Vec::new(),
            operation if indices::is_over_all(operation) => self.of_members(step),
            Operation::Read { .. } => self.row(step),
            Operation::ParseNumber { .. } | Operation::ParseWord { .. } | Operation::ParseNothing => {
                match self.one(step, "text") {
                    Some(read) if matches!(read.operation, Operation::Read { .. }) => self.row(read),
                    other => other.map(|text| self.line("", text)).into_iter().collect(),
                }
            }
            // A weight that nobody set.
            Operation::Sum if step.args.len() == 1 && self.is_constant(step) => Vec::new(),
            _ => {
                let limits = self.limits(step).filter(|_| matches!(step.operation, Operation::Classify));
                let is_guarded = matches!(step.operation, Operation::RoundGuarded { .. });
                let roles: Vec<(String, &'a Step)> = step
                    .args
                    .iter()
                    .filter(|arg| !matches!(arg.role.as_ref(), "nearly" | "exceeded" | CHOSEN_BY))
                    .filter(|arg| !(is_guarded && arg.role == "limit"))
                    .filter_map(|arg| Some((arg.role.to_string(), self.step(&arg.id)?)))
                    .collect();
                roles
                    .into_iter()
                    .map(|(role, one)| {
                        // A growth or a difference may start or end at a target.
                        let is_target = matches!(
                            one.operation,
                            Operation::PlanTarget | Operation::PlanMagnitude { .. } | Operation::Amend
                        );
                        let is_between = matches!(role.as_str(), "actual" | "base");
                        let label = self.label(if is_target && is_between { "target" } else { &role });
                        self.line(&label, one)
                    })
                    .chain(limits)
                    .collect()
            }
        }
    }

    /// What a count of workbooks goes by: the deadline, and when each that is counted was received.
    fn receipts(&self, step: &'a Step) -> Vec<WayLine> {
        let by = self.of(step, CHOSEN_BY);
        let Some(deadline) = by.iter().find(|one| matches!(one.operation, Operation::Curated { .. })) else {
            return Vec::new();
        };
        let text = self.text(deadline);
        let line = self.say(format!("期限 {text}"), format!("deadline {text}"));
        let counted: Vec<&StepValue> = self.of(step, "member").iter().map(|one| &one.value).collect();
        let files = by
            .iter()
            .filter(|one| matches!(one.operation, Operation::File { .. }) && counted.contains(&&one.value));
        [line].into_iter().chain(files.map(|file| self.text(file))).map(WayLine::end).collect()
    }

    fn is_constant(&self, step: &Step) -> bool {
        step.args.iter().filter_map(|arg| self.step(&arg.id)).all(|one| one.operation == Operation::Constant)
    }

    /// What a reading rests on: the cells of the row, and the workbook.
    fn row(&mut self, step: &'a Step) -> Vec<WayLine> {
        let shown = |role: &str| {
            self.one(step, role).map(|cell| {
                let address = cell.id.as_str().rsplit('!').next().unwrap_or_default().to_owned();
                format!("{address}“{}”", self.value(cell).trim())
            })
        };
        let mut lines = Vec::new();
        let row: Vec<String> = ["number", "name", "unit"].into_iter().filter_map(shown).collect();
        let heading = shown("heading")
            .map_or_else(String::new, |head| self.say(format!("；列 {head}"), format!("; column {head}")));
        if !row.is_empty() || !heading.is_empty() {
            lines.push(WayLine::end(
                self.say(format!("行 {}{heading}", row.join(" ")), format!("row {}{heading}", row.join(" "))),
            ));
        }
        let names = [
            ("nature", "数据性质", "nature"),
            ("year", "数据年份", "year"),
            ("evidence", "佐证", "evidence"),
            ("note", "说明", "note"),
        ];
        let more: Vec<String> = names
            .into_iter()
            .filter_map(|(role, chinese, english)| {
                Some(format!("{} {}", self.say(chinese, english), shown(role)?))
            })
            .collect();
        if !more.is_empty() {
            lines.push(WayLine::end(more.join(&self.say("；", "; "))));
        }
        let workbook = self.one(step, "workbook").into_iter();
        let cell = self.one(step, "cell").and_then(|cell| self.one(cell, "file"));
        let files: Vec<&'a Step> = workbook.flat_map(|one| self.of(one, "candidate")).collect();
        lines.extend(cell.map(|file| WayLine::end(self.text(file))));
        let others = files.into_iter().filter(|file| Some(&file.id) != cell.map(|own| &own.id));
        let others: Vec<String> = others.map(|file| self.text(file)).collect();
        lines.extend(others.into_iter().map(|text| {
            WayLine::end(self.say(format!("留存不用：{text}"), format!("kept and not used: {text}")))
        }));
        lines
    }
}
