//! What a unit reports: each target with its value, and how the value lies to the target.

use serde::Serialize;

use super::super::base_years::base_years;
use super::super::bases::dumbbell;
use super::super::brief::shared::lines;
use super::super::drawing::{Dumbbell, Verdict};
use super::super::gaps;
use super::super::indicators::{in_words, year_of_target};
use super::super::numerals::numerals_in;
use super::super::occurring::Held;
use super::super::phrases::{quoted, without_stop};
use super::super::prose::named;
use super::super::totals::{base_text, target_text};
use super::super::values::{actual_note, actual_text};
use super::room::{self, PageRow};
use super::{PagePart, Whose};
use crate::advise::waiting;
use crate::assess::{Assessment, BaseSource, Reason, State};
use crate::finding::{Finding, Language, Object};
use crate::ident::IndicatorNo;
use crate::ledger::{self, StepId};
use crate::plan::{Indicator, Origin};
use crate::rounding::plain;
use crate::words::{names_row_units, no_verdict};

/// A target.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ReportedTarget {
    name: String,
    base: String,
    actual: String,
    target: String,
    /// The value against the target, and that of the base.
    #[serde(flatten)]
    drawing: Dumbbell,
    /// Why there is nothing to draw; may be empty.
    reason: String,
    #[serde(flatten)]
    verdict: Verdict,
    #[serde(skip)]
    pub(super) state: State,
    #[serde(skip)]
    is_table: bool,
    #[serde(skip)]
    has_base: bool,
    /// Whether its line is what is due by now of a later year's target.
    #[serde(skip)]
    is_due: bool,
    /// Characters of a line of its name: more where the city has no bases, and so no column of them.
    #[serde(skip)]
    width: usize,
    #[serde(skip)]
    pub(super) short: String,
    #[serde(skip)]
    pub(super) step: StepId,
}

/// The most characters of why there is no verdict.
const LONGEST_REASON: usize = 27;

pub(super) fn rows(whose: &Whose<'_, '_>) -> Vec<ReportedTarget> {
    let of = |one: &&Assessment| Some(row(whose, one, whose.city.plan.indicator(&one.no)?));
    whose.targets().iter().filter_map(of).collect()
}

fn row(whose: &Whose<'_, '_>, one: &Assessment, row: &Indicator) -> ReportedTarget {
    let Whose { context, city, .. } = whose;
    let short = room::cut(&named(one, row), room::LONGEST_TITLE);
    let unit = row.unit.text();
    let name =
        if row.is_qualitative() || unit.is_empty() { short.clone() } else { format!("{short}（{unit}）") };
    let noted = |value: String, note: Option<String>| match note {
        Some(note) => format!("{value}（{note}）"),
        None => value,
    };
    let year = context.evaluation.round.year();
    let reason = one.reason.as_ref().filter(|_| !one.state.is_assessable());
    let reason = match (one.state, reason, gaps::reason(city, one)) {
        (State::InDoubt, Some(_), _) if is_asked_about(whose, &one.no) => "见待答复".to_owned(),
        (State::NotReported, _, Some(said)) => format!("说明{}", quoted(without_stop(said))),
        (_, Some(Reason::Row(no, _)), _) => {
            let other = city.plan.indicator(no).map_or("", |row| row.short.as_str());
            format!("对照的“{other}”不能用")
        }
        (_, Some(reason), _) => no_verdict(reason, &city.plan.called.document),
        (_, None, _) => String::new(),
    };
    let words = in_words(one, row);
    let remark = actual_note(city, one).filter(|_| one.state != State::Lagged);
    let remark = remark.or_else(|| counted_from(one, year));
    ReportedTarget {
        name,
        base: base_text(one).unwrap_or_else(|| "—".to_owned()),
        actual: actual_text(city, one).map_or_else(|| "—".to_owned(), |value| noted(value, remark)),
        target: noted(
            target_text(one, words.map_or_else(|| row.goal_beside(&one.target.goal), str::to_owned)),
            beside_target(whose, one, row),
        ),
        drawing: dumbbell(context, one, row),
        reason: room::cut(&reason, LONGEST_REASON),
        verdict: one.state.into(),
        state: one.state,
        is_table: one.origin == Origin::Table,
        has_base: one.baseline.is_some(),
        is_due: one.due.is_some(),
        width: if base_years(context, city).is_empty() { 18 } else { 13 },
        short,
        step: super::super::totals::state_of(one),
    }
}

/// Whether a finding about a target waits for the unit's own answer; it may wait for that of another unit that reports it too.
fn is_asked_about(whose: &Whose<'_, '_>, no: &IndicatorNo) -> bool {
    let Whose { context, city, unit } = whose;
    let is_of = |finding: &Finding| matches!(&finding.subject.object, Object::Indicator(own) if own == no);
    waiting(context.evaluation, city, unit).any(is_of)
}

/// Of which years a target is where that is not this one alone, and what is striven for beyond one in prose.
fn beside_target(whose: &Whose<'_, '_>, one: &Assessment, row: &Indicator) -> Option<String> {
    let Whose { context, city, .. } = whose;
    let is_of_each = one.target.recurring && city.plan.years.len() > 1;
    let is_apart = one.target.year != context.evaluation.round.year() || one.target.cumulative || is_of_each;
    let when = is_apart.then(|| year_of_target(Language::Chinese, city, one));
    let second = city.row(&one.no).and_then(|row| row.second()).filter(|_| one.origin == Origin::Prose);
    let second =
        second.map(|second| format!("力争{}", target_text(second, row.goal_beside(&second.target.goal))));
    let told: Vec<String> = when.into_iter().chain(second).collect();
    (!told.is_empty()).then(|| told.join("，"))
}

