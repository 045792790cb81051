//! Words of headings → what a column can hold: period × role × unit.
//!
//! A heading is taken apart into the words of the [lexicon](super::lexicon). What it says follows from all of its words:
//! a part that is not known makes the heading unknown, it is never passed over.

use super::lexicon::{Meaning, Strength, word_at};
use super::text::{clean, name_key, split_unit};
use super::timespan::{Cover, Period, period_at};
use crate::quantity::Unit;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// 序号.
    No,
    /// 指标名称, or the name of a task or document.
    Name,
    /// 计量单位.
    Unit,
    /// The year before.
    Previous,
    /// The year that is judged.
    Actual,
    /// The year that is judged, as expected before it is over.
    Estimate,
    /// 数据性质.
    Vintage,
    /// 数据年份.
    DataYear,
    /// 佐证编号.
    Evidence,
    /// A mark behind the value: `r` revised, `p` preliminary, `e` estimated. Such a column has no heading.
    Flag,
    /// 说明.
    Note,
    /// 进展状态.
    State,
    /// 进展情况.
    Progress,
    /// 文号或文件名.
    Document,
    /// Date of a document or deadline.
    Date,
    /// 目标. This and the roles below are known and not read.
    Target,
    /// Growth or another change.
    Growth,
    /// 完成率.
    Rate,
    /// 比重 of the value in something.
    Share,
    /// 位次.
    Rank,
    /// 权重.
    Weight,
    /// 得分.
    Score,
    /// 差距.
    Gap,
    /// 基期.
    Base,
    /// A part of the year: quarters, months.
    PartOfYear,
    /// Another year, or several years.
    OtherYear,
    /// Another area, or a part of this one.
    OtherArea,
    /// 一级指标, 属性.
    Class,
    /// 责任单位, people.
    Office,
    /// 口径.
    Definition,
    /// 地区 of a row.
    Area,
    /// It could be the result by its heading, but another column says so better.
    Unused,
}

impl Role {
    /// The word for people.
    pub(super) fn chinese(self) -> &'static str {
        match self {
            Self::No => "序号",
            Self::Name => "名称",
            Self::Unit => "计量单位",
            Self::Previous => "上年实绩",
            Self::Actual => "本年实绩",
            Self::Estimate => "本年预计",
            Self::Vintage => "数据性质",
            Self::DataYear => "数据年份",
            Self::Evidence => "佐证",
            Self::Flag => "标记",
            Self::Note => "说明",
            Self::State => "进展状态",
            Self::Progress => "进展情况",
            Self::Document => "文号或文件名",
            Self::Date => "日期",
            Self::Target => "目标（不读取）",
            Self::Growth => "增长（不读取）",
            Self::Rate => "完成率（不读取）",
            Self::Share => "占比（不读取）",
            Self::Rank => "位次（不读取）",
            Self::Weight => "权重（不读取）",
            Self::Score => "得分（不读取）",
            Self::Gap => "差距（不读取）",
            Self::Base => "基期（不读取）",
            Self::PartOfYear => "年内部分时段（不读取）",
            Self::OtherYear => "其他年份（不读取）",
            Self::OtherArea => "其他范围（不读取）",
            Self::Class => "分类（不读取）",
            Self::Office => "单位和人员（不读取）",
            Self::Definition => "口径（不读取）",
            Self::Area => "地区（不读取）",
            Self::Unused => "另有更明确的一栏（不读取）",
        }
    }

    /// Whether a column of this role is read.
    pub(super) fn is_read(self) -> bool {
        self <= Self::Date
    }

    /// Whether cells under it are numbers as a rule, so that numbers in it say nothing against it.
    fn is_measure(self) -> bool {
        matches!(
            self,
            Self::Growth | Self::Rate | Self::Share | Self::Rank | Self::Weight | Self::Score | Self::Gap
        )
    }
}

