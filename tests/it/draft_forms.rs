//! Other forms of what issued documents print: columns of counties, quarters, parts of rows, columns without a year, tables the other way
//! round, and clauses that state no target of the year. What is drafted of each is told in a line.

use duibiao::draft::{Draft, DraftNumber, DraftRow, DraftTarget, OpenFields, draft};
use duibiao::inputs::Inputs;
use duibiao::plan::Catalogue;

use crate::workspace::{Workspace, repository};

fn draft_of(text: &str) -> Draft {
    let catalogue = Catalogue::load(&Inputs::default(), &repository().join("input/catalogue.toml")).unwrap();
    draft(text, &catalogue)
}

/// The fields that are marked; whether the catalogue has a name says nothing of the document.
fn marks(open: &OpenFields) -> String {
    let fields = open.0.iter().map(|one| one.field).filter(|field| !matches!(*field, "id" | "name"));
    fields.map(|field| format!(" !{field}")).collect()
}

fn number(one: &DraftNumber) -> String {
    let tier = one.tier.filter(|tier| *tier != "annual").unwrap_or_default();
    let bounds = one.bounds.as_ref().map(|(low, high)| format!("{low}–{high}"));
    let said =
        one.value.clone().or(bounds).or(one.reference.clone()).or(one.undefined.clone()).unwrap_or_default();
    let [kind, op] = [one.kind, one.op].map(Option::unwrap_or_default);
    let base = one.base_year.map(|year| format!("/{year}")).unwrap_or_default();
    let against = one.against.as_ref().map(|no| format!("~{no}")).unwrap_or_default();
    let flags = [("Σ", one.cumulative), ("*", one.recurring)];
    let flags: String = flags.iter().filter(|(_, is)| *is).map(|(sign, _)| *sign).collect();
    format!(" {}{tier}:{kind}{op}{said}{base}{against}{flags}{}", one.year, marks(&one.open))
}

fn row(row: &DraftRow) -> String {
    let parent = row.parent.as_ref().map(|no| format!("<{no}")).unwrap_or_default();
    let group = if row.group.is_empty() { String::new() } else { format!("[{}]", row.group) };
    let numbers = |numbers: &[DraftNumber]| numbers.iter().map(number).collect::<String>();
    let quotas: String = row.quotas.iter().map(|one| format!(" {}{}", one.area, one.value)).collect();
    let parts: String = row.parts.iter().map(|one| format!(" ({}){}", one.label, one.text)).collect();
    format!(
        "{}{parent} {} {}{group}{}{} →{}{quotas}{parts}",
        row.no,
        row.name,
        row.unit.as_deref().unwrap_or("?"),
        marks(&row.open),
        numbers(&row.values),
        numbers(&row.targets)
    )
}

/// A target of prose; `usual` is the year that is not told.
fn target(one: &DraftTarget, usual: i32) -> String {
    let bounds = one.bounds.as_ref().map(|(low, high)| format!("{low}–{high}"));
    let said = one.value.clone().or(bounds).or(one.reference.clone()).unwrap_or_default();
    let [op, unit] = [one.op, one.unit.as_deref()].map(Option::unwrap_or_default);
    let tier = if one.is_stretch { "↑" } else { "" };
    let same = one.same_as.as_ref().map(|no| format!(" ={no}{tier}")).unwrap_or_default();
    let strength = if one.strength == "expected" { String::new() } else { format!(" {}", one.strength) };
    let open = marks(&one.open).replace(" !year", "");
    let year = one.year.filter(|year| *year != usual).map(|year| format!("{year} ")).unwrap_or_default();
    format!("{} {year}{} {op}{said}{unit}{same}{strength}{open}", one.name, one.kind)
}

fn rows(draft: &Draft) -> Vec<String> {
    draft.rows.iter().map(row).collect()
}

fn left(draft: &Draft) -> Vec<String> {
    draft.left.iter().map(|one| format!("{} {}", one.line, one.text)).collect()
}

