//! Who has reported, on the terminal: counts by city, then the units that have something to do, under what is to be said of them.

use super::args::Format;
use super::render::Printer;
use crate::finding::Language;
use crate::shown;
use crate::status::{CityStatus, ReportState, ReportingStatus, StatusCounts, UnitStatus};

impl Printer {
    /// The status; `output` is where its files were written.
    pub(super) fn status(&self, status: &ReportingStatus, output: Option<&std::path::Path>) {
        if self.format == Format::Json {
            self.json(&status.json());
            return;
        }
        let language = self.language;
        let ReportingStatus { period, as_of, deadline, .. } = status;
        let mark = if status.illustrative {
            language.of("  示例数据（虚构）", "  invented sample data")
        } else {
            ""
        };
        self.prose(&match language {
            Language::Chinese => format!("{period}  报送期限{deadline}  截至{as_of}{mark}"),
            Language::English => format!("{period}  deadline {deadline}  as of {as_of}{mark}"),
        });
        for city in &status.cities {
            let counts: Vec<String> = StatusCounts::of(&city.units)
                .told(language)
                .into_iter()
                .map(|(label, value)| format!("{label}{}{value}", language.of("", " ")))
                .collect();
            self.prose(&format!("{}  {}", city.name, counts.join("  ")));
        }
        for state in ReportState::ALL.into_iter().filter(|state| *state != ReportState::Passed) {
            let mut of_state = status.units().filter(|(_, unit)| unit.state == state).peekable();
            if of_state.peek().is_some() {
                self.line("");
                self.prose(state.words(language));
            }
            for (city, unit) in of_state {
                self.prose(&of_unit(status, city, unit, language));
            }
        }
        for city in status.cities.iter().filter(|city| !city.unclaimed.is_empty()) {
            let files: Vec<String> = city.unclaimed.iter().map(|file| shown::line(file)).collect();
            self.line("");
            self.prose(language.of("分不出填报单位的报表", "workbooks whose sender is not known"));
            self.prose(&format!("  {}  {}", city.name, files.join("  ")));
        }
        self.line("");
        self.prose(&next(status, output, language));
    }
}

fn of_unit(status: &ReportingStatus, city: &CityStatus, unit: &UnitStatus, language: Language) -> String {
    let (name, when, todo) = (&unit.unit, unit.punctuality(status, language), unit.to_do(language));
    let told = if todo.is_empty() { String::new() } else { format!("  {todo}") };
    format!("  {} {name}  {when}{told}", city.name)
}

/// What was written, or how it is.
fn next(status: &ReportingStatus, output: Option<&std::path::Path>, language: Language) -> String {
    let (round, as_of) = (&status.round, status.as_of);
    match (output.map(shown::path), language) {
        (Some(to), Language::Chinese) => format!("已写出 {to}：status.xlsx、status.json、催报.txt"),
        (Some(to), Language::English) => format!("Written to {to}: status.xlsx, status.json, 催报.txt"),
        (None, Language::Chinese) => {
            format!("写出表格和催报用语：duibiao status …/{round} --as-of {as_of} --output DIR")
        }
        (None, Language::English) => {
            format!("Workbook and reminders: duibiao status …/{round} --as-of {as_of} --output DIR")
        }
    }
}
