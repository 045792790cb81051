//! What the sheets of the results workbook show: words and names in the place of keys and slugs.
//!
//! Numbers are shown with as many digits behind the point as the plan's target has, and with more where the value has more.

use std::collections::BTreeMap;

use super::super::table::{Cell, Kind, Table};
use super::super::tables;
use crate::assess::{Assessment, State};
use crate::evaluation::{CityEvaluation, DecisionKind, Evaluation, HumanDecision, InputRole};
use crate::finding::{Finding, Language};
use crate::plan::Grade;
use crate::quantity::Value;
use crate::rounding::{fixed, percent, plain};
use crate::words::{kind_of_decision, no_verdict};

/// A sheet.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) name: &'static str,
    /// Words and width of each column, in characters.
    pub(super) heads: Vec<(&'static str, u8)>,
    /// How many columns stay in sight.
    pub(super) fixed: u16,
    pub(super) rows: Vec<Vec<Shown>>,
}

/// What a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    Nothing,
    Text(String),
    /// The digits of a number, and how many behind the point are shown.
    Number(String, usize),
    /// Words that lead to a row of a sheet, counted from zero.
    Link(String, &'static str, u32),
}

impl Shown {
    /// The words or digits that it shows.
    pub(super) fn words(&self) -> &str {
        match self {
            Self::Nothing => "",
            Self::Text(words) | Self::Number(words, _) | Self::Link(words, ..) => words,
        }
    }
}

const TARGETS: &str = "指标";
const FINDINGS: &str = "核实清单";
const RECEIVED: &str = "收件登记";

/// The sheets in their order: the first tells how it went.
pub(super) fn sheets(evaluation: &Evaluation, tables: &[Table]) -> Vec<Sheet> {
    let all = Index::of(evaluation);
    let mut sheets = vec![
        overview(evaluation, &all),
        targets(evaluation, &all),
        tasks(evaluation, &all),
        units(evaluation),
        findings(&all),
        of_table(&all, tables, "submissions", RECEIVED, SUBMISSIONS),
        of_table(&all, tables, "evidence", "佐证清单", EVIDENCE),
        decisions(evaluation, &all),
        of_table(&all, tables, "restatements", "上年数修订", RESTATEMENTS),
        of_table(&all, tables, "signoff", "签审", SIGNED),
    ];
    // The first one is there whatever it has.
    let mut at = 0;
    sheets.retain(|sheet| {
        at += 1;
        at == 1 || !sheet.rows.is_empty()
    });
    sheets
}

/// Where rows are that others lead to.
struct Index<'a> {
    /// Short names of cities.
    names: BTreeMap<&'a str, &'a str>,
    /// The findings that are told, by city and unit.
    findings: Vec<&'a Finding>,
    /// Codes about an object of a city, with the row of the first.
    codes: BTreeMap<(&'a str, String), (Vec<&'static str>, u32)>,
    /// The rows of workbooks.
    files: BTreeMap<&'a str, u32>,
    /// The first target of a city.
    targets: BTreeMap<&'a str, u32>,
}

impl<'a> Index<'a> {
    fn of(evaluation: &'a Evaluation) -> Self {
        let mut all = Self {
            names: BTreeMap::new(),
            findings: evaluation.told().collect(),
            codes: BTreeMap::new(),
            files: BTreeMap::new(),
            targets: BTreeMap::new(),
        };
        let mut places = BTreeMap::new();
        let (mut file, mut target) = (0_u32, 0_u32);
        for (at, city) in evaluation.cities.iter().enumerate() {
            let slug = city.plan.city.as_str();
            places.insert(slug, at);
            all.names.insert(slug, &city.plan.short);
            all.targets.insert(slug, target);
            target = count(target, city.assessments.len());
            for submission in &city.collected.submissions {
                all.files.insert(&submission.file, file);
                file = count(file, 1);
            }
        }
        all.findings.sort_by_key(|one| (places.get(one.subject.city.as_str()), one.unit_words()));
        for (row, one) in (0..).zip(&all.findings) {
            let key = (one.subject.city.as_str(), one.subject.object.to_string());
            let (codes, _) = all.codes.entry(key).or_insert((Vec::new(), row));
            if !codes.contains(&one.problem.code()) {
                codes.push(one.problem.code());
            }
        }
        all
    }

