//! What other programs are told.

use crate::web::route::{Gives, Route, Shape, Takes, param};
use crate::web::webhooks;

use super::params::LIMIT;

pub const ROUTES: &[Route] = &[
    Route::get("/api/v1/webhooks", "webhooks.index", viewer!(webhooks::index))
        .says("Webhooks", "Your webhooks", "How each of them goes, and which events there are. For owners.")
        .gives(200, Gives::Json(Shape::Named("WebhookList"))),
    Route::post("/api/v1/webhooks", "webhooks.create", viewer!(webhooks::create))
        .says("Webhooks", "Set up a webhook", "For owners, at most 10. The answer holds the secret that messages are signed with (Standard Webhooks); a chat (`slack`) has none. Alerts are about the server: its operator may choose them, and the owner of a server's only business.")
        .takes(Takes::Json(Shape::Fields("NewWebhook", webhooks::NEW)))
        .gives(201, Gives::Json(Shape::Named("NewWebhookMade"))),
    Route::patch("/api/v1/webhooks/{id}", "webhooks.update", viewer!(webhooks::update))
        .says("Webhooks", "Change a webhook", "Only what is sent. Switched on again, or with another address, it begins anew.")
        .takes(Takes::Patch(Shape::Fields("WebhookChange", webhooks::CHANGE)))
        .gives(200, Gives::Json(Shape::Named("Webhook"))),
    Route::delete("/api/v1/webhooks/{id}", "webhooks.destroy", viewer!(webhooks::destroy))
        .says("Webhooks", "Remove a webhook", "With its log.")
        .gives(204, Gives::Nothing),
    Route::get("/api/v1/webhooks/{id}/secret", "webhooks.secret", viewer!(webhooks::secret))
        .says("Webhooks", "The whole address, and what messages are signed with", "")
        .gives(200, Gives::Json(Shape::Named("WebhookSecret"))),
    Route::post("/api/v1/webhooks/{id}/test", "webhooks.test", viewer!(webhooks::test))
        .says("Webhooks", "Send a test", "Tried once, and also where the webhook is switched off. The log tells what came of it.")
        .gives(202, Gives::Json(Shape::Named("WebhookMessage"))),
    Route::get("/api/v1/webhooks/{id}/deliveries", "webhooks.deliveries", viewer!(webhooks::deliveries))
        .says("Webhooks", "What it was told, and what came of it", "Newest first; kept for some days, 1,000 at most.")
        .query(&[LIMIT, param("before", "Only messages before the one with this id.")])
        .gives(200, Gives::Json(Shape::Named("WebhookLog"))),
    Route::post("/api/v1/webhooks/{id}/deliveries/{message}/resend", "webhooks.resend", viewer!(webhooks::resend))
        .says("Webhooks", "Send a message again", "Under the same id, by which a receiver knows what it has had.")
        .gives(202, Gives::Json(Shape::Named("WebhookMessage"))),
];
