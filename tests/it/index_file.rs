//! `index.toml`: what is read of it, and what is said of one that is not right.

use duibiao::error::RunError;
use duibiao::inputs::Inputs;
use duibiao::plan::{
    Aggregation, Averaging, Catalogue, Factor, Imputation, IndexSpec, Normalisation, Round, Weighting,
    read_index,
};
use rust_decimal::Decimal;

use crate::workspace::{Workspace, repository};

/// A file that is right, with as little in it as there can be.
const LEAST: &str = r#"[index]
name = "创新综合指数"
normalisation = "minmax"
weights = "equal"
aggregation = ["arithmetic"]

[[dimension]]
id = "input"

[[indicator]]
id = "rd"
dimension = "input"

[[indicator]]
id = "firms"
dimension = "input"

[[indicator]]
id = "energy"
dimension = "input"
"#;

/// A round of three cities with an index.
fn round_with(text: &str) -> Workspace {
    let workspace = Workspace::with_cities(&[("jia", "甲市"), ("yi", "乙市"), ("bing", "丙市")]);
    workspace.write("input/2023/index.toml", text);
    workspace
}

/// What is read of a file, or its faults.
fn read(workspace: &Workspace) -> Result<IndexSpec, Vec<String>> {
    let (inputs, folder) = (Inputs::default(), workspace.path("input/2023"));
    let catalogue = Catalogue::load(&inputs, &workspace.path("input/catalogue.toml")).unwrap();
    let round = Round::load(&inputs, &folder).unwrap();
    match read_index(&inputs, &folder, &round, &catalogue) {
        Ok(spec) => Ok(spec.unwrap()),
        Err(RunError::Faults { faults, .. }) => Err(faults),
        Err(error) => panic!("{error}"),
    }
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn a_round_without_the_file_has_no_index() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let (inputs, folder) = (Inputs::default(), workspace.path("input/2023"));
    let catalogue = Catalogue::load(&inputs, &workspace.path("input/catalogue.toml")).unwrap();
    let round = Round::load(&inputs, &folder).unwrap();
    assert_eq!(read_index(&inputs, &folder, &round, &catalogue).unwrap(), None);
}

#[test]
fn what_a_file_leaves_out_is_as_its_page_says() {
    let spec = read(&round_with(&format!("{LEAST}[treatment]\n[robustness]\n"))).unwrap();
    assert_eq!((spec.name.as_str(), spec.en.as_deref()), ("创新综合指数", None));
    assert_eq!((spec.normalisation, spec.weighting), (Normalisation::MinMax, Weighting::Equal));
    assert_eq!((spec.floor, spec.imputation), (None, Imputation::Off));
    assert_eq!(spec.aggregation, [Aggregation::Arithmetic]);
    let [dimension] = spec.dimensions.as_slice() else { panic!("{:?}", spec.dimensions) };
    // The catalogue's name, and one step above the indicators.
    assert_eq!((dimension.name.as_str(), dimension.weight, dimension.level), ("创新投入", Decimal::ONE, 1));
    let better: Vec<bool> = spec.indicators.iter().map(|one| one.higher_is_better).collect();
    assert_eq!(better, [true, true, false]);
    assert!(spec.indicators.iter().all(|one| one.weight == Decimal::ONE && !one.log));
    let screening = (spec.screening.city_coverage, spec.screening.indicator_coverage);
    assert_eq!(screening, (decimal("66.7"), decimal("50")));
    let treatment = spec.treatment.unwrap();
    assert_eq!((treatment.skewness, treatment.kurtosis, treatment.most), (decimal("2"), decimal("3.5"), 5));
    let tried = spec.robustness.unwrap();
    assert_eq!((tried.draws, tried.seed, tried.weight_spread), (10_000, 1, decimal("25")));
    let all =
        [Factor::Weights, Factor::Normalisation, Factor::Aggregation, Factor::Treatment, Factor::Inclusion];
    assert_eq!(tried.factors, all);
    assert_eq!(tried.normalisations, [Normalisation::MinMax]);
    assert_eq!(tried.aggregations, [Aggregation::Arithmetic]);
    let bare = read(&round_with(LEAST)).unwrap();
    assert!(bare.treatment.is_none() && bare.robustness.is_none() && bare.chain.is_none());
    assert!(bare.peers.is_empty() && bare.classes.is_empty() && bare.weight_sets.is_empty());
}

