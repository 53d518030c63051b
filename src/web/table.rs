//! Finds the route of a request: segment by segment, literal ones before `{names}`.

use crate::kind::Registry;

use super::route::{Route, Verb};

/// The routes, split into their segments and sorted by how many there are.
pub struct Table {
    by_length: Vec<Vec<Entry>>,
}

struct Entry {
    route: &'static Route,
    segments: Vec<Segment>,
}

enum Segment {
    Literal(&'static str),
    Kind,
    Name(&'static str),
}

/// The variable parts of a path.
#[derive(Clone, Default)]
pub struct Params {
    /// The position of the `{kind}` in the registry.
    pub kind: Option<usize>,
    values: Vec<(&'static str, String)>,
}

impl Params {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str())
    }
}

/// What a search in the table found.
pub enum Found {
    Route(&'static Route, Params),
    /// The path is known, the method is not; these are.
    OtherMethods(Vec<Verb>),
    Nothing,
}

impl Table {
    pub fn new(routes: impl IntoIterator<Item = &'static Route>) -> Self {
        let mut by_length: Vec<Vec<Entry>> = Vec::new();
        for route in routes {
            let segments: Vec<_> = parts(route.pattern)
                .map(|part| match part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
                    Some("kind") => Segment::Kind,
                    Some(name) => Segment::Name(name),
                    None => Segment::Literal(part),
                })
                .collect();
            if by_length.len() <= segments.len() {
                by_length.resize_with(segments.len() + 1, Vec::new);
            }
            by_length[segments.len()].push(Entry { route, segments });
        }
        for entries in &mut by_length {
            entries.sort_by_key(|e| {
                e.segments.iter().map(|s| u8::from(!matches!(s, Segment::Literal(_)))).collect::<Vec<_>>()
            });
        }
        Self { by_length }
    }

    /// Looks up a path whose segments are decoded already.
    pub fn find(&self, verb: Option<Verb>, path: &[&str], registry: &Registry) -> Found {
        let mut others = Vec::new();
        // A literal path hides the variable ones: `/auth/login` is never a kind called "auth".
        let mut shadow: Option<&str> = None;
        for entry in self.by_length.get(path.len()).into_iter().flatten() {
            if shadow.is_some_and(|pattern| pattern != entry.route.pattern) {
                break;
            }
            let Some(params) = entry.matches(path, registry) else { continue };
            shadow = Some(entry.route.pattern);
            if params.kind.is_some_and(|k| !entry.route.is_for(registry.at(k))) {
                continue;
            }
            if Some(entry.route.verb) == verb {
                return Found::Route(entry.route, params);
            }
            others.push(entry.route.verb);
        }
        if others.is_empty() { Found::Nothing } else { Found::OtherMethods(others) }
    }
}

impl Entry {
    fn matches(&self, path: &[&str], registry: &Registry) -> Option<Params> {
        let mut params = Params::default();
        for (segment, part) in self.segments.iter().zip(path) {
            match segment {
                Segment::Literal(text) if text == part => {}
                Segment::Literal(_) => return None,
                Segment::Kind => params.kind = Some(registry.position(part)?),
                Segment::Name(_) if part.is_empty() => return None,
                Segment::Name(name) => params.values.push((name, (*part).to_owned())),
            }
        }
        Some(params)
    }
}

/// The segments of a path; `/` has none.
pub fn parts(path: &str) -> impl Iterator<Item = &str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.split('/').filter(move |_| !path.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;
    use crate::web::route::Handler;

    const NOBODY: Handler = Handler::Public(|_| unreachable!("these routes are only looked up"));
    static ROUTES: &[Route] = &[
        Route::get("/", "home", NOBODY),
        Route::get("/api/v1/{kind}/{id}", "records.show", NOBODY),
        Route::patch("/api/v1/{kind}/{id}", "records.update", NOBODY).writes(),
        Route::post("/api/v1/things/bulk", "things.bulk", NOBODY),
    ];
    static THINGS: Kind = Kind::new("things", "things", "thing", "things");
    static LOGS: Kind = Kind { writable: false, ..Kind::new("logs", "logs", "log", "logs") };

    fn find(verb: Verb, path: &str) -> String {
        let registry = Registry::new(&[&THINGS, &LOGS]);
        let path: Vec<_> = parts(path).collect();
        match Table::new(ROUTES).find(Some(verb), &path, &registry) {
            Found::Route(route, params) => format!("{} {}", route.name, params.get("id").unwrap_or("-")),
            Found::OtherMethods(verbs) => format!("{verbs:?}"),
            Found::Nothing => "nothing".to_owned(),
        }
    }

    #[test]
    fn literal_segments_win_and_hide_the_variable_ones() {
        assert_eq!(find(Verb::Get, "/"), "home -");
        assert_eq!(find(Verb::Get, "/api/v1/things/7"), "records.show 7");
        assert_eq!(find(Verb::Post, "/api/v1/things/bulk"), "things.bulk -");
        assert_eq!(find(Verb::Get, "/api/v1/things/bulk"), "[Post]");
    }

    #[test]
    fn only_registered_kinds_match() {
        assert_eq!(find(Verb::Get, "/api/v1/gadgets/7"), "nothing");
        assert_eq!(find(Verb::Get, "/api/v1/things/7/"), "nothing");
    }

    #[test]
    fn a_kind_that_is_only_read_has_no_writing_methods() {
        assert_eq!(find(Verb::Patch, "/api/v1/logs/7"), "[Get]");
        assert_eq!(find(Verb::Delete, "/api/v1/things/7"), "[Get, Patch]");
    }
}
