//! The wording of findings in Chinese.

use super::lists::chinese::{evidence_missing, few};
use super::problem::Headed;
use super::{Language, Problem, UnshownCharacter};
use crate::files::PassedOver;
use crate::ident::CellRef;

/// Short name of the rule.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of finding")]
pub(super) fn rule(problem: &Problem) -> &'static str {
    match problem {
        Problem::TargetBelowBaseline { .. } => "目标偏低",
        Problem::ReaderFailed { .. } => "读取中断",
        Problem::NotAWorkbook { .. } | Problem::OtherDocument { .. } => "不能打开",
        Problem::ReducedChecks { .. } => "检查受限",
        Problem::OtherProgram { .. } => "保存软件",
        Problem::FormulaWithoutResult => "公式无结果",
        Problem::Encrypted => "工作簿加密",
        Problem::LimitExceeded { .. } => "超出限度",
        Problem::DamagedCell { .. } => "单元格损坏",
        Problem::SheetDamaged { .. } => "工作表受损",
        Problem::ExternalValue { .. } => "引用外部",
        Problem::PictureCell => "单元格图片",
        Problem::LinkedWorkbook => "外部链接",
        Problem::Wrapped => "安全软件加密",
        Problem::Archive { .. } => "压缩包",
        Problem::NotPrintable { .. } => "印不出的字",
        Problem::NoTable => "找不到表格",
        Problem::CoverFieldMissing { .. } => "封面缺项",
        Problem::UnknownUnit { .. } => "单位不明",
        Problem::UnknownRow { .. } => "行名不明",
        Problem::NotItsIndicator { .. } => "非本单位",
        Problem::RepeatedRow { .. } => "重复填报行",
        Problem::NotRegistered { .. } => "无收件登记",
        Problem::OtherCity { .. } => "城市不符",
        Problem::NumberAndNameDiffer { .. } => "序号不符",
        Problem::RegisterLine { .. } => "登记行有误",
        Problem::RepeatedRowDiffers { .. } => "两处不一致",
        Problem::HiddenTable { .. } => "隐藏工作表",
        Problem::NotRead { .. } => "未读取",
        Problem::RegisteredButAbsent { .. } => "登记无文件",
        Problem::ColumnsDiffer { .. } => "两栏不一致",
        Problem::OtherPeriod { .. } => "报告期不符",
        Problem::NoSender { .. } => "填报单位不明",
        Problem::VersionUnclear { .. } => "版本不明",
        Problem::DataYearUnclear { .. } => "数据年份不明",
        Problem::UnitsDiffer { .. } => "单位不一",
        Problem::HiddenCells { .. } => "隐藏行列",
        Problem::MergedValue { .. } => "数值跨行合并",
        Problem::StrayNumber { .. } => "表外数字",
        Problem::UnknownHeading { .. } => "表头不明",
        Problem::TakenByElimination { .. } => "表头有不明用语",
        Problem::ResultUnclear { .. } => "本年实绩栏不明",
        Problem::CopiedColumn { .. } => "与目标或上年全同",
        Problem::PartOfYearValue { .. } => "非全年数",
        Problem::OtherTitle { .. } => "表题年份不符",
        Problem::StateColumnUnclear { .. } => "进展状态栏不明",
        Problem::OrderUnclear { .. } => "先后不明",
        Problem::OrderAssumed { .. } => "先后推定",
        Problem::SendersDiffer { .. } => "填报单位不一",
        Problem::FileNamesAnother { .. } => "文件名不符",
        Problem::NameInOtherCode { .. } => "文件名编码",
        Problem::NumberAsText { .. } => "文本型数字",
        Problem::NotANumber { .. } => "不是数值",
        Problem::Approximate { .. } => "约数",
        Problem::ErrorCell { .. } => "错误值",
        Problem::PercentFormat { .. } => "百分比格式",
        Problem::ScaledFormat { .. } => "缩放格式",
        Problem::YearFormat { .. } => "年份格式",
        Problem::MarkAsZero { .. } => "符号表示零",
        Problem::ShownOtherwise { .. } => "显示与存储不同",
        Problem::StruckOut { .. } => "已划去",
        Problem::ChangeGiven { .. } => "填了增减",
        Problem::ReadAs { .. } => "数旁文字未计",
        Problem::NotReported { .. } => "指标未报",
        Problem::UnitSilent { .. } => "单位未报",
        Problem::Late { .. } => "逾期报送",
        Problem::Converted { .. } => "单位换算",
        Problem::UnitMismatch { .. } => "单位不符",
        Problem::ScaleSlip { .. } => "量级异常",
        Problem::FarOff { .. } => "相差悬殊",
        Problem::LargeChange { .. } => "同比异常",
        Problem::EvidenceMissing { .. } => "缺佐证",
        Problem::PresenceWithoutEvidence => "定性缺佐证",
        Problem::FractionalCount { .. } => "个数非整数",
        Problem::ShareOutOfRange { .. } => "比重越界",
        Problem::EarlierYear { .. } => "数据滞后",
        Problem::TaskNotReported => "任务未报",
        Problem::UnknownTaskState { .. } => "状态不明",
        Problem::PartlyReported { .. } => "部分未报",
        Problem::Negative { .. } => "不应为负",
        Problem::PartExceedsTotal { .. } => "其中大于总数",
        Problem::SumDiffers { .. } => "合计不符",
        Problem::DigitsSwapped { .. } => "疑似录错",
        Problem::SignFlipped { .. } => "正负号可疑",
        Problem::Superseded { .. } => "重复报送",
        Problem::SourcesDisagree { .. } => "多源不一致",
        Problem::SourcePreferred { .. } => "按决定取数",
        Problem::BaselineRestated { .. } => "上年数变动",
        Problem::OtherYearsValue { .. } => "数据年份不一",
        Problem::BoundaryCase { .. } => "边界项",
        Problem::ProseDiffers { .. } => "正文与附表不符",
        Problem::IncrementsDiffer { .. } => "新增与目标不符",
        Problem::GrowthDiffersFromLevels { .. } => "增速与目标不符",
        Problem::PartsDiffer { .. } => "比重与分子分母不符",
        Problem::TiersMixed { .. } => "两档混用",
        Problem::WrittenDiffers { .. } => "写法不同",
        Problem::DenominatorDiffers { .. } => "分母名称不同",
        Problem::AlreadyMet { .. } => "目标已经达到",
        Problem::LeadDiffers { .. } => "牵头与数据单位不同",
        Problem::NoBaseline { .. } => "缺基期",
        Problem::UndefinedWord { .. } => "用语未界定",
        Problem::RepeatedTarget { .. } => "目标重复",
        Problem::Undated => "未写年限",
        Problem::IndexForGrowth { .. } => "指数当增速",
        Problem::NotFinal { .. } => "非最终数",
        Problem::GrowthDiffers { .. } => "增速与水平不符",
        Problem::AdditionsBelowNetChange { .. } => "新增少于净增",
        Problem::AdditionsAboveNetChange { .. } => "新增远多于净增",
        Problem::EqualsLimit { .. } => "恰好等于“突破”值",
        Problem::TaskTargetsMissed { .. } => "完成但目标未达",
        Problem::TaskTargetsMet { .. } => "未启动但目标已达",
    }
}