/// Merged cells of a heading, the whole beside its townships, full-width digits, a part without numbers of rows.
const TOWNSHIPS: &str = "安平县2024年农业农村重点任务分解方案
| 2024年任务分解表 | | | | | | | |
| 单位：详见各栏 | | | | | | | |
| 指标 | 牵头部门 | 计量单位 | ２０２３年完成数 | 2024年目标任务 | | | |
| | | | | 合计 | 城关镇 | 柳林乡 | 大河街道 |
| 高标准农田 | 县农业农村局 | 万亩 | ２.８ | 3.2 | 1.2 | 1.5 | 0.5 |
| 其中：高效节水 | 县水利局 | 万亩 | — | 0.9 | 0.4 | 0.4 | 0.1 |
| 生活污水治理率 | 县生态环境分局 | ％ | 36.5 | 40以上 | 42 | 38 | 45 |
";
const TOWNSHIPS_TOLD: [&str; 3] = [
    "1 高标准农田 万亩 !no 2023:2.8 → 2024:3.2 城关镇1.2 柳林乡1.5 大河街道0.5",
    "1a<1 高效节水 万亩 → 2024:0.9 城关镇0.4 柳林乡0.4 大河街道0.1",
    "2 生活污水治理率 % !parent !no 2023:36.5 → 2024:>=40 城关镇42 柳林乡38 大河街道45",
];

#[test]
fn columns_of_areas_are_quotas_in_every_order_of_columns() {
    assert_eq!(rows(&draft_of(TOWNSHIPS)), TOWNSHIPS_TOLD);
    let first = "清溪市2023年任务分解方案\n青山县\t白水县\t全市\t指标（单位）\t责任部门\t上年实绩\n\
        7.5\t6.5\t14\t新建高标准农田（万亩）\t市农业农村局\t12\n\
        260\t220\t480\t改建农村公路（公里）\t市交通运输局\t450\n";
    let found = draft_of(first);
    assert_eq!(
        rows(&found),
        [
            "1 新建高标准农田 万亩 !no 2022:12 → 2023:14 青山县7.5 白水县6.5",
            "2 改建农村公路 公里 !no 2022:450 → 2023:480 青山县260 白水县220",
        ]
    );
    assert_eq!(found.rows[0].units, ["市农业农村局"]);
    // A row for each area, and a column for each indicator.
    let turned = "清泉区2024年招商引资目标任务分解表\n单位\t签约项目（个）\t到位资金（亿元）\n合计\t60\t80\n东街街道\t15\t35\n西街街道\t45\t45\n";
    assert_eq!(
        rows(&draft_of(turned)),
        [
            "1 签约项目 个 !no → 2024:60 东街街道15 西街街道45",
            "2 到位资金 亿元 !no → 2024:80 东街街道35 西街街道45",
        ]
    );
}

#[test]
fn parts_of_a_year_are_shown_and_the_whole_year_is_the_target() {
    let months = "大湾区2025年固定资产投资计划\n序号\t项目名称\t责任单位\t单位\t2024年实际\t1-3月\t1-6月\t1-9月\t1-12月\t备注\n\
        1\t固定资产投资\t区发改局\t亿元\t180.2\t40\t95\t150\t200\t\n2\t其中：工业投资\t区工信局\t亿元\t70.3\t15\t35\t58\t80\t\n";
    let found = draft_of(months);
    assert_eq!(
        rows(&found),
        [
            "1 固定资产投资 亿元 2024:180.2 → 2025:200 (1-3月)40 (1-6月)95 (1-9月)150",
            "2<1 工业投资 亿元 2024:70.3 → 2025:80 (1-3月)15 (1-6月)35 (1-9月)58",
        ]
    );
    assert_eq!(left(&found), Vec::<String>::new());
    let groups = "东河市2024年主要经济指标计划\n序号\t指标\t计量单位\t上年实际\t全年目标\t一季度目标\t上半年目标\t三季度目标\t责任单位\n\
        一\t经济增长\t\t\t\t\t\t\t\n1\tGDP增速\t%\t5.8\t6.5左右\t6\t6.2\t6.3\t市发改委\n\
        二\t动能转换\t\t\t\t\t\t\t\n2\t综合科技创新指数全省排名\t位\t6\t前五\t—\t—\t—\t市科技局\n";
    assert_eq!(
        rows(&draft_of(groups)),
        [
            "1 GDP增速 %[经济增长] 2023:5.8 → 2024:growth~6.5 !tolerance (一季度目标)6 (上半年目标)6.2 (三季度目标)6.3",
            "2 综合科技创新指数全省排名 位[动能转换] 2023:6 → 2024:rank5",
        ]
    );
}

