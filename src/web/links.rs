//! The `Link` header of a list: where its next and its previous page are.

use crate::cache::Made;
use crate::kernel::encode;
use crate::record::Listing;

use super::call::Call;

/// A list's own address, from which those of its other pages are made.
pub struct Links {
    path: String,
    query: Vec<(String, String)>,
}

impl Links {
    pub fn of(call: &Call) -> Self {
        let query = call.query.iter().filter(|(name, _)| name != "cursor").cloned().collect();
        Self { path: call.path(), query }
    }

    /// The page with its links.
    pub fn made(&self, listing: Listing) -> Made {
        let mut links = Vec::new();
        for (cursor, rel) in [(&listing.next, "next"), (&listing.prev, "prev")] {
            if let Some(cursor) = cursor {
                let mut query: Vec<String> =
                    self.query.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
                query.push(format!("cursor={}", encode(cursor)));
                links.push(format!("<{}?{}>; rel=\"{rel}\"", self.path, query.join("&")));
            }
        }
        let link = (!links.is_empty()).then(|| links.join(", "));
        Made { body: listing.body, link, ..Made::default() }
    }
}
