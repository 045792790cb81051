//! Six plans of other shapes than those of the sample rounds (`tests/plans/`): a national five-year plan, a province's plan of science,
//! a city's plan of the year, quotas of counties, quarters, prose without a table. The workbooks are invented, and what is true of
//! them was worked out by hand (`truth.csv`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use calamine::{Reader as _, Xlsx, open_workbook};
use duibiao::assess::{Assessment, State};
use duibiao::compare::CityScore;
use duibiao::evaluation::Evaluation;
use duibiao::finding::Language;
use duibiao::inputs::Inputs;
use duibiao::plan::{Origin, Tier};
use duibiao::progress::Silent;
use duibiao::run::{Settings, evaluate};
use duibiao::words::no_verdict;
use rust_xlsxwriter::{Workbook, Worksheet};

use crate::brief::is_fit;
use crate::unit_pages::are_fit;
use crate::workspace::{PROGRAM, Row, Workspace, csv_rows, repository};

/// A plan with the round that judges it.
struct Further {
    /// Folder below `tests/plans/`.
    name: &'static str,
    year: i32,
    /// Slug of the place.
    slug: &'static str,
    /// Code and number of everything that is noticed, in order; no more, no less.
    noticed: &'static [&'static str],
}

const PLANS: [Further; 6] = [
    Further { name: "five-years", year: 2023, slug: "guojia", noticed: &["V401 15", "V412 18"] },
    Further { name: "province-science", year: 2025, slug: "dongjiang", noticed: &["S601 2", "S601 9"] },
    Further { name: "city-year", year: 2023, slug: "yunze", noticed: &["S601 16", "V412 17"] },
    Further { name: "county-quotas", year: 2023, slug: "qingxi", noticed: &[] },
    Further { name: "quarters", year: 2024, slug: "linjiang", noticed: &[] },
    Further { name: "no-table", year: 2023, slug: "xianyang", noticed: &["S601 P1"] },
];

impl Further {
    fn file(&self, name: &str) -> PathBuf {
        repository().join("tests/plans").join(self.name).join(name)
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.file(name)).unwrap()
    }

    /// The round as a bureau would have it on disk.
    fn round(&self) -> Workspace {
        let Self { name, year, slug, .. } = self;
        let workspace = Workspace::new();
        let city = format!("input/{year}/{slug}");
        workspace.write("input/catalogue.toml", self.text("catalogue.toml"));
        workspace.write(&format!("input/sources/{name}.txt"), self.text("source.txt"));
        workspace.write(&format!("input/{year}/round.toml"), self.text("round.toml"));
        workspace.write(&format!("{city}/plan.toml"), self.text("plan.toml"));
        let mut register = "文件,收到时间\n".to_owned();
        std::fs::create_dir_all(workspace.path(&format!("{city}/submissions"))).unwrap();
        for (unit, sheets) in workbooks(&self.text("workbooks.txt")) {
            save(&sheets, workspace.path(&format!("{city}/submissions/{unit}_年报.xlsx")));
            register.push_str(&format!("{unit}_年报.xlsx,{}-01-10 09:00\n", year + 1));
        }
        workspace.write(&format!("{city}/received.csv"), register);
        workspace
    }

    /// Its reports, as the plan stands here; made once for all tests.
    fn published(&self) -> &'static Workspace {
        let at = PLANS.iter().position(|one| one.name == self.name).unwrap();
        &PUBLISHED[at]
    }

    fn evaluated(&self) -> Evaluation {
        self.evaluated_in(&self.round())
    }

    fn evaluated_in(&self, workspace: &Workspace) -> Evaluation {
        let settings = Settings {
            round: workspace.path(&format!("input/{}", self.year)),
            workbook: None,
            cities: Vec::new(),
            jobs: 1,
            program: PROGRAM.into(),
            read_seconds: None,
        };
        evaluate(&settings, &Inputs::default(), &Silent).unwrap()
    }
}

/// The reports of the plans, in their order.
static PUBLISHED: LazyLock<Vec<Workspace>> = LazyLock::new(|| {
    let publish = |further: &Further| {
        let workspace = further.round();
        let output = workspace.duibiao(&["run", &format!("input/{}", further.year)]);
        assert!(output.status.success(), "{}: {}", further.name, String::from_utf8_lossy(&output.stderr));
        workspace
    };
    PLANS.iter().map(publish).collect()
});

/// Name and lines of each sheet.
type Sheets = Vec<(String, Vec<String>)>;

/// The workbooks of a text, by unit: `workbook 单位`, `sheet 名称`, then a line per row.
fn workbooks(text: &str) -> Vec<(String, Sheets)> {
    let mut found: Vec<(String, Sheets)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(unit) = line.strip_prefix("workbook ") {
            found.push((unit.to_owned(), Vec::new()));
        } else if let Some(sheet) = line.strip_prefix("sheet ") {
            found.last_mut().unwrap().1.push((sheet.to_owned(), Vec::new()));
        } else {
            found.last_mut().unwrap().1.last_mut().unwrap().1.push(line.to_owned());
        }
    }
    found
}

/// Saves sheets as a workbook: `|` between cells; numbers become numbers unless `'` stands before them.
fn save(sheets: &Sheets, path: PathBuf) {
    let mut book = Workbook::new();
    for (name, lines) in sheets {
        let sheet: &mut Worksheet = book.add_worksheet().set_name(name).unwrap();
        for (row, line) in (0..).zip(lines) {
            for (column, cell) in (0_u16..).zip(line.split('|')).filter(|(_, cell)| !cell.is_empty()) {
                match (cell.strip_prefix('\''), cell.parse::<f64>()) {
                    (Some(text), _) => sheet.write(row, column, text).unwrap(),
                    (None, Ok(number)) => sheet.write(row, column, number).unwrap(),
                    (None, Err(_)) => sheet.write(row, column, cell).unwrap(),
                };
            }
        }
    }
    book.save(path).unwrap();
}

/// Number of a target; that of a second tier says so.
fn number(one: &Assessment) -> String {
    if one.target.tier == Tier::Stretch { format!("{}/stretch", one.no) } else { one.no.to_string() }
}

