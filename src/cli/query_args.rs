//! What the user typed behind `query`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};

use super::reading_args::ReadingArgs;

#[derive(Debug, Subcommand)]
pub(super) enum QueryCommand {
    /// 发出查询：把有疑问的格标在各单位的工作簿上，附查询单 · ask units about their workbooks
    Issue(QueryIssueArgs),
    /// 收取答复：读取、核对、登记，并复核未了结的查询 · receive answers: read, compared, recorded; open queries are looked at again
    Receive(QueryReceiveArgs),
    /// 登记以电话、函件作出的答复 · record an answer that came by telephone or letter
    Answer(QueryAnswerArgs),
    /// 采纳单位确认的数 · accept what a unit confirmed
    Accept(QueryDecideArgs),
    /// 不采纳，再发查询 · do not accept it; it is to be asked once more
    Reject(QueryDecideArgs),
    /// 撤回一条查询 · take a query back
    Withdraw(QueryDecideArgs),
    /// 列出查询和现状 · list queries and how they stand
    List(QueryListArgs),
    /// 核对查询登记的每一行是否与写下时相同 · hold every line of the registers against its digest
    Verify(QueryVerifyArgs),
}

#[derive(Debug, ClapArgs)]
pub(super) struct QueryIssueArgs {
    /// 轮次文件夹 · folder of the round, such as input/2023
    pub(super) round: PathBuf,
    /// 经办人，记入查询登记 · who asks, for the register
    #[arg(long, value_name = "NAME")]
    pub(super) by: String,
    /// 只问这些单位（可重复） · only these units, repeatable
    #[arg(long = "unit", value_name = "UNIT")]
    pub(super) units: Vec<String>,
    /// 发出日期，如2024-01-22；默认今天（北京时间） · day of issue; today in China unless given
    #[arg(long, value_name = "DATE")]
    pub(super) on: Option<chrono::NaiveDate>,
    /// 只列出将要问的，不写文件 · only list what would be asked, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

#[derive(Debug, ClapArgs)]
pub(super) struct QueryReceiveArgs {
    /// 轮次文件夹 · folder of the round, such as input/2023
    pub(super) round: PathBuf,
    /// 经办人，记入查询登记 · who receives, for the register
    #[arg(long, value_name = "NAME")]
    pub(super) by: String,
    /// 收取日期，如2024-02-02；默认今天（北京时间） · day of receipt; today in China unless given
    #[arg(long, value_name = "DATE")]
    pub(super) on: Option<chrono::NaiveDate>,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AnswerChoice {
    /// 原数不改 · the unit stands by what it reported
    #[value(name = "确认", alias = "confirm")]
    Confirm,
    /// 没有这个数 · the unit has no value
    #[value(name = "无法提供", alias = "cannot-provide")]
    CannotProvide,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AnswerBy {
    /// 电话 · by telephone
    #[value(name = "电话", alias = "telephone")]
    Telephone,
    /// 函件 · by letter
    #[value(name = "函件", alias = "letter")]
    Letter,
}

/// Which query of a round.
#[derive(Debug, ClapArgs)]
pub(super) struct OneQueryArgs {
    /// 轮次文件夹 · folder of the round, such as input/2023
    pub(super) round: PathBuf,
    /// 查询单编号，如湘潭市-2023-annual-市科技局-1 · number of the query workbook
    pub(super) number: String,
    /// 第几条 · the query on it
    pub(super) item: u32,
}

#[derive(Debug, ClapArgs)]
pub(super) struct QueryAnswerArgs {
    #[command(flatten)]
    pub(super) query: OneQueryArgs,
    /// 单位的答复；要更正的数由单位改在工作簿里报来 · what the unit answers; a corrected value it reports itself, in its workbook
    #[arg(long, value_enum)]
    pub(super) choice: AnswerChoice,
    /// 单位说的理由 · the reason that the unit gives
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: String,
    /// 答复怎样来的 · how the answer came
    #[arg(long, value_enum)]
    pub(super) source: AnswerBy,
    /// 经办人，记入查询登记 · who records it, for the register
    #[arg(long, value_name = "NAME")]
    pub(super) by: String,
    /// 答复日期，如2024-02-02；默认今天（北京时间） · day of the answer; today in China unless given
    #[arg(long, value_name = "DATE")]
    pub(super) on: Option<chrono::NaiveDate>,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

#[derive(Debug, ClapArgs)]
pub(super) struct QueryDecideArgs {
    #[command(flatten)]
    pub(super) query: OneQueryArgs,
    /// 经办人，记入查询登记 · who decides, for the register
    #[arg(long, value_name = "NAME")]
    pub(super) by: String,
    /// 理由 · why
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: String,
    /// 日期，如2024-02-02；默认今天（北京时间） · the day; today in China unless given
    #[arg(long, value_name = "DATE")]
    pub(super) on: Option<chrono::NaiveDate>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct QueryListArgs {
    /// 轮次文件夹 · folder of the round, such as input/2023
    pub(super) round: PathBuf,
    /// 只列这些城市的（可重复） · only those of these cities, repeatable
    #[arg(long = "city", value_name = "CITY")]
    pub(super) cities: Vec<String>,
    /// 只列未了结的 · only those that are open
    #[arg(long)]
    pub(super) open: bool,
    /// 只列逾期未答的 · only those whose answer is overdue
    #[arg(long)]
    pub(super) overdue: bool,
    /// 逾期按哪一天算，如2024-02-06；默认今天（北京时间） · the day on which answers are overdue; today in China unless given
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<chrono::NaiveDate>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct QueryVerifyArgs {
    /// 轮次文件夹 · folder of the round, such as input/2023
    pub(super) round: PathBuf,
    /// 只核对这些城市的（可重复） · only those of these cities, repeatable
    #[arg(long = "city", value_name = "CITY")]
    pub(super) cities: Vec<String>,
}
