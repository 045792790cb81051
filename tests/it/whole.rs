//! What comes out is whole: a typesetting program that fails in any way, loudly or silently, leaves the old output as it
//! was.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::workspace::{GOOD, PROGRAM, Workspace, copy_tree, repository, tree};

/// A round with an output made by the real program.
fn published() -> Workspace {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    workspace.typeset();
    workspace.submit("jia", "甲市", &GOOD.replace("120", "130"));
    workspace
}

/// A program that tells typst's version and then does `what` when it is asked to compile; `$out` is where the PDF should go.
fn fake(workspace: &Workspace, what: &str) -> PathBuf {
    let text = format!(
        "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'typst 0.15.1 (fake)'; exit 0; fi\nfor out in \"$@\"; do :; done\n{what}\n"
    );
    program(workspace, "fake", &text)
}

fn program(workspace: &Workspace, name: &str, text: &str) -> PathBuf {
    workspace.write(name, text);
    let path = workspace.path(name);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

fn run_with(workspace: &Workspace, typst: &Path) -> Output {
    workspace.duibiao(&["run", "input/2023", "--typst", typst.to_str().unwrap()])
}

/// The run ends with status 2 and says something of `words`; the old output is as it was, and nothing lies beside it.
fn nothing_is_published(workspace: &Workspace, output: &Output, what: &str, words: &str) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{what}: {told}");
    assert!(told.contains(words), "{what}: {told}");
    let beside: Vec<String> = std::fs::read_dir(workspace.path("output"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(beside, ["2023"], "{what}");
}

#[test]
fn a_typesetter_that_fails_in_any_way_leaves_the_old_output_whole() {
    let workspace = published();
    let before = tree(&workspace.path("output/2023"));
    let real = workspace.path("real.pdf");
    std::fs::copy(workspace.path("output/2023/technical.pdf"), &real).unwrap();
    let real = real.display().to_string();
    for (what, does, words) in [
        ("fails without a word", "exit 1".to_owned(), "没有说明原因"),
        ("ends without writing", "exit 0".to_owned(), "out.pdf"),
        ("writes hello", "echo hello > \"$out\"".to_owned(), "不是PDF"),
        ("says hello", "echo hello".to_owned(), "out.pdf"),
        ("writes nothing", ": > \"$out\"".to_owned(), "空的"),
        ("writes half", format!("head -c 20000 '{real}' > \"$out\""), "不完整"),
        ("writes all but the end", format!("head -c -1 '{real}' > \"$out\""), "不完整"),
        ("is killed while writing", format!("head -c 20000 '{real}' > \"$out\"; kill -9 $$"), "signal: 9"),
        ("writes all and fails", format!("cat '{real}' > \"$out\"; exit 1"), "没有说明原因"),
        (
            "warns",
            format!("cat '{real}' > \"$out\"; echo 'a: warning: layout did not converge' >&2"),
            "版面不能稳定",
        ),
        ("crashes", "kill -SEGV $$".to_owned(), "signal"),
    ] {
        let typst = fake(&workspace, &does);
        let output = run_with(&workspace, &typst);
        nothing_is_published(&workspace, &output, what, words);
        assert!(tree(&workspace.path("output/2023")) == before, "{what}: the old output was changed");
    }
    // The same fake that hands over a whole PDF is believed.
    let typst = fake(&workspace, &format!("cat '{real}' > \"$out\""));
    assert_eq!(run_with(&workspace, &typst).status.code(), Some(0));
}

#[test]
fn a_program_that_is_no_typst_is_refused() {
    let workspace = published();
    let before = tree(&workspace.path("output/2023"));
    for (what, text, words) in [
        ("fails", "#!/bin/sh\necho typst 0.15.1\nexit 3\n", "异常结束"),
        ("is silent", "#!/bin/sh\nexit 0\n", "没有答出版本"),
        ("is another", "#!/bin/sh\necho hello world\n", "没有答出版本"),
        ("is no program", "hello\n", "不能启动"),
    ] {
        let output = run_with(&workspace, &program(&workspace, "other", text));
        nothing_is_published(&workspace, &output, what, words);
        assert!(tree(&workspace.path("output/2023")) == before, "{what}: the old output was changed");
    }
}

#[test]
fn a_typesetter_that_does_not_tell_its_version_is_given_up() {
    let workspace = published();
    let typst = program(&workspace, "slow", "#!/bin/sh\nexec sleep 600\n");
    let begin = std::time::Instant::now();
    let output = run_with(&workspace, &typst);
    nothing_is_published(&workspace, &output, "hangs", "秒未完成");
    assert!(begin.elapsed() < std::time::Duration::from_secs(60), "{:?}", begin.elapsed());
}

/// A file system of so many KiB at a path, as long as it lives; `None` where nobody may mount one.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn of(path: PathBuf, kib: usize) -> Option<Self> {
        std::fs::create_dir_all(&path).unwrap();
        let size = format!("size={kib}k");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&path);
        let mounted = mount.output().is_ok_and(|output| output.status.success());
        mounted.then_some(Self(path))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).output();
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn a_full_temporary_disk_leaves_the_old_output_whole() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    workspace.typeset();
    let before = tree(&workspace.path("output/2023"));
    for kib in [200, 400, 700, 1_000, 100_000] {
        let Some(disk) = SmallDisk::of(workspace.path("small"), kib) else {
            println!("skipped: mounting a small file system is not permitted here");
            return;
        };
        let mut run = Command::new(PROGRAM);
        run.args(["run", "input/2023"]).current_dir(workspace.path("")).env("TMPDIR", &disk.0);
        let output = run.output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        let expected = if kib == 100_000 { 1 } else { 2 };
        assert_eq!(output.status.code(), Some(expected), "{kib} KiB: {told}");
        assert!(tree(&workspace.path("output/2023")) == before, "{kib} KiB: the old output was changed");
    }
}

