//! 请办的事: what a unit is asked to do, and until when.

use serde::Serialize;

use super::super::brief::shared::{gap_words, in_order_of_telling, odds_of, printed_length, task_step};
use super::super::phrases::{chinese_number, month_day};
use super::super::prose::named;
use super::super::totals::state_of;
use super::super::values::actual_text;
use super::silence::Silence;
use super::{Whose, room};
use crate::advise::{Duty, DutyKind, Until};
use crate::assess::{Assessment, Reason, State};
use crate::ident::{IndicatorNo, TaskNo};
use crate::ledger::StepId;
use crate::plan::{Indicator, Origin};

/// Something that the unit is asked to do.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ActionLine {
    no: String,
    pub(super) text: String,
    until: String,
}

/// `请办三件事`; `has_noted` is whether the page has something to look at besides.
pub(super) fn heading(duties: &[Duty], has_noted: bool) -> String {
    match duties.len() {
        0 if has_noted => "本轮没有须答复的事，另有提醒。".to_owned(),
        0 => "本轮没有要办的事。".to_owned(),
        2 => "请办两件事".to_owned(),
        count => format!("请办{}件事", chinese_number(count)),
    }
}

/// What is asked, each with as many names as there is room for.
pub(super) fn lines(whose: &Whose<'_, '_>, duties: &[Duty]) -> Vec<ActionLine> {
    let all: Vec<Asking> = duties.iter().map(|duty| Asking::of(whose, duty)).collect();
    let most = room::lines_of_actions(|lines| all.iter().map(|one| one.text(whose, lines)).collect());
    let until = |kind: DutyKind| match kind.due(&whose.context.evaluation.round) {
        Until::By(day) => format!("{}前", month_day(day)),
        Until::WhenKnown => "有数后".to_owned(),
        Until::WhenPublished => "公布后".to_owned(),
    };
    (1..)
        .zip(all.iter().zip(duties))
        .map(|(number, (one, duty)): (usize, _)| ActionLine {
            no: number.to_string(),
            text: one.text(whose, most),
            until: until(duty.kind),
        })
        .collect()
}

/// What is asked in words, with the names of what it is about.
struct Asking {
    kind: DutyKind,
    head: String,
    items: Vec<AskedItem>,
}

/// The name of something that is asked about, and what counts it.
struct AskedItem {
    words: String,
    step: StepId,
}

/// 各, of several.
fn each(number: usize) -> &'static str {
    if number == 1 { "" } else { "各" }
}

