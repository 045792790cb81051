//! Makes the sample submissions of `input/2023`, its parts `input/2023-H1` and `input/2023-Q3`, and `input/2025` from `tests/samples/*.toml` and the plans.
//!
//! `cargo run --example samples -- input` writes one workbook per reporting unit and the register of receipts of each
//! city. Figures that the TOML files do not give are drawn near their targets with a fixed seed, so that the contents
//! repeat. Some are then saved again by LibreOffice (`soffice`) as `.xls`, `.ods` and `.xlsx`; without it
//! they stay as they are, and a line says so.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::arithmetic_side_effects,
    reason = "a tool for developers that may fail loudly"
)]

mod form;

use std::path::Path;

use duibiao::inputs::Inputs;
use duibiao::period::Period;
use duibiao::plan::{Catalogue, Goal, Indicator, PaceMethod, Plan};
use form::{Form, Line, TaskLine};
use rust_decimal::Decimal;
use serde::Deserialize;

#[derive(Deserialize)]
struct Samples {
    seed: u64,
    year: i32,
    /// The part of the year; the whole where it is left out.
    #[serde(default = "whole")]
    period: String,
    value: Vec<Value>,
    workbook: Vec<Workbook>,
}

#[derive(Deserialize, Clone)]
struct Value {
    city: String,
    no: String,
    unit: Option<String>,
    raw: String,
    #[serde(default)]
    text: bool,
    report_unit: Option<String>,
    previous: Option<String>,
    data_year: Option<i32>,
    vintage: Option<String>,
    evidence: Option<String>,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize, Clone)]
struct Workbook {
    city: String,
    unit: String,
    version: Option<u32>,
    received: Option<String>,
    shift: Option<String>,
    save_as: Option<String>,
    /// Nothing came of it.
    #[serde(default)]
    absent: bool,
}

fn whole() -> String {
    "annual".to_owned()
}

impl Samples {
    fn period(&self) -> Period {
        Period::parse(&format!("{}-{}", self.year, self.period)).unwrap()
    }

    /// Year and month in which it is reported.
    fn reported_in(&self) -> (i32, u32) {
        match self.period() {
            period if period.is_annual() => (self.year + 1, 1),
            period => (self.year, period.reach().last_month() + 1),
        }
    }
}

fn main() {
    let input = std::env::args().nth(1).unwrap_or_else(|| "input".to_owned());
    let input = Path::new(&input);
    let catalogue = Catalogue::load(&Inputs::default(), &input.join("catalogue.toml")).unwrap();
    let rounds: [(&str, &[&str]); 4] = [
        ("2023", &["xiangtan", "qianjiang"]),
        ("2023-H1", &["xiangtan"]),
        ("2023-Q3", &["xiangtan"]),
        ("2025", &["qianjiang", "hengyang"]),
    ];
    for (year, cities) in rounds {
        let text = std::fs::read_to_string(format!("tests/samples/{year}.toml")).unwrap();
        let samples: Samples = toml::from_str(&text).unwrap();
        for city in cities {
            let folder = input.join(year).join(city);
            let plan = duibiao::plan::load(&Inputs::default(), &folder.join("plan.toml"), &catalogue, input)
                .unwrap();
            make_city(&plan, &samples, &folder);
        }
    }
}

