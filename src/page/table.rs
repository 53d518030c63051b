//! The pages of the web app and what each of them needs (P10).

/// A page: what it takes as parameters and which parts it shows.
#[derive(Debug)]
pub struct Page {
    pub name: &'static str,
    /// Parameters that it cannot do without.
    pub needs: &'static [&'static str],
    /// Parameters that it takes besides.
    pub takes: &'static [&'static str],
    /// Its parts, in the order in which they are sent when nobody names any.
    pub parts: &'static [&'static str],
}

/// Where a part comes from.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    Session,
    Schema,
    Recents,
    Notifications,
    Dashboard,
    /// A list of one kind: its parameters, with placeholders that [`super::fill`] knows.
    Rows(&'static str, &'static [(&'static str, &'static str)]),
    /// The list that was asked for, of the page's kind.
    List,
    /// The saved views of the page's kind.
    Views,
    Record,
    /// What refers to the record, a list for each field that does.
    Related,
    /// What is counted of a company.
    Figures,
    History,
    /// Rows of that kind about the record, sorted so.
    About(&'static str, &'static str),
    /// The columns of a board, a list for each.
    Columns,
    /// What the columns of a board hold and add up to.
    Totals,
}

/// A part and what it is made of.
pub type Part = (&'static str, Source);

/// Parts that any page may ask for: they are kept in the web app and shared by its pages.
pub const SHARED: &[Part] = &[
    ("session", Source::Session),
    ("schema", Source::Schema),
    ("status_options", Source::Rows("status-options", &[("sort", "list,position"), ALL])),
    ("categories", Source::Rows("categories", BY_NAME)),
    ("services", Source::Rows("services", BY_NAME)),
    ("suppliers", Source::Rows("suppliers", BY_NAME)),
    ("users", Source::Rows("users", &[("fields", "id,name,role"), ("active", "true"), ("sort", "name"), ALL])),
    ("custom_fields", Source::Rows("custom-fields", BY_NAME)),
    ("recents", Source::Recents),
    ("notifications", Source::Notifications),
];

pub const PAGES: &[Page] = &[
    Page { name: "list", needs: &["kind"], takes: &["list"], parts: &["session", "schema", "views", "list"] },
    Page {
        name: "record",
        needs: &["kind", "id"],
        takes: &["include"],
        parts: &["session", "schema", "record", "related", "history", "notes", "tasks", "attachments"],
    },
    Page {
        name: "board",
        needs: &["kind"],
        takes: &["list", "sum"],
        parts: &["session", "schema", "views", "users", "columns", "summary"],
    },
    Page {
        name: "calendar",
        needs: &["from", "to"],
        takes: &[],
        parts: &["session", "schema", "users", "work_orders", "tasks"],
    },
    Page {
        name: "dispatch",
        needs: &["day"],
        takes: &[],
        parts: &["session", "schema", "technicians", "contractors", "work_orders", "unassigned"],
    },
    Page {
        name: "today",
        needs: &[],
        takes: &[],
        parts: &["session", "schema", "services", "stops", "later", "done", "tasks"],
    },
    Page {
        name: "client",
        needs: &[],
        takes: &[],
        parts: &["session", "schema", "sites", "equipment", "work_orders", "certificates"],
    },
    Page { name: "dashboard", needs: &[], takes: &[], parts: &["session", "schema", "dashboard", "recents"] },
    Page {
        name: "settings",
        needs: &[],
        takes: &[],
        parts: &[
            "session",
            "schema",
            "tenant_users",
            "roles",
            "custom_fields",
            "status_options",
            "categories",
            "services",
            "suppliers",
        ],
    },
];

const ALL: (&str, &str) = ("limit", "200");
const BY_NAME: &[(&str, &str)] = &[("sort", "name"), ALL];
const OPEN: (&str, &str) = ("status[in]", "new,assigned,in_progress,on_hold");
const TO_DO: (&str, &str) = ("status[in]", "assigned,in_progress,on_hold");
/// Between `from` and `to`, by the appointment or, without one, by when it is due.
const WITHIN: (&str, &str) = (
    "filter",
    r#"{"or":[{"scheduled_at":{"gte":"{from}","lt":"{to}"}},{"scheduled_at":null,"due_at":{"gte":"{from}","lt":"{to}"}}]}"#,
);
/// On today's round: until this evening, and what has no time at all.
const TODAY: (&str, &str) = (
    "filter",
    r#"{"or":[{"scheduled_at":{"lt":"today+1"}},{"scheduled_at":null,"due_at":{"lt":"today+1"}},{"scheduled_at":null,"due_at":null}]}"#,
);
const WHERE_TO: (&str, &str) = ("include", "site,equipment,contact");

/// The parts of single pages.
const OWN: &[(&str, &[Part])] = &[
    ("list", &[("views", Source::Views), ("list", Source::List)]),
    (
        "record",
        &[
            ("record", Source::Record),
            ("related", Source::Related),
            ("figures", Source::Figures),
            ("history", Source::History),
            ("notes", Source::About("notes", "-created_at")),
            ("tasks", Source::About("tasks", "due_at")),
            ("attachments", Source::About("attachments", "-created_at")),
        ],
    ),
    ("board", &[("views", Source::Views), ("columns", Source::Columns), ("summary", Source::Totals)]),
    (
        "calendar",
        &[
            (
                "work_orders",
                Source::Rows("work-orders", &[WITHIN, ("sort", "scheduled_at"), ("include", "site,assigned_to"), ALL]),
            ),
            (
                "tasks",
                Source::Rows("tasks", &[("due_at[gte]", "{from}"), ("due_at[lt]", "{to}"), ("sort", "due_at"), ALL]),
            ),
        ],
    ),
    (
        "dispatch",
        &[
            (
                "technicians",
                Source::Rows(
                    "users",
                    &[
                        ("fields", "id,name,role,region"),
                        ("role", "technician"),
                        ("active", "true"),
                        ("sort", "name"),
                        ALL,
                    ],
                ),
            ),
            ("contractors", Source::Rows("contractors", &[("fields", "id,name"), ("sort", "name"), ALL])),
            (
                "work_orders",
                Source::Rows(
                    "work-orders",
                    &[
                        WITHIN,
                        ("status[ne]", "cancelled"),
                        ("sort", "scheduled_at"),
                        ("include", "site,assigned_to"),
                        ALL,
                    ],
                ),
            ),
            (
                "unassigned",
                Source::Rows(
                    "work-orders",
                    &[
                        ("status[in]", "new,on_hold"),
                        ("assigned_to[null]", "true"),
                        ("contractor_id[null]", "true"),
                        ("sort", "due_at"),
                        ("include", "site"),
                        ("limit", "50"),
                    ],
                ),
            ),
        ],
    ),
    (
        "today",
        &[
            ("stops", Source::Rows("work-orders", &[MINE, TO_DO, TODAY, ("sort", "scheduled_at"), WHERE_TO, ALL])),
            (
                "later",
                Source::Rows(
                    "work-orders",
                    &[MINE, TO_DO, ("scheduled_at[gte]", "today+1"), ("sort", "scheduled_at"), ("include", "site")],
                ),
            ),
            (
                "done",
                Source::Rows(
                    "work-orders",
                    &[MINE, ("completed_at[gte]", "today"), ("sort", "-created_at"), ("include", "site")],
                ),
            ),
            (
                "tasks",
                Source::Rows(
                    "tasks",
                    &[
                        ("assignee_id", "me"),
                        ("status[in]", "pending,in_progress"),
                        ("sort", "due_at"),
                        ("limit", "50"),
                    ],
                ),
            ),
        ],
    ),
    (
        "client",
        &[
            ("sites", Source::Rows("sites", BY_NAME)),
            ("equipment", Source::Rows("equipment", &[("sort", "name"), ("limit", "50"), ("include", "site")])),
            (
                "work_orders",
                Source::Rows("work-orders", &[OPEN, ("sort", "-created_at"), ("limit", "50"), ("include", "site")]),
            ),
            (
                "certificates",
                Source::Rows("certificates", &[("sort", "valid_until"), ("limit", "50"), ("include", "equipment")]),
            ),
        ],
    ),
    ("dashboard", &[("dashboard", Source::Dashboard)]),
    ("settings", &[("tenant_users", Source::Rows("users", BY_NAME)), ("roles", Source::Rows("roles", BY_NAME))]),
];

/// Stands for the viewer's own work: their firm's, where they work for a contractor.
pub const MINE: (&str, &str) = ("{mine}", "");

pub fn page(name: &str) -> Option<&'static Page> {
    PAGES.iter().find(|page| page.name == name)
}

impl Page {
    /// The part of that name, of this page alone or shared by all.
    pub fn part(&self, name: &str) -> Option<Part> {
        let own = OWN.iter().filter(|(page, _)| *page == self.name).flat_map(|(_, parts)| parts.iter());
        own.chain(SHARED).find(|(part, _)| *part == name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::ALL as KINDS;

    #[test]
    fn every_part_of_every_page_is_made_of_something() {
        let lists = OWN.iter().flat_map(|(_, parts)| parts.iter()).chain(SHARED);
        for (part, source) in lists {
            if let Source::Rows(kind, _) | Source::About(kind, _) = source {
                assert!(KINDS.iter().any(|k| k.name == *kind), "{part}: there is no kind {kind}");
            }
        }
        for page in PAGES {
            for part in page.parts {
                assert!(page.part(part).is_some(), "{}: {part}", page.name);
            }
        }
    }
}
