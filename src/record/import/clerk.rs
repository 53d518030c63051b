//! The one who decides what becomes of each row: alike for a dry run and the real thing.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use rusqlite::Connection;
use serde_json::{Map, Value as Json};

use crate::db::Value;
use crate::kernel::{FieldError, Id, Moment, Result};
use crate::kind::{Access, Kind, Lookup, Registry};
use crate::record::row::Row;
use crate::record::stored::Stored;
use crate::record::write::prepare_row;
use crate::record::{Titles, View, activity, custom};

use super::cells::{Cells, Reading};
use super::keys::{Key, Keys};
use super::mapping::Target;
use super::profile::Column;
use super::report::{Complaint, Report, Shown};
use super::settings::{OnDuplicate, Settings};
use super::slice::{Deed, Made, Note, Slice};
use super::source::Line;

/// Names of records that are made but perhaps not yet committed; twice as many are kept at most.
const FRESH: usize = 10_000;

pub struct Clerk {
    registry: Arc<Registry>,
    access: Arc<Access>,
    position: usize,
    kind: &'static Kind,
    rule: OnDuplicate,
    cells: Cells,
    keys: Keys,
    fresh: [HashMap<(usize, Id), String>; 2],
    /// The keys of what a dry run would have made so far.
    rehearsed: Option<(RandomState, HashSet<u64>)>,
}

/// What the rows of a slice share while they are decided on.
struct Desk<'a> {
    view: View<'a>,
    titles: Titles<'a>,
    now: Moment,
    /// The keys of rows that the writer has and that may not be seen yet.
    in_flight: &'a HashSet<String>,
    /// The deed of this slice that is about the record with that key.
    pending: HashMap<String, usize>,
    slice: Slice,
    report: Option<&'a mut Report>,
}

/// What a row's key says about it.
enum Verdict {
    New,
    /// It is about this record, or about that earlier deed of the same slice.
    Again(Option<Stored>, Option<usize>),
    /// It is left alone.
    Skipped,
    /// It is about a record that is in flight, and waits.
    Waits,
    Refused(Complaint),
}

impl Clerk {
    pub fn new(
        registry: Arc<Registry>,
        access: Arc<Access>,
        position: usize,
        columns: &[Column],
        settings: &Settings,
        dry: bool,
    ) -> Result<Self> {
        let kind = registry.at(position);
        let cells = Cells::new(Arc::clone(&registry), Arc::clone(&access), position, columns, settings)?;
        Ok(Self {
            position,
            kind,
            rule: settings.on_duplicate,
            keys: Keys::new(kind, cells.targets()),
            cells,
            fresh: Default::default(),
            rehearsed: dry.then(Default::default),
            registry,
            access,
        })
    }

    /// Decides about rows. One that would change a record in flight ends the slice and comes back
    /// in its `rest`.
    pub fn prepare(
        &mut self,
        conn: &Connection,
        lines: Vec<Line>,
        in_flight: &HashSet<String>,
        report: Option<&mut Report>,
    ) -> Result<Slice> {
        let (registry, access) = (Arc::clone(&self.registry), Arc::clone(&self.access));
        let mut desk = Desk {
            view: View::new(conn, &registry, &access),
            titles: Titles::new(conn, &registry, access.tenant.key),
            now: Moment::now(),
            in_flight,
            pending: HashMap::new(),
            slice: Slice::default(),
            report,
        };
        let mut lines = lines.into_iter();
        while let Some(line) = lines.next() {
            if !self.decide(&mut desk, &line)? {
                desk.slice.rest.push(line);
                desk.slice.rest.extend(lines);
                break;
            }
            desk.slice.lines.push(line);
        }
        let Desk { mut slice, pending, .. } = desk;
        slice.keys = Arc::new(pending.into_keys().collect());
        Ok(slice)
    }

    /// Forgets what it has found so far: the store has changed under it.
    pub fn forget(&mut self) {
        self.cells.forget();
    }

    /// The cells of a row as they stand in the file.
    pub fn plain(&self, line: &Line) -> Json {
        self.cells.plain(line)
    }

