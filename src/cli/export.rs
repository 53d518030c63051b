//! `larder export`: a list as a file, read beside a running server.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Arg, ArgMatches, Command, value_parser};
use rust_xlsxwriter::Workbook;

use crate::kernel::{Error, Result};
use crate::kind::Access;
use crate::record::{Exporter, Format, Query, View};

use super::folder::{Reading, wait};
use super::settings;

pub fn command() -> Command {
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    Command::new("export")
        .about("Write all records of a kind to a file")
        .arg(Arg::new("kind").value_name("KIND").required(true).help("Such as companies or work-orders"))
        .arg(option("tenant", "SLUG", "Whose records; see `larder tenant list`").required(true))
        .arg(
            option("format", "FORMAT", "How to write them").value_parser(["csv", "xlsx", "jsonl"]).default_value("csv"),
        )
        .arg(
            option(
                "where",
                "FIELD=VALUE",
                "Only those; as in the API, such as status=active or created_at[gte]=2026-01-01",
            )
            .action(clap::ArgAction::Append),
        )
        .arg(option("out", "FILE", "Where to [default: standard output]").value_parser(value_parser!(PathBuf)))
        .args(settings::folder())
}

pub fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str).unwrap_or_default();
    let folder = Reading::open(&settings::read(matches)?)?;
    let kind = folder.registry.position(text("kind")).ok_or_else(|| unknown(&folder, text("kind")))?;
    let slug = text("tenant");
    let access = wait(folder.auth.system_access(slug)).map_err(|error| match error {
        Error::NotFound(_) => Error::invalid("tenant", format!("There is no tenant \"{slug}\".")),
        other => other,
    })?;
    let query = Query::parse(&folder.registry, &access, kind, &conditions(matches)?)?;
    let format = match text("format") {
        "xlsx" => Format::Cells,
        "jsonl" => Format::JsonLines,
        _ => Format::Csv,
    };
    let walk = Walk::begin(folder, Arc::new(access), query, format)?;
    let out = matches.get_one::<PathBuf>("out");
    match (out, format) {
        (Some(path), Format::Cells) => workbook(walk)?.save(path).map_err(Error::internal)?,
        (None, Format::Cells) => {
            let bytes = workbook(walk)?.save_to_buffer().map_err(Error::internal)?;
            io::stdout().write_all(&bytes).or_else(nobody_reads)?;
        }
        (Some(path), _) => {
            let file = File::create(path)
                .map_err(|error| Error::invalid("out", format!("{} cannot be written: {error}.", path.display())))?;
            lines(walk, BufWriter::new(file)).map_err(Error::internal)?;
        }
        (None, _) => lines(walk, io::stdout().lock()).or_else(nobody_reads)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// `status=active` as the parameter of a list.
fn conditions(matches: &ArgMatches) -> Result<Vec<(String, String)>> {
    let given = matches.get_many::<String>("where").into_iter().flatten();
    given
        .map(|text| match text.split_once('=') {
            Some((field, value)) => Ok((field.to_owned(), value.to_owned())),
            None => Err(Error::invalid("where", format!("--where {text} is not FIELD=VALUE."))),
        })
        .collect()
}

fn unknown(folder: &Reading, name: &str) -> Error {
    let kinds: Vec<_> = folder.registry.all().map(|(_, kind)| kind.name).collect();
    Error::invalid("kind", format!("There is no kind \"{name}\". Give one of: {}.", kinds.join(", ")))
}

/// A list, piece by piece; each is a read of its own, so a server beside it can clear up its log.
struct Walk {
    folder: Reading,
    access: Arc<Access>,
    exporter: Option<Exporter>,
}

impl Walk {
    fn begin(folder: Reading, access: Arc<Access>, query: Query, format: Format) -> Result<Self> {
        let (registry, rights) = (Arc::clone(&folder.registry), Arc::clone(&access));
        let read = folder.db.read(move |conn| Exporter::new(&View::new(conn, &registry, &rights), query, format));
        let exporter = Some(read.wait()?);
        Ok(Self { folder, access, exporter })
    }

    /// The next piece; `None` after the last.
    fn next<T: Send + 'static>(
        &mut self,
        read: impl FnOnce(&mut Exporter, &View<'_>) -> Result<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let Some(mut exporter) = self.exporter.take().filter(|exporter| !exporter.done) else { return Ok(None) };
        let (registry, access) = (Arc::clone(&self.folder.registry), Arc::clone(&self.access));
        let read = self.folder.db.read(move |conn| {
            let piece = read(&mut exporter, &View::new(conn, &registry, &access))?;
            Ok((exporter, piece))
        });
        let (exporter, piece) = read.wait()?;
        self.exporter = Some(exporter);
        Ok(Some(piece))
    }

    fn headers(&self) -> Vec<String> {
        self.exporter.iter().flat_map(|exporter| &exporter.columns).map(|column| column.header.clone()).collect()
    }
}

fn lines(mut walk: Walk, mut out: impl Write) -> io::Result<()> {
    if let Some(exporter) = walk.exporter.as_ref().filter(|exporter| exporter.format == Format::Csv) {
        out.write_all(&exporter.header())?;
    }
    while let Some(bytes) = walk.next(Exporter::next).map_err(io::Error::other)? {
        out.write_all(&bytes)?;
    }
    out.flush()
}

fn workbook(mut walk: Walk) -> Result<Workbook> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory().map_err(Error::internal)?;
    sheet.write_row(0, 0, walk.headers()).map_err(Error::internal)?;
    let mut row = 1;
    while let Some(cells) = walk.next(Exporter::next_cells)? {
        for line in cells {
            sheet.write_row(row, 0, line).map_err(Error::internal)?;
            row += 1;
        }
    }
    Ok(workbook)
}

/// Whoever pipes the output into `head` has seen enough; that is no failure.
fn nobody_reads(error: io::Error) -> Result<()> {
    if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(Error::internal(error)) }
}
