//! From this year's round to next year's: `new-round`, and what was published as the value of the year before.

use crate::workspace::{GOOD, Workspace};

/// What a refused command says, with the paths as given.
fn refused(workspace: &Workspace, arguments: &[&str]) -> String {
    let output = workspace.duibiao(arguments);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    told
}

#[test]
fn two_cities_of_one_short_name_are_refused_with_both_plans() {
    let workspace = Workspace::with_cities(&[("a", "甲市"), ("b", "甲市")]);
    let told = refused(&workspace, &["check", "input/2023"]);
    for part in ["input/2023/b/plan.toml", "short = “甲市”", "input/2023/a/plan.toml", "改其中一个"]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
    workspace.submit("a", "甲市", GOOD);
    let alone = workspace.duibiao(&["check", "input/2023", "--city", "a"]);
    assert_eq!(alone.status.code(), Some(0), "{}", String::from_utf8_lossy(&alone.stderr));
}

#[test]
fn a_city_cannot_have_the_name_that_the_lineage_gives_to_all_together() {
    let workspace = Workspace::with_cities(&[("round", "甲市")]);
    let told = refused(&workspace, &["check", "input/2023"]);
    assert!(told.contains("“round”不能作代号"), "{told}");
}
