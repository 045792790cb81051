//! What the notes below a table say of its numbers: 带*的为2019年数据, 〔〕内为5年累计数.

use super::cells::MARKS;
use super::numbers::{Numeral, numerals};
use super::passage::{holds, plain};

/// The notes of a document as far as they say what its numbers are.
#[derive(Debug, Default)]
pub(super) struct TableNotes {
    /// Years by the mark that leads to them.
    years: Vec<(char, i32)>,
    /// Whether they say that numbers in brackets are sums.
    pub(super) tells_sums: bool,
}

impl TableNotes {
    pub(super) fn of<'a>(notes: impl Iterator<Item = &'a str>) -> Self {
        let mut found = Self::default();
        for note in notes {
            let note = plain(note);
            found.tells_sums |= note.contains("累计") && holds(&note, &["〔", "[", "【", "("]);
            for clause in note.split(['。', ';', ',']) {
                found.clause(clause);
            }
        }
        found
    }

    /// 带*的为2019年数据; the number of a list before it leads to nothing: ②带*的….
    fn clause(&mut self, clause: &str) {
        let year = numerals(clause).into_iter().find_map(|one| match one {
            Numeral::Year(_, year) => Some(year),
            _ => None,
        });
        let marks: Vec<char> = clause.chars().filter(|c| MARKS.contains(c)).collect();
        if let (Some(mark), Some(year)) = (marks.last(), year) {
            self.years.push((*mark, year));
        }
    }

    /// The year of a marked value.
    pub(super) fn year_of(&self, mark: char) -> Option<i32> {
        self.years.iter().find(|(known, _)| *known == mark).map(|(_, year)| *year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_say_of_which_year_a_marked_value_is() {
        for (note, mark, year) in [
            ("注:①〔〕内为5年累计数。②带*的为2019年数据。", '*', Some(2019)),
            ("注：标＊为2018年数", '*', Some(2018)),
            ("①2019年数据；②为快报数。", '①', Some(2019)),
            ("①2019年数据；②为快报数。", '②', None),
            ("注:第10至12项为比率。", '*', None),
        ] {
            assert_eq!(TableNotes::of([note].into_iter()).year_of(mark), year, "{note}");
        }
        assert!(TableNotes::of(["〔 〕内为五年累计数"].into_iter()).tells_sums);
        assert!(!TableNotes::of(["年均增长为5年平均数"].into_iter()).tells_sums);
    }
}
