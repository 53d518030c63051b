//! The portal over the last weeks: how the service answered day by day, what went wrong again and
//! again, and by which limits it is asked (D31).

use serde_json::{Value as Json, json};

use crate::db::fault;
use crate::kernel::{Date, Moment, Result};
use crate::record::View;

use super::piece::Dashboard;
use super::{Settings, rights};

/// A month, today included.
const DAYS: i64 = 30;
const WEEK: usize = 7;
/// What went wrong most often, so many of it.
const MOST: i64 = 10;
const DAY_MS: i64 = 86_400_000;

/// One day of the tenant's calendar, or several together.
#[derive(Clone, Copy, Default)]
struct Tally {
    calls: i64,
    errors: i64,
    /// Of the calls that came to something, all their times together.
    took_ms: f64,
    invalid: i64,
}

impl Tally {
    fn plus(self, other: Self) -> Self {
        Self {
            calls: self.calls + other.calls,
            errors: self.errors + other.errors,
            took_ms: self.took_ms + other.took_ms,
            invalid: self.invalid + other.invalid,
        }
    }

    fn is_empty(self) -> bool {
        self.calls == 0 && self.invalid == 0
    }

    fn told(self) -> Json {
        let well = self.calls - self.errors;
        json!({
            "calls": self.calls,
            "errors": self.errors,
            "answered": (self.calls > 0).then(|| well as f64 / self.calls as f64),
            "average_ms": (well > 0).then(|| (self.took_ms / well as f64).round()),
            "invalid": self.invalid,
        })
    }
}

/// The last thirty days as the viewer may see them; days on which nothing was asked are left out.
///
/// # Errors
/// 403 where they may not see the portal.
pub fn review(view: &View<'_>, settings: &Settings, now: Moment) -> Result<Json> {
    rights::check_any(view.registry, view.access)?;
    let today = now.day_in(&view.access.tenant.zone);
    let mut days = Vec::new();
    for back in (0..DAYS).rev() {
        let day = today.plus_days(-back);
        days.push((day, tally(view, day)?));
    }
    let sum = |days: &[(Date, Tally)]| days.iter().fold(Tally::default(), |sum, (_, tally)| sum.plus(*tally)).told();
    let week = days.len() - WEEK;
    let told = days.iter().filter(|(_, tally)| !tally.is_empty()).map(|(day, tally)| {
        let mut told = tally.told();
        told["day"] = day.to_string().into();
        told
    });
    Ok(json!({
        "days": told.collect::<Vec<_>>(),
        "week": sum(&days[week..]),
        "week_before": sum(&days[week - WEEK..week]),
        "month": sum(&days),
        "recurring": recurring(view, begin(view, today.plus_days(1 - DAYS)))?,
        "settings": limits(settings),
    }))
}

/// When a day begins on the tenant's clocks.
fn begin(view: &View<'_>, day: Date) -> Moment {
    Moment::local(day, 0, &view.access.tenant.zone).unwrap_or(Moment(day.days() * DAY_MS))
}

fn tally(view: &View<'_>, day: Date) -> Result<Tally> {
    let sql = "SELECT count(*), coalesce(sum(outcome<>'ok'),0), coalesce(sum(CASE WHEN outcome='ok' THEN took_ms END),0), \
        (SELECT count(*) FROM data_validation_errors WHERE tenant_id=?1 AND at>=?2 AND at<?3) \
        FROM api_health_logs WHERE tenant_id=?1 AND at>=?2 AND at<?3";
    let of = (view.access.tenant.key, begin(view, day).0, begin(view, day.plus_days(1)).0);
    let mut statement = view.conn.prepare_cached(sql).map_err(fault)?;
    let found = statement.query_row(of, |row| {
        Ok(Tally {
            calls: row.get(0)?,
            errors: row.get(1)?,
            took_ms: row.get::<_, i64>(2)? as f64,
            invalid: row.get(3)?,
        })
    });
    found.map_err(fault)
}

/// What went wrong, by what was asked and how it failed, with the days on which it did.
fn recurring(view: &View<'_>, since: Moment) -> Result<Vec<Json>> {
    let sql = format!(
        "SELECT api, outcome, count(*), count(DISTINCT at/{DAY_MS}) FROM api_health_logs \
           WHERE tenant_id=?1 AND at>=?2 AND outcome<>'ok' GROUP BY 1, 2 \
         UNION ALL \
         SELECT api, sort, count(*), count(DISTINCT at/{DAY_MS}) FROM data_validation_errors \
           WHERE tenant_id=?1 AND at>=?2 GROUP BY 1, 2 \
         ORDER BY 3 DESC, 1, 2 LIMIT {MOST}"
    );
    let mut statement = view.conn.prepare_cached(&sql).map_err(fault)?;
    let found = statement.query_map((view.access.tenant.key, since.0), |row| {
        Ok(json!({
            "source": row.get::<_, String>(0)?,
            "type": row.get::<_, String>(1)?,
            "count": row.get::<_, i64>(2)?,
            "days": row.get::<_, i64>(3)?,
        }))
    });
    found.map_err(fault)?.collect::<rusqlite::Result<_>>().map_err(fault)
}

/// By which limits the service is asked, as the operator set them.
fn limits(settings: &Settings) -> Json {
    let ttl = |dashboard: Dashboard| json!({"dashboard": dashboard.as_str(), "seconds": dashboard.ttl_s(settings)});
    json!({
        "window": settings.window,
        "attempts": settings.retry.attempts,
        "timeout_seconds": settings.timeout.as_secs(),
        "keep_days": settings.keep_days,
        "ttls": Dashboard::ALL.map(ttl),
    })
}
