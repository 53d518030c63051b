//! The thread that looks at the server every five seconds.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::db::Db;
use crate::kernel::{Error, Moment, Result};

use super::Monitor;

const EVERY: Duration = Duration::from_secs(5);

/// While this lives, the server is looked at.
pub struct Watch {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// Begins to look; does nothing where metrics are switched off.
    pub fn start(monitor: Arc<Monitor>, db: Arc<Db>) -> Result<Self> {
        if !monitor.is_on() {
            return Ok(Self { stop: None, thread: None });
        }
        let (stop, stopped) = mpsc::channel();
        let work = move || {
            if let Err(error) = monitor.resume(&db) {
                tracing::error!(%error, "the alerts of the last run cannot be read");
            }
            loop {
                monitor.tick(&db, Moment::now());
                if stopped.recv_timeout(EVERY) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
            }
        };
        let thread =
            std::thread::Builder::new().name("larder-monitor".to_owned()).spawn(work).map_err(Error::internal)?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        drop(self.stop.take());
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread of the monitor panicked");
        }
    }
}
