// A mail service as the portal's API tells of it, made up from a seed: whatever age, however far loaded, with or without faults.

const NAMES = "Alder Birch Cedar Dogwood Elder Fir Gorse Hazel Ivy Juniper Kapok Larch Maple Nutmeg Oak Pine Quince Rowan Spruce Teak Ulmus Viburnum Willow Yew Zelkova Aspen Beech".split(" ");
const TITLES = { kpi: "KPI", volume: "Volume", revenue: "Revenue", infrastructure: "Infrastructure" };
const TTL = { kpi: 120, volume: 120, revenue: 300, infrastructure: 600 };
const DAY = 21;
const DAYS = 30;
const SOURCE = "018f0000-0000-7000-8000-0000000000aa";

function seeded(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const ratio = (part, whole) => (whole > 0 ? Math.round((part / whole) * 10_000) / 10_000 : null);
const projected = (n) => Math.round((n * DAYS) / DAY);
const sum = (rows, name) => rows.reduce((all, row) => all + (row[name] ?? 0), 0);

/** What the service holds. One workspace has no target, one sends nothing, one too much, one costs more than it earns. */
function workspaces(seed, senders) {
  const random = seeded(seed);
  return NAMES.map((name, i) => {
    const target = i === 3 ? null : 60 + random(200);
    const leads = i === 5 ? 1046 : i === 11 ? 0 : Math.round(((target ?? 80) * (40 + random(60))) / 100);
    const sent = i === 11 ? 0 : 2000 + random(9000);
    const count = Math.floor(senders / NAMES.length) + (i < senders % NAMES.length ? 1 : 0);
    const accounts = Array.from({ length: count }, (_, n) => {
      const mails = i === 11 ? 0 : 200 + random(4000);
      return {
        id: 1000 + n,
        email: `person${String(n).padStart(3, "0")}@${name.toLowerCase()}.example`,
        name: `Person ${n}`,
        status: random(25) === 0 ? "Not connected" : "Connected",
        daily_limit: 15 + 5 * random(6),
        sent: mails,
        reply_rate: ratio(random(Math.max(1, mails / 25)), mails),
        bounce_rate: ratio(Math.round((mails * (random(20) === 0 ? 50 + random(60) : random(28))) / 1000), mails),
      };
    });
    const price = i === 7 ? null : 2500 + 500 * random(10);
    return {
      id: `018f0000-0000-7000-8000-0000000001${String(i).padStart(2, "0")}`,
      name,
      target,
      leads,
      sent,
      today: Math.round(sent / DAY),
      sending: i === 3 ? null : 6000 + 500 * random(10),
      price,
      cost: i === 7 ? null : i === 2 ? 9_000_00 : 80_000 + 10_000 * random(20),
      accounts,
    };
  });
}

const FIGURES = {
  kpi: (w) => ({
    leads: w.leads, target: w.target, progress: w.target && ratio(w.leads, w.target), on_target: w.target && w.leads * DAYS >= w.target * DAY,
    projected_leads: projected(w.leads), projected_progress: w.target && ratio(projected(w.leads), w.target),
    replies: w.leads * 4, projected_replies: projected(w.leads * 4), sent: w.sent, contacted: w.sent,
  }),
  volume: (w) => ({
    sent_today: w.today, sent: w.sent, daily_average: Math.floor(w.sent / DAY), target: w.sending, daily_target: w.sending && Math.ceil(w.sending / DAYS),
    progress: w.sending && ratio(w.sent, w.sending), on_target: w.sending && w.sent * DAYS >= w.sending * DAY, projected_sent: projected(w.sent),
    replies: w.leads * 4, reply_rate: ratio(w.leads * 4, w.sent), bounced: Math.floor(w.sent / 50), bounce_rate: ratio(Math.floor(w.sent / 50), w.sent),
  }),
  revenue: (w) => {
    const earned = (leads) => (w.price === null ? null : leads * w.price);
    const profit = (leads) => (w.price === null ? null : earned(leads) - w.cost);
    return {
      leads: w.leads, price_per_lead: w.price, cost: w.cost, currency: "GBP", revenue: earned(w.leads), profit: profit(w.leads), margin: w.price && ratio(profit(w.leads), earned(w.leads)),
      projected_leads: projected(w.leads), projected_revenue: earned(projected(w.leads)), projected_profit: profit(projected(w.leads)), projected_margin: w.price && ratio(profit(projected(w.leads)), earned(projected(w.leads))),
    };
  },
  infrastructure: (w) => ({ ...accountTotals(w.accounts), senders: w.accounts }),
};

function accountTotals(accounts) {
  const statuses = {};
  for (const { status } of accounts) statuses[status] = (statuses[status] ?? 0) + 1;
  const sent = sum(accounts, "sent");
  const weighed = (name) => ratio(accounts.reduce((all, one) => all + one.sent * (one[name] ?? 0), 0), sent);
  return { accounts: accounts.length, statuses, daily_limit: sum(accounts, "daily_limit"), sent, replied: 0, reply_rate: weighed("reply_rate"), bounced: 0, bounce_rate: weighed("bounce_rate") };
}

const TOTALS = {
  kpi: (rows) => {
    const aimed = rows.filter((row) => row.target);
    return {
      leads: sum(rows, "leads"), target: sum(aimed, "target"), leads_to_target: sum(aimed, "leads"), progress: ratio(sum(aimed, "leads"), sum(aimed, "target")),
      projected_leads: sum(rows, "projected_leads"), projected_to_target: sum(aimed, "projected_leads"), replies: sum(rows, "replies"), projected_replies: sum(rows, "projected_replies"),
      sent: sum(rows, "sent"), with_target: aimed.length, on_target: rows.filter((row) => row.on_target).length,
    };
  },
  volume: (rows) => {
    const aimed = rows.filter((row) => row.target);
    return {
      sent_today: sum(rows, "sent_today"), known_today: rows.filter((row) => row.sent_today !== null).length, sent: sum(rows, "sent"), target: sum(aimed, "target"), sent_to_target: sum(aimed, "sent"), projected_to_target: sum(aimed, "projected_sent"), progress: ratio(sum(aimed, "sent"), sum(aimed, "target")),
      projected_sent: sum(rows, "projected_sent"), replies: sum(rows, "replies"), reply_rate: ratio(sum(rows, "replies"), sum(rows, "sent")), bounced: sum(rows, "bounced"), bounce_rate: ratio(sum(rows, "bounced"), sum(rows, "sent")),
      with_target: aimed.length, on_target: rows.filter((row) => row.on_target).length,
    };
  },
  revenue: (rows) => {
    const priced = rows.filter((row) => row.price_per_lead);
    const [revenue, ahead, profit, end] = ["revenue", "projected_revenue", "profit", "projected_profit"].map((name) => sum(priced, name));
    return {
      leads: sum(rows, "leads"), projected_leads: sum(rows, "projected_leads"), priced: priced.length,
      currencies: rows.length ? [{ currency: "GBP", revenue, projected_revenue: ahead, cost: sum(priced, "cost"), profit, projected_profit: end, margin: ratio(profit, revenue), projected_margin: ratio(end, ahead) }] : [],
    };
  },
  infrastructure: (rows) => accountTotals(rows.flatMap((row) => row.senders)),
};

const REMARKS = {
  kpi: (w) => [
    ...(w.target === null ? [{ code: "no_target", message: "No monthly target is set." }] : w.sent === 0 ? [{ code: "nothing_sent", message: "There is a target, and no mail was sent this month." }] : []),
    ...(w.leads > 1000 ? [{ code: "many_leads", message: `${w.leads} leads in a month are unusually many.` }] : []),
  ],
  volume: (w) => (w.sending === null ? [{ code: "no_target", message: "No sending target is set." }] : w.sent === 0 ? [{ code: "nothing_sent", message: "There is a target, and no mail was sent this month." }] : []),
  revenue: (w) => (w.price === null ? [{ code: "no_price", message: "The price per lead or the cost is not set." }] : projected(w.leads) * w.price < w.cost ? [{ code: "negative_margin", message: "At this pace the month costs more than it brings in." }] : []),
  infrastructure: () => [],
};

/** A portal whose members say how it is; a test changes them while the page is open. */
export function makePortal(changes = {}) {
  const all = workspaces(changes.seed ?? 7, changes.senders ?? 4200);
  const portal = {
    all,
    /** Of how many workspaces there are figures; all, unless a load is under way. */
    loaded: all.length,
    of: null,
    /** Seconds. */
    age: 38,
    errors: {},
    trouble: null,
    demo: false,
    serial: false,
    manages: true,
    sources: true,
    dashboards: Object.keys(TITLES),
    revision: 1,
    asked: [],
    ...changes,
  };
  const at = (age) => new Date(Date.now() - age * 1000).toISOString();
  // An age is of when it was set, and goes on from there.
  let set = { age: portal.age, at: at(portal.age) };
  // So many seconds from now a service that failed is asked again.
  const pause = at(-(portal.pause ?? 22));
  const fetched = () => {
    if (set.age !== portal.age) set = { age: portal.age, at: at(portal.age) };
    return set.at;
  };
  const failure = (w) => (portal.errors[w.name] ? { code: "timeout", message: portal.errors[w.name], at: at(5) } : null);

  portal.state = (name) => ({
    dashboard: name, title: TITLES[name], ttl_seconds: TTL[name],
    loading: portal.of === null ? null : { done: portal.loaded, of: portal.of },
    revision: portal.revision,
  });
  portal.index = () => ({
    dashboards: portal.dashboards.map(portal.state),
    demo: portal.demo,
    sources: portal.sources
      ? [{
          id: SOURCE, name: "Mail service", enabled: true, demo: portal.demo, has_token: true, workspaces: all.length, tokens: portal.tokens ?? (portal.serial ? 0 : all.length), serial: portal.serial,
          state: portal.trouble ? "paused" : portal.unlisted ? "new" : "ok", listed_at: portal.unlisted ? null : at(60), paused_until: portal.trouble ? pause : null, error: null, base_url: "https://mail.example.com",
        }]
      : [],
    may_manage: portal.manages,
  });
  portal.board = (name) => {
    const known = portal.unlisted ? [] : all;
    // The month comes before the day.
    const counted = (w, i) => (i < (portal.counted ?? all.length) ? w : { ...w, today: null });
    const made = known.map((w, i) => ({ w, figures: i < portal.loaded ? FIGURES[name](counted(w, i)) : null }));
    const rows = made.map(({ w, figures }) => ({
      workspace_id: w.id, name: w.name, fetched_at: figures && (portal.errors[w.name] ? at(48 * 60) : fetched()), completeness: figures && 100,
      warnings: figures ? REMARKS[name](w) : [], error: failure(w), figures,
    }));
    const whole = made.flatMap(({ figures }) => (figures ? [figures] : []));
    const ttl = TTL[name];
    const since = whole.length ? fetched() : null;
    const later = (seconds) => since && new Date(Date.parse(since) + seconds * 1000).toISOString();
    return {
      dashboard: name, title: TITLES[name], month: "2026-11", today: "2026-11-21", day_of_month: DAY, days_in_month: DAYS,
      freshness: !since ? "none" : portal.age < ttl ? "fresh" : portal.age < 5 * ttl ? "stale" : "very_stale",
      fetched_at: since, ttl_seconds: ttl, fresh_until: later(ttl), stale_until: later(5 * ttl), gone_at: later(3600), fetch_duration_ms: 6420, cached: portal.age >= ttl,
      workspaces: known.length, loaded: whole.length, totals: TOTALS[name](whole), rows,
      warnings: rows.flatMap((row) => row.warnings.map((one) => ({ workspace_id: row.workspace_id, name: row.name, ...one }))),
      errors: [
        ...rows.flatMap((row) => (row.error ? [{ workspace_id: row.workspace_id, name: row.name, ...row.error }] : [])),
        ...(portal.trouble ? [{ workspace_id: null, name: "Mail service", code: "paused", message: portal.trouble, at: at(5) }] : []),
      ],
    };
  };
  return portal;
}

/** Answers the page's questions about the portal in the server's stead. */
export async function answer(page, portal) {
  await page.route(/\/api\/v1\/portal(\/|\?|$)/, async (route) => {
    const request = route.request();
    const path = new URL(request.url()).pathname.replace("/api/v1/portal", "").slice(1);
    portal.asked.push(`${request.method()} ${path}`.trim());
    const [name, deed] = path.split("/");
    const found = portal.answers?.[`${request.method()} ${path}`] ?? (() => {
      if (deed === "refresh") return portal.refresh?.(name), { status: 202, json: portal.state(name) };
      if (!path) return { json: portal.index() };
      return TITLES[name] ? { json: portal.board(name) } : null;
    });
    const made = await found();
    return made ? route.fulfill(made) : route.fallback();
  });
}
