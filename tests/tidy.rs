//! Reads the tree and holds the architecture: who may use whom, where actix and SQL may be, how
//! long a file may be. Each rule lists every place that breaks it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules in rank order: one may use those to its left. Modules of one rank do not know each
/// other. Some are still to be written.
const RANKS: &[&[&str]] = &[
    &["kernel"],
    &["config"],
    &["outbound"],
    &["db"],
    &["cache"],
    &["limit"],
    &["stream"],
    &["monitor"],
    &["kind"],
    &["kinds"],
    &["record"],
    &["auth"],
    &["live"],
    &["report", "upstream", "file"],
    &["notify"],
    &["page"],
    &["demo"],
    &["chore"],
    &["web"],
    &["cli"],
];

/// The engine is handed its registry: that it knows no kind by name is what makes a kind data.
const FORBIDDEN: &[(&str, &str)] = &[("record", "kinds")];

/// Where SQL is spoken.
const SQL_MODULES: &[&str] = &["db", "record", "auth", "stream", "notify"];
/// Single files elsewhere that own SQL of their own.
const SQL_FILES: &[&str] = &[
    "src/cache/patterns.rs",
    "src/chore/documents.rs",
    "src/chore/due.rs",
    "src/chore/queue.rs",
    "src/chore/repeat.rs",
    "src/chore/schedule.rs",
    "src/chore/state.rs",
    "src/chore/telling.rs",
    "src/chore/tests/fixture.rs",
    "src/demo/mark.rs",
    "src/demo/tests.rs",
    "src/limit/store.rs",
    "src/monitor/ledger.rs",
    "src/upstream/alerts.rs",
    "src/upstream/health.rs",
    "src/upstream/plan.rs",
    "src/upstream/review.rs",
    "src/upstream/sources.rs",
    "src/upstream/store.rs",
    "src/upstream/watch.rs",
];

const MAX_CODE_LINES: usize = 400;

/// What may lie at the top beside dotfiles and what git ignores.
const TOP: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "benches",
    "build.rs",
    "migrations",
    "rustfmt.toml",
    "src",
    "static",
    "tests",
];

/// One file of Rust, by its path from the top.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The module of the crate that it belongs to: `record` for `src/record/list.rs`.
    fn module(&self) -> Option<&str> {
        let rest = self.path.strip_prefix("src/")?;
        let name = rest.split('/').next()?.trim_end_matches(".rs");
        (!["lib", "main"].contains(&name)).then_some(name)
    }

    /// The text without comments, line by line.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().filter_map(|(i, line)| {
            let code = match line.find("//") {
                // `https://` stands in a text, not before a comment.
                Some(at) if !line[..at].ends_with(':') => &line[..at],
                _ => line,
            };
            (!code.trim().is_empty()).then_some((i + 1, code))
        })
    }

    /// The code before the tests, which stand last in a file.
    fn code_in_use(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = self.text.lines().position(|l| l.starts_with("mod tests {")).map_or(usize::MAX, |at| at + 1);
        self.code().take_while(move |(line, _)| *line < tests)
    }

    /// The modules of the crate that it names, alone or in a group: `crate::db`, `crate::{db, kind}`.
    fn uses(&self) -> BTreeSet<String> {
        let code: String = self.code().map(|(_, line)| format!("{line}\n")).collect();
        let mut found = BTreeSet::new();
        for (at, root) in code.match_indices("crate::") {
            let rest = &code[at + root.len()..];
            let names = match rest.strip_prefix('{') {
                Some(group) => members(group),
                None => vec![rest],
            };
            found.extend(names.into_iter().map(first_word).filter(|n| !n.is_empty()));
        }
        found
    }
}

/// The members of a group of imports, up to its closing brace.
fn members(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                found.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let path = path.strip_prefix(top()).unwrap().to_string_lossy().replace('\\', "/");
            found.push(Source { path, text });
        }
    }
}

