//! Things in their order, found by their names.

use std::borrow::Borrow;
use std::collections::BTreeMap;

/// What has a name by which it is found.
pub trait Keyed {
    /// The name.
    type Key: Ord + Clone;

    /// Its own.
    fn key(&self) -> &Self::Key;
}

/// A list that is found by name without looking through it. Of several things of one name the first is found.
#[derive(Clone, PartialEq)]
pub struct Indexed<T: Keyed> {
    all: Vec<T>,
    places: BTreeMap<T::Key, usize>,
}

impl<T: Keyed> Indexed<T> {
    /// The first thing of a name.
    pub fn find<Q>(&self, name: &Q) -> Option<&T>
    where
        T::Key: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        self.all.get(self.place(name)?)
    }

    /// The place of the first thing of a name in the list, from zero.
    pub fn place<Q>(&self, name: &Q) -> Option<usize>
    where
        T::Key: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        self.places.get(name).copied()
    }

    /// Changes the first thing of a name; it must keep its name.
    pub fn find_mut<Q>(&mut self, name: &Q) -> Option<&mut T>
    where
        T::Key: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        let place = self.place(name)?;
        self.all.get_mut(place)
    }

    /// Changes all of them; they must keep their names.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.all.iter_mut()
    }

    /// Gives back the room for more.
    pub fn shrink_to_fit(&mut self) {
        self.all.shrink_to_fit();
    }

    /// Adds a thing behind the others.
    pub fn push(&mut self, thing: T) {
        self.places.entry(thing.key().clone()).or_insert(self.all.len());
        self.all.push(thing);
    }
}

impl<T: Keyed> Default for Indexed<T> {
    fn default() -> Self {
        Self { all: Vec::new(), places: BTreeMap::new() }
    }
}

impl<T: Keyed + std::fmt::Debug> std::fmt::Debug for Indexed<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.all.fmt(f)
    }
}

impl<T: Keyed> std::ops::Deref for Indexed<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.all
    }
}

impl<T: Keyed> FromIterator<T> for Indexed<T> {
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Self {
        let mut all = Self::default();
        things.into_iter().for_each(|thing| all.push(thing));
        all
    }
}

impl<'a, T: Keyed> IntoIterator for &'a Indexed<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Keyed for (String, u32) {
        type Key = String;

        fn key(&self) -> &String {
            &self.0
        }
    }

    #[test]
    fn a_list_keeps_its_order_and_finds_the_first_of_a_name() {
        let list: Indexed<(String, u32)> = [("b", 1), ("a", 2), ("b", 3)]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        assert_eq!(list.iter().map(|(_, value)| *value).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!((list.find("b").map(|found| found.1), list.place("a")), (Some(1), Some(1)));
        assert_eq!(list.find("c"), None);
    }
}
