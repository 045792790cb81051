//! The command line: arguments → settings → run → exit status. The only folder that knows the terminal, the
//! environment and this program's own path.

mod answered;
mod archived;
mod args;
mod asking;
mod clock;
mod compared;
mod draft_left;
mod drafts;
mod entries;
mod explained;
mod grouped;
mod help;
mod interrupt;
mod issued;
mod made;
mod named_cities;
mod new_round;
mod plans;
mod progress;
mod queries;
mod query_args;
mod reading_args;
mod render;
mod replayed;
mod reported;
mod screen;
mod settings;
mod shares;
mod since;
mod understood;
mod vouched;
mod watching;

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::archive::archive;
use crate::children::{adopt, again_without, launch};
use crate::diff::diff;
use crate::error::{PlanRefusal, RunError};
use crate::evaluation::Evaluation;
use crate::explain::{ExplainOrder, explain};
use crate::files;
use crate::forms;
use crate::inputs::Inputs;
use crate::next_round;
use crate::plan::{Catalogue, Plan, QUERIES, read_queries, unsettled};
use crate::publish::{Glyphs, Publication, Shares};
use crate::replay::replay;
use crate::run::{self, Settings};
use crate::shown;
use crate::status;
use crate::workbook::serve;
use args::{
    ArchiveArgs, Args, CheckArgs, Command, DiffArgs, FormsArgs, PlanArgs, PlanCommand, ReadingArgs, RunArgs,
    StatusArgs,
};
use help::HelpTold;
use progress::Bar;
use render::Printer;
use screen::Screen;

/// The stack of the thread that does the work, in bytes: it is not the starter's (`ulimit -s`) to say how deep the work may go.
const STACK: usize = 16 << 20;

/// Runs the program: 0 done; 1 done, with findings of severity error or with something withheld; 2 not done.
pub fn main() -> ExitCode {
    match std::thread::Builder::new().name("main".to_owned()).stack_size(STACK).spawn(work) {
        Ok(worker) => worker.join().unwrap_or_else(|_| ExitCode::from(NOT_DONE)),
        Err(error) => {
            // There may be nobody left to read it.
            let _ =
                writeln!(std::io::stderr(), "未完成 not done: {}", RunError::NoThreads(error.to_string()));
            ExitCode::from(NOT_DONE)
        }
    }
}

fn work() -> ExitCode {
    let begun = Instant::now();
    let args = match help::parsed() {
        Ok(args) => args,
        Err(told) => return ExitCode::from(tell(&told)),
    };
    if let Command::Launch { arguments } = &args.command {
        let (words, status) = launch(arguments);
        // Whoever launched it listens.
        let _ = writeln!(std::io::stderr(), "{words}");
        return ExitCode::from(status);
    }
    let printer = Printer::new(&args);
    let is_own = !matches!(args.command, Command::Worker);
    if is_own && settings::has_unwanted() {
        // Goes on below only when that fails; then there is nothing to be done about it.
        let _ = again_without(&settings::UNWANTED);
    }
    if is_own {
        adopt();
        std::panic::set_hook(Box::new(|fault| {
            if let Some(error) = of_the_machine(fault.payload()) {
                machine().get_or_insert(error);
            }
            // What comes of that is told once, at the end.
            if machine().is_some() {
                return;
            }
            // There may be nobody left to read it.
            let told = shown::printable(&fault.to_string());
            let _ = writeln!(std::io::stderr(), "程序内部错误，请报告开发者 (internal fault): {told}");
        }));
    }
    let watched = || if is_own { interrupt::watch() } else { Ok(()) };
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        watched()?;
        let in_order = dispatch(&args, &printer)?;
        if is_own {
            printer.took(begun.elapsed());
        }
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
        Err(_) => {
            if let Some(error) = machine().take() {
                printer.failure(&error);
            }
            ExitCode::from(NOT_DONE)
        }
    };
    // From here on no signal is answered: the process ends by itself.
    std::mem::forget(files::settle());
    status
}

