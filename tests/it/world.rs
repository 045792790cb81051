//! Inputs as the one door to them sees them: each is opened once, what is recorded is what was parsed, and what changes, appears or goes while a
//! round is evaluated stops the run.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use duibiao::digest::Digests;
use serde_json::Value;

use crate::tools::is_at_hand;
use crate::workspace::{GOOD, PROGRAM, Workspace};

/// Runs with a program in the place of typst that does something and hands over an empty document.
fn run_while(workspace: &Workspace, does: &str) -> Output {
    let text = format!(
        "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'typst 0.15.1 (none)'; exit 0; fi\nfor out in \"$@\"; do :; done\n{does}\nprintf '%%PDF-1.7\\nxref\\n0 0\\ntrailer<<>>\\nstartxref\\n9\\n%%%%EOF' > \"$out\"\n"
    );
    workspace.write("typst", text);
    std::fs::set_permissions(workspace.path("typst"), std::fs::Permissions::from_mode(0o755)).unwrap();
    workspace.duibiao(&["run", "input/2023", "--typst", "./typst"])
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn manifest(workspace: &Workspace) -> Value {
    serde_json::from_slice(&std::fs::read(workspace.path("output/2023/manifest.json")).unwrap()).unwrap()
}

#[test]
fn files_that_appear_or_go_while_a_round_is_evaluated_stop_the_run() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    workspace.write("input/2023/jia/evidence/Z1.txt", "统计表");
    assert_eq!(run_while(&workspace, ":").status.code(), Some(0));
    let (before, round) = (manifest(&workspace), workspace.path("input/2023").display().to_string());
    for (name, does, undo) in [
        (
            "财政局.xlsx",
            // Two documents are set at once, and one of them comes first.
            "cp '$/jia/submissions/统计局.xlsx' '$/jia/submissions/财政局.xlsx' 2>/dev/null || :",
            Some("jia/submissions/财政局.xlsx"),
        ),
        ("waivers.toml", "touch '$/waivers.toml'", Some("waivers.toml")),
        ("Z2.txt", "touch '$/jia/evidence/Z2.txt'", Some("jia/evidence/Z2.txt")),
        ("Z1.txt", "rm -f '$/jia/evidence/Z1.txt'", None),
    ] {
        let output = run_while(&workspace, &does.replace('$', &round));
        let told = said(&output);
        assert!(
            output.status.code() == Some(2) && told.contains(name) && told.contains("被改动"),
            "{name}: {told}"
        );
        assert_eq!(manifest(&workspace), before, "{name}: something was published");
        if let Some(added) = undo {
            std::fs::remove_file(workspace.path("input/2023").join(added)).unwrap();
        }
    }
    // The lock of somebody who opens a workbook is no workbook.
    let lock = format!("touch '{round}/jia/submissions/~$统计局.xlsx'");
    let output = run_while(&workspace, &lock);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    // What was looked for and is not there is recorded: a file that appears is a difference.
    let absent = || manifest(&workspace)["absent"].as_array().unwrap().contains(&"2023/waivers.toml".into());
    assert!(absent());
    workspace.write("input/2023/waivers.toml", "");
    assert_eq!(run_while(&workspace, ":").status.code(), Some(0));
    assert!(!absent());
}

/// A workbook is swapped all the time while the round is read: what is recorded is the digest of what was parsed.
#[test]
fn no_run_records_the_digest_of_other_bytes_than_it_parsed() {
    swapped(20);
}

#[test]
#[ignore = "takes minutes"]
fn no_run_of_two_hundred_records_the_digest_of_other_bytes_than_it_parsed() {
    swapped(200);
}

/// Runs a round while one of its workbooks is exchanged for another again and again. A run ends with an output that is true, or with none.
fn swapped(runs: usize) {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let book = "input/2023/jia/submissions/统计局.xlsx";
    let digests = ["120", "121"].map(|value| {
        workspace.submit("jia", "甲市", &GOOD.replace("120", value));
        let bytes = std::fs::read(workspace.path(book)).unwrap();
        let digest = Digests::of(&bytes).sha256;
        workspace.write(&format!("{value}.xlsx"), &bytes);
        (digest, value)
    });
    let (mut told, mut published) = (0, 0);
    for run in 0..runs {
        // It is swapped from the begin of a run on, for a while that is another one in each.
        let end = Instant::now() + Duration::from_millis(u64::try_from(run * 37 % 800).unwrap());
        let swapping = || {
            for value in ["120", "121"].iter().cycle().take_while(|_| Instant::now() < end) {
                let next = workspace.path("next.xlsx");
                std::fs::copy(workspace.path(&format!("{value}.xlsx")), &next).unwrap();
                std::fs::rename(&next, workspace.path(book)).unwrap();
                std::thread::sleep(Duration::from_micros(400));
            }
        };
        let output = std::thread::scope(|scope| {
            scope.spawn(swapping);
            run_while(&workspace, ":")
        });
        if !matches!(output.status.code(), Some(0 | 1)) {
            assert!(said(&output).contains("改动"), "{}", said(&output));
            told += 1;
            continue;
        }
        published += 1;
        let rows = workspace.table("observations");
        // A workbook that is exchanged in the very moment of reading is a finding, and is not evaluated.
        let Some(row) = rows.iter().find(|row| row["no"] == "2") else { continue };
        let (raw, digest) = (&row["raw"], &workspace.table("submissions")[0]["sha256"]);
        let is_true = digests.iter().any(|(own, value)| own == digest && value == raw);
        assert!(is_true, "run {run}: {digest} and {raw}");
    }
    assert!(told > 0 && published > 0, "{told} told, {published} published");
}

/// Each input is opened once, and it is these that the manifest names. (A source that several plans share is read for each of them.)
#[test]
fn every_input_is_opened_once() {
    if !is_at_hand("strace") {
        return;
    }
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    workspace.write("input/2023/jia/evidence/Z1.txt", "统计表");
    workspace.write("input/2023/waivers.toml", "");
    let run = Command::new("strace")
        .args(["-f", "-xx", "-e", "trace=openat,open,openat2", "-o", "calls", PROGRAM, "run", "input/2023"])
        .current_dir(workspace.path(""))
        .output()
        .unwrap();
    assert!(matches!(run.status.code(), Some(0 | 1)), "{}", said(&run));
    let mut opened: BTreeMap<String, usize> = BTreeMap::new();
    let calls = std::fs::read_to_string(workspace.path("calls")).unwrap();
    for call in calls.lines().filter(|call| !call.contains("O_DIRECTORY") && !call.contains("ENOENT")) {
        let Some(path) = call.split('"').nth(1) else { continue };
        let bytes = path.split("\\x").filter_map(|code| u8::from_str_radix(code, 16).ok()).collect();
        let path = String::from_utf8(bytes).unwrap();
        if let Some((_, below)) =
            path.split_once("input/").filter(|_| path.starts_with("input/") || path.contains("/input/"))
        {
            *opened.entry(below.to_owned()).or_default() += 1;
        }
    }
    let manifest = manifest(&workspace);
    let inputs =
        manifest["inputs"].as_array().unwrap().iter().map(|one| one["path"].as_str().unwrap().to_owned());
    let named: BTreeMap<String, usize> = inputs.map(|path| (path, 1)).collect();
    assert_eq!(opened, named);
}
