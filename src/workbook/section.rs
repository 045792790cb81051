//! A section of a number format: one of up to three ways to show a number, taken apart.

use rust_decimal::{Decimal, RoundingStrategy};

use super::comparison::Comparison;
use super::display::{Display, fixed};

/// A section of a number format.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// For which numbers it is, where it says so: `[<1]`.
    pub condition: Option<Condition>,
    /// What stands before the digits.
    before: String,
    /// Places of digits before the point, and what stands between them.
    whole: Vec<DigitPlace>,
    /// Places of digits behind the point.
    fraction: Vec<char>,
    /// What stands behind the digits.
    after: String,
    /// Letters that stand for dates and the like.
    letters: String,
    has_point: bool,
    has_percent: bool,
    has_slash: bool,
    is_general: bool,
    is_duration: bool,
    is_text: bool,
    is_coloured: bool,
    /// How many commas behind the digits divide by a thousand.
    thousands: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DigitPlace {
    Digit(char),
    Literal(char),
}

/// A limit that a section names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Condition {
    comparison: Comparison,
    limit: Decimal,
}

impl Condition {
    fn parse(text: &str) -> Option<Self> {
        ["<=", ">=", "<>", "<", ">", "="].into_iter().find_map(|sign| {
            let limit = text.strip_prefix(sign)?.trim().parse().ok()?;
            Some(Self { comparison: Comparison::of(sign)?, limit })
        })
    }

    pub(super) fn holds(self, value: Decimal) -> bool {
        self.comparison.holds(value.cmp(&self.limit))
    }

    /// Whether it holds for negative numbers only.
    pub(super) fn is_negative(self) -> bool {
        matches!(self.comparison, Comparison::Less) && self.limit <= Decimal::ZERO
    }
}

/// The sections of a format that are for numbers, and the one for texts.
pub(super) fn sections(code: &str) -> (Vec<Section>, Option<Section>) {
    let mut reader =
        SectionReader { rest: code, section: Section::default(), pending: String::new(), done: Vec::new() };
    while reader.step() {}
    reader.finish();
    let mut sections = reader.done;
    // The fourth one, or one with @, is for text.
    let texts = match sections.get(3) {
        Some(fourth) => Some(fourth.clone()),
        None => sections.iter().rfind(|section| section.is_text).cloned(),
    };
    sections.truncate(3);
    if sections.len() > 1 {
        sections.retain(|section| !section.is_text);
    }
    (sections, texts)
}

struct SectionReader<'a> {
    rest: &'a str,
    section: Section,
    /// Literals behind digits: between them if more digits follow.
    pending: String,
    done: Vec<Section>,
}

