//! What became of a question as one change: the piece or why there is none, the calls that it took, and
//! what was not as declared. All of it stands or falls together.

use crate::db::{Change, Value};
use crate::kernel::{Date, Id, Moment, Result, shorten};
use crate::kind::{Actor, Registry, Tenant};
use crate::kinds::WORKSPACES;
use crate::record::{Intake, Row};

use super::breaker::Turn;
use super::errand::{Done, Got};
use super::fault::Fault;
use super::feed::{Job, Round};
use super::payload::Workspace;
use super::piece::Piece;
use super::store::{Known, Source, Target};

/// As much of a message as is kept.
const MESSAGE: usize = 300;

/// The change of a question about a workspace.
pub fn of_piece(tenant: &Tenant, source: &Source, job: &Job, done: &Done, open_until: Option<Moment>) -> Change {
    let mut change = Change::new();
    match (job, &done.got) {
        (Job::Piece(target, piece), Ok(got)) => keep(&mut change, tenant, target, *piece, got, done),
        (Job::Piece(target, piece), Err(fault)) => fail(&mut change, tenant, target, *piece, fault, done.ended),
        (Job::Token(target), Ok(Got::Token(sealed))) => {
            change.push(
                // A token never goes to another address than it came from.
                "UPDATE upstream_workspaces SET token=?1 WHERE tenant_id=?2 AND source_id=?3 AND upstream_id=?4 \
                 AND EXISTS(SELECT 1 FROM upstream_sources WHERE tenant_id=?2 AND id=?3 AND base_url=?5)",
                vec![
                    Value::Blob(sealed.as_slice().into()),
                    tenant.key.into(),
                    source.id.into(),
                    target.upstream.into(),
                    source.base_url.as_str().into(),
                ],
            );
        }
        _ => {}
    }
    log(&mut change, tenant, source, done, open_until);
    change
}

/// The change of a source's list: new workspaces become records, those that it no longer has are put
/// aside.
pub fn of_list(
    tenant: &Tenant,
    registry: &Registry,
    source: &Source,
    known: &[Known],
    done: &Done,
    open_until: Option<Moment>,
) -> Result<Change> {
    let mut change = Change::new();
    match &done.got {
        Ok(Got::List(listed)) => {
            change.extend(adopt(tenant, registry, source, known, listed, done)?);
            change.push(
                "UPDATE upstream_sources SET listed_at=?, list_failed_at=NULL, list_fault=NULL, list_message=NULL \
                 WHERE tenant_id=? AND id=?",
                vec![done.ended.into(), tenant.key.into(), source.id.into()],
            );
        }
        Ok(_) => {}
        Err(fault) => {
            change.push(
                "UPDATE upstream_sources SET list_failed_at=?, list_fault=?, list_message=? WHERE tenant_id=? AND id=?",
                vec![
                    done.ended.into(),
                    fault.code().into(),
                    shorten(&fault.told(), MESSAGE).into(),
                    tenant.key.into(),
                    source.id.into(),
                ],
            );
        }
    }
    log(&mut change, tenant, source, done, open_until);
    Ok(change)
}

fn keep(change: &mut Change, tenant: &Tenant, target: &Target, piece: Piece, got: &Got, done: &Done) {
    let (body, asked_on) = match got {
        Got::Stats(stats, day) => (serde_json::to_string(stats), Some(*day)),
        Got::Senders(senders) => (serde_json::to_string(senders), None),
        Got::List(_) | Got::Token(_) => return,
    };
    change.push(
        "INSERT INTO upstream_snapshots(tenant_id, workspace_id, piece, asked_on, fetched_at, took_ms, left_out, \
         completeness, body) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9) ON CONFLICT(tenant_id, workspace_id, piece) DO UPDATE \
         SET asked_on=?4, fetched_at=?5, took_ms=?6, left_out=?7, completeness=?8, body=?9, failed_at=NULL, fault=NULL, \
         message=NULL",
        vec![
            tenant.key.into(),
            target.workspace.into(),
            piece.as_str().into(),
            asked_on.map(|day: Date| day.to_string()).into(),
            done.ended.into(),
            (done.ended.0 - done.begun.0).into(),
            (done.left_out as i64).into(),
            done.completeness.into(),
            body.unwrap_or_default().into(),
        ],
    );
}

/// What was there stays (D18).
fn fail(change: &mut Change, tenant: &Tenant, target: &Target, piece: Piece, fault: &Fault, at: Moment) {
    change.push(
        "INSERT INTO upstream_snapshots(tenant_id, workspace_id, piece, failed_at, fault, message) \
         VALUES(?1,?2,?3,?4,?5,?6) ON CONFLICT(tenant_id, workspace_id, piece) DO UPDATE \
         SET failed_at=?4, fault=?5, message=?6",
        vec![
            tenant.key.into(),
            target.workspace.into(),
            piece.as_str().into(),
            at.into(),
            fault.code().into(),
            shorten(&fault.told(), MESSAGE).into(),
        ],
    );
}

