//! Inputs that change, vanish or turn into something else at any call that touches them.

use std::path::PathBuf;

use super::Stage;
use super::stage::{all, conclude};

/// What happens to the file that is touched, in the shell; `$AT_PATH` is it.
const CHANGES: [(&str, &str); 8] = [
    ("it vanishes", "[ -d \"$AT_PATH\" ] || rm -f \"$AT_PATH\""),
    ("it is emptied", "[ ! -f \"$AT_PATH\" ] || : > \"$AT_PATH\""),
    ("it grows", "[ ! -f \"$AT_PATH\" ] || echo more >> \"$AT_PATH\""),
    (
        "it is replaced",
        "[ ! -f \"$AT_PATH\" ] || { echo other > \"$AT_PATH.new\"; mv \"$AT_PATH.new\" \"$AT_PATH\"; }",
    ),
    ("it becomes a pipe", "[ ! -f \"$AT_PATH\" ] || { rm -f \"$AT_PATH\"; mkfifo \"$AT_PATH\"; }"),
    ("it becomes a folder", "[ ! -f \"$AT_PATH\" ] || { rm -f \"$AT_PATH\"; mkdir \"$AT_PATH\"; }"),
    ("it becomes a link to nowhere", "[ ! -f \"$AT_PATH\" ] || ln -sf /nowhere \"$AT_PATH\""),
    ("its folder vanishes", "rm -rf \"$(dirname \"$AT_PATH\")\""),
];

fn input(stage: &Stage) -> PathBuf {
    stage.workspace.path("input/2023")
}

/// How many calls touch an input.
fn count(stage: &Stage) -> usize {
    let trial = stage.run("open,read", &input(stage), "count", "0", &[]);
    assert_eq!(stage.wrongs(&trial), Vec::<String>::new());
    trial.points().len()
}

fn changed(tries: &[(usize, usize)]) -> Vec<String> {
    all(tries, |stage, (change, at)| {
        let (what, script) = CHANGES[*change];
        let trial = stage.run("open,read", &input(stage), &format!("run:{script}"), &at.to_string(), &[]);
        stage.wrongs(&trial).into_iter().map(|wrong| format!("{what}: {wrong}")).collect()
    })
}

#[test]
fn inputs_that_change_while_they_are_read_are_told_or_stop_the_run() {
    let Some(stage) = Stage::new() else { return };
    let count = count(&stage);
    // Each change at a call of its own, and at the last one, when all has been read.
    let tries: Vec<(usize, usize)> = (0..CHANGES.len())
        .flat_map(|change| [(change, 1 + change * count / CHANGES.len()), (change, count)])
        .collect();
    conclude("inputs (sample)", tries.len(), &changed(&tries));
}

#[test]
#[ignore = "make faults: minutes"]
fn inputs_change_at_every_call_that_touches_them() {
    let Some(stage) = Stage::new() else { return };
    let count = count(&stage);
    let tries: Vec<(usize, usize)> =
        (0..CHANGES.len()).flat_map(|change| (1..=count).map(move |at| (change, at))).collect();
    conclude("inputs", tries.len(), &changed(&tries));
}
