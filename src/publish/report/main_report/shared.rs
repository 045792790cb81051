//! 分领域和共同指标: verdicts by domain, and what all plans have in common; of many cities every verdict at a glance.

use serde::Serialize;

use super::super::common::{self, Common};
use super::super::context::FEW;
use super::super::domains::{self, Domains};
use super::super::section::Draft;
use super::super::verdicts::{self, Verdicts};
use super::Chapters;
use super::levels::{self, LevelsElsewhere};

/// 分领域和共同指标.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MainShared {
    section: String,
    heading: String,
    domains: Option<Domains>,
    common: Option<Common>,
    levels: Option<LevelsElsewhere>,
    verdicts: Option<Verdicts>,
}

/// Nothing where nothing is compared, with other units of the round whose chapters are printed or with levels elsewhere.
pub(super) fn section(draft: &mut Draft<'_>, chapters: &mut Chapters) -> Option<MainShared> {
    let (context, language) = (draft.context, draft.context.language);
    let has_levels = !context.evaluation.round.levels.is_empty();
    let is_compared = draft.compared().is_some() && context.printed().count() > 1;
    if !is_compared && !has_levels {
        return None;
    }
    let are_many = is_compared && context.cities().len() > FEW;
    let domains = domains::section(draft);
    let common = common::section(draft);
    let levels = (has_levels || !are_many).then(|| levels::levels(context, &mut draft.numbers));
    let verdicts = if are_many { verdicts::section(draft) } else { None };
    let heading = match (&common, are_many) {
        _ if !is_compared => language.of("对标", "Beside values elsewhere"),
        (_, true) if has_levels => {
            language.of("分领域、对标和逐项判定", "Domains, values elsewhere and every verdict")
        }
        (_, true) => language.of("分领域和逐项判定", "Domains and every verdict"),
        (Some(_), _) if has_levels => {
            language.of("分领域、共同指标和对标", "Domains, shared indicators and values elsewhere")
        }
        (Some(_), _) => language.of("分领域和共同指标", "Domains and shared indicators"),
        _ if has_levels => language.of("分领域和对标", "Domains and values elsewhere"),
        _ => language.of("分领域", "Domains"),
    };
    let heading = chapters.next(heading);
    Some(MainShared { section: heading.clone(), heading, domains, common, levels, verdicts })
}
