//! Words that sentences and tables share: dates, numbers, lists of names, differences.
use chrono::{Datelike as _, NaiveDate};
use rust_decimal::Decimal;

use super::say::{say, with_unit};
use crate::decimal::distance;
use crate::finding::Language;
use crate::rounding::{fixed, plain, round_to};

/// `2月5日`.
pub(super) fn month_day(date: NaiveDate) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// `2024年1月31日`.
pub(super) fn full_date(date: NaiveDate) -> String {
    format!("{}年{}", date.year(), month_day(date))
}

/// `2月5日`, `5 February`.
pub(super) fn day_in(language: Language, date: NaiveDate) -> String {
    match language {
        Language::Chinese => month_day(date),
        Language::English => date.format("%-d %B").to_string(),
    }
}

/// `2024年1月31日`, `31 January 2024`.
pub(super) fn date_in(language: Language, date: NaiveDate) -> String {
    match language {
        Language::Chinese => full_date(date),
        Language::English => date.format("%-d %B %Y").to_string(),
    }
}

/// `一` … `九十九`, `一百`, `一百〇一`, `一百一十二`.
pub(super) fn chinese_number(number: usize) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |at: usize| DIGITS.get(at).copied().unwrap_or("");
    match number {
        0..=9 => digit(number).to_owned(),
        10..=19 => format!("十{}", if number == 10 { "" } else { digit(number - 10) }),
        20..=99 => {
            let (tens, rest) = (number / 10, number % 10);
            format!("{}十{}", digit(tens), if rest == 0 { "" } else { digit(rest) })
        }
        100..=999 => {
            let (hundreds, rest) = (number / 100, number % 100);
            let tail = match rest {
                0 => String::new(),
                1..=9 => format!("〇{}", digit(rest)),
                10..=19 => format!("一{}", chinese_number(rest)),
                _ => chinese_number(rest),
            };
            format!("{}百{tail}", digit(hundreds))
        }
        _ => number.to_string(),
    }
}

/// A text from outside, a plan's or a remark, without the full stop that it may end with.
pub(super) fn without_stop(text: &str) -> &str {
    text.trim_end_matches('。')
}

/// A sentence of ours without its full stop, to stand in a cell or within another one.
pub(super) fn as_clause(language: Language, sentence: &str) -> &str {
    match language {
        Language::Chinese => without_stop(sentence),
        Language::English => sentence.trim_end_matches('.'),
    }
}

/// A text from outside in quotes; those within it become single ones.
pub(super) fn quoted(text: &str) -> String {
    format!("“{}”", text.replace('“', "‘").replace('”', "’"))
}

/// Where a published value comes from, as the remark in its workbook says it; empty when that says nothing.
pub(super) fn sourced(remark: &str) -> String {
    let said = without_stop(remark);
    if said.is_empty() || said.starts_with("来源") { said.to_owned() } else { format!("来源：{said}") }
}

/// The names of a list in a language: `A, B, C and others, 4 in all`.
pub(super) fn names_in(
    language: Language,
    all: &[String],
    say: impl FnOnce(usize) -> String,
    counter: &str,
) -> String {
    if language == Language::Chinese {
        return names(all, say, counter);
    }
    let head = all.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ");
    if all.len() > 3 { format!("{head} and others, {} in all", say(all.len())) } else { head }
}

/// `甲、乙、丙等4项`: three names, then how many there are; `say` says their number with its step, which is asked for only where it is printed.
pub(super) fn names(all: &[String], say: impl FnOnce(usize) -> String, counter: &str) -> String {
    let head = all.iter().take(3).map(String::as_str).collect::<Vec<_>>().join("、");
    if all.len() > 3 { format!("{head}等{}{counter}", say(all.len())) } else { head }
}

/// How far from the target, in the indicator's own unit: 少7个, 低0.6个百分点, 高0.0105. What is to be passed (`is_strict`) is further off than
/// its number: 差逾7个. `unit` is the unit in the language.
pub(super) fn gap_to_target(
    language: Language,
    actual: Decimal,
    target: Decimal,
    unit: &str,
    (lower_is_better, is_strict): (bool, bool),
) -> String {
    let gap = distance(target, actual).map_or_else(String::new, plain);
    if language == Language::English {
        let (level, amount) = if actual > target { ("above", "over") } else { ("below", "short") };
        let gap_words = with_unit(language, &gap, unit);
        return match (unit, lower_is_better) {
            _ if actual == target && is_strict => "equal to the target, which is to be passed".to_owned(),
            _ if actual == target => "equal to the target".to_owned(),
            ("%", _) if is_strict => format!("more than {gap} {} off", points(&gap)),
            _ if is_strict => format!("more than {gap_words} off"),
            ("%", _) => format!("{gap} {} {level}", points(&gap)),
            (_, true) => format!("{gap_words} {level}"),
            (_, false) => format!("{gap_words} {amount}"),
        };
    }
    let (level, amount) = if actual > target { ("高", "多") } else { ("低", "少") };
    match (unit, lower_is_better) {
        _ if actual == target && is_strict => "与目标持平（目标不含本数）".to_owned(),
        _ if actual == target => "与目标持平".to_owned(),
        ("%", _) if is_strict => format!("差逾{gap}个百分点"),
        (unit, _) if is_strict => format!("差逾{gap}{unit}"),
        ("%", _) => format!("{level}{gap}个百分点"),
        (unit, true) => format!("{level}{gap}{unit}"),
        (unit, false) => format!("{amount}{gap}{unit}"),
    }
}

