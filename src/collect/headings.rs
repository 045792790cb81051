//! Words of headings → what a column can hold: period × role × unit.
//!
//! A heading is taken apart into the words of the [lexicon](super::lexicon). What it says follows from all of its words:
//! a part that is not known makes the heading unknown, it is never passed over.

use super::lexicon::{ActualStrength, Meaning, word_at};
use super::pieces::{county, is_settled, is_thing, is_unit, last_day, starts_with_mark, without_latin};
use super::roles::Role;
use super::text::{clean, name_key, split_unit};
use super::timespan::{Timespan, YearPart, period_at};
use crate::period::Reach;

/// What is known of the sheet when its headings are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'a> {
    /// The city by its names as compared.
    pub city: &'a [String],
}

/// One heading taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) periods: Vec<Timespan>,
    pub(super) back: Option<i32>,
    pub(super) cover: Option<YearPart>,
    pub(super) actual: Option<ActualStrength>,
    /// The last aside.
    pub(super) aside: Option<Role>,
    /// The measure among the asides, which wins over everything.
    pub(super) measure: Option<Role>,
    /// Whether a word for what was reached follows the last aside.
    pub(super) actual_is_last: bool,
    /// Whether an actual word stands before an aside that is not a measure.
    pub(super) is_mixed: bool,
    pub(super) column: Option<Role>,
    pub(super) tail: Option<Tail>,
    /// A word for a column of text that is not the last word: what it means here is not known.
    pub inner: Vec<&'static str>,
    /// The last word for a column of text.
    column_word: &'static str,
    /// Whether 截至 stands just before.
    is_until: bool,
    pub(super) sum: bool,
    /// Whether 累计 stands there, or 截至 before what it names.
    pub(super) cumulative: bool,
    /// Whether it names the same part of an earlier year: 上年同期.
    pub(super) same_part: bool,
    /// 全年 or 1—12月, rather than the end of the year.
    pub(super) full: bool,
    /// Whether 本年, 当年 or 今年 stands there, rather than 期末.
    pub(super) says_year: bool,
    /// The last aside as a word.
    pub(super) aside_word: &'static str,
    pub(super) here: bool,
    pub(super) elsewhere: bool,
    /// Whether it begins with a year by which something is to be reached: 到2023年达到.
    pub(super) is_by: bool,
    /// Areas that it names.
    pub areas: Vec<String>,
    /// Parts that are not known.
    pub unknown: Vec<String>,
    /// A unit in it.
    pub unit: Option<String>,
}

/// What the last word of a heading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    Column,
    Aside,
    Other,
}

impl Heading {
    /// Takes a heading apart.
    pub(super) fn of(text: &str, setting: Setting<'_>) -> Self {
        let mut heading = Self::default();
        let dated = last_day(text);
        let (words, unit) = split_unit(dated.as_deref().unwrap_or(text));
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
        let says = heading.actual.is_some_and(|strength| strength > ActualStrength::Generic)
            || heading.column().is_some();
        if !latin.is_empty() && !says {
            heading.unknown.push(latin);
        }
        heading
    }

    /// The part of the year that it names, to who asks for a year or a part of it.
    pub(super) fn part_asked(&self, reach: Reach) -> Option<YearPart> {
        let cover = self.cover?;
        Some(if self.cumulative { cover.cumulative() } else { cover }.asked_for(reach))
    }

