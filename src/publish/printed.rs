//! The words of a model as they can be printed: what no font shows becomes 〓, runs without a blank may be broken, and no
//! text is longer than its place.
//!
//! Only texts are touched, never keys; the tables keep every text as it was.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::assess::{State, TaskState};
use crate::characters::{clusters, is_common, is_invisible, is_plain, unprintable};
use crate::finding::Language;
use crate::plan::Scoring;

/// What stands for a character that cannot be shown.
const GETA: &str = "〓";
/// Where a line may be broken: the templates turn it into a gap that nobody sees, so that no sign of it is in the PDF.
const BREAK: char = '\u{2064}';
/// The same between marks that never begin a line, such as closing brackets: the templates turn it into a zero-width blank.
const FORCED: char = '\u{2063}';
/// Runs of at most so many characters are never broken.
const LONGEST_RUN: [(Room, usize); 4] =
    [(Room::Narrow, 6), (Room::Cell, 12), (Room::Page, 15), (Room::Frame, 15)];
/// The same in English, whose words are longer.
const LONGEST_WORD: [(Room, usize); 4] =
    [(Room::Narrow, 14), (Room::Cell, 18), (Room::Page, 24), (Room::Frame, 24)];
/// How many letters have the room of a Chinese character.
const LETTERS: usize = 2;
/// Longer runs may be broken after so many characters.
const PIECE: usize = 3;
/// The longest number that is set as such.
const LONGEST_FIGURE: usize = 14;
/// The longest text of a place.
const LONGEST: [(Room, usize); 4] =
    [(Room::Narrow, 60), (Room::Cell, 400), (Room::Page, 8_000), (Room::Frame, 8_000)];
/// Columns of a few characters' width.
const NARROW: [&str; 23] = [
    "address",
    "cell",
    "city",
    "cells",
    "date",
    "due",
    "file_no",
    "line",
    "no",
    "object",
    "operation",
    "owner",
    "raw",
    "received",
    "role",
    "sheet",
    "short",
    "shared",
    "status",
    "tag",
    "until",
    "unit",
    "value",
];
/// Names and headings.
const NAMES: [&str; 11] = [
    "again",
    "document",
    "heading",
    "issuer",
    "label",
    "name",
    "section",
    "short",
    "subtitle",
    "title",
    "title_lines",
];
/// Longest name or heading.
const LONGEST_NAME: usize = 120;
/// Columns of a quarter of the page, and the longest text in them: two rows of it fit a page.
const QUARTER: [&str; 5] = ["action", "gap", "title", "who", "why"];
const LONGEST_QUARTER: usize = 160;
/// What templates look up, or what is no text: left alone.
const KEPT: [&str; 11] =
    ["kind", "language", "mime", "path", "refs", "schema", "sha256", "slug", "sm3", "template", "tool"];
/// Texts that are heard, or that go into the properties of the file: never broken.
const UNBROKEN: [&str; 3] = ["alt", "description", "keywords"];

/// How much room a text has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    /// A column of a few characters.
    Narrow,
    /// A cell of a table.
    Cell,
    /// A paragraph.
    Page,
    /// A part of the frame, such as the title of the file.
    Frame,
}

/// What can be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glyphs {
    /// Clusters that some font shows.
    shown: BTreeSet<String>,
    /// Clusters that no font shows.
    missing: BTreeSet<String>,
    /// Whether only common characters are trusted.
    strict: bool,
}

impl Glyphs {
    /// Those that must be asked about among the characters of a text.
    pub(super) fn unknown_in(&self, text: &str, unknown: &mut BTreeSet<String>) {
        if is_plain(text) {
            return;
        }
        for cluster in clusters(text).filter(|cluster| !is_plain(cluster) && unprintable(cluster).is_none()) {
            if !self.shown.contains(cluster) && !self.missing.contains(cluster) {
                unknown.insert(cluster.to_owned());
            }
        }
    }

