//! What a file that is no workbook is, and what its sender is to do about it.

use serde::{Deserialize, Serialize};

/// A document that is no workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Document {
    /// A file without any content.
    Empty,
    /// A file of zeros: its content was lost.
    Zeros,
    /// A web page, perhaps with the name of a workbook.
    Html,
    /// A web page saved as one file.
    Mhtml,
    /// Text with separators.
    Csv,
    /// Text.
    Text,
    /// XML table of Office 2003.
    XmlTable,
    /// Excel 4 or earlier.
    Excel4,
    /// PDF.
    Pdf,
    /// OFD, the national layout format (GB/T 33190).
    Ofd,
    /// A document of a word processor: `.docx`, `.doc`, `.wps`, `.odt`, `.rtf`.
    Words,
    /// Slides: `.pptx`, `.ppt`, `.dps`, `.odp`.
    Slides,
    /// A picture.
    Picture,
    /// A message: `.eml`, `.msg`.
    Mail,
    /// A program.
    Program,
    /// Anything else.
    Unknown,
}