/// What is wrong.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of finding")]
pub(super) fn message(problem: &Problem) -> String {
    match problem {
        Problem::TargetBelowBaseline { target, baseline, year } => {
            format!("目标{target}劣于{year}年实绩{baseline}")
        }
        Problem::ReaderFailed { how } => format!("读取工作簿时{how}，本工作簿未采用，其他工作簿不受影响"),
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
        Problem::VersionUnclear { raw } => format!("版本“{raw}”不是编号，与其他版本的先后只能按收件登记确定"),
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
        Problem::ResultUnclear { year, columns } => match columns.as_slice() {
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
            "有本指标一行，但没有能认作本年实绩的一栏，未读取".to_owned()
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
        Problem::ShareOutOfRange { value } => format!("比重填{value}%，不在0—100之间"),
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
        Problem::SourcesDisagree { sides } => format!("各单位所报不一致：{sides}"),
        Problem::SourcePreferred { unit, sides, reason } => {
            format!("各单位所报不一致（{sides}），按决定采用{unit}：{reason}")
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

/// What to do about it.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of finding")]
pub(super) fn remedy(problem: &Problem) -> String {
    match problem {
        Problem::TargetBelowBaseline { .. } => "完成这类目标不代表比上年进步，建议提请调整",
        Problem::ReaderFailed { .. } => "用Excel或WPS打开后另存为.xlsx，重新报送",
        Problem::NotAWorkbook { .. } => "用Excel或WPS另存为.xlsx，重新报送",
        Problem::OtherDocument { document } => document.remedy_chinese(),
        Problem::Wrapped => "请填报单位在安全软件中解密（外发审批）后重新报送，另存为无效",
        Problem::Archive { .. } => "解压后把其中的工作簿放入submissions文件夹",
        Problem::ReducedChecks { .. } => "下次报送请另存为.xlsx",
        Problem::OtherProgram { .. } => "无须处理；如数值有疑，用Excel或WPS重新保存",
        Problem::FormulaWithoutResult => "用Excel或WPS打开并保存一次，或改填数值",
        Problem::Encrypted => "取消打开密码和工作簿保护，另存为.xlsx，重新报送",
        Problem::LimitExceeded { .. } => {
            "删去多余的行列、格式和图片，另存为.xlsx；确需放宽的在round.toml的[limits]中设定"
        }
        Problem::DamagedCell { .. } => "在该格重新输入",
        Problem::SheetDamaged { .. } => "用Excel或WPS打开后另存为.xlsx，核对数据，重新报送",
        Problem::ExternalValue { .. } => "核对后改填数值",
        Problem::PictureCell => "改填数值，图片列入佐证",
        Problem::NotPrintable { .. } => {
            "改用普通文字或标点重新输入（项目符号可改为“1.”或“·”）；生僻字请统计局安装含该字的字体"
        }
        Problem::LinkedWorkbook => "核对引用的数值；下次报送请改填数值",
        Problem::NoTable => "使用下发的报表格式，保留表头一行",
        Problem::CoverFieldMissing { .. } => "在封面补填",
        Problem::UnknownUnit { .. } => "按方案中的名称填写，或在方案中登记别名",
        Problem::UnknownRow { .. } => "按方案中的序号和名称填写",
        Problem::NotItsIndicator { .. } => "删除该行，或由应报单位填报",
        Problem::RepeatedRow { .. } | Problem::RepeatedRowDiffers { .. } => "每项指标只留一行",
        Problem::NotRegistered { .. } => "在收件登记received.csv中补记",
        Problem::OtherCity { .. } => "核对工作簿应放入哪个城市的文件夹",
        Problem::NumberAndNameDiffer { .. } => "核对序号和名称后重报",
        Problem::RegisterLine { .. } => "改正received.csv中的该行",
        Problem::HiddenTable { .. } => "确需报送的取消隐藏，否则删除",
        Problem::NotRead { .. } => "把工作簿直接放入submissions文件夹",
        Problem::RegisteredButAbsent { .. } => "找回文件，或改正登记",
        Problem::ColumnsDiffer { .. } => "只留一栏本年实绩",
        Problem::OtherPeriod { .. } => "报送本年度的工作簿，或改正封面",
        Problem::NoSender { .. } => "在封面写明填报单位，封面工作表不要隐藏",
        Problem::VersionUnclear { .. } => "版本填1、2、3",
        Problem::DataYearUnclear { .. } => "数据年份填四位数字",
        Problem::UnitsDiffer { .. } => "只在一处写计量单位",
        Problem::HiddenCells { .. } => "确需报送的取消隐藏，否则删除",
        Problem::MergedValue { .. } => "取消合并，每行填一个数",
        Problem::StrayNumber { .. } => "删除，或放入有表头的栏",
        Problem::UnknownHeading { .. } => {
            "需要读取的改用说明中的表头用语，如“2023年实绩”“佐证编号”；不需要的删去"
        }
        Problem::TakenByElimination { year, .. } => return format!("核对；表头请写作“{year}年实绩”"),
        Problem::ResultUnclear { year, .. } => {
            return format!("把本年实绩一栏的表头写作“{year}年实绩”，其他各栏写明是目标、上年、增速还是其他");
        }
        Problem::CopiedColumn { .. } => "核对本栏填的是否实绩；属实的书面确认（豁免）",
        Problem::PartOfYearValue { .. } => "补报全年数",
        Problem::OtherTitle { year, .. } => return format!("核对表题；表头请写作“{year}年实绩”"),
        Problem::StateColumnUnclear { .. } => "把进展状态一栏的表头写作“进展状态”",
        Problem::OrderUnclear { .. } => {
            "问清以哪一份为准，移走另一份，或在版本栏编号、在received.csv补记收到时间"
        }
        Problem::OrderAssumed { .. } => "核对以哪一份为准；在版本栏编号，或在received.csv补记收到时间",
        Problem::SendersDiffer { .. } => "核实填报单位，全册只写一家",
        Problem::FileNamesAnother { .. } => "核对是否放错或误用了他单位的工作簿",
        Problem::NameInOtherCode { .. } => "无须处理；可把文件名改为UTF-8编码",
        Problem::NumberAsText { .. } => "把单元格格式改为数值后重新输入",
        Problem::NotANumber { reason, .. } if reason.starts_with("应填") => {
            "只填“有”或“无”，文字放入说明栏"
        }
        Problem::NotANumber { .. } | Problem::Approximate { .. } => "填写准确数值，文字放入说明栏",
        Problem::ShownOtherwise { .. } => "把单元格格式改为常规后填写数值；没有数据的清空单元格",
        Problem::StruckOut { .. } => "数值有效的取消删除线，作废的清空单元格",
        Problem::ChangeGiven { .. } => "填写指标本身的数，增减放入说明栏",
        Problem::ReadAs { .. } => "核对读取结果；单元格内只填数值",
        Problem::ErrorCell { .. } => "改正公式，或改填数值",
        Problem::PercentFormat { .. } => "单位为%的指标请用常规格式填百分数",
        Problem::ScaledFormat { .. } => "核对采用的数；下次用常规格式",
        Problem::YearFormat { .. } => "把单元格格式改为常规",
        Problem::MarkAsZero { .. } => "数值为零的直接填0",
        Problem::NotReported { .. } => "补报；确无数据的在说明栏写明原因",
        Problem::UnitSilent { .. } => "催报",
        Problem::Late { .. } => "按时报送",
        Problem::Converted { .. } => "核对换算结果；下次按方案的计量单位填报",
        Problem::UnitMismatch { .. } => "按方案的计量单位重报",
        Problem::ScaleSlip { .. } => "核对计量单位后重报，或书面确认",
        Problem::FarOff { .. } => "核对后重报；属实的书面确认，由评估单位在waivers.toml中登记",
        Problem::LargeChange { .. } => "说明变动原因并附佐证",
        Problem::EvidenceMissing { .. } | Problem::PresenceWithoutEvidence => {
            "在佐证清单中补列材料名称和文号"
        }
        Problem::FractionalCount { .. } | Problem::ShareOutOfRange { .. } | Problem::Negative { .. } => {
            "核对后重报"
        }
        Problem::EarlierYear { .. } => "当年数公布后补报，编发终版时更新",
        Problem::TaskNotReported => "补报任务进展",
        Problem::UnknownTaskState { .. } => "从“完成”“推进中”“未启动”中选填",
        Problem::PartlyReported { .. } => "补报，或书面说明由哪家单位填报",
        Problem::PartExceedsTotal { .. } => "核对总数、其中项及其计量单位",
        Problem::SumDiffers { .. } => "核对合计和各行",
        Problem::DigitsSwapped { .. } => "核对是否录错",
        Problem::SignFlipped { .. } => "核对正负号",
        Problem::Superseded { .. } => "无须处理",
        Problem::SourcesDisagree { .. } => "各单位会商后统一口径，或由领导小组办公室决定取数单位",
        Problem::SourcePreferred { .. } => "无须处理；决定印入报告",
        Problem::BaselineRestated { .. } => "说明修订依据；需改基期的提请修订方案",
        Problem::ProseDiffers { .. } => "提请印发机关明确以何者为准",
        Problem::IncrementsDiffer { .. } => "提请明确新增数的范围，或调整目标",
        Problem::GrowthDiffersFromLevels { .. } => "提请明确以增速还是总量为准",
        Problem::PartsDiffer { .. } => "核对分子、分母和比重的口径",
        Problem::TiersMixed { .. } => "引用正文时注明取自考核值还是完成值",
        Problem::WrittenDiffers { .. } => "无须处理；按附表的单位和位数判定",
        Problem::DenominatorDiffers { .. } => "提请明确分母口径",
        Problem::AlreadyMet { .. } => "建议提高目标",
        Problem::LeadDiffers { .. } => "明确由谁报数、由谁负责",
        Problem::NoBaseline { .. } => "补充基期数，或在round.toml中声明",
        Problem::UndefinedWord { .. } => "在round.toml中声明口径，或提请明确",
        Problem::RepeatedTarget { .. } => "无须处理",
        Problem::Undated => "提请明确年限",
        Problem::IndexForGrowth { .. } => "改填增长率（%），或书面确认",
        Problem::NotFinal { .. } => "改报最终数，或说明何时公布",
        Problem::GrowthDiffers { .. } => "说明口径（现价或不变价），或改正其中之一",
        Problem::AdditionsBelowNetChange { .. } => "核对新增数和总数",
        Problem::AdditionsAboveNetChange { .. } => "核对新增数和总数的口径；确有减少的，说明减少数",
        Problem::EqualsLimit { .. } => "无须处理；报告中注明",
        Problem::TaskTargetsMissed { .. } | Problem::TaskTargetsMet { .. } => "核对任务进展，或说明理由",
        Problem::OtherYearsValue { .. } => "补报当年数，或在数据年份栏写明年份",
        Problem::BoundaryCase { .. } => "无须处理；报告中注明",
    }
    .to_owned()
}

/// A unit in quotation marks; a pure number has none.
/// `，其中“落地”` where only a part of a heading is not known.
fn parts_in_words(heading: &str, unknown: &[String]) -> String {
    match unknown {
        [] => String::new(),
        [one] if one == heading => String::new(),
        several => format!("中的“{}”", several.join("”“")),
    }
}

pub(super) fn headed_in_words(columns: &[Headed]) -> String {
    let word = |one: &Headed| match one.heading.as_str() {
        "" => format!("{}（无表头）", one.cell),
        heading => format!("“{heading}”（{}）", one.cell),
    };
    columns.iter().map(word).collect::<Vec<_>>().join("、")
}

/// Areas named one by one in a message.
const MOST_AREAS: usize = 12;

/// `B9、E9:E12`.
pub(super) fn areas_in_words(areas: &[(CellRef, CellRef)]) -> String {
    let word = |(first, last): &(CellRef, CellRef)| {
        if first == last { first.to_string() } else { format!("{first}:{last}") }
    };
    let named: Vec<String> = areas.iter().take(MOST_AREAS).map(word).collect();
    let more = if areas.len() > MOST_AREAS { "…" } else { "" };
    format!("{}{more}", named.join("、"))
}

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