/// What is false, in lines: of the verdicts against the truth.
fn apart_from_truth(truth: &[Row], city: &[Assessment]) -> Vec<String> {
    let of = |row: &Row, column: &str| row[column].clone();
    let true_of: BTreeMap<String, (String, String)> =
        truth.iter().map(|row| (of(row, "no"), (of(row, "state"), of(row, "completion")))).collect();
    let judged: BTreeMap<String, (String, String)> = city
        .iter()
        .map(|one| {
            let completion = one.completion_text(2).unwrap_or_default();
            (number(one), (one.state.key().to_owned(), completion))
        })
        .collect();
    let all = true_of.keys().chain(judged.keys().filter(|no| !true_of.contains_key(*no)));
    all.filter(|no| true_of.get(*no) != judged.get(*no))
        .map(|no| format!("{no}: true {:?}, judged {:?}", true_of.get(no), judged.get(no)))
        .collect()
}

#[test]
fn six_plans_of_other_shapes_are_judged_as_a_statistician_would() {
    for further in &PLANS {
        let evaluation = further.evaluated();
        let city = evaluation.cities.iter().next().unwrap();
        let false_ones = apart_from_truth(&csv_rows(&further.file("truth.csv")), &city.assessments);
        assert!(false_ones.is_empty(), "{}:\n{}", further.name, false_ones.join("\n"));
        every_state_is_counted_once(&city.score, &city.assessments);
        // What has no verdict says why, in the words that the truth has where it has any.
        for row in csv_rows(&further.file("truth.csv")) {
            let one = city.assessments.iter().find(|one| number(one) == row["no"]).unwrap();
            let why = one.reason.as_ref().map(|why| no_verdict(why, "")).unwrap_or_default();
            let is_open = one.state.met().is_none();
            assert_eq!(is_open, !why.is_empty(), "{} {}: {why}", further.name, row["no"]);
            assert!(why.contains(&row["reason"]), "{} {}: {why}", further.name, row["no"]);
        }
    }
}

/// The counts by state are of all rows that count, and add up to them.
fn every_state_is_counted_once(score: &CityScore, assessments: &[Assessment]) {
    let counted = |one: &&Assessment| one.origin == score.basis && one.is_primary();
    for (count, state) in score.counts.iter().zip(State::ALL) {
        let found = assessments.iter().filter(counted).filter(|one| one.state == state).count();
        assert_eq!(*count, found, "{state:?}");
    }
    assert_eq!(score.counts.iter().sum::<usize>(), score.total);
    assert_eq!(score.total, assessments.iter().filter(counted).count());
    assert!(score.total > 0 && matches!(score.basis, Origin::Table | Origin::Prose));
}

#[test]
fn nothing_that_six_plans_report_is_lost_in_silence() {
    for further in &PLANS {
        let evaluation = further.evaluated();
        let city = evaluation.cities.iter().next().unwrap();
        let mut noticed: Vec<String> = evaluation
            .findings
            .iter()
            .map(|finding| format!("{} {}", finding.problem.code(), finding.subject.object).trim().to_owned())
            .collect();
        noticed.sort();
        assert_eq!(noticed, further.noticed, "{}", further.name);
        // Every number that stands beside a target's number was taken, or something was said of its row.
        let filled: usize = workbooks(&further.text("workbooks.txt"))
            .iter()
            .flat_map(|(_, sheets)| sheets)
            .filter(|(name, _)| matches!(name.as_str(), "指标" | "正文目标"))
            .map(|(_, lines)| lines.len() - 1)
            .sum();
        let taken = city.facts.iter().filter(|fact| fact.value.is_some()).count();
        let silent = noticed.iter().filter(|one| one.starts_with("V401") || one.starts_with("L204")).count();
        assert_eq!(filled, taken + silent, "{}", further.name);
    }
}

/// What the report of a plan says, and what would be false of that plan, without blanks and breaks.
struct Said {
    /// Folder below `tests/plans/`.
    name: &'static str,
    said: &'static [&'static str],
    never: &'static [&'static str],
}