    /// Learns which of the clusters that were asked about are missing.
    pub(super) fn learn(&mut self, asked: BTreeSet<String>, missing: BTreeSet<String>) {
        self.shown.extend(asked.into_iter().filter(|one| !missing.contains(one)));
        self.missing.extend(missing);
    }

    /// Learns of clusters, or parts of them, that are missing after all. False when that is nothing new.
    ///
    /// Of a cluster that it cannot show typst names every part: of `1️⃣` also the 1, which stands elsewhere by itself. So
    /// common characters are believed to be missing only when nothing else is.
    pub(super) fn learn_missing(&mut self, more: &BTreeSet<String>) -> bool {
        let before = self.missing.len();
        let (common, rare): (Vec<&String>, Vec<&String>) = more.iter().partition(|one| is_plain(one));
        self.missing
            .extend(rare.iter().filter(|one| !one.chars().all(is_invisible)).map(|one| (*one).clone()));
        if self.missing.len() == before {
            // The same again: they are parts of larger clusters.
            let parts =
                rare.iter().flat_map(|one| one.chars()).filter(|c| !is_common(*c) && !is_invisible(*c));
            self.missing.extend(parts.map(String::from));
        }
        if self.missing.len() == before {
            self.missing.extend(common.into_iter().cloned());
        }
        self.missing.len() > before
    }

    /// Trusts no character but the common ones from now on. False when that was so before.
    pub(super) fn trust_only_the_common(&mut self) -> bool {
        !std::mem::replace(&mut self.strict, true)
    }

    /// Whether a cluster cannot be shown.
    pub fn is_missing(&self, cluster: &str) -> bool {
        if is_plain(cluster) {
            // A font of the user's may lack even these.
            return !cluster.is_ascii() && self.missing.contains(cluster);
        }
        self.strict
            || unprintable(cluster).is_some()
            || self.missing.contains(cluster)
            || cluster
                .chars()
                .any(|c| !is_common(c) && self.missing.contains(c.encode_utf8(&mut [0; 4]) as &str))
    }
}

