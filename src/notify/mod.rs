//! What people are told about, in the app and by e-mail: work given to them, their name in a note, a
//! lock that somebody took over, an import, a report or an export that is finished.
//!
//! A notification is part of the change that causes it. Most are written by triggers (see
//! `migrations/0017_notifications.sql`); whoever causes another one adds [`note`] to its change. It
//! names a record and says nothing of it: a title is looked up when it is read, under the rights that
//! the person has by then.

mod list;
pub mod mail;
mod settings;
pub mod webhook;

use crate::db::{Change, Value};
use crate::kernel::{Id, Moment};

pub use list::{MOST, catch_up, index, outdated, plan_read};
pub use settings::{plan_settings, settings};

/// What a notification is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Assigned,
    Mentioned,
    LockTaken,
    ImportFinished,
    ReportFinished,
    ExportFinished,
    /// A chore was given up that they asked for, or that comes by the clock in a business of theirs.
    GaveUp,
    /// A webhook of theirs was switched off by the server.
    WebhookOff,
}

impl Sort {
    pub const ALL: [Self; 8] = [
        Self::Assigned,
        Self::Mentioned,
        Self::LockTaken,
        Self::ImportFinished,
        Self::ReportFinished,
        Self::ExportFinished,
        Self::GaveUp,
        Self::WebhookOff,
    ];

    pub fn as_str(self) -> &'static str {
        [
            "assigned",
            "mentioned",
            "lock_taken",
            "import_finished",
            "report_finished",
            "export_finished",
            "gave_up",
            "webhook_off",
        ][self as usize]
    }
}

/// Something to tell somebody.
#[derive(Clone, Debug)]
pub struct Note {
    /// The tenant's integer key.
    pub tenant: i64,
    pub user: Id,
    pub sort: Sort,
    /// Who caused it; nobody is told of their own deed.
    pub by: Option<Id>,
    /// The record that it is about, by its kind and id.
    pub about: Option<(&'static str, Id)>,
    /// What else there is to say, such as the name of a report.
    pub told: Option<String>,
}

/// Adds a notification to the change that causes it: it comes with that change or not at all.
pub fn note(change: &mut Change, note: Note, now: Moment) {
    let (kind, id) = note.about.unzip();
    change.push(
        "INSERT INTO notices(tenant_id, user_id, at, sort, by_id, kind, record_id, told) VALUES(?,?,?,?,?,?,?,?)",
        vec![
            Value::Int(note.tenant),
            Value::Id(note.user),
            Value::from(now),
            Value::from(note.sort.as_str()),
            Value::from(note.by),
            kind.map_or(Value::Null, Value::from),
            Value::from(id),
            Value::from(note.told),
        ],
    );
    change.touch(note.tenant, "notifications");
}
