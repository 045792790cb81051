//! Text as people type it → text that can be compared. The raw text is kept elsewhere, untouched.

use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use unicode_normalization::UnicodeNormalization as _;

/// Simplifies, unifies widths and blanks, drops invisible characters; keeps line breaks.
pub fn clean(text: &str) -> String {
    let marked: String = text
        .chars()
        .filter_map(|c| match c {
            '\r' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' | '\t' => Some(' '),
            '⁰' | '¹' | '²' | '³' | '①'..='⑳' => None,
            c if c.is_control() && c != '\n' => None,
            c => Some(c),
        })
        .collect();
    // ‰, ℃ and … would be folded into other characters.
    let folded: String = marked
        .chars()
        .flat_map(|c| match c {
            '‰' | '℃' | '㎡' | '…' => vec![c],
            c => c.to_string().nfkc().collect(),
        })
        .collect();
    folded.trim().to_owned()
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
    let text = simplified(&clean(text));
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text: String = text
        .chars()
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
    let text = text.trim_end_matches(['*', '★', '#', '※']);
    let text = text.strip_prefix("其中:").or_else(|| text.strip_prefix("其中")).unwrap_or(text);
    text.trim_matches(['、', '.', ':', ',', ';']).to_owned()
}

/// Splits a heading or label into its words and a unit in a last bracket: `2023年实绩（万元）`.
pub(super) fn split_unit(text: &str) -> (String, Option<String>) {
    let text = clean(text).replace('\n', "");
    let Some(open) = text.trim_end().strip_suffix(')').and_then(|inner| inner.rfind('(')) else {
        return (text, None);
    };
    let inside = text.get(open + 1..text.trim_end().len() - 1).unwrap_or_default().trim().to_owned();
    let unit = crate::quantity::Unit::parse(&inside);
    if inside.is_empty() || !unit.is_known() {
        return (text, None);
    }
    (text.get(..open).unwrap_or_default().trim().to_owned(), Some(inside))
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

fn simplified(text: &str) -> String {
    let variants: String = text
        .chars()
        .map(|c| match c {
            '絶' => '绝',
            '巿' => '市',
            '隻' => '只',
            c => c,
        })
        .collect();
    TO_SIMPLIFIED.as_ref().map_or_else(|| variants.clone(), |converter| converter.convert(&variants))
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn only_known_units_are_taken_from_brackets() {
        assert_eq!(split_unit("2023年实绩（万元）"), ("2023年实绩".into(), Some("万元".into())));
        assert_eq!(split_unit("地区生产总值(当年价格)"), ("地区生产总值(当年价格)".into(), None));
        assert_eq!(split_unit("实绩"), ("实绩".into(), None));
    }

    #[test]
    fn suggestions_are_near_and_never_far() {
        let known = ["市科技局", "市财政局"];
        assert_eq!(nearest("市科枝局", known.into_iter()), Some("市科技局".into()));
        assert_eq!(nearest("深堆", known.into_iter()), None);
    }
}
