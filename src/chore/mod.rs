//! Work that is done by the clock: a table of what and how often, and the thread that goes by it.

mod table;

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::auth::Auth;
use crate::config::Config;
use crate::db::Db;
use crate::file::Files;
use crate::kernel::{Error, Moment, Result};
use crate::limit::Limiter;
use crate::record::{Imports, Statistics};

use table::CHORES;

/// What a chore works with.
pub struct Household {
    pub db: Arc<Db>,
    pub auth: Arc<Auth>,
    pub limiter: Arc<Limiter>,
    pub imports: Arc<Imports>,
    pub statistics: Arc<Statistics>,
    pub files: Arc<Files>,
    pub config: Config,
    /// Where backups go.
    pub backups: PathBuf,
}

/// The thread that does the chores, one after the other, until this is dropped.
pub struct Runner {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Runner {
    pub fn start(household: Household) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().map_err(Error::internal)?;
        let (stop, stopped) = oneshot::channel();
        let work = move || {
            runtime.block_on(async {
                tokio::select! {
                    () = go_round(&household) => {}
                    _ = stopped => {}
                }
                last_words(&household).await;
            });
        };
        let thread =
            std::thread::Builder::new().name("larder-chores".to_owned()).spawn(work).map_err(Error::internal)?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        drop(self.stop.take());
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread of the chores panicked");
        }
    }
}

/// Does each chore when it is due. One that fails is logged and tried again at its next turn.
async fn go_round(household: &Household) {
    let begun = Instant::now();
    let mut due: Vec<Instant> = CHORES.iter().map(|chore| begun + chore.first).collect();
    loop {
        let next = due.iter().min().copied().unwrap_or(begun + Duration::from_secs(1));
        tokio::time::sleep_until(next.into()).await;
        for (chore, due) in CHORES.iter().zip(&mut due) {
            if Instant::now() < *due {
                continue;
            }
            if let Err(error) = (chore.run)(household).await {
                tracing::error!(chore = chore.name, %error, "a chore failed");
            }
            *due = Instant::now() + chore.every;
        }
    }
}

async fn last_words(household: &Household) {
    if let Err(error) = household.limiter.close(&household.db, Moment::now()).await {
        tracing::error!(%error, "the latest penalties could not be kept");
    }
}
