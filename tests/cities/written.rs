//! The files of a round: catalogue, plans with their source, workbooks with their register, answers.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::answers::{Answer, City, Told, city, ranks};
use super::books;
use super::draw::{short_name, slug};
use super::rows::{Judged, Row, TASKS, UNITS, rows, text};

/// Writes a round of so many cities below a folder.
pub(crate) fn round(to: &Path, count: usize, seed: u64) {
    let put = |name: &str, text: &str| {
        let path = to.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put("catalogue.toml", &catalogue());
    put("sources/plan.txt", &source());
    put("2023/round.toml", &settings(count));
    let cities: Vec<City> = (0..count)
        .into_par_iter()
        .map(|number| {
            let city = city(seed, number);
            let (slug, name) = (slug(number), format!("{}市", short_name(number)));
            put(&format!("2023/{slug}/plan.toml"), &plan(&slug, &name));
            let folder = to.join("2023").join(&slug).join("submissions");
            fs::create_dir_all(&folder).unwrap();
            let mut register = "文件,收到时间\n".to_owned();
            for (unit, called) in UNITS.iter().enumerate() {
                books::write(&folder.join(format!("{called}.xlsx")), &name, unit, &city);
                // One of fifty is late, and counts all the same.
                let day = if (number * 12 + unit) % 50 == 49 { 17 } else { 8 + unit % 7 };
                writeln!(register, "{called}.xlsx,2024-01-{day:02} 09:{unit:02}").unwrap();
            }
            put(&format!("2023/{slug}/received.csv"), &register);
            city
        })
        .collect();
    put("answers.csv", &by_row(&cities));
    put("answers-cities.csv", &by_city(&cities));
}

fn by_row(cities: &[City]) -> String {
    let mut out = "city,no,indicator,value,unit,state,met\n".to_owned();
    for (number, city) in cities.iter().enumerate() {
        for ((at, row), answer) in rows().iter().enumerate().zip(&city.answers) {
            let met = answer.met.map(|met| met.to_string()).unwrap_or_default();
            let (no, value) = (at + 1, value(row, answer));
            let line =
                [&slug(number), &no.to_string(), row.id, &value, row.unit, answer.state, &met].join(",");
            writeln!(out, "{line}").unwrap();
        }
    }
    out
}

/// What holds, in the plan's unit, or is shown though it is not judged; nothing where units disagree.
fn value(row: &Row, answer: &Answer) -> String {
    match answer.told {
        Told::Value(value)
        | Told::Text(value)
        | Told::Smaller(value)
        | Told::Late(value)
        | Told::FarOff(value) => text(value, row.places),
        Told::Presence(has) => if has { "有" } else { "无" }.to_owned(),
        Told::Disagreed(..) | Told::Blank => String::new(),
    }
}

fn by_city(cities: &[City]) -> String {
    let mut out = "city,name,met,assessable,total,rank,tied,tasks_done\n".to_owned();
    for (number, (city, rank)) in cities.iter().zip(ranks(cities)).enumerate() {
        let rank = rank.map_or_else(|| ",false".to_owned(), |(place, tied)| format!("{place},{tied}"));
        let done = city.tasks.iter().filter(|state| **state == "完成").count();
        let (slug, name, total) = (slug(number), short_name(number), city.answers.len());
        writeln!(out, "{slug},{name}市,{},{},{total},{rank},{done}", city.met, city.assessable).unwrap();
    }
    out
}

fn direction(row: &Row) -> (&'static str, &'static str) {
    match row.judged {
        Judged::Presence => ("none", "boolean"),
        Judged::AtMost => ("lower", "intensity"),
        _ if row.unit == "%" => ("higher", "ratio"),
        _ => ("higher", "flow"),
    }
}

fn catalogue() -> String {
    let mut out = "[[dimension]]\nid = \"innovation\"\nname = \"创新\"\n".to_owned();
    for row in rows() {
        let (direction, measure) = direction(&row);
        let Row { id, name, short, unit, places, .. } = row;
        write!(
            out,
            "\n[[indicator]]\nid = \"{id}\"\nname = \"{name}\"\nshort = \"{short}\"\nunit = \"{unit}\"\ndirection = \"{direction}\"\nmeasure = \"{measure}\"\ndecimals = {places}\ndimension = \"innovation\"\n"
        )
        .unwrap();
    }
    out
}

/// A target as it is printed.
fn target(row: &Row) -> String {
    match row.judged {
        Judged::Presence => "有".to_owned(),
        Judged::Range(high) => format!("{}—{}", text(row.target, row.places), text(high, row.places)),
        _ => text(row.target, row.places),
    }
}

/// The document that all plans cite: three lines for each row (name, last value, target), then one for each task.
fn source() -> String {
    let mut out = "年度实施方案（示例，虚构）\n附表：指标\n".to_owned();
    for row in rows() {
        let past = text(row.past, row.places);
        writeln!(out, "{}（{}）\n{past}\n{}", row.name, row.unit, target(&row)).unwrap();
    }
    for (at, task) in TASKS.iter().enumerate() {
        writeln!(out, "{}. {task}。（{}）", at + 1, UNITS[at]).unwrap();
    }
    out
}

fn plan(slug: &str, name: &str) -> String {
    let short = name.trim_end_matches('市');
    let mut out = format!(
        "[plan]\nid = \"{slug}-2023\"\ncity = \"{slug}\"\nname = \"{name}\"\nshort = \"{short}\"\nlevel = \"city\"\ntitle = \"{name}创新型城市建设2023年实施方案\"\nscope = \"附表列{rows}项指标\"\nstatus = \"in_force\"\nyears = [2023]\nbaseline_year = 2022\nrow_units = \"data\"\noffice = \"市创新办\"\nsource = \"sources/plan.txt\"\n\n[[group]]\nname = \"创新\"\nline = \"2\"\n",
        rows = rows().len()
    );
    for (at, row) in rows().iter().enumerate() {
        let line = 3 + 3 * at;
        let units: Vec<String> = row.units.iter().map(|unit| format!("\"{}\"", UNITS[*unit])).collect();
        write!(
            out,
            "\n[[indicator]]\nno = \"{}\"\nid = \"{}\"\nname = \"{}\"\nunit = \"{}\"\ngroup = \"创新\"\ndata_units = [{}]\nline = \"{line}\"\n",
            at + 1,
            row.id,
            row.name,
            row.unit,
            units.join(", ")
        )
        .unwrap();
        if row.judged != Judged::Presence {
            let past = text(row.past, row.places);
            write!(out, "[[indicator.value]]\nyear = 2022\nvalue = \"{past}\"\nline = \"{}\"\n", line + 1)
                .unwrap();
        }
        let (quote, low) = (target(row), text(row.target, row.places));
        let asked = match row.judged {
            Judged::Range(high) => {
                format!("kind = \"range\"\nlow = \"{low}\"\nhigh = \"{}\"", text(high, row.places))
            }
            Judged::Above => format!("op = \">\"\nvalue = \"{quote}\""),
            _ => format!("value = \"{quote}\""),
        };
        write!(
            out,
            "[[indicator.target]]\nyear = 2023\n{asked}\nline = \"{}\"\nquote = \"{quote}\"\n",
            line + 2
        )
        .unwrap();
    }
    let first = 3 + 3 * rows().len();
    write!(out, "\n[[task_group]]\nno = \"1\"\nname = \"重点任务\"\nline = \"{first}\"\n").unwrap();
    for (at, task) in TASKS.iter().enumerate() {
        let (no, line, unit) = (at + 1, first + at, UNITS[at]);
        write!(
            out,
            "\n[[task]]\nno = \"{no}\"\ngroup = \"1\"\ntitle = \"{task}\"\ntext = \"{task}。\"\nlead = [\"{unit}\"]\nresponsible = []\nline = \"{line}\"\n"
        )
        .unwrap();
    }
    out
}

fn settings(count: usize) -> String {
    let slugs: Vec<String> = (0..count).map(|number| format!("\"{}\"", slug(number))).collect();
    format!(
        r#"[round]
year = 2023
period = "2023-annual"
edition = "快报"
title = ["创新型城市建设", "年度评估报告（生成）"]
issuer = "示例统计局（虚构）"
report_date = 2024-01-31
deadline = 2024-01-15
cut_off = 2024-01-20
answer_by = 2024-02-05
measures_by = 2024-02-29
illustrative = true
cities = [{}]

[method]
nearly = "95"
exceeded = "105"
cap = "100"
minimum_coverage = "66.7"
about_tolerance = "5"
bar_span = "15"
grades = ["90", "80", "60"]
"#,
        slugs.join(", ")
    )
}
