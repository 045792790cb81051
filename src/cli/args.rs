//! What the user typed. Nothing here touches the world.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

pub(super) use super::query_args::{
    AnswerBy, AnswerChoice, OneQueryArgs, QueryAnswerArgs, QueryCommand, QueryDecideArgs, QueryIssueArgs,
    QueryListArgs, QueryReceiveArgs, QueryVerifyArgs,
};
pub(super) use super::reading_args::{MachineArgs, ReadingArgs};
use crate::publish::Disclosure;

/// 对标：用部门报表评估城市创新方案目标完成情况，生成年度报告，每个数字都能追到单元格 · measures cities against the targets of their innovation plans: departments' workbooks in, a typeset report out whose every figure leads back to a cell
#[derive(Debug, Parser)]
#[command(
    name = "duibiao",
    version,
    after_help = "退出状态 · exit status:\n  0  完成 done\n  1  完成，但有错误级问题或暂不刊出的内容（报告已生成） done, with findings of severity error or with something withheld\n  2  未完成，原输出不变 not done, previous output untouched\n\n例 · examples:\n  duibiao run input/2023\n  duibiao check input/2023/xiangtan/submissions/市科技局.xlsx -v\n  duibiao explain R101\n  duibiao explain output/2023 湘潭/22"
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
    /// 信息的语言 · language of messages
    #[arg(long, global = true, value_enum, default_value = "zh")]
    pub(super) lang: Lang,
    /// 输出格式 · format of what is printed
    #[arg(long, global = true, value_enum, default_value = "text")]
    pub(super) format: Format,
    /// 不显示进度和小结 · no progress, no summary
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Lang {
    /// 中文 · Chinese
    Zh,
    /// 英文 · English
    En,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// 文字 · words
    Text,
    /// 每行一个JSON对象 · one JSON object a line
    Json,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 评估一轮并生成报告；年内的轮次（2023-Q3）生成一页通报 · evaluate a round and publish the report, or a bulletin of a part of a year
    Run(RunArgs),
    /// 把run --part所做的各份合并成一轮的报告 · make the report of a round from the parts that were made of it
    Merge(MergeArgs),
    /// 只读取和审核一轮或一个工作簿，列出问题 · read and review a round or one workbook, list the findings
    Check(CheckArgs),
    /// 下发空白报表，每个填报单位一份 · issue blank forms, one for each unit that reports
    Forms(FormsArgs),
    /// 报送情况：谁已报、谁未报、还缺什么 · who has reported, and what is still missing
    Status(StatusArgs),
    /// 查询登记：发出的查询、答复和处理 · the register of queries: asked, answered, decided
    Query {
        #[command(subcommand)]
        command: QueryCommand,
    },
    /// 监视报送：收到报表就检查 · watch the submissions and check what arrives
    Watch(WatchArgs),
    /// 豁免一类问题，写入waivers.toml · accept an exception, written to waivers.toml
    Waive(WaiveArgs),
    /// 各单位所报不一致时决定取哪个单位的数，写入round.toml · whose value counts where units disagree, written to round.toml
    Prefer(PreferArgs),
    /// 记一项其他人工决定，写入round.toml · record any other decision, written to round.toml
    Decide(DecideArgs),
    /// 从本年度轮次拟出下一年度轮次 · make next year's round from this year's
    NewRound(NewRoundArgs),
    /// 解释问题代码，或一个数字怎样得来 · what a code of a finding means, or how a figure came about
    Explain {
        /// 问题代码，如R101；或输出文件夹，如output/2023；不填则列出全部代码 · code such as R101, or a folder of outputs; none to list all codes
        what: Option<String>,
        /// 输出中的一个数字：湘潭/22、湘潭/完成率、湘潭/单位/市科技局、湘潭/任务/1.1，或一个单元格 · a figure of the output, or a cell
        figure: Option<String>,
        /// 输入文件夹，如input：再读一遍原件，与当时读取的比较 · the input root, to hold the workbooks against what was read
        #[arg(long, value_name = "DIR", requires = "figure")]
        file: Option<PathBuf>,
    },
    /// 把输出和它的全部输入、程序归档成包（BagIt） · archive an output with its inputs and programs as a bag
    Archive(ArchiveArgs),
    /// 由归档包重算，答复是否与归档的一致 · run a bag again and answer whether the same comes out
    Replay(ReplayArgs),
    /// 比较两个输出或归档包：哪些数字变了、为什么，得分的变动由什么构成 · what changed between two outputs or bags, and why
    Diff(DiffArgs),
    /// 方案文件 · plan files
    Plan {
        #[command(subcommand)]
        command: PlanCommand,
    },
    /// 读取进程（内部使用） · reading worker, for internal use
    #[command(hide = true)]
    Worker,
    /// 限制资源后转为另一程序（内部使用） · bounds itself and becomes another program, for internal use
    #[command(hide = true)]
    Launch {
        /// 上级进程、内存、程序、参数 · parent, memory, program, arguments
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

#[derive(Debug, ClapArgs)]
pub(super) struct RunArgs {
    /// 轮次文件夹 · folder of the round, such as input/2023
    pub(super) round: PathBuf,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) publishing: PublishingArgs,
    /// 只做几份中的一份：3/8；auto/8由环境变量SLURM_ARRAY_TASK_ID或JOB_COMPLETION_INDEX定份号 · one part of several only, by its number or that of an array job
    #[arg(long, value_name = "K/N", requires = "to", conflicts_with_all = ["output", "cities", "cache"])]
    pub(super) part: Option<String>,
    /// 这一份的文件夹，之后用merge合并 · the folder of the part, for merge
    #[arg(long, value_name = "DIR", requires = "part")]
    pub(super) to: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct MergeArgs {
    /// 轮次文件夹 · folder of the round, such as input/2023
    pub(super) round: PathBuf,
    /// run --part 所做的各份 · the parts that run --part made
    #[arg(required = true, value_name = "DIR")]
    pub(super) parts: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) machine: MachineArgs,
    #[command(flatten)]
    pub(super) publishing: PublishingArgs,
}

#[derive(Debug, ClapArgs)]
pub(super) struct PublishingArgs {
    /// 输出文件夹，默认 output/<年份> · output folder
    #[arg(long, short)]
    pub(super) output: Option<PathBuf>,
    /// 字体文件夹（可重复），或环境变量DUIBIAO_FONTS · folders of fonts
    #[arg(long, value_name = "DIR")]
    pub(super) fonts: Vec<PathBuf>,
    /// typst程序，或环境变量DUIBIAO_TYPST · the typst program
    #[arg(long, value_name = "FILE")]
    pub(super) typst: Option<PathBuf>,
    /// 每份文件的排版时限（秒） · time limit for setting one document
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(super) set_limit: u64,
    /// 用这个文件夹的模板 · templates instead of those in the program
    #[arg(long, value_name = "DIR")]
    pub(super) templates: Option<PathBuf>,
    /// explorer.html的范围 · how much explorer.html shows
    #[arg(long, value_enum, default_value = "full")]
    pub(super) explorer: Explorer,
    /// 缓存文件夹：没有变化的文件不重新排版，可随时删除 · documents that are as they were are taken from here; may be removed at any time
    #[arg(long, value_name = "DIR")]
    pub(super) cache: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Explorer {
    /// 全部 · everything
    Full,
    /// 不含报表单元格和核实清单 · without cells of workbooks and findings
    Public,
}

impl Explorer {
    /// What is shown.
    pub(super) fn disclosure(self) -> Disclosure {
        match self {
            Self::Full => Disclosure::Full,
            Self::Public => Disclosure::Public,
        }
    }
}

#[derive(Debug, ClapArgs)]
pub(super) struct CheckArgs {
    /// 轮次文件夹、其中一个城市的文件夹，或一个工作簿 · folder of the round, or of a city in it, or one workbook
    pub(super) path: PathBuf,
    /// 工作簿不在轮次文件夹中时，按哪一轮检查（并用--city指定城市） · the round that a workbook elsewhere is checked for
    #[arg(long, value_name = "DIR")]
    pub(super) round: Option<PathBuf>,
    /// 列出识别的表格、栏和数值 · list the tables, columns and values as they were understood
    #[arg(long, short)]
    pub(super) verbose: bool,
    /// 问题怎样排列；终端上默认按单位，写入文件或管道默认每项一行 · how findings are arranged; on a terminal by unit, elsewhere a line each
    #[arg(long, value_enum)]
    pub(super) by: Option<By>,
    /// 只列每个代码的项数 · only how often each code occurs
    #[arg(long, conflicts_with = "by")]
    pub(super) statistics: bool,
    /// 与这个输出相比，逐项列出已消除和新增的；默认与output/<轮次>比较，只列项数 · list what was resolved and what is new since this output
    #[arg(long, value_name = "OUTPUT", conflicts_with = "statistics")]
    pub(super) since: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

#[derive(Debug, ClapArgs)]
pub(super) struct WatchArgs {
    /// 轮次文件夹 · folder of the round, such as input/2023
    pub(super) round: PathBuf,
    /// 每隔几秒看一次；两次所见相同的文件才算收到 · seconds between two looks; a file counts when two looks see the same
    #[arg(long, value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(super) every: u64,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

/// What every entry of a list of decisions says.
#[derive(Debug, ClapArgs)]
pub(super) struct EntryArgs {
    /// 谁决定 · who decides
    #[arg(long, value_name = "NAME")]
    pub(super) by: String,
    /// 理由 · why
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: String,
    /// 日期，如2024-02-02；默认今天（北京时间） · the day; today in China unless given
    #[arg(long, value_name = "DATE")]
    pub(super) on: Option<chrono::NaiveDate>,
    /// 依据的文件，如潭创办〔2024〕3号 · the document that it rests on
    #[arg(long, value_name = "DOCUMENT", default_value = "", hide_default_value = true)]
    pub(super) basis: String,
    /// 只显示将要写入的内容，不写文件 · only show what would be written
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct WaiveArgs {
    /// 轮次文件夹 · folder of the round, such as input/2023
    pub(super) round: PathBuf,
    /// 问题代码，如V406 · code of the finding
    #[arg(long, value_name = "CODE")]
    pub(super) code: String,
    /// 城市 · city
    #[arg(long, value_name = "CITY")]
    pub(super) city: String,
    /// 单位；不填则为各单位 · unit; all unless given
    #[arg(long, value_name = "UNIT")]
    pub(super) unit: Option<String>,
    /// 指标的序号，任务写作任务3.4；不填则为全部 · number of the indicator, 任务3.4 for a task; all unless given
    #[arg(long, value_name = "NO")]
    pub(super) indicator: Option<String>,
    /// 有效期的最后一天，不早于报告日期 · last day of the exception
    #[arg(long, value_name = "DATE")]
    pub(super) until: chrono::NaiveDate,
    #[command(flatten)]
    pub(super) entry: EntryArgs,
}

#[derive(Debug, ClapArgs)]
pub(super) struct PreferArgs {
    /// 轮次文件夹 · folder of the round, such as input/2023
    pub(super) round: PathBuf,
    /// 城市 · city
    #[arg(long, value_name = "CITY")]
    pub(super) city: String,
    /// 指标的序号 · number of the indicator
    #[arg(long, value_name = "NO")]
    pub(super) indicator: String,
    /// 取这个单位的数 · the unit whose value counts
    #[arg(long, value_name = "UNIT")]
    pub(super) unit: String,
    #[command(flatten)]
    pub(super) entry: EntryArgs,
}

#[derive(Debug, ClapArgs)]
pub(super) struct DecideArgs {
    /// 轮次文件夹 · folder of the round, such as input/2023
    pub(super) round: PathBuf,
    /// 城市；不填则为各市 · city; all unless given
    #[arg(long, value_name = "CITY")]
    pub(super) city: Option<String>,
    /// 关于什么，如“左右”类目标 · what it concerns
    #[arg(long, value_name = "TEXT")]
    pub(super) object: String,
    /// 哪一类事项，如参数 · what kind of matter
    #[arg(long, value_name = "TEXT")]
    pub(super) matter: String,
    /// 决定 · the decision
    #[arg(long, value_name = "TEXT")]
    pub(super) decision: String,
    #[command(flatten)]
    pub(super) entry: EntryArgs,
}

/// How findings are arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    /// 按单位 · under the unit that is asked
    Unit,
    /// 按代码 · under the code
    Code,
    /// 按城市 · under the city
    City,
    /// 每项一行 · a line each, with what to do on the next
    Line,
}

#[derive(Debug, ClapArgs)]
pub(super) struct FormsArgs {
    /// 轮次文件夹 · folder of the round, such as input/2023
    pub(super) round: PathBuf,
    /// 经办人，记入下发登记 · who issues the forms, for the register
    #[arg(long, value_name = "NAME")]
    pub(super) by: String,
    /// 只下发这些单位的（可重复） · only those of these units, repeatable
    #[arg(long = "unit", value_name = "UNIT")]
    pub(super) units: Vec<String>,
    /// 只下发这些城市的（可重复） · only those of these cities, repeatable
    #[arg(long = "city", value_name = "CITY")]
    pub(super) cities: Vec<String>,
    /// 下发日期，如2023-12-01；默认今天（北京时间） · day of issue; today in China unless given
    #[arg(long, value_name = "DATE")]
    pub(super) on: Option<chrono::NaiveDate>,
    /// 另把现行的各表按城市复制到这个文件夹，不得已有 · a folder for copies of all forms in force, which must not be there
    #[arg(long, short, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct StatusArgs {
    /// 轮次文件夹 · folder of the round, such as input/2023
    pub(super) round: PathBuf,
    /// 截至日期，如2024-01-16；默认今天（北京时间），写出文件时必填 · the day as of which it is told; today in China unless given
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<chrono::NaiveDate>,
    /// 写出status.xlsx、status.json、催报.txt的文件夹 · a folder for the status as files
    #[arg(long, short, value_name = "DIR", requires = "as_of")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

#[derive(Debug, ClapArgs)]
pub(super) struct NewRoundArgs {
    /// 本年度轮次文件夹 · folder of this year's round, such as input/2023
    pub(super) from: PathBuf,
    /// 新轮次文件夹，不得已有 · folder of the new round, which must not be there, such as input/2024
    pub(super) to: PathBuf,
    /// 报告期，默认下一年 · period, such as 2024-annual; the year after unless given
    #[arg(long, value_name = "PERIOD")]
    pub(super) period: Option<String>,
    /// 已发布的输出文件夹，其数值作上年数 · output that was published, whose values become those of the year before
    #[arg(long, value_name = "DIR")]
    pub(super) published: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ArchiveArgs {
    /// 输出文件夹 · folder of outputs, such as output/2023
    pub(super) output: PathBuf,
    /// 输入文件夹 · the input root, such as input
    #[arg(long, value_name = "DIR")]
    pub(super) input: PathBuf,
    /// 归档包（文件夹），不得已有 · the bag, a folder that must not be there
    #[arg(long, value_name = "BAG")]
    pub(super) to: PathBuf,
    /// 不收程序和字体，只记摘要 · name programs and fonts by their digests only
    #[arg(long)]
    pub(super) without_program: bool,
    /// 另成一个tar文件，不得已有 · the same as one tar, which must not be there
    #[arg(long, value_name = "FILE")]
    pub(super) tar: Option<PathBuf>,
    /// 另成一个zip文件，不得已有 · the same as one zip, which must not be there
    #[arg(long, value_name = "FILE")]
    pub(super) zip: Option<PathBuf>,
    /// 程序的源代码文件夹，收作source.tar · the source tree of the program, taken as source.tar
    #[arg(long, value_name = "DIR", conflicts_with = "without_program")]
    pub(super) source: Option<PathBuf>,
    /// 归档日期，如2024-02-10；不填则不写 · day of archiving, told only when given
    #[arg(long, value_name = "DATE")]
    pub(super) date: Option<chrono::NaiveDate>,
    /// 字体文件夹（可重复），或环境变量DUIBIAO_FONTS · folders of fonts
    #[arg(long, value_name = "DIR")]
    pub(super) fonts: Vec<PathBuf>,
    /// typst程序，或环境变量DUIBIAO_TYPST · the typst program
    #[arg(long, value_name = "FILE")]
    pub(super) typst: Option<PathBuf>,
    /// 运行时用的模板文件夹 · templates of the run instead of those in the program
    #[arg(long, value_name = "DIR")]
    pub(super) templates: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ReplayArgs {
    /// 归档包（文件夹） · the bag, a folder
    pub(super) bag: PathBuf,
    /// 程序文件夹（duibiao、typst、fonts、templates），包内没有程序时用 · a folder with the programs, where the bag has none
    #[arg(long, value_name = "DIR")]
    pub(super) program: Option<PathBuf>,
    /// 报告封面的输入指纹，或另行抄存的数字指纹 · the fingerprint of the cover, or that of the figures as it was kept
    #[arg(long, value_name = "HEX")]
    pub(super) fingerprint: Option<String>,
    /// 可信签名者的公钥（可重复）：ssh的allowed_signers、minisign公钥、时间戳机构证书 · keys of those who may have signed
    #[arg(long, value_name = "FILE")]
    pub(super) signers: Vec<PathBuf>,
    /// 用本程序代替归档的程序，只比数字 · run this program in place of the archived one, and compare figures only
    #[arg(long)]
    pub(super) with_this_program: bool,
    /// 重算用的线程数 · threads of the run
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<usize>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct DiffArgs {
    /// 改前或上年：输出文件夹或归档包 · what was before: a folder of outputs or a bag
    pub(super) before: PathBuf,
    /// 改后或本年：输出文件夹或归档包 · what came after: a folder of outputs or a bag
    pub(super) after: PathBuf,
    /// 输出当时的输入文件夹；给两次则先改前、后改后；归档包自带输入 · the input root of the outputs, or of each in turn; bags have their own
    #[arg(long, value_name = "DIR")]
    pub(super) input: Vec<PathBuf>,
    /// 把比较写成diff.json和diff.pdf · writes the comparison to this folder
    #[arg(long, short, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// 把替代各环的输入写到这里，不得已有；各环可用run计算、归档、复算 · the inputs of every link, each of which can be run
    #[arg(long, value_name = "DIR")]
    pub(super) links: Option<PathBuf>,
    /// 线程数，0为处理器数 · threads, 0 for as many as processors
    #[arg(long, short, default_value_t = 0)]
    pub(super) jobs: usize,
    /// 字体文件夹（可重复），或环境变量DUIBIAO_FONTS · folders of fonts
    #[arg(long, value_name = "DIR")]
    pub(super) fonts: Vec<PathBuf>,
    /// typst程序，或环境变量DUIBIAO_TYPST · the typst program
    #[arg(long, value_name = "FILE")]
    pub(super) typst: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum PlanCommand {
    /// 检查方案文件，并把方案正文、附表和基期逐项核对 · check a plan file, and the plan against itself
    Check(PlanCheckArgs),
    /// 列出方案的指标、目标和任务 · print a plan readably
    Show(PlanArgs),
    /// 由印发的文件起草方案文件，或列出草稿中待确认的各处 · draft a plan from issued documents, or list what is open in a draft
    Draft(PlanDraftArgs),
}

#[derive(Debug, ClapArgs)]
pub(super) struct PlanDraftArgs {
    /// 印发的文件：txt、docx或工作簿，可以有几个 · issued documents: txt, docx or workbooks
    #[arg(required_unless_present = "left", value_name = "SOURCE")]
    pub(super) sources: Vec<PathBuf>,
    /// 写到这个方案文件，如input/2025/hengyang/plan.toml · plan file to write
    #[arg(long, value_name = "PLAN", required_unless_present = "left")]
    pub(super) to: Option<PathBuf>,
    /// 逐处列出这个草稿中待确认的字段和原文 · list what is to be confirmed in a draft, with the words of the source
    #[arg(long, value_name = "PLAN", conflicts_with_all = ["sources", "to"])]
    pub(super) left: Option<PathBuf>,
    /// 输入根文件夹（含catalogue.toml和sources），默认为方案上两级 · input root with the catalogue
    #[arg(long, value_name = "DIR")]
    pub(super) input: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct PlanArgs {
    /// 方案文件 · plan file, such as input/2023/xiangtan/plan.toml
    pub(super) plan: PathBuf,
    /// 输入根文件夹（含catalogue.toml），默认为方案上两级 · input root with the catalogue
    #[arg(long, value_name = "DIR")]
    pub(super) input: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct PlanCheckArgs {
    #[command(flatten)]
    pub(super) plan: PlanArgs,
    /// “左右”允许的偏差（%） · what 左右 allows, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 5)]
    pub(super) tolerance: u32,
}
