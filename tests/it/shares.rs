//! Shares of a round, each made by itself, and the report that is made of them (`run --part`, `merge`).

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use crate::cache::Cached;
use crate::tools::{fetched, is_at_hand};
use crate::unit_pages::rows_with;
use crate::workspace::{PROGRAM, Workspace, copy_tree, repository, tree};

/// Makes the share of a number, in a folder named after it.
fn share(round: &Cached, part: usize, of: usize) {
    made(round, &format!("{part}/{of}"), &format!("part{part}"), &[]);
}

/// Makes a share, and tells how many documents were set.
fn made(round: &Cached, part: &str, to: &str, environment: &[(&str, &str)]) {
    let done = asked(round, part, to, environment);
    assert!(matches!(done.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&done.stderr));
}

fn asked(round: &Cached, part: &str, to: &str, environment: &[(&str, &str)]) -> std::process::Output {
    let typst = round.workspace.path("typst");
    let order = ["run", round.round, "--part", part, "--to", to, "--typst", typst.to_str().unwrap()];
    let mut command = Command::new(PROGRAM);
    command.args(order).current_dir(round.workspace.path(""));
    command.env_remove("SLURM_ARRAY_TASK_ID").env_remove("JOB_COMPLETION_INDEX");
    command.envs(environment.iter().copied()).output().unwrap()
}

/// Merges shares into `merged`; what was said, how it ended, and how many documents were set.
fn merged(round: &Cached, parts: &[&str]) -> (String, Option<i32>, usize) {
    let counted = round.workspace.path("counted");
    drop(fs::remove_file(&counted));
    let typst = round.workspace.path("typst");
    let order = ["merge", round.round, "--output", "merged", "--typst", typst.to_str().unwrap()];
    let done = round.workspace.duibiao(&[&order, parts].concat());
    let set = fs::read_to_string(&counted).unwrap_or_default().lines().count();
    (String::from_utf8_lossy(&done.stderr).into_owned(), done.status.code(), set)
}

/// Holds what is made of that many shares against the undivided round; how many documents of cities there are.
fn is_as_undivided(round: &Cached, of: usize) -> usize {
    let all = round.run("whole", &[]);
    (1..=of).for_each(|part| share(round, part, of));
    let parts: Vec<String> = (1..=of).map(|part| format!("part{part}")).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let (told, code, set) = merged(round, &parts);
    assert!(matches!(code, Some(0 | 1)), "{told}");
    let (whole, own) = (round.files("whole"), round.files("merged"));
    let differing: Vec<&String> =
        whole.keys().chain(own.keys()).filter(|name| whole.get(*name) != own.get(*name)).collect();
    assert!(differing.is_empty(), "{of} parts: {differing:?}");
    let of_cities =
        whole.keys().filter(|name| name.starts_with("cities/") || name.starts_with("units/")).count();
    assert_eq!(set, all - of_cities, "own reports and unit pages come from the shares");
    of_cities
}

#[test]
fn a_merged_round_is_the_undivided_one_byte_for_byte_and_sets_the_volumes_of_the_round_only() {
    // Of few cities the technical volume has their rows, of many their own reports have.
    for (cities, of) in [(2, 2), (8, 3), (8, 1)] {
        let round = Cached::of(cities);
        assert_eq!(is_as_undivided(&round, of), 2 * cities);
        // Each city is in one share, with its tables.
        let mut datasets = BTreeSet::new();
        for part in 1..=of {
            let held = tree(&round.workspace.path(&format!("part{part}")));
            let facts = held.keys().filter(|name| name.starts_with("tables/facts/round=2023/city="));
            assert!(facts.clone().all(|name| name.ends_with("/part.parquet")));
            facts.for_each(|name| assert!(datasets.insert(name.clone()), "{name}"));
        }
        assert_eq!(datasets.len(), cities);
    }
}

#[test]
fn sample_rounds_with_waivers_and_decisions_about_all_cities_are_shared_out_too() {
    for name in ["input/2023", "input/2025"] {
        let round = Cached { workspace: Workspace::new(), round: name };
        copy_tree(&repository().join("input"), &round.workspace.path("input"), false);
        round.typesetter("");
        assert!(is_as_undivided(&round, 2) >= 4, "{name}");
    }
}

