//! The years that a text names: no panic, sensible years, in order and once each.

#![no_main]

use duibiao::collect::years_in;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let years = years_in(text);
    assert!(years.iter().all(|year| (1949..=2100).contains(year)), "{years:?}");
    assert!(years.is_sorted_by(|a, b| a < b), "{years:?}");
});