/// The example of the page is a file of the round that is shipped, and is read whole.
#[test]
fn the_example_of_the_page_is_read_whole() {
    let page = std::fs::read_to_string(repository().join("docs/index-format.md")).unwrap();
    let example = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let round = repository().join("input/2023/round.toml");
    std::fs::copy(round, folder.path().join("round.toml")).unwrap();
    std::fs::write(folder.path().join("index.toml"), example).unwrap();
    let inputs = Inputs::default();
    let catalogue = Catalogue::load(&inputs, &repository().join("input/catalogue.toml")).unwrap();
    let round = Round::load(&inputs, folder.path()).unwrap();
    let spec = read_index(&inputs, folder.path(), &round, &catalogue);
    let spec = spec.unwrap_or_else(|error| panic!("{error}")).unwrap();
    assert_eq!((spec.dimensions.len(), spec.indicators.len(), spec.levels()), (2, 4, 2));
    assert_eq!(spec.normalisation, Normalisation::Goalposts { capped: true });
    assert_eq!(spec.aggregation, [Aggregation::Arithmetic, Aggregation::Geometric]);
    assert_eq!(spec.imputation, Imputation::Group(Averaging::Median));
    assert_eq!((spec.floor, spec.weighting), (Some(decimal("1")), Weighting::Given));
    assert_eq!((spec.peers.len(), spec.weight_sets.len(), spec.classes.len()), (1, 1, 2));
    assert_eq!(spec.chain.map(|chain| chain.base_year), Some(2022));
    let tried = spec.robustness.unwrap();
    assert_eq!((tried.draws, tried.normalisations.len(), tried.aggregations.len()), (20_000, 2, 2));
    // Every word that a fault lists is described.
    for key in ["normalisation", "weights", "imputation", "aggregation"] {
        let line = LEAST.lines().find(|line| line.starts_with(key)).unwrap_or("[[dimension]]");
        let other = match key {
            "aggregation" => "aggregation = [\"?\"]".to_owned(),
            "imputation" => format!("imputation = \"?\"\n{line}"),
            _ => format!("{key} = \"?\""),
        };
        let faults = read(&round_with(&LEAST.replacen(line, &other, 1))).unwrap_err();
        let [fault] = faults.as_slice() else { panic!("{faults:?}") };
        let (_, known) = fault.split_once("应为 ").unwrap();
        let (known, _) = known.split_once(" 之一").unwrap();
        assert!(known.split(", ").count() > 2, "{fault}");
        for word in known.split(", ") {
            assert!(page.contains(&format!("`{}`", word.trim())), "{word} is not described: {fault}");
        }
    }
}

