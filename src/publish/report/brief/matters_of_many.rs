//! What questions about many targets say: those on the worse side of their base, and those of tasks that were reported done.

use super::super::say::{as_written, plural, say};
use super::super::totals::base_text;
use super::super::values::actual_text;
use super::matters::{Said, Wording, bullet};
use super::shared::{held_against, target_words, task_step};
use super::soft_answer::{fallen_words, soft_words};
use crate::assess::Assessment;
use crate::ident::IndicatorNo;
use crate::plan::Indicator;
use crate::quantity::Value;

impl Wording<'_, '_> {
    #[expect(clippy::too_many_lines, reason = "each sentence has its words in two languages")]
    pub(super) fn floors(&self, targets: &[IndicatorNo]) -> Option<Said> {
        let year = self.year();
        let next = year.checked_add(1)?;
        let soft: Vec<_> = targets.iter().filter_map(|no| self.find(no)).collect();
        let met = soft.iter().filter(|(one, _)| one.state.met() == Some(true)).count();
        let slug = self.city.plan.city.as_str();
        let bases = super::super::base_years::base_years(self.context, self.city);
        let language = self.language();
        let of = bases.words_in(language);
        let were = plural(soft.len(), "lies", "lie");
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
                // Among all of them, whether they were met or not.
                let of_them = if met == soft.len() { "，其中" } else { "；这些指标中有" };
                say!(
                    language,
                    "{of_them}{fallen_words}项实绩比{short}变差{worst}",
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
                "{year}年可评的目标中，{number}项不如{of}，{met_words}{fallen}。",
                "Of the targets of {year} that can be judged {number} {were} on the weaker side of {of}, {met_words}{fallen}."
            ),
            choices: say!(
                language,
                "甲 不劣于{year}年实绩；乙 可以劣于，但逐项写明理由。",
                "(a) no weaker than the values of {year}; (b) may be weaker, each with a written reason."
            ),
            bullets: Vec::new(),
        })
    }

    pub(super) fn acknowledgement(
        &self,
        tasks: &[crate::ident::TaskNo],
        targets: &[IndicatorNo],
    ) -> Option<Said> {
        let book = &self.context.book;
        let slug = &self.city.plan.city;
        let steps = tasks.iter().map(|no| task_step(self.city, no));
        let by = super::shared::asked_by(self.city);
        let count =
            book.count_chosen(&format!("{slug}/#asked.tasks"), steps, by.iter().cloned(), &[], tasks.len());
        let found: Vec<_> = targets.iter().filter_map(|no| self.find(no)).collect();
        let states = found.iter().map(|(one, _)| super::super::totals::state_of(one));
        let id = format!("{slug}/#asked.targets");
        let missed = book.count_chosen(&id, states, by, &[], found.len());
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
