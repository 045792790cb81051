//! Targets against the year before, or the way to the final year.

use rust_decimal::Decimal;
use serde::Serialize;

use super::base_years::base_years;
use super::bases::apart;
use super::context::Context;
use super::drawing::{PathBar, Position, Tone, Verdict};
use super::indicators::{Tiers, WHOLE, fell, tiers};
use super::numbers::Key;
use super::numerals::numeral;
use super::phrases::change;
use super::section::Draft;
use super::soft::{say_fell, say_met};
use super::table::Table;
use super::totals::{Tally, Totals, base_text, state_of, target_text};
use super::values::{actual_note, actual_text, fact_of, is_published};
use super::ways::{LaterTargets, say_change, say_pace, say_two_tiers, ways};
pub(super) use super::ways::{has_two_tiers, way_to};
use crate::assess::{Assessment, Pace, State, Way};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ident::IndicatorNo;
use crate::plan::{Direction, Indicator, Origin};
use crate::quantity::Value;

/// How the targets relate to last year, or to the final year.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Relation {
    level: u8,
    heading: String,
    text: String,
    soft: Option<Soft>,
    path: Option<Path>,
}

/// Targets worse than the year before, of a plan with a base year.
#[derive(Debug, Clone, Serialize)]
struct Soft {
    base_head: Vec<String>,
    target_head: Vec<String>,
    actual_head: Vec<String>,
    /// Heads of the changes of target and actual value.
    change_heads: [String; 2],
    table: Table<SoftRow>,
}

/// A target worse than last year.
#[derive(Debug, Clone, Serialize)]
struct SoftRow {
    no: IndicatorNo,
    name: String,
    unit: String,
    base: String,
    base_note: Option<String>,
    target: String,
    actual: String,
    published: bool,
    target_change: String,
    actual_change: String,
    #[serde(flatten)]
    verdict: Verdict,
}