const SAID: [Said; 6] = [
    Said {
        name: "five-years",
        said: &[
            "年均增长不分年度推进，直接与目标比较",
            "慢于序时进度的目标（5项）",
            "慢于序时5项",
            "慢于序时的目标（差多少）",
            "浅色是慢于序时",
            "补列本年度提出的目标",
            "全国人民代表大会；原文没有列出文号；2021年3月13日",
            "P111缺基期3",
            "须同基期比而未列基期数的指标，不与基期比较",
            "判不了的不算进去。",
            "研发经费投入增长（正文与表内目标不符）",
            "P1与指标表重复（并入指标表判定）",
            "五年累计，实绩比2019年增加1.30岁，自2019年起按年均匀推进，本年度序时应增加0.6667岁",
            "五年累计，本年度序时应达8.1",
            "“力争投入强度高于‘十三五’时期实际”不判定",
            "P116目标部分未评",
            "4（力争投入强度高于“十三五”时期实际）",
            "正文为≥7%，指标表为>7%，按指标表判定",
            "＜5.5每年",
            "评估范围全国",
            "增加1岁",
            "“以上”含本数，“高于”“＞”“＜”不含本数",
            "指标8为控制目标，低于目标即完成，不计超额。",
            "实绩低于目标为完成，不计超额完成",
            "几年累计的目标，进度为实绩（目标说的是增量的，为增量）占目标的百分比",
            "指标19、20没有序时应达数，实绩已达2025年目标，也不计算完成率",
            "而实绩已达目标的，也判为达到序时",
            "没有完成率的目标，达到目标100分",
            "指标表中的指标和正文目标由示例评估办公室（虚构）报送；",
            "纲要正文另有目标1项，可评0项，达标0项，不计入上面的达标率",
            "的目标不判断是否劣于基期",
            "目标说的是增量而报送的是实绩本身的",
            "P112用语未界定",
            "本年度的目标可评3项，全部完成。以后年度的目标按序时进度评估（其中3项没有序时应达数，直接与目标比较），可评的14项中，9项达到序时进度，5项慢于序时进度。两者合计，达标率70.6%。",
            "2025年目标按序时进度评11项、直接比较3项：达到9项，慢于5项",
            "竖线是目标或序时应达数",
            "图中横轴为目标或序时应达数的%",
            "本国自己的目标或序时应达数",
            "研发经费投入增长直接与目标比较，竖线是目标",
            "竖线＝目标或序时应达数",
            "指标表为本年度或以后年度定了目标的各项为应评",
            "实绩与目标（有序时应达数的，为序时应达数）之比",
            "以后年度的目标只判达到序时或慢于序时",
            "劳动生产率增长、居民收入增长、城镇调查失业率：读作每年的目标",
            "指标2、指标7、指标8：读作每年的目标",
            "报送的增长率读作自2020年起的年均增长率",
            "单位GDP能耗降低：报送的数读作2021—2023年的累计数",
            "目标是2021—2025年的累计增量，没有2020年数，自2019年起算",
            "判不了的项中，1项报送的是以前年度的数，当年数公布后补报",
            "有数后补报（说明“尚未公布”）",
            "编制单位GDP增长补列本年度提出的目标",
            "本年度应达到的水平（没有这一水平的，为目标）",
            "“单位”一栏，慢于序时的目标，纲要没有写明责任单位，由示例评估办公室（虚构）明确；待答复、待补报的列报送单位",
            "与GDP增长基本同步",
            "未填报，说明“尚未公布”",
            "有数后补报",
            "纲要未写责任单位",
            "基础研究经费投入占研发经费投入比重",
            "控制在某数以内、增长率、增量、几年累计、与其他数值对照、没有确定数值的目标不判断是否劣于基期，没有基期数的无从比较。",
            "“报送”计指标表中的指标，“正文目标”计正文目标",
            "指标19、20未列基期数",
        ],
        never: &[
            "暂列上年数",
            "单元格为空",
            "数字经济占比",
            "由谁",
            "图中横轴为目标的%",
            "为本年度定了目标",
            "本年度的正文目标",
            "同增长目标",
            "没有到的目标",
            "未到5项",
            "可能的范围",
            "请纲要印发机关明确",
            "提请督办",
            "其余2月5日前答复",
            "编号不连续处",
            "2023年目标完成率",
            "216.7",
            "评估国家",
            "新增1",
            "不超过即",
            "“突破”",
            "不少于",
            "位次、节点",
            "进位",
            "上年数修订",
            "终版。注",
            "可评指标全部完成年度目标",
            "方案",
            "印发日期",
            "2024年目标",
            "目标偏低",
            "完成率为完成项",
            "P109",
            "基本完成：实绩比目标差",
            "GDP增长%）",
            "2月5日前",
            "目标劣于",
            "数据采集",
            "牵头",
        ],
    },
    Said {
        name: "province-science",
        said: &[
            "其中：规上工业高企",
            "其中：国家重点实验室数",
            "全面建成",
            "12项完成2025年目标",
            "目标是一句话的，实绩“有”是已经做到",
            "东江省人民政府办公厅；原文没有列出文号",
            "P1—P3与指标表重复（并入指标表判定）",
            "每年≥20项",
            "五年累计≥300个",
            "表1列17项指标",
            "定性的目标不判断是否劣于基期。",
            "“左右”允许低于目标5%",
            "力争值后“未达”指未达到力争值",
            "目标说的是年均增长或倍数而报送的是实绩本身的",
            "没有完成率的目标（有无、位次），达到目标100分",
            "P112用语未界定",
            "2021年9月28日",
            "与目标持平（目",
            "没有不如2020年基期数的",
            "规划注明口径“其中国家重点实验室数按重组后口径”（L25）",
            "规划没有界定“较快增长”",
        ],
        never: &[
            "完成年度目标",
            "提请督办",
            "同增长目标",
            "数据滞后的公布后补报",
            "编号不连续处",
            "附表列",
            "省统计局2月28日前说明",
            "未完成的是",
            "与可能范围",
            "未列这些单位",
            "没有基期数的1项",
            "“突破”",
            "均未达到",
            "进位",
            "上年数修订",
            "P111",
            "方案",
            "目标劣于",
            "目标2.8左右%",
            "分类别完成情况",
            "数据采集",
        ],
    },
    Said {
        name: "city-year",
        said: &[
            "只写“左右”，因越小越好，读作控制目标，低于所写的数也是完成",
            "指标10：“同步”读作不低于对照值",
            "324（上年180）",
            "说明计划期满未完成的1项任务何时完成：“做强实体经济”",
            "“同步”为不低于对照值",
            "提供下达的数",
            "指标8“左右”允许高0.2个百分点（计划未写，由本轮评估确定）",
            "目标说的是增量或倍数而报送的是实绩本身的",
            "“力争”表示力度",
            "1、3、8、12、P8",
            "少7.4亿元",
            "提高1个百分点",
            "保持在某数以上",
            "可与上年比较的3项目标中，没有不如上年实绩的",
            "指标8、9为控制目标，不超过即完成，不计超额。",
            "实绩与上年数之比不低于目标",
            "“左右”允许低5%，只放宽下限；填报增长率",
            "“左右”允许低于目标5%（按个数计的至少1个，单项另定的除外），“同步”",
            "计划没有界定“基本消除”",
            "12、P8、P13",
            "4项变差（规上工业增长、固定资产投资增长、进出口总额、",
        ],
        never: &[
            "印发机关明确",
            "不限于本年度",
            "未完成的是",
            "未列这些单位",
            "“确保”",
            "进位",
            "不与上年比较",
            "公开文本",
            "750.0",
            "0.0179倍",
            "新增1%",
            "目标新增1：",
            "左右%",
            "目标偏低",
            "不计目标不如",
            "方案",
            "P101",
            "P109",
            "数据采集",
        ],
    },
    Said {
        name: "county-quotas",
        said: &[
            "未到而完成率低于此数的目标（只写力争的除外",
            "“单位”一栏，未到的目标列方案写明的牵头单位，没有牵头单位的为责任单位。",
            "与上年比同一指标",
            "竖线是目标，方块是本年实绩",
            "竖线＝目标，",
            "附表为本年度定了目标的各项为应评",
            "本年度的正文目标逐项判定、单列",
            "方案所定各县区报送时间为2023年12月25日",
            "方案自身不衔接：自来水受益人口、和美乡村示范村（分解数与总数不符）",
            "P5为控制目标，不超过即完成，不计超额",
            "清溪市农业农村工作领导小组办公室；原文没有列出文号",
            "未到的目标2月29日前报措施。",
            "分解到县区的目标",
            "把12项指标分解到4个县区",
            "分解到4个县区的数合计",
            "本轮没有收集各县区的实绩，分解数只列示，不逐一判定。",
            "方案所定各县区报送时间为2023年12月25日（L22），是否逾期按上列日期计。",
            "方案正文与附表、能同上年实绩比较的目标与上年实绩、分解数与总数逐项核对：不衔接",
            "方案所列",
            "清溪市",
            "示例数据（虚构）",
            "58.3%",
            "农村生活污水治理率",
            "合计与附表目标相符的7项，不符的2项（自来水受益人口、和美乡村示范村）",
            "多0.1",
            "青山县12；白水县10",
            "当年新增、新建、改造等工作量的目标不判断是否劣于上年。",
            "“责任单位”计附表指标，“牵头正文目标”计正文目标",
            "缺报计零得分98.5分，等次为优秀。",
            "年工作量的目标也不计算",
            "责任单位各县区",
            "只参与目标、不报送的单位（1个）",
        ],
        never: &[
            "序时",
            "由谁",
            "农村公路事故起数",
            "数据滞后的公布后补报",
            "方案所定报送时间",
            "地区或单位",
            "基期",
            "不限于本年度",
            "方案正文对照",
            "未完成的是",
            "与可能范围",
            "括号内为判定",
            "不论越大",
            "不与上年比较",
            "目标偏低",
            "比上年回落",
            "少3个；进度",
            "P109",
            "2024年目标",
            "数据采集",
        ],
    },
    Said {
        name: "quarters",
        said: &[
            "年内各期的目标",
            "560",
            "1200",
            "附件8合计数的算法和依据",
            "按本轮技术卷附件8的口径判定",
            "另有“一季度完成”“上半年完成”“前三季度完成”栏的39个数是年内各期的数，评估用全期数，未采用。",
            "P1—P3与附表重复（并入附表判定）",
            "没有完成率的目标（位次），达到目标100分",
            "目标说的是倍数而报送的是实绩本身的",
            "“力争”表示力度",
            "“以上”含本数，“左右”",
            "2024年1月26日",
            "少6家",
            "少40亿元",
            "可与上年比较的6项目标中，没有不如上年实绩的",
            "“牵头单位”计附表指标",
            "指标1—13另列一季度、上半年、前三季度的目标，本轮评估只按全年目标判定。",
            "P7另列上半年的目标，本轮评估只按全年目标判定。",
            "P117年内目标不判",
        ],
        never: &[
            "数据滞后的公布后补报",
            "编号不连续处",
            "不限于本年度",
            "未完成的是",
            "与可能范围",
            "“确保”",
            "进位",
            "不与上年比较",
            "有无、",
            "少6家；进度",
            "目标偏低",
            "印发日期",
            "数据采集",
        ],
    },
    Said {
        name: "no-table",
        said: &[
            "P6：“左右”写在后一个数之后，读作各数共有",
            "P8为控制目标",
            "P8：只写“左右”",
            "增长目标未列上年数的，增长率只取填报数",
            "待核实目标",
            "咸阳市人民政府；咸政发",
            "读取正文目标的本年度实绩单元格9个",
            "S601边界项",
            "4.9%122.5",
            "“以上”含本数，“左右”",
            "咸政发〔2023〕8号；2023年2月21日",
            "正文目标由示例评估办公室（虚构）报送",
            "全社会固定资产投资增长",
            "没有写明责任单位的2月29日前明确",
        ],
        never: &[
            "待核实指标",
            "数据滞后的公布后补报",
            "序号指标",
            "涉及的指标",
            "读取指标单元格",
            "不限于本年度",
            "与可能范围",
            "括号内为",
            "的指标计零",
            "1项指标",
            "1000.0",
            "全社会固…",
            "公开文本未见日期",
            "左右%",
            "未列这些单位的",
            "牵头",
            "说明原因",
            "提出措施",
            "提交整改措施",
            "基本完成",
        ],
    },
];

