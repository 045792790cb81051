//! A comparison as a page: the model that `templates/diff.typ` sets.

use chrono::Datelike as _;
use serde_json::{Value as Json, json};

use super::causes::{ChangedFigure, FigureCause};
use super::split::{LinkPart, RowPart, ScoreSplit};
use super::told::Teller;
use super::{CityDiff, Diff, DiffEnd, VerdictChange};
use crate::finding::Language;
use crate::ledger::Exact;
use crate::mixture::Which;
use crate::plan::LinkCause;
use crate::publish::illustrative_label;
use crate::words::link_name;

/// Digits behind the point of what stands in sentences.
const IN_WORDS: u32 = 1;
/// Digits behind the point of what stands in tables.
const IN_TABLES: u32 = 4;
/// Rows that a link names.
const MOST_ROWS: usize = 3;
/// Words of the page; it is set in Chinese.
const TELLER: Teller = Teller { language: Language::Chinese };

/// A number as the page prints it: with the sign for minus.
fn printed(number: &Exact, places: u32) -> String {
    number.fixed(places).replace('-', "−")
}

/// 升7.6分, 降0.3分, 不变; what does not show with one digit is 升不到0.1分.
fn moved(part: &Exact) -> String {
    let size = part.size().fixed(IN_WORDS);
    let way = if part.is_positive() { "升" } else { "降" };
    match size.as_str() {
        _ if part.is_zero() => "不变".to_owned(),
        "0.0" => format!("{way}不到0.1分"),
        _ => format!("{way}{size}分"),
    }
}

/// Which way the number of rows went that can be judged.
fn judged_more(link: &LinkPart) -> &'static str {
    let judged = |row: &RowPart, of: fn(&RowPart) -> &Option<super::ScoreRow>| {
        of(row).as_ref().is_some_and(|row| row.points.is_some())
    };
    let count =
        |of: fn(&RowPart) -> &Option<super::ScoreRow>| link.rows.iter().filter(|row| judged(row, of)).count();
    match count(|row| &row.is).cmp(&count(|row| &row.was)) {
        std::cmp::Ordering::Greater => "可评指标增加",
        std::cmp::Ordering::Less => "可评指标减少",
        std::cmp::Ordering::Equal => "可评指标变动",
    }
}

/// What a link did, as a clause.
fn clause(diff: &Diff, link: &LinkPart) -> String {
    let (was, is) = (diff.before.year, diff.after.year);
    let moved = moved(&link.part);
    match link.cause {
        LinkCause::Program => format!("程序改版使得分{moved}"),
        LinkCause::Catalogue => format!("指标目录调整使得分{moved}"),
        LinkCause::Method => format!("评分方法和参数调整使得分{moved}"),
        LinkCause::Weights => format!("权重调整使得分{moved}"),
        LinkCause::Targets if was != is => format!("按{is}年目标评{was}年实绩，得分{moved}"),
        LinkCause::Targets => format!("目标调整使得分{moved}"),
        LinkCause::Decisions => format!("人工决定和豁免使得分{moved}"),
        LinkCause::Coverage => format!("{}使得分{moved}", judged_more(link)),
        LinkCause::Actuals => format!("实绩变化使得分{moved}"),
    }
}

/// What another order of the links would say.
fn in_other_orders(link: &LinkPart) -> Option<String> {
    let (low, high) = link.range.as_ref()?;
    let (low, high) = (printed(low, IN_WORDS), printed(high, IN_WORDS));
    let name = link_name(link.cause, Language::Chinese);
    let turns = if link.turns() { "，正负随次序而变（＃）" } else { "" };
    (low != high).then(|| format!("{name}影响在{low}分至{high}分之间{turns}"))
}

/// The paragraph on one score of a city.
fn sentence(diff: &Diff, city: &CityDiff, split: &ScoreSplit) -> String {
    let (name, measure) = (&city.name, TELLER.measure(split.measure));
    let (Some(was), Some(is)) = (&split.before, &split.after) else {
        return format!("{name}{measure}有一方没有数（没有可评的指标），不作分解。");
    };
    let (before, after) = (was.fixed(IN_WORDS), is.fixed(IN_WORDS));
    let whole = if was == is {
        format!("{name}{measure}仍为{after}分。")
    } else {
        let way = if is > was { "升至" } else { "降至" };
        format!("{name}{measure}由{before}分{way}{after}分。")
    };
    if split.is_broken() {
        return whole + "其中一环没有可评的指标，不能分解。";
    }
    let links: Vec<&LinkPart> = split.links.iter().filter(|link| !link.part.is_zero()).collect();
    if links.is_empty() {
        return whole;
    }
    let clauses: Vec<String> = links.iter().map(|link| clause(diff, link)).collect();
    let ranges: Vec<String> = links.iter().filter_map(|link| in_other_orders(link)).collect();
    let ranges =
        if ranges.is_empty() { String::new() } else { format!("换序计算，{}。", ranges.join("；")) };
    format!("{whole}{}。{ranges}", clauses.join("；"))
}

