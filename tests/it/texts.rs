//! Text from outside in every place of a round: no output holds what acts on a terminal, forges a line or turns text round, and every
//! reader of the tables has the text as it was.

use std::io::Read as _;
use std::process::Command;

use duibiao::shown::deceives;
use duibiao::table_text;
use serde_json::json;

use crate::explorer::browsed;
use crate::tools::is_at_hand;
use crate::workspace::{GOOD, Workspace, repository, tree};

/// What acts on a terminal, ends a line, turns text round, is not seen, or looks like the code of one that does.
const EVIL: &str = "\u{1b}[31m\u{1b}]0;T\u{7}\u{202e}逆\u{2066}\u{200b}\u{2028}\u{2029}\u{85}\u{9b}31m\u{feff}\u{ad}\t\\u{41}\\u{202e}尾";

/// A round that has it in cells, in names of files and sheets, and in the texts of people, there with line breaks.
fn round() -> Workspace {
    let workspace = Workspace::with_cities(&[("jia", "甲市"), ("yi", "乙市")]);
    let rows = GOOD
        .replace("2|企业数|家|120", &format!("2|企业数|家|120|Z1|=1+1{EVIL}|118"))
        .replace("1|研发强度|%|3.1", &format!("1|研发强度|%|3.1{EVIL}|Z9{EVIL}|'=1{EVIL}"));
    let more = format!("\n5|未知{EVIL}|家{EVIL}|3\nX{EVIL}|||7");
    let head = "序号|指标名称|计量单位|2023年实绩|佐证编号|说明|2022年实绩|数据年份\n";
    // Neither Excel nor XML has control characters in the name of a sheet.
    let is_of_a_name = |c: &char| !c.is_control() && !":\\/?*[]".contains(*c);
    let sheet: String = "表".chars().chain(EVIL.chars().filter(is_of_a_name)).take(31).collect();
    workspace.submit_sheets(
        "jia",
        "甲市",
        &[("指标", &format!("{head}{rows}{more}")), (&sheet, "甲|乙\n1|2")],
    );
    workspace.submit("yi", "乙市", GOOD);
    let name = format!("input/2023/jia/submissions/局{}\n假行  错误.xlsx", EVIL.replace('/', ""));
    workspace.write(&name, "no workbook");
    let text = |text: &str| toml::Value::from(text).to_string();
    let path = workspace.path("input/2023/round.toml");
    let file = std::fs::read_to_string(&path).unwrap();
    let issuer = format!("issuer = {}", text(&format!("统计局{EVIL}\n假行")));
    let preference = format!(
        "[[preference]]\ncity = \"jia\"\nindicator = \"2\"\nunit = \"统计局\"\nby = \"办公室\"\non = 2024-01-18\nreason = {}\n",
        text(&format!("@口径{EVIL}\r\n假行"))
    );
    std::fs::write(path, file.replace("issuer = \"统计局\"", &issuer) + &preference).unwrap();
    let waiver = format!(
        "[[waiver]]\ncode = \"R105\"\ncity = \"jia\"\nreason = {}\nowner = \"办公室\"\nuntil = 2024-12-31\n",
        text(&format!("=原因{EVIL}\n假行"))
    );
    workspace.write("input/2023/waivers.toml", waiver);
    let path = workspace.path("input/2023/jia/plan.toml");
    let plan = std::fs::read_to_string(&path).unwrap();
    let scope = format!("scope = {}", text(&format!("4项{EVIL}")));
    std::fs::write(path, plan.replace("scope = \"4项\"", &scope)).unwrap();
    workspace
}

#[test]
fn a_text_that_no_cell_of_a_spreadsheet_holds_is_refused_by_file_field_and_limit() {
    let long = "长".repeat(30_001);
    for (file, from, key) in [
        ("input/2023/round.toml", "issuer = \"统计局\"", "issuer"),
        ("input/2023/round.toml", "title = [\"年度评估报告\"]", "title"),
        ("input/2023/jia/plan.toml", "short = \"甲市\"", "short"),
        ("input/2023/jia/plan.toml", "scope = \"4项\"", "scope"),
        ("input/catalogue.toml", "name = \"企业数\"", "name"),
    ] {
        let workspace = Workspace::with_cities(&[("jia", "甲市")]);
        workspace.submit("jia", "甲市", GOOD);
        let text = std::fs::read_to_string(workspace.path(file)).unwrap();
        let value =
            if key == "title" { format!("title = [\"{long}\"]") } else { format!("{key} = \"{long}\"") };
        assert!(text.contains(from), "{file} {from}");
        workspace.write(file, text.replacen(from, &value, 1));
        for command in ["check", "run"] {
            let output = workspace.duibiao(&[command, "input/2023"]);
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{file} {key}: {said}");
            let name = file.rsplit('/').next().unwrap();
            assert!(
                said.contains(name) && said.contains(&format!("{key} 超过30000个字")) && said.len() < 3_000,
                "{said}"
            );
        }
    }
}

