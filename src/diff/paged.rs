//! The page of a comparison as a whole: what is said before the cities, each city with its index, the causes of figures.

use chrono::Datelike as _;
use serde_json::{Value as Json, json};

use super::index_words;
use super::page::Words;
use super::told::Teller;
use super::{CityDiff, Diff, DiffEnd};
use crate::finding::Language;
use crate::mixture::Which;
use crate::publish::illustrative_label;

impl Words<'_> {
    /// The same with what became of its index.
    fn with_index(&self, city: &CityDiff) -> Json {
        let mut told = self.of_city(city);
        let index = self.diff.index.iter();
        let found = index.flat_map(|index| index.cities.iter().map(move |split| (index, split)));
        for (index, split) in found.filter(|(_, split)| split.city == city.city) {
            let years = (self.diff.before.year, self.diff.after.year);
            let sentence = index_words::sentence(&self.teller, &index.name, split);
            if let Some(paragraphs) = told["paragraphs"].as_array_mut() {
                paragraphs.push(sentence.into());
            }
            if let Some(links) = told["links"].as_array_mut() {
                links.extend(index_words::table(&self.teller, &index.name, split, years));
            }
        }
        told
    }

    fn end(&self, end: &DiffEnd) -> String {
        let figures: String = end.figures.chars().take(16).collect();
        self.say(
            format!("{}年{}（数字指纹{figures}…）", end.year, end.edition),
            format!("{} {} (figures {figures}…)", end.year, end.edition),
        )
    }

    /// What is said before the cities.
    fn paragraphs(&self) -> Vec<String> {
        let ((count, words), common) = (self.diff.counted(), self.diff.cities.len());
        let mut paragraphs = vec![if self.diff.is_none() {
            self.say("没有不同。", "Nothing differs.")
        } else {
            self.say(
                format!("两边都参加评估的有{common}个，它们刊出的数字变了{count}个，判定和等次变了{words}处。"),
                format!("{common} are in both; of them {count} printed figures changed, and {words} verdicts and grades."),
            )
        }];
        for (which, chinese, english) in
            [(Which::Before, "只在改前", "Only before"), (Which::After, "只在改后", "Only after")]
        {
            let alone = self.diff.alone.iter().filter(|(one, _)| *one == which);
            let names: Vec<&str> = alone.map(|(_, name)| name.as_str()).collect();
            if !names.is_empty() {
                paragraphs.push(self.say(
                    format!("{chinese}：{}。", names.join("、")),
                    format!("{english}: {}.", names.join(", ")),
                ));
            }
        }
        if self.diff.catalogue_is_tied {
            paragraphs.push(self.say(
                "两边的方案不能用对方的指标目录读取，目录的影响并入目标。",
                "Neither plan can be read with the other catalogue: what the catalogue does is told with the targets.",
            ));
        }
        paragraphs.extend(self.diff.index.iter().map(|index| index_words::paragraph(&self.teller, index)));
        let unexplained = self.diff.unexplained().count();
        if unexplained > 0 {
            paragraphs.push(self.say(
                format!("{unexplained}个数字来处相同而数字不同，请报告，见diff.json。"),
                format!("{unexplained} figures differ though their origins do not: please report them, see diff.json."),
            ));
        }
        paragraphs
    }
}

impl Diff {
    /// The model of the page.
    pub fn page(&self, language: Language) -> Json {
        let words = Words { diff: self, teller: Teller { language } };
        let title = if self.before.year == self.after.year {
            words.say("与上一版相比", "Compared with the edition before")
        } else {
            words.say("与上年相比", "Compared with the year before")
        };
        let (was, is) = (words.end(&self.before), words.end(&self.after));
        let label = illustrative_label(self.is_illustrative);
        let date = self.report_date;
        json!({
            "lang": words.say("zh", "en"),
            "properties": {
                "title": title, "subtitle": format!("{was}→{is}"), "issuer": self.issuer,
                "date": { "year": date.year(), "month": date.month(), "day": date.day() },
                "keywords": label.into_iter().collect::<Vec<_>>(), "illustrative_label": label,
            },
            "title": title,
            "subtitle": [was, format!("→ {is}")],
            "paragraphs": words.paragraphs(),
            "cities": self.cities.iter().map(|city| words.with_index(city)).collect::<Vec<_>>(),
            "causes_heading": words.say("变了的数字", "Changed figures"),
            "causes": words.causes(),
        })
    }
}