#[test]
fn shares_that_do_not_belong_together_are_refused_and_what_is_wrong_is_named() {
    let round = Cached::of(4);
    let workspace = &round.workspace;
    (1..=2).for_each(|part| share(&round, part, 2));
    made(&round, "1/3", "third", &[]);
    round.run("merged", &[]);
    let before = round.files("merged");
    let refused = |what: &str, parts: &[&str], words: &[&str]| {
        let (told, code, _) = merged(&round, parts);
        assert_eq!(code, Some(2), "{what}: {told}");
        words.iter().for_each(|words| assert!(told.contains(words), "{what}: {words} in {told}"));
        assert_eq!(round.files("merged"), before, "{what}: what was there is whole");
    };
    let whole = &["part1", "part2"][..];
    refused("a part is missing", &["part2"], &["2份中缺第1份"]);
    copy_tree(&workspace.path("part1"), &workspace.path("again"), false);
    refused("a part is there twice", &["part1", "again", "part2"], &["第1份有两个", "again"]);
    refused("one of another number of parts", &["part1", "third"], &["third", "2", "3", "不是同一次分片"]);
    refused("no part", &["part1", "input"], &["“input”不是分片"]);
    let record = fs::read_to_string(workspace.path("part2/part.json")).unwrap();
    let as_if = |what: &str, from: &str, to: &str, words: &[&str]| {
        assert!(record.contains(from), "{what}: {from} in {record}");
        workspace.write("part2/part.json", record.replacen(from, to, 1));
        refused(what, whole, words);
        workspace.write("part2/part.json", &record);
    };
    let program = serde_json::from_str::<serde_json::Value>(&record).unwrap()["program"].clone();
    let program = program.as_str().unwrap();
    as_if("another program", program, &"0".repeat(64), &["part2", "由另一个程序"]);
    as_if("a city twice", "\"b\",", "\"a\",", &["a", "也在别的分片中"]);
    as_if("no city of the round", "\"b\",", "\"z\",", &["z", "不在本轮中"]);
    // What lies in a part is what was made.
    for name in ["cities/b.pdf", "tables/facts/round=2023/city=b/part.parquet"] {
        let path = workspace.path("part2").join(name);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, [&bytes, &b" "[..]].concat()).unwrap();
        refused("a changed file", whole, &[name, "已被改动"]);
        fs::remove_file(&path).unwrap();
        refused("a file that is gone", whole, &[name, "已被改动或不在了"]);
        fs::write(&path, bytes).unwrap();
    }
    // What they were made from is as it was.
    let parameters = fs::read(workspace.path("input/2023/round.toml")).unwrap();
    workspace.write("input/2023/round.toml", [&parameters, &b"\n# another\n"[..]].concat());
    refused("another parameter", whole, &["2023/round.toml", "part1"]);
    workspace.write("input/2023/round.toml", parameters);
    let workbook = "input/2023/b/submissions/统计局.xlsx";
    let bytes = fs::read(workspace.path(workbook)).unwrap();
    workspace.submit("b", "乙市", &rows_with(&[("2", "2|企业数|家|81|Z1")]));
    refused("another workbook", whole, &["2023/b/submissions/统计局.xlsx", "part2"]);
    workspace.write(workbook, bytes);
    workspace.write("input/2023/b/evidence/新到.txt", "new");
    refused("a file that has come since", whole, &["2023/b/evidence/新到.txt", "不在任何分片中"]);
    fs::remove_dir_all(workspace.path("input/2023/b/evidence")).unwrap();
    round.typesetter("# another one\n");
    refused("another typesetting program", whole, &["part1", "typst", "重做"]);
    round.typesetter("");
    let (told, code, _) = merged(&round, whole);
    assert!(matches!(code, Some(0 | 1)), "{told}");
    assert_eq!(round.files("merged"), before, "all is as it was");
}

