//! The head of the technical part of a city's own report: whose it is, by which plan, and the digests that the covers of volumes print.

use serde::Serialize;

use super::cover::{CoverLine, digests};
use super::method::basis_of;
use super::scoring;
use super::section::Draft;

/// The head of a technical part.
#[derive(Debug, Clone, Serialize)]
pub(super) struct VolumeHead {
    heading: String,
    text: String,
    digests: [CoverLine; 2],
}

/// Stands in a city's own report only; volumes have a cover.
pub(super) fn section(draft: &mut Draft<'_>) -> Option<VolumeHead> {
    let city = draft.own_city()?;
    Some(VolumeHead {
        heading: format!("{}技术部分", city.plan.name),
        text: format!("依据：{}判定规则、计分方法和参数见本轮技术卷{}。", basis_of(city), scoring::ANNEX),
        digests: digests(draft),
    })
}
