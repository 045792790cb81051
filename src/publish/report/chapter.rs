//! A city's chapter: profile page, then indicators, the relation to last year or to the final year, tasks, units, queries.

use super::{CityEvaluation, Context, basis_words, indicators, noun, path, rank_cell, rate_words, tasks};
use crate::assess::{Assessment, State};
use crate::plan::{Indicator, Origin};
use crate::publish::model::{City, Extreme, ExtremeRow, GroupRow, KeyFigure, SquareGroup, Squares, Table};
use crate::publish::sentences::{self as words, Counts};
use crate::rounding::{fixed, plain};

/// The chapter of a city, which stands at a place among all.
pub(super) fn chapter(context: &Context<'_>, at: usize, city: &CityEvaluation) -> City {
    let plan = &city.plan;
    let table = city.score.basis == Origin::Table;
    let year = context.evaluation.round.year();
    let verdict = verdict(context, city);
    let last = path::last_year(city, year).filter(|_| table);
    let relation = match last {
        Some(last) => format!("2.到{last}年的进展"),
        None if indicators::has_tiers(context, city) => "2.两档目标".to_owned(),
        None => "2.目标与上年的关系".to_owned(),
    };
    let mut chapter = City {
        slug: plan.city.as_str().to_owned(),
        name: plan.name.clone(),
        short: plan.short.clone(),
        heading: format!("（{}）{}", words::chinese_number(at + 1), plan.name),
        section: format!("二、各城市评估　{}", plan.name),
        basis: if table { "table" } else { "prose" }.to_owned(),
        basis_words: basis_words(city.score.basis).to_owned(),
        tiers: table && indicators::has_tiers(context, city),
        key: key(context, city),
        squares: squares(context, city, &verdict),
        groups: table.then(|| groups(context, city)),
        groups_text: Some(groups_text(context, city, table)),
        extremes: extremes(context, city),
        best_head: match context.counted(city).iter().any(|(one, _)| one.target_is_worse) {
            true => "最高（不含目标劣于上年的指标）".to_owned(),
            false => "最高".to_owned(),
        },
        indicators_heading: table.then(|| "1.指标完成情况".to_owned()),
        indicators: table.then(|| indicators::indicators(context, city)),
        gaps: (!context.counted(city).is_empty()).then(|| indicators::gaps(context, city, table)),
        relation_heading: table.then_some(relation),
        relation_text: table.then(|| path::relation_text(context, city)),
        soft: if table && last.is_none() { path::soft(context, city) } else { None },
        path: if table { path::path(context, city) } else { None },
        tasks_heading: format!("{}任务、单位与核实", if table { "3." } else { "" }),
        tasks_text: tasks::text(context, city),
        tasks: tasks::tasks(city),
        tasks_have_targets: tasks::prose(city).next().is_some(),
        units: tasks::units(city),
        sharers: tasks::sharers(city),
        queries: tasks::queries(context, city),
        verdict,
    };
    number_tables(&mut chapter);
    chapter
}

/// Numbers the tables that are printed, in the order of the chapter.
fn number_tables(city: &mut City) {
    let short = format!("{}表", city.short);
    let (short, last) = (short.as_str(), &mut 0);
    if let Some(table) = &mut city.groups {
        table.take_number(short, last);
    }
    if let Some(table) = &mut city.extremes {
        table.take_number(short, last);
    }
    if let Some(indicators) = &mut city.indicators {
        indicators.table.take_number(short, last);
    }
    if let Some(table) = &mut city.gaps {
        table.take_number(short, last);
    }
    if let Some(soft) = &mut city.soft {
        soft.table.take_number(short, last);
    }
    if let Some(path) = &mut city.path {
        path.table.take_number(short, last);
    }
    city.tasks.take_number(short, last);
    city.units.take_number(short, last);
    city.sharers.take_number(short, last);
    city.queries.take_number(short, last);
}

fn verdict(context: &Context<'_>, city: &CityEvaluation) -> String {
    let missed: Vec<String> = context
        .counted(city)
        .iter()
        .filter(|(one, _)| one.state == State::Missed)
        .map(|(_, row)| row.short.clone())
        .collect();
    let limit = plain(context.evaluation.round.method.nearly);
    let below = city.score.rank.is_none();
    words::verdict(&city.plan.name, noun(city.score.basis), Counts::of(&city.score), &missed, below, &limit)
}

