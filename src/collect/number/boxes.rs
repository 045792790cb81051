//! 有 and 无 as words, and as boxes that are ticked: `☑有`, `√有 ×无`, `■有 □无`, `有√ 无□`.

/// Words for 有 and for 无.
const PRESENT: [&str; 12] =
    ["有", "是", "已出台", "具备", "已具备", "√", "✓", "✔", "☑", "✅", "已有", "已制定"];
const ABSENT: [&str; 9] = ["无", "否", "没有", "未出台", "不具备", "×", "尚无", "未制定", "✗"];

/// Marks that tick, that tick where an empty box stands beside them, and that do not.
const TICKS: &str = "☑√✓✔✅■●◉🗹▣◼";
const CROSSES: &str = "☒×✗✘✕xX❌🗷";
const EMPTY: &str = "□☐○◯▢◻";

/// Whether a text says 有; `None` when it says neither 有 nor 无, or both.
pub(super) fn presence(text: &str) -> Option<bool> {
    if PRESENT.contains(&text) {
        return Some(true);
    }
    if ABSENT.contains(&text) {
        return Some(false);
    }
    ticked(text)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Tick,
    Cross,
    Empty,
    Word(bool),
}

/// Which of the words beside boxes is ticked.
fn ticked(text: &str) -> Option<bool> {
    let tokens = tokens(text)?;
    let words = tokens.iter().filter(|token| matches!(token, Token::Word(_))).count();
    let has = |wanted: Token| tokens.contains(&wanted);
    if words == 0 || words > 2 || !(has(Token::Tick) || has(Token::Cross)) {
        return None;
    }
    // A cross ticks where it is the only mark beside an empty box.
    let crosses_tick = !has(Token::Tick) && has(Token::Empty);
    let ticks = |token: &Token| *token == Token::Tick || (crosses_tick && *token == Token::Cross);
    let is_mark = |token: &&Token| !matches!(token, Token::Word(_));
    let marks_first = tokens.first().is_some_and(|first| is_mark(&first));
    let mut chosen = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Token::Word(word) = token else { continue };
        let beside = if marks_first { at.checked_sub(1) } else { Some(at + 1) };
        let mark = beside.and_then(|beside| tokens.get(beside)).filter(is_mark);
        chosen.extend(mark.filter(|mark| ticks(mark)).map(|_| *word));
    }
    match chosen[..] {
        [word] => Some(word),
        _ => None,
    }
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = match c {
            ' ' | '\n' | ',' | ';' | '、' | '/' | '(' | ')' | '[' | ']' | '\u{fe0f}' | '\u{fe0e}' => after,
            '有' | '是' => {
                tokens.push(Token::Word(true));
                after
            }
            '无' | '否' => {
                tokens.push(Token::Word(false));
                after
            }
            c if TICKS.contains(c) => {
                tokens.push(Token::Tick);
                after
            }
            c if CROSSES.contains(c) => {
                tokens.push(Token::Cross);
                after
            }
            c if EMPTY.contains(c) => {
                tokens.push(Token::Empty);
                after
            }
            _ => return None,
        };
    }
    Some(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_that_is_ticked_counts() {
        for (text, expected) in [
            ("有", Some(true)),
            ("没有", Some(false)),
            ("☑有", Some(true)),
            ("☑无", Some(false)),
            ("☑", Some(true)),
            ("√有 ×无", Some(true)),
            ("×有 √无", Some(false)),
            ("■有 □无", Some(true)),
            ("□有 ■无", Some(false)),
            ("有√ 无□", Some(true)),
            ("有□ 无√", Some(false)),
            ("☒有 ☐无", Some(true)),
            ("☐有 ☒无", Some(false)),
            ("☑是 □否", Some(true)),
            ("有(√) 无( )", Some(true)),
            ("有 无√", Some(false)),
            ("✔\u{fe0f}有", Some(true)),
            ("☒", None),
            ("☒有", None),
            ("□", None),
            ("□有 □无", None),
            ("☑有 ☑无", None),
            ("有无", None),
            ("有所进展", None),
            ("正在制定", None),
        ] {
            assert_eq!(presence(text), expected, "{text}");
        }
    }
}