    /// One row; false when it has to wait for what is in flight.
    fn decide(&mut self, desk: &mut Desk<'_>, line: &Line) -> Result<bool> {
        let reading = self.cells.read(&desk.view, line)?;
        if !reading.wrong.is_empty() {
            self.reject(desk, line, reading.wrong);
            return Ok(true);
        }
        let mut row = Row::empty(self.kind);
        self.fill(&mut row, &reading.values);
        let key = self.keys.of(&row);
        let verdict = match &key {
            Some((key, text)) => self.judge(desk, *key, text, &row)?,
            None => Verdict::New,
        };
        let (before, earlier) = match verdict {
            Verdict::New => (None, None),
            Verdict::Again(before, earlier) => (before, earlier),
            Verdict::Skipped => {
                desk.slice.counts.unchanged += 1;
                desk.slice.duplicates += 1;
                return Ok(true);
            }
            Verdict::Waits => return Ok(false),
            Verdict::Refused(complaint) => {
                self.reject(desk, line, vec![complaint]);
                return Ok(true);
            }
        };
        // An earlier row of this slice may have changed or made the record already.
        let base = match (earlier.map(|at| &desk.slice.deeds[at]), &before) {
            (Some(Deed::Create { row, .. } | Deed::Update { row, .. }), _) => Some(row.clone()),
            (None, Some(stored)) => Some(stored.row.clone()),
            (None, None) => None,
        };
        if let Some(base) = &base {
            row.clone_from(base);
            self.fill(&mut row, &reading.values);
        }
        let mut errors = Vec::new();
        let lookup =
            Knowing { registry: &self.registry, titles: &desk.titles, made: &reading.made, fresh: &self.fresh };
        let tenant = &self.access.tenant;
        prepare_row(self.kind, tenant, &lookup, base.as_ref(), &mut row, true, desk.now, &mut errors)?;
        custom::require(&self.access, self.position, self.kind, &row.custom, &mut errors);
        if !errors.is_empty() {
            self.reject(desk, line, errors.into_iter().map(complaint).collect());
            return Ok(true);
        }
        self.accept(desk, line, reading, base, row, before, earlier, key.map(|(_, text)| text));
        Ok(true)
    }

    fn judge(&self, desk: &Desk<'_>, key: Key, text: &str, row: &Row) -> Result<Verdict> {
        let committed = self.keys.existing(&desk.view, self.kind, key, row)?;
        let earlier = desk.pending.get(text).copied();
        let flying = desk.in_flight.contains(text);
        let rehearsed = self.rehearsed.as_ref().is_some_and(|(hasher, keys)| keys.contains(&hasher.hash_one(text)));
        if committed.is_empty() && earlier.is_none() && !flying && !rehearsed {
            return Ok(Verdict::New);
        }
        Ok(match (self.rule, key) {
            (OnDuplicate::Skip, _) => Verdict::Skipped,
            (OnDuplicate::Create, Key::Natural) => Verdict::New,
            (OnDuplicate::Create, Key::External) => {
                let message = "another record has this identifier from its source already";
                Verdict::Refused(Complaint { field: "external_id".to_owned(), ..Complaint::of_row("taken", message) })
            }
            (OnDuplicate::Update, _) if committed.len() > 1 => {
                let message = "several records go by this name, so none of them was changed";
                Verdict::Refused(Complaint::of_row("ambiguous", message))
            }
            (OnDuplicate::Update, _) if flying => Verdict::Waits,
            (OnDuplicate::Update, _) => Verdict::Again(committed.into_iter().next(), earlier),
        })
    }

