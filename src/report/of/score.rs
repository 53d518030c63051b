//! The health score of a site: 100 points, less what is wrong, part by part.

/// What is known of a site.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    pub emergencies: i64,
    pub overdue_orders: i64,
    pub inspections: i64,
    pub calibrations: i64,
    /// Pieces of equipment whose latest certificate says that they failed.
    pub failed: i64,
    /// Years since its equipment was installed, on average.
    pub age: Option<f64>,
}

/// One thing that costs points: so many for each, never more than the most.
pub struct Part {
    pub one: &'static str,
    pub many: &'static str,
    each: i64,
    most: i64,
    of: fn(&Facts) -> i64,
}

/// Equipment costs a point for every year beyond so many.
const OLD: f64 = 15.0;

/// The parts; their mosts add up to 100.
pub const PARTS: [Part; 6] = [
    Part { one: "open emergency", many: "open emergencies", each: 15, most: 30, of: |f| f.emergencies },
    Part { one: "overdue work order", many: "overdue work orders", each: 5, most: 20, of: |f| f.overdue_orders },
    Part { one: "overdue inspection", many: "overdue inspections", each: 5, most: 20, of: |f| f.inspections },
    Part { one: "failed certificate", many: "failed certificates", each: 5, most: 15, of: |f| f.failed },
    Part { one: "overdue calibration", many: "overdue calibrations", each: 5, most: 10, of: |f| f.calibrations },
    Part {
        one: "year of age beyond 15",
        many: "years of age beyond 15",
        each: 1,
        most: 5,
        of: |f| f.age.map_or(0, |age| (age - OLD).max(0.0) as i64),
    },
];

/// The score, and in words what it is made of.
pub fn score(facts: &Facts) -> (i64, String) {
    let (mut score, mut why) = (100, Vec::new());
    for part in &PARTS {
        let n = (part.of)(facts);
        let cost = n.saturating_mul(part.each).min(part.most);
        if cost > 0 {
            score -= cost;
            why.push(format!("−{cost}: {n} {}", if n == 1 { part.one } else { part.many }));
        }
    }
    (score, if why.is_empty() { "Nothing is wrong.".to_owned() } else { why.join("; ") })
}

/// How it is counted, in a sentence.
pub fn formula() -> String {
    let parts = PARTS.iter().map(|part| format!("{} for each {} (at most {})", part.each, part.one, part.most));
    format!("The score is 100 less {}.", parts.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_without_trouble_has_all_points_and_one_with_all_troubles_none() {
        assert_eq!(score(&Facts::default()), (100, "Nothing is wrong.".to_owned()));
        let worst = Facts {
            emergencies: 99,
            overdue_orders: 99,
            inspections: 99,
            calibrations: 99,
            failed: 99,
            age: Some(99.0),
        };
        assert_eq!(score(&worst).0, 0);
    }

    #[test]
    fn each_part_says_what_it_costs() {
        let facts = Facts { emergencies: 1, inspections: 2, age: Some(17.9), ..Facts::default() };
        let (points, why) = score(&facts);
        assert_eq!(points, 100 - 15 - 10 - 2);
        assert_eq!(why, "−15: 1 open emergency; −10: 2 overdue inspections; −2: 2 years of age beyond 15");
    }
}
