//! Builds the web app in `static/` with npm and embeds it, each file in every form in which it may
//! be sent. `LARDER_SKIP_WEB=1` leaves it out, for work on the server alone.
//!
//! The compressed forms are made here, once for each build of the web app, and not by a macro that
//! would make them anew whenever the crate is compiled or checked.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, exit};
use std::time::SystemTime;

use flate2::Compression;
use flate2::write::GzEncoder;
use xxhash_rust::xxh3::Xxh3;

const WEB: &str = "static";
/// The oldest Node that Vite runs on.
const OLDEST_NODE: u32 = 20;
/// What npm makes in `static/`, as against what people write there.
const MADE: [&str; 2] = ["node_modules", "dist"];
/// The typeface that reports are printed in (SIL Open Font License 1.1), from a package of the web app.
const TYPEFACE: &str = "node_modules/@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf";
/// Where the page learns which build it belongs to: behind this tag.
const HEAD: &str = "<head>";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=LARDER_SKIP_WEB");
    let skip = std::env::var("LARDER_SKIP_WEB").is_ok_and(|v| !["", "0"].contains(&v.as_str()));
    let files = if skip { Vec::new() } else { built() };
    let build = if skip { "none".to_owned() } else { name(&files) };
    println!("cargo::rustc-env=LARDER_BUILD={build}");
    embed_typeface(skip).unwrap_or_else(|e| fail(&format!("{WEB}/{TYPEFACE} cannot be embedded: {e}.")));
    embed(files, &build).unwrap_or_else(|e| fail(&format!("The web app cannot be embedded: {e}.")));
}

/// Ends the build with a message for people.
fn fail(message: &str) -> ! {
    eprintln!("\n{message}\n");
    exit(1);
}

/// The files of the web app, built anew where something changed: (path on the server, content).
fn built() -> Vec<(String, Vec<u8>)> {
    let inputs = inputs();
    for path in &inputs {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    // Two builds of different profiles share the folder: one after the other.
    let lock = Path::new(WEB).join("package-lock.json");
    let held = File::open(&lock).and_then(|file| file.lock().map(|()| file));
    let _held = held.unwrap_or_else(|e| fail(&format!("{} cannot be read: {e}.", lock.display())));
    let installed = Path::new(WEB).join("node_modules/.package-lock.json");
    if changed_at(&installed) < changed_at(&lock) {
        npm(&["ci", "--no-audit", "--no-fund"]);
    }
    let dist = Path::new(WEB).join("dist");
    let page = changed_at(&dist.join("index.html"));
    if page.is_none() || inputs.iter().any(|input| newest(input) > page) {
        npm(&["run", "build"]);
    }
    let mut files = Vec::new();
    gather(&dist, "", &mut files).unwrap_or_else(|e| fail(&format!("{} cannot be read: {e}.", dist.display())));
    if !files.iter().any(|(path, content)| path == "/index.html" && has_head(content)) {
        fail("`npm run build` in static/ left no dist/index.html with a <head>.");
    }
    files.sort();
    files
}

fn has_head(page: &[u8]) -> bool {
    String::from_utf8_lossy(page).contains(HEAD)
}

/// Everything that people write in `static/`.
fn inputs() -> Vec<PathBuf> {
    let entries = fs::read_dir(WEB).unwrap_or_else(|e| fail(&format!("The folder {WEB}/ cannot be read: {e}.")));
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    paths.filter(|path| !MADE.iter().any(|made| path.ends_with(made))).collect()
}

fn changed_at(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|m| m.modified()).ok()
}

/// When the file, or anything in the folder, was last changed.
fn newest(path: &Path) -> Option<SystemTime> {
    let below = fs::read_dir(path).into_iter().flatten().filter_map(|entry| newest(&entry.ok()?.path()));
    below.max().max(changed_at(path))
}

