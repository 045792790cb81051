//! Holds the numbers of a plan file against the words that they were taken from: `value = "740"` beside “突破7400亿元” would
//! turn a verdict, and nobody would see it.
//!
//! A number of the quote is taken with its unit (21亿元 is 210000万元), in Arabic or Chinese numerals. A quote without any
//! number (全覆盖) contradicts none.

use rust_decimal::Decimal;

use super::fault::FileFault;
use super::{Goal, Written};
use crate::quantity::Unit;

/// What a target says and its quote does not, as a fault; `None` when they agree.
pub(super) fn contradiction(goal: &Goal, unit: &Unit, quote: &str) -> Option<FileFault> {
    let text = tidy(quote);
    let number = match goal {
        Goal::Magnitude(words) => {
            let other = text.contains('级') && !text.contains(words.as_str());
            other.then(|| words.clone())
        }
        // A goal without a number contradicts none.
        goal => unsaid(&goal.written(), unit, &text),
    }?;
    Some(FileFault::NotInQuote { number, quote: quote.to_owned() })
}

/// The first value that the words do not name, if they name numbers at all.
fn unsaid(values: &[&Written], unit: &Unit, text: &str) -> Option<String> {
    // Nobody writes a third as an exact share.
    if unit.is_share() && text.contains("分之") {
        return None;
    }
    let (text, doubled) = without_multiples(text);
    let (mut said, certain) = numbers(&text, unit);
    said.extend(doubled);
    let falls = ["降", "减", "负", "缩"].iter().any(|word| text.contains(word));
    let agrees = |value: &Written| {
        said.iter().any(|one| *one == value.value || (falls && one.abs() == value.value.abs()))
    };
    let first = values.iter().find(|value| !agrees(value))?;
    certain.then(|| first.text.clone())
}

/// A text without numbers that depend on others, 翻一番 and 三分之一, and the numbers that 翻番 can be written as: how many times
/// as much, how much more in percent, how much in percent.
fn without_multiples(text: &str) -> (String, Vec<Decimal>) {
    let mut found = Vec::new();
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('翻') {
        kept.push_str(before);
        let (times, length) = match behind.chars().next() {
            Some('番') => (1, '番'.len_utf8()),
            Some(c) if behind.chars().nth(1) == Some('番') => {
                let times = c
                    .to_digit(10)
                    .or_else(|| "一二三四五".chars().zip(1..).find(|(han, _)| *han == c).map(|(_, n)| n));
                (times.unwrap_or(if c == '两' { 2 } else { 1 }), c.len_utf8() + '番'.len_utf8())
            }
            _ => (1, 0),
        };
        let multiple = 2_i64.checked_pow(times).unwrap_or(1);
        found.extend([multiple, multiple * 100, (multiple - 1) * 100].map(Decimal::from));
        rest = behind.get(length..).unwrap_or_default();
    }
    kept.push_str(rest);
    while let Some(at) = kept.find("分之") {
        let is_part = |c: &char| c.is_ascii_digit() || NUMERALS.contains(*c);
        let (before, behind) = kept.split_at(at);
        let before = before.trim_end_matches(|c: char| is_part(&c));
        let behind = behind.trim_start_matches("分之").trim_start_matches(|c: char| is_part(&c));
        kept = format!("{before}{BREAK}{behind}");
    }
    (kept, found)
}

/// All numbers of a text in a unit, and whether there is any that can only be a number of things: not a year, a name such as
/// 5G, or 一 in 统一.
fn numbers(text: &str, unit: &Unit) -> (Vec<Decimal>, bool) {
    let chars: Vec<char> = text.chars().collect();
    let (mut found, mut certain) = (Vec::new(), false);
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        let rest = chars.get(at..).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|before| chars.get(before)).copied();
        let mut is_cut = false;
        let (number, length, plain) = if c.is_ascii_digit() {
            let length = digits(rest);
            let digits: String = rest.iter().take(length).filter(|c| **c != ',').collect();
            is_cut = Decimal::from_str_exact(&digits).is_err();
            (digits.parse::<Decimal>().ok(), length, true)
        } else if NUMERALS.contains(*c) {
            let length = rest.iter().take_while(|c| NUMERALS.contains(**c)).count();
            // 3千 is three thousand, and nobody knows how many 数百 are.
            let vague = before.is_some_and(|c| c.is_ascii_digit() || "万亿数几上近多".contains(c));
            (chinese(rest.get(..length).unwrap_or_default()).filter(|_| !vague), length, false)
        } else {
            (None, 1, false)
        };
        let Some(number) = number else {
            at += length;
            continue;
        };
        let after: String = rest.iter().skip(length).collect();
        if !is_name(before, &after) {
            let far = at.checked_sub(2).and_then(|far| chars.get(far));
            let minus = before == Some('-') && !far.is_some_and(|c| c.is_ascii_digit() || *c == '%');
            let number = if minus { -number } else { number };
            let Some(own) = in_unit(number, &after, unit) else {
                at += length;
                continue;
            };
            // A number with more digits than can be kept is none that a plan could write.
            found.extend(own.into_iter().filter(|_| !is_cut));
            let counts = rest.iter().take(length).any(|c| match c {
                '十' | '百' => !after.starts_with(['分', '姓', '强']),
                '千' => after.starts_with(['万', '亿', '家', '个', '人', '名', '项']),
                _ => false,
            });
            // 力争两家, but 一个中心 is no number of things.
            let is_things = rest.first().is_none_or(|c| *c != '一') && counted(&after);
            certain |= plain || counts || is_things;
        }
        at += length;
    }
    (found, certain)
}

