//! What goes wrong with lifts and what is done about it, in the words of those who ride and mend them.
//!
//! `{Lift}` and `{lift}` become the machine's short name, `{floor}` and `{next}` two of its floors.

use super::catalogue::{BREAKDOWN, DOOR_REPAIR, INSPECTION, RELEASE, REPAIR, SERVICE, STAIR_SERVICE};
use super::machines::Sort::{self, Bed, Car, Door, Dumbwaiter, Escalator, Goods, Passenger, Platform};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Comes round every month or quarter.
    Service,
    /// Comes round every year and ends in a certificate.
    Inspection,
    /// Somebody rang.
    Breakdown,
    /// Planned: found at a service, or ordered by the customer.
    Repair,
}

pub struct Call {
    pub work: Work,
    pub on: &'static [Sort],
    pub title: &'static str,
    pub says: [&'static str; 2],
    pub done: [&'static str; 2],
    pub part: Option<&'static str>,
    pub service: usize,
}

const CARS: &[Sort] = &[Passenger, Goods, Bed, Car];
const ALL_LIFTS: &[Sort] = &[Passenger, Goods, Bed, Car, Platform, Dumbwaiter];
const PEOPLE: &[Sort] = &[Passenger, Bed, Car];
const DOORED: &[Sort] = &[Passenger, Goods, Bed, Car];

const fn call(
    work: Work,
    on: &'static [Sort],
    title: &'static str,
    says: [&'static str; 2],
    done: [&'static str; 2],
    part: Option<&'static str>,
    service: usize,
) -> Call {
    Call { work, on, title, says, done, part, service }
}

use Work::{Breakdown, Inspection, Repair, Service};

pub const CALLS: [Call; 33] = [
    call(
        Service,
        ALL_LIFTS,
        "Monthly service, {lift}",
        ["Regular visit under the contract.", "Regular visit. Sign in with the caretaker first."],
        ["Serviced, no faults.", "Serviced. Door shoe on floor {floor} is worn, will do until the next visit."],
        None,
        SERVICE,
    ),
    call(
        Service,
        CARS,
        "Lubricate guide rails, {lift}",
        ["Rails ran dry at the last visit.", "Tenant on floor {floor} hears a squeal at the top."],
        ["Rails cleaned and oiled, runs quietly.", "Oiled, and the oiler on the counterweight filled up."],
        Some("Guide rail oil"),
        SERVICE,
    ),
    call(
        Service,
        CARS,
        "Test battery lowering, {lift}",
        ["Yearly test of the rescue run.", "Test with the safety adviser present."],
        ["Lowered to floor {floor}, doors opened. Battery reads 26.1 V.", "Passed at the second try; battery is old."],
        Some("Emergency battery"),
        SERVICE,
    ),
    call(
        Service,
        &[Escalator],
        "Escalator service, {lift}",
        ["Before opening time, please.", "Quarterly visit: steps, chains, handrails."],
        ["Two step rollers changed, chain tension set.", "Cleaned and greased, no faults."],
        Some("Step roller"),
        STAIR_SERVICE,
    ),
    call(
        Service,
        &[Escalator],
        "Handrail speed check, {lift}",
        ["Handrail runs behind the steps, says the centre.", "Check after the handrail was changed."],
        ["Both handrails within 2 %.", "Left handrail was slow, drive wheel cleaned."],
        None,
        STAIR_SERVICE,
    ),
    call(
        Service,
        &[Door],
        "Half-yearly service, {lift}",
        ["Regular visit under the contract.", "Regular visit. Door must stay open while we work."],
        ["Serviced, forces measured and in order.", "Serviced. Sensor on the street side moved a little."],
        None,
        SERVICE,
    ),
    call(
        Inspection,
        ALL_LIFTS,
        "Annual inspection, {lift}",
        ["With the inspector, who brings the weights.", "Yearly inspection. Access to the pit is needed."],
        ["Passed. Certificate goes to the customer.", "Passed, with a remark: light in the pit is out."],
        None,
        INSPECTION,
    ),
    call(
        Inspection,
        &[Escalator],
        "Annual inspection, {lift}",
        ["Before opening time, with the inspector.", "Yearly inspection with brake test."],
        ["Passed. Stopping distance 0.6 m under load.", "Passed, comb plate to be changed within six months."],
        None,
        INSPECTION,
    ),
    call(
        Inspection,
        &[Door],
        "Yearly force test, {lift}",
        ["Forces at the closing edge, with protocol.", "Yearly test, protocol to the customer."],
        ["137 N at most, passed.", "Passed after the closing speed was set back."],
        None,
        INSPECTION,
    ),
    call(
        Breakdown,
        CARS,
        "{Lift} stops between floors {floor} and {next}",
        [
            "Stands about 40 cm above floor {floor}, doors stay shut. Nobody inside.",
            "Stopped with a jolt between {floor} and {next}. Came back by itself once, now it stands.",
        ],
        [
            "Door contact on floor {floor} was bent. Fitted a new one, ten test runs.",
            "Levelling sensor dirty and out of place. Cleaned, set again, ran every floor.",
        ],
        Some("Levelling sensor"),
        BREAKDOWN,
    ),
    call(
        Breakdown,
        PEOPLE,
        "People stuck in {lift}",
        ["Two people inside near floor {floor}, they are well.", "Mother with a pram between {floor} and {next}."],
        [
            "Let out after 25 minutes, all well. Door lock on floor {floor} set again.",
            "Let out at floor {floor}. Encoder lost its count; changed.",
        ],
        Some("Encoder"),
        RELEASE,
    ),
    call(
        Breakdown,
        DOORED,
        "Doors of {lift} reopen on floor {floor}",
        [
            "Doors close nearly, then open again, over and over.",
            "Reopens ten times before it runs. Only on floor {floor}.",
        ],
        ["Light curtain cable was chafed. New cable, tested.", "Stone in the sill. Removed, and the shoe changed."],
        Some("Light curtain cable"),
        BREAKDOWN,
    ),
    call(
        Breakdown,
        DOORED,
        "Door sensor of {lift} sticks",
        ["Door stays open and beeps.", "Since the floor was cleaned the door will not shut."],
        ["Sensor strip cleaned and dried.", "Door contact changed, sensor set again."],
        Some("Door contact"),
        BREAKDOWN,
    ),
    call(
        Breakdown,
        PEOPLE,
        "Emergency phone of {lift} has no line",
        ["Test call did not get through last night.", "The phone's lamp is red; the exchange says the line is fine."],
        [
            "Phone unit changed, test call answered after 20 seconds.",
            "Plug in the motor room was loose. Test call fine.",
        ],
        Some("Phone unit"),
        BREAKDOWN,
    ),
    call(
        Breakdown,
        PEOPLE,
        "Car light out, {lift}",
        ["One of four lights is out.", "It is quite dark in there, says the porter."],
        ["Light changed.", "Driver of the lights was gone; changed both."],
        Some("Car light, LED"),
        BREAKDOWN,
    ),
    call(
        Breakdown,
        PEOPLE,
        "Landing light out on floor {floor}, {lift}",
        ["The arrow on floor {floor} stays dark.", "Indicator on floor {floor} shows nothing."],
        ["Indicator changed.", "Plug was loose behind the plate."],
        Some("Floor indicator"),
        BREAKDOWN,
    ),
    call(
        Breakdown,
        PEOPLE,
        "Alarm button of {lift} stuck",
        [
            "The horn sounded for an hour until the caretaker switched it off.",
            "Button stays in and calls the exchange.",
        ],
        ["Button changed, test call made.", "Button freed and cleaned; a new one is ordered."],
        Some("Call button"),
        BREAKDOWN,
    ),
    call(
        Breakdown,
        ALL_LIFTS,
        "Reset {lift} after power cut",
        ["Power came back, the lift did not.", "Stands at the bottom since the power cut this morning."],
        ["Main switch had tripped. Reset, all floors run.", "Phase relay reset, log read, no other faults."],
        None,
        BREAKDOWN,
    ),
    call(
        Breakdown,
        CARS,
        "Oil leak at the buffer, {lift}",
        ["Oil in the pit, about a cup.", "Caretaker smells oil near the lift."],
        ["Seal changed, pit cleaned, oil to disposal.", "Filled up and marked the level; will look again in a week."],
        None,
        REPAIR,
    ),
    call(
        Breakdown,
        DOORED,
        "Door drive of {lift} noisy on floor {floor}",
        ["Grinds when it opens.", "Loud bang at the end of closing, since Monday."],
        ["Belt was frayed. Changed and set the speed.", "Two door rollers changed, quiet again."],
        Some("Door drive belt"),
        DOOR_REPAIR,
    ),
    call(
        Breakdown,
        &[Escalator],
        "{Lift} stands still",
        ["Stops after a few steps with a beep.", "Emergency stop was pressed and will not reset."],
        [
            "Comb switch had tripped on a coin. Reset, ran 20 minutes.",
            "Stop button freed, reset, checked all switches.",
        ],
        None,
        BREAKDOWN,
    ),
    call(
        Breakdown,
        &[Escalator],
        "Comb plate of {lift} damaged",
        ["A tooth is broken off at the top.", "Sharp edge at the comb, taped off by security."],
        ["Comb segment changed.", "Two segments changed, gap measured."],
        Some("Comb plate"),
        REPAIR,
    ),
    call(
        Breakdown,
        &[Platform],
        "{Lift} does not leave floor {floor}",
        ["Gate is shut, nothing happens. A resident depends on it.", "Button must be pressed hard, then not at all."],
        ["Gate lock cleaned and set.", "Call button changed at floor {floor}."],
        Some("Call button"),
        BREAKDOWN,
    ),
    call(
        Breakdown,
        &[Dumbwaiter],
        "{Lift} stopped with a load",
        ["A tray has slipped over the edge.", "Stuck below floor {floor} with crates inside."],
        ["Tray freed, guide shoe changed.", "Raised by hand, load taken out, switch set again."],
        Some("Guide shoe insert"),
        BREAKDOWN,
    ),
    call(
        Breakdown,
        &[Door],
        "{Lift} does not close fully",
        ["A hand's width stays open, it is cold inside.", "Closes and opens again when the wind stands on it."],
        ["Guide cleaned, closing force set.", "Roller changed."],
        Some("Door roller"),
        DOOR_REPAIR,
    ),
    call(
        Repair,
        PEOPLE,
        "Replace call buttons on floor {floor}, {lift}",
        ["Scratched and hard to press.", "Ordered by the customer, braille ones."],
        ["Changed and tested.", "Changed; the old ones are in the office for spares."],
        Some("Call button"),
        REPAIR,
    ),
    call(
        Repair,
        PEOPLE,
        "Fit new car operating panel, {lift}",
        ["Panel is with us, part of the order of spring.", "Old one has three dead buttons."],
        ["Fitted, all calls tested, key switch handed over.", "Fitted. Display language set to English."],
        Some("Floor indicator"),
        REPAIR,
    ),
    call(
        Repair,
        CARS,
        "Brake lining of {lift} worn",
        ["Found at the service: 2 mm left.", "Stops 15 mm low with a full load."],
        ["Lining changed, brake set, load test done.", "Lining changed. Stops level with 500 kg."],
        Some("Brake lining"),
        REPAIR,
    ),
    call(
        Repair,
        CARS,
        "Change guide shoes, {lift}",
        ["Car rattles at the top.", "Worn on one side, found at the service."],
        ["Changed on car and counterweight.", "Changed, rails cleaned on the way."],
        Some("Guide shoe insert"),
        REPAIR,
    ),
    call(
        Repair,
        DOORED,
        "New door drive for {lift}",
        ["Third belt in a year. Customer agreed to a new drive.", "Drive is in the van store."],
        ["Fitted and taught in, forces measured.", "Fitted on the car door; landing doors set to match."],
        Some("Control board, door"),
        DOOR_REPAIR,
    ),
    call(
        Repair,
        CARS,
        "Controller of {lift} resets itself",
        [
            "Fault log shows a reset every night at about three.",
            "Display goes dark for a second, then it starts again.",
        ],
        ["Power supply relay changed. Watched it for a night, no reset.", "Loose neutral found and fixed."],
        Some("Relay, 24 V"),
        REPAIR,
    ),
    call(
        Repair,
        &[Escalator],
        "Handrail guides of {lift}",
        ["Handrail squeaks at the turn.", "Guides worn through at the bottom."],
        ["Guides changed on both sides.", "Changed on the left, right ones are still good."],
        Some("Handrail guide"),
        STAIR_SERVICE,
    ),
    call(
        Repair,
        &[Platform, Dumbwaiter, Door],
        "Change control relay, {lift}",
        ["Clicks and does nothing, sometimes.", "Found at the service: contacts are burnt."],
        ["Changed, tested twenty times.", "Changed, and the spare put into the panel."],
        Some("Relay, 24 V"),
        REPAIR,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_of_machine_can_have_every_sort_of_work() {
        for sort in [Passenger, Goods, Bed, Car, Escalator, Platform, Dumbwaiter, Door] {
            for work in [Service, Inspection, Breakdown, Repair] {
                assert!(CALLS.iter().any(|c| c.work == work && c.on.contains(&sort)), "{work:?} on {sort:?}");
            }
        }
    }
}
