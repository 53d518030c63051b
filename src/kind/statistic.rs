//! Which figures of a kind are kept exact in the change that alters them.

/// A table of figures: how many live records there are by some of their fields, and what they add
/// up to. Triggers keep it (see `migrations/0016_statistics.sql`), so that nobody walks over the
/// records to count them.
#[derive(Debug, PartialEq, Eq)]
pub struct Statistic {
    pub table: &'static str,
    /// The fields by which it counts, under their own names; the table's index leads with them.
    pub by: &'static [&'static str],
    /// The amount of money that is added up, in the columns `summed`, `sum_high` and `sum_low`.
    pub sum: Option<&'static str>,
    /// Only records that have the first of the fields are in it.
    pub of_each: bool,
}

impl Statistic {
    /// Of all the records of a tenant: a handful of rows.
    pub const fn of_all(table: &'static str, by: &'static [&'static str]) -> Self {
        Self { table, by, sum: None, of_each: false }
    }
    /// Of those that belong to whatever the first field names: a handful of rows for each.
    pub const fn of_each(table: &'static str, by: &'static [&'static str]) -> Self {
        Self { table, by, sum: None, of_each: true }
    }
    pub const fn adding_up(mut self, field: &'static str) -> Self {
        self.sum = Some(field);
        self
    }
}