fn sources(folders: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    for folder in folders {
        collect(&top().join(folder), &mut found);
    }
    assert!(!found.is_empty());
    found
}

fn none(rule: &str, broken: Vec<String>) {
    assert!(broken.is_empty(), "{rule}\n  {}\n", broken.join("\n  "));
}

fn rank(module: &str) -> Option<usize> {
    RANKS.iter().position(|r| r.contains(&module))
}

/// What is wrong with the imports of one file.
fn wrong_imports(source: &Source) -> Vec<String> {
    let Some(module) = source.module() else { return Vec::new() };
    let Some(own) = rank(module) else {
        return vec![format!("{}: the module {module} has no rank", source.path)];
    };
    let wrong = |used: &String| match rank(used) {
        None => true,
        Some(other) => *used != module && (other >= own || FORBIDDEN.contains(&(module, used))),
    };
    source.uses().iter().filter(|u| wrong(u)).map(|u| format!("{}: {module} may not use {u}", source.path)).collect()
}

/// The lines of a file in which one of the words stands.
fn lines_with<'a>(code: impl Iterator<Item = (usize, &'a str)>, path: &str, words: &[&str]) -> Vec<String> {
    code.filter(|(_, line)| words.iter().any(|w| line.contains(w)))
        .map(|(n, line)| format!("{path}:{n}: {}", line.trim()))
        .collect()
}

#[test]
fn modules_use_only_what_ranks_below_them() {
    let broken = sources(&["src"]).iter().flat_map(wrong_imports).collect();
    none("The import law: a module may use those before it in RANKS.", broken);
}

#[test]
fn nobody_climbs_around_the_import_law() {
    // From a file's tests up to its module is two steps; a third could leave the module unseen.
    let broken =
        sources(&["src"]).iter().flat_map(|s| lines_with(s.code(), &s.path, &["super::super::super"])).collect();
    none("Name a module from `crate::`.", broken);
}

#[test]
fn only_the_web_knows_actix() {
    let inside = sources(&["src"]).into_iter().filter(|s| s.module() != Some("web"));
    none("actix outside src/web/.", inside.flat_map(|s| lines_with(s.code(), &s.path, &["actix"])).collect());
}

#[test]
fn sql_is_spoken_in_few_places() {
    let elsewhere = sources(&["src"])
        .into_iter()
        .filter(|s| s.module().is_none_or(|m| !SQL_MODULES.contains(&m)) && !SQL_FILES.contains(&s.path.as_str()));
    let broken = elsewhere.flat_map(|s| lines_with(s.code(), &s.path, &["rusqlite"])).collect();
    none("rusqlite outside SQL_MODULES and SQL_FILES.", broken);
    let missing = SQL_FILES.iter().filter(|f| !top().join(f).exists()).map(ToString::to_string).collect();
    none("SQL_FILES names what is not there.", missing);
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut all = sources(&["src", "tests", "benches"]);
    all.extend(fs::read_to_string(top().join("build.rs")).map(|text| Source { path: "build.rs".into(), text }));
    let broken = all.iter().filter(|s| !s.text.starts_with("//! ")).map(|s| s.path.clone()).collect();
    none("A file begins with `//!` and what it is for.", broken);
}

#[test]
fn files_stay_short() {
    let all = sources(&["src", "tests", "benches"]);
    let long = all.iter().map(|s| (s.code().count(), &s.path)).filter(|(lines, _)| *lines > MAX_CODE_LINES);
    none("At most 400 lines of code to a file.", long.map(|(lines, path)| format!("{path}: {lines}")).collect());
}

