//! The words of the status, in both languages.

use super::{OpenError, ReportState, ReportingStatus, StatusCounts, Todo, UnitStatus, Unusable};
use crate::finding::Language;

/// Numbers of targets or tasks that a line names; of more it says how many.
const MOST_NAMED: usize = 12;

impl ReportState {
    /// The word in a language.
    pub fn words(self, language: Language) -> &'static str {
        let (chinese, english) = match self {
            Self::NotReceived => ("未报", "not received"),
            Self::NotUsed => ("未采用", "not usable"),
            Self::Overdue => ("逾期未答", "answers overdue"),
            Self::Incomplete => ("缺报", "incomplete"),
            Self::Faulty => ("有错误", "errors open"),
            Self::Asked => ("待答复", "to answer queries"),
            Self::Answered => ("待采纳", "answered, for the office"),
            Self::PassedLate => ("已通过（曾逾期）", "passed (was late)"),
            Self::Passed => ("已通过", "passed"),
        };
        language.of(chinese, english)
    }
}

impl UnitStatus {
    /// Whether it reported in time: 按时, 逾期2天, 收到时间不详; for what did not come 逾期3天 or 还有3天.
    pub fn punctuality(&self, of: &ReportingStatus, language: Language) -> String {
        let late = |days: i64| match language {
            Language::Chinese => format!("逾期{days}天"),
            Language::English => format!("{days} {} late", if days == 1 { "day" } else { "days" }),
        };
        let days = self.received.map(|at| at.date().signed_duration_since(of.deadline).num_days());
        match (self.file.is_some(), self.on_time, days) {
            (true, Some(true), _) => language.of("按时", "in time").to_owned(),
            (true, Some(false), Some(days)) => late(days),
            (true, ..) => language.of("收到时间不详", "time of receipt unknown").to_owned(),
            (false, ..) if of.days_late() > 0 => late(of.days_late()),
            (false, ..) if of.days_late() == 0 => language.of("今天截止", "due today").to_owned(),
            (false, ..) => {
                let left = of.days_late().saturating_neg();
                match language {
                    Language::Chinese => format!("还有{left}天"),
                    Language::English => format!("{left} {} left", if left == 1 { "day" } else { "days" }),
                }
            }
        }
    }

    /// What it still has to do; empty when there is nothing.
    pub fn to_do(&self, language: Language) -> String {
        let all: Vec<String> = self.todo.iter().map(|one| one.words(language)).collect();
        all.join(language.of("；", "; "))
    }
}

impl Todo {
    fn words(&self, language: Language) -> String {
        let of = |chinese: String, english: String| match language {
            Language::Chinese => chinese,
            Language::English => english,
        };
        match self {
            Self::Report => of("报送报表".to_owned(), "send the report".to_owned()),
            Self::Usable(why) => {
                let (chinese, english) = match why {
                    Unusable::AfterCutOff => ("截止使用日后收到，未采用", "it came after the cut-off"),
                    Unusable::Undecided => {
                        ("两份报表分不出新旧，均未采用", "which of two is newer is not known")
                    }
                    Unusable::Unreadable => ("报表不能读取或未被接受", "it could not be read or accepted"),
                };
                of(format!("重报报表（{chinese}）"), format!("send a usable report ({english})"))
            }
            Self::Targets(all) => {
                let named = named(all, language);
                of(format!("补报指标{named}"), format!("report targets {named}"))
            }
            Self::Tasks(all) => {
                let named = named(all, language);
                of(format!("补报任务{named}"), format!("report tasks {named}"))
            }
            Self::Answer(count, day, false) => of(
                format!("答复查询{count}条（{day}前，含当日）"),
                format!("answer {count} queries by {day}"),
            ),
            Self::Answer(count, day, true) => of(
                format!("答复查询{count}条（{day}到期，已逾期）"),
                format!("answer {count} queries, which were due by {day}"),
            ),
            Self::Errors(all) => {
                let about = |one: &OpenError| match one.about.as_str() {
                    "" => one.code.to_owned(),
                    about => of(format!("{about}（{}）", one.code), format!("{about} ({})", one.code)),
                };
                let named = named(&all.iter().map(about).collect::<Vec<_>>(), language);
                of(format!("改正或说明{named}"), format!("mend or explain {named}"))
            }
        }
    }
}

/// The first of many, and how many there are.
fn named<T: std::fmt::Display>(all: &[T], language: Language) -> String {
    let shown: Vec<String> = all.iter().take(MOST_NAMED).map(ToString::to_string).collect();
    let list = shown.join(language.of("、", ", "));
    match (all.len() > MOST_NAMED, language) {
        (false, _) => list,
        (true, Language::Chinese) => format!("{list}等{}处", all.len()),
        (true, Language::English) => format!("{list} and others, {} in all", all.len()),
    }
}

impl StatusCounts {
    /// Labels and numbers, in the order of the page; what cannot occur is left out.
    pub fn told(&self, language: Language) -> Vec<(&'static str, String)> {
        let of = |chinese, english| language.of(chinese, english);
        let mut all = vec![
            (of("应报单位", "units"), self.units.to_string()),
            (of("按时", "in time"), self.on_time.to_string()),
            (of("逾期已报", "late"), self.late.to_string()),
        ];
        if self.undated > 0 {
            all.push((of("时间不详", "time unknown"), self.undated.to_string()));
        }
        all.extend([
            (of("未报", "missing"), self.missing.to_string()),
            (of("指标已报/应报", "targets"), format!("{}/{}", self.targets_reported, self.targets)),
            (of("任务已报/应报", "tasks"), format!("{}/{}", self.tasks_reported, self.tasks)),
            (of("错误", "errors"), self.errors.to_string()),
            (of("警告", "warnings"), self.warnings.to_string()),
        ]);
        if self.queries > 0 {
            all.push((of("查询未了结", "open queries"), self.queries.to_string()));
        }
        if self.overdue > 0 {
            all.push((of("逾期未答", "overdue"), self.overdue.to_string()));
        }
        all
    }
}
