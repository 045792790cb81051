//! Codes and severities of the findings. Codes are never reused.

use super::{Problem, Severity};

/// All codes, in the order of the stages.
pub const CODES: [&str; 112] = [
    "P101", "P102", "P103", "P104", "P105", "P106", "P107", "P108", "P109", "P110", "P111", "P112", "P113",
    "P114", "R101", "R102", "R103", "R104", "R105", "R106", "R107", "R108", "R109", "R110", "R111", "R112",
    "R113", "R116", "R117", "R118", "L201", "L202", "L203", "L204", "L205", "L206", "L207", "L208", "L209",
    "L210", "L211", "L212", "L213", "L214", "L215", "L216", "L217", "L218", "L219", "L220", "L221", "L222",
    "L223", "L224", "L225", "L226", "L227", "L228", "L229", "L230", "L231", "L232", "L233", "L234", "L236",
    "N301", "N302", "N303", "N304", "N305", "N306", "N307", "N308", "N309", "N310", "N311", "N312", "V401",
    "V402", "V403", "V404", "V405", "V406", "V407", "V408", "V409", "V410", "V411", "V412", "V413", "V414",
    "V415", "V416", "V417", "V418", "V419", "V420", "V421", "V422", "V424", "C501", "C502", "C503", "C504",
    "C505", "C506", "C507", "C508", "S601", "S602", "S603", "S604",
];

