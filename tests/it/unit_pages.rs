//! 部门专页: one page for each unit with a duty of its own, in type that can be read, asking for what rules ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::brief::{publish_only, sizes, unwanted};
use crate::workspace::{GOOD, Row, Workspace, copy_tree, csv_rows, repository};

/// Publishes a round of a workspace with nothing typeset but the pages of units, and returns the folder of the output.
fn publish(workspace: &Workspace, round: &str) -> PathBuf {
    publish_only(workspace, round, "units");
    workspace.path("out")
}

/// The pages of a city's units, each without blanks and line breaks.
pub(crate) fn bare_pages(output: &Path, city: &str) -> Vec<String> {
    let pdf = output.join(format!("units/{city}.pdf"));
    // In the order of reading: a date stands behind what it is the date of.
    let told = Command::new("pdftotext").arg("-raw").arg(pdf).arg("-").output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    let pages = told.split('\u{c}').map(|page| page.split_whitespace().collect::<String>());
    pages.filter(|page| !page.is_empty()).collect()
}

/// The names of a city's units that have a duty of their own.
fn units_of(output: &Path, city: &str) -> BTreeSet<String> {
    let units = csv_rows(&output.join("tables/units.csv"));
    let reporting = units.iter().filter(|row| row["city"] == city && row["role_key"] != "shared");
    let asked = csv_rows(&output.join("tables/actions.csv"));
    let asked = asked.iter().filter(|row| row["city"] == city);
    reporting.chain(asked).map(|row| row["unit"].clone()).collect()
}

/// Each unit has one page and no unit two; nothing is small, and no word stands there that is not for readers.
pub(crate) fn are_fit(output: &Path, city: &str, what: &str) {
    let pages = bare_pages(output, city);
    assert_eq!(pages.len(), units_of(output, city).len(), "{what} {city}: pages");
    for page in &pages {
        assert!(page.starts_with("部门专页"), "{what} {city}: a second page: {page}");
        assert_eq!(page.matches("回执").count(), 1, "{what} {city}: {page}");
        assert_eq!(unwanted(page), Vec::<String>::new(), "{what} {city}: {page}");
    }
    let pdf = output.join(format!("units/{city}.pdf"));
    let smallest = sizes(&pdf).into_iter().min();
    assert!(smallest >= Some(9), "{what} {city}: type of {smallest:?} points");
}

#[test]
fn each_unit_of_the_sample_rounds_has_one_page_that_says_what_it_has_to_do() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    for (round, cities, sentences) in [
        (
            "input/2023",
            &[("xiangtan", 20), ("qianjiang", 15)],
            &[
                ("湘潭市科技局", "请办四件事1补报1项指标：产业创新战略联盟。2月5日前"),
                ("湘潭市科技局", "孵化器和众创空间数少1个、智造谷技工贸收入差逾37亿元"),
                ("湘潭市市场监管局", "本轮没有要办的事。"),
                (
                    "湘潭市教育局",
                    "另有提醒（不须答复；有误的可重报）对象问题单元格怎样办全表“2023年实绩”一栏的数与方案的目标全部相同",
                ),
                ("湘潭高新区", "未到、责任单位待明确的：高新区营业总收入。"),
                (
                    "湘潭市委组织部",
                    "核对报“完成”而目标未到的1项任务，改报进展或书面说明：“深入实施‘莲城人才行动计划’”。",
                ),
                ("湘潭市国家创新型城市建设领导小组办公室", "为未到的2项指标明确责任单位（方案没有写）"),
                ("潜江市科技局", "和同报的单位会商，1项指标定一个数：服务和研发机构数（83／86／88）。"),
            ][..],
        ),
        (
            "input/2025",
            &[("qianjiang", 15), ("hengyang", 8)],
            &[("衡阳市工业和信息化局", "报送的正文目标"), ("潜江市委组织部", "报送的正文目标")],
        ),
    ] {
        let output = publish(&workspace, round);
        let mut all = Vec::new();
        for (city, units) in cities {
            are_fit(&output, city, round);
            let pages = bare_pages(&output, city);
            assert_eq!(pages.len(), *units, "{round} {city}");
            all.extend(pages);
        }
        for (unit, sentence) in sentences {
            let of_unit = all.iter().filter(|page| page.contains(&format!("日示例数据（虚构）{unit}")));
            let of_unit: Vec<&String> = of_unit.collect();
            assert!(
                of_unit.iter().any(|page| page.contains(sentence)),
                "{round} {unit}: {sentence}\n{of_unit:#?}"
            );
        }
    }
}

