//! Names of areas in a text, and words for a part of the whole: 湘乡市, 湘潭县 (not the city of 湘潭), 规上工业企业, 不含韶山市.

use super::headings::{Heading, Setting};
use super::index::Index;
use super::period::period;
use super::text::name_key;
use crate::ident::UnitName;

/// What areas have at the end of their names.
const ENDS: [char; 9] = ['省', '市', '县', '区', '州', '旗', '盟', '镇', '乡'];

/// Ends of words that look like names of areas and are none.
const NO_AREAS: [&str; 32] = [
    "城市",
    "上市",
    "都市",
    "股市",
    "超市",
    "夜市",
    "楼市",
    "入市",
    "全市",
    "本市",
    "各市",
    "县市",
    "示范区",
    "试验区",
    "实验区",
    "先行区",
    "地区",
    "社区",
    "小区",
    "山区",
    "灾区",
    "校区",
    "景区",
    "林区",
    "矿区",
    "库区",
    "各县",
    "联盟",
    "加盟",
    "城乡",
    "返乡",
    "城镇",
];

/// Names of kinds of areas.
const KINDS: [char; 6] = ['型', '类', '级', '示', '全', '各'];

/// Words for a part of the whole.
const NARROW: [&str; 32] = [
    "其他城市",
    "其他地区",
    "对标城市",
    "同类城市",
    "兄弟城市",
    "外市",
    "规模以上",
    "规模以下",
    "限额以上",
    "限额以下",
    "规上",
    "规下",
    "限上",
    "限下",
    "城镇",
    "农村",
    "市本级",
    "本级",
    "市辖区",
    "市区",
    "城区",
    "园区内",
    "园区",
    "县域",
    "国有",
    "民营",
    "私营",
    "外资",
    "东部",
    "中部",
    "西部",
    "其中",
];

/// What the parts are parts of.
const GROUPS: [&str; 22] = [
    "工业企业",
    "服务业企业",
    "居民",
    "企业",
    "工业",
    "服务业",
    "制造业",
    "建筑业",
    "单位",
    "部分",
    "人口",
    "家庭",
    "住户",
    "经济",
    "法人",
    "控股",
    "口径",
    "数据",
    "范围",
    "情况",
    "数",
    "的",
];

/// Branches of the economy (GB/T 4754), as they head parts of a whole.
const SECTORS: [&str; 16] = [
    "工业",
    "制造业",
    "高技术制造业",
    "装备制造业",
    "服务业",
    "现代服务业",
    "农业",
    "建筑业",
    "采矿业",
    "房地产业",
    "金融业",
    "批发零售业",
    "第一产业",
    "第二产业",
    "第三产业",
    "种植业",
];

/// What is left out of figures by their usual definition.
const LEFT_OUT: [&str; 8] = ["税", "价格", "物价", "农户", "利息", "折旧", "重复", "通胀"];

const WITHOUT: [&str; 9] = ["不含", "不包括", "不包含", "未含", "未包括", "未包含", "剔除", "扣除", "除去"];

/// What places a text names.
pub(super) struct Places {
    /// The text with the city as 全市.
    pub(super) rest: String,
    /// The city is named.
    pub(super) here: bool,
    /// Another area is named.
    pub(super) is_outside: bool,
    areas: Vec<String>,
    short: Vec<String>,
}

impl Places {
    /// The places in a key. Those that all of the `own` names, or that of the unit, contain are no other ones.
    pub(super) fn of(key: &str, index: &Index<'_>, unit: Option<&UnitName>, own: &[&str]) -> Self {
        let mut cities: Vec<&String> = index.cities().iter().filter(|city| !city.is_empty()).collect();
        cities.sort_by_key(|city| std::cmp::Reverse(city.len()));
        let mut rest = key.to_owned();
        let mut short = Vec::new();
        let mut here = false;
        for city in cities {
            if city.ends_with(ENDS) {
                here |= rest.contains(city.as_str());
                let urban = city.ends_with('市') && rest.contains(&format!("{city}区"));
                rest = if urban {
                    rest.replace(&format!("{city}区"), "全市市区")
                } else {
                    rest.replace(city.as_str(), "全市")
                };
            } else {
                short.push(city.clone());
            }
        }
        rest = without_places_above(&rest);
        let heading = Heading::of(&rest, Setting { city: &[] });
        here |= heading.here;
        let parts = heading.areas.iter().chain(&heading.unknown);
        here |= parts.clone().any(|part| short.contains(part));
        let areas: Vec<String> = parts.filter_map(|part| area_in(part)).collect();
        let is_own = |area: &String| {
            let key = if area.ends_with("园区") { "园区" } else { area.as_str() };
            unit.is_some_and(|unit| name_key(unit.as_str()).contains(key) || index.unit(area) == Some(unit))
                || (!own.is_empty() && own.iter().all(|own| name_key(own).contains(key)))
        };
        let is_above = |area: &String| here && (area.ends_with('省') || area.ends_with("自治区"));
        let is_outside = areas.iter().any(|area| !is_own(area) && !is_above(area));
        Self { rest, here, is_outside, areas, short }
    }