    /// Whether nothing is said.
    pub(super) fn is_silent(&self) -> bool {
        *self == Self { unit: self.unit.clone(), is_until: self.is_until, ..Self::default() }
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
    pub(super) fn is_dated(&self) -> bool {
        !self.periods.is_empty() || self.back.is_some_and(|_| self.says_year)
    }

    /// Whether it says that something else than what was reached is meant: targets, growth, scores.
    pub(super) fn is_aside(&self) -> bool {
        self.aside.is_some() && !self.actual_is_last
    }

    /// The role of a column by this heading alone, if it is one of text.
    pub(super) fn column(&self) -> Option<Role> {
        let role = self.column.filter(|_| self.tail == Some(Tail::Column))?;
        Some(if self.column_word == "名称" { self.named().unwrap_or(role) } else { role })
    }

    /// What 名称 names, by what stands before it: 县市区名称 areas, 企业名称 those whose values stand there, 单位名称 who reports.
    fn named(&self) -> Option<Role> {
        /// How names of organisations end whose values are not those of a city.
        const ORGANISATIONS: [&str; 18] = [
            "企业", "公司", "集团", "机构", "院", "所", "校", "基地", "平台", "主体", "镇街", "街道", "乡镇",
            "载体", "法人", "园", "县", "区",
        ];
        let role = |word: &str| match word_at(word) {
            Some((Meaning::Column(role), _, _)) => Some(role),
            _ => None,
        };
        let before = self.inner.iter().filter_map(|word| role(word)).next_back();
        let ends = |part: &String| ORGANISATIONS.iter().any(|word| part.ends_with(word));
        match before {
            Some(Role::Area) => Some(Role::Area),
            Some(Role::Unit | Role::Office) => Some(Role::Office),
            None if !self.areas.is_empty() || self.unknown.last().is_some_and(ends) => Some(Role::Area),
            _ => None,
        }
    }

    fn read(&mut self, key: &str, setting: Setting<'_>) {
        let mut rest = key;
        let mut unknown = String::new();
        let by = key.strip_prefix('到').or_else(|| key.strip_prefix('至'));
        self.is_by = by.is_some_and(|rest| period_at(rest).is_some_and(|(period, _)| period.year.is_some()));
        while let Some(first) = rest.chars().next() {
            let named = setting.city.iter().filter(|city| !city.is_empty());
            let city = named.filter_map(|city| rest.strip_prefix(city.as_str())).next();
            if let Some(after) = city {
                self.close(&mut unknown);
                match county(after) {
                    // 湘潭县 is no part of the name 湘潭.
                    Some(beyond) => {
                        self.elsewhere = true;
                        self.areas.extend(rest.get(..rest.len() - beyond.len()).map(str::to_owned));
                        rest = beyond;
                    }
                    None => {
                        self.here = true;
                        rest = after;
                    }
                }
            } else if let Some((period, after)) = period_at(rest) {
                self.close(&mut unknown);
                self.cumulative |= self.is_until;
                self.period(period);
                rest = after;
            } else if let Some((meaning, word, after)) = word_at(rest) {
                // A single character inside an unknown word is part of that word.
                let is_weak = word.chars().count() == 1 && meaning != Meaning::Glue;
                if is_weak && !unknown.is_empty() && !after.is_empty() && !starts_with_mark(after) {
                    unknown.push(first);
                } else {
                    self.close(&mut unknown);
                    // 省级核定 says who settled it, not whose it is.
                    let is_area = matches!(meaning, Meaning::Here | Meaning::Elsewhere);
                    if !(is_area && word.ends_with('级') && is_settled(after)) {
                        self.word(meaning, word);
                    }
                    self.is_until =
                        matches!(word, "截至" | "截止") || (self.is_until && meaning == Meaning::Glue);
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

    fn period(&mut self, period: Timespan) {
        self.tail = Some(Tail::Other);
        if period.cover == YearPart::Unsaid {
            self.periods.push(period);
        } else {
            self.cover = Some(period.cover);
            self.full |= period.cover == YearPart::Whole;
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
                if self.actual.is_some_and(|strength| strength > ActualStrength::Generic) && is_subject(word)
                {
                    self.inner.push(word);
                }
                self.column = Some(role);
                self.column_word = word;
                Tail::Column
            }
            Meaning::Sum => {
                self.sum = true;
                self.cumulative |= word.contains("累计");
                self.actual = self.actual.max(Some(ActualStrength::Weak));
                self.actual_is_last = true;
                Tail::Other
            }
            Meaning::Aside(role) => {
                self.is_mixed |= self.actual.is_some_and(|strength| strength > ActualStrength::Generic);
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
                self.actual_is_last = self.actual_is_last || strength > ActualStrength::Generic;
                if strength == ActualStrength::Generic && self.tail == Some(Tail::Aside) {
                    Tail::Aside
                } else {
                    Tail::Other
                }
            }
            Meaning::State => {
                let reached = self.actual.is_some_and(|strength| strength > ActualStrength::Generic);
                self.actual = self.actual.max(Some(if reached {
                    ActualStrength::Strong
                } else {
                    ActualStrength::Generic
                }));
                if reached {
                    (self.actual_is_last, self.is_mixed) = (true, false);
                }
                Tail::Other
            }
            Meaning::Back(years) => {
                self.says_year |= word.contains('年');
                self.same_part |= word.contains("同期");
                self.back = Some(self.back.map_or(years, |known| known.max(years)));
                Tail::Other
            }
            Meaning::Whole => {
                self.full |= word.contains("全") || word.contains("整");
                self.cover = match self.cover {
                    None | Some(YearPart::December | YearPart::Unsaid) => Some(YearPart::Whole),
                    cover => cover,
                };
                Tail::Other
            }
            Meaning::Part => {
                self.cover = Some(match word {
                    "上半年" | "半年" | "年中" => YearPart::Until(Reach::FirstHalf),
                    "月度" | "日均" | "月均" => YearPart::Part,
                    _ => YearPart::Single(None),
                });
                Tail::Other
            }
            Meaning::Span => {
                self.cover = Some(YearPart::Span);
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

/// Whether a word only says what the table is about: 指标完成情况 is 完成情况.
fn is_subject(word: &str) -> bool {
    word.contains("指标") || word.contains("任务")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_parts_are_named() {
        let city = [];
        let heading = Heading::of("2023年落地数（万元）", Setting { city: &city });
        assert_eq!((heading.unknown, heading.unit), (vec!["落地".to_owned()], Some("万元".to_owned())));
    }
}
