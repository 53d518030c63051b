//! The one typeface that documents are printed in: Inter by its authors, under the SIL Open Font
//! License 1.1, which lets it be embedded. `build.rs` takes it from the package
//! `@expo-google-fonts/inter`; what is printed holds only the signs that stand in it.

use std::io::Read;

use flate2::read::GzDecoder;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider, charmap::Charmap};

use crate::kernel::{Error, Result};

static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/inter.gz"));

/// The file of the typeface, unpacked for one document: it is large, and seldom needed.
///
/// # Errors
/// Where Larder was built without its web app, whose packages hold it.
pub fn unpacked() -> Result<Vec<u8>> {
    if PACKED.is_empty() {
        return Err(Error::conflict(
            "no_typeface",
            "This Larder was built without its web app and has no typeface to print in. Save the report as CSV or XLSX.",
        ));
    }
    let mut file = Vec::new();
    GzDecoder::new(PACKED).read_to_end(&mut file).map_err(Error::internal)?;
    Ok(file)
}

/// The typeface, to measure and to print.
pub struct Face<'a> {
    pub font: Font,
    signs: Charmap<'a>,
    widths: GlyphMetrics<'a>,
    em: f32,
}

impl<'a> Face<'a> {
    pub fn new(file: &'a [u8]) -> Result<Self> {
        let parsed = FontRef::new(file).map_err(Error::internal)?;
        let font = Font::new(file.to_vec().into(), 0).ok_or_else(|| Error::internal("the typeface cannot be read"))?;
        let em = font.units_per_em();
        let widths = parsed.glyph_metrics(Size::unscaled(), LocationRef::default());
        Ok(Self { font, signs: parsed.charmap(), widths, em })
    }

    /// A text as signs side by side. Where the typeface has no sign it shows a box.
    pub fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let glyph = |(at, c): (usize, char)| {
            let id = self.signs.map(c).unwrap_or_default();
            KrillaGlyph {
                glyph_id: GlyphId::new(id.to_u32()),
                text_range: at..at + c.len_utf8(),
                x_advance: self.widths.advance_width(id).unwrap_or_default() / self.em,
                x_offset: 0.0,
                y_offset: 0.0,
                y_advance: 0.0,
                location: None,
            }
        };
        text.char_indices().map(glyph).collect()
    }

    pub fn width(&self, text: &str, size: f32) -> f32 {
        let advance = |c| self.widths.advance_width(self.signs.map(c).unwrap_or_default()).unwrap_or_default();
        text.chars().map(advance).sum::<f32>() / self.em * size
    }

    /// As much of a text as there is room for, with dots where it was cut.
    pub fn fit(&self, text: &str, size: f32, room: f32) -> String {
        if self.width(text, size) <= room {
            return text.to_owned();
        }
        let (mut out, mut left) = (String::new(), room - self.width("…", size));
        for c in text.chars() {
            left -= self.width(c.encode_utf8(&mut [0; 4]), size);
            if left < 0.0 {
                break;
            }
            out.push(c);
        }
        out.trim_end().to_owned() + "…"
    }

    /// A text in at most so many lines.
    pub fn wrap(&self, text: &str, size: f32, room: f32, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            let full = lines.len() == most;
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}"), size) <= room => {
                    line.push(' ');
                    line.push_str(word);
                }
                Some(line) if full => {
                    // What is left goes on the last line, to be cut there.
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines.into_iter().map(|line| self.fit(&line, size, room)).collect()
    }
}
