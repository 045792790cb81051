//! The head of a plan: title, number, place, years, office.

use super::numbers::{Numeral, numerals};
use super::passage::{Passage, ending, holds, plain};
use super::sections::{SectionHeading, SourceText, heading};
use super::{DraftHead, OpenFields, OpenReason};

/// Lines at the beginning in which title and number are looked for.
const BEGINNING: usize = 30;
/// What parts of documents are called.
const EXCERPTS: [&str; 3] = ["节录", "摘录", "节选"];
/// Last words of titles.
const TITLES: &[&str] =
    &["方案", "计划", "规划", "规划纲要", "纲要", "行动", "意见", "要点", "清单", "任务书", "目标任务"];

/// The head; `row_years` are those for which its rows have targets.
pub(super) fn head(document: &SourceText, row_years: &[i32]) -> DraftHead {
    let mut open = OpenFields::default();
    let title = title(document);
    let years = years(document, title.as_deref().and_then(span), row_years, &mut open);
    let name = place(document, title.as_deref());
    let short = name
        .as_deref()
        .map(|name| name.trim_end_matches(|c| PLACES.iter().any(|(end, _)| *end == c)).to_owned());
    let level = name.as_deref().and_then(level);
    let office = office(document);
    let (issuer, issued_on) = issue(document);
    for (field, is_found) in [
        ("title", title.is_some()),
        ("name", name.is_some()),
        ("level", level.is_some()),
        ("office", office.is_some()),
        ("issuer", issuer.is_some()),
        ("issued_on", issued_on.is_some()),
    ] {
        if is_found {
            open.chosen(field, OpenReason::FromPlace);
        } else {
            open.missing(field, OpenReason::NotSaid);
        }
    }
    if short.is_some() {
        open.chosen("short", OpenReason::FromPlace);
    }
    DraftHead {
        issuer,
        issued_on,
        document_no: document_no(document),
        title,
        name,
        short,
        level,
        office,
        years,
        open,
        ..DraftHead::default()
    }
}

/// The years of the plan: those of its rows, all of a title's span, else the last that the beginning names.
fn years(
    document: &SourceText,
    span: Option<(i32, i32)>,
    row_years: &[i32],
    open: &mut OpenFields,
) -> Vec<i32> {
    let mut years = row_years.to_vec();
    // A plan of several years that prints the last only holds in all of them.
    let several = span.filter(|(first, last)| first < last || row_years.is_empty());
    years.extend(several.into_iter().flat_map(|(first, last)| first..=last));
    if years.is_empty() {
        years.extend(named_years(document).last());
    }
    years.sort_unstable();
    years.dedup();
    if years.is_empty() {
        open.missing("years", OpenReason::NotSaid);
    } else if years != row_years {
        open.chosen("years", OpenReason::FromPlace);
    }
    years
}

/// The first and last year that targets are set for, by the title, else by the only year of a table's.
pub(super) fn span_of(document: &SourceText) -> Option<(i32, i32)> {
    title(document).as_deref().and_then(span).or_else(|| by_captions(document))
}

/// The year of the titles of tables, where it is one: 附表 2023年任务分解表.
fn by_captions(document: &SourceText) -> Option<(i32, i32)> {
    let is_caption = |text: &str| text.chars().count() <= 40 && text.ends_with('表');
    let captions =
        (1..=document.length()).map(|number| document.plain(number)).filter(|text| is_caption(text));
    let mut found: Vec<(i32, i32)> = captions.filter_map(span).collect();
    found.dedup();
    found.first().copied().filter(|_| found.len() == 1)
}

/// Five-year plans by the words of titles, with their first and last years.
const SPANS: [(&str, (i32, i32)); 6] = [
    ("十三五", (2016, 2020)),
    ("十四五", (2021, 2025)),
    ("十五五", (2026, 2030)),
    ("第十三个五年", (2016, 2020)),
    ("第十四个五年", (2021, 2025)),
    ("第十五个五年", (2026, 2030)),
];

