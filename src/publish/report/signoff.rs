//! 签审: who drafted, reviewed and issued the figures of this report; nobody where nobody signed them.

use serde::Serialize;

use super::phrases::{full_date, without_stop};
use super::section::Draft;
use crate::plan::{SIGNOFF, SignOff, SignRole};

/// 签审.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SignOffs {
    heading: &'static str,
    signers: Vec<Signer>,
    /// What was signed, in the words of those who did.
    statements: Vec<String>,
    note: String,
}

/// Who signed in a role.
#[derive(Debug, Clone, Serialize)]
struct Signer {
    role: &'static str,
    /// The person, or that nobody did.
    person: String,
    office: Option<String>,
    date: Option<String>,
}

/// What stands in the place of a name that nobody wrote.
const UNSIGNED: &str = "未签";

/// That there is one: what it says can be told only when the figures have their digest.
pub(super) fn section(draft: &mut Draft<'_>) -> Option<()> {
    draft.round().map(|_| ())
}

/// Who signed figures of this digest.
pub(super) fn over(figures: &str, all: &[SignOff]) -> SignOffs {
    let own: Vec<&SignOff> = all.iter().filter(|one| one.is_over(figures)).collect();
    let of = |role: SignRole| own.iter().find(|one| one.role == role);
    let signers = SignRole::ALL.map(|role| Signer {
        role: role.chinese(),
        person: of(role).map_or_else(|| UNSIGNED.to_owned(), |one| one.person.clone()),
        office: of(role).map(|one| one.office.clone()),
        date: of(role).map(|one| full_date(one.on)),
    });
    let statement = |role: SignRole| {
        let one = of(role)?;
        let signature = if one.signature.is_empty() { "" } else { "附有签名，本程序不核验。" };
        Some(format!("{}人{}：“{}”。{signature}", role.chinese(), one.person, without_stop(&one.statement)))
    };
    let statements = SignRole::ALL.into_iter().filter_map(statement).collect();
    let others = all.len().saturating_sub(own.len());
    let refused = match others {
        0 => String::new(),
        _ => format!("{SIGNOFF}另有{others}项签审对应另一份数字，不予列入。"),
    };
    let note = format!(
        "注：签审由本人写入{SIGNOFF}，对应封面“数字指纹”所指的数据表；程序不代填姓名，工作簿封面所填的填报人、审核人不是签审。{refused}"
    );
    SignOffs { heading: "签审", signers: signers.into(), statements, note }
}
