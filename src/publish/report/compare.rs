//! 一、城市间比较: ranking, domains, common indicators, map of verdicts.

use rust_decimal::Decimal;

use super::{
    CityEvaluation, Context, Evaluation, FEW, actual_text, domains, is_published, range, rank_cell,
    rate_cell, rate_words,
};
use crate::assess::{Assessment, State};
use crate::ident::IndicatorId;
use crate::plan::{Goal, Grade, Indicator, Level, Origin};
use crate::publish::model::{
    Common, CommonCell, CommonRow, Compare, MapCell, MapGroup, MapRow, Matrix, MatrixRow, RankingRow, Table,
    VerdictMap,
};
use crate::publish::sentences as words;
use crate::rounding::{fixed, plain};

/// Numbers and short names of a city's indicators.
type Columns = Vec<(String, String)>;

pub(super) fn compare(context: &Context<'_>) -> Compare {
    let few = context.cities().len() <= FEW;
    let common = common(context);
    let matrices = if few { Vec::new() } else { matrices(context) };
    let domains = if few { domains::domains(context) } else { None };
    let spread = if few { None } else { domains::spread(context) };
    let figure = if domains.is_some() || spread.is_some() { "各领域情况见图1。" } else { "" };
    Compare {
        ranking_text: format!(
            "{}{}",
            ranking_words(context),
            uncertainty_words(context, "，范围见“名次区间”")
        ),
        ranking: ranking(context),
        domains_text: format!("{figure}{}", domains_text(context)),
        domains,
        spread,
        map_text: map_text(context),
        map: if few { verdict_map(context) } else { None },
        common,
        matrices,
    }
}

/// Catalogue ids that every city's table holds, in the order of the first city.
pub(super) fn common_ids(evaluation: &Evaluation) -> Vec<IndicatorId> {
    let ids = |city: &CityEvaluation| -> Vec<IndicatorId> {
        city.assessments
            .iter()
            .filter(|one| one.origin == Origin::Table && one.is_primary())
            .filter_map(|one| one.id.clone())
            .collect()
    };
    let all: Vec<Vec<IndicatorId>> = evaluation.cities.iter().map(ids).collect();
    let Some((first, rest)) = all.split_first() else { return Vec::new() };
    if rest.is_empty() {
        return Vec::new();
    }
    first.iter().filter(|id| rest.iter().all(|other| other.contains(id))).cloned().collect()
}

pub(super) fn ranking_words(context: &Context<'_>) -> String {
    let ranked: Vec<(String, String, usize)> = context
        .ranked()
        .filter_map(|city| Some((city.plan.name.clone(), rate_words(city.score.rate()), city.score.rank?)))
        .collect();
    words::ranking(&ranked)
}

pub(super) fn uncertainty_words(context: &Context<'_>, where_to: &str) -> String {
    let ranked = context.ranked_count();
    let moving: Vec<String> = context
        .ranked()
        .filter(|city| city.score.rank_low != city.score.rank_high)
        .map(|city| city.plan.name.clone())
        .collect();
    let unranked = context.cities().len() - ranked;
    let minimum = plain(context.evaluation.round.method.minimum_coverage);
    format!("{}{}", words::uncertainty(ranked, &moving, where_to), words::exclusion(unranked, &minimum))
}

fn ranking(context: &Context<'_>) -> Table<RankingRow> {
    let one = |value: Option<Decimal>| value.map_or_else(|| "—".to_owned(), |value| fixed(value, 1));
    let row = |city: &CityEvaluation| {
        let score = &city.score;
        let places = match (score.rank_low, score.rank_high) {
            (Some(low), Some(high)) if low == high => low.to_string(),
            (Some(low), Some(high)) => format!("{low}—{high}"),
            _ => "—".to_owned(),
        };
        RankingRow {
            rank: rank_cell(city),
            city: city.plan.short.clone(),
            tag: tag(city).to_owned(),
            total: score.total.to_string(),
            able: score.assessable.to_string(),
            met: score.met.to_string(),
            rate: rate_cell(city),
            range: range(city),
            rank_range: places,
            coverage: rate_words(score.coverage()),
            score: one(score.score),
            score_zero: one(score.score_missing_as_zero),
            grade: score.grade.map_or("—", Grade::chinese).to_owned(),
        }
    };
    let mut note = String::from("注：");
    if context.cities().iter().any(|city| tag(city) == "县") {
        note.push_str("城市名后标“县”的为创新型县（市）。");
    }
    if context.cities().iter().any(|city| tag(city) == "正文") {
        note.push_str("标“正文”的方案没有附表，按正文目标计。");
    }
    note.push_str(
        "点为完成率，两短线之间为暂不能判定的全部未完成至全部完成时的范围（以应评项数为分母），细线为刻度。",
    );
    Table::new(context.table("ranking"), "各城市完成率排名")
        .unit("项、%、分")
        .note(&note)
        .rows(context.ranked().map(row).collect())
}

