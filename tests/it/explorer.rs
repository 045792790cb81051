//! The page of figures: what is in the file, what is not, and that it does every step again by itself.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use duibiao::digest::{Digests, integrity};
use duibiao::finding::Language;
use serde_json::{Value, json};

use crate::explained::explain;
use crate::sampled;
use crate::tools::{fetched, is_at_hand};
use crate::workspace::{Workspace, copy_tree, csv_rows, repository};

const NAME: &str = "output/2023/explorer.html";
const SCRIPTS: [&str; 6] = ["operations.js", "ledger.js", "original.js", "way.js", "composite.js", "app.js"];

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

/// The names of the steps of a page, in which what one has in common with the one before is not written again.
pub(crate) fn names(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for block in blocks(page) {
        let mut before: Vec<u16> = Vec::new();
        for step in steps(std::slice::from_ref(&block)) {
            before.truncate(usize::try_from(step[0].as_u64().unwrap()).unwrap());
            before.extend(step[1].as_str().unwrap().encode_utf16());
            found.push(String::from_utf16(&before).unwrap());
        }
    }
    found
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
        steps(&blocks).iter().any(|step| step[3].as_str().is_some_and(|text| text.contains("{{script}}")));
    assert!(is_there, "the remark is not in the page");
    let Some(seen) = browsed(&workspace.path(NAME), &json!({ "routes": ["#/c/linjiang/1"] })) else { return };
    let shown = seen["shown"]["#/c/linjiang/1"]["text"].as_str().unwrap();
    assert!(shown.contains("全部一致") && shown.contains("alert(1)"), "{shown}");
}

#[test]
fn a_public_page_has_no_cells_and_no_findings() {
    let workspace = samples();
    let output = workspace.duibiao_untypeset(&["run", "input/2023", "--explorer", "public"]);
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
    for block in &blocks {
        for step in steps(std::slice::from_ref(block)) {
            let place = |at: usize| usize::try_from(step[at].as_u64().unwrap()).unwrap();
            let params = place(7).checked_sub(1).map_or(&Value::Null, |at| &block["params"][at]);
            if ["cell", "read", "parse.number", "scale", "finding"].map(of).contains(&place(2)) {
                assert_eq!((&step[3], params.get("as_number")), (&json!(""), None), "{step:?}");
            }
        }
    }
    if let Some(told) = recomputed(&workspace.path(NAME), false) {
        assert_eq!(told["bad"], serde_json::json!([]));
        assert!(told["good"].as_u64().unwrap() > 2_000 && told["withheld"].as_u64().unwrap() > 0, "{told}");
    }
}

/// A number that a unit reported and the report does not print is nowhere in a public page: not as it was written, not as it was read.
#[test]
fn a_public_page_has_no_number_of_a_unit_that_is_not_printed() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let preference = "[[preference]]\ncity = \"jia\"\nindicator = \"1\"\nunit = \"统计局\"\nby = \"办公室\"\non = 2024-01-18\nreason = \"口径\"\n";
    let round = text(&workspace.path("input/2023/round.toml"));
    workspace.write("input/2023/round.toml", format!("{round}{preference}"));
    let plan = text(&workspace.path("input/2023/jia/plan.toml"));
    workspace.write("input/2023/jia/plan.toml", plan.replace("[\"统计局\"]", "[\"统计局\", \"财政局\"]"));
    // Of 1 the one is preferred; on 2 they disagree; the values of last year and the remark serve nothing.
    workspace.submit(
        "jia",
        "甲市",
        "1|研发强度|%|3.1415|||2.7182\n2|企业数|家|31417||来自27183户|\n3|单位能耗|吨标准煤/万元|0.4321",
    );
    let other = "input/2023/jia/submissions/财政局.xlsx";
    workspace.submit_as(other, "甲市", "财政局", "1|研发强度|%|3.1618\n2|企业数|家|31,621");
    let output = workspace.duibiao_untypeset(&["run", "input/2023", "--explorer", "public"]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = workspace.table("assessments");
    let actual = |no: &str| printed.iter().find(|row| row["no"] == no).unwrap()["actual"].clone();
    assert_eq!(
        (actual("1"), actual("2"), actual("3")),
        ("3.1415".to_owned(), String::new(), "0.4321".to_owned())
    );
    let public = text(&workspace.path(NAME));
    assert!(public.contains("3.1415") && public.contains("0.4321"), "what is printed is shown");
    for secret in ["3.1618", "2.7182", "31417", "31621", "31,621", "27183"] {
        assert!(!public.contains(secret), "{secret} is in the page");
    }
    let steps = blocks(&public);
    let told = recomputed(&workspace.path(NAME), false);
    assert!(told.is_none_or(|told| told["bad"] == json!([])), "{steps:?}");
}

