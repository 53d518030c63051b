//! The made-up world: how large it is, who belongs to whom, and when everything began.
//!
//! Nothing of it is kept. Each record is a function of its number, so that a work order can name its
//! machine, and the machine its site, without a list of a hundred thousand machines in memory.

use std::ops::Range;
use std::sync::Arc;

use crate::db::Value;
use crate::kernel::{Id, Moment};
use crate::kind::{Kind, Registry};
use crate::record::Row;

use super::calendar::{DAY, at, day_of, in_office_hours};
use super::random::Random;

/// The firm moved to Larder so many days ago.
const HISTORY: i64 = 730;

pub struct World {
    registry: Arc<Registry>,
    pub now: Moment,
    pub scale: usize,
}

/// A record on its way in.
#[derive(Debug)]
pub struct Entry {
    pub kind: &'static Kind,
    pub id: Id,
    pub row: Row,
    /// Who made it.
    pub by: Option<Id>,
}

impl Entry {
    /// # Panics
    /// When the kind has no such field: a mistake in the demo's source.
    pub fn set(mut self, field: &str, value: impl Into<Value>) -> Self {
        let at = self.kind.position(field).unwrap_or_else(|| panic!("{} have no field {field}", self.kind.many));
        self.row.values[at] = value.into();
        self
    }
    pub fn by(mut self, user: Id) -> Self {
        self.by = Some(user);
        self
    }
}

impl World {
    pub fn new(registry: Arc<Registry>, now: Moment, scale: usize) -> Self {
        Self { registry, now, scale }
    }

    /// The day on which it is told, counted from 1970.
    pub fn today(&self) -> i64 {
        day_of(self.now)
    }

    /// When the first record was made.
    pub fn beginning(&self) -> Moment {
        at(self.today() - HISTORY, 8 * 60)
    }

    /// The office hour at which so large a part (0 to 1) of the two years had passed, before today.
    pub fn passed(&self, part: f64) -> Moment {
        in_office_hours(Moment((self.today() - HISTORY) * DAY + (part * (HISTORY * DAY) as f64) as i64))
    }

    /// An empty record of a kind; `number` tells it from the others of the kind.
    pub fn entry(&self, kind: &'static str, number: usize, created: Moment) -> Entry {
        let declared = self.registry.get(kind).unwrap_or_else(|| panic!("there is no kind {kind}"));
        let row = Row { created_at: Some(created), ..Row::empty(declared) };
        Entry { kind: declared, id: id_of(kind, number, created), row, by: None }
    }

    pub fn companies(&self) -> usize {
        200 * self.scale
    }
    pub fn sites(&self) -> usize {
        600 * self.scale
    }
    pub fn machines(&self) -> usize {
        5000 * self.scale
    }
    pub fn orders(&self) -> usize {
        3000 * self.scale
    }
}

/// The id of a record: its number's own bits after the moment at which it was made.
pub fn id_of(kind: &str, number: usize, created: Moment) -> Id {
    Id::from_parts(created.0, Random::of(kind, !number).bits())
}

/// How the children are shared out among parents: some have one, a few have many. Each group of
/// parents shares the same sizes, in an order of its own.
pub struct Shares {
    word: &'static str,
    sizes: &'static [usize],
}

/// Ten companies have thirty sites, six sites have fifty machines.
pub const SITES: Shares = Shares { word: "sites", sizes: &[3, 6, 4, 9, 2, 1, 2, 1, 1, 1] };
pub const MACHINES: Shares = Shares { word: "equipment", sizes: &[4, 4, 6, 24, 11, 1] };

impl Shares {
    fn size(&self, group: usize, place: usize) -> usize {
        // The first group is as the list stands: it holds the customers that the screens show.
        let turn = if group == 0 { 0 } else { Random::of(self.word, usize::MAX / 2 + group).below(self.sizes.len()) };
        self.sizes[(place + turn) % self.sizes.len()]
    }

    /// The children of a parent.
    pub fn of(&self, parent: usize) -> Range<usize> {
        let (group, place) = (parent / self.sizes.len(), parent % self.sizes.len());
        let whole: usize = self.sizes.iter().sum();
        let first = group * whole + (0..place).map(|p| self.size(group, p)).sum::<usize>();
        first..first + self.size(group, place)
    }

    /// The parent of a child.
    pub fn parent(&self, child: usize) -> usize {
        let whole: usize = self.sizes.iter().sum();
        let group = child / whole;
        let mut left = child % whole;
        let mut place = 0;
        while left >= self.size(group, place) {
            left -= self.size(group, place);
            place += 1;
        }
        group * self.sizes.len() + place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_child_has_the_parent_that_counts_it() {
        for shares in [SITES, MACHINES] {
            let mut next = 0;
            for parent in 0..600 {
                let children = shares.of(parent);
                assert_eq!(children.start, next, "no child is left out");
                next = children.end;
                assert!(children.clone().all(|child| shares.parent(child) == parent));
            }
        }
        assert_eq!(SITES.of(199).end, 600);
        assert_eq!(MACHINES.of(599).end, 5000);
    }
}
