//! Streams over a real database.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;

use crate::db::{Change, Db, Observer, Options, Touch};
use crate::kernel::{Id, Moment};

use super::{Hub, Limits, Message, Step, Stream, Streams, Wake};

struct Ear(Arc<Hub>);

impl Observer for Ear {
    fn committed(&self, _: &[Touch]) {}
    fn appended(&self, streams: &[Id]) {
        self.0.appended(streams);
    }
}

struct Fixture {
    streams: Arc<Streams>,
    db: Arc<Db>,
    _folder: TempDir,
}

fn now() -> Moment {
    Moment(1_800_000_000_000)
}

impl Fixture {
    fn new(kept: u32, most: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let hub = Hub::new(most);
        let observer = Arc::new(Ear(Arc::clone(&hub)));
        let db = Db::open(folder.path(), Options { observer, ..Options::default() }).unwrap();
        let streams = Streams::new(Arc::clone(&db), hub, Limits { messages: kept, days: 14 });
        Self { streams, db, _folder: folder }
    }

    fn open(&self) -> Id {
        let (id, mut change) = (Id::new(), Change::new());
        Stream::open(&mut change, id, 1, None, now());
        self.db.write(change).wait().unwrap();
        id
    }

    fn tell(&self, stream: Id, n: u32, last: bool) -> Change {
        let mut change = Change::new();
        let step = Step::new("counting", f64::from(n), format!("{n} done"));
        self.streams.append(&mut change, stream, &step, last, now());
        change
    }

    fn acknowledge(&self, stream: Id, claim: Id, sequence: i64) -> crate::kernel::Result<()> {
        let mut change = Change::new();
        self.streams.acknowledge(&mut change, stream, "readers", claim, sequence);
        self.db.write(change).wait()
    }

    fn told(&self, numbers: std::ops::RangeInclusive<u32>) -> Id {
        let stream = self.open();
        for n in numbers {
            self.db.write(self.tell(stream, n, false)).wait().unwrap();
        }
        stream
    }
}

fn numbers(messages: &[Message]) -> Vec<i64> {
    messages.iter().map(|message| message.sequence).collect()
}

#[test]
fn a_late_subscriber_sees_all_and_another_goes_on_where_it_was() {
    // N22, N25
    let larder = Fixture::new(100, 10);
    let stream = larder.told(1..=5);
    let all = larder.streams.page(stream, 0, 100).unwrap();
    assert_eq!(numbers(&all.messages), [1, 2, 3, 4, 5]);
    assert_eq!(all.messages[2].step, Step::new("counting", 3.0, "3 done"));
    assert_eq!(numbers(&larder.streams.page(stream, 3, 100).unwrap().messages), [4, 5]);
    assert_eq!(numbers(&larder.streams.page(stream, 0, 2).unwrap().messages), [1, 2]);
    assert!(!all.is_last());
    larder.db.write(larder.tell(stream, 6, true)).wait().unwrap();
    assert!(!larder.streams.page(stream, 0, 2).unwrap().is_last(), "the last message is not among these");
    assert!(larder.streams.page(stream, 5, 2).unwrap().is_last());
    let late = larder.db.write(larder.tell(stream, 7, false)).wait().unwrap_err();
    assert_eq!(late.code(), "stream_closed");
}

#[test]
fn writers_at_the_same_time_leave_no_gap_and_no_repeat() {
    let larder = Fixture::new(1000, 10);
    let stream = larder.open();
    let tickets: Vec<_> = (0..200).map(|n| larder.db.write(larder.tell(stream, n % 100, false))).collect();
    tickets.into_iter().for_each(|ticket| ticket.wait().unwrap());
    let all = larder.streams.page(stream, 0, 1000).unwrap();
    assert_eq!(numbers(&all.messages), (1..=200).collect::<Vec<_>>());
}

#[test]
fn what_is_too_long_ago_or_too_much_is_forgotten() {
    // N26
    let larder = Fixture::new(10, 10);
    let stream = larder.told(1..=25);
    let kept = larder.streams.page(stream, 0, 100).unwrap();
    assert_eq!(numbers(&kept.messages), (16..=25).collect::<Vec<_>>(), "the latest ten");

    let finished = larder.open();
    larder.db.write(larder.tell(finished, 1, true)).wait().unwrap();
    larder.streams.outdated(now().plus_s(13 * 86_400)).run(&larder.db, &|| Ok(())).unwrap();
    assert_eq!(larder.streams.page(finished, 0, 100).unwrap().messages.len(), 1);
    larder.streams.outdated(now().plus_s(15 * 86_400)).run(&larder.db, &|| Ok(())).unwrap();
    let gone = larder.streams.page(finished, 0, 100).unwrap();
    assert!(gone.messages.is_empty() && gone.is_last());
    assert_eq!(larder.streams.page(stream, 0, 100).unwrap().messages.len(), 10, "what goes on is kept");
}

