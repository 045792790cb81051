//! 技术卷 and the cities' own reports: as few pages as they need, in type that can be read, full pages, the same bytes twice.

use std::path::Path;
use std::process::Command;

use crate::brief::{Drawn, PLAIN, publish_only, sizes, text};
use crate::workspace::{Workspace, copy_tree, pages, repository};

/// Samples as they are.
pub(crate) fn samples() -> Workspace {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    workspace
}

/// How far down each page is filled, from its top: 0 to 1. An upright page of a city's own report is where its brief or its profile ends, and
/// counts as filled.
fn filled(pdf: &Path) -> Vec<f64> {
    let output = Command::new("pdftotext").arg("-bbox").arg(pdf).arg("-").output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    let number = |line: &str, key: &str| -> f64 {
        line.split(&format!("{key}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    let page = |page: &str| {
        let head = page.lines().next().unwrap();
        let height = number(head, "height");
        if number(head, "width") < height {
            return 1.0;
        }
        let words = page.lines().filter(|line| line.trim_start().starts_with("<word"));
        // The number of the page stands below all else.
        let last = words.map(|line| number(line, "yMax")).filter(|at| *at < height - 45.0);
        last.fold(0.0, f64::max) / height
    };
    told.split("<page ").skip(1).map(page).collect()
}

/// No more pages than that, no type below the limit, and but one page that is less than half full, the cover apart.
pub(crate) fn is_compact(pdf: &Path, (most, smallest, covers): (usize, u32, usize), what: &str) {
    let count = pages(pdf).len();
    assert!((1..=most).contains(&count), "{what}: {count} pages, {most} at the most");
    let least = sizes(pdf).into_iter().min();
    assert!(least >= Some(smallest), "{what}: type of {least:?} points");
    let filled = filled(pdf);
    let short: Vec<(usize, f64)> =
        (1..).zip(filled).skip(covers).filter(|(_, filled)| *filled < 0.5).collect();
    assert!(short.len() <= 1, "{what}: pages that are less than half full: {short:?}");
}

#[test]
fn the_technical_volume_of_the_sample_rounds_has_at_most_twelve_pages_and_leads_from_figures_to_cells() {
    let workspace = samples();
    for (round, rows) in [
        (
            "input/2023",
            // Number, value, unit that reports, file, cell and line of the plan stand in one row.
            &["附件1", "附件8", "输入指纹", "数字指纹", "湘潭市指标", "潜江市指标", "L218"][..],
        ),
        ("input/2025", &["附件1", "附件8", "完成值", "衡阳市"]),
    ] {
        publish_only(&workspace, round, "round");
        let volume = workspace.path("out/technical.pdf");
        is_compact(&volume, (12, 8, 1), round);
        let text = text(&volume);
        for words in rows {
            assert!(text.contains(words), "{round}: {words}\n{text}");
        }
    }
}

#[test]
fn a_city_s_own_report_is_its_brief_its_profile_and_its_part_of_the_technical_volume() {
    let workspace = samples();
    for (round, cities) in
        [("input/2023", ["xiangtan", "qianjiang"]), ("input/2025", ["qianjiang", "hengyang"])]
    {
        publish_only(&workspace, round, "city");
        for city in cities {
            let own = workspace.path(&format!("out/cities/{city}.pdf"));
            is_compact(&own, (10, 8, 0), &format!("{round} {city}"));
            let all = pages(&own);
            let bare = |at: usize| all[at].split_whitespace().collect::<String>();
            for (at, words) in [(0, "领导参阅"), (1, "请定"), (2, "覆盖率"), (4, "技术卷")] {
                assert!(bare(at).contains(words), "{round} {city} page {}: {words}\n{}", at + 1, all[at]);
            }
            let whole: String = all.concat().split_whitespace().collect();
            // A plan without a table has its targets in the second annex.
            let targets = if whole.contains("附件1") { "附表1-1" } else { "附表2-1" };
            for words in ["输入指纹", "数字指纹", targets, "附件5", "附件7"] {
                assert!(whole.contains(words), "{round} {city}: {words}");
            }
            for words in ["附件8　", "两市"] {
                assert!(!whole.contains(words), "{round} {city}: {words}");
            }
        }
    }
}

#[test]
fn a_note_or_a_row_of_a_city_s_targets_does_not_stand_on_a_page_of_its_own() {
    for indicators in 19..=21 {
        let drawn = Drawn { cities: 1, indicators, are_names_long: true, ..PLAIN };
        let workspace = drawn.workspace();
        publish_only(&workspace, "input/2023", "city");
        let all = pages(&workspace.path("out/cities/c000.pdf"));
        let noted = all.iter().filter(|page| page.contains("竖线是目标"));
        let noted: Vec<bool> = noted.map(|page| page.contains("全部指标")).collect();
        assert_eq!(noted, [true], "{indicators}: {all:#?}");
    }
}

#[test]
fn of_many_cities_the_volume_holds_what_is_of_the_round_and_each_report_what_is_of_its_city() {
    let drawn = Drawn { cities: 7, ..PLAIN };
    let workspace = drawn.workspace();
    publish_only(&workspace, "input/2023", "round");
    let volume = workspace.path("out/technical.pdf");
    is_compact(&volume, (5, 8, 1), "seven cities");
    let whole = text(&volume);
    for words in ["附件5", "附件7", "附件8", "见其分册"] {
        assert!(whole.contains(words), "{words}\n{whole}");
    }
    // Findings there are, in the reports of the cities; nothing says that there are none.
    for words in ["附件1附", "附表1-1", "附表4-1", "审核未提出问题"] {
        assert!(!whole.contains(words), "{words}\n{whole}");
    }
    assert!(whole.contains("除各分册所列的以外，没有别的问题。"), "{whole}");
    // All plans stand in one document, which is one input.
    let listed = |text: &str| text.matches("sources/plan.txt").count();
    assert_eq!(listed(&whole), 1, "{whole}");
    publish_only(&workspace, "input/2023", "city");
    let own = workspace.path("out/cities/c001.pdf");
    is_compact(&own, (8, 8, 0), "one of seven cities");
    let own = text(&own);
    assert_eq!(listed(&own), 1, "{own}");
    for words in ["附件1", "附表1-1", "甲甲乙市"] {
        assert!(own.contains(words), "{words}\n{own}");
    }
}

#[test]
fn the_technical_volume_comes_out_in_the_same_bytes_twice() {
    let workspace = samples();
    let read = |name: &str| std::fs::read(workspace.path(name)).unwrap();
    publish_only(&workspace, "input/2023", "round");
    let once = read("out/technical.pdf");
    publish_only(&workspace, "input/2023", "round");
    assert!(once == read("out/technical.pdf"));
}

/// What the eye sees of a colour without colour: 0 black, 1 white.
fn grey(hex: &str) -> f64 {
    let part = |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap());
    (0.299 * part(0) + 0.587 * part(2) + 0.114 * part(4)) / 255.0
}

/// The colour that stands behind a key in the template of colours.
fn colour(theme: &str, list: &str, key: &str) -> String {
    let (_, list) = theme.split_once(&format!("#let {list} = (")).unwrap();
    let (_, behind) = list.split_once(&format!("{key}: rgb(\"#")).unwrap();
    behind[..6].to_owned()
}

#[test]
fn verdicts_are_told_apart_in_grey() {
    let theme = std::fs::read_to_string(repository().join("templates/lib/theme.typ")).unwrap();
    let tint = |key: &str| grey(&colour(&theme, "tint", key));
    let levels = [1.0, tint("met"), tint("nearly"), tint("missed")];
    for (level, wanted) in levels.iter().zip([1.0, 0.92, 0.86, 0.62]) {
        assert!((level - wanted).abs() < 0.01, "{levels:?}");
    }
    for pair in levels.windows(2) {
        assert!(pair[0] - pair[1] >= 0.05, "{levels:?}");
    }
    // Inks of marks are dark on every tint.
    for key in ["good", "fair", "bad"] {
        let ink = grey(&colour(&theme, "ink", key));
        assert!(ink <= 0.36 + 0.005 && levels.iter().all(|level| level - ink > 0.25), "{key} {ink}");
    }
    // And so they come out on paper: the squares of the brief of a city that has all three.
    let workspace = samples();
    publish_only(&workspace, "input/2023", "brief");
    let mut command = Command::new("pdftoppm");
    command.args(["-gray", "-r", "72", "-f", "1", "-l", "1"]).arg(workspace.path("out/brief.pdf"));
    let picture = command.output().unwrap().stdout;
    for level in &levels[1..] {
        let near = picture.iter().filter(|grey| (f64::from(**grey) / 255.0 - level).abs() < 0.012).count();
        assert!(near > 200, "{level}: {near} points");
    }
}

#[test]
#[ignore = "rounds of very many cities: minutes"]
fn own_reports_of_a_hundred_cities_keep_to_their_pages() {
    let drawn = Drawn { cities: 100, indicators: 20, ..PLAIN };
    let workspace = drawn.workspace();
    publish_only(&workspace, "input/2023", "round");
    is_compact(&workspace.path("out/technical.pdf"), (6, 8, 1), "a hundred cities");
    publish_only(&workspace, "input/2023", "city");
    for at in 0..drawn.cities {
        let name = format!("c{at:03}");
        is_compact(&workspace.path(&format!("out/cities/{name}.pdf")), (8, 8, 0), &name);
    }
}
