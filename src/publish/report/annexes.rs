//! Annexes: findings, plan text against table, lineage index, inputs with digests.

use super::{
    CityEvaluation, Context, INDEXED, actual_text, is_published, line_words, or_dash, rate_words, shortened,
};
use crate::assess::Assessment;
use crate::collect::Observation;
use crate::plan::Origin;
use crate::publish::lineage;
use crate::publish::model::{
    Annex, Annexes, City, DerivedRow, InputRow, Lineage, LineageRow, Source, StepRow, Table,
};
use crate::reconcile::Fact;
use crate::rounding::{fixed, plain};

pub(super) fn annexes(context: &Context<'_>, chapters: &[City]) -> Annexes {
    let findings = context.findings().into_iter().map(|(_, finding)| finding).collect();
    Annexes {
        findings: Some(Annex {
            heading: "附件1　数据核实清单".to_owned(),
            text: None,
            table: Table::new("附表1", "数据核实清单")
                .note("注：“文件”为附件4的序号。")
                .empty("审核未提出问题。")
                .rows(findings),
        }),
        plans: Some(super::remarks::annex(context)),
        lineage: index(context, chapters),
        inputs: inputs(context),
        scoring: Some(super::scoring::annex(context)),
    }
}

/// The annexes of one city's own report: where its figures come from, and the files that are its own or everybody's.
pub(super) fn of_city(context: &Context<'_>, city: &CityEvaluation, chapter: &City) -> Annexes {
    let mut derived = city_derived(context, city, chapter);
    if let Some(first) = derived.first_mut() {
        first.rule_before = false;
    }
    let slug = city.plan.city.as_str();
    let mut inputs = inputs_of(context, |path| context.owners.concerns(path, slug));
    inputs.table.note = Some(
        "注：序号与全本报告一致。封面“输入指纹”按全本报告附件4的全部输入计算。模板、字体和程序的摘要值见manifest.json。"
            .to_owned(),
    );
    Annexes {
        findings: None,
        plans: None,
        lineage: Lineage {
            heading: INDEX_HEADING.to_owned(),
            text: "下列各表逐项列出刊出数字的报表单元格和方案行号。文件序号与全本报告一致。".to_owned(),
            printed: true,
            cities: vec![city_index(context, city, "附表3-1")],
            derived: derived_table("附表3-2", derived),
            sample_text: None,
            sample: None,
        },
        inputs,
        scoring: None,
    }
}

const INDEX_HEADING: &str = "附件3　数字溯源索引";

fn index(context: &Context<'_>, chapters: &[City]) -> Lineage {
    let printed = context.cities().len() <= INDEXED;
    let mut cities = Vec::new();
    if printed {
        for (city, number) in context.cities().iter().zip(1..) {
            cities.push(city_index(context, city, &format!("附表3-{number}")));
        }
    }
    let next = cities.len() + 1;
    let derived = derived_table(&format!("附表3-{next}"), derived_rows(context, chapters));
    let sample = sample(context, chapters, &format!("附表3-{}", next + 1));
    let text = if printed {
        "下列各表逐项列出刊出数字的报表单元格和方案行号，文件以附件4的序号表示。完整步骤见所附lineage.csv。"
    } else {
        "城市较多，逐项索引不印出，见所附lineage.csv；下表列出计算数字的算法。"
    };
    Lineage {
        heading: INDEX_HEADING.to_owned(),
        text: text.to_owned(),
        printed,
        cities,
        derived,
        sample_text: sample.is_some().then(|| {
            "下表以一个数字为例，列出从方案和报表单元格到本报告的全部步骤，报表的路径从本年度文件夹写起。"
                .to_owned()
        }),
        sample,
    }
}

/// How the index says that another unit's value was taken.
const PASSED_OVER: &str = "未采用";

