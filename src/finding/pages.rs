//! The pages that `duibiao explain` prints. They are kept in `docs/findings.md`, in both languages side by side.

use super::Language;

const TEXT: &str = include_str!("../../docs/findings.md");

/// Codes with their titles, in the order of the document.
pub fn titles() -> Vec<(&'static str, &'static str)> {
    sections().filter_map(|section| section.lines().next()?.split_once(' ')).collect()
}

/// The title of a code; empty for one that is none.
pub fn title(code: &str) -> &'static str {
    titles().into_iter().find(|(known, _)| *known == code).map_or("", |(_, title)| title)
}

/// What a code means: the first paragraph of its page, without its label.
pub fn meaning(code: &str, language: Language) -> Option<&'static str> {
    let section = sections().find(|section| section.split_whitespace().next() == Some(code))?;
    let label = match language {
        Language::Chinese => "**含义。** ",
        Language::English => "**Meaning.** ",
    };
    section.split("\n\n").find_map(|paragraph| paragraph.trim().strip_prefix(label))
}

/// The page of a code, in upper or lower case; `None` when there is none.
pub fn page(code: &str, language: Language) -> Option<String> {
    let section = sections().find(|section| {
        section.split_whitespace().next().is_some_and(|own| own.eq_ignore_ascii_case(code.trim()))
    })?;
    let (title, body) = section.split_once('\n')?;
    let paragraphs = body.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    let is_wanted = |paragraph: &&str| {
        // Chinese labels end with the full stop of that language.
        let is_chinese = paragraph.split("**").nth(1).is_some_and(|label| label.ends_with('。'));
        is_chinese == (language == Language::Chinese)
    };
    let wanted: Vec<String> =
        paragraphs.filter(is_wanted).map(|paragraph| paragraph.replace("**", "")).collect();
    Some(format!("{title}\n\n{}", wanted.join("\n\n")))
}

fn sections() -> impl Iterator<Item = &'static str> {
    TEXT.split("\n## ").skip(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::codes;

    #[test]
    fn every_code_has_a_page_with_meaning_reason_example_and_remedy_in_both_languages() {
        assert_eq!(titles().iter().map(|(code, _)| *code).collect::<Vec<_>>(), codes());
        for code in codes() {
            for (language, labels) in [
                (Language::Chinese, ["含义。", "影响。", "示例。", "处理。"]),
                (Language::English, ["Meaning.", "Why it matters.", "Example.", "What to do."]),
            ] {
                let page = page(&code.to_lowercase(), language).unwrap();
                let paragraphs: Vec<&str> = page.split("\n\n").skip(1).collect();
                assert_eq!(paragraphs.len(), 4, "{code} {page}");
                for (paragraph, label) in paragraphs.iter().zip(labels) {
                    let text = paragraph.strip_prefix(label).unwrap_or_else(|| panic!("{code}: {paragraph}"));
                    assert!(text.trim().chars().count() > 5, "{code}: {paragraph}");
                }
            }
        }
        assert_eq!(page("X999", Language::Chinese), None);
    }
}
