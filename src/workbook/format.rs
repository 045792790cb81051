//! Number formats (ECMA-376, 18.8.31) → what they do to the number that is shown.
//!
//! A format has sections, and the number decides which of them counts. Where a section does no more than set decimals the
//! number stands for itself. Where it adds words, hides the number, or shows another one, the text that people see is
//! composed here; whether it says the same as the number is for the reader of values to judge.

use std::str::FromStr as _;

use rust_decimal::Decimal;

use super::display::Display;
use super::section::{Section, sections};

/// A number format.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NumberFormat {
    numbers: ShownNumbers,
    /// How texts are shown, where they are not shown as they are.
    texts: Option<Box<Section>>,
}

/// How a format shows numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ShownNumbers {
    /// Every number in the same way.
    Simple(Display),
    /// By sections that are chosen by the number, or add something to it.
    Sections(Vec<Section>),
}

impl Default for ShownNumbers {
    fn default() -> Self {
        Self::Simple(Display::Plain)
    }
}

/// Length of the longest code that is looked at, in bytes; spreadsheets allow 255 characters.
const LONGEST: usize = 1000;

/// Codes of the formats that stand for numbers without codes of their own (ECMA-376, 18.8.30).
const BUILTIN: &[(u32, &str)] = &[
    (1, "0"),
    (2, "0.00"),
    (3, "#,##0"),
    (4, "#,##0.00"),
    (37, "#,##0;-#,##0"),
    (38, "#,##0;[Red]-#,##0"),
    (39, "#,##0.00;-#,##0.00"),
    (40, "#,##0.00;[Red]-#,##0.00"),
    (41, "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ "),
    (42, "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ "),
    (43, "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ "),
    (44, "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ "),
];

impl NumberFormat {
    /// Reads a format code.
    pub(super) fn of(code: &str) -> Self {
        if code.trim().is_empty() || code.len() > LONGEST {
            return Self::default();
        }
        let (sections, texts) = sections(code);
        Self { numbers: ShownNumbers::of(sections), texts: texts.map(Box::new) }
    }

    /// The text that is seen in place of a stored one, where that is another one.
    pub(super) fn show_text(&self, text: &str) -> Option<String> {
        let shown = self.texts.as_ref()?.around(text);
        (shown.trim() != text.trim()).then_some(shown)
    }

    /// The format that stands for a number without a code of its own (ECMA-376, 18.8.30, and its East Asian additions).
    pub(super) fn builtin(id: u32) -> Self {
        let display = match id {
            9 | 10 => Display::Percent,
            17 | 27 | 36 | 50 | 52 | 57 => Display::Month,
            14..=22 | 28..=35 | 45..=47 | 51..=58 => Display::Date,
            _ => {
                let own = BUILTIN.iter().find(|(own, _)| *own == id);
                return own.map(|(_, code)| Self::of(code)).unwrap_or_default();
            }
        };
        Self { numbers: ShownNumbers::Simple(display), texts: None }
    }

    /// How a stored number is shown, and the text that is seen where it is more or less than the number.
    pub(super) fn show(&self, number: &str) -> (Display, Option<String>) {
        let sections = match &self.numbers {
            ShownNumbers::Simple(display) => return (*display, None),
            ShownNumbers::Sections(sections) => sections,
        };
        let value = Decimal::from_str(number).or_else(|_| Decimal::from_scientific(number)).ok();
        let Some(value) = value else { return (Display::Plain, None) };
        let Some((section, is_negative)) = chosen(sections, value) else { return (Display::Plain, None) };
        if let Some(display) = section.simple(is_negative).filter(|_| !section.hides(value)) {
            return (display, None);
        }
        let shown = section.text(value, is_negative);
        (Display::Plain, Some(shown))
    }

    /// How numbers are shown that are positive, as far as that can be told without one.
    #[cfg(test)]
    fn display(&self) -> Display {
        self.show("1").0
    }
}