/// The way to the final year, of a plan that runs on.
#[derive(Debug, Clone, Serialize)]
struct Path {
    actual_head: Vec<String>,
    next_head: Option<Vec<String>>,
    assessed_head: Vec<String>,
    intended_head: Option<Vec<String>>,
    /// Head of the bars, in two lines, and of what is needed.
    bar_head: [&'static str; 2],
    need_head: [&'static str; 2],
    table: Table<PathRow>,
}

/// The way to the final target.
#[derive(Debug, Clone, Serialize)]
struct PathRow {
    no: IndicatorNo,
    name: String,
    actual: Option<String>,
    actual_note: Option<String>,
    published: bool,
    next: Option<String>,
    assessed: String,
    intended: Option<String>,
    intended_differs: bool,
    bar: Option<PathBar>,
    need_assessed: String,
    need_intended: Option<String>,
    judgement: &'static str,
    tone: Tone,
}

/// Whether there is anything to say: the plan has a table, and runs on, has two tiers, or values to compare with are known.
pub(super) fn has_content(context: &Context<'_>, city: &CityEvaluation) -> bool {
    city.score.basis == Origin::Table && !text(context, city).is_empty()
}

/// Nothing where there is nothing to relate the targets to.
pub(super) fn section(draft: &mut Draft<'_>, city: &CityEvaluation) -> Option<Relation> {
    let context = draft.context;
    if !has_content(context, city) {
        return None;
    }
    let last = way_to(context, city);
    let heading = match last {
        Some(last) => format!("到{last}年的进展"),
        None => {
            let bases = base_years(context, city);
            let base = (!bases.is_empty()).then(|| format!("目标与{}的关系", bases.short()));
            let tiers = tiers(context, city).map(|_| "两档目标".to_owned());
            base.into_iter().chain(tiers).collect::<Vec<_>>().join("和")
        }
    };
    Some(Relation {
        level: draft.city_level() + 1,
        heading: format!("{}{heading}", draft.city_number(2)),
        text: text(context, city),
        soft: if last.is_none() { soft(draft, city) } else { None },
        path: path(draft, city),
    })
}

/// Targets worse than the year before.
fn soft(draft: &mut Draft<'_>, city: &CityEvaluation) -> Option<Soft> {
    let context = draft.context;
    let bases = base_years(context, city);
    let mut rows = Vec::new();
    for (one, row) in context.counted(city).into_iter().filter(|(one, _)| one.target_is_worse) {
        let past = one.baseline.as_ref()?;
        let (target, base) = (one.target.goal.number()?, past.value?);
        let (unit, is_place) = (row.unit.text(), row.direction == Direction::Rank);
        rows.push(SoftRow {
            no: one.no.clone(),
            name: row.short.clone(),
            unit: unit.to_owned(),
            base: base_text(one).unwrap_or_default(),
            base_note: bases.note(one),
            target: target_text(one, &target.text),
            actual: actual_text(city, one).unwrap_or_else(|| "—".to_owned()),
            published: is_published(city, one),
            target_change: say_change(
                context,
                one,
                "target",
                &change(Language::Chinese, target.value, base, unit, is_place),
            ),
            actual_change: match one.actual {
                Some(Value::Number(actual)) => say_change(
                    context,
                    one,
                    "actual",
                    &change(Language::Chinese, actual, base, unit, is_place),
                ),
                Some(Value::Presence(_)) | None => "—".to_owned(),
            },
            verdict: one.state.into(),
        });
    }
    let year = context.evaluation.round.year();
    let key = Key::table_of(&city.plan, "soft");
    (!rows.is_empty()).then(|| Soft {
        base_head: bases.head(),
        target_head: vec![format!("{year}年"), "目标".to_owned()],
        actual_head: vec![format!("{year}年"), "实绩".to_owned()],
        change_heads: ["目标", "实绩"].map(|what| format!("{what}比{}", bases.short())),
        table: Table::new(&format!("目标劣于{}的指标", bases.words()))
            .whole_in(WHOLE)
            .rows(rows)
            .numbered(&mut draft.numbers, key),
    })
}

fn path(draft: &mut Draft<'_>, city: &CityEvaluation) -> Option<Path> {
    let context = draft.context;
    let year = context.evaluation.round.year();
    let last = way_to(context, city)?;
    let ways = ways(context, city);
    let head = |year: i32, second: &str| vec![format!("{year}年"), second.to_owned()];
    let has_next = ways.iter().any(|(.., way)| way.next.is_some());
    let lagged = ways.iter().any(|(one, ..)| one.state == State::Lagged);
    let two = has_two_tiers(city, last);
    let rows: Vec<PathRow> =
        ways.iter().map(|(one, row, way)| path_row(context, city, (one, row, way), two)).collect();
    let (of, bold) = match two {
        true => ("考核目标", "完成值粗体的与考核值不同。"),
        false => ("目标", ""),
    };
    let tolerance = context.evaluation.round.method.pace_tolerance;
    let beyond = match tolerance.is_zero() {
        true => String::new(),
        false => format!("{}个百分点以上", context.limit("pace_tolerance", tolerance)),
    };
    let has_share = ways.iter().any(|(_, row, way)| {
        row.unit.text() == "%" && (way.need_assessed.is_some() || two && way.need_intended.is_some())
    });
    let points = if has_share {
        "“点”指每年提高或降低多少个百分点，快慢仍按年均增速比较。"
    } else {
        ""
    };
    let from = if lagged {
        format!("年均需增由{year}年实绩推算，数据滞后的由上年数推算；")
    } else {
        format!("年均需增由{year}年实绩推算；")
    };
    Some(Path {
        actual_head: head(year, "实绩"),
        next_head: has_next.then(|| head(year + 1, "目标")),
        assessed_head: head(last, if two { "考核值" } else { "目标" }),
        intended_head: two.then(|| head(last, "完成值")),
        bar_head: ["实绩占", if two { "完成值" } else { "目标" }],
        need_head: if two { ["年均需增%", "考核 完成"] } else { ["年均", "需增%"] },
        table: Table::new(&format!("{last}年目标进展"))
            .note(&format!(
                "注：图例见封二。{from}“需加快”指须快于{year}—{last}年{of}的年均增速{beyond}。{points}{bold}"
            ))
            .whole_in(WHOLE)
            .empty("没有可比较的目标。")
            .rows(rows)
            .numbered(&mut draft.numbers, Key::table_of(&city.plan, "path")),
    })
}

fn path_row(
    context: &Context<'_>,
    city: &CityEvaluation,
    (one, row, way): (&Assessment, &Indicator, &Way),
    two: bool,
) -> PathRow {
    let later = LaterTargets { context, city, one, row };
    let (judgement, tone) = match way.pace {
        Pace::ReachedIntended if two => ("已达完成值", Tone::Good),
        Pace::ReachedAssessed if two => ("已达考核值", Tone::Good),
        Pace::OnTrack if two => ("可达考核值", Tone::Fair),
        Pace::ReachedIntended | Pace::ReachedAssessed => ("已达目标", Tone::Good),
        Pace::OnTrack => ("可达目标", Tone::Fair),
        Pace::Behind => ("需加快", Tone::Bad),
        Pace::NoData => ("暂不判断", Tone::Open),
    };
    let known = way.pace != Pace::NoData;
    let need = |intended: bool| match later.need(way, intended) {
        Some(need) => need.short(),
        None if known => "已达".to_owned(),
        None => "—".to_owned(),
    };
    let share = |value: Decimal| {
        let goal = way.intended.value;
        let ratio =
            if row.direction == Direction::Lower { goal.checked_div(value) } else { value.checked_div(goal) };
        ratio.map_or(Position::START, Position::of)
    };
    let bar = match one.actual {
        Some(Value::Number(actual)) if known => Some(PathBar {
            length: share(actual),
            assessed: share(way.assessed.value),
            target: share(way.target.value),
            tone,
        }),
        _ => None,
    };
    PathRow {
        no: one.no.clone(),
        name: row.short.clone(),
        actual: if known {
            one.actual.map(|value| numeral(&fact_of(one), value.text()))
        } else {
            actual_text(city, one)
        },
        actual_note: actual_note(city, one),
        published: is_published(city, one),
        next: way.next.as_ref().map(|next| later.say(next, false, true)),
        assessed: later.say(&way.assessed, false, false),
        intended: two.then(|| later.say(&way.intended, true, false)),
        intended_differs: way.intended.value != way.assessed.value,
        bar,
        need_assessed: need(false),
        need_intended: two.then(|| need(true)),
        judgement,
        tone,
    }
}

/// Sentences before the table: the way to the final year, or targets against the year before.
fn text(context: &Context<'_>, city: &CityEvaluation) -> String {
    if let Some(last) = way_to(context, city) {
        let ways = ways(context, city);
        let paces: Vec<Pace> = ways.iter().map(|(.., way)| way.pace).collect();
        let two = ways.iter().filter(|(.., way)| way.intended.value != way.assessed.value).count();
        let say = |wanted: Option<Pace>, number: usize| say_pace(context, city, &ways, wanted, number);
        let number = two;
        let two = say_two_tiers(context, city, &ways, number);
        return path_sentence(
            last,
            &paces,
            has_two_tiers(city, last).then_some((number, two.as_str())),
            &say,
        );
    }
    let rows = context.counted(city);
    let soft: Vec<_> = rows.iter().filter(|(one, _)| one.target_is_worse).collect();
    let met = soft.iter().filter(|(one, _)| one.state.met() == Some(true)).count();
    let fallen = soft.iter().filter(|(one, row)| fell(one, row)).count();
    let bases = base_years(context, city);
    let targets = match bases.is_empty() {
        true => String::new(),
        false => {
            let compared_rows: Vec<_> = rows.iter().filter(|(one, _)| one.apart.is_none()).collect();
            let ahead = compared_rows.len();
            let apart = match soft.is_empty() {
                true => apart(rows.iter().map(|(one, _)| *one), &bases.short()),
                false => String::new(),
            };
            let compared = (ahead < rows.len()).then_some(ahead);
            let ahead = || compared_rows.iter().map(|(one, _)| state_of(one));
            let whose = city.plan.city.as_str();
            let say = |name: &str, number: usize| match name {
                "soft" => Totals::of_city(&context.book, city).say(name, number),
                "compared" => context.book.count(&format!("{whose}/#compared"), ahead(), &[], number),
                "soft.met" => say_met(context, whose, soft.iter().map(|(one, _)| *one), number),
                _ => {
                    let fallen = soft.iter().filter(|(one, row)| fell(one, row));
                    say_fell(context, whose, fallen.map(|(one, _)| *one), number)
                }
            };
            let counts = (soft.len(), met, fallen);
            let told = soft_targets(&bases.of(), &bases.short(), compared, counts, &say);
            if told.is_empty() { told } else { format!("{told}{apart}") }
        }
    };
    format!("{targets}{}", tiers_text(context, city, &rows))
}

/// How many of the indicators whose tiers differ reached the second one as well.
fn tiers_text(context: &Context<'_>, city: &CityEvaluation, rows: &[(&Assessment, &Indicator)]) -> String {
    let Some(Tiers { first, second }) = tiers(context, city) else { return String::new() };
    let differing: Vec<&Assessment> = city
        .assessments
        .iter()
        .filter(|other| !other.is_primary())
        .filter(|other| {
            let judged = rows.iter().find(|(one, _)| one.no == other.no);
            judged.is_some_and(|(one, _)| one.target.goal.to_string() != other.target.goal.to_string())
        })
        .collect();
    let all = differing.len();
    let judged = differing.iter().filter(|one| one.state.is_assessable()).count();
    let reached = differing.iter().filter(|one| one.state.met() == Some(true)).count();
    if all == 0 {
        return String::new();
    }
    let of = format!("{}/second", city.plan.city);
    let tally = Tally::new(&context.book, of, differing.iter().copied());
    let said = tally.able(judged);
    let each = if judged == 1 { "" } else { "均" };
    let words = match reached {
        _ if judged == 0 => "均暂不能判定".to_owned(),
        0 => format!("可评的{said}项{each}未达到{second}"),
        some if some == judged => format!("可评的{said}项{each}同时达到{second}"),
        some => format!("可评的{said}项中{}项同时达到{second}", tally.met(some)),
    };
    let all = tally.total(all);
    format!("{all}项分设{first}和{second}，按{first}判定；{words}。")
}

/// Targets worse than their base: how many, how many met, how many fell. `of` is what they are compared with (2022年实绩), `short`
/// the same in short (上年); `compared` are those with a base, where not all have one.
fn soft_targets(
    of: &str,
    short: &str,
    compared: Option<usize>,
    (soft, met, fell): (usize, usize, usize),
    say: &dyn Fn(&str, usize) -> String,
) -> String {
    if soft == 0 {
        return match compared {
            None => format!("各项目标均不劣于{of}。"),
            Some(0) => String::new(),
            Some(some) => format!("可与{of}比较的{}项目标均不劣于{short}。", say("compared", some)),
        };
    }
    // A soft target that was missed has fallen as well; one that neither fell nor was met is open.
    let all = if soft == 1 { "" } else { "均" };
    let met_words = match met {
        0 if soft > 1 => "尚无一项完成".to_owned(),
        0 => if fell > 0 { "未完成" } else { "暂不能判定" }.to_owned(),
        _ if met == soft => format!("{all}已完成"),
        _ => format!("其中{}项完成", say("soft.met", met)),
    };
    let but = if met > 0 { "但" } else { "" };
    let fell_words = match fell {
        0 if met == soft => format!("，实绩{all}不劣于{short}"),
        0 => String::new(),
        _ if fell == soft => format!("，{but}实绩{all}比{short}回落"),
        _ => format!("，{but}{}项实绩比{short}回落", say("soft.fell", fell)),
    };
    let soft = say("soft", soft);
    format!("{soft}项目标劣于{of}，{met_words}{fell_words}。完成这类目标不代表比{short}进步。")
}

/// The way to the final year, by pace; of a plan with two tiers, `two` indicators whose tiers differ.
fn path_sentence(
    last: i32,
    paces: &[Pace],
    two: Option<(usize, &str)>,
    say: &dyn Fn(Option<Pace>, usize) -> String,
) -> String {
    if paces.is_empty() {
        return format!("没有可与{last}年目标对照的指标。");
    }
    let count = |wanted: Pace| paces.iter().filter(|pace| **pace == wanted).count();
    let (best, least) = if two.is_some() { ("完成值", "考核值") } else { ("目标", "目标") };
    let parts = [
        (Pace::ReachedIntended, format!("项已达{last}年{best}")),
        (Pace::ReachedAssessed, "项已达考核值、未达完成值".to_owned()),
        (Pace::OnTrack, format!("项保持计划增速即可达{least}")),
        (Pace::Behind, "项须快于计划增速".to_owned()),
        (Pace::NoData, "项待核实或未报，暂不判断".to_owned()),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(pace, _)| count(*pace) > 0)
        .map(|(pace, words)| format!("{}{words}", say(Some(pace), count(pace))))
        .collect();
    let tiers = match two {
        None | Some((0, _)) => String::new(),
        Some((_, two)) => format!("{two}项分设考核值和完成值，按考核值判断。"),
    };
    let all = say(None, paces.len());
    format!("对照{last}年目标，{all}项指标中，{}。{tiers}", parts.join("，"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_targets_are_told_in_every_variant() {
        let plainly = |_: &str, number: usize| number.to_string();
        let told = |counts| soft_targets("2022年实绩", "上年", None, counts, &plainly);
        assert_eq!(told((0, 0, 0)), "各项目标均不劣于2022年实绩。");
        assert_eq!(
            soft_targets("2020年基期数", "基期", Some(3), (0, 0, 0), &plainly),
            "可与2020年基期数比较的3项目标均不劣于基期。"
        );
        assert_eq!(soft_targets("2022年实绩", "上年", Some(0), (0, 0, 0), &plainly), "");
        assert_eq!(
            told((5, 5, 4)),
            "5项目标劣于2022年实绩，均已完成，但4项实绩比上年回落。完成这类目标不代表比上年进步。"
        );
        assert_eq!(
            told((2, 1, 2)),
            "2项目标劣于2022年实绩，其中1项完成，但实绩均比上年回落。完成这类目标不代表比上年进步。"
        );
        for (soft, met, fell, expected) in [
            (1, 1, 1, "1项目标劣于2022年实绩，已完成，但实绩比上年回落。"),
            (1, 1, 0, "1项目标劣于2022年实绩，已完成，实绩不劣于上年。"),
            (1, 0, 1, "1项目标劣于2022年实绩，未完成，实绩比上年回落。"),
            (1, 0, 0, "1项目标劣于2022年实绩，暂不能判定。"),
            (3, 0, 2, "3项目标劣于2022年实绩，尚无一项完成，2项实绩比上年回落。"),
            (3, 2, 0, "3项目标劣于2022年实绩，其中2项完成。"),
        ] {
            let text = told((soft, met, fell));
            assert_eq!(text, format!("{expected}完成这类目标不代表比上年进步。"));
        }
    }

    #[test]
    fn a_path_without_indicators_is_said_in_words() {
        assert_eq!(
            path_sentence(2025, &[], None, &|_, number| number.to_string()),
            "没有可与2025年目标对照的指标。"
        );
    }
}
