//! A round of many cities that have the plans, workbooks and registers of the samples in turn, as `tests/same-bytes.sh` makes it.

use std::os::unix::fs::PermissionsExt as _;
use std::process::Output;

use crate::workspace::{Workspace, copy_tree, repository};

/// A program in the place of typst that hands over an empty document: what is asked of a large round is not its typesetting.
const TYPESETTER: &str = r#"#!/bin/sh
if [ "$1" = --version ]; then echo 'typst 0.15.1 (none)'; exit 0; fi
for out in "$@"; do :; done
printf '%%PDF-1.7\nxref\n0 0\ntrailer<<>>\nstartxref\n9\n%%%%EOF' > "$out"
"#;

/// The round 2023 of so many cities, in `input`. Decisions about the two cities of the sample concern none of these.
pub(crate) fn round_of(cities: usize) -> Workspace {
    let (workspace, samples) = (Workspace::new(), repository().join("input"));
    let text = |name: &str| std::fs::read_to_string(samples.join(name)).unwrap();
    workspace.write("input/catalogue.toml", text("catalogue.toml"));
    copy_tree(&samples.join("sources"), &workspace.path("input/sources"), false);
    let mut names = Vec::new();
    for number in 1..=cities {
        let sample = if number % 2 == 1 { "xiangtan" } else { "qianjiang" };
        let name = format!("{sample}-{number:03}");
        let folder = format!("input/2023/{name}");
        copy_tree(&samples.join("2023").join(sample), &workspace.path(&folder), false);
        let plan = text(&format!("2023/{sample}/plan.toml"));
        let plan = plan.replacen(&format!("city = \"{sample}\""), &format!("city = \"{name}\""), 1);
        let (before, short) = plan.split_once("\nshort = ").unwrap();
        let behind = short.split_once('\n').unwrap().1;
        workspace
            .write(&format!("{folder}/plan.toml"), format!("{before}\nshort = \"第{number}市\"\n{behind}"));
        names.push(format!("\"{name}\""));
    }
    let round = text("2023/round.toml");
    let round = round.split("\n[[").next().unwrap();
    let lines = round.lines().map(|line| match line.starts_with("cities = ") {
        true => format!("cities = [{}]\n", names.join(", ")),
        false => format!("{line}\n"),
    });
    workspace.write("input/2023/round.toml", lines.collect::<String>());
    workspace
}

/// Publishes the round 2023 of a workspace without typesetting.
pub(crate) fn publish(workspace: &Workspace) -> Output {
    let output = published(workspace);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// The same, whatever comes of it.
pub(crate) fn published(workspace: &Workspace) -> Output {
    workspace.write("typst", TYPESETTER);
    std::fs::set_permissions(workspace.path("typst"), std::fs::Permissions::from_mode(0o755)).unwrap();
    workspace.duibiao(&["run", "input/2023", "--quiet", "--typst", "./typst"])
}
