//! The demo: a lift-service company with two years behind it, made up and the same on every run.
//!
//! `larder serve --demo` fills an empty folder with it, so that the first screen shows a business
//! and not a blank. Everything goes through the kinds' hooks and the engine's [`Intake`], as an
//! import does; nothing here writes a table of a kind by itself.
//!
//! ```text
//!   world ── numbers, dates, who belongs to whom
//!     customers, machines, jobs, sales, notes … ── record number n, told from n alone
//!       slices ── hooks, Intake, the writer's bulk lane
//! ```
//!
//! [`Intake`]: crate::record::Intake

mod calendar;
mod calls;
mod catalogue;
mod checklists;
mod customers;
mod jobs;
mod logs;
mod machines;
mod mark;
mod names;
mod notes;
mod orders;
mod pictures;
mod places;
mod portal;
mod random;
mod sales;
mod sectors;
mod slices;
mod suppliers;
mod team;
pub mod upstream;
mod views;
mod world;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::auth::{Auth, NewTenant, create_tenant};
use crate::db::Db;
use crate::file::Files;
use crate::kernel::{Error, Moment, Result};
use crate::kind::{Registry, Tenant};
use crate::notify;

use calendar::DAY;
use jobs::{Job, State, job_at};
use mark::{Folder, Mark};
use slices::{Ledger, Slices};
use team::Team;
use world::{World, id_of};

pub use portal::connect;
pub use team::{Login, PASSWORD, logins};

/// The firm.
const NAME: &str = "Northgate Lift Services";
const SLUG: &str = "northgate-lift-services";
/// A larger demo would not be a demo any more.
const LARGEST: usize = 200;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Multiplies customers, machines and what happens to them; the firm's own lists of services,
    /// categories and roles stay as they are, and its people grow by the root of it.
    pub scale: usize,
    /// The demo is told as of this moment.
    pub now: Moment,
}

/// Fills an empty folder and gives the logins; waits until everything is written and can be found
/// by search. A folder that holds the demo is left as it is. A fill that was interrupted is carried
/// on where it stopped. `progress` hears what is being written and how many records there are; its
/// error interrupts the filling.
///
/// # Errors
/// A conflict when the folder holds something else.
pub fn fill(
    db: &Db,
    registry: &Arc<Registry>,
    auth: &Auth,
    files: &Files,
    wish: Wish,
    progress: &dyn Fn(&str, u64) -> Result<()>,
) -> Result<Vec<Login>> {
    let mark = match db.read(mark::look).wait()? {
        Folder::Demo(mark) if mark.filled => return Ok(logins()),
        Folder::Demo(mark) => mark,
        Folder::Empty => begin(db, wish)?,
        Folder::Other => {
            return Err(Error::conflict(
                "not_empty",
                "This folder holds other data, and the demo is only put into an empty one. \
                 Name another folder with --data, or start without --demo.",
            ));
        }
    };
    let password = auth.passwords().hash(PASSWORD.into()).wait()?;
    let world = World::new(Arc::clone(registry), mark.now, mark.scale);
    let team = Team::new(&world);
    let mut ledger = Ledger::new(mark);

    let tenant = tenant(auth)?;
    let mut slices = Slices::new(db, registry, &tenant, &mut ledger, progress);
    slices.add(team.staff(&world))?;
    slices.add(catalogue::custom_fields(&world, &team))?;
    slices.finish()?;

    // The tenant has fields of its own by now, and every record to come has to know them.
    let tenant = self::tenant(auth)?;
    let mut slices = Slices::new(db, registry, &tenant, &mut ledger, progress);
    lists(&mut slices, &world, &team)?;
    people(&mut slices, &world, &team, &password)?;
    customers(&mut slices, &world, &team)?;
    work(&mut slices, &world, &team)?;
    slices.add((0..notes::notes(&world)).map(|n| notes::note(&world, &team, n)))?;
    slices.add((0..notes::tasks(&world)).map(|n| notes::task(&world, &team, n)))?;
    slices.add(views::views(&world, &team))?;
    slices.add(portal::workspaces(&world, &team))?;
    let pictures = pictures::pictures();
    for picture in &pictures {
        files.keep_bytes(tenant.id, &picture.png)?;
    }
    slices.add(pictures::photos(&world, &team, &pictures))?;
    slices.finish()?;

    db.write(notify::catch_up(Moment(mark.now.0 - 2 * DAY))).wait()?;
    for purge in notify::outdated(mark.now) {
        purge.run(db, &|| Ok(()))?;
    }
    db.search_caught_up().wait()?;
    db.write(Mark { filled: true, ..mark }.write()).wait()?;
    Ok(logins())
}

