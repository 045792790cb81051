//! 附件4: the files that went in, with their digests.

use serde::Serialize;

use super::numbers::{Annex, Key};
use super::section::Draft;
use super::table::Table;
use crate::evaluation::InputRole;

/// A file that went in.
#[derive(Debug, Clone, Serialize)]
struct InputRow {
    no: String,
    role: String,
    folder: Option<String>,
    file: String,
    sha256: String,
    sm3: String,
}

/// The annex.
pub(super) const ANNEX: Annex = Annex(4);
/// More cities than this: their workbooks are not listed.
const LISTED: usize = 20;

/// 附件4.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Inputs {
    heading: String,
    text: Option<String>,
    table: Table<InputRow>,
    tool: String,
}

/// In a city's own report: the files that are its own or everybody's, with their numbers in the round's report.
pub(super) fn section(draft: &mut Draft<'_>) -> Option<Inputs> {
    let context = draft.context;
    let own = draft.own_city().map(|city| city.plan.city.as_str());
    let many = context.cities().len() > LISTED;
    let rows = context.evaluation.inputs.iter().zip(1..).filter(|(file, _)| {
        let is_listed = !(many && file.role == InputRole::Workbook);
        is_listed && own.is_none_or(|slug| context.owners.concerns(&file.path, slug))
    });
    let document = draft.document();
    let rows = rows.map(|(file, number)| {
        let (folder, name) = file
            .path
            .rsplit_once('/')
            .map_or((None, file.path.as_str()), |(folder, name)| (Some(format!("{folder}/")), name));
        InputRow {
            no: number.to_string(),
            role: match file.role {
                InputRole::Plan => document.to_owned(),
                role => role.chinese().to_owned(),
            },
            folder,
            file: name.to_owned(),
            sha256: file.digests.sha256.clone(),
            sm3: file.digests.sm3.clone(),
        }
    });
    let note = match own {
        None => {
            "注：依次连接全部输入的SM3摘要值（小写十六进制文字）再取SM3，即封面“输入指纹”。封面“数字指纹”由全部数据表（tables/*.csv，不含signoff.csv）的文件名和SHA-256摘要值取SM3。模板、字体和程序的摘要值见manifest.json。"
        }
        Some(_) => {
            "注：序号与技术卷一致。封面“输入指纹”“数字指纹”按技术卷的全部输入和数据表计算。模板、字体和程序的摘要值见manifest.json。"
        }
    };
    let name = "输入文件与摘要值";
    Some(Inputs {
        heading: ANNEX.heading(name),
        text: many.then(|| {
            let noun = context.terms.places.noun;
            format!("{noun}较多，各单位工作簿的摘要值不印出，见所附manifest.json。")
        }),
        table: Table::new(name)
            .note(note)
            .whole_in("所附manifest.json，次序相同")
            .empty("没有输入文件。")
            .rows(rows.collect())
            .numbered(&mut draft.numbers, Key::only_of(ANNEX, "inputs")),
        tool: context.tool.clone(),
    })
}
