//! What is printed of a bag that was run again.

use serde_json::json;

use super::args::Format;
use super::render::Printer;
use crate::archive::{BagFault, Misfit};
use crate::error::RunError;
use crate::finding::Language;
use crate::replay::{
    Difference, Divergence, NotReplayed, OriginKind, OriginStep, Paper, Promised, Replay, ReplayAnswer,
    ReplayOutcome,
};
use crate::shown::brief;

/// Origins that are told.
const MOST_ORIGINS: usize = 6;
/// Cells of a workbook that are told.
const MOST_CELLS: usize = 6;
/// Figures of an origin that are told.
const MOST_FIGURES: usize = 8;

/// The most misfits that are listed.
const MOST_MISFITS: usize = 1_000;

/// What a file of a bag is, by its path.
fn role(path: &str) -> (&'static str, &'static str) {
    const STARTS: [(&str, &str, &str); 6] = [
        ("data/program/fonts/", "字体", "font"),
        ("data/program/templates/", "模板", "template"),
        ("data/program/typst", "排版程序typst", "typst"),
        ("data/program/duibiao", "本程序", "program"),
        ("data/output/", "输出", "output"),
        ("data/input/sources/", "方案原文", "source of a plan"),
    ];
    const PARTS: [(&str, &str, &str); 11] = [
        ("/previous-", "已刊输出", "earlier output"),
        ("/signoff.toml", "签审", "sign-off"),
        ("/evidence/", "佐证", "evidence"),
        ("/issued", "下发", "issued form"),
        ("/submissions/", "报表", "workbook"),
        ("/waivers.toml", "豁免", "waivers"),
        ("/round.toml", "轮次参数", "round"),
        ("/plan.toml", "方案", "plan"),
        ("/received.csv", "收件登记", "register"),
        ("/catalogue.toml", "指标目录", "catalogue"),
        ("data/", "文件", "file"),
    ];
    let start = STARTS.iter().find(|(start, ..)| path.starts_with(start));
    let found = start.or_else(|| PARTS.iter().find(|(part, ..)| path.contains(part)));
    found.map_or(("标签文件", "tag file"), |(_, chinese, english)| (chinese, english))
}

fn short(digest: &str) -> &str {
    digest.get(..8).unwrap_or(digest)
}

impl Printer {
    pub(super) fn either(&self, chinese: impl Into<String>, english: impl Into<String>) -> String {
        match self.language {
            Language::Chinese => chinese.into(),
            Language::English => english.into(),
        }
    }

    pub(super) fn told(&self, chinese: impl Into<String>, english: impl Into<String>) {
        self.line(&self.either(chinese, english));
    }

    /// What is said of a bag; whether the answer is yes.
    ///
    /// # Errors
    /// Fails when nothing could be run again, after what there is has been told.
    pub(super) fn replayed(&self, said: &Replay) -> Result<bool, RunError> {
        let answer = said.answer();
        if self.format == Format::Json {
            self.replayed_json(said, answer);
        } else {
            self.told(format!("复算　{}", said.name), format!("replay  {}", said.name));
            self.whole(said);
            self.origin_of_bag(said);
            match (&said.outcome, &said.versions) {
                (Ok(outcome), Some(versions)) => self.other_program(outcome, versions),
                (Ok(outcome), None) => self.outcome(outcome),
                (Err(_), _) => {}
            }
        }
        if let Err(why) = &said.outcome
            && answer == ReplayAnswer::NotDone
        {
            return Err(RunError::NotReplayed(why_not(why)));
        }
        if self.format == Format::Text {
            if let Err(why) = &said.outcome {
                let words = why_not(why);
                self.told(format!("三、重算　未能重算：{words}"), format!("3 not run again: {words}"));
            }
            self.line(&self.conclusion(said, answer));
        }
        Ok(answer == ReplayAnswer::Yes)
    }

    fn replayed_json(&self, said: &Replay, answer: ReplayAnswer) {
        let misfits: Vec<_> = said
            .misfits
            .iter()
            .map(|one| json!({ "fault": fault(one.fault).1, "path": one.path, "was": one.was, "is": one.is }))
            .collect();
        let outcome = said.outcome.as_ref().ok();
        self.json(&json!({
            "schema": "duibiao-replay/1",
            "bag": said.name,
            "answer": match answer { ReplayAnswer::Yes => "yes", ReplayAnswer::NotDone => "not done", _ => "no" },
            "misfits": misfits,
            "signatures": said.signatures.iter().map(|one| self.signed(std::slice::from_ref(one))).collect::<Vec<_>>(),
            "tables": outcome.map(|outcome| &outcome.tables),
            "documents": outcome.map(|outcome| &outcome.documents),
            "printed": outcome.and_then(|outcome| outcome.divergence.as_ref()).map(|found| found.printed),
        }));
    }

