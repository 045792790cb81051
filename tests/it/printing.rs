//! Any text whatever in workbooks, plans, names of files and registers: the documents come out, and findings say which
//! characters cannot be printed.

use crate::workspace::{GOOD, Row, Workspace, pages};

const PDFS: [&str; 2] = ["technical.pdf", "cities/jia.pdf"];

fn remark(text: &str) -> Workspace {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", &GOOD.replace("2|企业数|家|120", &format!("2|企业数|家|90|Z1|{text}")));
    workspace
}

fn unshown(workspace: &Workspace) -> Vec<Row> {
    workspace.table("findings").into_iter().filter(|row| row["code"] == "R113").collect()
}

#[test]
fn what_no_font_shows_becomes_one_sign_for_each_character_and_a_finding() {
    for (text, printed, points) in [
        ("\u{f0b7}已开会", "〓已开会", "U+F0B7"),
        ("\u{e5e5}县", "〓县", "U+E5E5"),
        ("1️⃣已开会11次", "〓已开会11次", "U+0031 U+FE0F U+20E3"),
        ("会\u{fe0f}\u{20e3}会议纪要", "〓会议纪要", "U+4F1A U+FE0F U+20E3"),
        ("👨‍👩‍👧一家", "〓一家", "U+1F468"),
        ("🇨🇳国旗", "〓国旗", "U+1F1E8 U+1F1F3"),
        ("༄༅བོད་ཡིག汉字", "〓", "U+0F"),
        ("\u{7}响铃县\u{f0b7}", "响铃县〓", "U+0007"),
        ("\u{10fffd}尾", "〓尾", "U+10FFFD"),
        ("\u{ffff}非字符", "〓非字符", "U+FFFF"),
    ] {
        let workspace = remark(text);
        workspace.typeset();
        for pdf in PDFS {
            let text = pages(&workspace.path("output/2023").join(pdf)).concat();
            assert!(text.contains(printed), "{printed} in {pdf}");
            assert!(text.contains("字体中没有的字"), "{pdf} does not explain the sign");
        }
        let findings = unshown(&workspace);
        assert_eq!(findings.len(), 1, "{text}");
        assert!(findings[0]["message"].contains(points), "{text}: {}", findings[0]["message"]);
        assert_eq!((findings[0]["sheet"].as_str(), findings[0]["cell"].as_str()), ("指标", "F5"), "{text}");
        let seen = workspace.table("observations");
        assert!(
            seen.iter().any(|row| !row["note"].is_empty() && !row["note"].contains('〓')),
            "the tables keep {text}"
        );
        assert_eq!(seen.iter().find(|row| row["no"] == "2").map(|row| row["value"].as_str()), Some("90"));
    }
}

#[test]
fn ordinary_text_gets_no_finding() {
    for text in [
        "已核对“以上”（含）——完成；GB/T 8170—2008",
        "café、naïve、Ångström",
        "甲\u{200b}乙\u{feff}",
        "①②③、㎡、℃、‰、✔",
    ] {
        let workspace = remark(text);
        workspace.typeset();
        assert_eq!(unshown(&workspace), Vec::<Row>::new(), "{text}");
        let report = pages(&workspace.path("output/2023/technical.pdf")).concat();
        assert!(!report.contains('〓'), "{text}");
    }
}

#[test]
fn check_names_what_cannot_be_printed_with_and_without_fonts() {
    let workspace = remark("\u{f0b7}已开会，字༄");
    let found = |output: std::process::Output| -> String {
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().filter(|line| line.contains("R113")).collect()
    };
    let with = found(workspace.duibiao(&["check", "input/2023"]));
    assert!(with.contains("指标]!F5") && with.contains("U+F0B7（Word项目符号"), "{with}");
    assert!(with.contains("U+0F04（字体中没有的字）"), "{with}");
    let workbook = "input/2023/jia/submissions/统计局.xlsx";
    assert!(found(workspace.duibiao(&["check", workbook])).contains("U+F0B7"));
    let mut check = std::process::Command::new(crate::workspace::PROGRAM);
    check.args(["check", "input/2023"]).current_dir(workspace.path(""));
    check
        .env("DUIBIAO_CACHE", workspace.path("nothing"))
        .env_remove("DUIBIAO_FONTS")
        .env_remove("DUIBIAO_TYPST");
    let without = found(check.output().unwrap());
    assert!(without.contains("U+F0B7") && !without.contains("U+0F04"), "{without}");
}

