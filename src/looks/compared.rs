//! Which findings of two looks are the same.

use std::collections::BTreeMap;

use super::{Changes, SeenFinding};

/// What makes two findings one: code, city, unit, indicator or task.
fn same(one: &SeenFinding) -> [&str; 4] {
    [&one.code, &one.city, &one.unit, &one.indicator]
}

/// What is otherwise at the second look. Of several findings that are the same but for their places those at the same place belong together.
pub fn compared<'a>(before: &'a [SeenFinding], after: &'a [SeenFinding]) -> Changes<'a> {
    let told = |list: &'a [SeenFinding], is_waived: bool| -> Vec<&'a SeenFinding> {
        list.iter().filter(|one| one.cause.is_none() && one.waived.is_some() == is_waived).collect()
    };
    let (mut resolved, mut new) = (told(before, false), told(after, false));
    take_pairs(&mut resolved, &mut new, |one| (same(one), Some((one.at.as_str(), one.message.as_str()))));
    take_pairs(&mut resolved, &mut new, |one| (same(one), Some((one.at.as_str(), ""))));
    take_pairs(&mut resolved, &mut new, |one| (same(one), None));
    let mut waived = told(after, true);
    // One that was waived before is nothing new.
    take_pairs(&mut told(before, true), &mut waived, |one| (same(one), None));
    let mut left = waived.clone();
    take_pairs(&mut resolved, &mut left, |one| (same(one), None));
    waived.retain(|one| !left.iter().any(|other| std::ptr::eq(*one, *other)));
    Changes { resolved, waived, new }
}

/// What is compared of a finding.
type SameBy<'a> = ([&'a str; 4], Option<(&'a str, &'a str)>);

/// Takes from both lists what they have in common, as often as both have it.
fn take_pairs<'a>(
    before: &mut Vec<&'a SeenFinding>,
    after: &mut Vec<&'a SeenFinding>,
    key: impl Fn(&'a SeenFinding) -> SameBy<'a>,
) {
    let mut spare: BTreeMap<SameBy<'a>, usize> = BTreeMap::new();
    after.iter().for_each(|one| *spare.entry(key(one)).or_default() += 1);
    let mut taken: BTreeMap<SameBy<'a>, usize> = BTreeMap::new();
    before.retain(|one| match spare.get_mut(&key(one)).filter(|left| **left > 0) {
        Some(left) => {
            *left -= 1;
            *taken.entry(key(one)).or_default() += 1;
            false
        }
        None => true,
    });
    after.retain(|one| match taken.get_mut(&key(one)).filter(|left| **left > 0) {
        Some(left) => {
            *left -= 1;
            false
        }
        None => true,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;

    /// A finding from `code unit indicator at`, waived with a `!` in front, following from another one with a `<`.
    fn seen(text: &str) -> SeenFinding {
        let parts: Vec<&str> = text.trim_start_matches(['!', '<']).split(' ').collect();
        SeenFinding {
            code: parts[0].to_owned(),
            severity: Severity::Error,
            city: "jia".to_owned(),
            unit: parts[1].to_owned(),
            indicator: parts[2].to_owned(),
            at: parts[3].to_owned(),
            message: parts[0].to_owned(),
            message_en: String::new(),
            waived: text.starts_with('!').then(|| "已核".to_owned()),
            cause: text.starts_with('<').then(|| "L226".to_owned()),
        }
    }

    #[test]
    fn a_finding_is_the_same_wherever_it_stands_now() {
        for (before, after, resolved, waived, new) in [
            (vec!["V401 甲 1 a!E1"], vec!["V401 甲 1 a!E1"], vec![], vec![], vec![]),
            // Sent anew under another name, with the fault still in it.
            (vec!["V401 甲 1 a!E1"], vec!["V401 甲 1 b!E2"], vec![], vec![], vec![]),
            (vec!["V401 甲 1 a!E1"], vec!["V401 甲 2 a!E2"], vec!["a!E1"], vec![], vec!["a!E2"]),
            // Of two at two places one is left: the one at the place that is still named.
            (vec!["L204 甲  a!A1", "L204 甲  a!A2"], vec!["L204 甲  a!A2"], vec!["a!A1"], vec![], vec![]),
            (vec!["V401 甲 1 a!E1"], vec!["!V401 甲 1 a!E1"], vec![], vec!["a!E1"], vec![]),
            (vec!["!V401 甲 1 a!E1"], vec!["!V401 甲 1 a!E1"], vec![], vec![], vec![]),
            // An exception whose day is over.
            (vec!["!V401 甲 1 a!E1"], vec!["V401 甲 1 a!E1"], vec![], vec![], vec!["a!E1"]),
            // What follows from another one is told with it.
            (vec!["<V401 甲 1 a!E1"], vec!["<V402 甲 1 a!E1"], vec![], vec![], vec![]),
        ] {
            let [before, after] = [before, after].map(|list| list.into_iter().map(seen).collect::<Vec<_>>());
            let changes = compared(&before, &after);
            let at = |list: &[&SeenFinding]| list.iter().map(|one| one.at.clone()).collect::<Vec<_>>();
            assert_eq!(
                [at(&changes.resolved), at(&changes.waived), at(&changes.new)],
                [resolved, waived, new].map(|list| list.into_iter().map(str::to_owned).collect::<Vec<_>>())
            );
        }
    }
}
