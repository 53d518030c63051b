//! How many records there are and what they add up to, by one field: totals of a board, counts of
//! tabs, figures of a dashboard. The rows are those that a list with the same conditions shows.

use rusqlite::types::ValueRef;

use crate::db::fault;
use crate::kernel::{Error, Period, Result, clock_changes, spelled};
use crate::kind::{Access, Action, Field, FieldRight, Kind, Level, Registry, Type};

use super::query::Query;
use super::scope::{field_right, narrow};
use super::select::system_type;
use super::sql::Sql;
use super::wire::{Wire, write_column, write_text};
use super::{View, statistics};

/// More groups than anybody reads.
const MAX_GROUPS: usize = 200;
/// What says how a list is shown, and nothing about which rows there are.
const OF_LISTS: [&str; 8] = ["sort", "limit", "cursor", "page", "fields", "include", "count", "format"];

/// What was asked for, read and checked.
#[derive(Clone, Debug)]
pub struct Summary {
    query: Query,
    group: Option<Group>,
    sum: Option<Sum>,
}

/// What the rows are grouped by.
#[derive(Clone, Debug)]
struct Group {
    field: String,
    /// The field's value over the alias `a`; for a moment or a day with a period, its day.
    value: Sql,
    ty: Type,
    /// The choices of a list, in the order in which their groups are told.
    choices: Vec<(String, String)>,
    period: Option<Period>,
}

/// What is added up.
#[derive(Clone, Debug)]
struct Sum {
    field: String,
    value: Sql,
    /// The column of the currency, where it is money: what is not of one currency is not added up.
    currency: Option<&'static str>,
}

/// One group as it is told.
struct Told {
    /// Its place among the choices.
    place: usize,
    bytes: Vec<u8>,
}

impl Summary {
    /// Reads the parameters of a list, `group` and `sum` among them.
    pub fn parse(registry: &Registry, access: &Access, position: usize, params: &[(String, String)]) -> Result<Self> {
        let of_rows = params
            .iter()
            .filter(|(name, _)| !OF_LISTS.contains(&name.as_str()) && !matches!(name.as_str(), "group" | "sum"));
        let of_rows: Vec<_> = of_rows.cloned().collect();
        let query = Query::parse(registry, access, position, &of_rows)?;
        let get = |name: &str| params.iter().find(|(k, v)| k == name && !v.is_empty()).map(|(_, v)| v.as_str());
        let kind = registry.at(position);
        let mut group = get("group").map(|text| Group::read(access, position, kind, text)).transpose()?;
        let some = !of_rows.is_empty() || access.grants[position].level(Action::Read) != Level::All;
        if let Some(group) = group.as_mut().filter(|_| some) {
            // The filter or the rights find the rows. Without the plus SQLite may walk all there are by the index of
            // the group instead, only to have them in its order.
            group.value.text.insert(0, '+');
        }
        let sum = get("sum").map(|name| Sum::read(access, position, kind, name)).transpose()?;
        Ok(Self { query, group, sum })
    }
}

/// The value of a field over the alias `a`, and its type; `None` where the viewer may not see it at
/// all times, as for filters.
pub(super) fn column(access: &Access, position: usize, kind: &'static Kind, name: &str) -> Option<(Sql, Type)> {
    if let Some(own) = name.strip_prefix("custom.") {
        let (field, _) = access.custom_of(position, kind).find(|(field, _)| *field.name == *own)?;
        let mut value = Sql::default();
        let path = format!("$.{own}");
        match field.ty {
            Type::Time => {
                value.push("CAST(round(unixepoch(a.custom->>").bind(path).push(",'subsec')*1000) AS INTEGER)")
            }
            _ => value.push("a.custom->>").bind(path),
        };
        return Some((value, field.ty));
    }
    let Some(at) = kind.position(name) else {
        let ty = system_type(name).filter(|_| matches!(name, "created_at" | "updated_at" | "created_by"))?;
        return Some((Sql::new(&format!("a.{name}")), ty));
    };
    let field: &Field = &kind.fields[at];
    let open = matches!(field_right(access, position, at), FieldRight::Full | FieldRight::ReadOnly);
    (open && !field.protected).then(|| (Sql::new(&format!("a.{name}")), field.ty))
}

