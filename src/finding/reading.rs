//! What keeps a file, a sheet or a cell from being read.

use super::kinds::kinds;
use super::lists::{in_chinese, in_english};
use super::{Language, Severity, UnshownCharacter, damage};
use crate::files::Document;
use crate::workbook::{Damage, Death, Limit, Loss, Unreadable};

kinds! {
    /// What keeps a file, a sheet or a cell from being read.
    ReadingProblem {
        /// R101: the reader crashed, hung or exceeded its limits.
        ReaderFailed {
            /// What happened.
            how: Death,
        } = "R101", Severity::Error, "读取中断";
            chinese: format!("读取工作簿时{}，本工作簿未采用，其他工作簿不受影响", damage::death(how, Language::Chinese));
            remedy: "用Excel或WPS打开后另存为.xlsx，重新报送";
            english: format!("reading failed ({}); this workbook is not used, the others are unaffected", damage::death(how, Language::English));
            remedy: "open it in Excel or WPS, save as .xlsx without a password, send again";

        /// R102: not a workbook, or damaged beyond opening.
        NotAWorkbook {
            /// The reader's reason.
            reason: Unreadable,
        } = "R102", Severity::Error, "不能打开";
            chinese: format!("不能作为工作簿打开：{}", damage::unreadable(reason, Language::Chinese));
            remedy: "用Excel或WPS另存为.xlsx，重新报送";
            english: format!("cannot be opened as a workbook: {}", damage::unreadable(reason, Language::English));
            remedy: "open it in Excel or WPS, save as .xlsx without a password, send again";

        /// R102: another document than a workbook.
        OtherDocument {
            /// What it is.
            document: Document,
        } = "R102", Severity::Error, "不能打开";
            chinese: format!("不能作为工作簿打开：{}", document.chinese());
            remedy: document.remedy_chinese();
            english: format!("not a workbook: {}", document.english());
            remedy: document.remedy_english();

        /// R104: the workbook was saved by an unusual program.
        OtherProgram {
            /// The program as it names itself.
            program: String,
        } = "R104", Severity::Note, "保存软件";
            chinese: format!("工作簿由{program}保存");
            remedy: "无须处理；如数值有疑，用Excel或WPS重新保存";
            english: format!("saved by {program}");
            remedy: "nothing to do";

        /// R105: a formula has no stored result.
        FormulaWithoutResult = "R105", Severity::Error, "公式无结果";
            chinese: "单元格是公式，但没有保存计算结果";
            remedy: "用Excel或WPS打开并保存一次，或改填数值";
            english: "the cell is a formula without a stored result";
            remedy: "open and save once in Excel or WPS, or enter the value";

        /// R106: the workbook is encrypted, if only with the password that Excel itself sets.
        Encrypted = "R106", Severity::Error, "工作簿加密";
            chinese: "工作簿已加密。Excel打开时不问密码的也可能是加密的：设过“保护工作簿”或“建议只读”的.xls会用Excel的默认密码加密";
            remedy: "取消打开密码和工作簿保护，另存为.xlsx，重新报送";
            english: "the workbook is encrypted; one that opens without asking may be, too: Excel encrypts protected .xls with a default password";
            remedy: "remove password and protection, save as .xlsx, send again";

        /// R107: a limit on size is exceeded.
        LimitExceeded {
            /// Which.
            limit: Limit,
        } = "R107", Severity::Error, "超出限度";
            chinese: format!("{}，本工作簿未采用", damage::limit(limit, Language::Chinese));
            remedy: "删去多余的行列、格式和图片，另存为.xlsx；确需放宽的在round.toml的[limits]中设定";
            english: format!("a limit is exceeded ({}); this workbook is not used", damage::limit(limit, Language::English));
            remedy: "delete surplus rows, columns, formats and pictures and save as .xlsx; limits can be widened under [limits] in round.toml";

        /// R108: a cell is damaged; the others count.
        DamagedCell {
            /// What is wrong with it.
            reason: Damage,
        } = "R108", Severity::Error, "单元格损坏";
            chinese: format!("单元格损坏：{}，该格未采用，其他单元格不受影响", damage::damage(reason, Language::Chinese));
            remedy: "在该格重新输入";
            english: format!("the cell is damaged ({}); it is not used, the others are", damage::damage(reason, Language::English));
            remedy: "enter the value anew";

        /// R109: part of a sheet could not be read.
        SheetDamaged {
            /// What could not be read.
            what: Loss,
        } = "R109", Severity::Error, "工作表受损";
            chinese: damage::loss(what, Language::Chinese);
            remedy: "用Excel或WPS打开后另存为.xlsx，核对数据，重新报送";
            english: format!("part of the sheet cannot be read: {}", damage::loss(what, Language::English));
            remedy: "open it in Excel or WPS, save as .xlsx, compare the figures, send again";

        /// R110: a value comes from another workbook.
        ExternalValue {
            /// Raw text.
            raw: String,
        } = "R110", Severity::Warning, "引用外部";
            chinese: format!("“{raw}”是引用其他工作簿的公式结果，可能不是最新");
            remedy: "核对后改填数值";
            english: format!("“{raw}” is the stored result of a formula on another workbook and may be stale");
            remedy: "check it and enter the value itself";

        /// R111: a picture stands where a value should.
        PictureCell = "R111", Severity::Error, "单元格图片";
            chinese: "单元格内是图片，没有可读取的数值";
            remedy: "改填数值，图片列入佐证";
            english: "a picture stands in the cell, not a value";
            remedy: "enter the value; list the picture as evidence";

        /// R112: formulas look into other workbooks; which cells do is not known.
        LinkedWorkbook = "R112", Severity::Note, "外部链接";
            chinese: "工作簿含有对其他工作簿的链接，引用的数值可能不是最新";
            remedy: "核对引用的数值；下次报送请改填数值";
            english: "the workbook links to other workbooks; values may be stale";
            remedy: "check the linked values; enter values themselves next time";

        /// R113: characters that no font shows; the report has 〓 in their place.
        NotPrintable {
            /// The first of them.
            characters: Vec<UnshownCharacter>,
            /// Number of cells; none when they stand in the name of the file.
            cells: usize,
        } = "R113", Severity::Note, "印不出的字";
            chinese: in_chinese::not_printable(characters, *cells);
            remedy: "改用普通文字或标点重新输入（项目符号可改为“1.”或“·”）；生僻字请统计局安装含该字的字体";
            english: in_english::not_printable(characters, *cells);
            remedy: "type plain words or punctuation instead; for a rare character install a font that has it";

        /// R116: security software of the sender's office has encrypted the file as a whole.
        Wrapped = "R116", Severity::Error, "安全软件加密";
            chinese: "文件被办公安全软件（文档加密系统）整体加密，只有装有该软件的电脑能打开，本工作簿未采用";
            remedy: "请填报单位在安全软件中解密（外发审批）后重新报送，另存为无效";
            english: "encrypted as a whole by office security software, which alone can open it; not used";
            remedy: "have the unit decrypt it with that software and send it again; saving it anew does not help";

        /// R117: an archive, which is not unpacked.
        Archive {
            /// `ZIP`, `RAR`, `7z`.
            kind: String,
            /// Names of the workbooks in it, as far as they can be told.
            inside: Vec<String>,
        } = "R117", Severity::Error, "压缩包";
            chinese: if inside.is_empty() { format!("文件是压缩包（{kind}），不自动解压，其中的文件未读取") } else { format!("文件是压缩包（{kind}），其中有工作簿{}，不自动解压，未读取", in_chinese::few(inside)) };
            remedy: "解压后把其中的工作簿放入submissions文件夹";
            english: if inside.is_empty() { format!("an archive ({kind}), which is not unpacked; nothing in it was read") } else { format!("an archive ({kind}) with the workbooks {}, which were not read", in_english::few(inside)) };
            remedy: "unpack it and put its workbooks into the folder submissions";

        /// R118: the file is there and cannot be read: closed to this user, gone or changed meanwhile, no plain file.
        Unreadable {
            /// The system's reason.
            why: String,
        } = "R118", Severity::Error, "不能读取";
            chinese: format!("文件不能读取：{why}，未采用，其他文件不受影响");
            remedy: "检查文件的读取权限，确认没有人正在改动它，过大的压缩或分开，然后重新运行";
            english: format!("the file cannot be read: {why}; it is not used, the others are unaffected");
            remedy: "let it be read, let nobody work on it, compress or divide what is too long, run again";

        /// R119: not waited for, since other workbooks of the same sender took all their time.
        PutOff {
            /// How many did.
            hung: usize,
            /// How long it was tried, in seconds; zero when it was not.
            seconds: u64,
        } = "R119", Severity::Error, "不再等候";
            chinese: { let tried = if *seconds == 0 { "未再读取".to_owned() } else { format!("读取{seconds}秒未完成，不再等候") };
                format!("同一单位（或文件名未写明单位）已有{hung}份工作簿用尽读取时限，本工作簿{tried}，未采用，其他单位不受影响") };
            remedy: "移出读取中断（R101）的工作簿后重新运行；本工作簿用Excel或WPS另存为.xlsx";
            english: { let tried = if *seconds == 0 { "is not read".to_owned() } else { format!("did not end within {seconds} seconds and is not waited for") };
                format!("{hung} workbooks of the same unit (or whose file names name none) took all the time there is; this one {tried} and is not used; other units are unaffected") };
            remedy: "remove the workbooks of which the reading broke off (R101) and run again; save this one as .xlsx in Excel or WPS";
    }
}
