//! Sentences that data become at the edge, in Chinese: reasons and steps of arithmetic. Stages hand on the data and word nothing.
//!
//! Words of findings stand with their kinds, in `finding/`.

mod decisions;
mod draft_reasons;
mod draft_text;
mod drafts;
mod goals;
mod mixtures;
mod places;
mod plans;
mod reasons;
mod roles;
mod steps;
mod targets;

pub use decisions::kind_of_decision;
pub use draft_reasons::{field_words, open_advice, open_words};
pub use drafts::{DraftPlace, LEFT, catalogue_file, plan_file};
pub use goals::{KINDS, Told, change_words, completion_words, goal_words, kind, points_words};
pub use mixtures::{link_name, links_readme, mixture_title, state_mark};
pub use places::PlaceWords;
pub use plans::{quote_lines, quote_words, remark_name, remark_numbers, table_rows};
pub use reasons::{basis, change, derivation, doubt, due, no_verdict};
pub use roles::{names_leads, names_row_units, role_word, without_unit};
pub use steps::{WayLine, WayTeller};
pub use targets::{target_amount, target_beside_unit, target_in_sentence};
