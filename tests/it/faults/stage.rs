//! The round on which faults are tried, and what must be true after each.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use crate::workspace::{GOOD, PROGRAM, Workspace, copy_tree, tree};

/// Every file below a folder with its bytes.
type Tree = BTreeMap<String, Vec<u8>>;

/// Seconds that a run may take.
const PATIENCE: &str = "60";

/// A small round with an old output, and the new one that a run without faults makes.
pub(crate) struct Stage {
    pub(crate) workspace: Workspace,
    old: Tree,
    new: Tree,
    input: Tree,
}

/// A run under supervision.
pub(crate) struct Trial {
    /// What was done to it.
    what: String,
    output: Output,
    log: String,
}

impl Trial {
    /// `exit 2` or `signal 9`.
    pub(crate) fn end(&self) -> &str {
        self.log.lines().find_map(|line| line.strip_prefix("END ")).unwrap_or("no end")
    }

    /// What it said on standard error.
    pub(crate) fn told(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }

    /// The calls that counted: kind and path.
    pub(crate) fn points(&self) -> Vec<String> {
        let points = self.log.lines().filter_map(|line| line.strip_prefix("POINT "));
        points.map(|line| line.split_once(' ').unwrap_or_default().1.to_owned()).collect()
    }

    /// Bytes written below the folder of `disk:`.
    pub(crate) fn used(&self) -> usize {
        self.log.lines().find_map(|line| line.strip_prefix("USED ")).unwrap().parse().unwrap()
    }
}

/// The supervisor, compiled once; `None` where the kernel does not let one process decide over the calls of another.
fn supervisor() -> Option<&'static Path> {
    static BUILT: OnceLock<Option<PathBuf>> = OnceLock::new();
    let build = || {
        let source = crate::workspace::repository().join("tests/faults/supervise.c");
        let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("supervise");
        let built = Command::new("cc").arg("-O1").arg("-o").arg(&program).arg(source).output().unwrap();
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let log = program.with_extension("log");
        let mut tried = Command::new(&program);
        tried.arg(&log).args(["open", "/", "count", "0", "10", "--", "/bin/true"]).output().unwrap();
        std::fs::read_to_string(log).unwrap_or_default().contains("END exit 0").then_some(program)
    };
    BUILT.get_or_init(build).as_deref()
}

/// The files of a round: its inputs, an old output, and what a run without faults makes of the inputs.
#[derive(Clone)]
struct Round {
    old: Tree,
    new: Tree,
    input: Tree,
}

/// A folder with a typesetting program that sets nothing and a folder for temporary data.
fn set_up() -> Workspace {
    let workspace = Workspace::new();
    std::fs::create_dir(workspace.path("tmp")).unwrap();
    workspace.typesetter();
    workspace
}

/// The round of all stages, made once: no output depends on the folder it was made in.
fn round() -> &'static Round {
    static MADE: OnceLock<Round> = OnceLock::new();
    MADE.get_or_init(|| {
        let workspace = set_up();
        let drafted = Workspace::with_cities(&[("jia", "甲市")]);
        drafted.submit("jia", "甲市", GOOD);
        drafted.write("input/2023/jia/evidence/说明.txt", "evidence");
        let published = || {
            copy_tree(&drafted.path("input"), &workspace.path("input"), false);
            let run =
                workspace.duibiao(&["run", "input/2023", "--typst", "./fake", "--fonts", "fonts", "--quiet"]);
            assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
            tree(&workspace.path("output/2023"))
        };
        let old = published();
        drafted.submit("jia", "甲市", &GOOD.replace("120", "130"));
        let new = published();
        assert!(old != new && old.len() == new.len());
        Round { old, new, input: tree(&drafted.path("input")) }
    })
}

impl Stage {
    /// A round with an old output; says so and gives none where nothing can be supervised.
    #[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
    pub(crate) fn new() -> Option<Self> {
        if supervisor().is_none() {
            println!("skipped: the system does not allow to supervise calls (seccomp) here");
            return None;
        }
        let Round { old, new, input } = round().clone();
        let workspace = set_up();
        std::fs::create_dir(workspace.path("output")).unwrap();
        let stage = Self { workspace, old, new, input };
        stage.reset();
        Some(stage)
    }

    /// Puts back the old output and the inputs, where they are not as they were.
    fn reset(&self) {
        for (name, wanted) in [("output/2023", &self.old), ("input", &self.input)] {
            let folder = self.workspace.path(name);
            if state(&folder).as_ref() != Some(wanted) {
                let _ = std::fs::remove_dir_all(&folder);
                let _ = std::fs::remove_file(&folder);
                for (name, bytes) in wanted {
                    let path = folder.join(name);
                    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                    std::fs::write(path, bytes).unwrap();
                }
            }
        }
    }

