//! A city's own report holds that city's data and nobody else's, its attachments among them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use duibiao::evaluation::Evaluation;
use duibiao::inputs::Inputs;
use duibiao::progress::Silent;
use duibiao::publish::{Cell, tables};
use duibiao::run::{Settings, evaluate};

use crate::workspace::{PROGRAM, Workspace, csv_rows, pages, repository};

const CITIES: [(&str, &str, &str); 5] = [
    ("linjiang", "临江市", "104729"),
    ("beihu", "北湖县", "224737"),
    ("dongshan", "东山市", "350377"),
    ("xixi", "西溪市", "479909"),
    ("nanping", "南坪县", "611953"),
];

pub(crate) fn round() -> Workspace {
    let cities: Vec<(&str, &str)> = CITIES.iter().map(|(slug, name, _)| (*slug, *name)).collect();
    let workspace = Workspace::with_cities(&cities);
    for (at, (slug, name, figure)) in CITIES.iter().enumerate() {
        // Everything that can differ differs: source text, evidence, remarks, a second workbook, one that is replaced.
        let plan = std::fs::read_to_string(workspace.path(&format!("input/2023/{slug}/plan.toml"))).unwrap();
        let source = format!("sources/{slug}-plan.txt");
        let text = std::fs::read(workspace.path("input/sources/plan.txt")).unwrap();
        workspace.write(&format!("input/{source}"), text);
        workspace.write(&format!("input/2023/{slug}/plan.toml"), plan.replace("sources/plan.txt", &source));
        let rows = format!(
            "1|研发强度|%|2.{at}7\n2|企业数|家|{figure}|Z1|{name}自查\n3|单位能耗|吨标准煤/万元|0.6{at}\n4|创新政策|有/无|有"
        );
        workspace.submit(slug, name, &rows);
        workspace.submit_as(
            &format!("input/2023/{slug}/submissions/{slug}-更正.xlsx"),
            name,
            "统计局",
            &rows,
        );
        workspace.write(&format!("input/2023/{slug}/evidence/{name}统计表.txt"), *figure);
    }
    workspace.typeset();
    workspace
}

/// The attachments of a PDF with their text; workbooks are unpacked.
fn attachments(pdf: &Path, into: &Path) -> Vec<(String, String)> {
    std::fs::create_dir_all(into).unwrap();
    let status = Command::new("pdfdetach").arg("-saveall").arg("-o").arg(into).arg(pdf).status();
    assert!(status.unwrap().success(), "pdfdetach failed on {}", pdf.display());
    let mut found = Vec::new();
    for entry in std::fs::read_dir(into).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        if !name.ends_with(".xlsx") {
            found.push((name, String::from_utf8(bytes).unwrap()));
            continue;
        }
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let mut text = String::new();
            std::io::Read::read_to_string(&mut part, &mut text).unwrap();
            found.push((format!("{name}/{at}"), text));
        }
    }
    found.sort();
    found
}

#[test]
fn nothing_of_another_city_is_in_a_city_s_own_report_or_its_attachments() {
    let workspace = round();
    for (slug, name, figure) in CITIES {
        let pdf = workspace.path(&format!("output/2023/cities/{slug}.pdf"));
        let folder = workspace.path(&format!("detached/{slug}"));
        let mut texts = attachments(&pdf, &folder);
        let names: Vec<&str> =
            texts.iter().map(|(name, _)| name.as_str()).filter(|name| !name.contains('/')).collect();
        assert_eq!(names, ["lineage.csv", "manifest.json"], "{slug}");
        assert!(folder.join("results.xlsx").is_file(), "{slug}");
        texts.push(("pages".to_owned(), pages(&pdf).concat()));
        texts.push(("properties".to_owned(), properties(&pdf)));
        let all: String = texts.iter().map(|(_, text)| text.as_str()).collect();
        for own in [slug, name, figure] {
            assert!(all.contains(own), "{slug}: its own {own} is nowhere");
        }
        for (other, other_name, other_figure) in CITIES.iter().filter(|(other, ..)| *other != slug) {
            for (place, text) in &texts {
                for foreign in [*other, *other_name, *other_figure] {
                    assert!(!text.contains(foreign), "{foreign} stands in {place} of {slug}");
                }
            }
        }
        let lineage = csv_rows(&folder.join("lineage.csv"));
        assert!(lineage.iter().all(|step| step["figure"].starts_with(&format!("{slug}/"))));
        assert!(
            lineage.iter().any(|step| step["figure"] == format!("{slug}/2") && step["to"].contains(figure))
        );
    }
}

