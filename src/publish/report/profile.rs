//! The first page of a city's chapter: verdict, key figures, squares, groups, extremes.

use serde::Serialize;

use super::base_years::base_years;
use super::context::Context;
use super::drawing::Verdict;
use super::indicators::printed_completion;
use super::numbers::{Key, Numbers};
use super::ranking::{place, rank_cell};
use super::say::{say, sentences};
use super::section::{Draft, Opening};
use super::soft::without_soft;
use super::table::Table;
use super::terms::{Terms, number_head};
use super::totals::total_step;
use super::totals::{Tally, Totals};
use super::units::say_units_of;
use super::values::rate_words;
use super::verdict::{self, Counts, KeyFigure, Noun, noun};
use crate::assess::{Assessment, State};
use crate::compare;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ident::IndicatorNo;
use crate::plan::{Indicator, Origin};
use crate::rounding::{fixed, percent};

/// The first page of a chapter.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Profile {
    /// Running header.
    section: String,
    /// Heading of the part that begins here.
    part: Option<String>,
    slug: String,
    level: u8,
    heading: String,
    verdict: String,
    key: Vec<KeyFigure>,
    squares: Option<Squares>,
    groups: Option<Table<GroupRow>>,
    groups_text: String,
    /// Head of the column of groups, and of that of what is reached.
    groups_head: String,
    met_head: &'static str,
    extremes: Option<Table<ExtremeRow>>,
    /// Heading of the best: those with soft targets may be left out.
    best_head: &'static str,
}

/// One square per indicator, grouped by verdict.
#[derive(Debug, Clone, Serialize)]
struct Squares {
    title: String,
    alt: String,
    groups: Vec<SquareGroup>,
}

/// The indicators of a state.
#[derive(Debug, Clone, Serialize)]
struct SquareGroup {
    #[serde(flatten)]
    verdict: Verdict,
    count: String,
    items: Vec<IndicatorNo>,
}

/// A first-level indicator of the plan.
#[derive(Debug, Clone, Serialize)]
struct GroupRow {
    name: String,
    range: String,
    total: String,
    able: String,
    met: String,
    states: Vec<State>,
}

/// One of the best beside one of the worst.
#[derive(Debug, Clone, Serialize)]
struct ExtremeRow {
    best: Option<Extreme>,
    worst: Option<Extreme>,
}

/// An indicator with its completion.
#[derive(Debug, Clone, Serialize)]
struct Extreme {
    no: IndicatorNo,
    name: String,
    completion: String,
    state: State,
}

/// The page of the city at a place among all.
pub(super) fn section(draft: &mut Draft<'_>, at: usize, city: &CityEvaluation) -> Option<Profile> {
    let (context, plan) = (draft.context, &city.plan);
    let table = city.score.basis == Origin::Table;
    let verdict = verdict(context, city);
    let numbers = &mut draft.numbers;
    let squares = squares(context, city, &verdict, numbers);
    let has_groups = table && plan.groups.iter().any(|group| !group.is_empty());
    let groups = has_groups.then(|| groups(context, city).numbered(numbers, Key::table_of(plan, "groups")));
    let extremes = extremes(context, city).map(|it| it.numbered(numbers, Key::table_of(plan, "extremes")));
    let Opening { section, part, heading } = draft.opening(at, city);
    Some(Profile {
        section,
        part,
        slug: plan.city.as_str().to_owned(),
        level: draft.city_level(),
        heading,
        verdict,
        key: key(context, city),
        squares,
        groups,
        groups_text: groups_text(context, city, table),
        groups_head: format!("{}类别", city.plan.called.document),
        met_head: context.terms.reached,
        extremes,
        best_head: match context.counted(city).iter().any(|(one, _)| one.target_is_worse) {
            true if base_years(context, city).is_before_only() => "最高（不含目标劣于上年的指标）",
            true => "最高（不含目标劣于基期的指标）",
            false => "最高",
        },
    })
}

pub(super) fn verdict(context: &Context<'_>, city: &CityEvaluation) -> String {
    let missed: Vec<String> = context
        .counted(city)
        .iter()
        .filter(|(one, _)| one.state == State::Missed)
        .map(|(_, row)| context.row(&city.plan, row).to_owned())
        .collect();
    let limit = context.limit("nearly", context.evaluation.round.method.nearly);
    let below = city.score.rank.is_none() && city.score.withheld.is_empty() && !context.is_alone();
    let counts =
        Counts::of_city(&city.score, &context.counted(city)).told(Totals::of_city(&context.book, city));
    let (language, name) = (context.language, context.whole_name(&city.plan));
    let text = verdict::verdict(language, name, Noun::of(city.score.basis), counts, &missed, below, &limit);
    let grade = verdict::grade_sentence(language, context.cities());
    sentences(language, &[&text, &natures(context, city), &without_soft(context, [city]), &grade])
}