#[test]
fn rows_of_several_years_say_what_they_are_of() {
    let notes = "西岭省“十五五”数字经济发展规划\n指标\t2025年基期值\t2030年目标值\t年均增速[累计]\t指标属性\n\
        数字经济规模（亿元）\t9800\t18000\t13%左右\t预期性\n#数字产业化\t3100\t6000\t—\t预期性\n\
        5G基站数（万个）\t12.6*\t25\t—\t约束性\n新增算力（PB）\t—\t—\t[30]\t预期性\n研发经费投入（亿元）\t310\t—\t8%以上\t预期性\n\
        备注：[ ]内为五年累计数；标*的为2024年数。\n";
    assert_eq!(
        rows(&draft_of(notes)),
        [
            "1 数字经济规模 亿元 !no 2025:9800 → 2030:18000 (年均/累计)13%左右",
            "1a<1 数字产业化 亿元 !unit 2025:3100 → 2030:6000",
            "2 5G基站数 万个 !parent !no 2024:12.6 → 2030:25",
            "3 新增算力 PB !no → 2030:30Σ",
            "4 研发经费投入 亿元 !no 2025:310 → 2030:average_growth>=8/2025",
        ]
    );
    let several = "北川市高质量发展三年行动计划（2023—2025年）\n序号\t指标名称\t2022年\t2023年\t2024年\t2025年\t数据来源\t牵头部门\n\
        1\t地区生产总值（亿元）\t820\t880\t945\t1020\t市统计局\t市发改委\n2\t森林覆盖率（%）\t51.2\t51.3\t51.4\t51.5\t市林业局\t市林业局\n\
        （1）\t天然林面积（万亩）\t320\t≥320\t≥320\t≥320\t市林业局\t市林业局\n3\t城乡居民收入比\t2.2:1\t2.15:1\t2.1:1\t2.05:1\t市统计局\t市农业农村局\n续表\n\
        4\t户籍人口城镇化率（%）\t40\t比上年提高1个百分点\t比上年提高1个百分点\t43\t市公安局\t市公安局\n";
    let found = draft_of(several);
    assert_eq!(
        rows(&found),
        [
            "1 地区生产总值 亿元 2022:820 → 2023:880 2024:945 2025:1020",
            "2 森林覆盖率 % 2022:51.2 → 2023:51.3 2024:51.4 2025:51.5",
            "2a<2 天然林面积 万亩 !parent 2022:320 → 2023:>=320 2024:>=320 2025:>=320",
            "3 城乡居民收入比  !unit 2022:2.2 → 2023:2.15 2024:2.1 2025:2.05",
            "4 户籍人口城镇化率 % 2022:40 → 2023:increment1 2024:increment1 2025:43",
        ]
    );
    assert_eq!(
        (found.rows[0].units.join(" "), found.rows[0].responsible.join(" ")),
        ("市统计局".into(), "市发改委".into())
    );
}