#[test]
fn a_name_of_a_file_that_cannot_be_printed_is_told() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let path = "input/2023/jia/submissions/\u{f0b7}统计局👍.xlsx";
    workspace.submit_as(path, "甲市", "统计局", GOOD);
    workspace.typeset();
    let findings = unshown(&workspace);
    assert_eq!(findings.len(), 1);
    assert!(findings[0]["message"].contains("文件名") && findings[0]["message"].contains("U+1F44D"));
    assert!(pages(&workspace.path("output/2023/technical.pdf")).concat().contains("〓统计局〓"));
}

/// Samples of every block of Unicode: each 61st code point that text can hold, with what people and programs put into text.
fn every_plane() -> Vec<String> {
    let sampled = (0x20..=0x10_ffff).step_by(61).filter_map(char::from_u32).map(String::from);
    let mut all: Vec<String> = sampled.collect();
    for text in [
        "1️⃣#️⃣*️⃣",
        "🇨🇳🇹🇼🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "👨‍👩‍👧‍👦👩🏽‍🚀❤️‍🔥",
        "שלום עולם",
        "السلام عليكم ورحمة الله",
        "नमस्ते क्षत्रिय",
        "བོད་སྐད་ཡིག་རྐྱང",
        "สวัสดีครับ",
        "မြန်မာဘာသာ",
        "ភាសាខ្មែរ",
        "ᠮᠣᠩᠭᠣᠯ",
        "ئۇيغۇرچە",
        "한글 각각",
        "\u{202e}evil\u{202c}",
        "\u{2066}a\u{2069}",
        "\u{7}\u{1b}[31m\u{7f}\u{85}\u{2028}\u{2029}",
        "a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}",
        "\u{301}alone",
        "葛\u{e0100}辻\u{fe00}",
        "\u{feff}\u{fffe}\u{ffff}\u{fdd0}",
        "ﷺ﷽",
        "𝑥𝔸∰⨌",
        "𠮷𡒄𪚥",
        "\u{f0b7}\u{f0a7}\u{e000}\u{f8ff}\u{f0000}\u{10fffd}",
        "）））））））））））））））））））））））））））））））））））））））",
        "——————————————————————————————",
        "\\u{f0b7}\\n\"'`#$*_@<>[]{}",
        "\u{a0}\u{a0}\u{a0}a\u{2060}b\u{ad}c",
    ] {
        all.push(text.to_owned());
    }
    for token in ["a", "1", "W", "）", "文", "👍", "\u{e000}", "ا", "a\u{301}", "ก"] {
        all.push(token.repeat(10_000));
    }
    all
}

