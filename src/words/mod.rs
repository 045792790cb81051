//! Sentences that data become at the edge, in Chinese: reasons and steps of arithmetic. Stages hand on the data and word nothing.
//!
//! Words of findings stand in `finding/chinese.rs` and `finding/english.rs`.

mod goals;
mod reasons;

pub use goals::{KINDS, completion_words, goal_words, kind, points_words};
pub use reasons::{basis, derivation, doubt, no_verdict};
