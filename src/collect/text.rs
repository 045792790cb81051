//! Text as people type it → text that can be compared. The raw text is kept elsewhere, untouched.

use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use unicode_normalization::UnicodeNormalization as _;

use super::memo::Memo;
use super::radicals::ideograph;
use crate::quantity::Unit;

/// Unifies widths and blanks, drops invisible characters and note marks; keeps line breaks.
pub fn clean(text: &str) -> String {
    if is_usual(text) {
        return text.trim().to_owned();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // What most texts consist of; nothing is folded into other characters here.
            ' '..='~' | '\n' | '\u{4e00}'..='\u{9fff}' => folded.push(c),
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' | '\t' => folded.push(' '),
            // A square or cube of a unit, no note mark.
            '²' if folded.ends_with(['m', 'M', '米', '里']) => folded.push('2'),
            '³' if folded.ends_with(['m', 'M', '米']) => folded.push('3'),
            '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿' => {}
            // Wide forms of ASCII stand in its order, and what is usual in Chinese texts stays as it is: the rule below, faster.
            '！'..='～' => folded.extend(u32::from(c).checked_sub(0xfee0).and_then(char::from_u32)),
            '、'..='】' | '–' | '—' | '‘' | '’' | '“' | '”' | '·' => folded.push(c),
            '\u{2e80}'..='\u{2ef3}' => folded.push(ideograph(c)),
            // ‰, ℃ and … would be folded into other characters.
            '‰' | '℃' | '㎡' | '…' => folded.push(c),
            c if c.is_control() => {}
            c => folded.extend(std::iter::once(c).nfkc()),
        }
    }
    let end = folded.trim_end().len();
    folded.truncate(end);
    if folded.starts_with(char::is_whitespace) { folded.trim_start().to_owned() } else { folded }
}

/// Whether a text has none but printable ASCII characters, line breaks and common Chinese characters (U+4E00–9FFF, in UTF-8 E4 B8 80
/// to E9 BF BF), of which [`clean`] folds none.
fn is_usual(text: &str) -> bool {
    let mut before = 0;
    text.bytes().all(|byte| {
        let is_usual = match byte {
            b' '..=b'~' | b'\n' | 0xe4..=0xe9 => true,
            0x80..=0xbf => before != 0xe4 || byte >= 0xb8,
            _ => false,
        };
        before = byte;
        is_usual
    })
}

/// Text to be shown: as typed, without invisible characters and blanks around it.
pub fn tidy(text: &str) -> String {
    let seen = text.chars().filter(|c| {
        let invisible = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        !invisible && (*c == '\n' || !c.is_control())
    });
    seen.collect::<String>().trim().replace('\n', " ")
}

/// The form in which names are compared: simplified characters, no blanks between Chinese characters, one kind of
/// brackets, no list marks in front and no note marks behind.
pub fn name_key(text: &str) -> String {
    thread_local!(static KEYS: Memo<String> = const { Memo::new() });
    if text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return text.to_ascii_lowercase();
    }
    KEYS.with(|keys| keys.of(text, || unmarked(text)))
}

/// The form in which the name in a text is compared.
fn unmarked(text: &str) -> String {
    let text = simplified(clean(text));
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '［' | '【' | '[' | '〔' | '<' | '〈' | '《' => '(',
            '］' | '】' | ']' | '〕' | '>' | '〉' | '》' => ')',
            '～' => '~',
            '—' | '–' | '−' | '－' | '‐' => '-',
            '“' | '”' | '"' | '‘' | '’' | '\'' => '"',
            c => c.to_ascii_lowercase(),
        })
        .filter(|c| *c != '"')
        .collect();
    let text = without_pinyin(text);
    let text = text.trim_end_matches(['*', '★', '#', '※']);
    let within = |text: &'_ str| -> usize {
        let rest = text.strip_prefix("其中:").or_else(|| text.strip_prefix("其中")).unwrap_or(text);
        text.len() - rest.len()
    };
    let text = text.get(within(text)..).unwrap_or_default();
    let text = without_list_mark(text.trim_start_matches(['#', '*', '★', '※', '☆', '△', '▲']));
    let text = text.get(within(text)..).unwrap_or_default();
    text.trim_matches(['、', '.', ':', ',', ';']).to_owned()
}

