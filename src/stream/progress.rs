//! What long work is given to tell how far it is and to hear whether it is still wanted.

use serde_json::Value as Json;

use crate::db::Change;
use crate::kernel::Result;

use super::Step;

/// The one that asked for some work, as the work sees it.
///
/// Work goes in steps: between two of them it calls [`Self::check`], and after each it tells how far
/// it is. What it needs to go on after a restart it keeps as a checkpoint, together with what the
/// step wrote, so that no step is lost and none is done twice.
pub trait Progress {
    /// Tells a step. It is on disk, with its place in the stream, when this returns.
    fn tell(&self, step: Step) -> Result<()> {
        self.commit(step, None, Change::new())
    }

    /// Tells a step, keeps a checkpoint and writes what belongs to both: all of it or nothing.
    fn commit(&self, step: Step, checkpoint: Option<Json>, change: Change) -> Result<()>;

    /// The last checkpoint, when an earlier attempt was stopped in the middle.
    fn checkpoint(&self) -> Option<Json>;

    /// Somebody no longer wants it done.
    fn is_cancelled(&self) -> bool;

    /// An error when the work is to stop here: it was cancelled, or the server stops. To be passed on
    /// as it is; whoever runs the work knows what it means.
    fn check(&self) -> Result<()>;
}