fn log(change: &mut Change, tenant: &Tenant, source: &Source, done: &Done, open_until: Option<Moment>) {
    let of = [Value::from(tenant.key), Value::from(source.id)];
    let calls = done.calls.iter().map(|call| {
        let rest: [Value; 7] = [
            call.api.into(),
            call.workspace.into(),
            call.at.into(),
            call.took_ms.into(),
            i64::from(call.attempt).into(),
            call.status.map(i64::from).into(),
            call.outcome.into(),
        ];
        of.iter().cloned().chain(rest).collect()
    });
    change.push_many(
        "INSERT INTO api_health_logs(tenant_id, source_id, api, workspace_id, at, took_ms, attempt, status, outcome) \
         VALUES(?,?,?,?,?,?,?,?,?)",
        calls.collect(),
    );
    let complaints = done.complaints.iter().map(|complaint| {
        let rest: [Value; 6] = [
            done.api.into(),
            done.workspace.into(),
            done.ended.into(),
            complaint.sort.into(),
            complaint.pointer.as_str().into(),
            shorten(&complaint.message, MESSAGE).into(),
        ];
        of.iter().cloned().chain(rest).collect()
    });
    change.push_many(
        "INSERT INTO data_validation_errors(tenant_id, source_id, api, workspace_id, at, sort, pointer, message) \
         VALUES(?,?,?,?,?,?,?,?)",
        complaints.collect(),
    );
    if let Some(turn) = done.turns.last() {
        let until = if *turn == Turn::Opened { open_until } else { None };
        change.push(
            "UPDATE upstream_sources SET open_until=? WHERE tenant_id=? AND id=?",
            vec![until.into(), tenant.key.into(), source.id.into()],
        );
    }
    change.touch(tenant.key, "portal");
}

/// What a loading from one source came to (D24).
pub fn ended(change: &mut Change, tenant: &Tenant, source: &Source, rounds: &[Round], now: Moment) {
    for round in rounds {
        let status = match round.failed {
            0 => "fresh",
            failed if failed < round.of => "partial",
            _ => "failed",
        };
        change.push(
            "INSERT INTO data_cache_metadata(tenant_id, source_id, dashboard, status, loaded_at, duration_ms, pieces, \
             failed) VALUES(?1,?2,?3,?4,?5,?6,?7,?8) ON CONFLICT(tenant_id, source_id, dashboard) DO UPDATE \
             SET status=?4, loaded_at=?5, duration_ms=?6, pieces=?7, failed=?8",
            vec![
                tenant.key.into(),
                source.id.into(),
                round.dashboard.as_str().into(),
                status.into(),
                now.into(),
                (now.0 - round.begun.0).into(),
                (round.of as i64).into(),
                (round.failed as i64).into(),
            ],
        );
        change.touch(tenant.key, "portal");
    }
}

/// A record for each workspace that has none, and a link to it.
fn adopt(
    tenant: &Tenant,
    registry: &Registry,
    source: &Source,
    known: &[Known],
    listed: &[Workspace],
    done: &Done,
) -> Result<Change> {
    let position = registry.position(WORKSPACES).ok_or_else(crate::kernel::Error::not_found)?;
    let kind = registry.at(position);
    let mut intake = Intake::new(registry, tenant, Actor::default(), position, done.ended);
    let (mut links, mut back) = (Vec::new(), Vec::new());
    for workspace in listed {
        let name = source.external_id(workspace.id);
        let same = known.iter().find(|known| known.upstream == Some(workspace.id));
        if same.is_some() {
            back.push(vec![tenant.key.into(), source.id.into(), workspace.id.into()]);
            continue;
        }
        // Somebody may have entered it before the source was there, by hand or from a file.
        let by_hand = known.iter().find(|known| known.external_id.as_deref() == Some(&*name));
        let id = match by_hand {
            Some(Known { linked: false, workspace, .. }) => *workspace,
            _ => {
                let mut row = Row::empty(kind);
                row.values[kind.position("name").unwrap_or_default()] = workspace.name.as_str().into();
                row.values[kind.position("active").unwrap_or_default()] = true.into();
                if by_hand.is_none() {
                    row.external_id = name.into();
                }
                let id = Id::new();
                intake.insert(id, &row);
                id
            }
        };
        links.push(vec![tenant.key.into(), source.id.into(), workspace.id.into(), id.into()]);
    }
    let mut change = intake.finish();
    change.push_many(
        "INSERT INTO upstream_workspaces(tenant_id, source_id, upstream_id, workspace_id) VALUES(?,?,?,?)",
        links,
    );
    let gone = known.iter().filter_map(|known| known.upstream).filter(|id| listed.iter().all(|w| w.id != *id));
    let gone: Vec<Vec<Value>> = gone.map(|id| vec![tenant.key.into(), source.id.into(), id.into()]).collect();
    let mark = |missing: u8| {
        format!(
            "UPDATE upstream_workspaces SET missing={missing} WHERE tenant_id=? AND source_id=? AND upstream_id=? \
             AND missing<>{missing}"
        )
    };
    change.push_many(mark(0), back);
    // One that could not be read may be any of them.
    if done.left_out == 0 {
        change.push_many(mark(1), gone);
    }
    Ok(change)
}
