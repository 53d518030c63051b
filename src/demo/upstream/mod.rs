//! A made-up account at a mail-campaign service: what the portal's stand-in upstream tells.
//!
//! Everything is told from the seed and a number alone, so two servers with one seed say the same,
//! and a test can compute what it should have been shown. Nothing depends on the clock: a day that is
//! still to come has its figures already, so that a test may set its own date.

mod campaigns;
mod days;
mod senders;
mod workspaces;

#[cfg(test)]
mod tests;

use serde_json::{Value, json};

use crate::kernel::Date;

pub use super::random::Random as Chance;
pub use days::Figures;
pub use workspaces::Workspace;

/// The most that a page of senders holds, and what it holds when nobody asks.
pub const PAGE_MAX: usize = 100;
const PAGE: usize = 15;
/// Bounds of what an account may be asked to be.
pub const MAX_WORKSPACES: usize = 500;
pub const MAX_SENDERS: usize = 200_000;

/// How large an account is, and which.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub seed: u64,
    pub workspaces: usize,
    pub senders: usize,
}

/// As the portal's source had it.
impl Default for Size {
    fn default() -> Self {
        Self { seed: 1, workspaces: 27, senders: 4_200 }
    }
}

/// The account, with workspaces numbered from 1.
pub struct Account {
    seed: u64,
    workspaces: Vec<Workspace>,
}

impl Account {
    pub fn new(size: Size) -> Self {
        let workspaces = size.workspaces.clamp(1, MAX_WORKSPACES);
        let senders = size.senders.min(MAX_SENDERS);
        Self { seed: size.seed, workspaces: workspaces::workspaces(size.seed, workspaces, senders) }
    }

    pub fn workspaces(&self) -> &[Workspace] {
        &self.workspaces
    }

    pub fn workspace(&self, id: u64) -> Option<&Workspace> {
        self.workspaces.get(usize::try_from(id).ok()?.checked_sub(1)?)
    }

    /// The figures of a day.
    pub fn day(&self, workspace: &Workspace, date: Date) -> Figures {
        days::day(self.seed, workspace, date)
    }

    /// The figures of a range, both ends included: the sum of its days.
    pub fn range(&self, workspace: &Workspace, from: Date, to: Date) -> Figures {
        (0..=to.days() - from.days()).map(|n| self.day(workspace, from.plus_days(n))).sum()
    }

    /// The figures of a range as the service serves them.
    pub fn stats(&self, workspace: &Workspace, from: Date, to: Date) -> Value {
        json!({"data": self.range(workspace, from, to).served(workspace.id)})
    }

    /// A page of the sender accounts; pages count from 1.
    pub fn senders(&self, workspace: &Workspace, page: Option<usize>, per_page: Option<usize>) -> Value {
        let per_page = per_page.unwrap_or(PAGE).clamp(1, PAGE_MAX);
        let page = page.unwrap_or(1).max(1);
        let first = (page - 1).saturating_mul(per_page).min(workspace.senders);
        let last = first.saturating_add(per_page).min(workspace.senders);
        let data: Vec<Value> = (first..last).map(|n| senders::sender(self.seed, workspace, n)).collect();
        json!({
            "data": data,
            "meta": {
                "current_page": page,
                "last_page": workspace.senders.div_ceil(per_page).max(1),
                "per_page": per_page,
                "total": workspace.senders,
            },
        })
    }

    pub fn campaigns(&self, workspace: &Workspace) -> Value {
        json!({"data": campaigns::campaigns(self.seed, workspace)})
    }
}

/// A number as the service tells it: now as a number, now as text.
fn told(number: u64, as_text: bool) -> Value {
    if as_text { Value::from(number.to_string()) } else { Value::from(number) }
}