    fn name(&self, slug: &str) -> Shown {
        text(self.names.get(slug).copied().unwrap_or(slug))
    }

    /// The codes of what was found about an object, which lead to the first of them.
    fn found(&self, city: &'a CityEvaluation, object: &str) -> Shown {
        match self.codes.get(&(city.plan.city.as_str(), object.to_owned())) {
            Some((codes, row)) if !object.is_empty() => Shown::Link(codes.join("、"), FINDINGS, *row),
            _ => Shown::Nothing,
        }
    }

    /// A cell of a workbook, which leads to where that was received.
    fn place(&self, file: &str, cell: &str) -> Shown {
        let words = format!("{}{cell}", file_name(file));
        match self.files.get(file) {
            Some(row) => Shown::Link(words, RECEIVED, *row),
            None => text(&words),
        }
    }
}

fn count(from: u32, more: usize) -> u32 {
    from.saturating_add(u32::try_from(more).unwrap_or(u32::MAX))
}

fn text(words: &str) -> Shown {
    if words.is_empty() { Shown::Nothing } else { Shown::Text(words.to_owned()) }
}

fn whole(number: usize) -> Shown {
    Shown::Number(number.to_string(), 0)
}

/// Digits with at least so many places.
fn digits(written: &str, places: usize) -> Shown {
    Shown::Number(written.to_owned(), behind_point(written).max(places))
}

fn behind_point(written: &str) -> usize {
    written.split_once('.').map_or(0, |(_, behind)| behind.len())
}

fn yes_or_no(told: Option<bool>) -> Shown {
    told.map_or(Shown::Nothing, |told| text(if told { "是" } else { "否" }))
}

/// What a file of the round is called: that of a workbook, or what it is for.
fn file_name(path: &str) -> &str {
    match InputRole::of_name(path) {
        Some(role) => role.chinese(),
        None => path.rsplit('/').next().unwrap_or(path),
    }
}

/// A place behind the name of a file: ` 指标!E7`.
fn behind(sheet: &str, cell: &str) -> String {
    match (sheet.is_empty(), cell.is_empty()) {
        (true, _) => String::new(),
        (false, true) => format!(" {sheet}"),
        (false, false) => format!(" {sheet}!{cell}"),
    }
}

fn overview(evaluation: &Evaluation, all: &Index<'_>) -> Sheet {
    let row = |city: &CityEvaluation| {
        let score = &city.score;
        let slug = city.plan.city.as_str();
        let first = all.targets.get(slug).copied().unwrap_or_default();
        let points = |value: Option<rust_decimal::Decimal>| {
            value.map_or(Shown::Nothing, |value| digits(&fixed(value, 2), 2))
        };
        let share = |part, whole| percent(part, whole).map_or(Shown::Nothing, |share| digits(&share, 1));
        let range = match (score.rank_low, score.rank_high) {
            (Some(low), Some(high)) if low == high => low.to_string(),
            (Some(low), Some(high)) => format!("{low}—{high}"),
            _ => String::new(),
        };
        let own = evaluation.told().filter(|one| one.subject.city == city.plan.city);
        let asked = own.filter(|one| one.severity() == crate::finding::Severity::Error).count();
        let limits = score.limits.iter().map(|limit| limit.reason.as_str()).collect::<Vec<_>>().join("；");
        vec![
            match city.assessments.is_empty() {
                true => text(&city.plan.name),
                false => Shown::Link(city.plan.name.clone(), TARGETS, first),
            },
            share(score.met, score.assessable),
            whole(score.met),
            whole(score.assessable),
            whole(score.total),
            share(score.assessable, score.total),
            points(score.score),
            points(score.score_missing_as_zero),
            text(score.grade.map_or("", Grade::chinese)),
            text(&limits),
            match score.rank {
                Some(rank) if score.tied => text(&format!("{rank}（并列）")),
                Some(rank) => whole(rank),
                None => Shown::Nothing,
            },
            text(&range),
            whole(score.soft),
            whole(asked),
        ]
    };
    Sheet {
        name: "总览",
        heads: vec![
            ("城市", 14),
            ("完成率（%）", 9),
            ("完成项数", 7),
            ("可评项数", 7),
            ("应评项数", 7),
            ("覆盖率（%）", 9),
            ("得分", 8),
            ("缺报计零得分", 10),
            ("等次", 8),
            ("限制等次的理由", 22),
            ("位次", 9),
            ("位次可能范围", 10),
            ("目标劣于上年的项数", 12),
            ("待核实的错误", 9),
        ],
        fixed: 1,
        rows: evaluation.cities.iter().map(row).collect(),
    }
}

