//! What somebody tried who wanted to break the program: doors that are closed, limits without end, files without end, forged lines,
//! processes that hide, outputs in wrong places.

use std::process::{Command, Output};
use std::time::{Duration, Instant};

use super::machine::{round, run, told};
use crate::workspace::{PROGRAM, Workspace, tree};

fn check(workspace: &Workspace, before: &str, more: &str) -> Output {
    let script = format!("{before} timeout 60 '{PROGRAM}' check input/2023 --quiet {more}");
    Command::new("/bin/sh").args(["-c", &script]).current_dir(workspace.path("")).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn wait_for(mut what: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !what() && begin.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Whether a program with this argument lives.
fn lives(argument: &str) -> bool {
    let all = std::fs::read_dir("/proc").unwrap().flatten();
    all.filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok())
        .any(|line| line.split(|byte| *byte == 0).any(|word| word == argument.as_bytes()))
}

#[test]
fn what_cannot_be_looked_at_is_not_taken_for_what_is_not_there() {
    let workspace = round();
    workspace.write("input/2023/waivers.toml", "");
    for (name, target) in [
        ("jia/submissions", "/nowhere"),
        ("jia/submissions", "submissions"),
        ("jia/received.csv", "/nowhere"),
        ("waivers.toml", "waivers.toml"),
        ("waivers.toml", "/nowhere"),
        ("round.toml", "/nowhere"),
        ("jia/plan.toml", "plan.toml"),
    ] {
        let (path, aside) = (workspace.path("input/2023").join(name), workspace.path("aside"));
        std::fs::rename(&path, &aside).unwrap();
        std::os::unix::fs::symlink(target, &path).unwrap();
        let output = check(&workspace, "", "");
        assert_eq!(output.status.code(), Some(2), "{name} → {target}: {}{}", said(&output), told(&output));
        std::fs::remove_file(&path).unwrap();
        std::fs::rename(&aside, &path).unwrap();
    }
    assert_eq!(check(&workspace, "", "").status.code(), Some(0));
}

#[test]
fn what_nobody_writes_so_long_is_not_read() {
    let workspace = round();
    for name in
        ["2023/round.toml", "2023/waivers.toml", "catalogue.toml", "2023/jia/plan.toml", "sources/plan.txt"]
    {
        let path = workspace.path("input").join(name);
        let before = std::fs::read(&path).ok();
        std::fs::File::create(&path).unwrap().set_len(3 << 30).unwrap();
        // What is read is bounded, and not by the memory there is.
        let output = check(&workspace, "ulimit -v 2000000;", "");
        assert_eq!(output.status.code(), Some(2), "{name}: {}", told(&output));
        assert!(told(&output).contains("超过16 MiB"), "{name}: {}", told(&output));
        match before {
            Some(bytes) => std::fs::write(&path, bytes).unwrap(),
            None => std::fs::remove_file(&path).unwrap(),
        }
    }
    std::fs::File::create(workspace.path("input/2023/jia/received.csv")).unwrap().set_len(40 << 20).unwrap();
    let output = check(&workspace, "ulimit -v 2000000;", "");
    assert!(said(&output).contains("L210") && said(&output).contains("文件过大"), "{}", said(&output));
}

#[test]
fn no_value_of_a_file_and_no_argument_forges_a_line() {
    let workspace = round();
    let forged = r"x\n  第99行 (line 99): 伪造";
    for (file, from, to) in [
        ("round.toml", "cities = [\"jia\"]", format!("cities = [\"{forged}\"]")),
        ("round.toml", "[round]", format!("[round]\n\"{forged}\" = 1")),
        ("round.toml", "edition = \"快报\"", format!("edition = \"{forged}\"")),
        ("round.toml", "[round]", format!("[\"{forged}\"]\na = 1\n[round]")),
        ("jia/plan.toml", "status = \"in_force\"", format!("status = \"{forged}\"")),
        ("jia/plan.toml", "group = \"投入\"", format!("group = \"{forged}\"")),
        ("jia/plan.toml", "id = \"rd\"", format!("id = \"{forged}\"")),
        ("jia/plan.toml", "unit = \"%\"", format!("unit = \"{forged}\"")),
        ("jia/plan.toml", "quote = \"3.0\"", format!("quote = \"{forged}\"")),
        ("jia/plan.toml", "source = \"sources/plan.txt\"", format!("source = \"../{forged}\"")),
    ] {
        let path = workspace.path("input/2023").join(file);
        let before = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, before.replacen(from, &to, 1)).unwrap();
        let output = check(&workspace, "", "");
        assert_eq!(output.status.code(), Some(2), "{to}");
        assert!(told(&output).contains("伪造"), "{to}: {}", told(&output));
        assert!(!told(&output).lines().any(|line| line.starts_with("  第99行")), "{to}: {}", told(&output));
        std::fs::write(&path, before).unwrap();
    }
    for arguments in [
        ["check", "input/2023", "--city", "x\nFORGED"],
        ["check", "input/2023", "--jobs", "x\nFORGED"],
        ["check", "input/2023", "--x\nFORGED", ""],
        ["explain", "x\nFORGED", "--lang", "zh"],
        ["x\nFORGED", "", "", ""],
    ] {
        let output = workspace.duibiao(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(told(&output).contains("FORGED"), "{arguments:?}: {}", told(&output));
        let is_forged = told(&output).lines().any(|line| line.starts_with("FORGED"));
        assert!(!is_forged, "{arguments:?}: {}", told(&output));
    }
}

#[test]
fn of_very_many_faults_the_first_are_listed_and_the_rest_counted() {
    let workspace = round();
    let path = workspace.path("input/2023/waivers.toml");
    std::fs::write(path, "[[waiver]]\nx = 1\n".repeat(3000)).unwrap();
    let output = check(&workspace, "", "");
    assert!(
        told(&output).contains("有3000处错误") && told(&output).contains("还有2000处"),
        "{}",
        told(&output)
    );
    assert!(told(&output).lines().count() < 1010);
}

#[test]
fn a_date_that_cannot_be_printed_and_a_source_elsewhere_are_faults_of_their_files() {
    let workspace = round();
    for (file, from, to, words) in [
        ("round.toml", "report_date = 2024-01-31", "report_date = 0001-01-03", "report_date 应在1900"),
        ("round.toml", "measures_by = 2024-02-29", "measures_by = 0000-02-29", "measures_by 应在1900"),
        ("jia/plan.toml", "sources/plan.txt", "/etc/passwd", "source = “/etc/passwd”"),
        ("jia/plan.toml", "sources/plan.txt", "../2023/round.toml", "应是input文件夹下"),
    ] {
        let path = workspace.path("input/2023").join(file);
        let before = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, before.replacen(from, to, 1)).unwrap();
        let output = check(&workspace, "", "");
        assert_eq!(output.status.code(), Some(2), "{to}");
        assert!(told(&output).contains(words), "{to}: {}", told(&output));
        std::fs::write(&path, before).unwrap();
    }
}

