//! Which summaries can be answered from kept figures, without a look at the records.
//!
//! A statistic stands in for its records where it can tell exactly the same: nothing is asked for
//! but the fields that it counts by, and the viewer's rights need no other field either. Whoever sees
//! a part of the records gets them counted one by one.

mod recount;
mod refresh;
mod walk;

use crate::kernel::Result;
use crate::kind::{Action, Company, Level, Statistic};

use super::View;
use super::filter::{Filter, Op, Term};
use super::query::Query;
use super::scope::{narrow, reads_all};
use super::sql::Sql;

pub use refresh::{Refreshed, Statistics};

/// How many records of each kind there are, whatever they hold.
const OF_KINDS: Statistic = Statistic::of_all("statistics_of_kinds", &[]);

impl View<'_> {
    /// The statistic that holds what is asked for: the rows of `query`, by the field `group`, with
    /// `sum` added up, by the currency that stands in the field `currency`.
    pub(super) fn statistic(
        &self,
        query: &Query,
        group: Option<&str>,
        sum: Option<(&str, Option<&str>)>,
    ) -> Option<&'static Statistic> {
        if query.deleted || query.q.is_some() || query.sort_custom.is_some() {
            return None;
        }
        let kind = self.registry.at(query.position);
        let (field, currency) = sum.unzip();
        let mut asked: Vec<&str> = group.into_iter().chain(currency.flatten()).collect();
        name_fields(&query.filter, &mut asked);
        // A client's rows are those of one value of a field, which may be among those counted by.
        let own = match (self.access.grants[query.position].level(Action::Read), kind.scope.company) {
            (Level::All, _) => None,
            (Level::Company, Company::Column(column)) => Some(column),
            _ => return None,
        };
        asked.extend(own);
        if kind.scope.about.is_some() && !reads_all(self.registry, self.access) {
            return None;
        }
        kind.statistics.iter().chain([&OF_KINDS]).find(|statistic| {
            let first = statistic.by.first().copied().unwrap_or_default();
            asked.iter().all(|name| statistic.by.contains(name))
                && field.is_none_or(|field| statistic.sum == Some(field))
                && (!statistic.of_each || own == Some(first) || self.asks_for_some(&query.filter, first))
        })
    }

    /// True when no record without a value in the field can be meant.
    fn asks_for_some(&self, filter: &Filter, field: &str) -> bool {
        let is_some = |text: &String| !text.trim().is_empty() && (text != "me" || self.access.actor.user.is_some());
        match filter {
            Filter::And(list) => list.iter().any(|filter| self.asks_for_some(filter, field)),
            Filter::Or(_) => false,
            Filter::Term(Term { path, op: Op::Eq | Op::In, values }) => path == field && values.iter().all(is_some),
            Filter::Term(Term { path, op: Op::Null, values }) => path == field && values == &["false"],
            Filter::Term(_) => false,
        }
    }

    /// Appends the FROM of a statistic in the place of the records that it stands for.
    pub(super) fn statistic_source(&self, sql: &mut Sql, query: &Query, statistic: &Statistic) -> Result<()> {
        sql.push(" FROM ").push(statistic.table).push(" a WHERE a.tenant_id=").bind(self.access.tenant.key);
        if *statistic == OF_KINDS {
            sql.push(" AND a.kind=").bind(self.registry.at(query.position).name);
        }
        sql.push(" AND a.n>0");
        narrow(sql, self.registry, self.access, query.position, Action::Read, "a");
        sql.push(" AND ");
        query.filter.write(sql, self.registry, self.access, query.position, "a")
    }
}

/// The sum of a row of a statistic, nothing where no record has an amount. What no 64 bits hold fails
/// as it does when the amounts themselves are added up.
pub(super) const SUM: &str = "CASE WHEN a.summed>0 THEN \
    CASE typeof(a.sum_high*4294967296+a.sum_low) WHEN 'integer' THEN a.sum_high*4294967296+a.sum_low \
    ELSE abs(-9223372036854775807-1) END END";

fn name_fields<'a>(filter: &'a Filter, found: &mut Vec<&'a str>) {
    match filter {
        Filter::And(list) | Filter::Or(list) => list.iter().for_each(|filter| name_fields(filter, found)),
        Filter::Term(term) => found.push(&term.path),
    }
}