/// What a change is counted from where no column has it: the unit itself reported it beside its value.
fn counted_from(one: &Assessment, year: i32) -> Option<String> {
    let base = &one.change.as_ref()?.base;
    let BaseSource::Reported(_) = base.source else { return None };
    let of = ledger::of_indicator(&one.city, &one.no);
    let value = numerals_in(&plain(base.value), &[of.of("before.value"), of.of("before.number")]);
    let when = if base.year == year - 1 { "上年".to_owned() } else { format!("{}年", base.year) };
    Some(format!("{when}{value}"))
}

impl PageRow for ReportedTarget {
    fn lines(&self) -> usize {
        [
            lines(&self.name, self.width),
            lines(&self.base, 4),
            lines(&self.actual, 5),
            lines(&self.target, 5),
            if self.drawing.bar.is_none() { lines(&self.reason, 10) } else { 1 },
        ]
        .into_iter()
        .fold(1, usize::max)
    }

    /// Rows of the table, what was missed, and what waits for an answer.
    fn is_needed(&self) -> bool {
        self.is_table || self.is_urgent()
    }

    fn is_urgent(&self) -> bool {
        self.state.met() == Some(false) || matches!(self.state, State::InDoubt | State::NotReported)
    }
}

/// Which missed targets that it reports others answer for, or nobody yet, as many as there is room for; nothing where there are none.
pub(super) fn answered_by_others(whose: &Whose<'_, '_>) -> String {
    let Whose { city, unit, .. } = whose;
    let (mut unnamed, mut others) = (Vec::new(), Vec::new());
    for one in whose.targets().into_iter().filter(|one| one.state.met() == Some(false)) {
        let Some(row) = city.plan.indicator(&one.no) else { continue };
        let units = city.plan.answerable(row);
        let name = room::cut(&named(one, row), room::LONGEST_TITLE);
        match units.as_slice() {
            [] => unnamed.push(name),
            _ if units.contains(unit) => {}
            _ => others.push(format!("{name}（{}）", room::cut(&units.join("、"), room::LONGEST_TITLE))),
        }
    }
    [("未到、责任单位待明确的", unnamed), ("未到、由其他单位提出措施的", others)]
        .map(|(head, names)| room::names_within(head, &names))
        .concat()
}

/// What the drawing of rows means, by what occurs; from the end as much as stands beside the heading.
fn legend(rows: &[ReportedTarget], base: &str, heading: &str) -> String {
    let drawn = || rows.iter().filter(|row| row.drawing.bar.is_some());
    let held = Held {
        has_due: drawn().any(|row| row.is_due),
        has_target: drawn().any(|row| !row.is_due),
        ..Held::default()
    };
    let parts = [
        Some(format!("竖线＝{}", held.word(Language::Chinese))),
        rows.iter().any(|row| row.drawing.last.is_some()).then(|| format!("空心圆＝{base}")),
        Some("方块＝实绩".to_owned()),
        rows.iter().any(|row| row.drawing.is_outside()).then(|| "三角＝出界".to_owned()),
        Some("越右越好".to_owned()),
    ];
    room::beside_caption(heading, &parts.into_iter().flatten().collect::<Vec<_>>())
}

/// The table; nothing where the unit reports no target.
pub(super) fn part(
    whose: &Whose<'_, '_>,
    laid_out: room::LaidOut<ReportedTarget>,
) -> Option<PagePart<ReportedTarget>> {
    let Whose { context, city, .. } = whose;
    if laid_out.all == 0 {
        return None;
    }
    let has = |origin: Origin| whose.targets().iter().any(|one| one.origin == origin);
    let what = match (has(Origin::Table), has(Origin::Prose)) {
        (true, true) => "报送的指标和正文目标",
        (false, true) => "报送的正文目标",
        _ => "报送的指标",
    };
    // Targets in prose are reported by others than rows of the table.
    let role = match has(Origin::Table) && !has(Origin::Prose) && names_row_units(&city.plan) {
        true => format!("（{}）", city.plan.called.row_units),
        false => String::new(),
    };
    let shown = laid_out.shown_words(whose, "#shown.targets", |row| row.step.clone());
    let rest = format!("{shown}{}{}", answered_by_others(whose), laid_out.rest);
    let base = base_years(context, city).short();
    let (mut rows, has_base) = (laid_out.rows, !base_years(context, city).is_empty());
    let has_base = has_base && rows.iter().any(|row| row.has_base);
    if !has_base {
        rows.iter_mut().for_each(|row| row.base.clear());
    }
    let is_drawn = rows.iter().any(|row| row.drawing.bar.is_some());
    let heading = format!("{what}{role}");
    let note = if is_drawn { legend(&rows, &base, &heading) } else { String::new() };
    let name = if has(Origin::Prose) { "名称（单位）" } else { "指标（单位）" };
    let heads =
        [name, if has_base { base.as_str() } else { "" }, "实绩", "目标", "", "判定"].map(str::to_owned);
    Some(PagePart { heading, note, heads: heads.to_vec(), rows, rest })
}