/// First and last year of a title such as 行动计划（2022—2024年）, of its period, or its single year. A year of a vision (2035年远景目标)
/// is none.
fn span(title: &str) -> Option<(i32, i32)> {
    let years: Vec<(i32, i32)> = numerals(title)
        .into_iter()
        .filter_map(|one| if let Numeral::Year(at, last) = one { Some((at, last)) } else { None })
        .filter(|(at, _)| !title.get(at.end..).unwrap_or_default().starts_with("远景"))
        .filter_map(|(at, last)| Some((title.get(at.start..at.start + 4)?.parse().ok()?, last)))
        .collect();
    let range = years.iter().find(|(first, last)| first < last).copied();
    let period = || SPANS.iter().find(|(period, _)| title.contains(period)).map(|(_, years)| *years);
    range.or_else(period).or_else(|| years.first().copied())
}

fn named_years(document: &SourceText) -> Vec<i32> {
    let mut years: Vec<i32> = (1..=BEGINNING.min(10))
        .flat_map(|number| numerals(document.plain(number)))
        .filter_map(|one| if let Numeral::Year(_, year) = one { Some(year) } else { None })
        .collect();
    years.sort_unstable();
    years
}

/// The title in 《》, or the first line that ends like one.
fn title(document: &SourceText) -> Option<String> {
    let lines = || (1..=BEGINNING.min(document.length())).filter_map(|number| document.passage(number));
    let text: String = lines().map(Passage::printed).collect();
    let quoted = text.split('《').skip(1).filter_map(|rest| rest.split_once('》')).map(|(title, _)| title);
    let is_title = |title: &str| ending(bare(title), TITLES).is_some();
    let own =
        |title: &&str| is_title(title) && !holds(title, &["中华人民共和国", "国务院", "省委", "中共中央"]);
    let printed: Vec<String> = lines()
        .map(Passage::printed)
        .filter(|line| {
            let length = line.chars().count();
            (6..=50).contains(&length)
                && is_title(line)
                && heading(&plain(line)) == SectionHeading::None
                && !line.contains(['《', '。', '，', ','])
        })
        .collect();
    // 示例方案 and the like say neither where nor when.
    let says = |line: &&String| span(line).is_some() || line.contains(PLACES.map(|(end, _)| end));
    let printed = printed.iter().find(says).or(printed.first()).cloned();
    let first_quoted =
        quoted.clone().find(own).or_else(|| quoted.clone().find(|title| is_title(title))).map(str::to_owned);
    let issued = quoted.clone().find(|title| {
        is_title(title)
            && ["印发《", "现将《", "发布《"].iter().any(|word| text.contains(&[*word, title].concat()))
    });
    let table = || {
        let is_table = |line: &String| line.ends_with('表') && span(line).is_some() && says(&line);
        lines().map(Passage::printed).find(|line| is_table(line) && line.chars().count() <= 50)
    };
    let found = issued.map(str::to_owned).or(printed).or(first_quoted).or_else(table)?;
    let title = found.split_once("印发").map(|(_, behind)| behind.to_owned()).unwrap_or(found);
    let title = title.split_once("关于下达").map(|(_, behind)| behind.to_owned()).unwrap_or(title);
    let title = title.trim_end_matches("的通知");
    let of_it = |line: &String| line.split_once(title).is_some_and(|(_, behind)| is_excerpt(behind));
    let is_excerpt = lines().map(Passage::printed).any(|line| of_it(&line));
    Some(if is_excerpt { format!("{title}（节录）") } else { title.to_owned() })
}

/// Whether what stands behind a title ends by saying that only a part of the document follows: 》（某政发〔2023〕8号）节录.
fn is_excerpt(behind: &str) -> bool {
    let end = behind.trim_end_matches([')', '）', '。', ' ', '　']);
    EXCERPTS.iter().any(|word| end.ends_with(word))
}

/// A title without the years in brackets at its end.
fn bare(title: &str) -> &str {
    let title = title.trim_end_matches("的通知");
    match title.rsplit_once(['(', '（']) {
        Some((head, inside)) if inside.ends_with([')', '）']) => head,
        _ => title,
    }
}

