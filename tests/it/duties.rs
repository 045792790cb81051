//! What units are asked to do: every kind that the rules know, in the table `actions`, on the unit's page, and in the list of a city's own pages.

use std::collections::BTreeSet;

use duibiao::advise::DutyKind;

use crate::brief::{publish_only, text};
use crate::unit_pages::{TASK_HEADS, TASKS, bare_pages, rows_with};
use crate::workspace::{Workspace, csv_rows};

/// A round of a city in which units are asked for something.
#[derive(Default)]
struct Case<'a> {
    what: &'a str,
    /// What is done to the plan and what stands behind it, and behind the settings of the round.
    change: Option<[&'a str; 2]>,
    plan: &'a str,
    round: &'a str,
    /// What 统计局 sends: rows and tasks; nothing where there are no rows.
    rows: String,
    tasks: Option<String>,
    /// The rows that 财政局 sends.
    other: &'a str,
    asked: &'a [Asked<'a>],
}

/// Something that a unit is asked to do.
struct Asked<'a> {
    kind: DutyKind,
    unit: &'a str,
    targets: &'a str,
    tasks: &'a str,
    /// How many findings it has to answer.
    findings: usize,
    due: &'a str,
    /// What its page says, and what the list of who has to do what.
    page: &'a str,
    list: &'a str,
}

/// By when answers and measures are due in the round of the helpers.
const ANSWER: &str = "2024-02-05";
const MEASURES: &str = "2024-02-29";

const fn asked<'a>(
    kind: DutyKind,
    unit: &'a str,
    targets: &'a str,
    due: &'a str,
    told: [&'a str; 2],
) -> Asked<'a> {
    let [page, list] = told;
    Asked { kind, unit, targets, tasks: "", findings: 0, due, page, list }
}

/// The same of a task, `1.1`.
const fn of_task<'a>(kind: DutyKind, due: &'a str, told: [&'a str; 2]) -> Asked<'a> {
    Asked { tasks: "1.1", ..asked(kind, "统计局", "", due, told) }
}

/// Row 1 is reported by two units.
const BOTH: [&str; 2] = ["data_units = [\"统计局\"]", "data_units = [\"统计局\", \"财政局\"]"];
/// Nobody is named for any row.
const NOBODY: [&str; 2] = ["years = [2023]", "years = [2023]\nrow_units = \"data\""];

/// A target in prose of 统计局.
fn target(fields: &str) -> String {
    format!(
        "[[target]]\nid = \"P2\"\nname = \"减排量\"\nshort = \"减排量\"\nyear = 2023\nlead = [\"统计局\"]\nline = \"1\"\nquote = \"研发强度\"\n{fields}\n"
    )
}

fn task(state: &str, evidence: &str) -> Option<String> {
    Some(format!("{TASK_HEADS}\n'1.1|建设园区|{state}|如上|{evidence}"))
}

fn with(changed: &[(&str, &str)], prose: &str) -> String {
    format!("{}\n{prose}", rows_with(changed))
}

impl Case<'_> {
    /// The round, published with the pages of units and the main report.
    fn published(&self) -> Workspace {
        let workspace = Workspace::with_cities(&[("a", "甲市")]);
        let append = |path: &str, more: &str| {
            let text = std::fs::read_to_string(workspace.path(path)).unwrap();
            let [from, to] = self.change.filter(|_| path.ends_with("plan.toml")).unwrap_or_default();
            assert!(text.contains(from), "{}: {from}", self.what);
            let text = if from.is_empty() { text } else { text.replacen(from, to, 1) };
            workspace.write(path, format!("{text}{more}"));
        };
        append("input/2023/a/plan.toml", self.plan);
        append("input/2023/round.toml", self.round);
        append("input/sources/plan.txt", "完成省下达任务\n");
        if !self.rows.is_empty() {
            let mut sheets = vec![("指标", self.rows.as_str())];
            sheets.extend(self.tasks.as_ref().map(|tasks| ("任务", tasks.as_str())));
            workspace.submit_sheets("a", "甲市", &sheets);
        }
        if !self.other.is_empty() {
            workspace.submit_as("input/2023/a/submissions/财政局.xlsx", "甲市", "财政局", self.other);
            workspace.write(
                "input/2023/a/received.csv",
                "文件,收到时间\n统计局.xlsx,2024-01-10 09:00\n财政局.xlsx,2024-01-10 09:00\n",
            );
        }
        publish_only(&workspace, "input/2023", "\\(units\\|main\\)");
        workspace
    }

    fn holds(&self) {
        let (workspace, what) = (self.published(), self.what);
        let mut expected: Vec<String> = self.asked.iter().map(Asked::row).collect();
        let mut found: Vec<String> = csv_rows(&workspace.path("out/tables/actions.csv"))
            .iter()
            .map(|row| {
                ["unit", "kind", "targets", "tasks", "findings", "due"].map(|key| row[key].as_str()).join("|")
            })
            .collect();
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{what}");
        // A page begins with what it is and whose: the name of a unit stands on the pages of others, too.
        let pages = bare_pages(&workspace.path("out"), "a");
        let list = text(&workspace.path("out/report.pdf"));
        for one in self.asked {
            let begins = format!("日{}", one.unit);
            let named = format!("日甲市{}", one.unit);
            let own = pages.iter().find(|page| page.contains(&begins) || page.contains(&named));
            let own = own.unwrap_or_else(|| panic!("{what}: no page of {}\n{pages:#?}", one.unit));
            assert!(own.contains(one.page), "{what}: {}\n{own}", one.page);
            assert!(list.contains(one.list), "{what}: {}\n{list}", one.list);
        }
    }
}

