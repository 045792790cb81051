//! What the ledger and the page that shows it cost: the time of a round of 100 cities up to the typesetting, which is replaced by a program that
//! hands over an empty document, with both and without. `cargo bench --bench ledger` prints the ratio, the median of those of runs in turn, and its parts.
//!
//! The program cannot be told to compute without writing down. So what writing down costs is measured by doing every step of the ledgers again,
//! operation and record, which is more than what it adds, since the operations are to be done in any case. What publishing it costs is measured by
//! publishing the same evaluation with empty ledgers, where the tables of steps and of numerals have no rows; and then what is still made for their sake, a
//! page without steps, is made once more by itself and taken off. The two kinds of publishing take turns in being first.

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
use duibiao::publish::{Disclosure, Glyphs, Publication, Typst, page_of_figures, publish, tables};
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
    let mut times: [Vec<Duration>; 5] = Default::default();
    let mut ratios = Vec::new();
    for run in 0..RUNS {
        let inputs = Inputs::default();
        let mut own = [Duration::ZERO; 5];
        let begin = Instant::now();
        let evaluation = evaluate(&settings, &inputs, &Silent).unwrap();
        own[0] = begin.elapsed();
        own[1] = written_down_again(&evaluation);
        let bare = without_ledgers(&evaluation);
        let both = [(2, &evaluation), (3, &bare)];
        let in_turn = if run % 2 == 0 { both } else { [both[1], both[0]] };
        for (at, evaluation) in in_turn {
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
                shares: None,
                cache: None,
            };
            let begin = Instant::now();
            pool.install(|| publish(evaluation, &inputs, &publication, Glyphs::default(), &Silent)).unwrap();
            own[at] = begin.elapsed();
            std::fs::remove_dir_all(&publication.output).unwrap();
        }
        let tables = pool.install(|| tables(&bare)).unwrap();
        let begin = Instant::now();
        pool.install(|| page_of_figures(&bare, &tables, Disclosure::Full)).unwrap();
        own[4] = begin.elapsed();
        let [evaluated, written, published, empty, still] = own;
        let less = evaluated.saturating_sub(written) + empty.saturating_sub(still);
        ratios.push((evaluated + published).as_secs_f64() / less.as_secs_f64());
        times.iter_mut().zip(own).for_each(|(all, own)| all.push(own));
    }
    let [evaluated, written, published, empty, still] = times.map(median).map(|time| time.as_secs_f64());
    ratios.sort_by(f64::total_cmp);
    println!(
        "{CITIES} cities: {:.2} × the time without ledger and its page ({:.2} to {:.2}); evaluating {evaluated:.2} s, of which writing down at most {written:.2} s; publishing {published:.2} s, with empty ledgers {empty:.2} s, of which {still:.2} s for their sake",
        ratios[RUNS / 2],
        ratios[0],
        ratios[RUNS - 1],
    );
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Does every step of the ledgers again and writes it down; by as many threads as an evaluation has, in turn.
fn written_down_again(evaluation: &Evaluation) -> Duration {
    let begin = Instant::now();
    let ledgers = evaluation.cities.iter().map(|city| city.ledger.as_ref()).chain([&evaluation.ledger]);
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
            city.ledger = std::sync::Arc::default();
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