/// Whether a number is part of a date or of a name.
fn is_name(before: Option<char>, after: &str) -> bool {
    before.is_some_and(|c| c.is_ascii_alphabetic())
        || after
            .starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '年' | '月' | '日' | '号' | '×'))
        || before == Some('×')
}

/// Whether a text begins with a word that counts things.
fn counted(after: &str) -> bool {
    after.chars().next().is_some_and(|c| Unit::parse(c.encode_utf8(&mut [0; 4])).is_count())
}

/// A number with the words behind it, in the unit of the target. Several readings where the words allow them; none where
/// it is a number of something else: 120家 beside a target in 亿元.
fn in_unit(number: Decimal, after: &str, unit: &Unit) -> Option<Vec<Decimal>> {
    if unit.is_share() {
        // 增长1倍 is 100 %, 达到2倍 is 100 % more; 三成 is 30 %.
        let times = |number: Decimal| number.checked_mul(Decimal::ONE_HUNDRED);
        if after.starts_with('倍') {
            let more = number.checked_sub(Decimal::ONE).and_then(times);
            return Some(times(number).into_iter().chain(more).collect());
        }
        if after.starts_with('成') {
            return Some(number.checked_mul(Decimal::TEN).into_iter().collect());
        }
    }
    // The longest beginning that is a unit of the same kind.
    let ends: Vec<usize> = after.char_indices().map(|(at, c)| at + c.len_utf8()).take(10).collect();
    let known = ends.iter().rev().find_map(|end| {
        let named = Unit::parse(after.get(..*end)?);
        named.is_known().then(|| named.convert(number, unit)).flatten()
    });
    if let Some((value, _)) = known {
        return Some(vec![value]);
    }
    let longest = ends.iter().rev().map(|end| Unit::parse(after.get(..*end).unwrap_or_default()));
    if longest.into_iter().find(Unit::is_known).is_some_and(|named| named.is_unlike(unit)) {
        return None;
    }
    let ((own, rest), (usual, name)) = (scale(after), scale(unit.text()));
    let same = name.chars().next().is_none_or(|first| rest.starts_with(first));
    let scaled = number.checked_mul(Decimal::from(own)).and_then(|all| all.checked_div(Decimal::from(usual)));
    match scaled {
        Some(scaled) if own > 1 && same => Some(vec![scaled]),
        _ => Some(vec![number]),
    }
}

/// The scale that a unit begins with, and the rest of it.
fn scale(unit: &str) -> (i64, &str) {
    const SCALES: [(&str, i64); 7] = [
        ("万亿", 1_000_000_000_000),
        ("千万", 10_000_000),
        ("百万", 1_000_000),
        ("亿", 100_000_000),
        ("万", 10_000),
        ("千", 1000),
        ("百", 100),
    ];
    let found = SCALES.iter().find_map(|(word, factor)| Some((*factor, unit.strip_prefix(word)?)));
    found.unwrap_or((1, unit))
}

/// How many characters a number takes: digits, one point, commas before three digits.
fn digits(chars: &[char]) -> usize {
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    // Of 2025,300家 the first group is too long.
    let first = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    let groups = |at: usize| first <= 3 && (1..=3).all(|next| digit(at + next)) && !digit(at + 4);
    let (mut at, mut point) = (0, false);
    loop {
        match chars.get(at) {
            Some(c) if c.is_ascii_digit() => at += 1,
            Some('.') if !point && digit(at + 1) => (point, at) = (true, at + 1),
            Some(',') if !point && groups(at) => at += 1,
            _ => return at,
        }
    }
}

