//! The table of those who signed. It stands beside the tables of figures and is none of them: who signs, signs those.

use crate::plan::SignOff;
use crate::publish::table::{Column, Head, Table, text};

const HEAD: Head = Head {
    name: "signoff",
    sheet: Some((10, "签审")),
    about: "One row per person who signed the figures of this output, as `signoff.toml` has it; who signed others is not listed.",
};

const COLUMNS: &[Column<SignOff>] = &[
    text("role", "签审环节", "编制, 复核 or 签发", |one| one.role.chinese().into()),
    text("person", "签审人", "who signed", |one| one.person.as_str().into()),
    text("office", "单位", "of which office", |one| one.office.as_str().into()),
    text("on", "日期", "when", |one| one.on.to_string().into()),
    text("statement", "签审内容", "what was done, in the person's words", |one| {
        one.statement.as_str().into()
    }),
    text("over", "数字指纹", "the 数字指纹 that was signed, which is that of this output", |one| {
        one.over.as_str().into()
    }),
    text("signature", "签名", "a signature or where one is, as written; not verified", |one| {
        one.signature.as_str().into()
    }),
];

/// Those who signed the figures of a fingerprint.
pub fn table(signed: &[SignOff], figures: &str) -> Table {
    Table::of(HEAD, COLUMNS, signed.iter().filter(|one| one.is_over(figures)))
}
