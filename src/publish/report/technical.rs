//! 技术卷: what proves the other volumes, each fact once, in eight annexes, nine with an index; and the technical part of a city's own report.

use super::section::Draft;
use super::{
    composite, cover, decisions, derived, findings, guide, index, inputs, interims, method, quotas, remarks,
    restatements, scoring, signoff, tasks, units, volume_head, withheld,
};
use crate::finding::Withheld;

/// The sections of the volume, or of the part, in their order. In the volume of many cities only what belongs to the round stands; the rest
/// is in the cities' own reports.
pub(super) fn add_sections(draft: &mut Draft<'_>) {
    if draft.own_city().is_none() {
        draft.add("cover", cover::section);
    }
    draft.add("volume_head", volume_head::section);
    draft.add(guide::TEMPLATE, guide::section);
    for (_, city) in draft.cities().filter(|(_, city)| city.score.withholds(Withheld::Chapter)) {
        draft.add("withheld", |draft| withheld::section(draft, city));
    }
    draft.add("index", index::section);
    for (at, city) in draft.shown_cities() {
        draft.add("quotas", |draft| quotas::section(draft, at, city));
    }
    for (at, city) in draft.shown_cities() {
        draft.add("interims", |draft| interims::section(draft, at, city));
    }
    draft.add("index", index::prose);
    draft.add("tasks", tasks::section);
    draft.add("units", units::section);
    draft.add("findings", findings::section);
    draft.add("decisions", decisions::section);
    draft.add("restatements", restatements::section);
    draft.add("remarks", remarks::section);
    draft.add("inputs", inputs::section);
    draft.add("method", method::section);
    draft.add("scoring", scoring::section);
    draft.add("derived", derived::section);
    draft.add("composite", composite::section);
    draft.add("signoff", signoff::section);
}