/// A round of units that is drawn.
struct Drawn {
    units: usize,
    /// Rows of the table, tasks and targets in prose of each unit.
    rows: usize,
    tasks: usize,
    prose: usize,
    is_reported: bool,
    /// Whether what is reported cannot be read.
    is_unreadable: bool,
    /// Whether names are as long as names get.
    are_names_long: bool,
}

const PLAIN: Drawn = Drawn {
    units: 2,
    rows: 4,
    tasks: 2,
    prose: 2,
    is_reported: true,
    is_unreadable: false,
    are_names_long: false,
};

impl Drawn {
    fn named(&self, short: &str, long: &str) -> String {
        if self.are_names_long { format!("{short}{long}") } else { short.to_owned() }
    }

    fn unit(&self, at: usize) -> String {
        let name = format!("第{at}局");
        self.named(&name, "规模以上工业企业研究与试验发展经费投入强度提升行动领导小组办公室")
    }

    /// The tasks that a unit leads with another one, as the plan has them and as they are reported.
    fn tasks_of(&self, unit: usize) -> (String, String) {
        let (mut plan, mut reported) = (String::new(), String::new());
        for task in 0..self.tasks {
            let no = format!("1.{}", unit * self.tasks + task + 1);
            let title = self.named(
                &format!("第{no}项任务"),
                "深入实施“高水平创新平台和高层次人才团队”引育行动计划并建立协调推进机制",
            );
            let (name, other) = (self.unit(unit), self.unit((unit + 1) % self.units));
            plan.push_str(&format!("[[task]]\nno = \"{no}\"\ngroup = \"1\"\ntitle = \"{title}\"\ntext = \"{title}\"\nlead = [\"{name}\", \"{other}\"]\nline = \"4\"\n"));
            let state = ["完成", "推进中", "未启动"][task % 3];
            reported.push_str(&format!("'{no}|{title}|{state}|如上|Z1\n"));
        }
        (plan, reported)
    }

    /// Its targets in prose, likewise.
    fn prose_of(&self, unit: usize) -> (String, String) {
        let (mut plan, mut reported) = (String::new(), String::new());
        for target in 0..self.prose {
            let no = unit * self.prose + target + 1;
            let label = self.named(&format!("第{no}项平台"), "国家级和省级创新平台载体及新型研发机构");
            let task = (self.tasks > 0)
                .then(|| format!("task = \"1.{}\"\n", unit * self.tasks + target % self.tasks + 1));
            plan.push_str(&format!("[[target]]\nid = \"P{no}\"\n{}name = \"{label}\"\nshort = \"{label}\"\nyear = 2023\nkind = \"level\"\nop = \">=\"\nvalue = \"110\"\nunit = \"家\"\nlead = [\"{}\"]\nline = \"3\"\nquote = \"110\"\n", task.unwrap_or_default(), self.unit(unit)));
            reported.push_str(&format!("P{no}|{label}|家|{}\n", 100 + no % 20));
        }
        (plan, reported)
    }

