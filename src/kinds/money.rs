//! Prices: minor units beside their currency.

use crate::kernel::Result;
use crate::kind::{Draft, Field, Type};

pub const PRICE: Field = Field::new("price", "Price", Type::Money { currency: "currency" });
pub const CURRENCY: Field = Field::new("currency", "Currency", Type::Currency);

/// An amount without a currency is in the tenant's. A record without an amount is left alone, so
/// that a later change of the tenant's currency finds nothing decided for it.
pub fn prepare(draft: &mut Draft<'_>) -> Result<()> {
    complete(draft, "price");
    Ok(())
}

pub fn complete(draft: &mut Draft<'_>, amount: &str) {
    if !draft.get(amount).is_null() && draft.get("currency").is_null() {
        let currency = draft.tenant.currency.to_string();
        draft.set("currency", currency);
    }
}
