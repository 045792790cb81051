//! Page two: 请定三件事.

use serde::Serialize;

use super::super::context::Context;
use super::super::drawing::Position;
use super::super::numerals::{numeral, numerals_in};
use super::super::phrases::{month_day, without_stop};
use super::super::section::Draft;
use super::super::totals::{Totals, base_text};
use super::super::values::{actual_text, fact_of};
use super::super::ways::{LaterTargets, way_to, ways};
use super::answers::{fallen_words, soft_words};
use super::pace;
use super::shared::{
    actual_numeral, actual_words, before_name, gap_words, held_against, in_print, owner_words, second_tier,
    target_numeral, target_words, task_step, unit_words,
};
use crate::advise::{Matter, Owner, Question, questions, reaches};
use crate::assess::Assessment;
use crate::evaluation::CityEvaluation;
use crate::ident::IndicatorNo;
use crate::plan::{DecisionAsked, Direction, Indicator};
use crate::quantity::Value;

/// Targets of a question that are told one by one.
const MOST_TOLD: usize = 3;
/// The most characters of what a unit says beside a value.
const LONGEST_REASON: usize = 40;

/// What leaders are asked to decide.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Asked {
    title: String,
    questions: Vec<AskedBlock>,
    /// What the bars mean; empty where there are none.
    key: &'static str,
    /// What is said where there are fewer than three; which questions of the bureau have no ground any more.
    none: String,
}

/// A question.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AskedBlock {
    question: String,
    facts: String,
    owner: String,
    until: String,
    choices: String,
    bullets: Vec<Bullet>,
}

/// A value on its way to a target.
#[derive(Debug, Clone, Serialize)]
struct Bullet {
    label: String,
    words: String,
    length: Position,
    target: Position,
}

impl AskedBlock {
    /// How many lines it takes, where `lines` says so of a text and a width in characters.
    pub(super) fn lines(&self, lines: fn(&str, usize) -> usize) -> usize {
        let width = if self.bullets.is_empty() { 35 } else { 25 };
        let who = format!("谁办 {}　何时 {}前　可选 {}", self.owner, self.until, self.choices);
        lines(&self.question, 33) + lines(&self.facts, width) + lines(&who, width)
    }
}

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Asked> {
    let context = draft.context;
    let questions = blocks(context);
    let title = match questions.len() {
        0 => "请定的事",
        1 => "请定一件事",
        2 => "请定两件事",
        _ => "请定三件事",
    };
    let has_bullets = questions.iter().any(|one| !one.bullets.is_empty());
    let key = if has_bullets { "条：实绩；黑竖线：目标。" } else { "" };
    let none = if questions.len() < 3 { "本轮没有别的需定事项。" } else { "" };
    let none = if questions.is_empty() { "本轮没有需定事项。" } else { none };
    let none = [none.to_owned(), lapsed(context)].concat();
    Some(Asked { title: title.to_owned(), questions, key, none })
}

/// The questions in words.
pub(super) fn blocks(context: &Context<'_>) -> Vec<AskedBlock> {
    let printed: Vec<&CityEvaluation> = in_print(context).collect();
    let word = |question: &Question| {
        let city = printed.iter().find(|city| city.plan.city == question.city)?;
        Wording { context, city, question }.block()
    };
    questions(context.evaluation).asked.iter().filter_map(word).collect()
}

/// What the bureau asks that is not so in this round; empty where all is.
fn lapsed(context: &Context<'_>) -> String {
    let round = &context.evaluation.round;
    let lapsed = questions(context.evaluation).lapsed;
    let told: Vec<String> = lapsed
        .iter()
        .filter_map(|place| {
            let one = round.asked.get(place.checked_sub(1)?)?;
            let city = in_print(context).find(|city| city.plan.city == one.city)?;
            let row = one.target.as_ref().and_then(|no| city.plan.indicator(no));
            let about = row.map_or("", |row| &row.short);
            Some(format!("{}{about}（{}）", before_name(context, city), one.kind.chinese()))
        })
        .collect();
    match told.is_empty() {
        true => String::new(),
        false => format!("本单位提请的{}，按现有数据已无此事，不列。", told.join("、")),
    }
}