fn tag(city: &CityEvaluation) -> &'static str {
    match (city.score.basis, city.plan.level) {
        (Origin::Prose, _) => "正文",
        (Origin::Table, Level::County) => "县",
        (Origin::Table, Level::City) => "",
    }
}

/// What can be compared between the plans.
fn domains_text(context: &Context<'_>) -> String {
    let prose: Vec<String> = context
        .cities()
        .iter()
        .filter(|city| city.score.basis == Origin::Prose)
        .map(|city| city.plan.name.clone())
        .collect();
    if !prose.is_empty() {
        let who = words::names(&prose, "个城市");
        return format!(
            "{who}方案没有附表，不作同指标比较。完成率反映对本市目标的完成程度，不反映水平高低。"
        );
    }
    let where_to = if context.cities().len() <= FEW {
        format!("列于{}", context.table("common"))
    } else {
        "见各城市部分".to_owned()
    };
    words::common_indicators(common_ids(context.evaluation).len(), &where_to)
}

fn completion_cell(one: &Assessment) -> String {
    let judged = one.completion_text(1).filter(|_| one.state.is_assessable());
    judged.unwrap_or_else(|| "—".to_owned())
}

fn common(context: &Context<'_>) -> Option<Common> {
    let ids = common_ids(context.evaluation);
    if ids.is_empty() || context.cities().len() > FEW {
        return None;
    }
    let mut rows = Vec::new();
    for id in &ids {
        let mut name = String::new();
        let mut cells = Vec::new();
        for city in context.cities() {
            let found = context.counted(city).into_iter().find(|(one, _)| one.id.as_ref() == Some(id));
            let Some((one, row)) = found else { continue };
            name = match row.unit.text() {
                "" => row.short.clone(),
                unit => format!("{}（{unit}）", row.short),
            };
            cells.push(CommonCell {
                actual: actual_text(city, one).unwrap_or_else(|| "—".to_owned()),
                published: is_published(city, one),
                target: one.target.goal.to_string(),
                completion: completion_cell(one),
                state: one.state.key().to_owned(),
            });
        }
        rows.push(CommonRow { name, cells });
    }
    Some(Common {
        cities: context.cities().iter().map(|city| city.plan.short.clone()).collect(),
        table: Table::new(context.table("common"), "共同指标对比").rows(rows),
    })
}

/// With two cities: which common indicators both, one or neither reached.
fn map_text(context: &Context<'_>) -> Option<String> {
    let [one, other] = context.cities() else { return None };
    let ids = common_ids(context.evaluation);
    let state = |city, id: &IndicatorId| {
        let found = context.counted(city).into_iter().find(|(one, _)| one.id.as_ref() == Some(id));
        found.map(|(one, row)| (one.state.met(), row.short.clone()))
    };
    let (mut both, mut single, mut neither) = (Vec::new(), Vec::new(), Vec::new());
    for id in &ids {
        match (state(one, id), state(other, id)) {
            (Some((Some(true), name)), Some((Some(true), _))) => both.push(name),
            (Some((Some(false), name)), Some((Some(false), _))) => neither.push(name),
            (Some((Some(_), name)), Some((Some(_), _))) => single.push(name),
            _ => {}
        }
    }
    let figure = "图2按领域列出两市各应评项的判定。";
    if ids.is_empty() {
        return Some(figure.to_owned());
    }
    Some(format!("{figure}{}", words::common_verdicts(ids.len(), &both, &single, &neither)))
}

fn verdict_map(context: &Context<'_>) -> Option<VerdictMap> {
    let mut groups = Vec::new();
    let domains = &context.evaluation.catalogue.dimensions;
    let named = domains.iter().map(|domain| (domain.id.as_str(), domain.name.as_str()));
    for (id, label) in named.chain([("", "未归入领域")]) {
        let known = |row: &Indicator| domains.iter().any(|domain| domain.id == row.dimension);
        let belongs = |row: &Indicator| if id.is_empty() { !known(row) } else { row.dimension == id };
        let rows = map_rows(context, &belongs);
        if !rows.is_empty() {
            groups.push(MapGroup { label: label.to_owned(), rows });
        }
    }
    if groups.is_empty() {
        return None;
    }
    let cells = || groups.iter().flat_map(|group| &group.rows).flat_map(|row| &row.cells);
    let mut note = "注：数字为完成率。".to_owned();
    if cells().flatten().any(|cell| cell.words == PRESENT) {
        note = "注：数字为完成率，“有”为定性指标已具备。".to_owned();
    }
    if cells().any(Option::is_none) {
        note.push_str("空格表示该市应评项中没有此项。");
    }
    let has_prose_apart = |city: &CityEvaluation| {
        city.score.basis == Origin::Table && city.assessments.iter().any(|one| one.origin == Origin::Prose)
    };
    if context.cities().iter().any(has_prose_apart) {
        note.push_str("有附表的方案，正文目标单列于各市一节，不在图内。");
    }
    Some(VerdictMap {
        title: "图2　各指标判定一览".to_owned(),
        again: "续图2".to_owned(),
        unit: Some("%".to_owned()),
        alt: map_alt(context),
        note: Some(note),
        cities: context.cities().iter().map(|city| city.plan.short.clone()).collect(),
        groups,
    })
}