#[test]
fn evidence_that_is_passed_over_is_told() {
    let workspace = round();
    workspace.write("input/2023/jia/evidence/材料/a.pdf", "x");
    workspace.write("input/2023/jia/evidence/ok.pdf", "x");
    let at = |name: &str| workspace.path("input/2023/jia/evidence").join(name);
    std::os::unix::fs::symlink("/etc/passwd", at("link.pdf")).unwrap();
    std::os::unix::fs::symlink("nowhere", at("broken.pdf")).unwrap();
    assert!(Command::new("mkfifo").arg(at("pipe.pdf")).status().unwrap().success());
    let output = check(&workspace, "", "");
    for name in ["材料", "link.pdf", "broken.pdf", "pipe.pdf"] {
        let is_told = |line: &str| line.starts_with(&format!("jia/evidence/{name}")) && line.contains("L213");
        assert!(said(&output).lines().any(is_told), "{name}: {}", said(&output));
    }
    assert!(!said(&output).contains("ok.pdf"));
    // A door that is closed to us.
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o000);
    std::fs::set_permissions(at(""), mode).unwrap();
    let as_others = "[ $(id -u) != 0 ] || as_others='setpriv --bounding-set -dac_override,-dac_read_search';";
    let output = check(&workspace, &format!("{as_others} $as_others"), "");
    std::fs::set_permissions(at(""), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(said(&output).contains("jia/evidence  ") && said(&output).contains("R118"), "{}", said(&output));
}

