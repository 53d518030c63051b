//! What people will ask for first after a restart: their sessions and their dashboards (N34 to N36).

use std::sync::Arc;

use crate::kernel::{Error, Moment};
use crate::page::Load;

use super::app::App;
use super::parts::Parts;
use super::who::{Asked, Viewer};

/// So many who were here last.
const PEOPLE: usize = 32;

/// Makes them ready, the latest first; whoever asks meanwhile waits for one tile at most.
pub async fn run(app: &Arc<App>) {
    let sessions = match app.auth.latest_sessions(PEOPLE, Moment::now()).await {
        Ok(sessions) => sessions,
        Err(error) => return tracing::warn!(%error, "who was here last could not be read"),
    };
    for viewer in sessions.into_iter().map(Viewer::of) {
        let asked = Asked { app, viewer: &viewer, purpose: ("warming", "") };
        let load = Load::dashboard(&app.registry, &viewer.access);
        if let Err(Error::Internal(error)) = Parts::find(&asked, load).read(&asked).await {
            return tracing::warn!(%error, "dashboards could not be made ready");
        }
    }
}