/// A round in which every place that can hold text holds all of [`every_plane`]: cells, evidence, names of sheets and files, the
/// register, and the words of a plan.
fn hostile_round() -> Workspace {
    let workspace = Workspace::with_cities(&[("jia", "甲市"), ("yi", "乙市")]);
    let all = every_plane();
    // XML cannot hold these; a workbook writes them as escapes.
    let fits =
        |c: &char| matches!(*c, '\t' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let texts: Vec<String> = all
        .iter()
        .map(|text| text.chars().filter(fits).filter(|c| *c != '|' && *c != '\'').take(30_000).collect())
        .collect();
    let (short, long): (Vec<String>, Vec<String>) =
        texts.into_iter().partition(|text| text.chars().count() < 100);
    let mixed: Vec<String> = short.chunks(40).map(<[String]>::concat).collect();
    let some = |at: usize| mixed[at % mixed.len()].clone();
    let token = |at: usize| long[at % long.len()].clone();
    let mut indicators = "序号|指标名称|计量单位|2023年实绩|佐证编号|说明|2022年实绩|数据年份\n".to_owned();
    indicators.push_str(&format!("1|研发强度|%|2.9|Z1|{}{}|{}|\n", some(0), token(0), token(1)));
    indicators.push_str(&format!(
        "2|企业数|家|90|Z1|{}|{}|\n3|单位能耗|{}|0.7|{}|{}||\n",
        some(1),
        some(2),
        some(3),
        some(4),
        token(2)
    ));
    indicators.push_str(&format!("4|创新政策|有/无|有|{}|{}||\n", token(3), some(5)));
    for (at, text) in mixed.iter().chain(&long).enumerate() {
        indicators.push_str(&format!("{}|{text}|家|{at}|Z1|{text}||\n", at + 5));
    }
    let evidence =
        format!("佐证编号|材料名称|文号\nZ2|{}|{}\nZ3|{}|{}", some(6), token(4), token(5), some(7));
    let sheet: String = some(8).chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(20).collect();
    workspace.submit_sheets("jia", "甲市", &[("指标", &indicators), (&sheet, &evidence)]);
    workspace.submit("yi", "乙市", GOOD);
    let register = format!(
        "文件,收到时间\n统计局.xlsx,2024-01-10 09:00\n{},{}\n",
        some(9).replace([',', '\n', '"'], ""),
        token(6)
    );
    workspace.write("input/2023/jia/received.csv", register);
    for (at, text) in mixed.iter().enumerate().take(30) {
        let name: String = text.chars().filter(|c| *c != '/' && *c != '\0').take(50).collect();
        workspace.write(&format!("input/2023/jia/evidence/{at}{name}.txt"), "x");
    }
    let path = workspace.path("input/2023/yi/plan.toml");
    let plan = std::fs::read_to_string(&path).unwrap();
    let quoted = |text: &str| {
        text.replace('\\', "/").replace('"', "'").chars().filter(|c| !c.is_control()).collect::<String>()
    };
    let plan = plan
        .replace(
            "title = \"乙市方案\"",
            &format!("title = \"乙市{}方案{}\"", quoted(&some(10)), quoted(&token(0))),
        )
        .replace("office = \"办公室\"", &format!("office = \"{}\"", quoted(&some(11))))
        .replace("scope = \"4项\"", &format!("scope = \"{}\"", quoted(&some(12))));
    std::fs::write(&path, plan).unwrap();
    workspace
}

#[test]
fn every_plane_of_unicode_in_every_place_still_gives_the_documents() {
    let workspace = hostile_round();
    workspace.typeset();
    for pdf in ["technical.pdf", "cities/jia.pdf", "cities/yi.pdf"] {
        let path = workspace.path("output/2023").join(pdf);
        let text = pages(&path).concat();
        let text: String = text.split_whitespace().collect();
        // What 乙市 reports is ordinary; only its plan is not.
        assert!(pdf.contains("yi") || (text.contains('〓') && text.contains("…（共")), "{pdf}");
        assert_eq!(overprinted(&path), Vec::<String>::new(), "{pdf}");
    }
    assert_eq!(unshown(&workspace).len(), 1, "one finding a workbook");
}

#[test]
fn a_cell_full_of_emoji_fits_the_results_workbook() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    // As many as a cell of Excel holds; with the words around them in findings and lineage they are more.
    let emoji = "👍".repeat(16_380);
    workspace.submit(
        "jia",
        "甲市",
        &GOOD.replace("2|企业数|家|120", &format!("2|企业数|家|{emoji}|Z1|{emoji}")),
    );
    workspace.run();
    let seen = workspace.table("observations");
    assert!(seen.iter().any(|row| row["note"].chars().count() == 16_380), "the tables keep all of it");
}