    fn whole(&self, said: &Replay) {
        let (files, count) = (said.files, said.misfits.len());
        if count == 0 {
            self.told(
                format!("一、完整　{files}个文件，摘要全部相符"),
                format!("1 whole: {files} files, all digests fit"),
            );
        } else {
            self.told(format!("一、完整　不符{count}处"), format!("1 whole: {count} do not fit"));
        }
        said.misfits.iter().take(MOST_MISFITS).for_each(|misfit| self.misfit(misfit));
        if let Some(rest) = count.checked_sub(MOST_MISFITS).filter(|rest| *rest > 0) {
            self.told(
                format!("　　另有{rest}处，--format json 列出全部"),
                format!("    and {rest} more: --format json lists all"),
            );
        }
        for (number, name) in said.garbled.iter().take(MOST_MISFITS) {
            let name = brief(name);
            self.told(
                format!("　　文件名乱码，已按摘要认出：第{number}号 {name}"),
                format!("    garbled name, known by its digest: no. {number} {name}"),
            );
        }
    }

    fn misfit(&self, misfit: &Misfit) {
        let Misfit { fault: what, path, was, is } = misfit;
        let (chinese, english) = role(path);
        let (path, was) = (brief(path), brief(was));
        let (fault, fault_en) = fault(*what);
        match what {
            BagFault::Renamed => self.told(
                format!("　　{chinese}　{fault}　{path} → {was}"),
                format!("    {english}  {fault_en}  {path} → {was}"),
            ),
            BagFault::Changed => {
                let (was, is) = (short(&was), short(is));
                self.told(
                    format!("　　{chinese}　{fault}　{path}　应为{was}…，现为{is}…"),
                    format!("    {english}  {fault_en}  {path}  was {was}…, is {is}…"),
                );
            }
            BagFault::NoLine => self.told(
                format!("　　{chinese}　{fault}　{path}　“{was}”"),
                format!("    {english}  {fault_en}  {path}  “{was}”"),
            ),
            _ => self.told(
                format!("　　{chinese}　{fault}　{path}"),
                format!("    {english}  {fault_en}  {path}"),
            ),
        }
    }

    /// Which other figures the releases since the archived program told of.
    fn promised(&self, (now, then): &(String, String), promised: &Promised) {
        let Promised { changed, told, untold } = promised;
        let (mut chinese, mut english) = (
            format!("　　程序{then} → {now}：刊出的数字不同{changed}个"),
            format!("    program {then} → {now}: {changed} printed figures differ"),
        );
        for (promise, count) in told {
            chinese
                .push_str(&format!("；{}（{}，{}）说明{count}个", promise.id, promise.version, promise.what));
            english.push_str(&format!("; {} ({}) explains {count}", promise.id, promise.version));
        }
        if !untold.is_empty() {
            let names: Vec<&str> = untold.iter().take(MOST_FIGURES).map(String::as_str).collect();
            let (count, names) = (untold.len(), names.join("、"));
            chinese.push_str(&format!("；未说明{count}个：{names}"));
            english.push_str(&format!("; {count} not explained: {names}"));
        }
        self.told(format!("{chinese}。"), format!("{english}."));
    }

    /// With this program in place of the archived one only figures are held against each other.
    fn other_program(&self, outcome: &ReplayOutcome, versions: &(String, String)) {
        self.ran(outcome);
        if let Some(promised) = &outcome.promised {
            self.promised(versions, promised);
        }
        if let Some(divergence) = &outcome.divergence {
            self.divergence(divergence);
        }
    }

    fn ran(&self, outcome: &ReplayOutcome) {
        let seconds = format!("{}.{}", outcome.took.as_secs(), outcome.took.subsec_millis() / 100);
        let (alone, alone_en) = if outcome.is_alone {
            ("网络已隔离", "cut off from the network")
        } else {
            (
                "网络未隔离（系统不允许）；程序本身不连网",
                "the network not cut off (the system does not allow it); the program uses none",
            )
        };
        self.told(
            format!("三、重算　{seconds}秒，{alone}，不用时钟和环境变量"),
            format!("3 run again: {seconds} s, {alone_en}, without clock and environment"),
        );
    }

