//! Names of cities and units as people write them → those of the plan: with the province or the city in front, with a
//! stamp or a section in brackets behind, in full or in the usual short form. Only what the plan has is ever returned.

use super::text::name_key;
use crate::ident::UnitName;

/// Names of the provincial divisions (GB/T 2260), short; in full they end with one of [`PROVINCE_ENDS`].
const PROVINCES: [&str; 34] = [
    "北京",
    "天津",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "上海",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "重庆",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
    "台湾",
    "香港",
    "澳门",
];

const PROVINCE_ENDS: [&str; 8] =
    ["壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "特别行政区", "省", "市", ""];

/// What the words of full names are shortened to, longer ones first. Both sides of a comparison go through it, so that a
/// short form need not be the one that this city uses.
const SHORT_FORMS: [(&str, &str); 43] = [
    ("科学技术协会", "科协"),
    ("科学技术", "科技"),
    ("国民经济和社会发展", "发展"),
    ("发展和改革委员会", "发改委"),
    ("发展改革委员会", "发改委"),
    ("发展和改革委", "发改委"),
    ("发展改革委", "发改委"),
    ("发展和改革局", "发改局"),
    ("发展改革局", "发改局"),
    ("工业和信息化", "工信"),
    ("经济和信息化", "经信"),
    ("经济信息化", "经信"),
    ("人力资源和社会保障", "人社"),
    ("人力资源社会保障", "人社"),
    ("住房和城乡建设", "住建"),
    ("住房城乡建设", "住建"),
    ("市场监督管理", "市场监管"),
    ("国有资产监督管理委员会", "国资委"),
    ("卫生健康委员会", "卫健委"),
    ("卫生健康委", "卫健委"),
    ("卫生健康局", "卫健局"),
    ("文化旅游广电体育", "文旅广体"),
    ("文化广电旅游体育", "文旅广体"),
    ("文化和旅游", "文旅"),
    ("文化旅游", "文旅"),
    ("教育体育", "教体"),
    ("自然资源和规划", "资规"),
    ("农业和农村", "农业农村"),
    ("退役军人事务", "退役军人"),
    ("地方金融监督管理", "金融监管"),
    ("国家高新技术产业开发区", "高新区"),
    ("高新技术产业开发区", "高新区"),
    ("国家高新区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
    ("管理委员会", "管委会"),
    ("人民政府", "政府"),
    ("工商业联合会", "工商联"),
    ("共产主义青年团", "团"),
    ("国家税务总局", ""),
    ("税务总局", ""),
    ("办公室", "办"),
    ("委员会", "委"),
];

/// Whether a name is that of a city: its full or short name, or the full one without 市 or 县, with or without the
/// province and the city above it in front. `cities` are keys of names.
pub(super) fn is_city(name: &str, cities: &[String]) -> bool {
    let key = name_key(&unstamped(name));
    let key = key.strip_prefix("中华人民共和国").or_else(|| key.strip_prefix("中国")).unwrap_or(&key);
    let key = key.trim_start_matches(['·', '.', '-', '/', '、', ',', '・']);
    // 甲市(湖南省)
    let above = key.strip_suffix(')').and_then(|inner| inner.rsplit_once('('));
    let key = above.filter(|(name, above)| !name.is_empty() && is_above(above)).map_or(key, |(name, _)| name);
    let key = key.strip_suffix("人民政府").unwrap_or(key).to_owned();
    let bare = |city: &String| {
        let short = city.strip_suffix(['市', '县', '区']).filter(|short| short.chars().count() >= 2);
        key == *city || short == Some(key.as_str())
    };
    let below = |city: &String| key.strip_suffix(city.as_str()).is_some_and(is_above);
    let own = without_province(&key);
    let below_province = own != key && is_city(own, cities);
    cities.iter().any(|city| bare(city) || below(city)) || below_province
}

/// Whether what stands before a city's name is that of the places above it: `湖南省`, `湖南省湘潭市`, `湘西州`.
fn is_above(before: &str) -> bool {
    let before = without_province(before);
    before.is_empty()
        || ["市", "州", "盟", "地区"].iter().any(|end| {
            let name = before.strip_suffix(end).map_or(0, |name| name.chars().count());
            (2..=6).contains(&name) && !before.contains(['县', '区', '镇'])
        })
}

/// A name without the province in front and the mark between: `湖南省·湘潭` → `湘潭`.
fn without_province(key: &str) -> &str {
    for province in PROVINCES {
        let Some(rest) = key.strip_prefix(province) else { continue };
        for end in PROVINCE_ENDS {
            if let Some(rest) = rest.strip_prefix(end) {
                return rest.trim_start_matches(['·', '.', '-', '/', '、', ',', '・']);
            }
        }
    }
    key
}

/// What a seal or a signature is called in brackets beside a name.
const STAMPS: [&str; 20] = [
    "公章",
    "盖章",
    "签章",
    "加盖公章",
    "加盖单位公章",
    "单位公章",
    "单位盖章",
    "盖公章",
    "盖单位章",
    "单位章",
    "印章",
    "章",
    "代章",
    "签字",
    "签名",
    "签字盖章",
    "盖章签字",
    "手签",
    "签字或盖章",
    "公章处",
];

/// A name without seals in brackets, lines to write on, and stops behind it: `湘潭高新区（盖章）` → `湘潭高新区`.
pub(super) fn unstamped(text: &str) -> String {
    let is_edge = |c: char| c.is_whitespace() || "_＿:：。.;；,，、".contains(c);
    let mut text = text.trim_matches(is_edge);
    loop {
        let before = text;
        for (open, close) in [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】'), ('〔', '〕')] {
            let stamp = |inside: &str| {
                let bare: String = inside.chars().filter(|c| !c.is_whitespace()).collect();
                bare.is_empty() || STAMPS.contains(&bare.as_str())
            };
            if let Some(inner) = text.strip_suffix(close)
                && let Some((name, inside)) = inner.rsplit_once(open)
                && stamp(inside)
            {
                text = name.trim_matches(is_edge);
            }
            if let Some(inner) = text.strip_prefix(open)
                && let Some((inside, name)) = inner.split_once(close)
                && stamp(inside)
            {
                text = name.trim_matches(is_edge);
            }
        }
        if text == before {
            break;
        }
    }
    // 市科技局 盖章
    if let Some((name, stamp)) = text.rsplit_once(char::is_whitespace)
        && STAMPS.contains(&stamp)
    {
        text = name.trim_matches(is_edge);
    }
    text.to_owned()
}

/// A name without a seal that stands behind it without brackets, or before the name of a person: `统计局盖章`,
/// `统计局(章)张三`.
fn before_seal(name: &str) -> Option<&str> {
    let name = name.trim();
    let bare = STAMPS.iter().filter(|stamp| stamp.chars().count() > 1);
    let behind = bare.filter_map(|stamp| name.strip_suffix(stamp)).min_by_key(|rest| rest.len());
    let in_brackets = || {
        let open = name.find(['(', '（', '[', '【', '〔'])?;
        let (before, rest) = name.split_at(open);
        let close = rest.find([')', '）', ']', '】', '〕'])?;
        let inside: String = rest.get(..close)?.chars().skip(1).filter(|c| !c.is_whitespace()).collect();
        STAMPS.contains(&inside.as_str()).then_some(before)
    };
    behind.or_else(in_brackets).map(str::trim).filter(|name| !name.is_empty())
}

/// Keys under which a unit may be known, the likeliest first.
fn candidates(name: &str, cities: &[String]) -> Vec<String> {
    let key = name_key(&unstamped(name));
    let mut found = vec![key.clone()];
    let own = without_province(&key).to_owned();
    let bare = |key: &str| {
        let stripped = cities.iter().filter_map(|city| key.strip_prefix(city.as_str()));
        let stripped = stripped.map(|rest| rest.trim_start_matches(['·', '-', '/', ',', '、']).to_owned());
        stripped.filter(|rest| !rest.is_empty()).collect::<Vec<_>>()
    };
    let sealed: Vec<String> = before_seal(name).map(name_key).into_iter().collect();
    for base in [key, own].into_iter().chain(sealed) {
        for bare in bare(&base) {
            found.push(bare.clone());
            found.push(format!("市{bare}"));
        }
        found.push(base);
    }
    let sections: Vec<String> = found
        .iter()
        .filter_map(|key| key.strip_suffix(')')?.rsplit_once('(').map(|(name, _)| name.to_owned()))
        .filter(|name| !name.is_empty())
        .collect();
    found.extend(sections);
    let mut seen: Vec<String> = Vec::new();
    found.retain(|key| {
        let is_new = !seen.contains(key);
        seen.push(key.clone());
        is_new
    });
    found
}

/// A key in short forms, without the city in front and without 市.
fn shortened(key: &str, cities: &[String]) -> String {
    let mut key = key.to_owned();
    for (full, short) in SHORT_FORMS {
        if key.contains(full) {
            key = key.replace(full, short);
        }
    }
    let city = cities.iter().filter_map(|city| key.strip_prefix(city.as_str())).find(|rest| !rest.is_empty());
    let rest = city.unwrap_or(&key);
    let rest = rest.strip_prefix('市').filter(|rest| rest.chars().count() >= 3).unwrap_or(rest);
    rest.to_owned()
}

/// A unit under one of the keys by which it is known.
#[derive(Debug, Clone)]
pub(super) struct UnitKey {
    key: String,
    /// The key in short forms.
    short: String,
    /// Its name in the plan.
    unit: UnitName,
}

impl UnitKey {
    pub(super) fn new(key: String, unit: UnitName, cities: &[String]) -> Self {
        Self { short: shortened(&key, cities), key, unit }
    }
}

/// The unit that a name means, of units each known under several keys: as it is, else in short forms, if just one unit
/// has that form.
pub(super) fn unit<'a>(name: &str, known: &'a [UnitKey], cities: &[String]) -> Option<&'a UnitName> {
    let candidates = candidates(name, cities);
    let exact = candidates.iter().find_map(|key| known.iter().find(|own| own.key == *key));
    if let Some(UnitKey { unit, .. }) = exact {
        return Some(unit);
    }
    candidates.iter().find_map(|key| {
        let short = shortened(without_province(key), cities);
        let same = known.iter().filter(|own| own.short == short);
        let mut same = same.map(|own| &own.unit);
        let first = same.next()?;
        same.all(|unit| unit == first).then_some(first)
    })
}

