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

/// Nothing where nothing is compared.
pub(super) fn section(draft: &mut Draft<'_>, chapters: &mut Chapters) -> Option<MainShared> {
    let context = draft.compared()?;
    let (language, are_many) = (context.language, context.cities().len() > FEW);
    let domains = domains::section(draft);
    let common = common::section(draft);
    let verdicts = if are_many { verdicts::section(draft) } else { None };
    let heading = match (&common, are_many) {
        (_, true) => language.of("分领域和逐项判定", "Domains and every verdict"),
        (Some(_), _) => language.of("分领域和共同指标", "Domains and shared indicators"),
        _ => language.of("分领域", "Domains"),
    };
    let heading = chapters.next(heading);
    Some(MainShared { section: heading.clone(), heading, domains, common, verdicts })
}
