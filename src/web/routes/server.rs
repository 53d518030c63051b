//! The server itself: administration, description, probes, pages.

use crate::web::pages::{docs, home, join};
use crate::web::route::{Gives, Route, Shape, Takes};
use crate::web::{admin, assets, health, monitoring, openapi, statistics};

pub const ROUTES: &[Route] = &[
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
