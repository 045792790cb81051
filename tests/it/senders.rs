//! Who sent what and when: covers, registers, versions, files that are no workbooks, and faults of configuration files.

use crate::workspace::{GOOD, Workspace};
use crate::writers;

const TABLE: &str = "序号|指标名称|2023年实绩|佐证编号\n2|企业数|120|Z1";

/// What `check` says in text of a workspace's round, and its status.
fn checked(workspace: &Workspace) -> (String, Option<i32>) {
    let output = workspace.duibiao(&["check", "input/2023"]);
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8_lossy(&text).into_owned(), output.status.code())
}

/// What `check` says of one workbook of 统计局 with these sheets.
fn sent(sheets: &[(&str, &str)]) -> String {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit_sheets("jia", "甲市", sheets);
    checked(&workspace).0
}

#[test]
fn a_cover_is_understood_or_the_clerk_is_told_what_is_wrong_with_it() {
    let cover = |city: &str, unit: &str, period: &str| {
        format!(
            "城市|{city}\n填报单位|{unit}\n报告期|{period}\n填报人|甲\n审核人|乙\n填报日期|2024-01-10\n版本|'1"
        )
    };
    for (city, unit, period, code) in [
        ("甲市", "统计局", "2023年度", ""),
        ("湖南省甲市", "甲市统计局（公章）", "2023年1月1日—12月31日", ""),
        ("湖南省·甲市", "湖南省甲市统计局", "'2023", ""),
        ("甲市（盖章）", "统计局 盖章", "二〇二三年度", ""),
        ("甲市", "统计局（综合科）", "2023年度（1-12月）", ""),
        ("乙市", "统计局", "2023年度", "L208"),
        ("湖南省乙市", "统计局", "2023年度", "L208"),
        ("甲市", "乙市统计局", "2023年度", "L203"),
        ("甲市", "请填写单位全称", "2023年度", "L217"),
        ("甲市", "统计局", "2022年", "L216"),
        ("甲市", "统计局", "2023年1月1日—6月30日", "L216"),
        ("甲市", "统计局", "2023Q3", "L216"),
    ] {
        let told = sent(&[("封面", &cover(city, unit, period)), ("表", TABLE)]);
        let codes: Vec<&str> =
            ["L203", "L208", "L216", "L217"].into_iter().filter(|code| told.contains(code)).collect();
        let expected: Vec<&str> = Some(code).filter(|code| !code.is_empty()).into_iter().collect();
        assert_eq!(codes, expected, "{city} {unit} {period}\n{told}");
    }
}

#[test]
fn a_title_stands_in_for_a_period_that_has_no_label() {
    let cover = "填报单位：统计局 填报人：甲 审核人：乙 填报日期：2024-01-10";
    for (title, code) in [
        ("甲市2023年创新指标填报表", ""),
        ("甲市2022年创新指标填报表", "L216"),
        ("国家创新型城市建设情况表", "L202"),
    ] {
        let told = sent(&[("封面", &format!("{title}\n{cover}")), ("表", TABLE)]);
        let codes: Vec<&str> =
            ["L202", "L208", "L216"].into_iter().filter(|code| told.contains(code)).collect();
        assert_eq!(codes.concat(), code, "{title}\n{told}");
    }
}

#[test]
fn what_a_cover_lacks_is_one_finding() {
    let told = sent(&[("封面", "填报单位|统计局"), ("表", TABLE)]);
    assert_eq!(told.matches(" L202").count(), 1, "{told}");
    assert!(told.contains("城市、报告期、填报人、审核人、填报日期"), "{told}");
}

#[test]
fn two_places_that_name_different_units_keep_the_workbook_out() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let plan = crate::workspace::plan("jia", "甲市").replacen("[\"统计局\"]", "[\"统计局\", \"科技局\"]", 1);
    workspace.write("input/2023/jia/plan.toml", plan);
    let table = format!("填报单位：科技局\n{TABLE}");
    workspace.submit_sheets("jia", "甲市", &[("表", &table)]);
    let (told, _) = checked(&workspace);
    assert!(told.contains("L232") && told.contains("[表]!A1为“科技局”"), "{told}");
    assert!(told.contains("“统计局.xlsx”不能使用"), "{told}");
    // A name of a file that differs is told and does not decide.
    workspace.submit_sheets("jia", "甲市", &[("表", TABLE)]);
    let folder = workspace.path("input/2023/jia/submissions");
    std::fs::rename(folder.join("统计局.xlsx"), folder.join("科技局.xlsx")).unwrap();
    let (told, _) = checked(&workspace);
    assert!(told.contains("L233") && !told.contains("L232"), "{told}");
}

