//! E-mail: letters wait in the table `mails` and are sent by a thread of their own, so that no change
//! ever waits for a mail server. One that cannot be reached is tried again, later and later.

mod letter;
mod post;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{SmtpTransport, Transport};

use crate::auth::Auth;
use crate::config::Config;
use crate::db::Db;
use crate::kernel::{Error, Moment, Result};
use crate::kind::Registry;

pub use post::Delivered;

/// A server that does not answer within this is tried again later. Whoever stops the server waits for one
/// letter, so it is short.
const PATIENCE: Duration = Duration::from_secs(8);
/// How often the thread looks for letters.
const LOOK: Duration = Duration::from_secs(5);

/// Takes letters to the mail server.
pub struct Postman {
    db: Arc<Db>,
    auth: Arc<Auth>,
    registry: Arc<Registry>,
    transport: SmtpTransport,
    from: Mailbox,
    /// What links begin with; without it a letter has none.
    public_url: Option<String>,
    tally: Arc<Tally>,
    /// No further letter is begun.
    stopping: AtomicBool,
}

/// What became of the letters. By itself, so that whoever watches it holds nothing else.
#[derive(Default)]
pub struct Tally {
    sent: AtomicU64,
    given_up: AtomicU64,
    waiting: AtomicU64,
}

impl Tally {
    /// Letters that the server took, those that were given up since the start, and those that wait.
    pub fn counts(&self) -> [u64; 3] {
        [&self.sent, &self.given_up, &self.waiting].map(|count| count.load(Relaxed))
    }
}

/// The thread of a postman, until this is dropped.
pub struct Round {
    postman: Arc<Postman>,
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Postman {
    /// A postman as the settings want one; none where no mail server is named.
    ///
    /// # Errors
    /// Invalid when the settings make no sense together.
    pub fn new(config: &Config, db: &Arc<Db>, auth: &Arc<Auth>, registry: &Arc<Registry>) -> Result<Option<Arc<Self>>> {
        let Some(url) = &config.mail_smtp_url else { return Ok(None) };
        let wrong = |message: &str| Error::invalid("setting", message.to_owned());
        // A password in it would be shown wherever the settings are.
        if url.contains('@') {
            return Err(wrong(
                "mail.smtp_url names the server alone. Give who signs in as mail.user and mail.password.",
            ));
        }
        let builder = SmtpTransport::from_url(url).map_err(|_| {
            wrong("mail.smtp_url cannot be read. Give it as smtps://host or smtp://host:587?tls=required.")
        })?;
        let from = config.mail_from.as_deref().and_then(|from| from.parse().ok());
        let from = from.ok_or_else(|| wrong("mail.from must be an e-mail address when mail.smtp_url is set."))?;
        let builder = match (&config.mail_user, &config.mail_password) {
            (Some(user), Some(password)) if url.starts_with("smtps:") || url.contains("tls=required") => {
                builder.credentials(Credentials::new(user.clone(), password.clone()))
            }
            (None, None) => builder,
            (Some(_), Some(_)) => {
                return Err(wrong(
                    "mail.password would cross the network readable. Use smtps:// or ?tls=required in mail.smtp_url.",
                ));
            }
            _ => return Err(wrong("Set both mail.user and mail.password, or neither.")),
        };
        Ok(Some(Arc::new(Self {
            db: Arc::clone(db),
            auth: Arc::clone(auth),
            registry: Arc::clone(registry),
            transport: builder.timeout(Some(PATIENCE)).build(),
            from,
            public_url: config.public_url.as_ref().map(|url| url.trim_end_matches('/').to_owned()),
            tally: Arc::default(),
            stopping: AtomicBool::new(false),
        })))
    }

    pub fn tally(&self) -> &Arc<Tally> {
        &self.tally
    }

    /// Ends the round that is under way after its letter; those that are left wait.
    pub fn stop(&self) {
        self.stopping.store(true, Relaxed);
    }

    /// Starts the thread that goes round.
    pub fn start(self: &Arc<Self>) -> Result<Round> {
        let (stop, stopped) = channel();
        let postman = Arc::clone(self);
        let work = move || {
            while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(LOOK) {
                if let Err(error) = postman.deliver(Moment::now()) {
                    tracing::error!(%error, "letters could not be sent");
                }
            }
        };
        let thread = std::thread::Builder::new().name("larder-mail".to_owned()).spawn(work).map_err(Error::internal)?;
        Ok(Round { postman: Arc::clone(self), stop: Some(stop), thread: Some(thread) })
    }

    fn send(&self, letter: &letter::Letter) -> Sent {
        let Some(message) = letter.message(&self.from) else {
            return Sent::Refused("the address cannot be written to".into());
        };
        match self.transport.send(&message) {
            Ok(_) => Sent::Taken,
            Err(error) if error.is_permanent() => Sent::Refused(error.to_string()),
            Err(error) if error.is_transient() => Sent::Later(error.to_string()),
            Err(error) => Sent::Nowhere(error.to_string()),
        }
    }
}

/// What became of a letter.
enum Sent {
    Taken,
    /// The server will never take it.
    Refused(String),
    /// It may take it another time.
    Later(String),
    /// The server is not there, or does not answer as one does. The other letters would fare no better.
    Nowhere(String),
}

impl Drop for Round {
    fn drop(&mut self) {
        self.postman.stop();
        drop(self.stop.take());
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread that sends letters panicked");
        }
    }
}
