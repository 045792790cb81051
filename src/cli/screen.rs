//! What standard output is: a terminal with its width and colours, or a file or another program.

use console::{Style, Term, colors_enabled};

/// Columns where nobody says how many there are.
pub(super) const COLUMNS: usize = 80;
/// Lines are no longer than this, however wide the terminal is: longer ones are hard to read.
const MOST: usize = 120;
/// Narrower terminals wrap by themselves.
const LEAST: usize = 40;

/// How marks look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// As the rest.
    Plain,
    /// A heading.
    Bold,
    /// What holds a figure back.
    Red,
    /// What is to be looked at.
    Yellow,
    /// What is said beside.
    Dim,
}

/// Standard output as people see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Screen {
    /// Whether a person looks at it.
    pub(super) is_terminal: bool,
    /// Columns of a line.
    pub(super) columns: usize,
    has_colours: bool,
}

impl Screen {
    /// Of standard output. `NO_COLOR` and a dumb terminal have no colours (no-color.org).
    pub(super) fn of_output() -> Self {
        let term = Term::stdout();
        let (is_terminal, columns) =
            (term.is_term(), term.size_checked().map(|(_, columns)| usize::from(columns)));
        Self {
            is_terminal,
            columns: columns.filter(|_| is_terminal).unwrap_or(COLUMNS).clamp(LEAST, MOST),
            has_colours: is_terminal && colors_enabled(),
        }
    }

    /// A text in an ink.
    pub(super) fn inked(&self, text: &str, ink: Ink) -> String {
        let style = match ink {
            Ink::Plain => return text.to_owned(),
            Ink::Bold => Style::new().bold(),
            Ink::Red => Style::new().red().bold(),
            Ink::Yellow => Style::new().yellow(),
            Ink::Dim => Style::new().dim(),
        };
        style.force_styling(self.has_colours).apply_to(text).to_string()
    }
}
