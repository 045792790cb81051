//! Memory limits of a control group, as containers have them: the kernel ends a process that asks for more, without a word. Where no
//! group can be made the test says so and is skipped.

use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use super::machine::{round, run, told};
use crate::workspace::{GOOD, Workspace, tree};

/// A control group of the first or the second kind, with a limit on memory.
struct Group(PathBuf);

impl Group {
    /// `None` where this is not permitted.
    fn new(mib: u64) -> Option<Self> {
        let name = format!("duibiao-test-{}", std::process::id());
        let kinds = [
            (
                "/sys/fs/cgroup/memory",
                "memory.limit_in_bytes",
                ["memory.memsw.limit_in_bytes", "memory.swappiness"],
            ),
            ("/sys/fs/cgroup", "memory.max", ["memory.swap.max", "memory.zswap.max"]),
        ];
        kinds.into_iter().find_map(|(root, limit, swap)| {
            let folder = Path::new(root).join(&name);
            std::fs::create_dir(&folder).ok()?;
            let group = Self(folder);
            std::fs::write(group.0.join(limit), (mib << 20).to_string()).ok()?;
            // Nothing is moved out to a disk, where the machine can do that at all.
            for (file, value) in swap.into_iter().zip([(mib << 20).to_string(), "0".to_owned()]) {
                let value = if file == "memory.memsw.limit_in_bytes" { value } else { "0".to_owned() };
                let _ = std::fs::write(group.0.join(file), value);
            }
            let is_one = group.0.join(limit).is_file() && group.0.join("cgroup.procs").is_file();
            is_one.then_some(group)
        })
    }

    /// Runs the round in the group.
    fn run(&self, workspace: &Workspace, more: &str) -> Output {
        run(workspace, &format!("echo 0 > '{}/cgroup.procs' || exit 99; exec", self.0.display()), more)
    }

    /// Whether no process of it lives on: children of one that was killed end a moment later.
    fn is_empty(&self) -> bool {
        let is_empty = || std::fs::read_to_string(self.0.join("cgroup.procs")).unwrap().is_empty();
        (0..500).any(|_| {
            is_empty() || {
                std::thread::sleep(Duration::from_millis(10));
                false
            }
        })
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir(&self.0);
    }
}

/// How the runs in ever larger groups ended: done, refused in words, killed. Whatever it is, the output is the old or the new whole one,
/// nobody lives on, and the next run clears away what is left. `None` where no group can be made.
fn ends(workspace: &Workspace, sizes: &[u64], more: &str) -> Option<[usize; 3]> {
    let before = tree(&workspace.path("output/2023"));
    let mut ends = [0_usize; 3];
    for mib in sizes {
        let group = Group::new(*mib)?;
        let output = group.run(workspace, &format!("--jobs 1 {more}"));
        let words = told(&output);
        assert!(group.is_empty(), "{mib}: a process lives on");
        let now = tree(&workspace.path("output/2023"));
        match (output.status.code(), output.status.signal()) {
            (Some(0 | 1), _) => {
                ends[0] += 1;
                assert!(now != before && now.keys().eq(before.keys()), "{mib}: {words}");
                let findings = workspace.table("findings");
                assert!(findings.iter().all(|row| !row["code"].starts_with('R')), "{mib}: {findings:?}");
                std::fs::remove_dir_all(workspace.path("output/2023")).unwrap();
                before
                    .iter()
                    .for_each(|(name, bytes)| workspace.write(&format!("output/2023/{name}"), bytes));
                continue;
            }
            (Some(2), _) => {
                ends[1] += 1;
                assert!(words.contains("内存"), "{mib}: {words}");
            }
            (_, Some(9)) => ends[2] += 1,
            _ => panic!("{mib}: {:?} {words}", output.status),
        }
        assert!(now == before, "{mib}: the old output was changed: {words}");
    }
    // What the killed runs left is cleared away.
    assert!(matches!(run(workspace, "", "").status.code(), Some(0 | 1)));
    assert_eq!(std::fs::read_dir(workspace.path("output")).unwrap().count(), 1);
    Some(ends)
}

#[test]
#[expect(clippy::print_stdout, reason = "where it cannot be tried")]
fn under_the_memory_limit_of_a_container_the_output_is_the_old_or_the_new_whole_one() {
    let workspace = round();
    let Some([done, _, killed]) = ends(&workspace, &[1, 4, 8, 12, 16, 20, 24, 32, 64, 512], "") else {
        println!("skipped: control groups are not permitted here");
        return;
    };
    assert!(done > 0 && killed > 0, "{done} done, {killed} killed");
    // A typesetter that takes all there is, itself and in a child.
    for does in ["exec tail /dev/zero", "tail /dev/zero"] {
        workspace.program("greedy", does);
        assert_eq!(ends(&workspace, &[128, 256], "--typst ./greedy"), Some([0, 2, 0]), "{does}");
    }
    // A reading process that takes all there is, and takes it again when it is tried once more: no unit is charged with that.
    workspace.script(
        "reader",
        "#!/bin/sh\nread line\nprintf '\\001\\000\\000\\000\\000\\000\\000\\000\\000'\nexec tail /dev/zero\n",
    );
    assert_eq!(ends(&workspace, &[128, 256], "--reader ./reader"), Some([0, 2, 0]));
    // A workbook of which somebody takes too much, the reading process or who it answers to.
    let rows: String =
        (0..20_000).fold(GOOD.to_owned(), |rows, at| rows + &format!("\n|第{at}项其他指标|家|{at}"));
    workspace.submit("jia", "甲市", &rows);
    let Some([done, refused, killed]) = ends(&workspace, &[16, 24, 28, 512], "") else { return };
    assert!(done > 0 && refused + killed > 0, "{done} done, {refused} refused, {killed} killed");
}
