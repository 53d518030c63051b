//! Asking one question: its calls, their repeats, and what was read.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::json;

use crate::auth::{For, Sealed};
use crate::kernel::{Date, Id, Moment};
use crate::kind::Tenant;

use super::breaker::Turn;
use super::client::Client;
use super::fault::Fault;
use super::feed::Job;
use super::loader::Loader;
use super::payload::{self, Complaint, Read, Sender, Stats, Workspace};
use super::piece::Piece;
use super::retry::{self, Effect};
use super::road::Road;
use super::store::{Source, Target};

/// Accounts on one page, the most that the service gives.
const PAGE: i64 = 100;
const PAGES: i64 = payload::SENDERS as i64 / PAGE;
/// What a workspace's own token is called at the service.
const TOKEN_NAME: &str = "Larder";
/// For whoever looks at a dashboard; the rest is in the log.
const UNREADABLE: &str = "The stored token cannot be opened with the server's key. Give it anew in the settings.";
const UNSEALED: &str = "The server cannot seal a token just now. Whoever runs it finds the reason in its log.";
/// What tokens are sealed for.
const OF_SOURCE: &str = "upstream source";
const OF_WORKSPACE: &str = "upstream workspace";
/// And where they are kept.
pub const SEALED: &[Sealed] = &[("upstream_sources", "admin_token"), ("upstream_workspaces", "token")];

/// One call that was made.
#[derive(Clone, Debug)]
pub struct Call {
    pub api: &'static str,
    pub workspace: Option<Id>,
    pub at: Moment,
    pub took_ms: i64,
    pub attempt: u32,
    pub status: Option<u16>,
    /// `ok`, or the fault's word.
    pub outcome: &'static str,
}

/// What an answer held.
#[derive(Clone, Debug)]
pub enum Got {
    List(Vec<Workspace>),
    Stats(Stats, Date),
    Senders(Vec<Sender>),
    /// Sealed.
    Token(Vec<u8>),
}

/// What became of a question.
#[derive(Debug)]
pub struct Done {
    pub got: Result<Got, Fault>,
    /// Which question was answered badly, for the log, and about which workspace.
    pub api: &'static str,
    pub workspace: Option<Id>,
    /// The first of what was not as declared.
    pub complaints: Vec<Complaint>,
    /// Entries that were left out.
    pub left_out: usize,
    pub completeness: i64,
    pub begun: Moment,
    pub ended: Moment,
    pub calls: Vec<Call>,
    pub turns: Vec<Turn>,
}

/// What came of trying a source out.
#[derive(Clone, Debug)]
pub struct Tested {
    pub ms: i64,
    /// How many workspaces it lists.
    pub outcome: Result<usize, Fault>,
}

/// What a source's or a workspace's token is sealed for.
pub fn of_source(tenant: &Tenant, source: Id) -> For<'static> {
    For { tenant: tenant.id, purpose: OF_SOURCE, about: source }
}

pub fn of_workspace(tenant: &Tenant, workspace: Id) -> For<'static> {
    For { tenant: tenant.id, purpose: OF_WORKSPACE, about: workspace }
}

/// One question on its way.
pub struct Errand<'a> {
    loader: &'a Loader,
    source: &'a Source,
    tenant: &'a Arc<Tenant>,
    road: Road<'a>,
    calls: Vec<Call>,
    complaints: Vec<Complaint>,
    left_out: usize,
    there: u64,
    declared: u64,
}

impl<'a> Errand<'a> {
    pub fn new(loader: &'a Loader, source: &'a Source, tenant: &'a Arc<Tenant>) -> Self {
        let road = Road::new(loader, source.id);
        let (calls, complaints) = (Vec::new(), Vec::new());
        Self { loader, source, tenant, road, calls, complaints, left_out: 0, there: 0, declared: 0 }
    }

