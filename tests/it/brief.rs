//! 领导参阅: two pages whatever the round, in type that leaders can read, with sentences that are so.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::tools;
use crate::unit_pages::submit_of_two;
use crate::workspace::{GOOD, Workspace, copy_tree, pages, repository};

/// Sets the documents of a kind, and hands over an empty one for every other.
const TYPESETTER: &str = r#"#!/bin/sh
if [ "$1" = --version ]; then exec TYPST --version; fi
before=
for argument in "$@"; do
  if [ "$before" = --root ]; then root=$argument; fi
  before=$argument
done
if grep -q '"kind":"KIND"' "$root/data/report.json" 2>/dev/null || [ -e "$root/probe.typ" ]; then exec TYPST "$@"; fi
printf '%%PDF-1.7\nxref\n0 0\ntrailer<<>>\nstartxref\n9\n%%%%EOF' > "$before"
"#;

/// Publishes a round of a workspace with nothing typeset but its brief.
fn publish(workspace: &Workspace, round: &str) -> PathBuf {
    publish_only(workspace, round, "brief");
    workspace.path("out/brief.pdf")
}

/// Publishes a round of a workspace with nothing typeset but documents of one kind.
pub(crate) fn publish_only(workspace: &Workspace, round: &str, kind: &str) {
    let given = tools::variable("DUIBIAO_TYPST").map(PathBuf::from);
    let typst = given.unwrap_or_else(|| tools::fetched("tools/bin/typst")).display().to_string();
    workspace.write("typst", TYPESETTER.replace("KIND", kind).replace("TYPST", &typst));
    std::fs::set_permissions(workspace.path("typst"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let output = workspace.duibiao(&["run", round, "-q", "-o", "out", "--typst", "./typst"]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The text of a brief in the order of reading, without blanks and line breaks.
pub(crate) fn text(brief: &Path) -> String {
    let output = Command::new("pdftotext").arg("-raw").arg(brief).arg("-").output().unwrap();
    String::from_utf8(output.stdout).unwrap().split_whitespace().collect()
}

/// A round that is drawn.
pub(crate) struct Drawn {
    pub(crate) cities: usize,
    pub(crate) indicators: usize,
    /// Whether the plans have values of the year before.
    pub(crate) has_base: bool,
    pub(crate) is_reported: bool,
    /// Whether names are as long as names get.
    pub(crate) are_names_long: bool,
}

pub(crate) const PLAIN: Drawn =
    Drawn { cities: 2, indicators: 12, has_base: true, is_reported: true, are_names_long: false };

impl Drawn {
    fn place(&self, at: usize) -> String {
        let digits: Vec<char> = "甲乙丙丁戊己庚辛壬癸".chars().collect();
        let short: String = [at / 100, at / 10 % 10, at % 10].iter().map(|digit| digits[*digit]).collect();
        if self.are_names_long {
            format!("{short}土家族苗族自治州市")
        } else {
            format!("{short}市")
        }
    }

    fn row(&self, at: usize) -> String {
        if self.are_names_long {
            format!("第{at}类规模以上工业企业研究与试验发展经费内部支出总额")
        } else {
            format!("第{at}项产值")
        }
    }

    /// All names in it, longer ones first.
    pub(crate) fn names(&self) -> Vec<String> {
        let places = (0..self.cities).map(|at| self.place(at));
        let rows = (1..=self.indicators).map(|at| self.row(at));
        let shorts = rows.clone().map(|name| name.chars().take(11).collect());
        let brief = places.clone().map(|name| name.chars().take(4).collect());
        let mut names: Vec<String> = places.chain(brief).chain(rows).chain(shorts).collect();
        names.extend(["年度评估报告", "亿元", "统计局", "办公室", "创新投入"].map(str::to_owned));
        names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
        names
    }

    pub(crate) fn workspace(&self) -> Workspace {
        let workspace = Workspace::with_cities(&[]);
        let mut catalogue = "[[dimension]]\nid = \"input\"\nname = \"创新投入\"\n".to_owned();
        for at in 1..=self.indicators {
            let name = self.row(at);
            let short: String = name.chars().take(11).collect();
            catalogue.push_str(&format!(
                "[[indicator]]\nid = \"i{at}\"\nname = \"{name}\"\nshort = \"{short}\"\nunit = \"亿元\"\ndirection = \"higher\"\nmeasure = \"stock\"\ndecimals = 0\ndimension = \"input\"\n"
            ));
        }
        workspace.write("input/catalogue.toml", catalogue);
        workspace.write("input/sources/plan.txt", "100\n90\n110\n产值\n");
        let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
        let slugs: Vec<String> = (0..self.cities).map(|at| format!("\"c{at:03}\"")).collect();
        let round = round.replace("cities = []", &format!("cities = [{}]", slugs.join(", ")));
        workspace.write("input/2023/round.toml", round);
        // Numbers that vary and come again.
        let mut seed = 7_u64;
        let mut dice = move |sides: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % sides
        };
        for at in 0..self.cities {
            let (slug, name) = (format!("c{at:03}"), self.place(at));
            let mut plan = crate::workspace::plan(&slug, &name);
            plan.truncate(plan.find("[[indicator]]").unwrap());
            let mut rows = String::new();
            let level = 90 + dice(25);
            for number in 1..=self.indicators {
                let row = self.row(number);
                plan.push_str(&format!(
                    "[[indicator]]\nno = \"{number}\"\nid = \"i{number}\"\nname = \"{row}\"\nunit = \"亿元\"\ngroup = \"投入\"\ndata_units = [\"统计局\"]\nline = \"4\"\n"
                ));
                if self.has_base {
                    let (line, value) = if dice(4) == 0 { (3, 110) } else { (2, 90) };
                    plan.push_str(&format!(
                        "[[indicator.value]]\nyear = 2022\nvalue = \"{value}\"\nline = \"{line}\"\n"
                    ));
                }
                plan.push_str("[[indicator.target]]\nyear = 2023\ntier = \"annual\"\nvalue = \"100\"\nline = \"1\"\nquote = \"100\"\n");
                if dice(12) > 0 {
                    rows.push_str(&format!("{number}|{row}|亿元|{}\n", level + dice(20)));
                }
            }
            workspace.write(&format!("input/2023/{slug}/plan.toml"), plan);
            if self.is_reported {
                workspace.submit(&slug, &name, &rows);
            }
        }
        workspace
    }
}

/// The sizes of type that a PDF uses, in points.
pub(crate) fn sizes(pdf: &Path) -> Vec<u32> {
    let output =
        Command::new("pdftohtml").args(["-xml", "-stdout", "-i", "-zoom", "1"]).arg(pdf).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let of = |line: &str| -> Option<u32> {
        line.contains("<fontspec").then_some(())?;
        line.split("size=\"").nth(1)?.split('"').next()?.parse().ok()
    };
    let sizes: Vec<u32> = told.lines().filter_map(of).collect();
    assert!(sizes.len() > 3, "{told}");
    sizes
}

/// Words that are not for leaders: reproach and praise, numbers of targets in prose, codes of rules.
pub(crate) fn unwanted(text: &str) -> Vec<String> {
    let words = ["显著", "大幅", "严重", "不力", "优异", "同比", "有关部门", "置信"];
    let mut found: Vec<String> =
        words.iter().filter(|word| text.contains(**word)).map(|word| (*word).to_owned()).collect();
    let all: Vec<char> = text.chars().collect();
    for (at, c) in all.iter().enumerate() {
        let digits = all[at + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
        let is_code = c.is_ascii_uppercase() && (digits == 3 || (*c == 'P' && digits > 0));
        if is_code && !all[at.saturating_sub(1)].is_ascii_uppercase() {
            found.push(all[at..=at + digits].iter().collect());
        }
    }
    found
}

/// The paragraphs of the document for offices, without blanks.
fn paragraphs(docx: &Path) -> Vec<String> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(docx).unwrap()).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("word/document.xml").unwrap(), &mut text).unwrap();
    let whole = |part: &str| -> String {
        let bare: String = part
            .split('<')
            .flat_map(|piece| piece.split_once('>').map_or(Vec::new(), |(_, text)| text.chars().collect()))
            .collect();
        let bare =
            bare.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        bare.split_whitespace().collect()
    };
    text.split("</w:p>").map(whole).filter(|text| !text.is_empty()).collect()
}

/// The document for offices says what the pages say, and no more.
fn is_said_in_the_pages(brief: &Path, what: &str) {
    let printed = text(brief);
    // A cell of one column may be set beside another's: it is told by its pieces.
    for paragraph in paragraphs(&brief.with_file_name("brief.docx")) {
        let missing: Vec<&str> = paragraph
            .split(['，', '；', '。', '：', '　', '、'])
            .filter(|piece| !printed.contains(piece))
            .collect();
        assert_eq!(missing, Vec::<&str>::new(), "{what}: {paragraph}\n{printed}");
    }
}

pub(crate) fn is_fit(brief: &Path, what: &str) {
    is_said_in_the_pages(brief, what);
    assert_eq!(pages(brief).len(), 2, "{what}: pages");
    let smallest = sizes(brief).into_iter().min();
    assert!(smallest >= Some(9), "{what}: type of {smallest:?} points");
    assert_eq!(unwanted(&text(brief)), Vec::<String>::new(), "{what}");
}

#[test]
fn the_brief_of_the_sample_rounds_is_two_pages_and_says_what_their_figures_say() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    for (round, sentences) in [
        (
            "input/2023",
            &[
                "14项完成，未到8项，可评22项，应评26项，完成率63.6%",
                "9项完成，17项中（52.9%）；另5项可评目标不如上年实绩，均完成",
                "21项可比：15项变好，1项持平，5项变差",
                "现有数据分不出先后：已评项中，潜江15项完成10项（66.7%），湘潭22项完成14项（63.6%）",
                "潜江在47.6%—76.2%之间，湘潭在53.8%—69.2%之间，两段重叠",
                "次序相反，是因为定等次时未能判定的项按零分计，不是因为已评的项做得差（已评项得分潜江99.0、湘潭98.9）",
                "年均须增33.5%，方案为29.1%",
                "报“完成”而目标未到的任务（5项",
            ][..],
        ),
        (
            "input/2025",
            &[
                "按考核值完成15项，按完成值完成7项，相差8项",
                "潜江末年验收按考核值还是完成值？",
                "衡阳2项任务报“完成”而5项目标未到，是否退回重报？",
                "以上按考核值；按完成值（潜江完成7项）则衡阳高于潜江。",
                "报“完成”而目标未到的任务（2项，潜江没有）",
            ],
        ),
    ] {
        let brief = publish(&workspace, round);
        is_fit(&brief, round);
        let text = text(&brief);
        for sentence in sentences {
            assert!(text.contains(sentence), "{round}: {sentence}\n{text}");
        }
    }
}

