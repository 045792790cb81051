//! 主报告: how things stand, city by city, and who has to do what: for who reads on from the brief. What proves it stands in 技术卷.

mod closing;
mod comparison;
mod composite;
mod composite_audit;
mod composite_plot;
mod composite_profiles;
mod course;
mod definitions;
mod departments;
mod duties;
mod facts;
mod guide;
mod hardships;
mod index;
mod legend;
mod levels;
mod open;
mod paths;
mod ranges;
mod rows;
mod shared;
mod summary;
mod things;
mod transitions;

use super::context::{Context, FEW};
use super::occurring::Occurring;
use super::phrases::chinese_number;
use super::say::say;
use super::section::Draft;
use super::{cover, withheld};
use crate::finding::{Language, Withheld};

/// The sections of the main report, in their order. Of very many cities each has its pages in a report of its own.
pub(super) fn add_sections(draft: &mut Draft<'_>) {
    let mut chapters = Chapters { count: 0, language: draft.context.language };
    let are_many = draft.context.cities().len() > FEW;
    draft.add("cover", cover::section);
    draft.add("main_guide", guide::section);
    draft.add("main_comparison", |draft| comparison::section(draft, &mut chapters));
    draft.add("main_ranges", |draft| ranges::section(draft, &mut chapters));
    draft.add("main_hardships", |draft| hardships::section(draft, &mut chapters));
    draft.add("main_shared", |draft| shared::section(draft, &mut chapters));
    draft.add("main_composite", |draft| composite::section(draft, &mut chapters));
    for (_, city) in draft.cities().filter(|_| !are_many) {
        let heading = chapters.next(draft.context.whole_name(&city.plan));
        if city.score.withholds(Withheld::Chapter) {
            draft.add("withheld", |draft| Some(withheld::section(draft, city)?.headed(heading)));
            continue;
        }
        draft.add("main_rows", |draft| rows::section(draft, city, heading, ""));
        draft.add("main_course", |draft| course::section(draft, city));
    }
    draft.add("main_open", |draft| open::section(draft, &mut chapters));
    draft.add("main_definitions", |draft| definitions::section(draft, &mut chapters));
    draft.add("main_index", |draft| index::section(draft, &mut chapters));
}

/// The two pages of each city of a draft, by its name. There is no guide before them, so the drawing is explained below it.
pub(super) fn add_profiles(draft: &mut Draft<'_>) {
    let found = counted_in(draft.context);
    for (_, city) in draft.cities() {
        let heading = draft.context.whole_name(&city.plan).to_owned();
        let legend = legend::drawing(draft.context, &[city], &found);
        draft.add("main_rows", |draft| rows::section(draft, city, heading, &legend.short));
        draft.add("main_course", |draft| course::section(draft, city));
    }
}

/// What occurs among the targets that count; those in prose that are judged apart from a table have no marks in this volume.
fn counted_in(context: &Context<'_>) -> Occurring {
    let mut found = Occurring::in_cities(context.cities(), context.evaluation.round.year());
    let counted = || context.cities().iter().flat_map(|city| context.counted(city)).map(|(one, _)| one);
    found.states.retain(|state| counted().any(|one| one.state == *state));
    found.has_soft = counted().any(|one| one.target_is_worse);
    found
}

/// The chapters so far, which have numbers as they come: letters in English, since the Chinese ones are no numerals.
struct Chapters {
    count: u8,
    language: Language,
}

impl Chapters {
    /// `三、湘潭市`, `C. Xiangtan`.
    fn next(&mut self, name: &str) -> String {
        let letter = char::from(b'A'.saturating_add(self.count));
        self.count = self.count.saturating_add(1);
        let number = chinese_number(usize::from(self.count));
        say!(self.language, "{number}、{name}", "{letter}. {name}")
    }
}