/// How many of the 约束性 and of the 预期性 targets were reached, where the table tells them apart.
fn natures(context: &Context<'_>, city: &CityEvaluation) -> String {
    let round = &context.evaluation.round;
    let all = compare::by_nature(&city.plan, round, &city.assessments);
    let (language, reached) = (context.language, context.terms.reached);
    let counted = context.counted(city);
    let parts = all.iter().map(|one| {
        let (nature, word) = (one.nature.chinese(), one.nature.words(language));
        let of_nature = counted.iter().filter(|(_, row)| row.nature == Some(one.nature));
        let of = format!("{}/nature/{nature}", city.plan.city);
        let tally = Tally::new(&context.book, of, of_nature.map(|(one, _)| *one));
        let (total, able, met) = (tally.total(one.total), tally.able(one.assessable), tally.met(one.met));
        let noun = Noun::of(Origin::Table).words(Language::English, one.total);
        match one.assessable {
            0 => say!(
                language,
                "{word}指标{total}项，均暂不能判定",
                "{total} {word} {noun}, none of which can be judged yet"
            ),
            all if all == one.total => {
                say!(
                    language,
                    "{word}指标{able}项，{reached}{met}项",
                    "{able} {word} {noun}, {met} {reached}"
                )
            }
            _ => say!(
                language,
                "{word}指标{total}项，可评{able}项，{reached}{met}项",
                "{total} {word} {noun}, {able} can be judged, {met} {reached}"
            ),
        }
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        return String::new();
    }
    let parts = language.clauses(&parts);
    say!(language, "其中{parts}。", "Of these: {parts}.")
}

fn key(context: &Context<'_>, city: &CityEvaluation) -> Vec<KeyFigure> {
    let score = &city.score;
    let on_time = city.units.iter().filter(|unit| unit.on_time == Some(true)).count();
    let zero = score.score_missing_as_zero.map_or_else(|| "—".to_owned(), |points| fixed(points, 1));
    let figure =
        |value: String, unit: String, label: &str| KeyFigure { value, unit, label: label.to_owned() };
    let rate_unit = if score.assessable == 0 { "" } else { "%" };
    let moving = score.rank_low.zip(score.rank_high).filter(|(low, high)| low != high);
    let rank_label = match (moving, score.tied) {
        (Some(_), _) => "可能的名次",
        (None, true) => "名次（并列）",
        (None, false) => "名次",
    };
    // What is open may give it any of these places.
    let rank = match (moving, score.rank) {
        (Some((low, high)), Some(_)) => {
            format!("{}—{}", place(city, "rank.best", low), place(city, "rank.worst", high))
        }
        (_, Some(rank)) => place(city, "rank", rank),
        (_, None) => rank_cell(city),
    };
    let ranked = context.cities().iter().filter(|city| city.score.rank.is_some()).map(total_step);
    let ranked = context.book.count("round/#ranked", ranked, &[], context.ranked_count());
    let rank = figure(rank, format!("/{ranked}"), rank_label);
    let own = Totals::of_city(&context.book, city);
    let zero = own.say("score_missing_as_zero.shown", zero);
    let rate = own.say("rate.shown", rate_words(score.rate()));
    let coverage = own.say("coverage.shown", rate_words(score.coverage()));
    let (met, able) = (own.say("met", score.met), own.say("assessable", score.assessable));
    let on_time = say_units_of(context, city, "on_time", |unit| unit.on_time == Some(true), on_time);
    let units = say_units_of(context, city, "all", |_| true, city.units.len());
    let figures = [
        Some(figure(rate, rate_unit.to_owned(), context.terms.rate)),
        Some(figure(met, format!("/{able}"), &context.terms.share())),
        Some(rank).filter(|_| !context.is_alone()),
        Some(figure(coverage, "%".to_owned(), "覆盖率")),
        Some(figure(zero, "分".to_owned(), "缺报计零得分")),
        Some(figure(on_time, format!("/{units}"), "按时报送单位")),
    ];
    figures.into_iter().flatten().collect()
}

fn squares(
    context: &Context<'_>,
    city: &CityEvaluation,
    verdict: &str,
    numbers: &mut Numbers,
) -> Option<Squares> {
    let rows = context.counted(city);
    if rows.is_empty() {
        return None;
    }
    let group = |state: State| {
        let items: Vec<IndicatorNo> =
            rows.iter().filter(|(one, _)| one.state == state).map(|(one, _)| one.no.clone()).collect();
        (!items.is_empty()).then(|| SquareGroup {
            verdict: state.into(),
            count: Totals::of_city(&context.book, city).say(&format!("state.{}", state.key()), items.len()),
            items,
        })
    };
    let number = numbers.take(Key::figure_of(&city.plan, "squares"));
    Some(Squares {
        title: format!(
            "{number}　逐项判定（格内为{}{}）",
            noun(city.score.basis),
            number_head(city.score.basis)
        ),
        alt: verdict.to_owned(),
        groups: State::ALL.into_iter().filter_map(group).collect(),
    })
}

fn rows_of<'a>(
    context: &Context<'a>,
    city: &'a CityEvaluation,
    group: &str,
) -> Vec<(&'a Assessment, &'a Indicator)> {
    context.counted(city).into_iter().filter(|(_, row)| row.group == group).collect()
}

