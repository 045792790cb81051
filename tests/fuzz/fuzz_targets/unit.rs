//! Units: no panic, a unit converts to itself by one, and a conversion there and back gives the value again.

#![no_main]

use duibiao::quantity::Unit;
use libfuzzer_sys::fuzz_target;
use rust_decimal::Decimal;

fuzz_target!(|parts: (&str, &str, i32)| {
    let (one, other, value) = parts;
    let (one, other) = (Unit::parse(one), Unit::parse(other));
    let value = Decimal::from(value);
    assert_eq!(one.convert(value, &one).map(|(value, _)| value), Some(value));
    if let Some((there, _)) = one.convert(value, &other)
        && let Some((back, _)) = other.convert(there, &one)
    {
        let error = (back - value).abs();
        assert!(error <= Decimal::new(1, 6) * value.abs().max(Decimal::ONE), "{value} {there} {back}");
    }
});