/// Makes the tenant and marks the folder as the demo's, in one change.
fn begin(db: &Db, wish: Wish) -> Result<Mark> {
    let firm =
        NewTenant { name: NAME.into(), slug: Some(SLUG.into()), zone: "Europe/London".into(), currency: "GBP".into() };
    let mark = Mark { now: wish.now, scale: wish.scale.clamp(1, LARGEST), slices: 0, filled: false };
    let beginning = Moment(wish.now.0 - 2 * 365 * DAY);
    let mut given = 0..;
    let mut ids = || id_of("tenants", given.next().unwrap_or_default(), beginning);
    let (_, mut change) = create_tenant(&firm, &mut ids, beginning)?;
    change.extend(mark.write());
    db.write(change).wait()?;
    Ok(mark)
}

/// The firm as the engine sees it, with its own fields as they are now.
fn tenant(auth: &Auth) -> Result<Arc<Tenant>> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(Error::internal)?;
    Ok(runtime.block_on(auth.system_access(SLUG))?.tenant)
}

fn lists(slices: &mut Slices<'_>, world: &World, team: &Team) -> Result<()> {
    slices.add(catalogue::categories(world, team))?;
    slices.add((0..suppliers::suppliers(world)).map(|n| suppliers::supplier(world, team, n)))?;
    slices.add((0..catalogue::products(world)).map(|n| catalogue::product(world, team, n)))?;
    slices.add(catalogue::services(world, team))?;
    slices.add((0..suppliers::parts(world)).map(|n| suppliers::stock_item(world, team, n)))?;
    slices.add((0..suppliers::contractors(world)).map(|n| suppliers::contractor(world, team, n)))
}

/// The companies, then the logins: two of them belong to a company and a contractor.
fn people(slices: &mut Slices<'_>, world: &World, team: &Team, password: &str) -> Result<()> {
    slices.add((0..world.companies()).map(|n| customers::company(world, team, n)))?;
    slices.add(team.guests(world, suppliers::contractor_id(world, 0), customers::company_id(world, 0)))?;
    slices.also(team.identities(password))
}

fn customers(slices: &mut Slices<'_>, world: &World, team: &Team) -> Result<()> {
    slices.add((0..world.sites()).map(|n| customers::site(world, team, n)))?;
    slices.add((0..customers::contacts(world)).map(|n| customers::contact(world, team, n)))?;
    slices.add((0..world.machines()).map(|n| machines::machine(world, team, n)))?;
    slices.add((0..sales::deals(world)).map(|n| sales::deal(world, team, n)))
}

fn work(slices: &mut Slices<'_>, world: &World, team: &Team) -> Result<()> {
    let jobs = || (0..world.orders()).map(|n| job_at(world, team, n));
    let is_recent = |job: &Job| job.plan.created.0 > world.now.0 - orders::RECENT * DAY;
    slices.add(jobs().map(|job| {
        let state = if is_recent(&job) { State::New } else { job.state };
        orders::order(world, team, &job, state)
    }))?;
    // The recent ones are then taken step by step to where they stand.
    let first = jobs().position(|job| is_recent(&job)).unwrap_or(world.orders());
    for version in 1.. {
        slices.flush()?;
        let mut moved = false;
        for job in (first..world.orders()).map(|n| job_at(world, team, n)) {
            let steps = orders::steps(&job, team, world.now);
            let Some(step) = steps.get(version - 1) else { continue };
            let from = version.checked_sub(2).map_or(State::New, |before| steps[before].state);
            let [from, to] = [from, step.state].map(|state| orders::order(world, team, &job, state));
            slices.step(version as i64, from, to, step.at, step.by)?;
            moved = true;
        }
        if !moved {
            break;
        }
    }
    let mut logs = 0;
    for job in jobs() {
        let hours = logs::time_logs(world, &job, logs);
        logs += hours.len();
        slices.add(hours)?;
    }
    slices.add(jobs().filter_map(|job| logs::part_log(world, &job)))?;
    slices.add((0..logs::old_papers(world)).map(|n| logs::old_paper(world, team, n)))?;
    slices.add(jobs().filter_map(|job| logs::certificate(world, &job)))
}