/// What keeps two numbers apart that a word stood between.
const BREAK: char = '、';
const NUMERALS: &str = "〇零一二两三四五六七八九十百千";

/// A number in Chinese numerals below ten thousand: 十, 二十, 一百二十, 百, 千; single digits in a row are read one by one.
fn chinese(numerals: &[char]) -> Option<Decimal> {
    let digit = |c: char| match c {
        '〇' | '零' => Some(0),
        '两' => Some(2),
        _ => "一二三四五六七八九".chars().position(|one| one == c).map(|at| at as i64 + 1),
    };
    if !numerals.iter().any(|c| matches!(c, '十' | '百' | '千')) {
        let digits = numerals.iter().map(|c| digit(*c)).collect::<Option<Vec<_>>>()?;
        let number = digits.iter().try_fold(0_i64, |all, one| all.checked_mul(10)?.checked_add(*one));
        return number.map(Decimal::from);
    }
    let (mut sum, mut last) = (0_i64, None);
    for c in numerals {
        match (c, digit(*c)) {
            ('千', _) => sum += last.take().unwrap_or(1) * 1000,
            ('百', _) => sum += last.take().unwrap_or(1) * 100,
            ('十', _) => sum += last.take().unwrap_or(1) * 10,
            (_, digit) => last = digit,
        }
    }
    Some(Decimal::from(sum + last.unwrap_or(0)))
}

/// Without blanks, full-width signs as plain ones, 百分之五 as 五%.
fn tidy(quote: &str) -> String {
    let plain: String = quote
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '０'..='９' | '．' | '％' | '－' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '−' | '–' => '-',
            _ => c,
        })
        .collect();
    let plain = with_commas(&plain);
    let mut parts = plain.split("百分之");
    let head = parts.next().unwrap_or_default().to_owned();
    parts.fold(head, |all, part| {
        let end = part.find(|c: char| !NUMERALS.contains(c) && !c.is_ascii_digit() && c != '.');
        let (number, rest) = part.split_at(end.unwrap_or(part.len()));
        format!("{all}{number}%{rest}")
    })
}

/// Full-width commas between digits as plain ones: 7，400亿元.
fn with_commas(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let plain = chars.iter().enumerate().map(|(at, c)| {
        let within = *c == '，' && digit(at.checked_sub(1)) && digit(at.checked_add(1));
        if within { ',' } else { *c }
    });
    plain.collect()
}

