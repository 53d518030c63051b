//! Kept figures about a company, the staff and the whole business (R16 to R18), made of summaries: they
//! can tell nothing that these would not tell, and where the viewer sees all that there is, no record
//! is walked over for them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::kernel::{Error, Id, Result};
use crate::kind::Access;
use crate::record::{Summary, View, write_text};

const OPEN: (&str, &str) = ("status[in]", "new,assigned,in_progress,on_hold");
const TO_DO: (&str, &str) = ("status[in]", "pending,in_progress");

type Params<'a> = Vec<(&'a str, String)>;

/// The summary of a kind; nothing where the viewer may not see it, or not what it is about.
fn sums(view: &View<'_>, kind: &str, params: &Params<'_>) -> Result<Option<Vec<u8>>> {
    let Some(position) = view.registry.position(kind) else { return Ok(None) };
    let params: Vec<_> = params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let told = Summary::parse(view.registry, view.access, position, &params).and_then(|asked| view.summary(&asked));
    match told {
        Ok(body) => Ok(Some(body)),
        Err(Error::Forbidden(_) | Error::Invalid(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn rows(of: &[(&'static str, &str)]) -> Params<'static> {
    of.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

/// An object of the members that the viewer may see.
fn object(members: Vec<(&str, Option<Vec<u8>>)>) -> Vec<u8> {
    let mut out = Vec::from(*b"{");
    for (name, body) in members {
        let Some(body) = body else { continue };
        if out.len() > 1 {
            out.push(b',');
        }
        write_text(&mut out, name);
        out.push(b':');
        out.extend_from_slice(&body);
    }
    out.push(b'}');
    out
}

/// `{"sites":{"count":…},"equipment":…,"open_work_orders":…,"open_deals":{"count":…,"sum":{…}}}`.
pub fn company(view: &View<'_>, id: Id) -> Result<Vec<u8>> {
    let position = view.registry.position("companies").ok_or_else(Error::not_found)?;
    if !view.readable(position, id)? {
        return Err(Error::not_found());
    }
    let of = |more: &[(&'static str, &str)]| {
        let mut params = rows(more);
        params.push(("company_id", id.to_string()));
        params
    };
    let open = open_stages(view.access);
    let deals = [("stage[in]", open.as_str()), ("sum", "value")];
    Ok(object(vec![
        ("sites", sums(view, "sites", &of(&[]))?),
        ("equipment", sums(view, "equipment", &of(&[]))?),
        ("open_work_orders", sums(view, "work-orders", &of(&[OPEN]))?),
        ("open_deals", if open.is_empty() { None } else { sums(view, "deals", &of(&deals))? }),
    ]))
}

/// The stages that count as open. They are the tenant's own and may change, so they are no part of what is kept.
fn open_stages(access: &Access) -> String {
    let open = access.tenant.choices_of("deal-stage").filter(|choice| &*choice.counts_as == "open");
    open.map(|choice| &*choice.name).collect::<Vec<_>>().join(",")
}

/// `{"people":[{"id":…,"name":…,"open_work_orders":…,"pending_tasks":…}],"more":…}`, the busiest first.
pub fn staff(view: &View<'_>) -> Result<Vec<u8>> {
    let mut people: BTreeMap<String, (Value, [Value; 2])> = BTreeMap::new();
    let (mut seen, mut more) = ([false; 2], false);
    let parts = [
        ("work-orders", "assigned_to", "assigned_to[null]", OPEN),
        ("tasks", "assignee_id", "assignee_id[null]", TO_DO),
    ];
    for (i, (kind, person, without, which)) in parts.into_iter().enumerate() {
        let params = rows(&[which, (without, "false"), ("group", person)]);
        let Some(body) = sums(view, kind, &params)? else { continue };
        let told: Value = serde_json::from_slice(&body).map_err(Error::internal)?;
        seen[i] = true;
        more |= told["more"] == true;
        for group in told["groups"].as_array().into_iter().flatten() {
            let id = group["value"].as_str().unwrap_or_default().to_owned();
            let entry = people.entry(id).or_insert_with(|| (group["label"].clone(), [json!(0), json!(0)]));
            entry.1[i] = group["count"].clone();
        }
    }
    let mut people: Vec<_> = people.into_iter().collect();
    people.sort_by_key(|(_, (_, counts))| std::cmp::Reverse(counts.iter().filter_map(Value::as_i64).sum::<i64>()));
    let line = |(id, (name, [orders, tasks])): (String, (Value, [Value; 2]))| {
        let mut line = Map::from_iter([("id".to_owned(), json!(id)), ("name".to_owned(), name)]);
        let counts = [("open_work_orders", orders), ("pending_tasks", tasks)];
        line.extend(counts.into_iter().zip(seen).filter(|(_, seen)| *seen).map(|((k, v), _)| (k.to_owned(), v)));
        Value::Object(line)
    };
    let people: Vec<Value> = people.into_iter().map(line).collect();
    Ok(json!({"people": people, "more": more}).to_string().into_bytes())
}

/// `{"records":{"companies":{"count":…},…},"work_orders_by_status":{…},…}`.
pub fn system(view: &View<'_>) -> Result<Vec<u8>> {
    let mut records = Vec::new();
    for (_, kind) in view.registry.all().filter(|(_, kind)| kind.scope.shared.is_none()) {
        records.push((kind.name, sums(view, kind.name, &Vec::new())?));
    }
    let by_status = rows(&[("group", "status")]);
    Ok(object(vec![
        ("records", Some(object(records))),
        ("work_orders_by_status", sums(view, "work-orders", &by_status)?),
        ("open_work_orders_by_priority", sums(view, "work-orders", &rows(&[OPEN, ("group", "priority")]))?),
        ("deals_by_stage", sums(view, "deals", &rows(&[("group", "stage"), ("sum", "value")]))?),
        ("equipment_by_status", sums(view, "equipment", &by_status)?),
    ]))
}