/// Help on standard output, what is wrong with the arguments on standard error; the exit status.
fn tell(told: &HelpTold) -> u8 {
    let text = told.text.as_bytes();
    let said = if told.is_asked {
        std::io::stdout().write_all(text).and_then(|()| std::io::stdout().flush())
    } else {
        std::io::stderr().write_all(text)
    };
    said.map_or(NOT_DONE, |()| told.status)
}

const NOT_DONE: u8 = 2;
/// What the machine did not give to a library, which then panicked.
static MACHINE: Mutex<Option<RunError>> = Mutex::new(None);

fn machine() -> MutexGuard<'static, Option<RunError>> {
    MACHINE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Libraries panic when there is no thread for them (polars, rust_xlsxwriter), or when the clock stands before 1970
/// (rust_xlsxwriter): that is the machine's fault, not the program's.
fn of_the_machine(fault: &(dyn std::any::Any + Send)) -> Option<RunError> {
    let words = fault
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| fault.downcast_ref::<&str>().copied())?;
    if words.contains("spawn thread") {
        return Some(RunError::NoThreads(words.to_owned()));
    }
    let is_clock = words.contains("before Unix epoch");
    let told = "系统时钟早于1970年，不能写工作簿，请校正时钟 (the clock stands before 1970)";
    is_clock.then(|| RunError::Machine(told.to_owned()))
}

/// Tells how many findings there are and what is withheld; whether there is neither an error nor anything withheld.
fn tell_order(evaluation: &Evaluation, printer: &Printer) -> bool {
    printer.counts(&evaluation.findings);
    printer.withheld(evaluation);
    !run::has_errors(&evaluation.findings) && !evaluation.is_withheld()
}

/// Does what was asked; tells whether everything is in order.
fn dispatch(args: &Args, printer: &Printer) -> Result<bool, RunError> {
    match &args.command {
        Command::Run(asked) => {
            let settings = settings::round(&asked.round, &asked.reading)?;
            if let (Some(part), Some(to)) = (&asked.part, &asked.to) {
                return of_share((part, to), asked, &settings, args.quiet, printer);
            }
            let output = asked.publishing.output.as_deref();
            let publication = settings::publication(&asked.round, &asked.publishing, output)?;
            published(&settings, &publication, args.quiet, printer)
        }
        Command::Merge(asked) => {
            let machine = asked.machine.clone();
            let settings = settings::round(&asked.round, &ReadingArgs { cities: Vec::new(), machine })?;
            let output = asked.publishing.output.as_deref();
            let mut publication = settings::publication(&asked.round, &asked.publishing, output)?;
            publication.shares = Some(Shares::read(&asked.parts, &settings::program_digest()?)?);
            published(&settings, &publication, args.quiet, printer)
        }
        Command::Check(asked) => of_check(asked, args.quiet, printer),
        Command::Forms(asked) => of_forms(asked, printer).map(|()| true),
        Command::Status(asked) => of_status(asked, args.quiet, printer),
        Command::Query { command } => queries::of_queries(command, args.quiet, printer),
        Command::Watch(asked) => watching::watch(asked, printer).map(|()| true),
        Command::Waive(asked) => entries::waive(asked, args.quiet, printer).map(|()| true),
        Command::Prefer(asked) => entries::prefer(asked, args.quiet, printer).map(|()| true),
        Command::Decide(asked) => entries::decide(asked, args.quiet, printer).map(|()| true),
        Command::NewRound(asked) => {
            let (settings, order) = settings::next_round(asked)?;
            let inputs = Inputs::default();
            let loaded = run::load_year(&settings, &inputs, "建立新轮次 new-round")?;
            let made = next_round::make(&order, &inputs, &loaded.round, &loaded.plans)?;
            printer.next_round(&order, &made);
            Ok(true)
        }
        Command::Explain { what: Some(output), figure: Some(figure), file } => {
            let (output, inputs, program) = (Path::new(output), file.as_deref(), settings::own_program()?);
            let (program, language) = (program.as_path(), printer.language);
            let told = explain(&ExplainOrder { output, figure, inputs, program, language })?;
            printer.explanation(&told);
            Ok(told.agrees())
        }
        Command::Explain { what, .. } => printer.explain(what.as_deref()).map(|()| true),
        Command::Archive(asked) => of_archive(asked, printer).map(|()| true),
        Command::Replay(asked) => printer.replayed(&replay(&settings::replay(asked, printer.language)?)?),
        Command::Diff(asked) => of_diff(asked, args.quiet, printer),
        Command::Plan { command } => of_plans(command, printer).map(|()| true),
        Command::Worker => {
            serve().map_err(|source| RunError::reading("standard input", source))?;
            Ok(true)
        }
        Command::Launch { .. } => Ok(true),
    }
}

