//! Points, counts, shares and places in words.

use std::collections::{BTreeMap, BTreeSet};

use super::{WayLine, WayTeller, is_percent};
use crate::ledger::{CHOSEN_BY, Operation, Step, StepId, StepValue};

impl WayTeller<'_> {
    /// The value of a step as it is printed.
    pub fn printed(&self, step: &Step) -> String {
        let is_shown = matches!(step.operation, Operation::Round { .. } | Operation::RoundGuarded { .. });
        let is_share = is_shown && self.one(step, "x").is_some_and(|x| is_percent(&x.operation));
        self.value(step) + if is_share { "%" } else { "" }
    }

    pub(super) fn of_totals(&self, step: &Step) -> Option<String> {
        let value = self.printed(step);
        let of = |role: &str| self.value_of(step, role);
        Some(match &step.operation {
            Operation::Count { of } => self.counted(step, of),
            Operation::Pair => self
                .say(format!("{}→{}", of("before"), of("now")), format!("{} → {}", of("before"), of("now"))),
            Operation::Sum => {
                let all: Vec<String> = self.of(step, "x").into_iter().map(|one| self.value(one)).collect();
                if all.len() > 1 { format!("{value} ＝ {}", all.join("＋")) } else { value }
            }
            Operation::Difference => format!("{value} ＝ {}－{}", of("whole"), of("part")),
            Operation::Share => format!("{value} ＝ {}÷{}×100", of("part"), of("whole")),
            Operation::MeanWeighted => self.mean(step),
            Operation::Round { places } => self.say(
                format!("{value}　修约到{places}位，一次，逢五成双（GB/T 8170—2008）"),
                format!("{value}  rounded once to {}, ties to even (GB/T 8170—2008)", digits(*places)),
            ),
            Operation::RoundGuarded { places } => self.say(
                format!("{value}　修约到{places}位，一次，逢五成双；未达限值的不写成限值"),
                format!(
                    "{value}  rounded once to {}, ties to even; never reads as a limit it is short of",
                    digits(*places)
                ),
            ),
            Operation::TaskState => value,
            _ => return self.of_scores(step),
        })
    }

    /// How many of what, and which.
    fn counted(&self, step: &Step, of: &[String]) -> String {
        let (value, count) = (self.printed(step), self.of(step, "member").len());
        let words: Vec<String> = of.iter().map(|state| self.word(state)).collect();
        let members = self.of(step, "member").into_iter();
        let counted = members.filter(|one| of.is_empty() || of.contains(&one.value.to_string()));
        let counted = self.named_members(&counted.map(|one| &one.id).collect::<Vec<_>>());
        let list = match counted.is_empty() {
            true => String::new(),
            false => self.say(format!("：{}", counted.join("、")), format!(": {}", counted.join(", "))),
        };
        let which = match of.is_empty() {
            true => String::new(),
            false => {
                self.say(format!("，其中{}", words.join("、")), format!(" that are {}", words.join(", ")))
            }
        };
        let left_out = self
            .of(step, CHOSEN_BY)
            .into_iter()
            .filter(|one| matches!(one.operation, Operation::Worse) && one.value == StepValue::Truth(true));
        let counts_them = self.of(step, "member").iter().map(|one| short(&one.id)).collect::<BTreeSet<_>>();
        let left_out: Vec<String> =
            left_out.map(|one| short(&one.id)).filter(|no| !counts_them.contains(no)).collect();
        let without = match left_out.is_empty() {
            true => String::new(),
            false => self.say(
                format!("；不计目标劣于基数的{}", left_out.join("、")),
                format!("; without {}, whose targets are worse than their bases", left_out.join(", ")),
            ),
        };
        self.say(
            format!("{value}　{count}项{which}{list}{without}"),
            format!("{value}  of {count}{which}{list}{without}"),
        )
    }

    /// A mean with the points that it is of, and the weights that people set.
    fn mean(&self, step: &Step) -> String {
        let (value, points, weights) = (self.printed(step), self.of(step, "points"), self.of(step, "weight"));
        let times = |weight: &Step| match self.is_constant(weight) {
            true => String::new(),
            false => format!("×{}", self.value(weight)),
        };
        let told = |(one, weight): (&Step, &Step)| {
            format!("{} {}{}", short(&one.id), self.brief(one), times(weight))
        };
        let list: Vec<String> = points.into_iter().zip(weights).map(told).collect();
        self.say(
            format!("{value}　{}项得分的加权平均：{}", list.len(), list.join("、")),
            format!("{value}  weighted mean of the points of {}: {}", list.len(), list.join(", ")),
        )
    }

    /// Points, scores, grades and places.
    fn of_scores(&self, step: &Step) -> Option<String> {
        let value = self.printed(step);
        let of = |role: &str| self.value_of(step, role);
        Some(match &step.operation {
            Operation::PointsRatio => self.say(
                format!("{value}　完成率与最高分{}取小", of("cap")),
                format!("{value}  completion, {} at most", of("cap")),
            ),
            Operation::PointsProportional
            | Operation::PointsEfficacy
            | Operation::PointsFixed
            | Operation::PointsBanded
            | Operation::GradeLimited => value,
            Operation::Deductions => self.say(format!("{value}　扣分"), format!("{value}  taken")),
            Operation::Deduct => self.say(
                format!("{value} ＝ {}－扣分{}", of("mean"), of("taken")),
                format!("{value} = {} − {}", of("mean"), of("taken")),
            ),
            Operation::Grade => self.say(
                format!("{value}　按得分{}", of("score")),
                format!("{value}  by the score {}", of("score")),
            ),
            Operation::Covers => self.say(
                format!("覆盖率{}是否够{}：{value}", of("share"), of("limit")),
                format!("coverage {} enough for {}: {value}", of("share"), of("limit")),
            ),
            Operation::Order => self.say("各地从大到小", "all, the greatest first"),
            Operation::Rank => self.say(
                format!("第{value}位　{}在各地中的位置", of("own")),
                format!("place {value}  of {} among all", of("own")),
            ),
            _ => return None,
        })
    }
}

