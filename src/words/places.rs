//! What the units that a round compares are called together: cities, counties, parks.

use crate::characters::capitalised;
use crate::finding::Language;
use crate::plan::Level;

/// Words for the units of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceWords {
    /// Of which there are so many: 2个城市, 各城市.
    pub noun: &'static str,
    /// At the head of a column.
    pub head: &'static str,
    /// Behind 各, 本 and 该: 各市, 本市, 该市.
    pub short: &'static str,
    /// Two of them.
    pub two: &'static str,
    /// One of two.
    pub one: &'static str,
    /// Behind the name of one among others of another level.
    pub tag: &'static str,
    /// In English, one of them and several.
    pub english: [&'static str; 2],
}

const NATIONS: PlaceWords = PlaceWords {
    noun: "国家",
    head: "范围",
    short: "国",
    two: "两国",
    one: "一国",
    tag: "国",
    english: ["country", "countries"],
};
const PROVINCES: PlaceWords = PlaceWords {
    noun: "省份",
    head: "省份",
    short: "省",
    two: "两省",
    one: "一省",
    tag: "省",
    english: ["province", "provinces"],
};
const CITIES: PlaceWords = PlaceWords {
    noun: "城市",
    head: "城市",
    short: "市",
    two: "两市",
    one: "一市",
    tag: "市",
    english: ["city", "cities"],
};
const COUNTIES: PlaceWords = PlaceWords {
    noun: "县（市、区）",
    head: "县区",
    short: "县（市、区）",
    two: "两个县（市、区）",
    one: "一个县（市、区）",
    tag: "县",
    english: ["county", "counties"],
};
const PARKS: PlaceWords = PlaceWords {
    noun: "园区",
    head: "园区",
    short: "园区",
    two: "两个园区",
    one: "一个园区",
    tag: "园区",
    english: ["park", "parks"],
};
const DEPARTMENTS: PlaceWords = PlaceWords {
    noun: "部门",
    head: "部门",
    short: "部门",
    two: "两个部门",
    one: "一个部门",
    tag: "部门",
    english: ["department", "departments"],
};
/// Places of several levels.
const AREAS: PlaceWords = PlaceWords {
    noun: "地区",
    head: "地区",
    short: "地区",
    two: "两个地区",
    one: "一个地区",
    tag: "",
    english: ["area", "areas"],
};
/// Places and others.
const ALL: PlaceWords = PlaceWords {
    noun: "评估对象",
    head: "对象",
    short: "对象",
    two: "两个对象",
    one: "一个对象",
    tag: "",
    english: ["body", "bodies"],
};

/// What ends the name of a city, also of one that is a county.
const CITY: char = '市';

impl PlaceWords {
    /// The words for units of these levels and names. A county that is named a city counts as one among cities.
    pub fn of<'a>(units: impl IntoIterator<Item = (Level, &'a str)>) -> Self {
        let units: Vec<(Level, &str)> = units.into_iter().collect();
        let is_city = |(level, name): &(Level, &str)| {
            *level == Level::City || (*level == Level::County && name.ends_with(CITY))
        };
        let is_place = |(level, _): &(Level, &str)| *level <= Level::County;
        match units.first() {
            Some((first, _)) if units.iter().all(|(level, _)| level == first) => Self::of_level(*first),
            _ if units.iter().all(is_city) => CITIES,
            _ if units.iter().all(is_place) => AREAS,
            _ => ALL,
        }
    }

    /// One of them, in English.
    pub fn single(&self) -> &'static str {
        let [one, _] = self.english;
        one
    }

    /// Several of them, in English.
    pub fn plural(&self) -> &'static str {
        let [_, several] = self.english;
        several
    }

    /// What stands at the head of a column of them.
    pub fn head_in(&self, language: Language) -> String {
        language.of(self.head.to_owned(), capitalised(self.single()))
    }

    /// The words for units of one level.
    pub fn of_level(level: Level) -> Self {
        match level {
            Level::Nation => NATIONS,
            Level::Province => PROVINCES,
            Level::City => CITIES,
            Level::County => COUNTIES,
            Level::Park => PARKS,
            Level::Department => DEPARTMENTS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_several_levels_have_a_word_in_common() {
        use Level::{City, County, Department, Park, Province};
        for (units, noun) in [
            (&[(City, "甲市"), (City, "乙州")][..], "城市"),
            (&[(City, "甲市"), (County, "乙市")], "城市"),
            (&[(City, "甲市"), (County, "乙县")], "地区"),
            (&[(County, "甲县"), (County, "乙市")], "县（市、区）"),
            (&[(Province, "甲省"), (City, "乙市")], "地区"),
            (&[(County, "甲县"), (Park, "甲园区")], "评估对象"),
            (&[(Department, "省科技厅")], "部门"),
        ] {
            assert_eq!(PlaceWords::of(units.iter().copied()).noun, noun, "{units:?}");
        }
    }
}
