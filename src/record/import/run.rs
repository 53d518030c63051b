//! The running import: while the writer commits one slice, the next is being prepared.
//!
//! How far it came stands in the same change as the rows themselves, so whatever happens, no row
//! is lost and none comes twice.

use std::cell::RefCell;
use std::collections::{HashSet, VecDeque};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parking_lot::MutexGuard;
use serde_json::{Value as Json, json};

use crate::db::{Change, Db, Ticket};
use crate::kernel::{Error, Moment, Result};
use crate::kind::{Access, Registry};
use crate::record::activity;

use super::clerk::Clerk;
use super::profile::Column;
use super::report::{Complaint, Counts, Report};
use super::slice::Slice;
use super::source::{Line, Source};
use super::store::{Import, State};
use super::upload::spooled;

/// Rows prepared and committed at a time: some 15 ms for the writer.
const SLICE: usize = 500;
/// Warnings whose rows are kept; all are counted.
const WARNINGS_KEPT: u64 = 10_000;
/// The patience of a slice that waits for the reader behind other heavy queries.
pub const DEADLINE: Duration = Duration::from_secs(120);

/// The code of the error that ends the work on an import that was cancelled.
pub const CANCELLED: &str = "import_cancelled";

/// What an import works with.
pub struct Tools<'a> {
    pub db: &'a Db,
    pub registry: &'a Arc<Registry>,
    pub access: &'a Arc<Access>,
    pub folder: &'a Path,
    /// Set when the server stops; the import then goes on at the next start.
    pub stop: &'a AtomicBool,
    /// Of what is heavy on the server.
    pub turn: RefCell<MutexGuard<'a, ()>>,
}

impl Tools<'_> {
    /// The import as it is stored now.
    pub fn load(&self, import: &Import) -> Result<Import> {
        let (tenant, id) = (import.tenant, import.id);
        self.db.read(move |conn| Import::load(conn, tenant, id)).wait()
    }

    /// Between two slices: whoever waits for something heavy does it now, all of it, and then it is our
    /// turn again.
    pub fn pause(&self, import: &Import) -> Result<()> {
        MutexGuard::bump(&mut self.turn.borrow_mut());
        if self.stop.load(Ordering::Relaxed) {
            return Err(Error::busy("stopping", "The server is stopping. The import goes on when it is back."));
        }
        let place = import.place();
        match self.db.read(move |conn| place.holds(conn)).wait()? {
            true => Ok(()),
            false => Err(cancelled()),
        }
    }

    /// The line that the import as a whole has in the history.
    pub fn log(&self, change: &mut Change, import: &Import, action: &str, told: Json) {
        let Some(kind) = self.registry.get(&import.kind) else { return };
        let mut actor = self.access.actor;
        actor.import = Some(import.id);
        let entry = activity::entry(
            &self.access.tenant,
            Moment::now(),
            actor,
            kind,
            import.id,
            action,
            1,
            Some(told.to_string()),
        );
        change.push(activity::INSERT, entry);
    }
}

/// Somebody has stopped it, and may have started it again since: then it stands in the queue anew.
fn cancelled() -> Error {
    Error::conflict(CANCELLED, "This import was cancelled.")
}

/// A slice that the writer has and that is not yet acknowledged.
struct Flight {
    ticket: Ticket<()>,
    slice: Slice,
    /// The report with this slice in it, where it adds anything.
    report: Option<Report>,
}

/// Why the writer did not take a slice.
type Refusal = (Error, Slice);

struct Runner<'a, 't> {
    tools: &'a Tools<'t>,
    import: Import,
    position: usize,
    source: Source,
    /// Rows that were read and have to be prepared again.
    backlog: VecDeque<Line>,
    /// So many rows go one by one, because the slice that they were in was refused.
    careful: usize,
    /// Away while a reader works with it.
    clerk: Option<Clerk>,
    /// The keys of the rows that are in flight.
    in_flight: Arc<HashSet<String>>,
}

/// Runs an import to its end, or on from where it stopped.
pub fn run(tools: &Tools<'_>, import: Import) -> Result<Import> {
    let (position, source, clerk) = open(tools, &import, &import.columns, false)?;
    let runner = Runner {
        tools,
        import,
        position,
        source,
        backlog: VecDeque::new(),
        careful: 0,
        clerk: Some(clerk),
        in_flight: Arc::default(),
    };
    runner.run()
}

/// The file, wound forward to the first row that is not done, and a clerk for it.
pub fn open(tools: &Tools<'_>, import: &Import, columns: &[Column], dry: bool) -> Result<(usize, Source, Clerk)> {
    let position = tools.registry.position(&import.kind).ok_or_else(Error::not_found)?;
    let mut source = Source::open(&spooled(tools.folder, import.id), import.settings.dialect)?;
    let done = if dry { 0 } else { import.counts.done() };
    for _ in 0..done {
        source.next()?;
    }
    let mut access = (**tools.access).clone();
    access.actor.import = Some(import.id);
    let (registry, access) = (Arc::clone(tools.registry), Arc::new(access));
    let clerk = Clerk::new(registry, access, position, columns, &import.settings, dry)?;
    Ok((position, source, clerk))
}

impl Runner<'_, '_> {
    fn run(mut self) -> Result<Import> {
        let mut flight = None;
        let outcome = self.go_through(&mut flight);
        if let Some(flight) = flight {
            // Whatever stopped the run, what the writer has is waited for: who looks at the import
            // next must find it where it is.
            self.land(flight)?;
        }
        outcome?;
        self.finish()
    }

