//! Numerals by words of the places at which they stand.

use std::collections::BTreeMap;

use super::ledger::{LedgerFolder, PrintedAt};
use super::names::CityNames;
use super::spelling;
use crate::error::RunError;

/// How figures are asked for.
pub(super) const WAYS_TO_ASK: &str = "写法如湘潭/22/完成率、湘潭/合计、湘潭/单位/市科技局、市科技局/专页/请办/1、附表1-1/22/完成率、步骤的名字xiangtan/22/fact";

/// The numerals whose places have all the words that were asked for, a city by any of its names; one word alone is too little.
pub(super) fn near(
    output: &LedgerFolder,
    text: &str,
    cities: &BTreeMap<String, CityNames>,
) -> Result<Vec<PrintedAt>, RunError> {
    let words: Vec<&str> = text.split(['/', ' ']).filter(|word| !word.is_empty()).collect();
    if words.len() < 2 {
        return Ok(Vec::new());
    }
    let named = |word: &&str| -> Vec<String> {
        let is_it = |(slug, city): &(&String, &CityNames)| {
            [slug.as_str(), &city.short, &city.name].iter().any(|name| spelling::plain(name) == *word)
        };
        let city = cities.iter().find(is_it);
        city.map_or_else(
            || vec![(*word).to_owned()],
            |(slug, city)| vec![slug.clone(), spelling::plain(&city.short), spelling::plain(&city.name)],
        )
    };
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    // A number stands right behind what it is the number of.
    let all: Vec<(Vec<String>, Option<&str>)> = (0..)
        .zip(&words)
        .filter(|(at, word)| *at == 0 || !is_number(word))
        .map(|(at, word)| (named(word), words.get(at + 1).copied().filter(|next| is_number(next))))
        .collect();
    output.printed_where(|place| {
        let place = spelling::plain(place);
        let parts: Vec<&str> = place.split('/').collect();
        all.iter().all(|(names, number)| {
            (0..).zip(&parts).any(|(at, part): (usize, _)| {
                names.iter().any(|name| if is_number(name) { part == name } else { part.contains(name) })
                    && number.is_none_or(|number| parts.get(at + 1) == Some(&number))
            })
        })
    })
}

/// Places of numerals, the first of many.
pub(super) fn some_places(all: &[PrintedAt]) -> String {
    const MOST: usize = 30;
    let mut named: Vec<String> =
        all.iter().take(MOST).map(|one| format!("{}＝{}", one.place, one.text)).collect();
    if all.len() > MOST {
        named.push("……".to_owned());
    }
    named.join("、")
}
