//! The one list of routes. It drives the routing, the API's description and the test of rights.

use crate::file;

use super::pages::{docs, home, join};
use super::route::{Gives, Handler, Param, Route, Shape, Takes, Weight, param};
use super::{
    admin, assets, batch, bulk, chores, dashboard, export, files, gather, health, imports, live, loads, monitoring,
    notifications, openapi, people, recents, records, reference, reports, schema, session, sockets, statistics,
    streams,
};

/// Wraps an async handler as the table's entry wants it: `public!(health::live)`.
macro_rules! public {
    ($handler:path) => {
        Handler::Public(|call| Box::pin($handler(call)))
    };
}
macro_rules! viewer {
    ($handler:path) => {
        Handler::Viewer(|call, viewer| Box::pin($handler(call, viewer)))
    };
}

macro_rules! keeper {
    ($handler:path) => {
        Handler::Keeper(|call, keeper| Box::pin($handler(call, keeper)))
    };
}
macro_rules! operator {
    ($handler:path) => {
        Handler::Operator(|call, operator| Box::pin($handler(call, operator)))
    };
}

const SELECT: &[Param] = &[FIELDS, INCLUDE];
const FIELDS: Param = param("fields", "Only these fields, with dots into references: `id,number,site.name`.");
const INCLUDE: Param = param("include", "References to show whole beside their ids: `site,equipment`.");
const LIMIT: Param = param("limit", "How many, 1 to 200; 25 when not given, 50 at most with `page`.");
const CURSOR: Param = param("cursor", "Where to go on: `page.next_cursor` or `page.prev_cursor` of the last answer.");
const LIST: &[Param] = &[
    FIELDS,
    INCLUDE,
    LIMIT,
    CURSOR,
    param("sort", "Up to three fields, `-` for descending: `-created_at,name`."),
    param("q", "Words to search for in everything that may be searched."),
    param("filter", "Conditions as JSON, for OR: `{\"or\":[{\"status\":\"new\"},{\"due_at\":{\"lt\":\"today\"}}]}`."),
    param("page", "The number of a page instead of a cursor, for short lists."),
    param("count", "`true` adds `page.total`."),
    param("deleted", "`true` lists the deleted records that may be restored."),
];
const EXPORT: &[Param] = &[
    param("format", "`csv`, `xlsx` or `jsonl`; CSV when not given."),
    param("sort", "Up to three fields, `-` for descending."),
    param("q", "Words to search for."),
    param("filter", "Conditions as JSON."),
    param("deleted", "`true` exports the deleted records."),
];
const SUMMARY: &[Param] = &[
    param(
        "group",
        "The field to group by; days and moments with `:day`, `:week`, `:month`, `:quarter` or `:year` behind it.",
    ),
    param("sum", "The number or amount of money to add up; amounts are added up by currency."),
    param("q", "Words to search for."),
    param("filter", "Conditions as JSON."),
    param("deleted", "`true` counts the deleted records."),
];
/// Each report says which of these it has.
const REPORT: &[Param] = &[BY, FROM, TO, COMPANY, REGION, WITHIN, WHAT, MONTHS];
const REPORT_FILE: &[Param] = &[
    param("format", "`csv`, `xlsx` or `pdf`; CSV when not given."),
    BY,
    FROM,
    TO,
    COMPANY,
    REGION,
    WITHIN,
    WHAT,
    MONTHS,
];
const BY: Param = param("by", "What the rows are grouped by: one of the report's choices.");
const FROM: Param = param("from", "The first day, `2026-11-21`, or relative to today: `month-2`, `quarter`.");
const TO: Param = param("to", "The last day.");
const COMPANY: Param = param("company", "Only this company, by its id.");
const REGION: Param = param("region", "Only this region.");
const WITHIN: Param = param("within", "Due within so many days: 30, 60 or 90.");
const WHAT: Param = param("what", "What is due: `both`, `inspection` or `calibration`.");
const MONTHS: Param = param("months", "So many months ahead: 3, 6 or 12.");
const HISTORY: &[Param] = &[CURSOR, LIMIT];