impl Problem {
    /// The stable code.
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of finding")]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TargetBelowBaseline { .. } => "P101",
            Self::ProseDiffers { .. } => "P102",
            Self::IncrementsDiffer { .. } => "P103",
            Self::GrowthDiffersFromLevels { .. } => "P104",
            Self::PartsDiffer { .. } => "P105",
            Self::TiersMixed { .. } => "P106",
            Self::WrittenDiffers { .. } => "P107",
            Self::DenominatorDiffers { .. } => "P108",
            Self::AlreadyMet { .. } => "P109",
            Self::LeadDiffers { .. } => "P110",
            Self::NoBaseline { .. } => "P111",
            Self::UndefinedWord { .. } => "P112",
            Self::RepeatedTarget { .. } => "P113",
            Self::Undated => "P114",
            Self::ReaderFailed { .. } => "R101",
            Self::NotAWorkbook { .. } | Self::OtherDocument { .. } => "R102",
            Self::ReducedChecks { .. } => "R103",
            Self::OtherProgram { .. } => "R104",
            Self::FormulaWithoutResult => "R105",
            Self::Encrypted => "R106",
            Self::LimitExceeded { .. } => "R107",
            Self::DamagedCell { .. } => "R108",
            Self::SheetDamaged { .. } => "R109",
            Self::ExternalValue { .. } => "R110",
            Self::PictureCell => "R111",
            Self::LinkedWorkbook => "R112",
            Self::NotPrintable { .. } => "R113",
            Self::Wrapped => "R116",
            Self::Archive { .. } => "R117",
            Self::Unreadable { .. } => "R118",
            Self::NoTable => "L201",
            Self::CoverFieldMissing { .. } => "L202",
            Self::UnknownUnit { .. } => "L203",
            Self::UnknownRow { .. } => "L204",
            Self::NotItsIndicator { .. } => "L205",
            Self::RepeatedRow { .. } => "L206",
            Self::NotRegistered { .. } => "L207",
            Self::OtherCity { .. } => "L208",
            Self::NumberAndNameDiffer { .. } => "L209",
            Self::RegisterLine { .. } => "L210",
            Self::RepeatedRowDiffers { .. } => "L211",
            Self::HiddenTable { .. } => "L212",
            Self::NotRead { .. } => "L213",
            Self::RegisteredButAbsent { .. } => "L214",
            Self::ColumnsDiffer { .. } => "L215",
            Self::OtherPeriod { .. } => "L216",
            Self::NoSender { .. } => "L217",
            Self::VersionUnclear { .. } => "L218",
            Self::DataYearUnclear { .. } => "L219",
            Self::UnitsDiffer { .. } => "L220",
            Self::HiddenCells { .. } => "L221",
            Self::MergedValue { .. } => "L222",
            Self::StrayNumber { .. } => "L223",
            Self::UnknownHeading { .. } => "L224",
            Self::TakenByElimination { .. } => "L225",
            Self::ResultUnclear { .. } => "L226",
            Self::CopiedColumn { .. } => "L227",
            Self::PartOfYearValue { .. } => "L228",
            Self::OtherTitle { .. } => "L229",
            Self::OrderUnclear { .. } => "L230",
            Self::OrderAssumed { .. } => "L231",
            Self::SendersDiffer { .. } => "L232",
            Self::FileNamesAnother { .. } => "L233",
            Self::NameInOtherCode { .. } => "L234",
            Self::StateColumnUnclear { .. } => "L236",
            Self::NumberAsText { .. } => "N301",
            Self::NotANumber { .. } => "N302",
            Self::Approximate { .. } => "N303",
            Self::ErrorCell { .. } => "N304",
            Self::PercentFormat { .. } => "N305",
            Self::ScaledFormat { .. } => "N306",
            Self::YearFormat { .. } => "N307",
            Self::MarkAsZero { .. } => "N308",
            Self::ShownOtherwise { .. } => "N309",
            Self::StruckOut { .. } => "N310",
            Self::ChangeGiven { .. } => "N311",
            Self::ReadAs { .. } => "N312",
            Self::NotReported { .. } => "V401",
            Self::UnitSilent { .. } => "V402",
            Self::Late { .. } => "V403",
            Self::Converted { .. } => "V404",
            Self::UnitMismatch { .. } => "V405",
            Self::ScaleSlip { .. } => "V406",
            Self::LargeChange { .. } => "V407",
            Self::EvidenceMissing { .. } => "V408",
            Self::PresenceWithoutEvidence => "V409",
            Self::FractionalCount { .. } => "V410",
            Self::ShareOutOfRange { .. } => "V411",
            Self::EarlierYear { .. } => "V412",
            Self::TaskNotReported => "V413",
            Self::UnknownTaskState { .. } => "V414",
            Self::PartlyReported { .. } => "V415",
            Self::Negative { .. } => "V416",
            Self::PartExceedsTotal { .. } => "V417",
            Self::SumDiffers { .. } => "V418",
            Self::DigitsSwapped { .. } => "V419",
            Self::SignFlipped { .. } => "V420",
            Self::IndexForGrowth { .. } => "V421",
            Self::NotFinal { .. } => "V422",
            Self::FarOff { .. } => "V424",
            Self::Superseded { .. } => "C501",
            Self::SourcesDisagree { .. } => "C502",
            Self::SourcePreferred { .. } => "C503",
            Self::BaselineRestated { .. } => "C504",
            Self::GrowthDiffers { .. } => "C505",
            Self::AdditionsBelowNetChange { .. } => "C506",
            Self::AdditionsAboveNetChange { .. } => "C507",
            Self::OtherYearsValue { .. } => "C508",
            Self::BoundaryCase { .. } => "S601",
            Self::EqualsLimit { .. } => "S602",
            Self::TaskTargetsMissed { .. } => "S603",
            Self::TaskTargetsMet { .. } => "S604",
        }
    }

    /// What happens to the number.
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of finding")]
    pub fn severity(&self) -> Severity {
        match self {
            Self::ReaderFailed { .. }
            | Self::Unreadable { .. }
            | Self::NotAWorkbook { .. }
            | Self::OtherDocument { .. }
            | Self::Wrapped
            | Self::Archive { .. }
            | Self::OrderUnclear { .. }
            | Self::SendersDiffer { .. }
            | Self::FormulaWithoutResult
            | Self::NoTable
            | Self::UnknownUnit { .. }
            | Self::OtherCity { .. }
            | Self::NotANumber { .. }
            | Self::Approximate { .. }
            | Self::ErrorCell { .. }
            | Self::ShownOtherwise { .. }
            | Self::StruckOut { .. }
            | Self::ChangeGiven { .. }
            | Self::NotReported { .. }
            | Self::UnitSilent { .. }
            | Self::UnitMismatch { .. }
            | Self::ScaleSlip { .. }
            | Self::FarOff { .. }
            | Self::PresenceWithoutEvidence
            | Self::ShareOutOfRange { .. }
            | Self::NumberAndNameDiffer { .. }
            | Self::RepeatedRowDiffers { .. }
            | Self::RegisteredButAbsent { .. }
            | Self::ColumnsDiffer { .. }
            | Self::OtherPeriod { .. }
            | Self::NoSender { .. }
            | Self::DataYearUnclear { .. }
            | Self::Negative { .. }
            | Self::Encrypted
            | Self::LimitExceeded { .. }
            | Self::DamagedCell { .. }
            | Self::SheetDamaged { .. }
            | Self::PictureCell
            | Self::MergedValue { .. }
            | Self::SourcesDisagree { .. }
            | Self::IndexForGrowth { .. }
            | Self::ResultUnclear { .. }
            | Self::CopiedColumn { is_certain: false, .. }
            | Self::OtherTitle { .. }
            | Self::StateColumnUnclear { .. }
            | Self::UnitsDiffer { is_settled: false, .. }
            | Self::GrowthDiffers { .. } => Severity::Error,
            Self::CoverFieldMissing { .. }
            | Self::UnknownRow { .. }
            | Self::NotItsIndicator { .. }
            | Self::RepeatedRow { .. }
            | Self::NotRegistered { .. }
            | Self::OrderAssumed { .. }
            | Self::FileNamesAnother { .. }
            | Self::VersionUnclear { .. }
            | Self::UnitsDiffer { .. }
            | Self::UnknownHeading { .. }
            | Self::CopiedColumn { .. }
            | Self::TakenByElimination { .. }
            | Self::PartOfYearValue { .. }
            | Self::RegisterLine { .. }
            | Self::NotRead { .. }
            | Self::NumberAsText { .. }
            | Self::PercentFormat { .. }
            | Self::Late { .. }
            | Self::Converted { .. }
            | Self::LargeChange { .. }
            | Self::EvidenceMissing { .. }
            | Self::FractionalCount { .. }
            | Self::TaskNotReported
            | Self::UnknownTaskState { .. }
            | Self::PartlyReported { .. }
            | Self::ExternalValue { .. }
            | Self::HiddenCells { .. }
            | Self::ScaledFormat { .. }
            | Self::YearFormat { .. }
            | Self::MarkAsZero { .. }
            | Self::ReadAs { .. }
            | Self::PartExceedsTotal { .. }
            | Self::SumDiffers { .. }
            | Self::DigitsSwapped { .. }
            | Self::SignFlipped { .. }
            | Self::ProseDiffers { .. }
            | Self::IncrementsDiffer { .. }
            | Self::GrowthDiffersFromLevels { .. }
            | Self::PartsDiffer { .. }
            | Self::TiersMixed { .. }
            | Self::NotFinal { .. }
            | Self::AdditionsBelowNetChange { .. }
            | Self::AdditionsAboveNetChange { .. }
            | Self::TaskTargetsMissed { .. }
            | Self::TaskTargetsMet { .. }
            | Self::OtherYearsValue { .. }
            | Self::BaselineRestated { .. } => Severity::Warning,
            Self::TargetBelowBaseline { .. }
            | Self::ReducedChecks { .. }
            | Self::OtherProgram { .. }
            | Self::EarlierYear { .. }
            | Self::HiddenTable { .. }
            | Self::NameInOtherCode { .. }
            | Self::Superseded { .. }
            | Self::SourcePreferred { .. }
            | Self::LinkedWorkbook
            | Self::NotPrintable { .. }
            | Self::StrayNumber { .. }
            | Self::WrittenDiffers { .. }
            | Self::DenominatorDiffers { .. }
            | Self::AlreadyMet { .. }
            | Self::LeadDiffers { .. }
            | Self::NoBaseline { .. }
            | Self::UndefinedWord { .. }
            | Self::RepeatedTarget { .. }
            | Self::Undated
            | Self::EqualsLimit { .. }
            | Self::BoundaryCase { .. } => Severity::Note,
        }
    }
}
