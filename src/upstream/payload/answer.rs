//! An answer, taken apart no further than it is looked at: whoever sends millions of entries, or one
//! with millions of members, does not have us build them all.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer as _, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Deserializer, Map, Value as Json};

/// Members of one object that are looked at.
const MEMBERS: usize = 1_000;

/// The parts of an answer as they were written. One that is null is not there.
#[derive(Deserialize)]
pub struct Answer<'a> {
    #[serde(borrow)]
    pub data: Option<&'a RawValue>,
    #[serde(borrow)]
    pub meta: Option<&'a RawValue>,
}

impl<'a> Answer<'a> {
    /// Nothing where the body is no JSON.
    pub fn of(body: &'a [u8]) -> Option<Self> {
        serde_json::from_slice(body).ok()
    }
}

/// The entries of a list as they were written: at most one more than `most`, which says that there are
/// too many. Nothing where it is no list.
pub fn entries(list: &RawValue, most: usize) -> Option<Vec<&RawValue>> {
    Deserializer::from_str(list.get()).deserialize_seq(Entries(most)).ok()
}

/// The members of an object; a list or an object among them comes empty. Nothing where it is no object,
/// or one of its members is a number or a text that there cannot be.
pub fn object(raw: &RawValue) -> Option<Map<String, Json>> {
    Deserializer::from_str(raw.get()).deserialize_map(Members).ok()
}

fn shallow(raw: &RawValue) -> serde_json::Result<Json> {
    match raw.get().as_bytes().first() {
        Some(b'[') => Ok(Json::Array(Vec::new())),
        Some(b'{') => Ok(Json::Object(Map::new())),
        _ => serde_json::from_str(raw.get()),
    }
}

struct Entries(usize);

impl<'de> Visitor<'de> for Entries {
    type Value = Vec<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while all.len() <= self.0 {
            let Some(entry) = list.next_element()? else { return Ok(all) };
            all.push(entry);
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(all)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Map<String, Json>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut all = Map::new();
        while all.len() < MEMBERS {
            let Some((name, value)) = object.next_entry::<String, &RawValue>()? else { return Ok(all) };
            all.insert(name, shallow(value).map_err(A::Error::custom)?);
        }
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn raw(text: &str) -> Box<RawValue> {
        RawValue::from_string(text.to_owned()).expect("JSON")
    }

    #[test]
    fn of_a_long_list_one_more_is_taken_than_may_be() {
        let list = raw("[1, {\"a\": [2]}, \"3\", 4, 5]");
        let texts = |most| entries(&list, most).expect("a list").iter().map(|entry| entry.get()).collect::<Vec<_>>();
        assert_eq!(texts(9), ["1", "{\"a\": [2]}", "\"3\"", "4", "5"]);
        assert_eq!(texts(5).len(), 5);
        assert_eq!(texts(2), ["1", "{\"a\": [2]}", "\"3\""]);
        assert!(entries(&raw("{}"), 2).is_none() && entries(&raw("7"), 2).is_none());
    }

    #[test]
    fn what_lies_deep_in_an_object_is_not_built_and_nothing_after_its_thousandth_member() {
        let found =
            object(&raw(r#"{"n": 1.5, "t": "a\n", "l": [1, 2], "o": {"x": 1}, "z": null}"#)).expect("an object");
        assert_eq!(Json::from(found), json!({"n": 1.5, "t": "a\n", "l": [], "o": {}, "z": null}));
        let many: Map<String, Json> = (0..5_000).map(|n| (n.to_string(), n.into())).collect();
        assert_eq!(object(&raw(&Json::from(many).to_string())).expect("an object").len(), MEMBERS);
        for broken in [r#"{"n": 1e400}"#, r#"{"t": "\ud800"}"#] {
            assert!(object(&raw(broken)).is_none(), "{broken}");
        }
        assert!(object(&raw("[]")).is_none() && object(&raw("null")).is_none());
    }
}