    /// Runs the round under supervision.
    pub(crate) fn run(&self, kinds: &str, roots: &Path, action: &str, at: &str, more: &[&str]) -> Trial {
        let log = self.workspace.path("log");
        let typst = if more.contains(&"--typst") { &[][..] } else { &["--typst", "./fake"][..] };
        let mut run = Command::new(supervisor().unwrap());
        run.arg(&log).arg(kinds).arg(roots).args([action, at, PATIENCE, "--", PROGRAM, "run", "input/2023"]);
        run.args(["--fonts", "fonts", "--quiet", "--jobs", "1"]).args(typst).args(more);
        run.current_dir(self.workspace.path("")).env("TMPDIR", self.workspace.path("tmp"));
        let output = run.output().unwrap();
        let log = std::fs::read_to_string(log).unwrap();
        Trial { what: format!("{action} at {at} {}", more.join(" ")), output, log }
    }

    /// What is wrong after a run; then everything is put back.
    pub(crate) fn wrongs(&self, trial: &Trial) -> Vec<String> {
        let mut wrongs = Vec::new();
        let now = state(&self.workspace.path("output/2023"));
        let (is_old, is_new) = (now.as_ref() == Some(&self.old), now.as_ref() == Some(&self.new));
        let is_published = is_new || now.as_ref().is_some_and(|now| !is_old && is_whole(now));
        let told = trial.told();
        // Without memory a process ends before it can say so, or before it has begun.
        let is_short = trial.what.starts_with("fail:12 ")
            && matches!(trial.end(), "signal 6" | "signal 11" | "exit 127");
        let is_killed = trial.end() == "signal 9" || is_short;
        let is_changed = || state(&self.workspace.path("input")).as_ref() != Some(&self.input);
        let fits = match trial.end() {
            "exit 0" => (is_new && !is_changed()) || (is_changed() && now.is_some() && now == self.again()),
            // What became of an input is a finding; or it had changed before it was read.
            "exit 1" => is_published && is_changed() && (is_told(now.as_ref()) || now == self.again()),
            "exit 2" => {
                let is_told = ["报告已生成", "已写成并就位"].iter().any(|words| told.contains(words));
                told.contains("未完成 not done") && (is_old || is_told)
            }
            "signal 15" => (is_old || is_new) && told.contains("已中断"),
            _ if is_killed => is_old || is_new,
            _ => false,
        };
        if !fits {
            let folder = if is_old {
                "old"
            } else if is_new {
                "new"
            } else if is_published {
                "another"
            } else {
                "MIXED"
            };
            wrongs.push(format!("ended with {}, output {folder}", trial.end()));
        }
        for word in ["OUTLIVED", "HANGS", "SCRIPT FAILED"] {
            if trial.log.lines().any(|line| line == word) {
                wrongs.push(word.to_owned());
            }
        }
        let is_of_memory = trial.what.starts_with("fail:12 ");
        if !is_of_memory && (told.contains("内部错误") || told.contains("panicked")) {
            wrongs.push("panics".to_owned());
        }
        if is_killed && !self.left_behind().is_empty() {
            // The next run clears away what the dead one has left.
            let next = self.run("sync", Path::new("/nowhere"), "count", "0", &[]);
            if next.end() != "exit 0"
                || state(&self.workspace.path("output/2023")).as_ref() != Some(&self.new)
            {
                wrongs.push(format!("the next run ended with {}: {}", next.end(), next.told()));
            }
        }
        wrongs.extend(self.left_behind().into_iter().map(|name| format!("{name} is left behind")));
        for folder in ["output", "tmp"] {
            for entry in std::fs::read_dir(self.workspace.path(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path != self.workspace.path("output/2023") {
                    let _ = std::fs::remove_dir_all(path);
                }
            }
        }
        self.reset();
        wrongs.into_iter().map(|wrong| format!("{}: {wrong}\n    {}", trial.what, told.trim())).collect()
    }

    /// What a run without faults makes of the inputs as they lie now.
    fn again(&self) -> Option<Tree> {
        let run = ["run", "input/2023", "--typst", "./fake", "--fonts", "fonts"];
        self.workspace.duibiao(&[&run[..], &["--quiet", "--output", "again"]].concat());
        let made = state(&self.workspace.path("again"));
        let _ = std::fs::remove_dir_all(self.workspace.path("again"));
        made
    }

    fn left_behind(&self) -> Vec<String> {
        let names = |folder: &str| {
            let entries = std::fs::read_dir(self.workspace.path(folder)).unwrap();
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect::<Vec<_>>()
        };
        let beside = names("output").into_iter().filter(|name| name != "2023");
        beside.chain(names("tmp")).collect()
    }
}

impl Workspace {
    /// A typesetting program that sets nothing, and fonts for it, which are digested in every run: real ones take most of its time.
    pub(crate) fn typesetter(&self) {
        self.write("ok.pdf", pdf());
        self.program("fake", "cat \"$here/ok.pdf\" > \"$out\"");
        self.write("fonts/font.ttf", "font");
    }

