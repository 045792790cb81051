//! The machine's own faults: limits, full terminals, programs and fonts that cannot be read; and what lies where the output should go.

use std::process::{Command, Output};

use crate::workspace::{GOOD, PROGRAM, Workspace, tree};

/// A round with an old output.
pub(super) fn round() -> Workspace {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    workspace.typesetter();
    assert_eq!(run(&workspace, "", "").status.code(), Some(0));
    workspace.submit("jia", "甲市", &GOOD.replace("120", "130"));
    workspace
}

/// Runs the round in a shell, after `before` and with `more` behind it.
pub(super) fn run(workspace: &Workspace, before: &str, more: &str) -> Output {
    let typst = if more.contains("--typst") { "" } else { "--typst ./fake" };
    let script = format!("{before} '{PROGRAM}' run input/2023 {typst} --fonts fonts --quiet {more}");
    Command::new("/bin/sh").args(["-c", &script]).current_dir(workspace.path("")).output().unwrap()
}

pub(super) fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_machines_faults_are_not_the_units() {
    let workspace = round();
    let before = tree(&workspace.path("output/2023"));
    let parameters = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    for (limits, before_it, more, words) in [
        ("", "ulimit -v 750000;", "", "ulimit -v"),
        ("", "ulimit -n 8;", "", "os error 24"),
        ("", "ulimit -f 0;", "", "os error 27|没有说明原因|写入"),
        ("", "TMPDIR=/nowhere", "", "/nowhere"),
        ("", "", "--reader /nowhere/worker", "不能启动"),
        ("", "", "--reader input/2023/round.toml", "不能启动"),
        ("", "", "--read-limit 0", "--read-limit"),
        ("[limits]\nmemory_mib = 1\n", "", "", "memory_mib至少为"),
        ("[limits]\nseconds = 0\n", "", "", "seconds至少为1"),
        ("", "ulimit -d 500000;", "", "ulimit -d"),
        ("", "ulimit -t 40;", "", "ulimit -t"),
        ("", "", "--read-limit 18446744073709551615", "--read-limit"),
        ("[limits]\nmemory_mib = 17592186044416\n", "", "", "memory_mib至多为"),
        ("[limits]\nfile_mib = 17592186044416\n", "", "", "file_mib至多为"),
        ("[limits]\nunpacked_mib = 17592186044416\n", "", "", "unpacked_mib至多为"),
        ("[limits]\ntexts_mib = 17592186044416\n", "", "", "texts_mib至多为"),
        ("[limits]\nanswer_mib = 17592186044416\n", "", "", "answer_mib至多为"),
        ("[limits]\nseconds = 9223372036854775807\n", "", "", "seconds至多为"),
    ] {
        workspace.write("input/2023/round.toml", format!("{parameters}\n{limits}"));
        let output = run(&workspace, before_it, more);
        let what = format!("{limits}{before_it}{more}");
        assert_eq!(output.status.code(), Some(2), "{what}: {}", told(&output));
        assert!(words.split('|').any(|word| told(&output).contains(word)), "{what}: {}", told(&output));
        assert!(tree(&workspace.path("output/2023")) == before, "{what}: the old output was changed");
    }
    workspace.write("input/2023/round.toml", parameters);
    assert_eq!(run(&workspace, "", "--jobs 100000").status.code(), Some(0));
}

/// The work has a stack of its own; what a typesetter does without one is told as any failure of it.
#[test]
fn a_small_stack_of_the_starter_is_no_fault_of_the_work() {
    let workspace = round();
    let before = tree(&workspace.path("output/2023"));
    let script = format!("ulimit -s 64; '{PROGRAM}' check input/2023 --quiet");
    let checked =
        Command::new("/bin/sh").args(["-c", &script]).current_dir(workspace.path("")).output().unwrap();
    assert_eq!(checked.status.code(), Some(0), "{}", told(&checked));
    let output = run(&workspace, "ulimit -s 64;", "");
    match output.status.code() {
        Some(0) => assert!(tree(&workspace.path("output/2023")) != before),
        status => {
            assert_eq!(status, Some(2), "{}", told(&output));
            assert!(told(&output).contains("未完成 not done"), "{}", told(&output));
            assert!(tree(&workspace.path("output/2023")) == before, "the old output was changed");
        }
    }
}

