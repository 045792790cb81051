//! What kind of target a quantity of a clause is, and how a value is held against it.

use super::lexicon::{ADDING, NEW_OR_ALL, NumberTail, WordSense};
use super::names::sounds_lower;
use super::numbers::MeasuredNumber;
use super::passage::{beginning, ending, holds};
use super::{OpenFields, OpenReason};
use crate::plan::Direction;

/// What a clause says around a quantity.
pub(super) struct Around<'a> {
    /// The name of what is measured.
    pub(super) name: &'a str,
    /// What stands before the quantity in its piece.
    pub(super) before: &'a str,
    /// 每年 holds.
    pub(super) is_yearly: bool,
    /// 新增 stands before an earlier piece of the list.
    pub(super) adds: bool,
    /// Growth on a year that is named.
    pub(super) base_year: Option<i32>,
}

/// Words of growth in a name.
const GROWING: &[&str] = &["增长", "增速", "增幅", "涨幅"];
/// Ends of names of shares, whose growth in percent and in percentage points are easily confused.
const SHARES: &[&str] = &["比重", "占比", "比例", "率", "比值", "份额", "强度"];
/// Words that say that places are meant where 位 is the unit.
const PLACES: &[&str] = &["排名", "位次", "全国", "全省", "全市", "全州", "全球", "世界", "列", "居", "第"];

/// Words of places gained.
const MOVING_UP: &[&str] = &["进位", "晋位", "升位", "前移", "前进", "上升"];

/// The kind, as plan files write it.
pub(super) fn kind(quantity: &MeasuredNumber, around: &Around, open: &mut OpenFields) -> &'static str {
    let sense = quantity.before.map(|(_, sense)| sense);
    let grows = sense == Some(WordSense::Grow) || holds(around.before, GROWING);
    let falls = sense == Some(WordSense::Fall)
        || ending(around.before, &["降幅", "降低率", "下降率", "减少率"]).is_some();
    let of_share = ending(around.name, SHARES).is_some() || holds(around.before, &["比重", "占比"]);
    match quantity.unit.as_str() {
        "%" | "‰" if quantity.high.is_none() && (grows || falls) => {
            let is_mean = around.before.contains("年均") || around.before.contains("年平均");
            if falls {
                open.chosen("kind", OpenReason::WhichKind);
                open.chosen("op", OpenReason::WhichWay);
            }
            if of_share {
                open.chosen("kind", OpenReason::WhichKind);
            }
            if let Some(base) = around.base_year {
                open.chosen("kind", OpenReason::GrowthOn);
                let _ = base;
            }
            if is_mean { "average_growth" } else { "growth" }
        }
        "百分点" => {
            open.chosen("kind", OpenReason::WhichKind);
            "increment"
        }
        "位" if sense == Some(WordSense::Grow) || ending(around.before, MOVING_UP).is_some() => {
            "rank_change"
        }
        "位" | "名"
            if around.before.ends_with('前') || (quantity.unit == "位" && holds(around.before, PLACES)) =>
        {
            "rank"
        }
        _ => counted(quantity, around, (grows, falls), open),
    }
}

fn counted(
    quantity: &MeasuredNumber,
    around: &Around,
    (grows, falls): (bool, bool),
    open: &mut OpenFields,
) -> &'static str {
    if quantity.high.is_some() {
        return "range";
    }
    let adding = holds(around.before, ADDING)
        || around.adds
        || around.before.ends_with("上市")
        || (around.is_yearly && around.before.contains("组建"));
    if falls || grows {
        open.chosen("kind", OpenReason::WhichKind);
    }
    let is_sum = holds(around.before, &["累计", "五年", "三年", "期间"]);
    if is_sum && (adding || grows) {
        open.chosen("kind", OpenReason::Cumulative);
    }
    if adding || grows {
        return "increment";
    }
    if ending(around.name, &["入库", "入规", "达标"]).is_some() {
        open.chosen("kind", OpenReason::NewOrAll);
    }
    if beginning(around.name, NEW_OR_ALL).is_some() {
        open.chosen("kind", OpenReason::NewOrAll);
    }
    if is_sum {
        open.chosen("kind", OpenReason::Cumulative);
    }
    "level"
}

/// The operator, as plan files write it, and whether less is better.
pub(super) fn operator(
    quantity: &MeasuredNumber,
    kind: &str,
    name: &str,
    known: Option<Direction>,
    open: &mut OpenFields,
) -> (Option<&'static str>, bool) {
    let sense = quantity.before.map(|(_, sense)| sense);
    if matches!(kind, "range") {
        let lower = known == Some(Direction::Lower) || (known.is_none() && sounds_lower(name));
        if lower && known.is_none() {
            open.chosen("direction", OpenReason::LessIsBetter);
        }
        return (None, lower);
    }
    let says_less = matches!(sense, Some(WordSense::Most | WordSense::Less | WordSense::FallTo))
        || quantity.behind == Some(NumberTail::Most);
    let says_more = matches!(sense, Some(WordSense::Least | WordSense::More | WordSense::Surpass))
        || quantity.behind == Some(NumberTail::Least);
    let of_change = matches!(kind, "growth" | "average_growth" | "increment" | "rank_change");
    let name_says = sounds_lower(name) && !of_change;
    let lower = match known {
        Some(Direction::Lower) => true,
        Some(Direction::Higher) => false,
        _ => (says_less || name_says || kind == "rank") && !says_more,
    };
    let goes_against = if lower { says_more } else { says_less };
    if of_change && known.is_none() && sounds_lower(name) && sense != Some(WordSense::Fall) {
        open.chosen("direction", OpenReason::WhichWay);
    }
    if goes_against {
        open.chosen("op", OpenReason::Opposite);
    } else if known.is_none() && name_says && !says_less {
        open.chosen("op", OpenReason::LessIsBetter);
        open.chosen("direction", OpenReason::LessIsBetter);
    }
    if sense == Some(WordSense::Keep) && kind != "rank" {
        open.chosen("op", OpenReason::WhichWay);
    }
    let operator = match (quantity.behind, sense) {
        (Some(NumberTail::About), _) => {
            open.chosen("tolerance", OpenReason::About);
            "~"
        }
        (_, Some(WordSense::Surpass)) => "surpass",
        (_, Some(WordSense::More)) if !lower => ">",
        (_, Some(WordSense::Less)) => "<",
        _ if lower => "<=",
        (Some(NumberTail::Over), _) => {
            open.chosen("op", OpenReason::WhichWay);
            ">="
        }
        _ if says_less => "<=",
        _ => ">=",
    };
    (Some(operator), lower)
}