#[test]
fn a_later_date_on_the_cover_decides_between_equal_versions_and_is_told() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    for (name, date, value) in [("a.xlsx", "2024-01-10", "120"), ("b.xlsx", "2024-01-12", "130")] {
        let cover = format!(
            "城市|甲市\n填报单位|统计局\n报告期|2023年度\n填报人|甲\n审核人|乙\n填报日期|{date}\n版本|'1"
        );
        workspace.submit_sheets("jia", "甲市", &[("封面", &cover), ("表", &TABLE.replace("120", value))]);
        let folder = workspace.path("input/2023/jia/submissions");
        std::fs::rename(folder.join("统计局.xlsx"), folder.join(name)).unwrap();
    }
    std::fs::remove_file(workspace.path("input/2023/jia/received.csv")).unwrap();
    workspace.run();
    let codes: Vec<String> = workspace.findings().into_iter().map(|(code, ..)| code).collect();
    for code in ["L231", "C501", "L207"] {
        assert_eq!(codes.iter().filter(|one| *one == code).count(), 1, "{code} {codes:?}");
    }
    assert_eq!(workspace.table("assessments")[1]["actual"], "130");
}

#[test]
fn archives_and_documents_are_told_as_what_they_are() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    let book = std::fs::read(workspace.path("input/2023/jia/submissions/统计局.xlsx")).unwrap();
    let zip = writers::archive(&[("报送/统计局_年报.xlsx", &book)]);
    workspace.write("input/2023/jia/submissions/报送.zip", zip);
    let words = writers::archive(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]);
    workspace.write("input/2023/jia/submissions/说明.docx", words);
    let (told, _) = checked(&workspace);
    assert!(
        told.contains("R117") && told.contains("“报送/统计局_年报.xlsx”") && told.contains("解压"),
        "{told}"
    );
    assert!(told.contains("说明.docx  错误 R102") && told.contains("文字文档"), "{told}");
}

#[test]
fn a_file_name_in_gbk_is_read_told_and_found_in_the_register() {
    use std::os::unix::ffi::OsStrExt as _;
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    let folder = workspace.path("input/2023/jia/submissions");
    let name = b"\xcd\xb3\xbc\xc6\xbe\xd6.xlsx";
    std::fs::rename(folder.join("统计局.xlsx"), folder.join(std::ffi::OsStr::from_bytes(name))).unwrap();
    let (told, _) = checked(&workspace);
    assert!(told.contains("L234") && told.contains("“统计局.xlsx”"), "{told}");
    assert!(!told.contains("L207") && !told.contains("L214") && !told.contains("V402"), "{told}");
}