/// What node says of a page's steps, done again with the page's own operations; nothing where it is not installed.
fn recomputed(page: &Path, alter: bool) -> Option<Value> {
    if !is_at_hand("node") {
        return None;
    }
    let mut node = Command::new("node");
    node.arg(repository().join("tests/explorer/recompute.js")).arg(page);
    node.arg(template("operations.js")).arg(template("ledger.js")).args(alter.then_some("alter"));
    let output = node.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn the_page_does_every_step_of_both_samples_again_and_notices_every_alteration() {
    let next = samples();
    let output = next.duibiao_untypeset(&["run", "input/2025", "--output", "output/2023"]);
    assert!(matches!(output.status.code(), Some(0 | 1)));
    for workspace in [&*PUBLISHED, &next] {
        let Some(told) = recomputed(&workspace.path(NAME), true) else { return };
        assert_eq!(told["bad"], serde_json::json!([]));
        assert_eq!(told["unseen"], serde_json::json!([]));
        assert_eq!(told["withheld"], 0);
        let [all, good, leaves] = ["steps", "good", "leaves"].map(|key| told[key].as_u64().unwrap());
        assert!(good > 1_500 && good + leaves == all, "{told}");
        let reach = told["reach"].as_array().unwrap();
        assert!(reach.len() > 10, "{told}");
        for one in reach {
            let cell = one[0].as_str().unwrap();
            let explained = explain(&workspace.path("output/2023"), cell, Language::Chinese).unwrap();
            let words = format!("影响{}个刊出的数字、{}处判定和等次", one[1], one[2]);
            assert!(
                explained.ways.iter().any(|way| way.text == words),
                "{cell}: {words}, {:?}",
                explained.ways
            );
        }
    }
}

/// What a headless Chromium saw of a page, by `tests/explorer/browse.js`; nothing where it or node is not installed.
pub(crate) fn browsed(page: &Path, orders: &Value) -> Option<Value> {
    if !is_at_hand("node") || !is_at_hand("chromium") {
        return None;
    }
    let told = page.with_extension("orders.json");
    std::fs::write(&told, orders.to_string()).unwrap();
    let script = repository().join("tests/explorer/browse.js");
    let output = Command::new("node").arg(script).arg("chromium").arg(page).arg(&told).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let seen: Value = serde_json::from_slice(&output.stdout).unwrap();
    for quiet in ["requests", "messages", "sideways", "violations"] {
        assert_eq!(seen[quiet], json!([]), "{quiet}");
    }
    assert_eq!(
        (&seen["dialogs"], &seen["scripts"]),
        (&json!(0), &json!(1)),
        "a script that is not the page's"
    );
    Some(seen)
}

/// The pages of the round 2023: one of each kind, with and without a way beside it.
const ROUTES: [&str; 12] = [
    "#/",
    "#/c/xiangtan",
    "#/c/xiangtan/22",
    WAY,
    "#/?why=xiangtan%2F%23score.shown",
    "#/?why=xiangtan%2F%23rank",
    "#/u/xiangtan/市科技局",
    "#/f",
    "#/f?city=qianjiang&unit=市经信局",
    "#/n",
    "#/t",
    "#/i",
];
const WAY: &str = "#/c/xiangtan/22?why=xiangtan%2F22%2Fcompletion.shown";

/// Without a network: no request, no message, nothing wider than a wide or a narrow window, and what each of the three readers comes for.
#[test]
fn a_browser_takes_leaders_auditors_and_clerks_to_what_they_come_for() {
    let submissions = repository().join("input/2023/xiangtan/submissions");
    let original = |name: &str| submissions.join(name).display().to_string();
    let orders = json!({
        "typed": "湘潭 收入之比", "routes": ROUTES, "every": true, "originalsAt": WAY,
        "originals": [original("市发改委_年报.xlsx"), original("市统计局_年报.xlsx")],
    });
    let Some(seen) = browsed(&PUBLISHED.path(NAME), &orders) else { return };
    let has = |place: &str, words: &[&str]| {
        let text = seen.pointer(place).unwrap_or_else(|| panic!("{place} in {seen}")).to_string();
        words.iter().for_each(|word| assert!(text.contains(word), "{word} is missing in {place}: {text}"));
    };
    has("/all", &["全部一致"]);
    // A leader, with the keyboard alone: search, Enter, Tab to a figure, Enter, Escape.
    has("/keyboard/hits/0", &["22 城乡居民人均可支配收入之比"]);
    has("/keyboard/route", &["#/c/xiangtan/22"]);
    assert_eq!(seen["keyboard"]["opened"]["hidden"], false);
    has("/keyboard/opened/tally", &["全部一致"]);
    assert_eq!(seen["keyboard"]["closed"]["hidden"], true);
    assert_eq!(
        seen["keyboard"]["closed"]["focus"], seen["keyboard"]["figure"],
        "the focus is not given back"
    );
    // A clerk, with the keyboard alone: the query to a unit, and back.
    has("/clerk/hash", &["city=", "unit="]);
    has("/clerk/letter", &["你单位报送的2023年数据", "前答复或重报"]);
    assert!(
        seen["clerk"]["all"].as_u64() > seen["clerk"]["findings"].as_u64() && seen["clerk"]["back"] == true
    );
    // An auditor: the way to the cell and the line of the plan, and the original.
    let way = &seen["shown"][WAY]["text"];
    for words in [
        "本页已重算",
        "101.2",
        "1.73 ÷ 1.71 × 100",
        "xiangtan-2023-plan.txt 第201行",
        "市发改委_年报.xlsx［指标］",
    ] {
        assert!(way.as_str().unwrap().contains(words), "{words} is missing in {way}");
    }
    has("/originals/0", &["就是当时读取的文件", "与记录一致"]);
    has("/originals/1", &["不是当时读取的文件", "与记录“1.71”不同"]);
    assert!(seen["every"]["pages"].as_u64().unwrap() > 150, "{}", seen["every"]);
}

/// axe-core, fetched by `.ci/tools`, finds nothing on any kind of page, wide or narrow.
#[test]
fn no_page_has_a_barrier_that_axe_knows() {
    if !is_at_hand("axe") {
        return;
    }
    let axe = fetched("axe").join("axe.min.js");
    let orders = json!({ "axe": axe, "routes": ROUTES });
    let Some(seen) = browsed(&PUBLISHED.path(NAME), &orders) else { return };
    assert!(seen["passes"].as_u64().unwrap() > 100, "axe has looked at little: {}", seen["passes"]);
}

#[test]
fn a_value_that_was_altered_in_the_file_is_red_with_its_step() {
    // Rounded text of the completion of target 22, in the data alone.
    let altered = text(&PUBLISHED.path(NAME)).replacen("\"101.2\"", "\"101.3\"", 1);
    let copy = PUBLISHED.path("altered.html");
    std::fs::write(&copy, altered).unwrap();
    let Some(seen) = browsed(&copy, &json!({ "routes": [WAY], "wait": 1500 })) else { return };
    let way = seen["shown"][WAY]["text"].as_str().unwrap();
    assert!(
        way.contains("1步不一致") && way.contains("✗ 重算不一致"),
        "the alteration is not noticed: {way}"
    );
    assert_eq!(seen["allIsBad"], true);
    assert!(seen["all"].as_str().unwrap().contains("1步不一致"), "{}", seen["all"]);
}

/// A hundred cities: no more than 30 MB, there in a second and a half, and no city is read before it is looked at.
#[test]
fn a_hundred_cities_are_in_one_file_that_opens_at_once() {
    let workspace = sampled::round_of(100);
    sampled::publish(&workspace);
    let page = workspace.path(NAME);
    let length = std::fs::metadata(&page).unwrap().len();
    assert!(length <= 30_000_000, "{length} bytes");
    let routes = ["#/", "#/c/xiangtan-001/22?why=xiangtan-001%2F22%2Fcompletion.shown"];
    let Some(seen) = browsed(&page, &json!({ "routes": routes })) else { return };
    assert_eq!(seen["loaded"], 0, "cities are read for the first page");
    assert!(seen["shown"][routes[0]]["text"].as_str().unwrap().contains("100个城市"));
    assert!(seen["shown"][routes[1]]["text"].as_str().unwrap().contains("全部一致"));
}
