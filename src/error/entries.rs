//! Why an entry of `waivers.toml` or `round.toml` is not written.

use chrono::NaiveDate;

/// Why an entry that somebody asks for is not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryRefusal {
    /// Nothing stands where something has to be said: the option.
    #[error("{0} 不能为空 (must not be empty)")]
    Empty(&'static str),
    /// What the reader of the file would not take, in its words.
    #[error("{0}")]
    Void(String),
    /// No finding is covered.
    #[error(
        "没有可豁免的{code}（{of}）。现有：{} (there is no such finding; there are those named)",
        named(known)
    )]
    NoFinding {
        /// The code.
        code: String,
        /// Of what: city, unit, object.
        of: String,
        /// What there is in its place.
        known: Vec<String>,
    },
    /// Its last day is before the day of the report.
    #[error(
        "--until {until} 早于报告日期{report_date}，豁免不起作用 (ends before the report date: it would cover nothing)"
    )]
    Expired {
        /// The last day.
        until: NaiveDate,
        /// The day of the report.
        report_date: NaiveDate,
    },
    /// It ends before it is granted.
    #[error("--until {until} 早于 --on {on} (ends before it is granted)")]
    Backwards {
        /// The last day.
        until: NaiveDate,
        /// When it is granted.
        on: NaiveDate,
    },
    /// The unit that is to be preferred reported nothing that counts.
    #[error(
        "“{unit}”没有报{of}的数，不能取其数。已报：{} (that unit reported no value; these did)",
        named(known)
    )]
    NoValue {
        /// The unit.
        unit: String,
        /// Of what.
        of: String,
        /// Who reported which value.
        known: Vec<String>,
    },
    /// The units do not disagree.
    #[error(
        "{of}：各单位所报没有不一致，无须决定。已报：{} (the units do not disagree; this is reported)",
        named(known)
    )]
    NoDisagreement {
        /// Of what.
        of: String,
        /// Who reported which value.
        known: Vec<String>,
    },
    /// Another unit is preferred already.
    #[error(
        "{of}已决定取{unit}的数（第{line}行）；要改，请先删去那一条 (decided otherwise on that line: remove that entry first)"
    )]
    DecidedOtherwise {
        /// Of what.
        of: String,
        /// The unit whose value is taken.
        unit: String,
        /// The line of the entry.
        line: usize,
    },
    /// The file is in another code than UTF-8.
    #[error("不是UTF-8编码，不能在其后添写；请先另存为UTF-8 (not in UTF-8: save it as UTF-8 first)")]
    OtherCode,
    /// The file has the list in a form that cannot be added to.
    #[error("不能在其后添写[[{list}]]，请手工填写：{why} (cannot be added to)")]
    OtherForm {
        /// The list.
        list: &'static str,
        /// The parser's words.
        why: String,
    },
    /// What was written is not what is read.
    #[error("添写后读出的不是所写的，已恢复原文件 (read otherwise than written: the file is as it was)")]
    ReadOtherwise,
}

fn named(known: &[String]) -> String {
    const MOST: usize = 12;
    let more = if known.len() > MOST { " …" } else { "" };
    match known {
        [] => "无 (none)".to_owned(),
        _ => format!("{}{more}", known.iter().take(MOST).cloned().collect::<Vec<_>>().join("；")),
    }
}