    /// A program that tells typst's version and then does `what` when it is asked to compile; `$out` is where the PDF should go,
    /// `$here` this folder.
    pub(crate) fn program(&self, name: &str, what: &str) {
        let text = format!(
            "#!/bin/sh\nhere=${{0%/*}}\nif [ \"$1\" = --version ]; then echo 'typst 0.15.1 (fake)'; exit 0; fi\nfor out in \"$@\"; do :; done\n{what}\n"
        );
        self.script(name, &text);
    }

    /// A program of any kind.
    pub(crate) fn script(&self, name: &str, text: &str) {
        self.write(name, text);
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(self.path(name), mode).unwrap();
    }
}

/// Whether an output says that an input could not be read.
fn is_told(output: Option<&Tree>) -> bool {
    let findings = output.and_then(|output| output.get("tables/findings.csv"));
    findings.is_some_and(|csv| String::from_utf8_lossy(csv).contains("R118"))
}

/// The files of a folder, `None` when it is none.
fn state(folder: &Path) -> Option<Tree> {
    let is_folder = folder.is_dir() && !folder.is_symlink();
    let has_only_files = || {
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                let kind = entry.file_type().unwrap();
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if !kind.is_file() {
                    return false;
                }
            }
        }
        true
    };
    (is_folder && has_only_files()).then(|| tree(folder))
}

/// Whether every file that the manifest of an output lists is there as it is listed, and no other.
fn is_whole(output: &Tree) -> bool {
    use sha2::Digest as _;
    let Some(manifest) = output.get("manifest.json") else { return false };
    let Ok(manifest) = serde_json::from_slice::<serde_json::Value>(manifest) else { return false };
    let Some(listed) = manifest["outputs"].as_array() else { return false };
    let hex = |bytes: &[u8]| {
        sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let is_there = |one: &serde_json::Value| {
        let bytes = one["path"].as_str().and_then(|path| output.get(path));
        bytes.is_some_and(|bytes| one["sha256"].as_str() == Some(&hex(bytes)))
    };
    listed.len() + 1 == output.len() && listed.iter().all(is_there)
}

/// The smallest whole PDF, with something in it to be cut off.
pub(crate) fn pdf() -> Vec<u8> {
    let body = format!("%PDF-1.7\n% {}\n1 0 obj\n<</Type/Catalog>>\nendobj\n", "x".repeat(100_000));
    let at = body.len();
    format!("{body}xref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R>>\nstartxref\n{at}\n%%EOF")
        .into_bytes()
}

/// Tries every one of a list on two stages at once; gives what is wrong.
pub(crate) fn all<T: Sync>(tries: &[T], trial: impl Fn(&Stage, &T) -> Vec<String> + Sync) -> Vec<String> {
    let half = |from: usize| {
        let stage = Stage::new();
        let own = tries.iter().skip(from).step_by(2);
        stage.map(|stage| own.flat_map(|one| trial(&stage, one)).collect::<Vec<_>>()).unwrap_or_default()
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| half(1));
        [half(0), other.join().unwrap()].concat()
    })
}

/// Says how many points were tried, and fails with what is wrong.
#[expect(clippy::print_stdout, reason = "the points are counted")]
pub(crate) fn conclude(kind: &str, points: usize, wrongs: &[String]) {
    println!("{kind}: {points} points, {} violations", wrongs.len());
    assert!(
        wrongs.is_empty(),
        "{kind}: {} violations in {points} points\n{}",
        wrongs.len(),
        wrongs.join("\n")
    );
}

/// A fixed sample: every so many, and the last.
pub(crate) fn sample<T: Clone>(all: &[T], most: usize) -> Vec<T> {
    let step = all.len().div_ceil(most.max(1)).max(1);
    let mut some: Vec<T> = all.iter().step_by(step).cloned().collect();
    some.extend(all.last().cloned());
    some
}
