//! duibiao 对标 measures cities against the targets of their innovation plans: departments' workbooks in, a typeset
//! annual evaluation report out, every figure of which leads back to a spreadsheet cell.
//!
//! # The flow
//!
//! ```text
//! round.toml, plan.toml ──► plan ──┬──────────┬─────────────┬──────────┐    (index.toml ──► composite: of Facts an index)
//!                                  ▼          ▼             ▼          ▼
//! submissions/*  ──► collect ──► review ──► reconcile ──► assess ──► compare ──► publish
//!                   Observation  Finding     Fact        Assessment  CityScore   PDF, xlsx, tables
//! ```
//!
//! Data flow one way, through modules named after the stages; a module's `mod.rs` holds its nouns.
//!
//! | stage | does | begins with |
//! |---|---|---|
//! | [`plan`] | reads catalogue, plans and round; a file with faults is refused with all of them | [`plan::load()`] |
//! | [`collect`] | registers and reads the workbooks in isolated workers | [`collect::city()`] |
//! | [`review`] | completeness, plausibility, deadlines, evidence | [`review::city()`] |
//! | [`reconcile`] | one fact per indicator, all sides kept | [`reconcile::city()`] |
//! | [`assess`] | verdict, completion, progress; tasks; units | [`assess::indicators()`] |
//! | [`compare`] | ranking with ties, coverage and ranges | [`compare::score()`], [`compare::rank()`] |
//! | [`composite`] | where the round has an `index.toml`: an index over its cities, and how certain its order is | [`composite::gather()`], [`composite::evaluate()`] |
//! | [`publish`] | report model, typesetting, tables, manifest | [`publish::publish()`] |
//!
//! Below the stages lies a small vocabulary: [`error`], [`ident`], [`indexed`], [`decimal`], [`rounding`], [`growth`], [`period`], [`digest`],
//! [`progress`], [`characters`], [`shown`], [`children`], [`files`], [`quantity`], [`finding`], [`workbook`]. The stages hand on data and word nothing: [`words`] does. Their result is
//! a finished round, [`evaluation`]. Above them [`run`] knows the order, and [`cli`] the terminal and the
//! environment. `docs/architecture.md` has the reasons.
//!
//! # Glossary
//!
//! | 中文 | here | meaning |
//! |---|---|---|
//! | 方案 | [`plan::Plan`] | the issued document as data |
//! | 指标 | [`plan::Indicator`] | what is reported and judged: a row of the plan's table, or a target of its prose |
//! | 目标 | [`plan::Target`] | what is to be reached in a year |
//! | 年内目标 | [`plan::InterimTarget`] | what is to be reached by the end of a part of the year; no annual round judges it, a round of that part is held against it |
//! | 报告期, 年内的轮次 | [`period::Period`], [`period::Reach`] | a year, or the part of it from January on that a round is of (调度) |
//! | 序时进度, 本期应达, 差距 | [`assess::PaceAssessment`] | where a value stands within the year, what was due by then, how far it falls short |
//! | 亮灯 | [`assess::PaceLight`] | 绿, hollow 绿, 黄, 红, none |
//! | 累计数, 时点数, 比率, 有无, 年度数 | [`plan::PaceMethod`] | how what is due within the year is worked out |
//! | 通报 | `publish/report/bulletin.rs` | the page of a part of a year |
//! | 考核值, 完成值 | [`plan::Tier`] | two tiers of one year's target |
//! | 突破 | [`plan::Operator::Surpass`] | more than, as 超过; a value equal to the limit is missed and flagged |
//! | 方案核对 | [`plan::Remark`] | the plan held against itself, before anyone is measured by it |
//! | 工作要点 | [`plan::Task`] | a task with its lead and responsible units |
//! | 填报单位 | `unit`, `reporters` | the department that reports |
//! | 数据采集单位, 牵头单位, 责任单位 | [`assess::UnitRole`]; `lead`, `responsible` of a task | who reports a row, who leads a task, who shares in it |
//! | 填报值 | [`collect::Observation`] | a value read from a cell |
//! | 空白报表, 模板编号, 版次 | [`forms`], [`plan::IssuedRow`] | the blank workbook of a unit; its number; which one of those that were issued to it |
//! | 下发登记 | [`plan::IssuedForms`] | the register of issued forms, each line chained to the one before |
//! | 模板认定 | [`collect::FormOrigin`] | the issued form that a workbook was made from, by the number that it carries |
//! | 报送情况, 催报 | [`status`], [`status::ReportState`] | who has reported, as of a day; a sentence that asks a unit for what is missing |
//! | 查询, 查询单, 条 | [`plan::Query`], [`plan::QueryNumber`], [`query::QueryItem`], [`plan::QueryKey`] | what a unit is asked about its workbook; the workbook that asks, by its number; the place on it |
//! | 标色, 批注 | [`workbook::patch::CellMark`] | a cell of a unit's own workbook that is asked about: its mark, and the note beside it |
//! | 必须答复, 请说明 | [`finding::QueryClass`] | how firmly a unit is asked about a kind of finding |
//! | 查询登记 | [`plan::QueryRegister`] | the register of queries: events that are never edited, out of which follows how each stands |
//! | 答复 | [`collect::AnswerTo`], [`query::receive`] | a workbook that comes back with its sheet 查询单 filled in: the unit's next one |
//! | 采纳, 撤回 | [`query::decide`], [`plan::AcceptedAnswer`] | what the office decides on a query; an acceptance is a waiver of the very text |
//! | 确认, 说明 | [`finding::UnitAnswer`], [`collect::StandingAnswer`] | what a unit says of a finding in answer to a query, as long as the text stands that it was asked about |
//! | 逾期未答 | [`plan::Query::is_overdue`] | not answered although the day is over; computed, never written |
//! | 自查 | [`forms`] | a formula by which a clerk sees whether a row is ready |
//! | 佐证材料 | [`collect::Evidence`] | a document that backs a value |
//! | 数据性质 | [`collect::Vintage`] | estimate, flash, final, published |
//! | 核实问题 | [`finding::Finding`] | what a unit or the bureau can act on |
//! | 豁免 | [`plan::Waiver`] | an accepted exception |
//! | 添写 | [`entries::DecisionEntry`] | an exception, a choice or a decision that is added to its file by command |
//! | 已消除, 新增 | [`looks::Changes`] | findings that were there at an earlier look and are gone, and those that were not |
//! | 收到 | [`arrivals::Arrival`] | a file that has come, changed or gone, told when nobody writes it any more |
//! | 核对 | [`reconcile`] | of several sources, one fact |
//! | 实绩 | `actual` | the value of the year that is judged |
//! | 推算 | [`reconcile::Derivation`] | a growth that nobody reported, derived from two levels of its row |
//! | 对照值 | [`assess::Reference`], [`plan::Benchmark`] | what a relative target is held against |
//! | 基期, 上年实绩 | `baseline` | the value of the year before, as the plan prints it, else as it was published |
//! | 基年 | `base_year`, [`plan::BaseYear`] | the year from which an average growth is counted |
//! | 增长率, 年均增长率 | [`growth`] | growth on the year before, growth per year since the base year, in percent |
//! | 完成率 | `completion`, for a city `rate` | actual against target; of a city, targets met among those assessable |
//! | 进度 | `progress` | the part of the way from baseline to target |
//! | 应评, 可评, 完成 | `total`, `assessable`, `met` | counts of targets |
//! | 覆盖率 | `coverage` | assessable among all |
//! | 单项得分 | `points`, [`plan::Scoring`] | points of one target by the round's method; 100 when it is just reached |
//! | 权重 | [`plan::Weight`] | what the points of a target weigh in the city's score; 1 where none is given |
//! | 一票否决, 等次限制 | [`plan::Veto`], [`compare::GradeLimit`] | a limit on the grade: as declared, as it holds for a city |
//! | 缺报计零 | `score_missing_as_zero` | score with open targets as zero |
//! | 待核实, 未报, 数据滞后, 不可评 | [`assess::State`] | why there is no verdict |
//! | 边界项 | `boundary` | full-value and rounded comparison decide differently |
//! | 分片, 第几份 | [`publish::Share`], [`publish::Shares`] | a share of the cities of a round, made by itself; those that belong together |
//! | 综合指数 | [`plan::IndexSpec`], [`composite::Composite`] | how strong cities are beside each other on indicators of the catalogue: as the file has it, as it comes out |
//! | 领域 | [`plan::IndexDimension`], [`composite::DimensionScore`] | a node between indicators and the index; a city's score in it |
//! | 标准化 | [`plan::Normalisation`] | how values of different units are made comparable |
//! | 赋权 | [`plan::Weighting`], [`plan::WeightSet`] | where weights come from; another set of them |
//! | 合成 | [`plan::Aggregation`] | how scores are put together |
//! | 极端值处理 | [`plan::Treatment`] | values far from the others are drawn in |
//! | 插补 | [`plan::Imputation`] | what stands in for a value that is not there |
//! | 筛选 | [`plan::Screening`] | cities and indicators with too few values are left out |
//! | 同类城市 | [`plan::PeerGroup`] | cities that are compared with each other |
//! | 稳健性 | [`plan::Robustness`], [`composite::robust`] | what is varied to see how certain the order is, and what comes of it |
//! | 位次区间 | [`composite::robust::PlaceInterval`] | the places that a city has in 5, 50 and 95 percent of the draws |
//! | 定基指数 | [`plan::ChainSpec`] | the index over years, from the year of 100 on |
//! | 修约 | [`rounding`] | rounding by GB/T 8170—2008 |
//! | 口径 | `definition` | what exactly an indicator counts |

#![cfg_attr(test, allow(clippy::arithmetic_side_effects, reason = "a failing test may panic"))]

pub mod advise;
pub mod archive;
pub mod arrivals;
pub mod assess;
pub mod characters;
pub mod children;
pub mod cli;
pub mod collect;
pub mod compare;
pub mod composite;
pub mod decimal;
pub mod diff;
pub mod digest;
pub mod draft;
pub mod entries;
pub mod error;
pub mod evaluation;
pub mod explain;
pub mod files;
pub mod finding;
pub mod forms;
pub mod growth;
pub mod ident;
pub mod indexed;
pub mod inputs;
pub mod ledger;
pub mod looks;
pub mod mixture;
pub mod next_round;
pub mod period;
pub mod plan;
pub mod progress;
pub mod publish;
pub mod quantity;
pub mod query;
pub mod reconcile;
pub mod replay;
pub mod review;
pub mod rounding;
pub mod run;
pub mod shown;
pub mod status;
pub mod table_text;
pub mod words;
pub mod workbook;
pub mod wrapped;