/// The text of a PDF, each cell of a table by itself, without blanks and breaks; then once more in the order in which it is drawn, since
/// columns stand beside each other.
fn text_of(pdf: &Path) -> String {
    let text = |order: &[&str]| {
        let output = Command::new("pdftotext").args(order).arg(pdf).arg("-").output().unwrap();
        assert!(output.status.success(), "{}", pdf.display());
        String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<String>()
    };
    format!("{} {}", text(&[]), text(&["-raw"]))
}

/// What the tables and the page of figures have to call things by plan: the units beside rows, the plan, its place, the rate, the base.
const CALLED: [(&str, [&str; 5]); 6] = [
    ("five-years", ["报送", "纲要", "范围", "达标率", "基期"]),
    ("province-science", ["数据单位", "规划", "省份", "完成率", "基期"]),
    ("city-year", ["责任单位", "计划", "城市", "完成率", "上年"]),
    ("county-quotas", ["责任单位", "方案", "城市", "完成率", "上年"]),
    ("quarters", ["牵头单位", "方案", "城市", "完成率", "上年"]),
    ("no-table", ["", "计划", "城市", "完成率", "上年"]),
];

/// Where the tables and the page of figures of a round have words that are not its plan's.
fn false_words(name: &str, output: &Path) -> Vec<String> {
    let (_, [units, document, head, rate, base]) = CALLED.iter().find(|(own, _)| *own == name).unwrap();
    let mut faults = Vec::new();
    for row in csv_rows(&output.join("tables/units.csv")) {
        if row["role_key"] == "data" && row["role"] != *units {
            faults.push(format!("{name}: units.csv has {} for {units}", row["role"]));
        }
    }
    let page = std::fs::read_to_string(output.join("explorer.html")).unwrap();
    let (_, index) = page.split_once("id=\"index\">").unwrap();
    let index: serde_json::Value = serde_json::from_str(index.split_once("</script>").unwrap().0).unwrap();
    for (key, word) in [("document", document), ("head", head), ("rate", rate), ("base", base)] {
        if index["terms"][key] != **word {
            faults.push(format!("{name}: the page has {} for {word}", index["terms"][key]));
        }
    }
    let strange: &[&str] = if *base == "基期" {
        &["/数据采集", "/名次", "/上年"]
    } else {
        &["/数据采集", "/名次"]
    };
    for row in csv_rows(&output.join("tables/figures.csv")) {
        if strange.iter().any(|word| row["place"].contains(word)) {
            faults.push(format!("{name}: figures.csv has {}", row["place"]));
        }
    }
    faults
}

/// Lines of the last page of a PDF, head and number of the page among them.
fn lines_of_the_last_page(pdf: &Path) -> usize {
    let output = Command::new("pdftotext").arg("-layout").arg(pdf).arg("-").output().unwrap();
    assert!(output.status.success(), "{}", pdf.display());
    // Each page ends with a form feed.
    let text = String::from_utf8(output.stdout).unwrap();
    let last = text.trim_end().rsplit('\u{c}').next().unwrap();
    last.lines().filter(|line| !line.trim().is_empty()).count()
}

