//! What `new-round` did, on the terminal: 沿用, 待填, 未沿用.

use serde_json::json;

use super::args::Format;
use super::render::Printer;
use crate::finding::Language;
use crate::next_round::{Carried, Left, NextRound, Order};
use crate::shown;

impl Printer {
    /// What the new round has of the old one, what is open in it, and what stays with the old one.
    pub(super) fn next_round(&self, order: &Order, made: &NextRound) {
        let language = self.language;
        let carried: Vec<String> = made.carried.iter().map(|one| carried(one, language)).collect();
        let left: Vec<String> = made.left.iter().map(|one| left_words(one, language)).collect();
        let open: Vec<String> = made
            .to_fill
            .iter()
            .map(|file| {
                let path = shown::path(&order.to.join(&file.file));
                let colon = if language == Language::Chinese { "：" } else { ": " };
                format!("{path}{colon}{}", open(&file.places, language))
            })
            .collect();
        if self.format == Format::Json {
            let period = made.period.to_string();
            self.json(&json!({ "round": order.to, "period": period, "carried": carried, "to_fill": open, "left": left }));
            return;
        }
        let (to, period) = (shown::path(&order.to), made.period);
        let (head, heads) = match language {
            Language::Chinese => (format!("已拟出{period}轮次“{to}”。"), ["沿用", "待填", "未沿用"]),
            Language::English => {
                (format!("The round {period} is in {to}."), ["carried", "to fill in", "not carried"])
            }
        };
        self.line(&head);
        for (head, items) in heads.into_iter().zip([carried, open, left]) {
            for item in items {
                self.line(&format!("{head}  {item}"));
            }
        }
    }
}

/// Lines named one by one for a key.
const MOST_LINES: usize = 5;

/// The keys that are open, each with its lines.
fn open(places: &[(usize, String)], language: Language) -> String {
    let mut keys: Vec<(&str, Vec<usize>)> = Vec::new();
    for (line, key) in places {
        match keys.iter_mut().find(|(known, _)| known == key) {
            Some((_, lines)) => lines.push(*line),
            None => keys.push((key, vec![*line])),
        }
    }
    let words = |(key, lines): &(&str, Vec<usize>)| {
        let (first, last) = (lines.first().unwrap_or(&0), lines.last().unwrap_or(&0));
        let all = lines.iter().map(usize::to_string).collect::<Vec<_>>();
        let is_long = lines.len() > MOST_LINES;
        match language {
            Language::Chinese if is_long => format!("{key} {}处（第{first}—{last}行）", lines.len()),
            Language::Chinese => format!("{key}（第{}行）", all.join("、")),
            Language::English if is_long => format!("{key} ({} lines, {first}–{last})", lines.len()),
            Language::English => format!("{key} (line {})", all.join(", ")),
        }
    };
    keys.iter().map(words).collect::<Vec<_>>().join(if language == Language::Chinese { "、" } else { ", " })
}

fn carried(one: &Carried, language: Language) -> String {
    let chinese = language == Language::Chinese;
    match one {
        Carried::Parameters(keys) if chinese => format!("round.toml：{}", keys.join("、")),
        Carried::Parameters(keys) => format!("round.toml: {}", keys.join(", ")),
        Carried::Cities(count) if chinese => format!("城市{count}个"),
        Carried::Cities(count) => format!("{count} cities"),
        Carried::Weights(count) if chinese => format!("权重{count}条，请确认"),
        Carried::Weights(count) => format!("{count} weights, please confirm"),
        Carried::Index(places) => index(places, language),
        Carried::BaseYears(count) if chinese => format!("基年{count}条，确认后删去confirm"),
        Carried::BaseYears(count) => format!("{count} base years: delete confirm when confirmed"),
        Carried::Previous(outputs) if chinese => format!("[[previous]]：{}", outputs.join("、")),
        Carried::Previous(outputs) => format!("[[previous]]: {}", outputs.join(", ")),
        Carried::Plan(city) if chinese => format!("{city}/plan.toml：方案含本年度目标，原样复制"),
        Carried::Plan(city) => format!("{city}/plan.toml: it has targets for the year, copied as it is"),
        Carried::Draft { city, rows } if chinese => {
            format!(
                "{city}/plan.toml：方案没有本年度目标，拟成草稿（单位别名、分组和{rows}项指标，不含目标、任务和正文目标）"
            )
        }
        Carried::Draft { city, rows } => {
            format!("{city}/plan.toml: a draft ({rows} rows, units and groups; no targets, tasks, prose)")
        }
        Carried::Published { city, known, unknown, earlier } => {
            published(city.as_str(), *known, *unknown, *earlier, chinese)
        }
    }
}

