//! The thread that works imports off, one after the other.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};

use crate::db::{Change, Db};
use crate::kernel::{Error, Result};
use crate::kind::{Access, Registry};
use crate::record::View;

use super::dry_run::dry_run;
use super::own_fields::{OwnFields, known};
use super::profile::Column;
use super::revert::revert;
use super::run::{CANCELLED, Tools, run};
use super::store::{Import, State};

/// How often an import that meets a busy database tries again, a second apart.
const TRIES: usize = 30;

/// An import whose state says what is to be done, on behalf of whom.
pub struct Job {
    pub import: Box<Import>,
    pub access: Arc<Access>,
}

pub struct Worker {
    pub db: Arc<Db>,
    pub registry: Arc<Registry>,
    pub folder: PathBuf,
    pub stop: Arc<AtomicBool>,
    /// Held while it is at something, and handed over between two slices to whoever waits for it: one
    /// heavy thing at a time is under way on the whole server, and none waits for a whole file.
    pub turn: Arc<Mutex<()>>,
}

impl Worker {
    /// Works until nobody can ask for more, or the server stops.
    pub fn work(&self, jobs: &Receiver<Job>) {
        for Job { import, access } in jobs.iter() {
            if self.stop.load(Ordering::Relaxed) {
                return;
            }
            let (id, kind) = (import.id, import.kind.clone());
            match self.attempt(*import, &access) {
                Ok(import) => {
                    tracing::info!(%id, kind, state = import.state.as_str(), counts = ?import.counts, "import")
                }
                Err(error) if error.code() == "stopping" => {
                    tracing::info!(%id, kind, "the import goes on at the next start")
                }
                Err(error) => tracing::warn!(%id, kind, %error, "the import stopped"),
            }
        }
    }

    /// Does what the import's state asks for. A busy database is waited for; any other error ends
    /// the import where it is, with the error beside it.
    fn attempt(&self, import: Import, access: &Arc<Access>) -> Result<Import> {
        let (tenant, id, asked) = (import.tenant, import.id, import.state);
        let load = || self.db.read(move |conn| Import::load(conn, tenant, id)).wait();
        // It waited for its turn, and may have been cancelled meanwhile.
        let mut current = load()?;
        for attempt in 1.. {
            if current.state != asked {
                return Ok(current);
            }
            let error = match self.act(current.clone(), access) {
                Err(error) => error,
                done => return done,
            };
            let busy = matches!(error, Error::Busy(_)) && !matches!(error.code(), "disk_full" | "stopping");
            if error.code() == "stopping" {
                return Err(error);
            }
            current = load()?;
            if error.code() == CANCELLED {
                return Ok(current);
            }
            if current.state != asked {
                continue;
            }
            if busy && attempt < TRIES {
                std::thread::sleep(Duration::from_secs(1));
                continue;
            }
            let next = match asked {
                State::Checking => State::Draft,
                State::Reverting => State::Done,
                _ => State::Failed,
            };
            self.insist(current.step(next, Some(&error.to_string())))?;
            return Err(error);
        }
        Ok(current)
    }

    /// Writes how an import ended. The full disk that ended it may have no room for that either, and
    /// an import that nobody works on must not be shown as running: so it waits for room.
    fn insist(&self, change: Change) -> Result<()> {
        loop {
            match self.db.write(change.clone()).wait() {
                Err(Error::Busy(_)) if !self.stop.load(Ordering::Relaxed) => {
                    std::thread::sleep(Duration::from_secs(1));
                }
                outcome => return outcome,
            }
        }
    }

    fn act(&self, mut import: Import, access: &Arc<Access>) -> Result<Import> {
        let turn = self.turn.lock();
        let mut access = Arc::clone(access);
        let mut columns = import.columns.clone();
        if import.settings.keep_unmapped && import.state != State::Reverting {
            access = self.keep_unmapped(&mut import, &mut columns, &access)?;
        }
        let Self { db, registry, folder, stop, .. } = self;
        let tools = Tools { db, registry, access: &access, folder, stop, turn: RefCell::new(turn) };
        let outcome = match import.state {
            State::Checking => dry_run(&tools, import, &columns),
            State::Running => run(&tools, import),
            State::Reverting => revert(&tools, import),
            _ => Ok(import),
        };
        MutexGuard::unlock_fair(tools.turn.into_inner());
        outcome
    }

    /// Makes the fields that keep the other columns. A dry run only thinks of them: its draft
    /// stays as it was mapped.
    fn keep_unmapped(&self, import: &mut Import, columns: &mut [Column], access: &Arc<Access>) -> Result<Arc<Access>> {
        let kind = self.registry.get(&import.kind).ok_or_else(Error::not_found)?;
        let own = OwnFields::plan(kind, access, columns);
        if !own.is_empty() {
            import.report.fields_made = own.told();
            own.map(columns);
            if import.state == State::Running {
                import.columns = columns.to_vec();
                let registry = Arc::clone(&self.registry);
                let mut acting = (**access).clone();
                acting.actor.import = Some(import.id);
                let made = self.db.read(move |conn| own.make(&View::new(conn, &registry, &acting))).wait()?;
                let mut change = import.step(State::Running, None);
                change.extend(made);
                self.db.write(change).wait()?;
            }
        }
        Ok(known(kind, access, &import.report.fields_made))
    }
}