fn targets(evaluation: &Evaluation, all: &Index<'_>) -> Sheet {
    let rows = evaluation
        .cities
        .iter()
        .flat_map(|city| city.assessments.iter().map(move |one| target(evaluation, all, city, one)));
    Sheet {
        name: TARGETS,
        heads: vec![
            ("城市", 6),
            ("序号", 6),
            ("指标", 26),
            ("计量单位", 9),
            ("上年值", 9),
            ("目标", 13),
            ("实绩", 10),
            ("实绩减目标", 9),
            ("目标完成率（%）", 9),
            ("进度（%）", 8),
            ("判定", 9),
            ("权重", 6),
            ("得分", 8),
            ("领域", 10),
            ("填报单位", 13),
            ("核实", 8),
            ("出处", 22),
            ("不判定的理由", 22),
        ],
        fixed: 3,
        rows: rows.collect(),
    }
}

fn target(evaluation: &Evaluation, all: &Index<'_>, city: &CityEvaluation, one: &Assessment) -> Vec<Shown> {
    let row = city.plan.indicator(&one.no);
    let goal = &one.target.goal;
    let places = goal.written().iter().map(|number| behind_point(&number.text)).max().unwrap_or(0);
    let amount = |value: Option<Value>| match value {
        Some(Value::Number(value)) => digits(&plain(value), places),
        Some(there) => text(&there.text()),
        None => Shown::Nothing,
    };
    let gap = match (one.judged_value(), goal.number()) {
        (Some(Value::Number(value)), Some(number)) => value.checked_sub(number.value),
        _ => None,
    };
    let domain =
        row.and_then(|row| evaluation.catalogue.dimensions.iter().find(|domain| domain.id == row.dimension));
    let source = city.fact(&one.no).and_then(|fact| fact.source.as_ref());
    let numbers = |written: Option<String>| written.map_or(Shown::Nothing, |written| digits(&written, 0));
    let document = &city.plan.called.document;
    vec![
        text(&city.plan.short),
        text(one.no.as_str()),
        text(row.map_or("", |row| row.name.as_str())),
        text(&one.unit),
        numbers(one.baseline.as_ref().and_then(|past| Some(past.written()?.text))),
        text(&row.map_or_else(|| goal.to_string(), |row| row.goal_beside(goal))),
        amount(one.actual),
        gap.map_or(Shown::Nothing, |gap| digits(&plain(gap), places)),
        numbers(one.completion_text(2)),
        numbers(one.progress.map(|value| crate::rounding::short_of_hundred(value, 2))),
        text(one.state.chinese()),
        numbers(Some(plain(one.weight))),
        one.points.map_or(Shown::Nothing, |points| digits(&fixed(points, 2), 2)),
        text(domain.map_or("", |domain| domain.name.as_str())),
        text(&row.map(|row| row.reporters.join("、")).unwrap_or_default()),
        all.found(city, one.no.as_str()),
        match source {
            Some(seen) => all.place(&seen.at.file, &behind(&seen.at.sheet, &seen.at.address())),
            None => Shown::Nothing,
        },
        text(&one.reason.as_ref().map(|why| no_verdict(why, document)).unwrap_or_default()),
    ]
}

fn tasks(evaluation: &Evaluation, all: &Index<'_>) -> Sheet {
    let mut rows = Vec::new();
    for city in &evaluation.cities {
        for (task, one) in city.plan.tasks.iter().zip(&city.tasks) {
            let report = one.report.as_ref();
            rows.push(vec![
                text(&city.plan.short),
                text(task.no.as_str()),
                text(&task.title),
                text(&city.plan.task_reporters(task).join("、")),
                text(&task.responsible.join("、")),
                text(one.state.chinese()),
                text(report.map_or("", |report| report.text.as_str())),
                text(&report.map(|report| report.evidence.join("、")).unwrap_or_default()),
                text(&one.missed.join("、")),
                all.found(city, &crate::finding::Object::from(&task.no).to_string()),
                match report {
                    Some(report) => {
                        all.place(&report.at.file, &behind(&report.at.sheet, &report.at.address()))
                    }
                    None => Shown::Nothing,
                },
            ]);
        }
    }
    Sheet {
        name: "任务",
        heads: vec![
            ("城市", 6),
            ("序号", 6),
            ("任务", 28),
            ("填报单位", 14),
            ("责任单位", 26),
            ("进展", 8),
            ("进展说明", 34),
            ("佐证编号", 10),
            ("未完成的目标", 9),
            ("核实", 8),
            ("出处", 22),
        ],
        fixed: 3,
        rows,
    }
}

