//! What each endpoint answers, in the service's own manner: rows under `data`, a refusal as `message`.

use std::collections::HashMap;

use actix_web::web::Query;
use serde_json::{Value, json};

use crate::demo::upstream::Workspace;
use crate::kernel::Date;

use super::StandIn;
use super::endpoint::{Asked, Endpoint};

/// A range may be five years long: each of its days is told anew.
const LONGEST_DAYS: i64 = 5 * 366;

/// A status and a body.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Answer {
    pub fn refusal(status: u16, message: &str) -> Self {
        Self { status, body: json!({"message": message}) }
    }
}

/// Who a token stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    Admin,
    Workspace(u64),
}

impl StandIn {
    /// Reads the header `Authorization`.
    pub fn token(&self, header: &str) -> Option<Token> {
        let token = header.strip_prefix("Bearer ")?.trim();
        if token == "demo-admin" {
            return Some(Token::Admin);
        }
        let id = token.strip_prefix("demo-workspace-")?.parse().ok()?;
        self.account.workspace(id).map(|w| Token::Workspace(w.id))
    }

    /// The workspace that a call is about; none for the list.
    pub fn subject(&self, asked: Asked, token: Token, body: &[u8]) -> Option<u64> {
        match asked.endpoint {
            Endpoint::Workspaces => None,
            Endpoint::Tokens => asked.workspace,
            Endpoint::Switch => serde_json::from_slice::<Value>(body).ok()?.get("team_id")?.as_u64(),
            Endpoint::Stats | Endpoint::Campaigns | Endpoint::Senders => Some(match token {
                Token::Admin => self.selected.lock().id,
                Token::Workspace(id) => id,
            }),
        }
    }

    /// The answer of a service that is well.
    pub fn answer(&self, endpoint: Endpoint, token: Token, subject: Option<u64>, query: &str, body: &[u8]) -> Answer {
        let only_admin = matches!(endpoint, Endpoint::Switch | Endpoint::Tokens);
        if only_admin && token != Token::Admin {
            return Answer::refusal(403, "This action is unauthorized.");
        }
        if endpoint == Endpoint::Workspaces {
            return self.list(token);
        }
        let Some(id) = subject else { return Answer::refusal(422, "The team id field is required.") };
        let Some(workspace) = self.account.workspace(id) else {
            return Answer::refusal(404, "There is no such workspace.");
        };
        match endpoint {
            Endpoint::Switch => self.switch(workspace),
            Endpoint::Tokens => make_token(workspace, body),
            Endpoint::Stats => self.stats(workspace, query),
            Endpoint::Campaigns => Answer { status: 200, body: self.account.campaigns(workspace) },
            Endpoint::Senders | Endpoint::Workspaces => self.senders(workspace, query),
        }
    }

    /// The super-admin sees all of them, a workspace's token that one.
    fn list(&self, token: Token) -> Answer {
        let seen = |w: &&Workspace| token == Token::Admin || token == Token::Workspace(w.id);
        let rows: Vec<Value> = self.account.workspaces().iter().filter(seen).map(|w| w.served(self.seed)).collect();
        Answer { status: 200, body: json!({"data": rows}) }
    }

    fn switch(&self, workspace: &Workspace) -> Answer {
        let mut selected = self.selected.lock();
        selected.changes += u64::from(selected.id != workspace.id);
        selected.id = workspace.id;
        Answer { status: 200, body: json!({"data": workspace.served(self.seed)}) }
    }

    fn stats(&self, workspace: &Workspace, query: &str) -> Answer {
        let query = words(query);
        let date = |name: &str| query.get(name).and_then(|text| Date::parse(text));
        match (date("start_date"), date("end_date")) {
            (Some(from), Some(to)) if (0..LONGEST_DAYS).contains(&(to.days() - from.days())) => {
                Answer { status: 200, body: self.account.stats(workspace, from, to) }
            }
            (Some(_), Some(_)) => {
                Answer::refusal(422, "The end date must be on or after the start date, and within five years of it.")
            }
            _ => Answer::refusal(422, "The start date and end date fields must be dates, as 2026-01-31."),
        }
    }

    fn senders(&self, workspace: &Workspace, query: &str) -> Answer {
        let query = words(query);
        let number = |name: &str| query.get(name).map(|text| text.parse::<usize>()).transpose();
        match (number("page"), number("per_page")) {
            (Ok(page), Ok(per_page)) => Answer { status: 200, body: self.account.senders(workspace, page, per_page) },
            _ => Answer::refusal(422, "The page and per page fields must be whole numbers."),
        }
    }
}

/// The token of a workspace is always the same, so it outlives a restart.
fn make_token(workspace: &Workspace, body: &[u8]) -> Answer {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let Some(name) = body["name"].as_str().filter(|name| !name.trim().is_empty()) else {
        return Answer::refusal(422, "The name field is required.");
    };
    let token = json!({
        "id": workspace.id,
        "name": name,
        "plain_text_token": format!("demo-workspace-{}", workspace.id),
    });
    Answer { status: 201, body: json!({"data": token}) }
}

fn words(query: &str) -> HashMap<String, String> {
    Query::from_query(query).map(Query::into_inner).unwrap_or_default()
}
