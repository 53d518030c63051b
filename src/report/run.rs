//! The runner: one report from its first stage to its document, in reads that are short each.

use serde_json::{Value as Json, json};

use crate::kernel::{Error, Moment, Result};
use crate::record::View;

use super::ask::Ask;
use super::declare::Next;
use super::document::{Document, Findings};

/// Where a run is, for whoever waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The number of the stage, from 1, of so many.
    pub stage: usize,
    pub of: usize,
    pub message: &'static str,
}

/// One report on its way. Each [`step`](Self::step) is a read of its own; between two of them the run
/// may be put aside, gone on with, or dropped.
#[derive(Clone, Debug)]
pub struct Run {
    ask: Ask,
    at: usize,
    found: Findings,
    named: bool,
}

impl Run {
    pub fn new(ask: Ask) -> Self {
        Self { ask, at: 0, found: Findings::default(), named: false }
    }

    /// Goes on where a run of the same question was put aside.
    ///
    /// # Errors
    /// When what was put aside is not of this report any more: run it from the start then.
    pub fn resume(ask: Ask, aside: &Json) -> Result<Self> {
        let at = aside["at"].as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or(usize::MAX);
        if aside["report"] != ask.report.name || aside["as_of"] != ask.today.to_string() || at > ask.report.stages.len()
        {
            return Err(Error::conflict("run_outdated", "This run cannot be gone on with. Run the report again."));
        }
        let found = serde_json::from_value(aside["found"].clone()).map_err(Error::internal)?;
        Ok(Self { ask, at, found, named: false })
    }

    /// What [`Self::resume`] goes on from.
    pub fn put_aside(&self) -> Json {
        json!({"report": self.ask.report.name, "as_of": self.ask.today.to_string(), "at": self.at, "found": self.found})
    }

    /// Where it is; `None` when nothing is left to read.
    pub fn stage(&self) -> Option<Stage> {
        let all = self.ask.report.stages;
        let stage = all.get(self.at)?;
        Some(Stage { stage: self.at + 1, of: all.len(), message: stage.says })
    }

    /// Reads the next piece.
    pub fn step(&mut self, view: &View<'_>) -> Result<()> {
        if !self.named {
            self.ask.name_records(view)?;
            self.named = true;
        }
        let Some(stage) = self.ask.report.stages.get(self.at) else { return Ok(()) };
        if (stage.read)(&self.ask, view, &mut self.found)? == Next::Done {
            self.at += 1;
            self.found.cursor = None;
        }
        Ok(())
    }

    pub fn finish(self, made_at: Moment) -> Document {
        self.found.finish(&self.ask, made_at)
    }
}
