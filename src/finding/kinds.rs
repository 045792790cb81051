//! The table of kinds: what each kind of finding carries, its code, severity and rule, and what it says in both languages.

/// Makes an enum of kinds with all that is known of each. An entry is
///
/// ```text
/// /// Meaning.
/// Kind { field: Type } = "code", severity, "short name of the rule, in Chinese";
///     chinese: what is wrong, the value quoted;
///     remedy: what to do about it;
///     english: the same;
///     remedy: the same;
/// ```
///
/// The fields are at hand in all of its expressions. Pages (`explain`) are in `docs/findings.md`.
macro_rules! kinds {
    ($(#[$about:meta])* $name:ident { $(
        $(#[$meaning:meta])* $kind:ident $({ $( $(#[$carried:meta])* $field:ident: $of:ty, )* })?
            = $code:literal, $severity:expr, $rule:literal;
            chinese: $chinese:expr;
            remedy: $chinese_remedy:expr;
            english: $english:expr;
            remedy: $english_remedy:expr;
    )* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name { $( $(#[$meaning])* $kind $({ $( $(#[$carried])* $field: $of, )* })?, )* }

        #[allow(unused_variables, reason = "an entry says nothing of some fields")]
        impl $name {
            /// The codes, in order.
            pub(super) const CODES: &[&str] = &[$($code),*];

            /// Codes with their severities as the entries say them.
            #[cfg(test)]
            pub(super) const SEVERITIES: &[(&str, &str)] = &[$(($code, stringify!($severity))),*];

            pub(super) fn code(&self) -> &'static str {
                match self { $( Self::$kind { .. } => $code, )* }
            }

            pub(super) fn severity(&self) -> Severity {
                match self { $( Self::$kind $({ $($field),* })? => $severity, )* }
            }

            pub(super) fn rule(&self) -> &'static str {
                match self { $( Self::$kind { .. } => $rule, )* }
            }

            pub(super) fn message(&self, language: super::Language) -> String {
                match (self, language) { $(
                    (Self::$kind $({ $($field),* })?, super::Language::Chinese) => $chinese.into(),
                    (Self::$kind $({ $($field),* })?, super::Language::English) => $english.into(),
                )* }
            }

            pub(super) fn remedy(&self, language: super::Language) -> String {
                match (self, language) { $(
                    (Self::$kind $({ $($field),* })?, super::Language::Chinese) => $chinese_remedy.into(),
                    (Self::$kind $({ $($field),* })?, super::Language::English) => $english_remedy.into(),
                )* }
            }
        }
    };
}

pub(super) use kinds;
