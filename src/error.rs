//! Why a run cannot go on. Anything a department can mend is a finding instead.

mod cache;
mod entries;
mod forms;
mod looks;
mod next_round;
mod plans;
mod queries;
mod shares;

use std::path::{Path, PathBuf};

use rustix::io::Errno;

use crate::shown;
pub use cache::CacheFault;
pub use entries::EntryRefusal;
pub use forms::FormsRefusal;
pub use looks::LookRefusal;
pub use next_round::NextRoundRefusal;
pub use plans::PlanRefusal;
pub use queries::QueryRefusal;
pub use shares::ShareFault;

const READ: &str = "读取";

/// A failure that leaves the previous output as it was; the program ends with status 2.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A file or folder could not be read or written.
    #[error("无法{action}“{}”：{source} (cannot {action_en} it)", shown::path(path))]
    Io {
        /// What was tried, in Chinese.
        action: &'static str,
        /// What was tried, in English.
        action_en: &'static str,
        /// Where.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A configuration, catalogue or plan file has faults; all of them are listed.
    #[error("{} 有{}处错误 (has {} faults):\n{}", shown::path(path), faults.len(), faults.len(), first_of(faults))]
    Faults {
        /// The file.
        path: PathBuf,
        /// One line each, with the line of the file in front.
        faults: Vec<String>,
    },
    /// Files of the round were changed while they were evaluated; what was read is not what lies there.
    #[error("运行期间文件被改动，结果与现有文件不符，请重新运行 (changed during the run; run again):\n{}", paths.iter().map(|path| format!("  {}", shown::path(path))).collect::<Vec<_>>().join("\n"))]
    Changed {
        /// The files.
        paths: Vec<PathBuf>,
    },
    /// The round withholds its report while matters are open.
    #[error(
        "按{round}的刊出条件，整份报告暂不刊出，逐条见 duibiao check (withheld by the round's conditions: duibiao check tells what is open):\n{}",
        why.iter().map(|one| format!("  {}", shown::line(one))).collect::<Vec<_>>().join("\n")
    )]
    Withheld {
        /// The file of the round.
        round: String,
        /// What is open, by city.
        why: Vec<String>,
    },
    /// Something that is made for whole years only, asked of a round of a part of one.
    #[error("period = “{period}”：{what}目前只用于全年的轮次 (so far for rounds of whole years only)")]
    PartOfAYear {
        /// The period of the round.
        period: String,
        /// What was asked for.
        what: &'static str,
    },
    /// A folder is no round's.
    #[error("“{}”不是轮次文件夹：没有round.toml (not a round: it has no round.toml)", shown::path(.0))]
    NoRound(PathBuf),
    /// A workbook lies outside the round's folder, and its round or its city is not named.
    #[error("“{}”不在轮次文件夹中：用 --round 指定轮次、用 --city 指定一个城市 (not in a round's folder: name its round with --round and one city with --city)", shown::path(.0))]
    OutsideRound(PathBuf),
    /// The round has no such city.
    #[error("本轮没有城市“{}”，有：{} (no such city in the round)", shown::line(city), known.join(", "))]
    NoSuchCity {
        /// What was asked for.
        city: String,
        /// The round's cities.
        known: Vec<String>,
    },
    /// A plan cannot be judged in this round.
    #[error("{}：{why}", shown::path(path))]
    Plan {
        /// The plan file.
        path: PathBuf,
        /// Why.
        why: PlanRefusal,
    },
    /// Next year's round cannot be made.
    #[error("{}：{why}", shown::path(path))]
    NextRound {
        /// What stands in the way.
        path: PathBuf,
        /// Why.
        why: NextRoundRefusal,
    },
    /// Forms cannot be issued.
    #[error("{}：{why}", shown::path(path))]
    Forms {
        /// What stands in the way.
        path: PathBuf,
        /// Why.
        why: FormsRefusal,
    },
    /// Queries cannot be issued or recorded.
    #[error("{}：{why}", shown::path(path))]
    Queries {
        /// What stands in the way.
        path: PathBuf,
        /// Why.
        why: QueryRefusal,
    },
    /// An entry of a list of decisions is not written.
    #[error("{}：{why}", shown::path(path))]
    Entry {
        /// The file.
        path: PathBuf,
        /// Why.
        why: EntryRefusal,
    },
    /// Findings cannot be compared with those of an output.
    #[error("{}：{why}", shown::path(path))]
    Look {
        /// The output.
        path: PathBuf,
        /// Why.
        why: LookRefusal,
    },
    /// An output cannot be explained.
    #[error("{}：{why}", shown::path(path))]
    Explain {
        /// The folder.
        path: PathBuf,
        /// Why.
        why: ExplainRefusal,
    },
    /// An output cannot be archived.
    #[error("{}：{why}", shown::path(path))]
    Archive {
        /// What stands in the way.
        path: PathBuf,
        /// Why.
        why: ArchiveRefusal,
    },
    /// A bag could not be run again.
    #[error("结论：未能重算：{} (not run again)", shown::line(.0))]
    NotReplayed(String),
    /// Two outputs cannot be compared.
    #[error("{}：{why}", shown::path(path))]
    Diff {
        /// What stands in the way.
        path: PathBuf,
        /// Why.
        why: DiffRefusal,
    },
    /// An output has no such figure.
    #[error(
        "没有这个数字：{}。有：{} (no such figure; there are those named)",
        shown::line(figure),
        shown::line(known)
    )]
    NoFigure {
        /// What was asked for.
        figure: String,
        /// What there is.
        known: String,
    },
    /// A workbook, or a sheet of it, has no such cell: what was asked for, and what there is.
    #[error("没有这一格：{}。有：{} (no such cell; there are those named)", shown::line(.0), shown::line(.1))]
    NoCell(String, String),
    /// What was to be written is there already.
    #[error("“{}”已经存在，不覆盖；请另选 --to 或先移走 (exists and is not replaced)", shown::path(.0))]
    Existing(PathBuf),
    /// A source is no document that can be read.
    #[error("“{}”不是可以读取的 txt、docx 或工作簿 (no text, docx or workbook that can be read)", shown::path(.0))]
    NoDocument(PathBuf),
    /// A source cannot be drafted.
    #[error("“{}”：{}", shown::path(path), shown::line(why))]
    Source {
        /// The document.
        path: PathBuf,
        /// What it exceeds, or what the reading process does, in both languages.
        why: String,
    },
    /// No finding has this code.
    #[error("没有代码“{}”；duibiao explain 列出全部 (no such code)", shown::line(.0))]
    NoSuchCode(String),
    /// The output folder holds what this program did not make.
    #[error(
        "输出文件夹“{}”里有其他文件，不予覆盖；请取走或另选 --output (holds other files, not replaced): {}",
        shown::path(folder),
        few(files)
    )]
    ForeignFolder {
        /// The folder.
        folder: PathBuf,
        /// The files, by their path below it.
        files: Vec<String>,
    },
    /// A folder cannot be that of what is kept between runs.
    #[error(transparent)]
    Cache(#[from] CacheFault),
    /// Shares of a round do not make a whole one.
    #[error(transparent)]
    Shares(#[from] ShareFault),
    /// What a dead run seems to have left is no output of this program.
    #[error("“{}”不是本程序的输出，请先取走 (is no output of this program: please take it away)", shown::path(.0))]
    Stranger(PathBuf),
    /// Something is mounted in what a run has left, so that it cannot be removed.
    #[error("“{}”中有挂载点，不能删除，请先卸载 (something is mounted in it: unmount it first)", shown::path(.0))]
    Mounted(PathBuf),
    /// The output would lie among the inputs.
    #[error(
        "输出文件夹“{}”在轮次文件夹中，会被当作报送材料；请另选 --output (the output must not lie in the round's folder)",
        shown::path(.0)
    )]
    OutputInRound(PathBuf),
    /// A folder of inputs is a link to the output, so that one report would be the evidence of the next, or be replaced with it.
    #[error(
        "“{}”是链接，与输出文件夹“{}”是同一处或互相包含；请另选 --output，或改链接 (the link leads to the output folder, or one of them lies in the other)",
        shown::path(inputs),
        shown::path(output)
    )]
    OutputIsInput {
        /// The folder of inputs.
        inputs: PathBuf,
        /// The output folder.
        output: PathBuf,
    },
    /// Somebody has put files into the output folder during the run.
    #[error("运行期间有人放入了其他文件，未覆盖“{}” (filled by somebody meanwhile, not replaced)", shown::path(.0))]
    FilledMeanwhile(PathBuf),
    /// The output is in its place, and the system does not say that it is on the disk.
    #[error(
        "“{}”已写成并就位，但不能确认已写到磁盘上：{source} (it is in its place, but may not outlast a power failure)",
        shown::path(path)
    )]
    NotDurable {
        /// The output.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// Another run is making the same output.
    #[error("另一个运行正在写入“{}”，请等它结束 (another run is writing there: wait for its end)", shown::path(.0))]
    Occupied(PathBuf),
    /// What was to be said could not be written.
    #[error("不能写到{stream}：{source}{} (cannot write what there is to say)", if *is_published { "；报告已生成 the report exists" } else { "" })]
    Telling {
        /// Standard output or standard error.
        stream: &'static str,
        /// The system's reason.
        source: std::io::Error,
        /// Whether an output was put in place before.
        is_published: bool,
    },
    /// The typesetting program is not there; the path is empty when none was named.
    #[error("{}", no_typst(.0))]
    NoTypst(PathBuf),
    /// Fonts are not there: the folder, if one was named, and what is wrong with it.
    #[error("{}", no_fonts(.0.as_deref(), *.1))]
    NoFonts(Option<PathBuf>, FontFault),
    /// The system does not give the threads.
    #[error("不能建立线程 (cannot start threads): {}", shown::line(.0))]
    NoThreads(String),
    /// The machine does not let the reading process work. No unit has part in it.
    #[error(
        "机器不能完成这项工作，未作评估 (the machine cannot do it): 读取进程“{}”不能工作：{why} (the reading process cannot work)",
        shown::path(program)
    )]
    Reader {
        /// The program.
        program: PathBuf,
        /// What it does instead.
        why: ReaderFault,
    },
    /// The machine does not let the work be done: too little memory, no processes, limits that are too low. No unit has part in it.
    #[error("机器不能完成这项工作，未作评估 (the machine cannot do it): {0}")]
    Machine(String),
    /// typst is missing, failed or took too long.
    #[error("排版失败 (typesetting failed): {0}")]
    Typesetting(String),
    /// A table or workbook could not be produced.
    #[error("写出“{}”失败 (cannot produce it): {}", shown::line(what), shown::line(reason))]
    Output {
        /// Which output.
        what: String,
        /// The library's reason.
        reason: String,
    },
}

