//! What a file is that is no workbook, and what to do about it.

use crate::files::Document;

impl Document {
    /// What it is, in Chinese words.
    pub(super) fn chinese(self) -> &'static str {
        match self {
            Self::Empty => "文件为空，长度为0",
            Self::Zeros => "文件内容全是0，多半是拷贝或传输中断",
            Self::Html => "内容是网页（HTML），不是Excel工作簿",
            Self::Mhtml => "内容是单个文件的网页（MHTML），不是Excel工作簿",
            Self::Csv => "内容是文本（CSV），不是Excel工作簿",
            Self::Text => "内容是纯文本，不是Excel工作簿",
            Self::XmlTable => "内容是XML表格2003，不是.xlsx工作簿",
            Self::Excel4 => "内容是Excel 4.0或更早的格式",
            Self::Pdf => "内容是PDF，不是Excel工作簿",
            Self::Ofd => "内容是OFD版式文件，不是Excel工作簿",
            Self::Words => "内容是文字文档（Word、WPS文字），不是Excel工作簿",
            Self::Slides => "内容是演示文稿，不是Excel工作簿",
            Self::Picture => "内容是图片，不是Excel工作簿",
            Self::Mail => "内容是邮件，不是Excel工作簿",
            Self::Program => "内容是程序，不是Excel工作簿",
            Self::Unknown => {
                "内容不是Excel工作簿，也不是常见的其他格式；本单位电脑能打开而别处不能的，多半是被安全软件加密了"
            }
        }
    }

    /// What it is, in English words.
    pub(super) fn english(self) -> &'static str {
        match self {
            Self::Empty => "the file is empty",
            Self::Zeros => "the file holds nothing but zeros: it was probably cut off while copied",
            Self::Html => "it is a web page (HTML)",
            Self::Mhtml => "it is a web page in one file (MHTML)",
            Self::Csv => "it is text (CSV)",
            Self::Text => "it is plain text",
            Self::XmlTable => "it is an XML table 2003",
            Self::Excel4 => "it has the format of Excel 4 or earlier",
            Self::Pdf => "it is a PDF",
            Self::Ofd => "it is an OFD document",
            Self::Words => "it is a document of a word processor",
            Self::Slides => "it is a presentation",
            Self::Picture => "it is a picture",
            Self::Mail => "it is a message",
            Self::Program => "it is a program",
            Self::Unknown => {
                "it is no workbook and nothing else that is known; if it opens on its sender's computer only, security software has encrypted it"
            }
        }
    }

    /// What to do about it, in Chinese.
    pub(super) fn remedy_chinese(self) -> &'static str {
        match self {
            Self::Empty | Self::Zeros => "请填报单位重新导出并报送，传输后核对文件大小",
            Self::Html | Self::Mhtml | Self::Csv | Self::XmlTable | Self::Excel4 => {
                "用Excel或WPS打开后另存为.xlsx，重新报送"
            }
            Self::Pdf | Self::Ofd | Self::Picture => {
                "请报送填好的Excel工作簿（.xlsx）原件；盖章扫描件放入evidence文件夹，作为佐证"
            }
            Self::Text | Self::Words | Self::Slides => {
                "把数据填入下发的报表，存为.xlsx报送；说明材料放入evidence文件夹"
            }
            Self::Mail => "取出邮件的附件，把其中的工作簿放入submissions文件夹",
            Self::Program => "不要运行；移出submissions文件夹，请填报单位报送.xlsx",
            Self::Unknown => "请填报单位解密后另存为.xlsx，重新报送",
        }
    }

    /// What to do about it, in English.
    pub(super) fn remedy_english(self) -> &'static str {
        match self {
            Self::Empty | Self::Zeros => "export and send it again, and compare the file sizes",
            Self::Html | Self::Mhtml | Self::Csv | Self::XmlTable | Self::Excel4 => {
                "open it in Excel or WPS, save as .xlsx, send again"
            }
            Self::Pdf | Self::Ofd | Self::Picture => {
                "send the workbook (.xlsx) itself; put the stamped copy into the folder evidence"
            }
            Self::Text | Self::Words | Self::Slides => {
                "fill the figures into the form and send it as .xlsx; put explanations into the folder evidence"
            }
            Self::Mail => "take the workbook out of the message and put it into the folder submissions",
            Self::Program => "do not run it; remove it, and have the unit send an .xlsx",
            Self::Unknown => "have it decrypted, saved as .xlsx and sent again",
        }
    }
}