    #[expect(clippy::too_many_arguments, reason = "everything that is known of one row")]
    fn accept(
        &mut self,
        desk: &mut Desk<'_>,
        line: &Line,
        reading: Reading,
        base: Option<Row>,
        row: Row,
        before: Option<Stored>,
        earlier: Option<usize>,
        key: Option<String>,
    ) {
        self.warn(desk, line, reading.warnings);
        let rehearsed = match (&mut self.rehearsed, &key) {
            (Some((hasher, keys)), Some(key)) => !keys.insert(hasher.hash_one(key)),
            _ => false,
        };
        desk.slice.duplicates += u64::from(base.is_some() || rehearsed);
        if base.as_ref().is_some_and(|base| activity::difference(self.kind, base, &row).is_none()) {
            desk.slice.counts.unchanged += 1;
            return;
        }
        let updates = base.is_some() || (rehearsed && self.rule == OnDuplicate::Update);
        *if updates { &mut desk.slice.counts.updated } else { &mut desk.slice.counts.created } += 1;
        self.show(desk, line, before.as_ref().map(|b| b.id), base.as_ref(), &row);
        for (made, name) in reading.made {
            self.cells.learn(&made, &name);
            if self.fresh[0].len() >= FRESH {
                self.fresh[1] = std::mem::take(&mut self.fresh[0]);
            }
            self.fresh[0].insert((made.position, made.id), name);
            desk.slice.made.push(made);
        }
        let deeds = &mut desk.slice.deeds;
        match (earlier, before) {
            (Some(at), _) => match &mut deeds[at] {
                Deed::Create { row: made, .. } | Deed::Update { row: made, .. } => *made = row,
            },
            (None, Some(before)) => deeds.push(Deed::Update { before, row }),
            (None, None) => deeds.push(Deed::Create { id: Id::new(), row }),
        }
        if let Some(key) = key {
            desk.pending.entry(key).or_insert(deeds.len() - 1);
        }
    }

    /// Writes what was read over a row.
    fn fill(&self, row: &mut Row, values: &[(Target, Value)]) {
        let mut own: Option<Map<String, Json>> = None;
        for (target, value) in values {
            match target {
                Target::Field(i) => row.values[*i] = value.clone(),
                Target::ExternalId => row.external_id = value.clone(),
                Target::CreatedAt => row.created_at = value.as_int().map(Moment),
                Target::Custom(i) => {
                    let field = &self.access.tenant.custom[*i];
                    let object = own.get_or_insert_with(|| serde_json::from_str(&row.custom).unwrap_or_default());
                    object.insert(field.name.to_string(), custom::to_json(value, field.ty));
                }
            }
        }
        if let Some(object) = own {
            row.custom = Json::Object(object).to_string();
        }
    }

    fn reject(&self, desk: &mut Desk<'_>, line: &Line, complaints: Vec<Complaint>) {
        desk.slice.counts.rejected += 1;
        desk.slice.notes.push(Note { row: line.number, rejected: true, complaints, cells: self.plain(line) });
    }

    fn warn(&self, desk: &mut Desk<'_>, line: &Line, complaints: Vec<Complaint>) {
        if !complaints.is_empty() {
            desk.slice.counts.warnings += complaints.len() as u64;
            desk.slice.notes.push(Note { row: line.number, rejected: false, complaints, cells: self.plain(line) });
        }
    }

    fn show(&self, desk: &mut Desk<'_>, line: &Line, id: Option<Id>, base: Option<&Row>, row: &Row) {
        let Some(report) = &mut desk.report else { return };
        report.show(|| {
            let changes = activity::difference(self.kind, base.unwrap_or(&Row::empty(self.kind)), row);
            Shown {
                row: line.number,
                action: if base.is_some() { "update" } else { "create" }.to_owned(),
                id: id.map(|id| id.to_string()),
                changes: changes.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
            }
        });
    }
}

fn complaint(error: FieldError) -> Complaint {
    let field = error.pointer.trim_start_matches('/').replace('/', ".");
    Complaint { field, ..Complaint::of_row(error.code, error.message) }
}

/// Knows the names of records that this import makes before the store does.
struct Knowing<'a> {
    registry: &'a Registry,
    titles: &'a Titles<'a>,
    made: &'a [(Made, String)],
    fresh: &'a [HashMap<(usize, Id), String>; 2],
}

impl Lookup for Knowing<'_> {
    fn title(&self, kind: &str, id: Id) -> Result<Option<String>> {
        if let Some((_, name)) = self.made.iter().find(|(made, _)| made.id == id) {
            return Ok(Some(name.clone()));
        }
        let known = self.registry.position(kind).and_then(|p| self.fresh.iter().find_map(|f| f.get(&(p, id))));
        match known {
            Some(name) => Ok(Some(name.clone())),
            None => self.titles.title(kind, id),
        }
    }
    fn field(&self, kind: &str, id: Id, field: &str) -> Result<Option<Value>> {
        self.titles.field(kind, id, field)
    }
    fn find(&self, kind: &str, by: &[(&str, &Value)]) -> Result<Option<Id>> {
        self.titles.find(kind, by)
    }
}
