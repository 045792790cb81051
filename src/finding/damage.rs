//! What is wrong with a workbook, a sheet or a cell, as a clause.

use super::Language;
use super::Language::{Chinese, English};
use crate::workbook::{Breakage, Damage, Death, Limit, Loss, Unreadable};

/// How much of a text from a damaged cell is quoted, in characters.
const MOST_QUOTED: usize = 40;

fn quoted(text: &str) -> String {
    if text.chars().count() <= MOST_QUOTED {
        text.to_owned()
    } else {
        text.chars().take(MOST_QUOTED).chain(['…']).collect()
    }
}

/// What is wrong with a cell.
pub(super) fn damage(damage: &Damage, language: Language) -> String {
    match (damage, language) {
        (Damage::UnknownReference(name), Chinese) => format!("有不认识的引用{}", quoted(name)),
        (Damage::UnknownReference(name), English) => format!("it has an unknown reference {}", quoted(name)),
        (Damage::NoSuchText(at), Chinese) => format!("文字序号“{}”不存在", quoted(at)),
        (Damage::NoSuchText(at), English) => format!("there is no shared text “{}”", quoted(at)),
        (Damage::NotANumber(text), Chinese) => format!("数值单元格内为“{}”", quoted(text)),
        (Damage::NotANumber(text), English) => format!("“{}” stands in a cell for numbers", quoted(text)),
        (Damage::UnknownType { kind, .. }, Chinese) => format!("单元格类型“{}”不认识", quoted(kind)),
        (Damage::UnknownType { kind, .. }, English) => format!("unknown type of cell “{}”", quoted(kind)),
        (Damage::TooLong { most, .. }, Chinese) => format!("文字超过{most}个字符"),
        (Damage::TooLong { most, .. }, English) => format!("its text has more than {most} characters"),
        (Damage::Malformed(text), Chinese) => format!("单元格的结构不合规定，内为“{}”", quoted(text)),
        (Damage::Malformed(text), English) => {
            format!("the cell has elements that no cell can have; “{}” stands in it", quoted(text))
        }
        (Damage::UnknownFormula, Chinese) => "公式的记录类型不认识".to_owned(),
        (Damage::UnknownFormula, English) => "a formula in an unknown form".to_owned(),
        (Damage::TwoContents(one, other), Chinese) => {
            format!("同一地址有两个内容：“{}”和“{}”", quoted(one), quoted(other))
        }
        (Damage::TwoContents(one, other), English) => {
            format!("two contents at one address, “{}” and “{}”", quoted(one), quoted(other))
        }
    }
}

fn breakage(breakage: &Breakage, language: Language) -> &str {
    match (breakage, language) {
        (Breakage::Incomplete, Chinese) => "内容不完整",
        (Breakage::Incomplete, English) => "it ends too early",
        (Breakage::Names, Chinese) => "压缩包内的文件名不是文字",
        (Breakage::Names, English) => "names in the archive are no text",
        (Breakage::Checksum, Chinese) => "校验和不符，内容已改变",
        (Breakage::Checksum, English) => "its checksum is wrong: its content has changed",
        (Breakage::Told(error), _) => error,
    }
}

/// What could not be read of a sheet.
pub(super) fn loss(loss: &Loss, language: Language) -> String {
    match (loss, language) {
        (Loss::Sheet(error), Chinese) => format!("工作表不能读取（{error}）"),
        (Loss::Sheet(error), English) => format!("the sheet cannot be read ({error})"),
        (Loss::NoContent, Chinese) => "工作表的内容缺失".to_owned(),
        (Loss::NoContent, English) => "the content of the sheet is missing".to_owned(),
        (Loss::Checksum, Chinese) => "工作表的校验和不符，内容已改变，整张未采用".to_owned(),
        (Loss::Checksum, English) => {
            "the checksum of the sheet is wrong: its content has changed, nothing of it is used".to_owned()
        }
        (Loss::Rest(why), Chinese) => {
            format!("工作表在此后损坏，其余未读取（{}）", breakage(why, language))
        }
        (Loss::Rest(why), English) => {
            format!(
                "the sheet is damaged behind this cell, the rest was not read ({})",
                breakage(why, language)
            )
        }
        (Loss::Styles, Chinese) => "样式损坏，百分比、日期等格式可能未读取".to_owned(),
        (Loss::Styles, English) => {
            "styles are damaged; formats such as percent and dates may not have been read".to_owned()
        }
        (Loss::Name(most), Chinese) => format!("工作表名称超过{most}个字符，只保留开头"),
        (Loss::Name(most), English) => {
            format!("the name of the sheet has more than {most} characters; its beginning is kept")
        }
        (Loss::RowNumber(named), Chinese) => format!("行号“{named}”超出表格范围"),
        (Loss::RowNumber(named), English) => format!("the row number “{named}” lies beyond the sheet"),
        (Loss::Cell(named), Chinese) => format!("单元格地址“{named}”超出表格范围，该格未读取"),
        (Loss::Cell(named), English) => {
            format!("the address “{named}” lies beyond the sheet; the cell was not read")
        }
    }
}