/// Volumes that end on a page of a line or two.
fn nearly_empty_pages(further: &Further, output: &Path) -> Vec<String> {
    let volumes =
        ["report.pdf".to_owned(), "technical.pdf".to_owned(), format!("cities/{}.pdf", further.slug)];
    let lines = |volume: &String| lines_of_the_last_page(&output.join(volume));
    let short = volumes.iter().filter(|volume| lines(volume) <= 8);
    short.map(|volume| format!("{} {volume}: nearly empty last page", further.name)).collect()
}

#[test]
fn the_reports_of_six_plans_say_what_is_so_and_nothing_that_is_false_of_them() {
    let mut faults = Vec::new();
    for (further, Said { name, said, never }) in PLANS.iter().zip(&SAID) {
        assert_eq!(further.name, *name);
        let workspace = further.published();
        let folder = format!("output/{}", further.year);
        let whole = text_of(&workspace.path(&format!("{folder}/technical.pdf")));
        let own = text_of(&workspace.path(&format!("{folder}/cities/{}.pdf", further.slug)));
        is_fit(&workspace.path(&format!("{folder}/brief.pdf")), name);
        are_fit(&workspace.path(&folder), further.slug, name);
        faults.extend(false_of_the_brief(name, &text_of(&workspace.path(&format!("{folder}/brief.pdf")))));
        let pages = format!("units/{}.pdf", further.slug);
        let others = ["brief.pdf", "report.pdf", &pages];
        let others = others.map(|name| text_of(&workspace.path(&format!("{folder}/{name}"))));
        let told = format!("{whole}{own}{}", others.concat());
        let missing: Vec<&&str> = said.iter().filter(|words| !told.contains(**words)).collect();
        let false_ones: Vec<&&str> = never.iter().filter(|words| told.contains(**words)).collect();
        faults.extend(false_words(name, &workspace.path(&folder)));
        faults.extend(nearly_empty_pages(further, &workspace.path(&folder)));
        if !missing.is_empty() || !false_ones.is_empty() {
            faults.push(format!("{name}: missing {missing:#?}, false {false_ones:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What briefs said of these plans that was false: that no target lies below its base where others are not compared; measures of a year that
/// the plan does not have; a target that is only striven for put under supervision; tasks of a plan that has none.
fn false_of_the_brief(name: &str, text: &str) -> Vec<String> {
    let never: &[&str] = match name {
        "city-year" | "county-quotas" | "quarters" => &["没有不如上年实绩的目标。"],
        "five-years" => &["没有不如基期数的目标", "没有可推算的年均增速", "报“完成”"],
        "no-table" => &["报“完成”"],
        _ => &[],
    };
    let of_all = ["随下年度评估", "按未完成结账", "园区标准厂房新增面积是否列入督办"];
    let found = never.iter().chain(&of_all).filter(|words| text.contains(**words));
    found.map(|words| format!("{name}: the brief says {words}")).collect()
}

/// The numbers of a text that stand before a word: `（9项）`.
fn numbers_before(text: &str, word: &str) -> Vec<usize> {
    let before = |at: usize| {
        let digits: Vec<char> = text[..at].chars().rev().take_while(char::is_ascii_digit).collect();
        digits.into_iter().rev().collect::<String>().parse().ok()
    };
    text.match_indices(word).filter_map(|(at, _)| before(at)).collect()
}

#[test]
fn what_is_compared_with_the_base_and_what_is_not_are_all_the_targets() {
    for further in &PLANS {
        let evaluation = further.evaluated();
        let city = evaluation.cities.iter().next().unwrap();
        let workspace = further.published();
        let text = text_of(&workspace.path(&format!("output/{}/brief.pdf", further.year)));
        let of_basis = |no| city.plan.indicator(no).is_some_and(|row| row.origin == city.score.basis);
        let counted: Vec<_> = city.assessments.iter().filter(|one| of_basis(&one.no)).collect();
        let apart = counted.iter().filter(|one| one.apart.is_some()).count();
        let Some((before, _)) = text.split_once("项目标中，没有不如") else {
            assert!(counted.iter().all(|one| one.baseline.is_none()) || apart == 0, "{}", further.name);
            continue;
        };
        let compared = numbers_before(&format!("{before}项目标中"), "项目标中");
        assert_eq!(compared.last().unwrap() + apart, city.score.total, "{}", further.name);
        // Why the others are not, the technical volume says.
        let whole = text_of(&workspace.path(&format!("output/{}/technical.pdf", further.year)));
        assert!(whole.contains("不判断是否劣于") || whole.contains("无从同"), "{}", further.name);
    }
}

#[test]
fn a_base_year_that_the_round_declares_for_a_row_is_told_as_declared() {
    let further = PLANS.iter().find(|one| one.name == "province-science").unwrap();
    let workspace = further.round();
    let stated = "value = \"9\", base_year = 2020,";
    let plan = further.text("plan.toml");
    assert!(plan.contains(stated));
    workspace.write("input/2025/dongjiang/plan.toml", plan.replace(stated, "value = \"9\","));
    let declared = "\n[[base_year]]\ncity = \"dongjiang\"\ntarget = \"3\"\nyear = 2020\nreason = \"规划起点\"\nby = \"办公室\"\non = 2026-01-10\n";
    workspace.write("input/2025/round.toml", further.text("round.toml") + declared);
    let evaluation = further.evaluated_in(&workspace);
    let city = evaluation.cities.iter().next().unwrap();
    let one = city.assessments.iter().find(|one| one.no.as_str() == "3").unwrap();
    assert_eq!((one.declared_base_year, one.state), (Some(2020), State::Met));
    let output = workspace.duibiao(&["run", "input/2025"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = text_of(&workspace.path("output/2025/technical.pdf"));
    assert!(text.contains("本轮评估确定基年为2020年"), "not told");
}

#[test]
fn what_is_only_striven_for_contradicts_no_task_that_is_done_and_what_was_to_be_reached_does() {
    let further = PLANS.iter().find(|one| one.name == "quarters").unwrap();
    let told = "（填报与目标不合的任务另行核对）";
    let page = |workspace: &Workspace| text_of(&workspace.path("output/2024/technical.pdf"));
    // 66 of 60, 80 were striven for.
    assert!(!page(further.published()).contains(told));
    let workspace = further.round();
    for (unit, mut sheets) in workbooks(&further.text("workbooks.txt")) {
        for line in sheets.iter_mut().flat_map(|(_, lines)| lines) {
            *line = line.replace("省级以上制造业创新中心|家|2", "省级以上制造业创新中心|家|1");
        }
        save(&sheets, workspace.path(&format!("input/2024/linjiang/submissions/{unit}_年报.xlsx")));
    }
    workspace.duibiao(&["run", "input/2024"]);
    assert!(page(&workspace).contains(told));
}

#[test]
fn quotas_that_do_not_add_up_are_told_and_no_others() {
    let further = PLANS.iter().find(|one| one.name == "county-quotas").unwrap();
    let workspace = further.round();
    let output = workspace.duibiao(&["--format", "json", "plan", "check", "input/2023/qingxi/plan.toml"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let told: Vec<&str> = text.lines().filter(|line| line.contains("\"P115\"")).collect();
    assert_eq!(told.len(), 2, "{text}");
    assert!(told.iter().any(|line| line.contains("农村自来水") || line.contains("自来水受益人口")), "{text}");
    assert!(told.iter().any(|line| line.contains("和美乡村示范村")), "{text}");
}

#[test]
fn a_plan_that_is_shown_is_shown_with_its_quotas() {
    let workspace = PLANS.iter().find(|one| one.name == "county-quotas").unwrap().round();
    let shown = |arguments: &[&str]| {
        let output = workspace.duibiao(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let text = shown(&["plan", "show", "input/2023/qingxi/plan.toml"]);
    assert!(text.contains("2023年分解  青山县 7.5  白水县 6.5  东城区 1.5  南湖区 2.5"), "{text}");
    let lines = shown(&["--format", "json", "plan", "show", "input/2023/qingxi/plan.toml"]);
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["quotas"][1]["area"], "白水县");
    assert_eq!(first["quotas"][1]["value"], "6.5");
}

#[test]
fn a_row_whose_name_is_nearly_that_of_a_target_is_named_and_its_value_not_taken() {
    let further = PLANS.iter().find(|one| one.name == "county-quotas").unwrap();
    let (row, name) = ("'10|农村生活污水治理率|%|44.2", "农村生活污水治理率");
    assert!(further.text("workbooks.txt").contains(row));
    for (written, no) in [
        ("农村生活污水治理", "10"),
        ("生活污水治理率", ""),
        ("农村生活污水治理率（按行政村计）", ""),
        ("农村生活污水处理率", "10"),
        ("2023年农村生活污水治埋率", ""),
    ] {
        let workspace = further.round();
        let mut books = workbooks(&further.text("workbooks.txt"));
        for (unit, sheets) in &mut books {
            for line in sheets.iter_mut().flat_map(|(_, lines)| lines) {
                *line = line.replace("'10|农村生活污水治理率", &format!("'{no}|{written}"));
            }
            save(sheets, workspace.path(&format!("input/2023/qingxi/submissions/{unit}_年报.xlsx")));
        }
        let begins: String = written.chars().take(7).collect();
        let evaluation = further.evaluated_in(&workspace);
        let city = evaluation.cities.iter().next().unwrap();
        let fact = city.facts.iter().find(|fact| fact.no.as_str() == "10").unwrap();
        assert_eq!(fact.value, None, "{written} was taken");
        let told = evaluation.findings.iter().find(|one| one.problem.code() == "V401").unwrap();
        let (message, remedy) = (told.message(Language::Chinese), told.remedy(Language::Chinese));
        assert!(message.contains(&format!("有一行名称相近，为“{begins}")), "{written}: {message}");
        assert!(remedy.contains(&format!("改行名为“{name}”")), "{written}: {remedy}");
        assert!(told.related.iter().any(|place| place.to_string().contains("[指标]!")), "{written}");
    }
}

#[test]
fn a_milestone_that_is_missed_has_a_day_and_no_degree_of_completion() {
    let further = PLANS.iter().find(|one| one.name == "no-table").unwrap();
    let workspace = further.round();
    let (before, rest) = further
        .text("plan.toml")
        .split_once("id = \"P3\"")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let growth = "kind = \"growth\"\nop = \"~\"\nvalue = \"8\"\nunit = \"%\"";
    let milestone = "kind = \"milestone\"\nvalue = \"建成\"\ndue = 2023-06-30\nunit = \"有/无\"";
    assert!(rest.contains(growth));
    let plan = format!("{before}id = \"P3\"{}", rest.replacen(growth, milestone, 1));
    workspace.write("input/2023/xianyang/plan.toml", plan);
    for (unit, mut sheets) in workbooks(&further.text("workbooks.txt")) {
        for line in sheets.iter_mut().flat_map(|(_, lines)| lines) {
            *line = line.replace("增长|%|0.4", "增长|有/无|无").replace("增长|%|5.6", "增长|%|6.1");
        }
        save(&sheets, workspace.path(&format!("input/2023/xianyang/submissions/{unit}_年报.xlsx")));
    }
    let output = workspace.duibiao(&["run", "input/2023"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let volumes = ["technical.pdf", "report.pdf"];
    let text = volumes.map(|name| text_of(&workspace.path(&format!("output/2023/{name}")))).concat();
    for said in ["未达目标的1项没有完成率（全社会固定资产投资增长）", "6月30日前", "没有完成率的目标（节点）"]
    {
        assert!(text.contains(said), "{said}");
    }
    assert!(!text.contains("完成程度不足") && !text.contains("完成程度均不足"));
}

#[test]
fn what_is_done_anew_in_each_year_needs_no_base() {
    let further = PLANS.iter().find(|one| one.name == "county-quotas").unwrap();
    let workspace = further.round();
    let plan = further.text("plan.toml");
    let without: Vec<&str> = plan.lines().filter(|line| !line.contains("{ year = 2022, value")).collect();
    workspace.write("input/2023/qingxi/plan.toml", without.join("\n").replace("value = [\n]\n", ""));
    let output = workspace.duibiao(&["--format", "json", "plan", "check", "input/2023/qingxi/plan.toml"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let told: Vec<&str> = text.lines().filter(|line| line.contains("\"P111\"")).collect();
    assert_eq!(told.len(), 1, "{text}");
    assert!(told[0].contains("指标10、11、12未列基期数"), "{}", told[0]);
}

#[test]
fn a_target_of_a_later_year_that_is_reached_without_a_way_to_it_is_not_said_to_lack_a_base() {
    let further = PLANS.iter().find(|one| one.name == "five-years").unwrap();
    let workspace = further.round();
    let (stated, range) = (
        "{ year = 2025, value = \"95\", line",
        "{ year = 2025, kind = \"range\", low = \"94\", high = \"96\", line",
    );
    let plan = further.text("plan.toml");
    assert!(plan.contains(stated));
    workspace.write(
        "input/2023/guojia/plan.toml",
        plan.replace(stated, range).replace("quote = \"95\"", "quote = \"94—96\""),
    );
    workspace
        .write("input/sources/five-years.txt", further.text("source.txt").replace("91\t95", "91\t94—96"));
    let output = workspace.duibiao(&["run", "input/2023"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = text_of(&workspace.path("output/2023/technical.pdf"));
    assert!(text.contains("指标11、19、20没有序时应达数，实绩已达2025年目标，也不计算完成率"));
}

#[test]
fn a_place_is_better_the_nearer_it_is_to_the_first_whatever_the_catalogue_says() {
    let further = PLANS.iter().find(|one| one.name == "quarters").unwrap();
    let workspace = further.round();
    let catalogue = further.text("catalogue.toml");
    assert!(catalogue.contains("direction = \"rank\""));
    workspace
        .write("input/catalogue.toml", catalogue.replace("direction = \"rank\"", "direction = \"higher\""));
    let output = workspace.duibiao(&["plan", "check", "input/2024/linjiang/plan.toml"]);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && error.contains("位次（rank）只用于 direction 为 rank 的"), "{error}");
}

#[test]
fn a_target_that_is_judged_in_a_later_year_asks_nobody_for_anything() {
    let further = PLANS.iter().find(|one| one.name == "province-science").unwrap();
    let workspace = further.round();
    for (name, text) in
        [("round.toml", further.text("round.toml")), ("dongjiang/plan.toml", further.text("plan.toml"))]
    {
        let earlier =
            text.replace("year = 2025\nperiod = \"2025-annual\"", "year = 2024\nperiod = \"2024-annual\"");
        workspace.write(&format!("input/2024/{name}"), earlier);
    }
    std::fs::create_dir_all(workspace.path("input/2024/dongjiang/submissions")).unwrap();
    let mut register = "文件,收到时间\n".to_owned();
    for (unit, mut sheets) in workbooks(&further.text("workbooks.txt")) {
        for line in sheets.iter_mut().flat_map(|(_, lines)| lines) {
            *line = line
                .replace("2024年实绩", "2023年实绩")
                .replace("2025年实绩", "2024年实绩")
                .replace("2025年度", "2024年度")
                .replace("|2025|", "|2024|")
                .replace("全国排名|位|9", "全国排名|位|12");
        }
        save(&sheets, workspace.path(&format!("input/2024/dongjiang/submissions/{unit}_年报.xlsx")));
        register.push_str(&format!("{unit}_年报.xlsx,2026-01-10 09:00\n"));
    }
    workspace.write("input/2024/dongjiang/received.csv", register);
    let output = workspace.duibiao(&["run", "input/2024"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for pdf in ["brief.pdf", "report.pdf"] {
        let text = text_of(&workspace.path(&format!("output/2024/{pdf}")));
        assert!(text.contains("2025年评估") && !text.contains("印发机关明确"), "{pdf}: {text}");
    }
}

#[test]
fn a_plan_that_names_nobody_asks_nobody_for_reasons_or_measures() {
    let further = PLANS.iter().find(|one| one.name == "no-table").unwrap();
    let workspace = further.published();
    let kinds: Vec<String> = workspace.table("actions").into_iter().map(|row| row["kind"].clone()).collect();
    assert!(kinds.iter().any(|kind| kind == "assign"), "{kinds:?}");
    assert!(kinds.iter().all(|kind| kind != "measures"), "{kinds:?}");
    let questions = csv_rows(&workspace.path("output/2023/tables/questions.csv"));
    assert!(questions.iter().all(|row| row["owner"] == "none" || row["kind"] == "measure"), "{questions:?}");
    for pdf in ["brief.pdf", "report.pdf", "technical.pdf", "units/xianyang.pdf"] {
        let text = text_of(&workspace.path(&format!("output/2023/{pdf}")));
        for words in ["说明原因", "提出措施", "提交整改措施", "书面说明原因"] {
            assert!(!text.contains(words), "{pdf}: {words}");
        }
    }
}

#[test]
fn targets_of_a_part_of_the_year_stand_beside_one_of_the_year_once_each() {
    let further = PLANS.iter().find(|one| one.name == "quarters").unwrap();
    let plan = further.text("plan.toml");
    let first = "{ period = \"2024-Q1\", value = \"7\", line = \"9\" }";
    assert!(plan.contains(first));
    for (entry, part) in [
        ("{ period = \"2024-Q2\", value = \"7\", line = \"9\" }", "应为 2024-Q1"),
        ("{ period = \"2024-annual\", value = \"7\", line = \"9\" }", "应为 2024-Q1"),
        ("{ period = \"2024-H1\", value = \"7\", line = \"9\" }", "写了两次"),
        ("{ period = \"2025-Q1\", value = \"7\", line = \"9\" }", "没有同年的目标"),
        ("{ period = \"2024-Q1\", value = \"6\", line = \"9\" }", "没有“6”"),
        ("{ period = \"2024-Q1\", value = \"7\", line = \"9\", quote = \"7.15\" }", "没有“7.15”"),
        ("{ period = \"2024-Q1\", value = \"约7\", line = \"9\" }", "约7"),
    ] {
        let workspace = further.round();
        workspace.write("input/2024/linjiang/plan.toml", plan.replace(first, entry));
        let output = workspace.duibiao(&["plan", "check", "input/2024/linjiang/plan.toml"]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{entry}: {error}");
        assert!(error.contains(part), "{entry}: {error}");
    }
    // What repeats another target has none of its own.
    let repeat = "quote = \"新增规模以上工业企业90家\"";
    assert!(plan.contains(repeat));
    let workspace = further.round();
    let with = format!("{repeat}\ninterim = [{{ period = \"2024-Q1\", value = \"90\" }}]");
    workspace.write("input/2024/linjiang/plan.toml", plan.replace(repeat, &with));
    let output = workspace.duibiao(&["plan", "check", "input/2024/linjiang/plan.toml"]);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && error.contains("本目标只是重复"), "{error}");
}

#[test]
fn main_reports_explain_what_occurs_in_the_words_of_their_plans() {
    let said: [(&str, &[&str], &[&str]); 6] = [
        (
            "five-years",
            &["纲要指标表为本年度或以后年度定了目标", "没有写明责任单位的2月29日前明确"],
            &["未到的目标2月29日前报措施；", "附表为"],
        ),
        (
            "province-science",
            &["目标列不含力争值", "创新指数全国排名进2位"],
            &["目标列为目标", "减18.2%", "可能的范围", "目标不如", "新增、新建一类", "不可评"],
        ),
        (
            "city-year",
            &["浅色是基本完成", "判不了的不算进去。", "以上的为基本完成"],
            &["可能的范围", "目标不如上年或基期", "目标按增长"],
        ),
        ("county-quotas", &["基本完成：完成程度"], &["可能的范围"]),
        ("quarters", &["圆圈是上年"], &["可能的范围"]),
        (
            "no-table",
            &[
                "正文目标（单位）",
                "计划正文为本年度定了目标",
                "没有写明责任单位的2月29日前明确",
                "计划哪一行",
            ],
            &["圆圈", "附表", "目标不如上年", "指标（单位）", "基本完成", "未到的目标2月29日前报措施；"],
        ),
    ];
    let mut faults = Vec::new();
    for (further, (name, said, never)) in PLANS.iter().zip(said) {
        assert_eq!(further.name, name);
        let workspace = further.published();
        let text = text_of(&workspace.path(&format!("output/{}/report.pdf", further.year)));
        let missing = said.iter().filter(|words| !text.contains(**words));
        faults.extend(missing.map(|words| format!("{name}: missing {words}")));
        faults.extend(
            never.iter().filter(|words| text.contains(**words)).map(|words| format!("{name}: {words}")),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_workbook_of_results_is_headed_by_what_it_holds() {
    for (name, overview, base) in [
        ("five-years", ["达标率（%）", "达标项数", "目标劣于基期的项数"], "基期值"),
        ("quarters", ["完成率（%）", "完成项数", "目标劣于上年的项数"], "上年值"),
    ] {
        let further = PLANS.iter().find(|one| one.name == name).unwrap();
        let workspace = further.published();
        let path = workspace.path(&format!("output/{}/results.xlsx", further.year));
        let mut book: Xlsx<_> = open_workbook(&path).unwrap();
        let mut heads = |sheet: &str| -> Vec<String> {
            let range = book.worksheet_range(sheet).unwrap();
            range.rows().take(2).flatten().map(ToString::to_string).collect()
        };
        let (first, targets) = (heads("总览"), heads("指标"));
        for word in overview {
            assert!(first.iter().any(|head| head == word), "{name}: {first:?}");
        }
        assert!(targets.iter().any(|head| head == base), "{name}: {targets:?}");
    }
}

#[test]
fn who_shares_in_a_target_of_the_text_is_told_and_counted() {
    let further = PLANS.iter().find(|one| one.name == "county-quotas").unwrap();
    let workspace = further.round();
    let output = workspace.duibiao(&["run", "input/2023"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let units = workspace.table("units");
    let own: Vec<_> =
        units.iter().filter(|row| row["unit"] == "各县区" && row["role_key"] == "shared").collect();
    assert_eq!(own.len(), 1, "{own:?}");
    assert_eq!((own[0]["expected"].as_str(), own[0]["met"].as_str()), ("1", "0"));
    let shown = workspace.duibiao(&["plan", "show", "input/2023/qingxi/plan.toml"]);
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("责任 各县区"), "{shown}");
    // Who leads answers for it, and is asked for measures.
    let actions = workspace.table("actions");
    let asked: Vec<&str> =
        actions.iter().filter(|row| row["kind"] == "measures").map(|row| row["unit"].as_str()).collect();
    assert!(asked.contains(&"市交通运输局") && !asked.contains(&"各县区"), "{asked:?}");
    // Where nobody leads, who shares in it answers for it, though the office reports.
    let plan = further.text("plan.toml");
    let led = "lead = [\"市交通运输局\"]\nresponsible";
    assert!(plan.contains(led));
    workspace.write("input/2023/qingxi/plan.toml", plan.replace(led, "responsible"));
    let evaluation = further.evaluated_in(&workspace);
    let city = evaluation.cities.iter().next().unwrap();
    let row = city.plan.indicator(&"P5".into()).unwrap();
    assert!(row.is_left_to_office);
    assert_eq!(city.plan.answerable(row), ["各县区"]);
}

#[test]
fn who_answers_for_a_row_that_another_unit_reports_is_asked_for_measures() {
    let further = PLANS.iter().find(|one| one.name == "province-science").unwrap();
    let workspace = further.round();
    let plan = further.text("plan.toml");
    let (head, row) = plan.split_once("no = \"9\"").unwrap();
    let named = "data_units = [\"省统计局\"]\n";
    assert!(row.contains(named));
    let row = row.replacen(named, &format!("{named}responsible = [\"省发展改革委\"]\n"), 1);
    workspace.write("input/2025/dongjiang/plan.toml", format!("{head}no = \"9\"{row}"));
    let output = workspace.duibiao(&["run", "input/2025"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let actions = csv_rows(&workspace.path("output/2025/tables/actions.csv"));
    let asked = actions.iter().find(|row| row["unit"] == "省发展改革委").unwrap();
    assert_eq!(asked["kind"], "measures");
    let text = text_of(&workspace.path("output/2025/technical.pdf"));
    assert!(text.contains("责任单位省发展改革委"), "{text}");
    assert!(text.contains("指标2、5、6a、14规划未写责任单位"), "{text}");
    assert!(!text.contains("未报—"), "{text}");
    let pages = text_of(&workspace.path("output/2025/units/dongjiang.pdf"));
    assert!(pages.contains("未到、由其他单位提出措施的：高技术制造业占比（省发展改革委）。"), "{pages}");
    assert!(pages.contains("东江省发展改革委"), "{pages}");
}

#[test]
fn what_a_plan_says_that_a_row_counts_stands_in_its_source() {
    let further = PLANS.iter().find(|one| one.name == "province-science").unwrap();
    let workspace = further.round();
    let plan = further.text("plan.toml").replace("按重组后口径", "按重组前口径");
    workspace.write("input/2025/dongjiang/plan.toml", plan);
    let output = workspace.duibiao(&["plan", "check", "input/2025/dongjiang/plan.toml"]);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && error.contains("按重组前口径"), "{error}");
}
