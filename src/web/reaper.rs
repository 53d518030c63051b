//! Whose connections there are, and which of them end. Half a request that never comes to its end, or
//! an answer that nobody reads, gives up its place: actix's own timers cover only the first request of
//! a connection and no answers at all.
//!
//! Ordinary connections have places of their own, and so have sockets and streams: neither takes the
//! other's. When the ordinary ones are all taken, whoever has been quiet longest gives way; where
//! nobody is quiet, the request of a further one is answered that there is no place just now.

use std::any::Any;
use std::net::{Shutdown, TcpStream};
use std::os::fd::AsFd;
use std::sync::atomic::Ordering::{Relaxed, SeqCst};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize};
use std::sync::{Arc, OnceLock, Weak};
use std::time::{Duration, Instant};

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream as ActixStream;
use parking_lot::Mutex;
use rustix::net::sockopt::set_tcp_user_timeout;

use crate::kernel::Error;

/// A kept-alive connection is closed by actix after 15 s; one that is quiet for longer than this
/// and still open is stuck.
const MOST_QUIET: Duration = Duration::from_secs(30);
const ROUND: Duration = Duration::from_secs(5);
/// Who has been quiet for so long gives way to somebody new when there is no other place.
const GIVES_WAY: Duration = Duration::from_secs(5);
/// All connections are looked at for that; in vain at most so often.
const LOOK_AGAIN_MS: u64 = 100;
/// Places in which one is told that there is none. Whoever comes when these are taken too is not
/// even told.
pub const DOOR: usize = 64;

/// One connection, as the reaper knows it.
pub struct Watched {
    /// A second handle on the socket: shutting it down wakes whoever waits on the first. None where
    /// the system itself ends the connection.
    socket: Mutex<Option<TcpStream>>,
    /// Milliseconds on [`clock`] of the last sign of progress.
    last: AtomicU64,
    /// Handlers at work, however long it takes.
    busy: AtomicUsize,
    /// Answers that leave piece by piece.
    sending: AtomicUsize,
    /// Sockets and streams, whose places are counted elsewhere.
    held: AtomicUsize,
    /// It came when there was a place for it, or got one since.
    admitted: AtomicBool,
    /// All ordinary connections: those that hold no socket and no stream.
    ordinary: Arc<AtomicUsize>,
}

/// All open connections.
pub struct Reaper {
    connections: Mutex<Vec<Weak<Watched>>>,
    ordinary: Arc<AtomicUsize>,
    most: usize,
    /// When it is next worth looking for somebody who gives way.
    next_look: AtomicU64,
}

/// While this lives, its connection counts as busy.
pub struct Busy(Arc<Watched>);

/// While this lives, its connection sends an answer.
pub struct Sending(Arc<Watched>);

/// While this lives, its connection is a socket's or a stream's, and takes no ordinary place.
pub struct Held(Arc<Watched>);

impl Watched {
    pub fn touch(&self) {
        self.last.store(clock(), Relaxed);
    }

    pub fn begin(self: &Arc<Self>) -> Busy {
        self.busy.fetch_add(1, Relaxed);
        Busy(Arc::clone(self))
    }

    pub fn send(self: &Arc<Self>) -> Sending {
        self.sending.fetch_add(1, Relaxed);
        Sending(Arc::clone(self))
    }

    /// From here on the connection has a place of another sort.
    pub fn hold(self: &Arc<Self>) -> Held {
        self.leave_ordinary();
        Held(Arc::clone(self))
    }

    /// Leaves its end to the system, which hangs up on whoever takes nothing of what was sent for so
    /// long: a handle less for each of thousands that are watched by other means.
    pub fn let_go(&self, patience: Duration) {
        let millis = u32::try_from(patience.as_millis()).unwrap_or(u32::MAX);
        if let Some(Err(error)) = self.socket.lock().take().map(|socket| set_tcp_user_timeout(&socket, millis)) {
            tracing::debug!(%error, "nobody hangs up on a peer that never reads");
        }
    }

    fn leave_ordinary(&self) {
        if self.held.fetch_add(1, SeqCst) == 0 {
            self.ordinary.fetch_sub(1, SeqCst);
        }
    }

    fn is_quiet_since(&self, before: u64) -> bool {
        self.busy.load(Relaxed) == 0 && self.last.load(Relaxed) < before && self.socket.lock().is_some()
    }