fn city_index(context: &Context<'_>, city: &CityEvaluation, number: &str) -> Table<LineageRow> {
    let short = &city.plan.short;
    let mut rows = Vec::new();
    for one in city.assessments.iter().filter(|one| one.is_primary()) {
        let Some(row) = city.plan.indicator(&one.no) else { continue };
        let fact = city.fact(&one.no);
        let sides = fact.map_or(&[][..], |fact| fact.sides.as_slice());
        let mut sources: Vec<Source> = sides.iter().map(|seen| source(context, seen, fact)).collect();
        sources.sort_by_key(|source| source.operation == PASSED_OVER);
        rows.push(LineageRow {
            id: format!("{short}-{}", one.no),
            name: row.short.clone(),
            value: format!(
                "{}{}",
                actual_text(city, one).unwrap_or_else(|| "—".to_owned()),
                if is_published(city, one) { "†" } else { "" }
            ),
            sources,
            line: line_words(&one.target.line),
            rule_before: false,
        });
    }
    let prose = city.assessments.iter().position(|one| one.origin == Origin::Prose);
    if let Some(row) =
        prose.and_then(|_| rows.iter_mut().find(|row| row.id.starts_with(&format!("{short}-P"))))
    {
        row.rule_before = true;
    }
    for (at, (task, one)) in city.plan.tasks.iter().zip(&city.tasks).enumerate() {
        let sources = one.report.iter().map(|report| Source {
            raw: report.said().to_owned(),
            operation: "—".to_owned(),
            file_no: context.file_number(&report.at.file).unwrap_or_default(),
            file: file_name(&report.at.file),
            sheet: report.at.sheet.clone(),
            cell: report.at.address(),
        });
        rows.push(LineageRow {
            id: format!("{short}-任{}", task.no),
            name: shortened(&task.title, 8),
            value: one.state.chinese().to_owned(),
            sources: sources.collect(),
            line: line_words(&task.line),
            rule_before: at == 0,
        });
    }
    if let Some(first) = rows.first_mut() {
        first.rule_before = false;
    }
    Table::new(number, &format!("{}刊出数字与单元格", city.plan.name))
        .note(&index_note(&rows))
        .empty("没有可列的数字。")
        .rows(rows)
}

/// Explains the signs that the rows use.
fn index_note(rows: &[LineageRow]) -> String {
    let mut sources = rows.iter().flat_map(|row| &row.sources);
    let passed_over = match sources.any(|source| source.operation == PASSED_OVER) {
        true => "，“未采用”表示按决定采用另一单位所报",
        false => "",
    };
    let others = match rows.iter().any(|row| row.sources.len() > 1) {
        true => "编号为灰字的行是同一指标其他单位的报送值。",
        false => "",
    };
    format!(
        "注：文件前的数字为附件4的序号。“处理”为从单元格到刊出值的换算，“—”表示原样采用{passed_over}。{others}"
    )
}

/// A cell that was seen; of several that differ, those that were not taken say so.
fn source(context: &Context<'_>, seen: &Observation, fact: Option<&Fact>) -> Source {
    let taken = fact.and_then(|fact| fact.source.as_ref());
    let operation = match (&seen.conversion, seen.value) {
        _ if taken.is_some_and(|taken| taken.value != seen.value) => PASSED_OVER.to_owned(),
        (Some(conversion), Some(_)) => conversion.operation.clone(),
        (None, Some(value)) if plain(value) != seen.raw => format!("读作{}", plain(value)),
        (_, _) => "—".to_owned(),
    };
    Source {
        raw: if seen.raw.is_empty() { "（空白）".to_owned() } else { shortened(&seen.raw, 24) },
        operation,
        file_no: context.file_number(&seen.at.file).unwrap_or_default(),
        file: file_name(&seen.at.file),
        sheet: seen.at.sheet.clone(),
        cell: seen.at.address(),
    }
}