/// What a text holds that no output may, but for the mark of UTF-8 in front and the ends of lines.
fn raw(text: &str) -> Vec<char> {
    let text = text.strip_prefix(table_text::MARK).unwrap_or(text);
    text.chars().filter(|c| *c != '\n' && deceives(*c)).collect()
}

/// The texts of a workbook: its parts, unpacked.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let part = |at: usize| {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        (part.name().unwrap().into_owned(), text)
    };
    (0..count).map(part).collect()
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is left out says so")]
fn no_text_from_outside_acts_in_any_output_and_all_readers_have_it_as_it_was() {
    let workspace = round();
    let output = workspace.run();
    assert_eq!(raw(&String::from_utf8(output.stdout).unwrap()), Vec::<char>::new());
    assert_eq!(raw(&String::from_utf8(output.stderr).unwrap()), Vec::<char>::new());
    for (name, bytes) in tree(&workspace.path("output/2023")) {
        let texts = match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "csv" | "json" | "html" => vec![(name.clone(), String::from_utf8(bytes).unwrap())],
            "xlsx" => parts(&bytes)
                .into_iter()
                .filter(|(part, _)| {
                    part.starts_with("xl/worksheets")
                        || part.contains("sharedStrings")
                        || part.starts_with("docProps")
                })
                .collect(),
            _ => continue,
        };
        for (part, text) in texts {
            assert_eq!(raw(&text.replace("\r\n", "\n")), Vec::<char>::new(), "{name} {part}");
            if name.ends_with(".csv") {
                let records = csv::ReaderBuilder::new()
                    .has_headers(false)
                    .from_reader(text.as_bytes())
                    .into_records()
                    .count();
                assert_eq!(text.lines().count(), records, "{name}: a record is a line");
            }
        }
    }
    // The reader of the tables has it as it was: what was reported, and the remark.
    let bytes = std::fs::read(workspace.path("output/2023/tables/observations.csv")).unwrap();
    let lines = table_text::table_lines(&bytes, &["raw", "note"]).unwrap();
    assert!(lines.iter().any(|(_, line)| line["raw"] == format!("3.1{EVIL}")), "{lines:?}");
    assert!(lines.iter().any(|(_, line)| line["note"].starts_with("=1+1")), "{lines:?}");
    // So has whoever explains it, and the program that was written from the documentation alone.
    let told = workspace.duibiao(&["explain", "output/2023", "jia/2", "--file", "input", "--format", "json"]);
    assert_eq!(told.status.code(), Some(0), "{}", String::from_utf8_lossy(&told.stderr));
    let compared = workspace.duibiao(&["diff", "output/2023", "output/2023"]);
    assert_eq!(compared.status.code(), Some(0), "{}", String::from_utf8_lossy(&compared.stderr));
    if is_at_hand("python3") {
        let mut command = Command::new("python3");
        command.arg(repository().join("tests/checker/check.py")).arg(workspace.path("output/2023"));
        let checked = command.arg("--inputs").arg(workspace.path("input")).output().unwrap();
        let said = [checked.stdout, checked.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
        assert_eq!(checked.status.code(), Some(0), "{said}");
    } else {
        eprintln!("skipped in part: python3 is not installed, with which tests/checker/check.py runs");
    }
    let routes = ["#/", "#/c/jia/1", "#/c/jia/2", "#/f", "#/i", "#/u/jia/统计局"];
    let Some(seen) = browsed(&workspace.path("output/2023/explorer.html"), &json!({ "routes": routes }))
    else {
        return;
    };
    for route in routes {
        let text = seen["shown"][route]["text"].as_str().unwrap();
        assert_eq!(raw(text).into_iter().filter(|c| *c != '\t').collect::<String>(), "", "{route}");
    }
    let remark = seen["shown"]["#/f"]["text"].as_str().unwrap();
    assert!(remark.contains("\\u{202e}"), "shown as codes: {remark}");
}
