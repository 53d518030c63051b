//! The workspaces of the portal, and the made-up service that their figures come from: the firm sells
//! leads on the side.

use std::sync::Arc;

use crate::auth::Auth;
use crate::db::{Change, Db};
use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::{Access, Registry};
use crate::record::View;
use crate::upstream::{Loader, SourceChange, plan_binding, plan_source, plan_source_change, sources};

use super::SLUG;
use super::mark::{self, Folder};
use super::random::Random;
use super::team::Team;
use super::upstream::{Account, Size};
use super::world::{Entry, World, id_of};

/// What the source is called.
const NAME: &str = "Mail campaigns (made up)";
/// Two of them have no target yet, which the portal remarks upon.
const WITHOUT_TARGET: [usize; 2] = [11, 23];

/// The service's own numbers begin at 1.
fn workspace_id(world: &World, upstream: u64) -> Id {
    id_of("workspaces", upstream as usize, world.beginning())
}

/// The workspaces, with targets near what they bring, prices and costs.
pub fn workspaces(world: &World, team: &Team) -> Vec<Entry> {
    let account = Account::new(Size::default());
    let today = world.now.day_in("UTC");
    let entry = |(n, workspace): (usize, &super::upstream::Workspace)| {
        let mut random = Random::of("portal", n);
        let month = account.range(workspace, today.plus_days(-30), today.plus_days(-1));
        let (leads, mails) = (month.interested as i64, month.emails_sent as i64);
        // Between a fifth less and a fifth more than last month, in round numbers.
        let near = |usual: i64, part: i64, round: i64| ((usual * part / 100 + round - 1) / round * round).max(round);
        let part = 80 + random.below(41) as i64;
        let price = 4_000 + 500 * random.below(17) as i64;
        let entry = world.entry("workspaces", workspace.id as usize, world.beginning()).by(team.manager());
        let entry = entry.set("name", workspace.name.as_str()).set("active", true);
        let entry = entry.set("price_per_lead", price).set("cost_per_month", near(leads * price, 60, 5_000));
        match WITHOUT_TARGET.contains(&n) {
            true => entry,
            false => entry.set("monthly_target", near(leads, part, 10)).set("sending_target", near(mails, part, 1_000)),
        }
    };
    account.workspaces().iter().enumerate().map(entry).collect()
}

/// Points the demo's source at the made-up service, which has another address after each start.
///
/// # Errors
/// A conflict where the folder holds no demo.
pub fn connect(db: &Db, registry: &Arc<Registry>, auth: &Auth, loader: &Arc<Loader>, url: &str) -> Result<()> {
    let Folder::Demo(mark) = db.read(mark::look).wait()? else {
        return Err(Error::conflict("no_demo", "There is no demo in this folder."));
    };
    let world = World::new(Arc::clone(registry), mark.now, mark.scale);
    let access = Arc::new(access(auth)?);
    let (rights, kinds, seal, wish) = (Arc::clone(&access), Arc::clone(registry), Arc::clone(loader), wish(url));
    let plan = move |view: &View<'_>| -> Result<(Id, Change)> {
        let there = sources(view, Moment::now())?.into_iter().find(|source| source["demo"] == true);
        match there.and_then(|source| source["id"].as_str()?.parse::<Id>().ok()) {
            Some(id) => {
                let change = plan_source_change(view, seal.vault(), id, &wish, |_| true, Moment::now())?;
                Ok((id, change))
            }
            None => plan_source(view, seal.vault(), &wish, |_| true, Moment::now()),
        }
    };
    let (source, change) = db.read(move |conn| plan(&View::new(conn, &kinds, &rights))).wait()?;
    db.write(change).wait()?;
    bind(db, registry, &access, loader, &world, source)?;
    loader.renew(access.tenant.key, Some(source));
    Ok(())
}

fn wish(url: &str) -> SourceChange {
    SourceChange {
        name: Some(NAME.to_owned()),
        base_url: Some(url.to_owned()),
        token: Some(Some("demo-admin".to_owned())),
        enabled: None,
        demo: true,
    }
}

/// Each workspace with a token of its own, so that several are asked at a time. One that somebody
/// deleted stays away.
fn bind(
    db: &Db,
    registry: &Arc<Registry>,
    access: &Arc<Access>,
    loader: &Arc<Loader>,
    world: &World,
    source: Id,
) -> Result<()> {
    let all: Vec<(u64, Id)> =
        Account::new(Size::default()).workspaces().iter().map(|w| (w.id, workspace_id(world, w.id))).collect();
    let (rights, kinds, seal) = (Arc::clone(access), Arc::clone(registry), Arc::clone(loader));
    let plan = move |view: &View<'_>| {
        let mut change = Change::new();
        for (upstream, id) in &all {
            let token = format!("demo-workspace-{upstream}");
            match plan_binding(view, seal.vault(), *id, Some((source, upstream.cast_signed())), Some(&token)) {
                Ok(bound) => {
                    change.extend(bound);
                }
                Err(Error::NotFound(_) | Error::Conflict(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(change)
    };
    let change = db.read(move |conn| plan(&View::new(conn, &kinds, &rights))).wait()?;
    db.write(change).wait()
}

/// The rights of an owner of the firm, for nobody in particular.
fn access(auth: &Auth) -> Result<Access> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(Error::internal)?;
    runtime.block_on(auth.system_access(SLUG))
}
