//! Pages as lists of marks: laid out first, since a page says how many there are, then drawn.

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;

use super::face::Face;

/// Points of a sheet of A4.
const A4: (f32, f32) = (595.28, 841.89);
pub const MARGIN: f32 = 42.0;
/// Room for what stands at the foot.
const FOOT: f32 = 30.0;

/// A colour by its three parts.
pub type Ink = (u8, u8, u8);
pub const BLACK: Ink = (24, 27, 34);
pub const GREY: Ink = (98, 105, 118);
pub const PALE: Ink = (240, 242, 246);
pub const RULE: Ink = (219, 223, 230);
pub const BLUE: Ink = (46, 92, 184);

enum Mark {
    Text { x: f32, y: f32, size: f32, ink: Ink, text: String },
    Block { x: f32, y: f32, width: f32, height: f32, ink: Ink },
}

/// The pages of a document on their way.
pub struct Sheets<'a> {
    pub face: &'a Face<'a>,
    pub width: f32,
    height: f32,
    pages: Vec<Vec<Mark>>,
    /// How far down the page is filled.
    pub y: f32,
}

impl<'a> Sheets<'a> {
    pub fn new(face: &'a Face<'a>, landscape: bool) -> Self {
        let (width, height) = if landscape { (A4.1, A4.0) } else { A4 };
        Self { face, width, height, pages: vec![Vec::new()], y: MARGIN }
    }

    /// From margin to margin.
    pub fn room(&self) -> f32 {
        self.width - 2.0 * MARGIN
    }

    /// Is there so much room left on the page?
    pub fn fits(&self, height: f32) -> bool {
        self.y + height <= self.height - MARGIN - FOOT
    }

    pub fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = MARGIN;
    }

    /// Text with its left end at `x` and its line at `y`.
    pub fn text(&mut self, x: f32, y: f32, size: f32, ink: Ink, text: &str) {
        self.mark(Mark::Text { x, y, size, ink, text: text.to_owned() });
    }

    /// Text with its right end at `x`.
    pub fn text_before(&mut self, x: f32, y: f32, size: f32, ink: Ink, text: &str) {
        let x = x - self.face.width(text, size);
        self.text(x, y, size, ink, text);
    }

    pub fn text_amid(&mut self, x: f32, y: f32, size: f32, ink: Ink, text: &str) {
        let x = x - self.face.width(text, size) / 2.0;
        self.text(x, y, size, ink, text);
    }

    pub fn block(&mut self, x: f32, y: f32, width: f32, height: f32, ink: Ink) {
        self.mark(Mark::Block { x, y, width, height, ink });
    }

    pub fn rule(&mut self, y: f32) {
        self.block(MARGIN, y, self.room(), 0.6, RULE);
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// Writes `foot` and the page's number at the foot of each, and draws them all.
    pub fn print(mut self, onto: &mut krilla::Document, foot: &str) {
        let (all, y, right) = (self.pages.len(), self.height - MARGIN, self.width - MARGIN);
        for at in 0..all {
            let number = format!("Page {} of {all}", at + 1);
            let x = right - self.face.width(&number, 8.0);
            let foot = self.face.fit(foot, 8.0, x - MARGIN - 20.0);
            self.pages[at].push(Mark::Text { x: MARGIN, y, size: 8.0, ink: GREY, text: foot });
            self.pages[at].push(Mark::Text { x, y, size: 8.0, ink: GREY, text: number });
        }
        for marks in &self.pages {
            let Some(settings) = PageSettings::from_wh(self.width, self.height) else { return };
            let mut page = onto.start_page_with(settings);
            let mut surface = page.surface();
            marks.iter().for_each(|mark| draw(&mut surface, self.face, mark));
            surface.finish();
            page.finish();
        }
    }
}

fn draw(surface: &mut Surface<'_>, face: &Face<'_>, mark: &Mark) {
    let fill = |(r, g, b): Ink| {
        Some(Fill { paint: rgb::Color::new(r, g, b).into(), opacity: NormalizedF32::ONE, rule: Default::default() })
    };
    match mark {
        Mark::Text { x, y, size, ink, text } => {
            surface.set_fill(fill(*ink));
            surface.draw_glyphs(Point::from_xy(*x, *y), &face.glyphs(text), face.font.clone(), text, *size, false);
        }
        Mark::Block { x, y, width, height, ink } => {
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.set_fill(fill(*ink));
                surface.draw_path(&path);
            }
        }
    }
}