/// A table without a number of its own.
fn table(title: &str, unit: Option<&str>, head: Json, rows: &[Json], total: Json, note: Json) -> Json {
    json!({
        "title": title, "again": format!("{title}（续）"), "unit": unit, "head": head, "rows": rows,
        "total": total, "note": note, "empty": null,
    })
}

/// The rows that weigh most in a link: `特3 −1.78、特4 −1.35`.
fn rows_of(link: &LinkPart) -> String {
    let named = link.rows.iter().take(MOST_ROWS).filter_map(|row| {
        let no = &row.is.as_ref().or(row.was.as_ref())?.no;
        let sign = if row.part.is_positive() { "+" } else { "" };
        Some(format!("{no} {sign}{}", printed(&row.part, 2)))
    });
    let mut words: Vec<String> = named.collect();
    let rest = link.rows.len().saturating_sub(MOST_ROWS);
    if rest > 0 {
        words.push(format!("其余{rest}项"));
    }
    if !link.taken_off.is_zero() {
        words.push(format!("扣分和总分上限 {}", printed(&link.taken_off, 2)));
    }
    words.join("、")
}

/// The table of the links of one score.
fn links(diff: &Diff, city: &CityDiff, split: &ScoreSplit) -> Option<Json> {
    let links: Vec<&LinkPart> = split.links.iter().filter(|link| !link.is_nothing()).collect();
    let (first, last, change) = (split.before.as_ref()?, split.after.as_ref()?, split.change()?);
    if links.is_empty() {
        return None;
    }
    let place = |rank: Option<usize>| rank.map_or_else(|| "—".to_owned(), |rank| rank.to_string());
    let rank_of = |cause: Option<LinkCause>| {
        let found = city.ranks.iter().find(|(one, _)| *one == cause);
        found.map_or_else(String::new, |(_, rank)| place(*rank))
    };
    let start = if diff.before.year == diff.after.year {
        "改前".to_owned()
    } else {
        format!("{}年", diff.before.year)
    };
    let mut rows = vec![json!({
        "name": start, "score": printed(first, IN_TABLES), "part": "", "range": "", "place": rank_of(None), "rows": "",
    })];
    rows.extend(links.iter().map(|link| {
        let mark = if link.turns() { "＃" } else { "" };
        let range = match &link.range {
            None => "—".to_owned(),
            Some((low, high)) if low == high => "不变".to_owned(),
            Some((low, high)) => format!("{}至{}", printed(low, 2), printed(high, 2)),
        };
        let name = format!("{}{mark}", link_name(link.cause, Language::Chinese));
        json!({
            "name": name, "score": printed(&link.after, IN_TABLES), "part": printed(&link.part, IN_TABLES),
            "range": range, "place": rank_of(Some(link.cause)), "rows": rows_of(link),
        })
    }));
    let last_rank = city.ranks.last().map_or_else(String::new, |(_, rank)| place(*rank));
    let total = json!({
        "name": "合计", "score": printed(last, IN_TABLES), "part": printed(&change, IN_TABLES), "range": "",
        "place": last_rank, "rows": "",
    });
    let turned =
        if links.iter().any(|link| link.turns()) { "＃：换一种次序，正负不同。" } else { "" };
    let note = format!(
        "按程序、目录、方法和参数、权重、目标、人工决定和豁免、可评范围、实绩的次序逐项替代，每一环都是实际评出的得分；没有变动的环节不列。换序为各种次序下该环影响的最小至最大。各部分以分数精确相加，显示值修约一次，未作机械调整。{turned}"
    );
    let title = format!("{}{}的变动", city.name, TELLER.measure(split.measure));
    let head = json!(["替代", "得分", "影响", "换序", "名次", "主要指标"]);
    Some(table(&title, Some("分"), head, &rows, total, note.into()))
}

/// The verdicts that changed, of what counts for the score.
fn verdicts(city: &CityDiff) -> Json {
    let (counted, others): (Vec<&VerdictChange>, Vec<&VerdictChange>) =
        city.verdicts.iter().partition(|one| one.is_counted);
    let row = |one: &&VerdictChange| {
        let key = |state: Option<crate::assess::State>| state.map(crate::assess::State::key);
        let words = |state: Option<crate::assess::State>| state.map(crate::assess::State::chinese);
        json!({
            "no": one.no, "name": one.name, "was": template_key(key(one.was)), "was_words": words(one.was),
            "is": template_key(key(one.is)), "is_words": words(one.is),
        })
    };
    let rows: Vec<Json> = counted.iter().map(row).collect();
    if rows.is_empty() {
        return Json::Null;
    }
    let more = others.len();
    let note = if more > 0 {
        Json::from(format!("不计分的目标（正文目标、完成值、力争值）另有{more}项判定改变，见diff.json。"))
    } else {
        Json::Null
    };
    let title = format!("{}判定改变的指标", city.name);
    table(&title, None, json!(["序号", "指标", "改前", "改后"]), &rows, Json::Null, note)
}

