//! The results workbook as who reads and prints it has it.

use std::io::Read as _;
use std::process::{Command, Stdio};

use calamine::{Data, Reader as _, Xlsx, open_workbook};

use crate::tools::is_at_hand;
use crate::workspace::{Workspace, copy_tree, repository};

/// What only programs read: the samples' cities, and keys of the tables.
const KEYS: [&str; 16] = [
    "xiangtan",
    "qianjiang",
    "hengyang",
    "met",
    "missed",
    "exceeded",
    "nearly",
    "in_doubt",
    "not_reported",
    "lagged",
    "error",
    "warning",
    "note",
    "fail",
    "waived",
    "table",
];
const MOST_PAGES: usize = 20;

fn sample(year: &str) -> Workspace {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    let output = workspace.duibiao(&["run", &format!("input/{year}"), "--output", "output/2023"]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{year}");
    workspace
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is left out says so")]
fn results_have_no_slug_and_no_english_heading_their_links_resolve_and_they_print_on_few_pages() {
    for year in ["2023", "2025"] {
        let workspace = sample(year);
        let path = workspace.path("output/2023/results.xlsx");
        let mut book: Xlsx<_> = open_workbook(&path).unwrap();
        let names = book.sheet_names();
        assert_eq!(names.first().map(String::as_str), Some("总览"));
        for name in &names {
            let range = book.worksheet_range(name).unwrap();
            let mut heads = 0;
            for (row, column, cell) in range.used_cells() {
                let Data::String(text) = cell else { continue };
                let words: Vec<&str> =
                    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).collect();
                let key = KEYS.iter().find(|key| words.contains(key));
                assert_eq!(key, None, "{year} {name} {row} {column}: {text}");
                if row == 1 {
                    heads += 1;
                    assert!(!text.chars().any(|c| c.is_ascii_alphabetic()), "{name}: {text}");
                }
            }
            assert!(heads > 4, "{name} has heads");
        }
        let mut archive = zip::ZipArchive::new(std::fs::File::open(&path).unwrap()).unwrap();
        let mut links = 0;
        for at in 1..=names.len() {
            let mut text = String::new();
            let part = format!("xl/worksheets/sheet{at}.xml");
            archive.by_name(&part).unwrap().read_to_string(&mut text).unwrap();
            for link in text.split("<hyperlink ").skip(1) {
                let (_, to) = link.split_once("location=\"'").unwrap();
                let (sheet, to) = to.split_once("'!A").unwrap();
                let row: usize = to.split('"').next().unwrap().parse().unwrap();
                let range = book.worksheet_range(sheet).unwrap();
                assert!(range.get((row - 1, 0)).is_some_and(|cell| *cell != Data::Empty), "{link}");
                links += 1;
            }
        }
        assert!(links > 50, "{year}: {links} links");
        if !(is_at_hand("soffice") && is_at_hand("pdfinfo")) {
            eprintln!("left out: pages as LibreOffice prints them");
            continue;
        }
        let mut office = Command::new("soffice");
        office
            .args(["--headless", "--convert-to", "pdf", "--outdir"])
            .arg(workspace.path("printed"))
            .arg(&path);
        office.env("HOME", workspace.path("home")).stdout(Stdio::null()).stderr(Stdio::null());
        assert!(office.status().unwrap().success());
        let told = Command::new("pdfinfo").arg(workspace.path("printed/results.pdf")).output().unwrap();
        let told = String::from_utf8(told.stdout).unwrap();
        let pages = told.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim();
        assert!(pages.parse::<usize>().unwrap() <= MOST_PAGES, "{year}: {pages} pages");
    }
}
