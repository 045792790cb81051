//! A plan file of any content: a plan or a list of faults, never a panic.

#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use duibiao::inputs::Inputs;
use duibiao::plan::{Catalogue, load};
use libfuzzer_sys::fuzz_target;

static INPUT: LazyLock<PathBuf> = LazyLock::new(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../input"));
static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load(&Inputs::default(), &INPUT.join("catalogue.toml")).unwrap());
static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir_in("/dev/shm").unwrap());

fuzz_target!(|bytes: &[u8]| {
    let path = FOLDER.path().join("plan.toml");
    std::fs::write(&path, bytes).unwrap();
    // Faults are an ordinary outcome.
    let _ = load(&Inputs::default(), &path, &CATALOGUE, &INPUT);
});
