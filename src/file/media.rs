//! Which files are taken: known by what is in them, never by what they are called or said to be.

use std::fs::File;
use std::io::{self, Read, Seek};

use crate::kernel::{Error, Result};

/// A sort of file that may be kept.
#[derive(Debug, PartialEq, Eq)]
pub struct Media {
    pub name: &'static str,
    /// What such a file's name may end in; the first is given to one that ends in something else.
    endings: &'static [&'static str],
    /// A browser shows it without running anything.
    pub shown: bool,
}

const fn media(name: &'static str, endings: &'static [&'static str], shown: bool) -> Media {
    Media { name, endings, shown }
}

static JPEG: Media = media("image/jpeg", &["jpg", "jpeg"], true);
static PNG: Media = media("image/png", &["png"], true);
static WEBP: Media = media("image/webp", &["webp"], true);
static GIF: Media = media("image/gif", &["gif"], true);
static HEIC: Media = media("image/heic", &["heic", "heif"], true);
static PDF: Media = media("application/pdf", &["pdf"], true);
static TEXT: Media = media("text/plain", &["txt", "log", "md"], false);
static CSV: Media = media("text/csv", &["csv"], false);
static DOCX: Media = media("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"], false);
static XLSX: Media = media("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"], false);
static ODT: Media = media("application/vnd.oasis.opendocument.text", &["odt"], false);
static MP4: Media = media("video/mp4", &["mp4", "m4v"], true);
static MOV: Media = media("video/quicktime", &["mov", "qt"], true);
static ALL: [&Media; 13] = [&JPEG, &PNG, &WEBP, &GIF, &HEIC, &PDF, &TEXT, &CSV, &DOCX, &XLSX, &ODT, &MP4, &MOV];

/// The pictures that may stand for a tenant.
pub const LOGOS: [&str; 3] = ["image/png", "image/jpeg", "image/webp"];

/// An archive with more members than this is no document.
const MOST_MEMBERS: usize = 1_000;
/// What a text is looked through in.
const PIECE: usize = 64 * 1024;

/// The sort of that name, for what was recognised when it came in.
pub fn of_name(name: &str) -> Option<&'static Media> {
    ALL.into_iter().find(|media| media.name == name)
}

/// What the file is. `claimed` is the media type that the sender gave, `name` what it is called.
///
/// # Errors
/// `unsupported_media` for what is not taken, and for a file that is not what it is said to be.
pub fn recognise(file: &mut File, claimed: &str, name: &str) -> Result<&'static Media> {
    let mut head = Vec::with_capacity(PIECE);
    file.take(PIECE as u64).read_to_end(&mut head).map_err(Error::internal)?;
    let found = match by_magic(&head) {
        Some(media) => media,
        None if head.starts_with(b"PK\x03\x04") => document(file)?,
        None => text(file, &head, claimed, name)?,
    };
    let claim = claimed.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let claim = match claim.as_str() {
        "image/jpg" => "image/jpeg",
        "image/heif" => "image/heic",
        other => other,
    };
    if claim != found.name && (of_name(claim).is_some() || runs(claim)) && !(is_text(claim) && is_text(found.name)) {
        return Err(refused(format!(
            "This file is {}, but it was sent as {claim}. Send it as what it is.",
            found.name
        )));
    }
    Ok(found)
}

fn refused(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::invalid("unsupported_media", message)
}

fn unknown() -> Error {
    refused(
        "Files of this sort are not taken. Send a picture (JPEG, PNG, WebP, GIF, HEIC), a PDF, a text or CSV file in \
         UTF-8, a document (DOCX, XLSX, ODT) or a film (MP4, MOV).",
    )
}

/// What a browser would run: never taken, whatever is in it.
fn runs(claim: &str) -> bool {
    matches!(claim, "image/svg+xml" | "text/html" | "application/xhtml+xml" | "text/xml" | "application/xml")
        || claim.contains("javascript")
}

fn is_text(claim: &str) -> bool {
    claim == TEXT.name || claim == CSV.name
}

fn by_magic(head: &[u8]) -> Option<&'static Media> {
    let at = |from: usize, magic: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(magic));
    Some(match () {
        () if at(0, b"\xff\xd8\xff") => &JPEG,
        () if at(0, b"\x89PNG\r\n\x1a\n") => &PNG,
        () if at(0, b"RIFF") && at(8, b"WEBP") => &WEBP,
        () if at(0, b"GIF87a") || at(0, b"GIF89a") => &GIF,
        () if at(0, b"%PDF-") => &PDF,
        () if at(4, b"ftyp") => match head.get(8..12)? {
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"mif1" | b"msf1" => &HEIC,
            b"qt  " => &MOV,
            b"isom" | b"iso2" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"avc1" | b"M4V " | b"dash" => &MP4,
            _ => return None,
        },
        () => return None,
    })
}

/// A document is an archive with certain members.
fn document(file: &mut File) -> Result<&'static Media> {
    file.rewind().map_err(Error::internal)?;
    let mut archive = zip::ZipArchive::new(io::BufReader::new(file)).map_err(|_| unknown())?;
    if archive.len() > MOST_MEMBERS {
        return Err(unknown());
    }
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("[Content_Types].xml") && has("word/document.xml") && !has("word/vbaProject.bin") {
        return Ok(&DOCX);
    }
    if has("[Content_Types].xml") && has("xl/workbook.xml") && !has("xl/vbaProject.bin") {
        return Ok(&XLSX);
    }
    let mut kind = String::new();
    if let Ok(member) = archive.by_name("mimetype") {
        // Read no further than such a name is long: the archive may claim anything.
        let _ = member.take(100).read_to_string(&mut kind);
    }
    if kind.trim() == ODT.name { Ok(&ODT) } else { Err(unknown()) }
}

