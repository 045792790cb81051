//! Why forms are not issued.

/// Why forms cannot be issued.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormsRefusal {
    /// Nobody is named who issues them.
    #[error("--by 应写明经办人 (--by must name who issues the forms)")]
    Nobody,
    /// A unit that no plan of the round asks for anything.
    #[error(
        "“{unit}”在本轮各方案中没有填报任务，填报单位有：{} (no such unit; there are those named)",
        known.join("、")
    )]
    NoSuchUnit {
        /// As it was written.
        unit: String,
        /// The units of the round.
        known: Vec<String>,
    },
    /// A form that was issued is not there any more.
    #[error(
        "登记为已下发，现在没有：下发过的表是凭据，请从备份恢复 (issued, and not there any more: restore it)"
    )]
    Gone,
    /// A form that was issued is not what it was.
    #[error(
        "与下发登记的SM3不符，下发后被改动：请从备份恢复原件 (not what was issued: its SM3 is another one; restore it)"
    )]
    Altered,
    /// Something lies where a form is to be written.
    #[error(
        "已有这个文件，而下发登记中没有：不予覆盖，请先取走 (is there and not in the register: take it away)"
    )]
    Taken,
    /// The folder for copies is there already.
    #[error(
        "已经存在，不予改动：另选一个文件夹名，或先取走 (is there already: choose another name, or take it away)"
    )]
    Exists,
}