/// A question of a city that is put into words.
struct Wording<'a, 'b> {
    context: &'a Context<'b>,
    city: &'a CityEvaluation,
    question: &'a Question,
}

/// What a question says, beside who answers for it.
struct Said {
    question: String,
    facts: String,
    choices: String,
    bullets: Vec<Bullet>,
}

impl<'a> Wording<'a, '_> {
    fn block(&self) -> Option<AskedBlock> {
        let said = match &self.question.matter {
            Matter::Tiers => self.tiers(),
            Matter::Conflict { target } => self.conflict(target),
            Matter::Supervision { targets, is_reported_done, .. } => {
                self.supervision(targets, *is_reported_done)
            }
            Matter::Pace { target } => self.pace(target),
            Matter::Unreached { target } => self.unreached(target),
            Matter::Floors { targets } => self.floors(targets),
            Matter::Acknowledgement { tasks, targets } => self.acknowledgement(tasks, targets),
        }?;
        let round = &self.context.evaluation.round;
        let asked = self.question.asked_in(round);
        let own = |of: fn(&DecisionAsked) -> String, rule: String| match asked.map(of) {
            Some(words) if !words.is_empty() => words,
            _ => rule,
        };
        Some(AskedBlock {
            question: own(|one| one.question.clone(), said.question),
            facts: said.facts,
            owner: owner_words(self.context, self.city, self.question),
            until: month_day(self.question.due(round)),
            choices: own(|one| lettered(&one.choices), said.choices),
            bullets: said.bullets,
        })
    }

    fn find(&self, no: &IndicatorNo) -> Option<(&'a Assessment, &'a Indicator)> {
        Some((self.city.assessments.find(no)?, self.city.plan.indicator(no)?))
    }

    fn place(&self) -> &'a str {
        before_name(self.context, self.city)
    }

    fn year(&self) -> i32 {
        self.context.evaluation.round.year()
    }

    fn totals(&self) -> Totals<'_> {
        Totals::of_city(&self.context.book, self.city)
    }

    fn tiers(&self) -> Option<Said> {
        let second = second_tier(self.context, self.city)?;
        let score = &self.city.score;
        let whose = self.totals();
        let met = whose.say("met", score.met);
        let (total, able) = (whose.say("total", score.total), whose.say("assessable", score.assessable));
        let slug = &self.city.plan.city;
        let id = |name: &str| crate::ledger::StepId::new(format!("{slug}/#{name}"));
        let (more, less) = match score.met >= second.met {
            true => ("met", "intended.met"),
            false => ("intended.met", "met"),
        };
        let apart = score.met.abs_diff(second.met);
        let args = [("whole", id(more)), ("part", id(less))];
        let operation = crate::ledger::Operation::Difference;
        let apart = self.context.book.does(id("tiers.apart").as_str(), operation, &args, apart);
        let of = |label: &str, part: usize, words: &str, whole: usize, all: &str| Bullet {
            label: label.to_owned(),
            words: format!("{words}/{all}"),
            length: Position::share(part, whole),
            target: Position::at(1.0),
        };
        let second_words = &second.met_words;
        let document = &self.city.plan.called.document;
        Some(Said {
            question: format!("{}末年验收按考核值还是完成值？", self.place()),
            facts: format!(
                "{total}项中可评{able}项：按考核值完成{met}项，按完成值完成{second_words}项，相差{apart}项。{document}列了两档目标，完成值要求更高，验收用哪一档须定。"
            ),
            choices: "甲 按考核值；乙 按完成值；丙 两档并列。".to_owned(),
            bullets: vec![
                of("按考核值", score.met, &met, score.assessable, &able),
                of("按完成值", second.met, second_words, second.assessable, &second.assessable_words),
            ],
        })
    }

    fn conflict(&self, target: &IndicatorNo) -> Option<Said> {
        let (one, row) = self.find(target)?;
        let fact = self.city.fact(target)?;
        let sides = super::super::values::sides_of(self.city, one);
        let told = fact.sides.iter().filter_map(|side| {
            let number = side.value?;
            let value = numerals_in(&crate::rounding::plain(number), &sides);
            let verdict = match reaches(&one.target.goal, number)? {
                true => "完成",
                false => "未到",
            };
            Some(format!("{}报{value}{}（{verdict}）", side.unit, row.unit.text()))
        });
        let told = told.collect::<Vec<_>>().join("，");
        let values = actual_text(self.city, one)?;
        Some(Said {
            question: format!("{}{}以哪个数为准？", self.place(), row.short),
            facts: format!("目标{}：{told}。取不同的数，判定不同。", target_words(one, row)),
            choices: format!("甲 由报送单位会商，在{values}中定一个；乙 指定一个单位的数为准。"),
            bullets: Vec::new(),
        })
    }

    /// `甲等3项` or the name of the only one.
    fn named(&self, targets: &[IndicatorNo], id: &str) -> String {
        let first = targets.first().and_then(|no| self.find(no)).map_or("", |(_, row)| &row.short);
        if targets.len() < 2 {
            return first.to_owned();
        }
        let states =
            targets.iter().filter_map(|no| self.find(no)).map(|(one, _)| super::super::totals::state_of(one));
        let id = format!("{}/#asked.{id}", self.city.plan.city);
        let count = self.context.book.count(&id, states, &[], targets.len());
        format!("{first}等{count}项")
    }

    fn supervision(&self, targets: &[IndicatorNo], is_reported_done: bool) -> Option<Said> {
        let found: Vec<_> = targets.iter().filter_map(|no| self.find(no)).collect();
        let told =
            found.iter().take(MOST_TOLD).map(|(one, row)| held_against(self.context, self.city, one, row));
        let told = told.collect::<Vec<_>>().join("；");
        let name = self.named(targets, "supervised");
        let (lead, said) = match &self.question.owner {
            Owner::Unit(unit) => {
                let said = if is_reported_done {
                    format!("牵头单位{unit}已把这项任务报为“完成”。")
                } else {
                    String::new()
                };
                (unit_words(self.context, self.city, unit), said)
            }
            Owner::Named(name) => (name.clone(), String::new()),
            Owner::Office | Owner::Nobody => ("谁".to_owned(), String::new()),
        };
        let by = month_day(self.question.due(&self.context.evaluation.round));
        Some(Said {
            question: format!("{}{name}是否列入督办，由{lead}负总责？", self.place()),
            facts: format!("{told}。{said}"),
            choices: match &self.question.owner {
                Owner::Unit(_) | Owner::Named(_) => {
                    format!("甲 列入督办，{by}前报补救办法；乙 不列入，书面说明原因。")
                }
                // Who is to answer has to be settled first.
                Owner::Office | Owner::Nobody => {
                    format!("甲 列入督办，{by}前明确由谁负责；乙 不列入，只明确由谁负责。")
                }
            },
            bullets: found
                .iter()
                .take(MOST_TOLD)
                .filter_map(|(one, row)| bullet(self.city, one, row))
                .collect(),
        })
    }

    fn pace(&self, target: &IndicatorNo) -> Option<Said> {
        let (context, city) = (self.context, self.city);
        let (one, row, way) = ways(context, city).into_iter().find(|(one, ..)| one.no == *target)?;
        let last = way_to(context, city)?;
        let later = LaterTargets { context, city, one, row };
        let goal = later.say(&way.assessed, false, false);
        let unit = row.unit.text();
        let from = city.fact(target).map_or(self.year(), |fact| fact.year);
        let now = match one.state.is_assessable() {
            true => {
                let gap = gap_words(context, one, row);
                let gap = if gap.is_empty() { "已达".to_owned() } else { gap };
                format!("，目标{}，{gap}", target_words(one, row))
            }
            false => String::new(),
        };
        let (need, planned) = pace::words(context, city, (one, row, &way))?;
        let document = &city.plan.called.document;
        let (short, place) = (&row.short, self.place());
        let left = later.left(&way.assessed);
        let left = match left.is_empty() {
            true => format!("到{last}年，"),
            false => format!("到{last}年还差{left}，"),
        };
        let said = super::super::gaps::reason(city, one).map(without_stop);
        let said = said.filter(|said| said.chars().count() <= LONGEST_REASON);
        let said = said.map_or_else(String::new, |said| format!("报送说明：{said}。"));
        let length = |value: Value| match value {
            Value::Number(value) => value.checked_div(way.assessed.value).map(Position::of),
            Value::Presence(_) => None,
        };
        let bullet = one.actual.and_then(length).filter(|_| row.direction == Direction::Higher);
        Some(Said {
            question: format!("{place}{short}{last}年{goal}{unit}的目标，保还是调？"),
            facts: format!(
                "{from}年{}{now}。{left}{need}，{document}为{planned}。{said}",
                actual_words(context, city, one, row)
            ),
            choices: format!("甲 保目标，增措施；乙 按{document}程序提请调整。"),
            bullets: bullet
                .into_iter()
                .filter_map(|length| {
                    Some(Bullet {
                        label: format!("对{last}年目标"),
                        words: format!("{}/{goal}", actual_numeral(one)?),
                        length,
                        target: Position::at(1.0),
                    })
                })
                .collect(),
        })
    }

    fn unreached(&self, target: &IndicatorNo) -> Option<Said> {
        let (one, row) = self.find(target)?;
        let document = &self.city.plan.called.document;
        let before = match (&one.baseline, base_text(one)) {
            (Some(past), Some(text)) => format!("{}年为{text}{}。", past.year, row.unit.text()),
            _ => String::new(),
        };
        let goal = target_words(one, row);
        Some(Said {
            question: format!("{}{}未到{goal}，是否转入下一期{document}续办？", self.place(), row.short),
            facts: format!(
                "{}年{}，目标{goal}，{}。{before}",
                self.year(),
                actual_words(self.context, self.city, one, row),
                gap_words(self.context, one, row)
            ),
            choices: "甲 转入续办，定新期限；乙 按本轮判定结账。".to_owned(),
            bullets: bullet(self.city, one, row).into_iter().collect(),
        })
    }

    fn floors(&self, targets: &[IndicatorNo]) -> Option<Said> {
        let year = self.year();
        let next = year.checked_add(1)?;
        let soft: Vec<_> = targets.iter().filter_map(|no| self.find(no)).collect();
        let met = soft.iter().filter(|(one, _)| one.state.met() == Some(true)).count();
        let slug = self.city.plan.city.as_str();
        let bases = super::super::indicators::base_years(self.context, self.city);
        let of = bases.words();
        let number = soft_words(self.city, soft.len());
        let met_words = match met == soft.len() {
            true => "全部完成".to_owned(),
            false => {
                let ones = soft.iter().map(|(one, _)| *one);
                format!("完成{}项", super::super::soft::say_met(self.context, slug, ones, met))
            }
        };
        let (fallen, fallen_words) = fallen_words(self.context, self.city);
        let worst = soft.iter().filter_map(|(one, row)| Some((fall(one, row)?, one, row)));
        let worst = worst.reduce(|most, next| if next.0 > most.0 { next } else { most });
        let worst = worst.and_then(|(_, one, row)| {
            let unit = row.unit.text();
            let (base, now) = (base_text(one)?, actual_text(self.city, one)?);
            let short = &row.short;
            let target = target_words(one, row);
            Some(format!("；变差最多的是{short}，由{base}{unit}变为{now}{unit}，目标为{target}"))
        });
        let short = bases.short();
        let fallen = match fallen {
            0 => String::new(),
            _ => format!("，其中{fallen_words}项实绩比{short}变差{}", worst.unwrap_or_default()),
        };
        Some(Said {
            question: format!("{}{next}年各项目标，是否一律不劣于{year}年实绩？", self.place()),
            facts: format!("{year}年{number}项目标不如{of}，{met_words}{fallen}。"),
            choices: format!("甲 不劣于{year}年实绩；乙 可以劣于，但逐项写明理由。"),
            bullets: Vec::new(),
        })
    }

    fn acknowledgement(&self, tasks: &[crate::ident::TaskNo], targets: &[IndicatorNo]) -> Option<Said> {
        let book = &self.context.book;
        let slug = &self.city.plan.city;
        let steps = tasks.iter().map(|no| task_step(self.city, no));
        let count = book.count(&format!("{slug}/#contradicted.tasks"), steps, &[], tasks.len());
        let found: Vec<_> = targets.iter().filter_map(|no| self.find(no)).collect();
        let states = found.iter().map(|(one, _)| super::super::totals::state_of(one));
        let missed = book.count(&format!("{slug}/#contradicted.targets"), states, &[], found.len());
        let titles = tasks.iter().take(2).filter_map(|no| self.city.plan.task(no));
        let titles: String = titles.map(|task| format!("“{}”", task.title)).collect();
        let more = if tasks.len() > 2 { "等" } else { "" };
        let mut worst = found.clone();
        worst.sort_by_key(|(one, _)| one.completion);
        let told = worst.iter().take(2).map(|(one, row)| held_against(self.context, self.city, one, row));
        let told = told.collect::<Vec<_>>().join("；");
        let others = if found.len() > 2 { "；等等" } else { "" };
        Some(Said {
            question: format!("{}{count}项任务报“完成”而{missed}项目标未到，是否退回重报？", self.place()),
            facts: format!("任务{titles}{more}报“完成”；其中{told}{others}。"),
            choices: "甲 退回重报；乙 维持，书面说明。".to_owned(),
            bullets: worst.iter().take(2).filter_map(|(one, row)| bullet(self.city, one, row)).collect(),
        })
    }
}