fn make_city(plan: &Plan, samples: &Samples, folder: &Path) {
    let submissions = folder.join("submissions");
    let _ = std::fs::remove_dir_all(&submissions);
    std::fs::create_dir_all(&submissions).unwrap();
    let mut register = String::from("\u{feff}文件,收到时间,登记人\n");
    for (index, unit) in plan.reporting_units(samples.year).iter().enumerate() {
        let of_unit = |workbook: &&Workbook| workbook.city == plan.city.as_str() && *unit == *workbook.unit;
        let mut versions: Vec<Workbook> = samples.workbook.iter().filter(of_unit).cloned().collect();
        if versions.is_empty() {
            versions.push(Workbook {
                city: String::new(),
                unit: unit.to_string(),
                version: None,
                received: None,
                shift: None,
                save_as: None,
                absent: false,
            });
        }
        let form = fill(plan, samples, unit.as_str());
        for workbook in versions.into_iter().filter(|workbook| !workbook.absent) {
            let day = 8 + index % 7;
            let received = workbook.received.clone().unwrap_or_else(|| {
                let (year, month) = samples.reported_in();
                format!("{year}-{month:02}-{day:02} {:02}:{:02}", 8 + index % 9, index * 7 % 60)
            });
            let version = workbook.version.map_or_else(String::new, |version| format!("_v{version}"));
            let period = samples.period();
            let what = if period.is_annual() { "年报" } else { period.reach().chinese() };
            let name = format!("{unit}_{what}{version}.xlsx");
            let mut form = form.clone();
            form.version = workbook.version.unwrap_or(1);
            form.filled_on = received.split(' ').next().unwrap().to_owned();
            if let Some(shift) = &workbook.shift {
                form.shift(shift.parse().unwrap());
            }
            let path = submissions.join(&name);
            form.write(&path);
            let name = save_as(&path, workbook.save_as.as_deref());
            register.push_str(&format!("{name},{received},示例登记员\n"));
        }
    }
    std::fs::write(folder.join("received.csv"), register).unwrap();
}

fn fill(plan: &Plan, samples: &Samples, unit: &str) -> Form {
    let mut evidence = Vec::new();
    let mut lines = Vec::new();
    let indicators: Vec<&Indicator> =
        plan.indicators_of(samples.year).filter(|row| row.reporters.iter().any(|one| one == unit)).collect();
    for indicator in indicators {
        let given = samples.value.iter().find(|value| {
            value.city == plan.city.as_str()
                && indicator.no == *value.no
                && value.unit.as_deref().is_none_or(|named| named == unit)
        });
        let value = given.cloned().unwrap_or_else(|| drawn(plan, indicator, samples));
        let reference = value.evidence.clone().unwrap_or_else(|| {
            if value.raw.is_empty() {
                return String::new();
            }
            let no = format!("Z{}", evidence.len() + 1);
            evidence.push([no.clone(), format!("{}数据表（示例）", indicator.short)]);
            no
        });
        lines.push(Line {
            no: indicator.no.to_string(),
            name: indicator.name.clone(),
            unit: value.report_unit.unwrap_or_else(|| indicator.unit.text().to_owned()),
            previous: value.previous.unwrap_or_else(|| {
                let past = indicator.past_of(samples.year - 1).filter(|_| samples.period().is_annual());
                past.map_or_else(String::new, |past| past.text.clone())
            }),
            raw: value.raw,
            text: value.text || indicator.is_qualitative(),
            vintage: value.vintage.unwrap_or_else(|| "实际".to_owned()),
            data_year: value.data_year.unwrap_or(samples.year),
            evidence: reference,
            note: value.note,
        });
    }
    let tasks = task_lines(plan, samples, unit, &mut evidence);
    Form {
        city: plan.name.clone(),
        unit: unit.to_owned(),
        period: samples.period(),
        reported_in: samples.reported_in(),
        version: 1,
        filled_on: String::new(),
        lines,
        tasks,
        evidence,
    }
}

/// The tasks that a unit leads, with drawn states; those done get a piece of evidence.
fn task_lines(plan: &Plan, samples: &Samples, unit: &str, evidence: &mut Vec<[String; 2]>) -> Vec<TaskLine> {
    let mut tasks = Vec::new();
    for task in plan.tasks.iter().filter(|task| plan.task_reporters(task).iter().any(|one| one == unit)) {
        let mut draw = Draw::of(plan, samples, task.no.as_str());
        let state = ["完成", "完成", "完成", "推进中", "推进中", "未启动"][draw.below(6)];
        // Targets are drawn near what is asked for, so the tasks that they belong to have begun.
        let has_targets = plan.targets_in(&task.no).next().is_some();
        let state = if has_targets && state == "未启动" { "推进中" } else { state };
        let mut reference = String::new();
        if state == "完成" {
            reference = format!("Z{}", evidence.len() + 1);
            evidence.push([reference.clone(), format!("任务{}工作总结（示例）", task.no)]);
        }
        let progress = match state {
            "完成" if !samples.period().is_annual() => "已办结（示例）",
            "完成" => "已完成（示例）",
            "推进中" => "推进中（示例）",
            _ => "列入下年（示例）",
        };
        tasks.push(TaskLine {
            no: task.no.to_string(),
            title: task.title.clone(),
            state: state.to_owned(),
            progress: progress.to_owned(),
            evidence: reference,
        });
    }
    tasks
}

