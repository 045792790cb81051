//! Calls of the main process, one at a time: each fails once, is the last one, or comes while the end is asked for; disks that fill.

use std::path::{Path, PathBuf};

use super::Stage;
use super::stage::{all, conclude, sample};

/// Kinds of calls, and how each can fail: no space, no descriptors, a broken disk, no processes, no memory.
const FAILURES: [(&str, &[i32]); 8] = [
    ("write", &[28, 5]),
    ("open", &[24, 5]),
    ("sync", &[5, 28]),
    // With 22 the system says that it cannot exchange folders: then they are renamed one by one.
    ("rename", &[5, 22]),
    ("mkdir", &[28]),
    ("spawn", &[11, 12]),
    ("thread", &[11]),
    ("memory", &[12]),
];
const ALL: &str = "write,open,sync,rename,mkdir,spawn";
const STEP: usize = 50 << 10;

/// One call of a kind, and what becomes of it.
type Try = (String, String, usize);

fn roots(stage: &Stage) -> PathBuf {
    stage.workspace.path("")
}

fn tried(tries: &[Try]) -> Vec<String> {
    all(tries, |stage, (kinds, action, at)| {
        let trial = stage.run(kinds, &roots(stage), action, &at.to_string(), &[]);
        stage.wrongs(&trial).into_iter().map(|wrong| format!("{kinds} {wrong}")).collect()
    })
}

fn failures(stage: &Stage, most: usize) -> Vec<Try> {
    let kinds = FAILURES.map(|(kind, _)| kind).join(",");
    let trial = stage.run(&kinds, &roots(stage), "count", "0", &[]);
    assert_eq!(stage.wrongs(&trial), Vec::<String>::new());
    let points = trial.points();
    let mut tries = Vec::new();
    for (kind, errors) in FAILURES {
        let count = points.iter().filter(|point| point.split(' ').next() == Some(kind)).count();
        assert!(count > 0, "no call of the kind {kind}");
        let numbers: Vec<usize> = (1..=count).collect();
        for error in errors.iter().take(most) {
            let numbers = sample(&numbers, most);
            tries.extend(numbers.iter().map(|at| (kind.to_owned(), format!("fail:{error}"), *at)));
        }
    }
    tries
}

/// The end at every call, or at some: those that put a folder in its place are always among them.
fn ends(stage: &Stage, action: &str, most: usize) -> Vec<Try> {
    let trial = stage.run(ALL, &roots(stage), "count", "0", &[]);
    assert_eq!(stage.wrongs(&trial), Vec::<String>::new());
    let points: Vec<(usize, String)> = (1..).zip(trial.points()).collect();
    let mut some = sample(&points, most);
    some.extend(points.iter().filter(|(_, point)| point.starts_with("rename ")).cloned());
    some.sort();
    some.dedup();
    some.into_iter().map(|(at, _)| (ALL.to_owned(), action.to_owned(), at)).collect()
}

/// Disks of the output and of temporary data, by what is written to them, that are full after so many bytes.
fn disks(stage: &Stage, most: usize) -> Vec<(&'static str, usize)> {
    let mut tries = Vec::new();
    for folder in ["output", "tmp"] {
        let root = stage.workspace.path(folder);
        let trial = stage.run("write", &root, "disk:1000000000", root.to_str().unwrap(), &[]);
        assert_eq!(trial.end(), "exit 0", "{}", trial.told());
        let used = trial.used();
        assert!(stage.wrongs(&trial).is_empty() && used > STEP, "{folder}: {used}");
        let sizes: Vec<usize> = (0..used.div_ceil(STEP)).map(|step| step * STEP).collect();
        tries.extend(sample(&sizes, most).into_iter().map(|size| (folder, size)));
    }
    tries
}

fn filled(tries: &[(&'static str, usize)]) -> Vec<String> {
    all(tries, |stage, (folder, size)| {
        let root = stage.workspace.path(folder);
        let trial = stage.run("write", &root, &format!("disk:{size}"), root.to_str().unwrap(), &[]);
        let mut wrongs = stage.wrongs(&trial);
        if trial.end() != "exit 2" {
            wrongs.push(format!("{folder} of {size} bytes: ended with {}", trial.end()));
        }
        wrongs
    })
}

#[test]
fn a_call_that_fails_leaves_the_old_output_or_the_new_one() {
    let Some(stage) = Stage::new() else { return };
    let tries = failures(&stage, 1);
    conclude("calls that fail (sample)", tries.len(), &tried(&tries));
}

#[test]
fn a_run_that_is_killed_or_ended_leaves_the_old_output_or_the_new_one() {
    let Some(stage) = Stage::new() else { return };
    let tries = [ends(&stage, "kill", 5), ends(&stage, "term", 3)].concat();
    conclude("kills and ends (sample)", tries.len(), &tried(&tries));
}

#[test]
fn a_disk_that_fills_up_leaves_the_old_output() {
    let Some(stage) = Stage::new() else { return };
    let tries = disks(&stage, 2);
    conclude("disks (sample)", tries.len(), &filled(&tries));
}

#[test]
#[ignore = "make faults: minutes"]
fn every_call_fails_once() {
    let Some(stage) = Stage::new() else { return };
    let tries = failures(&stage, usize::MAX);
    conclude("calls that fail", tries.len(), &tried(&tries));
}

#[test]
#[ignore = "make faults: minutes"]
fn a_run_is_killed_and_ended_at_every_call() {
    let Some(stage) = Stage::new() else { return };
    let tries = [ends(&stage, "kill", usize::MAX), ends(&stage, "term", usize::MAX)].concat();
    conclude("kills and ends", tries.len(), &tried(&tries));
}

#[test]
#[ignore = "make faults: minutes"]
fn disks_fill_up_at_every_step() {
    let Some(stage) = Stage::new() else { return };
    let tries = disks(&stage, usize::MAX);
    conclude("disks", tries.len(), &filled(&tries));
}

#[test]
fn a_kill_between_two_plain_renames_is_mended_by_the_next_run() {
    let Some(stage) = Stage::new() else { return };
    // Where folders cannot be exchanged there is a moment without an output.
    let (target, container) =
        (stage.workspace.path("output/2023"), stage.workspace.path("output/.duibiao-2023.partial"));
    std::fs::create_dir(&container).unwrap();
    std::fs::rename(&target, container.join("old")).unwrap();
    let trial = stage.run("sync", Path::new("/nowhere"), "count", "0", &["--typst", "/bin/false"]);
    assert_eq!(trial.end(), "exit 2");
    assert_eq!(stage.wrongs(&trial), Vec::<String>::new(), "the old output is back");
}
