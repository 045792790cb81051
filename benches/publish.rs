//! How publishing grows with the number of cities: everything but typesetting, which is replaced by a program that hands over a PDF
//! made before. `cargo bench --bench publish` prints the time per city for rounds of 25, 50 and 100 cities as a ratio to that of 25, the
//! median of runs in turn, and the most memory that the program itself used.

#![expect(clippy::unwrap_used, reason = "a failing benchmark may panic")]
#![expect(clippy::print_stdout, reason = "the results")]

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

mod rounds;

use rounds::many_cities;

const PROGRAM: &str = env!("CARGO_BIN_EXE_duibiao");
const SIZES: [usize; 3] = [25, 50, 100];
const RUNS: usize = 5;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let typst = typesetter(folder.path());
    let made = |cities: usize| many_cities(&folder.path().join(format!("in{cities}")), &["xiangtan"], cities);
    let rounds = SIZES.map(made);
    let mut times: [Vec<Duration>; 3] = Default::default();
    let mut peaks = [0_u64; 3];
    for _ in 0..RUNS {
        for (at, round) in rounds.iter().enumerate() {
            let (time, peak) = publish(round, &folder.path().join(format!("out{at}")), &typst);
            times[at].push(time);
            peaks[at] = peaks[at].max(peak);
        }
    }
    let per_city = |at: usize| {
        let mut all = times[at].clone();
        all.sort();
        all[RUNS / 2].as_secs_f64() / SIZES[at] as f64
    };
    for (at, cities) in SIZES.iter().enumerate() {
        let ratio = per_city(at) / per_city(0);
        println!(
            "{cities} cities: {ratio:.2} × the time per city of {}; at most {} MiB",
            SIZES[0],
            peaks[at] >> 20
        );
    }
}

/// A program that hands over a PDF of a round of one city.
fn typesetter(folder: &Path) -> PathBuf {
    let one = many_cities(&folder.join("in1"), &["xiangtan"], 1);
    let output = folder.join("one");
    let status =
        Command::new(PROGRAM).arg("run").arg(&one).arg("-q").arg("-o").arg(&output).status().unwrap();
    assert!(matches!(status.code(), Some(0 | 1)), "{status:?}");
    let program = folder.join("typst");
    let pdf = output.join("report.pdf");
    let text = format!(
        "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'typst 0.15.1 (copy)'; exit 0; fi\nfor out in \"$@\"; do :; done\ncat '{}' > \"$out\"\n",
        pdf.display()
    );
    std::fs::write(&program, text).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    program
}

/// The time of a run, and the most memory that the program itself used, in bytes.
fn publish(round: &Path, output: &Path, typst: &Path) -> (Duration, u64) {
    let begin = Instant::now();
    let mut child = Command::new(PROGRAM)
        .arg("run")
        .arg(round)
        .args(["-q", "--jobs", "2"])
        .arg("-o")
        .arg(output)
        .arg("--typst")
        .arg(typst)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = 0;
    loop {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let high = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let high = high.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok()).unwrap_or(0);
        peak = peak.max(high << 10);
        if let Some(status) = child.try_wait().unwrap() {
            assert!(matches!(status.code(), Some(0 | 1)), "{status:?}");
            return (begin.elapsed(), peak);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}
