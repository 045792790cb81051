//! The report says only what is so: of one unit or many, of plans of any level and shape.

use crate::workspace::{GOOD, Workspace, csv_rows, pages};

/// The text of the technical volume and of the main report.
fn told(workspace: &Workspace) -> String {
    said(workspace) + &bare(workspace, "report.pdf")
}

/// The text of the technical volume without the blanks that its lines and columns have.
fn said(workspace: &Workspace) -> String {
    bare(workspace, "technical.pdf")
}

fn bare(workspace: &Workspace, name: &str) -> String {
    let text = pages(&workspace.path(&format!("output/2023/{name}"))).concat();
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn holds(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "“{word}” is missing in\n{text}");
    }
}

fn lacks(text: &str, words: &[&str]) {
    for word in words {
        if let Some(at) = text.find(word) {
            let before = text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev();
            let around: String = before.chain(text[at..].chars().take(60)).collect();
            panic!("“{word}” in …{around}…");
        }
    }
}

/// What only a report has that compares units.
const COMPARING: [&str; 9] =
    ["城市间比较", "间比较", "名次", "排名", "各城市", "各市", "两市", "共同指标", "覆盖率低于"];
/// What is only told of plans that are called so.
const OWN_WORDS: [&str; 6] = ["创新型城市", "创新型县", "年度建设方案", "工作要点", "领导小组", "方案"];

/// A plan by its head, and what follows it.
struct Shape {
    level: &'static str,
    name: &'static str,
    title: &'static str,
    head: &'static str,
    source: &'static str,
    rest: String,
}

impl Shape {
    fn written(&self) -> Workspace {
        let workspace = Workspace::with_cities(&[("a", self.name)]);
        let Self { level, name, title, head, source, rest } = self;
        let short: String = name.chars().take(4).collect();
        workspace.write("input/sources/plan.txt", source);
        workspace.write(
            "input/2023/a/plan.toml",
            format!(
                "[plan]\nid = \"a\"\ncity = \"a\"\nname = \"{name}\"\nshort = \"{short}\"\nlevel = \"{level}\"\ntitle = \"{title}\"\nscope = \"若干项\"\nstatus = \"in_force\"\noffice = \"发展改革局\"\nsource = \"sources/plan.txt\"\n{head}\n{rest}"
            ),
        );
        workspace
    }
}

/// A row of the table: its values of earlier years and its targets, each a year and a number that stands on line 2.
fn row(no: &str, id: &str, name: &str, unit: &str, past: &[(i32, &str)], targets: &[(i32, &str)]) -> String {
    let mut text = format!(
        "[[indicator]]\nno = \"{no}\"\nid = \"{id}\"\nname = \"{name}\"\nunit = \"{unit}\"\ngroup = \"投入\"\ndata_units = [\"统计局\"]\nline = \"1\"\n"
    );
    for (year, value) in past {
        text.push_str(&format!("[[indicator.value]]\nyear = {year}\nvalue = \"{value}\"\nline = \"2\"\n"));
    }
    for (year, value) in targets {
        text.push_str(&format!(
            "[[indicator.target]]\nyear = {year}\nvalue = \"{value}\"\nline = \"2\"\nquote = \"{value}\"\n"
        ));
    }
    text
}

const GROUP: &str = "[[group]]\nname = \"投入\"\nline = \"1\"\n";

