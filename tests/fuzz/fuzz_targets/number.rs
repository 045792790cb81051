//! A typed text as a number: no panic, within the bounds of a statistic, and what is written again reads the same.

#![no_main]

use duibiao::collect::{Reading, read_text};
use duibiao::rounding::plain;
use libfuzzer_sys::fuzz_target;
use rust_decimal::Decimal;

fuzz_target!(|parts: (&str, u8)| {
    let (text, unit) = parts;
    let unit = ["", "家", "万元", "%", "亿元", "吨标准煤/万元"][usize::from(unit) % 6];
    if let Reading::Number(value) = read_text(text, unit) {
        assert!(value.abs() < Decimal::new(1_000_000_000_000_000, 0), "{value}");
        assert_eq!(read_text(&plain(value), unit), Reading::Number(value.normalize()));
    }
});
