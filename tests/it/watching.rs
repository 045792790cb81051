//! A round that is watched: what arrives is read once, whole; nothing is written; a signal ends it well.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

use crate::workspace::{GOOD, PROGRAM, Workspace, tree};

/// How long is waited for a line: longer than any machine takes.
const PATIENCE: Duration = Duration::from_secs(120);

/// A program that watches, with the lines that it has said.
struct Watching {
    child: Child,
    lines: Receiver<Value>,
}

impl Watching {
    fn of(workspace: &Workspace) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(["watch", "input/2023", "--every", "2", "--format", "json"])
            .current_dir(workspace.path(""))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (say, lines) = channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let _ = say.send(serde_json::from_str(&line).unwrap());
            }
        });
        let watching = Self { child, lines };
        assert_eq!(watching.next()["watching"], "input/2023");
        watching
    }

    fn next(&self) -> Value {
        self.lines.recv_timeout(PATIENCE).unwrap()
    }

    /// The lines until a file is told, that one as the last.
    fn until(&self, file: &str) -> Vec<Value> {
        let mut told = Vec::new();
        loop {
            told.push(self.next());
            if told.last().unwrap()["file"].as_str().is_some_and(|name| name.ends_with(file))
                && !told.last().unwrap()["happened"].is_null()
            {
                return told;
            }
        }
    }

    fn signal(&mut self, signal: &str) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_file_that_is_written_slowly_is_read_once_and_whole_and_what_came_of_it_is_told() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit_as("elsewhere.xlsx", "甲市", "统计局", GOOD);
    let bytes = std::fs::read(workspace.path("elsewhere.xlsx")).unwrap();
    std::fs::create_dir_all(workspace.path("input/2023/jia/submissions")).unwrap();
    let mut watching = Watching::of(&workspace);
    let submissions = workspace.path("input/2023/jia/submissions");
    let writer = std::thread::spawn(move || {
        let mut file = std::fs::File::create(submissions.join("统计局.xlsx")).unwrap();
        std::fs::write(submissions.join("~$其他.xlsx"), b"lock").unwrap();
        for piece in bytes.chunks(bytes.len() / 8 + 1) {
            file.write_all(piece).unwrap();
            file.sync_all().unwrap();
            std::thread::sleep(Duration::from_millis(400));
        }
    });
    let told = watching.until("统计局.xlsx");
    writer.join().unwrap();
    let [arrived] = told.as_slice() else { panic!("told before it was whole: {told:?}") };
    assert_eq!((&arrived["happened"], &arrived["unit"]), (&"new".into(), &"统计局".into()), "{arrived}");
    assert_eq!((arrived["errors"].as_u64(), arrived["is_registered"].as_bool()), (Some(0), Some(false)));
    // 未报 is gone, and what there is to say of the register is new.
    workspace.write("input/2023/jia/received.csv", "文件,收到时间\n统计局.xlsx,2024-01-10 09:00\n");
    let told = watching.until("received.csv");
    let of = |key: &str, code: &str| told.iter().any(|one| one[key] == "resolved" && one["code"] == code);
    assert!(of("change", "V402"), "{told:?}");
    assert!(told.iter().any(|one| one["code"] == "L207" && one["change"].is_null()), "{told:?}");
    assert!(!told.iter().any(|one| one["code"] == "R101"), "half a file was read: {told:?}");
    assert_eq!(watching.signal("-TERM"), Some(0), "it ends well, as with Ctrl-C");
}

#[test]
fn killed_at_any_time_it_leaves_the_inputs_as_they_are() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    for wait in [0, 300, 1100] {
        let mut watching = Watching::of(&workspace);
        workspace.submit("jia", "甲市", &GOOD.replace("120", &format!("12{}", wait % 7)));
        let before = tree(&workspace.path("input"));
        std::thread::sleep(Duration::from_millis(wait));
        assert_eq!(watching.signal("-KILL"), None);
        assert!(tree(&workspace.path("input")) == before, "after {wait} ms");
    }
}

#[test]
fn a_round_that_cannot_be_read_is_not_watched_and_a_fault_on_the_way_is_told_once() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    let watching = Watching::of(&workspace);
    let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    workspace.write("input/2023/round.toml", "[round]\n");
    std::thread::sleep(Duration::from_secs(4));
    workspace.write("input/2023/round.toml", round);
    assert_eq!(watching.until("round.toml").len(), 1);
    workspace.write("input/2023/round.toml", "[round]\n");
    let output = workspace.duibiao(&["watch", "input/2023"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn it_ends_well_when_nobody_reads_what_it_says_any_more() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let mut child = Command::new(PROGRAM)
        .args(["watch", "input/2023", "--every", "1", "--format", "json"])
        .current_dir(workspace.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    assert!(line.contains("watching"), "{line}");
    drop(output);
    // It finds out when it has something to say.
    workspace.submit("jia", "甲市", GOOD);
    let begin = std::time::Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begin.elapsed() > PATIENCE {
            let _ = child.kill();
            panic!("it goes on although nobody reads it");
        }
        std::thread::sleep(Duration::from_millis(100));
    };
    let mut said = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
}
