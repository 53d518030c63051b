//! A list that is written into a file behind the scenes: piece by piece, gone on with after a restart, and
//! kept for whoever asked for it.

use std::fs::File;
use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::db::{Change, purpose};
use crate::kernel::{Error, Moment, Result};
use crate::kind::{Access, Kind};
use crate::record::{Exporter, Format, Query, View, workbook};
use crate::stream::{Progress, Step};

use super::documents::Document;
use super::queue::Order;
use super::state::OWN;
use super::{Household, Task};

/// The word for these chores.
pub const EXPORT: &str = "export";

/// The patience of a piece that waits for the reader behind other heavy queries.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes that are put aside at a time.
const PIECE: usize = 1 << 20;
/// A workbook, which is put aside only once it is whole, tells no more often how far it is.
const RHYTHM: Duration = Duration::from_secs(1);
/// Somebody waits, but not as before a report.
const PRIORITY: i64 = 5;
/// To be told is the share of the way; what is left is to keep it.
const READ: f64 = 95.0;

/// Which list, and as what. Of it, the queue shows what it is called.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportOrder {
    pub kind: String,
    pub format: String,
    /// What the file is called.
    pub name: String,
    /// As the list was asked for.
    #[serde(skip)]
    pub query: Vec<(String, String)>,
}

impl ExportOrder {
    /// Has a list written into a file. While it is open, the same list of the same person with the same
    /// rights is the same export.
    pub fn of(access: &Access, kind: &Kind, format: Format, query: &[(String, String)], now: Moment) -> Order {
        let dedupe =
            json!([access.actor.user.map(|id| id.to_string()), access.fingerprint, kind.name, format.as_str(), query]);
        let name = format.file_name(kind, &access.tenant, now);
        Order {
            tenant: access.tenant.key,
            kind: EXPORT,
            parameters: json!({"kind": kind.name, "format": format.as_str(), "name": name, OWN: query}),
            user: access.actor.user,
            priority: PRIORITY,
            dedupe: Some(dedupe.to_string()),
        }
    }

    /// What a chore was asked for.
    ///
    /// # Errors
    /// Not found where it is no export.
    pub fn read(parameters: &Json) -> Result<Self> {
        let read = || {
            let order = Self::deserialize(parameters)?;
            Ok(Self { query: Deserialize::deserialize(&parameters[OWN])?, ..order })
        };
        read().map_err(|_: serde_json::Error| Error::not_found())
    }
}

pub fn run(household: &Household, task: &Task) -> Result<Json> {
    let order = ExportOrder::read(task.parameters())?;
    let access = household.access(task)?;
    let today = Moment::now().day_in(&access.tenant.zone).to_string();
    let (most, total) = (household.config.document_bytes(), 0);
    let mut desk = Desk { household, task, access, today, most, total, pieces: 0, bytes: 0 };
    let exporter = desk.open(&order)?;
    let rows = match exporter.format {
        Format::Cells => desk.whole(exporter),
        _ => desk.lines(exporter),
    }?;
    let (now, mut change) = (Moment::now(), Change::new());
    Document::close(&mut change, &task.chore, most, now);
    task.leave(change);
    Ok(json!({ "rows": rows, "bytes": desk.bytes }))
}

/// One attempt.
struct Desk<'a> {
    household: &'a Household,
    task: &'a Task,
    access: Arc<Access>,
    /// What a filter may be relative to: pieces of two days are not put together.
    today: String,
    most: u64,
    /// Rows, as they were counted at the beginning.
    total: u64,
    /// What was put aside so far.
    pieces: u64,
    bytes: u64,
}