impl SectionReader<'_> {
    fn take(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = self.rest.get(c.len_utf8()..).unwrap_or_default();
        Some(c)
    }

    fn take_until(&mut self, end: char) -> String {
        let (inside, rest) = self.rest.split_once(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        inside.to_owned()
    }

    fn step(&mut self) -> bool {
        for general in ["G/通用格式", "general"] {
            let head = self.rest.get(..general.len());
            if head.is_some_and(|head| head.eq_ignore_ascii_case(general)) {
                self.rest = self.rest.get(general.len()..).unwrap_or_default();
                self.section.is_general = true;
                return true;
            }
        }
        let Some(c) = self.take() else { return false };
        match c {
            ';' => self.finish(),
            '"' => {
                let text = self.take_until('"');
                self.literal(&text);
            }
            '\\' | '!' => {
                if let Some(c) = self.take() {
                    self.literal(c.encode_utf8(&mut [0; 4]));
                }
            }
            '_' => {
                self.take();
                self.literal(" ");
            }
            '*' => _ = self.take(),
            '[' => self.bracket(),
            '0' | '#' | '?' => self.digit(c),
            '.' if self.has_digits() || self.rest.starts_with(['0', '#', '?']) => {
                self.section.has_point = true
            }
            ',' => self.comma(),
            '%' => {
                self.section.has_percent = true;
                self.literal("%");
            }
            '/' => self.section.has_slash = true,
            '@' => self.section.is_text = true,
            c if c.is_ascii_alphabetic() => self.section.letters.push(c.to_ascii_lowercase()),
            c => self.literal(c.encode_utf8(&mut [0; 4])),
        }
        true
    }

    fn finish(&mut self) {
        self.section.after.push_str(&std::mem::take(&mut self.pending));
        // A colour alone shows numbers as they are.
        let coloured = Section { is_coloured: true, condition: self.section.condition, ..Section::default() };
        self.section.is_general |= self.section == coloured;
        self.done.push(std::mem::take(&mut self.section));
    }

    fn has_digits(&self) -> bool {
        !self.section.whole.is_empty() || !self.section.fraction.is_empty() || self.section.is_general
    }

    fn literal(&mut self, text: &str) {
        if self.has_digits() || self.section.is_text {
            self.pending.push_str(text)
        } else {
            self.section.before.push_str(text)
        }
    }

    fn digit(&mut self, c: char) {
        let between = std::mem::take(&mut self.pending);
        if self.section.has_point {
            self.section.fraction.push(c);
        } else {
            self.section.whole.extend(between.chars().map(DigitPlace::Literal));
            self.section.whole.push(DigitPlace::Digit(c));
        }
    }

    /// A comma between digits groups them, one behind them divides.
    fn comma(&mut self) {
        let digits_follow = self.rest.trim_start_matches(',').starts_with(['0', '#', '?']);
        if self.has_digits() && !digits_follow {
            self.section.thousands += 1;
        }
    }

    /// `[Red]`, `[<1]`, `[h]`, `[$US$-409]`.
    fn bracket(&mut self) {
        let inside = self.take_until(']');
        if let Some(currency) = inside.strip_prefix('$') {
            let (sign, place) = currency.rsplit_once('-').unwrap_or((currency, ""));
            // The sign of the yen is that of the yuan; the place tells them apart.
            let is_yen = place.eq_ignore_ascii_case("411") && matches!(sign, "¥" | "￥" | "\\");
            self.literal(if is_yen { "日元" } else { sign });
        } else if !inside.is_empty() && inside.chars().all(|c| "hmsHMS".contains(c)) {
            self.section.is_duration = true;
        } else if let Some(condition) = Condition::parse(&inside) {
            self.section.condition = Some(condition);
        } else {
            self.section.is_coloured = true;
        }
    }
}

/// Signs of 元 and 人民币: an amount is shown with them whatever its scale.
const YUAN: [&str; 6] = ["¥", "￥", "CN¥", "CNY", "RMB", "Ұ"];
/// Words for a scale that stand behind numbers that a format divides.
const SCALES: [&str; 9] = ["", "千", "万", "十万", "百万", "千万", "亿", "k", "K"];

impl Section {
    /// What the section does when it shows the number and nothing that changes its meaning.
    pub(super) fn simple(&self, is_negative: bool) -> Option<Display> {
        if is_negative && !self.marks_negative() {
            return None;
        }
        let (before, after) = self.literals(is_negative);
        let has = |letters: &str| self.letters.contains(|c: char| letters.contains(c));
        let digits = !self.whole.is_empty() || !self.fraction.is_empty();
        if self.has_percent {
            return Some(Display::Percent);
        }
        if self.is_duration || has("dhs") {
            return Some(Display::Date);
        }
        if has("y") && has("m") {
            return Some(Display::Month);
        }
        if has("y") {
            return Some(Display::Year);
        }
        if has("m") || (has("eb") && !digits) {
            return Some(Display::Date);
        }
        // A format for texts shows numbers as they are, between what it adds.
        let is_bare_text = self.is_text && before.is_empty() && after.is_empty();
        if is_bare_text || !self.letters.is_empty() || self.has_slash {
            return Some(Display::Plain);
        }
        let is_divided = self.thousands > 0;
        let is_parted = self.whole.iter().any(|place| matches!(place, DigitPlace::Literal(c) if *c != ' '));
        if is_divided {
            return (before.is_empty() && SCALES.contains(&after)).then_some(Display::Scaled);
        }
        match (before, after) {
            ("", "") if self.is_general => Some(Display::Plain),
            ("", "%" | "％") if digits && !is_parted => Some(Display::PercentSign),
            ("", "") if digits && !is_parted && self.shows_zero() => {
                let all = self.fraction.iter().all(|place| *place == '0');
                let decimals = u8::try_from(self.fraction.len()).ok().filter(|_| all);
                Some(decimals.map_or(Display::Plain, Display::Fixed))
            }
            _ => None,
        }
    }