pub static ROUTES: &[Route] = &[
    // Records of any kind
    Route::get("/api/v1/{kind}", "index", viewer!(records::index))
        .says("Records", "List {many}", "Every field is a filter too: `field=value`, or `field[op]=value` with eq, ne, lt, lte, gt, gte, in, contains or null.")
        .query(LIST)
        .filters()
        .gives(200, Gives::Json(Shape::Page)),
    Route::post("/api/v1/{kind}", "create", viewer!(records::create))
        .says("Records", "Create {one}", "")
        .takes(Takes::Json(Shape::NewRecord))
        .query(SELECT)
        .gives(201, Gives::Json(Shape::Record))
        .writes()
        .makes()
        .repeatable(),
    Route::get("/api/v1/{kind}/{id}", "show", viewer!(records::show))
        .says("Records", "Read {one}", "")
        .query(SELECT)
        .gives(200, Gives::Json(Shape::Record)),
    Route::patch("/api/v1/{kind}/{id}", "update", viewer!(records::update))
        .says("Records", "Change {one}", "Only what is sent changes; `null` empties a field.")
        .takes(Takes::Patch(Shape::RecordChange))
        .query(SELECT)
        .gives(200, Gives::Json(Shape::Record))
        .writes()
        .conditional(),
    Route::delete("/api/v1/{kind}/{id}", "destroy", viewer!(records::destroy))
        .says("Records", "Delete {one}", "It can be restored. Where other records still refer to it, the answer is 409 with their counts.")
        .gives(204, Gives::Nothing)
        .writes()
        .conditional(),
    Route::post("/api/v1/{kind}/{id}/restore", "restore", viewer!(records::restore))
        .says("Records", "Restore {one}", "Brings back what the same deletion took along.")
        .gives(200, Gives::Json(Shape::Record))
        .writes()
        .repeatable(),
    Route::post("/api/v1/{kind}/bulk", "bulk", viewer!(bulk::run))
        .says("Records", "Change many {many}", "At most 1,000 records, each checked, committed and answered for itself.")
        .takes(Takes::Json(Shape::Named("BulkRequest")))
        .gives(200, Gives::Json(Shape::Named("BulkResult")))
        .writes()
        .repeatable(),
    Route::get("/api/v1/{kind}/{id}/history", "history", viewer!(gather::history))
        .says("Records", "History of {one}", "Who changed what, from what, to what; newest first.")
        .query(HISTORY)
        .gives(200, Gives::Json(Shape::Named("History"))),
    Route::get("/api/v1/{kind}/{id}/duplicates", "duplicates", viewer!(gather::duplicates))
        .says("Records", "Find duplicates of {one}", "")
        .gives(200, Gives::Json(Shape::Page)),
    Route::post("/api/v1/{kind}/{id}/merge", "merge", viewer!(gather::merge))
        .says("Records", "Merge others into {one}", "Every link to the others follows; then they are deleted.")
        .takes(Takes::Json(Shape::Named("MergeRequest")))
        .gives(200, Gives::Json(Shape::Record))
        .writes()
        .repeatable(),
    Route::get("/api/v1/{kind}/export", "export", viewer!(export::show))
        .says("Records", "Export {many}", "All records of the list, filtered and sorted as it is, with every field that you may see.")
        .query(EXPORT)
        .filters()
        .gives(200, Gives::File(export::MEDIA)),
    Route::get("/api/v1/{kind}/summary", "summary", viewer!(gather::summary))
        .says("Records", "Count and add up {many}", "The same rows as the list with these conditions, by group; at most 200 groups.")
        .query(SUMMARY)
        .filters()
        .gives(200, Gives::Json(Shape::Named("Summary"))),
    // Working together
    Route::get("/api/v1/{kind}/{id}/lock", "lock", viewer!(live::show))
        .says("Records", "Who edits {one}?", "")
        .gives(200, Gives::Json(Shape::Named("LockState")))
        .writes(),
    Route::post("/api/v1/{kind}/{id}/lock", "lock.take", viewer!(live::take))
        .says("Records", "Edit {one}", "Nobody else can change it for 15 minutes. Send the `token` as `Larder-Lock` with what you save; take it again from another window at any time.")
        .gives(200, Gives::Json(Shape::Named("Lock")))
        .writes(),
    Route::patch("/api/v1/{kind}/{id}/lock", "lock.extend", viewer!(live::extend))
        .says("Records", "Go on editing {one}", "For another 15 minutes from now; to be sent every minute.")
        .takes(Takes::Patch(Shape::Fields("LockToken", live::TOKEN)))
        .gives(200, Gives::Json(Shape::Named("Lock")))
        .writes()
        .weighs(Weight::Light),
    Route::delete("/api/v1/{kind}/{id}/lock", "lock.release", viewer!(live::release))
        .says("Records", "Stop editing {one}", "With `token`, only if nobody has taken it since, from another window for example.")
        .query(&[param("token", "The lock that ends; whichever you hold when not given.")])
        .gives(204, Gives::Nothing)
        .writes()
        .weighs(Weight::Light),
    Route::put("/api/v1/{kind}/{id}/presence", "presence", viewer!(live::beat))
        .says("Records", "Who else looks at {one}?", "Says that you do, too; to be sent every minute. Whoever has not for 150 seconds is gone.")
        .gives(200, Gives::Json(Shape::Named("Presence")))
        .weighs(Weight::Light),
    Route::delete("/api/v1/{kind}/{id}/presence", "presence.leave", viewer!(live::leave))
        .says("Records", "No longer look at {one}", "")
        .gives(204, Gives::Nothing)
        .weighs(Weight::Light),
    Route::get("/api/v1/live", "follow", viewer!(sockets::open))
        .takes(Takes::Socket)
        .gives(101, Gives::Socket)
        .weighs(Weight::Light),
    // Files
    Route::post("/api/v1/{kind}/{id}/attachments", "attach", viewer!(files::attach))
        .says("Records", "Attach a file to {one}", "The file as the body, at most 20 MB: a picture, a PDF, a text, a document or a film. What it is is told by what is in it.")
        .takes(Takes::File(file::MAX_BYTES))
        .query(&[param("name", "What the file is called.")])
        .gives(201, Gives::Json(Shape::Named("Attachment")))
        .repeatable(),
    Route::get("/api/v1/attachments/{id}/content", "content", viewer!(files::content))
        .says("Files", "The file itself", "As it was sent; a `Range` gives a part of it.")
        .gives(200, Gives::Bytes),
    // Over all kinds
    Route::get("/api/v1/activity", "activity", viewer!(gather::activity))
        .says("Everything", "What happened lately", "Changes to all records that you may see, newest first.")
        .query(&[
            CURSOR,
            LIMIT,
            param("kind", "Only records of this kind."),
            param("user_id", "Only what this user did."),
            param("since", "Only from this moment on."),
        ])
        .gives(200, Gives::Json(Shape::Named("History"))),
    Route::post("/api/v1/batch", "batch", viewer!(batch::run))
        .says("Everything", "Several requests in one", "At most 20, carried out in order; each is answered as if it had come alone.")
        .takes(Takes::Json(Shape::Named("BatchRequest")))
        .gives(200, Gives::Json(Shape::Named("BatchResult")))
        .weighs(Weight::Body),
    Route::get("/api/v1/schema", "schema", viewer!(schema::show))
        .says("Everything", "Kinds and fields as you may see them", "Your own fields, lists and rights included.")
        .gives(200, Gives::Json(Shape::Named("Schema"))),
    Route::get("/api/v1/pages/{page}", "page", viewer!(loads::show))
        .says("Everything", "One page's whole load", "Each part is what its own route answers, with its own ETag; a part that you may not see says so and fails no other.")
        .query(&[
            param("parts", "Only these parts, such as `schema,list`; all of the page's own when not given."),
            param("known", "Parts that you have, as `part:etag,…`: one that is still so comes without its data."),
            param("kind", "list, record, board: the kind."),
            param("id", "record: which."),
            param("include", "record: the references to show whole; all when not given."),
            param("list", "list, board: the parameters of the list, percent-encoded as one value."),
            param("sum", "board: what to add up in each column."),
            param("from", "calendar: the first day or moment."),
            param("to", "calendar: the day or moment after the last."),
            param("day", "dispatch: the day."),
        ])
        .gives(200, Gives::Json(Shape::Named("PageLoad"))),
    Route::get("/api/v1/dashboard", "dashboard", viewer!(dashboard::show))
        .says("Everything", "The dashboard of your role", "A tile that you may not see is left out.")
        .gives(200, Gives::Json(Shape::Named("Dashboard"))),
    Route::get("/api/v1/reports", "reports", viewer!(reports::index))
        .says("Reports", "The reports that there are for you", "Each with what it answers, its parameters, and the columns that you would see.")
        .gives(200, Gives::Json(Shape::Named("ReportList"))),
    Route::get("/api/v1/reports/{name}", "reports.show", viewer!(reports::show))
        .says("Reports", "Run a report", "The answer is kept until something changes that it was made of; `Cache-Status` says where it came from.")
        .query(REPORT)
        .gives(200, Gives::Json(Shape::Named("Report"))),
    Route::get("/api/v1/reports/{name}/export", "reports.export", viewer!(reports::export))
        .says("Reports", "A report as a file", "CSV, a workbook, or a PDF to print.")
        .query(REPORT_FILE)
        .gives(200, Gives::File(reports::MEDIA)),
    Route::get("/api/v1/statistics/company/{id}", "statistics.company", viewer!(statistics::company))
        .says("Everything", "Figures of a company", "Its sites, equipment, open work orders and open deals, as far as you may see them.")
        .gives(200, Gives::Json(Shape::Named("CompanyStatistics"))),
    Route::get("/api/v1/statistics/staff", "statistics.staff", viewer!(statistics::staff))
        .says("Everything", "Figures of the staff", "Open work orders and pending tasks of each person, the busiest first, as far as you may see them.")
        .gives(200, Gives::Json(Shape::Named("StaffStatistics"))),
    Route::get("/api/v1/statistics/system", "statistics.system", viewer!(statistics::system))
        .says("Everything", "Figures of the business", "How many records of each kind there are; work orders, deals and equipment by their states. Exact at every moment.")
        .gives(200, Gives::Json(Shape::Named("SystemStatistics"))),
    Route::get("/api/v1/notifications", "notifications", viewer!(notifications::index))
        .says("Everything", "What you are told about", "Newest first. At most 200 are kept, for 90 days. A record that you may no longer see is not named.")
        .query(&[param("limit", "How many, 1 to 200; 25 when not given."), param("unread", "`true` leaves out what you have read.")])
        .gives(200, Gives::Json(Shape::Named("Notifications"))),
    Route::post("/api/v1/notifications/read", "read_notifications", viewer!(notifications::read))
        .says("Everything", "Mark notifications as read", "Some by their `ids`, or `all`.")
        .takes(Takes::Json(Shape::Named("ReadNotifications")))
        .gives(204, Gives::Nothing),
    Route::get("/api/v1/notifications/settings", "notification_settings", viewer!(notifications::settings))
        .says("Everything", "How you want to be told", "For each sort of notification: `app`, `mail` (there too) or `none`.")
        .gives(200, Gives::Json(Shape::Named("NotificationSettings"))),
    Route::put("/api/v1/notifications/settings", "change_notification_settings", viewer!(notifications::change_settings))
        .says("Everything", "Choose how you want to be told", "Sorts that are not named stay as they are.")
        .takes(Takes::Json(Shape::Named("NotificationChoice")))
        .gives(200, Gives::Json(Shape::Named("NotificationSettings"))),
    Route::get("/api/v1/recents", "recents", viewer!(recents::index))
        .says("Everything", "What you opened lately", "At most 20 records, as far as you may still see them.")
        .gives(200, Gives::Json(Shape::Named("Recents"))),
    Route::post("/api/v1/recents", "recents.create", viewer!(recents::create))
        .says("Everything", "Remember that you opened a record", "")
        .takes(Takes::Json(Shape::Fields("Recent", recents::RECENT)))
        .gives(204, Gives::Nothing)
        .weighs(Weight::Light),
    Route::get("/api/v1/status_options", "status_options", viewer!(reference::status_options))
        .says("Everything", "All status options", "")
        .gives(200, Gives::Json(Shape::Named("StatusOptionPage"))),
    Route::get("/api/v1/reference_data", "reference_data", viewer!(reference::reference_data))
        .says("Everything", "Reference data in one answer", "Categories, services and suppliers, each as a list.")
        .gives(200, Gives::Json(Shape::Named("ReferenceData"))),
    // Imports
    Route::post("/api/v1/imports", "imports.create", viewer!(imports::create))
        .says("Imports", "Send a file", "CSV or XLSX, as the body. The answer is a draft with its columns and a suggested mapping.")
        .takes(Takes::Upload)
        .query(&[
            param("kind", "What the rows are, such as `companies`."),
            param("file_name", "What the file is called, to be recognised by."),
            param("start", "`true` carries it out at once with the suggested mapping, and answers 202."),
        ])
        .gives(201, Gives::Json(Shape::Named("Import"))),
    Route::get("/api/v1/imports", "imports.index", viewer!(imports::index))
        .says("Imports", "The latest imports", "")
        .gives(200, Gives::Json(Shape::Named("ImportList"))),
    Route::get("/api/v1/imports/{id}", "imports.show", viewer!(imports::show))
        .says("Imports", "How far is it?", "May be read again and again while it runs.")
        .gives(200, Gives::Json(Shape::Named("Import"))),
    Route::patch("/api/v1/imports/{id}", "imports.update", viewer!(imports::update))
        .says("Imports", "Set mapping, aliases and rules", "What is not sent stays as it is.")
        .takes(Takes::Patch(Shape::Named("ImportSettings")))
        .gives(200, Gives::Json(Shape::Named("Import"))),
    Route::post("/api/v1/imports/{id}/dry-run", "imports.dry_run", viewer!(imports::dry_run))
        .says("Imports", "Try it without changing anything", "")
        .gives(202, Gives::Json(Shape::Named("Import"))),
    Route::post("/api/v1/imports/{id}/start", "imports.start", viewer!(imports::start))
        .says("Imports", "Carry it out", "")
        .gives(202, Gives::Json(Shape::Named("Import"))),
    Route::post("/api/v1/imports/{id}/revert", "imports.revert", viewer!(imports::revert))
        .says("Imports", "Take it back", "What somebody changed or refers to since then stays, and is reported.")
        .gives(202, Gives::Json(Shape::Named("Import"))),
    Route::get("/api/v1/imports/{id}/rejected", "imports.rejected", viewer!(imports::rejected))
        .says("Imports", "The rejected rows", "The columns of the file with a reason behind them: correct it and send it again.")
        .gives(200, Gives::File(imports::MEDIA)),
    Route::get("/api/v1/imports/{id}/warnings", "imports.warnings", viewer!(imports::warnings))
        .says("Imports", "The rows with something left out", "")
        .gives(200, Gives::File(imports::MEDIA)),
    // What goes on behind the scenes
    Route::get("/api/v1/chores", "chores.index", viewer!(chores::index))
        .says("Chores", "What is being done, and what was", "Open ones first. Owners and managers see all of the tenant, and what comes by the clock; everybody else what they asked for.")
        .gives(200, Gives::Json(Shape::Named("ChoreList"))),
    Route::post("/api/v1/chores", "chores.create", viewer!(chores::create))
        .says("Chores", "Have something done out of its turn", "For owners and managers: `due-orders` or `repeat-orders`. What is open already is answered as it is.")
        .takes(Takes::Json(Shape::Fields("NewChore", chores::NEW)))
        .gives(202, Gives::Json(Shape::Named("Chore"))),
    Route::get("/api/v1/chores/{id}", "chores.show", viewer!(chores::show))
        .says("Chores", "How far is it?", "")
        .gives(200, Gives::Json(Shape::Named("Chore"))),
    Route::post("/api/v1/chores/{id}/cancel", "chores.cancel", viewer!(chores::cancel))
        .says("Chores", "Cancel it", "At once while it waits; after the step that it is at while it runs.")
        .gives(200, Gives::Json(Shape::Named("Chore"))),
    Route::post("/api/v1/chores/{id}/retry", "chores.retry", viewer!(chores::retry))
        .says("Chores", "Try it again", "What failed, was given up or was cancelled: now, with all its attempts before it.")
        .gives(200, Gives::Json(Shape::Named("Chore"))),
    Route::get("/api/v1/streams/{id}", "streams.show", viewer!(streams::show))
        .says("Chores", "Listen to how far it is", "Server-sent events from the first message, or from behind `Last-Event-ID`.")
        .query(&[param("after", "The sequence number of the last message that you have.")])
        .gives(200, Gives::Events),
    Route::get("/api/v1/streams/{id}/messages", "streams.messages", viewer!(streams::messages))
        .says("Chores", "What it has told so far", "At most 200 messages at a time; with `GET streams/{id}` they come by themselves, as server-sent events.")
        .query(&[param("after", "The sequence number of the last message that you have."), LIMIT])
        .gives(200, Gives::Json(Shape::Named("StreamMessages"))),
    // Sign-in
    Route::post("/api/v1/auth/login", "login", public!(session::login))
        .says("Sign-in", "Sign in", "Who belongs to several tenants gets a 409 that lists them, and adds `tenant`.")
        .takes(Takes::Json(Shape::Fields("Login", session::LOGIN)))
        .gives(200, Gives::Json(Shape::Named("SignedIn")))
        .weighs(Weight::Own),
    Route::get("/api/v1/auth/me", "me", viewer!(session::me))
        .says("Sign-in", "Who am I?", "")
        .gives(200, Gives::Json(Shape::Named("Me"))),
    Route::post("/api/v1/auth/logout", "logout", viewer!(session::logout))
        .says("Sign-in", "Sign out", "The token stops working at once.")
        .gives(204, Gives::Nothing),
    Route::post("/api/v1/auth/password", "change_password", viewer!(session::change_password))
        .says("Sign-in", "Change my password", "This session goes on, all my others end.")
        .takes(Takes::Json(Shape::Fields("NewPassword", session::NEW_PASSWORD)))
        .gives(204, Gives::Nothing),
    Route::get("/api/v1/auth/sessions", "sessions", viewer!(session::sessions))
        .says("Sign-in", "My sessions", "")
        .gives(200, Gives::Json(Shape::Named("Sessions"))),
    Route::delete("/api/v1/auth/sessions/{id}", "revoke", viewer!(session::revoke))
        .says("Sign-in", "End one of my sessions", "")
        .gives(204, Gives::Nothing),
    Route::post("/api/v1/auth/accept", "accept", public!(people::accept))
        .says("Sign-in", "Use an invitation or a link for a new password", "")
        .takes(Takes::Json(Shape::Fields("Accept", people::ACCEPT)))
        .gives(204, Gives::Nothing),
    Route::get("/api/v1/auth/setup", "setup_state", public!(people::setup_state))
        .says("Sign-in", "Is Larder set up?", "")
        .gives(200, Gives::Json(Shape::Named("SetupState")))
        .before_setup(),
    Route::post("/api/v1/auth/setup", "set_up", public!(people::set_up))
        .says("Sign-in", "Set up Larder", "Makes the first tenant and its owner, with the link that the server printed.")
        .takes(Takes::Json(Shape::Fields("Setup", people::SETUP)))
        .gives(201, Gives::Json(Shape::Named("SetupState")))
        .before_setup(),
    Route::post("/api/v1/users/{id}/invite", "invite", viewer!(people::invite))
        .says("Sign-in", "Invite {one}", "For owners: a link that works once, to be copied and handed over.")
        .gives(201, Gives::Json(Shape::Named("Link"))),
    Route::post("/api/v1/users/{id}/reset-link", "reset_link", viewer!(people::reset_link))
        .says("Sign-in", "Make a link for a new password", "For owners: it works once and for a day.")
        .gives(201, Gives::Json(Shape::Named("Link"))),
    Route::get("/api/v1/tenants/{id}", "tenant", viewer!(people::tenant))
        .says("Sign-in", "My tenant", "Under its own id or mine.")
        .gives(200, Gives::Json(Shape::Named("Tenant"))),
    Route::patch("/api/v1/tenants/{id}", "change_tenant", viewer!(people::change_tenant))
        .says("Sign-in", "Change my tenant", "For owners.")
        .takes(Takes::Patch(Shape::Fields("TenantChange", people::TENANT)))
        .conditional()
        .gives(200, Gives::Json(Shape::Named("Tenant"))),
    Route::get("/api/v1/tenants/{id}/logo", "logo", viewer!(files::logo))
        .says("Sign-in", "My tenant's logo", "There is one when the tenant's `logo` says so.")
        .query(&[param("v", "The tenant's `logo`: what comes under it may be kept for good, as another logo has another address.")])
        .gives(200, Gives::Bytes),
    Route::put("/api/v1/tenants/{id}/logo", "change_logo", viewer!(files::change_logo))
        .says("Sign-in", "Change my tenant's logo", "For owners: a PNG, JPEG or WebP of at most 512 KiB, as the body. An empty body takes it away.")
        .takes(Takes::File(file::MAX_LOGO_BYTES))
        .gives(204, Gives::Nothing),
    // Whoever runs the server, and the commands beside it: one of them may be what sets it up
    Route::get("/api/v1/admin/tenants", "admin.tenants", operator!(admin::tenants))
        .says("Server", "All tenants", "")
        .gives(200, Gives::Json(Shape::Named("Tenants")))
        .before_setup(),
    Route::post("/api/v1/admin/tenants", "admin.create_tenant", operator!(admin::create_tenant))
        .says("Server", "Make a tenant", "Its slug is its name in kebab-case when none is given.")
        .takes(Takes::Json(Shape::Fields("NewTenant", admin::TENANT)))
        .gives(201, Gives::Json(Shape::Named("Tenant")))
        .before_setup(),
    Route::post("/api/v1/admin/operators", "admin.create_operator", operator!(admin::create_operator))
        .says("Server", "Make an operator", "Who owns the named tenant, which is made when there is none.")
        .takes(Takes::Json(Shape::Fields("NewOperator", admin::OPERATOR)))
        .gives(204, Gives::Nothing)
        .before_setup(),
    Route::post("/api/v1/admin/passwords", "admin.reset_password", operator!(admin::reset_password))
        .says("Server", "Set somebody's password", "All their sessions end.")
        .takes(Takes::Json(Shape::Fields("PasswordReset", admin::PASSWORD)))
        .gives(204, Gives::Nothing)
        .before_setup(),
    Route::post("/api/v1/admin/backups", "admin.back_up", operator!(admin::back_up))
        .says("Server", "Make a backup now", "A verified copy beside the hourly ones.")
        .gives(201, Gives::Json(Shape::Named("Backup")))
        .before_setup(),
    Route::post("/api/v1/admin/cache/drop", "admin.drop_cached", operator!(admin::drop_cached))
        .says("Server", "Make cached answers anew", "By name or pattern, such as `org:northgate:wo:*`, or `*` for all.")
        .takes(Takes::Json(Shape::Fields("CachePattern", admin::PATTERN)))
        .gives(200, Gives::Json(Shape::Named("Dropped"))),
    Route::post("/api/v1/admin/cache/check", "admin.check_cache", operator!(admin::check_cache))
        .says("Server", "Compare cached answers with the store", "One that differs is made anew and counted.")
        .gives(200, Gives::Json(Shape::Named("Compared"))),
    // How the server is
    Route::get("/api/v1/admin/performance", "admin.performance", keeper!(monitoring::performance))
        .says("Server", "How is the server?", "A verdict, a score with its parts, what to look at, what to do, and figures of the last minute up to the last day. For owners and operators.")
        .gives(200, Gives::Json(Shape::Named("Performance")))
        .before_setup(),
    Route::get("/api/v1/admin/cache", "admin.cache", keeper!(monitoring::cache))
        .says("Server", "What does the cache do?", "Hits, misses and sizes by tier.")
        .gives(200, Gives::Json(Shape::Named("CacheFigures")))
        .before_setup(),
    Route::get("/api/v1/admin/alerts", "admin.alerts", keeper!(monitoring::alerts))
        .says("Server", "What is wrong, and what was?", "Open alerts, and the latest that are over.")
        .gives(200, Gives::Json(Shape::Named("Alerts")))
        .before_setup(),
    Route::get("/api/v1/admin/slow-queries", "admin.slow_queries", keeper!(monitoring::slow_queries))
        .says("Server", "Which queries are slow?", "The 20 that took most in all since yesterday, with their plans; operators see their text too. Values are never part of it.")
        .gives(200, Gives::Json(Shape::Named("SlowQueries")))
        .before_setup(),
    Route::post("/api/v1/admin/statistics/refresh", "admin.refresh_statistics", keeper!(statistics::refresh))
        .says("Server", "Count all statistics anew", "They are exact as it is, and checked by the clock; this checks them now. For owners, of their own business; for operators, of all.")
        .gives(200, Gives::Json(Shape::Named("RefreshedStatistics"))),
    // About the API
    Route::get("/api/openapi.json", "openapi", public!(openapi::show))
        .says("Description", "This description", "")
        .gives(200, Gives::Json(Shape::Named("Description")))
        .before_setup(),
    Route::get("/api/docs", "docs", public!(docs::show)).gives(200, Gives::Page).before_setup(),
    // Probes
    Route::get("/livez", "live", public!(health::live))
        .says("Health", "Is the process alive?", "Answers without touching the database.")
        .gives(200, Gives::Text)
        .before_setup(),
    Route::get("/readyz", "ready", public!(health::ready))
        .says("Health", "Is it ready to serve?", "Migrated and, with `--demo`, filled.")
        .gives(200, Gives::Text)
        .before_setup(),
    Route::get("/healthz", "well", public!(health::well))
        .says("Health", "Is it well?", "Checks that pass, warn or fail, each with what to do. A warning is 200, a failure 503.")
        .gives(200, Gives::Json(Shape::Named("Health")))
        .before_setup(),
    Route::get("/metrics", "metrics", public!(monitoring::metrics))
        .says("Health", "All figures for Prometheus", "For operators, and for the networks that metrics.allow names.")
        .gives(200, Gives::Text)
        .before_setup(),
    // Pages
    Route::get("/", "home", public!(home::show)).gives(200, Gives::Page),
    Route::get("/setup", "open_setup", public!(join::open)).gives(200, Gives::Page),
    Route::post("/setup", "submit_setup", public!(join::submit)).takes(Takes::PageForm).gives(200, Gives::Page),
    Route::get("/join", "open_link", public!(join::open)).gives(200, Gives::Page),
    Route::post("/join", "submit_link", public!(join::submit)).takes(Takes::PageForm).gives(200, Gives::Page),
    Route::get("/assets/{file}", "asset", public!(assets::hashed)).gives(200, Gives::Page),
];