fn properties(pdf: &Path) -> String {
    let output = Command::new("pdfinfo").arg(pdf).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_manifest_of_a_city_describes_what_is_attached() {
    let workspace = round();
    let folder = workspace.path("detached");
    attachments(&workspace.path("output/2023/cities/beihu.pdf"), &folder);
    let text = std::fs::read_to_string(folder.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(manifest["city"], "beihu");
    for file in manifest["outputs"].as_array().unwrap() {
        let bytes = std::fs::read(folder.join(file["path"].as_str().unwrap())).unwrap();
        assert_eq!(file["bytes"], bytes.len(), "{file}");
        assert_eq!(file["sha256"], duibiao::digest::Digests::of(&bytes).sha256, "{file}");
    }
    let whole = std::fs::read_to_string(workspace.path("output/2023/manifest.json")).unwrap();
    let whole: serde_json::Value = serde_json::from_str(&whole).unwrap();
    assert_ne!(manifest["fingerprint"], whole["fingerprint"], "its inputs are not those of the round");
    let paths: Vec<&str> =
        manifest["inputs"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
    for path in ["catalogue.toml", "2023/round.toml", "2023/beihu/plan.toml", "sources/beihu-plan.txt"] {
        assert!(paths.contains(&path), "{path} in {paths:?}");
    }
}

/// A round as it is evaluated.
pub(crate) fn evaluated(round: PathBuf) -> Evaluation {
    let (workbook, cities, read_seconds) = (None, Vec::new(), None);
    let settings = Settings { round, workbook, cities, jobs: 1, program: PROGRAM.into(), read_seconds };
    evaluate(&settings, &Inputs::default(), &Silent).unwrap()
}

/// What own reports print has rows of `figures`, with steps of the ledger, of few cities and of many.
#[test]
fn every_numeral_of_an_own_report_has_its_step() {
    let cities: Vec<(String, String)> =
        (1..=14).map(|at| (format!("city-{at:02}"), format!("第{at}市"))).collect();
    let cities: Vec<(&str, &str)> =
        cities.iter().map(|(slug, name)| (slug.as_str(), name.as_str())).collect();
    // So many that the volume of the round leaves their rows to them.
    let many = Workspace::with_cities(&cities);
    for (at, (slug, name)) in cities.iter().enumerate() {
        let rows = format!(
            "1|研发强度|%|2.{at}7\n2|企业数|家|{}\n3|单位能耗|吨标准煤/万元|0.6{at}\n4|创新政策|有/无|有",
            at * 17
        );
        many.submit(slug, name, &rows);
    }
    let five = round();
    let input = repository().join("input");
    for round in [input.join("2023"), input.join("2025"), five.path("input/2023"), many.path("input/2023")] {
        let evaluation = evaluated(round.clone());
        let text = |cell: &Cell| match cell {
            Cell::Text(text) | Cell::Decimal(text) => text.clone(),
            Cell::Null | Cell::Integer(_) | Cell::Bool(_) => String::new(),
        };
        let tables = tables(&evaluation).unwrap();
        let of = |name: &str| tables.iter().find(|table| table.head.name == name).unwrap();
        let steps: BTreeSet<String> = of("derivation").rows.iter().map(|row| text(&row[1])).collect();
        let own: Vec<(String, String)> = of("figures")
            .rows
            .iter()
            .map(|row| (text(&row[0]), text(&row[1])))
            .filter(|(place, _)| place.starts_with("分册/"))
            .collect();
        for city in &evaluation.cities {
            let of_city = format!("分册/{}/", city.plan.short);
            let count = own.iter().filter(|(place, _)| place.starts_with(&of_city)).count();
            assert!(count > 30, "{count} of {} in {}", city.plan.short, round.display());
        }
        let missing: Vec<&(String, String)> = own.iter().filter(|(_, id)| !steps.contains(id)).collect();
        assert_eq!(missing, Vec::<&(String, String)>::new(), "{}", round.display());
    }
}