#[test]
fn a_clock_before_1970_changes_no_check_and_is_told_by_a_run() {
    let workspace = round();
    let source = crate::workspace::repository().join("tests/faults/clock.c");
    let library = workspace.path("clock.so");
    let built =
        Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(source).output().unwrap();
    assert!(built.status.success(), "{}", told(&built));
    let check = |clock: &str| {
        let script = format!("{clock} '{PROGRAM}' check input/2023 --verbose");
        Command::new("/bin/sh").args(["-c", &script]).current_dir(workspace.path("")).output().unwrap()
    };
    let clock = format!("LD_PRELOAD='{}'", library.display());
    let (now, then) = (check(""), check(&clock));
    assert_eq!((then.status.code(), &then.stdout), (now.status.code(), &now.stdout), "{}", told(&then));
    // rust_xlsxwriter asks the clock for every workbook, and knows no time before 1970.
    let before = tree(&workspace.path("output/2023"));
    let output = run(&workspace, &clock, "");
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert!(told(&output).contains("未完成") && told(&output).contains("1970"), "{}", told(&output));
    assert!(tree(&workspace.path("output/2023")) == before);
}

#[test]
fn a_file_that_cannot_be_read_is_a_finding_and_the_round_goes_on() {
    let workspace = round();
    workspace.submit_as("input/2023/jia/submissions/b.xlsx", "甲市", "统计局", GOOD);
    workspace.write("input/2023/jia/evidence/a.txt", "evidence");
    for name in ["submissions/b.xlsx", "evidence/a.txt"] {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o000);
        std::fs::set_permissions(workspace.path("input/2023/jia").join(name), mode).unwrap();
    }
    // The superuser may read everything, unless that right is given up.
    let as_others = "[ $(id -u) != 0 ] || as_others='setpriv --bounding-set -dac_override,-dac_read_search';";
    let output = run(&workspace, &format!("{as_others} $as_others"), "");
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    let rows = workspace.table("findings");
    let unread: Vec<&str> =
        rows.iter().filter(|row| row["code"] == "R118").map(|row| row["file"].as_str()).collect();
    assert_eq!(unread, ["jia/evidence/a.txt", "jia/submissions/b.xlsx"]);
    assert_eq!(workspace.table("scores")[0]["met"], "4");
}

#[test]
fn what_cannot_be_said_is_told_by_the_exit_status() {
    let workspace = round();
    for arguments in [
        "check input/2023",
        "check input/2023 --format json --verbose",
        "explain R101",
        "--help",
        "plan show input/2023/jia/plan.toml",
        "run input/2023 --typst ./fake",
    ] {
        for (redirected, status) in [("> /dev/full", 2), ("2> /dev/full > /dev/full", 2), ("| head -c 1", 0)]
        {
            let script = format!("'{PROGRAM}' {arguments} {redirected}");
            let output =
                Command::new("/bin/sh").args(["-c", &script]).current_dir(workspace.path("")).output();
            let output = output.unwrap();
            assert_eq!(output.status.code(), Some(status), "{arguments} {redirected}: {}", told(&output));
            if redirected == "> /dev/full" && arguments != "--help" {
                assert!(told(&output).contains("标准输出"), "{arguments}: {}", told(&output));
                assert_eq!(told(&output).contains("报告已生成"), arguments.starts_with("run"), "{arguments}");
            }
        }
    }
}

#[test]
fn no_name_and_no_cell_forges_a_line_or_a_column() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    let forged = "乙.xlsx  错误 R101  市发改委  伪造";
    for name in [
        format!("a\n{forged}"),
        format!("a  {forged}"),
        "a\t\u{1b}[31mb.xlsx".to_owned(),
        "c\u{2028}d.xlsx".to_owned(),
    ] {
        workspace.write(&format!("input/2023/jia/submissions/{name}"), "no workbook");
    }
    let rows = format!("{GOOD}\n5|a\n{forged}|家|5\u{1b}[31m\n6|b  {forged}|家|x\n{forged}");
    workspace.submit_as("input/2023/jia/submissions/统计局2.xlsx", "甲市", "统计局", &rows);
    for arguments in [&["check", "input/2023"][..], &["check", "input/2023", "-v"]] {
        let output = workspace.duibiao(arguments);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("伪造"), "{text}");
        assert!(!text.contains('\u{1b}') && !text.contains('\t') && !text.contains('\u{2028}'), "{text}");
        for line in text.lines() {
            assert!(!line.starts_with("乙.xlsx"), "a line is forged: {line}");
            assert!(!line.contains("  错误 R101  市发改委"), "a column is forged: {line}");
        }
    }
    // An error names its path in one line.
    let output = workspace.duibiao(&["check", "no\n未完成 not done: forged"]);
    assert_eq!(told(&output).lines().count(), 1, "{}", told(&output));
}