    /// Asks, and waits for the answer.
    pub fn run(mut self, job: &Job) -> Done {
        let begun = Moment::now();
        let (api, got) = match job {
            Job::List => ("workspaces", self.list()),
            Job::Piece(target, Piece::Senders) => ("senders", self.senders(target)),
            Job::Piece(target, piece) => ("stats", self.stats(target, *piece)),
            Job::Token(target) => ("tokens", self.make_token(target)),
        };
        if let Err(Fault::Invalid(complaints)) = &got {
            payload::add_complaints(&mut self.complaints, complaints.clone());
        }
        let workspace = match job {
            Job::List => None,
            Job::Piece(target, _) | Job::Token(target) => Some(target.workspace),
        };
        Done {
            got,
            api,
            workspace,
            complaints: self.complaints,
            left_out: self.left_out,
            completeness: (100 * self.there).checked_div(self.declared).unwrap_or(100).cast_signed(),
            begun,
            ended: Moment::now(),
            calls: self.calls,
            turns: self.road.turns(),
        }
    }

    fn list(&mut self) -> Result<Got, Fault> {
        let token = self.admin()?;
        let url = format!("{}/api/workspaces/v1.1", self.source.base_url);
        let read =
            self.ask("workspaces", None, Effect::Same, |client| client.get(&url, &token), payload::workspaces)?;
        Ok(Got::List(self.keep(read)))
    }

    fn stats(&mut self, target: &Target, piece: Piece) -> Result<Got, Fault> {
        let token = self.token(target)?;
        let today = Moment::now().day_in(&self.tenant.zone);
        let (from, to) = piece.span(today).unwrap_or((today, today));
        let base = &self.source.base_url;
        let url = format!("{base}/api/workspaces/v1.1/stats?start_date={from}&end_date={to}");
        let read =
            self.ask("stats", Some(target.workspace), Effect::Same, |client| client.get(&url, &token), payload::stats)?;
        Ok(Got::Stats(self.keep(read), to))
    }

    fn senders(&mut self, target: &Target) -> Result<Got, Fault> {
        let token = self.token(target)?;
        let (mut all, mut page) = (Accounts::default(), 1);
        loop {
            let url = format!("{}/api/sender-emails?page={page}&per_page={PAGE}", self.source.base_url);
            let get = |client: &Client| client.get(&url, &token);
            let read =
                self.ask("senders", Some(target.workspace), Effect::Same, get, |body| payload::senders(body, page))?;
            all.read += read.left_out;
            let got = self.keep(read);
            all.add(got.senders)?;
            if page >= got.last_page {
                return Ok(Got::Senders(all.senders));
            }
            if got.last_page > PAGES {
                return Err(Fault::TooLarge);
            }
            page += 1;
        }
    }

    fn make_token(&mut self, target: &Target) -> Result<Got, Fault> {
        let admin = self.admin()?;
        let url = format!("{}/api/workspaces/v1.1/{}/api-tokens", self.source.base_url, target.upstream);
        let body = json!({ "name": TOKEN_NAME });
        let post = |client: &Client| client.post(&url, &admin, &body);
        let (vault, purpose) = (&self.loader.vault, of_workspace(self.tenant, target.workspace));
        let seal = |token: &str| vault.seal(purpose, token).map_err(|_| Fault::NoToken(UNSEALED.to_owned()));
        // One that could not be kept would live on over there, and nobody would hold it.
        seal("")?;
        let token = self.ask("tokens", Some(target.workspace), Effect::New, post, payload::token)?;
        seal(&token).map(Got::Token)
    }

    fn admin(&self) -> Result<String, Fault> {
        let none = || Fault::NoToken("There is no token for this source. Give one in the settings.".to_owned());
        let sealed = self.source.admin.as_deref().ok_or_else(none)?;
        let opened = self.loader.vault.open(of_source(self.tenant, self.source.id), sealed);
        opened.map_err(|_| Fault::NoToken(UNREADABLE.to_owned()))
    }

