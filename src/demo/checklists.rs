//! The steps of a visit, as they stand on the order's checklist.

use super::calls::Work::{self, Breakdown, Inspection, Repair, Service};
use super::machines::Sort::{self, Door, Escalator};

/// The steps of a visit.
pub fn checklist(work: Work, sort: Sort) -> &'static [&'static str] {
    match (work, sort) {
        (Service | Inspection, Escalator) => &[
            "Close it off at both ends",
            "Check combs and the gap to the steps",
            "Run both ways, listen",
            "Measure handrail speed",
            "Test all stop buttons",
            "Test the brake",
            "Clean the pit and oil the chain",
        ],
        (Service, Door) => {
            &["Measure the forces", "Clean the sensors", "Check rollers and belt", "Test escape opening"]
        }
        (Service, _) => &[
            "Sign in with the caretaker",
            "Ride to every floor, listen and feel",
            "Check door reopening and the light curtain",
            "Test the emergency phone from the car",
            "Check brake and ropes",
            "Clean the pit",
            "Oil the rails",
            "Write it in the log book",
        ],
        (Inspection, _) => &[
            "Meet the inspector",
            "Safety gear and governor",
            "Overload and levelling",
            "Emergency phone and light",
            "Pit and headroom",
            "Remarks into the report",
        ],
        (Breakdown, _) => &[
            "Lock off the main switch and put the sign up",
            "Read the fault log of the controller",
            "Find the cause and put it right",
            "Ten test runs, every floor",
            "Hand over and get a signature",
        ],
        (Repair, _) => &[
            "Lock off the main switch and put the sign up",
            "Take out the old part",
            "Fit the new part",
            "Test under load",
            "Take waste along, hand over",
        ],
    }
}
