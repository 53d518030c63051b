//! How the server is, for owners, for whoever runs it, and for Prometheus.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use actix_web::http::StatusCode;

use crate::cache::{self, Cache, Memory};
use crate::chore::{Depth, Queue};
use crate::config::Config;
use crate::db::backups;
use crate::kernel::{Detail, Error, Moment, Result};
use crate::limit::Limiter;
use crate::live::Live;
use crate::monitor::{
    CacheFigures, ChoreFigures, EdgeFigures, LimitFigures, LiveFigures, MailFigures, Monitor, PressureFigures,
    RouteLabel, StatisticFigures, TierFigures, UpstreamFigures, WebhookFigures,
};
use crate::notify::mail::Postman;
use crate::notify::webhook::{Courier, announce_alerts};
use crate::record::Statistics;
use crate::stream::Hub;
use crate::upstream::Loader;

use super::answer::{Answer, TEXT};
use super::app::backup_folder;
use super::call::Call;
use super::origin::client_address;
use super::reaper::Reaper;
use super::route::Takes;
use super::routes;
use super::who::{self, Keeper, Who};

/// A monitor that knows the routes.
pub fn monitor(config: &Config) -> Arc<Monitor> {
    let label = |route: &super::route::Route| RouteLabel {
        name: route.name,
        method: route.verb.as_str(),
        pattern: route.pattern,
        timed: route.is_api() && !matches!(route.takes, Takes::Upload | Takes::File(_)),
    };
    Monitor::new(config, routes::all().map(label))
}

/// Lets the monitor ask the edge.
pub fn connect(
    monitor: &Monitor,
    config: &Config,
    reaper: &Arc<Reaper>,
    hub: &Arc<Hub>,
    stranger: &Arc<OnceLock<IpAddr>>,
) {
    let (reaper, hub, stranger) = (Arc::clone(reaper), Arc::clone(hub), Arc::clone(stranger));
    let folder = backup_folder(&config.data);
    let look = move || EdgeFigures {
        connections: reaper.load().0 as u64,
        most_connections: reaper.load().1 as u64,
        streams: hub.load().0 as u64,
        most_streams: hub.load().1 as u64,
        stranger: stranger.get().copied(),
        backup: backups(&folder).ok().and_then(|all| {
            let (at, path) = all.into_iter().next()?;
            Some((at, std::fs::metadata(path).map_or(0, |file| file.len())))
        }),
    };
    monitor.connect(|sources| sources.edge = Some(Arc::new(look)));
}

/// Lets the monitor ask the cache, and clear it when memory is critical.
pub fn connect_cache(monitor: &Monitor, cache: &Arc<Cache>, memory: &Arc<Memory>) {
    if cache.is_enabled() {
        let (cache, memory) = (Arc::clone(cache), Arc::clone(memory));
        monitor.connect(|sources| sources.cache = Some(Arc::new(move || figures(&cache, &memory))));
    }
    let (cache, memory) = (Arc::clone(cache), Arc::clone(memory));
    monitor.connect(|sources| {
        sources.memory_limit = Some(Arc::new(move || memory.limit()));
        sources.clean_up = Some(Arc::new(move || cache.clear()));
    });
}

/// Lets the monitor ask the limits.
pub fn connect_limits(monitor: &Monitor, limiter: &Arc<Limiter>) {
    let limiter = Arc::clone(limiter);
    let look = move || {
        let found = limiter.stats(Moment::now());
        LimitFigures {
            refused: found.refused.iter().map(|(_, count)| count).sum(),
            identities: found.identities as u64,
            penalised: found.blocked as u64,
        }
    };
    monitor.connect(|sources| sources.limits = Some(Arc::new(look)));
}

/// Lets the monitor ask the sockets.
pub fn connect_live(monitor: &Monitor, live: &Arc<Live>) {
    // The database tells the monitor how long things take, so the monitor must not keep it open.
    let live = Arc::downgrade(live);
    let look = move || {
        let Some(live) = live.upgrade() else { return LiveFigures::default() };
        let found = live.hub.stats();
        LiveFigures {
            sockets: found.open as u64,
            most_sockets: found.most as u64,
            watched: found.watched as u64,
            sent: found.sent,
            resyncs: found.resyncs,
            present: live.presence.len() as u64,
        }
    };
    monitor.connect(|sources| sources.live = Some(Arc::new(look)));
}

/// Lets the monitor ask how the statistics were found.
pub fn connect_statistics(monitor: &Monitor, statistics: &Arc<Statistics>) {
    let found = Arc::clone(statistics.found());
    let look = move || {
        let found = found.so_far();
        StatisticFigures { slices: found.slices, repaired: found.repaired }
    };
    monitor.connect(|sources| sources.statistics = Some(Arc::new(look)));
}

