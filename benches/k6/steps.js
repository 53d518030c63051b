// S65: PEOPLE at once for MINUTES, all signed in beforehand, with P95 as the longest 95th percentile.

import { any, ask, each, look, number, ROUTES, time, tokens } from "./person.js";

const people = Number(__ENV.PEOPLE);
const known = tokens(__ENV.STAFF);

export const options = {
  stages: [
    { duration: time(1), target: people },
    { duration: time(Number(__ENV.MINUTES)), target: people },
  ],
  thresholds: {
    ...each(ROUTES.dashboard, ROUTES.orders, ROUTES.order),
    http_req_duration: [`p(95)<${__ENV.P95}`],
    http_req_failed: [{ threshold: Number(__ENV.FAILED) ? `rate<${__ENV.FAILED}` : "rate==0" }],
  },
};

export default function () {
  const token = known[number() % known.length];
  ask("GET", "/api/v1/dashboard", token);
  look();
  const orders = ask("GET", "/api/v1/work-orders?status=assigned&sort=-created_at&limit=25", token).json("data");
  look();
  if (orders?.length) ask("GET", `/api/v1/work-orders/${any(orders).id}?include=site,equipment`, token);
  look();
}