#[test]
fn merged_headings_of_documents_and_workbooks_give_the_rows_of_the_text() {
    let workspace = Workspace::new();
    workspace
        .write("input/catalogue.toml", std::fs::read(repository().join("input/catalogue.toml")).unwrap());
    let cells: Vec<Vec<&str>> = TOWNSHIPS
        .lines()
        .skip(1)
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let title = TOWNSHIPS.lines().next().unwrap();
    workspace.write("a.docx", docx(title, &cells));
    workspace.write("a.xlsx", xlsx(title, &cells));
    for source in ["a.docx", "a.xlsx"] {
        let plan = format!("input/3001/{}/plan.toml", source.replace('.', "-"));
        let output = workspace.duibiao(&["plan", "draft", source, "--to", &plan]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let slug = source.replace('.', "-");
        let text =
            std::fs::read_to_string(workspace.path(&format!("input/sources/{slug}-2024.txt"))).unwrap();
        assert_eq!(rows(&draft_of(&text)), TOWNSHIPS_TOLD, "{text}");
    }
}

/// A document whose table has the title in one cell over all columns, and the year over the areas.
fn docx(title: &str, rows: &[Vec<&str>]) -> Vec<u8> {
    let cell = |text: &str, with: &str| {
        format!("<w:tc><w:tcPr>{with}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let span = |count: usize| format!("<w:gridSpan w:val='{count}'/>");
    let mut table = String::new();
    for (at, cells) in rows.iter().enumerate() {
        let row: String = match at {
            0 | 1 => cell(cells[0], &span(cells.len())),
            2 => {
                let whole = |text: &&str| cell(text, "<w:vMerge w:val='restart'/>");
                cells[..4].iter().map(whole).collect::<String>() + &cell(cells[4], &span(4))
            }
            3 => {
                let below = |_| cell("", "<w:vMerge/>");
                (0..4).map(below).collect::<String>()
                    + &cells[4..].iter().map(|text| cell(text, "")).collect::<String>()
            }
            _ => cells.iter().map(|text| cell(text, "")).collect(),
        };
        table.push_str(&format!("<w:tr>{row}</w:tr>"));
    }
    let body = format!("<w:p><w:r><w:t>{title}</w:t></w:r></w:p><w:tbl>{table}</w:tbl>");
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let document = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    std::io::Write::write_all(&mut archive, document.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

fn xlsx(title: &str, rows: &[Vec<&str>]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    sheet.write_string(0, 0, title).unwrap();
    for (line, cells) in (1..).zip(rows) {
        let filled = cells.iter().filter(|text| !text.is_empty()).count();
        if filled == 1 {
            sheet.merge_range(line, 0, line, 7, cells[0], &plain).unwrap();
            continue;
        }
        for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(line, column, number).unwrap(),
                Err(_) => sheet.write_string(line, column, *text).unwrap(),
            };
        }
    }
    sheet.merge_range(3, 4, 3, 7, rows[2][4], &plain).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn clauses_are_read_for_what_they_say_of_the_year() {
    for (clause, told, listed) in [
        (
            "地区生产总值增长6.5%以上，力争7%",
            &["地区生产总值增长 growth >=6.5%", "地区生产总值增长 growth >=7% =P1↑ aspired !kind !same_as"][..],
            &[][..],
        ),
        (
            "规上工业增加值增长8%、力争达到10%",
            &[
                "规上工业增加值增长 growth >=8%",
                "规上工业增加值增长 growth >=10% =P1↑ aspired !kind !same_as",
            ],
            &[],
        ),
        ("一般公共预算收入增长5%—6%", &["一般公共预算收入增长 range 5–6%"], &[]),
        ("培育产值超10亿元企业2家", &["培育产值超10亿元企业 level >=2家 !kind"], &[]),
        ("打造百亿级产业集群1个", &["打造百亿级产业集群 level >=1个 !kind"], &[]),
        ("创新指数力争进入全省前二十名", &["创新指数力争进入全省 rank <=20位 aspired"], &[]),
        (
            "城镇化率达到70%，比2020年提高5个百分点",
            &["城镇化率 level >=70%", "城镇化率 increment >=5百分点 !kind"],
            &[],
        ),
        (
            "到2026年培育工厂300家，其中2024年100家、2025年200家，联网企业达到5万家",
            &[
                "培育工厂 2026 level >=300家 !kind",
                "培育工厂 2024 level >=100家 !kind",
                "培育工厂 level >=200家 !kind",
                "联网企业 2026 level >=5万家",
            ],
            &[],
        ),
        ("建设国家级双跨平台1—2个", &["建设国家级双跨平台 range 1–2个"], &[]),
        ("基本养老保险参保率达到95%", &["基本养老保险参保率 level >=95%"], &[]),
        ("森林覆盖率达到45%（2020年为43.2%）", &["森林覆盖率 level >=45%"], &[]),
        ("规上工业企业数比2020年翻一番", &["规上工业企业数 multiple >=2 !base_year !unit !undated"], &[]),
        (
            "上半年供应工业用地1200亩，全年2500亩",
            &["供应工业用地 level >=2500亩"],
            &["3 上半年供应工业用地1200亩"],
        ),
        ("9月底前建成5座，年底前建成8座", &["建成 level >=8座 !kind"], &["3 9月底前建成5座"]),
        ("新建三个园区", &[], &["3 新建三个园区"]),
        ("设立十二支基金、两家公司", &[], &["3 设立十二支基金、两家公司"]),
    ] {
        let found = draft_of(&format!("示例市2025年工作要点\n一、工作目标\n{clause}。\n"));
        let targets: Vec<String> = found.targets.iter().map(|one| target(one, 2025)).collect();
        assert_eq!(targets, told, "{clause}");
        assert_eq!(left(&found), listed, "{clause}");
    }
}

#[test]
fn numbered_paragraphs_with_their_units_are_tasks_and_others_lead_to_their_targets() {
    let text = "示例县2024年工作方案\n一、总体要求\n坚持稳中求进。\n二、工作要求\n1.压实责任。全年新建村级污水处理站12座。（牵头单位：县生态环境分局；责任单位：各乡镇）\n\
        2.强化督导。年底前完成验收20个村。（县政府督查室牵头，各乡镇配合）\n三、保障措施\n较大安全事故控制在2起以内。（牵头单位：县应急管理局；责任单位：各乡镇）\n";
    let found = draft_of(text);
    let tasks: Vec<String> = found
        .tasks
        .iter()
        .map(|task| {
            format!("{}.{} {} {}{}", task.group, task.no, task.title, task.lead.join(" "), marks(&task.open))
        })
        .collect();
    assert_eq!(tasks, ["二.1 压实责任 县生态环境分局 !text", "二.2 强化督导 县政府督查室 !lead !text"]);
    let targets: Vec<String> =
        found.targets.iter().map(|one| format!("{} {}", target(one, 2024), one.lead.join(" "))).collect();
    assert_eq!(
        targets,
        [
            "新建村级污水处理站 increment >=12座 ",
            "完成验收 level >=20个 ",
            "较大安全事故 level <=2起 !kind 县应急管理局"
        ]
    );
}

#[test]
fn headings_between_the_rows_of_a_table_are_groups() {
    let text = "青禾县卫生健康局基层能力提升实施方案(2023—2025年)\n附件 分年度目标表\n序号\t指标名称\t单位\t2022年基数\t2023年\t2024年\t2025年\t牵头科室\n一、服务能力\n1\t县域内住院量占比\t%\t84.6\t86\t88\t90\t医政科\n2\t标准化乡镇卫生院数\t个\t8\t20\t30\t40\t医政科\n二、公共卫生\n3\t婴儿死亡率\t‰\t4.9\t4.8\t4.6\t4.5\t妇幼科\n4\t人均预期寿命\t岁\t78.4\t78.6\t78.9\t79.2\t疾控科\n";
    let draft = draft_of(text);
    let groups: Vec<(&str, &str)> =
        draft.rows.iter().map(|row| (row.name.as_str(), row.group.as_str())).collect();
    assert_eq!(
        groups,
        [
            ("县域内住院量占比", "服务能力"),
            ("标准化乡镇卫生院数", "服务能力"),
            ("婴儿死亡率", "公共卫生"),
            ("人均预期寿命", "公共卫生")
        ]
    );
    assert!(draft.rows.iter().all(|row| row.targets.len() == 3 && row.values.len() == 1));
    assert!(draft.rows.iter().all(|row| row.nature.is_none()), "预期寿命 is no 预期性");
}

#[test]
fn clauses_of_fractions_days_places_and_several_years_are_right_or_marked() {
    let text = "示例园区2024年行动计划\n一、主要目标\n2024年,全国高新区综合排名力争进位2位以上,企业开办时间压缩至0.5个工作日以内,孕产妇死亡率控制在12/10万以下。2024年、2025年各完成10个乡镇卫生院改造。\n";
    let draft = draft_of(text);
    let of = |word: &str| draft.targets.iter().find(|one| one.quote.contains(word)).unwrap();
    assert_eq!(of("进位").kind, "rank_change");
    assert_eq!(of("工作日").unit.as_deref(), Some("个工作日"));
    let deaths = of("孕产妇");
    assert_eq!((deaths.name.as_str(), deaths.value.as_deref()), ("孕产妇死亡率", Some("12")));
    assert!(deaths.unit.is_none() && deaths.open.has("unit"));
    assert!(draft.targets.iter().filter(|one| one.quote.contains("各完成")).all(|one| one.open.has("year")));
}