/// Collects the clusters of a model's texts that must be asked about.
pub(super) fn unknown(model: &Value, glyphs: &Glyphs, found: &mut BTreeSet<String>) {
    match model {
        Value::String(text) => glyphs.unknown_in(text, found),
        Value::Array(items) => items.iter().for_each(|item| unknown(item, glyphs, found)),
        Value::Object(fields) => fields.values().for_each(|value| unknown(value, glyphs, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Makes the texts of a model printable; tells whether any character had to be replaced.
pub(super) fn print(model: &mut Value, glyphs: &Glyphs) -> bool {
    let is_english = model["properties"]["language"] == Language::English.key();
    let language = if is_english { Language::English } else { Language::Chinese };
    let mut printer = GlyphFilter { glyphs, language, replaced: false };
    printer.value(model, "", Room::Frame);
    printer.replaced
}

struct GlyphFilter<'a> {
    glyphs: &'a Glyphs,
    language: Language,
    replaced: bool,
}

impl GlyphFilter<'_> {
    fn value(&mut self, value: &mut Value, key: &str, room: Room) {
        match value {
            Value::String(text) => {
                if KEPT.contains(&key) {
                    return;
                }
                if let Some(printed) = self.text(text, key, room) {
                    *text = printed;
                }
            }
            Value::Array(items) => {
                let room = if key == "rows" { Room::Cell } else { room };
                items.iter_mut().for_each(|item| self.value(item, key, room));
            }
            Value::Object(fields) => {
                let room = if key.is_empty() || room != Room::Frame { room } else { Room::Page };
                for (key, value) in fields.iter_mut() {
                    self.value(value, key, room);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// The text as printed; `None` when it is so already.
    fn text(&mut self, text: &str, key: &str, room: Room) -> Option<String> {
        if is_looked_up(text) || is_figure(text) {
            return None;
        }
        let room = if room == Room::Cell && NARROW.contains(&key) { Room::Narrow } else { room };
        let (most, runs) = match self.language {
            Language::Chinese => (limit(key, room), &LONGEST_RUN),
            Language::English => (limit(key, room).saturating_mul(LETTERS), &LONGEST_WORD),
        };
        let shown = shortened_in(self.language, &self.shown(text), most);
        let is_unbroken = UNBROKEN.contains(&key);
        let printed = if is_unbroken { shown } else { breakable(&shown, of(room, runs)) };
        (printed != text).then_some(printed)
    }

    /// The text with 〓 for what cannot be shown and without what shows nothing.
    fn shown(&mut self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len());
        for cluster in clusters(text) {
            if cluster.chars().all(shows_nothing) {
                continue; // the finding names it
            }
            if self.glyphs.is_missing(cluster) {
                self.replaced = true;
                shown.push_str(GETA);
            } else if is_plain(cluster) {
                shown.push_str(cluster);
            } else if cluster == "\r\n" || cluster == "\r" {
                shown.push('\n');
            } else {
                shown.extend(cluster.chars().filter(|c| !is_invisible(*c)));
            }
        }
        shown
    }
}

/// Whether a text is a word that templates look up, which is never broken.
fn is_looked_up(text: &str) -> bool {
    State::of_key(text).is_some()
        || TaskState::ALL.iter().any(|state| state.key() == text)
        || Scoring::WORDS.iter().any(|(word, _)| *word == text)
}

/// Marks of direction, and control characters but for line breaks.
fn shows_nothing(c: char) -> bool {
    let is_break = matches!(c, '\n' | '\r' | '\t');
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') || (c.is_control() && !is_break)
}

/// The longest text of a key in its room.
fn limit(key: &str, room: Room) -> usize {
    if (NAMES.contains(&key) && matches!(room, Room::Page | Room::Frame))
        || (key == "name" && room == Room::Cell)
    {
        return LONGEST_NAME;
    }
    if QUARTER.contains(&key) && room == Room::Cell {
        return LONGEST_QUARTER;
    }
    of(room, &LONGEST)
}

fn of(room: Room, limits: &[(Room, usize)]) -> usize {
    limits.iter().find(|(known, _)| *known == room).map_or(usize::MAX, |(_, most)| *most)
}

/// A number that columns of figures align on its point: its column is made for it.
fn is_figure(text: &str) -> bool {
    text.len() <= LONGEST_FIGURE && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '%' | '/'))
}

/// A text of at most so many characters; of a longer one the beginning, and how long it is.
pub(super) fn shortened(text: &str, most: usize) -> String {
    shortened_in(Language::Chinese, text, most)
}

fn shortened_in(language: Language, text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let all = clusters(text).count();
    if all <= most {
        return text.to_owned();
    }
    let mut short: String = clusters(text).take(most).collect();
    short.push_str(&language.of(format!("…（共{all}字）"), format!("… ({all} characters)")));
    short
}

/// Gives runs without a blank or a Chinese character places where a line may be broken.
fn breakable(text: &str, longest: usize) -> String {
    if text.len() <= longest {
        return text.to_owned();
    }
    let mut broken = String::with_capacity(text.len());
    let mut run: Vec<&str> = Vec::new();
    for cluster in clusters(text) {
        if is_break(cluster) {
            flush(&mut broken, &mut run, longest);
            broken.push_str(cluster);
        } else {
            // Behind a pause a line may be broken anyway, unless nothing but pauses stands there.
            let ends = is_pause(cluster) && run.last().is_some_and(|last| !is_mark(last));
            run.push(cluster);
            if ends {
                flush(&mut broken, &mut run, longest);
            }
        }
    }
    flush(&mut broken, &mut run, longest);
    broken
}

fn flush(broken: &mut String, run: &mut Vec<&str>, longest: usize) {
    // Digests stand in places made for them.
    let is_digest = run.len() == 32 && run.iter().all(|one| one.chars().all(|c| c.is_ascii_hexdigit()));
    let is_long = run.len() > longest && !is_digest;
    let mut length = 0;
    let mut before: Option<&str> = None;
    for piece in numerals_whole(run, longest) {
        if is_long && length > 0 && length + piece.len() > PIECE {
            let is_among_marks = [before, piece.first().copied()].iter().all(|one| one.is_some_and(is_mark));
            broken.push(if is_among_marks { FORCED } else { BREAK });
            length = 0;
        }
        length += piece.len();
        before = piece.last().copied();
        broken.extend(piece.iter().copied());
    }
    run.clear();
}

/// The signs of a run one by one, but a number of no more than so many signs as one: half a number reads as another.
fn numerals_whole<'r, 't>(run: &'r [&'t str], longest: usize) -> impl Iterator<Item = &'r [&'t str]> {
    let is_digit = |one: &str| one.starts_with(|c: char| c.is_ascii_digit());
    let in_number = move |one: &&str, other: &&str| {
        [one, other].iter().all(|sign| is_digit(sign) || matches!(**sign, "." | ","))
    };
    run.chunk_by(in_number)
        .flat_map(move |piece| piece.chunks(if piece.len() > longest { 1 } else { piece.len() }))
}

fn is_pause(cluster: &str) -> bool {
    matches!(cluster, "、" | "，" | "；" | "。" | "：")
}

fn is_mark(cluster: &str) -> bool {
    !cluster.chars().any(char::is_alphanumeric)
}

/// Whether a line can be broken before and behind a cluster.
fn is_break(cluster: &str) -> bool {
    cluster.chars().all(|c| {
        matches!(c, ' ' | '\n' | '\t' | '\u{3000}' | '〓' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs(missing: &[&str]) -> Glyphs {
        let missing = missing.iter().map(|one| (*one).to_owned()).collect();
        Glyphs { missing, ..Glyphs::default() }
    }

    fn text_of(text: &str, missing: &[&str]) -> String {
        let mut model = serde_json::json!({ "message": text });
        print(&mut model, &glyphs(missing));
        model["message"].as_str().unwrap().to_owned()
    }

    #[test]
    fn characters_are_replaced_cluster_by_cluster_in_texts_only() {
        let mut model = serde_json::json!({
            "1️⃣": "1️⃣已开会，完成11项", "slug": "a1", "rows": [{ "state": "met", "no": "1" }], "alt": "👨‍👩‍👧\u{f0b7}县"
        });
        assert!(print(&mut model, &glyphs(&["1️⃣", "👨‍👩‍👧"])));
        let expected = serde_json::json!({
            "1️⃣": "〓已开会，完成11项", "slug": "a1", "rows": [{ "state": "met", "no": "1" }], "alt": "〓〓县"
        });
        assert_eq!(model, expected);
    }

    #[test]
    fn parts_of_clusters_count_once_nothing_else_is_learned() {
        let mut glyphs = Glyphs::default();
        let told = BTreeSet::from(["\u{20e3}".to_owned()]);
        assert!(glyphs.learn_missing(&told));
        assert!(glyphs.is_missing("1\u{fe0f}\u{20e3}") && !glyphs.is_missing("1"));
        assert!(!glyphs.learn_missing(&told), "the same again leads nowhere");
        // Of a keycap over 会 typst names 会 as well, which is a common character.
        let told = BTreeSet::from(["会".to_owned(), "\u{fe0f}".to_owned(), "\u{1f44d}".to_owned()]);
        assert!(glyphs.learn_missing(&told));
        assert!(
            !glyphs.is_missing("会") && !glyphs.is_missing("☎\u{fe0f}") && glyphs.is_missing("\u{1f44d}")
        );
    }

    #[test]
    fn what_shows_nothing_is_left_out() {
        assert!(Glyphs { strict: true, ..Glyphs::default() }.is_missing("é"));
        assert_eq!(text_of("甲\u{200b}乙\u{feff}丙\u{202e}丁\u{ad}\u{fe0f}", &[]), "甲乙丙丁");
        assert_eq!(text_of("甲\r\n乙\u{7}\u{85}", &[]), "甲\n乙");
    }

    #[test]
    fn a_stack_of_marks_is_one_sign() {
        assert_eq!(text_of(&format!("甲a{}乙", "\u{301}".repeat(50)), &[]), "甲〓乙");
    }

    #[test]
    fn long_runs_can_be_broken_and_short_ones_are_not() {
        let mut model = serde_json::json!({ "rows": [
            { "state": "not_assessable", "cells": ["not_assessable", null], "value": "1234567.89", "raw": "WWWWWWWWWW", "line": "L7—9", "short": "17、P2、P3、P49" }
        ] });
        print(&mut model, &Glyphs::default());
        let expected = serde_json::json!({ "rows": [
            { "state": "not_assessable", "cells": ["not_assessable", null], "value": "1234567.89", "raw": "WWW\u{2064}WWW\u{2064}WWW\u{2064}W", "line": "L7—9", "short": "17、P2、P3、P49" }
        ] });
        assert_eq!(model, expected);
        let mail = "a.very.long.address@statistics.example.gov.cn";
        let printed = text_of(&format!("联系{mail}。"), &[]);
        assert_eq!(printed.replace(BREAK, ""), format!("联系{mail}。"));
        let longest = printed.split([BREAK, '联', '系']).map(|run| run.chars().count()).max();
        assert!(longest <= Some(PIECE), "{printed}");
        let digits = text_of(&"1".repeat(60), &[]);
        assert_eq!(digits.matches(BREAK).count(), 19);
        let rates = text_of("2025/2023:14/16=87.5%,+12.25", &[]);
        assert_eq!(rates.replace(BREAK, "|"), "2025|/|2023|:14|/16|=|87.5|%,+|12.25");
        assert_eq!(text_of(&"）".repeat(16), &[]).matches(FORCED).count(), 5);
        assert_eq!(text_of(&"、".repeat(16), &[]).matches(FORCED).count(), 5);
        assert_eq!(text_of("全社会研发投入达到五十二亿元以上的有三个县区", &[]).matches(BREAK).count(), 0);
    }

    #[test]
    fn words_that_templates_look_up_are_never_broken() {
        let states = State::ALL.iter().map(|state| state.key());
        let tasks = TaskState::ALL.iter().map(|state| state.key());
        let methods = Scoring::WORDS.iter().map(|(word, _)| *word);
        let words: Vec<&str> = states.chain(tasks).chain(methods).collect();
        let given = serde_json::json!({ "rows": [{ "cells": words, "status": words }] });
        let mut model = given.clone();
        print(&mut model, &Glyphs::default());
        assert_eq!(model, given);
    }

    #[test]
    fn english_words_are_not_broken_and_have_the_room_of_half_as_many_characters() {
        let long = "optoelectronics ".repeat(80);
        let mut model = serde_json::json!({
            "properties": { "language": "en" },
            "sections": [{ "content": { "rows": [{ "message": long, "name": "Optoelectronics" }] } }],
        });
        print(&mut model, &Glyphs::default());
        let row = &model["sections"][0]["content"]["rows"][0];
        assert_eq!(row["name"], "Optoelectronics");
        let text = row["message"].as_str().unwrap();
        assert!(text.ends_with("… (1280 characters)") && !text.contains(BREAK), "{text}");
        assert_eq!(text.chars().count(), 800 + "… (1280 characters)".chars().count());
    }

    #[test]
    fn texts_are_bounded_by_their_place() {
        let long = "长".repeat(10_000);
        for (key, most) in [("message", 400), ("sheet", 60), ("name", 120), ("action", 160)] {
            let mut model = serde_json::json!({ "rows": [{ key: long }] });
            print(&mut model, &Glyphs::default());
            let text = model["rows"][0][key].as_str().unwrap();
            assert_eq!(text, format!("{}…（共10000字）", "长".repeat(most)), "{key}");
        }
        let mut model = serde_json::json!({ "verdict": long, "title": long });
        print(&mut model, &Glyphs::default());
        assert!(model["verdict"].as_str().unwrap().ends_with("…（共10000字）"));
        assert_eq!(
            model["title"].as_str().unwrap().chars().count(),
            LONGEST_NAME + "…（共10000字）".chars().count()
        );
    }
}
