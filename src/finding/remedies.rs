//! What to do about a finding, in Chinese.

use super::Problem;
use super::Unclear;

/// What to do about it.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of finding")]
pub(super) fn remedy(problem: &Problem) -> String {
    match problem {
        Problem::TargetBelowBaseline { .. } => "完成这类目标不代表比上年进步，建议提请调整",
        Problem::ReaderFailed { .. } => "用Excel或WPS打开后另存为.xlsx，重新报送",
        Problem::Unreadable { .. } => "检查文件的读取权限，确认没有人正在改动它，然后重新运行",
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
        Problem::ResultUnclear { why: Unclear::Exchanged, .. } => {
            "用选择性粘贴“转置”改为一个指标一行，表头写明“指标名称”和各年实绩"
        }
        Problem::ResultUnclear { why: Unclear::Hidden, year, .. } => {
            return format!("取消隐藏“{year}年实绩”一栏；不用的删去，把要用的一栏表头写作“{year}年实绩”");
        }
        Problem::ResultUnclear { year, .. } => {
            return format!("把本年实绩一栏的表头写作“{year}年实绩”，其他各栏写明是目标、上年、增速还是其他");
        }
        Problem::CopiedColumn { .. } => "核对本栏填的是否实绩；属实的书面确认（豁免）",
        Problem::PartOfYearValue { .. } => "补报全年、全市的实绩；该数确是的，改正或删去所引的文字",
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
