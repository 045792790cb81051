//! Periods of statistics (报告期): a year, or the part of it from January on that 调度 looks at.

use std::fmt;

/// How much of a year a period covers. All of them begin in January: figures of plans are cumulative (累计数), or stand at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// 一季度: January to March.
    FirstQuarter,
    /// 上半年: January to June.
    FirstHalf,
    /// 前三季度: January to September.
    ThreeQuarters,
    /// 全年.
    Year,
}

impl Reach {
    const ALL: [Self; 4] = [Self::FirstQuarter, Self::FirstHalf, Self::ThreeQuarters, Self::Year];

    /// The parts of a year, without the whole.
    pub const PARTS: [Self; 3] = [Self::FirstQuarter, Self::FirstHalf, Self::ThreeQuarters];

    /// The reach from January to the end of a month; `None` for a month that ends none.
    pub fn until(month: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|reach| reach.last_month() == month)
    }

    /// Its last month, from 1.
    pub fn last_month(self) -> u32 {
        match self {
            Self::FirstQuarter => 3,
            Self::FirstHalf => 6,
            Self::ThreeQuarters => 9,
            Self::Year => 12,
        }
    }

    /// The part of the key behind the year: `Q1`, `H1`, `Q3`, `annual`.
    pub fn key(self) -> &'static str {
        match self {
            Self::FirstQuarter => "Q1",
            Self::FirstHalf => "H1",
            Self::ThreeQuarters => "Q3",
            Self::Year => "annual",
        }
    }

    /// The word of plans.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::FirstQuarter => "一季度",
            Self::FirstHalf => "上半年",
            Self::ThreeQuarters => "前三季度",
            Self::Year => "全年",
        }
    }

    /// The word in English.
    pub fn english(self) -> &'static str {
        match self {
            Self::FirstQuarter => "the first quarter",
            Self::FirstHalf => "the first half",
            Self::ThreeQuarters => "three quarters",
            Self::Year => "the year",
        }
    }
}

/// A period, written `2023-annual`, `2023-H1`, `2023-Q1` or `2023-Q3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    year: i32,
    reach: Reach,
}

impl Period {
    /// The whole of a year.
    pub fn annual(year: i32) -> Self {
        Self { year, reach: Reach::Year }
    }

    /// The part of a year.
    pub fn of(year: i32, reach: Reach) -> Self {
        Self { year, reach }
    }

    /// Reads a period as it is written in files.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, key) = text.split_once('-')?;
        let is_year = year.len() == 4 && year.bytes().all(|c| c.is_ascii_digit());
        let reach = Reach::ALL.into_iter().find(|reach| reach.key() == key)?;
        Some(Self { year: year.parse().ok().filter(|_| is_year)?, reach })
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// How much of the year it covers.
    pub fn reach(self) -> Reach {
        self.reach
    }

    /// Whether it is a whole year.
    pub fn is_annual(self) -> bool {
        self.reach == Reach::Year
    }

    /// The word of covers and titles: 2023年前三季度, 2023年度.
    pub fn chinese(self) -> String {
        match self.reach {
            Reach::Year => format!("{}年度", self.year),
            part => format!("{}年{}", self.year, part.chinese()),
        }
    }

    /// The value that is asked for, in words: 2023年实绩, 2023年1—9月累计数.
    pub fn result(self) -> String {
        match self.reach {
            Reach::Year => format!("{}年实绩", self.year),
            _ => format!("{}年{}累计数", self.year, self.months()),
        }
    }

    /// How the column of these values is best headed: 2023年实绩, 2023年1—9月累计.
    pub fn heading(self) -> String {
        match self.reach {
            Reach::Year => self.result(),
            _ => format!("{}年{}累计", self.year, self.months()),
        }
    }

    /// The words in English: 2023, the first half of 2023.
    pub fn english(self) -> String {
        match self.reach {
            Reach::Year => self.year.to_string(),
            part => format!("{} of {}", part.english(), self.year),
        }
    }

    /// Its months: 1—9月.
    pub fn months(self) -> String {
        format!("1—{}月", self.reach.last_month())
    }

    /// The same part of the year before (上年同期), with which it is compared.
    pub fn year_before(self) -> Self {
        Self { year: self.year.saturating_sub(1), ..self }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.year, self.reach.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_read_as_it_is_written() {
        for text in ["2023-Q1", "2023-H1", "2023-Q3", "2023-annual"] {
            assert_eq!(Period::parse(text).unwrap().to_string(), text);
        }
        for wrong in
            ["2023", "2023-", "2023-Q2", "2023-h1", "23-annual", "+023-H1", "2023-annual ", "二〇二三-annual"]
        {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_period_is_compared_with_the_same_part_of_the_year_before() {
        let half = Period::parse("2023-H1").unwrap();
        assert_eq!(half.year_before().to_string(), "2022-H1");
        assert!(half < Period::annual(2023) && Period::annual(2022) < half);
    }
}
