//! The cache as a whole: what it shows, what it lets go, who builds.

mod protocol;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use crate::db::TableSet;
use crate::kernel::{Error, Result};

use super::{Cache, Entry, Epochs, Made, Source, Stamp};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

fn cache(bytes: u64) -> Arc<Cache> {
    Cache::new(Epochs::new(), bytes)
}

fn key(name: &str) -> Vec<u8> {
    [&1i64.to_le_bytes()[..], name.as_bytes()].concat()
}

fn made(text: &str) -> Made {
    Made { body: text.as_bytes().to_vec(), ..Made::default() }
}

/// As whoever asks does it.
async fn find_or_build<B>(cache: &Cache, key: &[u8], keep: Duration, build: B) -> Result<(Arc<Entry>, Source)>
where
    B: Future<Output = Result<(Made, Stamp)>>,
{
    match cache.find(key) {
        Some(found) => Ok(found),
        None => cache.build(key, keep, build).await,
    }
}

fn read(cache: &Cache, text: &str) -> Result<(Made, Stamp)> {
    Ok((made(text), cache.epochs.horizon(1).stamp(TableSet::only(1))))
}

#[tokio::test]
async fn an_answer_is_built_once_and_dies_with_what_it_was_read_from() {
    let cache = cache(1 << 20);
    let get = async |text: &'static str| {
        let (entry, source) =
            find_or_build(&cache, &key("a"), MINUTE, async { read(&cache, text) }).await.expect("one");
        (String::from_utf8(entry.body.to_vec()).expect("text"), source)
    };
    assert_eq!(get("one").await, ("one".into(), Source::Built));
    assert_eq!(get("two").await, ("one".into(), Source::Hot));
    cache.epochs.bump(1, TableSet::only(2));
    assert_eq!(get("two").await, ("one".into(), Source::Hot));
    cache.epochs.bump(1, TableSet::only(1));
    assert_eq!(get("two").await, ("two".into(), Source::Built));
    let figures = cache.figures();
    assert_eq!((figures.hot.hits, figures.misses, figures.died), (2, 2, 1));
}

#[tokio::test]
async fn what_is_empty_is_kept_like_anything_else() {
    let cache = cache(1 << 20);
    find_or_build(&cache, &key("none"), MINUTE, async { read(&cache, "") }).await.expect("built");
    assert!(cache.find(&key("none")).is_some());
}

#[tokio::test]
async fn many_who_ask_at_once_cost_one_build() {
    let (cache, builds) = (cache(1 << 20), Arc::new(AtomicUsize::new(0)));
    let ask = || {
        let (cache, builds) = (Arc::clone(&cache), Arc::clone(&builds));
        tokio::spawn(async move {
            let build = async {
                builds.fetch_add(1, SeqCst);
                tokio::time::sleep(Duration::from_millis(20)).await;
                read(&cache, "shared")
            };
            find_or_build(&cache, &key("a"), MINUTE, build).await.expect("an answer").0.body.len()
        })
    };
    for one in (0..50).map(|_| ask()).collect::<Vec<_>>() {
        assert_eq!(one.await.expect("done"), 6);
    }
    assert_eq!(builds.load(SeqCst), 1);
}

#[tokio::test]
async fn a_build_that_fails_leaves_the_next_one_to_try() {
    let cache = cache(1 << 20);
    let failed = find_or_build(&cache, &key("a"), MINUTE, async { Err(Error::internal("no")) }).await;
    assert!(failed.is_err());
    assert!(find_or_build(&cache, &key("a"), MINUTE, async { read(&cache, "yes") }).await.is_ok());
}

#[tokio::test]
async fn who_comes_after_a_change_does_not_get_what_was_read_before_it() {
    let cache = cache(1 << 20);
    let (inside, go_on) = (Arc::new(tokio::sync::Notify::new()), Arc::new(tokio::sync::Notify::new()));
    let slow = {
        let (cache, inside, go_on) = (Arc::clone(&cache), Arc::clone(&inside), Arc::clone(&go_on));
        tokio::spawn(async move {
            let build = async {
                let old = read(&cache, "old");
                inside.notify_one();
                go_on.notified().await;
                old
            };
            find_or_build(&cache, &key("a"), MINUTE, build).await.expect("an answer").0.body.to_vec()
        })
    };
    inside.notified().await;
    cache.epochs.bump(1, TableSet::only(1));
    let late = {
        let cache = Arc::clone(&cache);
        tokio::spawn(async move {
            let build = async { read(&cache, "new") };
            find_or_build(&cache, &key("a"), MINUTE, build).await.expect("an answer").0.body.to_vec()
        })
    };
    tokio::task::yield_now().await;
    go_on.notify_one();
    assert_eq!(slow.await.expect("done"), b"old");
    assert_eq!(late.await.expect("done"), b"new");
}

#[test]
fn what_leaves_the_hot_tier_is_set_aside_and_comes_back_when_it_is_wanted() {
    let cache = cache(64 << 10);
    let body = "a line that packs well, and another one; ".repeat(60);
    let stamp = || cache.epochs.horizon(1).stamp(TableSet::only(1));
    for n in 0..60 {
        cache.keep(&key(&format!("{n}")), HOUR, made(&body), stamp());
    }
    cache.tend();
    let figures = cache.figures();
    assert!(figures.hot.bytes <= figures.hot.capacity && figures.warm.entries > 5, "{figures:?}");
    let aside = (0..60).find(|n| {
        cache.find(&key(&format!("{n}"))).is_some_and(|(_, source)| matches!(source, Source::Warm | Source::Cold))
    });
    let aside = key(&aside.expect("one of them is set aside").to_string());
    assert_eq!(cache.find(&aside).map(|(entry, _)| entry.body.len()), Some(body.len()));
    assert_eq!(cache.figures().promoted, 1);
    assert_eq!(cache.find(&aside).map(|(_, source)| source), Some(Source::Hot));
    cache.epochs.bump(1, TableSet::only(1));
    cache.tend();
    assert_eq!(cache.figures().bytes(), 0);
}

#[test]
fn a_cache_that_is_off_or_squeezed_holds_little_and_recovers() {
    let cache = cache(8 << 20);
    let fill = || {
        for n in 0..2_000 {
            let stamp = cache.epochs.horizon(1).stamp(TableSet::only(1));
            cache.keep(&key(&format!("{n}")), MINUTE, made(&"x".repeat(4_000)), stamp);
        }
        cache.figures().bytes()
    };
    let full = fill();
    cache.shrink([25, 10, 10]);
    let squeezed = cache.figures().bytes();
    assert!(squeezed <= full / 3, "{squeezed} of {full}");
    cache.shrink([100, 100, 100]);
    assert!(fill() > full * 9 / 10);
    assert!(cache.fit(8 << 20) && !cache.fit(8 << 20), "a quarter of the memory is less than the budget");
    cache.shrink([100, 100, 100]);
    assert!(fill() <= full * 3 / 10);
    cache.switch(false);
    assert_eq!((cache.figures().bytes(), cache.find(&key("1")).is_some()), (0, false));
}
