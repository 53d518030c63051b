//! Certificates: what an inspection found, and until when it counts.

use crate::kernel::Result;
use crate::kind::{Company, Draft, Field, Hooks, Kind, Own, Scope};

pub const KIND: Kind = Kind {
    about: "The papers that say a machine was inspected, what was found and until when it counts.",
    fields: &[
        Field::text("number", "Number").by_part().indexed().aliases(&["certificate", "certificate_number"]),
        Field::refer("equipment_id", "Equipment", "equipment"),
        Field::refer("work_order_id", "Work order", "work-orders"),
        Field::date("issued_on", "Issued").aliases(&["issue_date", "issued"]),
        Field::date("valid_until", "Valid until").indexed().aliases(&["expires", "expiry_date", "valid_to"]),
        Field::choice("result", "Result", &["passed", "passed_with_defects", "failed"]),
        Field::text("inspector", "Inspector"),
        Field::long_text("description", "Remarks").aliases(&["remarks"]),
        Field::refer("company_id", "Company", "companies").derived(("equipment_id", "company_id")),
    ],
    title: "number",
    scope: Scope {
        own: &[Own::Through("work_order_id", "work-orders")],
        company: Company::Column("company_id"),
        about: None,
        ..Scope::NOBODY
    },
    natural_key: &["number"],
    large: true,
    numbered: Some("CERT"),
    hooks: Hooks { prepare: Some(prepare) },
    ..Kind::new("certificates", "certificates", "certificate", "certificates")
};

fn prepare(draft: &mut Draft<'_>) -> Result<()> {
    // A technician writes it from the order at hand, which knows the machine.
    if let (true, Some(order)) = (draft.get("equipment_id").is_null(), draft.get("work_order_id").as_id()) {
        let equipment = draft.lookup.field("work-orders", order, "equipment_id")?;
        draft.set("equipment_id", equipment.unwrap_or_default());
    }
    let (issued, until) = (draft.text("issued_on"), draft.text("valid_until"));
    if !issued.is_empty() && !until.is_empty() && until < issued && !draft.lenient {
        draft.refuse("valid_until", "range", "A certificate cannot end before it is issued.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    use crate::db::Value;
    use crate::kernel::Id;

    #[test]
    fn the_order_at_hand_names_the_machine() {
        let mut paper = Trial::of(&KIND);
        let machine = Value::Id(Id::new());
        let order = paper.add("work-orders", &[("equipment_id", machine.clone())]);
        assert_eq!(paper.run(&[("work_order_id", Value::Id(order))]).get("equipment_id"), &machine);
    }

    #[test]
    fn a_certificate_ends_after_it_begins() {
        let days = [("issued_on", Value::from("2026-06-15")), ("valid_until", Value::from("2026-06-14"))];
        assert_eq!(Trial::of(&KIND).run(&days).refused(), ["valid_until range"]);
    }
}