/// 潭政办发〔2023〕12号.
fn document_no(document: &SourceText) -> Option<String> {
    for number in 1..=BEGINNING.min(document.length()) {
        let Some(passage) = document.passage(number) else { continue };
        let text = passage.printed();
        // Documents that are cited stand in sentences.
        if text.contains("根据")
            || text.contains("按照")
            || text.contains("《") && text.chars().count() > 80 && !text.contains("文号")
        {
            continue;
        }
        for (at, _) in text.match_indices('〔') {
            let head = text.get(..at).unwrap_or_default();
            let behind = text.get(at..).unwrap_or_default();
            let Some((year, number)) = behind.split_once('〕') else { continue };
            let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
            let is_number =
                !digits.is_empty() && number.get(digits.len()..).is_some_and(|rest| rest.starts_with('号'));
            let office: String =
                head.chars().rev().take_while(|c| !": ：|]】（(".contains(*c)).take(8).collect();
            let office: String = office.chars().rev().collect();
            if is_number && !office.is_empty() {
                return Some(format!("{office}{year}〕{digits}号"));
            }
        }
    }
    None
}

/// Longest line that says who issued a document on which day, in characters.
const LONGEST_ISSUE: usize = 80;

/// Who issued the document and when: 云泽市人民政府 2023年2月20日印发, the day below the name, or behind the number of the document.
fn issue(document: &SourceText) -> (Option<String>, Option<(i32, u32, u32)>) {
    for number in 1..=document.length() {
        let text = document.plain(number);
        let found = days(text);
        let [(end, day)] = found.as_slice() else { continue };
        let behind = text.get(*end..).unwrap_or_default();
        let begin = text.get(..*end).and_then(|head| head.rfind(&day.0.to_string())).unwrap_or(0);
        let head = text.get(..begin).unwrap_or_default();
        let is_issue = matches!(behind, "" | "印发" | "发布" | "公布" | "印发)" | ")" | "印发。")
            || (behind.starts_with(')') && head.contains('号'));
        if !is_issue || text.chars().count() > LONGEST_ISSUE {
            continue;
        }
        let head = head.trim_start_matches("来源:");
        let named = head.split(['《', '(', ',']).next().unwrap_or_default();
        let above = (1..number).rev().map(|above| document.plain(above)).find(|above| !above.is_empty());
        let issuer = [named, above.unwrap_or_default()].into_iter().find(|name| super::units::is_body(name));
        return (issuer.map(str::to_owned), Some(*day));
    }
    (None, None)
}

/// Endings of names of places.
const PLACES: [(char, &str); 5] =
    [('省', "province"), ('市', "city"), ('州', "city"), ('县', "county"), ('区', "county")];

/// The place: at the beginning of the title, before 人民政府, or the one that is named most.
fn place(document: &SourceText, title: Option<&str>) -> Option<String> {
    if title.is_some_and(|title| title.starts_with("中华人民共和国") || title.starts_with("全国")) {
        return Some(NATION.to_owned());
    }
    let by_title = title.and_then(|title| {
        let found =
            title.char_indices().take(6).skip(1).find(|(_, c)| PLACES.iter().any(|(end, _)| end == c));
        let (at, c) = found?;
        title.get(..at + c.len_utf8()).filter(|name| !holds(name, &["国家", "创新", "全"])).map(str::to_owned)
    });
    by_title.or_else(|| before_government(document)).or_else(|| most_named(document))
}

/// 潜江市人民政府: two or three characters between others and 市人民政府.
fn before_government(document: &SourceText) -> Option<String> {
    let ends = ["市人民政府", "县人民政府", "区人民政府", "省人民政府"];
    (1..=document.length()).find_map(|number| {
        let text = document.plain(number);
        let (at, end) = ends.iter().find_map(|end| Some((text.find(end)?, *end)))?;
        let head: Vec<char> =
            text.get(..at)?.chars().rev().take_while(|c| crate::characters::is_han(*c)).collect();
        let kind: String = end.chars().take(1).collect();
        let name: String = head.iter().rev().collect();
        (2..=4).contains(&name.chars().count()).then(|| format!("{name}{kind}"))
    })
}

/// The name of two or three characters with 市 or 县 that stands most often, twice at least.
fn most_named(document: &SourceText) -> Option<String> {
    let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    let odd =
        |c: char| !crate::characters::is_han(c) || "各本全我城都县省区的和市向在为按到建设发现从".contains(c);
    for number in 1..=document.length() {
        let text: Vec<char> = document.plain(number).chars().collect();
        for (at, c) in text.iter().enumerate() {
            if !matches!(c, '市' | '县') || at < 2 {
                continue;
            }
            let name: String = text.get(at - 2..=at).unwrap_or_default().iter().collect();
            let is_whole = !text.get(at - 2..at).unwrap_or_default().iter().any(|c| odd(*c));
            if is_whole {
                *counts.entry(name).or_default() += 1;
            }
        }
    }
    let most = counts.into_iter().filter(|(_, count)| *count >= 2).max_by_key(|(_, count)| *count);
    most.map(|(name, _)| name)
}