impl<'a> WayTeller<'a> {
    /// What is counted, by its number; of several cities with the city that it is of.
    fn named_members(&self, all: &[&StepId]) -> Vec<String> {
        let place = |id: &StepId| id.as_str().split('/').next().unwrap_or_default().to_owned();
        let places: BTreeSet<String> = all.iter().map(|id| place(id)).collect();
        if places.len() < 2 {
            return all.iter().map(|id| short(id)).collect();
        }
        let name_of = |step: &Step| {
            let slug = step.id.as_str().strip_suffix("/plan.toml#plan.short")?.rsplit('/').next()?;
            Some((slug.to_owned(), step.value.text()?.to_owned()))
        };
        let names: BTreeMap<String, String> = self.ledger.steps().iter().filter_map(name_of).collect();
        let named = |id: &&StepId| {
            let (place, own) = (place(id), short(id));
            match (names.get(&place), own.strip_prefix(place.as_str())) {
                (None, _) => own,
                // The city itself: `xiangtan/#total`, `xiangtan/#index.score`.
                (Some(name), Some("/#total")) => name.clone(),
                (Some(name), Some(own)) if own.starts_with("/#index.") => name.clone(),
                (Some(name), Some(_)) => format!("{name} {}", own.trim_start_matches(&format!("{place}/"))),
                (Some(name), None) => format!("{name} {own}"),
            }
        };
        all.iter().map(named).collect()
    }

    /// The weights that people set, of those of a mean.
    pub(super) fn weights(&mut self, step: &'a Step) -> Vec<WayLine> {
        let mut weights = self.of(step, "weight");
        weights.retain(|weight| !self.is_constant(weight));
        let label = self.say("权重", "weight");
        weights
            .into_iter()
            .map(|weight| self.line(&format!("{label} {}", short(&weight.id)), weight))
            .collect()
    }
}

/// `1 digit`, `2 digits`.
fn digits(places: u32) -> String {
    if places == 1 { "1 digit".to_owned() } else { format!("{places} digits") }
}

/// A target or task by its number: `xiangtan/22/state` is 22.
fn short(id: &StepId) -> String {
    // Of an index by the indicator or domain that it is of, or by the city.
    if let Some((place, name)) = id.as_str().split_once("/#index.") {
        let part = name.strip_prefix("i.").or_else(|| name.strip_prefix("d."));
        let part = part.and_then(|part| part.rsplit_once('.')).map_or(place, |(part, _)| part);
        return part.to_owned();
    }
    let parts: Vec<&str> = id.as_str().split('/').collect();
    match parts[..] {
        [_, no, "state" | "worse" | "fact" | "points" | "weight" | "became"] => no.to_owned(),
        [_, "task", no, ..] => no.to_owned(),
        _ => id.to_string(),
    }
}