impl ShownNumbers {
    fn of(sections: Vec<Section>) -> Self {
        let simple = |at: usize, section: &Section| section.simple(at == 1 && sections.len() > 1);
        let displays: Vec<Option<Display>> =
            sections.iter().enumerate().map(|(at, section)| simple(at, section)).collect();
        match displays.first() {
            None => Self::default(),
            Some(Some(first)) if displays.iter().all(|one| *one == Some(*first)) => Self::Simple(*first),
            Some(_) => Self::Sections(sections),
        }
    }
}

/// The section for a number, and whether it is one for negative numbers, which shows them without their sign.
fn chosen(sections: &[Section], value: Decimal) -> Option<(&Section, bool)> {
    let count = sections.len();
    for (at, section) in sections.iter().enumerate() {
        let holds = match section.condition {
            Some(condition) => condition.holds(value),
            None if at + 1 == count => true,
            None if at == 0 && count == 2 => value >= Decimal::ZERO || has_condition(sections),
            None if at == 0 => value > Decimal::ZERO,
            None => value < Decimal::ZERO,
        };
        if holds {
            let negative = match section.condition {
                Some(condition) => condition.is_negative(),
                None => at == 1 && !has_condition(sections),
            };
            return Some((section, negative && value < Decimal::ZERO));
        }
    }
    None
}

fn has_condition(sections: &[Section]) -> bool {
    sections.iter().any(|section| section.condition.is_some())
}

#[cfg(test)]
mod tests {
    use super::super::display::fixed;
    use super::*;

    #[test]
    fn formats_are_told_apart() {
        for (code, expected) in [
            ("General", Display::Plain),
            ("G/通用格式", Display::Plain),
            ("0.00", Display::Fixed(2)),
            ("#,##0", Display::Fixed(0)),
            ("#,##0.00_);[Red](#,##0.00)", Display::Fixed(2)),
            ("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", Display::Fixed(2)),
            ("_-* #\\ ##0.00_-", Display::Fixed(2)),
            ("0.##", Display::Plain),
            ("# ?/?", Display::Plain),
            ("0.00E+00", Display::Plain),
            ("@", Display::Plain),
            ("[Red]0.0", Display::Fixed(1)),
            ("[DBNum1][$-804]General", Display::Plain),
            ("\"¥\"#,##0.00", Display::Fixed(2)),
            ("[$¥-804]#,##0.00", Display::Fixed(2)),
            ("0.0%", Display::Percent),
            ("0%;-0%", Display::Percent),
            ("0.0\"%\"", Display::PercentSign),
            ("0.0\\%", Display::PercentSign),
            ("0.0,", Display::Scaled),
            ("#,##0,,", Display::Scaled),
            ("0!.0,\"万\"", Display::Scaled),
            ("yyyy-mm-dd", Display::Date),
            ("yyyy\"年\"m\"月\"", Display::Month),
            ("yyyy\"年\"m\"月\"d\"日\"", Display::Date),
            ("mm:ss", Display::Date),
            ("[$-409]d/m/yyyy h:mm AM/PM;@", Display::Date),
            ("[$-804]aaaa", Display::Plain),
            ("[h]:mm", Display::Date),
            ("yyyy\"年\"", Display::Year),
            ("yyyy", Display::Year),
        ] {
            assert_eq!(NumberFormat::of(code).display(), expected, "{code}");
            assert_eq!(NumberFormat::of(code).show("1").1, None, "{code}");
        }
        let builtin = |id| NumberFormat::builtin(id).display();
        assert_eq!(
            (builtin(10), builtin(57), builtin(4)),
            (Display::Percent, Display::Month, Display::Fixed(2))
        );
    }

