//! Starts actix with the limits of this server instead of its own.

use std::future::{Future, poll_fn};
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::rt::signal::unix::{Signal, SignalKind, signal};
use actix_web::{App as ActixApp, HttpRequest, HttpServer, rt, web};

use crate::kernel::{Error, Result};
use crate::monitor::{Watch, pulse};

use super::app::App;
use super::reaper::DOOR;
use super::{entry, recipes, tls};

const KEEP_ALIVE: Duration = Duration::from_secs(15);
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a stop waits for requests that are being answered.
const GRACE_S: u64 = 10;
/// Reading files and spooling uploads; queries have threads of their own.
const BLOCKING_THREADS: usize = 4;

/// A server that listens.
struct Running {
    /// Where it listens: the port that was found, where 0 was asked for.
    address: SocketAddr,
    server: Server,
}

/// Binds the configured address.
fn start(app: Arc<App>) -> Result<Running> {
    let config = &app.config;
    let workers = match config.workers {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        n => n,
    };
    let tls = match (&config.tls_cert, &config.tls_key) {
        (Some(cert), Some(key)) => Some(tls::config(cert, key)?),
        _ => None,
    };
    // The reaper and the hubs keep to their own numbers; this is only what all of them come to. Twice
    // the door: who was shown out takes a moment to be gone.
    let places = config.max_connections + config.max_sockets + config.live_streams + 2 * DOOR;
    let (listen, connections) = (config.listen, places.div_ceil(workers));
    let reaper = Arc::clone(&app.reaper);
    let round = Arc::clone(&app.reaper);
    let _ = app.household.warmer.set(Arc::new(recipes::AppWarmer(Arc::downgrade(&app))));
    rt::spawn(recipes::keep_warm(Arc::clone(&app)));
    rt::spawn(Arc::clone(&app.live).feed());
    rt::spawn(Arc::clone(&app.live).watch_rights());
    let server = HttpServer::new(move || {
        let app = Arc::clone(&app);
        if app.monitor.is_on() {
            rt::spawn(pulse(Arc::clone(&app.monitor)));
        }
        ActixApp::new().default_service(web::to(move |request: HttpRequest, payload: web::Payload| {
            entry::handle(Arc::clone(&app), request, payload.into_inner())
        }))
    })
    .on_connect(move |stream, data| reaper.greet(stream, data))
    .workers(workers)
    .worker_max_blocking_threads(BLOCKING_THREADS)
    .max_connections(connections)
    .keep_alive(KEEP_ALIVE)
    .client_request_timeout(HEAD_TIMEOUT)
    .shutdown_timeout(GRACE_S)
    .disable_signals();
    let server = match tls {
        Some(tls) => server.bind_rustls_0_23(listen, tls),
        None => server.bind(listen),
    }
    .map_err(|e| Error::invalid("setting", format!("{listen} cannot be listened on: {e}.")))?;
    let address = server.addrs().first().copied().unwrap_or(listen);
    let server = server.run();
    rt::spawn(round.run());
    Ok(Running { address, server })
}

/// Answers requests until the process is told to stop, by SIGTERM or SIGINT; both let what is being
/// answered come to its end. `listening` is called once the address is bound.
pub fn run(app: Arc<App>, listening: impl FnOnce(SocketAddr) -> Result<()>) -> Result<()> {
    rt::System::new().block_on(async {
        let (mut terminate, mut interrupt) = (stop_on(SignalKind::terminate())?, stop_on(SignalKind::interrupt())?);
        let told = poll_fn(move |cx| match terminate.poll_recv(cx).is_ready() || interrupt.poll_recv(cx).is_ready() {
            true => Poll::Ready(()),
            false => Poll::Pending,
        });
        serve_until(app, listening, told).await
    })
}

/// As [`run`], but only [`App::stop`] ends it; for tests, which run several servers in one process.
pub fn run_deaf(app: Arc<App>, listening: impl FnOnce(SocketAddr) -> Result<()>) -> Result<()> {
    rt::System::new().block_on(serve_until(app, listening, std::future::pending()))
}

async fn serve_until(
    app: Arc<App>,
    listening: impl FnOnce(SocketAddr) -> Result<()>,
    told: impl Future<Output = ()> + 'static,
) -> Result<()> {
    let inside = Arc::clone(&app);
    let _watch = Watch::start(Arc::clone(&app.monitor), Arc::clone(&app.db))?;
    let running = start(app)?;
    listening(running.address)?;
    let handle = running.server.handle();
    rt::spawn(async move {
        tokio::select! {
            () = told => {}
            () = inside.stopped() => {}
        }
        tracing::info!("stopping: what is being answered comes to its end");
        // These have no end of their own, and the stop would wait for them.
        inside.live.hub.close();
        inside.streams.hub.close();
        handle.stop(true).await;
    });
    running.server.await.map_err(Error::internal)
}

fn stop_on(kind: SignalKind) -> Result<Signal> {
    signal(kind).map_err(Error::internal)
}