/// The counts of a group.
fn group_tally<'a>(
    context: &'a Context<'_>,
    city: &CityEvaluation,
    name: &str,
    rows: &[(&Assessment, &Indicator)],
) -> Tally<'a> {
    let of = format!("{}/group/{name}", city.plan.city);
    Tally::new(&context.book, of, rows.iter().map(|(one, _)| *one))
}

fn groups(context: &Context<'_>, city: &CityEvaluation) -> Table<GroupRow> {
    let row = |name: &String| {
        let rows = rows_of(context, city, name);
        let number =
            |at: Option<&(&Assessment, &Indicator)>| at.map_or("", |(one, _)| one.no.as_str()).to_owned();
        let (first, last) = (number(rows.first()), number(rows.last()));
        let tally = group_tally(context, city, name, &rows);
        GroupRow {
            name: name.clone(),
            range: if first == last { first } else { format!("{first}—{last}") },
            total: tally.total(rows.len()),
            able: tally.able(rows.iter().filter(|(one, _)| one.state.is_assessable()).count()),
            met: tally.met(rows.iter().filter(|(one, _)| one.state.met() == Some(true)).count()),
            states: rows.iter().map(|(one, _)| one.state).collect(),
        }
    };
    let own = Totals::of_city(&context.book, city);
    let total = GroupRow {
        name: "合计".to_owned(),
        range: String::new(),
        total: own.say("total", city.score.total),
        able: own.say("assessable", city.score.assessable),
        met: own.say("met", city.score.met),
        states: Vec::new(),
    };
    let used = city.plan.groups.iter().filter(|group| !rows_of(context, city, group).is_empty());
    Table::new("分类别完成情况").unit("项").total(total).rows(used.map(row).collect())
}

