//! What was worked out for texts, by text. Forms are alike: most texts stand in many workbooks.
//!
//! A memo has a fixed number of places; a text has one of them, and takes it from the text that was there before. So what is kept is
//! bounded, and what is found is what would be worked out: results depend on no memo.

use std::cell::RefCell;

/// Places of a memo, as a power of two.
const PLACES: u32 = 11;
/// The longest text that is remembered, in bytes: longer ones are sentences, which do not come again.
const LONGEST: usize = 300;

/// Results by text.
#[derive(Debug)]
pub(super) struct Memo<T>(RefCell<Vec<Slot<T>>>);

/// A text with its result.
type Slot<T> = Option<(Box<str>, T)>;

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Memo<T> {
    pub(super) const fn new() -> Self {
        Self(RefCell::new(Vec::new()))
    }
}

impl<T: Clone> Memo<T> {
    /// The result for a text, remembered or worked out.
    pub(super) fn of(&self, text: &str, work: impl FnOnce() -> T) -> T {
        self.of_some(text, || (work(), true))
    }

    /// The same where the work says whether the result depends on the text alone: only then is it remembered.
    pub(super) fn of_some(&self, text: &str, work: impl FnOnce() -> (T, bool)) -> T {
        if text.len() > LONGEST {
            return work().0;
        }
        let at = place(text);
        if let Some(Some((known, result))) = self.0.borrow().get(at)
            && **known == *text
        {
            return result.clone();
        }
        // Nothing is borrowed here: what is worked out may ask for other texts.
        let (result, is_of_text) = work();
        if is_of_text {
            let mut places = self.0.borrow_mut();
            if places.is_empty() {
                places.resize_with(1 << PLACES, || None);
            }
            if let Some(place) = places.get_mut(at) {
                *place = Some((text.into(), result.clone()));
            }
        }
        result
    }
}

/// The place of a text: its bytes, eight at a time, multiplied into each other (as FxHash does); the upper bits are the mixed ones.
fn place(text: &str) -> usize {
    const FACTOR: u64 = 0x517c_c1b7_2722_0a95;
    let mix = |sum: u64, word: u64| (sum.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let mut sum = text.len() as u64;
    for word in words {
        sum = mix(sum, u64::from_le_bytes(*word));
    }
    let mut last = [0; 8];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    usize::try_from(mix(sum, u64::from_le_bytes(last)) >> (u64::BITS - PLACES)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_was_worked_out_and_is_bounded() {
        let memo = Memo::new();
        let texts: Vec<String> = (0..30_000).map(|number| format!("指标{number}")).collect();
        for _ in 0..2 {
            for text in &texts {
                assert_eq!(memo.of(text, || text.len()), text.len(), "{text}");
            }
        }
        assert!(memo.0.borrow().len() <= 1 << PLACES);
        let filled = memo.0.borrow().iter().flatten().count();
        assert!(filled > 1 << (PLACES - 1), "texts are spread over the places: {filled}");
    }

    #[test]
    fn a_text_is_worked_out_once() {
        let (memo, mut count) = (Memo::new(), 0);
        for _ in 0..3 {
            memo.of("研发投入", || count += 1);
        }
        assert_eq!(count, 1);
    }
}
