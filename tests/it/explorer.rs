//! The page of figures: what is in the file, what is not, and that it does every step again by itself.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use duibiao::digest::{Digests, integrity};
use serde_json::Value;

use crate::workspace::{Workspace, copy_tree, csv_rows, repository};

const NAME: &str = "output/2023/explorer.html";
const SCRIPTS: [&str; 5] = ["operations.js", "ledger.js", "original.js", "way.js", "app.js"];

fn samples() -> Workspace {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    workspace
}

/// The round 2023, published once for all tests.
static PUBLISHED: LazyLock<Workspace> = LazyLock::new(|| {
    let workspace = samples();
    workspace.run();
    workspace
});

fn template(name: &str) -> PathBuf {
    repository().join("templates/explorer").join(name)
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// What stands between two words, each time.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).map(|part| part.split_once(end).unwrap().0).collect()
}

/// The blocks of data of a page: the index, then the cities.
fn blocks(page: &str) -> Vec<Value> {
    let blocks = between(page, "<script type=\"application/json\" id=\"", "</script>");
    blocks.iter().map(|block| serde_json::from_str(block.split_once("\">").unwrap().1).unwrap()).collect()
}

/// The steps of a page's blocks.
fn steps(blocks: &[Value]) -> Vec<&Vec<Value>> {
    blocks
        .iter()
        .flat_map(|block| block["steps"].as_array().unwrap())
        .map(|step| step.as_array().unwrap())
        .collect()
}

#[test]
fn the_page_is_among_the_outputs_and_holds_the_whole_ledger() {
    let bytes = std::fs::read(PUBLISHED.path(NAME)).unwrap();
    assert!(bytes.len() < 1_500_000, "{} bytes for two cities", bytes.len());
    let manifest: Value = serde_json::from_str(&text(&PUBLISHED.path("output/2023/manifest.json"))).unwrap();
    let listed = manifest["outputs"].as_array().unwrap().iter().find(|one| one["path"] == "explorer.html");
    assert_eq!(listed.unwrap()["sha256"], Digests::of(&bytes).sha256);
    let blocks = blocks(std::str::from_utf8(&bytes).unwrap());
    assert_eq!(blocks.len(), 3, "an index and two cities");
    let rows = csv_rows(&PUBLISHED.path("output/2023/tables/derivation.csv"));
    assert_eq!(steps(&blocks).len(), rows.len());
    assert_eq!(blocks[0]["fingerprint"], manifest["fingerprint"]);
}

#[test]
fn the_same_inputs_give_the_same_page() {
    let again = samples();
    again.run();
    assert_eq!(std::fs::read(again.path(NAME)).unwrap(), std::fs::read(PUBLISHED.path(NAME)).unwrap());
}

#[test]
fn the_policy_allows_the_script_and_the_style_of_the_page_and_nothing_else() {
    let page = text(&PUBLISHED.path(NAME));
    let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"")[0];
    let script = between(&page, "<script>", "</script>");
    let style = between(&page, "<style>", "</style>");
    assert_eq!((script.len(), style.len()), (1, 1));
    let (script, style) = (integrity(script[0].as_bytes()), integrity(style[0].as_bytes()));
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data:; base-uri 'none'; form-action 'none'"
        )
    );
}

#[test]
fn the_page_makes_no_markup_of_text_and_knows_no_address() {
    for name in SCRIPTS {
        let script = text(&template(name));
        for word in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval",
            "style=",
            "http",
            "fetch(",
        ] {
            assert!(!script.contains(word), "{name} has {word}");
        }
    }
    for name in ["app.html", "app.css"] {
        let template = text(&template(name));
        assert!(!template.contains("//") && !template.contains("style=\""), "{name}");
    }
}

#[test]
fn texts_of_workbooks_stay_text() {
    let hostile = "</script><script>alert(1)</script>{{script}}<!--\u{202e}七";
    let workspace = Workspace::with_cities(&[("linjiang", "临江市")]);
    let rows = format!("1|研发强度|%|3.1||{hostile}\n2|企业数|家|120");
    workspace.submit("linjiang", "临江市", &rows);
    workspace.run();
    let page = text(&workspace.path(NAME));
    // An index, a city, the script.
    assert_eq!(page.matches("<script").count(), 3);
    assert_eq!(page.matches("</script>").count(), 3);
    assert!(!page.contains("<!--"));
    let blocks = blocks(&page);
    let is_there =
        steps(&blocks).iter().any(|step| step[2].as_str().is_some_and(|text| text.contains("{{script}}")));
    assert!(is_there, "the remark is not in the page");
    if let Some(dom) = in_chromium(&workspace.path(NAME), "#/c/linjiang/1") {
        assert!(shown(&dom).contains("全部一致"), "{}", shown(&dom));
        assert_eq!(dom.matches("<script").count(), 3);
    }
}

