//! Imports, and what goes on behind the scenes.

use crate::web::route::{Gives, Route, Shape, Takes, param};
use crate::web::{chores, imports, streams};

use super::params::LIMIT;

pub const ROUTES: &[Route] = &[
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
    Route::post("/api/v1/imports/{id}/cancel", "imports.cancel", viewer!(imports::cancel))
        .says("Imports", "Stop it", "What it has taken in stays: it may be started again from there, or taken back.")
        .gives(200, Gives::Json(Shape::Named("Import"))),
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
];