impl Group {
    fn read(access: &Access, position: usize, kind: &'static Kind, text: &str) -> Result<Self> {
        let (name, word) = text.split_once(':').map_or((text, None), |(name, word)| (name, Some(word)));
        let no = |code, message: String| Err(Error::query("group", code, message));
        let Some((mut value, ty)) = column(access, position, kind, name) else {
            return no("unknown_field", format!("{} cannot be grouped by \"{name}\".", kind.many));
        };
        let period = match (word.map(Period::parse), ty) {
            (Some(Some(period)), Type::Date | Type::Time) => Some(period),
            (None, Type::Date | Type::Time) => Some(Period::Day),
            (None, Type::Int(..) | Type::Bool | Type::Currency | Type::KindName) => None,
            (None, Type::Text(_) | Type::Enum(_) | Type::Option(_) | Type::Ref(_)) => None,
            (Some(_), _) => {
                let message = "Behind the colon of a day or a moment stands day, week, month, quarter or year.";
                return no("unknown_period", message.to_owned());
            }
            _ => return no("type", format!("{} cannot be grouped by \"{name}\".", kind.many)),
        };
        if matches!(ty, Type::Time) {
            value = day_in(&access.tenant.zone, &value);
        }
        let own = |(name, label): (&str, &str)| (name.to_owned(), label.to_owned());
        let choices = match ty {
            Type::Enum(names) => names.iter().map(|name| ((*name).to_owned(), spelled(name))).collect(),
            Type::Option(list) => access.tenant.choices_of(list).map(|c| own((&c.name, &c.label))).collect(),
            _ => Vec::new(),
        };
        Ok(Self { field: name.to_owned(), value, ty, choices, period })
    }

    /// Writes `"value":…,"label":…`.
    fn write(&self, out: &mut Vec<u8>, value: ValueRef<'_>, title: ValueRef<'_>) -> usize {
        let wire = if self.period.is_some() { Wire::Plain } else { Wire::of(self.ty) };
        out.extend_from_slice(b"{\"value\":");
        let start = out.len();
        write_column(out, value, wire);
        let told = out[start..].to_vec();
        out.extend_from_slice(b",\"label\":");
        let text = value.as_str().unwrap_or_default();
        let place = self.choices.iter().position(|(name, _)| name == text);
        match (place, value) {
            (Some(place), _) => write_text(out, &self.choices[place].1),
            (None, ValueRef::Null) => out.extend_from_slice(b"null"),
            _ if matches!(self.ty, Type::Ref(_)) => write_column(out, title, Wire::Plain),
            (None, ValueRef::Text(_)) => out.extend_from_slice(&told),
            _ => write_text(out, &String::from_utf8_lossy(&told)),
        }
        place.unwrap_or(usize::MAX)
    }
}

/// The stretch of the calendar that the day in a column belongs to.
pub(super) fn period_of(period: Option<Period>, v: &str) -> String {
    match period {
        None | Some(Period::Day) => v.to_owned(),
        Some(Period::Week) => format!("date({v},'weekday 0','-6 days')"),
        Some(Period::Month) => format!("substr({v},1,7)"),
        Some(Period::Quarter) => format!("substr({v},1,4)||'-Q'||((substr({v},6,2)+2)/3)"),
        Some(Period::Year) => format!("substr({v},1,4)"),
    }
}