#[test]
fn a_public_page_has_no_cells_and_no_findings() {
    let workspace = samples();
    let output = workspace.duibiao(&["run", "input/2023", "--explorer", "public"]);
    assert!(matches!(output.status.code(), Some(0 | 1)));
    let public = text(&workspace.path(NAME));
    let full = text(&PUBLISHED.path(NAME));
    // Remarks of units, a name of those who filled in, a code with its place, words of a finding.
    for words in ["来源：公开发布的2023", "示例填报人", "V406", "疑为计量单位用错"] {
        assert!(full.contains(words) && !public.contains(words), "{words}");
    }
    let blocks = blocks(&public);
    let names = blocks[0]["operations"].as_array().unwrap();
    let of = |name: &str| names.iter().position(|one| one == name).unwrap();
    for step in steps(&blocks) {
        let operation = usize::try_from(step[1].as_u64().unwrap()).unwrap();
        if ["cell", "read", "finding"].map(of).contains(&operation) {
            assert_eq!(step[2], "", "{step:?}");
        }
    }
    if let Some(told) = recomputed(&workspace.path(NAME), false) {
        assert_eq!(told["bad"], serde_json::json!([]));
        assert!(told["good"].as_u64().unwrap() > 2_000 && told["withheld"].as_u64().unwrap() > 0, "{told}");
    }
}

/// What node says of a page's steps, done again with the page's own operations; nothing where it is not installed.
#[expect(clippy::print_stderr, reason = "a test that is left out says so")]
fn recomputed(page: &Path, alter: bool) -> Option<Value> {
    let mut node = Command::new("node");
    node.arg(repository().join("tests/explorer/recompute.js")).arg(page);
    node.arg(template("operations.js")).arg(template("ledger.js")).args(alter.then_some("alter"));
    let Ok(output) = node.output() else {
        eprintln!("skipped: node is not installed, with which tests/explorer/recompute.js runs");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn the_page_does_every_step_of_both_samples_again_and_notices_every_alteration() {
    let next = samples();
    let output = next.duibiao(&["run", "input/2025", "--output", "output/2023"]);
    assert!(matches!(output.status.code(), Some(0 | 1)));
    for workspace in [&*PUBLISHED, &next] {
        let Some(told) = recomputed(&workspace.path(NAME), true) else { return };
        assert_eq!(told["bad"], serde_json::json!([]));
        assert_eq!(told["unseen"], serde_json::json!([]));
        assert_eq!(told["withheld"], 0);
        let [all, good, leaves] = ["steps", "good", "leaves"].map(|key| told[key].as_u64().unwrap());
        assert!(good > 1_500 && good + leaves == all, "{told}");
    }
}

/// What a page shows, without its data and its script.
fn shown(dom: &str) -> &str {
    dom.split_once("<script").unwrap().0
}

/// What a page is as markup after it has run; nothing where no chromium is installed.
#[expect(clippy::print_stderr, reason = "a test that is left out says so")]
fn in_chromium(page: &Path, hash: &str) -> Option<String> {
    let run = |name: &str| {
        Command::new(name)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--virtual-time-budget=10000",
                "--dump-dom",
            ])
            .arg(format!("file://{}{hash}", page.display()))
            .output()
            .ok()
    };
    let Some(output) = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(run) else {
        eprintln!("skipped: no chromium is installed, in which the page would be looked at");
        return None;
    };
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_browser_shows_the_way_to_the_cell_and_an_altered_value_in_red() {
    let page = PUBLISHED.path(NAME);
    let way = "#/c/xiangtan/22?why=xiangtan%2F22%2Fcompletion.shown";
    let Some(dom) = in_chromium(&page, way) else { return };
    let dom = shown(&dom);
    for words in ["本页重算", "全部一致", "101.2", "1.73 ÷ 1.71 × 100", "xiangtan-2023-plan.txt 第201行"]
    {
        assert!(dom.contains(words), "{words} is missing");
    }
    assert!(dom.contains("<td class=\"it num\"><span>1.71</span></td>"), "no framed cell");
    assert!(!dom.contains("不一致"));
    // Rounded text of the completion of target 22, in the data alone.
    let altered = text(&page).replacen("\"101.2\"", "\"101.3\"", 1);
    let copy = PUBLISHED.path("altered.html");
    std::fs::write(&copy, altered).unwrap();
    let dom = in_chromium(&copy, way).unwrap();
    let dom = shown(&dom);
    assert!(dom.contains("1步不一致") && dom.contains("✗ 重算不一致"), "the alteration is not noticed");
}
