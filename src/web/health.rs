//! Is the server alive, ready, well?

use crate::kernel::Result;

use super::answer::Answer;
use super::call::Call;

/// The process answers. Never touches the database.
pub async fn live(_: Call) -> Result<Answer> {
    Ok(Answer::text("ok\n"))
}
