//! The endpoints, by method and path.

use actix_web::http::Method;
use serde::{Deserialize, Serialize};

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    Workspaces,
    Switch,
    Tokens,
    Stats,
    Campaigns,
    Senders,
}

impl Endpoint {
    /// Whether it reads and changes nothing.
    pub fn reads(self) -> bool {
        !matches!(self, Self::Switch | Self::Tokens)
    }

    /// Whether the super-admin reads what belongs to the selected workspace.
    pub fn is_of_selected(self) -> bool {
        matches!(self, Self::Stats | Self::Campaigns | Self::Senders)
    }
}

/// An endpoint, and the workspace that the path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub endpoint: Endpoint,
    pub workspace: Option<u64>,
}

/// What a path asks for; the error is the status that says why it asks for nothing.
pub fn find(method: &Method, path: &str) -> Result<Asked, u16> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let (endpoint, takes, workspace) = match parts.as_slice() {
        ["api", "workspaces", "v1.1"] => (Endpoint::Workspaces, Method::GET, None),
        ["api", "workspaces", "v1.1", "switch-workspace"] => (Endpoint::Switch, Method::POST, None),
        ["api", "workspaces", "v1.1", "stats"] => (Endpoint::Stats, Method::GET, None),
        ["api", "workspaces", "v1.1", id, "api-tokens"] => {
            (Endpoint::Tokens, Method::POST, Some(id.parse().map_err(|_| 404u16)?))
        }
        ["api", "campaigns"] => (Endpoint::Campaigns, Method::GET, None),
        ["api", "sender-emails"] => (Endpoint::Senders, Method::GET, None),
        _ => return Err(404),
    };
    if *method == takes { Ok(Asked { endpoint, workspace }) } else { Err(405) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_and_a_method_name_an_endpoint() {
        let found = |method: Method, path| find(&method, path).map(|asked| (asked.endpoint, asked.workspace));
        assert_eq!(found(Method::GET, "/api/workspaces/v1.1"), Ok((Endpoint::Workspaces, None)));
        assert_eq!(found(Method::POST, "/api/workspaces/v1.1/7/api-tokens"), Ok((Endpoint::Tokens, Some(7))));
        assert_eq!(found(Method::POST, "/api/workspaces/v1.1/seven/api-tokens"), Err(404));
        assert_eq!(found(Method::GET, "/api/workspaces/v1.1/switch-workspace"), Err(405));
        assert_eq!(found(Method::GET, "/api/workspaces"), Err(404));
    }
}