/// A name without the pinyin that some converters leave behind each character: `创(chuàng)新`. Brackets without a tone
/// mark are units and the like.
fn without_pinyin(text: String) -> String {
    const TONES: &str = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ";
    let has_tone = |c: char| matches!(c, 'à'..='ǜ') && TONES.contains(c);
    let is_syllable = |inside: &str| {
        inside.chars().all(|c| c.is_ascii_lowercase() || c == 'ü' || TONES.contains(c))
            && inside.chars().any(has_tone)
    };
    if !text.chars().any(has_tone) {
        return text;
    }
    let mut kept = String::new();
    let mut rest = text.as_str();
    while let Some((before, behind)) = rest.split_once('(') {
        kept.push_str(before);
        match behind.split_once(')') {
            Some((inside, after)) if is_syllable(inside) => rest = after,
            _ => {
                kept.push('(');
                rest = behind;
            }
        }
    }
    kept.push_str(rest);
    kept
}

/// A name without what numbers it in a list: `一、`, `(二)`, `3.`, `4、`.
fn without_list_mark(text: &str) -> &str {
    let chinese = |c: char| "一二三四五六七八九十".contains(c);
    let rest = text.trim_start_matches(chinese);
    if rest.len() < text.len()
        && let Some(rest) = rest.strip_prefix('、')
    {
        return rest;
    }
    if let Some((inside, rest)) = text.strip_prefix('(').and_then(|rest| rest.split_once(')'))
        && !inside.is_empty()
        && (inside.chars().all(chinese) || inside.chars().all(|c| c.is_ascii_digit()))
        && !rest.is_empty()
    {
        return rest;
    }
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
    let mark = text.get(..text.len() - rest.len()).unwrap_or_default();
    if let Some(rest) = rest.strip_prefix('、').filter(|_| is_list_number(mark)) {
        return rest;
    }
    // 8.1 and 3. number a name; 1-12月 and 3.5亿元 do not.
    let is_name = mark.ends_with(['.', '-']) && rest.starts_with(|c: char| !c.is_ascii())
        || rest.starts_with(|c: char| !c.is_ascii() && !"年月季日度号时万亿元个倍‰".contains(c))
        || rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '(');
    if mark.contains(['.', '-']) && is_list_number(mark) && is_name { rest } else { text }
}

/// Whether a mark is a number in a list: `3`, `8.1`, `1-2.`.
fn is_list_number(mark: &str) -> bool {
    let mark = mark.trim_end_matches(['.', '-']);
    let is_short = |part: &str| (1..=2).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
    mark.split(['.', '-']).all(is_short)
}

/// Whether a row is a part (其中) of the one above it by its name.
pub(super) fn is_part(name: &str) -> bool {
    let name = clean(name);
    let bare = name.trim_start_matches(|c: char| c.is_ascii_digit() || ".-、( ".contains(c));
    bare.starts_with("其中") || name.starts_with('#') || name.starts_with('＃')
}

/// Whether a text behind a name is a unit or says how it is counted, and so no part of the name: `亿元`, `现价`, `年末`.
pub(super) fn is_qualifier(text: &str) -> bool {
    const WORDS: [&str; 25] = [
        "现价",
        "当年价",
        "当年价格",
        "现行价",
        "现行价格",
        "不变价",
        "不变价格",
        "可比价",
        "可比价格",
        "可比口径",
        "年末",
        "年底",
        "全年",
        "全市",
        "全域",
        "定量",
        "定性",
        "必选",
        "约束性",
        "预期性",
        "约束性指标",
        "预期性指标",
        "正向",
        "逆向",
        "年度",
    ];
    let text = text.trim();
    WORDS.contains(&text)
        || (!text.is_empty() && Unit::parse(text).is_known())
        || text.strip_prefix("单位:").is_some_and(|unit| Unit::parse(unit).is_known())
}

