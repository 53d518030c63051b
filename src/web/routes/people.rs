//! Signing in, people and their business.

use crate::file;
use crate::web::route::{Gives, Route, Shape, Takes, Weight, param};
use crate::web::{files, people, session};

pub const ROUTES: &[Route] = &[
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
        .says(
            "Sign-in",
            "Set up Larder",
            "Makes the first tenant and its owner, with the link that the server printed.",
        )
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
        .query(&[param(
            "v",
            "The tenant's `logo`: what comes under it may be kept for good, as another logo has another address.",
        )])
        .gives(200, Gives::Bytes),
    Route::put("/api/v1/tenants/{id}/logo", "change_logo", viewer!(files::change_logo))
        .says(
            "Sign-in",
            "Change my tenant's logo",
            "For owners: a PNG, JPEG or WebP of at most 512 KiB, as the body. An empty body takes it away.",
        )
        .takes(Takes::File(file::MAX_LOGO_BYTES))
        .gives(204, Gives::Nothing),
];
