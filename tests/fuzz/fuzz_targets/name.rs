//! Names and texts: no panic; cleaning twice is cleaning once; a suggestion is one of the known names.

#![no_main]

use duibiao::collect::{clean, name_key, nearest, tidy};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|parts: (&str, &str)| {
    let (text, other) = parts;
    let cleaned = clean(text);
    assert_eq!(clean(&cleaned), cleaned);
    assert_eq!(tidy(&tidy(text)), tidy(text));
    let key = name_key(text);
    assert!(!key.chars().any(char::is_whitespace), "{key:?}");
    if let Some(near) = nearest(text, [other, "市科技局"].into_iter()) {
        assert!(near == other || near == "市科技局");
    }
});