/// Splits a heading or label into its words and a unit in a last bracket: `2023年实绩（万元）`.
pub(super) fn split_unit(text: &str) -> (String, Option<String>) {
    let text = clean(text).replace('\n', "");
    let known = |unit: &str| !unit.is_empty() && Unit::parse(unit).is_known();
    let bracket =
        text.trim_end().strip_suffix(')').and_then(|inner| inner.rfind('(').map(|at| inner.split_at(at)));
    if let Some((words, inside)) = bracket {
        let inside = inside.trim_start_matches('(').trim();
        let parts = || inside.split([',', ';', '、', ':']).map(str::trim);
        let unit = parts().find(|part| known(part));
        // 2023年实绩（万元、家、人）: each row has its own.
        if !known(inside)
            && let Some(units) = several_units(inside)
        {
            return (words.trim().to_owned(), Some(units));
        }
        let is_all = parts().all(|part| known(part) || is_qualifier(part) || part == "单位");
        return match unit.filter(|_| known(inside) || is_all) {
            Some(_) if known(inside) => (words.trim().to_owned(), Some(inside.to_owned())),
            Some(unit) => (words.trim().to_owned(), Some(unit.to_owned())),
            None => (text, None),
        };
    }
    // 播种面积/公顷 names a unit; 吨标准煤/万元 is one.
    if let Some((words, unit)) = text.rsplit_once('/')
        && known(unit.trim())
        && !words.trim().is_empty()
        && !Unit::parse(words).is_known()
    {
        return (words.trim().to_owned(), Some(unit.trim().to_owned()));
    }
    (text, None)
}

/// Whether a text is a known unit that can stand for the numbers of a row by itself: no time, no pure number.
pub(super) fn names_unit(text: &str) -> bool {
    let unit = Unit::parse(text);
    unit.is_known() && !unit.is_pure() && !unit.is_time()
}

/// Units in a list, for rows of different kinds, parted by [`UNITS_APART`]: `万元、家、人`.
pub(super) fn several_units(text: &str) -> Option<String> {
    let bare = text.strip_prefix("单位").unwrap_or(text).trim_start_matches([':', ' ']);
    let parts = bare.split([',', ';', '、', '/', '或', '和', ' ']).map(str::trim);
    let parts: Vec<&str> =
        parts.filter(|part| names_unit(part) || !(part.is_empty() || is_qualifier(part))).collect();
    (parts.len() > 1 && parts.iter().all(|part| names_unit(part))).then(|| parts.join(UNITS_APART))
}

/// What stands between units that are named for rows of different kinds.
pub(super) const UNITS_APART: &str = "、";

/// A year that a text begins with, and what follows it: `2023年度实绩`, `2023`, `二〇二三年`, `23年`.
pub(super) fn year_at_start(text: &str) -> Option<(i32, &str)> {
    let digit = |c: char| match c {
        '〇' | '零' | '○' => Some(0),
        _ => "一二三四五六七八九"
            .chars()
            .zip(1..)
            .find(|(han, _)| *han == c)
            .map_or_else(|| c.to_digit(10), |(_, n)| Some(n)),
    };
    let digits: Vec<u32> = text.chars().map_while(digit).collect();
    let end = text.char_indices().nth(digits.len()).map_or(text.len(), |(at, _)| at);
    let rest = text.get(end..).unwrap_or_default();
    let tail = rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年'));
    let number =
        digits.iter().fold(0_i32, |sum, digit| sum.saturating_mul(10).saturating_add_unsigned(*digit));
    let year = match digits.len() {
        4 => Some(number),
        // 202306 is June 2023.
        6 if (1..=12).contains(&(number % 100)) => Some(number / 100),
        2 if tail.is_some() => Some(2000 + number),
        _ => None,
    };
    Some((year.filter(|year| (1949..=2100).contains(year))?, tail.unwrap_or(rest)))
}

