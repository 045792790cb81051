//! What people decided, by the list that it stands in, in words.

/// What a decision of a list is called in Chinese and English.
pub fn kind_of_decision(list: &str) -> (&'static str, &'static str) {
    match list {
        "preference" => ("取数单位", "unit whose value counts"),
        "waiver" => ("豁免", "waiver"),
        "veto" => ("等次限制", "limit on the grade"),
        "base_year" => ("基年", "base year"),
        "benchmark" => ("对照值", "benchmark"),
        "weight" => ("权重", "weight"),
        "amendment" => ("目标调整", "amended target"),
        "decision_asked" => ("请定事项", "put to the leaders"),
        _ => ("其他", "other"),
    }
}
