//! What a text says of the numbers it stands over or beside: that they are of another year or a part of one, of another area
//! or a part of the city, targets, last year's, expected ones, or examples.
//!
//! One reading for all places: titles, labels, names of sheets, sections, cells of classes, remarks, notes. Each place
//! only decides how much of it counts there: a title names an area anywhere, a class must consist of it.

use std::rc::Rc;

use super::Vintage;
use super::dated::other_period;
use super::headings::{Heading, Setting, Tail};
use super::index::Index;
use super::lexicon::ActualStrength;
use super::memo::Memo;
use super::places::{Places, excludes, narrows, sector};
use super::roles::Role;
use super::sense::{Sense, sense};
use super::text::{clean, name_key, years_in};
use super::timespan::YearPart;
use crate::characters::is_han;
use crate::ident::UnitName;

/// What a text says of the numbers it stands over or beside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Telling {
    /// Another year than the one that is judged is named, and that one is not.
    pub(super) other_year: bool,
    /// A part of a year is named.
    pub(super) part: bool,
    /// 本年, 全年, 12月: the year that is judged, or its end, without a number of it.
    pub(super) this_year: bool,
    /// 实绩, 完成: what was reached.
    pub(super) is_reached: bool,
    /// 上年, 去年, without a comparison.
    pub(super) past: bool,
    /// The whole city is named.
    pub(super) here: bool,
    /// Another area is named, anywhere in it.
    pub(super) area: bool,
    /// A word for another area or a part of this one stands in it: 全省, 规上.
    pub(super) elsewhere: bool,
    /// It consists of words for a part of the whole: 城镇居民, 规上工业企业.
    pub(super) narrow: bool,
    /// 制造业: a branch, which is a part of the whole, or the name of a group of rows.
    pub(super) sector: bool,
    /// A part of the whole is left out: 不含韶山市.
    pub(super) excludes: bool,
    /// What is left out has the name of an area or of a part.
    pub(super) excludes_area: bool,
    /// Targets, last year's, growth, scores: what the words together say, where all of them are known.
    pub(super) kind: Option<Role>,
    /// 目标, 增速: words for another kind of number, with whatever else.
    pub(super) aside: bool,
    /// Whether all of its words are known.
    pub(super) exact: bool,
    /// 填写示例.
    pub(super) example: bool,
}

impl Telling {
    /// Whether names of the sender and of rows could change it: they take away what a text says beside them, and add nothing.
    fn depends_on_names(&self) -> bool {
        self.here || self.area || self.elsewhere || self.narrow || self.sector || self.excludes
    }
}

/// What a sentence says of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// It is not the result of the year and the city.
    Otherwise,
    /// It is the result as far as it is known yet.
    Early(Vintage),
    /// It shows how to fill in the form.
    Example,
}

/// What the texts of a city's workbooks say by themselves, without the names beside them. Forms are alike: most texts stand in many
/// workbooks.
#[derive(Debug, Default)]
pub(super) struct Readings {
    alone: Memo<Rc<Alone>>,
    /// What remarks say that say the same beside every name.
    said: Memo<Option<Said>>,
    /// Whether names were asked for since this was last set back.
    asked: std::cell::Cell<bool>,
}

/// What a text says by itself, and its [`key`].
#[derive(Debug)]
struct Alone {
    told: Telling,
    key: String,
}

/// What texts are read by.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) index: &'a Index<'a>,
    /// The unit that sent the workbook; its own name is no other area.
    pub(super) unit: &'a UnitName,
    pub(super) readings: &'a Readings,
}

