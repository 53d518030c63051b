//! The photos of the demo: a handful of drawings, each made by code and shared by many orders, so
//! that the demo needs no files of its own and hardly any room.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use sha2::{Digest, Sha256};

use crate::kernel::Moment;

use super::calendar::MINUTE;
use super::jobs::{State, job_at};
use super::random::Random;
use super::team::Team;
use super::world::{Entry, World};

const WIDTH: usize = 480;
const HEIGHT: usize = 360;

/// Red, green and blue of the colours that the drawings use by number.
const PALETTE: [[u8; 3]; 10] = [
    [38, 43, 51],
    [84, 92, 104],
    [138, 147, 160],
    [196, 202, 210],
    [236, 238, 241],
    [176, 112, 42],
    [214, 168, 74],
    [52, 112, 92],
    [178, 58, 48],
    [74, 120, 168],
];

/// What is drawn.
type Scene = fn(&mut Canvas);

/// One drawing: how it is called, and its file.
pub struct Picture {
    pub name: &'static str,
    pub png: Vec<u8>,
    sha256: String,
}

/// All of them, the same on every run.
pub fn pictures() -> Vec<Picture> {
    let scenes: [(&str, Scene); 6] = [
        ("Landing door.png", door),
        ("Pit after the rain.png", pit),
        ("Machine and ropes.png", machine),
        ("Controller.png", controller),
        ("Car panel.png", panel),
        ("Broken wires.png", rope),
    ];
    let draw = |(name, scene): (&'static str, Scene)| {
        let mut canvas = Canvas(vec![3; WIDTH * HEIGHT]);
        scene(&mut canvas);
        let png = canvas.png();
        let sha256 = Sha256::digest(&png).iter().map(|byte| format!("{byte:02x}")).collect();
        Picture { name, png, sha256 }
    };
    scenes.into_iter().map(draw).collect()
}

/// So many orders are looked at for a photo; those that were begun have one or two.
fn orders(world: &World) -> usize {
    (80 * world.scale).min(world.orders())
}

/// The photos that technicians took on the latest orders.
pub fn photos(world: &World, team: &Team, pictures: &[Picture]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for back in 0..orders(world) {
        let job = job_at(world, team, world.orders() - 1 - back * 2 % world.orders());
        let begun = job.plan.started <= world.now && !matches!(job.state, State::Cancelled | State::New);
        let mut random = Random::of("attachments", back);
        for _ in 0..random.between(1, 2) {
            let picture = &pictures[random.below(pictures.len())];
            let taken = Moment((job.plan.started.0 + random.between(3, 40) * MINUTE).min(world.now.0));
            if begun && job.contractor.is_none() {
                let entry = world.entry("attachments", entries.len(), taken).by(job.technician);
                let entry = entry.set("name", picture.name).set("media_type", "image/png");
                let entry = entry.set("bytes", picture.png.len() as i64).set("sha256", picture.sha256.as_str());
                entries.push(entry.set("about_kind", "work-orders").set("about_id", job.id));
            }
        }
    }
    entries
}

/// A drawing, one number of the palette for each point.
struct Canvas(Vec<u8>);

impl Canvas {
    fn fill(&mut self, colour: u8, inside: impl Fn(i64, i64) -> bool) {
        for (at, point) in self.0.iter_mut().enumerate() {
            if inside((at % WIDTH) as i64, (at / WIDTH) as i64) {
                *point = colour;
            }
        }
    }
    fn block(&mut self, colour: u8, left: i64, top: i64, width: i64, height: i64) {
        self.fill(colour, |x, y| (left..left + width).contains(&x) && (top..top + height).contains(&y));
    }
    fn disc(&mut self, colour: u8, across: i64, down: i64, radius: i64) {
        self.fill(colour, |x, y| (x - across).pow(2) + (y - down).pow(2) <= radius.pow(2));
    }