#[test]
fn registers_of_every_kind_register_and_one_that_cannot_be_used_is_one_finding() {
    let text = "文件,收到时间\n统计局.xlsx,2024-01-10 09:00\n";
    let utf16: Vec<u8> =
        format!("\u{feff}{}", text.replace(',', ";")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, code) in [
        (text.as_bytes().to_vec(), ""),
        (utf16, ""),
        (text.replace(',', "，").into_bytes(), ""),
        (text.replace('\n', ",,\n,,,\n").into_bytes(), ""),
        (text.replace("收到时间", "收件日期").into_bytes(), ""),
        (text.replace("收到时间", "时候").into_bytes(), "L210"),
    ] {
        let workspace = Workspace::with_cities(&[("jia", "甲市")]);
        workspace.submit("jia", "甲市", GOOD);
        workspace.write("input/2023/jia/received.csv", &bytes);
        let (told, _) = checked(&workspace);
        let codes: Vec<&str> =
            ["L207", "L210", "L214"].into_iter().filter(|code| told.contains(code)).collect();
        assert_eq!(codes.concat(), code, "{}\n{told}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_registered_workbook_that_is_absent_counts_once() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.write("input/2023/jia/received.csv", "文件,收到时间\n统计局_年报.xlsx,2024-01-10 09:00\n");
    let (told, _) = checked(&workspace);
    assert!(told.contains("L214") && told.contains("应报4项") && !told.contains("V402"), "{told}");
}

#[test]
fn faults_of_configuration_say_file_line_words_and_what_to_write() {
    for (file, from, to, parts) in [
        (
            "round.toml",
            "report_date = 2024-01-31",
            "report_date = 2024-1-31",
            &["round.toml", "第8行", "应写作 2024-01-31"][..],
        ),
        ("round.toml", "\"统计局\"", "“统计局”", &["round.toml", "第7行", "“统计局”", "半角的 \""]),
        ("round.toml", "year = 2023", "year ＝ 2023", &["第3行", "半角的 ="]),
        ("round.toml", "deadline = 2024-01-15", "deadline = \"2024-01-15\"", &["第9行", "不加引号"]),
        ("round.toml", "issuer = ", "isuer = ", &["不认识“isuer”"]),
        ("round.toml", "year = 2023\n", "", &["缺少“year”"]),
        ("round.toml", "2023-annual", "2023-Q2", &["应写作 2023-annual"]),
        ("round.toml", "2023-annual", "2022-annual", &["year = 2023", "不是同一年"]),
        ("round.toml", "2023-annual", "2023年", &["应写作 2023-annual"]),
        ("jia/plan.toml", "name = \"甲市\"", "name = “甲市”", &["plan.toml", "第5行", "半角的 \""]),
    ] {
        let workspace = Workspace::with_cities(&[("jia", "甲市")]);
        let path = format!("input/2023/{file}");
        let text = std::fs::read_to_string(workspace.path(&path)).unwrap();
        assert!(text.contains(from), "{from}");
        workspace.write(&path, text.replacen(from, to, 1));
        let (told, status) = checked(&workspace);
        assert_eq!(status, Some(2), "{told}");
        for part in parts {
            assert!(told.contains(part), "{to}: {part} in\n{told}");
        }
    }
}

#[test]
fn configuration_is_read_in_whatever_code_an_editor_saved_it() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    for name in ["input/2023/round.toml", "input/catalogue.toml", "input/2023/jia/plan.toml"] {
        let text = std::fs::read_to_string(workspace.path(name)).unwrap();
        for bytes in [
            encoding_rs::GB18030.encode(&text).0.into_owned(),
            format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
            format!("\u{feff}{text}").into_bytes(),
        ] {
            workspace.write(name, bytes);
            let (told, status) = checked(&workspace);
            assert_eq!(status, Some(0), "{name}\n{told}");
        }
    }
}

#[test]
fn a_fault_of_the_waivers_is_theirs() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    for text in [
        "[[waiver]]\ncode = \"V999\"\ncity = \"jia\"\nreason = \"r\"\nowner = \"o\"\nuntil = 2024-12-31\n",
        "[[waiver]]\ncode = “V403”\n",
    ] {
        workspace.write("input/2023/waivers.toml", text);
        let (told, status) = checked(&workspace);
        assert_eq!(status, Some(2));
        assert!(told.contains("waivers.toml") && !told.contains("round.toml"), "{told}");
    }
}

#[test]
fn check_names_indicators_and_marks_what_is_waived() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", &GOOD.replace("2|企业数|家|120", "2|企业数|家|120.5|Z1\n"));
    workspace.write(
        "input/2023/waivers.toml",
        "[[waiver]]\ncode = \"V410\"\ncity = \"jia\"\nreason = \"折算\"\nowner = \"甲\"\nuntil = 2024-12-31\n",
    );
    let (told, _) = checked(&workspace);
    assert!(told.contains("V410（已豁免：折算（甲））  统计局 2 企业数"), "{told}");
}

#[test]
fn missing_evidence_is_one_finding_for_a_workbook_and_stays_waivable_by_indicator() {
    let rows =
        "1|研发强度|%|3.1|Z8\n2|企业数|家|120|\n3|单位能耗|吨标准煤/万元|0.49|Z1\n4|创新政策|有/无|有|Z1";
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", rows);
    let (told, _) = checked(&workspace);
    assert_eq!(told.matches(" V408").count(), 1, "{told}");
    assert!(told.contains("未列佐证材料的有2") && told.contains("1（Z8）"), "{told}");
    workspace.write(
        "input/2023/waivers.toml",
        "[[waiver]]\ncode = \"V408\"\ncity = \"jia\"\nindicator = \"2\"\nreason = \"另送\"\nowner = \"甲\"\nuntil = 2024-12-31\n",
    );
    let (told, _) = checked(&workspace);
    assert!(told.contains("V408（已豁免：另送（甲））  统计局 2 企业数  未列佐证材料"), "{told}");
    assert!(told.contains("V408  统计局 1 研发强度  佐证材料“Z8”不在佐证清单中"), "{told}");
}