    /// Closes it, unless something else looks after it.
    fn end(&self) -> bool {
        match self.socket.lock().take() {
            Some(socket) => socket.shutdown(Shutdown::Both).is_ok(),
            None => false,
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if self.held.load(SeqCst) == 0 {
            self.ordinary.fetch_sub(1, SeqCst);
        }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.touch();
        self.0.busy.fetch_sub(1, Relaxed);
    }
}

impl Sending {
    pub fn touch(&self) {
        self.0.touch();
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.0.touch();
        self.0.sending.fetch_sub(1, Relaxed);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.touch();
        if self.0.held.fetch_sub(1, SeqCst) == 1 {
            self.0.ordinary.fetch_add(1, SeqCst);
        }
    }
}

impl Reaper {
    /// For so many ordinary connections.
    pub fn new(most: usize) -> Self {
        Self { connections: Mutex::default(), ordinary: Arc::default(), most, next_look: AtomicU64::new(0) }
    }

    /// Takes note of a new connection; called by actix with the stream and the connection's data.
    pub fn greet(&self, stream: &dyn Any, data: &mut Extensions) {
        let plain = stream
            .downcast_ref::<ActixStream>()
            .or_else(|| stream.downcast_ref::<TlsStream<ActixStream>>().map(|tls| tls.get_ref().0));
        let Some(Ok(socket)) = plain.map(|s| s.as_fd().try_clone_to_owned()) else { return };
        data.insert(self.note(socket.into(), clock()));
    }

    fn note(&self, socket: TcpStream, now: u64) -> Arc<Watched> {
        let watched = Arc::new(Watched {
            socket: Mutex::new(Some(socket)),
            last: AtomicU64::new(now),
            busy: AtomicUsize::new(0),
            sending: AtomicUsize::new(0),
            held: AtomicUsize::new(0),
            admitted: AtomicBool::new(false),
            ordinary: Arc::clone(&self.ordinary),
        });
        let taken = self.ordinary.fetch_add(1, SeqCst);
        if !self.admits_at(&watched, now) && taken >= self.most + DOOR {
            watched.end();
        }
        self.connections.lock().push(Arc::downgrade(&watched));
        watched
    }

    /// Is there a place for it among the ordinary connections?
    ///
    /// # Errors
    /// Busy when all are at work.
    pub fn admit(&self, watched: &Watched) -> Result<(), Error> {
        match self.admits_at(watched, clock()) {
            true => Ok(()),
            false => Err(Error::busy(
                "connections_full",
                "As many connections are open as this server holds, and all of them are in use. Try again in a moment.",
            )),
        }
    }

    fn admits_at(&self, watched: &Watched, now: u64) -> bool {
        if watched.admitted.load(Relaxed) {
            return true;
        }
        let room = self.ordinary.load(SeqCst) <= self.most || self.make_room(now);
        watched.admitted.store(room, Relaxed);
        room
    }

    /// Closes the connection that has been quiet longest, if it has been so for long enough.
    fn make_room(&self, now: u64) -> bool {
        if now < self.next_look.load(Relaxed) {
            return false;
        }
        let connections = self.connections.lock();
        let before = now.saturating_sub(millis(GIVES_WAY));
        let idle =
            |w: &Arc<Watched>| w.is_quiet_since(before) && w.sending.load(Relaxed) == 0 && w.held.load(SeqCst) == 0;
        let quiet = connections.iter().filter_map(Weak::upgrade).filter(idle);
        let Some(gone) = quiet.min_by_key(|w| w.last.load(Relaxed)) else {
            self.next_look.store(now + LOOK_AGAIN_MS, Relaxed);
            return false;
        };
        // Its place is free from here on, before it has quite gone.
        gone.end() && {
            gone.leave_ordinary();
            true
        }
    }

    /// Looks at every connection, now and again, for as long as the server runs.
    pub async fn run(self: Arc<Self>) {
        loop {
            tokio::time::sleep(ROUND).await;
            self.sweep(clock().saturating_sub(millis(MOST_QUIET)));
        }
    }

    fn sweep(&self, before: u64) {
        self.connections.lock().retain(|weak| {
            let Some(watched) = weak.upgrade() else { return false };
            if !watched.is_quiet_since(before) || !watched.end() {
                return true;
            }
            tracing::debug!("a stuck connection is closed");
            false
        });
    }

