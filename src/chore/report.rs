//! A report that is worked out behind the scenes (N22): step by step, gone on with after a restart, and
//! kept for whoever asked for it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::cache::{Horizon, Made};
use crate::db::{Change, TableSet, purpose, watched};
use crate::kernel::{Error, Moment, Result};
use crate::kind::Access;
use crate::record::View;
use crate::report::{self, Ask, Document, Run, Stage};
use crate::stream::{Progress, Step};

use super::documents::Document as Kept;
use super::queue::Order;
use super::state::OWN;
use super::{Household, Task};

/// The word for these chores.
pub const REPORT: &str = "report";
/// How long an answer is kept in memory while nothing changes that it was read from.
pub const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// What one step may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// What was found is put aside no more often, and so never by a report that is done at once: it may be large.
/// Within a stage it is told no more often how far it is either.
const RHYTHM: Duration = Duration::from_secs(1);
/// Before what the clock asks for: somebody waits.
const PRIORITY: i64 = 10;

/// What is between the server and whoever asked. Shown to nobody.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReportOrder {
    /// As they were understood: a day is a day.
    pub parameters: Vec<(String, String)>,
    /// Under which the answer is looked for in the cache, in Base64.
    key: Option<String>,
    /// What tells the rights apart, the day that all is relative to, and the process, when it was
    /// asked for: the key belongs to all three.
    rights: u64,
    as_of: String,
    process: String,
}

impl ReportOrder {
    /// Has a report run. While it is open, the same question of the same person with the same rights
    /// is the same run.
    pub fn of(household: &Household, access: &Access, ask: &Ask, key: Option<&[u8]>) -> Order {
        let parameters: Vec<_> =
            ask.given.iter().map(|given| (given.parameter.name.to_owned(), given.value.clone())).collect();
        let as_of = ask.today.to_string();
        let dedupe =
            json!([access.actor.user.map(|id| id.to_string()), access.fingerprint, as_of, ask.report.name, parameters]);
        let own = Self {
            parameters,
            key: key.map(|key| STANDARD.encode(key)),
            rights: access.fingerprint,
            as_of,
            process: household.process.to_string(),
        };
        Order {
            tenant: access.tenant.key,
            kind: REPORT,
            parameters: json!({"report": ask.report.name, "name": ask.report.title, OWN: own}),
            user: access.actor.user,
            priority: PRIORITY,
            dedupe: Some(dedupe.to_string()),
        }
    }

    /// The report that a chore is about, and how it was asked for.
    ///
    /// # Errors
    /// Not found where the chore is about none.
    pub fn read(parameters: &Json) -> Result<(&str, Self)> {
        let own = Self::deserialize(&parameters[OWN]).map_err(|_| Error::not_found())?;
        parameters["report"].as_str().map(|name| (name, own)).ok_or_else(Error::not_found)
    }

    /// The key, if what was made with these rights for this day by this process belongs under it. One
    /// that another process gave out may come to stand for something else here.
    fn key(&self, household: &Household, access: &Access, as_of: &str) -> Option<Vec<u8>> {
        let same =
            self.rights == access.fingerprint && self.as_of == as_of && self.process == household.process.to_string();
        self.key.as_ref().filter(|_| same).and_then(|key| STANDARD.decode(key).ok())
    }
}

pub fn run(household: &Household, task: &Task) -> Result<Json> {
    // Before anything is read: what changes from here on makes the answer one that is not kept.
    let horizon = household.cache.epochs.horizon(task.chore.tenant);
    let (name, order) = ReportOrder::read(task.parameters())?;
    let report = report::find(name)?;
    let access = household.access(task)?;
    let ask = Ask::read(report, &household.registry, &access, &order.parameters)?;
    // What was found with other rights is not gone on with.
    let aside = task.checkpoint().filter(|aside| aside["rights"] == access.fingerprint);
    let begun = aside.and_then(|aside| Run::resume(ask.clone(), &aside["run"]).ok());
    let resumed = begun.is_some();
    let run = begun.unwrap_or_else(|| Run::new(ask));
    let (document, tables) = finish(household, task, &access, run, resumed)?;
    let body = document.to_json();
    let rights_stand = household.access(task)?.fingerprint == access.fingerprint;
    if rights_stand && !resumed {
        keep_at_hand(household, &order, &access, &document, &body, horizon, tables);
    }
    let (now, bytes, mut change) = (Moment::now(), body.len(), Change::new());
    let most = household.config.document_bytes();
    Kept::open(&mut change, &task.chore, access.fingerprint, now);
    Kept::add(&mut change, &task.chore, &body, most);
    Kept::close(&mut change, &task.chore, most, now);
    task.leave(change);
    Ok(json!({ "bytes": bytes }))
}

/// Reads all that is left to read, each piece in a read of its own.
fn finish(
    household: &Household,
    task: &Task,
    access: &Arc<Access>,
    mut run: Run,
    resumed: bool,
) -> Result<(Document, TableSet)> {
    let aside = |run: &Run| json!({"rights": access.fingerprint, "run": run.put_aside()});
    let mut tables = TableSet::default();
    // What an attempt before this one has told is not told again.
    let (begun, mut told) = (task.percentage(), run.stage().filter(|_| resumed).map(|stage| stage.stage));
    let (mut last, mut kept) = (0, Instant::now());
    while let Some(stage) = run.stage() {
        task.check()?;
        let at = share(stage.stage - 1, stage.of);
        let news = told != Some(stage.stage) && (at > begun || begun == 0.0);
        let due = kept.elapsed() >= RHYTHM;
        if news || due {
            task.commit(say(&stage, at.max(begun)), due.then(|| aside(&run)), Change::new())?;
            told = Some(stage.stage);
        }
        if due {
            kept = Instant::now();
        }
        last = stage.of;
        let (registry, access) = (Arc::clone(&household.registry), Arc::clone(access));
        let read = household.db.read_heavy(PATIENCE, move |conn| {
            purpose("chores.report", "");
            let (stepped, seen) = watched(|| run.step(&View::new(conn, &registry, &access)));
            stepped.map(|()| (run, seen))
        });
        let (next, seen) = read.wait()?;
        (run, tables) = (next, tables | seen);
    }
    task.check()?;
    if last > 0 {
        task.tell(Step::new("writing", share(last, last), "Putting it together"))?;
    }
    Ok((run.finish(Moment::now()), tables))
}

fn say(stage: &Stage, at: f64) -> Step {
    let message = if stage.of == 1 {
        stage.message.to_owned()
    } else {
        format!("{} ({} of {})", stage.message, stage.stage, stage.of)
    };
    Step::new("reading", at, message)
}

/// Putting it together counts as one stage more.
fn share(done: usize, of: usize) -> f64 {
    (done * 100 / (of + 1)) as f64
}

/// The next one who asks is answered at once, if nothing has changed meanwhile.
fn keep_at_hand(
    household: &Household,
    order: &ReportOrder,
    access: &Access,
    document: &Document,
    body: &[u8],
    horizon: Horizon,
    tables: TableSet,
) {
    if let Some(key) = order.key(household, access, &document.as_of) {
        let made = Made { body: body.to_vec(), ..Made::default() };
        household.cache.keep(&key, KEPT, made, horizon.stamp(tables));
    }
}
