//! Who is asking, and what they may do: people, passwords, sessions, roles, tenants, one-time links.
//!
//! A [`Session`] carries an [`Access`](crate::kind::Access), and every function of `record` takes
//! one. Rights therefore reach the engine from this room alone.

mod epochs;
mod password;
mod penalty;
mod policy;
mod role;
mod shipped;
mod throttle;
mod tier;
mod token;

pub use epochs::Epochs;
pub use password::{Passwords, Verdict};
pub use policy::check_password;
pub use role::{Role, RoleText, check_role};
pub use shipped::Shipped;
pub use throttle::{Attempt, Throttle};
pub use tier::Tier;
pub use token::{Digest, Token};