/// The day of a moment as the tenant's clocks show it.
pub(super) fn day_in(zone: &str, moment: &Sql) -> Sql {
    let (changes, first) = clock_changes(zone);
    let mut offset = Sql::default();
    for (from, ms) in &changes {
        offset.push(" WHEN ").append(moment).push(&format!(">={} THEN {ms}", from.0));
    }
    let mut sql = Sql::new("date((");
    sql.append(moment);
    if changes.is_empty() {
        sql.push(&format!("+{first}"));
    } else {
        sql.push("+CASE").append(&offset).push(&format!(" ELSE {first} END"));
    }
    sql.push(")/1000.0,'unixepoch')");
    sql
}

impl Sum {
    fn read(access: &Access, position: usize, kind: &'static Kind, name: &str) -> Result<Self> {
        let no = |code| Err(Error::query("sum", code, format!("\"{name}\" of {} cannot be added up.", kind.many)));
        let Some((value, ty)) = column(access, position, kind, name) else { return no("unknown_field") };
        let currency = match ty {
            Type::Int(..) | Type::Real(..) => None,
            Type::Money { currency } if column(access, position, kind, currency).is_some() => Some(currency),
            _ => return no("type"),
        };
        Ok(Self { field: name.to_owned(), value, currency })
    }
}