    #[test]
    fn what_is_seen_is_told_where_it_is_not_the_number() {
        for (code, number, shown) in [
            (";;;", "861", ""),
            ("0;-0;;@", "0", ""),
            ("0;-0;;@", "861", "861"),
            ("#,##0.0;-#,##0.0;", "0", ""),
            ("#,###", "0", ""),
            ("#,###", "5", "5"),
            ("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "0", "-"),
            ("0\"0\"", "86", "860"),
            ("\"861\"", "5", "861"),
            ("-0", "12", "-12"),
            ("(0.0)", "12", "(12.0)"),
            ("0.0\"‰\"", "83.1", "83.1‰"),
            ("0.0‰", "83.1", "83.1‰"),
            ("#,##0\"百万元\"", "18684", "18684百万元"),
            ("[$US$-409]#,##0.0", "1968.4", "US$1968.4"),
            ("\\$#,##0.00_);(\\$#,##0.00)", "-5", "-$5.00"),
            ("0\"家\"", "861", "861家"),
            ("General\"家\"", "86.1", "86.1家"),
            ("0\"年\"", "2023", "2023年"),
            ("\"约\"0", "861", "约861"),
            ("0.0\"亿元\"", "5.25", "5.3亿元"),
            ("0!.0,\"万元\"", "51000", "5.1万元"),
            ("0!.0", "5100", "510.0"),
            ("[<1]0.0%;0\"家\"", "54.2", "54家"),
            ("0.0;0.0", "-3", "3.0"),
            ("0.0%;0.0%", "-0.03", "3.0%"),
            ("\"+\"0.0;-0.0;0", "6.7", "+6.7"),
            ("[>=10000]0!.0,\"万\";0\"个\"", "300", "300个"),
        ] {
            let (display, text) = NumberFormat::of(code).show(number);
            assert_eq!(text.as_deref().unwrap_or(number), shown, "{code} {number} {display:?}");
        }
        for (code, number, display) in [
            ("[<1]0.0%;0", "54.2", Display::Fixed(0)),
            ("[<1]0.0%;0", "0.542", Display::Percent),
            ("[>=10000]0!.0,\"万\";0", "300", Display::Fixed(0)),
            ("[Red][<0]0.0;0.0", "-3", Display::Fixed(1)),
            ("0.0_);(0.0)", "-3", Display::Fixed(1)),
            ("0.0;[Red]0.0", "-3", Display::Fixed(1)),
        ] {
            assert_eq!(NumberFormat::of(code).show(number), (display, None), "{code} {number}");
        }
    }

    #[test]
    fn texts_are_shown_by_the_section_for_them() {
        for (code, shown) in [
            ("General", None),
            ("@", None),
            ("0.00", None),
            (";;;", Some("")),
            ("0;-0;;@", None),
            ("0;-0;0;\"-\"", Some("-")),
            ("@\"0\"", Some("8610")),
            ("@\"万元\"", Some("861万元")),
            ("\"约\"@", Some("约861")),
            ("0;-0;0;@\"0\"", Some("8610")),
            ("0;@\"0\"", Some("8610")),
            ("0;-0;0;General", None),
            ("_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", None),
            ("[Red]@", None),
        ] {
            assert_eq!(NumberFormat::of(code).show_text("861").as_deref(), shown, "{code}");
        }
        for (code, shown) in [("@\"0\"", Some("8610")), ("@", None), ("_ @_ ", None)] {
            assert_eq!(NumberFormat::of(code).show("861").1.as_deref(), shown, "{code}");
        }
    }

    #[test]
    fn decimals_are_shown_with_their_zeros() {
        for (value, decimals, shown) in
            [("1.1", 2, "1.10"), ("2.675", 2, "2.68"), ("-0.001", 2, "0.00"), ("5", 0, "5")]
        {
            assert_eq!(fixed(Decimal::from_str(value).unwrap(), decimals), shown);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_code_is_read(code in "[0#?,.;%\"a-zA-Z年家\\\\!_*\\[\\]<>=$ @/+()-]{0,24}", number in -1_000_000_i64..1_000_000, places in 0_u32..5) {
            _ = NumberFormat::of(&code).show(&Decimal::new(number, places).to_string());
        }
    }
}
