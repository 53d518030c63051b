//! Deals: what might be sold, is, or was not.

use crate::db::Value;
use crate::kernel::{Result, shorten};
use crate::kind::{Company, Draft, Field, Hooks, Kind, Own, Scope, States, Statistic, Type};

/// The list of status options that holds the stages.
pub const STAGES: &str = "deal-stage";

pub const KIND: Kind = Kind {
    about: "Sales in the making: who wants what, how much it is worth and how far it has come.",
    fields: &[
        // Not required: it is made of the company and the product when nobody gave one.
        Field::text("name", "Name").by_part().indexed().aliases(&["deal", "opportunity"]),
        Field::refer("company_id", "Company", "companies").aliases(&["account", "customer"]),
        Field::refer("contact_id", "Contact", "contacts"),
        Field::refer("product_id", "Product", "products"),
        Field::new("stage", "Stage", Type::Option(STAGES)).aliases(&["deal_stage", "status"]),
        Field::new("value", "Value", Type::Money { currency: "currency" }).indexed().aliases(&[
            "close_value",
            "amount",
            "deal_value",
        ]),
        super::money::CURRENCY,
        Field::new("probability", "Probability (%)", Type::Int(0, 100)),
        Field::date("opened_on", "Opened").aliases(&["engage_date", "open_date", "opened"]),
        Field::date("expected_on", "Expected close").indexed().aliases(&["expected_close", "expected_close_date"]),
        Field::date("closed_on", "Closed").indexed().aliases(&["close_date", "closed"]),
        Field::refer("owner_id", "Owner", "users").aliases(&["sales_agent", "agent", "owner", "sales_rep"]),
        Field::long_text("description", "Description").searched(),
    ],
    scope: Scope {
        own: &[Own::User("owner_id")],
        company: Company::Column("company_id"),
        about: None,
        ..Scope::NOBODY
    },
    large: true,
    states: States::any("stage"),
    hooks: Hooks { prepare: Some(prepare) },
    statistics: &[
        Statistic::of_all("statistics_of_deals", &["stage", "currency"]).adding_up("value"),
        Statistic::of_each("statistics_of_deals_by_company", &["company_id", "stage", "currency"]).adding_up("value"),
    ],
    ..Kind::new("deals", "deals", "deal", "deals")
};

fn prepare(draft: &mut Draft<'_>) -> Result<()> {
    name_it(draft)?;
    super::money::complete(draft, "value");
    stage_it(draft)
}

/// A deal without a name is called after who wants what.
fn name_it(draft: &mut Draft<'_>) -> Result<()> {
    if !draft.get("name").is_null() {
        return Ok(());
    }
    let parts = [draft.title_of("company_id")?, draft.title_of("product_id")?];
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|p| !p.is_empty()).collect();
    let name = if parts.is_empty() { "Deal".to_owned() } else { shorten(&parts.join(" – "), 200) };
    draft.set("name", name);
    Ok(())
}

/// A new deal starts at the first open stage. Reaching a stage brings its usual probability, and a
/// won or lost deal is closed today; whoever says otherwise is believed.
fn stage_it(draft: &mut Draft<'_>) -> Result<()> {
    let tenant = draft.tenant;
    if draft.get("stage").is_null()
        && let Some(first) = tenant.choices_of(STAGES).find(|c| &*c.counts_as == "open")
    {
        draft.set("stage", &*first.name);
    }
    if !draft.changed("stage") {
        return Ok(());
    }
    let stage = draft.text("stage").to_owned();
    let counts_as = tenant.choices_of(STAGES).find(|c| *c.name == stage).map_or("", |c| &*c.counts_as);
    let closed = matches!(counts_as, "won" | "lost");
    if !draft.changed("probability") {
        let probability = match counts_as {
            "won" => Value::Int(100),
            "lost" => Value::Int(0),
            _ => usual_probability(draft, &stage)?,
        };
        draft.set("probability", probability);
    }
    if closed && draft.get("closed_on").is_null() && !draft.lenient {
        let today = draft.today().to_string();
        draft.set("closed_on", today);
    }
    Ok(())
}

fn usual_probability(draft: &Draft<'_>, stage: &str) -> Result<Value> {
    let by = [("list", &Value::from(STAGES)), ("name", &Value::from(stage))];
    match draft.lookup.find("status-options", &by)? {
        Some(id) => Ok(draft.lookup.field("status-options", id, "probability")?.unwrap_or_default()),
        None => Ok(Value::Null),
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::{TODAY, Trial};
    use super::*;

    fn stage(name: &str) -> (&'static str, Value) {
        ("stage", Value::from(name))
    }

    #[test]
    fn a_deal_is_called_after_who_wants_what() {
        let mut deal = Trial::of(&KIND);
        let company = deal.add("companies", &[("name", Value::from("Isdom"))]);
        let product = deal.add("products", &[("name", Value::from("GTX Pro"))]);
        let both = [("company_id", Value::Id(company)), ("product_id", Value::Id(product))];
        assert_eq!(deal.run(&both).text("name"), "Isdom – GTX Pro");
        assert_eq!(deal.run(&both[1..]).text("name"), "GTX Pro");
        assert_eq!(deal.run(&[]).text("name"), "Deal");
        assert_eq!(deal.run(&[("name", Value::from("Mine"))]).text("name"), "Mine");
    }

    #[test]
    fn a_new_deal_starts_at_the_first_open_stage_with_its_probability() {
        let mut deal = Trial::of(&KIND);
        let lead = [("list", Value::from(STAGES)), ("name", Value::from("lead")), ("probability", Value::Int(10))];
        deal.add("status-options", &lead);
        let outcome = deal.run(&[]);
        assert_eq!((outcome.text("stage"), outcome.get("probability")), ("lead", &Value::Int(10)));
        assert_eq!(deal.run(&[("probability", Value::Int(35))]).get("probability"), &Value::Int(35));
    }

    #[test]
    fn a_won_deal_is_closed_today_unless_told_otherwise() {
        let mut deal = Trial::of(&KIND);
        deal.store(deal.run(&[]));
        let won = deal.run(&[stage("won")]);
        assert_eq!((won.text("closed_on"), won.get("probability")), (TODAY, &Value::Int(100)));
        let told = deal.run(&[stage("lost"), ("closed_on", Value::from("2026-01-31"))]);
        assert_eq!((told.text("closed_on"), told.get("probability")), ("2026-01-31", &Value::Int(0)));
        deal.lenient = true;
        assert_eq!(deal.run(&[stage("won")]).text("closed_on"), "", "nobody knows when an old deal was won");
    }

    #[test]
    fn a_value_without_a_currency_is_in_the_tenants() {
        let deal = Trial::of(&KIND);
        assert_eq!(deal.run(&[("value", Value::Int(105_400))]).text("currency"), "EUR");
        assert_eq!(deal.run(&[]).text("currency"), "");
        let dollars = [("value", Value::Int(1)), ("currency", Value::from("USD"))];
        assert_eq!(deal.run(&dollars).text("currency"), "USD");
    }
}
