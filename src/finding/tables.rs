//! What is not certain in a table: its rows, columns, headings, units and years.

use super::called::DOCUMENT;
use super::kinds::kinds;
use super::lists::{in_chinese, in_english};
use super::told::listed;
use super::{Copied, Headed, Hidden, Language, Severity, Unclear, UnitPlace};
use crate::ident::{CellRef, UnitName};
use crate::period::Period;

kinds! {
    /// What is not certain in a table: its rows, columns, headings, units and years.
    TableProblem {
        /// L201: no sheet holds a table of indicators or tasks.
        NoTable = "L201", Severity::Error, "找不到表格";
            chinese: "没有找到表格：表头应同时有“指标名称”和“本年实绩”，或“任务”和“进展状态”";
            remedy: "使用下发的报表格式，保留表头一行";
            english: "no table found: headings should have 指标名称 and 本年实绩, or 任务 and 进展状态";
            remedy: "use the form and keep its heading row";

        /// L204: a row names no indicator of the plan.
        UnknownRow {
            /// Text of the row.
            text: String,
            /// Whether the row has neither number nor name, and the text is its value.
            is_value: bool,
            /// The nearest known name.
            suggestion: Option<String>,
            /// The year of the target that it names, where the plan has none of it this year.
            of_year: Option<i32>,
        } = "L204", Severity::Warning, "行名不明";
            chinese: { let unnamed = if *is_value { "（无序号和名称）" } else { "" };
                match of_year {
                    Some(year) => format!("“{text}”在{DOCUMENT}中是{year}年的目标，本年度不评，本行未采用"),
                    None => format!("“{unnamed}{text}”不是{DOCUMENT}中的指标或任务，本行未采用{}", in_chinese::suggested(suggestion.as_ref())),
                } };
            remedy: match of_year {
                Some(_) => "无须处理".to_owned(),
                None => format!("按{DOCUMENT}中的序号和名称填写"),
            };
            english: { let named = if *is_value { " stands in a row without number and name, which" } else { "" };
                match of_year {
                    Some(year) => format!("“{text}” is a target of {year}, which is not judged this year; row not used"),
                    None => format!(
                        "“{text}”{named} is no indicator or task of the plan; row not used{}",
                        in_english::suggested(suggestion.as_ref())
                    ),
                } };
            remedy: match of_year {
                Some(_) => "nothing to do",
                None => "use the plan's number and name",
            };

        /// L205: the unit reports an indicator that is not its own.
        NotItsIndicator {
            /// Units that should report it.
            units: Vec<UnitName>,
        } = "L205", Severity::Warning, "非本单位";
            chinese: format!("本指标应由{}填报，本单位所填未采用", listed(units, Language::Chinese));
            remedy: "删除该行，或由应报单位填报";
            english: format!("this indicator is to be reported by {}; not used", listed(units, Language::English));
            remedy: "delete the row, or let the right unit report it";

        /// L206: the same indicator stands twice in one workbook.
        RepeatedRow {
            /// Address of the first row.
            first: String,
        } = "L206", Severity::Warning, "重复填报行";
            chinese: format!("与{first}为同一项，采用先出现的一行");
            remedy: "每项指标只留一行";
            english: format!("same indicator as {first}; the first row is used");
            remedy: "keep one row per indicator";

        /// L209: number and name of a row belong to different indicators.
        NumberAndNameDiffer {
            /// Number as written.
            no: String,
            /// The number that the name has in the plan.
            by_name: String,
        } = "L209", Severity::Error, "序号不符";
            chinese: format!("序号{no}与名称不是同一项（按名称应为{by_name}），两者均未采用");
            remedy: "核对序号和名称后重报";
            english: format!("number {no} and the name (which is number {by_name}) differ; neither is used");
            remedy: "check number and name, send again";

        /// L211: the same indicator stands twice in one workbook, with different values.
        RepeatedRowDiffers {
            /// Address of the first row.
            first: String,
            /// Its text.
            there: String,
            /// Text of this row; empty when nothing stands there.
            here: String,
        } = "L211", Severity::Error, "两处不一致";
            chinese: format!("本项在{first}填“{there}”，此处填“{}”，核实前不下结论", if here.is_empty() { "（空白）" } else { here });
            remedy: "每项指标只留一行";
            english: match here.as_str() {
                "" => format!("{first} says “{there}”, this row nothing; withheld until settled"),
                here => format!("{first} says “{there}”, this row “{here}”; withheld until settled"),
            };
            remedy: "keep one row per indicator";

        /// L212: a hidden sheet holds a table; it was not read.
        HiddenTable {
            /// Name of the sheet.
            sheet: String,
        } = "L212", Severity::Note, "隐藏工作表";
            chinese: format!("隐藏的工作表“{sheet}”中有表格，未读取");
            remedy: "确需报送的取消隐藏，否则删除";
            english: format!("the hidden sheet “{sheet}” holds a table; not read");
            remedy: "show the sheet if it is meant, else delete it";

        /// L215: two columns say that they hold the value of the year, and differ in this row.
        ColumnsDiffer {
            /// Address of the rival cell.
            other: String,
            /// Its text.
            there: String,
            /// Text of this cell.
            here: String,
        } = "L215", Severity::Error, "两栏不一致";
            chinese: format!("本格填“{here}”，{other}填“{there}”，都可能是本年实绩，核实前不下结论");
            remedy: "只留一栏本年实绩";
            english: format!(
                    "two columns have the same heading: “{here}” here, “{there}” in {other}; withheld until settled"
                );
            remedy: "keep one column for the value of the year";

        /// L219: the year of a value cannot be told, or lies in the future.
        DataYearUnclear {
            /// Text of the cell.
            raw: String,
        } = "L219", Severity::Error, "数据年份不明";
            chinese: format!("数据年份“{raw}”不能识别或晚于评估年度，核实前不下结论");
            remedy: "数据年份填四位数字";
            english: format!("year of the data “{raw}” cannot be read or lies ahead; withheld until settled");
            remedy: "write the year with four digits";

        /// L220: places name different units for a value.
        UnitsDiffer {
            /// The unit that was taken.
            taken: String,
            /// Another unit.
            other: String,
            /// The place that names it.
            place: UnitPlace,
            /// Whether the plan's own values tell which one is meant.
            is_settled: bool,
        } = "L220", if *is_settled { Severity::Warning } else { Severity::Error }, "单位不一";
            chinese: match is_settled {
                true => format!("按“{taken}”读取，但{}", place.words(other, Language::Chinese)),
                false => format!("计量单位两处不同：一处为“{taken}”，{}，不能确定数值，核实前不下结论", place.words(other, Language::Chinese)),
            };
            remedy: "只在一处写计量单位";
            english: match is_settled {
                true => format!("read in “{taken}”, but {}", place.words(other, Language::English)),
                false => format!("two units are named, “{taken}” in one place, and {}; withheld until settled", place.words(other, Language::English)),
            };
            remedy: "state the unit in one place only";

        /// L221: a hidden row or column holds values; they were not read.
        HiddenCells {
            /// Which rows, column or cells.
            what: Hidden,
        } = "L221", Severity::Warning, "隐藏行列";
            chinese: format!("{}，其中的数据未读取", what.clause(Language::Chinese));
            remedy: "确需报送的取消隐藏或合并，否则删除";
            english: format!("{}; what stands there was not read", what.clause(Language::English));
            remedy: "show or unmerge it if it is meant to be sent, else delete it";

        /// L222: a value is merged over several rows of the table.
        MergedValue {
            /// The merged area.
            area: String,
        } = "L222", Severity::Error, "数值跨行合并";
            chinese: format!("数值单元格{area}跨行合并，不能确定属于哪一行");
            remedy: "取消合并，每行填一个数";
            english: format!("the value is merged over several rows ({area}): which row it belongs to cannot be told");
            remedy: "unmerge the cells and enter one value a row";

        /// L223: a number stands beside, above or below the tables, or in the row of a note, under no heading.
        StrayNumber {
            /// Raw text.
            raw: String,
            /// How many more there are.
            more: usize,
            /// All their cells, as areas from corner to corner.
            areas: Vec<(CellRef, CellRef)>,
        } = "L223", Severity::Note, "表外数字";
            chinese: { let count = if *more == 0 { String::new() } else { format!("等{}个", more + 1) };
                format!("表格之外有数字“{raw}”{count}（{}），未采用", in_chinese::areas_in_words(areas)) };
            remedy: "删除，或放入有表头的栏";
            english: { let count = if *more == 0 { String::new() } else { format!(" and {more} more") };
                format!("number “{raw}”{count} outside the tables ({}), not used", in_english::areas_in_words(areas)) };
            remedy: "delete it, or put it under a heading";

        /// L224: a heading over a column that holds something is not known.
        UnknownHeading {
            /// What stands over the column.
            heading: String,
            /// The parts that are not known.
            unknown: Vec<String>,
            /// How many numbers stand below it.
            numbers: usize,
        } = "L224", Severity::Warning, "表头不明";
            chinese: { let numbers = if *numbers == 0 { "内容".to_owned() } else { format!("{numbers}个数") };
                format!("表头“{heading}”{}不认识，本栏{numbers}未读取", in_chinese::parts_in_words(heading, unknown)) };
            remedy: "需要读取的改用说明中的表头用语，如“2023年实绩”“佐证编号”；不需要的删去";
            english: format!("heading “{heading}” is not known (“{}”); {numbers} numbers below it are not read", unknown.join("”, “"));
            remedy: "use the words of docs/submissions.md for what is to be read, delete the rest";

        /// L225: the column of the result has a part in its heading that is not known; no other one can be it.
        TakenByElimination {
            /// What stands over the column.
            heading: String,
            /// The parts that are not known.
            unknown: Vec<String>,
            /// What is judged.
            asked: Period,
        } = "L225", Severity::Warning, "表头有不明用语";
            chinese: format!("表头“{heading}”{}不认识；只有这一栏可能是{}，数值也与{DOCUMENT}相当，按{}读取", in_chinese::parts_in_words(heading, unknown), asked.result(), if asked.is_annual() { "本年实绩" } else { "本期数" });
            remedy: format!("核对；表头请写作“{}”", asked.heading());
            english: format!(
                            "heading “{heading}” has parts that are not known (“{}”); no other column can be the value of {}, and the numbers are of the plan's size: read as that",
                            unknown.join("”, “"),
                            asked.english()
                        );
            remedy: format!("check it; head the column “{}”", asked.heading());

        /// L226: no column is certain to be the result of the year.
        ResultUnclear {
            /// What is judged.
            asked: Period,
            /// The columns that come into question; none when there is none.
            columns: Vec<Headed>,
            /// Why it is not certain.
            why: Unclear,
        } = "L226", Severity::Error, "本年实绩栏不明";
            chinese: match why {
                Unclear::Exchanged => format!("本表行列互换：各指标横排为表头，{}不成一栏，各行未采用", asked.result()),
                Unclear::Hidden => match columns.as_slice() {
                    [hidden, seen] => format!(
                        "“{}”（{}）一栏被隐藏或筛选掉，看得见的“{}”（{}）不能确定是否{}，各行未采用",
                        hidden.heading, hidden.cell, seen.heading, seen.cell, asked.result()
                    ),
                    several => format!("{}被隐藏或筛选掉，{}未读取，各行未采用", in_chinese::headed_in_words(several), asked.result()),
                },
                Unclear::Headings => match columns.as_slice() {
                    [] => format!("表中没有一栏是{}，各行未采用", asked.result()),
                    [one] if one.heading.is_empty() => format!("{}一栏没有表头，不能确定是否{}，各行未采用", one.cell, asked.result()),
                    [one] => format!("表头“{}”（{}）不能确定是否{}，各行未采用", one.heading, one.cell, asked.result()),
                    several => format!("{}都可能是{}，不能确定是哪一栏，各行未采用", in_chinese::headed_in_words(several), asked.result()),
                },
            };
            remedy: match why {
                Unclear::Exchanged => "用选择性粘贴“转置”改为一个指标一行，表头写明“指标名称”和各年实绩".to_owned(),
                Unclear::Hidden => format!("取消隐藏“{0}”一栏；不用的删去，把要用的一栏表头写作“{0}”", asked.heading()),
                Unclear::Headings => match asked.is_annual() {
                    true => format!("把本年实绩一栏的表头写作“{}”，其他各栏写明是目标、上年、增速还是其他", asked.heading()),
                    false => format!("把本期数一栏的表头写作“{}”，其他各栏写明是目标、上年同期、增速还是其他", asked.heading()),
                },
            };
            english: in_english::result_unclear(*asked, columns, *why);
            remedy: match why {
                Unclear::Exchanged => "give each indicator a row of its own (Paste Special, Transpose)".to_owned(),
                Unclear::Hidden => "show the column, or delete it and head the other one".to_owned(),
                Unclear::Headings => format!("head the column of results “{}”, and say of the others what they hold", asked.heading()),
            };

        /// L227: all values of the year are the plan's targets, or those of the year before.
        CopiedColumn {
            /// What stands over the column.
            heading: String,
            /// What they are.
            of: Copied,
            /// Whether the heading says beyond doubt that they are results.
            is_certain: bool,
        } = "L227", if *is_certain { Severity::Warning } else { Severity::Error }, "与目标或上年全同";
            chinese: { let until = if *is_certain { "请核对" } else { "核实前不下结论" };
                format!("“{heading}”一栏的数与{}全部相同，疑非实绩，{until}", of.words(Language::Chinese)) };
            remedy: "核对本栏填的是否实绩；属实的书面确认（豁免）";
            english: { let until = if *is_certain { "to be checked" } else { "withheld until settled" };
                format!("all values under “{heading}” are {}; {until}", of.words(Language::English)) };
            remedy: "check whether these are results; if so, have it confirmed (waiver)";

        /// L228: a value of a part of the year stands where one of the year is asked.
        PartOfYearValue {
            /// Text of the cell.
            raw: String,
            /// The year that is judged.
            year: i32,
        } = "L228", Severity::Warning, "非全年数";
            chinese: format!("“{raw}”的数不是{year}年全年、全市的实绩，未采用");
            remedy: "补报全年、全市的实绩；该数确是的，改正或删去所引的文字";
            english: format!("“{raw}”: not a result of the whole of {year} and of the whole city; not used");
            remedy: "report the result of the whole year and city; if it is one, mend or remove the text quoted";

        /// L229: the title above the table names another period, and no heading names the year.
        OtherTitle {
            /// The title.
            title: String,
            /// What is judged.
            asked: Period,
        } = "L229", Severity::Error, "表题年份不符";
            chinese: match asked.is_annual() {
                true => format!("“{title}”表明本表不是{}年全年、全市的实绩，各行未采用", asked.year()),
                false => format!("“{title}”表明本表不是{}（{}）、全市的数，各行未采用", asked.chinese(), asked.months()),
            };
            remedy: format!("核对表题；表头请写作“{}”", asked.heading());
            english: format!("“{title}” says that the table is not about results of the whole of {} and of the whole city; it is not used", asked.english());
            remedy: format!("check the title; head the column “{}”", asked.heading());

        /// L239: values of a single quarter or month stand where those from January on are asked for.
        SinglePeriod {
            /// What stands over the column, or beside the value.
            raw: String,
            /// What is judged.
            asked: Period,
        } = "L239", Severity::Error, "单季数";
            chinese: format!("“{raw}”是单个季度或月份的数，应填{}累计，未采用", asked.months());
            remedy: format!("改填{}累计数（时点数填{}月末的数），表头写作“{}”", asked.months(), asked.reach().last_month(), asked.heading());
            english: format!("“{raw}” is of a single quarter or month; asked for is what has come together in {}; not used", asked.english());
            remedy: format!("report from January on, and head the column “{}”", asked.heading());

        /// L240: a value of another period stands where one of a part of the year is asked.
        OtherPartValue {
            /// Text of the cell.
            raw: String,
            /// What is judged.
            asked: Period,
        } = "L240", Severity::Warning, "非本期数";
            chinese: format!("“{raw}”的数不是{}（{}）、全市的数，未采用", asked.chinese(), asked.months());
            remedy: format!("补报{}全市的数；该数确是的，改正或删去所引的文字", asked.months());
            english: format!("“{raw}”: not a value of {} and of the whole city; not used", asked.english());
            remedy: "report the value of the period and of the whole city; if it is one, mend or remove the text quoted";

        /// L236: no column is certain to hold the states of tasks.
        StateColumnUnclear {
            /// The columns that come into question; none when there is none.
            columns: Vec<Headed>,
        } = "L236", Severity::Error, "进展状态栏不明";
            chinese: match columns.as_slice() {
                        [] => "任务表中没有进展状态一栏，各行未采用".to_owned(),
                        several => format!("任务表中没有能认作进展状态的一栏（{}），各行未采用", in_chinese::headed_in_words(several)),
                    };
        remedy: "把进展状态一栏的表头写作“进展状态”";
        english: format!("no column holds the state of the tasks ({}); no row is used", in_english::headed_in_words(columns));
        remedy: "head the column of states “进展状态”";

        /// L237: a number of an indicator stands in a column that is not read, and nothing is read in its place.
        NumberAside {
            /// Raw text.
            raw: String,
            /// How many more there are.
            more: usize,
            /// All their cells, as areas from corner to corner.
            areas: Vec<(CellRef, CellRef)>,
        } = "L237", Severity::Note, "表内未用";
            chinese: { let count = if *more == 0 { String::new() } else { format!("等{}个", more + 1) };
                format!("数字“{raw}”{count}（{}）不在本年实绩或第一栏上年实绩中，未采用", in_chinese::areas_in_words(areas)) };
            remedy: "本年的数填入本年实绩一栏，预计数在数据性质栏注明；上年实绩只留一栏";
            english: { let count = if *more == 0 { String::new() } else { format!(" and {more} more") };
                format!("number “{raw}”{count} ({}) is neither in the column of results nor in the first one of the year before; not used", in_english::areas_in_words(areas)) };
            remedy: "enter the value of the year in the column of results, and say in 数据性质 that it is an estimate; keep one column of the year before";

        /// L238: more tables on a sheet, or side by side, than a form has; nothing below is read.
        TooManyTables {
            /// How many are read.
            most: usize,
            /// Whether they stand side by side.
            is_beside: bool,
        } = "L238", Severity::Error, "表过大过多";
            chinese: format!("{}超过{most}个，自此行起各行未采用", if *is_beside { "并排的表" } else { "本工作表中的表" });
            remedy: "删去重复的表头；一张工作表只放一张表";
            english: format!("more than {most} tables {}; no row from here on is used", if *is_beside { "side by side" } else { "on the sheet" });
            remedy: "delete repeated rows of headings; keep one table on a sheet";

        /// L238: more cells of headings in a workbook than forms have; nothing below is read.
        TooManyHeadings {
            /// How many are read.
            most: usize,
        } = "L238", Severity::Error, "表过大过多";
            chinese: format!("本工作簿中的表头超过{most}格，自此行起各行未采用");
            remedy: "删去重复的表头";
            english: format!("more than {most} cells of headings in the workbook; no row from here on is used");
            remedy: "delete repeated rows of headings";

        /// L238: more columns than a table of a form has.
        TooManyColumns {
            /// How many it may have.
            most: usize,
        } = "L238", Severity::Error, "表过大过多";
            chinese: format!("本表超过{most}栏，不能确定哪一栏是本年实绩，各行未采用");
            remedy: "只留需要填报的栏";
            english: format!("the table has more than {most} columns, so that the result cannot be told from the others; no row is used");
            remedy: "keep the columns that are asked for";

        /// L238: more texts below a table than are read.
        TooManyNotes {
            /// How many are read.
            most: usize,
        } = "L238", Severity::Error, "表过大过多";
            chinese: format!("表下的文字超过{most}处，不能确定各行的数指什么，各行未采用");
            remedy: "把与本表无关的内容移到其他工作表";
            english: format!("more than {most} texts stand below the table, so that it is not certain what its values are; no row is used");
            remedy: "move to another sheet what does not belong to the table";
}
}