/// Evaluates and publishes a round; whether everything is in order.
fn published(
    settings: &Settings,
    publication: &Publication,
    quiet: bool,
    printer: &Printer,
) -> Result<bool, RunError> {
    let bar = Bar::new(quiet, printer);
    let evaluation = run::run(settings, publication, &bar)?;
    bar.finish();
    printer.summary(&evaluation);
    let in_order = tell_order(&evaluation, printer);
    printer.published(&evaluation, &publication.output);
    printer.made(&evaluation, &publication.output, in_order)?;
    Ok(in_order)
}

/// Makes a share of a round; whether everything in it is in order.
fn of_share(
    (part, to): (&str, &Path),
    asked: &RunArgs,
    settings: &Settings,
    quiet: bool,
    printer: &Printer,
) -> Result<bool, RunError> {
    let share = shares::share(part)?;
    let publication = settings::publication(&asked.round, &asked.publishing, Some(to))?;
    let bar = Bar::new(quiet, printer);
    let evaluation = run::run_share(settings, &publication, (share, settings::program_digest()?), &bar)?;
    bar.finish();
    let in_order = tell_order(&evaluation, printer);
    printer.shared(share, &evaluation, to);
    Ok(in_order)
}

/// Lists what is found in a round or a workbook; whether everything is in order.
fn of_check(asked: &CheckArgs, quiet: bool, printer: &Printer) -> Result<bool, RunError> {
    let settings = settings::check(asked)?;
    let earlier = since::earlier(asked, &settings)?;
    let bar = Bar::new(quiet, printer);
    let inputs = Inputs::default();
    // What was understood of workbooks is told value by value.
    let mut evaluation = match asked.verbose {
        true => run::examine(&settings, &inputs, &bar)?,
        false => run::check(&settings, &inputs, &bar)?,
    };
    let typst = settings::typesetter();
    if let Some(typst) = &typst {
        // Without an answer those that no font may show are named all the same.
        let _ = run::name_unshown(&mut evaluation, typst, &mut Glyphs::default());
    }
    bar.finish();
    if let (Some(_), Some(file)) = (&settings.workbook, evaluation.workbook()) {
        evaluation.findings.retain(|finding| finding.at.file == file);
    }
    if asked.verbose {
        printer.understood(&evaluation);
    }
    let screen = Screen::of_output();
    printer.arranged(&evaluation, asked, &screen);
    if settings.workbook.is_none() {
        printer.summary(&evaluation);
    }
    let in_order = tell_order(&evaluation, printer);
    if let Some(earlier) = &earlier {
        printer.since(earlier, &evaluation, asked.since.is_some(), typst.is_some());
    }
    if settings.workbook.is_none() {
        printer.next_step(&evaluation, &shown::path(&settings.round), &screen);
    }
    Ok(in_order)
}

