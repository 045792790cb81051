//! Names of what a score depends on, and the title of a round that is mixed of two.

use std::collections::BTreeSet;

use crate::assess::State;
use crate::finding::Language;
use crate::plan::{LinkCause, Round};

/// What a link of the chain is called.
pub fn link_name(cause: LinkCause, language: Language) -> &'static str {
    let (chinese, english) = match cause {
        LinkCause::Program => ("程序", "program"),
        LinkCause::Catalogue => ("目录", "catalogue"),
        LinkCause::Method => ("方法和参数", "method and parameters"),
        LinkCause::Weights => ("权重", "weights"),
        LinkCause::Targets => ("目标", "targets"),
        LinkCause::Decisions => ("人工决定和豁免", "decisions and waivers"),
        LinkCause::Coverage => ("可评范围", "what can be judged"),
        LinkCause::Actuals => ("实绩", "actual values"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// The last line of the title of a mixture: no one may take it for the report of a round.
pub fn mixture_title(before: &Round, after: &Round, taken: &BTreeSet<LinkCause>) -> String {
    let names: Vec<&str> = taken.iter().map(|cause| link_name(*cause, Language::Chinese)).collect();
    let (one, other) = (before.year(), after.year());
    if names.is_empty() {
        return format!("（推演：{one}年改前，不是正式报告）");
    }
    format!("（推演：{}取{other}年改后，其余取{one}年改前，不是正式报告）", names.join("、"))
}

/// What stands beside the inputs of links.
pub fn links_readme(folders: &[(LinkCause, String)]) -> String {
    let mut text = String::from(
        "连环替代的各环。A为改前、B为改后的全部输入；各环的round.toml写明哪些取自B。\n逐环计算：duibiao run <本文件夹>/<环>；归档：duibiao archive，--input 为本文件夹。\n\nThe links of a chain of substitutions. A and B hold the inputs of both outputs; round.toml of each link says what is taken from B.\n\n",
    );
    for (cause, folder) in folders {
        let (name, english) = (link_name(*cause, Language::Chinese), link_name(*cause, Language::English));
        text.push_str(&format!("{folder}　{name} {english}\n"));
    }
    text
}

/// The mark of a verdict on a terminal: ★ ● ◐ ○ …; the report's templates set the same.
pub fn state_mark(state: State) -> &'static str {
    match state {
        State::Exceeded => "★",
        State::Met => "●",
        State::OnSchedule => "◆",
        State::BehindSchedule => "◇",
        State::Nearly => "◐",
        State::Missed => "○",
        State::Lagged => "△",
        State::InDoubt => "？",
        State::NotReported => "—",
        State::NotAssessable => "／",
    }
}
