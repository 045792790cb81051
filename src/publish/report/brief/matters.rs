//! What each kind of question says: the question, its facts, what can be chosen, and the values that are drawn beside it.

use serde::Serialize;

use super::super::context::Context;
use super::super::drawing::Position;
use super::super::numerals::{numeral, numerals_in};
use super::super::phrases::{day_in, without_stop};
use super::super::say::say;
use super::super::totals::Totals;
use super::super::values::{actual_text, fact_of};
use super::super::ways::{LaterTargets, way_to, ways};
use super::pace;
use super::shared::{
    actual_numeral, actual_words, asked_by, before_name, gap_words, held_against, owner_words, second_tier,
    target_numeral, target_words, unit_words,
};
use crate::advise::{Matter, Owner, Question, reaches};
use crate::assess::Assessment;
use crate::characters::capitalised;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ident::IndicatorNo;
use crate::plan::{Direction, Indicator};
use crate::quantity::Value;

/// Targets of a question that are told one by one.
const MOST_TOLD: usize = 3;
/// The most characters of what a unit says beside a value.
const LONGEST_REASON: usize = 40;

/// A value on its way to a target.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Bullet {
    label: String,
    words: String,
    length: Position,
    target: Position,
}

/// A question of a city that is put into words.
pub(super) struct Wording<'a, 'b> {
    pub(super) context: &'a Context<'b>,
    pub(super) city: &'a CityEvaluation,
    pub(super) question: &'a Question,
}

/// A name before Chinese words: of a code and of digits behind it one does not see where the one ends. Numerals see to that themselves (`numerals.rs`).
fn apart(name: &str, words: &str) -> String {
    let begins = words.starts_with(|c: char| c.is_ascii_alphanumeric());
    let blank = if begins && name.ends_with(|c: char| c.is_ascii_alphanumeric()) { " " } else { "" };
    format!("{name}{blank}{words}")
}

/// What a question says, beside who answers for it.
pub(super) struct Said {
    pub(super) question: String,
    pub(super) facts: String,
    pub(super) choices: String,
    pub(super) bullets: Vec<Bullet>,
}

