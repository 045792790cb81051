//! What should be known beside a verdict.

use super::kinds::kinds;
use super::{Language, OpenMatters, Severity, TargetNumbers, Withheld};
use crate::quantity::Value;

kinds! {
    /// What should be known beside a verdict.
    VerdictProblem {
        /// S601: full-value and rounded comparison decide differently.
        BoundaryCase {
            /// What is held against the target.
            actual: Value,
            /// Whether it was worked out of the value reported, as a growth is.
            is_derived: bool,
            /// Target as written.
            target: String,
        } = "S601", Severity::Note, "边界项";
            chinese: format!("{}{}，目标{target}：全数值比较与修约值比较结论不同，以全数值比较为准", if *is_derived { "由实绩算得" } else { "实绩" }, actual.text());
            remedy: "无须处理；报告中注明";
            english: format!("{} {}, target {target}: rounded comparison would decide otherwise", if *is_derived { "worked out" } else { "actual" }, actual.text());
            remedy: "nothing to do; noted in the report";

        /// S602: the value equals a limit of 突破; taken as not reached.
        EqualsLimit {
            /// Actual value.
            actual: Value,
            /// The words of the plan.
            words: String,
        } = "S602", Severity::Note, "恰好等于“突破”值";
            chinese: format!("实绩{}恰好等于“{words}”的数，“突破”不含本数，判为未达", actual.text());
            remedy: "无须处理；报告中注明";
            english: format!("{} equals the limit of “{words}”; 突破 is taken as more than, so not reached", actual.text());
            remedy: "nothing to do; noted in the report";

        /// S603: a task is reported as done, but targets in it were missed.
        TaskTargetsMissed {
            /// Numbers of the targets that were missed.
            numbers: TargetNumbers,
        } = "S603", Severity::Warning, "完成但目标未达";
            chinese: format!("任务填“完成”，但其中{}未达", numbers.words(Language::Chinese));
            remedy: "核对任务进展，或说明理由";
            english: format!("reported as done, but {} were missed", numbers.words(Language::English));
            remedy: "check the progress of the task, or give reasons";

        /// S604: a task is reported as not begun, but targets in it were reached.
        TaskTargetsMet {
            /// Their numbers.
            numbers: TargetNumbers,
        } = "S604", Severity::Warning, "未启动但目标已达";
            chinese: format!("任务填“未启动”，但其中{}已达", numbers.words(Language::Chinese));
            remedy: "核对任务进展，或说明理由";
            english: format!("reported as not begun, but {} were reached", numbers.words(Language::English));
            remedy: "check the progress of the task, or give reasons";

        /// S605: something of the city is withheld from publication while matters are open.
        Withheld {
            /// What.
            what: Withheld,
            /// What is open.
            why: OpenMatters,
        } = "S605", Severity::Warning, "暂不刊出";
            chinese: format!("有{}未了结，按本轮刊出条件，暂不刊出{}", why.words(Language::Chinese), what.words(Language::Chinese));
            remedy: "了结后重新运行；确需刊出的，由评估单位在waivers.toml中登记";
            english: format!("{} are open: {} is withheld from publication by the round's conditions", why.words(Language::English), what.words(Language::English));
            remedy: "settle them and run again; what is to be published all the same is entered in waivers.toml";
    }
}
