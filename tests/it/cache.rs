//! What earlier runs left (`--cache`): the same bytes as without it, whatever has changed, is damaged or is gone; and nothing is set twice.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::unit_pages::rows_with;
use crate::workspace::{Workspace, copy_tree, repository};

/// A typesetting program whose documents say what they were made from, and which counts them. Its own text is changed to make another one.
const COUNTING: &str = r#"#!/bin/sh
if [ "$1" = --version ]; then echo "typst 0.15.1 (counting)"; exit; fi
root=; for word; do [ "$before" = --root ] && root=$word; before=$word; done
echo x >> COUNTED
{ printf '%%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 >>\n%% '
  cd "$root" && find . -type f ! -name out.pdf | sort | xargs cat | cksum
  printf 'startxref\n9\n%%%%EOF\n'; } > "$before"
"#;

/// A round of some cities whose documents are counted.
pub(crate) struct Cached {
    pub(crate) workspace: Workspace,
    pub(crate) round: &'static str,
}

impl Cached {
    fn new() -> Self {
        Self::of(2)
    }

    /// Each city reports another number.
    pub(crate) fn of(cities: usize) -> Self {
        let names: Vec<(String, String)> = ('a'..)
            .zip("甲乙丙丁戊己庚辛".chars())
            .take(cities)
            .map(|(slug, name)| (slug.to_string(), format!("{name}市")))
            .collect();
        let cities: Vec<(&str, &str)> = names.iter().map(|(slug, name)| (&**slug, &**name)).collect();
        let workspace = Workspace::with_cities(&cities);
        for (at, (slug, name)) in cities.iter().enumerate() {
            workspace.submit(slug, name, &rows_with(&[("2", &format!("2|企业数|家|{}|Z1", 100 - 10 * at))]));
        }
        let round = Self { workspace, round: "input/2023" };
        round.typesetter("");
        round
    }

    /// Puts the program there, with something more in it.
    pub(crate) fn typesetter(&self, more: &str) {
        let counted = self.workspace.path("counted");
        let text = COUNTING.replace("COUNTED", counted.to_str().unwrap());
        self.workspace.write("typst", format!("{text}{more}"));
        fs::set_permissions(self.workspace.path("typst"), fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Runs it, and tells how many documents were set.
    pub(crate) fn run(&self, output: &str, more: &[&str]) -> usize {
        let counted = self.workspace.path("counted");
        drop(fs::remove_file(&counted));
        let typst = self.workspace.path("typst");
        let order = ["run", self.round, "--output", output, "--typst", typst.to_str().unwrap()];
        let done = self.workspace.duibiao(&[&order, more].concat());
        assert!(matches!(done.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&done.stderr));
        fs::read_to_string(&counted).unwrap_or_default().lines().count()
    }

    fn with_cache(&self) -> usize {
        self.run("out", &["--cache", "cache"])
    }

    /// All files of the output, each with its bytes.
    pub(crate) fn files(&self, output: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.workspace.path(output);
        let mut found = BTreeMap::new();
        walk(&root, &root, &mut found);
        found
    }

    /// Holds the output against that of a run without a cache.
    fn is_as_without(&self, what: &str) {
        self.run("plain", &[]);
        let (own, plain) = (self.files("out"), self.files("plain"));
        let differing: Vec<&String> =
            plain.keys().chain(own.keys()).filter(|name| own.get(*name) != plain.get(*name)).collect();
        assert!(differing.is_empty(), "{what}: {differing:?}");
    }

    fn documents(&self) -> Vec<std::path::PathBuf> {
        let kept = fs::read_dir(self.workspace.path("cache/documents")).unwrap();
        kept.map(|entry| entry.unwrap().path()).collect()
    }
}

fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(root, &path, found);
        } else {
            let name = path.strip_prefix(root).unwrap().display().to_string();
            found.insert(name, fs::read(&path).unwrap());
        }
    }
}

#[test]
fn an_unchanged_round_is_not_set_again_and_an_output_that_is_not_as_it_was_is_put_right() {
    let round = Cached::new();
    let all = round.with_cache();
    assert!(all > 4, "{all}");
    let made = round.files("out");
    assert_eq!(round.with_cache(), 0, "nothing has changed");
    assert_eq!(round.files("out"), made);
    for (what, altered) in [("altered", true), ("removed", false)] {
        for name in ["report.pdf", "tables/figures.csv", "manifest.json"] {
            let path = round.workspace.path("out").join(name);
            match altered {
                true => fs::write(&path, [made[name].as_slice(), b" "].concat()).unwrap(),
                false => fs::remove_file(&path).unwrap(),
            }
            if name == "manifest.json" && !altered {
                // Without its list the folder is nobody's.
                fs::remove_dir_all(round.workspace.path("out")).unwrap();
            }
            assert_eq!(round.with_cache(), 0, "{what} {name}: documents are there");
            assert_eq!(round.files("out"), made, "{what} {name}");
        }
    }
    round.is_as_without("in the end");
}

#[test]
fn the_bulletin_of_a_part_of_a_year_is_not_set_again_and_leaves_nothing_behind() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    let round = Cached { workspace, round: "input/2023-Q3" };
    round.typesetter("");
    assert_eq!(round.with_cache(), 1);
    assert_eq!(round.with_cache(), 0, "nothing has changed");
    round.is_as_without("a part of a year");
    let parameters = "input/2023-Q3/round.toml";
    let text = fs::read_to_string(round.workspace.path(parameters)).unwrap();
    let issuer = "示例统计局（虚构）";
    assert!(text.contains(issuer));
    round.workspace.write(parameters, text.replace(issuer, "示例统计局二（虚构）"));
    assert_eq!(round.with_cache(), 1, "it names another issuer");
    round.is_as_without("another issuer");
    assert_eq!(round.documents().len(), 1);
}