/// The first Chinese numeral in a text, up to 99: `第二版` → 2, `十二` → 12.
pub(super) fn chinese_integer(text: &str) -> Option<u32> {
    let digit = |c: char| "一二三四五六七八九".chars().zip(1..).find(|(han, _)| *han == c).map(|(_, n)| n);
    let numeral = |c: &char| *c == '十' || digit(*c).is_some();
    let run: Vec<char> = text.chars().skip_while(|c| !numeral(c)).take_while(numeral).collect();
    match run.as_slice() {
        ['十'] => Some(10),
        ['十', ones] => Some(10 + digit(*ones)?),
        [tens, '十'] => Some(10 * digit(*tens)?),
        [tens, '十', ones] => Some(10 * digit(*tens)? + digit(*ones)?),
        [one] => digit(*one),
        _ => None,
    }
}

/// A text that is a whole number in Chinese numerals: `一百二十`, `三千零五`, `两万三千`, `一二〇`. What is said in short
/// (`一千二` for 1200) or leaves a place open is none.
pub(super) fn chinese_number(text: &str) -> Option<u64> {
    let digit = |c: char| match c {
        '两' => Some(2),
        c => "〇一二三四五六七八九".chars().zip(0..).find(|(han, _)| *han == c).map(|(_, n)| n),
    };
    if text.chars().count() < 2 && text.chars().all(|c| matches!(c, '零' | '〇')) {
        return None;
    }
    if let Some(number) = digit_by_digit(text) {
        return Some(number);
    }
    // What stands before 万 and 亿 is a section; `last` is the scale before the digit that comes next.
    let (mut total, mut great) = (0_u64, u64::MAX);
    let (mut section, mut number, mut last, mut is_open) = (0_u64, None, u64::MAX, false);
    for c in text.chars() {
        let scale = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '万' => 10_000,
            '亿' => 100_000_000,
            // Zero stands for places left out between scales.
            '零' | '〇' if number.is_none() && !is_open && (section > 0 || total > 0) => {
                is_open = true;
                continue;
            }
            c => {
                let value = digit(c).filter(|value| *value > 0)?;
                if number.replace(value).is_some() {
                    return None;
                }
                continue;
            }
        };
        if scale < 10_000 {
            // Tens follow hundreds, never the other way round.
            let count = number.take().or_else(|| (c == '十' && section == 0).then_some(1))?;
            if section > 0 && scale >= last {
                return None;
            }
            section += count * scale;
        } else {
            let whole = section + ones(number.take(), if section > 0 { last } else { u64::MAX }, is_open)?;
            total = match scale {
                _ if whole == 0 && (total == 0 || scale <= great) => return None,
                _ if scale == great => return None,
                _ if scale < great && total > 0 => total.checked_add(whole.checked_mul(scale)?)?,
                _ => total.checked_add(whole)?.checked_mul(scale)?,
            };
            (section, great) = (0, scale);
        }
        (last, is_open) = (scale, false);
    }
    let sum = total.checked_add(section + ones(number, last, is_open)?)?;
    (1..1_000_000_000_000_000).contains(&sum).then_some(sum)
}

/// The last digit of a number in words behind a scale: it counts ones behind 十 or 零, and would be short for the next
/// scale behind greater ones.
fn ones(digit: Option<u64>, behind: u64, is_open: bool) -> Option<u64> {
    let is_first = behind == u64::MAX;
    match digit {
        None => (!is_open).then_some(0),
        Some(digit) => (is_first || behind == 10 || is_open).then_some(digit),
    }
}

/// A number whose digits are written one by one: 一二〇. Without a zero it may as well be a range (三五 is three to five).
fn digit_by_digit(text: &str) -> Option<u64> {
    let mut number = 0_u64;
    for c in text.chars() {
        let digit = "零一二三四五六七八九".chars().position(|han| han == c || (c == '〇' && han == '零'))?;
        number = number.checked_mul(10)?.checked_add(u64::try_from(digit).ok()?)?;
    }
    let has_zero = text.contains(['〇', '零']) && !text.starts_with(['〇', '零']);
    (has_zero && number < 1_000_000_000_000_000).then_some(number)
}