#[test]
fn the_brief_of_any_round_is_two_pages() {
    for (what, drawn) in [
        ("one city", Drawn { cities: 1, ..PLAIN }),
        ("three cities", Drawn { cities: 3, ..PLAIN }),
        ("twelve cities", Drawn { cities: 12, ..PLAIN }),
        ("thirty cities", Drawn { cities: 30, ..PLAIN }),
        ("five indicators without a base", Drawn { indicators: 5, has_base: false, ..PLAIN }),
        ("sixty indicators", Drawn { indicators: 60, ..PLAIN }),
        ("nothing reported", Drawn { is_reported: false, ..PLAIN }),
        ("long names", Drawn { indicators: 30, are_names_long: true, ..PLAIN }),
        ("long names of six", Drawn { cities: 6, indicators: 30, are_names_long: true, ..PLAIN }),
    ] {
        let workspace = drawn.workspace();
        is_fit(&publish(&workspace, "input/2023"), what);
    }
}

#[test]
#[ignore = "rounds of very many cities: minutes"]
fn the_brief_of_hundreds_of_cities_is_two_pages() {
    for cities in [100, 346] {
        let drawn = Drawn { cities, indicators: 20, ..PLAIN };
        is_fit(&publish(&drawn.workspace(), "input/2023"), &format!("{cities} cities"));
    }
}

