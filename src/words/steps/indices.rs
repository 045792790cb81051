//! The steps of an index in words: what is taken over all cities, scores, their means, draws.

use super::{WayLine, WayTeller, digits_to};
use crate::ledger::{Exact, Operation, Step, StepValue};

/// Digits behind the point of numbers within a formula.
const PLACES: u32 = 6;
/// Places over draws that are listed.
const MOST_PLACES: usize = 6;

/// Whether an operation is over the values of all cities: these are counted in its line, and each is a figure of its own.
pub(super) fn is_over_all(operation: &Operation) -> bool {
    use Operation as Is;
    matches!(
        operation,
        Is::Least
            | Is::Greatest
            | Is::Next { .. }
            | Is::Mean
            | Is::Median
            | Is::Deviation { .. }
            | Is::Skewness
            | Is::Kurtosis
            | Is::WeightsPrincipal { .. }
            | Is::WeightsBestCase { .. }
            | Is::Places
            | Is::Copeland
            | Is::GrowthSlope
            | Is::DrawsShift
    )
}

impl WayTeller<'_> {
    /// A number as it is read in a formula.
    fn read_value(&self, step: &Step) -> String {
        step.value.number().map_or_else(|| self.value(step), |number| digits_to(number, PLACES))
    }

    fn short(&self, step: &Step, role: &str) -> String {
        self.one(step, role).map_or_else(|| "—".to_owned(), |one| self.read_value(one))
    }

    pub(super) fn of_indices(&self, step: &Step) -> Option<String> {
        let value = format!("{}{}", self.read_value(step), step.unit);
        let of = |role: &str| self.short(step, role);
        let count = self.of(step, "x").iter().filter(|one| one.value.is_something()).count();
        let over = |chinese: &str, english: &str| {
            self.say(format!("{value}　{count}个数{chinese}"), format!("{value}  {english} of {count}"))
        };
        Some(match &step.operation {
            Operation::Least => over("中最小", "least"),
            Operation::Greatest => over("中最大", "greatest"),
            Operation::Next { greatest: true } => over("中次大", "next to the greatest"),
            Operation::Next { greatest: false } => over("中次小", "next to the least"),
            Operation::Mean => over("的平均", "mean"),
            Operation::Median => over("的中位数", "median"),
            Operation::Deviation { sample: true } => {
                over("的样本标准差（n－1）", "standard deviation (n − 1)")
            }
            Operation::Deviation { sample: false } => over("的标准差（n）", "standard deviation (n)"),
            Operation::Skewness => over("的偏度", "skewness"),
            Operation::Kurtosis => over("的超额峰度", "excess kurtosis"),
            Operation::IsExtreme => self.extreme(step),
            Operation::Log => format!("{value} ＝ ln {}", of("x")),
            Operation::Quotient => format!("{value} ＝ {}÷{}", of("x"), of("per")),
            Operation::LogShifted => {
                let (x, least, greatest) = (of("x"), of("least"), of("greatest"));
                format!("{value} ＝ ln（{x}－{least}＋（{greatest}－{least}）÷100）")
            }
            Operation::Bounded { .. } => self.say(
                format!("{value}　极端值{}收至{}", of("x"), of("bound")),
                format!("{value}  {} drawn in to {}", of("x"), of("bound")),
            ),
            Operation::Normalise { higher, method } => self.normalised(step, *higher, method),
            Operation::Aggregate { method } => self.put_together(step, method),
            Operation::Copeland => {
                let (parts, scores) = (self.of(step, "own").len(), self.of(step, "other").len());
                let others = scores.checked_div(parts).unwrap_or_default();
                self.say(
                    format!("{value}　与其他{others}地两两比较，胜数减负数（Copeland）"),
                    format!("{value}  pairs won less pairs lost, against {others} others (Copeland)"),
                )
            }
            Operation::Places => self.say(
                format!("{count}个得分从大到小的位次，相同的并列"),
                format!("places of {count} scores, the greatest first, alike share one"),
            ),
            Operation::PlaceAt { .. } => self.say(format!("第{value}位"), format!("place {value}")),
            Operation::Class => self.say(
                format!("第{value}档　得分{}", of("score")),
                format!("class {value}, counted from the best  score {}", of("score")),
            ),
            _ => return self.of_weights(step, &value).or_else(|| self.of_years_and_draws(step, &value)),
        })
    }

    fn of_weights(&self, step: &Step, value: &str) -> Option<String> {
        let of = |role: &str| self.short(step, role);
        Some(match &step.operation {
            Operation::WeightWithin => {
                let among: Vec<String> =
                    self.of(step, "among").into_iter().map(|one| self.read_value(one)).collect();
                let sum = if among.len() > 8 { "Σ".to_owned() } else { among.join("＋") };
                self.say(
                    format!("{value} ＝ {}÷（{sum}）×{}　在全部中的权重", of("own"), of("whole")),
                    format!("{value} = {} ÷ ({sum}) × {}  weight within all", of("own"), of("whole")),
                )
            }
            Operation::WeightsPrincipal { parts } => self.principal(step, *parts),
            Operation::WeightsBestCase { parts } => {
                let cities = self.of(step, "x").len().checked_div(*parts).unwrap_or_default();
                self.say(
                    format!("{cities}地各自最有利的{parts}个权重，在这些权重下谁也不超过100"),
                    format!("the {parts} weights that put each of {cities} best, under which none has more than 100"),
                )
            }
            Operation::SumWeighted => {
                let parts = self.of(step, "x").into_iter().zip(self.of(step, "weight"));
                let parts: Vec<String> = parts
                    .map(|(x, weight)| format!("{}×{}", self.read_value(x), self.read_value(weight)))
                    .collect();
                format!("{value} ＝ {}", parts.join("＋"))
            }
            Operation::ShareWeighted => {
                format!("{value} ＝ {}×{}÷{}×100", of("x"), of("weight"), of("whole"))
            }
            Operation::WeightAt { position } => self
                .say(format!("{value}　其中第{position}个"), format!("{value}  number {position} of these")),
            _ => return None,
        })
    }

    fn of_years_and_draws(&self, step: &Step, value: &str) -> Option<String> {
        let of = |role: &str| self.short(step, role);
        Some(match &step.operation {
            Operation::GrowthSymmetric { higher } => {
                let (now, before) = (of("now"), of("before"));
                let sign = if *higher { "" } else { "－" };
                self.say(
                    format!("{value} ＝ {sign}（{now}－{before}）÷（（{now}＋{before}）÷2）×100　对称增长率"),
                    format!("{value} = {sign}({now} − {before}) ÷ (({now} + {before}) ÷ 2) × 100  symmetric growth"),
                )
            }
            Operation::Chained => {
                let (before, growth) = (of("before"), of("growth"));
                format!("{value} ＝ {before}×（200＋{growth}）÷（200－{growth}）")
            }
            Operation::GrowthSlope => self.say(
                format!("{value}　增长对起点的斜率（都取对数）"),
                format!("{value}  slope of growth on the first level, both of logarithms"),
            ),
            Operation::Draws { table, of } => {
                let what = match (&step.value, of.is_empty()) {
                    (StepValue::Text(text), _) => self.frequencies(text, ["位", "place"]),
                    (_, true) => self.say(format!("{value}次抽取不成"), format!("{value} draws failed")),
                    _ => value.to_owned(),
                };
                format!("{what}　tables/{table}")
            }
            Operation::DrawsQuantile { percent } => self.say(
                format!("第{value}位　{percent}%的抽取中位次不劣于{value}"),
                format!("place {value}  no worse in {percent} % of the draws"),
            ),
            Operation::DrawsShare => self.say(
                format!("{value}的抽取位次为第{}", of("place")),
                format!("{value} of the draws have the place {}", of("place")),
            ),
            Operation::DrawsCount => self.say(format!("{value}次抽取"), format!("{value} draws")),
            Operation::DrawsShift => self.say(
                format!("{value}　各地各次抽取的位次平均移动"),
                format!("{value}  places that a city moves in a draw, on average"),
            ),
            Operation::Estimate { .. } => self.say(
                format!("{value}　由抽取估计，浮点计算，修约到6位"),
                format!("{value}  an estimate in binary floating point, rounded to 6 digits"),
            ),
            _ => return self.of_classes_and_moves(step, value),
        })
    }

    /// Of what classes cities have in draws, and of how others move without a city.
    fn of_classes_and_moves(&self, step: &Step, value: &str) -> Option<String> {
        let of = |role: &str| self.short(step, role);
        Some(match &step.operation {
            Operation::DrawsClasses { table, .. } => {
                let what = match &step.value {
                    StepValue::Text(text) => self.frequencies(text, ["档", "class"]),
                    _ => value.to_owned(),
                };
                format!("{what}　tables/{table}")
            }
            Operation::DrawsClass => self.say(
                format!("{value}的抽取在第{}档", of("class")),
                format!("{value} of the draws are in class {}", of("class")),
            ),
            Operation::Moves { table, .. } => {
                let what = match &step.value {
                    StepValue::Text(text) => self.shifts(text),
                    _ => value.to_owned(),
                };
                format!("{what}　tables/{table}")
            }
            Operation::MovesMean => self.say(
                format!("{value}　去掉一地时其余各地平均移动的位数"),
                format!("{value}  places that the others move without the city, on average"),
            ),
            Operation::MovesGreatest => self.say(
                format!("{value}　去掉一地时其余各地移动最多的位数"),
                format!("{value}  the most places that one of the others moves without the city"),
            ),
            _ => return None,
        })
    }

    /// `第1位5310次、第2位4690次`, the first of them.
    fn frequencies(&self, text: &str, [noun, english]: [&str; 2]) -> String {
        let all: Vec<(&str, &str)> = text.split(' ').filter_map(|part| part.split_once(':')).collect();
        let told = |(place, times): &(&str, &str)| {
            self.say(format!("第{place}{noun}{times}次"), format!("{english} {place} {times} times"))
        };
        let first: Vec<String> = all.iter().take(MOST_PLACES).map(told).collect();
        let rest = if all.len() > first.len() { "…" } else { "" };
        first.join(&self.say("、", ", ")) + rest
    }

    /// Weights out of principal components, in turn.
    fn principal(&self, step: &Step, parts: usize) -> String {
        let cities = self.of(step, "x").len().checked_div(parts).unwrap_or_default();
        let value = self.value(step);
        self.say(
            format!("{value}　{parts}个部分、{cities}地的得分的主成分权重"),
            format!(
                "{value}  weights out of the principal components of the scores of {cities} in {parts} parts"
            ),
        )
    }

    /// `移动0位的9个、移动1位的2个`.
    fn shifts(&self, text: &str) -> String {
        let all = text.split(' ').filter_map(|part| part.split_once(':'));
        let told = all
            .map(|(by, times)| self.say(format!("移动{by}位的{times}个"), format!("{times} by {by} places")));
        told.collect::<Vec<_>>().join(&self.say("、", ", "))
    }

    fn extreme(&self, step: &Step) -> String {
        let of = |role: &str| self.short(step, role);
        let is_it = step.value == StepValue::Truth(true);
        let chinese = if is_it { "有极端值" } else { "没有极端值" };
        let english = if is_it { "extreme" } else { "not extreme" };
        self.say(
            format!(
                "{chinese}　偏度{}（限{}），峰度{}（限{}）",
                of("skewness"),
                of("limit.skewness"),
                of("kurtosis"),
                of("limit.kurtosis")
            ),
            format!(
                "{english}  skewness {} (limit {}), kurtosis {} (limit {})",
                of("skewness"),
                of("limit.skewness"),
                of("kurtosis"),
                of("limit.kurtosis")
            ),
        )
    }

    /// `25 ＝ （35－20）÷（80－20）×100　极差法`.
    fn normalised(&self, step: &Step, higher: bool, method: &str) -> String {
        let of = |role: &str| self.short(step, role);
        let (x, value) = (of("x"), self.read_value(step));
        let way = |worse: &str, better: &str| {
            let (worse, better) = (of(worse), of(better));
            let (from, to) = if higher { (&worse, &better) } else { (&better, &worse) };
            match higher {
                true => format!("（{x}－{from}）÷（{to}－{from}）"),
                false => format!("（{from}－{x}）÷（{from}－{to}）"),
            }
        };
        let floor = self.one(step, "floor").and_then(|one| one.value.number()).cloned();
        let ranged = |way: String| match &floor {
            Some(floor) => {
                let (least, span) = (digits_to(floor, PLACES), Exact::hundred().minus(floor));
                format!("{least}＋{way}×{}", digits_to(&span, PLACES))
            }
            None => format!("{way}×100"),
        };
        let sign = if higher { "＋" } else { "－" };
        let formula = match method {
            "minmax" | "goalposts" | "goalposts_uncapped" => ranged(way("low", "high")),
            "efficacy" => format!("60＋{}×40", way("low", "high")),
            "zscore" | "zscore_population" => {
                format!("100{sign}（{x}－{}）÷{}×10", of("mean"), of("deviation"))
            }
            "distance_to_target" | "distance_to_target_uncapped" => match higher {
                true => format!("（{x}－{0}）÷（{1}－{0}）×100", of("from"), of("target")),
                false => format!("（{0}－{x}）÷（{0}－{1}）×100", of("from"), of("target")),
            },
            "distance_to_best" | "distance_to_worst" | "distance_to_mean" | "distance_to_reference" => {
                match higher {
                    true => format!("{x}÷{}×100", of("reference")),
                    false => format!("{}÷{x}×100", of("reference")),
                }
            }
            _ => x,
        };
        let is_ranged = matches!(method, "minmax" | "goalposts" | "goalposts_uncapped");
        let least = floor.filter(|_| !is_ranged).map_or_else(String::new, |floor| {
            let floor = digits_to(&floor, PLACES);
            self.say(format!("，不低于{floor}"), format!(", {floor} at least"))
        });
        format!("{value} ＝ {formula}　{}{least}", self.method(method))
    }

    /// The mean of scores by weight: `65 ＝ （20×1＋80×3）÷（1＋3）　加权算术平均`.
    fn put_together(&self, step: &Step, method: &str) -> String {
        let value = format!("{}{}", self.read_value(step), step.unit);
        let parts = self.of(step, "x").into_iter().zip(self.of(step, "weight"));
        let parts: Vec<(String, String)> = parts
            .filter(|(score, _)| score.value.is_something())
            .map(|(score, weight)| (self.read_value(score), self.read_value(weight)))
            .collect();
        let alike = parts.first().is_some_and(|(_, first)| parts.iter().all(|(_, weight)| weight == first));
        let is_plain = alike || method.starts_with("mazziotta");
        let each = |(score, weight): &(String, String)| match is_plain {
            true => score.clone(),
            false => self.say(format!("{score}（权重{weight}）"), format!("{score} (weight {weight})")),
        };
        let list: Vec<String> = parts.iter().map(each).collect();
        let list = list.join(&self.say("、", ", "));
        let what = self.method(method);
        self.say(format!("{value}　{what}：{list}"), format!("{value}  {what}: {list}"))
    }

    /// A method of `index.toml` in words.
    fn method(&self, word: &str) -> String {
        let (chinese, english) = match word {
            "minmax" => ("极差法", "min–max"),
            "goalposts" => ("极差法，固定上下限，限于0至100", "min–max between goalposts, within 0 and 100"),
            "goalposts_uncapped" => ("极差法，固定上下限", "min–max between goalposts"),
            "zscore" => ("标准分，样本标准差", "standard score, of a sample"),
            "zscore_population" => ("标准分", "standard score"),
            "distance_to_best" => ("与最优值之比", "ratio to the best"),
            "distance_to_worst" => ("与最差值之比", "ratio to the worst"),
            "distance_to_mean" => ("与平均值之比", "ratio to the mean"),
            "distance_to_reference" => ("与参照值之比", "ratio to the reference"),
            "distance_to_target" => ("趋向目标的路程，至多100", "way to the target, 100 at most"),
            "distance_to_target_uncapped" => ("趋向目标的路程", "way to the target"),
            "above_below_mean" => ("高于或低于平均值五分之一", "a fifth above or below the mean"),
            "rank" => ("较差者的个数加1", "how many are worse, and 1"),
            "borda" => ("较差者的个数（Borda）", "how many are worse (Borda)"),
            "percentile" => ("百分位", "percentile rank"),
            "efficacy" => ("功效系数法", "efficacy coefficient"),
            "arithmetic" => ("加权算术平均", "weighted arithmetic mean"),
            "geometric" => ("加权几何平均", "weighted geometric mean"),
            "harmonic" => ("加权调和平均", "weighted harmonic mean"),
            "mazziotta_pareto" => {
                ("平均减不均衡罚分（Mazziotta–Pareto）", "mean less a penalty (Mazziotta–Pareto)")
            }
            "mazziotta_pareto_plus" => {
                ("平均加不均衡罚分（Mazziotta–Pareto）", "mean and a penalty (Mazziotta–Pareto)")
            }
            other => (other, other),
        };
        self.say(chinese, english)
    }
}

impl<'a> WayTeller<'a> {
    /// Below what is taken over all cities: the ones that it is, where it is one of them, and what people wrote.
    pub(super) fn of_members(&mut self, step: &'a Step) -> Vec<WayLine> {
        let is_one =
            matches!(step.operation, Operation::Least | Operation::Greatest | Operation::Next { .. });
        let members = self.of(step, "x");
        let own = members.iter().copied().find(|one| is_one && one.value == step.value);
        let written: Vec<&'a Step> = members
            .into_iter()
            .filter(|one| !is_one && matches!(one.operation, Operation::Parameter { .. }))
            .collect();
        own.into_iter().chain(written).map(|one| self.line("", one)).collect()
    }
}