/// The units whose names stand in a text such as a file's name. A name within a longer one of another unit does not count.
pub(super) fn units_in<'a>(text: &str, known: &'a [UnitKey], cities: &[String]) -> Vec<&'a UnitName> {
    let text = shortened(&name_key(text), cities);
    let is_telling = |form: &str| form.chars().count() >= 3;
    let here: Vec<(&str, &UnitName)> = known
        .iter()
        .filter(|own| is_telling(&own.short) && text.contains(own.short.as_str()))
        .map(|own| (own.short.as_str(), &own.unit))
        .collect();
    let mut found: Vec<&UnitName> = Vec::new();
    for (form, unit) in &here {
        let within =
            |(other, of): &(&str, &UnitName)| of != unit && other.len() > form.len() && other.contains(form);
        if !here.iter().any(within) && !found.contains(unit) {
            found.push(unit);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNITS: [(&str, &str); 7] = [
        ("市科技局", "市科技局"),
        ("市统计局", "市统计局"),
        ("市发改委", "市发改委"),
        ("市发展改革委", "市发改委"),
        ("湘潭高新区", "湘潭高新区"),
        ("湘潭高新区管委会", "湘潭高新区"),
        ("市卫健委", "市卫健委"),
    ];

    fn known() -> Vec<UnitKey> {
        let known = |(key, unit): &(&str, &str)| UnitKey::new((*key).to_owned(), (*unit).into(), &cities());
        UNITS.iter().map(known).collect()
    }

    fn cities() -> [String; 2] {
        ["湘潭市".to_owned(), "湘潭".to_owned()]
    }

    #[test]
    fn units_are_known_by_their_full_names_with_places_in_front_and_seals_behind() {
        for (name, expected) in [
            ("市科技局", Some("市科技局")),
            ("湘潭市科技局", Some("市科技局")),
            ("湖南省湘潭市科技局", Some("市科技局")),
            ("湘潭市科学技术局（公章）", Some("市科技局")),
            ("科技局", Some("市科技局")),
            ("市科技局 （盖 章）", Some("市科技局")),
            ("市科技局 盖章", Some("市科技局")),
            ("（盖章）市科技局", Some("市科技局")),
            ("市科技局盖章", Some("市科技局")),
            ("湘潭市科技局公章", Some("市科技局")),
            ("科技局（章）张三", Some("市科技局")),
            ("市科技局（盖章） 2024年1月10日", Some("市科技局")),
            ("___市科技局____", Some("市科技局")),
            ("市科技局（规划财务科）", Some("市科技局")),
            ("湘潭高新区（盖章）", Some("湘潭高新区")),
            ("湘潭高新技术产业开发区管理委员会", Some("湘潭高新区")),
            ("湘潭市发展和改革委员会", Some("市发改委")),
            ("湘潭市卫生健康委员会〔签章〕", Some("市卫健委")),
            ("市科技局、市统计局", None),
            ("株洲市科技局", None),
            ("市科协", None),
            ("湘潭市", None),
            ("", None),
        ] {
            assert_eq!(unit(name, &known(), &cities()).map(UnitName::as_str), expected, "{name}");
        }
    }

    #[test]
    fn cities_are_known_with_the_province_in_front() {
        for (name, expected) in [
            ("湘潭市", true),
            ("湘潭", true),
            ("湖南省湘潭市", true),
            ("湖南省·湘潭", true),
            ("湖南湘潭", true),
            ("湖南省 湘潭市", true),
            ("湘潭市（盖章）", true),
            ("湘潭市（湖南省）", true),
            ("湘潭（湖南）", true),
            ("中国湖南湘潭市", true),
            ("中国·湖南·湘潭", true),
            ("湘潭市（岳塘区）", false),
            ("株洲市（湖南省）", false),
            ("湘潭市人民政府", true),
            ("株洲市", false),
            ("湘潭市岳塘区", false),
            ("湖南省株洲市", false),
            ("湖南省", false),
        ] {
            assert_eq!(is_city(name, &cities()), expected, "{name}");
        }
        let county = ["湘潭县".to_owned(), "湘潭县".to_owned()];
        assert!(is_city("湖南省湘潭市湘潭县", &county));
        assert!(!is_city("湖南省湘潭市", &county));
    }

    #[test]
    fn a_file_name_tells_a_unit_when_it_names_one() {
        for (name, expected) in [
            ("市科技局_年报_v2", &["市科技局"][..]),
            ("2023年湘潭高新区年报", &["湘潭高新区"]),
            ("湘潭市科学技术局报表", &["市科技局"]),
            ("市科技局、市统计局", &["市科技局", "市统计局"]),
            ("年报", &[]),
        ] {
            assert_eq!(units_in(name, &known(), &cities()), expected, "{name}");
        }
    }
}