/// One fault each, and what is said of it: what is put in the place of what, the text on whose line it is, and the words.
const FAULTS: &[(&str, &str, &str, &str)] = &[
    ("[\"arithmetic\"]", "[]", "[index]", "aggregation 为空 (is empty)"),
    (
        "id = \"rd\"",
        "id = \"rdx\"",
        "[[indicator]]\nid = \"rdx\"",
        "指标“rdx”不在指标目录catalogue.toml中 (not in the catalogue)",
    ),
    (
        "id = \"energy\"",
        "id = \"firms\"\ndirection = \"higher\"",
        "[[indicator]]\nid = \"firms\"\ndirection",
        "指标“firms”重复列入 (listed twice)",
    ),
    (
        "id = \"energy\"\ndimension = \"input\"",
        "id = \"energy\"\ndimension = \"output\"",
        "[[indicator]]\nid = \"energy\"",
        "“output”不在前面的[[dimension]]中，已列：input (no [[dimension]] before it)",
    ),
    (
        "\n[[indicator]]",
        "\n[[dimension]]\nid = \"input\"\nname = \"x\"\n[[indicator]]",
        "[[dimension]]\nid = \"input\"\nname",
        "领域“input”重复 (the dimension is listed twice)",
    ),
    (
        "\n[[indicator]]",
        "\n[[dimension]]\nid = \"below\"\nparent = \"input\"\n[[indicator]]\nid = \"policy\"\ndirection = \"higher\"\ndimension = \"below\"\n[[indicator]]",
        "[[dimension]]\nid = \"input\"",
        "领域“input”之下既有指标又有领域：指标请另设领域 (has both indicators and dimensions below it: give the indicators a dimension of their own)",
    ),
    (
        "\n[[indicator]]",
        "\n[[dimension]]\nid = \"none\"\n[[indicator]]",
        "[[dimension]]\nid = \"none\"",
        "领域“none”之下没有指标 (has no indicator)",
    ),
    (
        "[[dimension]]\nid = \"input\"\n",
        "[[dimension]]\nid = \"top\"\n[[dimension]]\nid = \"mid\"\nparent = \"top\"\n[[dimension]]\nid = \"input\"\nparent = \"mid\"\n[[dimension]]\nid = \"side\"\nparent = \"top\"\n[[indicator]]\nid = \"policy\"\ndirection = \"higher\"\ndimension = \"side\"\n",
        "[[dimension]]\nid = \"top\"",
        "领域“top”的下级深浅不一：各分支的层数应相同 (its branches have different depths)",
    ),
    (
        "[[indicator]]\nid = \"firms\"\ndimension = \"input\"\n\n[[indicator]]\nid = \"energy\"\ndimension = \"input\"\n",
        "",
        "[index]",
        "至少要有两个[[indicator]] (two indicators at least)",
    ),
    (
        "id = \"rd\"",
        "id = \"policy\"",
        "[[indicator]]\nid = \"policy\"",
        "指标“policy”在目录中没有优劣方向，请写 direction = \"higher\" 或 \"lower\" (the catalogue gives it no direction; write one)",
    ),
    (
        "id = \"rd\"",
        "id = \"rd\"\ndirection = \"rank\"",
        "[[indicator]]\nid = \"rd\"",
        "指标“rd”是名次或有无，不能进入综合指数 (a rank or a word cannot enter the index)",
    ),
    (
        "id = \"rd\"",
        "id = \"rd\"\nweight = \"0\"",
        "[[indicator]]\nid = \"rd\"",
        "rd 的权重应大于0 (weights are to be above 0)",
    ),
    (
        "id = \"rd\"",
        "id = \"rd\"\nlow = \"5\"\nhigh = \"5\"",
        "[[indicator]]\nid = \"rd\"",
        "指标“rd”的 low 应小于 high (low is to be less than high)",
    ),
    (
        "id = \"rd\"",
        "id = \"rd\"\nlow = \"0\"\nlog = true",
        "[[indicator]]\nid = \"rd\"",
        "指标“rd”取对数时 low、high、reference 应大于0 (with log they are to be above 0)",
    ),
    (
        "[[dimension]]",
        "floor = \"100\"\n[[dimension]]",
        "[index]",
        "floor = 100 应在0至99之间 (is to be between 0 and 99)",
    ),
    (
        "[[dimension]]",
        "[screening]\ncity_coverage = \"101\"\n[[dimension]]",
        "[screening]",
        "city_coverage = 101 应在0至100之间 (is to be between 0 and 100)",
    ),
    (
        "[[dimension]]",
        "[robustness]\ndraws = 100001\n[[dimension]]",
        "[robustness]",
        "draws = 100001 应在1至100000之间 (is to be between 1 and 100000)",
    ),
    (
        "[[dimension]]",
        "[[peers]]\nname = \"甲组\"\ncities = [\"ding\"]\n[[dimension]]",
        "[[peers]]",
        "城市“ding”不在本轮名单中 (not a city of the round)",
    ),
    (
        "[[dimension]]",
        "[[peers]]\nname = \"甲组\"\ncities = [\"jia\", \"jia\"]\n[[dimension]]",
        "[[peers]]",
        "城市“jia”在两组中 (is in two groups)",
    ),
    (
        "[[dimension]]",
        "[[weights]]\nname = \"另一组\"\nvalues = { other = \"1\" }\n[[dimension]]",
        "[[weights]]",
        "“other”既不是领域也不是指标 (neither a dimension nor an indicator)",
    ),
    (
        "weights = \"equal\"",
        "weights = \"budget\"",
        "[index]",
        "weights = \"budget\" 需要[[expert]]，每人给每个领域、指标打分；缺：input (each expert gives points to every one)",
    ),
    (
        "\"arithmetic\"",
        "\"geometric\"",
        "[index]",
        "geometric 要求得分为正：标准化方法 minmax 会给出0或负数，请写 floor (下限，如 \"1\") (asks for positive scores; the normalisation gives 0 or less: write a floor)",
    ),
    (
        "\"arithmetic\"",
        "\"copeland\", \"arithmetic\"",
        "[index]",
        "copeland 只能用于最上一层 (only at the top)",
    ),
    (
        "\"arithmetic\"",
        "\"arithmetic\", \"arithmetic\", \"arithmetic\"",
        "[index]",
        "aggregation 写了3层，指数只有2层 (more aggregations than levels)",
    ),
    (
        "[[dimension]]",
        "[[class]]\nname = \"下\"\nfrom = \"0\"\n[[class]]\nname = \"上\"\nfrom = \"60\"\n[[dimension]]",
        "[[class]]\nname = \"上\"",
        "[[class]] 应从高到低，from 依次减小 (classes are to fall)",
    ),
    (
        "[[dimension]]",
        "imputation = \"group_mean\"\n[[dimension]]",
        "[index]",
        "imputation = \"group_mean\" 需要每个城市都在[[peers]]中 (asks for peer groups with every city)",
    ),
    (
        "[[dimension]]",
        "[chain]\nbase_year = 2023\n[[dimension]]",
        "[chain]",
        "base_year = 2023 应早于本年度 (is to be before the year of the round)",
    ),
    (
        "id = \"rd\"",
        "id = \"rd\"\nper = \"people\"",
        "[[indicator]]\nid = \"rd\"",
        "指标“people”不在指标目录catalogue.toml中 (not in the catalogue)",
    ),
    (
        "id = \"rd\"",
        "id = \"rd\"\nper = \"rd\"",
        "[[indicator]]\nid = \"rd\"",
        "指标“rd”的 per 是它自己 (it is divided by itself)",
    ),
    (
        "[[dimension]]",
        "[best_case]\n[[dimension]]",
        "[best_case]",
        "[best_case] 需要指数之下至少两个领域，现有1个，且每个领域都取 least 时不超过100、都取 most 时不少于100 (two domains at least, of which all can have shares from least to most that sum to 100)",
    ),
    (
        "\"minmax\"\nweights = \"equal\"\naggregation = [\"arithmetic\"]",
        "\"distance_to_mean\"\nweights = \"equal\"\naggregation = [\"arithmetic\"]\n[treatment]\nfallback = \"log\"",
        "fallback = ",
        "treatment.fallback = \"log\" 不能与标准化方法 distance_to_mean 同用：它把值与事先规定的数、与零或平均值相比 (not with this normalisation, which holds values against numbers of their own scale)",
    ),
    // What is drawn is held to the same.
    (
        "[[dimension]]",
        "[robustness]\nnormalisations = [\"rank\"]\naggregations = [\"harmonic\"]\n[[dimension]]",
        "aggregations = ",
        "harmonic 要求得分为正：标准化方法 minmax 会给出0或负数，请写 floor (下限，如 \"1\") (asks for positive scores; the normalisation gives 0 or less: write a floor)",
    ),
    (
        "\"minmax\"\nweights = \"equal\"\naggregation = [\"arithmetic\"]",
        "\"rank\"\nweights = \"equal\"\naggregation = [\"geometric\"]\n[robustness]\nnormalisations = [\"borda\"]",
        "normalisations = ",
        "geometric 要求得分为正：标准化方法 borda 会给出0或负数，请写 floor (下限，如 \"1\") (asks for positive scores; the normalisation gives 0 or less: write a floor)",
    ),
];

