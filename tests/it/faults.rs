//! Faults put in on purpose, one at a time: each call to the system fails or is the last, children do what they like, disks fill,
//! inputs change. Whatever happens, the output is the old one or the new whole one, the exit status and the words fit, nothing
//! is left behind and nobody lives on. docs/robustness.md has the promises; `make faults` tries every point, `make test` a fixed
//! sample of each kind.

mod attacks;
mod calls;
mod cgroup;
mod children;
mod inputs;
mod machine;
mod stage;

pub(crate) use stage::{Stage, Trial};
