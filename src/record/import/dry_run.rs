//! The same as the import, without writing anything but what would happen.

use std::collections::HashSet;

use crate::kernel::{Error, Result};

use super::profile::Column;
use super::report::{Counts, Report};
use super::run::{DEADLINE, Tools, open};
use super::store::{Import, State};

const ROWS: usize = 1000;

/// Reads the whole file and notes counts, complaints and the first changes.
pub fn dry_run(tools: &Tools<'_>, mut import: Import, columns: &[Column]) -> Result<Import> {
    let (_, mut source, mut clerk) = open(tools, &import, columns, true)?;
    let mut report = import.report.fresh();
    let mut counts = Counts::default();
    loop {
        tools.pause(&import)?;
        let mut lines = Vec::with_capacity(ROWS);
        while lines.len() < ROWS
            && let Some(line) = source.next()?
        {
            lines.push(line);
        }
        if lines.is_empty() {
            break;
        }
        let read = tools.db.read_heavy(DEADLINE, move |conn| {
            let outcome = clerk.prepare(conn, lines, &HashSet::new(), Some(&mut report));
            Ok((clerk, report, outcome))
        });
        let outcome;
        (clerk, report, outcome) = read.wait()?;
        let slice = outcome?;
        if !slice.rest.is_empty() {
            return Err(Error::internal("a dry run has nothing to wait for"));
        }
        counts.add(slice.counts);
        slice.tell(&mut report, tools.registry);
    }
    report.dry_run = Some(counts);
    import.report = report;
    tools.db.write(import.step(State::Checked, None)).wait()?;
    import.state = State::Checked;
    Ok(import)
}

impl Report {
    /// The report as it was before any row was read: what is known of the file alone.
    pub fn fresh(&self) -> Self {
        let Self { notices, dates, spellings, fields_made, .. } = self.clone();
        Self { notices, dates, spellings, fields_made, ..Self::default() }
    }
}
