//! The imports of a server: drafts made and changed by people, and one thread that works them off
//! in turn, so that however many are asked for, one file at a time is in memory and at the writer.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use parking_lot::Mutex;
use serde_json::{Map, Value as Json};

use crate::db::{Change, Db};
use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::{Access, Action, Kind, Level, Registry};

use super::describe::describe;
use super::mapping::Fields;
use super::profile::profile;
use super::rejected::{Piece, piece};
use super::report::Report;
use super::settings::{OnDuplicate, Settings, apply};
use super::source::Source;
use super::store::{Import, State};
use super::upload::{Received, receive, spooled};
use super::worker::{Job, Worker};

/// Imports that may wait for their turn.
const WAITING: usize = 16;
/// A list of imports shows so many.
const LISTED: i64 = 100;
/// Drafts that nobody started are kept so long.
const DRAFT_DAYS: i64 = 7;

/// The imports of one data folder. Its methods wait for the database, so none of them is to be
/// called on an async thread.
pub struct Imports {
    db: Arc<Db>,
    registry: Arc<Registry>,
    folder: PathBuf,
    stop: Arc<AtomicBool>,
    jobs: Mutex<Option<SyncSender<Job>>>,
    worker: Mutex<Option<JoinHandle<()>>>,
}

/// An import that was under way when the server stopped, and whose rights it needs to go on.
#[derive(Clone, Copy, Debug)]
pub struct Unfinished {
    pub id: Id,
    pub tenant: i64,
    /// Who began it; nobody for the command line.
    pub user: Option<Id>,
}

impl Imports {
    /// `data` is the folder of the database; the files of imports lie in `imports` below it.
    /// `turn` is held by whoever is at something heavy.
    pub fn new(db: Arc<Db>, registry: Arc<Registry>, data: &Path, turn: Arc<Mutex<()>>) -> Result<Arc<Self>> {
        let (sender, receiver) = sync_channel(WAITING);
        let stop = Arc::new(AtomicBool::new(false));
        let worker = Worker {
            db: Arc::clone(&db),
            registry: Arc::clone(&registry),
            folder: data.join("imports"),
            stop: Arc::clone(&stop),
            turn,
        };
        let folder = worker.folder.clone();
        let thread = std::thread::Builder::new().name("larder-import".to_owned()).spawn(move || worker.work(&receiver));
        let worker = Mutex::new(Some(thread.map_err(Error::internal)?));
        Ok(Arc::new(Self { db, registry, folder, stop, jobs: Mutex::new(Some(sender)), worker }))
    }

    /// Lets the import under way end its slice and stops. It goes on at the next start.
    pub fn close(&self) {
        self.stop.store(true, Ordering::Relaxed);
        self.jobs.lock().take();
        if let Some(worker) = self.worker.lock().take()
            && worker.join().is_err()
        {
            tracing::error!("the import thread panicked");
        }
    }

    /// Takes a file in and proposes what its columns are.
    pub fn create(&self, access: &Access, kind: &str, file_name: &str, file: impl Read) -> Result<Json> {
        let position = self.gate(access, kind, OnDuplicate::Skip)?;
        let received = receive(&self.folder, file)?;
        let draft = self.draft(access, position, file_name, received);
        if draft.is_err() {
            drop(std::fs::remove_file(spooled(&self.folder, received.id)));
        }
        draft
    }

    fn draft(&self, access: &Access, position: usize, file_name: &str, received: Received) -> Result<Json> {
        let kind = self.registry.at(position);
        let settings = Settings { dialect: received.dialect, ..Settings::default() };
        let mut source = Source::open(&spooled(&self.folder, received.id), received.dialect)?;
        let (mut columns, total) = profile(&mut source, received.dialect.encoding)?;
        let fields = Fields::of(kind, position, access);
        fields.map(&mut columns);
        let mut report = Report::default();
        describe(&columns, &settings, &fields, &mut report);
        let now = Moment::now();
        let import = Import {
            id: received.id,
            tenant: access.tenant.key,
            kind: kind.name.to_owned(),
            file_name: crate::kernel::shorten(file_name, 200),
            format: received.format.as_str().to_owned(),
            state: State::Draft,
            settings,
            columns,
            report,
            total,
            counts: Default::default(),
            created_by: access.actor.user,
            created_at: now,
            updated_at: now,
            error: None,
        };
        self.db.write(import.insert()).wait()?;
        Ok(import.wire())
    }

    /// Sets mapping, aliases and rules.
    pub fn set(&self, access: &Access, id: Id, body: &Map<String, Json>) -> Result<Json> {
        let mut import = self.load(access, id)?;
        if !matches!(import.state, State::Draft | State::Checked) {
            return Err(Error::conflict("import_started", "This import has begun. Its settings stay as they are."));
        }
        let position = self.gate(access, &import.kind, OnDuplicate::Skip)?;
        let fields = Fields::of(self.registry.at(position), position, access);
        apply(body, &fields, &mut import.columns, &mut import.settings)?;
        self.gate(access, &import.kind, import.settings.on_duplicate)?;
        import.report = Report::default();
        describe(&import.columns, &import.settings, &fields, &mut import.report);
        self.db.write(import.step(State::Draft, None)).wait()?;
        import.state = State::Draft;
        Ok(import.wire())
    }