impl Asking {
    fn of(whose: &Whose<'_, '_>, duty: &Duty) -> Self {
        let Whose { context, city, .. } = whose;
        let found = |no: &IndicatorNo| Some((city.assessments.find(no)?, city.plan.indicator(no)?));
        let targets: Vec<(&Assessment, &Indicator)> = duty.targets.iter().filter_map(found).collect();
        let of_target = |(one, row): (&Assessment, &Indicator)| AskedItem {
            words: target_item(whose, duty.kind, one, row),
            step: state_of(one),
        };
        let mut items: Vec<AskedItem> =
            in_order_of_telling(duty.kind, &targets).into_iter().map(of_target).collect();
        items.extend(duty.tasks.iter().filter_map(|no| {
            Some(AskedItem { words: room::quoted(&city.plan.task(no)?.title), step: task_step(city, no) })
        }));
        let say = |name: &str, steps: Vec<StepId>, number: usize| {
            let tasks = duty.tasks.iter().filter_map(|no| city.tasks.find(no));
            let by = tasks.flat_map(|one| odds_of(city, one));
            let id = whose.step(&format!("#{}.{name}", duty.kind.key()));
            context.book.count_chosen(&id, steps, by, &[], number)
        };
        let tasks =
            |all: &[TaskNo]| say("tasks", all.iter().map(|no| task_step(city, no)).collect(), all.len());
        let counted = match targets.is_empty() {
            true => String::new(),
            false => say("targets", targets.iter().map(|(one, _)| state_of(one)).collect(), targets.len()),
        };
        let what = match targets.iter().all(|(one, _)| one.origin == Origin::Table) {
            true => "指标",
            false => "目标",
        };
        let both = [
            (!targets.is_empty()).then(|| format!("{counted}项{what}")),
            (!duty.tasks.is_empty()).then(|| format!("{}项任务", tasks(&duty.tasks))),
        ];
        let both = both.into_iter().flatten().collect::<Vec<_>>().join("、");
        let (document, year) = (&city.plan.called.document, context.evaluation.round.year());
        let head = match duty.kind {
            DutyKind::Submit => format!("报送报表（{}），报{both}", Silence::of(whose).told()),
            DutyKind::Report => format!("补报{both}"),
            DutyKind::Confer => {
                format!("和同报的单位会商，{both}{}定一个数", each(targets.len() + duty.tasks.len()))
            }
            DutyKind::Clarify => format!("核实答复{both}"),
            DutyKind::Resend => format!("按{document}的目标重报{both}"),
            DutyKind::Base => format!("补报{both}的基年数"),
            DutyKind::HandedDown => format!("提供{both}下达的数"),
            DutyKind::Substantiate => format!("核实{both}的填报"),
            DutyKind::Reconsider => format!("核对报“完成”而目标未到的{both}，改报进展或书面说明"),
            DutyKind::Begun => format!("核对报“未启动”而目标已到的{both}，改报进展或书面说明"),
            DutyKind::Overdue => format!("说明{document}期满未完成的{both}何时完成"),
            DutyKind::Query => {
                let (own, number) = (&duty.findings, duty.findings.len());
                let number = context.book.count_findings(&whose.step("#query.findings"), own, number);
                format!("答复其余{number}件问题（见待答复）")
            }
            DutyKind::Measures => format!("对{}{both}提出措施", short_of(&targets)),
            DutyKind::Assign => format!("为{}{both}明确责任单位（{document}没有写）", short_of(&targets)),
            DutyKind::Later => format!("有数后补报{both}"),
            DutyKind::Published => format!("{year}年数公布后补报{both}"),
        };
        Self { kind: duty.kind, head, items }
    }

    /// The text with as many names as so many lines hold.
    fn text(&self, whose: &Whose<'_, '_>, lines: usize) -> String {
        let fits = |text: &str| printed_length(text).div_ceil(room::ACTION_WIDTH) <= lines;
        let told = |count: usize, head: &str| {
            let names: Vec<&str> = self.items.iter().take(count).map(|item| item.words.as_str()).collect();
            format!("{head}：{}。", names.join("、"))
        };
        let all = told(self.items.len(), &self.head);
        if self.items.is_empty() {
            return format!("{}。", self.head);
        }
        if fits(&all) {
            return all;
        }
        for count in (1..self.items.len()).rev() {
            let steps = self.items.iter().take(count).map(|item| item.step.clone());
            let head = format!("{}（列前{count}项）", self.head);
            if fits(&told(count, &head)) {
                let name = format!("#{}.first", self.kind.key());
                let number = whose.count_with_room(&name, steps, count);
                return told(count, &format!("{}（列前{number}项）", self.head));
            }
        }
        format!("{}。", self.head)
    }
}

/// 未到的 or 慢于序时的.
fn short_of(targets: &[(&Assessment, &Indicator)]) -> &'static str {
    let behind = targets.iter().filter(|(one, _)| one.state == State::BehindSchedule).count();
    match behind {
        0 => "未到的",
        behind if behind == targets.len() => "慢于序时的",
        _ => "未到和慢于序时的",
    }
}

/// A target that is asked about, with what there is to know: how far it is from being reached, the values that disagree, the year that is wanted.
fn target_item(whose: &Whose<'_, '_>, kind: DutyKind, one: &Assessment, row: &Indicator) -> String {
    let Whose { context, city, .. } = whose;
    let name = room::cut(&named(one, row), room::LONGEST_TITLE);
    match kind {
        DutyKind::Measures | DutyKind::Assign => format!("{name}{}", gap_words(context, one, row)),
        DutyKind::Confer => match actual_text(city, one) {
            Some(sides) => format!("{name}（{sides}）"),
            None => name,
        },
        DutyKind::Base => match one.reason {
            Some(Reason::NoBase { year }) => format!("{name}（{year}年）"),
            _ => name,
        },
        _ => name,
    }
}
