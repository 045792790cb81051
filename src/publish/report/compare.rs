//! 一、城市间比较.

use serde::Serialize;

use super::common::{Common, common};
use super::context::{Context, FEW};
use super::domains::{Domains, Spread, domains, domains_text, spread};
use super::ranking::{RankingRow, ranking, ranking_words, uncertainty_words};
use super::table::Table;
use super::verdicts::{Matrix, VerdictMap, map_text, matrices, verdict_map};

/// 一、城市间比较.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Compare {
    pub(super) ranking_text: String,
    pub(super) ranking: Table<RankingRow>,
    pub(super) domains_text: String,
    pub(super) domains: Option<Domains>,
    pub(super) spread: Option<Spread>,
    pub(super) common: Option<Common>,
    pub(super) map_text: Option<String>,
    pub(super) map: Option<VerdictMap>,
    pub(super) matrices: Vec<Matrix>,
}

pub(super) fn compare(context: &Context<'_>) -> Compare {
    let few = context.cities().len() <= FEW;
    let common = common(context);
    let matrices = if few { Vec::new() } else { matrices(context) };
    let domains = if few { domains(context) } else { None };
    let spread = if few { None } else { spread(context) };
    let figure = if domains.is_some() || spread.is_some() { "各领域情况见图1。" } else { "" };
    Compare {
        ranking_text: format!(
            "{}{}",
            ranking_words(context),
            uncertainty_words(context, "，范围见“名次区间”")
        ),
        ranking: ranking(context),
        domains_text: format!("{figure}{}", domains_text(context)),
        domains,
        spread,
        map_text: map_text(context),
        map: if few { verdict_map(context) } else { None },
        common,
        matrices,
    }
}