impl Asked<'_> {
    fn row(&self) -> String {
        let Self { kind, unit, targets, tasks, findings, due, .. } = self;
        format!("{unit}|{}|{targets}|{tasks}|{findings}|{due}", kind.key())
    }
}

#[expect(clippy::too_many_lines, reason = "one case for each kind of duty")]
#[test]
fn each_kind_of_duty_stands_in_the_table_on_the_page_of_the_unit_and_in_the_list_of_the_city() {
    let base = target("kind = \"multiple\"\nop = \">=\"\nvalue = \"2\"\nbase_year = 2020\nunit = \"吨\"");
    let there = target("kind = \"level\"\nop = \">=\"\nvalue = \"5\"\nunit = \"有/无\"");
    let handed_down = target("kind = \"undefined\"\nundefined = \"完成省下达任务\"\nunit = \"吨\"");
    let handed_down = handed_down
        .replace("quote = \"研发强度\"", "quote = \"完成省下达任务\"")
        .replace("line = \"1\"", "line = \"10\"");
    let cases = [
        Case {
            what: "nothing came",
            plan: TASKS,
            asked: &[Asked {
                tasks: "1.1",
                ..asked(
                    DutyKind::Submit,
                    "统计局",
                    "1、2、3、4、P1",
                    ANSWER,
                    ["报送报表（还没有收到），报5项目标、1项任务", "单位能耗（未报）"],
                )
            }],
            ..Case::default()
        },
        Case {
            what: "targets and tasks are left out",
            plan: TASKS,
            rows: with(
                &[
                    ("1", "1|研发强度|%|"),
                    ("2", "2|企业数|家|||四月公布"),
                    ("3", "3|单位能耗|吨标准煤/万元|0.49|Z1|||2022"),
                    ("4", "4|创新政策|有/无|有"),
                ],
                "P1|园区数|家|80|Z1",
            ),
            tasks: Some(TASK_HEADS.to_owned()),
            asked: &[
                Asked {
                    tasks: "1.1",
                    ..asked(
                        DutyKind::Report,
                        "统计局",
                        "1",
                        ANSWER,
                        ["补报1项指标、1项任务：研发强度、“建设园区”。2月5日前", "“建设园区”（未报）"],
                    )
                },
                asked(
                    DutyKind::Clarify,
                    "统计局",
                    "4",
                    ANSWER,
                    ["核实答复1项指标：创新政策。2月5日前", "创新政策（待核实）"],
                ),
                asked(
                    DutyKind::Measures,
                    "统计局",
                    "P1",
                    MEASURES,
                    ["对未到的1项目标提出措施：园区数少20家。2月29日前", "园区数少20家"],
                ),
                asked(
                    DutyKind::Later,
                    "统计局",
                    "2",
                    "",
                    ["有数后补报1项指标：企业数。有数后", "企业数（未报）"],
                ),
                asked(
                    DutyKind::Published,
                    "统计局",
                    "3",
                    "",
                    ["2023年数公布后补报1项指标：单位能耗。公布后", "单位能耗（数据滞后）"],
                ),
            ],
            ..Case::default()
        },
        Case {
            what: "a task reported done whose target was missed",
            plan: TASKS,
            rows: with(&[], "P1|园区数|家|80|Z1"),
            tasks: task("完成", "Z1"),
            asked: &[
                of_task(
                    DutyKind::Reconsider,
                    ANSWER,
                    [
                        "核对报“完成”而目标未到的1项任务，改报进展或书面说明：“建设园区”。2月5日前",
                        "报“完成”须核对的任务",
                    ],
                ),
                asked(
                    DutyKind::Measures,
                    "统计局",
                    "P1",
                    MEASURES,
                    ["园区数少20家。2月29日前", "园区数少20家"],
                ),
            ],
            ..Case::default()
        },
        Case {
            what: "a task reported as not begun whose target was reached",
            plan: TASKS,
            rows: with(&[], "P1|园区数|家|120|Z1"),
            tasks: task("未启动", ""),
            asked: &[of_task(
                DutyKind::Begun,
                ANSWER,
                [
                    "核对报“未启动”而目标已到的1项任务，改报进展或书面说明：“建设园区”。2月5日前",
                    "“建设园区”（未启动）",
                ],
            )],
            ..Case::default()
        },
        Case {
            what: "a task that is not done when the plan ends",
            plan: TASKS,
            rows: with(&[], "P1|园区数|家|120|Z1"),
            tasks: task("推进中", ""),
            asked: &[of_task(
                DutyKind::Overdue,
                ANSWER,
                ["说明方案期满未完成的1项任务何时完成：“建设园区”。2月5日前", "“建设园区”（推进中）"],
            )],
            ..Case::default()
        },
        Case {
            what: "a task reported done without evidence",
            plan: TASKS,
            rows: with(&[], "P1|园区数|家|120|Z1"),
            tasks: task("完成", ""),
            asked: &[of_task(
                DutyKind::Substantiate,
                ANSWER,
                ["核实1项任务的填报：“建设园区”。2月5日前", "“建设园区”（待核实）"],
            )],
            ..Case::default()
        },
        Case {
            what: "two units differ",
            change: Some(BOTH),
            rows: rows_with(&[]),
            other: "1|研发强度|%|2.5",
            asked: &[
                asked(
                    DutyKind::Confer,
                    "统计局",
                    "1",
                    ANSWER,
                    [
                        "和同报的单位会商，1项指标定一个数：研发强度（3.1／2.5）。2月5日前",
                        "研发强度（待核实）",
                    ],
                ),
                asked(
                    DutyKind::Confer,
                    "财政局",
                    "1",
                    ANSWER,
                    [
                        "和同报的单位会商，1项指标定一个数：研发强度（3.1／2.5）。2月5日前",
                        "研发强度（待核实）",
                    ],
                ),
            ],
            ..Case::default()
        },
        Case {
            what: "an error in what another unit sent, whose number is not used",
            change: Some(BOTH),
            round: "[[preference]]\ncity = \"a\"\nindicator = \"1\"\nunit = \"统计局\"\nreason = \"口径\"\nby = \"办公室\"\non = 2024-01-19\n",
            rows: rows_with(&[]),
            other: "1|研发强度|%|310",
            asked: &[Asked {
                findings: 1,
                ..asked(
                    DutyKind::Query,
                    "财政局",
                    "",
                    ANSWER,
                    ["答复其余1件问题（见待答复）。2月5日前", "其余1件问题"],
                )
            }],
            ..Case::default()
        },
        Case {
            what: "a missed target for which nobody is named",
            change: Some(NOBODY),
            rows: rows_with(&[("2", "2|企业数|家|80|Z1")]),
            asked: &[asked(
                DutyKind::Assign,
                "办公室",
                "2",
                MEASURES,
                ["为未到的1项指标明确责任单位（方案没有写）：企业数少20家。2月29日前", "企业数少20家"],
            )],
            ..Case::default()
        },
        Case {
            what: "有 where a number is asked for",
            plan: &there,
            rows: with(&[], "P2|减排量|有/无|有|Z1"),
            asked: &[asked(
                DutyKind::Resend,
                "统计局",
                "P2",
                ANSWER,
                ["按方案的目标重报1项目标：减排量。2月5日前", "减排量（不可评）"],
            )],
            ..Case::default()
        },
        Case {
            what: "a multiple of a year without a value",
            plan: &base,
            rows: with(&[], "P2|减排量|吨|12|Z1"),
            asked: &[asked(
                DutyKind::Base,
                "统计局",
                "P2",
                ANSWER,
                ["补报1项目标的基年数：减排量（2020年）。2月5日前", "减排量（不可评）"],
            )],
            ..Case::default()
        },
        Case {
            what: "a number that others hand down",
            plan: &handed_down,
            rows: with(&[], "P2|减排量|吨|12|Z1"),
            asked: &[asked(
                DutyKind::HandedDown,
                "统计局",
                "P2",
                ANSWER,
                ["提供1项目标下达的数：减排量。2月5日前", "减排量（不可评）"],
            )],
            ..Case::default()
        },
    ];
    std::thread::scope(|scope| {
        for half in cases.chunks(cases.len().div_ceil(2)) {
            scope.spawn(|| half.iter().for_each(Case::holds));
        }
    });
    let occurring: BTreeSet<DutyKind> =
        cases.iter().flat_map(|case| case.asked).map(|asked| asked.kind).collect();
    let missing: Vec<&DutyKind> = DutyKind::ALL.iter().filter(|kind| !occurring.contains(kind)).collect();
    assert!(missing.is_empty(), "in no case: {missing:?}");
}
