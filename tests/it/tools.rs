//! Other programs that single tests ask. `.ci/run` installs them, and names in `DUIBIAO_TESTS_NEED` those without which no test may be left out;
//! elsewhere a test says which one it misses.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

/// Whether the Writer of LibreOffice is beside its other parts.
const WRITER: &str = "test -e \"$(dirname \"$(readlink -f \"$(command -v soffice)\")\")/libswlo.so\"";

/// Whether a program is at hand, or a script that `.ci/tools tests` fetches; where not, the test is to leave out what it asks it.
///
/// Panics when it is needed here.
#[expect(clippy::print_stderr, reason = "what is left out is said")]
pub(crate) fn is_at_hand(tool: &str) -> bool {
    let is_there = match tool {
        "axe" | "bagit" | "dataset" => fetched(tool).is_dir(),
        // Calc alone has soffice too.
        "writer" => Command::new("sh").args(["-c", WRITER]).status().is_ok_and(|found| found.success()),
        _ => Command::new("sh")
            .args(["-c", "command -v \"$1\"", "sh", tool])
            .output()
            .is_ok_and(|found| found.status.success()),
    };
    if !is_there {
        let needed = variable("DUIBIAO_TESTS_NEED").unwrap_or_default();
        let needed = needed.to_string_lossy().into_owned();
        assert!(
            needed.split(' ').all(|one| one != tool),
            "{tool} is not at hand, and no test may be left out here"
        );
        eprintln!("skipped: {tool} is not at hand (.ci/tools tests installs it)");
    }
    is_there
}

/// Where `.ci/tools` lays a script that it fetched.
pub(crate) fn fetched(name: &str) -> PathBuf {
    let cache = variable("DUIBIAO_CACHE").map(PathBuf::from);
    let home = || PathBuf::from(variable("HOME").unwrap_or_default()).join(".cache/duibiao");
    cache.unwrap_or_else(home).join(name)
}

/// What the environment says to the tests.
#[expect(clippy::disallowed_methods, reason = "a test asks where its tools are")]
pub(crate) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}