/// What a plan of the nation is called by.
const NATION: &str = "全国";

/// Endings of names of parks, which end like districts.
const PARKS: &[&str] = &["高新区", "经开区", "开发区", "园区", "示范区", "保税区", "产业园", "科技园"];

fn level(name: &str) -> Option<&'static str> {
    if name == NATION {
        return Some("nation");
    }
    if ending(name, PARKS).is_some() {
        return Some("park");
    }
    PLACES.iter().find(|(end, _)| name.ends_with(*end)).map(|(_, level)| *level)
}

/// Last words of the names of offices that receive what is sent.
const OFFICES: &[&str] = &["领导小组办公室", "专班办公室", "指挥部办公室", "委员会办公室", "联席会议办公室"];

/// The longest name of an office that the document has.
fn office(document: &SourceText) -> Option<String> {
    let mut found: Vec<String> = Vec::new();
    for number in 1..=document.length() {
        let text = document.plain(number);
        for (at, word) in OFFICES.iter().flat_map(|word| text.match_indices(word)) {
            let head = text.get(..at).unwrap_or_default();
            let begin = head.rfind(|c: char| ",。;:、[《》“”".contains(c)).map_or(0, |at| {
                at + head.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
            });
            let name = head.get(begin..).unwrap_or_default();
            let name = ["由", "报", "向", "设立", "成立", "经", "至", "送"]
                .iter()
                .filter_map(|lead| name.rsplit_once(lead).map(|(_, rest)| rest))
                .min_by_key(|rest| rest.len())
                .unwrap_or(name);
            let name = format!("{name}{word}");
            if name.chars().count() <= 30 {
                found.push(name);
            }
        }
    }
    found.into_iter().max_by_key(|name| name.chars().count())
}

/// Whole days of a text with the places where they end.
pub(super) fn days(text: &str) -> Vec<(usize, (i32, u32, u32))> {
    let part = |text: &str, sign: char| -> Option<(u32, usize)> {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        let rest = text.get(digits.len()..)?;
        rest.starts_with(sign).then_some(())?;
        Some((digits.parse().ok()?, digits.len() + sign.len_utf8()))
    };
    let mut found = Vec::new();
    for (at, _) in text.match_indices('年') {
        let Some(begin) = at.checked_sub(4) else { continue };
        let Some(year) = text.get(begin..at).and_then(|year| year.parse::<i32>().ok()) else { continue };
        let rest = text.get(at + '年'.len_utf8()..).unwrap_or_default();
        let Some((month, length)) = part(rest, '月') else { continue };
        let Some((day, more)) = part(rest.get(length..).unwrap_or_default(), '日') else { continue };
        if chrono::NaiveDate::from_ymd_opt(year, month, day).is_some() {
            found.push((at + '年'.len_utf8() + length + more, (year, month, day)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_number_place_and_years_are_found() {
        let document = SourceText::of(
            "关于印发《湘潭市建设2023年工作实施方案》的通知\n潭政办发〔2023〕5号\n由国家创新型城市建设领导小组办公室统筹\n",
        );
        let head = head(&document, &[]);
        assert_eq!(head.title.as_deref(), Some("湘潭市建设2023年工作实施方案"));
        assert_eq!(head.document_no.as_deref(), Some("潭政办发〔2023〕5号"));
        assert_eq!((head.name.as_deref(), head.level), (Some("湘潭市"), Some("city")));
        assert_eq!(head.office.as_deref(), Some("国家创新型城市建设领导小组办公室"));
        assert_eq!(head.years, [2023]);
        assert_eq!(span("行动计划(2022—2025年)"), Some((2022, 2025)));
        let part = SourceText::of("来源：甲市人民政府《甲市2023年国民经济计划》（甲政发〔2023〕8号）节录\n");
        assert_eq!(super::title(&part).as_deref(), Some("甲市2023年国民经济计划（节录）"));
        assert_eq!(span("大渡口区“十四五”科技创新规划"), Some((2021, 2025)));
    }
}