    /// Whether a part that is no known word is the name of a place.
    pub(super) fn is_place(&self, part: &str) -> bool {
        self.short.iter().any(|city| city == part) || self.areas.iter().any(|area| area == part)
    }
}

/// A text without the province, and the city above, in front of the city: 湖南省全市 → 全市.
fn without_places_above(text: &str) -> String {
    let Some(at) = text.find("全市") else { return text.to_owned() };
    let (before, behind) = text.split_at(at);
    if !before.ends_with(['省', '市', '州']) && !before.ends_with("自治区") {
        return text.to_owned();
    }
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| !c.is_ascii() && !"年度()：，、".contains(*c))
        .take(12)
        .last()
        .map_or(at, |(at, _)| at);
    format!("{}{behind}", before.get(..start).unwrap_or_default())
}

/// The name of an area that a part which is no known word is, or begins with: `湘潭县`, `高新区创新` → `高新区`.
fn area_in(part: &str) -> Option<String> {
    let characters: Vec<char> = part.chars().collect();
    let is_named = |name: &str| {
        let length = name.chars().count();
        (2..=12).contains(&length)
            && !NO_AREAS.iter().any(|end| name.ends_with(end))
            && !name.contains(KINDS)
            && !name.contains("创新区")
    };
    if characters.last().is_some_and(|last| ENDS.contains(last)) && is_named(part) {
        let length = characters.len();
        let is_zone = ["开发区", "高新区", "经开区", "园区"].iter().any(|end| part.ends_with(end));
        return (length <= 6 || is_zone).then(|| part.to_owned());
    }
    // Behind the name other words may follow; 县, 区 and 市 are characters of ordinary words too.
    let at = (2..characters.len().min(7)).find(|at| {
        let c = characters.get(*at).copied().unwrap_or(' ');
        let next = characters.get(at + 1).copied().unwrap_or(' ');
        let name: String = characters.iter().take(at + 1).collect();
        let goes_on = match c {
            '区' => !"域划间块位".contains(next),
            '县' => !"域级市区".contains(next),
            '市' => !"场值级民公县区政委".contains(next),
            '省' => !"级内".contains(next),
            _ => false,
        };
        matches!(c, '区' | '县' | '市' | '省') && goes_on && is_named(&name)
    })?;
    Some(characters.iter().take(at + 1).collect())
}

/// Whether a text consists of words for a part of the whole, with what it is a part of. What the row's own name says is none.
pub(super) fn narrows(key: &str, own: &[&str]) -> bool {
    let bare = key.trim_matches(['(', ')', ':', '.']);
    let mut rest = bare;
    let mut found = Vec::new();
    while !rest.is_empty() {
        if let Some((word, after)) = NARROW.iter().find_map(|word| Some((*word, rest.strip_prefix(word)?))) {
            found.push(word);
            rest = after;
        } else if let Some(after) = GROUPS.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = after;
        } else {
            return false;
        }
    }
    let same = |text: &str| name_key(text).replace("规模以上", "规上").replace("规模以下", "规下");
    let is_own = |word: &&str| !own.is_empty() && own.iter().all(|own| same(own).contains(&same(word)));
    found.iter().any(|word| !is_own(word) && *word != "其中")
        || (found == ["其中"] && bare.len() > "其中".len())
}

/// Whether a text is the name of a branch. A number in front (一、工业) makes it the name of a group of rows.
pub(super) fn sector(key: &str, own: &[&str]) -> bool {
    let is_own = own.iter().any(|own| name_key(own).contains(key));
    SECTORS.contains(&key) && !is_own
}

/// Whether something is left out of the whole, and whether that has the name of an area, of a part or of a period.
pub(super) fn excludes(key: &str, index: &Index<'_>, unit: Option<&UnitName>, own: &[&str]) -> Option<bool> {
    let behind = WITHOUT.iter().find_map(|word| key.split_once(word)).map(|(_, behind)| behind);
    let except = || key.split_once('除')?.1.split_once('外').map(|(inside, _)| inside);
    let object = behind.or_else(except)?;
    let object = object.split([',', ';', ')', '.', '。', '，']).next().unwrap_or_default();
    let is_usual = object.is_empty()
        || LEFT_OUT.iter().any(|word| object.contains(word))
        || own.iter().any(|own| name_key(own).contains(key));
    if is_usual {
        return None;
    }
    let places = Places::of(object, index, unit, &[]);
    let is_part = NARROW.iter().any(|word| object.starts_with(word))
        || ["县", "区县", "市州"].iter().any(|word| object.starts_with(word));
    Some(places.is_outside || is_part || period(object).is_some())
}
