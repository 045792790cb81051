//! The cities and the causes of figures on the page of a comparison, in Chinese or in English: parts of the model that `templates/diff.typ` sets.

use serde_json::{Value as Json, json};

use super::causes::{ChangedFigure, FigureCause};
use super::split::{LinkPart, RowPart, ScoreSplit};
use super::told::Teller;
use super::{CityDiff, Diff, VerdictChange};
use crate::ledger::Exact;
use crate::plan::LinkCause;
use crate::words::link_name;

/// Digits behind the point of what stands in sentences.
const IN_WORDS: u32 = 1;
/// Digits behind the point of what stands in tables.
const IN_TABLES: u32 = 4;
/// Rows that a link names.
const MOST_ROWS: usize = 3;

/// The words of a page.
pub(super) struct Words<'a> {
    pub(super) diff: &'a Diff,
    pub(super) teller: Teller,
}

/// A number as the page prints it: with the sign for minus.
pub(super) fn printed(number: &Exact, places: u32) -> String {
    number.fixed(places).replace('-', "−")
}

/// Which way the number of rows went that can be judged.
fn judged_more(link: &LinkPart) -> std::cmp::Ordering {
    let judged = |row: &RowPart, of: fn(&RowPart) -> &Option<super::ScoreRow>| {
        of(row).as_ref().is_some_and(|row| row.points.is_some())
    };
    let count =
        |of: fn(&RowPart) -> &Option<super::ScoreRow>| link.rows.iter().filter(|row| judged(row, of)).count();
    count(|row| &row.is).cmp(&count(|row| &row.was))
}

impl Words<'_> {
    pub(super) fn say(&self, chinese: impl Into<String>, english: impl Into<String>) -> String {
        self.teller.say(chinese, english)
    }

    /// 升7.6分, 降0.3分, 不变; what does not show with one digit is 升不到0.1分.
    fn moved(&self, part: &Exact) -> String {
        let size = part.size().fixed(IN_WORDS);
        let (way, up) = if part.is_positive() { ("升", "up") } else { ("降", "down") };
        match size.as_str() {
            _ if part.is_zero() => self.say("不变", "unchanged"),
            "0.0" => self.say(format!("{way}不到0.1分"), format!("{up} by less than 0.1")),
            _ => self.say(format!("{way}{size}分"), format!("{up} {size}")),
        }
    }

    /// What a link did, as a clause.
    fn clause(&self, link: &LinkPart) -> String {
        let (was, is) = (self.diff.before.year, self.diff.after.year);
        let moved = self.moved(&link.part);
        let by = |chinese: &str, english: &str| {
            self.say(format!("{chinese}使得分{moved}"), format!("{english}: {moved}"))
        };
        match link.cause {
            LinkCause::Program => by("程序改版", "another version of the program"),
            LinkCause::Catalogue => by("指标目录调整", "the catalogue"),
            LinkCause::Method => by("评分方法和参数调整", "method and parameters"),
            LinkCause::Weights => by("权重调整", "weights"),
            LinkCause::Targets if was != is => self.say(
                format!("按{is}年目标评{was}年实绩，得分{moved}"),
                format!("the values of {was} against the targets of {is}: {moved}"),
            ),
            LinkCause::Targets => by("目标调整", "targets"),
            LinkCause::Decisions => by("人工决定和豁免", "decisions and waivers"),
            LinkCause::Coverage => match judged_more(link) {
                std::cmp::Ordering::Greater => by("可评指标增加", "more rows that can be judged"),
                std::cmp::Ordering::Less => by("可评指标减少", "fewer rows that can be judged"),
                std::cmp::Ordering::Equal => by("可评指标变动", "other rows that can be judged"),
            },
            LinkCause::Actuals => by("实绩变化", "actual values"),
        }
    }

    fn name(&self, cause: LinkCause) -> &'static str {
        link_name(cause, self.teller.language)
    }

    /// What another order of the links would say.
    fn in_other_orders(&self, link: &LinkPart) -> Option<String> {
        let (low, high) = link.range.as_ref()?;
        let (low, high) = (printed(low, IN_WORDS), printed(high, IN_WORDS));
        let name = self.name(link.cause);
        let turns = if link.turns() {
            self.say("，正负随次序而变（＃）", ", of either sign (#)")
        } else {
            String::new()
        };
        let words = self.say(
            format!("{name}影响在{low}分至{high}分之间{turns}"),
            format!("{name} between {low} and {high}{turns}"),
        );
        (low != high).then_some(words)
    }

    /// The paragraph on one score of a city.
    fn sentence(&self, city: &CityDiff, split: &ScoreSplit) -> String {
        let (name, measure) = (&city.name, self.teller.measure(split.measure));
        let (Some(was), Some(is)) = (&split.before, &split.after) else {
            return self.say(
                format!("{name}{measure}有一方没有数（没有可评的指标），不作分解。"),
                format!("{name}, {measure}: one side has none (no row can be judged); not split."),
            );
        };
        let (before, after) = (was.fixed(IN_WORDS), is.fixed(IN_WORDS));
        let whole = if was == is {
            self.say(format!("{name}{measure}仍为{after}分。"), format!("{name}, {measure}: still {after}. "))
        } else {
            let (way, to) = if is > was { ("升至", "up to") } else { ("降至", "down to") };
            self.say(
                format!("{name}{measure}由{before}分{way}{after}分。"),
                format!("{name}, {measure}: from {before} {to} {after}. "),
            )
        };
        if split.is_broken() {
            let broken = self.say(
                "其中一环没有可评的指标，不能分解。",
                "In one link no row can be judged, so that it cannot be split.",
            );
            return whole + &broken;
        }
        let links: Vec<&LinkPart> = split.links.iter().filter(|link| !link.part.is_zero()).collect();
        if links.is_empty() {
            return whole;
        }
        let between = self.say("；", "; ");
        let clauses: Vec<String> = links.iter().map(|link| self.clause(link)).collect();
        let clauses = clauses.join(&between);
        let ranges: Vec<String> = links.iter().filter_map(|link| self.in_other_orders(link)).collect();
        if ranges.is_empty() {
            return self.say(format!("{whole}{clauses}。"), format!("{whole}{}.", capital(&clauses)));
        }
        let ranges = ranges.join(&between);
        self.say(
            format!("{whole}{clauses}。换序计算，{ranges}。"),
            format!("{whole}{}. In other orders: {ranges}.", capital(&clauses)),
        )
    }
}

