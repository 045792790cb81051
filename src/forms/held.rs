//! The registers of a round, held while something is issued or recorded.

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::RunError;
use crate::files::Staging;
use crate::ident::CityId;
use crate::plan::ISSUED_FOLDER;

/// The registers of cities, held: as long as it lives no other run issues or records anything there.
#[derive(Debug)]
pub struct RegistersHeld {
    cities: BTreeMap<CityId, Staging>,
}

/// Holds the registers of cities. To be done before a register is read: what another run writes in between would be lost.
///
/// # Errors
/// Fails when another run holds one of them, or when nothing can be written there.
pub fn hold(round: &Path, cities: impl IntoIterator<Item = CityId>) -> Result<RegistersHeld, RunError> {
    let one = |city: CityId| {
        let place = round.join(city.as_str()).join(ISSUED_FOLDER);
        // What lies there is never removed.
        Ok((city, Staging::beside(&place, |_| Ok(false))?))
    };
    Ok(RegistersHeld { cities: cities.into_iter().map(one).collect::<Result<_, RunError>>()? })
}

impl RegistersHeld {
    /// What is to be put in place beside the register of a city; `None` for one that is not held, or was taken before.
    pub fn take(&mut self, city: &CityId) -> Option<Staging> {
        self.cities.remove(city)
    }
}