    /// The drawing as a PNG with a palette.
    fn png(&self) -> Vec<u8> {
        let mut rows = Vec::with_capacity((WIDTH + 1) * HEIGHT);
        for row in self.0.chunks(WIDTH) {
            // Each row says how it is filtered: not at all.
            rows.push(0);
            rows.extend_from_slice(row);
        }
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        let packed = packed.write_all(&rows).and_then(|()| packed.finish()).expect("writing to memory cannot fail");
        let mut header = Vec::from((WIDTH as u32).to_be_bytes());
        header.extend_from_slice(&(HEIGHT as u32).to_be_bytes());
        // Eight bits a point, by palette, and the usual for the rest.
        header.extend_from_slice(&[8, 3, 0, 0, 0]);
        let mut png = Vec::from(b"\x89PNG\r\n\x1a\n");
        for (name, data) in [(b"IHDR", &header), (b"PLTE", &PALETTE.concat()), (b"IDAT", &packed), (b"IEND", &vec![])] {
            let mut sum = Crc::new();
            sum.update(name);
            sum.update(data);
            png.extend_from_slice(&(data.len() as u32).to_be_bytes());
            png.extend_from_slice(name);
            png.extend_from_slice(data);
            png.extend_from_slice(&sum.sum().to_be_bytes());
        }
        png
    }
}

fn door(canvas: &mut Canvas) {
    canvas.block(1, 0, 300, 480, 60);
    canvas.block(0, 110, 30, 260, 276);
    canvas.block(2, 122, 42, 112, 264);
    canvas.block(2, 246, 42, 112, 264);
    canvas.block(4, 128, 42, 5, 264);
    canvas.block(4, 252, 42, 5, 264);
    canvas.block(1, 400, 150, 34, 70);
    canvas.disc(6, 417, 172, 9);
    canvas.disc(4, 417, 198, 9);
}

fn pit(canvas: &mut Canvas) {
    canvas.block(1, 0, 0, 480, 360);
    canvas.block(2, 0, 0, 480, 190);
    canvas.fill(9, |x, y| (x - 250).pow(2) + 8 * (y - 310).pow(2) < 200 * 200);
    for (left, high) in [(120, 130), (310, 150)] {
        canvas.block(0, left, 290 - high, 44, high);
        for ring in 0..6 {
            canvas.block(6, left - 8, 290 - high + ring * 20, 60, 8);
        }
    }
    canvas.block(0, 40, 0, 12, 360);
    canvas.block(0, 428, 0, 12, 360);
}

fn machine(canvas: &mut Canvas) {
    canvas.block(1, 0, 280, 480, 80);
    canvas.block(7, 60, 150, 150, 130);
    canvas.block(0, 80, 260, 320, 24);
    canvas.disc(0, 300, 170, 104);
    canvas.disc(2, 300, 170, 92);
    canvas.disc(1, 300, 170, 30);
    canvas.disc(6, 300, 170, 12);
    for rope in 0..5 {
        canvas.block(0, 204 + rope * 7, 170, 3, 190);
        canvas.block(0, 364 + rope * 7, 170, 3, 190);
    }
}

fn controller(canvas: &mut Canvas) {
    canvas.block(1, 70, 16, 340, 330);
    canvas.block(4, 82, 28, 316, 306);
    for row in 0..4 {
        canvas.block(2, 96, 44 + row * 72, 288, 10);
        for relay in 0..8 {
            canvas.block(if (row + relay) % 5 == 2 { 5 } else { 0 }, 100 + relay * 36, 58 + row * 72, 28, 40);
            canvas.disc(if (row * relay) % 7 == 3 { 8 } else { 7 }, 114 + relay * 36, 66 + row * 72, 4);
        }
    }
}

fn panel(canvas: &mut Canvas) {
    canvas.block(2, 150, 0, 180, 360);
    canvas.block(0, 176, 24, 128, 60);
    canvas.block(8, 216, 36, 10, 36);
    canvas.block(8, 240, 36, 30, 8);
    canvas.block(8, 240, 64, 30, 8);
    for floor in 0..8 {
        let (across, down) = (206 + floor % 2 * 68, 122 + floor / 2 * 56);
        canvas.disc(1, across, down, 22);
        canvas.disc(if floor == 5 { 6 } else { 4 }, across, down, 17);
    }
    canvas.disc(8, 240, 336, 16);
}

fn rope(canvas: &mut Canvas) {
    canvas.block(1, 0, 0, 480, 360);
    canvas.fill(0, |x, y| (y - 180 - (x - 240) / 6).abs() < 70);
    canvas.fill(2, |x, y| (y - 180 - (x - 240) / 6).abs() < 62 && (x + y).rem_euclid(46) > 9);
    canvas.fill(3, |x, y| (y - 170 - (x - 240) / 6).abs() < 22 && (x + y).rem_euclid(46) > 14);
    for (across, down) in [(150, 132), (262, 150), (330, 236)] {
        canvas.fill(8, |x, y| (x - across).abs() < 4 && (y - down).abs() < 20);
        canvas.disc(6, across, down - 20, 6);
    }
}
