//! What customers do, what their firms and buildings are called, and which machines stand there.

use super::machines::Sort::{self, Bed, Car, Door, Dumbwaiter, Escalator, Goods, Passenger, Platform};

pub struct Sector {
    pub name: &'static str,
    /// What follows a place's name in a firm's.
    pub firms: [&'static str; 4],
    /// What follows a word in a building's name.
    pub buildings: [&'static str; 4],
    pub machines: &'static [(usize, Sort)],
}

pub const SECTORS: [Sector; 14] = [
    Sector {
        name: "Property",
        firms: ["Property Group", "Estates", "Land & Buildings", "Asset Management"],
        buildings: ["Quay", "Point", "House", "Tower"],
        machines: &[(75, Passenger), (12, Goods), (6, Door), (4, Platform), (3, Car)],
    },
    Sector {
        name: "Health care",
        firms: ["Hospital Trust", "Health Partnership", "Clinics", "Medical Group"],
        buildings: ["General", "Infirmary", "Health Centre", "Clinic"],
        machines: &[(40, Bed), (35, Passenger), (8, Goods), (12, Door), (5, Dumbwaiter)],
    },
    Sector {
        name: "Hotels",
        firms: ["Hotels", "Inns", "Hotel Collection", "Hospitality"],
        buildings: ["Hotel", "Lodge", "Grange", "Court"],
        machines: &[(62, Passenger), (16, Dumbwaiter), (12, Goods), (6, Door), (4, Platform)],
    },
    Sector {
        name: "Local government",
        firms: ["Council", "Borough Council", "District Council", "Town Council"],
        buildings: ["Town Hall", "Library", "Civic Centre", "Tower"],
        machines: &[(60, Passenger), (22, Platform), (12, Door), (6, Goods)],
    },
    Sector {
        name: "Food",
        firms: ["Foods", "Bakeries", "Dairies", "Cold Storage"],
        buildings: ["Works", "Depot", "Cold Store", "Bakery"],
        machines: &[(64, Goods), (18, Passenger), (12, Dumbwaiter), (6, Door)],
    },
    Sector {
        name: "Housing",
        firms: ["Homes", "Housing Association", "Flats", "Living"],
        buildings: ["Heights", "Gardens", "Court", "Towers"],
        machines: &[(86, Passenger), (8, Platform), (6, Door)],
    },
    Sector {
        name: "Car parks",
        firms: ["Car Parks", "Parking", "Park & Ride", "Mobility"],
        buildings: ["Street Car Park", "Multi-storey", "Lane Car Park", "Arches Car Park"],
        machines: &[(70, Passenger), (24, Car), (6, Door)],
    },
    Sector {
        name: "Education",
        firms: ["College", "Academy Trust", "University", "School"],
        buildings: ["Building", "Hall", "Library", "Sports Hall"],
        machines: &[(58, Passenger), (26, Platform), (9, Goods), (7, Door)],
    },
    Sector {
        name: "Professional services",
        firms: ["Solicitors", "Accountants", "Surveyors", "Chambers"],
        buildings: ["Chambers", "House", "Buildings", "Exchange"],
        machines: &[(80, Passenger), (12, Platform), (8, Door)],
    },
    Sector {
        name: "Retail",
        firms: ["Shopping", "Stores", "Arcades", "Markets"],
        buildings: ["Centre", "Arcade", "Market", "Retail Park"],
        machines: &[(46, Escalator), (28, Passenger), (14, Goods), (12, Door)],
    },
    Sector {
        name: "Transport",
        firms: ["Stations", "Bus & Coach", "Ferries", "Logistics"],
        buildings: ["Interchange", "Terminal", "Station", "Concourse"],
        machines: &[(40, Escalator), (38, Passenger), (14, Door), (8, Platform)],
    },
    Sector {
        name: "Manufacturing",
        firms: ["Textiles", "Engineering", "Ceramics", "Packaging"],
        buildings: ["Mill", "Works", "Foundry", "Sheds"],
        machines: &[(70, Goods), (22, Passenger), (8, Door)],
    },
    Sector {
        name: "Care",
        firms: ["Care Homes", "Care", "Retirement Villages", "Hospice"],
        buildings: ["Lodge", "Manor", "Grange", "Court"],
        machines: &[(44, Passenger), (26, Platform), (18, Bed), (12, Dumbwaiter)],
    },
    Sector {
        name: "Culture",
        firms: ["Theatres", "Museums", "Leisure Trust", "Galleries"],
        buildings: ["Theatre", "Museum", "Leisure Centre", "Gallery"],
        machines: &[(52, Passenger), (22, Platform), (18, Goods), (8, Door)],
    },
];

/// What comes first in the name of a firm: places that are on no map.
pub const ROOTS: [&str; 90] = [
    "Aldwick", "Ambleside Row", "Arkenhall", "Barrowby", "Beckfold", "Bellmoor", "Birkshaw", "Blackmere", "Bramwith",
    "Briarcliffe", "Brockholt", "Burnsall Gate", "Calverdale", "Carrowmoor", "Castlegarth", "Cawthra", "Clayfold",
    "Colderwick", "Copperdale", "Cragside", "Crimpleton", "Danebury", "Deanhurst", "Denholt", "Dovecliff", "Eastburn",
    "Eccleshaw", "Elmsworth", "Fallowgate", "Farnhow", "Fenwick Hall", "Fernilee", "Garforth Cross", "Gildersholt",
    "Glaisby", "Greyfold", "Hallamfield", "Harrowby", "Hawkscar", "Haxwell", "Heatherley", "Hebblewick", "Holmfield",
    "Hollinbeck", "Ibbotsholme", "Ilkmoor", "Inglebeck", "Keldholme", "Kettlewick", "Kirkhallam", "Langstrothe",
    "Larkfield", "Linfield", "Littlebeck", "Longshaw", "Lyndale", "Marfield", "Meltham Cross", "Merrowdale", "Millstone",
    "Moorcroft", "Netherby", "Norwood Green", "Oakwell", "Otterburn Row", "Oxenholt", "Pendlemoor", "Priestgate",
    "Ravensholt", "Redmire", "Ribblesford", "Rosedene", "Rushworth", "Saxonby", "Scarcroft", "Shawfield", "Silverdale",
    "Skelmere", "Stainforth Beck", "Stanbury", "Swaledene", "Thirlby", "Thornhow", "Underbank", "Wainsgate",
    "Wetherholt", "Whinmoor", "Windyridge", "Wolderton", "Yarrowfield",
];

/// What comes first in the name of a building.
pub const BUILDINGS: [&str; 60] = [
    "Alder", "Anchor", "Aspen", "Atlas", "Beacon", "Beech", "Bishop's", "Bobbin", "Bridge", "Brunel", "Canal", "Carding",
    "Cavendish", "Cedar", "Chantry", "Cobden", "Corn", "Crescent", "Dyehouse", "Eagle", "Elm", "Falcon", "Fleece",
    "Fountain", "Granary", "Griffin", "Hawthorn", "Heritage", "Hope", "Jubilee", "Kingfisher", "Laburnum", "Lime",
    "Linden", "Lockside", "Maple", "Meridian", "Minster", "Northfield", "Oak", "Old Brewery", "Orchard", "Parkside",
    "Phoenix", "Piece Hall", "Poplar", "Premier", "Queen's", "Riverside", "Rowan", "Salter's", "Southgate", "Spindle",
    "Sycamore", "Trafalgar", "Union", "Victoria", "Waterside", "Weaver's", "Willow",
];
