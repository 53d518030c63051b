//! The web app as it is delivered: what may be kept, in which form it comes, and what is no screen.
//!
//! A server that was built without the web app has nothing to deliver; then these tests see that.

use crate::server::{Client, Reply, Server};

const BUILD: &str = env!("LARDER_BUILD");

/// A server with the web app, or none.
fn delivering() -> Option<(Server, Client)> {
    let (server, _) = Server::set_up();
    let nobody = server.nobody();
    let embedded = nobody.get("/").expect(200).text().contains("larder-build");
    assert_eq!(embedded, BUILD != "none", "the web app is embedded unless LARDER_SKIP_WEB was set");
    embedded.then_some((server, nobody))
}

/// The first script or style that the page names.
fn named(page: &str, end: &str) -> String {
    let mut names = page.split('"').filter(|word| word.starts_with("/assets/") && word.ends_with(end));
    names.next_back().unwrap_or_else(|| panic!("no {end} in {page}")).to_owned()
}

fn coded(reply: &Reply) -> (&str, &str) {
    (reply.header("content-encoding"), reply.header("vary"))
}

#[test]
fn a_hashed_file_is_kept_for_ever_and_comes_compressed_as_the_browser_takes_it() {
    let Some((_server, nobody)) = delivering() else { return };
    let script = named(&nobody.get("/").text(), ".js");
    let plain = nobody.with("accept-encoding", "identity").get(&script).expect(200);
    assert_eq!(plain.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
    let mut tags = vec![plain.header("etag").to_owned()];
    for (accepted, coding) in [("gzip", "gzip"), ("gzip, deflate, br", "br"), ("br;q=0, gzip", "gzip")] {
        let reply = nobody.with("accept-encoding", accepted).get(&script).expect(200);
        assert_eq!(coded(&reply), (coding, "accept-encoding"), "{accepted}");
        assert_eq!(reply.header("cache-control"), plain.header("cache-control"));
        tags.push(reply.header("etag").to_owned());
        let known = nobody.with("accept-encoding", accepted).with("if-none-match", reply.header("etag"));
        let again = known.get(&script).expect(304);
        assert!(again.body.is_empty());
        assert_eq!(again.header("etag"), reply.header("etag"));
    }
    assert_eq!(tags[1], tags[3]);
    tags.dedup();
    assert_eq!(tags.len(), 4, "each form has a tag of its own: {tags:?}");
    assert_eq!(nobody.get(&named(&nobody.get("/").text(), ".css")).header("content-type"), "text/css; charset=utf-8");
}

#[test]
fn the_page_is_asked_for_again_each_time_and_runs_no_script_of_its_own() {
    let Some((_server, nobody)) = delivering() else { return };
    let page = nobody.get("/").expect(200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(page.header("cache-control"), "no-cache");
    let policy = page.header("content-security-policy");
    for rule in ["default-src 'none'", "script-src 'self'", "style-src 'self'", "worker-src 'self'", "base-uri 'none'"]
    {
        assert!(policy.contains(rule), "{policy}");
    }
    assert!(!policy.contains("unsafe"));
    let text = page.text();
    assert!(!text.contains("<style") && !text.contains(" style=") && !text.contains(" onload="), "{text}");
    assert!(text.split("<script").skip(1).all(|script| script.contains("src=")), "{text}");
    // The policy holds for the page that the browser kept, too.
    let again = nobody.with("if-none-match", page.header("etag")).get("/").expect(304);
    assert_eq!(again.header("content-security-policy"), policy);
    assert_eq!(again.header("cache-control"), "no-cache");
}

#[test]
fn every_screen_is_the_same_page_and_what_is_no_screen_is_not_found() {
    let Some((_server, nobody)) = delivering() else { return };
    let page = nobody.get("/").expect(200);
    for path in ["/companies", "/work-orders/0198a/edit", "/settings/roles?tab=2", "/sign-in", "/caf%C3%A9"] {
        let reply = nobody.get(path).expect(200);
        assert_eq!(reply.header("etag"), page.header("etag"), "{path}");
        assert_eq!(reply.body, page.body, "{path}");
    }
    for path in ["/api/v1/gadgets", "/api", "/assets/index-gone.js", "/assets", "/robots.txt", "/.env", "/a/b.php"] {
        assert_eq!(nobody.get(path).expect(404).header("content-type"), "application/problem+json", "{path}");
    }
    nobody.send("POST", "/companies", b"").expect(404);
    nobody.send("HEAD", "/companies", b"").expect(200);
}

#[test]
fn files_beside_the_page_lie_at_their_own_address() {
    let Some((_server, nobody)) = delivering() else { return };
    let icon = nobody.get("/favicon.svg").expect(200);
    assert_eq!(icon.header("content-type"), "image/svg+xml");
    assert_eq!(icon.header("cache-control"), "no-cache");
    nobody.with("if-none-match", icon.header("etag")).get("/favicon.svg").expect(304);
}

#[test]
fn page_and_answers_name_the_build_so_that_an_old_tab_learns_of_an_upgrade() {
    let Some((_server, nobody)) = delivering() else { return };
    assert!(nobody.get("/").text().contains(&format!("<meta name=\"larder-build\" content=\"{BUILD}\">")));
    for path in ["/api/v1/auth/me", "/api/v1/gadgets", "/livez", "/"] {
        assert_eq!(nobody.get(path).header("larder-build"), BUILD, "{path}");
    }
}

#[test]
fn until_it_is_set_up_every_screen_leads_to_the_set_up() {
    let server = Server::empty();
    for path in ["/", "/companies"] {
        if path == "/" || BUILD != "none" {
            assert!(server.nobody().get(path).expect(200).text().contains("action=\"/setup\""), "{path}");
        }
    }
}
