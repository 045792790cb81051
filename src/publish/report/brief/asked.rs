//! Page two: 请定三件事.

use serde::Serialize;

use super::super::context::Context;
use super::super::drawing::Position;
use super::super::numerals::{numeral, numerals_in};
use super::super::phrases::{day_in, without_stop};
use super::super::say::{as_written, plural, say, sentences};
use super::super::section::Draft;
use super::super::totals::{Totals, base_text};
use super::super::values::{actual_text, fact_of};
use super::super::ways::{LaterTargets, way_to, ways};
use super::answers::{fallen_words, soft_words};
use super::pace;
use super::shared::{
    actual_numeral, actual_words, before_name, counting_lines, gap_words, held_against, in_print,
    owner_words, second_tier, target_numeral, target_words, task_step, unit_words,
};
use crate::advise::{Matter, Owner, Question, questions, reaches};
use crate::assess::Assessment;
use crate::characters::capitalised;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
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
    pub(super) fn lines(&self, language: Language) -> usize {
        let width = match self.bullets.is_empty() {
            true => language.of(35, 42),
            false => language.of(25, 30),
        };
        let lines = counting_lines(language);
        let Self { owner, until, choices, .. } = self;
        let who = say!(
            language,
            "谁办 {owner}　何时 {until}前　可选 {choices}",
            "Who {owner} By {until} Options {choices}"
        );
        lines(&self.question, 33) + lines(&self.facts, width) + lines(&who, width)
    }
}

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Asked> {
    let (context, language) = (draft.context, draft.context.language);
    let questions = blocks(context);
    let title = match questions.len() {
        0 => language.of("请定的事", "Decisions asked for"),
        1 => language.of("请定一件事", "One decision asked for"),
        2 => language.of("请定两件事", "Two decisions asked for"),
        _ => language.of("请定三件事", "Three decisions asked for"),
    };
    let has_bullets = questions.iter().any(|one| !one.bullets.is_empty());
    let key = match has_bullets {
        true => language.of("条：实绩；黑竖线：目标。", "Bar: value; black tick: target."),
        false => "",
    };
    let none = match questions.len() {
        0 => language.of("本轮没有需定事项。", "There is nothing to decide in this round."),
        1 | 2 => language.of("本轮没有别的需定事项。", "There is nothing else to decide in this round."),
        _ => "",
    };
    let none = sentences(language, &[none, &lapsed(context)]);
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
    let (language, round) = (context.language, &context.evaluation.round);
    let lapsed = questions(context.evaluation).lapsed;
    let told: Vec<String> = lapsed
        .iter()
        .filter_map(|place| {
            let one = round.asked.get(place.checked_sub(1)?)?;
            let city = in_print(context).find(|city| city.plan.city == one.city)?;
            let row = one.target.as_ref().and_then(|no| city.plan.indicator(no));
            let about = row.map_or("", |row| context.row(&city.plan, row));
            let (place, kind) = (before_name(context, city), one.kind.words(language));
            let english =
                [place, about].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ");
            Some(
                language
                    .of(format!("{place}{about}（{kind}）"), format!("{english} ({kind})").trim().to_owned()),
            )
        })
        .collect();
    match told.is_empty() {
        true => String::new(),
        false => {
            let told = language.list(&told);
            say!(
                language,
                "本单位提请的{told}，按现有数据已无此事，不列。",
                "Also asked for, but by the present data no matter any more: {told}."
            )
        }
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
        let language = self.language();
        let own = |of: fn(&DecisionAsked, Language) -> String, rule: String| match asked
            .map(|one| of(one, language))
        {
            Some(words) if !words.is_empty() => words,
            _ => rule,
        };
        Some(AskedBlock {
            question: own(
                |one, language| in_own_words(language, &one.question, &one.question_en),
                said.question,
            ),
            facts: said.facts,
            owner: owner_words(self.context, self.city, self.question),
            until: day_in(language, self.question.due(round)),
            choices: own(lettered, said.choices),
            bullets: said.bullets,
        })
    }

    fn find(&self, no: &IndicatorNo) -> Option<(&'a Assessment, &'a Indicator)> {
        Some((self.city.assessments.find(no)?, self.city.plan.indicator(no)?))
    }

    fn place(&self) -> &'a str {
        before_name(self.context, self.city)
    }

    fn language(&self) -> Language {
        self.context.language
    }

    /// A question with the city that it is about before it.
    fn asked(&self, chinese: String, english: String) -> String {
        let place = self.place();
        match (self.language(), place.is_empty()) {
            (Language::Chinese, _) => format!("{place}{chinese}"),
            (Language::English, true) => capitalised(&english),
            (Language::English, false) => format!("{place}: {english}"),
        }
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
    fn named(&self, targets: &[IndicatorNo], id: &str) -> String {
        let first = targets.first().and_then(|no| self.find(no));
        let first = first.map_or("", |(_, row)| self.context.row(&self.city.plan, row));
        if targets.len() < 2 {
            return first.to_owned();
        }
        let states =
            targets.iter().filter_map(|no| self.find(no)).map(|(one, _)| super::super::totals::state_of(one));
        let id = format!("{}/#asked.{id}", self.city.plan.city);
        let count = self.context.book.count(&id, states, &[], targets.len());
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
                    "甲 列入督办，{by}前报补救办法；乙 不列入，书面说明原因。",
                    "(a) supervise, remedies due by {by}; (b) do not, with the reason in writing."
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

    fn pace(&self, target: &IndicatorNo) -> Option<Said> {
        let (context, city) = (self.context, self.city);
        let (one, row, way) = ways(context, city).into_iter().find(|(one, ..)| one.no == *target)?;
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
        let (need, planned) = pace::words(context, city, (one, row, &way))?;
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

    fn floors(&self, targets: &[IndicatorNo]) -> Option<Said> {
        let year = self.year();
        let next = year.checked_add(1)?;
        let soft: Vec<_> = targets.iter().filter_map(|no| self.find(no)).collect();
        let met = soft.iter().filter(|(one, _)| one.state.met() == Some(true)).count();
        let slug = self.city.plan.city.as_str();
        let bases = super::super::indicators::base_years(self.context, self.city);
        let language = self.language();
        let of = bases.words_in(language);
        let were = plural(soft.len(), "target of", "targets of");
        let number = soft_words(self.city, soft.len());
        let met_words = match met == soft.len() {
            true => language.of("全部完成", plural(met, "and was met", "and all were met")).to_owned(),
            false => {
                let ones = soft.iter().map(|(one, _)| *one);
                let met = super::super::soft::say_met(self.context, slug, ones, met);
                say!(language, "完成{met}项", "of which {met} met")
            }
        };
        let (fallen, fallen_words) = fallen_words(self.context, self.city);
        let worst = soft.iter().filter_map(|(one, row)| Some((fall(one, row)?, one, row)));
        let worst = worst.reduce(|most, next| if next.0 > most.0 { next } else { most });
        let worst = worst.and_then(|(_, one, row)| {
            let (base, now) = (base_text(one)?, actual_text(self.city, one)?);
            let (base, now) = (self.context.measured(&base, row), self.context.measured(&now, row));
            let short = self.context.row(&self.city.plan, row);
            let target = target_words(self.context, one, row);
            Some(say!(
                language,
                "；变差最多的是{short}，由{base}变为{now}，目标为{target}",
                ", most of all that of “{short}”: from {base} to {now}, target {target}"
            ))
        });
        let short = bases.short_in(language);
        let fallen_of = plural(fallen, "value is", "values are");
        let fallen = match fallen {
            0 => String::new(),
            _ => {
                let worst = worst.unwrap_or_default();
                say!(
                    language,
                    "，其中{fallen_words}项实绩比{short}变差{worst}",
                    "; {fallen_words} {fallen_of} worse than {short}{worst}"
                )
            }
        };
        Some(Said {
            question: self.asked(
                format!("{next}年各项目标，是否一律不劣于{year}年实绩？"),
                format!("must no target for {next} be weaker than the value reached in {year}?"),
            ),
            facts: say!(
                language,
                "{year}年{number}项目标不如{of}，{met_words}{fallen}。",
                "{number} {were} {year} lay on the weaker side of {of}, {met_words}{fallen}."
            ),
            choices: say!(
                language,
                "甲 不劣于{year}年实绩；乙 可以劣于，但逐项写明理由。",
                "(a) no weaker than the values of {year}; (b) may be weaker, each with a written reason."
            ),
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
        let language = self.language();
        let titles = tasks.iter().take(2).filter(|no| self.city.plan.task(no).is_some());
        let titles: Vec<String> =
            titles.map(|no| as_written(self.context.task(&self.city.plan, no))).collect();
        let titles = titles.join(language.of("", ", "));
        let more = if tasks.len() > 2 { language.of("等", " and others") } else { "" };
        let mut worst = found.clone();
        worst.sort_by_key(|(one, _)| one.completion);
        let told = worst.iter().take(2).map(|(one, row)| held_against(self.context, self.city, one, row));
        let told = language.clauses(&told.collect::<Vec<_>>());
        let others = if found.len() > 2 { language.of("；等等", "; and others") } else { "" };
        let are_done = plural(tasks.len(), "task reported as done", "tasks reported as done");
        let are_missed = plural(found.len(), "target was", "targets were");
        let titled = plural(tasks.len(), "Task", "Tasks");
        Some(Said {
            question: self.asked(
                format!("{count}项任务报“完成”而{missed}项目标未到，是否退回重报？"),
                format!("return {count} {are_done} while {missed} {are_missed} not met?"),
            ),
            facts: say!(
                language,
                "任务{titles}{more}报“完成”；其中{told}{others}。",
                "{titled} reported as done: {titles}{more}. Not met: {told}{others}."
            ),
            choices: language
                .of(
                    "甲 退回重报；乙 维持，书面说明。",
                    "(a) return for a new report; (b) leave as it is, with the reason in writing.",
                )
                .to_owned(),
            bullets: worst
                .iter()
                .take(2)
                .filter_map(|(one, row)| bullet(self.context, self.city, one, row))
                .collect(),
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
fn lettered(asked: &DecisionAsked, language: Language) -> String {
    let is_english = asked.choices_en.len() == asked.choices.len();
    let one = |(at, choice): (usize, &String)| {
        let choice = without_stop(choice);
        let english = asked.choices_en.get(at).filter(|_| is_english);
        let english =
            english.map_or_else(|| as_written(choice), |choice| choice.trim_end_matches('.').to_owned());
        let letter = ["甲", "乙", "丙", "丁"].get(at)?;
        let other = ["a", "b", "c", "d"].get(at)?;
        Some(say!(language, "{letter} {choice}", "({other}) {english}"))
    };
    let all: Vec<String> = asked.choices.iter().enumerate().filter_map(one).collect();
    let told = language.clauses(&all);
    if all.is_empty() { String::new() } else { say!(language, "{told}。", "{told}.") }
}

/// What the bureau says in its own words: in English those that it gives, else the Chinese ones as they are.
fn in_own_words(language: Language, chinese: &str, english: &str) -> String {
    match language {
        Language::English if english.is_empty() && !chinese.is_empty() => as_written(chinese),
        Language::English => english.to_owned(),
        Language::Chinese => chinese.to_owned(),
    }
}

/// A value beside its target, where more is better.
fn bullet(context: &Context<'_>, city: &CityEvaluation, one: &Assessment, row: &Indicator) -> Option<Bullet> {
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
        label: context.row(&city.plan, row).to_owned(),
        words: format!("{value}/{}", target_numeral(context, one, row)),
        length: Position::of(actual.checked_div(most)?),
        target: Position::of(target.value.checked_div(most)?),
    })
}
