//! Where the elements of a part stand, so that texts can be put between them and every other byte stays what it is.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

/// An attribute of an element, by where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    /// Its name with the prefix.
    pub(super) name: String,
    pub(super) value: String,
    /// From the space before it to the quote behind it.
    pub(super) whole: Range<usize>,
    /// Between the quotes.
    pub(super) inside: Range<usize>,
}

/// An element, by where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name without a prefix.
    pub(super) name: String,
    /// 0 for the first element of the part.
    pub(super) depth: usize,
    /// The tag that begins it.
    pub(super) open: Range<usize>,
    /// The tag that ends it; empty, and behind the first, where one tag is both.
    pub(super) close: Range<usize>,
    pub(super) attributes: Vec<Attribute>,
}

impl Element {
    pub(super) fn whole(&self) -> Range<usize> {
        self.open.start..self.close.end
    }

    /// Whether one tag begins and ends it.
    pub(super) fn is_empty(&self) -> bool {
        self.close.is_empty()
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|one| one.name == name)
    }

    /// The value of an attribute by its name without a prefix; empty when there is none.
    pub(super) fn value(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|one| local(&one.name) == name);
        found.map_or("", |one| &one.value)
    }

    /// The prefix, with its colon, that the element itself gives to a namespace.
    pub(super) fn prefix_of(&self, space: &str) -> Option<String> {
        let bound = |one: &&Attribute| one.value == space && one.name.starts_with("xmlns:");
        self.attributes.iter().find(bound).map(|one| format!("{}:", one.name.trim_start_matches("xmlns:")))
    }
}

/// The elements of a part.
#[derive(Debug)]
pub(super) struct Outline {
    /// In the order in which they begin.
    pub(super) elements: Vec<Element>,
    /// The prefix of the first element, with its colon; empty when it has none.
    pub(super) prefix: String,
}

/// What a part begins with that tells its code.
const MARK: &[u8] = b"\xEF\xBB\xBF";

impl Outline {
    /// Looks through a part; elements within those of the name `closed` are passed over. `None` when it is no XML.
    pub(super) fn of(bytes: &[u8], closed: &str) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let skipped = if bytes.starts_with(MARK) { MARK.len() } else { 0 };
        let mut reader = Reader::from_str(text.get(skipped..)?);
        let mut elements: Vec<Element> = Vec::new();
        let mut open: Vec<Option<usize>> = Vec::new();
        let (mut prefix, mut within) = (None, None);
        loop {
            let start = skipped.checked_add(usize::try_from(reader.buffer_position()).ok()?)?;
            let event = reader.read_event().ok()?;
            let end = skipped.checked_add(usize::try_from(reader.buffer_position()).ok()?)?;
            let is_empty = matches!(event, Event::Empty(_));
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let name = tag.name().into_inner();
                    prefix.get_or_insert_with(|| {
                        name.get(..name.rfind(':').map_or(0, |at| at + 1)).map(str::to_owned)
                    });
                    let is_seen = within.is_none();
                    if is_seen {
                        let attributes = attributes(text.get(start..end)?, start)?;
                        let (name, depth) = (local(name).to_owned(), open.len());
                        elements.push(Element { name, depth, open: start..end, close: end..end, attributes });
                    }
                    if !is_empty {
                        if is_seen && elements.last().is_some_and(|last| last.name == closed) {
                            within = Some(open.len());
                        }
                        open.push(is_seen.then(|| elements.len().saturating_sub(1)));
                    }
                }
                Event::End(_) => {
                    let at = open.pop()?;
                    if within == Some(open.len()) {
                        within = None;
                    }
                    if let Some(element) = at.and_then(|at| elements.get_mut(at)) {
                        element.close = start..end;
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let is_whole = open.is_empty() && !elements.is_empty();
        is_whole.then(|| Self { elements, prefix: prefix.flatten().unwrap_or_default() })
    }

    /// The first element of the part.
    pub(super) fn root(&self) -> Option<&Element> {
        self.elements.first()
    }

    /// Every element of a name.
    pub(super) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements.iter().filter(move |one| one.name == name)
    }

