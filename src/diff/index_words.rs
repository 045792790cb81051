//! The words of the change of an index: for a terminal, and for a page.

use serde_json::{Value as Json, json};

use super::indices::{IndexDiff, IndexPart, IndexSplit, IndexUnsplit};
use super::page::printed;
use super::split::{RANGE_PLACES, ends, turns};
use super::told::Teller;
use crate::composite::IndexCause;
use crate::ledger::Exact;
use crate::mixture::Which;

/// Digits behind the point of an index and its parts.
const PLACES: u32 = 4;
/// The same in sentences.
const IN_WORDS: u32 = 1;

impl IndexPart {
    /// Whether the order of the links turns its sign, as far as that can be seen in print (＃).
    pub fn turns(&self) -> bool {
        turns(self.range.as_ref())
    }
}

fn cause(teller: &Teller, cause: IndexCause) -> String {
    match cause {
        IndexCause::Program => teller.say("程序", "program"),
        IndexCause::Method => teller.say("指标和方法", "indicators and methods"),
        IndexCause::Weights => teller.say("权重", "weights"),
        IndexCause::Peers => teller.say("其他城市", "the other cities"),
        IndexCause::Actuals => teller.say("本市实绩", "its own values"),
    }
}

/// That targets have no part in it.
fn targets(teller: &Teller) -> String {
    teller.say(
        "目标不进综合指数，目标的变动对它的影响恰为零",
        "targets do not enter the index: what only concerns them changes it by exactly nothing",
    )
}

fn why_not(teller: &Teller, name: &str, why: &IndexUnsplit) -> String {
    match why {
        IndexUnsplit::OnlyIn(Which::Before) => {
            teller.say(format!("{name}只有改前有，不作分解"), format!("{name}: only before; not split"))
        }
        IndexUnsplit::OnlyIn(Which::After) => {
            teller.say(format!("{name}只有改后有，不作分解"), format!("{name}: only after; not split"))
        }
        IndexUnsplit::Another(which, city, recorded, told) => {
            let digits = |number: &Option<Exact>| {
                number.as_ref().map_or_else(|| "—".to_owned(), |one| one.fixed(PLACES))
            };
            let (recorded, told) = (digits(recorded), digits(told));
            let (chinese, english) = match which {
                Which::Before => ("改前", "before"),
                Which::After => ("改后", "after"),
            };
            teller.say(
                format!("{name}不作分解：{chinese}记录的{city}为{recorded}，本程序由同样的输入算得{told}"),
                format!("{name}: not split: {english}, {city} is recorded with {recorded}, and this program comes to {told} from the same inputs"),
            )
        }
    }
}

fn place(teller: &Teller, rank: Option<usize>) -> String {
    rank.map_or_else(|| teller.say("不列位次", "unplaced"), |rank| rank.to_string())
}

fn range(teller: &Teller, link: &IndexPart) -> String {
    let Some((low, high)) = &link.range else { return "—".to_owned() };
    let (low, high) = (printed(low, RANGE_PLACES), printed(high, RANGE_PLACES));
    if low == high {
        return teller.say("不变", "the same");
    }
    teller.say(format!("{low}至{high}"), format!("{low} to {high}"))
}

/// Lines for a terminal.
pub(super) fn lines(teller: &Teller, index: &IndexDiff) -> Vec<String> {
    let name = &index.name;
    if let Some(why) = &index.why_not {
        return vec![why_not(teller, name, why)];
    }
    let mut lines = vec![format!("{name}{}{}", teller.say("　", "  "), targets(teller))];
    for split in &index.cities {
        lines.extend(of_city(teller, split));
    }
    lines
}

fn of_city(teller: &Teller, split: &IndexSplit) -> Vec<String> {
    let gap = teller.say("　", "  ");
    let digits = |number: &Option<Exact>| {
        number.as_ref().map_or_else(|| teller.say("没有", "none"), |number| number.fixed(PLACES))
    };
    let [was, is] = split.ranks.map(|rank| place(teller, rank));
    let change = split.change().map_or_else(String::new, |change| {
        let change = change.fixed(PLACES);
        teller.say(format!("　变动{change}"), format!("  change {change}"))
    });
    let (before, after) = (digits(&split.before), digits(&split.after));
    let ranks = teller.say(format!("位次{was} → {is}"), format!("place {was} → {is}"));
    let mut lines = vec![format!("{gap}{}{gap}{before} → {after}{change}{gap}{ranks}", split.name)];
    if split.is_broken {
        lines.push(
            teller.say(
                "　　其中一环没有得分，不能分解",
                "    there is no score in one of the links: not split",
            ),
        );
    }
    for link in &split.links {
        let (name, part, range) = (cause(teller, link.cause), link.part.fixed(PLACES), range(teller, link));
        let mark = if link.turns() { teller.say("＃", " #") } else { String::new() };
        lines.push(teller.say(
            format!("　　{name}　{part}{mark}（换序{range}）"),
            format!("    {name}  {part}{mark} (in other orders {range})"),
        ));
    }
    if let Some(change) = split.change().filter(|_| !split.links.is_empty()) {
        let change = change.fixed(PLACES);
        lines.push(teller.say(
            format!("　　合计　{change}（各部分以分数精确相加）"),
            format!("    total  {change} (parts add up exactly, as fractions)"),
        ));
    }
    lines
}

/// The paragraph on the index before the cities; nothing where there is nothing to say.
pub(super) fn paragraph(teller: &Teller, index: &IndexDiff) -> String {
    let words = match &index.why_not {
        Some(why) => why_not(teller, &index.name, why),
        None => targets(teller),
    };
    words + &teller.say("。", ".")
}

