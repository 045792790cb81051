//! What was understood of workbooks, as it is printed: tables, columns, values.

use serde_json::json;

use super::args::Format;
use super::render::{Printer, columns};
use crate::collect::{Layout, Observation};
use crate::evaluation::Evaluation;
use crate::finding::{Language, Object};
use crate::rounding::plain;
use crate::shown;

impl Printer {
    /// Tables, columns and values as they were understood.
    pub(super) fn understood(&self, evaluation: &Evaluation) {
        for city in &evaluation.cities {
            for layout in &city.collected.layouts {
                self.layout(layout);
            }
            for seen in &city.collected.observations {
                self.observation(seen);
            }
            for task in &city.collected.tasks {
                match self.format {
                    Format::Text => {
                        let task_label = Object::from(&task.no).to_string();
                        self.line(&columns(&[&task.at.to_string(), &task_label, task.said()]));
                    }
                    Format::Json => self.json(&json!({ "task": { "file": task.at.file, "sheet": task.at.sheet, "cell": task.at.address(), "no": task.no, "state": task.said() } })),
                }
            }
        }
    }

    fn layout(&self, layout: &Layout) {
        let (first, last) = layout.heads;
        if self.format == Format::Json {
            let columns: Vec<_> = layout
                .columns
                .iter()
                .map(|(column, heading, role)| json!({ "column": column, "heading": heading, "role": role.map_or("", |role| role.chinese()) }))
                .collect();
            let (file, sheet, subject) = (&layout.file, &layout.sheet, layout.subject.chinese());
            let rows: Vec<_> =
                layout.rows.iter().map(|(row, is)| json!({ "row": row, "is": is.chinese() })).collect();
            let table = json!({ "file": file, "sheet": sheet, "subject": subject, "heads": [first, last], "columns": columns, "rows": rows });
            self.json(&json!({ "table": table }));
            return;
        }
        let (subject, heads) = match self.language {
            Language::Chinese => (
                format!("{}表", layout.subject.chinese()),
                if first == last {
                    format!("表头第{first}行")
                } else {
                    format!("表头第{first}—{last}行")
                },
            ),
            Language::English => {
                (format!("table of {}", layout.subject.chinese()), format!("headings in rows {first}–{last}"))
            }
        };
        self.line(&columns(&[&format!("{}[{}]", layout.file, layout.sheet), &subject, &heads]));
        for (column, heading, role) in &layout.columns {
            let unknown = match self.language {
                Language::Chinese => "（不认识，未读取）",
                Language::English => "(not known, not read)",
            };
            let role = role.map_or(unknown, |role| role.chinese());
            self.line(&format!("  {column}  {} → {role}", shown::column(heading)));
        }
    }

    fn observation(&self, seen: &Observation) {
        let value = seen.value.map(plain);
        match self.format {
            Format::Text => {
                let value = value.unwrap_or_else(|| "—".to_owned());
                let vintage = seen.vintage.chinese();
                let read = format!("“{}” {} → {value}", seen.raw, seen.reported_unit);
                let (at, year) = (seen.at.to_string(), seen.year.to_string());
                self.line(&columns(&[&at, seen.no.as_str(), &year, &read, vintage]));
            }
            Format::Json => self.json(&json!({ "value": {
                    "file": seen.at.file,
                    "sheet": seen.at.sheet,
                    "cell": seen.at.address(),
                    "indicator": seen.no,
                    "year": seen.year,
                    "raw": seen.raw,
                    "unit": seen.reported_unit,
                    "value": value,
                    "vintage": seen.vintage.chinese(),
                } })),
        }
    }
}