/// `index.toml`, and what of it is to be looked at.
fn index(places: &[(usize, String)], language: Language) -> String {
    let places = open(places, language);
    match (language, places.is_empty()) {
        (Language::Chinese, true) => "index.toml：综合指数的做法，原样复制".to_owned(),
        (Language::English, true) => "index.toml: how the composite index is made, as it was".to_owned(),
        (Language::Chinese, false) => {
            format!("index.toml：综合指数的做法，原样复制；请核对是否仍适用：{places}")
        }
        (Language::English, false) => {
            format!(
                "index.toml: how the composite index is made, as it was; look whether these still hold: {places}"
            )
        }
    }
}

fn published(city: &str, known: usize, unknown: usize, earlier: usize, chinese: bool) -> String {
    let mut words = match chinese {
        true => format!("{city}/published.csv：上年发布数{known}项"),
        false => format!("{city}/published.csv: {known} published values"),
    };
    if unknown > 0 {
        words.push_str(&match chinese {
            true => format!("，当年未能核定、值留空的{unknown}项"),
            false => format!(", {unknown} unknown, left empty with the reason"),
        });
    }
    if earlier > 0 {
        words.push_str(&match chinese {
            true => format!("，以前年度{earlier}行"),
            false => format!(", {earlier} lines of years before"),
        });
    }
    words
}

/// Sections of decisions in words.
const SECTIONS: [(&str, &str, &str); 8] = [
    ("[[preference]]", "取数决定", "choices of sources"),
    ("[[decision]]", "其他决定", "other decisions"),
    ("[[veto]]", "等次限制", "limits on grades"),
    ("[[benchmark]]", "对照值", "benchmarks"),
    ("[[waiver]]", "豁免", "waivers"),
    ("[form]", "报表表号等", "head of forms"),
    ("[[weight]]", "权重", "weight"),
    ("[[base_year]]", "基年", "base year"),
];

fn section(name: &str, chinese: bool) -> &str {
    let found = SECTIONS.iter().find(|(known, ..)| *known == name);
    found.map_or(name, |(_, word, english)| if chinese { word } else { english })
}

fn left_words(one: &Left, language: Language) -> String {
    let chinese = language == Language::Chinese;
    match one {
        Left::Decided(name, count) if chinese => format!("{}{count}条：只对当年有效", section(name, true)),
        Left::Decided(name, count) => format!("{} ({count}): of that year only", section(name, false)),
        Left::DraftsAllowed if chinese => "allow_drafts：是否评估未生效的方案，由新轮次另定".to_owned(),
        Left::DraftsAllowed => "allow_drafts: to be decided anew".to_owned(),
        Left::NoTarget(name, city, no) => {
            let city = city.as_ref().map_or("", |city| city.as_str());
            let (name, space) = (section(name, chinese), if city.is_empty() { "" } else { " " });
            match chinese {
                true => format!("{name} {city}{space}{no}：本年度没有这项目标"),
                false => format!("{name} {city}{space}{no}: no such target in the year"),
            }
        }
        Left::File(path) => path.clone(),
        Left::Folder(path, count) if chinese => format!("{path}/（文件{count}个）"),
        Left::Folder(path, count) => format!("{path}/ ({count} files)"),
        Left::Link(path) if chinese => format!("{path}：链接，未复制"),
        Left::Link(path) => format!("{path}: a link, not copied"),
        Left::Published(city) if chinese => {
            format!("{city}：没有上年发布数；用 --published 指定已发布的输出")
        }
        Left::Published(city) => format!("{city}: no published values; name the output with --published"),
    }
}