    fn workspace(&self) -> Workspace {
        let workspace = Workspace::with_cities(&[("a", "甲市")]);
        let mut catalogue = "[[dimension]]\nid = \"input\"\nname = \"创新投入\"\n".to_owned();
        let mut plan = crate::workspace::plan("a", "甲市");
        plan.truncate(plan.find("[[indicator]]").unwrap());
        let (mut table, mut tasks, mut prose) = (String::new(), String::new(), String::new());
        for unit in 0..self.units {
            let name = self.unit(unit);
            let mut own_rows = String::new();
            for row in 0..self.rows {
                let no = unit * self.rows + row + 1;
                let label =
                    self.named(&format!("第{no}项产值"), "规模以上工业企业研究与试验发展经费内部支出总额");
                catalogue.push_str(&format!("[[indicator]]\nid = \"i{no}\"\nname = \"{label}\"\nshort = \"{label}\"\nunit = \"亿元\"\ndirection = \"higher\"\nmeasure = \"stock\"\ndecimals = 0\ndimension = \"input\"\n"));
                table.push_str(&format!("[[indicator]]\nno = \"{no}\"\nid = \"i{no}\"\nname = \"{label}\"\nunit = \"亿元\"\ngroup = \"投入\"\ndata_units = [\"{name}\"]\nline = \"4\"\n[[indicator.value]]\nyear = 2022\nvalue = \"90\"\nline = \"2\"\n[[indicator.target]]\nyear = 2023\ntier = \"annual\"\nvalue = \"100\"\nline = \"1\"\nquote = \"100\"\n"));
                let value = if self.is_unreadable { "若干".to_owned() } else { (85 + no % 30).to_string() };
                own_rows.push_str(&format!("'{no}|{label}|亿元|{value}\n"));
            }
            let (plan_tasks, own_tasks) = self.tasks_of(unit);
            tasks.push_str(&plan_tasks);
            let (plan_prose, prose_rows) = self.prose_of(unit);
            prose.push_str(&plan_prose);
            own_rows.push_str(&prose_rows);
            if self.is_reported {
                let cover = format!(
                    "城市|甲市\n填报单位|{name}\n报告期|2023年度\n填报人|甲\n审核人|乙\n填报日期|2024-01-10\n版本|'1"
                );
                let rows = format!("序号|指标名称|计量单位|2023年实绩\n{own_rows}");
                let done = format!("任务编号|工作要点|进展状态|进展说明|佐证编号\n{own_tasks}");
                workspace.submit_sheets("a", "甲市", &[("封面", &cover), ("指标", &rows), ("任务", &done)]);
                let folder = workspace.path("input/2023/a/submissions");
                std::fs::rename(folder.join("统计局.xlsx"), folder.join(format!("{unit}.xlsx"))).unwrap();
            }
        }
        let register: String =
            (0..self.units).map(|unit| format!("{unit}.xlsx,2024-01-10 09:00\n")).collect();
        if self.is_reported {
            workspace.write("input/2023/a/received.csv", format!("文件,收到时间\n{register}"));
        }
        workspace.write("input/catalogue.toml", catalogue);
        workspace.write("input/sources/plan.txt", "100\n90\n110\n产值\n");
        let groups = if self.tasks > 0 {
            "[[task_group]]\nno = \"1\"\nname = \"创新载体\"\nline = \"4\"\n"
        } else {
            ""
        };
        workspace.write("input/2023/a/plan.toml", format!("{plan}{table}{groups}{tasks}{prose}"));
        workspace
    }
}

#[test]
fn the_page_of_any_unit_is_one_page() {
    for (what, drawn) in [
        ("two units", PLAIN),
        ("one unit with one row", Drawn { units: 1, rows: 1, tasks: 0, prose: 0, ..PLAIN }),
        ("sixty rows", Drawn { units: 1, rows: 60, tasks: 0, prose: 0, ..PLAIN }),
        ("sixty tasks", Drawn { units: 1, rows: 5, tasks: 60, prose: 20, ..PLAIN }),
        ("nothing reported", Drawn { rows: 30, tasks: 20, is_reported: false, ..PLAIN }),
        ("nothing readable", Drawn { rows: 40, tasks: 20, is_unreadable: true, ..PLAIN }),
        ("long names", Drawn { rows: 25, tasks: 25, prose: 25, are_names_long: true, ..PLAIN }),
        ("long names of few", Drawn { rows: 3, tasks: 4, prose: 2, are_names_long: true, ..PLAIN }),
        (
            "long names, nothing readable",
            Drawn { rows: 25, tasks: 25, prose: 25, is_unreadable: true, are_names_long: true, ..PLAIN },
        ),
        (
            "long names, nothing reported",
            Drawn { rows: 25, tasks: 25, prose: 25, is_reported: false, are_names_long: true, ..PLAIN },
        ),
    ] {
        let workspace = drawn.workspace();
        are_fit(&publish(&workspace, "input/2023"), "a", what);
    }
}