#[test]
fn nothing_in_use_unwraps() {
    let all = sources(&["src"]);
    let for_tests: Vec<String> = all.iter().flat_map(test_modules).collect();
    let in_use = all
        .iter()
        .filter(|s| !for_tests.iter().any(|t| s.path == format!("{t}.rs") || s.path.starts_with(&format!("{t}/"))));
    let broken = in_use.flat_map(|s| lines_with(s.code_in_use(), &s.path, &[".unwrap()"])).collect();
    none("`unwrap()` outside tests: handle it, or `expect` with the reason why it cannot be.", broken);
}

/// The modules that exist for tests alone, without `.rs`: `#[cfg(test)]` and then `mod trial;`.
fn test_modules(source: &Source) -> Vec<String> {
    let lines: Vec<&str> = source.text.lines().collect();
    let marked = lines.windows(2).filter(|w| w[0].trim() == "#[cfg(test)]");
    let names = marked.filter_map(|w| w[1].strip_prefix("mod ")?.strip_suffix(';'));
    let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    names.map(|name| format!("{folder}/{name}")).collect()
}

#[test]
fn names_come_from_where_they_are() {
    let all = sources(&["src", "tests", "benches"]);
    let globs = all.iter().flat_map(|s| {
        let public = s.code().filter(|(_, l)| l.trim_start().starts_with("pub use ") && l.contains("::*"));
        public.map(|(n, l)| format!("{}:{n}: {}", s.path, l.trim())).collect::<Vec<_>>()
    });
    none("A glob re-export hides where a name comes from.", globs.collect());
    let drawer = ["utils", "util", "helpers", "misc", "prelude"];
    let drawers = all.iter().filter(|s| s.path.split(['/', '.']).any(|part| drawer.contains(&part)));
    none("A drawer for odds and ends: say what it holds.", drawers.map(|s| s.path.clone()).collect());
}

#[test]
fn the_top_level_holds_what_the_design_names() {
    let ignored = fs::read_to_string(top().join(".gitignore")).unwrap_or_default();
    let ignored: Vec<&str> = ignored.lines().map(|l| l.trim_matches('/')).collect();
    let entries = fs::read_dir(top()).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
    let known = |name: &String| {
        name.starts_with('.')
            || TOP.contains(&name.as_str())
            || ignored.iter().any(|i| i == name || i.strip_prefix('*').is_some_and(|end| name.ends_with(end)))
    };
    none("What is this doing at the top level?", entries.filter(|name| !known(name)).collect());
}

/// A checker that finds nothing is worth nothing: it must find these.
#[test]
fn the_rules_find_what_they_look_for() {
    let file = |path: &str, text: &str| Source { path: path.into(), text: text.into() };
    let wrong = |path: &str, text: &str| wrong_imports(&file(path, text)).len();
    assert_eq!(wrong("src/db/mod.rs", "use crate::web::Call;"), 1);
    assert_eq!(wrong("src/db/mod.rs", "use crate::{kernel::{Error, Id}, kind::Kind,\n record, config};"), 2);
    assert_eq!(wrong("src/record/list.rs", "let k = crate::kinds::ALL;"), 1);
    assert_eq!(wrong("src/report/mod.rs", "use crate::file::Blob;"), 1);
    assert_eq!(wrong("src/drawer.rs", ""), 1);
    assert_eq!(wrong("src/web/mod.rs", "use crate::auth::Auth; // not crate::cli"), 0);
    assert_eq!(wrong("src/kinds/sites.rs", "use crate::kind::{Field, Kind};\nuse crate::kinds::money;"), 0);

    let tested = file("src/kinds/a.rs", "a.unwrap();\n#[cfg(test)]\nmod tests {\n    b.unwrap();\n}\n");
    assert_eq!(lines_with(tested.code_in_use(), "a", &[".unwrap()"]), ["a:1: a.unwrap();"]);
    assert_eq!(test_modules(&file("src/kinds/mod.rs", "#[cfg(test)]\nmod trial;\n")), ["src/kinds/trial"]);
    assert_eq!(file("src/a.rs", "//! x\n\n// y\nlet url = \"https://x\"; // z\n").code().count(), 1);
}
