//! How figures came about, as the program tells it of an output that was published.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use duibiao::error::RunError;
use duibiao::explain::{ExplainOrder, Explanation, lines};
use duibiao::finding::Language;

use crate::sampled;
use crate::tools::is_at_hand;
use crate::workspace::{PROGRAM, Workspace, copy_tree, csv_rows, repository};

/// The round 2023, published once for all tests.
static PUBLISHED: LazyLock<Workspace> = LazyLock::new(|| {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    workspace.run();
    workspace
});

fn output() -> PathBuf {
    PUBLISHED.path("output/2023")
}

/// What is told of a figure.
pub(crate) fn explain(output: &Path, figure: &str, language: Language) -> Result<Explanation, RunError> {
    let program = Path::new(PROGRAM);
    duibiao::explain::explain(&ExplainOrder { output, figure, inputs: None, program, language })
}

fn asked(output: &Path, arguments: &[&str]) -> Output {
    Command::new(PROGRAM).arg("explain").arg(output).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn every_target_unit_and_total_of_the_round_is_told_in_eighty_columns_and_can_be_done_again() {
    let rows = csv_rows(&output().join("tables/assessments.csv"));
    let units = csv_rows(&output().join("tables/units.csv"));
    let mut figures: Vec<String> = rows.iter().map(|row| format!("{}/{}", row["city"], row["no"])).collect();
    figures.extend(units.iter().map(|row| format!("{}/单位/{}", row["city"], row["unit"])));
    for city in ["湘潭", "潜江市", "xiangtan"] {
        figures.extend(
            ["完成率", "覆盖率", "得分", "缺报计零得分", "等次", "位次", "应评"]
                .map(|total| format!("{city}/{total}")),
        );
    }
    figures.push("全部/完成率".to_owned());
    figures.dedup();
    // A tenth of them in this test, each of another kind of target among them.
    for figure in figures.iter().step_by(3) {
        for language in [Language::Chinese, Language::English] {
            let told = explain(&output(), figure, language).unwrap();
            assert!(told.agrees() && told.again.0 > 0, "{figure}: {:?}", told.again);
            for line in lines(&told.ways) {
                let width: usize = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
                assert!(width <= 80, "{figure}: {line}");
            }
        }
    }
}

#[test]
fn a_target_leads_to_its_cell_and_to_the_line_of_the_plan() {
    let told = said(&asked(&output(), &["湘潭/22", "--file", repository().join("input").to_str().unwrap()]));
    for words in [
        "湘潭市　22　城乡居民人均可支配收入之比",
        "判定 完成",
        "1.71 ≤ 1.73　达到",
        "市发改委　读作 1.71 ← 市发改委_年报.xlsx[指标]!E7　“1.71”，数值单元格",
        "A7“22” B7“城乡居民人均可支配收入之比”",
        "方案第201行“1.73”　sources/xiangtan-2023-plan.txt",
        "catalogue.toml　income-ratio.direction = “越小越好”",
        "＝ 1.73÷1.71×100",
        "刊出 完成率 101.2%",
        "全部一致",
        "SHA-256一致，其中E7“1.71”",
    ] {
        let joined: String = told.chars().filter(|c| !"\n│├└ ".contains(*c)).collect();
        let words = words.replace(' ', "");
        assert!(joined.contains(&words), "{words} is missing in\n{told}");
    }
}

#[test]
fn what_is_not_there_is_named_with_what_there_is() {
    for (figure, known) in [
        ("湘潭/99", "1、2、3"),
        ("长沙/1", "潜江、湘潭"),
        ("湘潭", "1、2、3"),
        ("湘潭/单位/市火星局", "市科技局"),
        ("全部/单位", "完成率"),
    ] {
        let output = asked(&output(), &[figure]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(error.contains(&format!("没有这个数字：{figure}")) && error.contains(known), "{error}");
    }
    let nothing = asked(&repository().join("docs"), &["湘潭/22"]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(String::from_utf8(nothing.stderr).unwrap().contains("不是有台账的输出"));
}

#[test]
fn a_figure_is_found_however_people_write_it() {
    let of = |text: &str| {
        let told = explain(&output(), text, Language::Chinese);
        let told = told.unwrap_or_else(|error| panic!("{text}: {error}"));
        told.json["roots"].clone()
    };
    let written = [
        "湘潭／２２",
        "湘潭　22",
        " 湘潭22 ",
        "湘潭-22",
        "湘潭市/22",
        "Xiangtan/22",
        "湘潭/指标22",
        "xiangtan/indicator 22",
        "湘潭/城乡居民人均可支配收入之比",
    ];
    for text in written {
        assert_eq!(of(text), of("湘潭/22"), "{text}");
    }
    for (text, id) in [
        ("湘潭22/完成率", "xiangtan/22/completion.shown"),
        ("xiangtan/22/printed completion", "xiangtan/22/completion.shown"),
        ("xiangtan/22/completion", "xiangtan/22/completion"),
        ("湘潭/22/实绩", "xiangtan/22/fact"),
        ("湘潭/22/目标", "xiangtan/22/2023/target"),
        ("湘潭完成率", "xiangtan/#rate.shown"),
        ("xiangtan/Score missing as zero", "xiangtan/#score_missing_as_zero.shown"),
        ("湘潭任务1.1", "xiangtan/task/1.1/state"),
        ("湘潭/p6", "xiangtan/P6/state"),
        ("潜江特3", "qianjiang/特3/state"),
        ("round/rate", "round/#rate.shown"),
        ("全部完成率", "round/#rate.shown"),
    ] {
        assert_eq!(of(text)[0], id, "{text}");
    }
    assert_eq!(of("湘潭/市科技局"), of("湘潭/单位/市科技局"));
    // A name that goes on is another one's.
    let error = explain(&output(), "湘潭县/22", Language::Chinese).unwrap_err().to_string();
    assert!(error.contains("潜江、湘潭"), "{error}");
}

/// Whoever has a page in hand finds its numerals by where they stand.
#[test]
fn a_numeral_of_any_volume_is_explained_by_where_it_stands() {
    let figures = csv_rows(&output().join("tables/figures.csv"));
    for row in figures.iter().step_by(61) {
        let told = explain(&output(), &row["place"], Language::Chinese).unwrap();
        assert_eq!(told.json["roots"], serde_json::json!([row["id"]]), "{}", row["place"]);
        assert_eq!(told.head, format!("{}　{}", row["place"], row["text"]));
        assert!(told.agrees(), "{}", row["place"]);
    }
    // A place above several names them; above one alone it is that.
    let error = explain(&output(), "参阅/第1页", Language::Chinese).unwrap_err().to_string();
    assert!(error.contains(&figures[0]["place"]), "{error}");
    let (place, _) = figures[0]["place"].rsplit_once('/').unwrap();
    let told = explain(&output(), place, Language::Chinese).unwrap();
    assert_eq!(told.json["roots"], serde_json::json!([figures[0]["id"]]), "{place}");
}

#[test]
fn a_cell_tells_which_printed_figures_rest_on_it() {
    let told = said(&asked(&output(), &["xiangtan/submissions/市发改委_年报.xlsx[指标]!E7"]));
    for words in
        ["个刊出的数字", "湘潭 22 完成率　101.2", "湘潭 完成率　63.6", "市发改委 报送 完成", "全部 完成率"]
    {
        assert!(told.contains(words), "{words} is missing in\n{told}");
    }
}

#[test]
fn an_altered_step_and_another_workbook_are_noticed() {
    let workspace = Workspace::new();
    let copy = workspace.path("out");
    std::fs::create_dir_all(copy.join("tables")).unwrap();
    for name in ["manifest.json", "tables/findings.csv"] {
        std::fs::copy(output().join(name), copy.join(name)).unwrap();
    }
    let table = std::fs::read_to_string(output().join("tables/derivation.csv")).unwrap();
    let altered = table.replace(
        "xiangtan/22/completion,completion.lower,17300/171",
        "xiangtan/22/completion,completion.lower,101",
    );
    assert_ne!(table, altered);
    std::fs::write(copy.join("tables/derivation.csv"), altered).unwrap();
    let told = asked(&copy, &["湘潭/22"]);
    assert_eq!(told.status.code(), Some(1));
    assert!(
        said(&told).contains("不一致") && said(&told).contains("xiangtan/22/completion"),
        "{}",
        said(&told)
    );

    std::fs::write(copy.join("tables/derivation.csv"), table).unwrap();
    let name = "2023/xiangtan/submissions/市发改委_年报.xlsx";
    let other = "2023/xiangtan/submissions/市科技局_年报_v2.xlsx";
    let to = workspace.path("input").join(name);
    std::fs::create_dir_all(to.parent().unwrap()).unwrap();
    std::fs::copy(repository().join("input").join(other), to).unwrap();
    let told = asked(&copy, &["湘潭/22", "--file", workspace.path("input").to_str().unwrap()]);
    assert_eq!(told.status.code(), Some(1));
    assert!(said(&told).contains("SHA-256不一致"), "{}", said(&told));
}

#[test]
fn programs_get_the_steps_with_those_that_they_rest_on_before_them() {
    let told = said(&asked(&output(), &["潜江/特3", "--format", "json"]));
    let json: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(json["schema"], "duibiao-explain/1");
    let steps = json["steps"].as_array().unwrap();
    let ids: Vec<&str> = steps.iter().map(|step| step["id"].as_str().unwrap()).collect();
    for (at, step) in steps.iter().enumerate() {
        for arg in step["in"].as_array().unwrap() {
            assert!(ids[..at].contains(&arg[1].as_str().unwrap()), "{step}");
        }
    }
    assert!(ids.contains(&"qianjiang/特3/completion"));
}

/// There is one account of a figure: the lineage is the ledger in words.
#[test]
fn every_step_of_the_lineage_tells_one_of_the_ledger_and_prints_what_that_gave() {
    let table = |name: &str| csv_rows(&output().join(format!("tables/{name}.csv")));
    let ledger: BTreeMap<String, String> =
        table("derivation").into_iter().map(|row| (row["id"].clone(), row["value"].clone())).collect();
    let told = |word: &str| ["方案 plan", "读取 read"].contains(&word);
    let (mut numbers, steps) = (0, table("lineage"));
    for step in &steps {
        let (figure, id, word) = (&step["figure"], step["id"].as_str(), step["operation"].as_str());
        if id.is_empty() {
            assert!(figure.contains("/task-") && told(word), "{figure}: {word} tells no step");
            continue;
        }
        let value = ledger.get(id).unwrap_or_else(|| panic!("{figure}: {id} is no step"));
        let (kind, _) = word.split_once(' ').unwrap();
        if ["修约", "计分", "计算并修约", "计数", "相加", "排名"].contains(&kind) {
            numbers += 1;
            assert_eq!(step["to"].trim_end_matches(['%', '分']), value, "{figure} {word}");
        }
    }
    assert!(steps.len() > 1_000 && numbers > 120, "{} steps, {numbers} printed numbers", steps.len());
}

/// How the checker ends on an output with its inputs, and what it says; nothing where there is no python.
pub(crate) fn said_by_checker(output: &Path, inputs: &Path, more: &[&str]) -> Option<(Option<i32>, String)> {
    if !is_at_hand("python3") {
        return None;
    }
    let mut python = Command::new("python3");
    python
        .arg(repository().join("tests/checker/check.py"))
        .arg(output)
        .arg("--inputs")
        .arg(inputs)
        .args(more);
    let checked = python.output().unwrap();
    let said = [checked.stdout, checked.stderr].concat();
    Some((checked.status.code(), String::from_utf8_lossy(&said).into_owned()))
}

/// What the checker says of an output; it was written from docs/operations.md alone, in another language; see tests/checker.
pub(crate) fn checked(output: &Path, inputs: &Path, more: &[&str]) -> Option<String> {
    let (status, told) = said_by_checker(output, inputs, more)?;
    assert_eq!(status, Some(0), "{told}");
    let count = |label: &str| -> Option<usize> {
        let line = told.lines().find(|line| line.starts_with(label))?;
        line.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty())?.parse().ok()
    };
    for label in
        ["unknown operations", "dangling arguments", "differing", "published differing", "inputs differing"]
    {
        assert_eq!(count(label), Some(0), "{label}\n{told}");
    }
    // Nothing is believed: reasons, units and words are held against what they rest on.
    assert_eq!(count("done again with something taken as stated"), Some(0), "{told}");
    Some(told)
}

#[test]
fn an_independent_program_does_every_step_again_and_notices_every_alteration() {
    let Some(told) = checked(&output(), &repository().join("input"), &["--alter"]) else { return };
    let alterations = told.lines().find(|line| line.starts_with("alterations")).unwrap();
    let counts: Vec<&str> =
        alterations.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    assert!(counts[0].parse::<usize>().unwrap() > 2000 && counts[0] == counts[1], "{alterations}");
}

#[test]
fn an_independent_program_does_a_round_of_thirty_cities_again() {
    let workspace = sampled::round_of(30);
    sampled::publish(&workspace);
    checked(&workspace.path("output/2023"), &workspace.path("input"), &[]);
}

#[test]
fn a_step_is_told_to_programs_once() {
    for figure in ["全部/完成率", "湘潭/位次", "湘潭/合计"] {
        let told = explain(&output(), figure, Language::Chinese).unwrap();
        let steps = told.json["steps"].as_array().unwrap();
        let ids: BTreeSet<&str> = steps.iter().map(|step| step["id"].as_str().unwrap()).collect();
        assert!(!steps.is_empty() && ids.len() == steps.len(), "{figure}: {} of {}", ids.len(), steps.len());
    }
}

#[test]
fn a_count_of_what_was_chosen_tells_what_chose_it() {
    let joined = |figure: &str| -> String {
        let told = explain(&output(), figure, Language::Chinese).unwrap();
        assert!(told.agrees());
        lines(&told.ways).concat().chars().filter(|c| !"│├└ ".contains(*c)).collect()
    };
    let late = joined("xiangtan/#units.late");
    let register = std::fs::read_to_string(repository().join("input/2023/xiangtan/received.csv")).unwrap();
    let entry = register.lines().find(|line| line.contains("市工信局")).unwrap();
    let received: String = entry.split(',').nth(1).unwrap().split(' ').next().unwrap().to_owned();
    for words in ["期限", "2024-01-15", "市工信局_年报.xlsx", &received] {
        assert!(late.contains(words), "{words} is missing in {late}");
    }
    let rate = joined("湘潭/不计目标劣于上年的完成率");
    let rows = csv_rows(&output().join("tables/assessments.csv"));
    let worse = rows.iter().filter(|row| {
        row["city"] == "xiangtan" && row["origin"] == "table" && row["target_worse_than_baseline"] == "true"
    });
    let worse: Vec<&str> = worse.map(|row| row["no"].as_str()).collect();
    assert!(!worse.is_empty());
    let words = format!("不计目标劣于基数的{}", worse.join("、"));
    assert!(rate.contains(&words), "{words} is missing in {rate}");
}

#[test]
fn what_stands_on_a_page_is_found_by_the_names_that_the_page_has() {
    let of = |text: &str| explain(&output(), text, Language::Chinese);
    let roots = |text: &str| of(text).unwrap_or_else(|error| panic!("{text}: {error}")).json["roots"].clone();
    let reported = serde_json::json!(["xiangtan/page/市科技局/#report.targets"]);
    for text in ["湘潭/市科技局/专页/请办/1", "专页/市科技局/湘潭市/请办/1"] {
        assert_eq!(roots(text), reported, "{text}");
    }
    // Several numerals of a sentence are told apart.
    let error = of("市科技局/专页/请办/3").unwrap_err().to_string();
    assert!(error.contains("专页/xiangtan-市科技局/请办/3/正文＝9"), "{error}");
    let all = roots("湘潭/合计");
    for id in ["xiangtan/#total", "xiangtan/#rate.shown", "xiangtan/#score_missing_as_zero.shown"] {
        assert!(all.as_array().unwrap().iter().any(|one| one == id), "{id} in {all}");
    }
    assert_eq!(roots("湘潭/合计/完成率"), roots("湘潭/完成率"));
    assert_eq!(roots("全部/合计/完成率"), roots("全部/完成率"));
    let error = of("湘潭/没有/这个").unwrap_err().to_string();
    assert!(error.contains("写法如") && error.contains("xiangtan/22/fact"), "{error}");
}

#[test]
fn a_cell_that_no_figure_uses_answers_with_nothing_and_one_that_is_not_there_is_named() {
    let book = "xiangtan/submissions/市发改委_年报.xlsx";
    for (cell, words) in [
        (format!("{book}[指标]!Z99"), "单元格空白"),
        (format!("{book}[封面]!A1"), "单元格“"),
        ("市统计局_年报.xlsx[指标]!XFD1".to_owned(), "单元格空白"),
    ] {
        let told = asked(&output(), &[&cell]);
        let text = said(&told);
        assert_eq!(told.status.code(), Some(0), "{cell}: {}", String::from_utf8_lossy(&told.stderr));
        assert!(text.contains("影响0个刊出的数字、0处判定和等次") && text.contains(words), "{cell}: {text}");
    }
    for (cell, known) in [
        (format!("{book}[没有]!A1"), "指标"),
        (format!("{book}[指标]!E0"), "XFD1048576"),
        ("没有.xlsx[指标]!A1".to_owned(), "市发改委_年报.xlsx"),
        // Of two cities.
        ("市发改委_年报.xlsx[指标]!XFD1".to_owned(), "2023/qianjiang/submissions"),
    ] {
        let told = asked(&output(), &[&cell]);
        let error = String::from_utf8(told.stderr).unwrap();
        assert_eq!(told.status.code(), Some(2), "{cell}");
        assert!(error.contains("没有这一格") && error.contains(known), "{cell}: {error}");
    }
    // Without the workbook it is not known whether there is such a cell.
    let alone = Workspace::new();
    copy_tree(&output(), &alone.path("alone/deep/out"), false);
    let mut run = Command::new(PROGRAM);
    run.current_dir(alone.path("alone")).args(["explain", "deep/out"]);
    let told = run.arg(format!("{book}[指标]!Z99")).output().unwrap();
    assert!(said(&told).contains("没有原件"), "{}", said(&told));
}

/// How many printed figures rest on a cell is what the table of figures and the ledger say.
#[test]
fn a_cell_reaches_as_many_figures_as_the_tables_name() {
    let steps = csv_rows(&output().join("tables/derivation.csv"));
    let figures = csv_rows(&output().join("tables/figures.csv"));
    let printed: BTreeSet<&str> = figures.iter().map(|row| row["id"].as_str()).collect();
    let cells: Vec<&str> =
        steps.iter().filter(|row| row["op"] == "cell").map(|row| row["id"].as_str()).collect();
    for cell in cells.iter().step_by(211) {
        let mut reached = BTreeSet::from([*cell]);
        for row in &steps {
            let args: Vec<[String; 2]> = serde_json::from_str(&row["args"]).unwrap();
            if args.iter().any(|[_, id]| reached.contains(id.as_str())) {
                reached.insert(&row["id"]);
            }
        }
        let numerals = reached.intersection(&printed).count();
        let words = reached.iter().filter(|id| id.ends_with("/state") || id.ends_with("/#grade")).count();
        let told = explain(&output(), cell, Language::Chinese).unwrap();
        let line = format!("影响{numerals}个刊出的数字、{words}处判定和等次");
        assert!(told.ways.iter().any(|way| way.text == line), "{cell}: {line}, {:?}", told.ways);
    }
}

/// Three cities with an index: of every method a step, and all that certainty is told of.
const INDEX: &str = r#"[index]
name = "创新综合指数"
normalisation = "NORMALISATION"
floor = "1"
weights = "given"
aggregation = ["AGGREGATION", "arithmetic"]
[[dimension]]
id = "input"
weight = "2"
[[dimension]]
id = "own"
name = "自设"
[[indicator]]
id = "rd"
dimension = "input"
low = "2"
high = "4"
reference = "3.5"
[[indicator]]
id = "firms"
dimension = "input"
weight = "3"
low = "100"
high = "150"
reference = "140"
[[indicator]]
id = "energy"
dimension = "own"
low = "0.4"
high = "0.7"
reference = "0.41"
[[weights]]
name = "重企业"
values = { firms = "9" }
[[class]]
name = "一类"
from = "50"
[[class]]
name = "二类"
from = "0"
[treatment]
[robustness]
draws = 200
[chain]
base_year = 2022
"#;

#[test]
#[expect(clippy::too_many_lines, reason = "methods and the words that they are told in")]
fn every_step_of_an_index_is_told_in_words_in_eighty_columns_and_can_be_done_again() {
    let workspace = Workspace::with_cities(&[("jia", "甲市"), ("yi", "乙市"), ("bing", "丙市")]);
    for (slug, name, values) in [
        ("jia", "甲市", ["3.1", "120", "0.49"]),
        ("yi", "乙市", ["2.9", "111", "0.6"]),
        ("bing", "丙市", ["3.7", "103", "0.43"]),
    ] {
        let [rd, firms, energy] = values;
        let rows = format!(
            "1|研发强度|%|{rd}\n2|企业数|家|{firms}\n3|单位能耗|吨标准煤/万元|{energy}\n4|创新政策|有/无|有"
        );
        workspace.submit(slug, name, &rows);
    }
    for (normalisation, aggregation, told) in [
        ("minmax", "geometric", ["极差法", "加权几何平均"]),
        ("zscore", "harmonic", ["标准分，样本标准差，不低于1", "加权调和平均"]),
        ("efficacy", "mazziotta_pareto", ["功效系数法", "平均减不均衡罚分"]),
        ("distance_to_target", "arithmetic", ["趋向目标的路程", "加权算术平均"]),
        ("percentile", "arithmetic", ["百分位", "加权算术平均"]),
    ] {
        let text = INDEX.replace("NORMALISATION", normalisation).replace("AGGREGATION", aggregation);
        workspace.write("input/2023/index.toml", text);
        workspace.run();
        let output = workspace.path("output/2023");
        let steps = csv_rows(&output.join("tables/derivation.csv"));
        let of_index: Vec<&str> =
            steps.iter().map(|row| row["id"].as_str()).filter(|id| id.contains("#index.")).collect();
        assert!(of_index.len() > 60, "{of_index:?}");
        for id in of_index.iter().step_by(3) {
            for language in [Language::Chinese, Language::English] {
                let told = explain(&output, id, language).unwrap();
                assert!(told.agrees(), "{id}: {:?}", told.again);
                for line in lines(&told.ways) {
                    let width: usize = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
                    assert!(width <= 80, "{id}: {line}");
                }
                // No line is a bare name of a step, and no number is endless.
                let first = &told.ways[0].text;
                assert!(!first.contains("#index"), "{id}: {first}");
                let digits = |text: &str| text.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
                assert!(digits(first) <= Some(20), "{id}: {first}");
            }
        }
        let joined = |figure: &str| -> String {
            let told = explain(&output, figure, Language::Chinese).unwrap();
            lines(&told.ways).concat().chars().filter(|c| !"│├└ ".contains(*c)).collect()
        };
        let way = joined("甲市/综合指数得分");
        for words in
            told.into_iter().chain(["修约到1位", "综合指数得分", "市统计局".trim_start_matches('市')])
        {
            assert!(way.contains(words), "{normalisation}: {words} is missing in {way}");
        }
        if normalisation == "minmax" {
            let score = joined("jia/#index.i.rd.score");
            assert!(
                score.contains("指标“rd”标准化得分25.75＝1＋（3.1－2.9）÷（3.7－2.9）×99　极差法"),
                "{score}"
            );
            let least = joined("round/#index.i.rd.least");
            assert!(least.contains("指标“rd”最小值2.9　3个数中最小2.9%"), "{least}");
            let range = joined("jia/#index.places.95");
            assert!(range.contains("95%的抽取中位次不劣于"), "{range}");
            let weight = joined("round/#index.i.firms.within");
            assert!(weight.contains("50%＝3÷（1＋3）×66.666667…"), "{weight}");
        }
    }
}
