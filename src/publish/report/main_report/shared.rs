//! 分领域和共同指标: verdicts by domain, and what all plans have in common; of many cities every verdict at a glance.

use serde::Serialize;

use super::super::common::{self, Common};
use super::super::context::FEW;
use super::super::domains::{self, Domains};
use super::super::section::Draft;
use super::super::verdicts::{self, Verdicts};
use super::Chapters;

/// 分领域和共同指标.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MainShared {
    section: String,
    heading: String,
    domains: Option<Domains>,
    common: Option<Common>,
    verdicts: Option<Verdicts>,
}

/// Nothing where nothing is compared, or of one city alone the chapter is printed.
pub(super) fn section(draft: &mut Draft<'_>, chapters: &mut Chapters) -> Option<MainShared> {
    let are_many = draft.compared()?.cities().len() > FEW;
    if draft.context.printed().count() < 2 {
        return None;
    }
    let domains = domains::section(draft);
    let common = common::section(draft);
    let verdicts = if are_many { verdicts::section(draft) } else { None };
    let heading = match (&common, are_many) {
        (_, true) => "分领域和逐项判定",
        (Some(_), _) => "分领域和共同指标",
        _ => "分领域",
    };
    let heading = chapters.next(heading);
    Some(MainShared { section: heading.clone(), heading, domains, common, verdicts })
}