/// How well a heading of known words says that its column is the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// 2023年, 指标值: it may as well be something else of the year.
    Bare,
    /// 完成值.
    Weak,
    /// 实绩, 完成情况.
    Strong,
}

/// What the headings over a column say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// A column of this role.
    Known(Role),
    /// It can be the result of the year.
    Result {
        /// How well it says so.
        claim: Claim,
        /// Whether it is that of December, in words that may mean the year's end.
        december: bool,
        /// Whether it is a sum that names no year: over whatever stands beside it.
        sum: bool,
    },
    /// There are parts that are not known.
    Unknown {
        /// Whether the known parts leave it open that this is the result.
        may_be_result: bool,
        /// Whether one of them says that it is what was reached.
        says_actual: bool,
    },
    /// Nothing is said, or a unit only.
    Silent,
}

/// What is known of the sheet when its headings are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'a> {
    /// The year that is judged.
    pub year: i32,
    /// The city by its names as compared.
    pub city: &'a [String],
}

/// One heading taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Heading {
    periods: Vec<Period>,
    back: Option<i32>,
    cover: Option<Cover>,
    actual: Option<Strength>,
    /// The last aside.
    aside: Option<Role>,
    /// The measure among the asides, which wins over everything.
    measure: Option<Role>,
    /// Whether a word for what was reached follows the last aside.
    actual_is_last: bool,
    /// Whether an actual word stands before an aside that is not a measure.
    is_mixed: bool,
    column: Option<Role>,
    tail: Option<Tail>,
    /// A word for a column of text that is not the last word: what it means here is not known.
    pub inner: Vec<&'static str>,
    /// The last word for a column of text.
    column_word: &'static str,
    sum: bool,
    /// 全年 or 1—12月, rather than the end of the year.
    full: bool,
    /// Whether 本年, 当年 or 今年 stands there, rather than 期末.
    says_year: bool,
    /// The last aside as a word.
    aside_word: &'static str,
    here: bool,
    elsewhere: bool,
    /// Areas that it names.
    pub areas: Vec<String>,
    /// Parts that are not known.
    pub unknown: Vec<String>,
    /// A unit in it.
    pub unit: Option<String>,
}

/// What the last word of a heading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tail {
    Column,
    Aside,
    Other,
}

impl Heading {
    /// Takes a heading apart.
    pub(super) fn of(text: &str, setting: Setting<'_>) -> Self {
        let mut heading = Self::default();
        let (words, unit) = split_unit(text);
        let key = name_key(&words);
        if unit.is_none()
            && !key.is_empty()
            && is_unit(&words)
            && word_at(&key).is_none()
            && !is_thing(&words)
        {
            heading.unit = Some(clean(&words));
            return heading;
        }
        heading.unit = unit;
        let (chinese, latin) = without_latin(&key);
        heading.read(&chinese, setting);
        // Two languages say the same twice; a word of one alone says something else.
        let says =
            heading.actual.is_some_and(|strength| strength > Strength::Generic) || heading.column().is_some();
        if !latin.is_empty() && !says {
            heading.unknown.push(latin);
        }
        heading
    }

    /// Whether nothing is said.
    pub(super) fn is_silent(&self) -> bool {
        *self == Self { unit: self.unit.clone(), ..Self::default() }
    }

    /// Whether all its parts are known and it says something.
    pub(super) fn is_known(&self) -> bool {
        self.unknown.is_empty() && (self.unit.is_some() || !self.is_silent())
    }

    /// Whether it says something that only headings say, whatever else stands there.
    pub(super) fn says_something(&self) -> bool {
        self.unit.is_some()
            || !self.periods.is_empty()
            || self.cover.is_some()
            || self.back.is_some()
            || self.here
            || self.elsewhere
            || self.actual.is_some()
            || self.aside.is_some()
            || self.column.is_some()
    }

    /// Whether it only names a unit.
    pub(super) fn is_unit(&self) -> bool {
        self.unit.is_some() && self.is_silent()
    }

