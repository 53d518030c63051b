//! What goes over all kinds, reports and notifications included.

use crate::web::route::{Gives, Route, Shape, Takes, Weight, param};
use crate::web::{
    batch, dashboard, export, exports, gather, loads, notifications, recents, reference, report_runs, reports, schema,
    statistics,
};

use super::params::{CURSOR, LIMIT, REPORT, REPORT_FILE};

pub const ROUTES: &[Route] = &[
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
    Route::post("/api/v1/reports/{name}/runs", "reports.runs.create", viewer!(report_runs::create))
        .says("Reports", "Have a report worked out behind the scenes", "200 with the document where it is at hand, else 202 with the run: its stream tells how far it is, and it goes on when you leave. The same question again is the same run as long as it is open; `POST chores/{id}/cancel` stops it.")
        .query(REPORT)
        .gives(202, Gives::Json(Shape::Named("ReportRun")))
        .or_gives(200, Gives::Json(Shape::Named("Report"))),
    Route::get("/api/v1/reports/runs/{id}", "reports.runs.show", viewer!(report_runs::show))
        .says("Reports", "What came of a run", "For whoever asked for it. Once it is done, with the document; 409 when your rights are others than it was made with.")
        .awaited()
        .gives(200, Gives::Json(Shape::Named("ReportRun"))),
    Route::delete("/api/v1/reports/runs/{id}", "reports.runs.leave", viewer!(report_runs::leave))
        .says("Reports", "No longer wait for it", "It is cancelled, unless another window of yours waits for it. `POST chores/{id}/cancel` cancels it in any case.")
        .gives(204, Gives::Nothing),
    Route::get("/api/v1/exports/{id}", "exports.show", viewer!(exports::show))
        .says("Records", "How far is an export?", "For whoever asked for it. 409 when your rights are others than it was made with.")
        .awaited()
        .gives(200, Gives::Json(Shape::Named("ExportRun"))),
    Route::get("/api/v1/exports/{id}/file", "exports.file", viewer!(exports::file))
        .says("Records", "The file that an export made", "For whoever asked for it, under the rights that it was made with. 409 before it is ready.")
        .awaited()
        .gives(200, Gives::File(export::MEDIA)),
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
];
