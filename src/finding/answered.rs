//! What a unit says of a finding in answer to a query (查询), and that the office accepted it.

use chrono::NaiveDate;

use crate::ident::UnitName;

/// What a unit says of a finding in answer to a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitAnswer {
    /// The number of the query workbook (查询单).
    pub query: String,
    /// The query on it (条), from 1.
    pub item: u32,
    /// The unit.
    pub unit: UnitName,
    /// The day on which the answer was received.
    pub on: NaiveDate,
    /// Why, in the words of the unit.
    pub reason: String,
    /// The evidence that it names; empty where it names none.
    pub evidence: String,
    /// That the office accepted it (采纳), where that is what settles the finding.
    pub accepted: Option<Acceptance>,
}

/// That the office accepted an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// Who accepted it.
    pub by: String,
    /// On which day.
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
}

impl UnitAnswer {
    /// `查询单甲市-2023-annual-统计局-1第2条`: where it was asked.
    pub fn place(&self) -> String {
        format!("查询单{}第{}条", self.query, self.item)
    }

    /// The reason with the evidence: `口径不同，依据Z4`.
    pub fn ground(&self) -> String {
        let evidence =
            if self.evidence.is_empty() { String::new() } else { format!("依据{}", self.evidence) };
        let parts: Vec<&str> =
            [self.reason.as_str(), &evidence].into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("，")
    }
}

impl std::fmt::Display for UnitAnswer {
    /// Writes `查询单甲市-2023-annual-统计局-1第2条：统计局2024-02-02确认（口径不同，依据Z4）；采纳：李某2024-02-03，口径已核`; of what needs no
    /// acceptance `…统计局2024-02-02说明（…）`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = if self.accepted.is_some() { "确认" } else { "说明" };
        write!(f, "{}：{}{}{word}（{}）", self.place(), self.unit, self.on, self.ground())?;
        match &self.accepted {
            Some(Acceptance { by, on, reason }) => write!(f, "；采纳：{by}{on}，{reason}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_where_it_was_asked_who_confirmed_it_and_who_accepted_it() {
        let day = |day: u32| NaiveDate::from_ymd_opt(2024, 2, day).unwrap();
        let answer = UnitAnswer {
            query: "甲市-2023-annual-统计局-1".to_owned(),
            item: 2,
            unit: "统计局".into(),
            on: day(2),
            reason: "口径不同".to_owned(),
            evidence: "Z4".to_owned(),
            accepted: None,
        };
        assert_eq!(
            answer.to_string(),
            "查询单甲市-2023-annual-统计局-1第2条：统计局2024-02-02说明（口径不同，依据Z4）"
        );
        let acceptance =
            Acceptance { by: "李某".to_owned(), on: day(3), reason: "口径已核".to_owned() };
        let accepted = UnitAnswer { evidence: String::new(), accepted: Some(acceptance), ..answer };
        assert_eq!(
            accepted.to_string(),
            "查询单甲市-2023-annual-统计局-1第2条：统计局2024-02-02确认（口径不同）；采纳：李某2024-02-03，口径已核"
        );
    }
}
