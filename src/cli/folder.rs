//! The folder that a command works on: which one it is, and how it is opened for reading beside a
//! running server.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::auth::{Auth, Epochs, Settings};
use crate::config::Config;
use crate::db::{Db, Observer, Options};
use crate::kernel::{Detail, Error, Moment, Result};
use crate::kind::Registry;
use crate::kinds;
use crate::limit::{self, Limiter};
use crate::record::search_tables;

/// The database of a folder.
pub fn database(data: &Path) -> PathBuf {
    data.join("larder.db")
}

/// Refuses a folder in which there is nothing yet: a command that is pointed at the wrong one must
/// not leave a new database there.
pub fn must_exist(data: &Path) -> Result<()> {
    if database(data).exists() {
        return Ok(());
    }
    Err(Error::NotFound(Box::new(Detail {
        code: "no_database",
        message: format!(
            "There is no database in {}. Name its folder with --data, or make one with `larder serve`.",
            data.display()
        )
        .into(),
        ..Detail::default()
    })))
}

/// A folder open for reading only; a server may be running on it.
pub struct Reading {
    pub db: Arc<Db>,
    pub registry: Arc<Registry>,
    pub auth: Arc<Auth>,
}

impl Reading {
    pub fn open(config: &Config) -> Result<Self> {
        must_exist(&config.data)?;
        let (registry, epochs) = (Arc::new(Registry::new(kinds::ALL)), Epochs::new());
        let options = Options {
            search: search_tables(&registry),
            observer: Arc::clone(&epochs) as Arc<dyn Observer>,
            read_only: true,
            ..Options::default()
        };
        let db = Db::open(&config.data, options)?;
        let limiter = Limiter::open(&db, limit::Settings::default(), Moment::now())?;
        let auth = Auth::new(Arc::clone(&db), Arc::clone(&registry), epochs, limiter, Settings::default())?;
        Ok(Self { db, registry, auth })
    }
}

/// Waits for what is otherwise awaited at the edge.
pub fn wait<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_time().build().map_err(Error::internal)?.block_on(work)
}
