//! 领导参阅: two pages, the first to know how things stand, the second to decide. It words what `advise` has found, and what the report says
//! at length; each number of it is a step of the ledger.

pub(super) mod answer;
pub(super) mod answers;
mod asked;
pub(super) mod axis;
mod contradictions;
mod grade_words;
mod head;
pub(super) mod lines;
pub(super) mod many;
mod matters;
mod matters_of_many;
pub(super) mod moves;
pub(super) mod owed;
pub(super) mod pace;
mod room;
pub(super) mod shared;
pub(super) mod sides;
mod soft_answer;
pub(super) mod standing;

use super::context::Context;
use super::section::Draft;
use super::ways::way_to;
use crate::advise::{Matter, questions};
use crate::plan::QuestionKind;

/// The sections of the brief, in their order.
pub(super) fn add_sections(draft: &mut Draft<'_>) {
    draft.add("brief_head", head::section);
    draft.add("brief_answers", answers::section);
    let room = room::Room::of(draft);
    draft.add("brief_asked", asked::section);
    draft.add("brief_contradictions", |draft| contradictions::section(draft, room.contradictions));
    draft.add("brief_owed", |draft| owed::section(draft, room.owed));
}

/// What questions are asked by: name, value and meaning of each limit.
pub(super) fn limits(context: &Context<'_>) -> Vec<(String, String, String)> {
    let method = &context.evaluation.round.method;
    let mut limits = Vec::new();
    if context.cities().iter().any(|city| way_to(context, city).is_some()) {
        let points = format!("{}个百分点", context.limit("pace_tolerance", method.pace_tolerance));
        let plan = &context.terms.document;
        let meaning = format!("末年目标还需的年均增速比{plan}的年均增速高出此数以上");
        limits.push(("须加快".to_owned(), points, meaning));
    }
    if context.cities().len() > standing::NAMED {
        let line = format!("{}%", context.limit("reference", method.reference));
        let meaning = format!("领导参阅：各{}按怎样算都在此数以上、以下分组", context.terms.places.noun);
        limits.push(("参照线".to_owned(), line, meaning));
    }
    // Where nothing is asked by it, it is no parameter of this report.
    let asked = questions(context.evaluation).asked;
    if asked.iter().any(|one| one.matter.kind() == QuestionKind::Supervision) {
        let percent = format!("{}%", context.limit("decide_gap", method.decide_gap));
        let meaning = "未到而完成率低于此数的目标（只写力争的除外，同一任务的合为一件），领导参阅可提请定是否督办；已另行提请的不重复，件数有限时先提差得多的".to_owned();
        limits.push(("提请督办".to_owned(), percent, meaning));
    }
    if asked.iter().any(|one| matches!(one.matter, Matter::Unreached { .. })) {
        let meaning = format!(
            "{}末年未到的目标（只写力争的除外），领导参阅先提完成率低的，已另行提请的不重复",
            context.terms.document
        );
        limits.push(("末年未到，提请决定".to_owned(), "至多三件".to_owned(), meaning));
    }
    limits
}