    /// Begins a dry run.
    pub fn dry_run(&self, access: &Arc<Access>, id: Id) -> Result<Json> {
        let import = self.load(access, id)?;
        if !matches!(import.state, State::Draft | State::Checked) {
            return Err(Error::conflict("import_started", "This import has begun. A dry run comes before."));
        }
        self.check_mapping(access, &import)?;
        self.begin(access, import, State::Checking)
    }

    /// Begins the import, or goes on with one that failed.
    pub fn start(&self, access: &Arc<Access>, id: Id) -> Result<Json> {
        let mut import = self.load(access, id)?;
        match import.state {
            State::Draft | State::Checked => import.report = import.report.fresh(),
            State::Failed | State::Cancelled => {}
            State::Checking => return Err(Error::conflict("import_busy", "Its dry run is still under way.")),
            _ => return Err(Error::conflict("import_started", "This import has begun already.")),
        }
        self.check_mapping(access, &import)?;
        self.begin(access, import, State::Running)
    }

    /// Begins to take the import back.
    pub fn revert(&self, access: &Arc<Access>, id: Id) -> Result<Json> {
        let import = self.load(access, id)?;
        if !matches!(import.state, State::Done | State::Failed | State::Cancelled) {
            return Err(Error::conflict("import_not_done", "Only an import that has ended can be reverted."));
        }
        self.gate(access, &import.kind, OnDuplicate::Update)?;
        let position = self.registry.position(&import.kind).unwrap_or_default();
        if access.grants[position].level(Action::Delete) != Level::All {
            return Err(Error::forbidden("A revert removes records. Ask somebody who may delete all of them."));
        }
        self.begin(access, import, State::Reverting)
    }

    /// Stops a check, or an import where it is: what it has taken in stays.
    pub fn cancel(&self, access: &Access, id: Id) -> Result<Json> {
        let import = self.load(access, id)?;
        let next = match import.state {
            State::Checking => State::Draft,
            State::Running => State::Cancelled,
            State::Reverting => {
                return Err(Error::conflict(
                    "import_reverting",
                    "This import is being taken back. Wait until that is done.",
                ));
            }
            _ => {
                return Err(Error::conflict(
                    "import_ended",
                    "This import is not under way. There is nothing to cancel.",
                ));
            }
        };
        self.db.write(import.cancel(next, access.actor.user)).wait()?;
        self.show(access, id)
    }

    pub fn show(&self, access: &Access, id: Id) -> Result<Json> {
        self.load(access, id).map(|import| import.wire())
    }

    /// The newest imports that the viewer may see.
    pub fn list(&self, access: &Access) -> Result<Json> {
        let tenant = access.tenant.key;
        let all = self.db.read(move |conn| Import::newest(conn, tenant, LISTED)).wait()?;
        let seen = all.iter().filter(|import| self.may_see(access, import));
        let brief = |import: &Import| {
            let mut wire = import.wire();
            if let Some(object) = wire.as_object_mut() {
                for large in ["columns", "settings", "mapping", "report"] {
                    object.shift_remove(large);
                }
            }
            wire
        };
        Ok(serde_json::json!({ "data": seen.map(brief).collect::<Vec<_>>() }))
    }

    /// A piece of the file of rejected rows (`rejected`) or of rows with a warning (`warning`).
    pub fn rows(&self, access: &Access, id: Id, sort: &'static str, after: i64) -> Result<Piece> {
        let import = self.load(access, id)?;
        self.db.read(move |conn| piece(conn, &import, sort, after)).wait()
    }

    /// What was under way when the server stopped. Each is to be given to [`Imports::resume`] with
    /// the rights of its user.
    pub fn unfinished(&self) -> Result<Vec<Unfinished>> {
        let all = self.db.read(Import::under_way).wait()?;
        Ok(all.iter().map(|i| Unfinished { id: i.id, tenant: i.tenant, user: i.created_by }).collect())
    }

    /// Goes on with an import that was under way.
    pub fn resume(&self, access: &Arc<Access>, unfinished: Unfinished) -> Result<()> {
        let Unfinished { id, tenant, .. } = unfinished;
        let import = self.db.read(move |conn| Import::load(conn, tenant, id)).wait()?;
        if import.state.is_under_way() { self.enqueue(access, import) } else { Ok(()) }
    }

    /// Ends an import that cannot go on, because whoever began it may no longer.
    pub fn give_up(&self, unfinished: Unfinished, why: &str) -> Result<()> {
        let Unfinished { id, tenant, .. } = unfinished;
        let import = self.db.read(move |conn| Import::load(conn, tenant, id)).wait()?;
        self.db.write(import.step(State::Failed, Some(why))).wait()
    }

