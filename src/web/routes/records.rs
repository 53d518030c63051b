//! Records of any kind: read, write, lock, attach.

use crate::file;
use crate::web::route::{Gives, Route, Shape, Takes, Weight, param};
use crate::web::{bulk, export, exports, files, gather, live, records, sockets};

use super::params::{EXPORT, HISTORY, LIST, SELECT, SUMMARY};

pub const ROUTES: &[Route] = &[
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
    Route::post("/api/v1/{kind}/export", "export.create", viewer!(exports::create))
        .says("Records", "Have {many} exported behind the scenes", "202 with the export: its stream tells how far it is, and it goes on when you leave. The same list again is the same export as long as it is open; `POST chores/{id}/cancel` stops it.")
        .query(EXPORT)
        .filters()
        .gives(202, Gives::Json(Shape::Named("ExportRun"))),
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
];
