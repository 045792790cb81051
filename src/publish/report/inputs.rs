//! 附件7: the files that went in, with the first digits of their digests; all digits are in the manifest.

use serde::Serialize;

use super::cells;
use super::numbers::{Annex, Key};
use super::section::Draft;
use super::table::Table;
use crate::evaluation::{InputFile, InputRole};

/// A file that went in.
#[derive(Debug, Clone, Serialize)]
struct InputRow {
    no: String,
    role: String,
    file: String,
    /// The first eight digits of its SM3 digest.
    digest: String,
}

/// The annex.
pub(super) const ANNEX: Annex = Annex(7);
/// So many digits of a digest tell a file from others.
const DIGITS: usize = 8;

/// 附件7.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Inputs {
    heading: String,
    text: String,
    table: Table<InputRow>,
    tool: String,
}

/// In a city's own report the files that are its own or everybody's, in the volume of many cities those that are everybody's, with their numbers
/// among all.
pub(super) fn section(draft: &mut Draft<'_>) -> Option<Inputs> {
    let context = draft.context;
    let owners = &context.owners;
    let own = draft.own_city();
    let is_of_many = draft.is_of_many();
    let slugs = context.cities().iter().map(|city| city.plan.city.as_str());
    let is_listed = |file: &InputFile| match own {
        Some(city) => owners.concerns(&file.path, city.plan.city.as_str()),
        None => !is_of_many || slugs.clone().all(|slug| owners.concerns(&file.path, slug)),
    };
    let rows = context.evaluation.inputs.iter().zip(1..).filter(|(file, _)| is_listed(file));
    let document = draft.document();
    let rows = rows.map(|(file, number)| InputRow {
        no: number.to_string(),
        role: match file.role {
            InputRole::Plan => document.to_owned(),
            role => role.chinese().to_owned(),
        },
        file: file.path.clone(),
        digest: file.digests.sm3.chars().take(DIGITS).collect(),
    });
    let rows: Vec<InputRow> = rows.collect();
    let elsewhere = match is_of_many {
        true => format!("各{}的文件见其分册附件7。", context.terms.places.noun),
        false => String::new(),
    };
    let name = "输入文件和摘要";
    let note = match own {
        Some(_) => {
            "注：摘要为SM3前八位，全文见所附manifest.json。“本册输入指纹”由所列输入的SM3摘要值（小写十六进制文字）依次连接再取SM3，“本册数字指纹”由所附results.xlsx、lineage.csv依次每件一行（文件名、NUL、SHA-256摘要值的小写十六进制文字、换行）连成的文字取SM3。"
        }
        None => {
            "注：摘要为SM3前八位，全文及SHA-256、模板、字体和程序的摘要见所附manifest.json。“输入指纹”由全部输入的SM3摘要值（小写十六进制文字）依次连接再取SM3，“数字指纹”由全部数据表（tables/*.csv，不含signoff.csv）按路径排序、每表一行（路径、NUL、SHA-256摘要值的小写十六进制文字、换行）连成的文字取SM3。"
        }
    };
    Some(Inputs {
        heading: ANNEX.heading(name),
        text: format!("{}{elsewhere}", cells::cells_text(context, own)),
        table: Table::new(name)
            .note(note)
            .whole_in("所附manifest.json，次序相同")
            .empty("没有输入文件。")
            .rows(rows)
            .numbered(&mut draft.numbers, Key::only_of(ANNEX, "inputs")),
        tool: context.tool.clone(),
    })
}
