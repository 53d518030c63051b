//! Figures that are kept as records change are those that a count of the records gives (R16 to R19).

use std::sync::Arc;

use larder::db::{Change, watched};
use larder::kernel::{Error, Id, Result};
use larder::kind::{Access, Choice, Level};
use larder::record::{MergeRequest, MergeStep, Statistics, Summary};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::desk::{Desk, object};
use crate::imports::Office;

const OPEN: (&str, &str) = ("status[in]", "new,assigned,in_progress,on_hold");

/// One thing that somebody does. The numbers choose among what there is.
#[derive(Clone, Debug)]
enum Deed {
    Create(usize, usize, usize),
    Update(usize, usize, usize),
    Delete(usize),
    Restore(usize),
    Merge(usize, usize),
    Import(usize),
    Revert(usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    let n = || 0usize..1000;
    prop_oneof![
        6 => (n(), n(), n()).prop_map(|(a, b, c)| Deed::Create(a, b, c)),
        6 => (n(), n(), n()).prop_map(|(a, b, c)| Deed::Update(a, b, c)),
        2 => n().prop_map(Deed::Delete),
        2 => n().prop_map(Deed::Restore),
        1 => (n(), n()).prop_map(|(a, b)| Deed::Merge(a, b)),
        1 => n().prop_map(Deed::Import),
        1 => n().prop_map(Deed::Revert),
    ]
}

fn pick(n: usize, of: &[&'static str]) -> &'static str {
    of[n % of.len()]
}

/// Figures by stage, whichever of its capitals a stage is shown with.
fn by_stage(told: &str) -> Json {
    let mut told: Json = serde_json::from_str(&told.to_lowercase()).expect("JSON");
    let groups = told["groups"].as_array_mut().expect("groups");
    groups.sort_by_key(|group| group["value"].to_string());
    told
}

/// A business in which things happen, and what has been made in it.
struct World {
    office: Office,
    made: Vec<(&'static str, Id)>,
    imports: Vec<Json>,
    statistics: Arc<Statistics>,
    done: usize,
}

impl World {
    fn new() -> Self {
        let mut office = Office::new();
        // A tenant that changes its mind about capitals: to people and in a list it is the same stage, to the
        // figures it is another name.
        let mut tenant = (*office.desk.access.tenant).clone();
        let again = |name: &str, of: &Choice| Choice { name: name.into(), ..of.clone() };
        let more = [again("Lead", &tenant.choices[0]), again("WON", &tenant.choices[1])];
        tenant.choices = tenant.choices.iter().cloned().chain(more).collect();
        office.desk.access.tenant = Arc::new(tenant);
        let statistics = Statistics::new(office.desk.db.clone(), office.desk.registry.clone());
        let mut world = Self { office, made: Vec::new(), imports: Vec::new(), statistics, done: 0 };
        for n in 0..2 {
            let company = world.desk().create("companies", json!({"name": format!("Company {n}")}));
            let site =
                world.desk().create("sites", json!({"name": format!("Site {n}"), "company_id": company.to_string()}));
            let user = world.desk().create("users", json!({"name": format!("User {n}")}));
            world.made.extend([("companies", company), ("sites", site), ("users", user)]);
        }
        world
    }

    fn desk(&self) -> &Desk {
        &self.office.desk
    }

    /// One of the records of a kind, or none now and then.
    fn one(&self, kind: &str, n: usize) -> Json {
        let all: Vec<Id> = self.made.iter().filter(|(of, _)| *of == kind).map(|(_, id)| *id).collect();
        if n.is_multiple_of(5) { Json::Null } else { json!(all[n % all.len()].to_string()) }
    }

    /// What somebody may write into a record of the kind.
    fn body(&self, kind: &str, a: usize, b: usize) -> Json {
        let status = ["new", "assigned", "in_progress", "on_hold", "cancelled", "completed"][a % 6];
        match kind {
            "companies" => json!({"name": format!("Company {a}"), "active": b.is_multiple_of(2)}),
            "sites" => json!({"name": format!("Site {a}"), "company_id": self.one("companies", b)}),
            "equipment" => json!({
                "name": format!("Lift {a}"),
                "status": pick(a, &["active", "in_work", "out_of_service"]),
                "site_id": self.one("sites", b),
            }),
            "work-orders" => json!({
                "title": format!("Job {a}"),
                "status": status,
                "priority": pick(b, &["low", "normal", "high"]),
                "site_id": self.one("sites", b),
                "assigned_to": self.one("users", a / 6),
            }),
            "tasks" => json!({
                "title": format!("Task {a}"),
                "status": pick(a, &["pending", "in_progress", "done"]),
                "assignee_id": self.one("users", b),
            }),
            _ => json!({
                "name": format!("Deal {a}"),
                "stage": pick(a, &["lead", "won", "lost", "Lead", "WON"]),
                "currency": pick(b, &["EUR", "USD"]),
                // Some have no amount, some one that only a few together make too large.
                "value": match b % 7 { 0 => Json::Null, 1 => json!(9_007_199_254_740_991_i64), n => json!(a as i64 * 1000 - n as i64) },
                "company_id": self.one("companies", a / 3),
            }),
        }
    }

    fn plan(
        &self,
        plan: impl FnOnce(&larder::record::View<'_>) -> Result<larder::record::Planned> + Send + 'static,
    ) -> Result<Id> {
        let planned = self.desk().see(&self.desk().access, plan)?;
        self.desk().commit(planned)
    }

    fn act(&mut self, deed: &Deed) -> Result<()> {
        match *deed {
            Deed::Create(kind, a, b) => {
                let kind = ["companies", "sites", "equipment", "work-orders", "deals", "tasks"][kind % 6];
                let id = self.desk().try_create(&self.desk().access, kind, self.body(kind, a, b))?;
                self.made.push((kind, id));
            }
            Deed::Update(which, a, b) => {
                let (kind, id) = self.made[which % self.made.len()];
                if kind != "users" {
                    self.desk().update(kind, id, self.body(kind, a, b), None)?;
                }
            }
            Deed::Delete(which) => {
                let (kind, id) = self.made[which % self.made.len()];
                let at = self.desk().at(kind);
                self.plan(move |view| view.plan_delete(at, id, None))?;
            }
            Deed::Restore(which) => {
                let (kind, id) = self.made[which % self.made.len()];
                let at = self.desk().at(kind);
                self.plan(move |view| view.plan_restore(at, id))?;
            }
            Deed::Merge(a, b) => {
                let kind = ["companies", "sites"][b % 2];
                let ids: Vec<Id> = self.made.iter().filter(|(of, _)| *of == kind).map(|(_, id)| *id).collect();
                let (keep, gone) = (ids[a % ids.len()], ids[b % ids.len()]);
                let at = self.desk().at(kind);
                let request = MergeRequest::parse(keep, &object(json!({"from": [gone.to_string()]})))?;
                loop {
                    let step = request.clone();
                    match self.desk().see(&self.desk().access, move |view| view.merge_step(at, keep, &step))? {
                        MergeStep::Links(change) => self.desk().db.write(change).wait()?,
                        MergeStep::Last(planned) => return self.desk().commit(planned).map(drop),
                    }
                }
            }
            Deed::Import(n) => {
                let rows: String =
                    (0..4).map(|row| format!("X{n}-{row},{},{}\n", ["lead", "won"][row % 2], n * 100)).collect();
                let draft = self.office.draft("deals", format!("name,stage,value\n{rows}").as_bytes())?;
                let done = self.office.run(&draft);
                assert_eq!(done["state"], "done", "{done}");
                self.imports.push(done);
            }
            Deed::Revert(n) if !self.imports.is_empty() => {
                let import = self.imports.swap_remove(n % self.imports.len());
                self.office.revert(&import);
            }
            Deed::Revert(_) => return Err(Error::not_found()),
        }
        self.done += 1;
        Ok(())
    }

    fn ask(&self, access: &Access, kind: &str, params: &[(&str, &str)]) -> String {
        let at = self.desk().at(kind);
        let params: Vec<_> = params.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let summary = Summary::parse(&self.desk().registry, access, at, &params).expect("a summary");
        let told = self.desk().see(access, move |view| view.summary(&summary));
        String::from_utf8(told.expect("figures")).expect("JSON")
    }

    /// Every figure that is kept against the same figure counted from the records: a condition that
    /// holds for all of them, and by which nothing is kept, has them walked over.
    fn compare(&self) {
        let company = self.made[0].1.to_string();
        let user = self.made[2].1.to_string();
        let mut client = self.desk().access.clone();
        let mut grants = client.grants.to_vec();
        grants.iter_mut().for_each(|grant| grant.levels = [Level::Company; 5]);
        client.grants = grants.into();
        client.company = Some(self.made[0].1);
        let to_do = ("status[in]", "pending,in_progress");
        let asked: &[(&str, &[(&str, &str)])] = &[
            ("work-orders", &[("group", "status")]),
            ("work-orders", &[OPEN, ("group", "status")]),
            ("work-orders", &[OPEN, ("group", "priority")]),
            ("work-orders", &[("filter", r#"{"or":[{"status":"new"},{"priority":{"ne":"low"}}]}"#)]),
            ("work-orders", &[("company_id", &company), OPEN]),
            ("work-orders", &[("company_id[null]", "false"), ("group", "company_id")]),
            ("work-orders", &[("assigned_to", &user), OPEN, ("group", "status")]),
            ("work-orders", &[("assigned_to[null]", "false"), OPEN, ("group", "assigned_to")]),
            ("tasks", &[("assignee_id[null]", "false"), to_do, ("group", "assignee_id")]),
            ("deals", &[("group", "stage"), ("sum", "value")]),
            ("deals", &[("stage[in]", "lead,won"), ("sum", "value")]),
            ("deals", &[("group", "currency")]),
            ("deals", &[("company_id", &company), ("group", "stage"), ("sum", "value")]),
            ("equipment", &[("group", "status")]),
            ("equipment", &[("company_id", &company), ("status[ne]", "in_work")]),
            ("sites", &[("company_id", &company)]),
            ("contacts", &[]),
        ];
        for (kind, params) in asked {
            let counted: Vec<(&str, &str)> = params.iter().copied().chain([("id[null]", "false")]).collect();
            for access in [&self.desk().access, &client] {
                let told = self.ask(access, kind, params);
                let counted = self.ask(access, kind, &counted);
                if params.contains(&("group", "stage")) {
                    assert_eq!(by_stage(&told), by_stage(&counted), "{kind} {params:?}");
                } else {
                    assert_eq!(told, counted, "{kind} {params:?}");
                }
            }
        }
        let all: Vec<_> = self.desk().registry.all().map(|(_, kind)| kind.name).collect();
        for kind in all {
            assert_eq!(
                self.ask(&self.desk().access, kind, &[]),
                self.ask(&self.desk().access, kind, &[("id[null]", "false")]),
                "{kind}"
            );
        }
        let found = self.statistics.refresh_dashboard_stats(1).expect("a recount");
        assert_eq!(found.repaired, 0, "the recount agrees with both");
        assert!(found.slices > 20);
        // Piece by piece it comes to the same, and is sure of it.
        let pieces = Statistics::in_pieces(self.desk().db.clone(), self.desk().registry.clone(), 3);
        assert_eq!(pieces.refresh_dashboard_stats(1).expect("a recount").repaired, 0);
        assert_eq!(pieces.found().whole(), 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// R16, R17, R18, C02
    #[test]
    fn whatever_happens_the_figures_are_those_of_the_records(deeds in prop::collection::vec(deed(), 30..50)) {
        let mut world = World::new();
        for deed in &deeds {
            match world.act(deed) {
                // What the rules refuse changes nothing either.
                Ok(()) | Err(Error::Conflict(_) | Error::Invalid(_) | Error::NotFound(_) | Error::Forbidden(_)) => {}
                Err(error) => panic!("{deed:?}: {error}"),
            }
            world.compare();
        }
        prop_assert!(world.done > deeds.len() / 4, "{} of {} deeds were done", world.done, deeds.len());
    }
}

/// R16, R18
#[test]
fn a_stage_that_changes_in_its_capitals_alone_is_counted_under_its_new_name() {
    let world = World::new();
    let (desk, company) = (world.desk(), world.made[0].1.to_string());
    let deal = json!({"name": "Lift", "stage": "won", "value": 500, "company_id": company});
    let deal = desk.create("deals", deal);
    for stage in ["WON", "won", "WON"] {
        desk.update("deals", deal, json!({"stage": stage}), None).expect("renamed");
        world.compare();
    }
    let at = desk.at("deals");
    world.plan(move |view| view.plan_delete(at, deal, None)).expect("deleted");
    world.compare();
}

/// Machines move with their site, by a trigger; what a deletion takes along is counted out and, when
/// it is restored, in again.
#[test]
fn what_moves_and_what_goes_along_is_counted_where_it_is() {
    let world = World::new();
    let (company, site, other) = (world.made[0].1, world.made[1].1, world.made[3].1);
    let desk = world.desk();
    for status in ["active", "active", "in_work"] {
        desk.create("equipment", json!({"name": "Lift", "status": status, "site_id": site.to_string()}));
    }
    let at = |id: Id| world.ask(&desk.access, "equipment", &[("company_id", &id.to_string()), ("group", "status")]);
    assert!(at(company).starts_with("{\"count\":3,"), "{}", at(company));
    desk.update("sites", site, json!({"company_id": other.to_string()}), None).expect("moved");
    assert!(at(company).starts_with("{\"count\":0,"), "{}", at(company));
    assert!(at(other).starts_with("{\"count\":3,"), "{}", at(other));

    let order = desk.create("work-orders", json!({"title": "Fix it", "site_id": site.to_string()}));
    desk.create("time-logs", json!({"work_order_id": order.to_string(), "minutes": 20}));
    let logs = || world.ask(&desk.access, "time-logs", &[]);
    assert_eq!(logs(), "{\"count\":1}");
    let orders = desk.at("work-orders");
    world.plan(move |view| view.plan_delete(orders, order, None)).expect("deleted with its log");
    assert_eq!(logs(), "{\"count\":0}");
    world.compare();
    world.plan(move |view| view.plan_restore(orders, order)).expect("restored");
    assert_eq!(logs(), "{\"count\":1}");
    world.compare();
}

/// R19: the recount finds what is wrong in any of the tables, puts it right and says how much it was.
#[test]
fn a_recount_repairs_every_figure_that_is_wrong() {
    let mut world = World::new();
    for n in 0..60 {
        let _ = world.act(&Deed::Create(n, n * 7, n * 13));
    }
    let tables = [
        "work_orders",
        "work_orders_by_company",
        "work_orders_by_assignee",
        "tasks_by_assignee",
        "deals",
        "deals_by_company",
        "equipment",
        "equipment_by_company",
        "sites_by_company",
        "kinds",
    ];
    let pieces = Statistics::in_pieces(world.desk().db.clone(), world.desk().registry.clone(), 4);
    for table in tables {
        for wrong in [
            "UPDATE # SET n=n+1 WHERE seq=(SELECT max(seq) FROM #)",
            "DELETE FROM # WHERE seq=(SELECT max(seq) FROM # WHERE n>0)",
        ] {
            let mut change = Change::new();
            change.push(wrong.replace('#', &format!("statistics_of_{table}")), vec![]);
            world.desk().db.write(change).wait().expect("spoilt");
            let by = if wrong.starts_with("UPDATE") { &world.statistics } else { &pieces };
            let found = by.refresh_dashboard_stats(1).expect("a recount");
            assert_eq!(found.repaired, 1, "{table}: {wrong}");
            world.compare();
        }
    }
    assert_eq!(world.statistics.found().so_far().repaired, 10);
    assert_eq!(pieces.found().so_far().repaired, 10);
    // Those over all records of a kind, and the kind's own count.
    assert_eq!(pieces.found().whole(), 4, "what is wrong is looked at whole before it is put right");
}

/// R19: people go on working while it counts, and what they do makes no figure look wrong.
#[test]
fn a_recount_piece_by_piece_is_right_while_records_change_under_it() {
    let mut world = World::new();
    for n in 0..60 {
        let _ = world.act(&Deed::Create(n, n * 7, n * 13));
    }
    let pieces = Statistics::in_pieces(world.desk().db.clone(), world.desk().registry.clone(), 5);
    let done = std::sync::atomic::AtomicBool::new(false);
    let rounds = std::thread::scope(|scope| {
        let counting = scope.spawn(|| {
            let mut rounds = 0;
            while !done.load(std::sync::atomic::Ordering::SeqCst) {
                assert_eq!(pieces.refresh_dashboard_stats(1).expect("a recount").repaired, 0);
                rounds += 1;
            }
            rounds
        });
        for n in 0..200 {
            let deed = match n % 4 {
                0 => Deed::Create(n, n * 3, n * 5),
                3 => Deed::Delete(n * 11),
                _ => Deed::Update(n * 7, n * 3, n),
            };
            let _ = world.act(&deed);
        }
        done.store(true, std::sync::atomic::Ordering::SeqCst);
        counting.join().expect("the recount")
    });
    assert!(rounds > 0);
    assert_eq!(pieces.found().whole(), 0, "what changed meanwhile is known from the log");
    world.compare();
}

/// An answer made of kept figures names no table of records, so that it lives until one of them changes.
#[test]
fn figures_that_are_kept_are_not_counted() {
    let world = World::new();
    let desk = world.desk();
    let read = |access: &Access, kind: &str, params: &[(&str, &str)]| -> String {
        let at = desk.at(kind);
        let params: Vec<_> = params.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let summary = Summary::parse(&desk.registry, access, at, &params).expect("a summary");
        let (_, tables) = desk.see(access, move |view| Ok(watched(|| view.summary(&summary).map(drop)))).expect("read");
        desk.db.tables().names(tables).collect::<Vec<_>>().join(" ")
    };
    let all = &desk.access;
    assert_eq!(read(all, "work-orders", &[OPEN, ("group", "status")]), "statistics_of_work_orders");
    assert_eq!(read(all, "deals", &[("group", "stage"), ("sum", "value")]), "statistics_of_deals");
    assert_eq!(read(all, "users", &[]), "statistics_of_kinds");
    // What is kept does not say it, or says more than this viewer may know.
    for (access, params) in [
        (all.clone(), vec![OPEN, ("due_at[lt]", "now")]),
        (all.clone(), vec![("deleted", "true")]),
        (all.clone(), vec![("assigned_to[null]", "true")]),
        (all.clone(), vec![("company_id", "")]),
        (desk.with_level("work-orders", Level::Own), vec![OPEN, ("group", "status")]),
        (desk.with_level("work-orders", Level::Company), vec![("priority", "high")]),
    ] {
        assert_eq!(read(&access, "work-orders", &params), "work_orders", "{params:?}");
    }
    // Tasks are seen only where what they are about is.
    let tasks = read(&desk.with_level("deals", Level::Own), "tasks", &[]);
    assert!(tasks.contains("tasks") && !tasks.contains("statistics"), "{tasks}");
}