/// What the units of a round are asked: `统计局 report 1、2`, and by when.
fn asked(output: &Path) -> Vec<String> {
    let rows = csv_rows(&output.join("tables/actions.csv"));
    let told = |row: &Row| {
        let parts = ["unit", "kind", "targets", "tasks", "due"].map(|key| row[key].as_str());
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    rows.iter().map(told).collect()
}

const HEADS: &str = "序号|指标名称|计量单位|2023年实绩|佐证编号|说明|2022年实绩|数据年份";
pub(crate) const TASK_HEADS: &str = "任务编号|工作要点|进展状态|进展说明|佐证编号";
pub(crate) const TASKS: &str = "[[task_group]]\nno = \"1\"\nname = \"创新载体\"\nline = \"1\"\n[[task]]\nno = \"1.1\"\ngroup = \"1\"\ntitle = \"建设园区\"\ntext = \"建设园区\"\nlead = [\"统计局\"]\nresponsible = [\"财政局\"]\nline = \"1\"\n[[target]]\nid = \"P1\"\ntask = \"1.1\"\nname = \"园区数\"\nshort = \"园区数\"\nyear = 2023\nkind = \"level\"\nop = \">=\"\nvalue = \"100\"\nunit = \"家\"\nlead = [\"统计局\"]\nline = \"5\"\nquote = \"100\"\n";

/// Rows that meet every target with evidence, but for those given.
pub(crate) fn rows_with(changed: &[(&str, &str)]) -> String {
    let rows = GOOD.lines().map(|line| {
        let no = line.split('|').next().unwrap();
        match changed.iter().find(|(own, _)| *own == no) {
            Some((_, other)) => (*other).to_owned(),
            None => format!("{line}|Z1"),
        }
    });
    format!("{HEADS}\n{}", rows.collect::<Vec<_>>().join("\n"))
}

/// A round of 统计局 whose units are asked this, and its one page has these words.
fn is_asked(rows: &str, tasks: Option<&str>, expected: &[&str], words: &str) {
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    let mut sheets = vec![("指标", rows)];
    if let Some(tasks) = tasks {
        let plan = std::fs::read_to_string(workspace.path("input/2023/a/plan.toml")).unwrap();
        workspace.write("input/2023/a/plan.toml", plan + TASKS);
        sheets.push(("任务", tasks));
    }
    workspace.submit_sheets("a", "甲市", &sheets);
    let output = publish(&workspace, "input/2023");
    assert_eq!(asked(&output), expected, "{rows}");
    are_fit(&output, "a", words);
    // 财政局 only takes part: it has no page.
    let pages = bare_pages(&output, "a");
    assert!(pages.len() == 1 && pages[0].contains(words), "{words}\n{pages:#?}");
}

#[test]
fn units_are_asked_for_targets_that_are_open_or_missed_and_told_until_when() {
    for (rows, expected, words) in [
        (rows_with(&[]), vec![], "本轮没有要办的事。"),
        (
            rows_with(&[("1", "1|研发强度|%|")]),
            vec!["统计局 report 1 2024-02-05"],
            "请办一件事1补报1项指标：研发强度。2月5日前",
        ),
        (
            rows_with(&[("1", "1|研发强度|%|||核算数四月公布")]),
            vec!["统计局 later 1"],
            "有数后补报1项指标：研发强度。有数后",
        ),
        (
            rows_with(&[("1", "1|研发强度|%|2.95|Z1|||2022")]),
            vec!["统计局 published 1"],
            "2023年数公布后补报1项指标：研发强度。公布后",
        ),
        (
            rows_with(&[("4", "4|创新政策|有/无|有")]),
            vec!["统计局 clarify 4 2024-02-05"],
            "核实答复1项指标：创新政策。2月5日前",
        ),
        (
            rows_with(&[("2", "2|企业数|家|80|Z1"), ("4", "4|创新政策|有/无|有")]),
            vec!["统计局 clarify 4 2024-02-05", "统计局 measures 2 2024-02-29"],
            "请办两件事1核实答复1项指标：创新政策。2月5日前2对未到的1项指标提出措施：企业数少20家。2月29日前",
        ),
    ] {
        is_asked(&rows, None, &expected, words);
    }
}

#[test]
fn units_are_asked_about_tasks_that_are_open_or_at_odds_with_their_targets() {
    let task = |state: &str, evidence: &str| format!("{TASK_HEADS}\n'1.1|建设园区|{state}|如上|{evidence}");
    let with = |value: &str| format!("{}\nP1|园区数|家|{value}|Z1", rows_with(&[]));
    for (rows, tasks, expected, words) in [
        (
            with("80"),
            task("完成", "Z1"),
            vec!["统计局 reconsider 1.1 2024-02-05", "统计局 measures P1 2024-02-29"],
            "核对报“完成”而目标未到的1项任务，改报进展或书面说明：“建设园区”。2月5日前",
        ),
        (
            with("120"),
            task("未启动", ""),
            vec!["统计局 begun 1.1 2024-02-05"],
            "核对报“未启动”而目标已到的1项任务，改报进展或书面说明：“建设园区”。2月5日前",
        ),
        (
            with("120"),
            task("完成", ""),
            vec!["统计局 substantiate 1.1 2024-02-05"],
            "核实1项任务的填报：“建设园区”。2月5日前",
        ),
        (
            with("120"),
            TASK_HEADS.to_owned(),
            vec!["统计局 report 1.1 2024-02-05"],
            "补报1项任务：“建设园区”。2月5日前",
        ),
    ] {
        is_asked(&rows, Some(&tasks), &expected, words);
    }
}

#[test]
fn who_sent_nothing_is_asked_for_all_of_it_at_once() {
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    let plan = std::fs::read_to_string(workspace.path("input/2023/a/plan.toml")).unwrap();
    workspace.write("input/2023/a/plan.toml", plan + TASKS);
    let output = publish(&workspace, "input/2023");
    assert_eq!(asked(&output), ["统计局 submit 1、2、3、4、P1 1.1 2024-02-05"]);
    let pages = bare_pages(&output, "a");
    let words = "报送报表（还没有收到），报5项目标、1项任务：研发强度、企业数、单位能耗、创新政策、园区数、“建设园区”。";
    assert!(pages[0].contains(words) && pages[0].contains("未收到"), "{pages:#?}");
}

#[test]
fn who_sent_what_cannot_be_used_is_not_told_that_nothing_came() {
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    for (city, day, words, short) in [
        // Of another city by its cover, and after the cut-off.
        ("乙市", "2024-01-10", "报送报表（收到的不能使用），报4项指标", "不能用"),
        ("甲市", "2024-03-10", "报送报表（截止后才收到，没有采用），报4项指标", "未采用"),
    ] {
        let cover = format!(
            "城市|{city}\n填报单位|统计局\n报告期|2023年度\n填报人|甲\n审核人|乙\n填报日期|{day}\n版本|'1"
        );
        workspace.submit_sheets("a", "甲市", &[("封面", &cover), ("指标", &rows_with(&[]))]);
        let register = format!("文件,收到时间\n统计局.xlsx,{day} 09:00\n");
        workspace.write("input/2023/a/received.csv", register);
        let output = publish(&workspace, "input/2023");
        let pages = bare_pages(&output, "a");
        assert!(pages[0].contains(words) && pages[0].contains(short), "{words}\n{pages:#?}");
        assert!(!pages[0].contains("还没有收到") && !pages[0].contains("未收到报"), "{pages:#?}");
    }
}

/// A round whose first row two units report: what 财政局 says of it, and the rows of 统计局.
fn row_of_two_units(other: &str, own: &str) -> Workspace {
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    let plan = std::fs::read_to_string(workspace.path("input/2023/a/plan.toml")).unwrap();
    let plan = plan.replace("years = [2023]", "years = [2023]\nrow_units = \"data\"");
    let both = plan.replacen("data_units = [\"统计局\"]", "data_units = [\"统计局\", \"财政局\"]", 1);
    workspace.write("input/2023/a/plan.toml", both);
    submit_of_two(&workspace, &format!("{HEADS}\n{other}"), own);
    workspace
}

/// Workbooks of 财政局 and of 统计局, by their rows.
pub(crate) fn submit_of_two(workspace: &Workspace, other: &str, own: &str) {
    let cover =
        "城市|甲市\n填报单位|财政局\n报告期|2023年度\n填报人|甲\n审核人|乙\n填报日期|2024-01-10\n版本|'1";
    workspace.submit_sheets("a", "甲市", &[("封面", cover), ("指标", other)]);
    let folder = workspace.path("input/2023/a/submissions");
    std::fs::rename(folder.join("统计局.xlsx"), folder.join("财政局.xlsx")).unwrap();
    workspace.submit_sheets("a", "甲市", &[("指标", own)]);
}

#[test]
fn a_row_points_to_what_waits_for_an_answer_only_where_the_page_has_it() {
    // Its number cannot be read; that of the other unit is in no doubt of its own.
    let workspace = row_of_two_units("1|研发强度|%|约2.5|Z1", &rows_with(&[]));
    let output = publish(&workspace, "input/2023");
    let pages = bare_pages(&output, "a");
    assert!(pages[1].contains("财政局") && pages[1].contains("见待答复"), "{pages:#?}");
    let of_other = &pages[0];
    assert!(!of_other.contains("见待答复") && of_other.contains("财政局：“约2.5”是约数"), "{of_other}");
}

#[test]
fn units_that_disagree_are_asked_to_confer_and_the_office_names_who_answers_where_the_plan_does_not() {
    let own = rows_with(&[("2", "2|企业数|家|80|Z1")]);
    let workspace = row_of_two_units("1|研发强度|%|2.5|Z1", &own);
    workspace.write(
        "input/2023/a/received.csv",
        "文件,收到时间\n统计局.xlsx,2024-01-10 09:00\n财政局.xlsx,2024-01-17 09:00\n",
    );
    let output = publish(&workspace, "input/2023");
    assert_eq!(
        asked(&output),
        ["统计局 confer 1 2024-02-05", "财政局 confer 1 2024-02-05", "办公室 assign 2 2024-02-29"]
    );
    are_fit(&output, "a", "three units");
    let pages = bare_pages(&output, "a");
    for (page, words) in pages.iter().zip([
        "未到、责任单位待明确的：企业数。",
        "1月17日",
        "为未到的1项指标明确责任单位（方案没有写）：企业数少20家。2月29日前",
    ]) {
        assert!(page.contains(words), "{words}\n{page}");
    }
}

#[test]
fn the_page_of_a_unit_is_found_by_its_name_among_the_bookmarks() {
    let workspace = Workspace::with_cities(&[("a", "甲市"), ("b", "乙市")]);
    workspace.submit("a", "甲市", GOOD);
    let output = publish(&workspace, "input/2023");
    let files: BTreeSet<String> = std::fs::read_dir(output.join("units"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(files, BTreeSet::from(["a.pdf".to_owned(), "b.pdf".to_owned()]));
    let told = Command::new("pdfinfo").arg("-struct-text").arg(output.join("units/a.pdf")).output().unwrap();
    let told: String = String::from_utf8_lossy(&told.stdout).split_whitespace().collect();
    assert!(told.contains("H1") && told.contains("统计局"), "{told}");
}

#[test]
fn a_city_whose_chapter_is_withheld_has_no_pages_but_its_units_are_in_the_table() {
    let workspace = Workspace::with_cities(&[("a", "甲市"), ("b", "乙市")]);
    let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    workspace.write("input/2023/round.toml", format!("{round}\n[gate]\nerror = \"chapter\"\n"));
    workspace.submit_sheets("a", "甲市", &[("指标", &rows_with(&[]))]);
    let output = publish(&workspace, "input/2023");
    assert!(output.join("units/a.pdf").exists() && !output.join("units/b.pdf").exists());
    let rows = csv_rows(&output.join("tables/actions.csv"));
    let cities: BTreeMap<&str, usize> = rows.iter().fold(BTreeMap::new(), |mut counts, row| {
        *counts.entry(row["city"].as_str()).or_default() += 1;
        counts
    });
    assert_eq!(cities, BTreeMap::from([("b", 1)]));
}

#[test]
fn a_page_tells_whose_unit_it_is_where_the_name_of_the_unit_does_not() {
    let workspace = Workspace::with_cities(&[("a", "甲市"), ("b", "乙市")]);
    workspace.submit("a", "甲市", GOOD);
    workspace.submit("b", "乙市", GOOD);
    let output = publish(&workspace, "input/2023");
    for (slug, name) in [("a", "甲市"), ("b", "乙市")] {
        for page in bare_pages(&output, slug) {
            let head: String = page.chars().take(40).collect();
            assert!(head.contains(name), "{slug}: {page}");
        }
    }
}