/// Valid UTF-8 without control characters, all through, that is no page and no drawing.
fn text(file: &mut File, head: &[u8], claimed: &str, name: &str) -> Result<&'static Media> {
    let start = String::from_utf8_lossy(&head[..head.len().min(512)]).to_ascii_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    let ending = ending(name).to_ascii_lowercase();
    if start.starts_with('<') || ["html", "htm", "xhtml", "svg", "xml", "js", "mjs"].contains(&ending.as_str()) {
        return Err(unknown());
    }
    file.rewind().map_err(Error::internal)?;
    let mut rest: Vec<u8> = Vec::new();
    loop {
        let read = file.take(PIECE as u64).read_to_end(&mut rest).map_err(Error::internal)?;
        let valid = match std::str::from_utf8(&rest) {
            Ok(_) => rest.len(),
            // A character may be cut in two by the end of a piece, not by the end of the file.
            Err(error) if error.error_len().is_none() && read > 0 => error.valid_up_to(),
            Err(_) => return Err(unknown()),
        };
        if rest[..valid].iter().any(|b| *b < b' ' && !b"\t\r\n\x0c".contains(b)) {
            return Err(unknown());
        }
        rest.drain(..valid);
        if read == 0 {
            let csv = ending == "csv" || claimed.trim_start().starts_with(CSV.name);
            return Ok(if csv { &CSV } else { &TEXT });
        }
    }
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// A name for people: without folders and control characters, not too long, and with an ending that
/// says what the file is.
pub fn clean_name(name: &str, media: &Media) -> String {
    const LONGEST: usize = 190;
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).collect();
    let plain = plain.trim().trim_matches('.');
    let plain = if plain.is_empty() { "file" } else { plain };
    let fits = media.endings.contains(&ending(plain).to_ascii_lowercase().as_str());
    let stem = if fits { plain.rsplit_once('.').map_or(plain, |(stem, _)| stem) } else { plain };
    let end = if fits { ending(plain) } else { media.endings[0] };
    format!("{}.{end}", stem.chars().take(LONGEST).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn judged(bytes: &[u8], claimed: &str, name: &str) -> Option<&'static str> {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(bytes).expect("written");
        file.rewind().expect("rewound");
        recognise(&mut file, claimed, name).ok().map(|media| media.name)
    }

    #[test]
    fn a_file_is_what_is_in_it() {
        assert_eq!(judged(b"\x89PNG\r\n\x1a\n....", "", "x"), Some("image/png"));
        assert_eq!(judged(b"\xff\xd8\xff\xe0....", "image/jpg", "x"), Some("image/jpeg"));
        assert_eq!(judged(b"RIFF....WEBPVP8 ", "application/octet-stream", "x"), Some("image/webp"));
        assert_eq!(judged(b"\0\0\0\x18ftypheic", "image/heif", "x"), Some("image/heic"));
        assert_eq!(judged(b"\0\0\0\x18ftypqt  ", "video/quicktime", "x"), Some("video/quicktime"));
        assert_eq!(judged(b"%PDF-1.7", "application/pdf", "x"), Some("application/pdf"));
        assert_eq!(judged("Grüße\n".as_bytes(), "", "a.txt"), Some("text/plain"));
        assert_eq!(judged(b"a,b\n1,2\n", "application/vnd.ms-excel", "a.CSV"), Some("text/csv"));
        let long = "ü".repeat(PIECE) + "x";
        assert_eq!(judged(long.as_bytes(), "text/plain", "a"), Some("text/plain"));
    }

    #[test]
    fn what_could_run_and_what_pretends_is_refused() {
        for (bytes, claimed, name) in [
            (&b"<svg xmlns=''/>"[..], "image/svg+xml", "a.svg"),
            (b" \n<!doctype html>", "text/plain", "a.txt"),
            (b"hello", "text/html", "a.txt"),
            (b"alert(1)", "text/plain", "a.js"),
            (b"\x89PNG\r\n\x1a\n", "application/pdf", "a.pdf"),
            (b"MZ\x90\0", "image/png", "a.png"),
            (b"caf\xe9", "text/plain", "a.txt"),
            (b"PK\x03\x04rubbish", "", "a.docx"),
            (b"\0\0\0\x18ftypavif", "", "a"),
        ] {
            assert_eq!(judged(bytes, claimed, name), None, "{name} {claimed}");
        }
    }

    #[test]
    fn a_name_says_what_the_file_is() {
        assert_eq!(clean_name("C:\\tmp\\Pit light.JPG", &JPEG), "Pit light.JPG");
        assert_eq!(clean_name("../../etc/passwd", &TEXT), "passwd.txt");
        assert_eq!(clean_name("invoice.exe", &PDF), "invoice.exe.pdf");
        assert_eq!(clean_name("\n", &PNG), "file.png");
        assert!(clean_name(&"x".repeat(500), &PNG).len() < 200);
    }
}
