//! Which known name that of a row is like; it is suggested, never taken.

use super::text::{name_key, nearest};

/// How much of a name must stand in another one by itself to be like it, in characters.
const LIKE: usize = 4;

/// The known name that the name of a row is like: the same without what stands in brackets, the same but for a beginning or an end that one of
/// them lacks, else the nearest; a suggestion, never a decision. The names that are likeliest come first.
pub(super) fn like<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let known: Vec<(&str, String)> = known.map(|one| (one, without_brackets(&name_key(one)))).collect();
    let name = without_year(name);
    let key = without_brackets(&name_key(name));
    let same = known.iter().find(|(_, other)| !key.is_empty() && *other == key);
    let within = |other: &str| {
        let (short, long) =
            if key.len() < other.len() { (key.as_str(), other) } else { (other, key.as_str()) };
        short.chars().count() >= LIKE && (long.starts_with(short) || long.ends_with(short))
    };
    let parts = known.iter().filter(|(_, other)| within(other));
    let part = parts.min_by_key(|(_, other)| other.len().abs_diff(key.len()));
    let found = same.or(part).map(|(name, _)| (*name).to_owned());
    found.or_else(|| nearest(name, known.iter().map(|(name, _)| *name)))
}

/// Without the year before it: 2023年….
fn without_year(name: &str) -> &str {
    let rest = name.trim().trim_start_matches(|c: char| c.is_ascii_digit());
    rest.strip_prefix('年').unwrap_or(name)
}

/// Without what stands in brackets.
fn without_brackets(key: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for c in key.chars() {
        match c {
            '(' | '（' => depth = depth.saturating_add(1),
            ')' | '）' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_like_the_one_that_it_is_but_for_a_beginning_an_end_or_brackets() {
        let known = ["农村生活污水治理率", "新建农村户用卫生厕所", "秸秆综合利用率"];
        for (name, expected) in [
            ("农村生活污水治理率（%，年末）", Some("农村生活污水治理率")),
            ("污水治理率", Some("农村生活污水治理率")),
            ("农村生活污水处理率", Some("农村生活污水治理率")),
            ("全市新建农村户用卫生厕所", Some("新建农村户用卫生厕所")),
            ("2023年农村生活污水治埋率", Some("农村生活污水治理率")),
            ("治理率", None),
            ("人均公园绿地面积", None),
            ("", None),
        ] {
            assert_eq!(like(name, known.into_iter()).as_deref(), expected, "{name}");
        }
    }
}
