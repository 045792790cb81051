//! Help and faults of the command line: Chinese with English beside, or English alone (`--lang en`).

use std::ffi::OsString;

use clap::error::{ContextKind, ErrorKind};
use clap::{Command, CommandFactory as _, Error, FromArgMatches as _};

use super::args::Args;
use super::screen::Screen;
use crate::shown;
use crate::wrapped::{width, wrapped};

/// What parts the two languages of a text of help.
const BESIDE: &str = " · ";

/// The words of the parser beside which Chinese ones are put.
const WORDS: [(&str, &str); 9] = [
    ("Usage:", "用法 Usage:"),
    ("Commands:", "命令 Commands:"),
    ("Arguments:", "参数 Arguments:"),
    ("Options:", "选项 Options:"),
    ("Possible values:", "可选 Possible values:"),
    ("[possible values:", "[可选 possible values:"),
    ("[default:", "[默认 default:"),
    ("Print help", "显示帮助 · Print help"),
    ("Print version", "显示版本 · Print version"),
];

/// Columns of help where no terminal says how many there are.
const COLUMNS: usize = 100;
/// Where a text stands that has no room beside what it explains.
const BELOW: usize = 10;

const ENGLISH_END: &str = "exit status:\n  0  done\n  1  done, with findings of severity error or with something withheld\n  2  not done, previous output untouched\n\nexamples:\n  duibiao run input/2023\n  duibiao check input/2023/xiangtan/submissions/市科技局.xlsx -v\n  duibiao explain R101\n  duibiao explain output/2023 湘潭/22";

/// What is told in the place of doing something: help, the version, or what is wrong with the arguments.
pub(super) struct HelpTold {
    /// The words.
    pub(super) text: String,
    /// Whether they were asked for.
    pub(super) is_asked: bool,
    /// The status with which the program ends.
    pub(super) status: u8,
}

/// The arguments as they were typed.
///
/// # Errors
/// Gives what is to be told where nothing is to be done. What was typed stands there in one line each: no argument forges a line.
pub(super) fn parsed() -> Result<Args, HelpTold> {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let is_english = wants_english(&typed);
    let error = match of(&typed, is_english) {
        Ok(args) => return Ok(args),
        Err(error) => error,
    };
    let lines: Vec<OsString> =
        typed.iter().map(|argument| shown::line(&argument.to_string_lossy()).into()).collect();
    let error = of(&lines, is_english).err().unwrap_or(error);
    let is_asked = !error.use_stderr();
    let text = error.render().to_string();
    let text = if is_english { english_lines(&text) } else { beside(&text) };
    let screen = Screen::of_output();
    let columns = if screen.is_terminal && is_asked { screen.columns } else { COLUMNS };
    // What is wrong stands in one line: no argument makes another one by its length.
    let is_help = is_asked || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    let text = if is_help { fitted(&text, columns) } else { text };
    let text = match fault(&error).filter(|_| !is_english) {
        Some(fault) => format!("{fault}\n{text}"),
        None => text,
    };
    Err(HelpTold { text, is_asked, status: u8::try_from(error.exit_code()).unwrap_or(2) })
}

fn of(typed: &[OsString], is_english: bool) -> Result<Args, Error> {
    let command = if is_english { english(Args::command()).after_help(ENGLISH_END) } else { Args::command() };
    let mut matches = command.term_width(0).try_get_matches_from(typed)?;
    Args::from_arg_matches_mut(&mut matches)
}

/// Whether English is asked for, also where the arguments as a whole cannot be understood.
fn wants_english(typed: &[OsString]) -> bool {
    let follows = |pair: &[OsString]| matches!(pair, [lang, en] if lang == "--lang" && en == "en");
    typed.windows(2).any(follows) || typed.iter().any(|one| one == "--lang=en")
}

/// The same command with the English part of its texts alone.
fn english(command: Command) -> Command {
    let about = command.get_about().map(|about| english_of(&about.to_string()));
    let command = command
        .mut_args(|arg| match arg.get_help().map(|help| english_of(&help.to_string())) {
            Some(help) => arg.help(help),
            None => arg,
        })
        .mut_subcommands(english);
    match about {
        Some(about) => command.about(about),
        None => command,
    }
}

fn english_of(text: &str) -> String {
    text.split_once(BESIDE).map_or(text, |(_, english)| english).to_owned()
}

