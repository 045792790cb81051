//! What the ledger and the page that shows it cost: the time of a round of 100 cities up to the typesetting, which is replaced by a program that
//! hands over an empty document, with both and without. `cargo bench --bench ledger` prints the ratio, the median of runs in turn, and its parts.
//!
//! The program cannot be told to compute without writing down. So what writing down costs is measured by doing every step of the ledgers again,
//! operation and record, which is more than what it adds, since the operations are to be done in any case; what publishing it costs, by
//! publishing the same evaluation with empty ledgers: then the table of steps has no rows, and the page no steps.

#![expect(clippy::unwrap_used, reason = "a failing benchmark may panic")]
#![expect(clippy::print_stdout, reason = "the results")]

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

mod rounds;

use duibiao::evaluation::Evaluation;
use duibiao::inputs::Inputs;
use duibiao::ledger::{Ledger, Step};
use duibiao::progress::Silent;
use duibiao::publish::{Disclosure, Glyphs, Publication, Typst, publish};
use duibiao::run::{Settings, evaluate};
use rounds::many_cities;

const CITIES: usize = 100;
const RUNS: usize = 5;
const THREADS: usize = 2;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let round = many_cities(&folder.path().join("in"), &["xiangtan", "qianjiang"], CITIES);
    let typst = typesetter(folder.path());
    let settings = Settings {
        round,
        workbook: None,
        cities: Vec::new(),
        jobs: THREADS,
        program: PathBuf::from(env!("CARGO_BIN_EXE_duibiao")),
        read_seconds: None,
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(THREADS).build().unwrap();
    let mut times: [Vec<Duration>; 4] = Default::default();
    for run in 0..RUNS {
        let inputs = Inputs::default();
        let begin = Instant::now();
        let evaluation = evaluate(&settings, &inputs, &Silent).unwrap();
        times[0].push(begin.elapsed());
        times[1].push(written_down_again(&evaluation));
        let bare = without_ledgers(&evaluation);
        for (at, evaluation) in [(2, &evaluation), (3, &bare)] {
            let publication = Publication {
                output: folder.path().join(format!("out-{run}-{at}")),
                typst: Typst {
                    program: typst.clone(),
                    fonts: vec![folder.path().join("fonts")],
                    limit: Duration::from_secs(60),
                    launcher: None,
                },
                templates: None,
                explorer: Disclosure::Full,
            };
            let begin = Instant::now();
            pool.install(|| publish(evaluation, &inputs, &publication, Glyphs::default(), &Silent)).unwrap();
            times[at].push(begin.elapsed());
            std::fs::remove_dir_all(&publication.output).unwrap();
        }
    }
    let [evaluated, written, published, bare] = times.map(median);
    let (all, less) = (evaluated + published, evaluated.saturating_sub(written) + bare);
    println!(
        "{CITIES} cities: {:.2} × the time without ledger and its page; evaluating {:.2} s, of which writing down at most {:.2} s; publishing {:.2} s, with empty ledgers {:.2} s",
        all.as_secs_f64() / less.as_secs_f64(),
        evaluated.as_secs_f64(),
        written.as_secs_f64(),
        published.as_secs_f64(),
        bare.as_secs_f64()
    );
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Does every step of the ledgers again and writes it down; by as many threads as an evaluation has, in turn.
fn written_down_again(evaluation: &Evaluation) -> Duration {
    let begin = Instant::now();
    let ledgers = evaluation.cities.iter().map(|city| &city.ledger).chain([&evaluation.ledger]);
    for ledger in ledgers {
        let again = ledger.steps().iter().map(|step| {
            let value = ledger.again(step).unwrap_or_else(|| step.value.clone());
            Step { value, ..step.clone() }
        });
        assert_eq!(again.collect::<Ledger>().steps().len(), ledger.steps().len());
    }
    begin.elapsed() / u32::try_from(THREADS).unwrap()
}

fn without_ledgers(evaluation: &Evaluation) -> Evaluation {
    let mut bare = evaluation.clone();
    bare.ledger = Ledger::default();
    bare.cities = bare
        .cities
        .iter()
        .cloned()
        .map(|mut city| {
            city.ledger = Ledger::default();
            city
        })
        .collect();
    bare
}

/// A program that hands over an empty document.
fn typesetter(folder: &Path) -> PathBuf {
    let program = folder.join("typst");
    std::fs::create_dir(folder.join("fonts")).unwrap();
    std::fs::write(folder.join("fonts/a.otf"), "a font").unwrap();
    let text = "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'typst 0.15.1 (none)'; exit 0; fi\nfor out in \"$@\"; do :; done\nprintf '%%PDF-1.7\\nxref\\n0 0\\ntrailer<<>>\\nstartxref\\n9\\n%%%%EOF' > \"$out\"\n";
    std::fs::write(&program, text).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    program
}