impl Desk<'_> {
    /// The list, behind what an earlier attempt has put aside, where that was of the same list, seen with
    /// the same rights.
    fn open(&mut self, order: &ExportOrder) -> Result<Exporter> {
        let format = Format::parse(&order.format)?;
        let registry = &self.household.registry;
        let position = registry.position(&order.kind).ok_or_else(Error::not_found)?;
        let query = Query::parse(registry, &self.access, position, &order.query)?;
        let (rights, chore) = (self.access.fingerprint, self.task.chore.id);
        let aside = self.task.checkpoint().filter(|aside| aside["rights"] == rights && aside["today"] == self.today);
        let read = self.read(move |view| {
            let mut exporter = Exporter::new(view, query, format)?;
            let kept = Document::load(view.conn, chore)?.filter(|kept| kept.rights == rights);
            let begun = aside.filter(|aside| kept.is_some_and(|kept| aside["pieces"] == kept.pieces));
            match begun.filter(|aside| exporter.resume(&aside["list"])) {
                Some(aside) => Ok((exporter, Some(aside), 0)),
                None => exporter.count(view).map(|total| (exporter, None, total)),
            }
        });
        let (exporter, begun, total) = read?;
        if let Some(aside) = begun {
            let number = |name: &str| aside[name].as_u64().unwrap_or(0);
            (self.total, self.pieces, self.bytes) = (number("total"), number("pieces"), number("bytes"));
            return Ok(exporter);
        }
        self.total = total;
        let mut change = Change::new();
        Document::open(&mut change, &self.task.chore, rights, Moment::now());
        self.task.commit(self.say(&exporter), None, change)?;
        Ok(exporter)
    }

    /// Lines of text are put aside as they are read, each time with the place from which to go on.
    fn lines(&mut self, mut exporter: Exporter) -> Result<u64> {
        let fresh = self.pieces == 0 && exporter.format == Format::Csv;
        let mut buffer = if fresh { exporter.header() } else { Vec::new() };
        while !exporter.done {
            self.task.check()?;
            let (next, lines) = self.read(move |view| {
                let lines = exporter.next(view)?;
                Ok((exporter, lines))
            })?;
            exporter = next;
            buffer.extend_from_slice(&lines);
            if exporter.done || buffer.len() >= PIECE {
                self.keep(&buffer, &exporter, self.say(&exporter))?;
                buffer.clear();
            }
        }
        Ok(exporter.rows)
    }

    /// A workbook is of no use before its end: after a kill it is begun anew.
    fn whole(&mut self, mut exporter: Exporter) -> Result<u64> {
        let (mut told, folder) = (Instant::now(), self.household.config.upload_folder());
        let mut file = workbook(&folder, exporter.headers(), || {
            self.task.check()?;
            if exporter.done {
                return Ok(None);
            }
            let mut walker = exporter.clone();
            let (next, cells) = self.read(move |view| {
                let cells = walker.next_cells(view)?;
                Ok((walker, cells))
            })?;
            exporter = next;
            if told.elapsed() >= RHYTHM {
                self.task.tell(self.say(&exporter))?;
                told = Instant::now();
            }
            Ok(Some(cells))
        })?;
        let mut buffer = Vec::with_capacity(PIECE);
        while take(&mut file, &mut buffer)? {
            self.task.check()?;
            self.keep(&buffer, &exporter, Step::new("writing", READ, "Putting it together"))?;
        }
        Ok(exporter.rows)
    }

    fn keep(&mut self, piece: &[u8], exporter: &Exporter, step: Step) -> Result<()> {
        self.pieces += 1;
        self.bytes += piece.len() as u64;
        let aside = (exporter.format != Format::Cells).then(|| {
            json!({
                "rights": self.access.fingerprint, "today": self.today, "list": exporter.put_aside(),
                "total": self.total, "pieces": self.pieces, "bytes": self.bytes,
            })
        });
        let mut change = Change::new();
        Document::add(&mut change, &self.task.chore, piece, self.most);
        self.task.commit(step, aside, change)
    }

    fn say(&self, exporter: &Exporter) -> Step {
        let total = self.total.max(exporter.rows);
        let share = if total == 0 { READ } else { exporter.rows as f64 * READ / total as f64 };
        Step::new("reading", share, format!("{} of {total} rows", exporter.rows))
    }

    /// One read on the heavy reader, seen with the rights of whoever asked.
    fn read<T: Send + 'static>(&self, f: impl FnOnce(&View<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        let (registry, access) = (Arc::clone(&self.household.registry), Arc::clone(&self.access));
        let read = self.household.db.read_heavy(PATIENCE, move |conn| {
            purpose("chores.export", "");
            f(&View::new(conn, &registry, &access))
        });
        read.wait()
    }
}

/// The next piece of a file; false at its end.
fn take(file: &mut File, buffer: &mut Vec<u8>) -> Result<bool> {
    buffer.clear();
    file.take(PIECE as u64).read_to_end(buffer).map_err(Error::internal)?;
    Ok(!buffer.is_empty())
}