/// A sentence begins with a capital.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

impl Words<'_> {
    /// A table without a number of its own.
    fn table(
        &self,
        title: &str,
        unit: Option<String>,
        head: Json,
        rows: &[Json],
        (total, note): (Json, Json),
    ) -> Json {
        let again = self.say(format!("{title}（续）"), format!("{title} (continued)"));
        json!({
            "title": title, "again": again, "unit": unit, "head": head, "rows": rows,
            "total": total, "note": note, "empty": null,
        })
    }

    /// The rows that weigh most in a link: `特3 −1.78、特4 −1.35`.
    fn rows_of(&self, link: &LinkPart) -> String {
        let named = link.rows.iter().take(MOST_ROWS).filter_map(|row| {
            let no = &row.is.as_ref().or(row.was.as_ref())?.no;
            let sign = if row.part.is_positive() { "+" } else { "" };
            Some(format!("{no} {sign}{}", printed(&row.part, 2)))
        });
        let mut words: Vec<String> = named.collect();
        let rest = link.rows.len().saturating_sub(MOST_ROWS);
        if rest > 0 {
            words.push(self.say(format!("其余{rest}项"), format!("{rest} more")));
        }
        if !link.taken_off.is_zero() {
            let off = printed(&link.taken_off, 2);
            words.push(self.say(format!("扣分和总分上限 {off}"), format!("deductions and limits {off}")));
        }
        words.join(&self.say("、", ", "))
    }

    /// What a table of links is: below it.
    fn of_links(&self, turns: bool) -> String {
        let turned = if turns {
            self.say("＃：换一种次序，正负不同。", " #: of the other sign in another order.")
        } else {
            String::new()
        };
        self.say(
        format!("按程序、目录、方法和参数、权重、目标、人工决定和豁免、可评范围、实绩的次序逐项替代，每一环都是实际评出的得分；没有变动的环节不列。换序为各种次序下该环影响的最小至最大。各部分以分数精确相加，显示值修约一次，未作机械调整。{turned}"),
        format!("Put in the place of one another in this order: program, catalogue, method and parameters, weights, targets, decisions and waivers, what can be judged, actual values. Every link is a score that was really judged; links without a change are left out. Other orders: the least and the most that the link does in any order. The parts add up exactly, as fractions; what is shown is rounded once.{turned}"),
    )
    }

    /// The table of the links of one score.
    fn links(&self, city: &CityDiff, split: &ScoreSplit) -> Option<Json> {
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
        let (was, is) = (self.diff.before.year, self.diff.after.year);
        let start = if was == is {
            self.say("改前", "before")
        } else {
            self.say(format!("{was}年"), was.to_string())
        };
        let mut rows = vec![json!({
            "name": start, "score": printed(first, IN_TABLES), "part": "", "range": "", "place": rank_of(None), "rows": "",
        })];
        rows.extend(links.iter().map(|link| {
        let mark = if link.turns() { "＃" } else { "" };
        let range = match &link.range {
            None => "—".to_owned(),
            Some((low, high)) if low == high => self.say("不变", "the same"),
            Some((low, high)) => {
                let (low, high) = (printed(low, 2), printed(high, 2));
                self.say(format!("{low}至{high}"), format!("{low} to {high}"))
            }
        };
        let name = format!("{}{mark}", self.name(link.cause));
        json!({
            "name": name, "score": printed(&link.after, IN_TABLES), "part": printed(&link.part, IN_TABLES),
            "range": range, "place": rank_of(Some(link.cause)), "rows": self.rows_of(link),
        })
    }));
        let last_rank = city.ranks.last().map_or_else(String::new, |(_, rank)| place(*rank));
        let total = json!({
            "name": self.say("合计", "total"), "score": printed(last, IN_TABLES), "part": printed(&change, IN_TABLES), "range": "",
            "place": last_rank, "rows": "",
        });
        let note = self.of_links(links.iter().any(|link| link.turns()));
        let measure = self.teller.measure(split.measure);
        let title = self
            .say(format!("{}{measure}的变动", city.name), format!("{}: change of the {measure}", city.name));
        let heads = [
            ("替代", "link"),
            ("得分", "score"),
            ("影响", "part"),
            ("换序", "other orders"),
            ("名次", "place"),
            ("主要指标", "rows"),
        ];
        let head = heads.map(|(chinese, english)| self.say(chinese, english));
        let unit = self.say("分", "points");
        Some(self.table(&title, Some(unit), json!(head), &rows, (total, note.into())))
    }

    /// The verdicts that changed, of what counts for the score.
    fn verdicts(&self, city: &CityDiff) -> Json {
        let (counted, others): (Vec<&VerdictChange>, Vec<&VerdictChange>) =
            city.verdicts.iter().partition(|one| one.is_counted);
        let row = |one: &&VerdictChange| {
            let key = |state: Option<crate::assess::State>| state.map(crate::assess::State::key);
            let words = |state: Option<crate::assess::State>| {
                state.map(|state| self.say(state.chinese(), state.key().replace('_', " ")))
            };
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
            Json::from(self.say(
            format!("不计分的目标（正文目标、完成值、力争值）另有{more}项判定改变，见diff.json。"),
            format!("Of what does not count for the score (prose, second tiers) {more} more verdicts changed: see diff.json."),
        ))
        } else {
            Json::Null
        };
        let title = self.say(
            format!("{}判定改变的指标", city.name),
            format!("{}: rows whose verdict changed", city.name),
        );
        let heads = [("序号", "no."), ("指标", "indicator"), ("改前", "before"), ("改后", "after")];
        let head = heads.map(|(chinese, english)| self.say(chinese, english));
        self.table(&title, None, json!(head), &rows, (Json::Null, note))
    }

    pub(super) fn of_city(&self, city: &CityDiff) -> Json {
        if city.is_unchanged() {
            let words = self.say(
                format!("{}得分、判定、完成率和名次没有变动。", city.name),
                format!("{}: score, verdicts, rate and place are what they were.", city.name),
            );
            return json!({ "name": city.name, "paragraphs": [words], "links": [], "verdicts": null });
        }
        let mut paragraphs: Vec<String> =
            city.scores.iter().map(|split| self.sentence(city, split)).collect();
        let pair = |[was, is]: &[Option<String>; 2]| match (was, is) {
            (Some(was), Some(is)) if was == is => self.say(format!("仍为{is}"), format!("still {is}")),
            (was, is) => format!("{} → {}", Teller::or_dash(was.as_ref()), Teller::or_dash(is.as_ref())),
        };
        let (rate, grade, ranks) = (pair(&city.rate), pair(&city.grade), self.teller.ranks(city));
        let (was, is) = (self.diff.before.cities, self.diff.after.cities);
        paragraphs.push(self.say(
            format!("完成率{rate}，等次{grade}，名次{ranks}（改前{was}个、改后{is}个参加评估）。"),
            format!("Rate {rate}, grade {grade}, place {ranks} (of {was} before, of {is} after)."),
        ));
        let links: Vec<Json> = city.scores.iter().filter_map(|split| self.links(city, split)).collect();
        json!({ "name": city.name, "paragraphs": paragraphs, "links": links, "verdicts": self.verdicts(city) })
    }

    /// What the figures changed for, counted.
    pub(super) fn causes(&self) -> Json {
        let row = |cause: Option<FigureCause>| {
            let own: Vec<&ChangedFigure> =
                self.diff.changes.iter().filter(|one| one.cause == cause).collect();
            let first = own.first()?;
            let (was, is) = (Teller::or_dash(first.was.as_ref()), Teller::or_dash(first.is.as_ref()));
            let example =
                format!("{} {was} → {is}{}", self.teller.title(&first.title), self.teller.origin(first));
            Some(
                json!({ "name": self.teller.cause(cause), "count": own.len().to_string(), "example": example }),
            )
        };
        let all = FigureCause::ALL.into_iter().map(Some).chain([None]);
        let rows: Vec<Json> = all.filter_map(row).collect();
        if rows.is_empty() {
            return Json::Null;
        }
        let note = self.say(
        "每个数字只记最先适用的一个原因，出自两边的推算台账；全部数字和来处见diff.json。",
        "Each figure has the first cause that applies, by the ledgers of both sides; diff.json has all of them with their origins.",
    );
        let title = self.say("变了的数字按原因", "Changed figures by cause");
        let heads = [("原因", "cause"), ("个数", "count"), ("例", "example")];
        let head = heads.map(|(chinese, english)| self.say(chinese, english));
        self.table(&title, None, json!(head), &rows, (Json::Null, note.into()))
    }
}

/// The key by which templates look up the mark of a verdict.
fn template_key(key: Option<&'static str>) -> Option<&'static str> {
    key.map(|key| if key == "behind_schedule" { "behind" } else { key })
}
