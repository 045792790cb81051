//! The command line: arguments → settings → run → exit status. The only folder that knows the terminal, the
//! environment and this program's own path.

mod args;
mod interrupt;
mod plans;
mod progress;
mod render;
mod settings;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use crate::children::launch;
use crate::error::RunError;
use crate::files;
use crate::inputs::Inputs;
use crate::plan::{Catalogue, Plan};
use crate::publish::Glyphs;
use crate::run;
use crate::workbook::serve;
use args::{Args, Command, PlanArgs, PlanCommand};
use progress::Bar;
use render::Printer;

/// Runs the program: 0 done; 1 done, with findings of severity error; 2 not done.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        // Help and version are told in this way too.
        Err(error) => {
            let told = error.print().and_then(|()| std::io::stdout().flush());
            let status = told.map_or(NOT_DONE, |()| u8::try_from(error.exit_code()).unwrap_or(NOT_DONE));
            return ExitCode::from(status);
        }
    };
    if let Command::Launch { arguments } = &args.command {
        let (words, status) = launch(arguments);
        // Whoever launched it listens.
        let _ = writeln!(std::io::stderr(), "{words}");
        return ExitCode::from(status);
    }
    let printer = Printer::new(&args);
    let is_own = !matches!(args.command, Command::Worker);
    if is_own {
        std::panic::set_hook(Box::new(|fault| {
            if no_threads(fault.payload()).is_some() {
                return;
            }
            // There may be nobody left to read it.
            let _ = writeln!(std::io::stderr(), "程序内部错误，请报告开发者 (internal fault): {fault}");
        }));
    }
    let watched = || if is_own { interrupt::watch() } else { Ok(()) };
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        watched()?;
        let in_order = dispatch(&args, &printer)?;
        printer.said_all()?;
        Ok(in_order)
    }));
    let status = match done {
        Ok(Ok(true)) => ExitCode::SUCCESS,
        Ok(Ok(false)) => ExitCode::from(1),
        Ok(Err(error)) => {
            printer.failure(&error);
            ExitCode::from(NOT_DONE)
        }
        Err(fault) => {
            if let Some(words) = no_threads(fault.as_ref()) {
                printer.failure(&RunError::NoThreads(words.to_owned()));
            }
            ExitCode::from(NOT_DONE)
        }
    };
    // From here on no signal is answered: the process ends by itself.
    std::mem::forget(files::settle());
    status
}

const NOT_DONE: u8 = 2;

/// Libraries start threads of their own and panic when there are none: that is the machine's fault, not the program's.
fn no_threads(fault: &(dyn std::any::Any + Send)) -> Option<&str> {
    let words =
        fault.downcast_ref::<String>().map(String::as_str).or_else(|| fault.downcast_ref::<&str>().copied());
    words.filter(|words| words.contains("spawn thread"))
}

/// Does what was asked; tells whether everything is in order.
fn dispatch(args: &Args, printer: &Printer) -> Result<bool, RunError> {
    match &args.command {
        Command::Run(asked) => {
            let settings = settings::round(&asked.round, &asked.reading)?;
            let publication = settings::publication(asked)?;
            let bar = Bar::new(args.quiet, printer);
            let evaluation = run::run(&settings, &publication, &bar)?;
            bar.finish();
            printer.summary(&evaluation);
            printer.counts(&evaluation.findings);
            printer.published(&publication.output);
            Ok(!run::has_errors(&evaluation.findings))
        }
        Command::Check(asked) => {
            let settings = settings::check(asked)?;
            let bar = Bar::new(args.quiet, printer);
            let mut evaluation = run::evaluate(&settings, &Inputs::default(), &bar)?;
            if let Some(typst) = settings::typesetter() {
                // Without an answer those that no font may show are named all the same.
                let _ = run::name_unshown(&mut evaluation, &typst, &mut Glyphs::default());
            }
            bar.finish();
            if let (Some(_), Some(file)) = (&settings.workbook, evaluation.workbook()) {
                evaluation.findings.retain(|finding| finding.at.file == file);
            }
            if asked.verbose {
                printer.understood(&evaluation);
            }
            printer.findings(&evaluation);
            if settings.workbook.is_none() {
                printer.summary(&evaluation);
            }
            printer.counts(&evaluation.findings);
            Ok(!run::has_errors(&evaluation.findings))
        }
        Command::Explain { code } => printer.explain(code.as_deref()).map(|()| true),
        Command::Plan { command: PlanCommand::Check(asked) } => {
            let plan = plan(&asked.plan)?;
            printer.remarks(&plan, &plan.remarks(asked.tolerance.into()));
            Ok(true)
        }
        Command::Plan { command: PlanCommand::Show(asked) } => {
            printer.show(&plan(asked)?);
            Ok(true)
        }
        Command::Worker => {
            serve().map_err(|source| RunError::reading("standard input", source))?;
            Ok(true)
        }
        Command::Launch { .. } => Ok(true),
    }
}

fn plan(asked: &PlanArgs) -> Result<Plan, RunError> {
    let input = settings::input_of(&asked.plan, asked.input.as_deref());
    let inputs = Inputs::default();
    let catalogue = Catalogue::load(&inputs, &input.join("catalogue.toml"))?;
    crate::plan::load(&inputs, &asked.plan, &catalogue, &input)
}