/// Issues forms and tells which.
fn of_forms(asked: &FormsArgs, printer: &Printer) -> Result<(), RunError> {
    let (settings, order) = settings::forms(asked)?;
    let inputs = Inputs::default();
    let loaded = run::load_year(&settings, &inputs, "下发报表 forms")?;
    let issued = forms::issue(&order, &inputs, &loaded.round, &loaded.plans)?;
    printer.forms(&order, &issued, &loaded.plans);
    Ok(())
}

/// Tells who has reported; whether every unit has passed.
fn of_status(asked: &StatusArgs, quiet: bool, printer: &Printer) -> Result<bool, RunError> {
    let (settings, as_of) = settings::status(asked)?;
    let bar = Bar::new(quiet, printer);
    let inputs = Inputs::default();
    let (evaluation, cut_off) = run::examine_until(&settings, &inputs, &bar, as_of)?;
    bar.finish();
    let registers = evaluation.cities.iter().map(|city| {
        let path = settings.round.join(city.plan.city.as_str()).join(QUERIES);
        Ok((city.plan.city.clone(), read_queries(&inputs, &path)?))
    });
    let queries = registers.collect::<Result<_, RunError>>()?;
    let status = status::status(&evaluation, &queries, as_of, cut_off);
    if let Some(to) = &asked.output {
        status::publish(&status, to)?;
    }
    printer.status(&status, asked.output.as_deref());
    Ok(status.is_settled())
}

/// Makes a bag and tells where it is.
fn of_archive(asked: &ArchiveArgs, printer: &Printer) -> Result<(), RunError> {
    let order = settings::archive(asked)?;
    printer.archived(&order, &archive(&order)?);
    Ok(())
}

/// Compares two outputs; whether every figure that changed is explained.
fn of_diff(asked: &DiffArgs, quiet: bool, printer: &Printer) -> Result<bool, RunError> {
    let order = settings::diff(asked, printer.language)?;
    let bar = Bar::new(quiet, printer);
    let paper =
        asked.output.as_ref().map(|to| settings::comparison(to, asked, printer.language)).transpose()?;
    let found = diff(&order, &bar)?;
    bar.finish();
    if let Some(paper) = &paper {
        paper.publish(&found)?;
    }
    printer.compared(&found);
    Ok(found.unexplained().next().is_none())
}

/// What is asked of plan files.
fn of_plans(command: &PlanCommand, printer: &Printer) -> Result<(), RunError> {
    match command {
        PlanCommand::Check(asked) => {
            let open = unsettled(&Inputs::default(), &asked.plan.plan)?;
            printer.unsettled(&open);
            match plan(&asked.plan) {
                Ok(plan) => printer.remarks(&plan, &plan.remarks(asked.tolerance.into())),
                // What is open has been told.
                Err(RunError::Plan { why: PlanRefusal::Unsettled(_), .. }) => printer.not_checked(),
                Err(error) => return Err(error),
            }
        }
        PlanCommand::Draft(asked) => match (&asked.left, &asked.to) {
            (Some(plan), _) => draft_left::left(plan, asked.input.as_deref(), printer)?,
            (None, Some(to)) => drafts::draft(&asked.sources, to, asked.input.as_deref(), printer)?,
            (None, None) => {}
        },
        PlanCommand::Show(asked) => {
            printer.show(&plan(asked)?);
        }
    }
    Ok(())
}

fn plan(asked: &PlanArgs) -> Result<Plan, RunError> {
    let input = settings::input_of(&asked.plan, asked.input.as_deref());
    let inputs = Inputs::default();
    let catalogue = Catalogue::load(&inputs, &input.join("catalogue.toml"))?;
    // What was drafted beside the plan is part of the catalogue for the plan alone.
    let drafted = asked.plan.with_file_name("catalogue.draft.toml");
    let catalogue =
        if files::is_there(&drafted)? { catalogue.with_draft(&inputs, &drafted)? } else { catalogue };
    crate::plan::load(&inputs, &asked.plan, &catalogue, &input)
}
