//! E-mail to whoever asked for it, against a mail server that takes, refuses and fails.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use larder::kernel::Moment;
use larder::notify::mail::Delivered;
use serde_json::{Value, json};

use crate::notifications::let_in;
use crate::server::{Client, Server};

/// A mail server on this machine: it keeps what it is sent, and answers recipients as it is told to.
struct Peer {
    address: SocketAddr,
    letters: Arc<Mutex<Vec<String>>>,
    recipient: Arc<Mutex<&'static str>>,
    /// How many recipients it was told.
    told: Arc<AtomicUsize>,
}

impl Peer {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let (letters, recipient) = (Arc::<Mutex<Vec<String>>>::default(), Arc::new(Mutex::new("250 fine")));
        let (kept, answer) = (Arc::clone(&letters), Arc::clone(&recipient));
        let told = Arc::<AtomicUsize>::default();
        let count = Arc::clone(&told);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut out = stream.try_clone().expect("a stream");
                let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).is_ok();
                say("220 peer");
                let (mut letter, mut in_letter) = (String::new(), false);
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
                    let alive = match (in_letter, word.as_str()) {
                        (true, _) if line == "." => {
                            in_letter = false;
                            kept.lock().expect("letters").push(std::mem::take(&mut letter));
                            say("250 taken")
                        }
                        (true, _) => {
                            letter.push_str(&line);
                            letter.push('\n');
                            true
                        }
                        (false, "EHLO" | "MAIL" | "RSET" | "NOOP") => say("250 fine"),
                        (false, "RCPT") => {
                            count.fetch_add(1, SeqCst);
                            say(*answer.lock().expect("an answer"))
                        }
                        (false, "DATA") => {
                            in_letter = true;
                            say("354 go on")
                        }
                        (false, "QUIT") => say("221 bye"),
                        _ => say("500 what?"),
                    };
                    if !alive {
                        break;
                    }
                }
            }
        });
        Self { address, letters, recipient, told }
    }

    fn letters(&self) -> Vec<String> {
        self.letters.lock().expect("letters").clone()
    }
}

fn server(peer: SocketAddr) -> (Server, Client) {
    let server = Server::with(|config| {
        config.mail_smtp_url = Some(format!("smtp://{peer}"));
        config.mail_from = Some("Larder <desk@northgate.example>".into());
        config.public_url = Some("https://desk.northgate.example/".into());
    });
    let owner = server.make_owner();
    (server, owner)
}

fn choose(client: &Client, body: &Value) {
    let json = client.with("content-type", "application/json");
    json.send("PUT", "/api/v1/notifications/settings", body.to_string().as_bytes()).expect(200);
}

fn round(server: &Server, later_s: i64) -> Delivered {
    server.app.postman.as_ref().expect("a postman").deliver(Moment::now().plus_s(later_s)).expect("a round")
}

#[test]
fn whoever_asked_for_it_gets_a_letter_with_a_link() {
    let peer = Peer::start();
    let (server, owner) = server(peer.address);
    let (sarah, sarahs) = let_in(&server, &owner, "staff", "sarah");
    let (_, toms) = let_in(&server, &owner, "technician", "tom");
    assert_eq!(sarah.get("/api/v1/notifications/settings").json()["mail"], true);
    choose(&sarah, &json!({"assigned": "mail"}));
    let (task, _) = owner.create("tasks", &json!({"title": "Write the offer", "assignee_id": sarahs}));
    owner.create("tasks", &json!({"title": "Oil the doors", "assignee_id": toms}));
    assert_eq!(round(&server, 0), Delivered { sent: 1, later: 0, given_up: 0 });
    assert_eq!(round(&server, 0), Delivered::default(), "once is enough");
    let letters = peer.letters();
    let letter = letters[0].replace("=\n", "");
    for due in [
        "To: sarah@northgate.example",
        "From: Larder <desk@northgate.example>",
        "Graham Pell gave you",
        "Northgate Lifts",
    ] {
        assert!(letter.contains(due), "{due} in {letter}");
    }
    assert!(letter.contains(&format!("https://desk.northgate.example/tasks/{task}")), "{letter}");
    assert_eq!(letters.len(), 1);
    // In the app it stands all the same.
    assert_eq!(sarah.get("/api/v1/notifications").json()["unread"], 1);
}