fn units(evaluation: &Evaluation) -> Sheet {
    let mut rows = Vec::new();
    for city in &evaluation.cities {
        for unit in city.units.iter().chain(&city.sharers) {
            for role in unit.roles.iter().filter(|role| !role.is_empty()) {
                rows.push(vec![
                    text(&city.plan.short),
                    text(unit.unit.as_str()),
                    text(crate::words::role_word(&city.plan, role.role)),
                    whole(role.expected),
                    role.reported.map_or(Shown::Nothing, whole),
                    whole(role.assessable),
                    whole(role.met),
                    whole(role.tasks),
                    whole(role.tasks_done),
                    text(
                        &unit.received.map(|at| at.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default(),
                    ),
                    yes_or_no(unit.on_time),
                ]);
            }
        }
    }
    Sheet {
        name: "单位",
        heads: vec![
            ("城市", 8),
            ("单位", 34),
            ("角色", 14),
            ("应报项数", 9),
            ("已报项数", 9),
            ("可评项数", 9),
            ("完成项数", 9),
            ("任务数", 9),
            ("已完成任务数", 9),
            ("收到时间", 18),
            ("按时", 7),
        ],
        fixed: 2,
        rows,
    }
}

fn findings(all: &Index<'_>) -> Sheet {
    let row = |one: &&Finding| {
        vec![
            all.name(one.subject.city.as_str()),
            text(&one.unit_words()),
            text(one.problem.code()),
            text(one.problem.severity().chinese()),
            text(&one.subject.object.to_string()),
            text(&one.message(Language::Chinese)),
            text(&one.remedy(Language::Chinese)),
            all.place(&one.at.file, &behind(&one.at.sheet, &one.at.address())),
            text(&one.waived.as_ref().map(ToString::to_string).unwrap_or_default()),
        ]
    };
    Sheet {
        name: FINDINGS,
        heads: vec![
            ("城市", 6),
            ("填报单位", 14),
            ("代码", 7),
            ("程度", 6),
            ("指标或任务", 9),
            ("问题", 44),
            ("处理办法", 34),
            ("位置", 24),
            ("豁免", 18),
        ],
        fixed: 3,
        rows: all.findings.iter().map(row).collect(),
    }
}

fn decisions(evaluation: &Evaluation, all: &Index<'_>) -> Sheet {
    // The table says it of each in the same order.
    let table = tables::decisions(evaluation);
    let row = |(one, cells): (&HumanDecision, &Vec<Cell>)| {
        let told = |name: &str| worded(&shown(&table, cells, name));
        let after = told("after");
        let after = match one.kind {
            // The kind stands before the question.
            DecisionKind::Asked => after.split_once(' ').map_or(String::new(), |(_, asked)| asked.to_owned()),
            _ => after,
        };
        let others = one.without.iter().map(|other| {
            let name = all.names.get(other.city.as_str()).copied().unwrap_or_default();
            tables::named_by(other, name, |other| other.would_be.chinese())
        });
        vec![
            text(kind_of_decision(one.kind.key()).0),
            one.city.as_ref().map_or(Shown::Nothing, |city| all.name(city.as_str())),
            text(&worded(&told("object"))),
            text(&told("before")),
            text(&after),
            text(&told("by")),
            text(&told("on")),
            text(&told("until")),
            yes_or_no(Some(one.is_in_force)),
            text(&told("reason")),
            text(&told("basis")),
            text(&others.collect::<Vec<_>>().join("；")),
        ]
    };
    Sheet {
        name: "人工决定",
        heads: vec![
            ("种类", 10),
            ("城市", 6),
            ("对象", 16),
            ("决定前", 20),
            ("决定后", 20),
            ("决定人", 18),
            ("决定日期", 11),
            ("有效期至", 11),
            ("有效", 6),
            ("理由", 26),
            ("依据", 14),
            ("若无此项的判定", 18),
        ],
        fixed: 0,
        rows: evaluation.decisions.iter().zip(&table.rows).map(row).collect(),
    }
}

/// The text of a cell of a table.
fn shown(table: &Table, cells: &[Cell], name: &str) -> String {
    let at = table.columns.iter().position(|column| column.name == name);
    match at.and_then(|at| cells.get(at)) {
        Some(Cell::Text(text) | Cell::Decimal(text)) => text.clone(),
        Some(Cell::Integer(number)) => number.to_string(),
        Some(Cell::Bool(told)) => if *told { "是" } else { "否" }.to_owned(),
        Some(Cell::Null) | None => String::new(),
    }
}

/// The word for a key that a cell of a table consists of; other text stays.
fn worded(text: &str) -> String {
    if let Some(state) = State::of_key(text) {
        return state.chinese().to_owned();
    }
    let word = match text {
        "error" => "错误",
        "warning" => "警告",
        "note" => "提示",
        "waived" => "已豁免",
        "binding" => "约束性",
        "anticipatory" => "预期性",
        "plan" => "方案",
        "published" => "已发布",
        "reported" => "本次",
        other => other,
    };
    word.to_owned()
}

/// Columns of a table as a sheet shows them: column, words, width.
type Columns = &'static [(&'static str, &'static str, u8)];

const SUBMISSIONS: Columns = &[
    ("city", "城市", 6),
    ("unit", "填报单位", 18),
    ("file", "文件", 30),
    ("period", "报告期", 14),
    ("version", "版本", 7),
    ("received", "收到时间", 17),
    ("on_time", "按时", 6),
    ("used", "采用", 6),
    ("superseded", "已被替代", 8),
    ("registered", "有登记", 7),
    ("filled_by", "填报人", 12),
    ("checked_by", "审核人", 12),
];

const EVIDENCE: Columns = &[
    ("city", "城市", 8),
    ("unit", "填报单位", 24),
    ("no", "佐证编号", 10),
    ("title", "材料名称", 54),
    ("document", "文号或文件名", 44),
];

const RESTATEMENTS: Columns = &[
    ("city", "城市", 6),
    ("indicator", "指标", 6),
    ("ref_year", "年份", 7),
    ("published_value", "已发布", 10),
    ("published_in", "发布于", 18),
    ("plan_value", "方案", 10),
    ("reported_value", "本次", 10),
    ("difference", "差", 9),
    ("value_unit", "计量单位", 9),
    ("unit", "填报单位", 14),
    ("cell", "位置", 26),
    ("reason", "说明", 24),
    ("taken", "采用", 8),
    ("verdict", "判定", 9),
    ("verdict_if_restated", "如采用的判定", 9),
];

const SIGNED: Columns = &[
    ("role", "签审环节", 12),
    ("person", "签审人", 14),
    ("office", "单位", 30),
    ("on", "日期", 12),
    ("statement", "签审内容", 60),
];

/// A table as a sheet, of which these columns are shown.
fn of_table(all: &Index<'_>, tables: &[Table], table: &str, name: &'static str, columns: Columns) -> Sheet {
    let heads = columns.iter().map(|(_, words, width)| (*words, *width)).collect();
    let mut rows = Vec::new();
    for table in tables.iter().filter(|one| one.head.name == table) {
        for cells in &table.rows {
            let cell = |(column, ..): &(&str, &str, u8)| {
                let told = shown(table, cells, column);
                let is_number = table.columns.iter().any(|of| of.name == *column && of.kind == Kind::Decimal);
                match *column {
                    "city" => all.name(&told),
                    "received" => text(&told.replace('T', " ")),
                    "file" | "cell" => text(file_name(&told)),
                    _ if is_number && !told.is_empty() => digits(&told, 0),
                    "taken" | "verdict" | "verdict_if_restated" => text(&worded(&told)),
                    _ => text(&told),
                }
            };
            rows.push(columns.iter().map(cell).collect());
        }
    }
    Sheet { name, heads, fixed: 0, rows }
}
