//! What is printed of an output that was archived.

use serde_json::json;

use super::args::Format;
use super::render::Printer;
use crate::archive::{ArchiveOrder, Archived};
use crate::finding::Language;
use crate::shown;

impl Printer {
    /// Where the bag is, what is in it, and the fingerprint that is to be kept elsewhere.
    pub(super) fn archived(&self, order: &ArchiveOrder, archived: &Archived) {
        let Archived { files, bytes, figures, renamed } = archived;
        if self.format == Format::Json {
            let to = order.to.display().to_string();
            self.json(&json!({ "bag": to, "files": files, "bytes": bytes, "figures": figures }));
            return;
        }
        let to = shown::path(&order.to);
        let with = order.programs.is_some();
        self.line(&match (self.language, with) {
            (Language::Chinese, true) => format!("已归档　{to}　{files}个文件，{bytes}字节，含程序和字体"),
            (Language::Chinese, false) => {
                format!("已归档　{to}　{files}个文件，{bytes}字节，程序和字体只记摘要")
            }
            (Language::English, true) => {
                format!("archived  {to}  {files} files, {bytes} bytes, with programs and fonts")
            }
            (Language::English, false) => {
                format!("archived  {to}  {files} files, {bytes} bytes, programs and fonts by digest")
            }
        });
        for (path, number) in renamed {
            let path = shown::line(path);
            self.line(&match self.language {
                Language::Chinese => format!("　　第{number}号改存为~{number:04}，原名见names.tsv：{path}"),
                Language::English => {
                    format!("    no. {number} is stored as ~{number:04}; names.tsv has its name: {path}")
                }
            });
        }
        self.line(&match self.language {
            Language::Chinese => format!("数字指纹　{figures}　请另行抄存"),
            Language::English => format!("fingerprint of the figures  {figures}  keep it elsewhere"),
        });
        for tar in order.tar.iter().chain(&order.zip) {
            let tar = shown::path(tar);
            self.line(&match self.language {
                Language::Chinese => format!("另成　{tar}"),
                Language::English => format!("as one file  {tar}"),
            });
        }
    }
}
