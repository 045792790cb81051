//! A round is evaluated with everything, or with what is asked of it alone: findings, scores and totals are the same.

use std::path::PathBuf;

use duibiao::evaluation::Evaluation;
use duibiao::inputs::Inputs;
use duibiao::ledger::Ledger;
use duibiao::progress::Silent;
use duibiao::run::{self, Settings};

use crate::workspace::PROGRAM;

fn settings(round: &str) -> Settings {
    Settings {
        round: PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("input").join(round),
        workbook: None,
        cities: Vec::new(),
        jobs: 2,
        program: PathBuf::from(PROGRAM),
        read_seconds: Some(60),
    }
}

fn same(some: &Evaluation, all: &Evaluation, what: &str) {
    assert_eq!(some.findings, all.findings, "{what}");
    assert_eq!((&some.inputs, &some.absent, &some.round), (&all.inputs, &all.absent, &all.round), "{what}");
    assert_eq!(some.cities.len(), all.cities.len(), "{what}");
    for (one, other) in some.cities.iter().zip(all.cities.iter()) {
        let what = format!("{what} {}", one.plan.city);
        assert_eq!(one.score, other.score, "{what}");
        assert_eq!((&one.plan.name, one.plan.names()), (&other.plan.name, other.plan.names()), "{what}");
        for finding in &all.findings {
            let object = &finding.subject.object;
            assert_eq!(one.plan.name_of(object), other.plan.name_of(object), "{what} {object}");
        }
        assert_eq!((&one.runs, &one.paces), (&other.runs, &other.paces), "{what}");
        assert_eq!(one.collected.submissions, other.collected.submissions, "{what}");
        assert_eq!(*one.ledger, Ledger::clone(&other.ledger).totals(), "{what}");
    }
    for step in some.ledger.steps() {
        assert_eq!(Some(step), all.ledger.step(&step.id), "{what}");
    }
}

#[test]
fn what_is_examined_or_checked_has_the_findings_scores_and_totals_of_what_is_evaluated() {
    for round in ["2023", "2025", "2023-H1", "2023-Q3"] {
        let settings = settings(round);
        let all = run::evaluate(&settings, &Inputs::default(), &Silent).unwrap();
        let examined = run::examine(&settings, &Inputs::default(), &Silent).unwrap();
        same(&examined, &all, &format!("{round} examined"));
        for (one, other) in examined.cities.iter().zip(all.cities.iter()) {
            assert_eq!(one.plan, other.plan, "{round}");
            assert_eq!((&one.facts, &one.assessments), (&other.facts, &other.assessments), "{round}");
            assert_eq!((&one.tasks, &one.units), (&other.tasks, &other.units), "{round}");
            assert_eq!(one.collected, other.collected, "{round}");
        }
        let checked = run::check(&settings, &Inputs::default(), &Silent).unwrap();
        same(&checked, &all, &format!("{round} checked"));
    }
}
