//! Answers that are made ready before anybody asks for them, and compared with the store (N34 to N36).

use serde_json::{Value as Json, json};

use crate::kernel::Result;

use super::{Household, Task};

/// Whoever knows how answers are made; that is the edge's affair.
pub trait Warmer: Send + Sync {
    /// Nobody else wants to read just now.
    fn is_idle(&self) -> bool;
    /// Makes ready what people will ask for, and compares what is kept with the store. Waits for both.
    fn warm(&self) -> Result<Json>;
}

/// Whoever reads comes first: while somebody does, this turn falls out.
pub fn is_wanted(household: &Household, _: i64) -> Result<bool> {
    let config = &household.config;
    let idle = household.warmer.get().is_some_and(|warmer| warmer.is_idle());
    Ok(config.cache_enabled && config.cache_warming && idle)
}

pub fn run(household: &Household, _: &Task) -> Result<Json> {
    household.warmer.get().map_or_else(|| Ok(json!({})), |warmer| warmer.warm())
}
