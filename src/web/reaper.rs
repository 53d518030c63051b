//! Ends connections that hold on to their place without doing anything: half a request that never
//! comes to its end, or an answer that nobody reads. Actix's own timers cover only the first
//! request of a connection and no answers at all.

use std::any::Any;
use std::net::{Shutdown, TcpStream};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, Weak};
use std::time::{Duration, Instant};

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream as ActixStream;
use parking_lot::Mutex;

/// A kept-alive connection is closed by actix after 15 s; one that is quiet for longer than this
/// and still open is stuck.
const MOST_QUIET: Duration = Duration::from_secs(30);
const ROUND: Duration = Duration::from_secs(5);

/// One connection, as the reaper knows it.
pub struct Watched {
    /// A second handle on the socket: shutting it down wakes whoever waits on the first. It is a
    /// descriptor of its own, so what looks after itself has none.
    socket: Mutex<Option<TcpStream>>,
    /// Milliseconds on [`clock`] of the last sign of progress.
    last: AtomicU64,
    /// Handlers at work, however long it takes.
    busy: AtomicUsize,
}

/// All open connections.
#[derive(Default)]
pub struct Reaper {
    connections: Mutex<Vec<Weak<Watched>>>,
}

/// While this lives, its connection counts as busy.
pub struct Busy(Arc<Watched>);

impl Watched {
    pub fn touch(&self) {
        self.last.store(clock(), Ordering::Relaxed);
    }
    /// From here on the connection is a web socket, which has a heartbeat of its own.
    pub fn let_go(&self) {
        self.socket.lock().take();
    }

    pub fn begin(self: &Arc<Self>) -> Busy {
        self.busy.fetch_add(1, Ordering::Relaxed);
        Busy(Arc::clone(self))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.touch();
        self.0.busy.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Reaper {
    /// Takes note of a new connection; called by actix with the stream and the connection's data.
    pub fn greet(&self, stream: &dyn Any, data: &mut Extensions) {
        let plain = stream
            .downcast_ref::<ActixStream>()
            .or_else(|| stream.downcast_ref::<TlsStream<ActixStream>>().map(|tls| tls.get_ref().0));
        let Some(Ok(socket)) = plain.map(|s| s.as_fd().try_clone_to_owned()) else { return };
        let (socket, last) = (Mutex::new(Some(socket.into())), AtomicU64::new(clock()));
        let watched = Arc::new(Watched { socket, last, busy: AtomicUsize::new(0) });
        self.connections.lock().push(Arc::downgrade(&watched));
        data.insert(watched);
    }

    /// Looks at every connection, now and again, for as long as the server runs.
    pub async fn run(self: Arc<Self>) {
        loop {
            tokio::time::sleep(ROUND).await;
            self.sweep(clock().saturating_sub(u64::try_from(MOST_QUIET.as_millis()).unwrap_or(u64::MAX)));
        }
    }

    fn sweep(&self, before: u64) {
        self.connections.lock().retain(|weak| {
            let Some(watched) = weak.upgrade() else { return false };
            let stuck = watched.busy.load(Ordering::Relaxed) == 0 && watched.last.load(Ordering::Relaxed) < before;
            let Some(socket) = watched.socket.lock().take_if(|_| stuck) else { return true };
            tracing::debug!("a stuck connection is closed");
            let _ = socket.shutdown(Shutdown::Both);
            false
        });
    }

    /// How many connections are open.
    pub fn open(&self) -> usize {
        self.connections.lock().iter().filter(|c| c.strong_count() > 0).count()
    }
}

/// Milliseconds since the first call.
fn clock() -> u64 {
    static START: OnceLock<Instant> = OnceLock::new();
    u64::try_from(START.get_or_init(Instant::now).elapsed().as_millis()).unwrap_or(u64::MAX)
}
