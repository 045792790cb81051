//! Names of files in a bag: kept where every system and every tool reads them in one way, else replaced by a number that `names.tsv` explains.

use std::collections::BTreeMap;
use std::path::Path;

use unicode_normalization::UnicodeNormalization as _;

/// The longest name that is kept, in bytes: file systems take 255, tools add to that.
const LONGEST: usize = 200;
/// Characters that a manifest escapes, or that a file system does not take.
const UNWELCOME: &str = "%\\:*?\"<>|";
/// Names that mean devices under Windows, whatever their ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// Devices that have a number from 1 to 9.
const NUMBERED: [&str; 2] = ["com", "lpt"];

/// Whether a name means the same to every tool and file system.
pub(super) fn is_portable(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let is_numbered = |device: &&str| {
        let number = stem.strip_prefix(*device).unwrap_or_default();
        number.chars().count() == 1
            && number.contains(|c: char| ('1'..='9').contains(&c) || "¹²³".contains(c))
    };
    !name.is_empty()
        && name.len() <= LONGEST
        && name.nfc().eq(name.nfd())
        && !name.chars().any(|c| c.is_control() || UNWELCOME.contains(c))
        && !name.ends_with([' ', '.'])
        && !name.starts_with('~')
        && !DEVICES.contains(&stem.as_str())
        && !NUMBERED.iter().any(is_numbered)
}

/// The path of an input in a bag, below its inputs: its own, or with a number from 1 in the place of the name.
pub fn stored(path: &str, number: usize) -> String {
    if path.split('/').all(is_portable) {
        return path.to_owned();
    }
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str());
    let ending = ending.filter(|ending| ending.chars().all(|c| c.is_ascii_alphanumeric()));
    let ending = ending.map_or_else(String::new, |ending| format!(".{ending}"));
    let above = path.rsplit_once('/').map_or("", |(above, _)| above);
    let folders = above.split('/').filter(|folder| is_portable(folder));
    let parts = folders.map(str::to_owned).chain([format!("~{number:04}{ending}")]);
    parts.collect::<Vec<_>>().join("/")
}

/// Two paths that differ only in case or in the form of their characters: one would hide the other on some systems.
pub(super) fn alike<'a>(paths: impl Iterator<Item = &'a str>) -> Option<(&'a str, &'a str)> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for path in paths {
        let plain: String = path.nfc().flat_map(char::to_lowercase).collect();
        match seen.get(&plain) {
            Some(other) if *other != path => return Some((other, path)),
            _ => drop(seen.insert(plain, path)),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_where_every_system_reads_them_alike() {
        for (name, kept) in [
            ("市发改委_年报.xlsx", true),
            ("市创新型县（市）办公室.xls", true),
            ("cafe\u{301}.xlsx", false),
            ("caf\u{e9}.xlsx", false),
            ("增长5%.xlsx", false),
            ("a\r.xlsx", false),
            ("a:b.xlsx", false),
            ("con.xlsx", false),
            ("COM1", false),
            ("com10.xlsx", true),
            ("console.xlsx", true),
            ("末尾. ", false),
            ("点.", false),
            ("~0001.xlsx", false),
            ("", false),
        ] {
            assert_eq!(is_portable(name), kept, "{name:?}");
        }
        assert!(is_portable(&"a".repeat(200)) && !is_portable(&"局".repeat(67)));
    }

    #[test]
    fn others_are_numbered_and_keep_their_ending() {
        assert_eq!(stored("2023/甲/submissions/局.xlsx", 3), "2023/甲/submissions/局.xlsx");
        assert_eq!(stored("2023/a/submissions/增长5%.xlsx", 15), "2023/a/submissions/~0015.xlsx");
        assert_eq!(stored("2023/a/submissions/x.%", 15), "2023/a/submissions/~0015");
    }

    #[test]
    fn paths_that_differ_in_case_or_form_only_are_told() {
        assert_eq!(alike(["a/B.xlsx", "a/c.xlsx", "a/b.xlsx"].into_iter()), Some(("a/B.xlsx", "a/b.xlsx")));
        assert_eq!(alike(["caf\u{e9}", "cafe\u{301}"].into_iter()), Some(("caf\u{e9}", "cafe\u{301}")));
        assert_eq!(alike(["a", "a", "b"].into_iter()), None);
    }
}
