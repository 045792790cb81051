//! Short names where a plan gives none.

/// The longest short name, in characters.
const SHORT: usize = 12;

/// How many characters stand at the end of a name that is cut.
const TAIL: usize = 4;

/// Last characters of words of three: 覆盖率, 服务站, 示范村. Four would begin within the word before.
const OF_THREE: [char; 14] =
    ['率', '站', '园', '厂', '村', '镇', '县', '区', '社', '户', '院', '馆', '所', '店'];

/// A short name that a plan does not give: the name without what stands in brackets; when it is longer than twelve characters, its
/// first four and its last four with … between them, or the last three where these are a word (覆盖率).
pub fn short_of(name: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for c in name.chars() {
        match c {
            '(' | '（' | '〔' | '[' | '<' | '〈' => depth += 1,
            ')' | '）' | '〕' | ']' | '>' | '〉' => depth = depth.saturating_sub(1),
            '“' | '”' | '《' | '》' => {}
            c if depth == 0 && !c.is_whitespace() => bare.push(c),
            _ => {}
        }
    }
    let bare = if bare.is_empty() { name.to_owned() } else { bare };
    let length = bare.chars().count();
    if length <= SHORT {
        return bare;
    }
    let head: String = bare.chars().take(4).collect();
    let tail = if bare.ends_with(OF_THREE) { TAIL - 1 } else { TAIL };
    let foot: String = bare.chars().skip(length - tail).collect();
    format!("{head}…{foot}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_have_at_most_twelve_characters() {
        for (name, short) in [
            ("高新技术企业数", "高新技术企业数"),
            ("高新技术企业主营业务收入占规上工业企业主营业务收入比重", "高新技术…收入比重"),
            ("万人发明专利拥有量（件）", "万人发明专利拥有量"),
            ("全社会固定资产投资增长", "全社会固定资产投资增长"),
            ("城镇居民人均可支配收入增长", "城镇居民…收入增长"),
            ("农村生活垃圾收运处置体系覆盖率", "农村生活…覆盖率"),
            ("新建村级寄递物流综合服务站", "新建村级…服务站"),
            ("较大以上农村公路安全责任事故起数", "较大以上…事故起数"),
        ] {
            assert_eq!(short_of(name), short);
            assert!(short.chars().count() <= SHORT);
        }
    }
}
