//! Sheets of a form as data: what stands where, how it looks, and what may be entered.

/// A sheet.
pub(super) struct FormSheet {
    pub(super) name: &'static str,
    pub(super) is_landscape: bool,
    /// Widths of the columns, in characters.
    pub(super) widths: Vec<u16>,
    /// Heights of rows, in points; the others are as usual.
    pub(super) heights: Vec<(u32, u16)>,
    pub(super) cells: Vec<FormCell>,
    /// The row of headings: repeated on every page.
    pub(super) heads: Option<u32>,
    /// The first cell that moves when the sheet is scrolled.
    pub(super) first_moving: Option<(u32, u16)>,
    /// The table that can be filtered.
    pub(super) filtered: Option<FormArea>,
    pub(super) entries: Vec<EntryRule>,
    pub(super) marks: Vec<Mark>,
    /// The cell to begin at.
    pub(super) begin: (u32, u16),
    /// The last cell that is printed.
    pub(super) last: (u32, u16),
}

/// Cells from one corner to the other.
#[derive(Clone, Copy)]
pub(super) struct FormArea {
    pub(super) first: (u32, u16),
    pub(super) last: (u32, u16),
}

/// A cell, or several in a row that are one.
pub(super) struct FormCell {
    pub(super) at: (u32, u16),
    /// The last column.
    pub(super) to: u16,
    pub(super) holds: Holding,
    pub(super) look: CellLook,
}

/// What stands in a cell.
pub(super) enum Holding {
    Nothing,
    Text(String),
    /// A number with its digits.
    Number(String),
    /// A formula, and what it gives on a blank form.
    Formula(String, String),
}

/// How a cell looks; the cells to be filled in are the yellow ones, and they alone are not locked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CellLook {
    Title,
    /// Beside the title.
    Quiet,
    /// The same, to the right.
    QuietRight,
    Head,
    Section,
    Body,
    Centred,
    Small,
    /// What the plan says, for comparison.
    Given,
    /// A number of the plan with so many digits behind the point.
    GivenNumber(u32),
    Check,
    Plain,
    Strong,
    Foot,
    /// To be filled in.
    Input(EntrySide),
}

/// Where an entry stands in its cell.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EntrySide {
    /// A number.
    Right,
    /// A word or a year.
    Middle,
    /// What is kept as it is typed, such as a date or a number of evidence.
    Typed,
    /// Sentences.
    Left,
}

/// What may be entered in cells, and what is said about it.
pub(super) struct EntryRule {
    pub(super) area: FormArea,
    pub(super) allowed: Allowed,
    /// Shown beside the cell: title and text; empty where there is none.
    pub(super) prompt: (String, String),
    /// Shown when something else is entered.
    pub(super) refusal: (&'static str, String),
}

/// What may be entered.
pub(super) enum Allowed {
    Number,
    Words(&'static [&'static str]),
    /// A whole number from … to ….
    Whole(i32, i32),
    /// A formula that is true of it; something else is let in when that is confirmed.
    Likely(String),
    /// A text of at most so many characters; a longer one is let in when that is confirmed.
    Length(u32),
}

/// Cells that are coloured by what they hold.
pub(super) struct Mark {
    pub(super) area: FormArea,
    /// The formula, for the first cell.
    pub(super) when: String,
    /// Whether all is well then.
    pub(super) is_good: bool,
}

impl FormSheet {
    pub(super) fn new(name: &'static str, widths: &[u16]) -> Self {
        Self {
            name,
            is_landscape: false,
            widths: widths.to_vec(),
            heights: Vec::new(),
            cells: Vec::new(),
            heads: None,
            first_moving: None,
            filtered: None,
            entries: Vec::new(),
            marks: Vec::new(),
            begin: (0, 0),
            last: (0, 0),
        }
    }

    /// Writes a cell.
    pub(super) fn put(&mut self, at: (u32, u16), holds: Holding, look: CellLook) {
        self.cells.push(FormCell { at, to: at.1, holds, look });
    }

    /// Writes a text.
    pub(super) fn text(&mut self, at: (u32, u16), text: impl Into<String>, look: CellLook) {
        self.put(at, Holding::Text(text.into()), look);
    }

    /// Writes a text into several cells of a row that become one.
    pub(super) fn wide(&mut self, at: (u32, u16), to: u16, text: impl Into<String>, look: CellLook) {
        self.cells.push(FormCell { at, to, holds: Holding::Text(text.into()), look });
    }

    /// Leaves a cell to be filled in.
    pub(super) fn input(&mut self, at: (u32, u16), side: EntrySide) {
        self.put(at, Holding::Nothing, CellLook::Input(side));
    }

    /// Writes a row of headings.
    pub(super) fn headings(&mut self, row: u32, heads: impl IntoIterator<Item = String>) {
        for (column, head) in (0_u16..).zip(heads) {
            self.text((row, column), head, CellLook::Head);
        }
        self.heads = Some(row);
    }
}

/// How many lines a text takes in a column of a width, in characters of which a Chinese one takes two.
pub(super) fn lines_of(text: &str, width: u16) -> u16 {
    let wide = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let lines =
        text.split('\n').map(|line| wide(line).div_ceil(usize::from(width.max(2))).max(1)).sum::<usize>();
    u16::try_from(lines).unwrap_or(u16::MAX)
}