impl Reader<'_> {
    /// Reads a text. What the `own` names (those of the rows it is said of) all contain says nothing new.
    pub(super) fn read(&self, text: &str, own: &[&str]) -> Telling {
        let by_itself = || {
            let told = self.read_beside(text, &[], None);
            Rc::new(Alone { told, key: key(&clean(text)) })
        };
        let alone = self.readings.alone.of(text, by_itself);
        let Alone { told, key } = &*alone;
        let says_kind = told.kind.is_some() || told.is_reached;
        if says_kind || told.depends_on_names() {
            self.readings.asked.set(true);
        }
        let is_named = || {
            // A quick look before a thorough one.
            let first = key.chars().next().filter(|c| is_han(*c));
            let may_be = |own: &&&str| first.is_none_or(|first| own.contains(first));
            own.iter().filter(may_be).any(|own| name_key(own).contains(key.as_str()))
        };
        if told.depends_on_names() || (says_kind && is_named()) {
            self.read_beside(text, own, Some(self.unit))
        } else {
            told.clone()
        }
    }

    /// What a remark says beside names, worked out by what knows sentences; remembered where the names do not matter.
    pub(super) fn said(&self, text: &str, work: impl FnOnce() -> Option<Said>) -> Option<Said> {
        self.readings.said.of_some(text, || {
            let before = self.readings.asked.replace(false);
            let said = work();
            let is_of_text = !self.readings.asked.get();
            self.readings.asked.set(before || !is_of_text);
            (said, is_of_text)
        })
    }

    fn read_beside(&self, text: &str, own: &[&str], unit: Option<&UnitName>) -> Telling {
        let text = clean(text);
        let key = key(&text);
        if key.is_empty() {
            return Telling::default();
        }
        let (other_year, part) = other_period(&text, self.index.period);
        let places = Places::of(&key, self.index, unit, own);
        let setting = Setting { city: &[] };
        let heading = Heading::of(&places.rest, setting);
        let exact = heading.unknown.iter().all(|part| places.is_place(part)) && heading.inner.is_empty();
        let mut known = heading.clone();
        known.unknown.clear();
        // The names of areas were judged above.
        known.areas.clear();
        let is_named = own.iter().any(|own| name_key(own).contains(&key)) && !own.is_empty();
        let has_words = known.says_something() && !heading.is_unit();
        let role = (exact && has_words && !is_named).then(|| sense(&[known], self.index.period));
        let kind = match role {
            Some(Sense::Known(role))
                if !role.is_read() || matches!(role, Role::Previous | Role::Estimate) =>
            {
                Some(role)
            }
            _ => None,
        };
        // 增量指标 is a kind of indicator, not of number; what follows from areas is judged by areas.
        let is_of_indicators = heading.tail == Some(Tail::Column) && key.ends_with("指标");
        let kind = kind.filter(|kind| {
            !(is_of_indicators && (kind.is_measure() || *kind == Role::Target))
                && !(*kind == Role::OtherArea && !places.is_outside && !has_outside(&heading))
        });
        // 目标任务 heads tasks in a column and targets in a row.
        let kind = kind.or(key.ends_with("目标任务").then_some(Role::Target));
        let compares = heading.measure.is_some() || heading.aside == Some(Role::Growth);
        let names_this = years_in(&text).contains(&self.index.year);
        let narrow = narrows(&key, own);
        let excluded = excludes(&key, self.index, unit, own);
        Telling {
            other_year,
            part,
            this_year: exact
                && heading.back.is_none_or(|back| back == 0)
                && (heading.back == Some(0)
                    || matches!(
                        heading.part_asked(self.index.period.reach()),
                        Some(YearPart::Whole | YearPart::December)
                    )),
            is_reached: matches!(role, Some(Sense::Result { .. }))
                && heading.actual.is_some_and(|strength| strength > ActualStrength::Generic),
            past: heading.back == Some(1) && !names_this && !compares,
            here: places.here || heading.here,
            area: places.is_outside,
            elsewhere: kind == Some(Role::OtherArea),
            narrow,
            sector: sector(&key, own),
            excludes: excluded.is_some(),
            excludes_area: excluded == Some(true),
            kind,
            aside: heading.is_aside(),
            exact,
            example: is_example(&text),
        }
    }

    /// Whether a cell that says what its row is (a class, a period, an area, a second name) says that it is something else than the
    /// result of the year and the city.
    pub(super) fn is_other_cell(&self, text: &str, own: &[&str]) -> bool {
        if text.chars().count() > 24 {
            return false;
        }
        let told = self.read(text, own);
        told.kind.is_some()
            || (told.exact && (told.other_year || told.part || told.past || told.area))
            || told.narrow
            || told.excludes
            || told.example
    }
}

/// The form in which a text is compared: 上年数据 is 上年数.
fn key(text: &str) -> String {
    name_key(text).replace("数据", "数")
}

fn has_outside(heading: &Heading) -> bool {
    heading.elsewhere && heading.areas.is_empty()
}

/// Parts of which texts that mark an example consist, longer ones first.
const OF_EXAMPLES: [&str; 41] = [
    "example", "e.g", "填写", "填报", "填表", "模板", "说明", "仅供", "参考", "删除", "不要", "以下", "如下",
    "本行", "此行", "下列", "举例", "例子", "例如", "样本", "范本", "示范", "格式", "第", "示", "例", "样",
    "范", "行", "表", "为", "是", "请", "勿", "删", "的", "一", "二", "三", "供", "仅",
];

/// Whether a text says that what stands there shows how to fill in the form: it consists of words for that, or they stand
/// before a colon or bracket.
pub(super) fn is_example(text: &str) -> bool {
    thread_local!(static EXAMPLES: Memo<bool> = const { Memo::new() });
    EXAMPLES.with(|examples| examples.of(text, || marks_example(text)))
}

fn marks_example(text: &str) -> bool {
    if text.chars().count() > 40
        || !["例", "样", "范", "模板", "xample", "XAMPLE", "e.g", "E.g"]
            .iter()
            .any(|word| text.contains(word))
    {
        return false;
    }
    let key = name_key(text).to_lowercase();
    let bare = key.trim_matches(['(', ')', ':', '.']);
    let head = bare.split([':', ')']).next().unwrap_or_default();
    consists_of_examples(bare) || (head.len() < bare.len() && consists_of_examples(head))
}

fn consists_of_examples(text: &str) -> bool {
    let says = ["例", "样", "范", "模板", "example", "e.g"].iter().any(|word| text.contains(word));
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let part = OF_EXAMPLES.iter().find_map(|part| rest.strip_prefix(part));
        let mark = || {
            let is_mark = first.is_ascii_digit() || "()【】:,;.、!*-_ ".contains(first);
            is_mark.then(|| rest.get(first.len_utf8()..)).flatten()
        };
        match part.or_else(mark) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    says && text != "例行"
}
