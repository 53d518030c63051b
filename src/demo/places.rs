//! Where it all happens: towns in the north of England, with streets that are on no map.

use super::random::Random;

pub struct Town {
    pub name: &'static str,
    postcode: &'static str,
    /// Its telephone numbers for drama, all but the last three digits.
    phone: &'static str,
    lat: f64,
    lng: f64,
}

const fn town(name: &'static str, postcode: &'static str, phone: &'static str, lat: f64, lng: f64) -> Town {
    Town { name, postcode, phone, lat, lng }
}

/// The first is where the firm is at home.
pub const TOWNS: [Town; 12] = [
    town("Leeds", "LS", "0113 496 0", 53.7997, -1.5492),
    town("York", "YO", "01632 960", 53.9590, -1.0815),
    town("Bradford", "BD", "01632 960", 53.7950, -1.7594),
    town("Wakefield", "WF", "01632 960", 53.6830, -1.4977),
    town("Harrogate", "HG", "01632 960", 53.9921, -1.5418),
    town("Huddersfield", "HD", "01632 960", 53.6458, -1.7850),
    town("Halifax", "HX", "01632 960", 53.7248, -1.8658),
    town("Sheffield", "S", "0114 496 0", 53.3811, -1.4701),
    town("Doncaster", "DN", "01632 960", 53.5228, -1.1285),
    town("Hull", "HU", "01632 960", 53.7446, -0.3352),
    town("Manchester", "M", "0161 496 0", 53.4794, -2.2453),
    town("Newcastle", "NE", "0191 498 0", 54.9738, -1.6131),
];

const STREETS: [&str; 40] = [
    "Alder",
    "Aspley",
    "Beck",
    "Bellwether",
    "Cloth Hall",
    "Cooper",
    "Cornmill",
    "Crake",
    "Cutler",
    "Dunmore",
    "Fell",
    "Fulling",
    "Garth",
    "Gaskell",
    "Harehill",
    "Heron",
    "Ings",
    "Kestrel",
    "Kirkstall Weir",
    "Ladywell",
    "Lantern",
    "Loom",
    "Mercer",
    "Millrace",
    "Orchard",
    "Paragon",
    "Peel",
    "Quarry",
    "Raglan",
    "Saddler",
    "Shuttle",
    "Skelder",
    "Staithe",
    "Tanner",
    "Tenter",
    "Thornfield",
    "Toll",
    "Wainstone",
    "Wharf",
    "Yarn",
];
const SORTS: [&str; 8] = ["Street", "Street", "Road", "Road", "Lane", "Row", "Court", "Square"];
/// The letters that end a postcode.
const LETTERS: &[u8] = b"ABDEFGHJLNPQRSTUWXYZ";

/// A place with everything that a site or company needs of it.
pub struct Place {
    pub address: String,
    pub lat: f64,
    pub lng: f64,
    pub phone: String,
}

/// Half of all customers are in the firm's own town.
pub fn town_of(random: &mut Random) -> &'static Town {
    if random.chance(45) { &TOWNS[0] } else { &TOWNS[random.below(TOWNS.len())] }
}

/// Somewhere in a town.
pub fn place_in(town: &'static Town, random: &mut Random) -> Place {
    let street = format!("{} {}", random.pick(&STREETS), random.pick(&SORTS));
    let mut letter = || char::from(random.pick(LETTERS));
    let end = format!("{}{}", letter(), letter());
    let (district, sector) = (random.between(1, 19), random.between(1, 9));
    let address =
        format!("{} {street}, {} {}{district} {sector}{end}", random.between(1, 140), town.name, town.postcode);
    // Within some three kilometres of the middle; to five digits, which is a metre.
    let mut near = |middle: f64| ((middle + random.between(-3000, 3000) as f64 / 1e5) * 1e5).round() / 1e5;
    let (lat, lng) = (near(town.lat), near(town.lng));
    Place { address, lat, lng, phone: format!("{}{:03}", town.phone, random.below(1000)) }
}
