//! Who may do what, written down by hand: what the test holds every answer against. Nothing here is
//! read from the code under test.

/// The people of the tenant, in the order of the columns below. The dispatcher has a role that the
/// tenant made for itself.
pub const ROLES: [&str; 7] = ["owner", "manager", "staff", "technician", "contractor", "client", "dispatcher"];

/// How far each of read, create, update, delete and export reaches:
/// `a` all rows; `c` the rows of the client's company; `o` the rows of the own work; `m` only what
/// the person wrote or was given, which is none of the rows in the test; `-` nothing.
pub const KINDS: [(&str, [&str; 7]); 24] = [
    // kind             owner    manager  staff    technic. contrac. client   dispatcher
    ("companies", ["aaaaa", "aaaaa", "aaaaa", "-----", "-----", "c----", "o-o-o"]),
    ("sites", ["aaaaa", "aaaaa", "aaaaa", "o----", "o----", "c----", "a-a--"]),
    ("contacts", ["aaaaa", "aaaaa", "aaaaa", "o----", "o----", "-----", "-----"]),
    ("deals", ["aaaaa", "aaaaa", "aaaaa", "-----", "-----", "-----", "ooooo"]),
    ("equipment", ["aaaaa", "aaaaa", "aaaaa", "o----", "o----", "c----", "-----"]),
    ("work-orders", ["aaaaa", "aaaaa", "aaaaa", "o-o--", "o-o--", "cc---", "a-m-m"]),
    ("tasks", ["aaaaa", "aaaaa", "aaaaa", "ooo--", "mmm--", "-----", "-----"]),
    ("certificates", ["aaaaa", "aaaaa", "aaaaa", "oo---", "oo---", "c----", "-----"]),
    ("time-logs", ["aaaaa", "aaaaa", "aaaaa", "oo---", "oo---", "-----", "-----"]),
    ("part-logs", ["aaaaa", "aaaaa", "aaaaa", "oo---", "oo---", "-----", "-----"]),
    ("notes", ["aaaaa", "aaaaa", "aaaaa", "ommm-", "ommm-", "-----", "-----"]),
    ("attachments", ["aaaaa", "aaaaa", "aaaaa", "ommm-", "ommm-", "-----", "-----"]),
    ("stock-items", ["aaaaa", "aaaaa", "aaaaa", "o----", "o----", "-----", "-----"]),
    ("contractors", ["aaaaa", "aaaaa", "aaaaa", "m----", "o----", "-----", "-----"]),
    ("services", ["aaaaa", "aaaaa", "aaaaa", "a----", "a----", "-----", "-----"]),
    ("products", ["aaaaa", "aaaaa", "aaaaa", "-----", "-----", "-----", "-----"]),
    ("categories", ["aaaaa", "aaaaa", "aaaaa", "-----", "-----", "-----", "-----"]),
    ("suppliers", ["aaaaa", "aaaaa", "aaaaa", "-----", "-----", "-----", "-----"]),
    ("workspaces", ["aaaaa", "aaaaa", "a----", "-----", "-----", "-----", "-----"]),
    ("users", ["aaaaa", "aaa-a", "a----", "o----", "o----", "-----", "-----"]),
    ("roles", ["aaaaa", "a---a", "-----", "-----", "-----", "-----", "-----"]),
    ("status-options", ["aaaaa", "aaaaa", "a----", "a----", "a----", "-----", "-----"]),
    ("custom-fields", ["aaaaa", "a---a", "a----", "a----", "a----", "-----", "-----"]),
    // All of them are the owner's own, and none is shared.
    ("views", ["aaaaa", "mmmmm", "mmmmm", "mmmmm", "mmmmm", "-----", "-----"]),
];

/// The dispatcher's role as the owner writes it.
pub const DISPATCHER: &str = r#"{
    "grants": {
        "companies": {"read": "own", "update": "own", "export": "own"},
        "sites": {"read": "all", "update": "all"},
        "deals": {"read": "own", "create": "own", "update": "own", "delete": "own", "export": "own"},
        "work-orders": {"read": "all", "update": "own", "export": "own"}
    },
    "hidden": {
        "companies": ["description", "external_id", "custom.secret"],
        "sites": ["access_codes"],
        "deals": ["name", "value", "custom"],
        "work-orders": ["description", "number"]
    },
    "locked": {"sites": ["name", "custom.note", "external_id"]}
}"#;

