//! Characters as readers see them: grapheme clusters (UAX #29), which of them every Chinese font shows, which none may
//! show, and what they probably are.

use unicode_properties::{GeneralCategory, UnicodeEmoji as _, UnicodeGeneralCategory as _};
use unicode_segmentation::UnicodeSegmentation as _;

/// Longest cluster that is set as such; longer ones are stacks of marks that cover the lines around them.
const LONGEST_CLUSTER: usize = 8;

/// The characters of a text as readers count them: `1️⃣` and `é` are one each.
pub fn clusters(text: &str) -> impl Iterator<Item = &str> {
    text.graphemes(true)
}

/// Whether a character is among those of GB 2312 and GBK that every Chinese font has, or a blank.
pub fn is_common(c: char) -> bool {
    matches!(c,
        '\n' | '\t' | ' '..='~' | '\u{a0}' | '§' | '¨' | '°' | '±' | '·' | '×' | '÷'
        | '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '⁻'
        | 'Α'..='Ρ' | 'Σ'..='Ω' | 'α'..='ρ' | 'σ'..='ω' | 'А'..='я' | 'Ё' | 'ё'
        | '–' | '—' | '‘' | '’' | '“' | '”' | '…' | '‰' | '′' | '″' | '※' | '℃' | '№' | '†'
        | 'Ⅰ'..='Ⅹ' | '←'..='↓' | '∈' | '∑' | '−' | '√' | '∞' | '∠' | '∧' | '∨' | '∩' | '∪' | '≈' | '≠' | '≡' | '≤' | '≥'
        | '①'..='⑩' | '⑴'..='⒛' | '■' | '□' | '▲' | '△' | '▷' | '◆' | '◇' | '○' | '◎' | '●' | '◐' | '★' | '☆'
        | '\u{3000}'..='\u{3017}' | '㎡' | '\u{4e00}'..='\u{9fa5}' | '！'..='～' | '￥')
}

/// Whether a character is a Chinese one of the basic block.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Whether a text has none but common characters, so that nothing need be looked up.
pub fn is_plain(text: &str) -> bool {
    text.chars().all(is_common)
}

/// Whether a character shows nothing and moves nothing: joiners, zero-width blanks, soft hyphens, selectors.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

/// What a character is that cannot stand in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clue {
    /// Of the fonts Symbol and Wingdings, which Word uses for bullets and check marks.
    Bullet,
    /// Private use: characters that somebody made for a font or an old GBK system of their own.
    PrivateUse,
    /// A control character.
    Control,
    /// A mark that turns the direction of the text around.
    Direction,
    /// A code point without a character.
    Unassigned,
    /// An emoji, a flag or a keycap.
    Emoji,
    /// More marks than one character can carry.
    Stack,
    /// A character of which the fonts know nothing.
    Rare,
}

impl Clue {
    /// In Chinese words.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Bullet => "Word项目符号或符号字体的字符",
            Self::PrivateUse => "私有区字符，多为自造字",
            Self::Control => "控制字符",
            Self::Direction => "改变文字方向的控制符",
            Self::Unassigned => "没有定义的码位",
            Self::Emoji => "表情符号",
            Self::Stack => "叠加符号过多",
            Self::Rare => "字体中没有的字",
        }
    }

    /// In English words.
    pub fn english(self) -> &'static str {
        match self {
            Self::Bullet => "a bullet of Word or a sign of a symbol font",
            Self::PrivateUse => "private use, mostly characters made by a user",
            Self::Control => "a control character",
            Self::Direction => "a mark that turns the direction of text",
            Self::Unassigned => "no character has this code",
            Self::Emoji => "an emoji",
            Self::Stack => "too many combining marks",
            Self::Rare => "a character that the fonts do not have",
        }
    }
}

/// Why a cluster cannot be printed, whatever the fonts; `None` when the fonts decide.
pub fn unprintable(cluster: &str) -> Option<Clue> {
    if cluster.chars().count() > LONGEST_CLUSTER {
        return Some(Clue::Stack);
    }
    cluster.chars().find_map(|c| match c {
        '\n' | '\t' | '\r' => None,
        '\u{f020}'..='\u{f0ff}' => Some(Clue::Bullet),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(Clue::Direction),
        '\u{e0001}'..='\u{e007f}' => Some(Clue::Emoji),
        c => match c.general_category() {
            GeneralCategory::PrivateUse => Some(Clue::PrivateUse),
            GeneralCategory::Control => Some(Clue::Control),
            GeneralCategory::Unassigned | GeneralCategory::Surrogate => Some(Clue::Unassigned),
            GeneralCategory::Format if !is_invisible(c) && !is_of_a_script(c) => Some(Clue::Control),
            _ => None,
        },
    })
}