#[test]
fn the_document_opens_in_an_office_program_with_the_same_words() {
    if !tools::is_at_hand("writer") {
        return;
    }
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    let brief = publish(&workspace, "input/2023");
    let folder = workspace.path("opened");
    let mut command = Command::new("soffice");
    // A profile of its own: a program that is open with another one is not asked.
    command.arg(format!("-env:UserInstallation=file://{}", workspace.path("profile").display()));
    command.args(["--headless", "--convert-to", "pdf", "--outdir"]).arg(&folder);
    assert!(command.arg(brief.with_file_name("brief.docx")).status().unwrap().success());
    let opened = text(&folder.join("brief.pdf"));
    for paragraph in paragraphs(&brief.with_file_name("brief.docx")) {
        let pieces = paragraph.split(['，', '；', '。', '：', '　', '、']);
        let missing: Vec<&str> = pieces.filter(|piece| !opened.contains(piece)).collect();
        assert_eq!(missing, Vec::<&str>::new(), "{paragraph}\n{opened}");
    }
}

#[test]
fn two_cities_are_told_apart_only_where_nothing_open_could_turn_it() {
    let bad = "1|研发强度|%|2.1\n2|企业数|家|20\n3|单位能耗|吨标准煤/万元|0.99\n4|创新政策|有/无|无";
    let half = "1|研发强度|%|3.1\n2|企业数|家|20\n3|单位能耗|吨标准煤/万元|0.99\n4|创新政策|有/无|有";
    let some = "1|研发强度|%|3.1\n2|企业数|家|120\n3|单位能耗|吨标准煤/万元|0.49";
    let one = "1|研发强度|%|3.1";
    for (first, second, expected) in [
        (GOOD, bad, &["甲市高于乙市，判不了的项怎样算都不改变", "乙市有目标未到，甲市先于另一个"][..]),
        (GOOD, GOOD, &["两市各项目标全部到了", "现有数据分不出先后", "等次均为优秀"]),
        (some, half, &["甲市3项完成3项（100.0%）", "甲市在75.0%—100.0%之间，不改变先后"]),
        (GOOD, some, &["现有数据分不出先后", "乙市在75.0%—100.0%之间，仍分不出先后"]),
        (GOOD, one, &["乙市应评4项只有1项可评，不到50%，不比先后", "数据不够，不比先后"]),
        (half, bad, &["两市都有目标未到，甲市先于另一个"]),
    ] {
        let workspace = Workspace::with_cities(&[("a", "甲市"), ("b", "乙市")]);
        workspace.submit("a", "甲市", first);
        workspace.submit("b", "乙市", second);
        let brief = publish(&workspace, "input/2023");
        is_fit(&brief, expected[0]);
        let text = text(&brief);
        for sentence in expected {
            assert!(text.contains(sentence), "{sentence}\n{text}");
        }
    }
}

