//! A bag that was run again: yes when nothing was touched; no, and why, when something was.

use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use duibiao::digest::{Digests, fingerprint};
use serde_json::{Value, json};

use crate::tools::is_at_hand;
use crate::workspace::{GOOD, PROGRAM, Workspace, copy_tree, repository, tree};

/// A program in the place of typst: what it hands over depends on all that it was given, and on itself.
const TYPESETTER: &str = r#"#!/bin/sh
if [ "$1" = --version ]; then echo 'typst 0.15.1 (stand-in)'; exit 0; fi
before=
for argument in "$@"; do
  if [ "$before" = --root ]; then root=$argument; fi
  if [ "$before" = --font-path ]; then fonts=$argument; fi
  before=$argument
done
sum=$(cd "$root" && find . -type f | LC_ALL=C sort | tr '\n' '\0' | xargs -0 cat "$0" "$fonts"/*.otf | cksum)
printf '%%PDF-1.7\nxref\n0 0\n%s\ntrailer<<>>\nstartxref\n9\n%%%%EOF' "$sum" > "$before"
"#;

/// A round of two cities that was published and archived, with the programs beside it.
pub(crate) struct Archive {
    pub(crate) workspace: Workspace,
}

impl Archive {
    /// Publishes a round with the stand-in for typst.
    pub(crate) fn published(change: impl FnOnce(&Workspace)) -> Self {
        let workspace = Workspace::with_cities(&[("jia", "甲市"), ("yi", "乙市")]);
        workspace.submit("jia", "甲市", GOOD);
        workspace.submit("yi", "乙市", GOOD);
        let other = "input/2023/yi/submissions/财政局.xlsx";
        workspace.submit_as(other, "乙市", "财政局", "2|企业数|家|120");
        workspace.write("input/2023/jia/evidence/Z1.txt", "统计表");
        workspace.write("programs/typst", TYPESETTER);
        workspace.write("programs/fonts/a.otf", "a font");
        let executable = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(workspace.path("programs/typst"), executable).unwrap();
        symlink(PROGRAM, workspace.path("programs/duibiao")).unwrap();
        copy_tree(&repository().join("templates"), &workspace.path("programs/templates"), false);
        change(&workspace);
        let archive = Self { workspace };
        archive.run();
        archive
    }

    pub(crate) fn run(&self) {
        let output = self.with_programs(&["run", "input/2023"]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{error}");
    }

    pub(crate) fn with_programs(&self, arguments: &[&str]) -> Output {
        let more = ["--typst", "programs/typst", "--fonts", "programs/fonts"];
        self.workspace.duibiao(&[arguments, more.as_slice()].concat())
    }

    /// Archives without programs.
    pub(crate) fn pack(&self, to: &str, more: &[&str]) -> Output {
        let asked = ["archive", "output/2023", "--input", "input", "--to", to, "--without-program"];
        self.workspace.duibiao(&[asked.as_slice(), more].concat())
    }

    fn bag(&self) -> PathBuf {
        self.workspace.path("bag")
    }

    /// A copy of the bag and of the programs.
    fn copy(&self) -> Workspace {
        let copy = Workspace::new();
        copy_tree(&self.bag(), &copy.path("bag"), false);
        for folder in ["fonts", "templates"] {
            let from = self.workspace.path("programs").join(folder);
            copy_tree(&from, &copy.path("programs").join(folder), false);
        }
        std::fs::copy(self.workspace.path("programs/typst"), copy.path("programs/typst")).unwrap();
        symlink(PROGRAM, copy.path("programs/duibiao")).unwrap();
        copy
    }
}

/// The bag that the tests of this file tamper with.
static ARCHIVED: LazyLock<Archive> = LazyLock::new(|| {
    let archive = Archive::published(|workspace| {
        workspace.write("input/2023/yi/received.csv", "文件,收到时间\n统计局.xlsx,2024-01-16 09:00\n");
        workspace.write(
            "input/2023/waivers.toml",
            "[[waiver]]\ncode = \"V403\"\ncity = \"yi\"\nreason = \"已说明\"\nowner = \"办公室\"\nuntil = 2024-12-31\n",
        );
    });
    let packed = archive.pack("bag", &[]);
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    archive
});

fn replayed(place: &Workspace, more: &[&str]) -> (Option<i32>, String) {
    let output = place.duibiao(&[&["replay", "bag", "--program", "programs"], more].concat());
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.code(), said)
}

fn manifest(bag: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(bag.join("data/output/manifest.json")).unwrap()).unwrap()
}

/// What a careful forger does: every digest made anew, but those of the outputs, which only a run can make.
fn cover_up(place: &Workspace) {
    let bag = place.path("bag");
    let mut record = manifest(&bag);
    let below = |folder: &Path| -> Vec<(String, Digests)> {
        tree(folder).into_iter().map(|(path, bytes)| (path, Digests::of(&bytes))).collect()
    };
    let there = below(&bag.join("data/input"));
    let known = record["inputs"].as_array().unwrap().clone();
    let named = |path: &str, role: Value| {
        let (_, digests) = there.iter().find(|(name, _)| name == path)?;
        Some(json!({ "role": role, "path": path, "sha256": digests.sha256, "sm3": digests.sm3 }))
    };
    let old = known.iter().filter_map(|one| named(one["path"].as_str().unwrap(), one["role"].clone()));
    let is_new = |path: &&String| known.iter().all(|one| one["path"] != **path);
    let new = there.iter().map(|(path, _)| path).filter(is_new).filter_map(|path| named(path, json!("报表")));
    let inputs: Vec<Value> = old.chain(new).collect();
    record["fingerprint"] = fingerprint(inputs.iter().map(|one| one["sm3"].as_str().unwrap())).into();
    record["inputs"] = inputs.into();
    for (group, folder) in [("templates", "programs/templates"), ("fonts", "programs/fonts")] {
        for one in record[group].as_array_mut().unwrap() {
            let digests =
                Digests::of(&std::fs::read(place.path(folder).join(one["path"].as_str().unwrap())).unwrap());
            (one["sha256"], one["sm3"]) = (digests.sha256.into(), digests.sm3.into());
        }
    }
    let typst = Digests::of(&std::fs::read(place.path("programs/typst")).unwrap());
    (record["tools"][0]["sha256"], record["tools"][0]["sm3"]) = (typst.sha256.into(), typst.sm3.into());
    std::fs::write(bag.join("data/output/manifest.json"), record.to_string()).unwrap();
    let list = |is_payload: bool| -> String {
        let files = below(&bag).into_iter().filter(|(path, _)| path.starts_with("data/") == is_payload);
        let files = files.filter(|(path, _)| path != "tagmanifest-sha256.txt");
        files.map(|(path, digests)| format!("{}  {path}\n", digests.sha256)).collect()
    };
    std::fs::write(bag.join("manifest-sha256.txt"), list(true)).unwrap();
    std::fs::write(bag.join("tagmanifest-sha256.txt"), list(false)).unwrap();
}

/// A way to tamper, what is named first of it as it comes, and what is named when every digest was made anew.
type Tampering = (&'static str, fn(&Workspace), &'static str, &'static [&'static str]);

const JIA: &str = "bag/data/input/2023/jia";

fn edit(place: &Workspace, name: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(place.path(name)).unwrap();
    assert!(text.contains(from), "{name} has no {from}");
    std::fs::write(place.path(name), text.replacen(from, to, 1)).unwrap();
}

fn append(place: &Workspace, name: &str, more: &str) {
    let bytes = std::fs::read(place.path(name)).unwrap();
    std::fs::write(place.path(name), [&bytes, more.as_bytes()].concat()).unwrap();
}

const TAMPERINGS: [Tampering; 12] = [
    (
        "a cell",
        |place| {
            let path = "bag/data/input/2023/jia/submissions/统计局.xlsx";
            place.submit_as(path, "甲市", "统计局", &GOOD.replace("120", "90"));
        },
        "报表　内容改变　data/input/2023/jia/submissions/统计局.xlsx　应为",
        &["起点　jia/submissions/统计局.xlsx　内容不同", "[指标]!D5　归档“120”，重算“90”", "→ 全部 完成率"],
    ),
    (
        "a target",
        |place| {
            let quote = "value = \"100\"\nline = \"5\"\nquote = \"100\"";
            edit(place, &format!("{JIA}/plan.toml"), quote, "value = \"130\"\nline = \"5\"\nquote = \"130\"");
            edit(place, "bag/data/input/sources/plan.txt", "100", "130");
            edit(
                place,
                "bag/data/input/2023/yi/plan.toml",
                quote,
                "value = \"130\"\nline = \"5\"\nquote = \"130\"",
            );
        },
        "方案　内容改变　data/input/2023/jia/plan.toml　应为",
        &["起点　2023/jia/plan.toml#2.2023.annual.value　归档“100”，重算“130”"],
    ),
    (
        "a weight",
        |place| {
            let weight = "[[weight]]\ncity = \"jia\"\nindicator = \"3\"\nweight = \"0\"\n";
            append(place, "bag/data/input/2023/round.toml", weight);
        },
        "轮次参数　内容改变　data/input/2023/round.toml　应为",
        &["起点　2023/round.toml#weight.1　归档没有，重算0"],
    ),
    (
        "a template",
        |place| append(place, "programs/templates/lib/theme.typ", "\n// other\n"),
        "模板　内容改变　data/program/templates/lib/theme.typ　应为",
        &["数字　一致", "文件　不一致：technical.pdf"],
    ),
    (
        "a font",
        |place| append(place, "programs/fonts/a.otf", "other"),
        "字体　内容改变　data/program/fonts/a.otf　应为",
        &["数字　一致", "文件　不一致：technical.pdf"],
    ),
    (
        "typst",
        |place| append(place, "programs/typst", "\n# other\n"),
        "排版程序typst　内容改变　data/program/typst　应为",
        &["数字　一致", "文件　不一致：technical.pdf"],
    ),
    (
        "one added",
        |place| {
            let path = "bag/data/input/2023/jia/submissions/财政局.xlsx";
            place.submit_as(path, "甲市", "财政局", "2|企业数|家|120");
        },
        "报表　多出　data/input/2023/jia/submissions/财政局.xlsx",
        &["起点　jia/submissions/财政局.xlsx　归档时没有"],
    ),
    (
        "one removed",
        |place| std::fs::remove_file(place.path(&format!("{JIA}/submissions/统计局.xlsx"))).unwrap(),
        "报表　缺少　data/input/2023/jia/submissions/统计局.xlsx",
        &["起点　jia/submissions/统计局.xlsx　重算时没有", "起点1处"],
    ),
    (
        "one renamed",
        |place| {
            let at = |name: &str| place.path(&format!("{JIA}/submissions/{name}"));
            std::fs::rename(at("统计局.xlsx"), at("统计局（新）.xlsx")).unwrap();
        },
        "报表　改名　data/input/2023/jia/submissions/统计局.xlsx → data/input/2023/jia/submissions/统计局（新）.xlsx",
        &[
            "起点　jia/submissions/统计局.xlsx　重算时没有",
            "起点　jia/submissions/统计局（新）.xlsx　归档时没有",
        ],
    ),
    (
        "the record",
        |place| {
            let path = "bag/data/output/manifest.json";
            edit(place, path, "\"exceeded\",\n      \"105\"", "\"exceeded\",\n      \"110\"");
        },
        "输出　内容改变　data/output/manifest.json　应为",
        &["记录　manifest.json的parameters与重算的不同：[\"exceeded\",\"110\"] → [\"exceeded\",\"105\"]"],
    ),
    (
        "a waiver",
        |place| std::fs::write(place.path("bag/data/input/2023/waivers.toml"), "").unwrap(),
        "豁免　内容改变　data/input/2023/waivers.toml　应为",
        &["起点　2023/waivers.toml#waiver.1　归档V403，重算没有", "起点1处"],
    ),
    (
        "evidence",
        |place| std::fs::write(place.path(&format!("{JIA}/evidence/Z1.txt")), "改过").unwrap(),
        "佐证　内容改变　data/input/2023/jia/evidence/Z1.txt　应为",
        &["数字　一致", "文件　不一致：technical.pdf"],
    ),
];

/// Each tampering as it comes, and with everything made anew.
fn tampered(tamperings: &[Tampering]) {
    let cover = manifest(&ARCHIVED.bag())["fingerprint"].as_str().unwrap().to_owned();
    for (name, change, first, also) in tamperings {
        let place = ARCHIVED.copy();
        change(&place);
        let (status, said) = replayed(&place, &[]);
        assert_eq!(status, Some(1), "{name}: {said}");
        let named = said.lines().nth(2).unwrap().trim_start_matches('　');
        assert!(said.contains("一、完整　不符") && named.starts_with(first), "{name}: {said}");
        assert!(said.contains("结论：否。"), "{name}: {said}");

        cover_up(&place);
        let (status, said) = replayed(&place, &["--fingerprint", &cover]);
        assert_eq!(status, Some(1), "{name}, made anew: {said}");
        assert!(
            said.contains("一、完整　") && said.contains("个文件，摘要全部相符"),
            "{name}, made anew: {said}"
        );
        assert!(!said.contains("起点不是原始记录"), "{name}, made anew: {said}");
        for words in also.iter() {
            assert!(said.contains(words), "{name}, made anew: {words} is missing in\n{said}");
        }
        let is_of_inputs = !["a template", "a font", "typst", "the record"].contains(name);
        assert_eq!(said.contains("输入指纹与封面不同"), is_of_inputs, "{name}, made anew: {said}");
    }
}

#[test]
fn an_untouched_bag_is_answered_yes() {
    let place = ARCHIVED.copy();
    let (status, said) = replayed(&place, &[]);
    assert_eq!(status, Some(0), "{said}");
    for words in ["摘要全部相符", "数字　一致", "文件　一致", "结论：是。由包内输入和程序重算"]
    {
        assert!(said.contains(words), "{words} is missing in\n{said}");
    }
    let cover = manifest(&place.path("bag"))["fingerprint"].as_str().unwrap().to_owned();
    let (status, said) = replayed(&place, &["--fingerprint", &cover, "--lang", "en"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("the fingerprint of the cover") && said.contains("Yes."), "{said}");
}

#[test]
fn tampering_with_what_is_measured_is_answered_no_with_the_origin() {
    tampered(&TAMPERINGS[..3]);
}

#[test]
fn tampering_with_what_sets_the_report_is_answered_no_with_the_document() {
    tampered(&TAMPERINGS[3..6]);
}

#[test]
fn inputs_that_were_added_removed_or_renamed_are_answered_no_with_their_names() {
    tampered(&TAMPERINGS[6..9]);
}

#[test]
fn an_altered_record_waiver_or_evidence_is_answered_no() {
    tampered(&TAMPERINGS[9..]);
}

#[test]
fn a_bag_made_of_another_run_is_known_by_what_was_kept_of_the_first() {
    let kept = manifest(&ARCHIVED.bag())["fingerprint"].as_str().unwrap().to_owned();
    let info = std::fs::read_to_string(ARCHIVED.bag().join("bag-info.txt")).unwrap();
    let figures = info.lines().find_map(|line| line.strip_prefix("Duibiao-Figures-SM3: ")).unwrap();
    let forged = Archive::published(|workspace| workspace.submit("jia", "甲市", &GOOD.replace("120", "130")));
    assert!(forged.pack("bag", &[]).status.success());
    let place = forged.copy();
    assert_eq!(replayed(&place, &[]).0, Some(0));
    for fingerprint in [kept.as_str(), figures] {
        let (status, said) = replayed(&place, &["--fingerprint", fingerprint]);
        assert_eq!(status, Some(1), "{said}");
        assert!(said.contains("输入指纹与封面不同") && said.contains("不是那一份，见第二项"), "{said}");
    }
    let (status, said) = replayed(&ARCHIVED.copy(), &["--fingerprint", figures]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("数字指纹与抄存的相同"), "{said}");
}

#[test]
fn every_fault_is_listed_and_garbled_names_are_known_by_their_digests() {
    let place = ARCHIVED.copy();
    let at = |name: &str| place.path("bag/data/input/2023").join(name);
    // The name as a tool writes it that knows no other code than GBK, with marks for what it cannot write, or byte by byte.
    let latin: String = "统计局.xlsx".bytes().map(char::from).collect();
    let names: [&[u8]; 3] = [b"???.xlsx", latin.as_bytes(), b"\xcd\xb3\xbc\xc6\xbe\xd6.xlsx"];
    let submissions = at("jia/submissions");
    let mut before = submissions.join("统计局.xlsx");
    for name in names {
        let there = submissions.join(std::ffi::OsStr::from_bytes(name));
        std::fs::rename(&before, &there).unwrap();
        before = there;
        let (status, said) = replayed(&place, &[]);
        assert_eq!(status, Some(0), "{said}");
        assert!(said.contains("文件名乱码，已按摘要认出：第") && said.contains("号 统计局.xlsx"), "{said}");
    }

    std::fs::remove_file(at("yi/received.csv")).unwrap();
    std::fs::write(at("jia/evidence/Z1.txt"), "x").unwrap();
    std::fs::write(at("jia/evidence/Z2.txt"), "y").unwrap();
    std::fs::remove_file(place.path("bag/tagmanifest-sha256.txt")).unwrap();
    let (status, said) = replayed(&place, &[]);
    assert_eq!(status, Some(1), "{said}");
    for words in ["收件登记　缺少", "佐证　内容改变", "佐证　多出", "标签文件　缺清单"]
    {
        assert!(said.contains(words), "{words} is missing in\n{said}");
    }
}

#[test]
fn a_bag_of_very_many_inputs_and_endless_names_is_answered_no_in_time_and_in_few_words() {
    let place = ARCHIVED.copy();
    let mut record = manifest(&place.path("bag"));
    let inputs = record["inputs"].as_array_mut().unwrap();
    let digest = "0".repeat(64);
    inputs.extend(
        (0..100_000).map(
            |at| json!({ "role": "报表", "path": format!("2023/x{at}"), "sha256": digest, "sm3": digest }),
        ),
    );
    std::fs::write(place.path("bag/data/output/manifest.json"), record.to_string()).unwrap();
    append(&place, "bag/manifest-sha256.txt", &format!("{digest}  data/{}\n", "x".repeat(10_000_000)));
    std::fs::write(place.path("bag/bagit.txt"), "BagIt-Version: 99.0\nTag-File-Character-Encoding: UTF-8\n")
        .unwrap();
    let begin = Instant::now();
    let (status, said) = replayed(&place, &[]);
    assert_eq!(status, Some(1), "{}", said.len());
    assert!(begin.elapsed() < Duration::from_secs(60), "{:?}", begin.elapsed());
    assert!(said.len() < 300_000 && said.lines().all(|line| line.chars().count() < 1_000), "{}", said.len());
    assert!(said.contains("不是BagIt的声明") && said.contains("处，--format json 列出全部"), "{said}");
}

#[test]
fn what_cannot_be_run_again_is_not_answered() {
    let place = ARCHIVED.copy();
    let output = place.duibiao(&["replay", "bag"]);
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("结论：未能重算：没有程序") && error.contains("--program"), "{error}");
    let said = place.duibiao(&["replay", "bag/data/input", "--program", "programs"]);
    assert_eq!(said.status.code(), Some(2));
    let none = place.duibiao(&["replay", "nowhere"]);
    assert_eq!(none.status.code(), Some(2));
}

#[test]
fn a_bag_with_its_programs_needs_nothing_else() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    workspace.typeset();
    let asked = ["archive", "output/2023", "--input", "input", "--to", "bag"];
    let packed = workspace.duibiao(&asked);
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    std::fs::remove_dir_all(workspace.path("input")).unwrap();
    let program = workspace.path("bag/data/program/duibiao");
    let output =
        Command::new(&program).arg("replay").arg(workspace.path("bag")).env_clear().output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("结论：是。"), "{said}");

    let theme = workspace.path("bag/data/program/templates/lib/theme.typ");
    let text = std::fs::read_to_string(&theme).unwrap();
    std::fs::write(&theme, text + "\n").unwrap();
    let output = Command::new(&program).arg("replay").arg(workspace.path("bag")).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    // The licences go with the programs.
    let licenses = tree(&workspace.path("bag/data/program/licenses"));
    assert!(
        licenses.contains_key("duibiao/LICENSE") && licenses.contains_key("duibiao/Cargo.lock"),
        "{:?}",
        licenses.keys()
    );
    // The template prints the same; the bag is not what it was, and the report prints the template's digest.
    assert!(said.contains("模板　内容改变") && said.contains("数字　一致"), "{said}");
}

/// Runs a script in the folder of a copy.
fn script(place: &Workspace, text: &str) {
    let output = Command::new("bash").args(["-euc", text]).current_dir(place.path("")).output().unwrap();
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// What the second item says of the signatures.
fn signed(place: &Workspace, more: &[&str]) -> (Option<i32>, String) {
    let (status, said) = replayed(place, more);
    let line = said.lines().find(|line| line.starts_with("二、来源")).unwrap_or_else(|| panic!("{said}"));
    (status, line.to_owned())
}

#[test]
fn a_signature_by_ssh_is_good_bad_of_nobody_named_or_not_verified() {
    if !is_at_hand("ssh-keygen") {
        return;
    }
    let place = ARCHIVED.copy();
    assert!(signed(&place, &[]).1.ends_with("没有签名"));
    script(
        &place,
        "for who in a b; do ssh-keygen -q -t ed25519 -N '' -C '' -f $who; done
         ssh-keygen -q -Y sign -n duibiao-archive -f a bag/tagmanifest-sha256.txt
         mv bag/tagmanifest-sha256.txt.sig bag/signature.ssh
         echo \"张三 $(cat a.pub)\" > signers; echo \"李四 $(cat b.pub)\" > others
         ssh-keygen -q -Y sign -n file -f a < bag/tagmanifest-sha256.txt > of-another-kind",
    );
    let (status, said) = signed(&place, &["--signers", "signers"]);
    assert!(
        status == Some(0) && said.contains("签名有效：张三 SHA256:") && said.contains("（signature.ssh）"),
        "{said}"
    );
    let (status, said) = signed(&place, &[]);
    assert!(
        status == Some(0) && said.contains("有签名，本机不能核验：没有用 --signers 指明可信的签名者"),
        "{said}"
    );
    let (status, said) = signed(&place, &["--signers", "others"]);
    assert!(status == Some(1) && said.contains("签名无效：signature.ssh不是所给名单中任何人所签"), "{said}");
    let (status, said) = replayed(&place, &["--signers", "others"]);
    assert!(status == Some(1) && said.contains("指纹或签名不符：不是那一份，见第二项"), "{said}");
    // Without the tool it is neither yes nor no.
    let bare = Command::new(PROGRAM)
        .args(["replay", "bag", "--program", "programs", "--signers", "signers"])
        .current_dir(place.path(""))
        .env("PATH", place.path("programs"))
        .output()
        .unwrap();
    let said = String::from_utf8(bare.stdout).unwrap();
    assert!(said.contains("有签名，本机不能核验：没有ssh-keygen"), "{said}");
    // A signature of something else, or made for another purpose.
    let good = std::fs::read(place.path("bag/signature.ssh")).unwrap();
    std::fs::copy(place.path("of-another-kind"), place.path("bag/signature.ssh")).unwrap();
    let (status, said) = signed(&place, &["--signers", "signers"]);
    assert!(
        status == Some(1) && said.contains("签名无效：signature.ssh与tagmanifest-sha256.txt不符"),
        "{said}"
    );
    std::fs::write(place.path("bag/signature.ssh"), good).unwrap();
    append(&place, "bag/README.txt", "more");
    cover_up(&place);
    let (status, said) = signed(&place, &["--signers", "signers"]);
    assert!(
        status == Some(1) && said.contains("签名无效：signature.ssh与tagmanifest-sha256.txt不符"),
        "{said}"
    );
}

#[test]
fn signatures_by_minisign_and_time_stamps_are_verified_and_others_are_told() {
    if !is_at_hand("minisign") || !is_at_hand("openssl") {
        return;
    }
    let place = ARCHIVED.copy();
    // A certificate that has run out since: the stamp is as good as it was.
    script(
        &place,
        "minisign -G -W -f -p key.pub -s key.sec > /dev/null
         minisign -S -W -s key.sec -m bag/tagmanifest-sha256.txt -x bag/signature.minisig -t '2024年报' > /dev/null
         minisign -G -W -f -p other.pub -s other.sec > /dev/null
         openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=test -addext extendedKeyUsage=critical,timeStamping 2> /dev/null
         printf '[tsa]\ndefault_tsa = t\n[t]\nserial = serial\ndefault_policy = 1.2.3\ndigests = sha256\nsigner_digest = sha256\n' > tsa.conf
         echo 01 > serial
         openssl ts -query -data bag/tagmanifest-sha256.txt -sha256 -cert -out query 2> /dev/null
         openssl ts -reply -config tsa.conf -queryfile query -signer ca.pem -inkey ca.key -out bag/signature.tsr 2> /dev/null
         echo x > bag/signature.sm2",
    );
    let (status, said) = signed(&place, &["--signers", "key.pub", "--signers", "ca.pem"]);
    for words in [
        "签名有效：key.pub 2024年报（signature.minisig）",
        "UTC（signature.tsr）",
        "有签名，本机不能核验：不识这种签名（signature.sm2）",
    ] {
        assert!(said.contains(words), "{words} is missing in {said}");
    }
    assert_eq!(status, Some(0), "{said}");
    let (status, said) = signed(&place, &["--signers", "other.pub"]);
    assert!(status == Some(1) && said.contains("签名无效：signature.minisig与"), "{said}");
    append(&place, "bag/README.txt", "more");
    cover_up(&place);
    let (status, said) = signed(&place, &["--signers", "ca.pem"]);
    assert!(status == Some(1) && said.contains("签名无效：signature.tsr与"), "{said}");
}

/// Another program than the archived one: figures are held against each other, and each that differs must have been told of.
#[test]
fn this_program_in_place_of_the_archived_one_answers_for_every_figure_that_differs() {
    let place = ARCHIVED.copy();
    // There is no archived program to run.
    std::fs::remove_file(place.path("programs/duibiao")).unwrap();
    assert_eq!(replayed(&place, &[]).0, Some(2));
    let (status, said) = replayed(&place, &["--with-this-program"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(
        said.contains("刊出的数字不同0个") && said.contains("结论：是。本程序由包内输入算出的数字"),
        "{said}"
    );
    // What a program with another formula would have written: 120 of 100 is 110 %.
    let ledger = "bag/data/output/tables/derivation.csv";
    edit(
        &place,
        ledger,
        "jia/2/completion,completion.higher,120,",
        "jia/2/completion,completion.higher,110,",
    );
    edit(
        &place,
        ledger,
        "jia/2/completion.shown,round.guarded,120.0,",
        "jia/2/completion.shown,round.guarded,110.0,",
    );
    let digests = Digests::of(&std::fs::read(place.path(ledger)).unwrap());
    let mut record = manifest(&place.path("bag"));
    let outputs = record["outputs"].as_array_mut().unwrap();
    let own = outputs.iter_mut().find(|one| one["path"] == "tables/derivation.csv").unwrap();
    (own["sha256"], own["sm3"]) = (digests.sha256.into(), digests.sm3.into());
    std::fs::write(place.path("bag/data/output/manifest.json"), record.to_string()).unwrap();
    cover_up(&place);
    let (status, said) = replayed(&place, &["--with-this-program"]);
    assert_eq!(status, Some(1), "{said}");
    for words in [
        "刊出的数字不同1个；未说明1个：甲市 2",
        "计算不同而来处相同",
        "结论：否。有的数字与归档的不同，而程序的数字变更中没有说明",
    ] {
        assert!(said.contains(words), "{words} is missing in {said}");
    }
}

/// Made on another day, in another language and time zone, by one thread; run again by eight.
#[test]
fn neither_the_day_nor_the_language_nor_threads_make_a_difference() {
    if !is_at_hand("faketime") {
        return;
    }
    let archive = Archive::published(|_| ());
    let run = Command::new("faketime")
        .args(["2031-02-03 04:05:06", PROGRAM, "run", "input/2023", "--jobs", "1"])
        .args(["--typst", "programs/typst", "--fonts", "programs/fonts"])
        .envs([("LANG", "zh_CN.GBK"), ("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Asia/Shanghai")])
        .current_dir(archive.workspace.path(""))
        .output()
        .unwrap();
    assert!(matches!(run.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(archive.pack("bag", &[]).status.success());
    for jobs in ["1", "8"] {
        let (status, said) = replayed(&archive.copy(), &["--jobs", jobs]);
        assert_eq!(status, Some(0), "{said}");
    }
}