/// The sentence on a city.
pub(super) fn sentence(teller: &Teller, name: &str, split: &IndexSplit) -> String {
    let city = &split.name;
    let (Some(was), Some(is)) = (&split.before, &split.after) else {
        return teller.say(
            format!("{city}{name}有一方没有数，不作分解。"),
            format!("{city}, {name}: one side has none; not split."),
        );
    };
    let [place_was, place_is] = split.ranks.map(|rank| place(teller, rank));
    let (before, after) = (printed(was, IN_WORDS), printed(is, IN_WORDS));
    let way = if was == is {
        "仍为"
    } else if is > was {
        "升至"
    } else {
        "降至"
    };
    let whole = teller.say(
        format!("{city}{name}由{before}{way}{after}，位次{place_was} → {place_is}"),
        format!("{city}, {name}: {before} → {after}, place {place_was} → {place_is}"),
    );
    if split.is_broken {
        return teller.say(
            format!("{whole}；其中一环没有得分，不能分解。"),
            format!("{whole}; there is no score in one of the links, so that it cannot be split."),
        );
    }
    let told = split.links.iter().filter(|link| !link.part.is_zero());
    let told: Vec<String> = told
        .map(|link| {
            let sign = if link.part.is_positive() { "+" } else { "" };
            format!("{} {sign}{}", cause(teller, link.cause), printed(&link.part, RANGE_PLACES))
        })
        .collect();
    if told.is_empty() {
        return whole + &teller.say("。", ".");
    }
    let told = told.join(&teller.say("、", ", "));
    teller.say(format!("{whole}：{told}。"), format!("{whole}: {told}."))
}

/// The table of the links of a city; nothing where there are none.
pub(super) fn table(teller: &Teller, name: &str, split: &IndexSplit, years: (i32, i32)) -> Option<Json> {
    let (first, last, change) = (split.before.as_ref()?, split.after.as_ref()?, split.change()?);
    if split.links.is_empty() {
        return None;
    }
    let (was, is) = years;
    let start = if was == is {
        teller.say("改前", "before")
    } else {
        teller.say(format!("{was}年"), was.to_string())
    };
    let [place_was, place_is] = split.ranks.map(|rank| place(teller, rank));
    let row = |name: &str, score: &Exact, part: &str, range: &str, place: &str| json!({ "name": name, "score": printed(score, PLACES), "part": part, "range": range, "place": place, "rows": "" });
    let mut rows = vec![row(&start, first, "", "", &place_was)];
    for link in &split.links {
        let mark = if link.turns() { "＃" } else { "" };
        let name = format!("{}{mark}", cause(teller, link.cause));
        rows.push(row(&name, &link.after, &printed(&link.part, PLACES), &range(teller, link), ""));
    }
    let total = row(&teller.say("合计", "total"), last, &printed(&change, PLACES), "", &place_is);
    let turned = if split.links.iter().any(IndexPart::turns) {
        teller.say("＃：换一种次序，正负不同。", " #: of the other sign in another order.")
    } else {
        String::new()
    };
    let note = teller.say(
        format!("按程序、指标和方法、权重、其他城市、本市实绩的次序逐项替代，每一环都是实际算出的得分；没有影响的环节不列。其他城市：标准化所比的极值、平均等随之而变。各部分以分数精确相加，显示值修约一次。{turned}"),
        format!("Put in the place of one another in this order: program, indicators and methods, weights, the other cities, its own values. Every link is an index that was really computed; links that do nothing are left out. The other cities: the extremes and means that values are held against are theirs, too. The parts add up exactly, as fractions; what is shown is rounded once.{turned}"),
    );
    let title =
        teller.say(format!("{}{name}的变动", split.name), format!("{}: change of the {name}", split.name));
    let again = teller.say(format!("{title}（续）"), format!("{title} (continued)"));
    let heads = [
        ("替代", "link"),
        ("得分", "score"),
        ("影响", "part"),
        ("换序", "other orders"),
        ("位次", "place"),
        ("", ""),
    ];
    let head = heads.map(|(chinese, english)| teller.say(chinese, english));
    Some(json!({
        "title": title, "again": again, "unit": teller.say("分", "points"), "head": head, "rows": rows,
        "total": total, "note": note, "empty": null,
    }))
}

/// The same for programs.
pub(super) fn json(index: &IndexDiff) -> Json {
    let text = |exact: &Exact| exact.to_string();
    let link = |link: &IndexPart| {
        let (low, high) = ends(link.range.as_ref());
        json!({
            "cause": link.cause.key(), "before": text(&link.before), "after": text(&link.after), "part": text(&link.part),
            "low": low, "high": high, "turns": link.turns(),
        })
    };
    let city = |split: &IndexSplit| {
        json!({
            "city": split.city, "before": split.before.as_ref().map(text), "after": split.after.as_ref().map(text),
            "ranks": split.ranks, "links": split.links.iter().map(link).collect::<Vec<_>>(), "broken": split.is_broken,
        })
    };
    let not_split = index.why_not.as_ref().map(|why| match why {
        IndexUnsplit::OnlyIn(Which::Before) => "only_before",
        IndexUnsplit::OnlyIn(Which::After) => "only_after",
        IndexUnsplit::Another(Which::Before, ..) => "another_before",
        IndexUnsplit::Another(Which::After, ..) => "another_after",
    });
    json!({
        "name": index.name, "not_split": not_split, "targets": "0",
        "cities": index.cities.iter().map(city).collect::<Vec<_>>(),
    })
}