impl View<'_> {
    /// Counts and adds up: `{"count":…,"sum":…,"groups":[{"value":…,"label":…,"count":…,"sum":…}],"more":…}`.
    pub fn summary(&self, summary: &Summary) -> Result<Vec<u8>> {
        let position = summary.query.position;
        if summary.query.deleted && self.access.grants[position].level(Action::Delete) == Level::None {
            return Err(Error::forbidden(format!("You may not see {}.", self.registry.at(position).many)));
        }
        let mut out = Vec::from(*b"{");
        self.figures(summary, None, |row| {
            write_figures(&mut out, row, summary.sum.is_some())?;
            Ok(true)
        })?;
        if let Some(group) = &summary.group {
            let (mut groups, mut more) = (Vec::new(), false);
            self.figures(summary, Some(group), |row| {
                more = groups.len() == MAX_GROUPS;
                if !more {
                    let mut bytes = Vec::with_capacity(100);
                    let place = group.write(&mut bytes, row.get_ref(2)?, row.get_ref(3)?);
                    bytes.push(b',');
                    write_figures(&mut bytes, row, summary.sum.is_some())?;
                    bytes.push(b'}');
                    groups.push(Told { place, bytes });
                }
                Ok(!more)
            })?;
            if group.period.is_some() {
                // The latest were asked for first, in case there are too many.
                groups.reverse();
            }
            groups.sort_by_key(|told| told.place);
            let all: Vec<&[u8]> = groups.iter().map(|told| &told.bytes[..]).collect();
            out.extend_from_slice(b",\"groups\":[");
            out.extend_from_slice(&all.join(&b","[..]));
            out.extend_from_slice(format!("],\"more\":{more}").as_bytes());
        }
        out.push(b'}');
        Ok(out)
    }

    /// Runs the query and hands over each row of count, sum, group and title, until told to stop.
    ///
    /// Innermost are the rows that the viewer may see, or kept figures of them, around them the figures by group and
    /// currency, then those of a group with all its currencies as one object.
    fn figures(
        &self,
        summary: &Summary,
        group: Option<&Group>,
        mut take: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<bool>,
    ) -> Result<()> {
        let currency = summary.sum.as_ref().and_then(|sum| sum.currency);
        let by = group.map_or("NULL".to_owned(), |group| period_of(group.period, "v"));
        let sum = summary.sum.as_ref().map(|sum| (sum.field.as_str(), sum.currency));
        // The whole comes from where its groups come from, so that they die together.
        let by_field = summary.group.as_ref().map(|group| group.field.as_str());
        let statistic = self.statistic(&summary.query, by_field, sum);
        let mut rows = Sql::new("SELECT ");
        match group {
            Some(group) => rows.append(&group.value),
            None => rows.push("NULL"),
        };
        rows.push(" AS v,");
        match currency {
            Some(column) => rows.push(&format!("coalesce(a.{column},")).bind(&*self.access.tenant.currency).push(")"),
            None => rows.push("NULL"),
        };
        rows.push(" AS c,");
        match (&summary.sum, statistic) {
            (Some(_), Some(_)) => rows.push(statistics::SUM),
            (Some(sum), None) => rows.append(&sum.value),
            (None, _) => rows.push("NULL"),
        };
        rows.push(" AS s");
        let count = match statistic {
            Some(statistic) => {
                rows.push(",a.n AS n");
                self.statistic_source(&mut rows, &summary.query, statistic)?;
                "coalesce(sum(n),0)"
            }
            None => {
                self.source(&mut rows, &summary.query, None)?;
                "count(*)"
            }
        };
        let mut sql = Sql::new(match currency {
            Some(_) => "SELECT coalesce(sum(n),0) AS n,json_group_object(c,s) FILTER (WHERE s IS NOT NULL) AS s,g",
            None => "SELECT n,s,g",
        });
        sql.push(&format!(" FROM (SELECT {by} AS g,c,{count} AS n,sum(s) AS s FROM ("));
        sql.append(&rows).push(")");
        // Without a group there is one row, whatever it counts.
        sql.push(match (group, currency) {
            (Some(_), _) => " GROUP BY g,c)",
            (None, Some(_)) => " GROUP BY c)",
            (None, None) => ")",
        });
        if currency.is_some() && group.is_some() {
            sql.push(" GROUP BY g");
        }
        if let Some(group) = group {
            sql.push(if group.period.is_some() { " ORDER BY g DESC" } else { " ORDER BY n DESC,g" });
            sql.push(" LIMIT ").bind(MAX_GROUPS as i64 + 1);
            sql = self.with_titles(&sql, group.ty);
        }
        let mut statement = sql.prepare(self.conn)?;
        let mut found = sql.rows(&mut statement)?;
        while let Some(row) = found.next().map_err(too_large)? {
            if !take(row).map_err(fault)? {
                break;
            }
        }
        Ok(())
    }

    /// Adds what the referred records are called, as far as the viewer may read it.
    fn with_titles(&self, groups: &Sql, ty: Type) -> Sql {
        let mut sql = Sql::new("SELECT n,s,g,");
        let target = if let Type::Ref(kind) = ty { self.registry.position(kind) } else { None };
        let title = target.and_then(|at| {
            let kind = self.registry.at(at);
            let right = kind.position(kind.title).map(|i| field_right(self.access, at, i));
            matches!(right, Some(FieldRight::Full | FieldRight::ReadOnly)).then_some((at, kind))
        });
        match title {
            Some((at, kind)) => {
                sql.push(&format!("(SELECT t.{} FROM {} t WHERE t.tenant_id=", kind.title, kind.table));
                sql.bind(self.access.tenant.key).push(" AND t.id=g AND t.deleted_at IS NULL");
                narrow(&mut sql, self.registry, self.access, at, Action::Read, "t");
                sql.push(")");
            }
            None => {
                sql.push("NULL");
            }
        }
        sql.push(" FROM (").append(groups).push(")");
        sql
    }
}

/// Writes `"count":…` and, where it was asked for, `"sum":…`.
fn write_figures(out: &mut Vec<u8>, row: &rusqlite::Row<'_>, with_sum: bool) -> rusqlite::Result<()> {
    out.extend_from_slice(b"\"count\":");
    write_column(out, row.get_ref(0)?, Wire::Plain);
    if with_sum {
        out.extend_from_slice(b",\"sum\":");
        // Sums of money come as JSON already, numbers are no text.
        write_column(out, row.get_ref(1)?, Wire::Json);
    }
    Ok(())
}

/// A sum beyond 64 bits is somebody's typing error, not ours.
pub(super) fn too_large(error: rusqlite::Error) -> Error {
    if error.to_string().contains("integer overflow") {
        return Error::query("sum", "range", "The sum is too large to tell. Narrow the filter.");
    }
    fault(error)
}
