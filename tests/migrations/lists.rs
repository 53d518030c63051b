//! The indexes that requirements name are those that SQLite takes.

use larder::kind::Type;
use larder::kinds::ALL;
use rusqlite::{StatementStatus, params};

use super::{plan, scratch};

/// The requirements that name an index: row, table, condition, order, index.
const NAMED_LISTS: &str = "
    R13 R14 R20 | companies   | a.active = ?                     | BY a.name, a.seq LIMIT 26  | companies_by_active
    R13         | sites       | a.company_id = ? AND a.active = ? | BY a.name, a.seq           | sites_by_company
    S14 S20     | sites       | 1                                | newest                     | sites_by_creation
    S17         | sites       | 1                                | BY a.health_score, a.seq   | sites_by_health
    S18         | equipment   | a.serial = ?                     | BY a.seq                   | equipment_by_serial
    S17         | equipment   | a.status = ?                     | newest                     | equipment_by_status
    R13         | equipment   | a.site_id = ?                    | BY a.inspection_due, a.seq | equipment_by_site
    R42         | equipment   | a.company_id = ?                 | newest                     | equipment_by_company
    R21         | equipment   | a.calibration_due <= ?           | BY a.calibration_due       | equipment_by_calibration
    S23         | equipment   | a.inspection_due <= ? AND a.status <> 'decommissioned' | BY a.inspection_due | equipment_by_inspection
    S18         | work_orders | a.number = ?                     | BY a.seq                   | work_orders_by_number
    S16 S17     | work_orders | a.status = ?                     | newest                     | work_orders_by_status
    S16         | work_orders | a.priority = ?                   | newest                     | work_orders_by_priority
    S16         | work_orders | a.priority = ? AND a.status = ?  | newest                     | work_orders_by_priority_and_status
    S16         | work_orders | 1                                | newest                     | work_orders_by_creation
    R13 R26     | work_orders | a.assigned_to = ? AND a.status = ? | newest                   | work_orders_by_assignee
    S16         | work_orders | a.contractor_id = ? AND a.status = ? | newest                 | work_orders_by_contractor
    S15         | work_orders | a.equipment_id = ?               | newest                     | work_orders_by_equipment
    S15         | work_orders | a.site_id = ?                    | newest                     | work_orders_by_site
    R42         | work_orders | a.company_id = ?                 | newest                     | work_orders_by_company
    R14 S21 S22 | work_orders | a.priority = 'emergency' AND a.status NOT IN ('completed', 'invoiced', 'cancelled') | newest | work_orders_open
    R13 R26     | tasks       | a.assignee_id = ? AND a.status = ? | BY a.due_at, a.seq       | tasks_by_assignee
    S71         | work_orders | a.due_at < ? AND a.status IN (?, ?) AND a.status NOT IN ('completed', 'invoiced', 'cancelled') | BY a.due_at, a.seq | work_orders_open_by_due
    S71         | work_orders | a.completed_at >= ?              | BY a.completed_at          | work_orders_by_completion
    R14 R17     | tasks       | a.assignee_id = ? AND a.status IN ('pending', 'in_progress') | BY a.due_at | tasks_open
    X01         | notes       | a.about_id = ?                   | newest                     | notes_by_record";

#[test]
fn the_named_lists_are_read_from_their_index() {
    let conn = scratch();
    for line in NAMED_LISTS.trim().lines() {
        let [row, table, condition, order, index] = line.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let order = order.replace("newest", "BY a.created_at DESC, a.seq DESC LIMIT 26");
        let sql = format!(
            "SELECT a.id FROM {table} a WHERE a.tenant_id = ? AND a.deleted_at IS NULL AND {condition} ORDER {order}"
        );
        let plan = plan(&conn, &sql);
        assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{row}: {sql}\n{plan}");
    }
    let history = "SELECT * FROM activity WHERE tenant_id = ? AND at >= ? ORDER BY at DESC";
    assert!(plan(&conn, history).contains("activity_by_time"), "R15");
}

/// SQLite takes a partial index only where a query says its condition to the letter.
#[test]
fn what_is_open_is_said_as_the_indexes_say_it() {
    let conn = scratch();
    for (kind, open) in ALL.iter().filter_map(|kind| Some((kind, kind.open?))) {
        let Some(Type::Enum(all)) = kind.field(open.field).map(|field| field.ty) else { panic!("{}", kind.name) };
        let condition = format!("WHERE {} {}", open.field, open.sql);
        let sql = format!("SELECT sql FROM sqlite_schema WHERE tbl_name = '{}' AND type = 'index'", kind.table);
        let mut indexes = conn.prepare(&sql).unwrap();
        let mut texts = indexes.query_map([], |row| row.get::<_, Option<String>>(0)).unwrap();
        assert!(texts.any(|text| text.unwrap().is_some_and(|text| text.contains(&condition))), "{condition}");
        for state in all {
            let holds: bool = conn.query_row(&format!("SELECT ?1 {}", open.sql), [state], |row| row.get(0)).unwrap();
            assert_eq!(holds, open.states.contains(state), "{} {state}", kind.name);
        }
    }
}

/// See migrations/README.md: why no partial index says `column = constant`.
#[test]
fn no_list_is_prepared_anew_for_each_run() {
    let conn = scratch();
    for (table, column) in ALL.iter().flat_map(|k| k.fields.iter().map(|f| (k.table, f.name))) {
        let sql =
            format!("SELECT id FROM {table} WHERE tenant_id = ?1 AND deleted_at IS NULL AND {column} = ?2 LIMIT 1");
        let mut statement = conn.prepare(&sql).unwrap();
        for value in ["emergency", "1", "new"] {
            assert!(!statement.exists(params![1, value]).unwrap());
        }
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0, "{sql}");
    }
}