#[test]
fn a_document_that_fails_over_a_text_nobody_names_is_set_with_common_characters() {
    let workspace = remark("café已核对");
    let real = String::from_utf8(
        std::process::Command::new("sh")
            .args([
                "-c",
                "command -v typst || echo \"${DUIBIAO_CACHE:-$HOME/.cache/duibiao}/tools/bin/typst\"",
            ])
            .output()
            .unwrap()
            .stdout,
    );
    let real = real.unwrap().trim().to_owned();
    let fake = format!(
        "#!/bin/sh\nif grep -q café \"$3/data/report.json\" 2>/dev/null; then echo 'error: PDF/A-3a error: the text was not mapped to a code point' >&2; exit 1; fi\nexec '{real}' \"$@\"\n"
    );
    workspace.write("fake", fake);
    let path = workspace.path("fake");
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let output = workspace.duibiao(&["run", "input/2023", "--typst", "./fake"]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(pages(&workspace.path("output/2023/technical.pdf")).concat().contains("caf〓已核对"));
}

#[test]
fn a_long_run_stays_in_its_column() {
    let mail = "a.very.long.address.of.somebody@statistics.bureau.example.gov.cn";
    let url = "https://example.gov.cn/statistics?year=2023&indicator=rd&city=jia&page=1";
    for run in [mail, &"7".repeat(64), url, &"）".repeat(64), "WWWWWWWWWWWWW"] {
        let workspace = remark(run);
        let title: String = run.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect();
        let rows = format!(
            "序号|指标名称|计量单位|2023年实绩|佐证编号|说明\n1|研发强度|%|{run}|{run}|{run}\n2|企业数|{run}|90|Z1|{run}\n9|{run}|家|1|{run}|{run}"
        );
        workspace.submit_sheets("jia", "甲市", &[(&title, &rows)]);
        let name: String = run.chars().filter(|c| *c != '/').collect();
        workspace.write(&format!("input/2023/jia/evidence/{name}.txt"), "x");
        workspace.typeset();
        for pdf in PDFS {
            let path = workspace.path("output/2023").join(pdf);
            assert_eq!(overprinted(&path), Vec::<String>::new(), "{run} in {pdf}");
            let text: String = pages(&path).concat();
            let is_word = run.chars().any(char::is_alphanumeric);
            assert!(
                !is_word || !text.contains(['\u{200b}', '\u{2060}', '\u{2064}']),
                "{pdf} holds invisible characters"
            );
        }
    }
}

/// A word of a page: left, top, right and bottom edge in points, and its text.
type Word = ([f64; 4], String);

/// Words that stand over others, or beyond the margin.
fn overprinted(pdf: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    for (width, page) in words(pdf) {
        // The margins of wide pages are narrower.
        let edge = if width > 600.0 { width - 50.0 } else { 530.0 };
        for (at, (one, text)) in page.iter().enumerate() {
            if one[2] > edge {
                found.push(format!("{text} ends at {}", one[2]));
            }
            for (other, over) in page.iter().skip(at + 1) {
                let wide = one[2].min(other[2]) - one[0].max(other[0]);
                let high = one[3].min(other[3]) - one[1].max(other[1]);
                // Full-width marks are set closer than their boxes.
                if wide > 14.0 && high > 0.5 * (one[3] - one[1]).min(other[3] - other[1]) {
                    found.push(format!("{text} and {over}"));
                }
            }
        }
    }
    found
}

/// The width of each page of a PDF in points, and its words.
fn words(pdf: &std::path::Path) -> Vec<(f64, Vec<Word>)> {
    let output = std::process::Command::new("pdftotext").arg("-bbox").arg(pdf).arg("-").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let word = |line: &str| {
        let (edges, text) = line.split_once('>')?;
        let numbers: Vec<f64> =
            edges.split('"').skip(1).step_by(2).filter_map(|edge| edge.parse().ok()).collect();
        Some((<[f64; 4]>::try_from(numbers).ok()?, text.trim_end_matches("</word>").to_owned()))
    };
    let page = |page: &str| {
        let width = page.split('"').nth(1).unwrap().parse().unwrap();
        let words = page.lines().filter(|line| line.trim_start().starts_with("<word"));
        (width, words.filter_map(word).collect())
    };
    text.split("<page ").skip(1).map(page).collect()
}
