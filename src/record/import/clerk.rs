//! The one who reads rows and decides what becomes of each: alike for a dry run and the real thing.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use rusqlite::Connection;
use serde_json::{Map, Value as Json};

use crate::db::Value;
use crate::kernel::{FieldError, Id, Moment, Result};
use crate::kind::{Access, Kind, Lookup, Registry, Type};
use crate::record::row::Row;
use crate::record::write::prepare_row;
use crate::record::{Titles, View, activity, custom};

use super::encoding::Encoding;
use super::keys::{Key, Keys};
use super::mapping::{Fields, Target};
use super::profile::Column;
use super::refs::{Found, Refs, bare};
use super::report::{Complaint, Report, Shown};
use super::settings::{OnDuplicate, Settings};
use super::slice::{Deed, Made, Note, Slice};
use super::source::Line;
use super::values::{Taken, Taker};

/// Names of records that are made but perhaps not yet committed; twice as many are kept at most.
const FRESH: usize = 10_000;

pub struct Clerk {
    registry: Arc<Registry>,
    access: Arc<Access>,
    position: usize,
    kind: &'static Kind,
    encoding: Encoding,
    width: usize,
    rule: OnDuplicate,
    create_missing: bool,
    takers: Vec<Taker>,
    keys: Keys,
    refs: Refs,
    fresh: [HashMap<(usize, Id), String>; 2],
    /// What a dry run would have made so far, and the list of what it would change.
    dry: Option<Dry>,
}

#[derive(Default)]
struct Dry {
    hasher: RandomState,
    keys: HashSet<u64>,
}