    /// The workspace's own token; without one the account's, acting in the workspace that is selected
    /// here. Nobody else selects one meanwhile: see [`Job::selects`].
    fn token(&mut self, target: &Target) -> Result<String, Fault> {
        if let Some(sealed) = &target.token {
            let opened = self.loader.vault.open(of_workspace(self.tenant, target.workspace), sealed);
            return opened.map_err(|_| Fault::NoToken(UNREADABLE.to_owned()));
        }
        let none = |_| Fault::NoToken("There is no token for this workspace. Give one in the settings.".to_owned());
        let admin = self.admin().map_err(none)?;
        let url = format!("{}/api/workspaces/v1.1/switch-workspace", self.source.base_url);
        let body = json!({ "team_id": target.upstream });
        self.ask(
            "switch",
            Some(target.workspace),
            Effect::Same,
            |client| client.post(&url, &admin, &body),
            |_| Ok(()),
        )?;
        Ok(admin)
    }

    fn keep<T>(&mut self, read: Read<T>) -> T {
        payload::add_complaints(&mut self.complaints, read.complaints);
        self.left_out += read.left_out;
        self.there += read.there;
        self.declared += read.declared;
        read.good
    }

    /// Makes a call, again where that may help, and notes each time.
    fn ask<T>(
        &mut self,
        api: &'static str,
        workspace: Option<Id>,
        effect: Effect,
        send: impl Fn(&Client) -> Result<Vec<u8>, Fault>,
        read: impl Fn(&[u8]) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let (loader, calls) = (self.loader, &mut self.calls);
        retry::run(loader.settings.retry, effect, &self.road, |attempt| {
            let at = Moment::now();
            let sent = send(&loader.client);
            let took_ms = Moment::now().0 - at.0;
            let status = sent.as_ref().map_or_else(Fault::status, |_| Some(200));
            let got = sent.and_then(|body| read(&body));
            let outcome = got.as_ref().map_or_else(Fault::code, |_| "ok");
            if !got.as_ref().is_err_and(Fault::is_ours) {
                calls.push(Call { api, workspace, at, took_ms, attempt, status, outcome });
            }
            got
        })
    }
}

/// The accounts of one workspace, page by page.
#[derive(Default)]
struct Accounts {
    senders: Vec<Sender>,
    seen: HashSet<i64>,
    /// Entries, with those that were left out and those that came before.
    read: usize,
}

impl Accounts {
    /// Takes in a page. A list that shifts while it is paged through shows some of them twice.
    fn add(&mut self, page: Vec<Sender>) -> Result<(), Fault> {
        self.read += page.len();
        if self.read > payload::SENDERS {
            return Err(Fault::TooLarge);
        }
        self.senders.extend(page.into_iter().filter(|sender| self.seen.insert(sender.id)));
        Ok(())
    }
}

/// Tries a source out: one call, without repeats.
pub fn test(client: &Client, base_url: &str, token: &str) -> Tested {
    let begun = Moment::now();
    let got = client.get(&format!("{base_url}/api/workspaces/v1.1"), token);
    let outcome = got.and_then(|body| payload::workspaces(&body)).map(|read| read.good.len());
    Tested { ms: Moment::now().0 - begun.0, outcome }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(ids: impl Iterator<Item = i64>) -> Vec<Sender> {
        let sender = |id: i64| Sender {
            id,
            email: format!("{id}@a.example"),
            name: None,
            status: "Connected".to_owned(),
            daily_limit: 40,
            sent: id,
            replied: 0,
            bounced: 0,
            interested: None,
        };
        ids.map(sender).collect()
    }

    #[test]
    fn an_account_that_moved_to_the_next_page_meanwhile_is_counted_once() {
        let mut all = Accounts::default();
        all.add(page(1..=100)).expect("room");
        all.add(page(98..=197)).expect("room");
        assert_eq!(all.senders.iter().map(|sender| sender.id).collect::<Vec<_>>(), (1..=197).collect::<Vec<_>>());
    }

    #[test]
    fn more_accounts_than_twenty_thousand_are_not_read_however_they_are_paged() {
        let mut all = Accounts::default();
        all.add(page(1..=15_000)).expect("room");
        all.add(page(1..=5_000)).expect("room");
        assert_eq!(all.add(page(1..=1)), Err(Fault::TooLarge), "a service that says the same on every page");
    }
}