/// The status of each report, in the order of [`ROLES`], and of the same as a file.
pub const REPORTS: [(&str, [u16; 7], [u16; 7]); 8] = [
    //                own  man  sta  tec  con  cli  dis
    ("pipeline", [200, 200, 200, 403, 403, 403, 403], [200, 200, 200, 403, 403, 403, 403]),
    ("forecast", [200, 200, 200, 403, 403, 403, 403], [200, 200, 200, 403, 403, 403, 403]),
    ("won-lost", [200, 200, 200, 403, 403, 403, 403], [200, 200, 200, 403, 403, 403, 403]),
    ("work-orders", [200, 200, 200, 200, 200, 200, 200], [200, 200, 200, 403, 403, 403, 403]),
    ("equipment-due", [200, 200, 200, 200, 200, 200, 403], [200, 200, 200, 403, 403, 403, 403]),
    ("compliance", [200, 200, 200, 403, 403, 200, 403], [200, 200, 200, 403, 403, 403, 403]),
    ("site-health", [200, 200, 200, 403, 403, 403, 403], [200, 200, 200, 403, 403, 403, 403]),
    ("activity", [200, 200, 200, 403, 403, 403, 403], [200, 200, 200, 403, 403, 403, 403]),
];

/// Fields that a role may not see at all.
const HIDDEN: [(&[&str], &str, &[&str]); 10] = [
    (&["technician", "contractor"], "stock-items", &["price"]),
    (&["technician", "contractor"], "part-logs", &["price"]),
    (&["technician", "contractor"], "services", &["price"]),
    (&["technician", "contractor"], "contractors", &["description"]),
    (&["dispatcher"], "companies", &["description", "external_id", "custom.secret"]),
    (&["dispatcher"], "sites", &["access_codes"]),
    (&["dispatcher"], "deals", &["name", "value", "custom.note", "custom.secret"]),
    (&["dispatcher"], "work-orders", &["description", "number"]),
    (&["client"], "sites", &["phone", "access_codes", "description", "health_score", "active"]),
    (&["client"], "companies", &["sector", "description", "owner_id", "active"]),
];

/// What a client sees of kinds where most is hidden.
const CLIENT: [(&str, &[&str]); 3] = [
    (
        "equipment",
        &[
            "name",
            "serial",
            "type",
            "status",
            "site_id",
            "manufacturer",
            "model",
            "installed_on",
            "warranty_until",
            "calibration_due",
            "inspection_due",
            "company_id",
        ],
    ),
    ("certificates", &["number", "equipment_id", "work_order_id", "issued_on", "valid_until", "result", "company_id"]),
    (
        "work-orders",
        &[
            "number",
            "title",
            "description",
            "priority",
            "status",
            "site_id",
            "equipment_id",
            "due_at",
            "scheduled_at",
            "started_at",
            "completed_at",
            "company_id",
        ],
    ),
];

/// Fields that a role sees and may not change, beside those that nobody may.
const READ_ONLY: [(&[&str], &str, &[&str]); 4] = [
    (&["manager"], "users", &["role", "email", "active", "company_id", "contractor_id", "tier"]),
    (
        &["technician", "contractor"],
        "work-orders",
        &[
            "priority",
            "site_id",
            "equipment_id",
            "contact_id",
            "service_id",
            "contractor_id",
            "assigned_to",
            "due_at",
            "scheduled_at",
            "invoiced_at",
            "recurrence",
            "external_id",
        ],
    ),
    (&["technician", "contractor"], "tasks", &["external_id"]),
    (&["dispatcher"], "sites", &["name", "custom.note", "external_id"]),
];

/// Fields that the server alone sets.
const SET_BY_SERVER: [(&str, &[&str]); 7] = [
    ("contacts", &["name"]),
    ("tasks", &["completed_at"]),
    ("equipment", &["company_id"]),
    ("work-orders", &["company_id"]),
    ("certificates", &["company_id"]),
    ("roles", &["shipped"]),
    ("attachments", &["media_type", "bytes", "sha256"]),
];

/// What every record has beside its fields, whoever looks.
pub const ALWAYS: [&str; 6] = ["id", "version", "created_at", "created_by", "updated_at", "custom"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Read,
    Create,
    Update,
    Delete,
    Export,
}

