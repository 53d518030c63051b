//! What others may want to be told of.

use std::sync::Arc;

use crate::kernel::Id;

/// Somebody took a record for editing whose last editor's lock had run out. The former editor may
/// still have it open and should be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockTakenOver {
    /// The tenant's key.
    pub tenant: i64,
    pub kind: &'static str,
    pub id: Id,
    pub former: Id,
    pub by: Id,
}

pub type Listener = Arc<dyn Fn(&LockTakenOver) + Send + Sync>;