/// Format characters that scripts write visibly, such as the Arabic number sign.
fn is_of_a_script(c: char) -> bool {
    matches!(
        c,
        '\u{600}'
            ..='\u{605}'
                | '\u{6dd}'
                | '\u{70f}'
                | '\u{890}'
                | '\u{891}'
                | '\u{8e2}'
                | '\u{110bd}'
                | '\u{110cd}'
    )
}

/// What a cluster that cannot be printed probably is.
pub fn clue(cluster: &str) -> Clue {
    unprintable(cluster).unwrap_or_else(|| {
        let emoji = |c: char| c == '\u{20e3}' || (c.is_emoji_char() && !is_common(c));
        if cluster.chars().any(emoji) { Clue::Emoji } else { Clue::Rare }
    })
}

/// The code points of a cluster: `U+0031 U+FE0F U+20E3`.
pub fn code_points(cluster: &str) -> String {
    let points = cluster.chars().take(LONGEST_CLUSTER).map(|c| format!("U+{:04X}", u32::from(c)));
    points.collect::<Vec<_>>().join(" ")
}

/// Whether a cluster belongs to a script whose letters join, stack or change places. A PDF/A that holds such text may be
/// impossible to make, and the typesetting program cannot always say which text it is.
pub fn is_complex(cluster: &str) -> bool {
    cluster.chars().any(|c| {
        matches!(u32::from(c),
            0x0300..=0x036f | 0x0590..=0x109f | 0x1100..=0x11ff | 0x1200..=0x1cff | 0x1dc0..=0x1dff | 0x20d0..=0x20ff
            | 0x302a..=0x302f | 0xa800..=0xabff | 0xd7b0..=0xd7ff | 0xfb1d..=0xfdff | 0xfe20..=0xfe2f | 0xfe70..=0xfeff
            | 0x10800..=0x10fff | 0x11000..=0x11fff | 0x13000..=0x1345f | 0x16000..=0x1bfff | 0x1d000..=0x1d2ff | 0x1e000..=0x1efff)
            || c.is_emoji_char() && !is_common(c)
    })
}

/// A text that is to stand between “ and ”: its own quotation marks are the inner ones.
pub fn within_quotes(text: &str) -> String {
    text.replace('“', "‘").replace('”', "’")
}

/// A sentence of Latin letters that begins with a capital one.
pub fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_are_what_readers_count() {
        assert_eq!(clusters("1️⃣已🇨🇳👨‍👩‍👧e\u{301}").collect::<Vec<_>>(), ["1️⃣", "已", "🇨🇳", "👨‍👩‍👧", "e\u{301}"]);
    }

    #[test]
    fn what_no_font_may_show_is_told_without_fonts() {
        for (cluster, expected) in [
            ("\u{f0b7}", Some(Clue::Bullet)),
            ("\u{f0fc}", Some(Clue::Bullet)),
            ("\u{e5e5}", Some(Clue::PrivateUse)),
            ("\u{10fffd}", Some(Clue::PrivateUse)),
            ("\u{7}", Some(Clue::Control)),
            ("\u{85}", Some(Clue::Control)),
            ("\u{202e}", Some(Clue::Direction)),
            ("\u{ffff}", Some(Clue::Unassigned)),
            ("\u{378}", Some(Clue::Unassigned)),
            ("\u{fff9}", Some(Clue::Control)),
            ("\n", None),
            ("县", None),
            ("ༀ", None),
            ("1️⃣", None),
            ("\u{200b}", None),
        ] {
            assert_eq!(unprintable(cluster), expected, "{}", code_points(cluster));
        }
        let stack = format!("a{}", "\u{301}".repeat(9));
        assert_eq!(unprintable(&stack), Some(Clue::Stack));
    }

    #[test]
    fn a_clue_tells_what_a_character_probably_is() {
        for (cluster, expected) in [
            ("1️⃣", Clue::Emoji),
            ("👍", Clue::Emoji),
            ("🇨🇳", Clue::Emoji),
            ("✅", Clue::Emoji),
            ("ༀ", Clue::Rare),
            ("𡒄", Clue::Rare),
            ("\u{f0b7}", Clue::Bullet),
        ] {
            assert_eq!(clue(cluster), expected, "{}", code_points(cluster));
        }
        assert_eq!(code_points("1️⃣"), "U+0031 U+FE0F U+20E3");
    }

    #[test]
    fn chinese_prose_is_common() {
        assert!(is_plain("GB/T 8170—2008“以上”（含本数），≥3.0%、亿元／个；÷10⁴"));
        assert!(!is_plain("县\u{f0b7}") && !is_plain("é") && !is_plain("༄"));
    }
}