/// The letter of the table.
pub fn level(role: &str, kind: &str, action: Action) -> char {
    let column = ROLES.iter().position(|r| *r == role).expect("a role of the table");
    let (_, levels) = KINDS.iter().find(|(k, _)| *k == kind).unwrap_or_else(|| panic!("no line for {kind}"));
    levels[column].as_bytes()[action as usize].into()
}

/// Does the right reach the row of that name? The technician has open work at `near` and had some at
/// `done`; the contractor's firm, the client's company and the dispatcher's customer are at `near`;
/// `far` is nobody's. The rows of people who sign in are called by their roles.
pub fn reaches(role: &str, kind: &str, action: Action, row: &str) -> bool {
    match level(role, kind, action) {
        'a' => true,
        'o' if kind == "users" => row == role,
        'o' if role == "technician" => ["near", "done"].contains(&row),
        'o' | 'c' => row == "near",
        _ => false,
    }
}

fn listed(table: &[(&[&str], &str, &[&str])], role: &str, kind: &str, field: &str) -> bool {
    table.iter().any(|(roles, k, fields)| roles.contains(&role) && *k == kind && fields.contains(&field))
}

/// May the role see the field, on the rows that it sees?
pub fn shows(role: &str, kind: &str, field: &str) -> bool {
    if listed(&HIDDEN, role, kind, field) {
        return false;
    }
    if role == "client" {
        // Of the tenant's own fields the client sees the one that is marked for clients.
        let own = field.strip_prefix("custom.");
        let listed = CLIENT.iter().find(|(k, _)| *k == kind).is_none_or(|(_, fields)| fields.contains(&field));
        return field != "external_id" && own.map_or(listed, |own| own == "note");
    }
    true
}

/// May the role see the field of this very row? Access codes are seen only while work is open there.
pub fn shows_on(role: &str, kind: &str, field: &str, row: &str) -> bool {
    let codes = (kind, field) == ("sites", "access_codes") && ["technician", "contractor"].contains(&role);
    reaches(role, kind, Action::Read, row) && shows(role, kind, field) && (!codes || row == "near")
}

/// May the role write the field, on the rows that it may change?
pub fn writes(role: &str, kind: &str, field: &str) -> bool {
    let server = SET_BY_SERVER.iter().any(|(k, fields)| *k == kind && fields.contains(&field));
    shows(role, kind, field) && !server && !listed(&READ_ONLY, role, kind, field)
}

/// Fields by which nothing is filtered or sorted, whoever asks.
pub fn protected(kind: &str, field: &str) -> bool {
    (kind, field) == ("sites", "access_codes")
}

/// Every route of a kind: the method and what stands behind the kind's name.
pub const KIND_ROUTES: [(&str, &str); 20] = [
    ("get", ""),
    ("post", ""),
    ("get", "/{id}"),
    ("patch", "/{id}"),
    ("delete", "/{id}"),
    ("post", "/{id}/restore"),
    ("post", "/bulk"),
    ("get", "/{id}/history"),
    ("get", "/{id}/duplicates"),
    ("post", "/{id}/merge"),
    ("get", "/export"),
    ("post", "/export"),
    ("post", "/{id}/attachments"),
    ("get", "/summary"),
    ("get", "/{id}/lock"),
    ("post", "/{id}/lock"),
    ("patch", "/{id}/lock"),
    ("delete", "/{id}/lock"),
    ("put", "/{id}/presence"),
    ("delete", "/{id}/presence"),
];

/// Kinds whose rows are made by sending a file, and not as records.
pub const UPLOADED_KINDS: [&str; 1] = ["attachments"];

/// Does the kind have that route?
pub fn has_route(kind: &str, method: &str, rest: &str) -> bool {
    !UPLOADED_KINDS.contains(&kind) || (method, rest) != ("post", "")
}

