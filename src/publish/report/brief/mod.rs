//! 领导参阅: two pages, the first to know how things stand, the second to decide. It words what `advise` has found, and what the report says
//! at length; each number of it is a step of the ledger.

mod answer;
mod answers;
mod asked;
mod contradictions;
mod head;
mod lines;
mod moves;
mod owed;
mod pace;
mod room;
mod shared;
mod standing;

use super::section::Draft;

/// The sections of the brief, in their order.
pub(super) fn add_sections(draft: &mut Draft<'_>) {
    draft.add("brief_head", head::section);
    draft.add("brief_answers", answers::section);
    let room = room::Room::of(draft);
    draft.add("brief_asked", asked::section);
    draft.add("brief_contradictions", |draft| contradictions::section(draft, room.contradictions));
    draft.add("brief_owed", |draft| owed::section(draft, room.owed));
}