    /// Whether people see that a number is negative: by a sign, brackets, or a colour.
    fn marks_negative(&self) -> bool {
        let signs = ['(', '（', '-', '−', '△', '▲'];
        self.is_coloured
            || self.is_general
            || self.condition.is_some()
            || self.before.contains(signs)
            || self.after.contains(signs)
            || !self.letters.is_empty()
            || (self.whole.is_empty() && self.fraction.is_empty())
    }

    /// Whether zero is shown as a digit.
    fn shows_zero(&self) -> bool {
        self.whole.contains(&DigitPlace::Digit('0')) || self.fraction.contains(&'0')
    }

    /// Whether nothing of a number is seen.
    pub(super) fn hides(&self, value: Decimal) -> bool {
        let decimals = u32::try_from(self.fraction.len()).unwrap_or(0);
        let digits = !self.whole.is_empty() || !self.fraction.is_empty();
        digits
            && !self.is_general
            && !self.shows_zero()
            && self.letters.is_empty()
            && !self.has_slash
            && value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero).is_zero()
    }

    /// What stands before and behind the digits, apart from blanks, signs of 元, and what marks negative numbers.
    fn literals(&self, is_negative: bool) -> (&str, &str) {
        let mut before = self.before.trim();
        let mut after = self.after.trim();
        if is_negative {
            before = before.trim_start_matches(['(', '-', '−', '（', '△', '▲']).trim();
            before = before.trim_end_matches(['(', '-', '−', '（']).trim();
            after = after.trim_matches([')', '）', '-']).trim();
        }
        let without = |part| if YUAN.contains(&part) { "" } else { part };
        (without(before), without(after))
    }

    /// The text that is seen.
    pub(super) fn text(&self, value: Decimal, is_negative: bool) -> String {
        let (before, after) = self.literals(is_negative);
        let is_signed = value < Decimal::ZERO && (!is_negative || self.marks_negative());
        let sign = if is_signed { "-" } else { "" };
        let digits = if self.hides(value) { String::new() } else { self.digits(value.abs()) };
        let sign = if digits.is_empty() { "" } else { sign };
        format!("{sign}{before}{digits}{after}").trim().to_owned()
    }

    /// A text as the section shows it.
    pub(super) fn around(&self, text: &str) -> String {
        let text = if self.is_text || self.is_general { text } else { "" };
        format!("{}{text}{}", self.before, self.after)
    }

    fn digits(&self, value: Decimal) -> String {
        if self.is_general || self.is_text {
            return value.normalize().to_string();
        }
        if self.whole.is_empty() && self.fraction.is_empty() {
            return String::new();
        }
        let value =
            if self.has_percent { value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value) } else { value };
        let divided = (0..self.thousands.min(5))
            .fold(value, |value, _| value.checked_div(Decimal::ONE_THOUSAND).unwrap_or(value));
        let decimals = u32::try_from(self.fraction.len()).unwrap_or(0).min(15);
        let number = fixed(divided, decimals);
        let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
        let least = self.fraction.iter().rposition(|place| *place == '0').map_or(0, |last| last + 1);
        let cut = fraction.trim_end_matches('0').len().max(least.min(fraction.len()));
        let fraction = fraction.get(..cut).unwrap_or_default();
        let whole = self.filled(whole);
        if self.has_point { format!("{whole}.{fraction}") } else { whole }
    }

    /// Digits put into their places from the right, with what stands between the places.
    fn filled(&self, digits: &str) -> String {
        let mut rest = digits.chars().rev();
        let mut backwards: Vec<char> = Vec::new();
        for place in self.whole.iter().rev() {
            match place {
                DigitPlace::Literal(c) => backwards.push(*c),
                DigitPlace::Digit(kind) => backwards.extend(rest.next().or((*kind == '0').then_some('0'))),
            }
        }
        backwards.extend(rest);
        backwards.into_iter().rev().collect()
    }
}