#[test]
fn two_readers_of_a_group_never_get_the_same_message() {
    // N24
    let larder = Fixture::new(1000, 10);
    let stream = larder.told(1..=60);
    let mut got: Vec<i64> = std::thread::scope(|scope| {
        let reader = || {
            let mut own = Vec::new();
            loop {
                let claim = larder.streams.claim(stream, "readers", 7, 60, now()).unwrap();
                if claim.messages.is_empty() {
                    return own;
                }
                for (message, deliveries) in &claim.messages {
                    assert_eq!(*deliveries, 1);
                    larder.acknowledge(stream, claim.id, message.sequence).unwrap();
                    own.push(message.sequence);
                }
            }
        };
        let readers: Vec<_> = (0..3).map(|_| scope.spawn(reader)).collect();
        readers.into_iter().flat_map(|reader| reader.join().unwrap()).collect()
    });
    got.sort_unstable();
    assert_eq!(got, (1..=60).collect::<Vec<_>>());
    let other = larder.streams.claim(stream, "others", 100, 60, now()).unwrap();
    assert_eq!(other.messages.len(), 60, "another group begins at the start");
}

#[test]
fn a_claim_whose_time_is_over_goes_to_another_reader() {
    let larder = Fixture::new(1000, 10);
    let stream = larder.told(1..=3);
    let slow = larder.streams.claim(stream, "readers", 2, 30, now()).unwrap();
    assert!(larder.streams.has_news(stream, "readers", now()).unwrap(), "3 is nobody's yet");
    assert_eq!(slow.messages.len(), 2);
    larder.acknowledge(stream, slow.id, 1).unwrap();
    let soon = larder.streams.claim(stream, "readers", 10, 30, now().plus_s(29)).unwrap();
    assert_eq!(soon.messages.iter().map(|(m, _)| m.sequence).collect::<Vec<_>>(), [3], "2 is still the other's");
    let later = larder.streams.claim(stream, "readers", 10, 30, now().plus_s(31)).unwrap();
    let again: Vec<_> = later.messages.iter().map(|(m, deliveries)| (m.sequence, *deliveries)).collect();
    assert_eq!(again, [(2, 2)]);
    let lost = larder.acknowledge(stream, slow.id, 2).unwrap_err();
    assert!(matches!(lost, crate::kernel::Error::Conflict(_)), "{lost}");
    assert!(!larder.streams.has_news(stream, "readers", now().plus_s(32)).unwrap());
    larder.streams.release(stream, "readers").unwrap();
    assert!(larder.streams.has_news(stream, "readers", now().plus_s(32)).unwrap(), "what was held is free");
    larder.acknowledge(stream, later.id, 2).unwrap();
}

#[test]
fn a_group_lets_go_of_what_the_stream_no_longer_keeps() {
    let larder = Fixture::new(5, 10);
    let stream = larder.told(1..=5);
    assert_eq!(larder.streams.claim(stream, "readers", 10, 30, now()).unwrap().messages.len(), 5);
    for n in 6..=12 {
        larder.db.write(larder.tell(stream, n, false)).wait().unwrap();
    }
    let later = larder.streams.claim(stream, "readers", 10, 30, now().plus_s(60)).unwrap();
    let got: BTreeSet<_> = later.messages.iter().map(|(m, _)| m.sequence).collect();
    assert_eq!(got, (8..=12).collect());
}

#[tokio::test]
async fn a_subscriber_is_woken_by_its_own_stream_and_only_once_the_message_is_kept() {
    // N23, N27: nothing but this process takes part.
    let larder = Fixture::new(100, 10);
    let (ours, theirs) = (larder.open_async().await, larder.open_async().await);
    let mut subscription = larder.streams.hub.subscribe(ours, None).unwrap();
    larder.db.write(larder.tell(theirs, 1, false)).await.unwrap();
    assert_eq!(subscription.wait(Duration::from_millis(20)).await, Wake::Quiet);
    let ticket = larder.db.write(larder.tell(ours, 1, false));
    assert_eq!(subscription.wait(Duration::from_secs(20)).await, Wake::News);
    let page = larder.db.read(move |conn| super::Page::read(conn, ours, 0, 10)).await.unwrap();
    assert_eq!(numbers(&page.messages), [1], "whoever is woken finds the message");
    ticket.await.unwrap();
    larder.streams.hub.rights_moved();
    assert_eq!(subscription.wait(Duration::from_secs(20)).await, Wake::Look);
    larder.streams.hub.close();
    assert_eq!(subscription.wait(Duration::from_secs(20)).await, Wake::Stop);
}

impl Fixture {
    async fn open_async(&self) -> Id {
        let (id, mut change) = (Id::new(), Change::new());
        Stream::open(&mut change, id, 1, None, now());
        self.db.write(change).await.unwrap();
        id
    }
}

#[test]
fn only_so_many_listen_at_once_and_a_place_that_is_left_is_free() {
    let hub = Hub::new(3);
    let stream = Id::new();
    let held: Vec<_> = (0..3).map(|_| hub.subscribe(stream, None).unwrap()).collect();
    let refused = hub.subscribe(Id::new(), None).err().expect("full");
    assert_eq!(refused.code(), "streams_full");
    drop(held);
    assert_eq!(hub.load(), (0, 3));
    let hub = Hub::new(1000);
    let person = Some(Id::new());
    let own: Vec<_> = (0..super::hub::EACH).map(|_| hub.subscribe(stream, person).unwrap()).collect();
    assert!(hub.subscribe(stream, person).is_err(), "one person cannot take all places");
    assert!(hub.subscribe(stream, Some(Id::new())).is_ok());
    drop(own);
    assert!(hub.subscribe(stream, person).is_ok());
}