#[test]
fn of_several_cities_only_those_that_are_surely_ahead_are_named() {
    let bad = "1|研发强度|%|2.1\n2|企业数|家|20\n3|单位能耗|吨标准煤/万元|0.99\n4|创新政策|有/无|无";
    for (rows, expected) in [
        ([GOOD, GOOD, GOOD], "各可能范围两两重叠，不排先后"),
        (
            [GOOD, GOOD, bad],
            "只有这样几对分得开：甲市至少100.0%，高于丙市至多0.0%；乙市至少100.0%，高于丙市至多0.0%",
        ),
    ] {
        let names = [("a", "甲市"), ("b", "乙市"), ("c", "丙市")];
        let workspace = Workspace::with_cities(&names);
        for ((slug, name), rows) in names.iter().zip(rows) {
            workspace.submit(slug, name, rows);
        }
        let text = text(&publish(&workspace, "input/2023"));
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

/// What the bureau asks stands in its words, with the facts of the rule; what is not so any more is said.
#[test]
fn a_question_that_the_bureau_asks_has_its_words_and_the_facts_of_the_rule() {
    const ASKED: &str = "
[[decision_asked]]
city = \"a\"
kind = \"supervision\"
target = \"2\"
question = \"企业培育是否列入市政府督查？\"
owner = \"分管副市长\"
due = 2024-02-20
choices = [\"列入督查\", \"由统计局自查。\"]
reason = \"常务会议要求\"
by = \"示例统计局\"
on = 2024-01-30
";
    let bad = "1|研发强度|%|2.1\n2|企业数|家|20\n3|单位能耗|吨标准煤/万元|0.99\n4|创新政策|有/无|无";
    for (rows, expected) in [
        (
            bad,
            &[
                "1企业培育是否列入市政府督查？企业数20家，目标",
                "谁办分管副市长何时2月20日前可选甲列入督查；乙由统计局自查。",
            ][..],
        ),
        (GOOD, &["本单位提请的企业数（定督办），按现有数据已无此事，不列。"]),
    ] {
        let workspace = Workspace::with_cities(&[("a", "甲市")]);
        workspace.submit("a", "甲市", rows);
        let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
        workspace.write("input/2023/round.toml", format!("{round}{ASKED}"));
        let brief = publish(&workspace, "input/2023");
        is_fit(&brief, expected[0]);
        let text = text(&brief);
        for sentence in expected {
            assert!(text.contains(sentence), "{sentence}\n{text}");
        }
        let decisions = std::fs::read_to_string(workspace.path("out/tables/decisions.csv")).unwrap();
        assert!(decisions.contains("decision_asked"), "{decisions}");
    }
}

/// A city whose first row asks for a growth, and of whose third one two units say different things.
fn of_growth_and_of_disagreement() -> Workspace {
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    let plan = std::fs::read_to_string(workspace.path("input/2023/a/plan.toml")).unwrap();
    let plan = plan
        .replace("years = [2023]", "years = [2023]\nrow_units = \"data\"")
        .replace(
            "year = 2023\ntier = \"annual\"\nvalue = \"100\"",
            "year = 2023\ntier = \"annual\"\nkind = \"growth\"\nvalue = \"100\"",
        )
        .replace(
            "[[indicator.target]]\nyear = 2023\ntier = \"annual\"\nkind",
            "[[indicator.value]]\nyear = 2022\nvalue = \"100\"\nline = \"5\"\n[[indicator.target]]\nyear = 2023\ntier = \"annual\"\nkind",
        );
    let (before, policy) = plan.split_once("no = \"4\"").unwrap();
    let policy = policy.replacen("[\"统计局\"]", "[\"统计局\", \"财政局\"]", 1);
    workspace.write("input/2023/a/plan.toml", format!("{before}no = \"4\"{policy}"));
    let heads = "序号|指标名称|计量单位|2023年实绩|佐证编号";
    let other = format!("{heads}\n4|创新政策|有/无|无|Z1");
    let own = format!(
        "{heads}\n1|研发强度|%|3.1|Z1\n2|企业数|家|150|Z1\n3|单位能耗|吨标准煤/万元|0.49|Z1\n4|创新政策|有/无|有|Z1"
    );
    submit_of_two(&workspace, &other, &own);
    workspace
}

#[test]
fn a_target_that_speaks_of_a_change_has_the_change_beside_it_and_no_brackets_are_empty() {
    let workspace = of_growth_and_of_disagreement();
    let brief = text(&publish(&workspace, "input/2023"));
    for words in ["企业数低50个百分点（比上年增长50.00%，目标增长100%）", "创新政策会商后统一填报"]
    {
        assert!(brief.contains(words), "{words}\n{brief}");
    }
    assert!(!brief.contains("（）"), "{brief}");
}

/// A target below the value of the year before that was missed as well.
#[test]
fn values_that_became_worse_are_not_said_to_be_among_the_targets_that_were_met() {
    let drawn = Drawn { cities: 1, ..PLAIN };
    let workspace = drawn.workspace();
    let plan = std::fs::read_to_string(workspace.path("input/2023/c000/plan.toml")).unwrap();
    workspace.write(
        "input/2023/c000/plan.toml",
        plan.replace("value = \"90\"\nline = \"2\"", "value = \"110\"\nline = \"3\""),
    );
    let brief = text(&publish(&workspace, "input/2023"));
    assert!(brief.contains("2024年各项目标，是否一律不劣于2023年实绩？"), "{brief}");
    assert!(brief.contains("项；这些指标中有") && !brief.contains("项，其中"), "{brief}");
}
