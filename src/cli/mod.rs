//! The command line: arguments → settings → run → exit status. The only folder that knows the terminal, the
//! environment and this program's own path.

mod args;
mod plans;
mod progress;
mod render;
mod settings;

use std::process::ExitCode;

use clap::Parser as _;

use crate::error::RunError;
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
    let args = Args::parse();
    let printer = Printer::new(&args);
    match dispatch(&args, &printer) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            printer.failure(&error);
            ExitCode::from(2)
        }
    }
}

/// Does what was asked; tells whether everything is in order.
fn dispatch(args: &Args, printer: &Printer) -> Result<bool, RunError> {
    match &args.command {
        Command::Run(asked) => {
            let settings = settings::round(&asked.round, &asked.reading)?;
            let publication = settings::publication(asked)?;
            let bar = Bar::new(args.quiet);
            let evaluation = run::run(&settings, &publication, &bar)?;
            bar.finish();
            printer.summary(&evaluation);
            printer.counts(&evaluation.findings);
            printer.published(&publication.output);
            Ok(!run::has_errors(&evaluation.findings))
        }
        Command::Check(asked) => {
            let settings = settings::check(asked)?;
            let bar = Bar::new(args.quiet);
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
    }
}

fn plan(asked: &PlanArgs) -> Result<Plan, RunError> {
    let input = settings::input_of(&asked.plan, asked.input.as_deref());
    let inputs = Inputs::default();
    let catalogue = Catalogue::load(&inputs, &input.join("catalogue.toml"))?;
    crate::plan::load(&inputs, &asked.plan, &catalogue, &input)
}