/// A county's plan of three years: one tier, no values of earlier years, no prose, no tasks.
fn county() -> Shape {
    let years = |values: [&'static str; 3]| [(2023, values[0]), (2024, values[1]), (2025, values[2])];
    Shape {
        level: "county",
        name: "甲县",
        title: "甲县科技创新三年行动计划（2023—2025年）",
        head: "years = [2023, 2024, 2025]",
        source: "研发强度 企业数\n3.0 3.1 3.2 100 110 120\n",
        rest: [
            GROUP,
            &row("1", "rd", "研发强度", "%", &[], &years(["3.0", "3.1", "3.2"])),
            &row("2", "firms", "企业数", "家", &[], &years(["100", "110", "120"])),
        ]
        .concat(),
    }
}

/// A province's plan with a base of three years before, prose and tasks.
fn province() -> Shape {
    Shape {
        level: "province",
        name: "甲省",
        title: "甲省“十四五”科技创新规划",
        head: "years = [2023]\nbaseline_year = 2020",
        source: "研发强度 企业数 附表\n2.5 90 3.0 100 单位能耗 0.45 0.5 主要任务 新建平台 20 个\n",
        rest: [
            GROUP,
            &row("1", "rd", "研发强度", "%", &[(2020, "2.5")], &[(2023, "3.0")]),
            &row("2", "firms", "企业数", "家", &[(2020, "90")], &[(2023, "100")]),
            &row("3", "energy", "单位能耗", "吨标准煤/万元", &[(2020, "0.45")], &[(2023, "0.5")]),
            "[[task_group]]\nno = \"1\"\nname = \"平台\"\nline = \"2\"\n[[task]]\nno = \"1.1\"\ngroup = \"1\"\ntitle = \"新建平台\"\ntext = \"新建平台\"\nlead = [\"省科技厅\"]\nline = \"2\"\n",
            "[[target]]\nid = \"P1\"\ntask = \"1.1\"\nname = \"新建平台\"\nshort = \"新建平台\"\nyear = 2023\nkind = \"increment\"\nvalue = \"20\"\nunit = \"个\"\nline = \"2\"\nquote = \"20 个\"\n",
        ]
        .concat(),
    }
}

/// A department's targets in prose alone.
fn department() -> Shape {
    Shape {
        level: "department",
        name: "省科技厅",
        title: "省科技厅2023年目标任务书",
        head: "years = [2023]",
        source: "目标\n新增企业 100 家\n",
        rest: "[[target]]\nid = \"M1\"\nname = \"新增企业\"\nshort = \"新增企业\"\nyear = 2023\nkind = \"increment\"\nvalue = \"100\"\nunit = \"家\"\nlead = [\"统计局\"]\nline = \"2\"\nquote = \"100 家\"\n".to_owned(),
    }
}

#[test]
fn a_round_with_one_plan_compares_and_ranks_nothing() {
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    workspace.submit("a", "甲市", GOOD);
    workspace.typeset();
    for text in [said(&workspace), bare(&workspace, "cities/a.pdf")] {
        lacks(&text, &COMPARING);
    }
    let text = said(&workspace);
    holds(&text, &["附件1", "修约", "甲市完成率为"]);
    // All is reached and reported: there is nothing to find, and no row says so.
    lacks(&text, &["主要发现与建议", "没有完成程度不足", "没有劣于", "全部应评项均已报送", "三、数据"]);
    assert_eq!(workspace.table("scores")[0]["rank"], "1", "tables keep their columns");
}

#[test]
fn a_countys_plan_with_one_tier_and_neither_base_nor_prose_is_told_in_its_own_words() {
    let workspace = county().written();
    workspace.submit("a", "甲县", "1|研发强度|%|3.1\n2|企业数|家|96");
    workspace.typeset();
    let text = said(&workspace);
    lacks(&text, &COMPARING);
    lacks(&text, &OWN_WORDS);
    lacks(
        &text,
        &[
            "考核值",
            "完成值",
            "力争",
            "菱形",
            "正文",
            "任务、",
            "＊",
            "＃",
            "左右",
            "超过”",
            "突破",
            "定性",
            "上年实绩",
            "进度为",
        ],
    );
    lacks(&text, &["越小越好", "未列上年数", "数据滞后", "不可评", "办公室"]);
    holds(&text, &["计划不能同自身的数衔接之处", "甲县完成率为", "计划行"]);
}

#[test]
fn a_provinces_plan_is_held_against_its_own_base_year() {
    let workspace = province().written();
    workspace.submit("a", "甲省", "1|研发强度|%|2.9\n2|企业数|家|120\n3|单位能耗|吨标准煤/万元|0.48");
    workspace.typeset();
    let text = said(&workspace);
    lacks(&text, &COMPARING);
    lacks(&text, &OWN_WORDS);
    lacks(&text, &["未列上年数", "上年实绩", "比上年", "2022年", "考核值", "按规划规定提请调整", "办公室"]);
    holds(&text, &["2020年基期", "规划正文与附表不一致的"]);
    // The main report has the rate with and without the target that is worse than its base.
    holds(&told(&workspace), &["完成率66.7%", "不计目标不如基期实绩而可评的1项，完成率为50.0%（1/2）"]);
    let rows = workspace.table("assessments");
    // (2.9 − 2.5) ÷ (3.0 − 2.5), from 2020 on.
    assert_eq!((rows[0]["baseline"].as_str(), rows[0]["progress"].as_str()), ("2.5", "80.00"));
    let score = &workspace.table("scores")[0];
    assert_eq!((score["soft"].as_str(), score["rate_without_soft"].as_str()), ("1", "50.0000"));
    let steps = csv_rows(&workspace.path("output/2023/tables/lineage.csv"));
    let step = steps.iter().find(|step| step["figure"] == "a/rate_without_soft").unwrap();
    assert_eq!(step["to"], "50.0%");
}

#[test]
fn a_row_may_count_from_a_year_of_its_own() {
    let shape = province();
    let rest =
        shape.rest.replace("no = \"2\"\nid = \"firms\"", "no = \"2\"\nbaseline_year = 2021\nid = \"firms\"");
    let rest = rest.replace("year = 2020\nvalue = \"90\"", "year = 2021\nvalue = \"90\"");
    let workspace = Shape { rest, ..shape }.written();
    workspace.submit("a", "甲省", "1|研发强度|%|2.9\n2|企业数|家|95\n3|单位能耗|吨标准煤/万元|0.48");
    workspace.typeset();
    let text = said(&workspace);
    holds(&text, &["基期", "2020年", "2021年"]);
    assert_eq!(workspace.table("assessments")[1]["progress"], "50.00");
}

#[test]
fn a_departments_targets_in_prose_have_no_table_and_no_tasks() {
    let workspace = department().written();
    workspace.submit("a", "省科技厅", "M1|新增企业|家|90");
    workspace.typeset();
    let text = said(&workspace);
    lacks(&text, &COMPARING);
    lacks(&text, &OWN_WORDS);
    lacks(
        &text,
        &["附表指标", "与附表不一致", "对标条", "工作要点", "任务、", "编号为P", "上年", "项分设", "牵头”"],
    );
    holds(&text, &["任务书没有指标表，按正文目标计数", "任务书不能同自身的数衔接之处"]);
}

#[test]
fn units_of_other_levels_are_compared_by_their_own_word() {
    let workspace = Workspace::with_cities(&[("a", "甲县"), ("b", "乙县"), ("c", "丙县")]);
    for (slug, name) in [("a", "甲县"), ("b", "乙县"), ("c", "丙县")] {
        let path = format!("input/2023/{slug}/plan.toml");
        let plan = std::fs::read_to_string(workspace.path(&path)).unwrap();
        workspace
            .write(&path, plan.replace("level = \"city\"", "level = \"county\"").replace("方案\"", "计划\""));
        workspace.submit(slug, name, GOOD);
    }
    workspace.typeset();
    let text = said(&workspace);
    lacks(&text, &["城市", "各市", "本市", "该市", "创新型", "方案", "标“县”"]);
    holds(&text, &["3个县（市、区）", "计划行"]);
}

#[test]
fn legends_follow_what_occurs() {
    let workspace = Workspace::with_cities(&[("a", "甲市"), ("b", "乙市")]);
    for (slug, name) in [("a", "甲市"), ("b", "乙市")] {
        workspace.submit(slug, name, GOOD);
    }
    workspace.typeset();
    let without = said(&workspace);
    lacks(
        &without,
        &["未报而", "应报而未报", "核实前不下结论", "＃", "＊", "“左右”", "力争", "推进中", "考核值"],
    );
    holds(&without, &["定性指标填“有”", "越小越好"]);
    workspace.submit("b", "乙市", "1|研发强度|%|2.9997");
    workspace.typeset();
    let with = said(&workspace);
    holds(&with, &["应报而未报"]);
}

#[test]
fn targets_of_a_later_year_are_told_as_on_or_behind_schedule_and_never_as_completed() {
    let shape = province();
    let rest = [
        GROUP,
        &row("1", "rd", "研发强度", "%", &[(2020, "2.5")], &[(2025, "3.0")]),
        &row("2", "firms", "企业数", "家", &[(2020, "90")], &[(2025, "100")]),
    ]
    .concat();
    let head = "years = [2023, 2025]\nbaseline_year = 2020";
    let workspace = Shape { head, rest, ..shape }.written();
    workspace.submit("a", "甲省", "1|研发强度|%|2.9\n2|企业数|家|95");
    workspace.typeset();
    let text = said(&workspace);
    holds(&text, &["达到序时", "慢于序时", "达标率", "本年度序时应达2.8", "按年均匀推进"]);
    lacks(
        &text,
        &[
            "2025年进度条",
            "没有可与",
            "完成年度目标",
            "基本完成：",
            "到2025年的进展",
            "完成项/可评项",
            "2024年目标",
        ],
    );
    // The column of targets has their year.
    holds(&text, &["2025年目"]);
}
