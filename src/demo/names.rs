//! What people are called, and how a made-up one can be reached.
//!
//! Telephone numbers are those that the regulator keeps free for drama, addresses end in
//! `.example`: nobody real is ever called or written to.

use super::random::Random;

pub const FIRST: [&str; 48] = [
    "Alison", "Amir", "Angela", "Anita", "Ben", "Bridget", "Carl", "Cath", "Colin", "Daniel", "Diane", "Eleanor",
    "Emeka", "Fiona", "Gareth", "Gillian", "Harriet", "Ian", "Imran", "Janet", "Jasmin", "Joe", "Karen", "Keith",
    "Leanne", "Liam", "Lorna", "Malcolm", "Meera", "Michael", "Naomi", "Neil", "Oliver", "Paula", "Rachel", "Rajesh",
    "Rob", "Ruth", "Samina", "Sean", "Sheila", "Simon", "Steph", "Tariq", "Tessa", "Victoria", "Wendy", "Zoe",
];

pub const LAST: [&str; 67] = [
    "Abbott",
    "Ainley",
    "Akhtar",
    "Appleyard",
    "Armitage",
    "Ashworth",
    "Balogun",
    "Barraclough",
    "Beaumont",
    "Bell",
    "Bhatt",
    "Booth",
    "Brook",
    "Butterworth",
    "Carver",
    "Chaudhry",
    "Clegg",
    "Crossley",
    "Dawson",
    "Denham",
    "Doyle",
    "Earnshaw",
    "Ellis",
    "Farrar",
    "Fielding",
    "Firth",
    "Garside",
    "Gill",
    "Greenwood",
    "Haigh",
    "Hartley",
    "Hinchliffe",
    "Holroyd",
    "Hughes",
    "Iqbal",
    "Jagger",
    "Kaye",
    "Kendall",
    "Lister",
    "Lockwood",
    "Lowe",
    "Lumb",
    "Mahmood",
    "Marsden",
    "Mellor",
    "Moran",
    "Naylor",
    "Nolan",
    "Ogden",
    "Osei",
    "Parkin",
    "Pickles",
    "Quarmby",
    "Ramsden",
    "Riley",
    "Royle",
    "Senior",
    "Sharma",
    "Sykes",
    "Tattersall",
    "Thewlis",
    "Uttley",
    "Varley",
    "Walsh",
    "Whiteley",
    "Wrigley",
    "Yates",
];

/// First and last name of the so-manieth of a group; neighbours never share a name.
pub fn person(number: usize) -> (&'static str, &'static str) {
    let round = number / FIRST.len();
    (FIRST[(number * 7 + round * 5) % FIRST.len()], LAST[(number * 11 + round * 3) % LAST.len()])
}

/// `priya.nair@northgate.example`
pub fn email(first: &str, last: &str, domain: &str) -> String {
    format!("{}.{}@{domain}.example", first.to_lowercase(), last.to_lowercase())
}

pub fn mobile(random: &mut Random) -> String {
    format!("07700 900{:03}", random.below(1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_neighbours_have_their_own_names() {
        let names: std::collections::HashSet<_> = (0..1000).map(person).collect();
        assert_eq!(names.len(), 1000);
    }
}