/// Why no reading process can work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReaderFault {
    /// It cannot be started; the system's reason.
    #[error("不能启动（{}） (cannot be started)", shown::line(.0))]
    NotStarted(String),
    /// It was not ready after so many seconds.
    #[error("{0}秒内没有准备好 (not ready in time)")]
    NotReady(u64),
    /// It ended before it was ready.
    #[error("一启动就中断，请查看 ulimit -v 和内存 (dies at once: see ulimit -v and the memory)")]
    DiedAtOnce,
    /// It does not answer to nothing within so many seconds.
    #[error("超过{0}秒未完成 (no answer in time)")]
    TooSlow(u64),
    /// What it answers is no answer.
    #[error("读取进程的回答不完整 (its answer is not whole)")]
    HalfAnswer,
    /// It dies on nothing.
    #[error("读取进程中断 (dies)")]
    Killed,
    /// What it or the system says.
    #[error("{}", shown::line(.0))]
    Failed(String),
    /// It is killed by another than this program.
    #[error(
        "读取进程中断：被系统终止，多为内存不足或有内存、CPU时间上限，请查看容器（cgroup）的上限和 ulimit (killed by the system: memory is short, or a limit is set)"
    )]
    KilledBySystem,
}

/// Why an output cannot be explained.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExplainRefusal {
    /// It has no ledger.
    #[error(
        "不是有台账的输出：没有 manifest.json 或 tables/derivation.csv；请用本版程序 run 的输出文件夹 (no output with a ledger)"
    )]
    NoLedger,
    /// A row of the ledger is not as the program writes it.
    #[error(
        "tables/derivation.csv 第{line}行不是本程序写的步骤：文件改动过，或由别的版本写成 (a row that this program does not write)"
    )]
    NoStep {
        /// Its line.
        line: usize,
    },
}