/// Lets the monitor ask what became of the letters.
pub fn connect_mail(monitor: &Monitor, postman: &Option<Arc<Postman>>) {
    let Some(tally) = postman.as_ref().map(|postman| Arc::clone(postman.tally())) else { return };
    let look = move || {
        let [sent, given_up, waiting] = tally.counts();
        MailFigures { sent, given_up, waiting }
    };
    monitor.connect(|sources| sources.mail = Some(Arc::new(look)));
}

/// Lets the monitor ask how much there is to do behind the scenes.
pub fn connect_chores(monitor: &Monitor, queue: &Arc<Queue>) {
    // As with the sockets: whoever listens to the database must not hold it.
    let queue = Arc::downgrade(queue);
    let look = move || {
        let depth = queue.upgrade().and_then(|queue| queue.depth().ok()).unwrap_or_default();
        let Depth { waiting, running, failed, dead } = depth;
        ChoreFigures { waiting, running, failed, dead }
    };
    monitor.connect(|sources| sources.chores = Some(Arc::new(look)));
}

/// Lets the monitor ask the portal's loader.
pub fn connect_upstream(monitor: &Monitor, loader: &Arc<Loader>) {
    // The loader holds the database, which tells the monitor how long things take.
    let loader = Arc::downgrade(loader);
    let look = move || {
        let load = loader.upgrade().map(|loader| loader.load()).unwrap_or_default();
        UpstreamFigures {
            calls: load.calls,
            failed: load.failed,
            in_flight: load.in_flight as u64,
            waiting: load.waiting as u64,
            paused: load.paused as u64,
        }
    };
    monitor.connect(|sources| sources.upstream = Some(Arc::new(look)));
}

/// Lets the monitor ask what became of messages to other programs, and have its alerts told to them.
pub fn connect_webhooks(monitor: &Monitor, config: &Config, courier: &Courier) {
    let (tally, public_url) = (Arc::clone(courier.tally()), config.public_url.clone());
    let look = move || {
        let [delivered, failed, given_up, waiting] = tally.counts();
        WebhookFigures { delivered, failed, given_up, waiting }
    };
    monitor.connect(|sources| {
        sources.webhooks = Some(Arc::new(look));
        sources.announce = Some(Arc::new(move |changed, now| announce_alerts(changed, public_url.as_deref(), now)));
    });
}

fn figures(cache: &Cache, memory: &Memory) -> CacheFigures {
    let found = cache.figures();
    let tier = |name, tier: cache::TierFigures, lives: Duration| TierFigures {
        name,
        hits: tier.hits,
        entries: tier.entries,
        bytes: tier.bytes,
        most_bytes: tier.capacity,
        evicted: tier.evicted,
        lives_s: lives.as_secs(),
    };
    let [hot, warm, cold] = cache::LIVES;
    let mut tiers = vec![tier("hot", found.hot, hot), tier("warm", found.warm, warm), tier("cold", found.cold, cold)];
    tiers[0].hits += found.shared;
    let step = |event: cache::PressureEvent| PressureFigures {
        at: event.at.to_string(),
        step: event.step.as_str(),
        used_bytes: event.used,
        limit_bytes: event.limit,
    };
    let pressure = memory.events().into_iter().map(step).collect();
    CacheFigures { misses: found.misses, stale: 0, outdated: found.died, tiers, pressure }
}

pub async fn performance(call: Call, _: Keeper) -> Result<Answer> {
    switched_on(&call)?;
    Ok(Answer::fresh(&call.app.monitor.performance(Moment::now())))
}

pub async fn cache(call: Call, _: Keeper) -> Result<Answer> {
    switched_on(&call)?;
    Ok(Answer::fresh(&call.app.monitor.cache()))
}

pub async fn alerts(call: Call, _: Keeper) -> Result<Answer> {
    switched_on(&call)?;
    Ok(Answer::fresh(&call.app.monitor.alerts()))
}

pub async fn slow_queries(call: Call, keeper: Keeper) -> Result<Answer> {
    switched_on(&call)?;
    Ok(Answer::fresh(&call.app.monitor.slow_queries(keeper.operator)))
}

/// The figures in Prometheus's format. Who scrapes them has the operator's token, or comes from a
/// network that may.
pub async fn metrics(call: Call) -> Result<Answer> {
    let config = &call.app.config;
    if !config.metrics_allow.contains(client_address(&call.request, &config.trusted_proxies)) {
        who::find(&call.app, &call.request).await.and_then(Who::operator)?;
    }
    switched_on(&call)?;
    Ok(Answer::new(StatusCode::OK, TEXT, call.app.monitor.prometheus()))
}

fn switched_on(call: &Call) -> Result<()> {
    if call.app.monitor.is_on() {
        return Ok(());
    }
    Err(Error::NotFound(Box::new(Detail {
        code: "metrics_off",
        message: "Nothing is counted, because metrics are switched off. Set metrics.enabled = true.".into(),
        ..Detail::default()
    })))
}