#[test]
fn a_server_that_is_busy_is_tried_again_and_one_that_refuses_is_not() {
    let peer = Peer::start();
    let (server, owner) = server(peer.address);
    let (sarah, sarahs) = let_in(&server, &owner, "staff", "sarah");
    choose(&sarah, &json!({"assigned": "mail"}));
    *peer.recipient.lock().expect("an answer") = "451 come back later";
    owner.create("tasks", &json!({"title": "First", "assignee_id": sarahs}));
    assert_eq!(round(&server, 0), Delivered { sent: 0, later: 1, given_up: 0 });
    assert_eq!(round(&server, 30), Delivered::default(), "not before its time");
    *peer.recipient.lock().expect("an answer") = "250 fine";
    assert_eq!(round(&server, 61), Delivered { sent: 1, later: 0, given_up: 0 });
    *peer.recipient.lock().expect("an answer") = "550 no such person";
    owner.create("tasks", &json!({"title": "Second", "assignee_id": sarahs}));
    assert_eq!(round(&server, 61), Delivered { sent: 0, later: 0, given_up: 1 });
    assert_eq!(round(&server, 100_000), Delivered::default());
    // A server that is not there at all: the letter waits, whoever writes does not.
    *peer.recipient.lock().expect("an answer") = "451 come back later";
    owner.create("tasks", &json!({"title": "Third", "assignee_id": sarahs}));
    let mut later = 0;
    for attempt in 1..10 {
        assert_eq!(round(&server, later), Delivered { sent: 0, later: 1, given_up: 0 }, "attempt {attempt}");
        later += 7 * 3600;
    }
    assert_eq!(round(&server, later), Delivered { sent: 0, later: 0, given_up: 1 });
    assert_eq!(peer.letters().len(), 1);
}

/// Three letters wait for one person.
fn three_letters(server: &Server, owner: &Client) {
    let (sarah, sarahs) = let_in(server, owner, "staff", "sarah");
    choose(&sarah, &json!({"assigned": "mail"}));
    for title in ["First", "Second", "Third"] {
        owner.create("tasks", &json!({"title": title, "assignee_id": sarahs}));
    }
}

#[test]
fn a_server_that_is_not_there_is_asked_for_one_letter_and_not_for_all() {
    let nobody = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let (server, owner) = server(nobody);
    three_letters(&server, &owner);
    let tally = server.app.postman.as_ref().expect("a postman").tally();
    assert_eq!(round(&server, 0), Delivered { sent: 0, later: 1, given_up: 0 });
    assert_eq!(tally.counts(), [0, 0, 3], "all of them wait");
    // The others have their turn before that one comes again.
    assert_eq!(round(&server, 1), Delivered { sent: 0, later: 1, given_up: 0 });
    assert_eq!(round(&server, 2), Delivered { sent: 0, later: 1, given_up: 0 });
    assert_eq!(round(&server, 3), Delivered::default());
}

#[test]
fn who_is_told_to_stop_ends_after_the_letter_under_way() {
    let peer = Peer::start();
    let (server, owner) = server(peer.address);
    three_letters(&server, &owner);
    let postman = server.app.postman.as_ref().expect("a postman");
    std::thread::scope(|scope| {
        let answer = peer.recipient.lock().expect("an answer");
        let under_way = scope.spawn(|| round(&server, 0));
        let begun = Instant::now();
        while peer.told.load(SeqCst) == 0 {
            assert!(begun.elapsed() < Duration::from_secs(30), "no letter was begun");
            std::thread::sleep(Duration::from_millis(1));
        }
        postman.stop();
        drop(answer);
        assert_eq!(under_way.join().expect("a round"), Delivered { sent: 1, later: 0, given_up: 0 });
    });
    assert_eq!((peer.letters().len(), postman.tally().counts()), (1, [1, 0, 2]));
}