    fn outcome(&self, outcome: &ReplayOutcome) {
        self.ran(outcome);
        if outcome.tables.is_empty() {
            self.told("　　数字　一致", "    figures: the same");
        } else {
            let tables = &outcome.tables;
            self.told(
                format!("　　数字　不一致，不同的表：{}", tables.join("、")),
                format!("    figures: not the same, in {}", tables.join(", ")),
            );
        }
        if let Some(divergence) = &outcome.divergence {
            self.divergence(divergence);
        }
        for one in &outcome.record {
            let cut = |text: &Option<String>| {
                text.as_deref()
                    .map_or_else(|| self.either("没有", "none"), |text| text.chars().take(120).collect())
            };
            let (field, was, is) = (brief(&one.field), cut(&one.was), cut(&one.is));
            self.told(
                format!("　　记录　manifest.json的{field}与重算的不同：{was} → {is}"),
                format!("    record: {field} of manifest.json: {was} → {is}"),
            );
        }
        self.documents(outcome);
    }

    fn documents(&self, outcome: &ReplayOutcome) {
        let names = &outcome.documents;
        if names.is_empty() {
            self.told("　　文件　一致", "    documents: the same");
            return;
        }
        let how = match &outcome.paper {
            None => String::new(),
            Some(Paper::Pages(was, is)) => {
                self.either(format!("；页数不同：{was}页，重算{is}页"), format!("; {was} pages, now {is}"))
            }
            Some(Paper::Line { page, was, is }) => self.either(
                format!("；首处不同在第{page}页：“{was}”，重算“{is}”"),
                format!("; first on page {page}: “{was}”, now “{is}”"),
            ),
            Some(Paper::Looks) => self.either(
                "；文字逐行相同，只是字形、位置或元数据不同",
                "; every line of text is the same, only its look is not",
            ),
            Some(Paper::Unread) => self
                .either("；没有pdftotext或读不出文字，未比较文字", "; no pdftotext, or no text, to compare"),
        };
        self.told(
            format!("　　文件　不一致：{}{how}", names.join("、")),
            format!("    documents: not the same: {}{how}", names.join(", ")),
        );
    }

    fn divergence(&self, divergence: &Divergence) {
        let (printed, count) = (divergence.printed, divergence.origins.len());
        self.told(
            format!("　　　　　刊出的数字和判定变了{printed}个；起点{count}处"),
            format!("          {printed} printed figures and verdicts changed; {count} origins"),
        );
        for origin in divergence.origins.iter().take(MOST_ORIGINS) {
            self.origin(origin);
        }
        if count > MOST_ORIGINS {
            let more = count.saturating_sub(MOST_ORIGINS);
            self.told(format!("　　起点　另有{more}处"), format!("    {more} more origins"));
        }
    }

    fn origin(&self, origin: &OriginStep) {
        let Difference { label, was, is } = &origin.own;
        let is_file = origin.kind == OriginKind::File;
        match (origin.kind, was, is) {
            (OriginKind::Step, ..) => self.told(
                format!("　　起点　起点不是原始记录：{label}。计算不同而来处相同，请报告。归档{}，重算{}", self.or_none(was), self.or_none(is)),
                format!("    origin: {label} is no leaf: the same gives something else; please report it. Was {}, is {}", self.or_none(was), self.or_none(is)),
            ),
            (_, Some(_), None) if is_file => {
                self.told(format!("　　起点　{label}　重算时没有"), format!("    origin: {label}  not there now"));
            }
            (_, None, Some(_)) if is_file => {
                self.told(format!("　　起点　{label}　归档时没有"), format!("    origin: {label}  was not there"));
            }
            _ if is_file => {
                self.told(format!("　　起点　{label}　内容不同"), format!("    origin: {label}  other contents"));
            }
            _ => {
                let begin = if origin.kind == OriginKind::Finding { self.either("审核 ", "finding ") } else { String::new() };
                self.told(
                    format!("　　起点　{begin}{label}　归档{}，重算{}", self.or_none(was), self.or_none(is)),
                    format!("    origin: {begin}{label}  was {}, is {}", self.or_none(was), self.or_none(is)),
                );
            }
        }
        for cell in origin.cells.iter().take(MOST_CELLS) {
            let (label, was, is) = (&cell.label, self.or_none(&cell.was), self.or_none(&cell.is));
            self.told(
                format!("　　　　　{label}　归档{was}，重算{is}"),
                format!("          {label}  was {was}, is {is}"),
            );
        }
        for figure in origin.reaches.iter().take(MOST_FIGURES) {
            let (label, was, is) = (&figure.label, self.or_none(&figure.was), self.or_none(&figure.is));
            self.told(
                format!("　　　　　→ {label}　{was} → {is}"),
                format!("          → {label}  {was} → {is}"),
            );
        }
        let more = origin.reaches.len().saturating_sub(MOST_FIGURES);
        if more > 0 {
            self.told(
                format!("　　　　　→ 另有{more}个刊出的数字"),
                format!("          → {more} more printed figures"),
            );
        }
    }

