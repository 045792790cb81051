//! The units with which a paragraph ends: （牵头单位：…；责任单位：…）, （…牵头，…按职责分工负责）.

use super::sections::SourceText;
use super::units::{self, Units};
use super::{OpenFields, OpenReason};

/// Labels before lists of units; whether those lead.
const LABELS: &[(&str, bool)] = &[
    ("牵头单位", true),
    ("牵头部门", true),
    ("主办单位", true),
    ("牵头责任单位", true),
    ("责任单位", false),
    ("责任部门", false),
    ("配合单位", false),
    ("配合部门", false),
    ("参与单位", false),
    ("参加单位", false),
    ("协办单位", false),
    ("落实单位", false),
];

/// The units with which a paragraph ends, and where they begin in its plain text; nothing when it names none.
pub(super) struct TaskUnits {
    pub(super) lead: Units,
    pub(super) responsible: Units,
    pub(super) begin: usize,
    pub(super) has_labels: bool,
}

/// No units, and none that is doubted.
pub(super) fn sure() -> Units {
    Units { names: Vec::new(), are_sure: true }
}

/// The units at the end of a paragraph.
pub(super) fn of_ending(body: &str) -> Option<TaskUnits> {
    labelled(body).or_else(|| divided(body))
}

/// （牵头单位：…；责任单位：…）, also without its brackets.
fn labelled(body: &str) -> Option<TaskUnits> {
    let with_sign = |word: &str| body.find(&[word, ":"].concat());
    let begin = LABELS.iter().filter_map(|(word, _)| with_sign(word)).min()?;
    let tail = body.get(begin..)?;
    let mut places: Vec<(usize, usize, bool)> = Vec::new();
    for (word, leads) in LABELS {
        let label = [*word, ":"].concat();
        for (at, _) in tail.match_indices(&label) {
            let is_inner = places.iter().any(|(from, end, _)| *from <= at && at < *end);
            if !is_inner {
                places.push((at, at + label.len(), *leads));
            }
        }
    }
    places.sort_unstable();
    let (mut lead, mut responsible) = (sure(), sure());
    for (place, (_, from, leads)) in places.iter().enumerate() {
        let end = places.get(place + 1).map_or(tail.len(), |(next, ..)| *next);
        let list = tail.get(*from..end)?.trim_end_matches([')', ']', '】', '〕', ';', '。', ',']);
        let units = units::list(list);
        let into = if *leads { &mut lead } else { &mut responsible };
        into.names.extend(units.names);
        into.are_sure &= units.are_sure;
    }
    let is_last = tail.chars().filter(|c| *c == '。').count() <= 1;
    is_last.then_some(TaskUnits { lead, responsible, begin, has_labels: true })
}

/// （市科技局牵头，市发改委等按职责分工负责）.
fn divided(body: &str) -> Option<TaskUnits> {
    let trimmed = body.trim_end_matches('。');
    let begin = trimmed.rfind(['(', '[', '【'])?;
    let inside = trimmed
        .get(begin + 1..)?
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .trim_end_matches([')', ']', '】']);
    let ends = ["按职责分工负责", "分工负责", "负责", "配合", "参与", "落实", "牵头"];
    let end = super::passage::ending(inside, &ends)?;
    let list = inside.get(..inside.len() - end.len())?;
    let (lead, rest) = match list.split_once("牵头") {
        Some((lead, rest)) => (units::list(lead), rest),
        None if end == "牵头" => (units::list(list), ""),
        None => (sure(), list),
    };
    let responsible = if rest.is_empty() { sure() } else { units::list(rest) };
    let names = lead.names.len() + responsible.names.len();
    (names > 0 && (lead.are_sure || responsible.are_sure)).then_some(TaskUnits {
        lead,
        responsible,
        begin,
        has_labels: false,
    })
}

/// Whether a paragraph ends with units whose part is said.
pub(super) fn ends_with_units(text: &str) -> bool {
    of_ending(text).is_some_and(|found| found.has_labels || !found.lead.names.is_empty())
}

/// The units that lead and share in what a paragraph says that is no task, and where its text ends.
pub(super) fn charged(document: &SourceText, line: usize) -> Option<TaskUnits> {
    of_ending(document.plain(line)).filter(|found| {
        let names = found.lead.names.len() + found.responsible.names.len();
        document.cells(line).is_none() && found.has_labels && names > 0
    })
}

/// Opens a field whose list of units may not be one.
pub(super) fn unsure(units: &Units, field: &'static str, open: &mut OpenFields) {
    if !units.are_sure {
        open.chosen(field, OpenReason::UnitName);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_units_at_the_end_of_a_paragraph_are_found_in_every_form() {
        let names = |units: &Units| units.names.join(" ");
        for (text, lead, responsible) in [
            ("建设平台。(牵头单位:市科技局;责任单位:市发改委、市财政局)", "市科技局", "市发改委 市财政局"),
            ("建设平台。(牵头单位:市科技局责任单位:市发改委", "市科技局", "市发改委"),
            ("建设平台。(市科技局牵头,市财政局等按职责分工负责)", "市科技局", "市财政局"),
            ("建设平台。(市文旅局、市财政局等按职责分工负责)", "", "市文旅局 市财政局"),
            ("建设平台。[责任单位:县科技局、县财政局]", "", "县科技局 县财政局"),
            ("建设平台。(市科技局负责)", "", "市科技局"),
        ] {
            let found = of_ending(text).unwrap();
            assert_eq!(
                (names(&found.lead).as_str(), names(&found.responsible).as_str()),
                (lead, responsible),
                "{text}"
            );
        }
        assert!(of_ending("建设平台(实验室)。").is_none());
    }

    #[test]
    fn what_is_no_task_has_the_units_that_its_paragraph_ends_with() {
        for (text, lead, responsible) in [
            ("事故起数控制在2起以内。(牵头单位:市交通运输局;责任单位:各县区)", "市交通运输局", "各县区"),
            ("事故起数控制在2起以内。(责任单位:各县区)", "", "各县区"),
        ] {
            let found = charged(&SourceText::of(text), 1).unwrap();
            assert_eq!(
                (found.lead.names.join(" "), found.responsible.names.join(" ")),
                (lead.into(), responsible.into())
            );
        }
        assert!(charged(&SourceText::of("事故起数控制在2起以内。"), 1).is_none());
    }
}