#[test]
fn a_folder_of_evidence_may_be_a_link_but_not_to_the_output_nor_to_the_rest_of_the_round() {
    let workspace = round();
    workspace.write("elsewhere/a.pdf", "x");
    workspace.write("input/2023/yi/evidence/b.pdf", "x");
    assert_eq!(run(&workspace, "", "").status.code(), Some(0));
    let before = tree(&workspace.path("output/2023"));
    let link = |name: &str, target: &str| {
        let path = workspace.path("input/2023/jia").join(name);
        let _ = std::fs::remove_file(&path);
        std::os::unix::fs::symlink(workspace.path(target), path).unwrap();
    };
    // The output would become its own evidence, or the evidence would be replaced with it.
    for target in ["output/2023", "output/2023/cities", "output", "", "output/2023/none"] {
        link("evidence", target);
        let done = run(&workspace, "", "");
        assert_eq!(done.status.code(), Some(2), "{target}: {}", told(&done));
        let words = "jia/evidence”是链接，与输出文件夹“output/2023”是同一处或互相包含";
        assert!(told(&done).contains(words), "{target}: {}", told(&done));
        assert!(tree(&workspace.path("output/2023")) == before, "{target}");
    }
    // What is read as something else is no evidence; that of another city is none of this round here.
    for target in
        ["input/2023/jia", "input/2023/jia/submissions", "input/2023", "input", "input/2023/yi/evidence"]
    {
        link("evidence", target);
        let done = run(&workspace, "", "");
        assert_eq!(done.status.code(), Some(0), "{target}: {}", told(&done));
        let found = check(&workspace, "", "");
        let is_told = |line: &str| line.starts_with("jia/evidence") && line.contains("L213");
        assert!(said(&found).lines().any(is_told), "{target}: {}", said(&found));
        assert_eq!(evidence_of(&workspace), Vec::<String>::new(), "{target}");
    }
    for target in ["elsewhere", "output/2022"] {
        workspace.write("output/2022/a.pdf", "x");
        link("evidence", target);
        let done = run(&workspace, "", "");
        assert_eq!(done.status.code(), Some(0), "{target}: {}", told(&done));
        assert_eq!(evidence_of(&workspace), ["2023/jia/evidence/a.pdf"], "{target}");
    }
    // So it is with a city's folder and its submissions.
    link("evidence", "elsewhere");
    std::fs::rename(workspace.path("input/2023/jia/submissions"), workspace.path("sent")).unwrap();
    link("submissions", "output/2023");
    assert_eq!(run(&workspace, "", "").status.code(), Some(2));
    link("submissions", "sent");
    assert_eq!(run(&workspace, "", "").status.code(), Some(0));
    assert_eq!(run(&workspace, "", "--output sent/out").status.code(), Some(2));
}