/// A score that an output has and that does not come out of its inputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherScore {
    /// The city.
    pub city: String,
    /// What the output has.
    pub recorded: String,
    /// What comes out.
    pub told: String,
    /// The version that wrote the output.
    pub version: String,
}

/// Why two outputs cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DiffRefusal {
    /// It is no output and no bag.
    #[error("不是本程序的输出，也不是归档包：没有可读的manifest.json (no output and no bag of this program)")]
    NoOutput,
    /// A table of figures is gone.
    #[error("输出的这个表不在了，不能比较 (a table of the output is gone)")]
    TableGone,
    /// A table of figures was altered.
    #[error(
        "输出的这个表不是发布时的样子，不能比较 (a table of the output was altered since it was published)"
    )]
    TableAltered,
    /// A file of a bag is not as it was archived.
    #[error("包不是归档时的样子：{}；先用 replay 查明 (the bag is not as it was archived; see replay)", shown::line(.0))]
    Misfit(String),
    /// Nobody says where the inputs are.
    #[error(
        "不知道它的输入在哪里：用 --input 指明，或用归档包比较 (name its inputs with --input, or compare bags)"
    )]
    NoInputs,
    /// An input is not what it was.
    #[error("输入“{}”与运行时的不同，不能逐步替代；用归档包，或用 --input 指明当时的输入 (an input is not what it was at the run)", shown::line(.0))]
    InputDiffers(String),
    /// An input is gone.
    #[error("输入“{}”运行时有，现在不在；用归档包，或用 --input 指明当时的输入 (an input is gone since the run)", shown::line(.0))]
    InputGone(String),
    /// This program comes to another score from the same inputs than another version has written.
    #[error("{}的得分记录为{}，本程序由同样的输入算得{}：输出由{}版写成。用那一版程序比较，或先用本程序重新运行这一轮 (this program comes to another score from the same inputs than the version that wrote the output: compare with that one, or run the round again with this one first)", shown::line(&.0.city), .0.recorded, .0.told, shown::line(&.0.version))]
    Irreproducible(Box<OtherScore>),
    /// This program comes to another score from the same inputs, though its own version is said to have written it. Nothing of an output tells
    /// whether another build did, or whether the record was altered: so neither is given as the cause.
    #[error("{}的得分记录为{}，本程序由同样的输入算得{}，而输出自称也由{}版写成：不是同一版本的另一份程序写的，就是记录有改动，从输出分辨不出。先用写它的程序归档，再用 replay 查明，或比较两个包；也可先用本程序重新运行这一轮 (this program comes to another score from the same inputs, though the output says that this version wrote it: another build did, or the record was altered, which an output does not tell. Archive it with the program that wrote it and replay the bag, or compare bags; or run the round again with this program first)", shown::line(&.0.city), .0.recorded, .0.told, shown::line(&.0.version))]
    NotOfThisVersion(Box<OtherScore>),
    /// Parts do not add up.
    #[error(
        "{city}的{cause}一环各部分之和不等于变动，请报告 (the parts of a link do not add up: please report it)"
    )]
    Remainder {
        /// The city.
        city: String,
        /// The link.
        cause: &'static str,
    },
}