/// The letter is written when it is sent: under the rights of that moment.
#[test]
fn who_has_read_it_or_was_let_go_is_not_written_to_and_what_was_hidden_is_not_named() {
    let peer = Peer::start();
    let (server, owner) = server(peer.address);
    let (sarah, sarahs) = let_in(&server, &owner, "staff", "sarah");
    let (tom, toms) = let_in(&server, &owner, "technician", "tom");
    choose(&sarah, &json!({"assigned": "mail", "mentioned": "mail"}));
    choose(&tom, &json!({"mentioned": "mail"}));
    owner.create("tasks", &json!({"title": "Seen", "assignee_id": sarahs}));
    sarah.post("/api/v1/notifications/read", &json!({"all": true})).expect(204);
    assert_eq!(round(&server, 0), Delivered::default());
    let (deal, _) = owner.create("deals", &json!({"name": "Secret lift"}));
    let note = json!({"body": "@tom", "mentions": [toms], "about_kind": "deals", "about_id": deal});
    owner.create("notes", &note);
    assert_eq!(round(&server, 0).sent, 1);
    let letter = peer.letters()[0].clone();
    assert!(letter.contains("Somebody mentioned you in a note"), "{letter}");
    assert!(!letter.contains("Secret") && !letter.contains(&deal) && !letter.contains("Graham"), "{letter}");
    owner.create("tasks", &json!({"title": "Too late", "assignee_id": sarahs}));
    owner.with("if-match", "*").patch(&format!("/api/v1/users/{sarahs}"), &json!({"active": false})).expect(200);
    assert_eq!(round(&server, 0), Delivered::default());
    assert_eq!(peer.letters().len(), 1);
}

/// The thread goes round by itself, and ends when it is told to.
#[test]
fn letters_are_sent_without_anybodys_doing() {
    let peer = Peer::start();
    let (server, owner) = server(peer.address);
    let (sarah, sarahs) = let_in(&server, &owner, "staff", "sarah");
    choose(&sarah, &json!({"assigned": "mail"}));
    let thread = server.app.postman.as_ref().expect("a postman").start().expect("a thread");
    owner.create("tasks", &json!({"title": "By itself", "assignee_id": sarahs}));
    for _ in 0..600 {
        if !peer.letters().is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    drop(thread);
    assert_eq!(peer.letters().len(), 1);
}

#[test]
fn settings_that_make_no_sense_are_refused_without_repeating_a_password() {
    let open = |url: &str, from: Option<&str>, user: Option<&str>, password: Option<&str>| {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = larder::config::Config::for_folder(folder.path());
        config.mail_smtp_url = Some(url.into());
        config.mail_from = from.map(Into::into);
        config.mail_user = user.map(Into::into);
        config.mail_password = password.map(Into::into);
        larder::web::App::open(config, larder::kinds::ALL).map(|app| app.close()).map_err(|error| error.to_string())
    };
    let from = Some("desk@acme.example");
    open("smtps://mail.acme.example", from, Some("desk"), Some("s3cret")).expect("fine");
    open("smtp://mail.acme.example:587?tls=required", from, Some("desk"), Some("s3cret")).expect("fine");
    for (url, from, user, password, says) in [
        ("nonsense s3cret", from, None, None, "mail.smtp_url"),
        ("smtps://mail.acme.example", None, None, None, "mail.from"),
        ("smtps://mail.acme.example", Some("desk"), None, None, "mail.from"),
        ("smtps://mail.acme.example", from, Some("desk"), None, "mail.password"),
        ("smtp://mail.acme.example", from, Some("desk"), Some("s3cret"), "readable"),
        ("smtp://desk:s3cret@mail.acme.example", from, None, None, "mail.user"),
    ] {
        let refused = open(url, from, user, password).expect_err(url);
        assert!(refused.contains(says) && !refused.contains("s3cret"), "{url}: {refused}");
    }
}