    fn or_none(&self, text: &Option<String>) -> String {
        text.clone().unwrap_or_else(|| self.either("没有", "none"))
    }

    fn conclusion(&self, said: &Replay, answer: ReplayAnswer) -> String {
        let is_told = !said.misfits.is_empty();
        match answer {
            ReplayAnswer::Yes if said.versions.is_some() => self.either(
                "结论：是。本程序由包内输入算出的数字，与归档的一致，或已在程序的数字变更中说明。",
                "Yes. The figures that this program makes are those of the bag, or its releases told of them.",
            ),
            ReplayAnswer::Figures if said.versions.is_some() => self.either(
                "结论：否。有的数字与归档的不同，而程序的数字变更中没有说明。",
                "No. Figures differ that no release of the program told of.",
            ),
            ReplayAnswer::Yes => self.either(
                "结论：是。由包内输入和程序重算，数字和文件都与归档的一致。",
                "Yes. From the inputs and programs of the bag the same figures and documents come out.",
            ),
            ReplayAnswer::Figures if is_told => self.either(
                "结论：否。数字不一致，原因见第一项和起点。",
                "No. Other figures come out; for why see 1 and the origins.",
            ),
            ReplayAnswer::Figures => self.either(
                "结论：否。数字不一致，而摘要相符：清单是改动后重做的，请核对封面指纹和签名。",
                "No. Other figures come out though all digests fit: the lists were made anew; see the fingerprint of the cover and the signature.",
            ),
            ReplayAnswer::Documents if is_told => self.either(
                "结论：否。数字一致；文件不一致（包也有改动，见第一项）。",
                "No. The same figures, other documents; the bag was altered too, see 1.",
            ),
            ReplayAnswer::Documents => {
                self.either("结论：否。数字一致；文件不一致。", "No. The same figures, other documents.")
            }
            ReplayAnswer::Record => self.either(
                "结论：否。重算一致，但manifest.json所记与重算的不同。",
                "No. The same comes out, but manifest.json says other things.",
            ),
            ReplayAnswer::Bag if said.outcome.is_err() => self.either(
                "结论：否。包不是归档时的样子，也未能重算，见前。",
                "No. The bag is not as it was archived, and nothing could be run again.",
            ),
            ReplayAnswer::Bag if is_told => self.either(
                "结论：否。重算一致，但包不是归档时的样子，见第一项。",
                "No. The same comes out, but the bag is not as it was archived, see 1.",
            ),
            ReplayAnswer::Bag | ReplayAnswer::NotDone => self.either(
                "结论：否。重算一致，但指纹或签名不符：不是那一份，见第二项。",
                "No. The same comes out, but it is not the one that was fingerprinted or signed, see 2.",
            ),
        }
    }
}

fn fault(fault: BagFault) -> (&'static str, &'static str) {
    match fault {
        BagFault::Changed => ("内容改变", "changed"),
        BagFault::Missing => ("缺少", "missing"),
        BagFault::Added => ("多出", "added"),
        BagFault::Renamed => ("改名", "renamed"),
        BagFault::NoList => ("缺清单", "no list"),
        BagFault::NoLine => ("清单有不能核对的行", "a line that cannot be checked"),
        BagFault::Twice => ("清单中列了两次", "listed twice"),
        BagFault::Declaration => ("不是BagIt的声明", "no declaration of a bag"),
        BagFault::Fingerprint => ("指纹不符", "another fingerprint"),
    }
}

fn why_not(why: &NotReplayed) -> String {
    match why {
        NotReplayed::NoRecord => {
            "包内没有可读的data/output/manifest.json (no record of the output)".to_owned()
        }
        NotReplayed::NoPrograms(path) => {
            format!(
                "没有程序“{path}”：用 --program 指定装有duibiao、typst、fonts、templates的文件夹 (no programs: name a folder)"
            )
        }
        NotReplayed::NoRound => "包内没有轮次的round.toml (no round)".to_owned(),
        NotReplayed::Failed(words) => words.clone(),
    }
}
