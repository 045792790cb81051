//! What `check`, `status` and help look like: on a terminal of 80 and of 200 columns, without colours, in a pipe, in both languages. The texts stand in
//! `tests/snapshots`; `DUIBIAO_TESTS_RENEW=1` writes them anew, to be looked at before they are kept.

use crate::terminal::{on_terminal, plain, sample, width};
use crate::tools::variable;
use crate::workspace::{Workspace, repository};

/// What a person types, by the name of its snapshots.
const COMMANDS: [(&str, &str); 3] = [
    ("check", "check input/2023"),
    ("status", "status input/2023 --as-of 2024-01-16"),
    ("help", "check --help"),
];

/// How it is looked at: a name, the columns of the terminal (none in a pipe), and what the environment says.
/// A name, the columns of a terminal or none for a pipe, and what the environment has.
type Look = (&'static str, Option<usize>, &'static [(&'static str, &'static str)]);

const LOOKS: [Look; 4] = [
    ("80", Some(80), &[]),
    ("200", Some(200), &[]),
    ("no-colour", Some(80), &[("NO_COLOR", "1")]),
    ("pipe", None, &[]),
];

/// Lines are no longer than this, however wide the terminal is.
const MOST: usize = 120;

fn looked_at(
    workspace: &Workspace,
    columns: Option<usize>,
    environment: &[(&str, &str)],
    arguments: &str,
) -> String {
    match columns {
        Some(columns) => on_terminal(workspace, columns, environment, arguments),
        None => {
            let output = workspace.duibiao(&arguments.split(' ').collect::<Vec<_>>());
            String::from_utf8(output.stdout).unwrap()
        }
    }
}

/// The first line in which two texts differ, with its number.
fn difference(expected: &str, found: &str) -> String {
    let mut pairs = (1..).zip(
        expected
            .lines()
            .map(Some)
            .chain(std::iter::repeat(None))
            .zip(found.lines().map(Some).chain(std::iter::repeat(None))),
    );
    let differing = pairs.find(|(_, (one, other))| one != other || one.is_none());
    let (line, (one, other)) = differing.unwrap_or_default();
    format!("line {line}\n  kept:  {}\n  found: {}", one.unwrap_or("(ends)"), other.unwrap_or("(ends)"))
}

#[test]
fn what_people_see_is_what_was_looked_at() {
    let workspace = sample();
    let is_renewed = variable("DUIBIAO_TESTS_RENEW").is_some();
    let folder = repository().join("tests/snapshots");
    let mut wrong = Vec::new();
    for (name, command) in COMMANDS {
        for language in ["zh", "en"] {
            for (look, columns, environment) in LOOKS {
                let shown =
                    looked_at(&workspace, columns, environment, &format!("--lang {language} {command}"));
                let is_coloured = columns.is_some() && environment.is_empty();
                assert_eq!(shown.contains('\u{1b}'), is_coloured && name == "check", "{name} {look}");
                for line in plain(&shown).lines().filter(|_| columns.is_some()) {
                    let most = columns.unwrap_or(MOST).min(MOST);
                    assert!(width(line) <= most, "{name} {language} {look}: {} columns: {line}", width(line));
                }
                // An escape is seen as what it is.
                let text = shown.replace('\u{1b}', "␛");
                let path = folder.join(format!("{name}-{look}-{language}.txt"));
                if is_renewed {
                    std::fs::create_dir_all(&folder).unwrap();
                    std::fs::write(&path, &text).unwrap();
                    continue;
                }
                let kept = std::fs::read_to_string(&path).unwrap_or_default();
                if kept != text {
                    wrong.push(format!("{}: {}", path.display(), difference(&kept, &text)));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "not what was looked at (DUIBIAO_TESTS_RENEW=1 writes them anew):\n{}",
        wrong.join("\n")
    );
}