    /// How many ordinary connections are open, and how many may be.
    pub fn load(&self) -> (usize, usize) {
        (self.ordinary.load(SeqCst), self.most)
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// Milliseconds since the first call.
fn clock() -> u64 {
    static START: OnceLock<Instant> = OnceLock::new();
    millis(START.get_or_init(Instant::now).elapsed())
}

#[cfg(test)]
mod tests {
    use std::io::{ErrorKind, Read, Write};
    use std::net::TcpListener;

    use super::*;

    struct Line {
        watched: Arc<Watched>,
        peer: TcpStream,
    }

    impl Line {
        fn open(reaper: &Reaper, door: &TcpListener, now: u64) -> Self {
            let peer = TcpStream::connect(door.local_addr().expect("an address")).expect("a connection");
            let watched = reaper.note(door.accept().expect("a connection").0, now);
            Self { watched, peer }
        }
        fn is_open(&mut self) -> bool {
            self.peer.set_nonblocking(true).expect("a socket");
            !matches!(self.peer.read(&mut [0]), Ok(0))
        }
    }

    #[test]
    fn who_was_quiet_longest_gives_way_and_who_is_at_work_does_not() {
        let (reaper, door) = (Reaper::new(3), TcpListener::bind("127.0.0.1:0").expect("a port"));
        let mut lines: Vec<Line> = [10, 20, 30].map(|now| Line::open(&reaper, &door, now)).into();
        let (at_work, sends) = (lines[0].watched.begin(), lines[1].watched.send());
        // A moment later nobody has been quiet for long, so the fourth waits at the door.
        let early = Line::open(&reaper, &door, 40);
        assert!(!reaper.admits_at(&early.watched, 40));
        let late = 40 + millis(GIVES_WAY);
        assert!(reaper.admits_at(&early.watched, late));
        assert_eq!(lines.iter_mut().map(Line::is_open).collect::<Vec<_>>(), [true, true, false]);
        assert_eq!(reaper.load(), (3, 3));
        drop((lines, at_work, sends));
        assert_eq!(reaper.load(), (1, 3));
    }

    #[test]
    fn sockets_and_streams_take_no_ordinary_place() {
        let (reaper, door) = (Reaper::new(1), TcpListener::bind("127.0.0.1:0").expect("a port"));
        let socket = Line::open(&reaper, &door, 10);
        let held = (socket.watched.hold(), socket.watched.begin());
        let stream = Line::open(&reaper, &door, 10);
        let listens = stream.watched.hold();
        assert_eq!(reaper.load(), (0, 1));
        let ordinary = Line::open(&reaper, &door, 10);
        assert!(reaper.admits_at(&ordinary.watched, 10));
        // Neither gives way, however quiet it is.
        let mut second = Line::open(&reaper, &door, 11);
        assert!(!reaper.admits_at(&second.watched, 12));
        ordinary.watched.last.store(100_000, Relaxed);
        second.watched.last.store(100_000, Relaxed);
        assert!(!reaper.admits_at(&second.watched, 100_001));
        assert!(second.is_open());
        drop((held, listens));
        assert_eq!(reaper.load(), (4, 1));
    }

    #[test]
    fn the_system_hangs_up_on_a_peer_that_never_reads() {
        let (reaper, door) = (Reaper::new(1), TcpListener::bind("127.0.0.1:0").expect("a port"));
        let _peer = TcpStream::connect(door.local_addr().expect("an address")).expect("a connection");
        let mut socket = door.accept().expect("a connection").0;
        let watched = reaper.note(socket.try_clone().expect("a handle"), 10);
        watched.let_go(Duration::from_secs(1));
        assert!(!watched.end() && !watched.is_quiet_since(u64::MAX), "it is none of the reaper's any more");
        socket.set_write_timeout(Some(Duration::from_millis(200))).expect("set");
        let begun = Instant::now();
        let waits = |error: &std::io::Error| matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted);
        let wrote = loop {
            match socket.write(&[0; 4096]) {
                Err(error) if !waits(&error) => break error,
                _ => assert!(begun.elapsed() < Duration::from_secs(60), "the connection stays"),
            }
        };
        assert_eq!(wrote.kind(), ErrorKind::TimedOut);
    }

    #[test]
    fn beyond_the_door_nobody_is_heard() {
        let (reaper, door) = (Reaper::new(1), TcpListener::bind("127.0.0.1:0").expect("a port"));
        let mut lines: Vec<Line> = (0..=DOOR).map(|_| Line::open(&reaper, &door, 10)).collect();
        assert!(lines.iter_mut().all(Line::is_open));
        assert!(!Line::open(&reaper, &door, 10).is_open());
    }
}