/// One row per indicator of the catalogue or target in prose, in the order in which cities bring them. A target in
/// prose shares the row of another city's indicator of the same name.
fn map_rows(context: &Context<'_>, belongs: &dyn Fn(&Indicator) -> bool) -> Vec<MapRow> {
    let mut rows: Vec<(Option<IndicatorId>, MapRow)> = Vec::new();
    let count = context.cities().len();
    for (at, city) in context.cities().iter().enumerate() {
        for (one, row) in context.counted(city).into_iter().filter(|(_, row)| belongs(row)) {
            let same = |(id, known): &(Option<IndicatorId>, MapRow)| {
                let free = known.cells.get(at).is_some_and(Option::is_none);
                free && (known.name == row.short || (row.id.is_some() && *id == row.id))
            };
            let line = rows.iter().position(same).unwrap_or_else(|| {
                rows.push((row.id.clone(), MapRow { name: row.short.clone(), cells: vec![None; count] }));
                rows.len() - 1
            });
            if let Some(place) = rows.get_mut(line).and_then(|(_, known)| known.cells.get_mut(at)) {
                *place = Some(map_cell(one));
            }
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

fn map_cell(one: &Assessment) -> MapCell {
    MapCell {
        state: one.state.key().to_owned(),
        words: match (one.completion_text(1), one.state.met()) {
            (Some(text), Some(_)) => text,
            (None, Some(true)) if matches!(one.target.goal, Goal::Qualitative(_)) => PRESENT.to_owned(),
            _ => String::new(),
        },
    }
}

/// How 图2 says that a qualitative indicator is there.
const PRESENT: &str = "有";

fn map_alt(context: &Context<'_>) -> String {
    let mut parts = Vec::new();
    for city in context.cities() {
        let rows = context.counted(city);
        let list = |state: State| {
            let names: Vec<&str> = rows
                .iter()
                .filter(|(one, _)| one.state == state)
                .map(|(_, row)| row.short.as_str())
                .collect();
            if names.is_empty() { "无".to_owned() } else { names.join("、") }
        };
        parts.push(format!(
            "{}未完成：{}；基本完成：{}；待核实：{}；未报：{}",
            city.plan.name,
            list(State::Missed),
            list(State::Nearly),
            list(State::InDoubt),
            list(State::NotReported)
        ));
    }
    format!("判定一览。{}。", parts.join("。"))
}

/// One matrix for each set of cities with the same list of indicators.
fn matrices(context: &Context<'_>) -> Vec<Matrix> {
    let numbers = |city: &CityEvaluation| -> Columns {
        let rows = context.counted(city);
        rows.iter().map(|(_, row)| (row.no.to_string(), row.short.clone())).collect()
    };
    let mut sets: Vec<(Columns, Vec<&CityEvaluation>)> = Vec::new();
    for city in context.ranked() {
        let own = numbers(city);
        match sets.iter_mut().find(|(known, _)| *known == own) {
            Some((_, cities)) => cities.push(city),
            None => sets.push((own, vec![city])),
        }
    }
    sets.into_iter()
        .zip(2..)
        .map(|((columns, cities), figure)| matrix(context, &columns, &cities, figure))
        .collect()
}

fn matrix(
    context: &Context<'_>,
    columns: &[(String, String)],
    cities: &[&CityEvaluation],
    figure: usize,
) -> Matrix {
    let mut reached = vec![0_usize; columns.len()];
    let mut rows = Vec::new();
    for city in cities {
        let own = context.counted(city);
        for (count, (one, _)) in reached.iter_mut().zip(&own) {
            *count += usize::from(one.state.met() == Some(true));
        }
        rows.push(MatrixRow {
            city: city.plan.short.clone(),
            count: format!("{}/{}", city.score.met, city.score.assessable),
            cells: own.iter().map(|(one, _)| Some(one.state.key().to_owned())).collect(),
        });
    }
    let key: Vec<String> = columns.iter().map(|(no, name)| format!("{no} {name}")).collect();
    let title = cities.first().map_or("", |city| super::level_words(city.plan.level));
    let counts: Vec<String> =
        columns.iter().zip(&reached).map(|((_, name), count)| format!("{name}{count}个城市完成")).collect();
    Matrix {
        title: format!("图{figure}　{title}各指标判定一览"),
        again: format!("续图{figure}"),
        alt: format!("判定一览，{}个城市。{}。", cities.len(), counts.join("，")),
        key: format!("图{figure}中城市按名次排列，各列为方案序号：{}。标志见封二。", key.join("；")),
        columns: columns.iter().map(|(no, _)| no.clone()).collect(),
        rows,
        foot_label: "完成城市数".to_owned(),
        foot: reached.iter().map(ToString::to_string).collect(),
    }
}