/// Whether a number stands in a line by itself, not within another one: 740 not in 7400, 3 not in 3.0.
pub(super) fn stands_alone(line: &str, number: &str) -> bool {
    line.match_indices(number).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let mut after = line.get(at + number.len()..).unwrap_or_default().chars();
        let next = after.next();
        let inside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let begins = !inside(before) && before != Some('.');
        let goes_on = inside(next) || (next == Some('.') && inside(after.next()));
        begins && !goes_on
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Operator;

    fn written(text: &str) -> Written {
        Written { text: text.to_owned(), value: text.parse().unwrap() }
    }

    #[test]
    fn a_value_that_the_quote_does_not_name_is_a_fault() {
        for (value, unit, quote, agrees) in [
            ("7400", "亿元", "园区技工贸总收入突破7400亿元", true),
            ("740", "亿元", "园区技工贸总收入突破7400亿元", false),
            ("7400", "亿元", "园区技工贸总收入突破7400.00000000000000000000000000001亿元", false),
            ("56", "%", "65", false),
            ("65", "%", "65", true),
            ("3.0", "%", "3", true),
            ("210000", "万元", "经费支出达21亿元", true),
            ("21", "亿元", "经费支出达21亿元", true),
            ("21", "万元", "经费支出达21亿元", false),
            ("2100", "亿元", "经费支出达21亿元", false),
            ("12000", "人", "培训1.2万人次", true),
            ("1.2", "万公里", "新改建1.2万公里", true),
            ("12000", "公里", "新改建1.2万公里", true),
            ("1.2", "公里", "新改建1.2万公里", false),
            ("240", "人/万人", "研发人员数达240人以上", true),
            ("10", "个", "培育十大名牌产品", true),
            ("100", "个", "培育十大名牌产品", false),
            ("100", "项", "每年联合发布百项重大创新技术需求", true),
            ("20", "家", "培育二十家企业", true),
            ("1000", "亿元", "产值突破千亿元", true),
            ("100", "亿元", "产值突破千亿元", false),
            ("10", "家", "分别培育10,20,30家", true),
            ("300", "家", "培育数百家企业", true),
            ("3000", "家", "培育3千家企业", true),
            ("3", "家", "培育3千家企业", false),
            ("100", "千瓦", "新增装机100千瓦", true),
            ("5", "%", "增长百分之五以上", true),
            ("6", "%", "增长5%以上", false),
            ("-3.8", "%", "能耗强度下降3.8%", true),
            ("-3.8", "%", "增速控制在-3.8%以内", true),
            ("3.8", "%", "增速控制在-3.8%以内", false),
            ("1200", "家", "企业突破1,200家", true),
            ("1200", "家", "企业突破１２００家", true),
            ("100", "%", "到2025年推动5G网络全覆盖", true),
            ("100", "%", "增长1倍", true),
            ("30", "%", "占比达三成以上", true),
            ("100", "%", "产值翻一番", true),
            ("5", "项", "“4×4”现代化产业体系突破关键核心技术5项以上", true),
            ("3", "名", "研发强度", true),
        ] {
            let goal = Goal::Level(Operator::AtLeast, written(value));
            let found = contradiction(&goal, &Unit::parse(unit), quote);
            assert_eq!(found.is_none(), agrees, "{value} {unit} {quote} {found:?}");
        }
    }

    #[test]
    fn numbers_of_other_things_and_dependent_ones_vouch_for_nothing() {
        for (value, unit, quote, agrees) in [
            ("7400", "亿元", "突破7400亿元，较2020年翻一番", true),
            ("740", "亿元", "突破7400亿元，较2020年翻一番", false),
            ("740", "亿元", "突破7400亿元，约占全省三分之一", false),
            ("7400", "亿元", "突破7400亿元，约占全省三分之一", true),
            ("1", "亿元", "突破7400亿元，约占全省三分之一", false),
            ("300", "%", "产值翻两番", true),
            ("2", "倍", "产值翻一番", true),
            ("33", "%", "约占全省三分之一", true),
            ("120", "亿元", "规上企业达到120家，总收入突破7400亿元", false),
            ("7400", "亿元", "规上企业达到120家，总收入突破7400亿元", true),
            ("120", "个", "规上企业达到120家，总收入突破7400亿元", true),
            ("5", "亿元", "5个园区总收入突破7400亿元", false),
            ("7400", "亿元", "5个园区总收入突破7400亿", true),
            ("7", "亿元", "收入7，400亿元", false),
            ("7400", "亿元", "收入7，400亿元", true),
            ("300", "家", "到2025，300家企业上市", true),
            ("3", "家", "力争两家", false),
            ("2", "家", "力争两家", true),
            ("3", "个", "建成一个中心", true),
            ("100", "%", "5个园区全覆盖", true),
            ("42000", "元/人", "人均收入达到4.2万元", true),
            ("5", "%", "比重提高5个百分点", true),
            ("1200", "吨标准煤", "消费量1200吨", true),
            ("1200", "", "指数达到1200点", true),
        ] {
            let goal = Goal::Level(Operator::AtLeast, written(value));
            let found = contradiction(&goal, &Unit::parse(unit), quote);
            assert_eq!(found.is_none(), agrees, "{value} {unit} {quote} {found:?}");
        }
    }

    #[test]
    fn both_bounds_and_the_words_of_a_magnitude_stand_in_the_quote() {
        let unit = Unit::parse("名");
        let range = |low: &str, high: &str| Goal::Range(written(low), written(high));
        assert_eq!(contradiction(&range("3", "5"), &unit, "新增3~5名"), None);
        assert!(contradiction(&range("3", "6"), &unit, "新增3~5名").is_some());
        assert_eq!(contradiction(&range("5", "6"), &unit, "新品种5-6个"), None);
        let magnitude = |words: &str| Goal::Magnitude(words.to_owned());
        assert_eq!(contradiction(&magnitude("千亿级"), &unit, "打造千亿级军工产业"), None);
        assert!(contradiction(&magnitude("百亿级"), &unit, "打造千亿级军工产业").is_some());
    }

    #[test]
    fn a_number_stands_alone_when_no_other_digit_touches_it() {
        for (line, number, expected) in [
            ("突破7400亿元", "7400", true),
            ("突破7400亿元", "740", false),
            ("3.0", "3", false),
            ("2.53", "53", false),
            ("达3。", "3", true),
            ("284，300", "300", true),
        ] {
            assert_eq!(stands_alone(line, number), expected, "{number} in {line}");
        }
    }
}
