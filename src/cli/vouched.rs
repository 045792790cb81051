//! Who vouches for a bag that was run again: the fingerprint of the paper, and signatures.

use super::render::Printer;
use crate::archive::TAGS;
use crate::replay::{Provenance, Replay, Signature, SignatureFault, SignatureVerdict, WhyUnverified};

impl Printer {
    /// The fingerprints of a bag, against the one that was given, and its signatures.
    pub(super) fn origin_of_bag(&self, said: &Replay) {
        let signed = self.signed(&said.signatures);
        let Some((inputs, figures)) = &said.fingerprints else { return };
        let (begin, numbers) = (inputs.get(..16).unwrap_or(inputs), figures.get(..16).unwrap_or(figures));
        match said.provenance {
            Provenance::Unasked => self.told(
                format!("二、来源　输入指纹{begin}…，请与报告封面核对；数字指纹{numbers}…；{signed}"),
                format!("2 provenance: fingerprint {begin}…, hold it against the cover; of the figures {numbers}…; {signed}"),
            ),
            Provenance::Inputs => self.told(
                format!("二、来源　输入指纹与封面相同；数字指纹{numbers}…；{signed}"),
                format!("2 provenance: the fingerprint of the cover; of the figures {numbers}…; {signed}"),
            ),
            Provenance::Figures => self.told(
                format!("二、来源　数字指纹与抄存的相同；{signed}"),
                format!("2 provenance: the fingerprint of the figures that was kept; {signed}"),
            ),
            Provenance::Neither => {
                let given = said.given.as_deref().unwrap_or_default();
                let given: String = given.chars().take(16).collect();
                self.told(
                    format!("二、来源　输入指纹与封面不同：封面{given}…，包内{begin}…，数字指纹{numbers}…；{signed}"),
                    format!(
                        "2 provenance: another fingerprint than given: {given}…; here {begin}…, of the figures {numbers}…; {signed}"
                    ),
                );
            }
        }
    }

    /// One of four outcomes for each signature; the last is neither yes nor no.
    pub(super) fn signed(&self, signatures: &[Signature]) -> String {
        if signatures.is_empty() {
            return self.either("没有签名", "not signed");
        }
        let each = signatures.iter().map(|Signature { file, verdict }| match verdict {
            SignatureVerdict::Good(by) => {
                self.either(format!("签名有效：{by}（{file}）"), format!("signed by {by} ({file})"))
            }
            SignatureVerdict::Bad(SignatureFault::OfSomethingElse) => self.either(
                format!("签名无效：{file}与{TAGS}不符"),
                format!("bad signature: {file} is not of {TAGS}"),
            ),
            SignatureVerdict::Bad(SignatureFault::OfNobodyNamed) => self.either(
                format!("签名无效：{file}不是所给名单中任何人所签"),
                format!("bad signature: {file} is of none of the signers"),
            ),
            SignatureVerdict::Unverified(why) => {
                let (chinese, english) = match why {
                    WhyUnverified::NoTool(tool) => (format!("没有{tool}"), format!("no {tool}")),
                    WhyUnverified::NoKind => ("不识这种签名".to_owned(), "an unknown kind".to_owned()),
                    WhyUnverified::NoSigners => {
                        ("没有用 --signers 指明可信的签名者".to_owned(), "no --signers".to_owned())
                    }
                };
                self.either(
                    format!("有签名，本机不能核验：{chinese}（{file}）"),
                    format!("signed, not verified here: {english} ({file})"),
                )
            }
        });
        each.collect::<Vec<_>>().join(&self.either("；", "; "))
    }
}