/// Every other route: method, path, body, and the status for each of [`ROLES`], for the owner of
/// another tenant, for an operator at home in a third, for the command line without a tenant, and
/// for nobody. Bodies are such that nothing changes where that can be told from the status. 0 is not
/// asked: of two backups in one second the second is a conflict.
#[rustfmt::skip]
pub const ROUTES: [(&str, &str, &str, [u16; 11]); 93] = [
    //                                                          own  man  sta  tec  con  cli  dis  str  ope  com  nob
    ("get", "/api/v1/activity", "",                            [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401]),
    ("post", "/api/v1/batch", BATCH,                           [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401]),
    ("get", "/api/v1/schema", "",                              [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401]),
    ("get", "/api/v1/pages/{page}", "",                        [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401]),
    ("get", "/api/v1/dashboard", "",                           [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401]),
    ("get", "/api/v1/reports", "",                             [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401]),
    ("get", "/api/v1/reports/{name}", "",                      [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401]),
    ("get", "/api/v1/reports/{name}/export", "",               [200, 200, 200, 403, 403, 403, 403, 200, 200, 400, 401]),
    ("post", "/api/v1/reports/{name}/runs", "",                [422, 422, 422, 422, 422, 422, 422, 422, 422, 400, 401]),
    ("get", "/api/v1/reports/runs/{id}", "",                   [404, 404, 404, 404, 404, 404, 404, 404, 404, 400, 401]),
    ("delete", "/api/v1/reports/runs/{id}", "",                [404, 404, 404, 404, 404, 404, 404, 404, 404, 400, 401]),
    ("get", "/api/v1/exports/{id}", "",                        [404, 404, 404, 404, 404, 404, 404, 404, 404, 400, 401]),
    ("get", "/api/v1/exports/{id}/file", "",                   [404, 404, 404, 404, 404, 404, 404, 404, 404, 400, 401]),
    ("get", "/api/v1/statistics/company/{id}", "",             [200, 200, 200, 404, 404, 200, 200, 404, 404, 400, 401]),
    ("get", "/api/v1/statistics/staff", "",                    [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401]),
    ("get", "/api/v1/statistics/system", "",                   [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401]),
    ("get", "/api/v1/notifications", "",                       [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401]),
    ("post", "/api/v1/notifications/read", r#"{"all": true}"#, [204, 204, 204, 204, 204, 204, 204, 204, 204, 400, 401]),
    ("get", "/api/v1/notifications/settings", "",              [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401]),
    ("put", "/api/v1/notifications/settings", MAIL,            [422, 422, 422, 422, 422, 422, 422, 422, 422, 400, 401]),
    ("get", "/api/v1/recents", "",                             [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401]),
    ("post", "/api/v1/recents", RECENT,                        [404, 404, 404, 403, 403, 404, 404, 404, 404, 400, 401]),
    ("get", "/api/v1/status_options", "",                      [200, 200, 200, 200, 200, 403, 403, 200, 200, 400, 401]),
    ("get", "/api/v1/reference_data", "",                      [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401]),
    ("post", "/api/v1/imports", FILE,                          [201, 201, 201, 403, 403, 403, 403, 201, 201, 400, 401]),
    ("get", "/api/v1/imports", "",                             [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401]),
    ("get", "/api/v1/imports/{id}", "",                        [200, 200, 200, 404, 404, 404, 404, 404, 404, 400, 401]),
    ("patch", "/api/v1/imports/{id}", "{}",                    [409, 409, 409, 404, 404, 404, 404, 404, 404, 400, 401]),
    ("post", "/api/v1/imports/{id}/dry-run", "",               [409, 409, 409, 404, 404, 404, 404, 404, 404, 400, 401]),
    ("post", "/api/v1/imports/{id}/start", "",                 [409, 409, 409, 404, 404, 404, 404, 404, 404, 400, 401]),
    ("post", "/api/v1/imports/{id}/cancel", "",                [409, 409, 409, 404, 404, 404, 404, 404, 404, 400, 401]),
    ("post", "/api/v1/imports/{id}/revert", "",                [409, 409, 409, 404, 404, 404, 404, 404, 404, 400, 401]),
    ("get", "/api/v1/imports/{id}/rejected", "",               [200, 200, 200, 404, 404, 404, 404, 404, 404, 400, 401]),
    ("get", "/api/v1/imports/{id}/warnings", "",               [200, 200, 200, 404, 404, 404, 404, 404, 404, 400, 401]),
    ("get", "/api/v1/chores", "",                              [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401]),
    ("post", "/api/v1/chores", CHORE,                          [422, 422, 403, 403, 403, 403, 403, 422, 422, 400, 401]),
    ("get", "/api/v1/chores/{id}", "",                         [200, 200, 404, 404, 404, 404, 404, 404, 404, 400, 401]),
    ("post", "/api/v1/chores/{id}/cancel", "",                 [409, 409, 404, 404, 404, 404, 404, 404, 404, 400, 401]),
    ("post", "/api/v1/chores/{id}/retry", "",                  [409, 409, 404, 404, 404, 404, 404, 404, 404, 400, 401]),
    ("get", "/api/v1/streams/{id}/messages", "",               [200, 200, 404, 404, 404, 404, 404, 404, 404, 400, 401]),
    ("get", "/api/v1/portal", "",                              [200, 200, 200, 403, 403, 403, 403, 200, 200, 400, 401]),
    ("get", "/api/v1/portal/{dashboard}", "",                  [200, 200, 200, 403, 403, 403, 403, 200, 200, 400, 401]),
    ("post", "/api/v1/portal/{dashboard}/refresh", "",         [202, 202, 202, 403, 403, 403, 403, 202, 202, 400, 401]),
    ("get", "/api/v1/portal/health", "",                       [200, 200, 200, 403, 403, 403, 403, 200, 200, 400, 401]),
    ("get", "/api/v1/portal/review", "",                       [200, 200, 200, 403, 403, 403, 403, 200, 200, 400, 401]),
    ("get", "/api/v1/portal/sources", "",                      [200, 403, 403, 403, 403, 403, 403, 200, 200, 400, 401]),
    ("post", "/api/v1/portal/sources", "{}",                   [422, 403, 403, 403, 403, 403, 403, 422, 422, 400, 401]),
    ("patch", "/api/v1/portal/sources/{id}", "{}",             [404, 403, 403, 403, 403, 403, 403, 404, 404, 400, 401]),
    ("delete", "/api/v1/portal/sources/{id}", "",              [404, 403, 403, 403, 403, 403, 403, 404, 404, 400, 401]),
    ("post", "/api/v1/portal/sources/{id}/test", "",           [404, 403, 403, 403, 403, 403, 403, 404, 404, 400, 401]),
    ("post", "/api/v1/portal/sources/{id}/tokens", "",         [404, 403, 403, 403, 403, 403, 403, 404, 404, 400, 401]),
    ("put", "/api/v1/portal/workspaces/{id}/token", "{}",      [404, 403, 403, 403, 403, 403, 403, 404, 404, 400, 401]),
    ("get", "/api/v1/webhooks", "",                            [200, 403, 403, 403, 403, 403, 403, 200, 200, 400, 401]),
    ("post", "/api/v1/webhooks", ALERTS,                       [422, 403, 403, 403, 403, 403, 403, 422, 409, 400, 401]),
    ("patch", "/api/v1/webhooks/{id}", "{}",                   [404, 403, 403, 403, 403, 403, 403, 404, 404, 400, 401]),
    ("delete", "/api/v1/webhooks/{id}", "",                    [404, 403, 403, 403, 403, 403, 403, 404, 404, 400, 401]),
    ("get", "/api/v1/webhooks/{id}/secret", "",                [404, 403, 403, 403, 403, 403, 403, 404, 404, 400, 401]),
    ("post", "/api/v1/webhooks/{id}/test", "",                 [404, 403, 403, 403, 403, 403, 403, 404, 404, 400, 401]),
    ("get", "/api/v1/webhooks/{id}/deliveries", "",            [404, 403, 403, 403, 403, 403, 403, 404, 404, 400, 401]),
    ("post", "/api/v1/webhooks/{id}/deliveries/{message}/resend", "", [404, 403, 403, 403, 403, 403, 403, 404, 404, 400, 401]),
    ("post", "/api/v1/auth/login", LOGIN,                      [401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("get", "/api/v1/auth/me", "",                             [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401]),
    ("post", "/api/v1/auth/password", PASSWORDS,               [422, 422, 422, 422, 422, 422, 422, 422, 422, 400, 401]),
    ("get", "/api/v1/auth/sessions", "",                       [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401]),
    ("delete", "/api/v1/auth/sessions/{id}", "",               [404, 404, 404, 404, 404, 404, 404, 404, 404, 400, 401]),
    ("post", "/api/v1/auth/accept", TOKEN,                     [410, 410, 410, 410, 410, 410, 410, 410, 410, 410, 410]),
    ("get", "/api/v1/auth/setup", "",                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("post", "/api/v1/auth/setup", SETUP,                      [410, 410, 410, 410, 410, 410, 410, 410, 410, 410, 410]),
    ("post", "/api/v1/users/{id}/invite", "",                  [409, 403, 403, 403, 403, 403, 403, 404, 404, 400, 401]),
    ("post", "/api/v1/users/{id}/reset-link", "",              [409, 403, 403, 403, 403, 403, 403, 404, 404, 400, 401]),
    ("get", "/api/v1/tenants/{id}", "",                        [200, 200, 200, 200, 200, 200, 200, 404, 404, 400, 401]),
    ("patch", "/api/v1/tenants/{id}", ZONE,                    [422, 403, 403, 403, 403, 403, 403, 404, 404, 400, 401]),
    ("get", "/api/v1/tenants/{id}/logo", "",                   [200, 200, 200, 200, 200, 200, 200, 404, 404, 400, 401]),
    ("put", "/api/v1/tenants/{id}/logo", TEXT,                 [415, 403, 403, 403, 403, 403, 403, 404, 404, 400, 401]),
    ("get", "/api/v1/attachments/{id}/content", "",            [200, 200, 200, 200, 200, 403, 403, 404, 404, 400, 401]),
    ("get", "/api/v1/admin/tenants", "",                       [403, 403, 403, 403, 403, 403, 403, 403, 200, 200, 401]),
    ("post", "/api/v1/admin/tenants", "{}",                    [403, 403, 403, 403, 403, 403, 403, 403, 422, 422, 401]),
    ("post", "/api/v1/admin/operators", "{}",                  [403, 403, 403, 403, 403, 403, 403, 403, 422, 422, 401]),
    ("post", "/api/v1/admin/passwords", "{}",                  [403, 403, 403, 403, 403, 403, 403, 403, 422, 422, 401]),
    ("post", "/api/v1/admin/cache/drop", "{}",                 [403, 403, 403, 403, 403, 403, 403, 403, 422, 422, 401]),
    ("post", "/api/v1/admin/cache/check", "",                  [403, 403, 403, 403, 403, 403, 403, 403, 200, 200, 401]),
    ("post", "/api/v1/admin/statistics/refresh", "",           [200, 403, 403, 403, 403, 403, 403, 200, 200, 200, 401]),
    ("post", "/api/v1/admin/backups", "",                      [403, 403, 403, 403, 403, 403, 403, 403, 201,   0, 401]),
    ("get", "/api/v1/admin/performance", "",                   [200, 403, 403, 403, 403, 403, 403, 200, 200, 200, 401]),
    ("get", "/api/v1/admin/cache", "",                         [200, 403, 403, 403, 403, 403, 403, 200, 200, 200, 401]),
    ("get", "/api/v1/admin/alerts", "",                        [200, 403, 403, 403, 403, 403, 403, 200, 200, 200, 401]),
    ("get", "/api/v1/admin/slow-queries", "",                  [200, 403, 403, 403, 403, 403, 403, 200, 200, 200, 401]),
    ("get", "/metrics", "",                                    [403, 403, 403, 403, 403, 403, 403, 403, 200, 200, 401]),
    ("get", "/api/openapi.json", "",                           [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("get", "/livez", "",                                      [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("get", "/readyz", "",                                     [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("get", "/healthz", "",                                    [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("post", "/api/v1/auth/logout", "",                        [204, 204, 204, 204, 204, 204, 204, 204, 204, 400, 401]),
];

const CHORE: &str = r#"{"kind": "backup"}"#;
const BATCH: &str = r#"{"requests": [{"method": "GET", "path": "auth/me"}]}"#;
pub const FILE: &str = "Name,Sector\r\nSomebody new,lifts\r\n";
/// A file that is no picture.
pub const TEXT: &str = "The pit light is out.";
/// The server's alerts are for its operator, who has a webhook of this name already.
pub const ALERTS: &str =
    r#"{"name": "Alerts", "sort": "slack", "url": "https://chat.example/x", "events": ["alert.fired"]}"#;
/// This server sends no e-mail.
const MAIL: &str = r#"{"assigned": "mail"}"#;
const RECENT: &str = r#"{"kind": "companies", "id": "01a1fc05-08d1-7448-99b0-07aac7ae6094"}"#;
const LOGIN: &str = r#"{"email": "nobody@example.com", "password": "a wrong password"}"#;
const PASSWORDS: &str = r#"{"present": "", "password": "another good phrase"}"#;
const TOKEN: &str = r#"{"token": "none", "password": "another good phrase"}"#;
const SETUP: &str = r#"{"token": "none", "password": "another good phrase", "name": "N", "email": "n@example.com", "tenant_name": "T"}"#;
const ZONE: &str = r#"{"zone": "Mars/Base"}"#;
