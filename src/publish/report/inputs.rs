//! 附件4: the files that went in, with their digests.

use serde::Serialize;

use super::context::Context;
use super::table::{Annex, Table};
use super::values::or_dash;

/// A file that went in.
#[derive(Debug, Clone, Serialize)]
pub(super) struct InputRow {
    pub(super) no: String,
    pub(super) role: String,
    pub(super) folder: Option<String>,
    pub(super) file: String,
    pub(super) sha256: String,
    pub(super) sm3: String,
}

pub(super) fn inputs(context: &Context<'_>) -> Annex<InputRow> {
    inputs_of(context, |_| true)
}

pub(super) fn inputs_of(context: &Context<'_>, keep: impl Fn(&str) -> bool) -> Annex<InputRow> {
    let many = context.cities().len() > 20;
    let rows = context
        .evaluation
        .inputs
        .iter()
        .zip(1..)
        .filter(|(file, _)| !(many && file.role == "报表") && keep(&file.path));
    let rows: Vec<InputRow> = rows
        .map(|(file, number)| {
            let (folder, name) = file
                .path
                .rsplit_once('/')
                .map_or((None, file.path.as_str()), |(folder, name)| (Some(format!("{folder}/")), name));
            InputRow {
                no: number.to_string(),
                role: or_dash(file.role),
                folder,
                file: name.to_owned(),
                sha256: file.digests.sha256.clone(),
                sm3: file.digests.sm3.clone(),
            }
        })
        .collect();
    Annex {
        heading: "附件4　输入文件与摘要值".to_owned(),
        text: many.then(|| "城市较多，各单位工作簿的摘要值不印出，见所附manifest.json。".to_owned()),
        table: Table::new("附表4", "输入文件与摘要值")
            .note("注：依次连接全部输入的SM3摘要值（小写十六进制文字）再取SM3，即封面“输入指纹”。模板、字体和程序的摘要值见manifest.json。")
            .empty("没有输入文件。")
            .rows(rows),
    }
}
