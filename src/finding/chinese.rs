//! The wording of findings in Chinese.

use super::lists::in_chinese::{areas_in_words, evidence_missing, few, headed_in_words, sides};
use super::{Language, Problem, Unclear, UnshownCharacter};
use crate::files::PassedOver;

/// What is wrong.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of finding")]
pub(super) fn message(problem: &Problem) -> String {
    match problem {
        Problem::TargetBelowBaseline { target, baseline, year } => {
            format!("目标{target}劣于{year}年实绩{baseline}")
        }
        Problem::ReaderFailed { how } => format!("读取工作簿时{how}，本工作簿未采用，其他工作簿不受影响"),
        Problem::Unreadable(why) => format!("文件不能读取：{why}，未采用，其他文件不受影响"),
        Problem::NotAWorkbook { reason } => format!("不能作为工作簿打开：{reason}"),
        Problem::OtherDocument { document } => format!("不能作为工作簿打开：{}", document.chinese()),
        Problem::Wrapped => {
            "文件被办公安全软件（文档加密系统）整体加密，只有装有该软件的电脑能打开，本工作簿未采用".to_owned()
        }
        Problem::Archive { kind, inside } if inside.is_empty() => {
            format!("文件是压缩包（{kind}），不自动解压，其中的文件未读取")
        }
        Problem::Archive { kind, inside } => {
            format!("文件是压缩包（{kind}），其中有工作簿{}，不自动解压，未读取", few(inside))
        }
        Problem::ReducedChecks { format } => {
            format!("{format}格式不含可核对的数字格式、隐藏行列和合并单元格，其余照常审核")
        }
        Problem::OtherProgram { program } => format!("工作簿由{program}保存"),
        Problem::FormulaWithoutResult => "单元格是公式，但没有保存计算结果".to_owned(),
        Problem::Encrypted => "工作簿已加密。Excel打开时不问密码的也可能是加密的：设过“保护工作簿”或“建议只读”的.xls会用Excel的默认密码加密".to_owned(),
        Problem::LimitExceeded { what } => format!("{what}，本工作簿未采用"),
        Problem::DamagedCell { reason } => format!("单元格损坏：{reason}，该格未采用，其他单元格不受影响"),
        Problem::SheetDamaged { what } => what.clone(),
        Problem::ExternalValue { raw } => format!("“{raw}”是引用其他工作簿的公式结果，可能不是最新"),
        Problem::PictureCell => "单元格内是图片，没有可读取的数值".to_owned(),
        Problem::NotPrintable { characters, cells } => not_printable(characters, *cells),
        Problem::LinkedWorkbook => "工作簿含有对其他工作簿的链接，引用的数值可能不是最新".to_owned(),
        Problem::NoTable => {
            "没有找到表格：表头应同时有“指标名称”和“本年实绩”，或“任务”和“进展状态”".to_owned()
        }
        Problem::CoverFieldMissing { fields } => format!("封面没有写明{}", fields.join("、")),
        Problem::UnknownUnit { name, suggestion } => {
            format!("填报单位“{name}”不在方案中{}", suggested(suggestion.as_ref()))
        }
        Problem::UnknownRow { text, suggestion } => {
            format!("“{text}”不是方案中的指标或任务，本行未采用{}", suggested(suggestion.as_ref()))
        }
        Problem::NotItsIndicator { units } => format!("本指标应由{units}填报，本单位所填未采用"),
        Problem::RepeatedRow { first } => format!("与{first}为同一项，采用先出现的一行"),
        Problem::NotRegistered { all: None } => "收件登记中没有本工作簿，收到时间按封面日期".to_owned(),
        Problem::NotRegistered { all: Some(count) } => {
            format!("没有收件登记received.csv，{count}个工作簿的收到时间均按封面日期")
        }
        Problem::OtherCity { named } => format!("封面城市为“{named}”，与所在文件夹不符，本工作簿未采用"),
        Problem::NumberAndNameDiffer { no, by_name } => {
            format!("序号{no}与名称不是同一项（按名称应为{by_name}），两者均未采用")
        }
        Problem::RegisterLine { reason } => format!("收件登记不能全部使用：{reason}"),
        Problem::RepeatedRowDiffers { first, there, here } => {
            format!("本项在{first}填“{there}”，此处填“{here}”，核实前不下结论")
        }
        Problem::HiddenTable { sheet } => format!("隐藏的工作表“{sheet}”中有表格，未读取"),
        Problem::NotRead { name, why: PassedOver::Folder } => format!("“{name}”是文件夹，其中的文件未读取"),
        Problem::NotRead { name, why: PassedOver::Link } => format!("“{name}”是指向别处的链接，未读取"),
        Problem::NotRead { name, why: PassedOver::Special } => format!("“{name}”不是普通文件，未读取"),
        Problem::RegisteredButAbsent { name, expected: None } => {
            format!("收件登记有“{name}”，报送文件夹中没有")
        }
        Problem::RegisteredButAbsent { name, expected: Some(expected) } => {
            format!("收件登记有“{name}”，报送文件夹中没有，该单位也没有其他工作簿，应报{expected}项按未报列示")
        }
        Problem::ColumnsDiffer { other, there, here } => {
            format!("本格填“{here}”，{other}填“{there}”，都可能是本年实绩，核实前不下结论")
        }
        Problem::OtherPeriod { named, year, is_part: false } => {
            format!("封面报告期为“{named}”，不是本轮评估的{year}年，本工作簿未采用")
        }
        Problem::OtherPeriod { named, year, is_part: true } => {
            format!("封面报告期为“{named}”，只是一年中的一段，本轮评估{year}年全年，本工作簿未采用")
        }
        Problem::NoSender { seems } if seems.is_empty() => {
            "没有找到填报单位，不知由谁报送，本工作簿未采用".to_owned()
        }
        Problem::NoSender { seems } => format!(
            "没有找到填报单位，本工作簿未采用；文件、工作表的名称或标题中有“{seems}”，仅供核对，未据以认定"
        ),
        Problem::VersionUnclear { raw } => {
            format!("版本“{raw}”不是编号，与其他版本的先后按词义（修订、定稿后于第1版）或收件登记确定")
        }
        Problem::DataYearUnclear { raw } => format!("数据年份“{raw}”不能识别或晚于评估年度，核实前不下结论"),
        Problem::UnitsDiffer { taken, other, is_settled: true } => format!("按“{taken}”读取，但{other}"),
        Problem::UnitsDiffer { taken, other, is_settled: false } => {
            format!("计量单位两处不同：一处为“{taken}”，{other}，不能确定数值，核实前不下结论")
        }
        Problem::HiddenCells { what } => format!("{what}被隐藏或筛选掉，其中的数据未读取"),
        Problem::MergedValue { area } => format!("数值单元格{area}跨行合并，不能确定属于哪一行"),
        Problem::StrayNumber { raw, more, areas } => {
            let count = if *more == 0 { String::new() } else { format!("等{}个", more + 1) };
            format!("表格之外有数字“{raw}”{count}（{}），未采用", areas_in_words(areas))
        }
        Problem::UnknownHeading { heading, unknown, numbers } => {
            let numbers = if *numbers == 0 { "内容".to_owned() } else { format!("{numbers}个数") };
            format!("表头“{heading}”{}不认识，本栏{numbers}未读取", parts_in_words(heading, unknown))
        }
        Problem::TakenByElimination { heading, unknown, year } => {
            format!("表头“{heading}”{}不认识；只有这一栏可能是{year}年实绩，数值也与方案相当，按本年实绩读取", parts_in_words(heading, unknown))
        }
        Problem::ResultUnclear { year, why: Unclear::Exchanged, .. } => {
            format!("本表行列互换：各指标横排为表头，{year}年实绩不成一栏，各行未采用")
        }
        Problem::ResultUnclear { year, columns, why: Unclear::Hidden } => match columns.as_slice() {
            [hidden, seen] => format!(
                "“{}”（{}）一栏被隐藏或筛选掉，看得见的“{}”（{}）不能确定是否{year}年实绩，各行未采用",
                hidden.heading, hidden.cell, seen.heading, seen.cell
            ),
            several => format!("{}被隐藏或筛选掉，{year}年实绩未读取，各行未采用", headed_in_words(several)),
        },
        Problem::ResultUnclear { year, columns, why: Unclear::Headings } => match columns.as_slice() {
            [] => format!("表中没有一栏是{year}年实绩，各行未采用"),
            [one] if one.heading.is_empty() => format!("{}一栏没有表头，不能确定是否{year}年实绩，各行未采用", one.cell),
            [one] => format!("表头“{}”（{}）不能确定是否{year}年实绩，各行未采用", one.heading, one.cell),
            several => format!("{}都可能是{year}年实绩，不能确定是哪一栏，各行未采用", headed_in_words(several)),
        },
        Problem::CopiedColumn { heading, of, is_certain } => {
            let until = if *is_certain { "请核对" } else { "核实前不下结论" };
            format!("“{heading}”一栏的数与{of}全部相同，疑非实绩，{until}")
        }
        Problem::PartOfYearValue { raw, year } => format!("“{raw}”的数不是{year}年全年、全市的实绩，未采用"),
        Problem::OtherTitle { title, year } => {
            format!("“{title}”表明本表不是{year}年全年、全市的实绩，各行未采用")
        }
        Problem::StateColumnUnclear { columns } => match columns.as_slice() {
            [] => "任务表中没有进展状态一栏，各行未采用".to_owned(),
            several => format!("任务表中没有能认作进展状态的一栏（{}），各行未采用", headed_in_words(several)),
        },
        Problem::OrderUnclear { files, expected } => format!(
            "同一单位报送的{}版本相同或无法比较，收件登记也不能区分先后，均未采用，应报{expected}项待核实",
            few(files)
        ),
        Problem::OrderAssumed { other, by, .. } => {
            format!("与“{other}”版本相同或无法比较，按{by}以本工作簿为后报的一份")
        }
        Problem::SendersDiffer { here, there, other } => {
            format!("此处填报单位为“{here}”，{there}为“{other}”，不能确定由谁报送，本工作簿未采用")
        }
        Problem::FileNamesAnother { named, taken } => {
            format!("文件名中是“{named}”，封面填报单位为“{taken}”，按封面")
        }
        Problem::NameInOtherCode { name } => format!("文件名不是UTF-8编码，按GBK为“{name}”，已照常读取"),
        Problem::NumberAsText { raw } => format!("“{raw}”是文本型数字，已按数值读取"),
        Problem::NotANumber { raw, reason } => format!("“{raw}”不是可识别的数值：{reason}"),
        Problem::Approximate { raw } => format!("“{raw}”是约数，不能作为数值"),
        Problem::ErrorCell { raw } => format!("单元格为错误值{raw}"),
        Problem::PercentFormat { raw, value } => format!("单元格{raw}为百分比格式，按{value}%读取"),
        Problem::ScaledFormat { raw } => format!("单元格存储的是{raw}，其格式把它显示为千、万等的倍数；按存储的数读取"),
        Problem::YearFormat { raw } => format!("年份{raw}填在日期格式的单元格中，按{raw}年读取"),
        Problem::MarkAsZero { raw } => format!("按表中说明，“{raw}”表示零，按0读取"),
        Problem::ShownOtherwise { raw, shown } if shown.is_empty() => {
            format!("单元格存储的是{raw}，但显示为空白，不能确定要填的是哪一个，未采用")
        }
        Problem::ShownOtherwise { raw, shown } => {
            format!("单元格存储的是{raw}，但显示为“{shown}”，不能确定要填的是哪一个，未采用")
        }
        Problem::StruckOut { raw } => format!("“{raw}”整格加了删除线，不能确定是否作废，未采用"),
        Problem::ChangeGiven { raw, expected } => {
            let expected = if expected.is_empty() { "无量纲" } else { expected };
            format!("“{raw}”是增减的百分点，不是指标本身的数（方案单位为{expected}），未采用")
        }
        Problem::ReadAs { raw, value, what } => format!("“{raw}”按{value}读取，未计{what}"),
        Problem::NotReported { raw: None, has_row: false } => "工作簿中没有本指标一行，未填报".to_owned(),
        Problem::NotReported { raw: None, has_row: true } => {
            "有本指标一行，但其中的数没有采用，未填报".to_owned()
        }
        Problem::NotReported { raw: Some(raw), .. } if raw.is_empty() => "单元格为空，未填报".to_owned(),
        Problem::NotReported { raw: Some(raw), .. } => {
            format!("单元格为“{raw}”，未说明是零、无此项还是未报，按未报处理")
        }
        Problem::UnitSilent { expected, too_late: false, unused } if unused.is_empty() => {
            format!("截止时未收到可用的工作簿，应报{expected}项")
        }
        Problem::UnitSilent { expected, too_late: false, unused } => {
            format!("收到的{}不能使用，此外未收到工作簿，应报{expected}项", few(unused))
        }
        Problem::UnitSilent { expected, too_late: true, .. } => {
            format!("工作簿在数据截止日之后收到，未采用，应报{expected}项")
        }
        Problem::Late { received, deadline } => format!("{received}收到，报送期限为{deadline}"),
        Problem::Converted { from, to, operation } => format!("填报{from}，换算为{to}（{operation}）"),
        Problem::UnitMismatch { unit, expected } => {
            format!("计量单位填“{unit}”，方案为{}，不能换算，本值未采用", quoted(expected))
        }
        Problem::ScaleSlip { value, against, factor, slip } => {
            let slip = slip.words(Language::Chinese);
            format!("填报{value}，与{against}相差约{factor}，{slip}，核实前不下结论")
        }
        Problem::FarOff { value, against, times, slip } => {
            let times = if times.is_empty() { format!("而{against}") } else { format!("为{against}的{times}") };
            format!("填报{value}，{times}，{}，核实前不下结论", slip.words(Language::Chinese))
        }
        Problem::OtherYearsValue { value, year, taken, by } => {
            format!("本单位填{year}年数{value}，{by}已报{taken}年数，采用{taken}年数，本值未采用")
        }
        Problem::LargeChange { change, limit } => format!("比上年{change}，超过本指标限度{limit}%，未见说明"),
        Problem::EvidenceMissing { lacking } => evidence_missing(lacking),
        Problem::PresenceWithoutEvidence => "填“有”，未附文件或名册，核实前不下结论".to_owned(),
        Problem::FractionalCount { value } => format!("计数指标填{value}，不是整数"),
        Problem::ShareOutOfRange { value } => {
            format!("比重填{value}，不在0—{}之间", if value.ends_with('‰') { "1000" } else { "100" })
        }
        Problem::EarlierYear { year } => format!("所填为{year}年数，当年数尚未产生，按数据滞后列示"),
        Problem::TaskNotReported => "任务进展未填报".to_owned(),
        Problem::UnknownTaskState { raw } => {
            format!("进展状态“{raw}”不是“完成”“推进中”“未启动”之一，按待核实列示")
        }
        Problem::PartlyReported { raw, usable } => {
            let here = if raw.is_empty() { "单元格为空".to_owned() } else { format!("单元格为“{raw}”") };
            let there = if *usable { "另有单位已报，采用已报数" } else { "另有单位已填，但所填不能采用" };
            format!("{here}，{there}")
        }
        Problem::Negative { value } => format!("填报{value}，数量和金额不应为负"),
        Problem::PartExceedsTotal { part, total } => format!("其中项{part}大于总数{total}"),
        Problem::SumDiffers { total, sum, explanation } => format!("合计{total}与各行之和{sum}不一致{explanation}"),
        Problem::DigitsSwapped { value, past } => format!("{value}与上年{past}只差相邻两位对调"),
        Problem::SignFlipped { value, past } => format!("{value}与上年{past}绝对值相同、符号相反"),
        Problem::Superseded { by } => format!("本工作簿留存不用，采用同一单位的{by}"),
        Problem::SourcesDisagree { sides: all } => format!("各单位所报不一致：{}", sides(all)),
        Problem::SourcePreferred { unit, sides: all, reason } => {
            format!("各单位所报不一致（{}），按决定采用{unit}：{reason}", sides(all))
        }
        Problem::BaselineRestated { year, reported, planned } => {
            format!("{year}年数填{reported}，方案为{planned}，与上年比较仍用方案数")
        }
        Problem::ProseDiffers { prose, table } => format!("正文为{prose}，附表为{table}，按附表判定"),
        Problem::IncrementsDiffer { parts, base, sum, target } => format!("正文新增{parts}，基期{base}，合计{sum}，附表目标{target}"),
        Problem::GrowthDiffersFromLevels { rate, base, implied, target } => format!("正文增长{rate}%，由基期{base}推算为{implied}，附表目标{target}"),
        Problem::PartsDiffer { before, after, stated } => format!("由分子和比重倒推，分母由{before}增至{after}，正文新增{stated}"),
        Problem::TiersMixed { assessed, intended } => format!("正文对指标{assessed}取考核值，对指标{intended}取完成值"),
        Problem::WrittenDiffers { prose, table } => format!("同一目标正文写作{prose}，附表写作{table}"),
        Problem::DenominatorDiffers { prose, table } => format!("分母正文称“{prose}”，附表称“{table}”"),
        Problem::AlreadyMet { target, past, year } => format!("{year}年实绩{past}已达到目标{target}"),
        Problem::LeadDiffers { lead, reporters } => format!("任务由{lead}牵头，数据由{reporters}采集"),
        Problem::NoBaseline { what } => format!("{what}未列基期数"),
        Problem::UndefinedWord { word } => format!("“{word}”没有界定"),
        Problem::RepeatedTarget { other } => format!("与目标{other}相同，只评一次"),
        Problem::Undated => "方案未写完成年限，只列实绩，不判是否完成".to_owned(),
        Problem::IndexForGrowth { value, target } => format!("增速填{value}，目标为{target}%，疑为以上年为100的指数，核实前不下结论"),
        Problem::NotFinal { vintage } => format!("终版仍为{vintage}数"),
        Problem::GrowthDiffers { reported, derived, row } => format!("增速填{reported}%，按指标{row}两年数推算为{derived}%，核实前不下结论"),
        Problem::AdditionsBelowNetChange { reported, net, row } => format!("新增填{reported}，而指标{row}净增{net}，新增不应少于净增"),
        Problem::AdditionsAboveNetChange { numbers, added, net, lost } => {
            let together = if numbers.contains('、') { "合计" } else { "" };
            let change = match net.strip_prefix('-') {
                Some(fall) => format!("净减{fall}"),
                None => format!("净增{net}"),
            };
            format!("{numbers}填报的新增{together}{added}，而本指标比上年{change}：当年须减少{lost}才能相符")
        }
        Problem::EqualsLimit { actual, words } => format!("实绩{actual}恰好等于“{words}”的数，“突破”不含本数，判为未达"),
        Problem::TaskTargetsMissed { numbers } => format!("任务填“完成”，但其中{numbers}未达"),
        Problem::TaskTargetsMet { numbers } => format!("任务填“未启动”，但其中{numbers}已达"),
        Problem::BoundaryCase { actual, target } => {
            format!("实绩{actual}，目标{target}：全数值比较与修约值比较结论不同，以全数值比较为准")
        }
    }
}

/// `，其中“落地”` where only a part of a heading is not known.
fn parts_in_words(heading: &str, unknown: &[String]) -> String {
    match unknown {
        [] => String::new(),
        [one] if one == heading => String::new(),
        several => format!("中的“{}”", several.join("”“")),
    }
}

/// A unit in quotation marks; a pure number has none.
fn quoted(unit: &str) -> String {
    if unit.is_empty() { "无单位的比值".to_owned() } else { format!("“{unit}”") }
}

fn suggested(suggestion: Option<&String>) -> String {
    suggestion.map_or_else(String::new, |name| format!("，是否为“{name}”"))
}

fn not_printable(characters: &[UnshownCharacter], cells: usize) -> String {
    let list: Vec<String> =
        characters.iter().map(|one| format!("{}（{}）", one.points, one.clue.chinese())).collect();
    let list = list.join("、");
    if cells == 0 {
        format!("文件名中有印不出的字{list}，报告中以〓代替")
    } else {
        format!("{cells}个单元格中有印不出的字，如{list}；报告中以〓代替（控制符略去），数据表保留原字")
    }
}
