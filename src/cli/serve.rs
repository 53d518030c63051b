//! `larder serve`: opens the folder, answers requests, stops when told to.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::JoinHandle;
use std::time::Duration;

use clap::{ArgMatches, Command};
use sd_notify::NotifyState;

use crate::auth::Auth;
use crate::chore::Clock;
use crate::config::SETTINGS;
use crate::demo::{self, Wish};
use crate::kernel::{Error, Moment, Result};
use crate::kinds;
use crate::web::{self, App};

use super::demo_service::DemoService;
use super::run_file::{RunFile, url};
use super::{log, say, settings};

pub fn command() -> Command {
    Command::new("serve").about("Answer requests until told to stop").args(SETTINGS.iter().map(settings::flag))
}

pub fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let config = settings::read(matches)?;
    log::start(&config)?;
    raise_file_limit();
    let app = App::open(config, kinds::ALL)?;
    let outcome = serve(&app);
    let _ = sd_notify::notify(&[NotifyState::Stopping]);
    app.close();
    outcome.map(|()| ExitCode::SUCCESS)
}

fn serve(app: &Arc<App>) -> Result<()> {
    let config = &app.config;
    let _clock = Clock::start(Arc::clone(&app.household))?;
    let _mail = app.postman.as_ref().map(|postman| postman.start()).transpose()?;
    let _webhooks = app.courier.start()?;
    app.set_ready(!config.demo);
    let https = config.tls_cert.is_some();
    let (mut run_file, mut demo) = (None, None);
    let over = Arc::new(AtomicBool::new(false));
    let served = web::run(Arc::clone(app), |address| {
        run_file = Some(RunFile::write(&config.data, address, https, app.run_token())?);
        let url = url(address, https);
        say(&format!("Larder {} is running on {url}", env!("CARGO_PKG_VERSION")));
        say(&format!("Its data lies in {}", config.data.display()));
        if config.demo {
            demo = Some(fill_demo(Arc::clone(app), Arc::clone(&over))?);
        } else {
            let (auth, url) = (Arc::clone(&app.auth), url.clone());
            thread("larder-setup", move || offer_setup(&auth, &url))?;
        }
        let _ = sd_notify::notify(&[NotifyState::Ready]);
        Ok(())
    });
    over.store(true, Relaxed);
    match demo.map(JoinHandle::join) {
        Some(Ok(Err(error))) if error.code() != "stopping" => Err(error),
        _ => served,
    }
}

/// Fills the folder with the demo beside the server, which is not ready before that is done, and
/// prints the logins: after the address, by when a signal stops the server in peace. A folder that
/// cannot be filled stops the server. What is left to fill when it is `over` is filled at the next start.
/// The thread ends with the service behind the portal, which lives until it is joined.
fn fill_demo(app: Arc<App>, over: Arc<AtomicBool>) -> Result<JoinHandle<Result<Option<DemoService>>>> {
    thread("larder-demo", move || {
        let wish = Wish { scale: app.config.demo_scale as usize, now: Moment::now() };
        let progress = |what: &str, records: u64| {
            tracing::debug!(what, records, "filling in the demo");
            if over.load(Relaxed) {
                Err(Error::busy("stopping", "The demo is filled in at the next start."))
            } else {
                Ok(())
            }
        };
        match demo::fill(&app.db, &app.registry, &app.auth, &app.files, wish, &progress) {
            Ok(logins) => {
                let service = connect_portal(&app).inspect_err(|error| {
                    tracing::warn!(%error, "the demo's mail-campaign service is not there, so its portal has no figures");
                });
                say("These people can sign in (address, password, role):");
                logins.iter().for_each(|login| say(&format!("{} {} {}", login.email, login.password, login.role)));
                app.set_ready(true);
                Ok(service.ok())
            }
            Err(error) => {
                app.stop();
                Err(error)
            }
        }
    })
}

/// Starts the service that the demo's portal reads. The demo alone may call this machine, and of it this
/// address only.
fn connect_portal(app: &App) -> Result<DemoService> {
    let service = DemoService::start()?;
    app.upstream.allow(service.address);
    demo::connect(&app.db, &app.registry, &app.auth, &app.upstream, &format!("http://{}", service.address))?;
    Ok(service)
}

fn thread<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) -> Result<JoinHandle<T>> {
    std::thread::Builder::new().name(name.to_owned()).spawn(work).map_err(Error::internal)
}

/// Prints the set-up link, and a new one whenever it ran out, until somebody has used it.
fn offer_setup(auth: &Auth, url: &str) {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_time().build() {
        Ok(runtime) => runtime,
        Err(error) => return tracing::error!(%error, "the set-up link cannot be made"),
    };
    let offer = async {
        while !auth.is_set_up().await? {
            let link = auth.setup_link(Moment::now()).await?;
            say(&format!("Set it up here, once and within 30 minutes: {url}/setup?token={}", link.token));
            while Moment::now() < link.expires_at && !auth.is_set_up().await? {
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
        }
        Ok::<(), Error>(())
    };
    match runtime.block_on(offer) {
        Err(error) if error.code() != "stopping" => tracing::error!(%error, "the set-up link cannot be made"),
        _ => {}
    }
}

/// Each connection needs two handles, and the usual limit of 1,024 is meant for other programs.
fn raise_file_limit() {
    if let Err(error) = rlimit::increase_nofile_limit(65_536) {
        tracing::warn!(%error, "the limit of open files stays as it is");
    }
}