/// The key by which templates look up the mark of a verdict.
fn template_key(key: Option<&'static str>) -> Option<&'static str> {
    key.map(|key| if key == "behind_schedule" { "behind" } else { key })
}

fn of_city(diff: &Diff, city: &CityDiff) -> Json {
    if city.is_unchanged() {
        let words = format!("{}得分、判定、完成率和名次没有变动。", city.name);
        return json!({ "name": city.name, "paragraphs": [words], "links": [], "verdicts": null });
    }
    let mut paragraphs: Vec<String> = city.scores.iter().map(|split| sentence(diff, city, split)).collect();
    let pair = |[was, is]: &[Option<String>; 2]| match (was, is) {
        (Some(was), Some(is)) if was == is => format!("仍为{is}"),
        (was, is) => format!("{} → {}", Teller::or_dash(was.as_ref()), Teller::or_dash(is.as_ref())),
    };
    let (rate, grade, ranks) = (pair(&city.rate), pair(&city.grade), TELLER.ranks(city));
    let (was, is) = (diff.before.cities, diff.after.cities);
    paragraphs.push(format!("完成率{rate}，等次{grade}，名次{ranks}（改前{was}个、改后{is}个参加评估）。"));
    let links: Vec<Json> = city.scores.iter().filter_map(|split| links(diff, city, split)).collect();
    json!({ "name": city.name, "paragraphs": paragraphs, "links": links, "verdicts": verdicts(city) })
}

/// What the figures changed for, counted.
fn causes(diff: &Diff) -> Json {
    let row = |cause: Option<FigureCause>| {
        let own: Vec<&ChangedFigure> = diff.changes.iter().filter(|one| one.cause == cause).collect();
        let first = own.first()?;
        let (was, is) = (Teller::or_dash(first.was.as_ref()), Teller::or_dash(first.is.as_ref()));
        let example = format!("{} {was} → {is}{}", TELLER.title(&first.title), TELLER.origin(first));
        Some(json!({ "name": TELLER.cause(cause), "count": own.len().to_string(), "example": example }))
    };
    let all = FigureCause::ALL.into_iter().map(Some).chain([None]);
    let rows: Vec<Json> = all.filter_map(row).collect();
    if rows.is_empty() {
        return Json::Null;
    }
    let note = "每个数字只记最先适用的一个原因，出自两边的推算台账；全部数字和来处见diff.json。";
    table("变了的数字按原因", None, json!(["原因", "个数", "例"]), &rows, Json::Null, note.into())
}

impl Diff {
    /// The model of the page.
    pub fn page(&self) -> Json {
        let is_one_year = self.before.year == self.after.year;
        let title = if is_one_year { "与上一版相比" } else { "与上年相比" };
        let end = |end: &DiffEnd| {
            let figures: String = end.figures.chars().take(16).collect();
            format!("{}年{}（数字指纹{figures}…）", end.year, end.edition)
        };
        let (was, is) = (end(&self.before), end(&self.after));
        let mut paragraphs = Vec::new();
        let count = self.changes.len();
        if self.is_none() {
            paragraphs.push("没有不同。".to_owned());
        } else {
            let common = self.cities.len();
            paragraphs.push(format!("两边都参加评估的有{common}个，它们刊出的数字变了{count}个。"));
        }
        for (which, words) in [(Which::Before, "只在改前"), (Which::After, "只在改后")] {
            let names: Vec<&str> =
                self.alone.iter().filter(|(one, _)| *one == which).map(|(_, name)| name.as_str()).collect();
            if !names.is_empty() {
                paragraphs.push(format!("{words}：{}。", names.join("、")));
            }
        }
        if self.catalogue_is_tied {
            paragraphs.push("两边的方案不能用对方的指标目录读取，目录的影响并入目标。".to_owned());
        }
        let unexplained = self.unexplained().count();
        if unexplained > 0 {
            paragraphs.push(format!("{unexplained}个数字来处相同而数字不同，请报告，见diff.json。"));
        }
        let label = illustrative_label(self.is_illustrative);
        let date = self.report_date;
        json!({
            "properties": {
                "title": title, "subtitle": format!("{was}→{is}"), "issuer": self.issuer,
                "date": { "year": date.year(), "month": date.month(), "day": date.day() },
                "keywords": label.into_iter().collect::<Vec<_>>(), "illustrative_label": label,
            },
            "title": title,
            "subtitle": [was, format!("→ {is}")],
            "paragraphs": paragraphs,
            "cities": self.cities.iter().map(|city| of_city(self, city)).collect::<Vec<_>>(),
            "causes_heading": "变了的数字",
            "causes": causes(self),
        })
    }
}