    /// Removes drafts that nobody started, and files that belong to nothing.
    pub fn tidy(&self) -> Result<()> {
        let oldest = Moment::now().plus_s(-DRAFT_DAYS * 86_400);
        let mut change = Change::new();
        change.push(
            "DELETE FROM imports WHERE state IN ('draft', 'checked') AND updated_at<?",
            vec![crate::db::Value::from(oldest)],
        );
        self.db.write(change).wait()?;
        let Ok(files) = std::fs::read_dir(&self.folder) else { return Ok(()) };
        for file in files.flatten() {
            let path = file.path();
            let id = path.file_stem().and_then(|s| s.to_str()).and_then(|s| s.parse::<Id>().ok());
            let young = file.metadata().and_then(|m| m.modified()).is_ok_and(|at| {
                at.elapsed().is_ok_and(|age| age < Duration::from_secs(DRAFT_DAYS.unsigned_abs() * 86_400))
            });
            if young || id.is_none() {
                continue;
            }
            drop(std::fs::remove_file(path));
        }
        Ok(())
    }

    /// The kind, where the viewer may import it with that rule.
    fn gate(&self, access: &Access, kind: &str, rule: OnDuplicate) -> Result<usize> {
        let position = self.registry.position(kind).ok_or_else(Error::not_found)?;
        let kind = self.registry.at(position);
        if !kind.importable || !kind.writable {
            return Err(Error::forbidden(format!("{} cannot be imported.", capital(kind.many))));
        }
        let mut needed = vec![Action::Read, Action::Create];
        if rule == OnDuplicate::Update {
            needed.push(Action::Update);
        }
        for action in needed {
            if access.grants[position].level(action) != Level::All {
                let word = action.as_str();
                return Err(Error::forbidden(format!(
                    "An import of {} needs the right to {word} all of them.",
                    kind.many
                )));
            }
        }
        Ok(position)
    }

    fn load(&self, access: &Access, id: Id) -> Result<Import> {
        let tenant = access.tenant.key;
        let import = self.db.read(move |conn| Import::load(conn, tenant, id)).wait()?;
        if self.may_see(access, &import) { Ok(import) } else { Err(Error::not_found()) }
    }

    /// A file shows whatever stands in it: it is seen by whoever brought it, and by those who see
    /// everything of its kind.
    fn may_see(&self, access: &Access, import: &Import) -> bool {
        let Some(position) = self.registry.position(&import.kind) else { return false };
        let grant = &access.grants[position];
        let all = [Action::Read, Action::Create].iter().all(|a| grant.level(*a) == Level::All);
        all && (import.created_by == access.actor.user || grant.shows_everything())
    }

    /// Refuses an import of which every row would be rejected.
    fn check_mapping(&self, access: &Access, import: &Import) -> Result<()> {
        let position = self.gate(access, &import.kind, import.settings.on_duplicate)?;
        let kind: &Kind = self.registry.at(position);
        if import.columns.iter().all(|c| c.field.is_none()) {
            let message = format!("None of the columns is a field of {}. Say which column is which.", kind.many);
            return Err(Error::field("mapping", "required", message));
        }
        let mapped = |name: &str| import.columns.iter().any(|c| c.field.as_deref() == Some(name));
        let updates = import.settings.on_duplicate == OnDuplicate::Update && mapped("external_id");
        for field in kind.fields.iter().filter(|f| f.required && f.default.is_none() && !f.read_only) {
            let numbered = kind.numbered.is_some() && field.name == "number";
            if !mapped(field.name) && !updates && !numbered {
                let message = format!("No column is taken as \"{}\", which every {} needs.", field.name, kind.one);
                return Err(Error::field("mapping", "required", message));
            }
        }
        Ok(())
    }

    fn begin(&self, access: &Arc<Access>, mut import: Import, state: State) -> Result<Json> {
        import.created_by = access.actor.user;
        self.db.write(import.step(state, None)).wait()?;
        let before = std::mem::replace(&mut import.state, state);
        import.error = None;
        let wire = import.wire();
        if let Err(error) = self.enqueue(access, import.clone()) {
            self.db.write(import.step(before, None)).wait()?;
            return Err(error);
        }
        Ok(wire)
    }

    fn enqueue(&self, access: &Arc<Access>, import: Import) -> Result<()> {
        let job = Job { import: Box::new(import), access: Arc::clone(access) };
        let sent = self.jobs.lock().as_ref().map(|jobs| jobs.try_send(job));
        match sent {
            Some(Ok(())) => Ok(()),
            Some(Err(TrySendError::Full(_))) => {
                Err(Error::busy("imports_full", format!("{WAITING} imports are waiting already. Try again later.")))
            }
            None | Some(Err(TrySendError::Disconnected(_))) => {
                Err(Error::busy("stopping", "The server is stopping. Try again in a moment."))
            }
        }
    }
}

impl Drop for Imports {
    fn drop(&mut self) {
        self.close();
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}
