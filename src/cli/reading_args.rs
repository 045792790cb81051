//! What the user typed of how inputs are read, which several commands have.

use std::path::PathBuf;

use clap::Args as ClapArgs;

/// What `run` and `check` both ask for.
#[derive(Debug, ClapArgs)]
pub(super) struct ReadingArgs {
    /// 只评估这些城市（可重复） · only these cities, repeatable
    #[arg(long = "city", value_name = "CITY")]
    pub(super) cities: Vec<String>,
    #[command(flatten)]
    pub(super) machine: MachineArgs,
}

/// With how much of the machine workbooks are read.
#[derive(Debug, Default, Clone, ClapArgs)]
pub(super) struct MachineArgs {
    /// 线程数，0为处理器数 · threads, 0 for as many as processors
    #[arg(long, short, default_value_t = 0)]
    pub(super) jobs: usize,
    /// 每个工作簿的读取时限（秒），默认按round.toml · time limit for reading one workbook
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(super) read_limit: Option<u64>,
    /// 代替本程序的读取程序（测试用） · another program that reads workbooks, for tests
    #[arg(long, value_name = "FILE", hide = true)]
    pub(super) reader: Option<PathBuf>,
}