#[test]
fn whatever_a_round_is_made_from_makes_it_anew_when_it_changes() {
    let round = Cached::new();
    let all = round.with_cache();
    let append = |path: &str, more: &str| {
        let text = fs::read_to_string(round.workspace.path(path)).unwrap();
        round.workspace.write(path, format!("{text}{more}"));
    };
    // What is said of documents is how many are set: all, or fewer than all since some are as they were.
    let mut set = Vec::new();
    let mut changed = |what: &'static str| {
        let count = round.with_cache();
        round.is_as_without(what);
        assert_eq!(round.with_cache(), 0, "{what}, once more");
        set.push((what, count));
    };
    round.workspace.submit("b", "乙市", &rows_with(&[("2", "2|企业数|家|120|Z1")]));
    changed("a workbook");
    append("input/catalogue.toml", "\n# checked\n");
    changed("the catalogue");
    append("input/2023/a/plan.toml", "\n# checked\n");
    changed("a plan");
    append("input/2023/round.toml", "\n# checked\n");
    changed("the round");
    round.typesetter("# another one\n");
    changed("the typesetting program");
    for (what, count) in set {
        assert!(count > 0, "{what}: nothing was set");
        assert!(what != "the typesetting program" || count == all, "{what}: {count} of {all}");
        // The own report and the unit pages of the other city are as they were.
        let is_of_a_city = ["a workbook", "a plan"].contains(&what);
        assert!(!is_of_a_city || count <= all - 2, "{what}: {count} of {all}");
    }
    // Options, each against a run without a cache.
    for more in [
        &["--explorer", "public"][..],
        &["--city", "a"],
        &["--fonts", "fonts"],
        &["--templates", "templates"],
    ] {
        round.workspace.write("fonts/Other.otf", "a font");
        copy_tree(&repository().join("templates"), &round.workspace.path("templates"), false);
        append("templates/report.typ", "// another one\n");
        round.run("out", &[more, &["--cache", "cache"]].concat());
        round.run("plain", more);
        assert_eq!(round.files("out"), round.files("plain"), "{more:?}");
    }
}

#[test]
fn a_damaged_or_removed_cache_costs_time_and_nothing_else() {
    let round = Cached::new();
    let all = round.with_cache();
    let made = round.files("out");
    let anew = || fs::remove_dir_all(round.workspace.path("out")).unwrap();
    for (what, damage) in [
        ("cut", (|bytes| bytes[..bytes.len() / 2].to_vec()) as fn(&[u8]) -> Vec<u8>),
        ("one byte", |bytes| {
            let mut bytes = bytes.to_vec();
            *bytes.last_mut().unwrap() ^= 1;
            bytes
        }),
        ("empty", |_| Vec::new()),
    ] {
        for document in round.documents() {
            fs::write(&document, damage(&fs::read(&document).unwrap())).unwrap();
        }
        for list in fs::read_dir(round.workspace.path("cache/outputs")).unwrap() {
            let list = list.unwrap().path();
            fs::write(&list, damage(&fs::read(&list).unwrap())).unwrap();
        }
        anew();
        assert_eq!(round.with_cache(), all, "{what}: all is set again");
        assert_eq!(round.files("out"), made, "{what}");
    }
    // A document of another one's name is not taken for it.
    let documents = round.documents();
    let first = fs::read(&documents[0]).unwrap();
    let digest = first.len().min(64);
    fs::write(&documents[1], [&first[..digest], b"%PDF another"].concat()).unwrap();
    anew();
    assert_eq!(round.with_cache(), 1);
    assert_eq!(round.files("out"), made);
    fs::remove_dir_all(round.workspace.path("cache")).unwrap();
    assert_eq!(round.with_cache(), all, "the cache is gone: all is made anew");
    assert_eq!(round.files("out"), made);
}

#[test]
fn documents_that_no_output_has_any_more_leave_the_cache() {
    let round = Cached::new();
    let all = round.with_cache();
    assert_eq!(round.documents().len(), all);
    for value in [70, 71, 72] {
        round.workspace.submit("b", "乙市", &rows_with(&[("2", &format!("2|企业数|家|{value}|Z1"))]));
        round.with_cache();
        assert_eq!(round.documents().len(), all, "{value}");
    }
    // What another output has stays.
    let workbook = "input/2023/b/submissions/统计局.xlsx";
    let bytes = fs::read(round.workspace.path(workbook)).unwrap();
    round.run("other", &["--cache", "cache"]);
    round.workspace.submit("b", "乙市", &rows_with(&[("2", "2|企业数|家|73|Z1")]));
    round.with_cache();
    assert!(round.documents().len() > all);
    round.workspace.write(workbook, bytes);
    drop(fs::remove_dir_all(round.workspace.path("other")));
    assert_eq!(round.run("other", &["--cache", "cache"]), 0, "its documents are there");
}

#[test]
fn a_cache_among_files_of_the_round_or_of_others_is_refused() {
    let round = Cached::new();
    let refused = |cache: &str, words: &str| {
        let done = round.workspace.duibiao(&["run", "input/2023", "--output", "out", "--cache", cache]);
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.code() == Some(2) && told.contains(words), "{cache}: {told}");
    };
    for place in ["input/2023/cache", "out", "out/cache", "input"] {
        refused(place, "不能作缓存文件夹");
    }
    round.workspace.write("mine/letter.txt", "text");
    refused("mine", "letter.txt");
    assert!(fs::read_to_string(round.workspace.path("mine/letter.txt")).is_ok());
    assert!(!round.workspace.path("out").exists());
}
