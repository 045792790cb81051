//! Which share of a round is made, by its number or by that of an array job.

use super::settings::variable;
use crate::error::{RunError, ShareFault};
use crate::publish::Share;

/// Which share of a round to make.
pub(super) fn share(text: &str) -> Result<Share, RunError> {
    let number = |name: &str| variable(name)?.to_str()?.parse::<usize>().ok();
    let of_array = || {
        let of_kubernetes = || number("JOB_COMPLETION_INDEX")?.checked_add(1);
        number("SLURM_ARRAY_TASK_ID").or_else(of_kubernetes)
    };
    let named = match text.strip_prefix("auto/") {
        Some(of) => of_array().and_then(|part| Share::parse(&format!("{part}/{of}"))),
        None => Share::parse(text),
    };
    named.ok_or_else(|| ShareFault::NoSuchShare(text.to_owned()).into())
}
