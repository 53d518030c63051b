//! Equipment: customers' machines.

use crate::kernel::Result;
use crate::kind::{Company, Draft, Field, Hooks, Kind, Own, Scope, States, Statistic, Type};

pub const KIND: Kind = Kind {
    about: "The machines you look after, where they stand and when they are next due.",
    fields: &[
        // Not required: it is made of the type and the serial number when nobody gave one.
        Field::text("name", "Name").searched().indexed(),
        Field::text("serial", "Serial number").by_part().aliases(&["serial_number", "serial_no"]),
        Field::text("type", "Type").aliases(&["equipment_type", "device_type"]),
        Field::choice("status", "Status", &["active", "in_work", "out_of_service", "decommissioned"])
            .required()
            .default("\"active\""),
        Field::refer("site_id", "Site", "sites").aliases(&["branch", "building"]),
        Field::text("manufacturer", "Manufacturer").searched().aliases(&["make", "brand"]),
        Field::text("model", "Model").searched(),
        Field::date("installed_on", "Installed").aliases(&["installed", "install_date", "approved"]),
        Field::date("warranty_until", "Warranty until"),
        Field::date("calibration_due", "Calibration due").indexed(),
        Field::date("inspection_due", "Inspection due").indexed().aliases(&["next_inspection_due", "next_inspection"]),
        Field::new("lat", "Latitude", Type::Real(-90.0, 90.0)).aliases(&["latitude"]),
        Field::new("lng", "Longitude", Type::Real(-180.0, 180.0)).aliases(&["longitude", "lon"]),
        Field::long_text("description", "Description"),
        Field::refer("company_id", "Company", "companies").derived(("site_id", "company_id")),
    ],
    scope: Scope {
        own: &[Own::ReferredBy("work-orders", "equipment_id")],
        company: Company::Column("company_id"),
        about: None,
        ..Scope::NOBODY
    },
    natural_key: &["serial"],
    large: true,
    // R06
    stale_s: 120,
    states: States::any("status"),
    hooks: Hooks { prepare: Some(prepare) },
    statistics: &[
        Statistic::of_all("statistics_of_equipment", &["status"]),
        Statistic::of_each("statistics_of_equipment_by_company", &["company_id", "status"]),
    ],
    ..Kind::new("equipment", "equipment", "piece of equipment", "equipment")
};

fn prepare(draft: &mut Draft<'_>) -> Result<()> {
    if draft.get("name").is_null() {
        let name = match (draft.text("type"), draft.text("serial")) {
            ("", "") => "Equipment".to_owned(),
            (one, "") | ("", one) => one.to_owned(),
            (ty, serial) => crate::kernel::shorten(&format!("{ty} {serial}"), 200),
        };
        draft.set("name", name);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    use crate::db::Value;

    #[test]
    fn a_machine_is_called_after_its_type_and_serial_number() {
        let machine = Trial::of(&KIND);
        let (ty, serial) = (("type", Value::from("Passenger")), ("serial", Value::from("S-1")));
        assert_eq!(machine.run(&[ty.clone(), serial.clone()]).text("name"), "Passenger S-1");
        assert_eq!(machine.run(&[ty]).text("name"), "Passenger");
        assert_eq!(machine.run(&[serial]).text("name"), "S-1");
        assert_eq!(machine.run(&[]).text("name"), "Equipment");
    }
}
