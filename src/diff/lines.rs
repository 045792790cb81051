//! What a comparison tells on a terminal, line by line.

use super::index_words;
use super::told::Teller;
use super::{Diff, DiffEnd};
use crate::finding::Language;
use crate::mixture::Which;

impl Diff {
    /// What is told on a terminal, line by line.
    pub fn lines(&self, language: Language) -> Vec<String> {
        let teller = Teller { language };
        let name = |end: &DiffEnd| {
            let figures: String = end.figures.chars().take(16).collect();
            teller.say(
                format!("{}（数字指纹{figures}…）", end.name),
                format!("{} (figures {figures}…)", end.name),
            )
        };
        let mut lines = vec![teller.say(
            format!("比较　{} → {}", name(&self.before), name(&self.after)),
            format!("diff  {} → {}", name(&self.before), name(&self.after)),
        )];
        if self.is_none() {
            lines.push(teller.say("没有不同", "no difference"));
            if !self.tables.is_empty() {
                let names = self.tables.join(&teller.say("、", ", "));
                lines.push(teller.say(
                    format!("刊出的数字都相同；表有不同：{names}"),
                    format!("all printed figures are the same; tables that differ: {names}"),
                ));
            }
            lines.extend(teller.inputs(self));
            return lines;
        }
        for (which, name) in &self.alone {
            lines.push(match which {
                Which::Before => teller.say(format!("{name}　只在改前"), format!("{name}  only before")),
                Which::After => teller.say(format!("{name}　只在改后"), format!("{name}  only after")),
            });
        }
        if self.catalogue_is_tied {
            lines.push(teller.say(
                "两边的方案不能用对方的目录读取，目录的影响并入目标",
                "the plans cannot be read with each other's catalogue: its part counts with the targets",
            ));
        }
        lines.extend(self.cities.iter().flat_map(|city| teller.city(self, city)));
        lines.extend(self.index.iter().flat_map(|index| index_words::lines(&teller, index)));
        lines.extend(teller.figures(self));
        lines.extend(teller.inputs(self));
        if !self.links.is_empty() {
            let folders: Vec<&str> = self.links.iter().map(|(_, folder)| folder.as_str()).collect();
            let folders = folders.join(&teller.say("、", ", "));
            lines.push(
                teller.say(format!("各环的输入：{folders}"), format!("inputs of the links: {folders}")),
            );
        }
        for one in self.unexplained() {
            lines.push(teller.say(
                format!("起点不是原始记录：{}。来处相同而数字不同，请报告。", one.id),
                format!(
                    "no origin: {} differs while nothing that it rests on does; please report it",
                    one.id
                ),
            ));
        }
        lines
    }
}