    /// The first element of a name right below the first of the part.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements.iter().find(|one| one.depth == 1 && one.name == name)
    }

    /// The elements within another one.
    pub(super) fn within<'a>(&'a self, of: &'a Element) -> impl Iterator<Item = &'a Element> {
        let inside = of.open.end..of.close.start;
        self.elements.iter().filter(move |one| inside.contains(&one.open.start))
    }

    /// Those right below another one.
    pub(super) fn children<'a>(&'a self, of: &'a Element) -> impl Iterator<Item = &'a Element> {
        self.within(of).filter(|one| one.depth == of.depth.saturating_add(1))
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The attributes of a tag that begins at `start`.
fn attributes(tag: &str, start: usize) -> Option<Vec<Attribute>> {
    let mut found = Vec::new();
    let mut at = tag.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').unwrap_or(tag.len());
    loop {
        let rest = tag.get(at..)?;
        let name_at = rest.find(|c: char| !c.is_ascii_whitespace())?.checked_add(at)?;
        let rest = tag.get(name_at..)?;
        if rest.starts_with(['/', '>']) {
            return Some(found);
        }
        let equals = rest.find('=')?.checked_add(name_at)?;
        let quote_at = tag.get(equals..)?.find(['"', '\''])?.checked_add(equals)?;
        let quote = tag.get(quote_at..)?.chars().next()?;
        let first = quote_at.checked_add(1)?;
        let last = tag.get(first..)?.find(quote)?.checked_add(first)?;
        let value = unescape(tag.get(first..last)?).ok()?.into_owned();
        let name = tag.get(name_at..equals)?.trim_end().to_owned();
        let end = last.checked_add(1)?;
        let begin = start.checked_add(at)?;
        found.push(Attribute {
            name,
            value,
            whole: begin..start.checked_add(end)?,
            inside: start.checked_add(first)?..start.checked_add(last)?,
        });
        at = end;
    }
}

/// The text of an element that begins and ends a part, without what is said of how it is pronounced.
pub(super) fn text_in(bytes: &[u8], range: Range<usize>) -> String {
    let text = bytes.get(range).and_then(|inside| std::str::from_utf8(inside).ok()).unwrap_or_default();
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let (mut found, mut spoken) = (String::new(), 0_usize);
    // What cannot be read to its end says what it has said so far.
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) if local(tag.name().into_inner()) == "rPh" => spoken = spoken.saturating_add(1),
            Event::End(tag) if local(tag.name().into_inner()) == "rPh" => spoken = spoken.saturating_sub(1),
            Event::Text(text) if spoken == 0 => found.push_str(&text.xml10_content()),
            Event::CData(text) if spoken == 0 => found.push_str(&text.xml10_content()),
            Event::GeneralRef(name) if spoken == 0 => {
                let named = match name.xml10_content().as_ref() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => name.resolve_char_ref().ok().flatten(),
                };
                found.extend(named);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

/// What is put into a part, and what is taken out of it.
#[derive(Debug, Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts a text at a place; of several at one place the first comes first.
    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.0.push((at..at, text.into()));
    }

    /// Puts a text in the place of another.
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    /// Puts elements at the end of another one, which may be written as one tag.
    pub(super) fn append(&mut self, to: &Element, bytes: &[u8], text: &str) {
        if !to.is_empty() {
            return self.insert(to.close.start, text);
        }
        // It may have been opened for an earlier text.
        if let Some((_, made)) = self.0.iter_mut().find(|(range, _)| *range == to.open) {
            let end = made.rfind("</").unwrap_or(made.len());
            return made.insert_str(end, text);
        }
        let tag =
            bytes.get(to.open.clone()).and_then(|tag| std::str::from_utf8(tag).ok()).unwrap_or_default();
        let head = tag.trim_end_matches('>').trim_end_matches('/');
        let name =
            tag.trim_start_matches('<').split([' ', '\t', '\r', '\n', '/', '>']).next().unwrap_or_default();
        self.replace(to.open.clone(), format!("{head}>{text}</{name}>"));
    }

    /// Gives an attribute a value, in its place or behind the element's name.
    pub(super) fn set(&mut self, element: &Element, bytes: &[u8], name: &str, value: &str) {
        match element.attribute(name) {
            Some(found) => self.replace(found.inside.clone(), value),
            None => {
                let tag = bytes.get(element.open.clone()).unwrap_or_default();
                let end = tag.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
                let at = element.open.start.saturating_add(end.unwrap_or(0));
                self.insert(at, format!(" {name}=\"{value}\""));
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The part with all of it; `None` when two of them overlap.
    pub(super) fn apply(mut self, bytes: &[u8]) -> Option<Vec<u8>> {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let mut made = Vec::with_capacity(bytes.len());
        let mut done = 0;
        for (range, text) in self.0 {
            made.extend_from_slice(bytes.get(done..range.start)?);
            made.extend_from_slice(text.as_bytes());
            done = range.end;
        }
        made.extend_from_slice(bytes.get(done..)?);
        Some(made)
    }
}

/// A text as XML has it. Characters that XML cannot have are left out; `_x0041_`, which spreadsheets take for a letter, stays what it is.
pub(super) fn escaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match c {
            '&' => made.push_str("&amp;"),
            '<' => made.push_str("&lt;"),
            '>' => made.push_str("&gt;"),
            '"' => made.push_str("&quot;"),
            '\n' => made.push_str("&#10;"),
            '\t' => made.push(c),
            '_' if is_code(rest) => made.push_str("_x005F_"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => {}
            c => made.push(c),
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    made
}

/// Whether a text begins as `_x0041_` does.
fn is_code(text: &str) -> bool {
    let digits = text.strip_prefix("_x").and_then(|rest| rest.split_once('_'));
    digits.is_some_and(|(digits, _)| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_where_they_are_said_to_be() {
        let text = "\u{feff}<?xml version=\"1.0\"?>\n<x:a xmlns:x = 'u&amp;v' b=\"1\"><!-- <c> --><x:d><e>1</e></x:d ><f/>&lt;<g h='>'/></x:a>";
        let outline = Outline::of(text.as_bytes(), "d").unwrap();
        assert_eq!(outline.prefix, "x:");
        let told: Vec<(&str, usize, &str)> =
            outline.elements.iter().map(|one| (one.name.as_str(), one.depth, &text[one.whole()])).collect();
        let root = text.find("<x:a").unwrap();
        assert_eq!(
            told,
            [
                ("a", 0, &text[root..]),
                ("d", 1, "<x:d><e>1</e></x:d >"),
                ("f", 1, "<f/>"),
                ("g", 1, "<g h='>'/>"),
            ]
        );
        let first = outline.root().unwrap();
        assert_eq!(first.attributes[0].value, "u&v");
        assert_eq!(&text[first.attributes[1].whole.clone()], " b=\"1\"");
        assert_eq!(first.prefix_of("u&v").as_deref(), Some("x:"));
        for text in ["", "<a>", "<a></b>", "text", "<a b=c/>"] {
            assert!(Outline::of(text.as_bytes(), "").is_none(), "{text}");
        }
    }

    #[test]
    fn edits_leave_every_other_byte() {
        let text = "<a><b c=\"1\"/><d/><e>2</e></a>";
        let outline = Outline::of(text.as_bytes(), "").unwrap();
        let named = |name: &str| outline.named(name).next().unwrap().clone();
        let mut edits = Edits::default();
        edits.append(&named("d"), text.as_bytes(), "<f/>");
        edits.append(&named("d"), text.as_bytes(), "<i></i>");
        edits.append(&named("e"), text.as_bytes(), "<g/>");
        edits.set(&named("b"), text.as_bytes(), "c", "3");
        edits.set(&named("e"), text.as_bytes(), "h", "4");
        let made = String::from_utf8(edits.apply(text.as_bytes()).unwrap()).unwrap();
        assert_eq!(made, "<a><b c=\"3\"/><d><f/><i></i></d><e h=\"4\">2<g/></e></a>");
        let mut edits = Edits::default();
        edits.replace(0..3, "");
        edits.replace(2..5, "");
        assert_eq!(edits.apply(text.as_bytes()), None);
    }

    #[test]
    fn texts_are_written_so_that_they_are_read_as_they_are() {
        for (text, made) in [
            ("a<b>&\"c\"", "a&lt;b&gt;&amp;&quot;c&quot;"),
            ("一\n二\u{1}\r", "一&#10;二"),
            ("_x0041_ _x41_", "_x005F_x0041_ _x41_"),
        ] {
            assert_eq!(escaped(text), made);
        }
        let part = "<c><t>甲&amp;</t><rPh><t>jia</t></rPh><t>&#20057;</t></c>";
        assert_eq!(text_in(part.as_bytes(), 0..part.len()), "甲&乙");
    }
}
