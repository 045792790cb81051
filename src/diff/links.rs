//! The inputs of every link as rounds that can be run, archived and replayed: both sides' inputs as they were, and a folder for each link that says what
//! is taken from which.

use std::collections::BTreeSet;
use std::path::Path;

use super::opened::Opened;
use crate::archive::below;
use crate::error::RunError;
use crate::files::{self, Staging};
use crate::ident::CityId;
use crate::indexed::Indexed;
use crate::plan::{LinkCause, MixedRound, Plan};
use crate::run::TwoRounds;

/// What to do with it, beside the folders.
const README: &str = "README.txt";

/// Writes both sides' inputs and a round for each link; gives the folders of the links.
pub(super) fn write(
    to: &Path,
    before: &Opened,
    after: &Opened,
    two: &TwoRounds,
    causes: &[LinkCause],
) -> Result<Vec<(LinkCause, String)>, RunError> {
    if files::look_at_itself(to).map_err(|source| RunError::reading(to, source))?.is_some() {
        return Err(RunError::Existing(to.to_owned()));
    }
    let staging = Staging::beside(to, |path| Ok(files::look_at_itself(path)?.is_none()))?;
    for (name, end) in [("A", before), ("B", after)] {
        for file in below(&end.root())? {
            staging.write(&format!("{name}/{}", file.path), &files::read(&file.at)?)?;
        }
    }
    let cities =
        |plans: &Indexed<Plan>| -> Vec<CityId> { plans.iter().map(|plan| plan.city.clone()).collect() };
    let mut taken = BTreeSet::new();
    let mut folders = Vec::new();
    for (place, cause) in (1..).zip(causes) {
        taken.insert(*cause);
        let folder = format!("{place}-{}", cause.key());
        let order = MixedRound {
            before: format!("A/{}", before.folder),
            after: format!("B/{}", after.folder),
            before_cities: cities(&two.before.plans),
            after_cities: cities(&two.after.plans),
            taken: taken.clone(),
        };
        staging.write(&format!("{folder}/round.toml"), order.text().as_bytes())?;
        folders.push((*cause, folder));
    }
    staging.write(README, crate::words::links_readme(&folders).as_bytes())?;
    staging.publish()?;
    Ok(folders)
}
