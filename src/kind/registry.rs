//! All kinds of one server, with what follows from their declarations.

use std::collections::HashMap;

use super::{Field, Kind};

/// The kinds in business order. Built once, shared by everything.
#[derive(Debug)]
pub struct Registry {
    kinds: Vec<&'static Kind>,
    by_name: HashMap<&'static str, usize>,
    /// For each kind, who refers to it: (position of the referring kind, its field).
    referrers: Vec<Vec<(usize, &'static Field)>>,
}

impl Registry {
    /// Takes the declarations as they are.
    ///
    /// # Panics
    /// When two kinds share a name or a reference names no kind: a mistake in the source, found by
    /// the first test.
    pub fn new(kinds: &[&'static Kind]) -> Self {
        let by_name: HashMap<_, _> = kinds.iter().enumerate().map(|(i, k)| (k.name, i)).collect();
        assert_eq!(by_name.len(), kinds.len(), "two kinds share a name");
        let mut referrers = vec![Vec::new(); kinds.len()];
        for (i, kind) in kinds.iter().enumerate() {
            for field in kind.fields {
                if let Some(target) = field.refers_to() {
                    let t =
                        by_name.get(target).unwrap_or_else(|| panic!("{}.{} refers to no kind", kind.name, field.name));
                    referrers[*t].push((i, field));
                }
            }
        }
        Self { kinds: kinds.to_vec(), by_name, referrers }
    }

    pub fn all(&self) -> impl Iterator<Item = (usize, &'static Kind)> + '_ {
        self.kinds.iter().copied().enumerate()
    }
    pub fn len(&self) -> usize {
        self.kinds.len()
    }
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }
    pub fn at(&self, position: usize) -> &'static Kind {
        self.kinds[position]
    }
    pub fn position(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }
    pub fn get(&self, name: &str) -> Option<&'static Kind> {
        self.position(name).map(|i| self.kinds[i])
    }
    /// The kinds whose rows follow when this column of the kind at `position` changes, because they
    /// keep it derived, and those that keep it derived from them, and so on.
    pub fn followers(&self, position: usize, column: &str) -> Vec<usize> {
        let mut found = Vec::new();
        self.follow(position, column, &mut found);
        found
    }

    fn follow(&self, position: usize, column: &str, found: &mut Vec<usize>) {
        for (child, through) in &self.referrers[position] {
            let derived = |field: &&Field| field.derived == Some((through.name, column));
            for field in self.kinds[*child].fields.iter().filter(derived) {
                if !found.contains(child) {
                    found.push(*child);
                }
                self.follow(*child, field.name, found);
            }
        }
    }

    /// Who refers to the kind at `position`.
    pub fn referrers(&self, position: usize) -> &[(usize, &'static Field)] {
        &self.referrers[position]
    }
}
