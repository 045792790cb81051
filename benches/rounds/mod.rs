//! Rounds of many cities, made from the samples.

use std::path::{Path, PathBuf};

/// A round of cities that have the plans and the workbooks of some samples in turn, below a folder.
pub(crate) fn many_cities(root: &Path, samples: &[&str], cities: usize) -> PathBuf {
    let input = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("input");
    let names: Vec<String> = (1..=cities).map(|number| format!("c{number:03}")).collect();
    for (name, sample) in names.iter().zip(samples.iter().cycle()) {
        copy(&input.join("2023").join(sample), &root.join("2023").join(name));
        let plan = std::fs::read_to_string(input.join("2023").join(sample).join("plan.toml")).unwrap();
        let plan = plan.replacen(&format!("city = \"{sample}\""), &format!("city = \"{name}\""), 1);
        let (before, rest) = plan.split_once("\nshort = ").unwrap();
        let behind = rest.split_once('\n').unwrap().1;
        let plan = format!("{before}\nshort = \"{name}\"\n{behind}");
        std::fs::write(root.join("2023").join(name).join("plan.toml"), plan).unwrap();
    }
    copy(&input.join("sources"), &root.join("sources"));
    std::fs::copy(input.join("catalogue.toml"), root.join("catalogue.toml")).unwrap();
    let list: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let text = std::fs::read_to_string(input.join("2023/round.toml")).unwrap();
    let lines = text.split("\n[[").next().unwrap().lines().map(|line| match line.starts_with("cities") {
        true => format!("cities = [{}]", list.join(", ")),
        false => line.to_owned(),
    });
    std::fs::write(root.join("2023/round.toml"), lines.collect::<Vec<_>>().join("\n")).unwrap();
    root.join("2023")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}
