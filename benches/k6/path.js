// S66: everybody signs in, then goes from the dashboard to the work orders and back.
// 2 min to 100 people, 5 min at 100, 2 min to 200, 5 min at 200, 2 min down.

import { ask, each, look, number, ROUTES, signIn, time } from "./person.js";

export const options = {
  stages: [
    { duration: time(2), target: 100 },
    { duration: time(5), target: 100 },
    { duration: time(2), target: 200 },
    { duration: time(5), target: 200 },
    { duration: time(2), target: 0 },
  ],
  thresholds: {
    http_req_duration: ["p(95)<500"],
    http_req_failed: ["rate<0.01"],
    ...each(ROUTES.signIn, ROUTES.dashboard, ROUTES.orders),
  },
};

let token;

export default function () {
  // Once for each person, as in a browser that keeps its cookie.
  token ??= signIn(`staff.${number()}@crowd.example`);
  look();
  ask("GET", "/api/v1/dashboard", token);
  look();
  ask("GET", "/api/v1/work-orders?status=assigned&sort=-created_at&limit=25", token);
  look();
}