/// The evidence that the manifest lists.
fn evidence_of(workspace: &Workspace) -> Vec<String> {
    let manifest = std::fs::read(workspace.path("output/2023/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let of_role =
        |file: &&serde_json::Value| file["path"].as_str().is_some_and(|path| path.contains("/evidence/"));
    let files = manifest["inputs"].as_array().unwrap().iter().filter(of_role);
    files.map(|file| file["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_output_is_not_put_among_the_inputs_nor_where_it_cannot_be() {
    let workspace = round();
    std::fs::create_dir_all(workspace.path("input/2023/jia/evidence")).unwrap();
    std::os::unix::fs::symlink("input/2023/jia", workspace.path("in")).unwrap();
    let long = "长".repeat(80);
    for (output, words) in [
        ("input/2023", "在轮次文件夹中"),
        ("input/2023/jia/evidence", "在轮次文件夹中"),
        ("input/2023/jia/submissions/out", "在轮次文件夹中"),
        ("in/out", "在轮次文件夹中"),
        ("nix/../input/2023/out", "在轮次文件夹中"),
        (long.as_str(), "名称超过238字节"),
        ("/", "不能作输出文件夹"),
    ] {
        let done = run(&workspace, "", &format!("--output {output}"));
        assert_eq!(done.status.code(), Some(2), "{output}");
        assert!(told(&done).contains(words), "{output}: {}", told(&done));
    }
    for (output, place) in [("nix/../o1", "o1"), ("o2/.", "o2"), ("o3/", "o3")] {
        let done = run(&workspace, "", &format!("--output {output}"));
        assert_eq!(done.status.code(), Some(0), "{output}: {}", told(&done));
        assert!(workspace.path(place).join("report.pdf").is_file());
    }
    assert!(!workspace.path("nix").exists());
}

#[test]
fn what_lies_in_an_output_is_neither_waited_for_nor_removed() {
    let workspace = round();
    let at = |name: &str| workspace.path("output/2023").join(name);
    let manifest = std::fs::read(at("manifest.json")).unwrap();
    std::fs::remove_file(at("manifest.json")).unwrap();
    for make in ["mkfifo", "ln -s /dev/zero"] {
        assert!(
            Command::new("/bin/sh")
                .args(["-c", &format!("{make} output/2023/manifest.json")])
                .current_dir(workspace.path(""))
                .status()
                .unwrap()
                .success()
        );
        let output = run(&workspace, "timeout 60", "");
        assert_eq!(output.status.code(), Some(2), "{make}: {}", told(&output));
        assert!(told(&output).contains("其他文件"), "{make}: {}", told(&output));
        std::fs::remove_file(at("manifest.json")).unwrap();
    }
    std::fs::write(at("manifest.json"), manifest).unwrap();
    std::fs::create_dir_all(at("mine/below")).unwrap();
    let output = run(&workspace, "", "");
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert!(told(&output).contains("mine/below/") && at("mine/below").is_dir(), "{}", told(&output));
    std::fs::remove_dir_all(at("mine")).unwrap();
    // Our own file where the output is to be made.
    workspace.write("output/.duibiao-2023.partial", "x");
    let output = run(&workspace, "", "");
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("请先取走"), "{}", told(&output));
    std::fs::remove_file(workspace.path("output/.duibiao-2023.partial")).unwrap();
    assert_eq!(run(&workspace, "", "").status.code(), Some(0));
}

#[test]
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn what_is_mounted_in_an_output_is_seen_before_it_is_replaced() {
    let workspace = round();
    let before = tree(&workspace.path("output/2023"));
    let script = format!(
        "echo x > other && mount --bind other output/2023/report.pdf && '{PROGRAM}' run input/2023 --typst ./fake --quiet; \
         status=$?; ls -A output; exit $status"
    );
    let mut shell = Command::new("unshare");
    let output = shell.args(["--mount", "/bin/sh", "-c", &script]).current_dir(workspace.path("")).output();
    match output {
        Ok(output) if !told(&output).contains("ermi") => {
            assert_eq!(output.status.code(), Some(2), "{}", told(&output));
            assert!(told(&output).contains("report.pdf（挂载点"), "{}", told(&output));
            assert_eq!(said(&output), "2023\n");
            assert!(tree(&workspace.path("output/2023")) == before);
        }
        _ => println!("skipped: mounting is not permitted here"),
    }
}

#[test]
fn a_pause_is_not_charged_to_a_unit() {
    let workspace = round();
    let here = workspace.path("");
    // It answers a second after it was asked.
    let slow = format!(
        "#!/bin/sh\n'{PROGRAM}' \"$@\" | (head -c 9; touch '{0}/asked'; sleep 1; exec cat)\n",
        here.display()
    );
    workspace.script("slow", &slow);
    let mut command = Command::new(PROGRAM);
    command
        .args(["check", "input/2023", "--quiet", "--reader", "slow", "--read-limit", "3"])
        .current_dir(&here);
    command.stdout(std::process::Stdio::piped());
    let child = command.spawn().unwrap();
    wait_for(|| workspace.path("asked").exists());
    let signal = |name: &str| Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(signal("-STOP").success());
    std::thread::sleep(Duration::from_secs(5));
    assert!(signal("-CONT").success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn nothing_that_a_child_has_started_lives_on_wherever_it_hides() {
    let workspace = round();
    let mark = |digit: u32| format!("97{digit}.{}", std::process::id());
    let hidden = format!("setsid sleep {} </dev/null >/dev/null 2>&1 &", mark(1));
    workspace.program(
        "hides",
        &format!("{hidden} setsid setsid sleep {} & cat \"$here/ok.pdf\" > \"$out\"", mark(2)),
    );
    let output = run(&workspace, "", "--typst ./hides");
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(!lives(&mark(1)) && !lives(&mark(2)));
    // Ended by a signal.
    workspace
        .program("stays", &format!("setsid sleep {} </dev/null >/dev/null 2>&1 & exec sleep 600", mark(3)));
    let mut command = Command::new(PROGRAM);
    command.args(["run", "input/2023", "--quiet", "--typst", "./stays"]).current_dir(workspace.path(""));
    let mut child = command.spawn().unwrap();
    wait_for(|| lives(&mark(3)));
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    child.wait().unwrap();
    assert!(!lives(&mark(3)));
}

#[test]
fn what_a_starter_hands_down_changes_nothing() {
    let workspace = round();
    for before in [
        "trap '' CHLD; exec",
        "RAYON_NUM_THREADS=100000 POLARS_MAX_THREADS=100000 timeout 120",
        "RUST_MIN_STACK=1000 timeout 120",
    ] {
        let output = run(&workspace, before, "");
        assert_eq!(output.status.code(), Some(0), "{before}: {}", told(&output));
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn the_first_process_of_a_container_ends_by_a_signal_as_others_do() {
    let workspace = round();
    workspace.program("slow", "touch \"$here/begun\"; exec sleep 600");
    let mut command = Command::new("unshare");
    command.args([
        "--pid",
        "--fork",
        "--mount-proc",
        PROGRAM,
        "run",
        "input/2023",
        "--quiet",
        "--typst",
        "./slow",
    ]);
    let Ok(mut outer) = command.current_dir(workspace.path("")).spawn() else { return };
    wait_for(|| workspace.path("begun").exists() || outer.try_wait().unwrap().is_some());
    if !workspace.path("begun").exists() {
        println!("skipped: name spaces are not permitted here");
        let _ = outer.kill();
        outer.wait().unwrap();
        return;
    }
    let pid = outer.id();
    let inner = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
    assert!(Command::new("kill").args(["-TERM", inner.trim()]).status().unwrap().success());
    assert_eq!(outer.wait().unwrap().code(), Some(143));
}

#[test]
fn a_typesetter_that_the_system_ends_is_told_with_its_limit() {
    let workspace = round();
    let version = |words: &str| {
        workspace.script("odd", &format!("#!/bin/sh\nprintf '{words}'\n"));
        told(&run(&workspace, "", "--typst ./odd"))
    };
    for (does, words) in
        [("kill -XFSZ $$", "ulimit -f"), ("kill -XCPU $$", "ulimit -t"), ("kill -KILL $$", "内存不足")]
    {
        workspace.program("bad", does);
        let output = run(&workspace, "", "--typst ./bad");
        assert_eq!(output.status.code(), Some(2));
        assert!(told(&output).contains(words), "{does}: {}", told(&output));
    }
    for words in [
        "typst 0.15.1\\033[31m",
        "typst 0.15.1aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "typst 1\\001",
    ] {
        assert!(version(words).contains("没有答出版本"), "{words}");
    }
}
