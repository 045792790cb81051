//! What the sheets of the results workbook show: words and names in the place of keys and slugs.
//!
//! Numbers are shown with as many digits behind the point as the plan's target has, and with more where the value has more.

use super::super::table::{Cell, Table};
use super::super::tables;
use super::cells::{ResultSheet, SheetCell, behind, behind_point, digits, text, whole, yes_or_no};
use super::from_tables::{EVIDENCE, RESTATEMENTS, SIGNED, SUBMISSIONS, of_table, shown, worded};
use super::row_index::{FINDINGS, RECEIVED, RowIndex};
use crate::assess::{Assessment, State};
use crate::evaluation::{CityEvaluation, DecisionKind, Evaluation, HumanDecision};
use crate::finding::{Finding, Language};
use crate::plan::Grade;
use crate::quantity::Value;
use crate::rounding::{fixed, percent, plain};
use crate::words::{kind_of_decision, no_verdict};

const TARGETS: &str = "指标";

/// The sheets in their order: the first tells how it went.
pub(super) fn sheets(evaluation: &Evaluation, tables: &[Table]) -> Vec<ResultSheet> {
    let all = RowIndex::of(evaluation);
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

#[expect(clippy::too_many_lines, reason = "a line for each column, with its head")]
fn overview(evaluation: &Evaluation, all: &RowIndex<'_>) -> ResultSheet {
    // One alone has no place.
    let is_placed = evaluation.cities.len() > 1;
    let row = |city: &CityEvaluation| {
        let score = &city.score;
        let slug = city.plan.city.as_str();
        let first = all.targets.get(slug).copied().unwrap_or_default();
        let points = |value: Option<rust_decimal::Decimal>| {
            value.map_or(SheetCell::Nothing, |value| digits(&fixed(value, 2), 2))
        };
        let share = |part, whole| percent(part, whole).map_or(SheetCell::Nothing, |share| digits(&share, 1));
        let range = match (score.rank_low, score.rank_high) {
            (Some(low), Some(high)) if low == high => low.to_string(),
            (Some(low), Some(high)) => format!("{low}—{high}"),
            _ => String::new(),
        };
        let own = evaluation.told().filter(|one| one.subject.city == city.plan.city);
        let asked = own.filter(|one| one.severity() == crate::finding::Severity::Error).count();
        let limits = score.limits.iter().map(|limit| limit.reason.as_str()).collect::<Vec<_>>().join("；");
        let mut cells = vec![
            match city.assessments.is_empty() {
                true => text(&city.plan.name),
                false => SheetCell::Link(city.plan.name.clone(), TARGETS, first),
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
        ];
        if is_placed {
            cells.push(match score.rank {
                Some(rank) if score.tied => text(&format!("{rank}（并列）")),
                Some(rank) => whole(rank),
                None => SheetCell::Nothing,
            });
            cells.push(text(&range));
        }
        cells.extend([whole(score.soft), whole(asked)]);
        cells
    };
    let (scheduled, based) = (has_schedules(evaluation), has_other_bases(evaluation));
    let places = [("位次", 9), ("位次可能范围", 10)];
    let mut heads = vec![
        ("城市", 14),
        (if scheduled { "达标率（%）" } else { "完成率（%）" }, 9),
        (if scheduled { "达标项数" } else { "完成项数" }, 7),
        ("可评项数", 7),
        ("应评项数", 7),
        ("覆盖率（%）", 9),
        ("得分", 8),
        ("缺报计零得分", 10),
        ("等次", 8),
        ("限制等次的理由", 22),
    ];
    heads.extend(places.into_iter().filter(|_| is_placed));
    heads
        .extend([(if based { "目标劣于基期的项数" } else { "目标劣于上年的项数" }, 12), ("待核实的错误", 9)]);
    ResultSheet { name: "总览", heads, fixed: 1, rows: evaluation.cities.iter().map(row).collect() }
}

/// Whether targets of later years are judged by schedules: then what is reached is 达标, as the volumes say.
fn has_schedules(evaluation: &Evaluation) -> bool {
    let mut scores = evaluation.cities.iter().map(|city| &city.score);
    scores.any(|score| score.count(State::OnSchedule) + score.count(State::BehindSchedule) > 0)
}

/// Whether values of other years than the one before stand beside the targets: then they are 基期.
fn has_other_bases(evaluation: &Evaluation) -> bool {
    let before = evaluation.round.year_before();
    let mut all = evaluation.cities.iter().flat_map(|city| &city.assessments);
    all.any(|one| one.baseline.as_ref().is_some_and(|base| base.year != before))
}

fn targets(evaluation: &Evaluation, all: &RowIndex<'_>) -> ResultSheet {
    let rows = evaluation
        .cities
        .iter()
        .flat_map(|city| city.assessments.iter().map(move |one| target(evaluation, all, city, one)));
    ResultSheet {
        name: TARGETS,
        heads: vec![
            ("城市", 6),
            ("序号", 6),
            ("指标", 26),
            ("计量单位", 9),
            (if has_other_bases(evaluation) { "基期值" } else { "上年值" }, 9),
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

fn target(
    evaluation: &Evaluation,
    all: &RowIndex<'_>,
    city: &CityEvaluation,
    one: &Assessment,
) -> Vec<SheetCell> {
    let row = city.plan.indicator(&one.no);
    let goal = &one.target.goal;
    let places = goal.written().iter().map(|number| behind_point(&number.text)).max().unwrap_or(0);
    let amount = |value: Option<Value>| match value {
        Some(Value::Number(value)) => digits(&plain(value), places),
        Some(there) => text(&there.text()),
        None => SheetCell::Nothing,
    };
    // A growth or a multiple worked out of the value is in another unit, and a value of another year is held against nothing.
    let is_held_as_it_is = one.state.is_assessable() && one.judged_value() == one.actual;
    let gap = match (one.actual.filter(|_| is_held_as_it_is), goal.number()) {
        (Some(Value::Number(value)), Some(number)) => value.checked_sub(number.value),
        _ => None,
    };
    let domain =
        row.and_then(|row| evaluation.catalogue.dimensions.iter().find(|domain| domain.id == row.dimension));
    let source = city.fact(&one.no).and_then(|fact| fact.source.as_ref());
    let numbers = |written: Option<String>| written.map_or(SheetCell::Nothing, |written| digits(&written, 0));
    let document = &city.plan.called.document;
    vec![
        text(&city.plan.short),
        text(one.no.as_str()),
        text(row.map_or("", |row| row.name.as_str())),
        text(&one.unit),
        numbers(one.baseline.as_ref().and_then(|past| Some(past.written()?.text))),
        text(&row.map_or_else(|| goal.to_string(), |row| row.goal_beside(goal))),
        amount(one.actual),
        gap.map_or(SheetCell::Nothing, |gap| digits(&plain(gap), places)),
        numbers(one.completion_text(2)),
        numbers(one.progress.map(|value| crate::rounding::short_of_hundred(value, 2))),
        text(one.state.chinese()),
        numbers(Some(plain(one.weight))),
        one.points.map_or(SheetCell::Nothing, |points| digits(&fixed(points, 2), 2)),
        text(domain.map_or("", |domain| domain.name.as_str())),
        text(&row.map(|row| row.reporters.join("、")).unwrap_or_default()),
        all.found(city, one.no.as_str()),
        match source {
            Some(seen) => all.place(&seen.at.file, &behind(&seen.at.sheet, &seen.at.address())),
            None => SheetCell::Nothing,
        },
        text(&one.reason.as_ref().map(|why| no_verdict(why, document)).unwrap_or_default()),
    ]
}

fn tasks(evaluation: &Evaluation, all: &RowIndex<'_>) -> ResultSheet {
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
                    None => SheetCell::Nothing,
                },
            ]);
        }
    }
    ResultSheet {
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

fn units(evaluation: &Evaluation) -> ResultSheet {
    let mut rows = Vec::new();
    for city in &evaluation.cities {
        for unit in city.units.iter().chain(&city.sharers) {
            for role in unit.roles.iter().filter(|role| !role.is_empty()) {
                rows.push(vec![
                    text(&city.plan.short),
                    text(unit.unit.as_str()),
                    text(crate::words::role_word(&city.plan, role.role)),
                    whole(role.expected),
                    role.reported.map_or(SheetCell::Nothing, whole),
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
    ResultSheet {
        name: "单位",
        heads: vec![
            ("城市", 8),
            ("单位", 34),
            ("角色", 14),
            ("应报项数", 9),
            ("已报项数", 9),
            ("可评项数", 9),
            (if has_schedules(evaluation) { "达标项数" } else { "完成项数" }, 9),
            ("任务数", 9),
            ("已完成任务数", 9),
            ("收到时间", 18),
            ("按时", 7),
        ],
        fixed: 2,
        rows,
    }
}

fn findings(all: &RowIndex<'_>) -> ResultSheet {
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
            text(&one.settled_by().unwrap_or_default()),
        ]
    };
    ResultSheet {
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

fn decisions(evaluation: &Evaluation, all: &RowIndex<'_>) -> ResultSheet {
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
            one.city.as_ref().map_or(SheetCell::Nothing, |city| all.name(city.as_str())),
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
    ResultSheet {
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
