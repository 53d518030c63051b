//! The portal: dashboards over a mail-campaign service.

use crate::web::route::{Gives, Route, Shape, Takes, Weight};
use crate::web::{portal, portal_sources};

pub const ROUTES: &[Route] = &[
    Route::get("/api/v1/portal", "portal", viewer!(portal::index))
        .says("Portal", "What the portal has for you", "Dashboards, sources, and how far a dashboard is loaded: to be asked every second or so while one is. Another `revision` means that there is more to read.")
        .gives(200, Gives::Json(Shape::Named("Portal")))
        .weighs(Weight::Light),
    Route::get("/api/v1/portal/{dashboard}", "portal.show", viewer!(portal::show))
        .says("Portal", "A dashboard", "`kpi`, `volume`, `revenue` or `infrastructure`, as it is kept: the answer never waits for the service. One that is older than its TTL is loaded anew behind the scenes.")
        .gives(200, Gives::Json(Shape::Named("PortalDashboard"))),
    Route::post("/api/v1/portal/{dashboard}/refresh", "portal.refresh", viewer!(portal::refresh))
        .says("Portal", "Load a dashboard anew", "However old it is. `GET portal` tells how far that is.")
        .gives(202, Gives::Json(Shape::Named("PortalState"))),
    Route::get("/api/v1/portal/health", "portal.health", viewer!(portal::health))
        .says("Portal", "How the portal is", "A score from 0 to 100 with its parts, what each question to the service took in the last hour, and what was not as declared.")
        .gives(200, Gives::Json(Shape::Named("PortalHealth"))),
    Route::get("/api/v1/portal/review", "portal.review", viewer!(portal::review))
        .says("Portal", "The last weeks of the portal", "How the service answered day by day over thirty days, the week against the one before, what went wrong again and again, and by which limits it is asked.")
        .gives(200, Gives::Json(Shape::Named("PortalReview"))),
    Route::get("/api/v1/portal/sources", "portal.sources", viewer!(portal_sources::index))
        .says("Portal", "The sources of the portal", "For owners: the accounts at the service, and which workspace stands for which of theirs. Tokens are never shown.")
        .gives(200, Gives::Json(Shape::Named("PortalSources"))),
    Route::post("/api/v1/portal/sources", "portal.sources.create", viewer!(portal_sources::create))
        .says("Portal", "Connect a source", "For owners. Its workspaces appear when a dashboard is looked at next.")
        .takes(Takes::Json(Shape::Fields("NewPortalSource", portal_sources::NEW)))
        .gives(201, Gives::Json(Shape::Named("PortalSource"))),
    Route::patch("/api/v1/portal/sources/{id}", "portal.sources.update", viewer!(portal_sources::update))
        .says("Portal", "Change a source", "For owners. With another address, the tokens have to be given anew.")
        .takes(Takes::Patch(Shape::Fields("PortalSourceChange", portal_sources::CHANGE)))
        .gives(200, Gives::Json(Shape::Named("PortalSource"))),
    Route::delete("/api/v1/portal/sources/{id}", "portal.sources.destroy", viewer!(portal_sources::destroy))
        .says("Portal", "Disconnect a source", "For owners. Its tokens and figures go; the workspaces stay, with their targets.")
        .gives(204, Gives::Nothing),
    Route::post("/api/v1/portal/sources/{id}/test", "portal.sources.test", viewer!(portal_sources::test))
        .says("Portal", "Try a source out", "For owners: one call, and what came of it.")
        .gives(200, Gives::Json(Shape::Named("PortalSourceTest"))),
    Route::post("/api/v1/portal/sources/{id}/tokens", "portal.sources.tokens", viewer!(portal_sources::make_tokens))
        .says("Portal", "Make a token for each workspace", "For owners: with one each, several workspaces are asked at a time; without, one after the other.")
        .gives(202, Gives::Json(Shape::Named("PortalTokens"))),
    Route::put("/api/v1/portal/workspaces/{id}/token", "portal.workspaces.token", viewer!(portal_sources::bind))
        .says("Portal", "Give a workspace its token", "For owners. Without `token` it has none; with `source_id` and `upstream_id` the record stands for that workspace of the service from now on.")
        .takes(Takes::Json(Shape::Fields("PortalBinding", portal_sources::BINDING)))
        .gives(204, Gives::Nothing),
];
