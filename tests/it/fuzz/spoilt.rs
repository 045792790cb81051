//! Files of a round that somebody has edited badly: they are read, or refused with what is wrong and where.

use duibiao::error::RunError;
use duibiao::inputs::Inputs;
use duibiao::run;

use super::{Broken, Case, Order, Round, settings};
use crate::simulate::Draw;

/// What somebody puts in the place of a value.
const WRONG: [&str; 24] = [
    "\"\"",
    "\"abc\"",
    "\"-1\"",
    "\"1e5\"",
    "\"99999999999999999999999999999999\"",
    "\"0.00000000000001\"",
    "5",
    "-5",
    "1.5",
    "true",
    "2023-13-01",
    "2023-02-29",
    "1979-05-27T07:32:00Z",
    "[]",
    "[1, 2]",
    "{ a = 1 }",
    "\"有\"",
    "\"~\"",
    "\"level\"",
    "\"1-0\"",
    "\"不存在\"",
    "nan",
    "99999999999999999999",
    "'''a'''",
];

/// Changes one line of a file.
fn spoil(text: &str, dice: &mut Draw) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    let at = dice.below(lines.len());
    match dice.below(8) {
        0 => _ = lines.remove(at),
        1 => lines.insert(at, lines[at].clone()),
        2 => lines.insert(at, "unknown = \"1\"".to_owned()),
        3 => {
            let other = dice.below(lines.len());
            lines.swap(at, other);
        }
        4 => {
            let half = lines[at].chars().count() / 2;
            lines[at] = lines[at].chars().take(half).collect();
        }
        5 => lines[at] = lines[at].replace("[[", "["),
        _ => {
            if let Some((key, _)) = lines[at].clone().split_once(" = ") {
                lines[at] = format!("{key} = {}", dice.of(&WRONG));
            }
        }
    }
    lines.join("\n") + "\n"
}

/// Loads the round after changes to its files; what is refused is refused with lines.
pub(super) fn loads_or_is_refused(round: &Round, case: &Case, dice: &mut Draw) -> Vec<Broken> {
    let workspace = round.write_plans(case, Order::Forward);
    let mut files = vec!["input/catalogue.toml".to_owned(), "input/2023/round.toml".to_owned()];
    for city in &round.cities {
        let own = format!("input/2023/{}/plan.toml", city.slug);
        files.extend([own.clone(), own, format!("input/sources/{}.txt", city.slug)]);
        let published = format!("input/2023/{}/published.csv", city.slug);
        if workspace.path(&published).exists() {
            files.push(published);
        }
    }
    if round.index.is_some() {
        files.extend(["input/2023/index.toml".to_owned(), "input/2023/index.toml".to_owned()]);
    }
    if !round.waivers.is_empty() {
        files.push("input/2023/waivers.toml".to_owned());
    }
    let mut broken = Vec::new();
    for _ in 0..3 {
        let file = dice.of(&files);
        let sound = std::fs::read_to_string(workspace.path(file)).unwrap();
        let mut text = sound.clone();
        for _ in 0..=dice.below(2) {
            text = spoil(&text, dice);
        }
        workspace.write(file, &text);
        let how = match run::load(&settings(&workspace, 1), &Inputs::default()) {
            Ok(_) | Err(RunError::Plan { .. }) => None,
            Err(RunError::Faults { faults, .. }) if faults.is_empty() => {
                Some("refused without a fault".to_owned())
            }
            Err(RunError::Faults { faults, .. }) => {
                let mute = faults.iter().find(|fault| !fault.contains('第') && !fault.contains("[["));
                mute.map(|fault| format!("a fault without its place: {fault}"))
            }
            // A city or a source that is named wrongly has no file.
            Err(RunError::Io { .. }) => None,
            Err(error) => Some(format!("another error: {error}")),
        };
        broken.extend(how.map(|how| Broken { law: "spoilt files are refused", how }));
        workspace.write(file, sound);
    }
    broken
}