/// The limit that is exceeded.
pub fn limit(limit: &Limit, language: Language) -> String {
    match (limit, language) {
        (Limit::File(mib), Chinese) => format!("文件超过{mib} MiB"),
        (Limit::File(mib), English) => format!("the file has more than {mib} MiB"),
        (Limit::Parts(most), Chinese) => format!("压缩包内文件超过{most}个"),
        (Limit::Parts(most), English) => format!("more than {most} files in the archive"),
        (Limit::Unpacked(mib), Chinese) => format!("展开后超过{mib} MiB"),
        (Limit::Unpacked(mib), English) => format!("more than {mib} MiB when unpacked"),
        (Limit::Text(kib), Chinese) => format!("文字超过{kib} KiB"),
        (Limit::Text(kib), English) => format!("more than {kib} KiB of text"),
        (Limit::Texts { count, mib }, Chinese) => format!("共用文字超过{count}条或{mib} MiB"),
        (Limit::Texts { count, mib }, English) => {
            format!("more than {count} shared texts, or {mib} MiB of them")
        }
        (Limit::Cells { sheet: None, most }, Chinese) => format!("单元格超过{most}个"),
        (Limit::Cells { sheet: None, most }, English) => format!("more than {most} cells"),
        (Limit::Cells { sheet: Some(sheet), most }, Chinese) => {
            format!("工作表“{sheet}”的单元格超过{most}个")
        }
        (Limit::Cells { sheet: Some(sheet), most }, English) => {
            format!("more than {most} cells, in the sheet “{sheet}”")
        }
        (Limit::Visited { sheet, most }, Chinese) => {
            format!("工作表“{sheet}”的单元格（含空格）超过{most}个")
        }
        (Limit::Visited { sheet, most }, English) => {
            format!("more than {most} cells, empty ones among them, in the sheet “{sheet}”")
        }
        (Limit::Rules { sheet, most }, Chinese) => {
            format!("工作表“{sheet}”的条件格式涉及的单元格超过{most}个")
        }
        (Limit::Rules { sheet, most }, English) => {
            format!("the conditional formats of the sheet “{sheet}” are for more than {most} cells")
        }
        (Limit::Merges { sheet, most }, Chinese) => format!("工作表“{sheet}”的合并单元格超过{most}处"),
        (Limit::Merges { sheet, most }, English) => {
            format!("more than {most} merged areas in the sheet “{sheet}”")
        }
    }
}

/// Why a file is no workbook that can be read.
pub(super) fn unreadable(unreadable: &Unreadable, language: Language) -> String {
    match (unreadable, language) {
        (Unreadable::Broken(why), Chinese) => format!("文件损坏或不完整（{}）", breakage(why, language)),
        (Unreadable::Broken(why), English) => format!("damaged or incomplete ({})", breakage(why, language)),
        (Unreadable::SameName(name), Chinese) => {
            format!("压缩包内有两个同名文件（{name}），不能确定用哪一个")
        }
        (Unreadable::SameName(name), English) => {
            format!("two files in the archive have the same name ({name}); which one counts cannot be told")
        }
        (Unreadable::Ambiguous(name), Chinese) => format!("文件内有两个“{name}”，不能确定用哪一个"),
        (Unreadable::Ambiguous(name), English) => {
            format!("there are two “{name}” in the file; which one counts cannot be told")
        }
        (Unreadable::Panicked, Chinese) => "文件损坏，读取程序不能解析".to_owned(),
        (Unreadable::Panicked, English) => "damaged; the reader gives up".to_owned(),
    }
}

/// How the reading process ended.
pub fn death(death: &Death, language: Language) -> String {
    match (death, language) {
        (Death::Broken(error), Chinese) => format!("读取进程中断（{error}）"),
        (Death::Broken(error), English) => format!("the reading process was interrupted: {error}"),
        (Death::HalfAnswer, Chinese) => "读取进程的回答不完整".to_owned(),
        (Death::HalfAnswer, English) => "the answer of the reading process is not whole".to_owned(),
        (Death::TooSlow(seconds), Chinese) => format!("超过{seconds}秒未完成"),
        (Death::TooSlow(seconds), English) => format!("not done after {seconds} seconds"),
        (Death::Killed(mib), Chinese) => format!("读取进程中断（内存超过{mib} MiB或文件损坏）"),
        (Death::Killed(mib), English) => {
            format!("the reading process died: more than {mib} MiB of memory, or a damaged file")
        }
    }
}
