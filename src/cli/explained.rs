//! What is printed of a figure that was asked for.

use super::args::Format;
use super::render::Printer;
use super::screen::COLUMNS;
use crate::explain::{Explanation, Original, lines};
use crate::finding::Language;
use crate::shown;
use crate::wrapped::wrapped;

impl Printer {
    /// The way of a figure, whether every step gave the same again, and whether the workbooks still hold what was read.
    pub(super) fn explanation(&self, told: &Explanation) {
        if self.format == Format::Json {
            self.json(&told.json);
            return;
        }
        self.line(&told.head);
        lines(&told.ways).iter().for_each(|line| self.line(line));
        let (count, wrong) = &told.again;
        if *count > 0 {
            self.line(&match (self.language, wrong.len()) {
                (Language::Chinese, 0) => format!("验算　{count}步逐步重算，全部一致"),
                (Language::Chinese, bad) => format!("验算　{count}步逐步重算，{bad}步不一致"),
                (Language::English, 0) => format!("done again: {count} steps, all the same"),
                (Language::English, bad) => format!("done again: {count} steps, {bad} differ"),
            });
        }
        wrong.iter().for_each(|id| self.line(&format!("　　{id}")));
        for original in &told.originals {
            let text = self.original(original);
            wrapped(&text, ["", "　　"], COLUMNS).iter().for_each(|line| self.line(line));
        }
    }

    fn original(&self, original: &Original) -> String {
        let path = shown::line(&original.path);
        let cells: Vec<String> = original.cells.iter().map(|(at, text)| format!("{at}“{text}”")).collect();
        let cells = cells.join("、");
        match (self.language, original.is_same) {
            (Language::Chinese, Some(true)) => format!("原件　{path}　SHA-256一致，其中{cells}"),
            (Language::Chinese, Some(false)) => {
                format!("原件　{path}　SHA-256不一致：不是当时读取的文件，当时{cells}")
            }
            (Language::Chinese, None) => format!("原件　{path}　不在，当时{cells}"),
            (Language::English, Some(true)) => format!("original  {path}  same SHA-256, with {cells}"),
            (Language::English, Some(false)) => {
                format!("original  {path}  another SHA-256: not the file that was read, which had {cells}")
            }
            (Language::English, None) => format!("original  {path}  is not there; it had {cells}"),
        }
    }
}
