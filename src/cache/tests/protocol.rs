//! A model of the protocol: readers, writers, an evictor and a demoter take single steps in a
//! random order, many thousand orders, over the real clock and the real tiers. Whoever begins to read
//! after a change was acknowledged must see it, whatever happened in between.

use std::sync::Arc;
use std::time::Duration;

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

use crate::cache::{Cache, Epochs, Horizon, Made};
use crate::db::TableSet;

const SCHEDULES: u64 = 20_000;
const STEPS: usize = 60;
const KEY: &[u8] = &[1, 0, 0, 0, 0, 0, 0, 0, b'k'];

/// What is in the store, and the newest version that a writer has heard is there.
#[derive(Default)]
struct World {
    stored: u64,
    acknowledged: u64,
}

#[derive(Default)]
enum Reader {
    #[default]
    Idle,
    /// Looked in the cache and found nothing; has its horizon, not yet its snapshot.
    Asked { least: u64, horizon: Horizon },
    /// Has read this version.
    Read { least: u64, horizon: Horizon, version: u64 },
}

#[derive(Default)]
enum Writer {
    #[default]
    Idle,
    /// Committed this version; nobody was told yet.
    Committed(u64),
    /// The clock has ticked; the writer has not heard.
    Bumped(u64),
}

fn step_reader(reader: &mut Reader, world: &World, cache: &Cache) {
    *reader = match std::mem::take(reader) {
        Reader::Idle => match cache.find(KEY) {
            Some((entry, _)) => {
                let seen = u64::from_le_bytes(entry.body[..8].try_into().expect("eight bytes"));
                assert!(seen >= world.acknowledged, "a stale {seen} after {} was acknowledged", world.acknowledged);
                Reader::Idle
            }
            None => Reader::Asked { least: world.acknowledged, horizon: cache.epochs.horizon(1) },
        },
        Reader::Asked { least, horizon } => Reader::Read { least, horizon, version: world.stored },
        Reader::Read { least, horizon, version } => {
            assert!(version >= least);
            let made = Made { body: version.to_le_bytes().repeat(200), ..Made::default() };
            cache.keep(KEY, Duration::from_secs(3600), made, horizon.stamp(TableSet::only(2)));
            Reader::Idle
        }
    };
}

fn step_writer(writer: &mut Writer, world: &mut World, cache: &Cache) {
    *writer = match std::mem::take(writer) {
        Writer::Idle => {
            world.stored += 1;
            Writer::Committed(world.stored)
        }
        Writer::Committed(version) => {
            cache.epochs.bump(1, TableSet::only(2));
            Writer::Bumped(version)
        }
        Writer::Bumped(version) => {
            world.acknowledged = world.acknowledged.max(version);
            Writer::Idle
        }
    };
}

#[test]
fn no_read_after_an_acknowledgement_sees_what_was_before_in_any_order_of_steps() {
    for schedule in 0..SCHEDULES {
        let mut dice = SmallRng::seed_from_u64(schedule);
        let cache: Arc<Cache> = Cache::new(Epochs::new(), 1 << 20);
        let (mut world, mut readers, mut writers) =
            (World::default(), <[Reader; 2]>::default(), <[Writer; 2]>::default());
        for _ in 0..STEPS {
            match dice.random_range(0..12) {
                0..4 => step_reader(&mut readers[0], &world, &cache),
                4..8 => step_reader(&mut readers[1], &world, &cache),
                8 => step_writer(&mut writers[0], &mut world, &cache),
                9 => step_writer(&mut writers[1], &mut world, &cache),
                // Everything is pushed out and set aside, or thrown away.
                10 => {
                    cache.shrink([0, 100, 100]);
                    cache.tend();
                    cache.shrink([100, 100, 100]);
                }
                _ => cache.clear(),
            }
        }
    }
}