    /// Takes every row to the writer, one slice ahead of it.
    fn go_through(&mut self, flight: &mut Option<Flight>) -> Result<()> {
        loop {
            let lines = self.lines()?;
            let last = lines.is_empty();
            let slice = self.prepare(lines)?;
            if let Some(flight) = flight.take()
                && let Some(refusal) = self.land(flight)?
            {
                // What was prepared on top of it is void too.
                self.put_back(slice.lines);
                self.begin_again(refusal)?;
                continue;
            }
            if last && self.backlog.is_empty() {
                return Ok(());
            }
            if slice.lines.is_empty() {
                continue;
            }
            let launched = self.launch(slice);
            if self.careful == 0 {
                *flight = Some(launched);
                continue;
            }
            self.careful -= 1;
            if let Some(refusal) = self.land(launched)? {
                self.begin_again(refusal)?;
            }
        }
    }

    /// The next rows to prepare; none at the end of the file.
    fn lines(&mut self) -> Result<Vec<Line>> {
        self.tools.pause(&self.import)?;
        let wanted = if self.careful > 0 { 1 } else { SLICE };
        let mut lines = Vec::with_capacity(wanted);
        while lines.len() < wanted {
            let next = match self.backlog.pop_front() {
                Some(line) => Some(line),
                None => self.source.next()?,
            };
            match next {
                Some(line) => lines.push(line),
                None => break,
            }
        }
        Ok(lines)
    }

    fn put_back(&mut self, lines: Vec<Line>) {
        lines.into_iter().rev().for_each(|line| self.backlog.push_front(line));
    }

    /// Decides about rows on a reader, while the writer may be busy with those before them.
    fn prepare(&mut self, lines: Vec<Line>) -> Result<Slice> {
        let Some(mut clerk) = self.clerk.take() else { return Err(Error::internal("the clerk did not come back")) };
        let in_flight = Arc::clone(&self.in_flight);
        let read = self.tools.db.read_heavy(DEADLINE, move |conn| {
            let outcome = clerk.prepare(conn, lines, &in_flight, None);
            Ok((clerk, outcome))
        });
        let (clerk, outcome) = read.wait()?;
        self.clerk = Some(clerk);
        let mut slice = outcome?;
        self.put_back(std::mem::take(&mut slice.rest));
        Ok(slice)
    }

    /// Hands a slice to the writer, with how far the import is when it is committed.
    fn launch(&mut self, slice: Slice) -> Flight {
        let Tools { db, registry, access, .. } = self.tools;
        let report = (!slice.is_silent()).then(|| {
            let mut report = self.import.report.clone();
            slice.tell(&mut report, registry);
            report
        });
        let mut access = (***access).clone();
        access.actor.import = Some(self.import.id);
        let mut change = Change::new();
        self.import.guard(&mut change);
        change.extend(slice.records(registry, &access, self.position, Moment::now()));
        let room = WARNINGS_KEPT.saturating_sub(self.import.counts.warnings);
        change.push_many(
            "INSERT INTO import_rows(import_id, row, sort, reason, cells) VALUES(?,?,?,?,?)",
            slice.kept_notes(self.import.id, room),
        );
        self.import.progress(&mut change, slice.counts, report.as_ref());
        self.in_flight = Arc::clone(&slice.keys);
        Flight { ticket: db.write_bulk(change), slice, report }
    }

    /// Waits for the writer. What it refuses for the rows' sake comes back; any other error ends
    /// the run, which can go on later where it stopped.
    fn land(&mut self, flight: Flight) -> Result<Option<Refusal>> {
        let Flight { ticket, slice, report } = flight;
        self.in_flight = Arc::default();
        match ticket.wait() {
            Ok(()) => {
                self.import.counts.add(slice.counts);
                if let Some(report) = report {
                    self.import.report = report;
                }
                Ok(None)
            }
            Err(error @ (Error::Busy(_) | Error::Internal(_))) => Err(error),
            Err(error) => Ok(Some((error, slice))),
        }
    }

    /// The rows of a refused slice are tried one by one; the one to blame is rejected.
    fn begin_again(&mut self, (error, mut slice): Refusal) -> Result<()> {
        if error.code() == "import_moved" {
            return Err(cancelled());
        }
        self.check_place()?;
        if let Some(clerk) = &mut self.clerk {
            clerk.forget();
        }
        if slice.lines.len() > 1 {
            self.careful = slice.lines.len();
            self.put_back(slice.lines);
            return Ok(());
        }
        let (Some(line), Some(clerk)) = (slice.lines.pop(), &self.clerk) else { return Err(error) };
        let cells = clerk.plain(&line);
        let complaint = Complaint::of_row(error.code(), error.to_string());
        let launched = self.launch(Slice::refused(line, cells, complaint));
        match self.land(launched)? {
            None => Ok(()),
            Some((error, _)) => Err(error),
        }
    }

    /// Stops when the import was moved by somebody else, such as a second server on the folder.
    fn check_place(&self) -> Result<()> {
        let stored = self.tools.load(&self.import)?;
        if stored.state == State::Running && stored.counts == self.import.counts {
            return Ok(());
        }
        Err(Error::conflict("import_moved", "Something else works on this import. Look at it again."))
    }

    fn finish(mut self) -> Result<Import> {
        let mut change = self.import.step(State::Done, None);
        let Counts { created, updated, unchanged, rejected, .. } = self.import.counts;
        let told = json!({
            "file": [null, self.import.file_name], "created": [null, created], "updated": [null, updated],
            "unchanged": [null, unchanged], "rejected": [null, rejected],
        });
        self.tools.log(&mut change, &self.import, "import", told);
        self.tools.db.write(change).wait()?;
        self.import.state = State::Done;
        // Nothing reads the file any more. Left behind, it would only take room.
        drop(std::fs::remove_file(spooled(self.tools.folder, self.import.id)));
        Ok(self.import)
    }
}
