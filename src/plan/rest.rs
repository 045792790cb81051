//! What stands in a cell of a table behind the words that a target was read from: `>7、力争投入强度高于“十三五”时期实际` of which only `>7` is one.

use super::Target;

/// What parts a cell's statements from each other.
const BETWEEN: [char; 5] = ['、', '，', ',', '；', ';'];
/// Fewer characters of words than this state nothing.
const FEWEST: usize = 4;

/// Notes with each target of a row what its cell says behind it that none of them quotes. Only lines whose cells are parted by tabs have cells.
pub(super) fn rest_of_cells(targets: &mut [Target], source: &[String]) {
    let quotes: Vec<String> = targets.iter().map(|one| one.quote.trim().to_owned()).collect();
    for target in targets {
        target.rest = rest(target, &quotes, source).unwrap_or_default();
    }
}

fn rest(target: &Target, quotes: &[String], source: &[String]) -> Option<String> {
    let own = target.quote.trim();
    let (first, last) = target.line.split_once('-').unwrap_or((&target.line, &target.line));
    let (first, last) = (first.trim().parse::<usize>().ok()?, last.trim().parse::<usize>().ok()?);
    let lines = source.get(first.checked_sub(1)?..last)?;
    let cells = lines.iter().filter(|line| line.contains('\t')).flat_map(|line| line.split('\t'));
    let behind = cells.filter_map(|cell| cell.trim().strip_prefix(own));
    let parted = behind.filter_map(|behind| behind.strip_prefix(BETWEEN)).next()?;
    // What another target was read from is no rest.
    let others = quotes.iter().filter(|quote| !quote.is_empty());
    let left = others.fold(parted.to_owned(), |left, quote| left.replacen(quote, "", 1));
    let left = left.trim_matches(BETWEEN).trim();
    let words = left.chars().filter(|c| c.is_alphabetic()).count();
    (words >= FEWEST).then(|| left.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Goal, Tier};

    #[test]
    fn what_a_cell_says_behind_its_target_is_kept_unless_another_target_quotes_it() {
        for (line, quotes, expected) in [
            (
                "4\t研发投入增长(%)\t—\t>7、力争投入强度高于上期实际\t预期性",
                &[">7"][..],
                "力争投入强度高于上期实际",
            ),
            ("7\t企业数\t家\t30000，力争33000", &["30000", "力争33000"], ""),
            ("7\t企业数\t家\t30000(力争33000)", &["30000"], ""),
            ("1\t增长(%)\t2.3\t保持在合理区间、各年度视情提出", &["保持在合理区间、各年度视情提出"], ""),
            ("5\t专利(件)\t12", &["12"], ""),
            ("研发投入增长7%以上,基础研究比重提高到8%以上", &["研发投入增长7%以上"], ""),
        ] {
            let of = |quote: &&str| {
                let goal = Goal::Undefined((*quote).to_owned());
                Target::plain(2025, Tier::Annual, goal, "1".to_owned(), (*quote).to_owned())
            };
            let mut targets: Vec<Target> = quotes.iter().map(of).collect();
            rest_of_cells(&mut targets, &[line.to_owned()]);
            assert_eq!(targets[0].rest, expected, "{line}");
        }
    }
}