/// The number of the line on which a text begins.
fn line_of(text: &str, part: &str) -> usize {
    let at = text.find(part).unwrap_or_else(|| panic!("{part} in\n{text}"));
    text[..at].matches('\n').count() + 1
}

#[test]
fn a_file_with_one_fault_is_told_that_one_with_its_line() {
    let workspace = round_with(LEAST);
    for (from, to, place, words) in FAULTS {
        let text = LEAST.replacen(from, to, 1);
        assert_ne!(text, LEAST, "{from}");
        workspace.write("input/2023/index.toml", &text);
        let line = line_of(&text, place);
        let expected = vec![format!("  第{line}行 (line {line}): {words}")];
        assert_eq!(read(&workspace).err(), Some(expected), "{to}");
    }
}

#[test]
fn goalposts_are_asked_for_by_every_method_that_needs_them_its_own_or_drawn() {
    let workspace = round_with(LEAST);
    for (method, fields) in [
        ("goalposts", "low、high"),
        ("goalposts_uncapped", "low、high"),
        ("efficacy", "low、high"),
        ("distance_to_reference", "reference"),
        ("distance_to_target", "reference"),
        ("distance_to_target_uncapped", "reference"),
    ] {
        let own = LEAST.replacen("minmax", method, 1);
        let drawn = format!("{LEAST}[robustness]\nnormalisations = [\"{method}\"]\n");
        for (text, is_own) in [(own, true), (drawn, false)] {
            workspace.write("input/2023/index.toml", &text);
            let mut expected: Vec<String> = Vec::new();
            for id in ["rd", "firms", "energy"] {
                let place = format!("[[indicator]]\nid = \"{id}\"");
                let line = line_of(&text, if is_own { &place } else { "normalisations = " });
                expected.push(format!(
                    "  第{line}行 (line {line}): 指标“{id}”缺 {fields}：标准化方法 {method} 需要 (the method asks for them)"
                ));
            }
            let mut faults = read(&workspace).unwrap_err();
            faults.sort();
            expected.sort();
            assert_eq!(faults, expected);
        }
    }
    let given = LEAST.replace("dimension = \"input\"\n", "dimension = \"input\"\nreference = \"0\"\n");
    let text = given.replacen("minmax", "distance_to_reference", 1);
    workspace.write("input/2023/index.toml", &text);
    let faults = read(&workspace).unwrap_err();
    assert_eq!(faults.len(), 3);
    assert!(faults.iter().all(|fault| fault.contains("reference 应大于0")), "{faults:?}");
}