#[test]
fn inputs_that_change_while_they_are_evaluated_stop_the_run() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    workspace.typeset();
    let before = tree(&workspace.path("output/2023"));
    let real = workspace.path("real.pdf");
    std::fs::copy(workspace.path("output/2023/technical.pdf"), &real).unwrap();
    let book = workspace.path("input/2023/jia/submissions/统计局.xlsx");
    let (real, book) = (real.display().to_string(), book.display().to_string());
    for (what, does, is_stopped) in [
        ("another time", format!("touch '{book}'"), false),
        ("a copy", format!("cp '{book}' \"$out.copy\"; mv \"$out.copy\" '{book}'"), false),
        ("more bytes", format!("echo >> '{book}'"), true),
        ("gone", format!("rm -f '{book}'"), true),
    ] {
        let typst = fake(&workspace, &format!("{does}; cat '{real}' > \"$out\""));
        let output = run_with(&workspace, &typst);
        if is_stopped {
            nothing_is_published(&workspace, &output, what, "统计局.xlsx");
            assert!(String::from_utf8_lossy(&output.stderr).contains("被改动"), "{what}");
            assert!(tree(&workspace.path("output/2023")).len() == before.len(), "{what}");
        } else {
            assert_eq!(output.status.code(), Some(0), "{what}");
        }
    }
}

