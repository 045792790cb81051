//! The wording of findings in Chinese.

use super::{Language, Problem};
use crate::files::PassedOver;

/// Short name of the rule.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of finding")]
pub(super) fn rule(problem: &Problem) -> &'static str {
    match problem {
        Problem::TargetBelowBaseline { .. } => "目标偏低",
        Problem::ReaderFailed { .. } => "读取中断",
        Problem::NotAWorkbook { .. } => "不能打开",
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
        Problem::NoTable => "找不到表格",
        Problem::CoverFieldMissing { .. } => "封面缺项",
        Problem::UnknownUnit { .. } => "单位不明",
        Problem::UnknownRow { .. } => "行名不明",
        Problem::NotItsIndicator { .. } => "非本单位",
        Problem::RepeatedRow { .. } => "重复填报行",
        Problem::NotRegistered => "无收件登记",
        Problem::OtherCity { .. } => "城市不符",
        Problem::NumberAndNameDiffer { .. } => "序号不符",
        Problem::RegisterLine { .. } => "登记行有误",
        Problem::RepeatedRowDiffers { .. } => "两处不一致",
        Problem::HiddenTable { .. } => "隐藏工作表",
        Problem::NotRead { .. } => "未读取",
        Problem::RegisteredButAbsent { .. } => "登记无文件",
        Problem::ColumnsDiffer { .. } => "两栏不一致",
        Problem::OtherPeriod { .. } => "报告期不符",
        Problem::NoSender => "填报单位不明",
        Problem::VersionUnclear { .. } => "版本不明",
        Problem::DataYearUnclear { .. } => "数据年份不明",
        Problem::UnitsDiffer { .. } => "单位不一",
        Problem::HiddenCells { .. } => "隐藏行列",
        Problem::MergedValue { .. } => "数值跨行合并",
        Problem::StrayNumber { .. } => "表外数字",
        Problem::NumberAsText { .. } => "文本型数字",
        Problem::NotANumber { .. } => "不是数值",
        Problem::Approximate { .. } => "约数",
        Problem::ErrorCell { .. } => "错误值",
        Problem::PercentFormat { .. } => "百分比格式",
        Problem::ScaledFormat { .. } => "缩放格式",
        Problem::YearFormat { .. } => "年份格式",
        Problem::MarkAsZero { .. } => "符号表示零",
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
        Problem::LinkedWorkbook => "工作簿含有对其他工作簿的链接，引用的数值可能不是最新".to_owned(),
        Problem::NoTable => {
            "没有找到表格：表头应同时有“指标名称”和“本年实绩”，或“任务”和“进展状态”".to_owned()
        }
        Problem::CoverFieldMissing { field } => format!("封面没有填写“{field}”"),
        Problem::UnknownUnit { name, suggestion } => {
            format!("填报单位“{name}”不在方案中{}", suggested(suggestion.as_ref()))
        }
        Problem::UnknownRow { text, suggestion } => {
            format!("“{text}”不是方案中的指标或任务，本行未采用{}", suggested(suggestion.as_ref()))
        }
        Problem::NotItsIndicator { units } => format!("本指标应由{units}填报，本单位所填未采用"),
        Problem::RepeatedRow { first } => format!("与{first}为同一项，采用先出现的一行"),
        Problem::NotRegistered => "收件登记中没有本工作簿，收到时间按封面日期".to_owned(),
        Problem::OtherCity { named } => format!("封面城市为“{named}”，与所在文件夹不符，本工作簿未采用"),
        Problem::NumberAndNameDiffer { no, by_name } => {
            format!("序号{no}与名称不是同一项（按名称应为{by_name}），两者均未采用")
        }
        Problem::RegisterLine { reason } => format!("收件登记的这一行不能用：{reason}"),
        Problem::RepeatedRowDiffers { first, there, here } => {
            format!("本项在{first}填“{there}”，此处填“{here}”，核实前不下结论")
        }
        Problem::HiddenTable { sheet } => format!("隐藏的工作表“{sheet}”中有表格，未读取"),
        Problem::NotRead { name, why: PassedOver::Folder } => format!("“{name}”是文件夹，其中的文件未读取"),
        Problem::NotRead { name, why: PassedOver::Link } => format!("“{name}”是指向别处的链接，未读取"),
        Problem::NotRead { name, why: PassedOver::Special } => format!("“{name}”不是普通文件，未读取"),
        Problem::RegisteredButAbsent { name } => format!("收件登记有“{name}”，报送文件夹中没有"),
        Problem::ColumnsDiffer { other, there, here } => {
            format!("两栏表头相同，本格填“{here}”，{other}填“{there}”，核实前不下结论")
        }
        Problem::OtherPeriod { named, year } => {
            format!("封面报告期为“{named}”，本轮评估{year}年，本工作簿未采用")
        }
        Problem::NoSender => "没有找到填报单位，不知由谁报送，本工作簿未采用".to_owned(),
        Problem::VersionUnclear { raw } => format!("版本“{raw}”不是数字，按第1版处理"),
        Problem::DataYearUnclear { raw } => format!("数据年份“{raw}”不能识别或晚于评估年度，核实前不下结论"),
        Problem::UnitsDiffer { taken, other } => format!("按“{taken}”读取，但{other}"),
        Problem::HiddenCells { what } => format!("{what}被隐藏或筛选掉，其中的数据未读取"),
        Problem::MergedValue { area } => format!("数值单元格{area}跨行合并，不能确定属于哪一行"),
        Problem::StrayNumber { raw, more: 0 } => format!("表格之外有数字“{raw}”，未采用"),
        Problem::StrayNumber { raw, more } => format!("表格之外有数字“{raw}”等{}个，未采用", more + 1),
        Problem::NumberAsText { raw } => format!("“{raw}”是文本型数字，已按数值读取"),
        Problem::NotANumber { raw, reason } => format!("“{raw}”不是可识别的数值：{reason}"),
        Problem::Approximate { raw } => format!("“{raw}”是约数，不能作为数值"),
        Problem::ErrorCell { raw } => format!("单元格为错误值{raw}"),
        Problem::PercentFormat { raw, value } => format!("单元格{raw}为百分比格式，按{value}%读取"),
        Problem::ScaledFormat { raw } => format!("单元格存储的是{raw}，其格式把它显示为千、万等的倍数；按存储的数读取"),
        Problem::YearFormat { raw } => format!("年份{raw}填在日期格式的单元格中，按{raw}年读取"),
        Problem::MarkAsZero { raw } => format!("按表中说明，“{raw}”表示零，按0读取"),
        Problem::NotReported { raw: None } => "工作簿中没有本指标一行，未填报".to_owned(),
        Problem::NotReported { raw: Some(raw) } if raw.is_empty() => "单元格为空，未填报".to_owned(),
        Problem::NotReported { raw: Some(raw) } => {
            format!("单元格为“{raw}”，未说明是零、无此项还是未报，按未报处理")
        }
        Problem::UnitSilent { expected, too_late: false } => {
            format!("截止时未收到可用的工作簿，应报{expected}项")
        }
        Problem::UnitSilent { expected, too_late: true } => {
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
        Problem::EvidenceMissing { reference } if reference.is_empty() => "未列佐证材料".to_owned(),
        Problem::EvidenceMissing { reference } => format!("佐证材料“{reference}”不在佐证清单中"),
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
        Problem::LinkedWorkbook => "核对引用的数值；下次报送请改填数值",
        Problem::NoTable => "使用下发的报表格式，保留表头一行",
        Problem::CoverFieldMissing { .. } => "在封面补填",
        Problem::UnknownUnit { .. } => "按方案中的名称填写，或在方案中登记别名",
        Problem::UnknownRow { .. } => "按方案中的序号和名称填写",
        Problem::NotItsIndicator { .. } => "删除该行，或由应报单位填报",
        Problem::RepeatedRow { .. } | Problem::RepeatedRowDiffers { .. } => "每项指标只留一行",
        Problem::NotRegistered => "在收件登记received.csv中补记",
        Problem::OtherCity { .. } => "核对工作簿应放入哪个城市的文件夹",
        Problem::NumberAndNameDiffer { .. } => "核对序号和名称后重报",
        Problem::RegisterLine { .. } => "改正received.csv中的该行",
        Problem::HiddenTable { .. } => "确需报送的取消隐藏，否则删除",
        Problem::NotRead { .. } => "把工作簿直接放入submissions文件夹",
        Problem::RegisteredButAbsent { .. } => "找回文件，或改正登记",
        Problem::ColumnsDiffer { .. } => "只留一栏本年实绩",
        Problem::OtherPeriod { .. } => "报送本年度的工作簿，或改正封面",
        Problem::NoSender => "在封面写明填报单位，封面工作表不要隐藏",
        Problem::VersionUnclear { .. } => "版本填1、2、3",
        Problem::DataYearUnclear { .. } => "数据年份填四位数字",
        Problem::UnitsDiffer { .. } => "只在一处写计量单位",
        Problem::HiddenCells { .. } => "确需报送的取消隐藏，否则删除",
        Problem::MergedValue { .. } => "取消合并，每行填一个数",
        Problem::StrayNumber { .. } => "删除，或放入有表头的栏",
        Problem::NumberAsText { .. } => "把单元格格式改为数值后重新输入",
        Problem::NotANumber { .. } | Problem::Approximate { .. } => "填写准确数值，文字放入说明栏",
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
fn quoted(unit: &str) -> String {
    if unit.is_empty() { "无单位的比值".to_owned() } else { format!("“{unit}”") }
}

fn suggested(suggestion: Option<&String>) -> String {
    suggestion.map_or_else(String::new, |name| format!("，是否为“{name}”"))
}
