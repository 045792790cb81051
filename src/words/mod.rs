//! Sentences that data become at the edge, in Chinese: reasons and steps of arithmetic. Stages hand on the data and word nothing.
//!
//! Words of findings stand in `finding/chinese.rs` and `finding/english.rs`.

mod reasons;

pub use reasons::{basis, derivation, doubt, no_verdict};