#[test]
fn names_that_look_alike_are_told_apart() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    for name in ["caf\u{e9}.xlsx", "cafe\u{301}.xlsx", "局.xlsx", "局\u{200b}.xlsx"] {
        workspace.write(&format!("input/2023/jia/submissions/{name}"), "no workbook");
    }
    let output = workspace.duibiao(&["check", "input/2023", "--format", "json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let files: std::collections::BTreeSet<String> = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter_map(|line| Some(line["file"].as_str()?.to_owned()))
        .filter(|file| file.contains("submissions/"))
        .collect();
    let shown: Vec<&str> = files.iter().map(|file| file.rsplit('/').next().unwrap()).collect();
    assert_eq!(shown, ["cafe\\u{301}.xlsx", "caf\u{e9}.xlsx", "局.xlsx", "局\\u{200b}.xlsx"]);
}

#[test]
fn what_lies_where_the_output_should_go_is_what_users_expect() {
    let workspace = round();
    // A link stays a link, also one that leads to what is not there yet.
    std::os::unix::fs::symlink("real/2023", workspace.path("link")).unwrap();
    for _ in 0..2 {
        let output = run(&workspace, "", "--output link");
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        assert!(workspace.path("link").is_symlink() && workspace.path("real/2023/report.pdf").is_file());
    }
    // A file is no folder; what others have put into an output stays; what file managers leave does not count.
    workspace.write("file", "x");
    assert!(told(&run(&workspace, "", "--output file")).contains("文件夹"));
    workspace.write("output/2023/notes/letter.docx", "mine");
    let output = run(&workspace, "", "");
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("notes/letter.docx"), "{}", told(&output));
    std::fs::remove_dir_all(workspace.path("output/2023/notes")).unwrap();
    workspace.write("output/2023/Thumbs.db", "x");
    workspace.write("output/2023/tables/~$assessments.csv", "x");
    assert_eq!(run(&workspace, "", "").status.code(), Some(0));
    assert!(!workspace.path("output/2023/Thumbs.db").exists());
    // Put there while the run goes on.
    workspace.program("slow", "echo mine > \"$here/output/2023/late.txt\"; cat \"$here/ok.pdf\" > \"$out\"");
    let output = run(&workspace, "", "--typst ./slow");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(workspace.path("output/2023/late.txt")).unwrap(), "mine\n");
    assert!(told(&output).contains("有人放入"), "{}", told(&output));
}

#[test]
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn a_mount_point_is_refused_before_the_work_begins() {
    let workspace = round();
    std::fs::create_dir(workspace.path("disk")).unwrap();
    let script = format!(
        "mount -t tmpfs tmpfs disk && '{PROGRAM}' run input/2023 --typst ./fake --quiet --output disk; status=$?; \
         '{PROGRAM}' run input/2023 --typst ./fake --quiet --output disk/2023 && ls disk/2023 && exit $status"
    );
    let mut shell = Command::new("unshare");
    let output = shell.args(["--mount", "/bin/sh", "-c", &script]).current_dir(workspace.path("")).output();
    match output {
        Ok(output) if !told(&output).contains("ermi") => {
            assert_eq!(output.status.code(), Some(2), "{}", told(&output));
            assert!(told(&output).contains("是挂载点"), "{}", told(&output));
            assert!(String::from_utf8_lossy(&output.stdout).contains("report.pdf"));
        }
        _ => println!("skipped: mounting is not permitted here"),
    }
}

#[test]
fn a_second_run_into_the_same_output_is_refused_in_words() {
    let workspace = round();
    workspace.program("slow", "sleep 2; cat \"$here/ok.pdf\" > \"$out\"");
    let mut first = Command::new(PROGRAM);
    first
        .args(["run", "input/2023", "--quiet", "--typst", "./slow", "--fonts", "fonts"])
        .current_dir(workspace.path(""));
    let mut first = first.spawn().unwrap();
    let container = workspace.path("output/.duibiao-2023.partial/new");
    while !container.exists() && first.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let second = run(&workspace, "", "");
    assert_eq!(second.status.code(), Some(2));
    assert!(told(&second).contains("另一个运行正在写入"), "{}", told(&second));
    assert_eq!(first.wait().unwrap().code(), Some(0));
    assert_eq!(run(&workspace, "", "").status.code(), Some(0));
    let beside = std::fs::read_dir(workspace.path("output")).unwrap().count();
    assert_eq!(beside, 1, "nothing is left beside");
}
