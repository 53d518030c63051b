//! The pages that the server writes itself.

use crate::server::{EMAIL, PASSWORD, Server};

#[test]
fn the_first_page_offers_the_set_up_and_without_a_web_app_later_the_documentation() {
    let server = Server::empty();
    let page = server.nobody().get("/").expect(200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.text().contains("action=\"/setup\""));
    server.make_owner();
    let page = server.nobody().get("/").expect(200).text();
    assert!(env!("LARDER_BUILD") != "none" || page.contains("href=\"/api/docs\""));
}

#[test]
fn no_page_needs_a_script_or_anything_from_elsewhere() {
    let (server, _) = Server::set_up();
    for path in ["/api/docs", "/setup?token=x", "/join?token=x"] {
        let page = server.nobody().get(path).text();
        assert!(!page.contains("<script") && !page.contains("style=\"") && !page.contains("//fonts"), "{path}");
        let style =
            page.split("href=\"/assets/").nth(1).and_then(|rest| rest.split('"').next()).expect("a style sheet");
        let style = server.nobody().get(&format!("/assets/{style}")).expect(200);
        assert!(style.header("cache-control").contains("immutable"));
    }
    server.nobody().get("/assets/other.css").expect(404);
}

#[test]
fn the_set_up_page_keeps_what_was_typed_and_says_what_is_wrong() {
    let server = Server::empty();
    let token = server.setup_token();
    let page = server.nobody().get(&format!("/setup?token={token}")).expect(200).text();
    assert!(page.contains("name=\"tenant_name\"") && page.contains(&token));
    // Nobody knows by heart how their zone is spelt.
    assert!(page.contains("<option value=\"Europe/London\">") && page.contains("<option value=\"GBP\">"));
    let form = |password: &str| {
        let fields = format!(
            "token={token}&tenant_name=%3Cb%3ENorth&name=Graham&email={EMAIL}&password={password}&zone=UTC&currency=USD"
        );
        let browser = server.nobody().with("content-type", "application/x-www-form-urlencoded");
        browser.send("POST", "/setup", fields.as_bytes())
    };
    let wrong = form("short").expect(422).text();
    assert!(wrong.contains("value=\"&lt;b&gt;North\"") && wrong.contains("class=\"wrong\""), "{wrong}");
    assert!(!wrong.contains("value=\"short\""));
    form(&PASSWORD.replace(' ', "+")).expect(200);
    server.sign_in(EMAIL, PASSWORD).get("/api/v1/companies").expect(200);
    assert!(form(PASSWORD).expect(410).text().contains("does not work"));
}
