//! Which kinds of findings a unit is asked about, and how firmly.

/// What a unit is asked to do about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QueryClass {
    /// 必须答复: without an answer the value stays as it is told, or the workbook unread.
    MustAnswer,
    /// 请说明: the value is used; the unit is to correct or explain it.
    PleaseExplain,
    /// Not asked: it is about the plan, about the office's own files, about something that was read as it was meant, or is urged in another way.
    NotAsked,
}

impl QueryClass {
    /// The class of a code; what is no code is not asked about.
    pub fn of(code: &str) -> Self {
        let classes = [(MUST_ANSWER, Self::MustAnswer), (PLEASE_EXPLAIN, Self::PleaseExplain)];
        let found = classes.into_iter().find(|(codes, _)| codes.contains(&code));
        found.map_or(Self::NotAsked, |(_, class)| class)
    }

    /// Whether a unit is asked at all.
    pub fn is_asked(self) -> bool {
        self != Self::NotAsked
    }
}

const MUST_ANSWER: &[&str] = &[
    "R101", "R102", "R105", "R106", "R107", "R108", "R109", "R111", "R116", "L201", "L208", "L209", "L211",
    "L215", "L216", "L219", "L222", "L226", "L227", "L229", "L230", "L232", "L236", "L238", "L239", "T708",
    "N302", "N303", "N304", "N309", "N310", "N311", "V401", "V405", "V406", "V409", "V411", "V416", "V421",
    "V423", "V424", "C502", "C505", "C512",
];

const PLEASE_EXPLAIN: &[&str] = &[
    "R110", "L204", "L206", "L220", "L221", "L224", "L225", "L228", "L240", "N312", "N313", "V407", "V408",
    "V410", "V413", "V414", "V417", "V418", "V419", "V420", "V422", "C504", "C506", "C507", "C508", "C513",
    "S603", "S604", "T703", "T704", "T705",
];

/// Every other code, each for a reason: plans are the office's own (P), registers and files too (R117, R118, R119, L207, L210, L213, L214, L217, L218, L231,
/// L233, L234, Q808); of answers that do not hold the query itself is still open (Q802, Q803, Q805), and the others are the office's to act on (Q); of a sender that is not known nobody can be asked (L203, L217); silence and lateness are urged (V402, V403); the rest was read as
/// it was meant, or is a remark of the report.
#[cfg(test)]
const NOT_ASKED: &[&str] = &[
    "P101", "P102", "P103", "P104", "P105", "P106", "P107", "P108", "P109", "P110", "P111", "P112", "P113",
    "P114", "P115", "P116", "P117", "R104", "R112", "R113", "R117", "R118", "R119", "L202", "L203", "L205",
    "L207", "L210", "L212", "L213", "L214", "L217", "L218", "L223", "L231", "L233", "L234", "L237", "T701",
    "T702", "T706", "T707", "T710", "N301", "N305", "N306", "N307", "N308", "V402", "V403", "V404", "V412",
    "V415", "C501", "C503", "C509", "C510", "C511", "S601", "S602", "S605", "Q801", "Q802", "Q803", "Q804",
    "Q805", "Q806", "Q807", "Q808",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::codes;
    use crate::finding::problem::severities;

    #[test]
    fn every_code_is_in_exactly_one_class() {
        let mut listed = [MUST_ANSWER, PLEASE_EXPLAIN, NOT_ASKED].concat();
        let known = codes();
        assert_eq!(listed.len(), known.len(), "a code is in no class, or in two");
        listed.sort_by_key(|code| known.iter().position(|one| one == code));
        assert_eq!(listed, known);
    }

    #[test]
    fn what_withholds_a_value_must_be_answered_by_whoever_sent_it() {
        // Of these the sender is not known, the matter is the office's own, or the query that it is about is still open.
        let apart = ["R117", "R118", "R119", "L203", "L214", "L217", "V402", "Q802", "Q808"];
        for (code, severity) in severities() {
            let is_error = severity.trim() == "Severity::Error";
            if is_error && !apart.contains(&code) {
                assert_eq!(QueryClass::of(code), QueryClass::MustAnswer, "{code}");
            }
            if severity.trim() == "Severity::Note" {
                assert_eq!(QueryClass::of(code), QueryClass::NotAsked, "{code}");
            }
        }
    }
}
