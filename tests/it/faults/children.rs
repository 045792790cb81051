//! Children that do what they like: typst and the reading process, each replaced by one that fails in its own way.

use std::path::Path;

use super::stage::{all, conclude, sample};
use super::{Stage, Trial};

/// What a typesetting program does instead of setting a document, and what must be said of it.
const SETTERS: [(&str, &str); 20] = [
    ("exit 1", "没有说明原因"),
    ("exit 0", "out.pdf"),
    ("head -c 50000 \"$here/ok.pdf\" > \"$out\"", "不完整"),
    ("head -c 50000 /dev/urandom > \"$out\"", "不是PDF"),
    (": > \"$out\"", "空的"),
    ("exec sleep 600", "秒未完成"),
    ("sleep 600 & wait", "秒未完成"),
    ("kill -9 $$", "signal: 9"),
    ("head -c 50000 \"$here/ok.pdf\" > \"$out\"; kill -SEGV $$", "signal: 11"),
    ("head -c 300000000 /dev/zero > \"$out\"", "没有说明原因|signal|模板或数据有误|秒未完成"),
    ("yes >&2", "秒未完成"),
    ("yes | head -c 9000000 >&2; cat \"$here/ok.pdf\" > \"$out\"", "模板或数据有误|秒未完成"),
    ("exec 2>&-; exec sleep 600", "秒未完成"),
    ("rm -rf \"$PWD\"", "out.pdf"),
    ("mkfifo \"$out\"", "不是普通文件"),
    ("ln -s /dev/zero \"$out\"", "不是普通文件"),
    ("mkdir \"$out\"", "不是普通文件"),
    ("cat \"$here/ok.pdf\" > \"$out\"; echo 'a: warning: layout did not converge' >&2", "版面不能稳定"),
    ("cat \"$here/ok.pdf\" > \"$out\"; exit 3", "没有说明原因"),
    ("cat \"$here/ok.pdf\" > \"$out\"; kill -TERM $$", "signal: 15"),
];

/// What a reading process does instead of reading, and what must be said; before `ready` it has not yet said that it can work.
const READERS: [(&str, &str); 18] = [
    ("exit 0", "一启动就中断"),
    ("exit 1", "一启动就中断"),
    ("kill -9 $$", "一启动就中断"),
    ("echo hello, world, what can I do for you", "一启动就中断"),
    ("yes", "一启动就中断"),
    ("exec >&-; exec sleep 600", "一启动就中断"),
    ("$ready; exit 0", "读取进程中断"),
    ("$ready; exit 1", "读取进程中断"),
    ("$ready; kill -9 $$", "读取进程中断"),
    ("$ready; kill -SEGV $$", "读取进程中断"),
    ("$ready; exec sleep 600", "秒未完成"),
    ("$ready; sleep 600 & exec sleep 600", "秒未完成"),
    ("$ready; exec <&-; exec sleep 600", "秒未完成"),
    ("$ready; printf '\\020\\000\\000\\000\\000\\000\\000\\000half'; exit 0", "读取进程中断"),
    ("$ready; yes", "读取进程中断"),
    ("$ready; head -c 100000 /dev/zero; exec sleep 600", "不能工作"),
    ("$ready; printf '\\004\\000\\000\\000\\000\\000\\000\\000abcd'; exec sleep 600", "不能工作"),
    ("$ready; cat; exec sleep 600", "不能工作|不完整|中断"),
];

fn says(trial: &Trial, words: &str) -> Vec<String> {
    let told = trial.told();
    let is_told = trial.end() == "exit 2" && words.split('|').any(|word| told.contains(word));
    if is_told { Vec::new() } else { vec![format!("not “{words}” but {}: {told}", trial.end())] }
}

#[test]
fn a_typesetter_that_does_what_it_likes_leaves_the_old_output() {
    set(&sample(&SETTERS, 5));
}

#[test]
#[ignore = "make faults: a minute"]
fn every_bad_typesetter_leaves_the_old_output() {
    set(&SETTERS);
}

fn set(setters: &[(&str, &str)]) {
    let wrongs = all(setters, |stage, (does, words)| {
        stage.workspace.program("bad", does);
        let trial =
            stage.run("sync", Path::new("/nowhere"), "count", "0", &["--typst", "./bad", "--set-limit", "2"]);
        let told = says(&trial, words);
        let wrongs = told.into_iter().chain(stage.wrongs(&trial));
        wrongs.map(|wrong| format!("{does}: {wrong}")).collect()
    });
    conclude("typesetters", setters.len(), &wrongs);
}

#[test]
fn a_reading_process_that_cannot_work_is_no_units_fault() {
    read(&sample(&READERS, 5));
}

#[test]
#[ignore = "make faults: a minute"]
fn every_bad_reading_process_is_no_units_fault() {
    read(&READERS);
}

fn read(readers: &[(&str, &str)]) {
    let wrongs = all(readers, |stage, (does, words)| {
        let ready = r"printf '\001\000\000\000\000\000\000\000\000'";
        let does = does.replace("$ready", ready);
        stage.workspace.script("bad", &format!("#!/bin/sh\nread line\n{does}\n"));
        let trial =
            stage.run("sync", Path::new("/nowhere"), "count", "0", &["--reader", "bad", "--read-limit", "2"]);
        let told = says(&trial, words);
        let wrongs = told.into_iter().chain(stage.wrongs(&trial));
        wrongs.map(|wrong| format!("{does}: {wrong}")).collect()
    });
    conclude("reading processes", readers.len(), &wrongs);
}

#[test]
fn a_reading_process_that_dies_once_is_forgiven() {
    let Some(stage) = Stage::new() else { return };
    let real = crate::workspace::PROGRAM;
    for dies in ["exit 1", "read line; kill -9 $$"] {
        let ready = r"printf '\001\000\000\000\000\000\000\000\000'";
        let script =
            format!("#!/bin/sh\nif mkdir dead 2>/dev/null; then {ready}; {dies}; fi\nexec '{real}' \"$@\"\n");
        stage.workspace.script("mortal", &script);
        let trial = stage.run("sync", Path::new("/nowhere"), "count", "0", &["--reader", "mortal"]);
        assert_eq!(trial.end(), "exit 0", "{}", trial.told());
        assert_eq!(stage.wrongs(&trial), Vec::<String>::new());
        std::fs::remove_dir(stage.workspace.path("dead")).unwrap();
    }
}

#[test]
fn children_end_with_a_run_that_is_killed_and_with_one_that_is_ended() {
    let Some(stage) = Stage::new() else { return };
    stage.workspace.program("slow", "exec sleep 600");
    let counted = stage.run("spawn", &stage.workspace.path(""), "count", "0", &[]);
    let points = counted.points();
    assert_eq!(stage.wrongs(&counted), Vec::<String>::new());
    for action in ["kill", "term"] {
        for at in sample(&(1..=points.len() + 2).collect::<Vec<_>>(), 3) {
            let trial = stage.run(
                "spawn",
                &stage.workspace.path(""),
                action,
                &at.to_string(),
                &["--typst", "./slow", "--set-limit", "1"],
            );
            assert_eq!(stage.wrongs(&trial), Vec::<String>::new(), "{action} {at}");
        }
    }
}