/// What has been read of one row.
#[derive(Default)]
struct Reading {
    cells: Vec<(Target, Value)>,
    wrong: Vec<Complaint>,
    warnings: Vec<Complaint>,
    made: Vec<(Made, String)>,
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
        let fields = Fields::of(kind, position, &access);
        let mut takers = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            let Some(name) = &column.field else { continue };
            let target = fields.named(name, "mapping")?;
            let same = |field: &str| fields.find(field).is_some_and(|(t, _)| t == target);
            let name = fields.name(target);
            takers.push(Taker::new(at, column, target, name, kind, &registry, &access.tenant, settings, same));
        }
        let keys = Keys::new(kind, takers.iter().map(|t| t.target));
        Ok(Self {
            position,
            kind,
            encoding: settings.dialect.encoding,
            width: columns.len(),
            rule: settings.on_duplicate,
            create_missing: settings.create_missing,
            takers,
            keys,
            refs: Refs::default(),
            fresh: Default::default(),
            dry: dry.then(Dry::default),
            registry,
            access,
        })
    }

    /// Decides about rows. `in_flight` are the keys of rows that are handed to the writer and may
    /// not be seen yet; a row that would change one of those ends the slice and waits.
    pub fn prepare(
        &mut self,
        conn: &Connection,
        lines: Vec<Line>,
        in_flight: &HashSet<String>,
        report: Option<&mut Report>,
    ) -> Result<Slice> {
        let mut slice = Slice::default();
        let mut pending: HashMap<String, usize> = HashMap::new();
        let (registry, access) = (Arc::clone(&self.registry), Arc::clone(&self.access));
        let view = View::new(conn, &registry, &access);
        let titles = Titles::new(conn, &registry, access.tenant.key);
        let now = Moment::now();
        let mut report = report;
        let mut lines = lines.into_iter();
        while let Some(line) = lines.next() {
            let mut work = Errand { view: &view, titles: &titles, now, pending: &mut pending, in_flight };
            if !self.row(&mut work, &line, &mut slice, report.as_deref_mut())? {
                slice.rest.push(line);
                slice.rest.extend(lines);
                break;
            }
            slice.lines.push(line);
        }
        slice.keys = Arc::new(pending.into_keys().collect());
        Ok(slice)
    }

    /// Forgets what it has found so far: the store has changed under it.
    pub fn forget(&mut self) {
        self.refs.forget();
    }

    /// One row; false when it has to wait for what is in flight.
    fn row(
        &mut self,
        work: &mut Errand<'_>,
        line: &Line,
        slice: &mut Slice,
        report: Option<&mut Report>,
    ) -> Result<bool> {
        let mut reading = Reading::default();
        self.read(work.view, line, &mut reading)?;
        if !reading.wrong.is_empty() {
            self.reject(line, reading.wrong, slice);
            return Ok(true);
        }
        let mut row = Row::empty(self.kind);
        self.fill(&mut row, &reading.cells);
        let key = self.keys.of(&row);
        let mut before = None;
        let mut again = None;
        if let Some((key, text)) = &key {
            let committed = self.keys.existing(work.view, self.kind, *key, &row)?;
            let earlier = work.pending.get(text).copied();
            let flying = work.in_flight.contains(text);
            let rehearsed = self.dry.as_ref().is_some_and(|d| d.keys.contains(&d.hasher.hash_one(text)));
            if !committed.is_empty() || earlier.is_some() || flying || rehearsed {
                match (self.rule, key) {
                    (OnDuplicate::Skip, _) => {
                        slice.counts.unchanged += 1;
                        slice.duplicates += 1;
                        return Ok(true);
                    }
                    (OnDuplicate::Create, Key::Natural) => {}
                    (OnDuplicate::Create, Key::External) => {
                        let message = "another record has this identifier from its source already";
                        let mut wrong = Complaint::of_row("taken", message);
                        wrong.field = "external_id".to_owned();
                        self.reject(line, vec![wrong], slice);
                        return Ok(true);
                    }
                    (OnDuplicate::Update, _) if committed.len() > 1 => {
                        let message = "several records go by this name, so none of them was changed";
                        self.reject(line, vec![Complaint::of_row("ambiguous", message)], slice);
                        return Ok(true);
                    }
                    (OnDuplicate::Update, _) if flying => return Ok(false),
                    (OnDuplicate::Update, _) if rehearsed && committed.is_empty() && earlier.is_none() => {
                        slice.counts.updated += 1;
                        slice.duplicates += 1;
                        return Ok(true);
                    }
                    (OnDuplicate::Update, _) => {
                        slice.duplicates += 1;
                        again = earlier;
                        before = committed.into_iter().next();
                    }
                }
            }
        }
        // An earlier row of this slice may have changed or made the record already.
        let base = match (again.map(|at| &slice.deeds[at]), &before) {
            (Some(Deed::Create { row, .. } | Deed::Update { row, .. }), _) => Some(row.clone()),
            (None, Some(stored)) => Some(stored.row.clone()),
            (None, None) => None,
        };
        if let Some(base) = &base {
            row = base.clone();
            self.fill(&mut row, &reading.cells);
        }
        let mut errors = Vec::new();
        let lookup = Knowing { registry: &self.registry, titles: work.titles, made: &reading.made, fresh: &self.fresh };
        let tenant = &self.access.tenant;
        prepare_row(self.kind, tenant, &lookup, base.as_ref(), &mut row, true, work.now, &mut errors)?;
        if !errors.is_empty() {
            let wrong = errors.into_iter().map(|e| self.complaint(e)).collect();
            self.reject(line, wrong, slice);
            return Ok(true);
        }
        let unchanged = base.as_ref().is_some_and(|base| activity::difference(self.kind, base, &row).is_none());
        if unchanged {
            slice.counts.unchanged += 1;
            self.warn(line, reading.warnings, slice);
            return Ok(true);
        }
        if let Some(report) = report {
            self.show(report, line, before.as_ref().map(|b| b.id), base.as_ref(), &row);
        }
        self.keep_made(reading.made, slice);
        self.warn(line, reading.warnings, slice);
        let updates = base.is_some();
        slice.counts.updated += u64::from(updates);
        slice.counts.created += u64::from(!updates);
        match (again, before) {
            (Some(at), _) => match &mut slice.deeds[at] {
                Deed::Create { row: made, .. } | Deed::Update { row: made, .. } => *made = row,
            },
            (None, Some(before)) => slice.deeds.push(Deed::Update { before, row }),
            (None, None) => slice.deeds.push(Deed::Create { id: Id::new(), row }),
        }
        if let Some((_, text)) = key {
            if let Some(dry) = &mut self.dry {
                dry.keys.insert(dry.hasher.hash_one(&text));
            }
            work.pending.entry(text).or_insert(slice.deeds.len() - 1);
        }
        Ok(true)
    }

    /// Reads the cells of a row, references last: where something else is wrong nothing is made.
    fn read(&mut self, view: &View<'_>, line: &Line, reading: &mut Reading) -> Result<()> {
        if line.cells.len() != self.width {
            let message = format!("the row has {} cells and the header {}", line.cells.len(), self.width);
            reading.wrong.push(Complaint::of_row("ragged", message));
            return Ok(());
        }
        let mut references = Vec::new();
        let mut takers = std::mem::take(&mut self.takers);
        for (n, taker) in takers.iter_mut().enumerate() {
            let bytes = line.cells.get(taker.at).unwrap_or_default();
            let Some(text) = self.encoding.text(bytes) else {
                let message = "the cell is not sound UTF-8 text";
                reading.wrong.push(Complaint { field: taker.name.clone(), ..Complaint::of_row("encoding", message) });
                continue;
            };
            let taken = taker.take(&text, &self.access.tenant);
            let complaint = |code, message, near| Complaint {
                field: taker.name.clone(),
                value: crate::kernel::shorten(text.trim(), 200),
                code,
                message,
                near,
            };
            match taken {
                Taken::Empty => {}
                Taken::Value(value) => reading.cells.push((taker.target, value)),
                Taken::Refers(name) => references.push((n, name)),
                Taken::Unreadable(message) if taker.required => {
                    reading.wrong.push(complaint("unreadable", message, Vec::new()));
                }
                Taken::Unreadable(message) => {
                    reading.warnings.push(complaint("unreadable", format!("{message}, left empty"), Vec::new()));
                }
                Taken::Unknown { text: value, near, message } => {
                    let message = format!("\"{value}\" is not in the list, {message}");
                    reading.wrong.push(Complaint { value, ..complaint("unknown_value", message, near) });
                }
            }
        }
        for (n, name) in references {
            self.refer(view, &takers[n], &name, reading)?;
        }
        self.takers = takers;
        Ok(())
    }

    fn refer(&mut self, view: &View<'_>, taker: &Taker, name: &str, reading: &mut Reading) -> Result<()> {
        let position = taker.refers_to.or_else(|| self.kind_named_by(taker, reading));
        let complaint = |code, message, near| Complaint {
            field: taker.name.clone(),
            value: crate::kernel::shorten(name, 200),
            code,
            message,
            near,
        };
        let Some(position) = position else {
            let message = format!("it does not say what kind of record \"{name}\" is");
            reading.wrong.push(complaint("unknown_reference", message, Vec::new()));
            return Ok(());
        };
        let target = self.registry.at(position);
        match self.refs.find(view, position, name)? {
            Found::One(id) => reading.cells.push((taker.target, Value::Id(id))),
            Found::Several => {
                let message = format!("several {} are called \"{name}\"", target.many);
                reading.wrong.push(complaint("ambiguous", message, Vec::new()));
            }
            Found::None(near) => {
                let wanted = crate::kernel::fold(name);
                let here =
                    reading.made.iter().find(|(m, n)| m.position == position && crate::kernel::fold(n) == wanted);
                if let Some((made, _)) = here {
                    reading.cells.push((taker.target, Value::Id(made.id)));
                    return Ok(());
                }
                if self.create_missing
                    && reading.wrong.is_empty()
                    && let Some(row) = self.made_of(view, position, name)?
                {
                    let id = Id::new();
                    reading.cells.push((taker.target, Value::Id(id)));
                    reading.made.push((Made { position, id, row }, name.to_owned()));
                    return Ok(());
                }
                let hint = near.first().map_or(String::new(), |n| format!(", did you mean \"{n}\"?"));
                let message = format!("there is no {} \"{name}\"{hint}", target.one);
                reading.wrong.push(complaint("unknown_reference", message, near.to_vec()));
            }
        }
        Ok(())
    }

    /// The kind that stands in another cell of the row, for references to records of any kind.
    fn kind_named_by(&self, taker: &Taker, reading: &Reading) -> Option<usize> {
        let Type::RefAny { kind_field } = taker.ty else { return None };
        let at = Target::Field(self.kind.position(kind_field)?);
        let (_, value) = reading.cells.iter().find(|(target, _)| *target == at)?;
        self.registry.position(value.as_text()?)
    }

    /// A record of another kind made of its name alone.
    fn made_of(&self, view: &View<'_>, position: usize, name: &str) -> Result<Option<Row>> {
        let Some(mut row) = bare(view, position, name) else { return Ok(None) };
        let titles = Titles::new(view.conn, view.registry, view.access.tenant.key);
        let (kind, mut errors) = (view.registry.at(position), Vec::new());
        prepare_row(kind, &view.access.tenant, &titles, None, &mut row, true, Moment::now(), &mut errors)?;
        Ok(errors.is_empty().then_some(row))
    }

    fn fill(&self, row: &mut Row, cells: &[(Target, Value)]) {
        let mut own: Option<Map<String, Json>> = None;
        for (target, value) in cells {
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

    fn complaint(&self, error: FieldError) -> Complaint {
        let field = error.pointer.trim_start_matches('/').replace('/', ".");
        Complaint { field, ..Complaint::of_row(error.code, error.message) }
    }

    fn reject(&self, line: &Line, complaints: Vec<Complaint>, slice: &mut Slice) {
        slice.counts.rejected += 1;
        slice.notes.push(Note { row: line.number, rejected: true, complaints, cells: self.cells(line) });
    }

    fn warn(&self, line: &Line, complaints: Vec<Complaint>, slice: &mut Slice) {
        if !complaints.is_empty() {
            slice.counts.warnings += complaints.len() as u64;
            slice.notes.push(Note { row: line.number, rejected: false, complaints, cells: self.cells(line) });
        }
    }

    /// The cells as they stand in the file.
    pub fn cells(&self, line: &Line) -> Json {
        let text = |cell: &[u8]| match self.encoding.text(cell) {
            Some(text) => text.into_owned(),
            None => String::from_utf8_lossy(cell).into_owned(),
        };
        line.cells.iter().map(text).collect()
    }

    fn keep_made(&mut self, made: Vec<(Made, String)>, slice: &mut Slice) {
        for (made, name) in made {
            self.refs.learn(made.position, &name, made.id);
            if self.fresh[0].len() >= FRESH {
                self.fresh[1] = std::mem::take(&mut self.fresh[0]);
            }
            self.fresh[0].insert((made.position, made.id), name);
            slice.made.push(made);
        }
    }

    fn show(&self, report: &mut Report, line: &Line, id: Option<Id>, base: Option<&Row>, row: &Row) {
        let empty = Row::empty(self.kind);
        report.show(|| {
            let changes = activity::difference(self.kind, base.unwrap_or(&empty), row);
            Shown {
                row: line.number,
                action: if base.is_some() { "update" } else { "create" }.to_owned(),
                id: id.map(|id| id.to_string()),
                changes: changes.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
            }
        });
    }
}

/// What all rows of a slice share while they are worked on.
struct Errand<'a> {
    view: &'a View<'a>,
    titles: &'a Titles<'a>,
    now: Moment,
    /// The deed of this slice that is about the record with that key.
    pending: &'a mut HashMap<String, usize>,
    in_flight: &'a HashSet<String>,
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
        if let Some((_, name)) = self.made.iter().find(|(m, _)| m.id == id) {
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