fn groups_text(context: &Context<'_>, city: &CityEvaluation, table: bool) -> String {
    if !table {
        return format!("{}未列指标附表，按正文目标评估。", city.plan.called.document);
    }
    let counts: Vec<(String, usize, usize, Option<Tally<'_>>)> = city
        .plan
        .groups
        .iter()
        .map(|group| {
            let rows = rows_of(context, city, group);
            let able = rows.iter().filter(|(one, _)| one.state.is_assessable()).count();
            let met = rows.iter().filter(|(one, _)| one.state.met() == Some(true)).count();
            let tally = group_tally(context, city, group, &rows);
            (group.clone(), rows.len(), able, met, tally)
        })
        .filter(|(name, total, ..)| *total > 0 && !name.is_empty())
        .map(|(name, _, able, met, tally)| (name, able, met, Some(tally)))
        .collect();
    groups_sentence(&counts, &context.terms)
}

/// The five best, without targets worse than last year, and the five worst.
fn extremes(context: &Context<'_>, city: &CityEvaluation) -> Option<Table<ExtremeRow>> {
    let extreme = |(one, row): &(&Assessment, &Indicator)| Extreme {
        no: one.no.clone(),
        name: row.short.clone(),
        completion: printed_completion(one).unwrap_or_else(|| "—".to_owned()),
        state: one.state,
    };
    let rows = context.counted(city);
    let with_ratio = |met: bool| {
        let rows =
            rows.iter().filter(move |(one, _)| one.completion.is_some() && one.state.met() == Some(met));
        rows.copied().collect::<Vec<_>>()
    };
    let mut best: Vec<_> = with_ratio(true).into_iter().filter(|(one, _)| !one.target_is_worse).collect();
    best.sort_by_key(|(one, _)| std::cmp::Reverse(one.completion));
    let mut worst = with_ratio(false);
    worst.sort_by_key(|(one, _)| one.completion);
    // A single one is neither the best nor the worst.
    if best.len() + worst.len() < 2 {
        return None;
    }
    let count = best.len().max(worst.len()).min(5);
    let rows: Vec<ExtremeRow> = (0..count)
        .map(|at| ExtremeRow { best: best.get(at).map(extreme), worst: worst.get(at).map(extreme) })
        .collect();
    let what = match city.score.basis {
        Origin::Table => "完成率最高和最低的指标",
        Origin::Prose => "完成率最高和最低的正文目标",
    };
    let table = Table::new(what).unit("%");
    let noun = noun(city.score.basis);
    let table = if worst.len() < count {
        table.note(&format!("注：“最低”只列未达目标的{noun}。"))
    } else {
        table
    };
    (!rows.is_empty()).then(|| table.rows(rows))
}

/// Which groups are complete, and which not at all. Each entry: name, assessable, met.
fn groups_sentence(groups: &[(String, usize, usize, Option<Tally<'_>>)], terms: &Terms) -> String {
    let Terms { rate, reached, .. } = terms;
    let quoted = |wanted: &dyn Fn(usize, usize) -> bool| {
        let found = groups.iter().filter(|(_, able, met, _)| wanted(*able, *met));
        found.map(|(name, ..)| format!("“{name}”")).collect::<String>()
    };
    let full = quoted(&|able, met| able > 0 && met == able);
    let none = quoted(&|able, met| able > 0 && met == 0);
    let unknown = quoted(&|able, _| able == 0);
    let mut parts = Vec::new();
    let (all, nothing) = (format!("可评指标全部{reached}"), format!("可评指标均未{reached}"));
    for (names, words) in [(full, all.as_str()), (none, &nothing), (unknown, "暂无可评指标")] {
        if !names.is_empty() {
            parts.push(format!("{names}{words}"));
        }
    }
    if parts.is_empty() && groups.is_empty() {
        return String::new();
    }
    if parts.is_empty() {
        // Nothing is complete, empty or unknown, so every group has a rate between 0 and 1.
        let best = |able: usize, met: usize| groups.iter().all(|(_, b, n, _)| met * b >= n * able);
        let mut first = groups.iter().filter(|(_, able, met, _)| best(*able, *met));
        if let Some((_, able, met, tally)) = first.next() {
            let how = if first.next().is_some() {
                let share = percent(*met, *able).unwrap_or_default();
                let share = tally.as_ref().map_or_else(|| share.clone(), |tally| tally.rate(&share));
                format!("{rate}最高，均为{share}%")
            } else {
                {
                    let best =
                        if terms.has_schedules { format!("{rate}最高") } else { "完成最好".to_owned() };
                    let (able, met) = match tally {
                        Some(tally) => (tally.able(*able), tally.met(*met)),
                        None => (able.to_string(), met.to_string()),
                    };
                    format!("{best}，可评{able}项中{reached}{met}项")
                }
            };
            parts.push(format!("{}{how}", quoted(&best)));
        }
    }
    format!("{}。", parts.join("，"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_quoted_without_commas_between() {
        let of = |name: &str, able, met| (name.to_owned(), able, met, None);
        let terms = Terms::of(&[], Language::Chinese);
        let told = |groups: &[(String, usize, usize, Option<Tally<'_>>)]| groups_sentence(groups, &terms);
        assert_eq!(told(&[of("甲", 3, 3), of("乙", 2, 2), of("丙", 2, 1)]), "“甲”“乙”可评指标全部完成。");
        assert_eq!(told(&[of("甲", 3, 2), of("乙", 8, 7)]), "“乙”完成最好，可评8项中完成7项。");
        assert_eq!(told(&[of("甲", 4, 2), of("乙", 8, 4)]), "“甲”“乙”完成率最高，均为50.0%。");
    }
}
