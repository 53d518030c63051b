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
    /// Who refers to the kind at `position`.
    pub fn referrers(&self, position: usize) -> &[(usize, &'static Field)] {
        &self.referrers[position]
    }
}
