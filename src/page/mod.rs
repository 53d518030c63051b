//! One page, one load: what a page of the web app needs, declared as data, in one answer.
//!
//! A part of a page is what its own route answers, byte for byte and under the same rights; a page
//! only gathers. [`table`] says which pages there are and what they need, [`Load`] carries it out.

mod ask;
mod board;
mod dashboard;
mod fill;
mod load;
mod record;
mod schema;
mod session;
pub mod statistics;
pub mod table;

pub use ask::Ask;
pub use dashboard::{Dashboard, Frame, dashboard, join};
pub use load::{Asked, Content, Load};
pub use schema::schema;
pub use session::{session, tenant, user};