/// A value near the target, with the target's digits.
fn drawn(plan: &Plan, indicator: &Indicator, samples: &Samples) -> Value {
    let mut draw = Draw::of(plan, samples, indicator.no.as_str());
    let goal = indicator.targets_of(samples.year).first().map(|target| target.goal.clone());
    let near = |value: &duibiao::plan::Written, draw: &mut Draw| {
        let factor = Decimal::new(900 + i64::try_from(draw.below(200)).unwrap(), 3);
        let cap =
            indicator.unit.is_share() && !matches!(goal, Some(Goal::Growth(..) | Goal::AverageGrowth(..)));
        let places = value.places().max(u32::from(value.value < Decimal::TEN && !indicator.unit.is_count()));
        // Within a year so much of what comes together over it is due.
        let is_part = !samples.period().is_annual() && indicator.pace_method() == PaceMethod::Sum;
        let months = Decimal::from(samples.period().reach().last_month());
        let due = if is_part { months / Decimal::from(12) } else { Decimal::ONE };
        let drawn = value.value * factor * due;
        duibiao::rounding::fixed(if cap { drawn.min(Decimal::ONE_HUNDRED) } else { drawn }, places)
    };
    let raw = match &goal {
        Some(
            Goal::Level(_, value)
            | Goal::Growth(_, value)
            | Goal::AverageGrowth(_, value, _)
            | Goal::Increment(_, value, _)
            | Goal::Rank(_, value)
            | Goal::RankChange(_, value)
            | Goal::Coverage(_, value)
            | Goal::Multiple(_, value, _),
        ) => near(value, &mut draw),
        Some(Goal::Range(low, _) | Goal::Interval(low, ..)) => low.text.clone(),
        Some(Goal::Qualitative(_) | Goal::Milestone(..)) => "有".to_owned(),
        Some(Goal::Magnitude(words)) => {
            let order = if words.contains('千') { 1000 } else { 100 };
            duibiao::rounding::fixed(Decimal::from(order * (90 + draw.below(20))) / Decimal::ONE_HUNDRED, 1)
        }
        Some(Goal::Relative(..)) => duibiao::rounding::fixed(Decimal::new(300 + draw.below(20) as i64, 2), 2),
        Some(Goal::Undefined(_)) | None => String::new(),
    };
    Value {
        city: plan.city.as_str().to_owned(),
        no: indicator.no.to_string(),
        unit: None,
        raw,
        text: false,
        report_unit: None,
        previous: None,
        data_year: None,
        vintage: None,
        evidence: None,
        note: String::new(),
    }
}

/// Saves a workbook again with LibreOffice and returns the name of the file that is left.
fn save_as(path: &Path, format: Option<&str>) -> String {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let Some(format) = format else { return name };
    let extension = format.rsplit('.').next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let done = std::process::Command::new("soffice")
        .args(["--headless", "--convert-to", extension, "--outdir"])
        .arg(folder.path())
        .arg(path)
        .output();
    let saved = folder.path().join(&name).with_extension(extension);
    if done.is_err() || !saved.exists() {
        eprintln!("{name}: soffice is not installed, kept as it is");
        return name;
    }
    std::fs::remove_file(path).unwrap();
    let target = path.with_extension(extension);
    std::fs::copy(saved, &target).unwrap();
    target.file_name().unwrap().to_string_lossy().into_owned()
}

/// A small generator of numbers with a fixed seed (a linear congruence; quality does not matter here).
struct Draw(u64);

impl Draw {
    /// The same for every unit that reports the same thing.
    fn of(plan: &Plan, samples: &Samples, no: &str) -> Self {
        let name = format!("{}/{no}", plan.id);
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let mut draw = Self(name.bytes().fold(0xcbf2_9ce4_8422_2325 ^ samples.seed, mix));
        draw.below(2);
        draw
    }

    fn below(&mut self, bound: u64) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % bound).unwrap()
    }
}
