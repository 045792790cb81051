//! Names of indicators: when two are the same, what the catalogue has, and short ones.

use unicode_normalization::UnicodeNormalization as _;

use super::lexicon::LOWER;
use super::passage::{ending, holds, plain};
use crate::plan::{Catalogue, Direction};

/// A name as it is compared: without blanks, quotes, the kind of bracket, and words for a number at its end.
pub(super) fn key(name: &str) -> String {
    let bare: String =
        plain(name).nfkc().flat_map(char::to_lowercase).filter(|c| !"“”\"'《》‘’".contains(*c)).collect();
    let bare = bare.replace(['〈', '<'], "(").replace(['〉', '>'], ")").replace("(r&d)", "");
    let end = ending(&bare, &["总数", "数量", "总量", "数"]).map_or(0, str::len);
    let kept = bare.get(..bare.len() - end).unwrap_or_default();
    if kept.is_empty() { bare } else { kept.to_owned() }
}

/// The names of the catalogue with their ids.
pub(super) struct Known<'a> {
    catalogue: &'a Catalogue,
    names: Vec<(String, String)>,
}

impl<'a> Known<'a> {
    pub(super) fn of(catalogue: &'a Catalogue) -> Self {
        let names = catalogue.names().map(|(name, id)| (key(name), id.to_owned())).collect();
        Self { catalogue, names }
    }

    /// The id of a name that the catalogue has exactly.
    pub(super) fn find(&self, name: &str) -> Option<&str> {
        let key = key(name);
        self.names.iter().find(|(known, _)| *known == key).map(|(_, id)| id.as_str())
    }

    /// The unit of an id.
    pub(super) fn unit(&self, id: &str) -> Option<&str> {
        self.catalogue.unit_of(id)
    }

    /// Which way is better for an id.
    pub(super) fn direction(&self, id: &str) -> Option<Direction> {
        self.catalogue.direction_of(id)
    }

    /// At most three names that share most pairs of characters, the likest first, with their ids.
    pub(super) fn like(&self, name: &str) -> Vec<String> {
        let own = key(name);
        let names = self.names.iter().map(|(known, id)| (likeness(&own, known), id.as_str()));
        let mut found: Vec<(usize, &str)> = names.filter(|(likeness, _)| *likeness >= LIKE).collect();
        found.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
        let mut ids: Vec<String> = Vec::new();
        for (_, id) in found {
            if !ids.iter().any(|known| known == id) {
                ids.push(id.to_owned());
            }
        }
        ids.truncate(3);
        ids
    }
}

/// Least share of pairs of characters that candidates have in common, in percent.
const LIKE: usize = 45;

/// How many pairs of characters two keys have in common, in percent of all.
pub(super) fn likeness(one: &str, other: &str) -> usize {
    let (one, other) = (pairs(one), pairs(other));
    let shared = one.iter().filter(|pair| other.contains(pair)).count();
    (shared * 200).checked_div(one.len() + other.len()).unwrap_or(0)
}

fn pairs(text: &str) -> Vec<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
}

/// Whether words of a name say that less is better; 优良天数 and the like are no burden.
pub(super) fn sounds_lower(name: &str) -> bool {
    let more = ["降低", "下降", "减少", "削减", "优良", "处理率", "利用率", "达标", "节约", "替代", "非化石"];
    // 超低排放改造 is work, no burden.
    let is_work =
        ending(name, &["改造", "治理", "建设", "工程", "项目", "整治", "修复", "示范", "平台"]).is_some();
    holds(name, LOWER) && !holds(name, &more) && !is_work
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_what_does_not_count() {
        for (one, other) in [
            ("高新技术企业数", "高新技术企业总数"),
            ("“双一流”建设学科", "双一流建设学科"),
            ("工程<技术>研究中心", "工程（技术）研究中心"),
            ("研究与试验发展（R&D）经费", "研究与试验发展经费"),
        ] {
            assert_eq!(key(one), key(other));
        }
        assert_ne!(key("主营业务收入比重"), key("营业收入比重"));
    }

    #[test]
    fn burdens_sound_lower_and_their_reduction_does_not() {
        for (name, lower) in [
            ("单位地区生产总值能耗", true),
            ("城镇调查失业率", true),
            ("单位地区生产总值能耗降低", false),
            ("空气质量优良天数比率", false),
            ("研发投入强度", false),
        ] {
            assert_eq!(sounds_lower(name), lower, "{name}");
        }
    }
}