/// The lines of help in so many columns: a text goes on below itself. The parser takes a Chinese character for one column, so it wraps nothing.
fn fitted(text: &str, columns: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let own = line.trim_start_matches(' ');
        let indent = width(line).saturating_sub(width(own));
        // What is explained, and behind two blanks the explanation.
        let (head, body) = own.split_once("  ").map_or(("", own), |(head, body)| (head, body.trim_start()));
        let spaces = |count: usize| " ".repeat(count);
        let at = width(line).saturating_sub(width(body));
        let head = format!("{}{head}", spaces(indent));
        if width(line) <= columns {
            lines.push(line.to_owned());
        } else if head.trim().is_empty() {
            lines.extend(wrapped(own, [&spaces(indent), &spaces(indent)], columns));
        } else if at.saturating_mul(2) > columns {
            lines.push(head);
            lines.extend(wrapped(body, [&spaces(BELOW), &spaces(BELOW)], columns));
        } else {
            let gap = spaces(at.saturating_sub(width(&head)));
            lines.extend(wrapped(body, [&format!("{head}{gap}"), &spaces(at)], columns));
        }
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

/// The same of lines that the parser makes of the values of an option: `- unit: 按单位 · under the unit`.
fn english_lines(text: &str) -> String {
    let line = |line: &str| match line.split_once(BESIDE) {
        Some((before, english)) => {
            let name = before.split_once(": ").map_or_else(String::new, |(name, _)| format!("{name}: "));
            format!("{name}{english}\n")
        }
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

/// The words of the parser with Chinese ones beside them.
fn beside(text: &str) -> String {
    WORDS.iter().fold(text.to_owned(), |text, (english, both)| text.replace(english, both))
}

/// What is wrong, in Chinese; nothing of help.
fn fault(error: &Error) -> Option<String> {
    let of = |kind: ContextKind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (arg, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let words = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::UnknownArgument => format!("没有“{arg}”这个选项"),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", of(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少 {arg}"),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} 后面缺少内容"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("{arg} 不能是“{value}”"),
        ErrorKind::ArgumentConflict => {
            format!("{arg} 不能与 {} 同时使用", of(ContextKind::PriorArg))
        }
        _ => "命令行有误".to_owned(),
    };
    Some(format!("未完成：{words}。加 --help 看用法。"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text of help of a command and of those below it.
    fn texts(command: &Command) -> Vec<String> {
        let own =
            command.get_about().into_iter().chain(command.get_arguments().filter_map(|arg| arg.get_help()));
        let own: Vec<String> = own.map(ToString::to_string).collect();
        let below = command.get_subcommands().filter(|one| !one.is_hide_set()).flat_map(texts);
        own.into_iter().chain(below).collect()
    }

    #[test]
    fn every_text_of_help_stands_in_both_languages_and_is_english_alone_when_asked() {
        let all = texts(&Args::command());
        assert!(all.len() > 100, "{}", all.len());
        for text in &all {
            let (chinese, words) = text.split_once(BESIDE).unwrap_or_else(|| panic!("{text}"));
            assert!(chinese.chars().any(crate::characters::is_han), "{text}");
            assert!(words.chars().filter(|c| c.is_ascii_alphabetic()).count() > 1, "{text}");
        }
        for text in texts(&english(Args::command())) {
            assert!(!text.contains(BESIDE), "{text}");
        }
        assert_eq!(
            english_lines("  - unit: 按单位 · under the unit\nUsage: x"),
            "  - unit: under the unit\nUsage: x\n"
        );
    }

    #[test]
    fn help_goes_on_below_itself_in_the_columns_that_there_are() {
        let typed: Vec<OsString> = ["duibiao", "run", "--help"].map(OsString::from).to_vec();
        let text = beside(&of(&typed, false).unwrap_err().render().to_string());
        for columns in [60, 80, 200] {
            let fitted = fitted(&text, columns);
            let widest = fitted.lines().map(width).max().unwrap();
            assert!(widest <= columns, "{widest} of {columns}:\n{fitted}");
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(letters(&fitted), letters(&text));
        }
    }

    #[test]
    fn faults_of_the_command_line_are_told_in_chinese_too() {
        for (typed, expected) in [
            (&["duibiao", "chek", "input"][..], "没有“chek”这个命令"),
            (&["duibiao", "check", "input", "--foo"], "没有“--foo”这个选项"),
            (&["duibiao", "check"], "缺少 <PATH>"),
            (&["duibiao", "check", "input", "--by", "x"], "--by <BY> 不能是“x”"),
            (&["duibiao", "check", "input", "--by", "unit", "--statistics"], "不能与"),
            (&["duibiao", "status", "input", "--as-of", "soon"], "--as-of <DATE> 不能是“soon”"),
        ] {
            let typed: Vec<OsString> = typed.iter().map(OsString::from).collect();
            let told = fault(&of(&typed, false).unwrap_err()).unwrap();
            assert!(told.contains(expected), "{told}");
        }
        let typed: Vec<OsString> = ["duibiao", "--help"].map(OsString::from).to_vec();
        assert_eq!(fault(&of(&typed, false).unwrap_err()), None);
    }
}
