//! Names of what a score depends on, and the title of a round that is mixed of two.

use std::collections::BTreeSet;

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
