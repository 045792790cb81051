//! The languages in which people are told something.

/// The language of messages and documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// 中文.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Language {
    /// The words of files, and what BCP 47 calls them.
    pub const KEYS: [(&str, Self); 2] = [("zh", Self::Chinese), ("en", Self::English)];

    /// What files and BCP 47 call it.
    pub fn key(self) -> &'static str {
        self.of("zh", "en")
    }

    /// What is said in it, of a Chinese and an English wording.
    pub fn of<T>(self, chinese: T, english: T) -> T {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }

    /// Things one after the other: `甲、乙`, `A, B`.
    pub fn list<S: AsRef<str>>(self, things: &[S]) -> String {
        self.joined(things, "、", ", ")
    }

    /// Clauses one after the other, each of which may hold several things: `甲；乙`, `A; B`.
    pub fn clauses<S: AsRef<str>>(self, clauses: &[S]) -> String {
        self.joined(clauses, "；", "; ")
    }

    /// Short clauses one after the other: `甲，乙`, `A, B`.
    pub fn parts<S: AsRef<str>>(self, parts: &[S]) -> String {
        self.joined(parts, "，", ", ")
    }

    fn joined<S: AsRef<str>>(self, things: &[S], chinese: &str, english: &str) -> String {
        let things: Vec<&str> = things.iter().map(AsRef::as_ref).collect();
        things.join(self.of(chinese, english))
    }
}