/// All years that a text names: `2023年1—12月` → 2023.
pub fn years_in(text: &str) -> Vec<i32> {
    let is_digit = |c: char| c.is_ascii_digit() || "〇零○一二三四五六七八九".contains(c);
    let mut before = false;
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        if is_digit(c) && !before {
            found.extend(year_at_start(text.get(at..).unwrap_or_default()).map(|(year, _)| year));
        }
        before = is_digit(c);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The known name that is nearest to one that is not known; a suggestion, never a decision.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let key = name_key(name);
    let mut best: Option<(f64, &str)> = None;
    for candidate in known {
        let likeness = strsim::normalized_levenshtein(&key, &name_key(candidate));
        if likeness >= 0.6 && best.is_none_or(|(other, _)| likeness > other) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, name)| name.to_owned())
}

static TO_SIMPLIFIED: LazyLock<Option<OpenCC>> =
    LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).ok());

fn simplified(text: String) -> String {
    let variant = |c: char| match c {
        '絶' => '绝',
        '巿' => '市',
        '隻' => '只',
        c => c,
    };
    if !text.chars().any(|c| is_traditional(c) || variant(c) != c) {
        return text;
    }
    let variants: String = text.chars().map(variant).collect();
    TO_SIMPLIFIED.as_ref().map_or_else(|| variants.clone(), |converter| converter.convert(&variants))
}

/// Whether a character is one that is simplified. Most texts have none, and looking is much faster than converting.
fn is_traditional(c: char) -> bool {
    let index = u32::from(c).checked_sub(FIRST_HAN).and_then(|index| usize::try_from(index).ok());
    match index.and_then(|index| TRADITIONAL.get(index)) {
        Some(known) => *known,
        None => u32::from(c) >= FIRST_HAN,
    }
}

/// The first of the common Han characters.
const FIRST_HAN: u32 = 0x4E00;