/// By how much of its base a value has become worse, in percent; `None` where it has not.
fn fall(one: &Assessment, row: &Indicator) -> Option<rust_decimal::Decimal> {
    let base = one.baseline.as_ref()?.value?;
    let Some(Value::Number(actual)) = one.actual else { return None };
    if !row.direction.is_worse(actual, base) {
        return None;
    }
    let change = actual.checked_sub(base)?.abs();
    change.checked_mul(rust_decimal::Decimal::ONE_HUNDRED)?.checked_div(base.abs())
}

/// `甲 保目标；乙 调目标。`
fn lettered(choices: &[String]) -> String {
    let one = |(letter, choice): (char, &String)| format!("{letter} {}", without_stop(choice));
    let all: Vec<String> = "甲乙丙丁".chars().zip(choices).map(one).collect();
    if all.is_empty() { String::new() } else { format!("{}。", all.join("；")) }
}

/// A value beside its target, where more is better.
fn bullet(city: &CityEvaluation, one: &Assessment, row: &Indicator) -> Option<Bullet> {
    let target = one.target.goal.number()?;
    let Some(Value::Number(actual)) = one.actual else { return None };
    let is_drawn = row.direction == Direction::Higher
        && one.change.is_none()
        && one.due.is_none()
        && !actual.is_sign_negative()
        && target.value > rust_decimal::Decimal::ZERO;
    if !is_drawn {
        return None;
    }
    let most = if actual > target.value { actual } else { target.value };
    let value = actual_text(city, one).unwrap_or_else(|| numeral(&fact_of(one), actual));
    Some(Bullet {
        label: row.short.clone(),
        words: format!("{value}/{}", target_numeral(one)),
        length: Position::of(actual.checked_div(most)?),
        target: Position::of(target.value.checked_div(most)?),
    })
}