fn npm(arguments: &[&str]) {
    let skip = "To build the server without its web app, set LARDER_SKIP_WEB=1.";
    let install = format!(
        "Larder's web app is built with Node {OLDEST_NODE} or newer and npm. Install them (Debian: `apt install nodejs \
         npm`, elsewhere: https://nodejs.org) and build again. {skip}"
    );
    match Command::new("node").arg("--version").output() {
        Ok(output) if node_is_new(&output.stdout) => {}
        Ok(output) => fail(&format!("This is Node {}. {install}", String::from_utf8_lossy(&output.stdout).trim())),
        Err(_) => fail(&format!("There is no `node` here. {install}")),
    }
    let output = Command::new("npm").args(arguments).current_dir(WEB).output();
    let output = output.unwrap_or_else(|_| fail(&format!("There is no `npm` here. {install}")));
    if !output.status.success() {
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        fail(&format!("`npm {}` in {WEB}/ failed:\n{out}{err}\n{skip}", arguments.join(" ")));
    }
}

/// `v20.19.0`
fn node_is_new(version: &[u8]) -> bool {
    let version = String::from_utf8_lossy(version);
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    major.is_some_and(|major| major >= OLDEST_NODE)
}

fn gather(folder: &Path, path: &str, files: &mut Vec<(String, Vec<u8>)>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{path}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            gather(&entry.path(), &path, files)?;
        } else {
            files.push((path, fs::read(entry.path())?));
        }
    }
    Ok(())
}

/// The build's name: the same as long as no file differs.
fn name(files: &[(String, Vec<u8>)]) -> String {
    let mut hash = Xxh3::new();
    hash.update(env!("CARGO_PKG_VERSION").as_bytes());
    for (path, content) in files {
        hash.update(path.as_bytes());
        hash.update(content);
    }
    format!("{:012x}", hash.digest() >> 16)
}

/// Writes the files and the table of them that `src/web/assets.rs` includes.
fn embed(files: Vec<(String, Vec<u8>)>, build: &str) -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::var("OUT_DIR").expect("cargo says where to write"));
    let mut table = String::from("&[\n");
    for (path, content) in files {
        let content = if path == "/index.html" { with_build(&content, build) } else { content };
        let mut hash = Xxh3::new();
        hash.update(&content);
        let tag = format!("{:016x}", hash.digest());
        let form = |name: &str, make: fn(&[u8]) -> std::io::Result<Vec<u8>>| -> std::io::Result<(String, u64)> {
            let file = folder.join(format!("{tag}.{name}"));
            // Most files are the same as at the last build, and Brotli takes its time.
            if !file.exists() {
                fs::write(&file, make(&content)?)?;
            }
            Ok((format!("include_bytes!({:?})", file.display().to_string()), fs::metadata(&file)?.len()))
        };
        let (plain, size) = form("plain", |content| Ok(content.to_vec()))?;
        let smaller = |(text, bytes)| if bytes < size { format!("Some({text})") } else { "None".to_owned() };
        let (gzip, brotli) = (smaller(form("gzip", gzip)?), smaller(form("brotli", brotli)?));
        table +=
            &format!("Asset {{ path: {path:?}, tag: {tag:?}, plain: {plain}, gzip: {gzip}, brotli: {brotli} }},\n");
    }
    fs::write(folder.join("assets.rs"), table + "]\n")
}

/// Writes the typeface that `src/report/files/pdf/face.rs` includes; nothing where the web app is left out.
fn embed_typeface(skip: bool) -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::var("OUT_DIR").expect("cargo says where to write"));
    let packed = if skip { Vec::new() } else { gzip(&fs::read(Path::new(WEB).join(TYPEFACE))?)? };
    fs::write(folder.join("inter.gz"), packed)
}

fn with_build(page: &[u8], build: &str) -> Vec<u8> {
    let meta = format!("{HEAD}\n    <meta name=\"larder-build\" content=\"{build}\">");
    String::from_utf8_lossy(page).replacen(HEAD, &meta, 1).into_bytes()
}

fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

fn brotli(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams::default();
    brotli::BrotliCompress(&mut &content[..], &mut out, &parameters)?;
    Ok(out)
}