#[test]
fn scores_that_no_floor_holds_have_no_geometric_mean() {
    let posts = "dimension = \"input\"\nlow = \"0\"\nhigh = \"9\"\n";
    let text = LEAST.replace("dimension = \"input\"\n", posts).replacen(
        "arithmetic\"]",
        "geometric\"]\nfloor = \"1\"",
        1,
    );
    let of = |method: &str| read(&round_with(&text.replacen("minmax", method, 1)));
    assert!(of("goalposts").is_ok() && of("minmax").is_ok() && of("efficacy").is_ok());
    let faults = of("goalposts_uncapped").unwrap_err();
    assert_eq!(faults.len(), 1);
    assert!(faults[0].contains("第1行") && faults[0].contains("请改用 goalposts"), "{faults:?}");
}

#[test]
fn shares_of_the_best_case_are_those_that_the_domains_can_have() {
    let other = "[[dimension]]\nid = \"own\"\n[[indicator]]\nid = \"policy\"\ndirection = \"higher\"\ndimension = \"own\"\n";
    let of = |shares: &str| read(&round_with(&format!("{LEAST}{other}[best_case]\n{shares}")));
    let asked = |shares: &str| of(shares).unwrap().best_case.map(|one| (one.least, one.most));
    assert_eq!(asked(""), Some((Decimal::ZERO, Decimal::ONE_HUNDRED)));
    assert_eq!(asked("least = \"30\"\nmost = \"50\"\n"), Some((decimal("30"), decimal("50"))));
    for shares in ["least = \"51\"\n", "most = \"49.9\"\n"] {
        let faults = of(shares).unwrap_err();
        assert!(faults.len() == 1 && faults[0].contains("现有2个"), "{faults:?}");
    }
}

#[test]
fn all_faults_of_a_file_are_told_at_once() {
    let text = LEAST
        .replacen("weights = \"equal\"", "weights = \"fair\"", 1)
        .replacen("id = \"rd\"", "id = \"rd\"\nweight = \"-1\"", 1)
        .replacen("id = \"firms\"", "id = \"nowhere\"", 1);
    let faults = read(&round_with(&format!("{text}[robustness]\ndraws = 0\n[odd]\n"))).unwrap_err();
    for (fault, words) in faults.iter().zip(["fair", "rd 的权重", "“nowhere”", "draws = 0", "odd"]) {
        assert!(fault.contains(words), "{words}: {faults:?}");
    }
    assert_eq!(faults.len(), 5, "{faults:?}");
}

#[test]
fn a_round_of_a_part_of_a_year_has_no_index() {
    // Of a part of a year there is one city so far.
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.write("input/2023/index.toml", LEAST);
    let path = workspace.path("input/2023/round.toml");
    let text = std::fs::read_to_string(&path).unwrap().replace("2023-annual", "2023-Q3");
    workspace.write("input/2023/round.toml", text);
    let faults = read(&workspace).unwrap_err();
    assert_eq!(faults, ["  第1行 (line 1): 本轮不是全年，不算综合指数 (no index of a part of a year)"]);
}