/// Why an output cannot be archived.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveRefusal {
    /// It is no output.
    #[error("不是本程序的输出：没有可读的manifest.json (no output of this program)")]
    NoOutput,
    /// An input or an output is not what it was.
    #[error("与运行时的不同，不归档：当时{was:.8}…，现为{is:.8}… (not what it was at the run: not archived)")]
    Differs {
        /// Its SHA-256 then.
        was: String,
        /// Its SHA-256 now.
        is: String,
    },
    /// An input or an output is gone.
    #[error("运行时有，现在不在，不归档 (is gone since the run: not archived)")]
    Gone,
    /// An output that no run has made.
    #[error("不是这次运行的输出，请取走再归档 (no output of that run: take it away first)")]
    NotListed,
    /// Two inputs whose names some systems take for one.
    #[error("与“{}”只有大小写或编码形式不同，有的系统会认作一个文件，不归档 (differs from another only in case or form)", shown::line(.0))]
    Alike(String),
    /// A name that not every system takes.
    #[error(
        "文件名不能用于归档（%、冒号等字符，过长，或Windows设备名） (a name that not every system takes)"
    )]
    Name,
    /// A font, template or program that the output names is not at hand.
    #[error(
        "找不到运行时用的这一个（SHA-256 {0:.8}…）；用 --typst、--fonts、--templates 指明，或 --without-program (not the one of the run)"
    )]
    NoPart(String),
    /// Another version made it.
    #[error("由{0}版写成，本程序是{own}版：用那一版归档，或 --without-program (another version made it)", own = env!("CARGO_PKG_VERSION"))]
    OtherVersion(String),
}

