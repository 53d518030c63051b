//! The one list of routes. It drives the routing, the API's description and the test of rights.

use super::route::{Gives, Handler, Param, Route, Shape, Takes, param};
use super::{batch, gather, health, records};

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
    Route::post("/api/v1/{kind}/bulk", "bulk", viewer!(gather::bulk))
        .says("Records", "Change many {many}", "At most 1,000 records, each checked, committed and answered for itself.")
        .takes(Takes::Json(Shape::Named("BulkRequest")))
        .gives(200, Gives::Json(Shape::Named("BulkResult")))
        .writes(),
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
        .writes(),
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
        .gives(200, Gives::Json(Shape::Named("BatchResult"))),
    // Probes
    Route::get("/livez", "live", public!(health::live))
        .says("Health", "Is the process alive?", "Answers without touching the database.")
        .gives(200, Gives::Text)
        .before_setup(),
];
