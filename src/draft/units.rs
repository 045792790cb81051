//! Names of departments as documents list them: 市发改委、市工信局,各县市区、园区等.

use super::lexicon::UNIT_ENDINGS;
use super::passage::{beginning, ending, plain};

/// Names that were read, and whether each looks like one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Units {
    pub(super) names: Vec<String>,
    pub(super) are_sure: bool,
}

/// Longest name of a unit, in characters.
const LONGEST: usize = 28;

/// Whether a text looks like the name of a unit.
pub(super) fn is_unit(name: &str) -> bool {
    let length = name.chars().count();
    let odd = |c: char| c.is_ascii_digit() || ",。;:%“”".contains(c);
    (2..=LONGEST).contains(&length)
        && !name.contains(odd)
        && (ending(name, UNIT_ENDINGS).is_some() || beginning(name, &["各", "相关", "有关"]).is_some())
}

/// Whether a text is the name of a body that issues documents.
pub(super) fn is_body(name: &str) -> bool {
    is_unit(name) || name.ends_with("政府")
}

/// Whether a cell holds names of units, or a dash in their place.
pub(super) fn is_list(cell: &str) -> bool {
    if is_dash(cell) {
        return true;
    }
    let units = list(cell);
    !units.names.is_empty() && units.names.iter().all(|name| is_unit(name))
}

/// Whether a cell is a dash.
pub(super) fn is_dash(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|c| "-—–－/".contains(c))
}

/// The names of a list; collective names (各…, 相关…) stay whole.
pub(super) fn list(text: &str) -> Units {
    let text = without_remarks(&plain(text));
    let mut names: Vec<(String, usize)> = Vec::new();
    let mut are_sure = true;
    for (part, texts) in text.split([',', ';']).enumerate() {
        for piece in texts.split('、') {
            let piece = piece.trim_matches(['。', '|', ':']).trim_end_matches('等').trim_start_matches('和');
            if piece.is_empty() {
                continue;
            }
            let pieces = run_on(piece);
            are_sure &= pieces.len() == 1;
            for piece in pieces {
                let collective = names.last().is_some_and(|(name, of)| {
                    *of == part && beginning(name, &["各", "相关", "有关"]).is_some()
                });
                let own = beginning(piece, &["各", "市", "县", "区", "团", "省", "州", "国", "相关", "有关"])
                    .is_some();
                match names.last_mut() {
                    Some((name, _)) if collective && !own => {
                        name.push('、');
                        name.push_str(piece);
                    }
                    _ => names.push((piece.to_owned(), part)),
                }
            }
        }
    }
    let names: Vec<String> = names.into_iter().map(|(name, _)| name).collect();
    are_sure &= names.iter().all(|name| is_unit(name));
    Units { names, are_sure }
}

/// Names that run together: 市农业农村局市经信局, 潜江高新区管委会各区.
fn run_on(piece: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = piece;
    loop {
        let cut = rest.char_indices().skip(1).find(|(at, _)| {
            let (head, tail) = rest.split_at(*at);
            let begins_own = tail.starts_with(['市', '县', '区'])
                && ending(tail, &["局", "委", "办", "中心"]).is_some()
                && (3..=12).contains(&tail.chars().count());
            let own = head.ends_with(['局', '委', '办', '部', '会']) && begins_own;
            own || (head.ends_with(['会', '局']) && tail.starts_with('各'))
        });
        match cut {
            Some((at, _)) => {
                found.push(rest.get(..at).unwrap_or_default());
                rest = rest.get(at..).unwrap_or_default();
            }
            None => {
                found.push(rest);
                return found;
            }
        }
    }
}

/// Without remarks in brackets; (市), (县) and (市、区) belong to names.
fn without_remarks(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once('(') {
        kept.push_str(head);
        match tail.split_once(')') {
            Some((inside, behind)) => {
                if !inside.is_empty() && inside.chars().all(|c| "市区县、,".contains(c)) {
                    kept.push('(');
                    kept.push_str(inside);
                    kept.push(')');
                }
                rest = behind;
            }
            None => rest = tail,
        }
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_units_are_taken_apart_and_collective_names_stay_whole() {
        for (text, names, sure) in [
            ("市发改委、市工信局，各县市区、园区等", vec!["市发改委", "市工信局", "各县市区、园区"], true),
            ("市农业农村局市经信局", vec!["市农业农村局", "市经信局"], false),
            ("市创新型县（市）建设工作领导小组办公室", vec!["市创新型县(市)建设工作领导小组办公室"], true),
            ("市优化营商环境协调事务中心（市优化办）等", vec!["市优化营商环境协调事务中心"], true),
            ("市委组织部", vec!["市委组织部"], true),
        ] {
            assert_eq!(
                list(text),
                Units { names: names.into_iter().map(str::to_owned).collect(), are_sure: sure }
            );
        }
        assert!(is_list("—") && is_list("市科技局") && !is_list("高新技术企业数"));
    }
}