/// What is wrong with a folder of fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontFault {
    /// It is not there, or no folder.
    Missing,
    /// It holds no fonts.
    Empty,
}

/// A file with more faults than these is another file, or broken as a whole.
const MOST_FAULTS: usize = 1000;

/// Faults one a line, none of which forges another; of very many the first.
fn first_of(faults: &[String]) -> String {
    let mut lines: Vec<String> = faults
        .iter()
        .take(MOST_FAULTS)
        .map(|fault| format!("  {}", shown::line(fault.trim_start())))
        .collect();
    if let Some(more) = faults.len().checked_sub(MOST_FAULTS).filter(|more| *more > 0) {
        lines.push(format!("  还有{more}处未列出 ({more} more)"));
    }
    lines.join("\n")
}

/// The first of many names.
fn few(names: &[String]) -> String {
    const MOST: usize = 5;
    let more = if names.len() > MOST { " …" } else { "" };
    format!("{}{more}", names.iter().take(MOST).cloned().collect::<Vec<_>>().join("、"))
}

fn no_typst(given: &Path) -> String {
    if given.as_os_str().is_empty() {
        return "找不到typst：运行 make tools 安装，或用 --typst 指定 (typst not found: run make tools, or pass --typst)"
            .to_owned();
    }
    format!("没有typst程序“{}” (there is no such program)", shown::path(given))
}

fn no_fonts(folder: Option<&Path>, fault: FontFault) -> String {
    let Some(folder) = folder else {
        return "找不到字体：运行 make tools 安装，或用 --fonts 指定 (fonts not found: run make tools, or pass --fonts)"
            .to_owned();
    };
    let why = match fault {
        FontFault::Missing => "不存在或不是文件夹 (there is no such folder of fonts)",
        FontFault::Empty => "中没有字体文件（.otf、.ttf、.ttc） (holds no fonts)",
    };
    format!("字体文件夹“{}”{why}", shown::path(folder))
}

impl RunError {
    /// Names the file that could not be read.
    pub fn reading(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::Io { action: READ, action_en: "read", path: path.into(), source }
    }

    /// Names the file that is longer than any of which digests are taken.
    pub fn too_long_to_digest(path: impl Into<PathBuf>, longest: u64) -> Self {
        let mib = longest >> 20;
        let why = format!("超过{mib} MiB，不取摘要 (longer than {mib} MiB, not digested)");
        Self::reading(path, std::io::Error::new(std::io::ErrorKind::FileTooLarge, why))
    }

    /// Why one file cannot be read, when that lies with this file: it is gone, closed to us, something else, or changes while it is
    /// read. `None` when it lies with the machine: no descriptors, no memory, a broken disk.
    pub fn of_the_file(&self) -> Option<String> {
        const OF_THE_MACHINE: [Errno; 9] = [
            Errno::MFILE,
            Errno::NFILE,
            Errno::NOMEM,
            Errno::IO,
            Errno::NOLCK,
            Errno::NOSPC,
            // A network drive that is gone.
            Errno::STALE,
            Errno::TIMEDOUT,
            Errno::HOSTDOWN,
        ];
        let is_of_the_machine = |source: &std::io::Error| {
            OF_THE_MACHINE.iter().any(|one| source.raw_os_error() == Some(one.raw_os_error()))
        };
        match self {
            Self::Io { action: READ, source, .. } if !is_of_the_machine(source) => Some(source.to_string()),
            Self::Changed { .. } => Some("读取时正被改动 (changed while it was read)".to_owned()),
            _ => None,
        }
    }

    /// Names the file that could not be written.
    pub fn writing(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::Io { action: "写入", action_en: "write", path: path.into(), source }
    }

    /// Names the output that could not be produced.
    pub fn output(what: impl Into<String>, reason: impl std::fmt::Display) -> Self {
        Self::Output { what: what.into(), reason: reason.to_string() }
    }
}
