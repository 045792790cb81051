//! The end from outside: on TERM, INT, HUP and XCPU children end, what this run has made for itself is removed, and the process ends
//! by the signal, as shells expect. An output is exchanged before that or not at all.
//!
//! The crate signal-hook, because its iterator needs no unsafe code here and lets the work be done in an ordinary thread (and because
//! polars brings it along anyway).

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGCHLD, SIGHUP, SIGINT, SIGTERM, SIGXCPU, SIGXFSZ};
use signal_hook::iterator::Signals;
use signal_hook::low_level::{emulate_default_handler, exit};

use crate::children;
use crate::error::RunError;
use crate::files;

/// Whether there is nothing to be finished, so that INT and TERM are how it ends well.
static ENDS_WELL: AtomicBool = AtomicBool::new(false);

/// From now on INT and TERM end the process with status 0: for a command that goes on until somebody stops it.
pub(super) fn end_well() {
    ENDS_WELL.store(true, Ordering::Relaxed);
}

/// Answers signals from now on.
///
/// # Errors
/// Fails when the system gives no thread or no handler for it.
pub(super) fn watch() -> Result<(), RunError> {
    let failed = |error: std::io::Error| RunError::NoThreads(error.to_string());
    // A file that may not grow beyond a limit fails to be written then; it does not end the process.
    signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false))).map_err(failed)?;
    // A starter that ignores the end of its children has handed that down, and then nobody can wait for one. Whatever answers it
    // undoes that.
    signal_hook::flag::register(SIGCHLD, Arc::new(AtomicBool::new(false))).map_err(failed)?;
    let ignored = ignored();
    // Whoever started this under nohup, or in the background, wants these ignored.
    let answered =
        [SIGTERM, SIGINT, SIGHUP, SIGXCPU].into_iter().filter(|signal| ignored & bit(*signal) == 0);
    let mut signals = Signals::new(answered).map_err(failed)?;
    let answer = move || {
        for signal in signals.forever() {
            let _no_child_starts = children::end_all();
            let _nothing_is_made = files::give_up();
            if ENDS_WELL.load(Ordering::Relaxed) && [SIGINT, SIGTERM].contains(&signal) {
                exit(0);
            }
            // There may be nobody left to read it.
            let _ = writeln!(
                std::io::stderr(),
                "已中断，未完成的输出不保留 interrupted: what was not finished is not kept"
            );
            // The first process of a container is not ended by a signal that it does not answer.
            if std::process::id() == 1 {
                exit(signal.saturating_add(128));
            }
            let _ = emulate_default_handler(signal);
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(answer).map_err(failed)?;
    Ok(())
}

/// The signals that this process was started to ignore, one bit each.
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}

fn bit(signal: i32) -> u64 {
    1_u64.checked_shl(signal.unsigned_abs().saturating_sub(1)).unwrap_or_default()
}