/// Against the year before: places for what stands in an order, 个百分点 for shares, percent for everything else.
pub(super) fn change(
    language: Language,
    value: Decimal,
    base: Decimal,
    unit: &str,
    is_place: bool,
) -> String {
    if value == base {
        return language.of("持平", "unchanged").to_owned();
    }
    let up = value > base;
    if is_place {
        let gap = distance(value, base).map_or_else(String::new, plain);
        let word = if up { language.of("退", "down") } else { language.of("进", "up") };
        let places = if gap == "1" { "place" } else { "places" };
        return say!(language, "{word}{gap}{unit}", "{word} {gap} {places}");
    }
    if unit == "%" {
        let word = if up { language.of("升", "up") } else { language.of("降", "down") };
        let gap = distance(value, base).map_or_else(String::new, plain);
        let points = points(&gap);
        return say!(language, "{word}{gap}个百分点", "{word} {gap} {points}");
    }
    let word = if up { language.of("增", "up ") } else { language.of("减", "down ") };
    let ratio = value.checked_div(base).filter(|_| base > Decimal::ZERO);
    let percent = ratio
        .and_then(|ratio| distance(ratio, Decimal::ONE))
        .and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED));
    let Some(percent) = percent else { return "—".to_owned() };
    // As many digits as it takes that a change does not read as none.
    let places = (1..6).find(|places| !round_to(percent, *places).is_zero()).unwrap_or(6);
    format!("{word}{}%", fixed(percent, places))
}

/// What differences of shares are counted in, in English.
pub(super) fn points(number: &str) -> &'static str {
    if number == "1" { "percentage point" } else { "percentage points" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_gaps_and_changes_in_english_have_the_same_numerals() {
        let decimal = |text: &str| text.parse::<Decimal>().unwrap();
        let day = NaiveDate::from_ymd_opt(2024, 2, 5).unwrap();
        assert_eq!(day_in(Language::English, day), "5 February");
        assert_eq!(date_in(Language::English, day), "5 February 2024");
        for (actual, target, unit, lower, expected) in [
            ("62", "69", "", false, "7 short"),
            ("81.9", "82.5", "%", false, "0.6 percentage points below"),
            ("168.45", "180", "hundred million yuan", false, "11.55 hundred million yuan short"),
            ("0.5300", "0.5195", "tonnes", true, "0.0105 tonnes above"),
        ] {
            let gap =
                gap_to_target(Language::English, decimal(actual), decimal(target), unit, (lower, false));
            assert_eq!(gap, expected);
        }
        assert_eq!(
            change(Language::English, decimal("38"), decimal("40.44"), "%", false),
            "down 2.44 percentage points"
        );
        assert_eq!(change(Language::English, decimal("34"), decimal("44"), "个", false), "down 22.7%");
        let four = ["A", "B", "C", "D"].map(str::to_owned);
        assert_eq!(
            names_in(Language::English, &four, |count| count.to_string(), "项"),
            "A, B, C and others, 4 in all"
        );
    }

    #[test]
    fn gaps_and_changes_use_percentage_points_for_shares() {
        let decimal = |text: &str| text.parse::<Decimal>().unwrap();
        for (actual, target, unit, lower, is_strict, expected) in [
            ("1115", "1200", "家", false, true, "差逾85家"),
            ("2.3", "2.5", "%", false, true, "差逾0.2个百分点"),
            ("1200", "1200", "家", false, true, "与目标持平（目标不含本数）"),
            ("62", "69", "个", false, false, "少7个"),
            ("81.9", "82.5", "%", false, false, "低0.6个百分点"),
            ("0.5300", "0.5195", "吨标准煤/万元", true, false, "高0.0105吨标准煤/万元"),
            ("10.1563", "10.8", "万元/人", false, false, "少0.6437万元/人"),
            ("850", "850", "家", false, false, "与目标持平"),
            ("5", "3", "个", false, false, "多2个"),
        ] {
            assert_eq!(
                gap_to_target(Language::Chinese, decimal(actual), decimal(target), unit, (lower, is_strict)),
                expected
            );
        }
        assert_eq!(change(Language::Chinese, decimal("9"), decimal("11"), "位", true), "进2位");
        assert_eq!(change(Language::Chinese, decimal("12"), decimal("11"), "位", true), "退1位");
        for (value, base, unit, expected) in [
            ("38", "40.44", "%", "降2.44个百分点"),
            ("34", "44", "个", "减22.7%"),
            ("30", "30", "个", "持平"),
            ("1", "0", "个", "—"),
            ("3", "-2", "亿元", "—"),
            ("10001", "10000", "家", "增0.01%"),
        ] {
            assert_eq!(change(Language::Chinese, decimal(value), decimal(base), unit, false), expected);
        }
    }

    #[test]
    fn numbers_in_words_and_lists_of_names() {
        for (number, expected) in [
            (1, "一"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (45, "四十五"),
            (100, "一百"),
            (101, "一百〇一"),
            (112, "一百一十二"),
        ] {
            assert_eq!(chinese_number(number), expected);
        }
        let four = ["甲", "乙", "丙", "丁"].map(str::to_owned);
        assert_eq!(names(&four, |count| format!("<{count}>"), "项"), "甲、乙、丙等<4>项");
        assert_eq!(names(&four[..3], |_| unreachable!("it is not printed"), "项"), "甲、乙、丙");
    }
}
