//! Reads the cells of a row: values first, then the records that it refers to, which are made
//! when they are missing and that was asked for.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::db::Value;
use crate::kernel::{Id, Moment, Result, fold, shorten};
use crate::kind::{Access, Kind, Registry, Type};
use crate::record::row::Row;
use crate::record::write::prepare_row;
use crate::record::{Titles, View, custom};

use super::encoding::Encoding;
use super::mapping::{Fields, Target};
use super::profile::Column;
use super::refs::{Found, Refs, bare};
use super::report::Complaint;
use super::settings::Settings;
use super::slice::Made;
use super::source::Line;
use super::values::{Taken, Taker};

/// What has been read of one row.
#[derive(Default)]
pub struct Reading {
    pub values: Vec<(Target, Value)>,
    /// Why the row is rejected.
    pub wrong: Vec<Complaint>,
    /// What is left empty.
    pub warnings: Vec<Complaint>,
    /// Records to make for it, with the names by which the row calls them.
    pub made: Vec<(Made, String)>,
}

pub struct Cells {
    kind: &'static Kind,
    registry: Arc<Registry>,
    access: Arc<Access>,
    encoding: Encoding,
    width: usize,
    create_missing: bool,
    takers: Vec<Taker>,
    refs: Refs,
}

impl Cells {
    pub fn new(
        registry: Arc<Registry>,
        access: Arc<Access>,
        position: usize,
        columns: &[Column],
        settings: &Settings,
    ) -> Result<Self> {
        let kind = registry.at(position);
        let fields = Fields::of(kind, position, &access);
        let mut takers = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            let Some(name) = &column.field else { continue };
            let target = fields.named(name, "mapping")?;
            takers.push(Taker::new(at, column, target, &fields, &registry, settings));
        }
        Ok(Self {
            kind,
            encoding: settings.dialect.encoding,
            width: columns.len(),
            create_missing: settings.create_missing,
            takers,
            refs: Refs::default(),
            registry,
            access,
        })
    }

    pub fn targets(&self) -> impl Iterator<Item = Target> + Clone {
        self.takers.iter().map(|t| t.target)
    }

    /// Reads a row, references last: where something else is wrong nothing is made.
    pub fn read(&mut self, view: &View<'_>, line: &Line) -> Result<Reading> {
        let mut reading = Reading::default();
        if line.cells.len() != self.width {
            let message = format!("the row has {} cells and the header {}", line.cells.len(), self.width);
            reading.wrong.push(Complaint::of_row("ragged", message));
            return Ok(reading);
        }
        let mut references = Vec::new();
        for (n, taker) in self.takers.iter_mut().enumerate() {
            let bytes = line.cells.get(taker.at).unwrap_or_default();
            let Some(text) = self.encoding.text(bytes) else {
                let message = "the cell is not sound UTF-8 text";
                reading.wrong.push(Complaint { field: taker.name.clone(), ..Complaint::of_row("encoding", message) });
                continue;
            };
            match taker.take(&text, &self.access.tenant) {
                Taken::Empty => {}
                Taken::Value(value) => reading.values.push((taker.target, value)),
                Taken::Refers(name) => references.push((n, name)),
                Taken::Unreadable(message) if taker.required => {
                    reading.wrong.push(complaint(taker, &text, "unreadable", message));
                }
                Taken::Unreadable(message) => {
                    let message = format!("{message}, left empty");
                    reading.warnings.push(complaint(taker, &text, "unreadable", message));
                }
                Taken::Unknown { text, near, message } => {
                    let message = format!("\"{text}\" is not in the list, {message}");
                    reading.wrong.push(Complaint { near, ..complaint(taker, &text, "unknown_value", message) });
                }
            }
        }
        for (n, name) in references {
            self.refer(view, n, &name, &mut reading)?;
        }
        Ok(reading)
    }

    /// The cells as they stand in the file.
    pub fn plain(&self, line: &Line) -> Json {
        let text = |cell: &[u8]| match self.encoding.text(cell) {
            Some(text) => text.into_owned(),
            None => String::from_utf8_lossy(cell).into_owned(),
        };
        line.cells.iter().map(text).collect()
    }

    /// The row is taken: what was made for it is found from now on.
    pub fn learn(&mut self, made: &Made, name: &str) {
        self.refs.learn(made.position, name, made.id);
    }

    /// Forgets what was found so far: the store has changed since.
    pub fn forget(&mut self) {
        self.refs.forget();
    }

    fn refer(&mut self, view: &View<'_>, taker: usize, name: &str, reading: &mut Reading) -> Result<()> {
        let taker = &self.takers[taker];
        let Some(position) = taker.refers_to.or_else(|| self.kind_named_by(taker, reading)) else {
            let message = format!("it does not say what kind of record \"{name}\" is");
            reading.wrong.push(complaint(taker, name, "unknown_reference", message));
            return Ok(());
        };
        let kind = self.registry.at(position);
        let near = match self.refs.find(view, position, name)? {
            Found::One(id) => {
                reading.values.push((taker.target, Value::Id(id)));
                return Ok(());
            }
            Found::Several => {
                let message = format!("several {} are called \"{name}\"", kind.many);
                reading.wrong.push(complaint(taker, name, "ambiguous", message));
                return Ok(());
            }
            Found::None(near) => near,
        };
        let same = |made: &&(Made, String)| made.0.position == position && fold(&made.1) == fold(name);
        if let Some((made, _)) = reading.made.iter().find(same) {
            reading.values.push((taker.target, Value::Id(made.id)));
        } else if self.create_missing
            && reading.wrong.is_empty()
            && let Some(row) = complete(view, position, name)?
        {
            let id = Id::new();
            reading.values.push((taker.target, Value::Id(id)));
            reading.made.push((Made { position, id, row }, name.to_owned()));
        } else {
            let hint = near.first().map_or(String::new(), |n| format!(", did you mean \"{n}\"?"));
            let message = format!("there is no {} \"{name}\"{hint}", kind.one);
            reading
                .wrong
                .push(Complaint { near: near.to_vec(), ..complaint(taker, name, "unknown_reference", message) });
        }
        Ok(())
    }

    /// The kind that stands in another cell of the row, for references to records of any kind.
    fn kind_named_by(&self, taker: &Taker, reading: &Reading) -> Option<usize> {
        let Type::RefAny { kind_field } = taker.ty else { return None };
        let at = Target::Field(self.kind.position(kind_field)?);
        let (_, value) = reading.values.iter().find(|(target, _)| *target == at)?;
        self.registry.position(value.as_text()?)
    }
}

/// A record made of its name alone, with everything that a record of its kind gets by itself.
fn complete(view: &View<'_>, position: usize, name: &str) -> Result<Option<Row>> {
    let Some(mut row) = bare(view, position, name) else { return Ok(None) };
    let titles = Titles::new(view.conn, view.registry, view.access.tenant.key);
    let (kind, tenant, mut errors) = (view.registry.at(position), &view.access.tenant, Vec::new());
    prepare_row(kind, tenant, &titles, None, &mut row, true, Moment::now(), &mut errors)?;
    custom::require(view.access, position, kind, &row.custom, &mut errors);
    Ok(errors.is_empty().then_some(row))
}

fn complaint(taker: &Taker, value: &str, code: &'static str, message: String) -> Complaint {
    let value = shorten(value.trim(), 200);
    Complaint { field: taker.name.clone(), value, code, message, near: Vec::new() }
}