#[test]
fn a_share_is_named_by_its_number_or_by_that_of_an_array_job_and_replaces_an_earlier_one_only() {
    let round = Cached::of(4);
    let files = |folder: &str| tree(&round.workspace.path(folder));
    share(&round, 2, 2);
    for (name, number) in [("SLURM_ARRAY_TASK_ID", "2"), ("JOB_COMPLETION_INDEX", "1")] {
        made(&round, "auto/2", "auto", &[(name, number)]);
        assert_eq!(files("auto"), files("part2"), "{name}");
    }
    let refused = |part: &str, to: &str, words: &str| {
        let done = asked(&round, part, to, &[]);
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.code() == Some(2) && told.contains(words), "{part}: {words} in {told}");
    };
    refused("0/2", "x", "应为份号和份数");
    refused("3/2", "x", "应为份号和份数");
    refused("auto/2", "x", "SLURM_ARRAY_TASK_ID");
    refused("5/5", "x", "本轮只有4个城市");
    refused("1/2", "input/2023/part", "在轮次文件夹中");
    round.workspace.write("mine/letter.txt", "text");
    refused("1/2", "mine", "letter.txt");
    round.workspace.write("part2/cities/letter.txt", "text");
    refused("2/2", "part2", "letter.txt");
    assert!(!round.workspace.path("x").exists() && round.workspace.path("mine/letter.txt").exists());
    fs::remove_file(round.workspace.path("part2/cities/letter.txt")).unwrap();
    share(&round, 2, 2);
    assert_eq!(files("auto"), files("part2"), "made again");
    for order in [&["--part", "1/2"][..], &["--to", "x"], &["--part", "1/2", "--to", "x", "--city", "a"]] {
        let done = round.workspace.duibiao(&[&["run", "input/2023"], order].concat());
        assert_eq!(done.status.code(), Some(2), "{order:?}");
    }
}

#[test]
fn a_share_that_fails_leaves_the_one_before_whole() {
    let round = Cached::of(4);
    share(&round, 1, 2);
    let before = tree(&round.workspace.path("part1"));
    round.workspace.submit("a", "甲市", &rows_with(&[("2", "2|企业数|家|82|Z1")]));
    round
        .workspace
        .write("typst", "#!/bin/sh\n[ \"$1\" = --version ] && echo 'typst 0.15.1' && exit\nexit 1\n");
    fs::set_permissions(round.workspace.path("typst"), fs::Permissions::from_mode(0o755)).unwrap();
    let done = asked(&round, "1/2", "part1", &[]);
    assert_eq!(done.status.code(), Some(2));
    assert_eq!(tree(&round.workspace.path("part1")), before);
}

#[test]
fn a_part_of_a_year_is_not_shared_out() {
    let round = Cached::of(2);
    copy_tree(&repository().join("input"), &round.workspace.path("sample"), false);
    let done = round.workspace.duibiao(&["run", "sample/2023-Q3", "--part", "1/1", "--to", "x"]);
    assert!(done.status.code() == Some(2), "{}", String::from_utf8_lossy(&done.stdout));
    assert!(String::from_utf8_lossy(&done.stderr).contains("--part"));
}

/// Counts the rows of a table by city with both engines, and the years in it.
const ENGINES: &str = r#"
import sys
sys.path.insert(0, sys.argv[1])
import duckdb, polars
files = sys.argv[2] + "/part*/tables/{}/**/*.parquet"
for table in ["facts", "assessments", "observations", "findings", "scores", "submissions"]:
    whole = polars.read_parquet(f"{sys.argv[2]}/whole/tables/{table}.parquet")
    whole = whole.filter(polars.col("city").fill_null("") != "")
    all = polars.read_parquet(files.format(table), hive_partitioning=True)
    counts = sorted(all.group_by("city").len().iter_rows())
    assert counts and counts == sorted(whole.group_by("city").len().iter_rows()), (table, counts)
    assert set(all["round"]) == {2023} and set(whole.columns) <= set(all.columns), table
    if "year" in whole.columns:
        assert sorted(all["year"].to_list(), key=str) == sorted(whole["year"].to_list(), key=str), table
    asked = f"select city, count(*) from read_parquet('{files.format(table)}', hive_partitioning = true) where round = 2023 group by city order by city"
    assert duckdb.connect().execute(asked).fetchall() == counts, table
"#;

#[test]
fn tables_of_all_shares_are_one_dataset_for_other_engines() {
    if !is_at_hand("python3") || !is_at_hand("dataset") {
        return;
    }
    let round = Cached::of(4);
    round.workspace.submit("d", "丁市", &rows_with(&[("2", "2|企业数|家||Z1")]));
    round.run("whole", &[]);
    (1..=2).for_each(|part| share(&round, part, 2));
    let root = round.workspace.path("");
    let done =
        Command::new("python3").args(["-c", ENGINES]).arg(fetched("dataset")).arg(Path::new(&root)).output();
    let done = done.unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}