#[test]
fn fonts_and_typst_may_be_named_relative_to_the_current_folder() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    workspace.typeset();
    let manifest = std::fs::read(workspace.path("output/2023/manifest.json")).unwrap();
    std::os::unix::fs::symlink(cache().join("fonts"), workspace.path("faces")).unwrap();
    let typst = cache().join("tools/bin/typst");
    if typst.is_file() {
        std::os::unix::fs::symlink(typst, workspace.path("set")).unwrap();
        let output = workspace.duibiao(&["run", "input/2023", "--fonts", "faces", "--typst", "./set"]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let mut run = Command::new(PROGRAM);
    run.args(["run", "input/2023"]).current_dir(workspace.path("")).env("DUIBIAO_FONTS", "faces");
    let output = run.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(std::fs::read(workspace.path("output/2023/manifest.json")).unwrap() == manifest);
}

#[test]
fn what_is_missing_among_fonts_and_programs_is_named() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    std::fs::create_dir_all(workspace.path("empty/below")).unwrap();
    workspace.write("notes/readme.txt", "no font");
    for (arguments, words) in [
        (["--fonts", "nowhere"], "字体文件夹“nowhere”不存在"),
        (["--fonts", "empty"], "“empty”中没有字体文件"),
        (["--fonts", "notes"], "“notes”中没有字体文件"),
        (["--typst", "no-such-typst"], "没有typst程序“no-such-typst”"),
        (["--typst", "./no-such-typst"], "没有typst程序“./no-such-typst”"),
    ] {
        let output = workspace.duibiao(&[&["run", "input/2023"][..], &arguments[..]].concat());
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(told.contains(words), "{arguments:?}: {told}");
    }
    // Fonts in a folder of their own below are used and listed; those that the templates ask for are named.
    let face = font("FandolFang-Regular.otf");
    std::fs::create_dir_all(workspace.path("few/below")).unwrap();
    std::fs::copy(face, workspace.path("few/below/fang.otf")).unwrap();
    let output = workspace.duibiao(&["run", "input/2023", "--fonts", "few"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("缺少字体") && told.contains("noto serif cjk sc"), "{told}");
    assert!(!told.contains("fandolfang r、"), "{told}");
    assert!(told.chars().count() < 600, "{told}");
}

#[test]
fn fonts_in_subfolders_are_in_the_manifest() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    for name in [
        "FandolFang-Regular.otf",
        "FandolHei-Regular.otf",
        "FandolKai-Regular.otf",
        "FandolSong-Bold.otf",
        "FandolSong-Regular.otf",
        "NotoSansCJK-Regular.ttc",
        "NotoSerifCJK-Regular.ttc",
    ] {
        let folder = workspace.path(if name.starts_with("Noto") { "faces/noto" } else { "faces/fandol/otf" });
        std::fs::create_dir_all(&folder).unwrap();
        std::os::unix::fs::symlink(font(name), folder.join(name)).unwrap();
    }
    std::os::unix::fs::symlink(workspace.path("faces"), workspace.path("faces/noto/back")).unwrap();
    let output = workspace.duibiao(&["run", "input/2023", "--fonts", "faces"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let manifest = std::fs::read_to_string(workspace.path("output/2023/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let fonts: Vec<&str> =
        manifest["fonts"].as_array().unwrap().iter().map(|font| font["path"].as_str().unwrap()).collect();
    assert_eq!(fonts.len(), 7, "{fonts:?}");
    assert!(
        fonts.contains(&"fandol/otf/FandolKai-Regular.otf")
            && fonts.contains(&"noto/NotoSansCJK-Regular.ttc")
    );
}

/// A font of those that `make tools` installs.
fn font(name: &str) -> PathBuf {
    cache().join("fonts").join(name)
}

/// Where `make tools` puts typst and the fonts.
#[expect(clippy::disallowed_methods, reason = "the same look-up as in cli/settings.rs")]
fn cache() -> PathBuf {
    let given = std::env::var_os("DUIBIAO_CACHE").map(PathBuf::from);
    given.unwrap_or_else(|| PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cache/duibiao"))
}

#[test]
fn typst_is_not_taken_from_the_current_folder_by_an_empty_element_of_the_path() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    program(&workspace, "typst", "#!/bin/sh\ntouch was-run\necho typst 0.15.1\n");
    let mut run = Command::new(PROGRAM);
    run.args(["run", "input/2023"]).current_dir(workspace.path(""));
    run.env("PATH", ":/usr/bin:.")
        .env("DUIBIAO_CACHE", workspace.path("nothing"))
        .env("DUIBIAO_FONTS", font(""));
    run.output().unwrap();
    assert!(!workspace.path("was-run").exists(), "the program of the current folder was run");
}
