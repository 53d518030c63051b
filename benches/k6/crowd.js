// R01, R36: 500 clients and 100 staff active at once over a store with 50,000 client accounts; R43: 2,000
// and 500 over 200,000. Clients look at what is theirs; staff look at everything and change an order now
// and then.

import { any, ask, each, look, number, ROUTES, time, tokens } from "./person.js";

const known = { client: tokens(__ENV.CLIENTS), staff: tokens(__ENV.STAFF) };
const steady = (people, exec) => ({
  executor: "ramping-vus",
  exec,
  startVUs: 0,
  stages: [
    { duration: time(1), target: people },
    { duration: time(5), target: people },
  ],
  gracefulRampDown: "5s",
});

export const options = {
  scenarios: {
    clients: steady(Number(__ENV.ACTIVE_CLIENTS), "client"),
    staff: steady(Number(__ENV.ACTIVE_STAFF), "staff"),
  },
  thresholds: {
    http_req_duration: ["p(95)<200"],
    http_req_failed: ["rate==0"],
    ...each(...Object.values(ROUTES).filter((route) => route !== ROUTES.signIn)),
  },
};

const someone = (list) => list[number() % list.length];

export function client() {
  const token = someone(known.client);
  ask("GET", "/api/v1/dashboard", token);
  look();
  const machines = ask("GET", "/api/v1/equipment?sort=name&limit=25", token).json("data");
  look();
  if (machines?.length) ask("GET", `/api/v1/equipment/${any(machines).id}`, token);
  look();
  ask("GET", "/api/v1/work-orders?sort=-created_at&limit=25", token);
  look();
}

export function staff() {
  const token = someone(known.staff);
  ask("GET", "/api/v1/dashboard", token);
  look();
  const orders = ask("GET", "/api/v1/work-orders?status=assigned&sort=-created_at&limit=25", token).json("data");
  look();
  if (!orders?.length) return;
  const { id } = any(orders);
  ask("GET", `/api/v1/work-orders/${id}?include=site,equipment`, token);
  look();
  if (Math.random() < 0.2) ask("PATCH", `/api/v1/work-orders/${id}`, token, { description: `Seen by ${number()}` });
}