    /// Whether it names a year, or this one by 本年 and the like.
    fn is_dated(&self) -> bool {
        !self.periods.is_empty() || self.back.is_some_and(|_| self.says_year)
    }

    /// Whether it says that something else than what was reached is meant: targets, growth, scores.
    pub(super) fn is_aside(&self) -> bool {
        self.aside.is_some() && !self.actual_is_last
    }

    /// The role of a column by this heading alone, if it is one of text.
    pub(super) fn column(&self) -> Option<Role> {
        self.column.filter(|_| self.tail == Some(Tail::Column))
    }

    fn read(&mut self, key: &str, setting: Setting<'_>) {
        let mut rest = key;
        let mut unknown = String::new();
        while let Some(first) = rest.chars().next() {
            let named = setting.city.iter().filter(|city| !city.is_empty());
            let city = named.filter_map(|city| rest.strip_prefix(city.as_str())).next();
            if let Some(after) = city {
                self.close(&mut unknown);
                self.here = true;
                rest = after;
            } else if let Some((period, after)) = period_at(rest) {
                self.close(&mut unknown);
                self.period(period);
                rest = after;
            } else if let Some((meaning, word, after)) = word_at(rest) {
                // A single character inside an unknown word is part of that word.
                let is_weak = word.chars().count() == 1 && meaning != Meaning::Glue;
                if is_weak && !unknown.is_empty() && !after.is_empty() && !starts_with_mark(after) {
                    unknown.push(first);
                } else {
                    self.close(&mut unknown);
                    self.word(meaning, word);
                }
                rest = after;
            } else {
                unknown.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
        self.close(&mut unknown);
    }

    /// Ends an unknown part. What ends like the name of an area is another area.
    fn close(&mut self, unknown: &mut String) {
        let part = std::mem::take(unknown);
        let length = part.chars().count();
        if part.is_empty() {
            return;
        }
        self.tail = Some(Tail::Other);
        if (2..=6).contains(&length) && part.ends_with(['省', '市', '县', '区', '州', '旗', '盟', '镇', '乡'])
        {
            self.elsewhere = true;
            self.areas.push(part);
        } else {
            self.unknown.push(part);
        }
    }

    fn period(&mut self, period: Period) {
        self.tail = Some(Tail::Other);
        if period.cover == Cover::Unsaid {
            self.periods.push(period);
        } else {
            self.cover = Some(period.cover);
            self.full |= period.cover == Cover::Whole;
            if period.year.is_some() {
                self.periods.push(period);
            }
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each meaning")]
    fn word(&mut self, meaning: Meaning, word: &'static str) {
        if meaning != Meaning::Glue && self.tail == Some(Tail::Column) && !is_subject(self.column_word) {
            self.inner.push(self.column_word);
        }
        let tail = match meaning {
            Meaning::Column(role) => {
                // 指标完成数 is of the indicator; 完成指标数 counts indicators.
                if self.actual.is_some_and(|strength| strength > Strength::Generic) && is_subject(word) {
                    self.inner.push(word);
                }
                self.column = Some(role);
                self.column_word = word;
                Tail::Column
            }
            Meaning::Sum => {
                self.sum = true;
                self.actual = self.actual.max(Some(Strength::Weak));
                self.actual_is_last = true;
                Tail::Other
            }
            Meaning::Aside(role) => {
                self.is_mixed |= self.actual.is_some_and(|strength| strength > Strength::Generic);
                self.aside = Some(role);
                self.aside_word = word;
                self.actual_is_last = false;
                if role.is_measure() {
                    self.measure = Some(role);
                }
                Tail::Aside
            }
            Meaning::Actual(strength) => {
                self.actual = self.actual.max(Some(strength));
                // 目标数 is a target, 目标完成情况 is not.
                self.actual_is_last = self.actual_is_last || strength > Strength::Generic;
                if strength == Strength::Generic && self.tail == Some(Tail::Aside) {
                    Tail::Aside
                } else {
                    Tail::Other
                }
            }
            Meaning::State => {
                let reached = self.actual.is_some_and(|strength| strength > Strength::Generic);
                self.actual =
                    self.actual.max(Some(if reached { Strength::Strong } else { Strength::Generic }));
                if reached {
                    (self.actual_is_last, self.is_mixed) = (true, false);
                }
                Tail::Other
            }
            Meaning::Back(years) => {
                self.says_year |= word.contains('年');
                self.back = Some(self.back.map_or(years, |known| known.max(years)));
                Tail::Other
            }
            Meaning::Whole => {
                self.full |= word.contains("全") || word.contains("整");
                self.cover = match self.cover {
                    None | Some(Cover::December | Cover::Unsaid) => Some(Cover::Whole),
                    cover => cover,
                };
                Tail::Other
            }
            Meaning::Part => {
                self.cover = Some(Cover::Part);
                Tail::Other
            }
            Meaning::Span => {
                self.cover = Some(Cover::Span);
                Tail::Other
            }
            Meaning::Here => {
                self.here = true;
                Tail::Other
            }
            Meaning::Elsewhere => {
                self.elsewhere = true;
                Tail::Other
            }
            Meaning::Glue => return,
        };
        self.tail = Some(tail);
    }
}

/// What the headings over a column, from top to bottom, say together.
pub(super) fn sense(levels: &[Heading], year: i32) -> Sense {
    let said: Vec<&Heading> = levels.iter().rev().filter(|level| !level.is_silent()).collect();
    let Some(lowest) = said.first() else { return Sense::Silent };
    let is_unknown = said.iter().any(|level| !level.unknown.is_empty() || !level.inner.is_empty());
    if let Some(measure) = said.iter().find_map(|level| level.measure) {
        let names_it = said.iter().any(|level| level.measure.is_some() && level.tail == Some(Tail::Aside));
        if names_it || !is_unknown {
            return Sense::Known(measure);
        }
    }
    let when = When::of(&said, year);
    let elsewhere = said.iter().any(|level| level.elsewhere);
    // A heading of text at the bottom.
    if let Some(role) = lowest.column() {
        return text_column(role, lowest, when, elsewhere);
    }
    let aside = aside(&said);
    if let (Aside::Surely(role), true) = (aside, !is_unknown || lowest.tail == Some(Tail::Aside)) {
        return Sense::Known(if role == Role::Estimate { estimate(when, elsewhere) } else { role });
    }
    if elsewhere && !is_unknown {
        return Sense::Known(Role::OtherArea);
    }
    let actual = said.iter().filter_map(|level| level.actual).max();
    let says_actual = actual.is_some_and(|strength| strength > Strength::Generic);
    let is_this_year = matches!(when, When::ThisYear | When::Undated);
    let column = said.iter().find_map(|level| level.column());
    if is_unknown || aside == Aside::Unsure {
        // 联系电话(新) is something else, whatever 新 means.
        let is_other = when == When::Undated && !says_actual && column.is_some();
        let may_be_result = is_this_year && !elsewhere && !is_other && !matches!(aside, Aside::Surely(_));
        return Sense::Unknown { may_be_result, says_actual: says_actual && aside == Aside::No };
    }
    match when {
        When::Before => Sense::Known(Role::Previous),
        When::Part => Sense::Known(Role::PartOfYear),
        When::Other => Sense::Known(Role::OtherYear),
        When::ThisYear | When::Undated => match (says_actual, column) {
            (false, Some(role)) if when == When::Undated => Sense::Known(role),
            _ => {
                let december = said.iter().any(|level| level.cover == Some(Cover::December));
                let claim = match actual {
                    _ if december => Claim::Bare,
                    Some(Strength::Strong | Strength::Reported) => Claim::Strong,
                    Some(Strength::Weak) => Claim::Weak,
                    Some(Strength::Generic) | None => Claim::Bare,
                };
                let full = said.iter().any(|level| level.full);
                let dated = said.iter().any(|level| level.is_dated());
                let sum = !dated && !full && said.iter().any(|level| level.sum);
                Sense::Result { claim, december, sum }
            }
        },
    }
}

/// A column of text by its last word. What numbers rows, names units, years or states must say so and nothing else.
fn text_column(role: Role, heading: &Heading, when: When, elsewhere: bool) -> Sense {
    let is_decisive = matches!(role, Role::No | Role::Unit | Role::DataYear | Role::State | Role::Vintage);
    if is_decisive && !(heading.unknown.is_empty() && heading.inner.is_empty()) {
        return Sense::Unknown { may_be_result: false, says_actual: false };
    }
    Sense::Known(match (role, when) {
        (Role::State, _) if elsewhere => Role::OtherArea,
        (Role::State, When::Part) => Role::PartOfYear,
        (Role::State, When::Before | When::Other) => Role::OtherYear,
        _ => role,
    })
}

/// An expected value is one of the year only where nothing else is said.
fn estimate(when: When, elsewhere: bool) -> Role {
    match when {
        _ if elsewhere => Role::OtherArea,
        When::ThisYear | When::Undated => Role::Estimate,
        When::Part => Role::PartOfYear,
        When::Before | When::Other => Role::OtherYear,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aside {
    No,
    Surely(Role),
    /// 计划完成数, or 完成值 under 目标.
    Unsure,
}

/// Whether the column is one of targets or the like by its levels, the lowest first.
fn aside(said: &[&Heading]) -> Aside {
    let mut reached = None;
    for level in said {
        match level.aside {
            Some(Role::Estimate) => return Aside::Surely(Role::Estimate),
            Some(role) if level.actual_is_last || level.is_mixed => {
                // 计划达到值 is a plan; 目标完成情况 is not.
                let is_hoped = ["预", "拟", "应", "要求"].iter().any(|word| level.aside_word.contains(word));
                let is_strong = level.actual == Some(Strength::Reported) && level.actual_is_last && !is_hoped;
                return match (is_strong, reached) {
                    (true, _) => Aside::No,
                    _ if role == Role::Base => Aside::Surely(role),
                    _ => Aside::Unsure,
                };
            }
            Some(role) => {
                return match reached {
                    None => Aside::Surely(role),
                    Some(Strength::Strong | Strength::Reported) => Aside::No,
                    Some(_) => Aside::Unsure,
                };
            }
            None => {
                let own = level.actual.filter(|strength| *strength > Strength::Generic);
                reached = reached.max(own);
            }
        }
    }
    Aside::No
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Undated,
    ThisYear,
    Before,
    Part,
    Other,
}

impl When {
    /// The time that the levels name, the lowest first: a lower level is more specific.
    fn of(said: &[&Heading], year: i32) -> Self {
        let is_dated = |level: &&&Heading| !level.periods.is_empty() || level.back.is_some();
        let dated = said.iter().find(is_dated);
        // 历年情况 over 2023年: the lower level is more specific.
        let until = said.iter().position(|level| is_dated(&level)).map_or(said.len(), |at| at + 1);
        let near = said.iter().take(until).find_map(|level| level.cover);
        let above = || said.iter().find_map(|level| level.cover).filter(|cover| *cover != Cover::Span);
        let cover = near.or_else(above);
        let Some(level) = dated else {
            return match cover {
                Some(Cover::Part) => Self::Part,
                Some(Cover::Span) => Self::Other,
                _ => Self::Undated,
            };
        };
        let mut years: Vec<i32> = level.periods.iter().filter_map(|period| period.year).collect();
        years.sort_unstable();
        years.dedup();
        let of = match (years.as_slice(), level.back) {
            (&[], back) => year - back.unwrap_or(0),
            (&[one], Some(back)) if one == year => year - back,
            (&[one], _) => one,
            _ => return Self::Other,
        };
        match cover {
            Some(Cover::Part) => Self::Part,
            Some(Cover::Span) => Self::Other,
            _ if of == year => Self::ThisYear,
            _ if of == year - 1 => Self::Before,
            _ => Self::Other,
        }
    }
}

/// Whether a word only says what the table is about: 指标完成情况 is 完成情况.
fn is_subject(word: &str) -> bool {
    word.contains("指标") || word.contains("任务")
}

fn is_unit(text: &str) -> bool {
    Unit::parse(text).is_known() && !Unit::parse(text).text().is_empty()
}

fn starts_with_mark(text: &str) -> bool {
    text.starts_with(['(', ')', '/', ',', '、', ':', ';', '.', '-'])
}

/// A heading with its Latin words apart, where there are Chinese ones; letters beside digits stay (Q3).
fn without_latin(key: &str) -> (String, String) {
    if !key.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
        return (key.to_owned(), String::new());
    }
    let characters: Vec<char> = key.chars().collect();
    let (mut kept, mut latin) = (String::new(), String::new());
    for (at, c) in characters.iter().enumerate() {
        let quarter = matches!(c, 'q' | 'h') && characters.get(at + 1).is_some_and(char::is_ascii_digit);
        if !c.is_ascii_alphabetic() || quarter { kept.push(*c) } else { latin.push(*c) }
    }
    (kept, latin)
}

/// Whether a unit of counting is also the name of a group: 企业 over a column means those of enterprises.
fn is_thing(text: &str) -> bool {
    let text = clean(text);
    Unit::parse(&text).is_count() && text.chars().count() > 1 && !text.ends_with(['次', '年'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(levels: &[&str]) -> Sense {
        let city = ["甲市".to_owned()];
        let setting = Setting { year: 2023, city: &city };
        let levels: Vec<Heading> = levels.iter().map(|level| Heading::of(level, setting)).collect();
        sense(&levels, 2023)
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table of cases")]
    fn headings_say_what_a_column_holds() {
        use Claim::{Bare, Strong, Weak};
        let result = |claim| Sense::Result { claim, december: false, sum: false };
        let unknown = |may_be_result, says_actual| Sense::Unknown { may_be_result, says_actual };
        for (levels, expected) in [
            (&["2023年实绩"][..], result(Strong)),
            (&["2023年度完成情况"], result(Strong)),
            (&["截至2023年底实际完成"], result(Strong)),
            (&["2023年1-12月累计"], result(Weak)),
            (&["2023年1—12月"], result(Bare)),
            (&["2023年12月末累计"], result(Weak)),
            (&["全年完成"], result(Weak)),
            (&["累计完成"], Sense::Result { claim: Weak, december: false, sum: true }),
            (&["实际完成情况"], result(Strong)),
            (&["评估值"], result(Strong)),
            (&["2023年完成值（截至12月31日）"], result(Weak)),
            (&["2023年实绩Actual value"], result(Strong)),
            (&["目标完成情况"], result(Strong)),
            (&["目标任务完成情况"], result(Strong)),
            (&["二〇二三年"], result(Bare)),
            (&["实绩（2023年）"], result(Strong)),
            (&["2023年", "实绩"], result(Strong)),
            (&["指标值"], result(Bare)),
            (&["甲市", "实绩"], result(Strong)),
            (&["2023年", "全市", "实绩"], result(Strong)),
            (&["202312"], Sense::Result { claim: Bare, december: true, sum: false }),
            (&["2023年12月"], Sense::Result { claim: Bare, december: true, sum: false }),
            (&["2023年", "目标值"], Sense::Known(Role::Target)),
            (&["2023年目标数"], Sense::Known(Role::Target)),
            (&["目标", "2023年"], Sense::Known(Role::Target)),
            (&["2023年落地目标"], Sense::Known(Role::Target)),
            (&["实绩", "2022年"], Sense::Known(Role::Previous)),
            (&["上年同期"], Sense::Known(Role::Previous)),
            (&["2023年", "上年同期"], Sense::Known(Role::Previous)),
            (&["2021年"], Sense::Known(Role::OtherYear)),
            (&["2021—2025年"], Sense::Known(Role::OtherYear)),
            (&["比上年增长"], Sense::Known(Role::Growth)),
            (&["2023年比2022年增长(%)"], Sense::Known(Role::Growth)),
            (&["增长率", "实际"], Sense::Known(Role::Growth)),
            (&["完成率"], Sense::Known(Role::Rate)),
            (&["占全市比重"], Sense::Known(Role::Share)),
            (&["2023年", "占全市比重"], Sense::Known(Role::Share)),
            (&["2023年", "权重"], Sense::Known(Role::Weight)),
            (&["2023年", "一季度"], Sense::Known(Role::PartOfYear)),
            (&["2023年1—9月累计"], Sense::Known(Role::PartOfYear)),
            (&["202309"], Sense::Known(Role::PartOfYear)),
            (&["2023年", "市辖区"], Sense::Known(Role::OtherArea)),
            (&["2023年", "雨湖区", "实绩"], Sense::Known(Role::OtherArea)),
            (&["2023年预计"], Sense::Known(Role::Estimate)),
            (&["2023年", "备注"], Sense::Known(Role::Note)),
            (&["完成情况说明"], Sense::Known(Role::Progress)),
            (&["主要指标"], Sense::Known(Role::Name)),
            (&["指标名称", ""], Sense::Known(Role::Name)),
            (&["佐证材料编号"], Sense::Known(Role::Evidence)),
            (&["目标完成数"], unknown(true, false)),
            (&["计划完成数"], Sense::Known(Role::Target)),
            (&["目标", "完成值"], unknown(true, false)),
            (&["2023年落地数"], unknown(true, false)),
            (&["2023年落地实绩"], unknown(true, true)),
            (&["2022年落地数"], unknown(false, false)),
            (&["战果"], unknown(true, false)),
            (&["凭证编号"], unknown(false, false)),
            // What is planned, expected elsewhere, or of another time is no result, however it is said.
            (&["计划达到值"], unknown(true, false)),
            (&["目标实现数"], unknown(true, false)),
            (&["2024年预计"], Sense::Known(Role::OtherYear)),
            (&["1-9月预计"], Sense::Known(Role::PartOfYear)),
            (&["全省预计"], Sense::Known(Role::OtherArea)),
            (&["现状值"], Sense::Known(Role::Base)),
            (&["考核结果"], unknown(false, false)),
            // A word for something else inside a heading is not passed over.
            (&["2023年园区完成"], Sense::Known(Role::OtherArea)),
            (&["2023年问题完成"], unknown(true, true)),
            (&["完成项目数"], unknown(true, true)),
            (&["2023年完成", "企业"], unknown(true, true)),
            (&["指标完成情况"], result(Strong)),
            (&["2023年KPI"], unknown(true, false)),
            (&["2023年(A)"], unknown(true, false)),
            (&["历年数据", "2023年"], result(Bare)),
            (&["上半年进展状态"], Sense::Known(Role::PartOfYear)),
            (&["合计"], Sense::Result { claim: Weak, december: false, sum: true }),
            (&["（万元）"], Sense::Silent),
            (&[""], Sense::Silent),
        ] {
            assert_eq!(of(levels), expected, "{levels:?}");
        }
    }

    #[test]
    fn unknown_parts_are_named() {
        let city = [];
        let heading = Heading::of("2023年落地数（万元）", Setting { year: 2023, city: &city });
        assert_eq!((heading.unknown, heading.unit), (vec!["落地".to_owned()], Some("万元".to_owned())));
    }
}
