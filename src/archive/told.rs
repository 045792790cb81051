//! What a bag says of itself: the files beside `data/`.

use super::ArchiveOrder;
use super::bag::{MANIFEST, list, list_sm3};
use super::declaration::DECLARATION;
use super::names::stored;
use super::record::OutputRecord;
use crate::digest::Digests;

/// All files beside `data/` but the list of these.
pub(super) fn tags(
    order: &ArchiveOrder,
    record: &OutputRecord,
    own: &str,
    payload: &[(String, Digests)],
    bytes: u64,
) -> Vec<(String, String)> {
    let files = || payload.iter().map(|(path, digests)| (path.as_str(), digests));
    let declared = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    let tags = [
        ("README.txt", readme(order.programs.is_some())),
        ("bag-info.txt", info(order, record, own, payload.len(), bytes)),
        (DECLARATION, declared.to_owned()),
        (MANIFEST, list(files())),
        ("names.tsv", names(record)),
        ("sm3sums.txt", list_sm3(files())),
    ];
    tags.map(|(path, text)| (path.to_owned(), text)).into()
}

fn info(order: &ArchiveOrder, record: &OutputRecord, own: &str, files: usize, bytes: u64) -> String {
    let round = record.round;
    let with = if order.programs.is_some() { "included" } else { "by digest" };
    let mut lines = vec![
        ("External-Identifier", format!("duibiao-{round}-{:.8}", record.fingerprint)),
        ("External-Description", format!("{round}年度评估（{}）", record.edition)),
        ("Payload-Oxum", format!("{bytes}.{files}")),
        ("Bag-Software-Agent", format!("duibiao {}", env!("CARGO_PKG_VERSION"))),
        ("Duibiao-Version", record.version.clone()),
        ("Duibiao-Report-Date", record.report_date.to_string()),
        ("Duibiao-Fingerprint-SM3", record.fingerprint.clone()),
        ("Duibiao-Figures-SM3", record.figures()),
        ("Duibiao-Setting-SM3", record.setting()),
        ("Duibiao-Programs", with.to_owned()),
        ("Duibiao-Typst", record.typst.clone()),
        ("Duibiao-Machine", std::env::consts::ARCH.to_owned()),
    ];
    if record.version == env!("CARGO_PKG_VERSION") {
        lines.push((PROGRAM, own.to_owned()));
    }
    lines.extend(order.date.map(|date| ("Bagging-Date", date.to_string())));
    lines.into_iter().map(|(name, value)| format!("{name}: {value}\n")).collect()
}

/// The line of `bag-info.txt` with the SHA-256 of the program.
pub const PROGRAM: &str = "Duibiao-Program-SHA256";

/// The names of the inputs as they were, and where they are in the bag.
fn names(record: &OutputRecord) -> String {
    let head = "序号\tSHA-256\t包内路径\t原路径\n".to_owned();
    let rows = record.numbered_inputs().map(|(number, file)| {
        let original: String =
            file.path.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
        format!("{number}\t{}\tdata/input/{}\t{original}\n", file.digests.sha256, stored(&file.path, number))
    });
    std::iter::once(head).chain(rows).collect()
}

fn readme(has_programs: bool) -> String {
    let again = if has_programs {
        "    data/program/duibiao replay .\n"
    } else {
        "    duibiao replay . --program 程序文件夹\n\
         本包没有程序。程序文件夹中应有duibiao、typst、fonts、templates；\
         它们的SHA-256见bag-info.txt（duibiao）和data/output/manifest.json（其余），replay逐个核对。\n\
         The bag has no programs: give a folder with duibiao, typst, fonts and templates; replay checks their digests.\n\
         cities/、units/、explorer.html、tables/*.parquet、validation-report-ess.json可由其余重新生成，本包不存；replay重新生成，按data/output/manifest.json的摘要核对。\n\
         What can be made again from the rest (those five) is left out; replay makes it and holds it against data/output/manifest.json.\n"
    };
    format!(
        "本包是一次年度评估的全部输入、输出和程序，按BagIt 1.0（RFC 8493）封装。\n\
         This bag holds the inputs, outputs and programs of one evaluation, packed by BagIt 1.0 (RFC 8493).\n\
         \n\
         一、核对完整 check that nothing changed:\n\
         \x20   sha256sum -c tagmanifest-sha256.txt && sha256sum -c manifest-sha256.txt\n\
         \x20   cksum -c sm3sums.txt          (coreutils 9.0以上，国密SM3)\n\
         摘要只防无心的改动：有意改动的人可以连清单一起重做。\n\
         Digests find accidents; who alters a bag on purpose can make them anew.\n\
         \n\
         二、核对是不是当时那一份 check that it is the one:\n\
         报告封面的“输入指纹”应与bag-info.txt的Duibiao-Fingerprint-SM3相同；Duibiao-Figures-SM3（数字指纹）请在归档时另行抄存，\
         整套重做的伪造只有靠它和签名才能发现。\n\
         The fingerprint on the cover is Duibiao-Fingerprint-SM3. Keep a copy of Duibiao-Figures-SM3 elsewhere: a forgery made by running \
         everything again is found by that, or by a signature, alone.\n\
         \n\
         三、重算 run it again:\n\
         {again}\
         \n\
         四、文件名 names:\n\
         names.tsv列出原名；文件名乱码时replay按摘要认文件。\n\
         names.tsv has the names as they were; replay knows files by their digests when names arrive garbled.\n"
    )
}