impl<'a> Wording<'a, '_> {
    /// The question in words; `None` where what it is about is not there.
    pub(super) fn said(&self) -> Option<Said> {
        match &self.question.matter {
            Matter::Tiers => self.tiers(),
            Matter::Conflict { target } => self.conflict(target),
            Matter::Supervision { targets, is_reported_done, .. } => {
                self.supervision(targets, *is_reported_done)
            }
            Matter::Pace { target } => self.pace(target),
            Matter::Unreached { target } => self.unreached(target),
            Matter::Floors { targets } => self.floors(targets),
            Matter::Acknowledgement { tasks, targets } => self.acknowledgement(tasks, targets),
        }
    }

    pub(super) fn find(&self, no: &IndicatorNo) -> Option<(&'a Assessment, &'a Indicator)> {
        Some((self.city.assessments.find(no)?, self.city.plan.indicator(no)?))
    }

    pub(super) fn place(&self) -> &'a str {
        before_name(self.context, self.city)
    }

    pub(super) fn language(&self) -> Language {
        self.context.language
    }

    /// A question with the city that it is about before it.
    pub(super) fn asked(&self, chinese: String, english: String) -> String {
        let place = self.place();
        match (self.language(), place.is_empty()) {
            (Language::Chinese, _) => apart(place, &chinese),
            (Language::English, true) => capitalised(&english),
            (Language::English, false) => format!("{place}: {english}"),
        }
    }

    pub(super) fn year(&self) -> i32 {
        self.context.evaluation.round.year()
    }

    pub(super) fn totals(&self) -> Totals<'_> {
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
        let (language, document) = (self.language(), self.context.document(&self.city.plan));
        Some(Said {
            question: self.asked(
                "末年验收按考核值还是完成值？".to_owned(),
                "is the final year judged by assessment value or by intended value?".to_owned(),
            ),
            facts: say!(
                language,
                "{total}项中可评{able}项：按考核值完成{met}项，按完成值完成{second_words}项，相差{apart}项。{document}列了两档目标，完成值要求更高，验收用哪一档须定。",
                "Of {total} targets {able} can be judged: {met} are met by assessment value and {second_words} by intended value, a difference of {apart}. The {document} states both, and the intended value asks for more; which of them counts is to be decided."
            ),
            choices: language
                .of(
                    "甲 按考核值；乙 按完成值；丙 两档并列。",
                    "(a) assessment value; (b) intended value; (c) both, side by side.",
                )
                .to_owned(),
            bullets: vec![
                of(language.of("按考核值", "Assessment value"), score.met, &met, score.assessable, &able),
                of(
                    language.of("按完成值", "Intended value"),
                    second.met,
                    second_words,
                    second.assessable,
                    &second.assessable_words,
                ),
            ],
        })
    }

    fn conflict(&self, target: &IndicatorNo) -> Option<Said> {
        let (one, row) = self.find(target)?;
        let (context, language) = (self.context, self.language());
        let fact = self.city.fact(target)?;
        let sides = super::super::values::sides_of(self.city, one);
        let told = fact.sides.iter().filter_map(|side| {
            let number = side.value?;
            let value = numerals_in(&crate::rounding::plain(number), &sides);
            let verdict = match reaches(&one.target.goal, number)? {
                true => language.of("完成", "met"),
                false => language.of("未到", "not met"),
            };
            let unit = context.department(&self.city.plan, &side.unit);
            let value = context.measured(&value, row);
            Some(say!(language, "{unit}报{value}（{verdict}）", "{unit} reports {value} ({verdict})"))
        });
        let told = language.parts(&told.collect::<Vec<_>>());
        let values = context.actual(self.city, one)?;
        let (short, target) = (context.row(&self.city.plan, row), target_words(context, one, row));
        Some(Said {
            question: self
                .asked(format!("{short}以哪个数为准？"), format!("which value counts for “{short}”?")),
            facts: say!(
                language,
                "目标{target}：{told}。取不同的数，判定不同。",
                "Target {target}: {told}. The verdict depends on the value that is taken."
            ),
            choices: say!(
                language,
                "甲 由报送单位会商，在{values}中定一个；乙 指定一个单位的数为准。",
                "(a) the departments agree on one of {values}; (b) the value of one department is named."
            ),
            bullets: Vec::new(),
        })
    }

    /// `甲等3项` or the name of the only one.
    pub(super) fn named(&self, targets: &[IndicatorNo], id: &str) -> String {
        let first = targets.first().and_then(|no| self.find(no));
        let first = first.map_or("", |(_, row)| self.context.row(&self.city.plan, row));
        if targets.len() < 2 {
            return first.to_owned();
        }
        let states = targets.iter().filter_map(|no| self.find(no));
        let mut states: Vec<_> = states.map(|(one, _)| super::super::totals::state_of(one)).collect();
        // The order in which they are told is that of their gaps; how many they are has none.
        states.sort();
        let id = format!("{}/#asked.{id}", self.city.plan.city);
        let count = self.context.book.count_chosen(&id, states, asked_by(self.city), &[], targets.len());
        say!(self.language(), "{first}等{count}项", "{first} and others, {count} in all")
    }

    fn supervision(&self, targets: &[IndicatorNo], is_reported_done: bool) -> Option<Said> {
        let found: Vec<_> = targets.iter().filter_map(|no| self.find(no)).collect();
        let told =
            found.iter().take(MOST_TOLD).map(|(one, row)| held_against(self.context, self.city, one, row));
        let language = self.language();
        let told = language.clauses(&told.collect::<Vec<_>>());
        let name = self.named(targets, "supervised");
        let (lead, said) = match &self.question.owner {
            Owner::Unit(unit) => {
                let own = self.context.department(&self.city.plan, unit);
                let said = match is_reported_done {
                    true => say!(
                        language,
                        "牵头单位{own}已把这项任务报为“完成”。",
                        " The lead department ({own}) has reported the task as done."
                    ),
                    false => String::new(),
                };
                (unit_words(self.context, self.city, unit), said)
            }
            Owner::Named(_) => (owner_words(self.context, self.city, self.question), String::new()),
            Owner::Office | Owner::Nobody => (language.of("谁", "whom").to_owned(), String::new()),
        };
        let by = day_in(language, self.question.due(&self.context.evaluation.round));
        Some(Said {
            question: self.asked(
                format!("{name}是否列入督办，由{lead}负总责？"),
                format!("put under supervision, in the charge of {lead}: {name}?"),
            ),
            facts: say!(language, "{told}。{said}", "{told}.{said}"),
            choices: match &self.question.owner {
                Owner::Unit(_) | Owner::Named(_) => say!(
                    language,
                    "甲 列入督办，报补救办法；乙 不列入，书面说明。",
                    "(a) supervise, with remedies; (b) do not, with the reason in writing."
                ),
                // Who is to answer has to be settled first.
                Owner::Office | Owner::Nobody => say!(
                    language,
                    "甲 列入督办，{by}前明确由谁负责；乙 不列入，只明确由谁负责。",
                    "(a) supervise, and say by {by} who answers; (b) do not, but say who answers."
                ),
            },
            bullets: found
                .iter()
                .take(MOST_TOLD)
                .filter_map(|(one, row)| bullet(self.context, self.city, one, row))
                .collect(),
        })
    }

    #[expect(clippy::too_many_lines, reason = "each sentence has its words in two languages")]
    fn pace(&self, target: &IndicatorNo) -> Option<Said> {
        let (context, city) = (self.context, self.city);
        let found @ (one, row, way) = ways(context, city).iter().find(|(one, ..)| one.no == *target)?;
        let last = way_to(context, city)?;
        let later = LaterTargets { context, city, one, row };
        let goal = later.say(&way.assessed, false, false);
        let language = self.language();
        let goal_unit = context.measured(&goal, row);
        let from = city.fact(target).map_or(self.year(), |fact| fact.year);
        let now = match one.state.is_assessable() {
            true => {
                let gap = gap_words(context, one, row);
                let gap = if gap.is_empty() { language.of("已达", "reached").to_owned() } else { gap };
                let target = target_words(context, one, row);
                say!(language, "，目标{target}，{gap}", ", target {target}, {gap}")
            }
            false => String::new(),
        };
        let (need, planned) = pace::words(context, city, found)?;
        let document = context.document(&city.plan);
        let short = context.row(&city.plan, row);
        let left = later.left(&way.assessed);
        let left = match left.is_empty() {
            true => say!(language, "到{last}年，", "By {last} it "),
            false => say!(language, "到{last}年还差{left}，", "By {last} it has {left} to go and "),
        };
        let said = super::super::gaps::reason(city, one).map(without_stop);
        let said = said.filter(|said| said.chars().count() <= LONGEST_REASON);
        let said = said.map_or_else(String::new, |said| {
            say!(language, "报送说明：{said}。", " The department remarks: “{said}”.")
        });
        let actual = actual_words(context, city, one, row);
        let length = |value: Value| match value {
            Value::Number(value) => value.checked_div(way.assessed.value).map(Position::of),
            Value::Presence(_) => None,
        };
        let bullet = one.actual.and_then(length).filter(|_| row.direction == Direction::Higher);
        Some(Said {
            question: self.asked(
                format!("{short}{last}年{goal_unit}的目标，保还是调？"),
                format!("keep or change the {last} target of {goal_unit} for “{short}”?"),
            ),
            facts: say!(
                language,
                "{from}年{actual}{now}。{left}{need}，{document}为{planned}。{said}",
                "{from}: {actual}{now}. {left}{need}, against {planned} in the {document}.{said}"
            ),
            choices: say!(
                language,
                "甲 保目标，增措施；乙 按{document}程序提请调整。",
                "(a) keep it, with more measures; (b) ask for a change by the procedure of the {document}."
            ),
            bullets: bullet
                .into_iter()
                .filter_map(|length| {
                    Some(Bullet {
                        label: say!(language, "对{last}年目标", "Against the {last} target"),
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
        let (context, language) = (self.context, self.language());
        let document = context.document(&self.city.plan);
        let before = match (&one.baseline, context.base(one)) {
            (Some(past), Some(text)) => {
                let (year, value) = (past.year, context.measured(&text, row));
                say!(language, "{year}年为{value}。", " In {year} it was {value}.")
            }
            _ => String::new(),
        };
        let (goal, short) = (target_words(context, one, row), context.row(&self.city.plan, row));
        let (year, actual) = (self.year(), actual_words(context, self.city, one, row));
        let gap = gap_words(context, one, row);
        Some(Said {
            question: self.asked(
                format!("{short}未到{goal}，是否转入下一期{document}续办？"),
                format!("carry “{short}” over into the next {document}, with {goal} not reached?"),
            ),
            facts: say!(
                language,
                "{year}年{actual}，目标{goal}，{gap}。{before}",
                "{year}: {actual}, target {goal}, {gap}.{before}"
            ),
            choices: language
                .of(
                    "甲 转入续办，定新期限；乙 按本轮判定结账。",
                    "(a) carry over, with a new date; (b) close with the verdict of this round.",
                )
                .to_owned(),
            bullets: bullet(context, self.city, one, row).into_iter().collect(),
        })
    }
}

/// A value beside its target, where more is better.
pub(super) fn bullet(
    context: &Context<'_>,
    city: &CityEvaluation,
    one: &Assessment,
    row: &Indicator,
) -> Option<Bullet> {
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
        label: context.target_name(&city.plan, one, row),
        words: format!("{value}/{}", target_numeral(context, one, row)),
        length: Position::of(actual.checked_div(most)?),
        target: Position::of(target.value.checked_div(most)?),
    })
}