fn key(context: &Context<'_>, city: &CityEvaluation) -> Vec<KeyFigure> {
    let score = &city.score;
    let on_time = city.units.iter().filter(|unit| unit.on_time == Some(true)).count();
    let zero = score.score_missing_as_zero.map_or_else(|| "—".to_owned(), |points| fixed(points, 1));
    let figure =
        |value: String, unit: String, label: &str| KeyFigure { value, unit, label: label.to_owned() };
    let rate_unit = if score.assessable == 0 { "" } else { "%" };
    let rank_label = if score.tied { "名次（并列）" } else { "名次" };
    let rank = score.rank.map_or_else(|| rank_cell(city), |rank| rank.to_string());
    vec![
        figure(rate_words(score.rate()), rate_unit.to_owned(), "完成率"),
        figure(score.met.to_string(), format!("/{}", score.assessable), "完成项/可评项"),
        figure(rank, format!("/{}", context.ranked_count()), rank_label),
        figure(rate_words(score.coverage()), "%".to_owned(), "覆盖率"),
        figure(zero, "分".to_owned(), "缺报计零得分"),
        figure(on_time.to_string(), format!("/{}", city.units.len()), "按时报送单位"),
    ]
}

fn squares(context: &Context<'_>, city: &CityEvaluation, verdict: &str) -> Option<Squares> {
    let rows = context.counted(city);
    if rows.is_empty() {
        return None;
    }
    let group = |state: State| {
        let items: Vec<String> =
            rows.iter().filter(|(one, _)| one.state == state).map(|(one, _)| one.no.to_string()).collect();
        (!items.is_empty()).then(|| SquareGroup {
            state: state.key().to_owned(),
            words: state.chinese().to_owned(),
            count: items.len().to_string(),
            items,
        })
    };
    Some(Squares {
        title: format!("{}图1　逐项判定（格内为{}序号）", city.plan.short, noun(city.score.basis)),
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

fn groups(context: &Context<'_>, city: &CityEvaluation) -> Table<GroupRow> {
    let row = |name: &String| {
        let rows = rows_of(context, city, name);
        let number =
            |at: Option<&(&Assessment, &Indicator)>| at.map_or("", |(one, _)| one.no.as_str()).to_owned();
        let (first, last) = (number(rows.first()), number(rows.last()));
        GroupRow {
            name: name.clone(),
            range: if first == last { first } else { format!("{first}—{last}") },
            total: rows.len().to_string(),
            able: rows.iter().filter(|(one, _)| one.state.is_assessable()).count().to_string(),
            met: rows.iter().filter(|(one, _)| one.state.met() == Some(true)).count().to_string(),
            states: rows.iter().map(|(one, _)| one.state.key().to_owned()).collect(),
        }
    };
    let total = GroupRow {
        name: "合计".to_owned(),
        range: String::new(),
        total: city.score.total.to_string(),
        able: city.score.assessable.to_string(),
        met: city.score.met.to_string(),
        states: Vec::new(),
    };
    let used = city.plan.groups.iter().filter(|group| !rows_of(context, city, group).is_empty());
    Table::unnumbered("分类别完成情况").unit("项").total(total).rows(used.map(row).collect())
}

fn groups_text(context: &Context<'_>, city: &CityEvaluation, table: bool) -> String {
    if !table {
        return "方案未列指标附表，按正文目标评估。".to_owned();
    }
    let counts: Vec<(String, usize, usize)> = city
        .plan
        .groups
        .iter()
        .map(|group| {
            let rows = rows_of(context, city, group);
            let able = rows.iter().filter(|(one, _)| one.state.is_assessable()).count();
            let met = rows.iter().filter(|(one, _)| one.state.met() == Some(true)).count();
            (group.clone(), rows.len(), able, met)
        })
        .filter(|(_, total, ..)| *total > 0)
        .map(|(name, _, able, met)| (name, able, met))
        .collect();
    words::groups(&counts)
}

/// The five best, without targets worse than last year, and the five worst.
fn extremes(context: &Context<'_>, city: &CityEvaluation) -> Option<Table<ExtremeRow>> {
    let extreme = |(one, row): &(&Assessment, &Indicator)| Extreme {
        no: one.no.to_string(),
        name: row.short.clone(),
        completion: indicators::printed_completion(one).unwrap_or_else(|| "—".to_owned()),
        state: one.state.key().to_owned(),
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
    let count = best.len().max(worst.len()).min(5);
    let rows: Vec<ExtremeRow> = (0..count)
        .map(|at| ExtremeRow { best: best.get(at).map(extreme), worst: worst.get(at).map(extreme) })
        .collect();
    let what = match city.score.basis {
        Origin::Table => "完成率最高和最低的指标",
        Origin::Prose => "完成率最高和最低的正文目标",
    };
    let table = Table::unnumbered(what).unit("%");
    let noun = noun(city.score.basis);
    let table = if worst.len() < count {
        table.note(&format!("注：“最低”只列未达目标的{noun}。"))
    } else {
        table
    };
    (!rows.is_empty()).then(|| table.rows(rows))
}
