//! Tells whoever asked for something that it is there.

use crate::db::Change;
use crate::kernel::Moment;
use crate::notify::{self, Note, Sort};

use super::state::Chore;

/// Whoever asked so lately still has it before their eyes, and needs no notification.
const LATELY_S: i64 = 2;

/// Plans the notification that a chore has made what it was asked for: of which sort, and of what it is
/// about.
pub fn tell_ready(change: &mut Change, chore: &Chore, (sort, of): (Sort, &'static str), name: String, now: Moment) {
    let lately = chore.created_at.plus_s(LATELY_S) > now;
    if let Some(user) = chore.created_by.filter(|_| !lately) {
        let about = Some((of, chore.id));
        notify::note(change, Note { tenant: chore.tenant, user, sort, by: None, about, told: Some(name) }, now);
    }
}
