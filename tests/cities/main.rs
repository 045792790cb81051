//! Writes a round of so many cities, with the answers that an evaluation of it must give.
//!
//! `cargo run --example cities -- TO COUNT [SEED]` makes `TO/2023` with `TO/catalogue.toml` and `TO/sources/`, twelve workbooks a city, and beside
//! them `TO/answers.csv` and `TO/answers-cities.csv`. The same arguments give the same bytes.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a tool for developers that may fail loudly")]

mod answers;
mod books;
mod draw;
mod rows;
mod written;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (to, count, seed) = match arguments.as_slice() {
        [to, count] => (to, count.parse(), Ok(1)),
        [to, count, seed] => (to, count.parse(), seed.parse()),
        _ => {
            eprintln!("cities TO COUNT [SEED]");
            return ExitCode::from(2);
        }
    };
    let (Ok(count), Ok(seed)) = (count, seed) else {
        eprintln!("COUNT and SEED are whole numbers");
        return ExitCode::from(2);
    };
    if count == 0 || count > draw::MOST {
        eprintln!("COUNT is from 1 to {}", draw::MOST);
        return ExitCode::from(2);
    }
    written::round(Path::new(to), count, seed);
    ExitCode::SUCCESS
}