fn file_name(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

fn derived_table(number: &str, rows: Vec<DerivedRow>) -> Table<DerivedRow> {
    Table::new(number, "计算数字的算法和依据").empty("没有计算数字。").rows(rows)
}

fn derived_rows(context: &Context<'_>, chapters: &[City]) -> Vec<DerivedRow> {
    let mut rows = Vec::new();
    for (city, chapter) in context.cities().iter().zip(chapters) {
        rows.extend(city_derived(context, city, chapter));
    }
    let sum = |of: fn(&CityEvaluation) -> usize| context.cities().iter().map(of).sum::<usize>();
    let total = sum(|city| city.score.total);
    let able = sum(|city| city.score.assessable);
    let met = sum(|city| city.score.met);
    let row = |name: &str, value: String, formula: String, first: bool| DerivedRow {
        id: format!("合计-{name}"),
        figure: name.to_owned(),
        value,
        formula,
        basis: "各城市同名数字".to_owned(),
        rule_before: first,
    };
    let rate = crate::compare::Fraction { part: met, whole: able };
    let coverage = crate::compare::Fraction { part: able, whole: total };
    rows.push(row("应评", format!("{total}项"), "各城市应评之和".to_owned(), true));
    rows.push(row("可评", format!("{able}项"), "各城市可评之和".to_owned(), false));
    rows.push(row("完成", format!("{met}项"), "各城市完成之和".to_owned(), false));
    rows.push(row("完成率", format!("{}%", rate_words(rate)), format!("完成{met}÷可评{able}×100"), false));
    rows.push(row(
        "覆盖率",
        format!("{}%", rate_words(coverage)),
        format!("可评{able}÷应评{total}×100"),
        false,
    ));
    let own = rows.iter_mut().filter(|row| row.id.starts_with("合计-"));
    for (row, number) in own.zip(1..) {
        row.id = format!("合计-D{number}");
    }
    rows
}

fn city_derived(context: &Context<'_>, city: &CityEvaluation, chapter: &City) -> Vec<DerivedRow> {
    let (score, short) = (&city.score, &city.plan.short);
    let judged = chapter.indicators.as_ref().map_or(&chapter.tasks.number, |own| &own.table.number);
    let basis = format!("{judged}判定栏");
    let scoring = context.evaluation.round.method.scoring.chinese();
    let row = |name: &str, value: String, formula: String, basis: &str| DerivedRow {
        id: format!("{short}-{name}"),
        figure: name.to_owned(),
        value,
        formula,
        basis: basis.to_owned(),
        rule_before: false,
    };
    let (total, able, met, open) = (score.total, score.assessable, score.met, score.open());
    let mut rows = vec![
        row("应评", format!("{total}项"), format!("{}全部计入", super::basis_words(score.basis)), &basis),
        row("可评", format!("{able}项"), format!("应评{total}减暂不能判定{open}"), &basis),
        row("完成", format!("{met}项"), "判定为超额完成和完成的项数".to_owned(), &basis),
        row("完成率", percent_words(score.rate()), format!("完成{met}÷可评{able}×100"), &basis),
        row("覆盖率", percent_words(score.coverage()), format!("可评{able}÷应评{total}×100"), &basis),
    ];
    if let Some(rank) = score.rank {
        let formula = "按未修约的完成率从高到低".to_owned();
        rows.push(row("名次", rank.to_string(), formula, context.table("ranking")));
    }
    if let Some(points) = score.score {
        let taken: String = score
            .deductions
            .iter()
            .map(|one| format!("，{}{}件扣{}分", one.what, one.count, plain(one.points)))
            .collect();
        let formula = format!("可评{able}项单项得分（{scoring}，附件5）的加权平均{taken}");
        rows.push(row("得分", fixed(points, 1), formula, judged));
    }
    if let Some(points) = score.score_missing_as_zero {
        let formula = format!("同上，暂不能判定的{open}项计零，按应评{total}项平均");
        rows.push(row("缺报计零", fixed(points, 1), formula, judged));
    }
    let on_time = city.units.iter().filter(|unit| unit.on_time == Some(true)).count();
    let units = format!("{on_time}/{}", city.units.len());
    rows.push(row("按时报送", units, "报送期限内收到的单位数和应报单位数".to_owned(), &chapter.units.number));
    if let Some(first) = rows.first_mut() {
        first.rule_before = true;
    }
    for (row, number) in rows.iter_mut().zip(1..) {
        row.id = format!("{short}-D{number}");
    }
    rows
}

fn percent_words(fraction: crate::compare::Fraction) -> String {
    if fraction.whole == 0 { "—".to_owned() } else { format!("{}%", rate_words(fraction)) }
}

/// One figure from the plan line to the printed text: preferably one that was converted.
fn sample(context: &Context<'_>, chapters: &[City], number: &str) -> Option<Table<StepRow>> {
    let all = context.cities().iter().flat_map(|city| city.assessments.iter().map(move |one| (city, one)));
    let whole: Vec<(&CityEvaluation, &Assessment)> =
        all.filter(|(_, one)| one.completion.is_some() && one.is_primary()).collect();
    let converted = |(city, one): &&(&CityEvaluation, &Assessment)| {
        let fact = city.fact(&one.no);
        fact.and_then(|fact| fact.source.as_ref()).is_some_and(|seen| seen.conversion.is_some())
    };
    let (city, one) = whole.iter().find(converted).or_else(|| whole.first())?;
    let row = city.plan.indicator(&one.no)?;
    let printed = one.completion_text(1)?;
    let chapter = chapters.iter().find(|chapter| chapter.slug == city.plan.city.as_str())?;
    let printed_in = chapter.indicators.as_ref().map_or(&chapter.tasks.number, |own| &own.table.number);
    let unit = row.unit.text();
    let title = format!(
        "{}　{} {}（目标{}{unit}）{}年完成率{printed}%",
        city.plan.name, one.no, row.short, one.target.goal, one.target.year
    );
    let mut steps: Vec<StepRow> = lineage::of_assessment(&context.evaluation.round, city, one)
        .into_iter()
        .map(|step| StepRow {
            no: step.number.to_string(),
            stage: step.operation.chinese().to_owned(),
            content: step.to,
            source: shortened_digest(&step.from),
        })
        .collect();
    let last = StepRow {
        no: (steps.len() + 1).to_string(),
        stage: "刊出".to_owned(),
        content: format!("{printed}%"),
        source: format!("{printed_in}；results.xlsx“指标”表"),
    };
    steps.push(last);
    Some(Table::new(number, &title).rows(steps))
}

/// A digest of 64 digits shown by its first eight.
fn shortened_digest(text: &str) -> String {
    text.split(' ')
        .map(|word| {
            let digest = word.len() == 64 && word.chars().all(|c| c.is_ascii_hexdigit());
            if digest { format!("{}…", word.get(..8).unwrap_or_default()) } else { word.to_owned() }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn inputs(context: &Context<'_>) -> Annex<InputRow> {
    inputs_of(context, |_| true)
}

fn inputs_of(context: &Context<'_>, keep: impl Fn(&str) -> bool) -> Annex<InputRow> {
    let many = context.cities().len() > 20;
    let rows = context
        .evaluation
        .inputs
        .iter()
        .zip(1..)
        .filter(|(file, _)| !(many && file.role == "报表") && keep(&file.path));
    let rows: Vec<InputRow> = rows
        .map(|(file, number)| {
            let (folder, name) = file
                .path
                .rsplit_once('/')
                .map_or((None, file.path.as_str()), |(folder, name)| (Some(format!("{folder}/")), name));
            InputRow {
                no: number.to_string(),
                role: or_dash(file.role),
                folder,
                file: name.to_owned(),
                sha256: file.digests.sha256.clone(),
                sm3: file.digests.sm3.clone(),
            }
        })
        .collect();
    Annex {
        heading: "附件4　输入文件与摘要值".to_owned(),
        text: many.then(|| "城市较多，各单位工作簿的摘要值不印出，见所附manifest.json。".to_owned()),
        table: Table::new("附表4", "输入文件与摘要值")
            .note("注：依次连接全部输入的SM3摘要值（小写十六进制文字）再取SM3，即封面“输入指纹”。模板、字体和程序的摘要值见manifest.json。")
            .empty("没有输入文件。")
            .rows(rows),
    }
}