/// For each character from U+4E00 to U+9FFF whether it is simplified.
static TRADITIONAL: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let changes = |c: char| {
        let text = c.to_string();
        TO_SIMPLIFIED.as_ref().is_some_and(|converter| converter.convert(&text) != text)
    };
    (FIRST_HAN..=0x9FFF).map(|code| char::from_u32(code).is_some_and(changes)).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_folded_fast_is_folded_as_normalisation_says() {
        let slow = |c: char| std::iter::once(c).nfkc().collect::<String>();
        for c in ('！'..='～').chain('、'..='】').chain(['–', '—', '‘', '’', '“', '”', '·'])
        {
            assert_eq!(clean(&format!("甲{c}乙")), format!("甲{}乙", slow(c)), "{c}");
        }
        for c in (' '..='~').chain('\u{4e00}'..='\u{9fff}') {
            assert_eq!((slow(c), is_usual(&c.to_string())), (c.to_string(), true), "{c}");
        }
        for c in ['\u{4dff}', '\u{a000}', '\u{3000}', '\u{7f}', '\t', '\u{85}', '²', '㎡', '😀'] {
            assert!(!is_usual(&format!("甲{c}")), "{c}");
        }
        assert_eq!(clean(" \n指标 名称\n "), "指标 名称");
    }

    #[test]
    fn names_compare_across_scripts_blanks_and_brackets() {
        for (one, other) in [
            ("合　　计", "合计"),
            ("高新技術企業數", "高新技术企业数"),
            ("产业（技术）创新战略联盟数量", "产业(技术)创新战略联盟数量"),
            ("工程<技术>研究中心", "工程〈技术〉研究中心"),
            ("Ｒ＆Ｄ经费", "R&D 经费"),
            ("国家“双一流”建设学科", "国家\"双一流\"建设学科"),
        ] {
            assert_eq!(name_key(one), name_key(other));
        }
    }

    #[test]
    fn years_are_read_as_people_write_them() {
        for (text, years) in [
            ("2023年度", &[2023][..]),
            ("截至2022年底", &[2022]),
            ("22年", &[2022]),
            ("二〇二三年", &[2023]),
            ("2023", &[2023]),
            ("202306", &[2023]),
            ("2022—2023年", &[2022, 2023]),
            ("年报", &[]),
            ("12月", &[]),
        ] {
            assert_eq!(years_in(text), years, "{text}");
        }
        assert_eq!(year_at_start("2023年实绩"), Some((2023, "实绩")));
        assert_eq!(year_at_start("2023年度实绩"), Some((2023, "实绩")));
    }

    #[test]
    fn numbers_in_words_are_read_or_left() {
        for (text, expected) in [
            ("一百二十", Some(120)),
            ("三千零五", Some(3005)),
            ("三千〇五", Some(3005)),
            ("两万三千", Some(23_000)),
            ("十二", Some(12)),
            ("一百一十二", Some(112)),
            ("一万零五十", Some(10_050)),
            ("一亿二千万", Some(120_000_000)),
            ("一万二千亿", Some(1_200_000_000_000)),
            ("三万亿", Some(3_000_000_000_000)),
            ("一万零五", Some(10_005)),
            ("两亿三百万", Some(203_000_000)),
            ("五", Some(5)),
            ("二〇", Some(20)),
            ("一二〇", Some(120)),
            ("二〇二三", Some(2023)),
            ("五万", Some(50_000)),
            // Short for 1200 and 35 000.
            ("一千二", None),
            ("三万五", None),
            ("一百二", None),
            // Three to five.
            ("三五", None),
            ("二三", None),
            ("零", None),
            ("〇", None),
            ("二百〇", None),
            ("〇二", None),
            ("百", None),
            ("十万零", None),
        ] {
            assert_eq!(chinese_number(text), expected, "{text}");
        }
    }

    #[test]
    fn radicals_raised_digits_and_squares_are_cleaned() {
        for (text, expected) in [
            ("居\u{2ea0}消费", "居民消费"),
            ("\u{2f64}地", "用地"),
            ("km²", "km2"),
            ("微克/m³", "微克/m3"),
            ("高新技术企业数¹", "高新技术企业数"),
            ("专利数⁴", "专利数"),
            ("专利数㉑", "专利数"),
            ("PM₂.₅", "PM2.5"),
        ] {
            assert_eq!(clean(text), expected);
        }
    }

    #[test]
    fn only_known_units_are_taken_from_brackets() {
        assert_eq!(split_unit("2023年实绩（万元）"), ("2023年实绩".into(), Some("万元".into())));
        assert_eq!(split_unit("地区生产总值(当年价格)"), ("地区生产总值(当年价格)".into(), None));
        assert_eq!(split_unit("实绩"), ("实绩".into(), None));
        assert_eq!(split_unit("播种面积/公顷"), ("播种面积".into(), Some("公顷".into())));
        assert_eq!(split_unit("吨标准煤/万元"), ("吨标准煤/万元".into(), None));
        assert_eq!(split_unit("研发经费/GDP"), ("研发经费/GDP".into(), None));
    }

    #[test]
    fn a_list_of_units_is_kept_whole() {
        for (text, expected) in [
            ("2023年实绩（万元、家、人）", Some("万元、家、人")),
            ("2023年实绩（单位：万元，%）", Some("万元、%")),
            ("2023年实绩（亿元，现价）", Some("亿元，现价")),
            ("2023年实绩（家、户）", Some("家、户")),
            ("实绩（万元/人）", Some("万元/人")),
            ("实绩（万元、全市）", Some("万元")),
            ("实绩（规上、万元）", None),
        ] {
            let unit = split_unit(text).1;
            assert_eq!(
                unit.as_deref().map(|unit| unit.replace(',', "，")),
                expected.map(str::to_owned),
                "{text}"
            );
        }
    }

    #[test]
    fn suggestions_are_near_and_never_far() {
        let known = ["市科技局", "市财政局"];
        assert_eq!(nearest("市科枝局", known.into_iter()), Some("市科技局".into()));
        assert_eq!(nearest("深堆", known.into_iter()), None);
    }
}
