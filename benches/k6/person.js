// One signed-in person going about their day: what every scenario here is made of.

import http from "k6/http";
import exec from "k6/execution";
import { check, sleep } from "k6";

export const BASE = __ENV.BASE;

// Lengths shrink with SCALE, down to a second; the number of people never does.
export const time = (minutes) => `${Math.max(1, Math.round(minutes * 60 * Number(__ENV.SCALE || 1)))}s`;

// The tokens of a file that run made, one to a line; empty when the scenario signs in by itself.
export const tokens = (file) => (file ? open(file).trim().split("\n") : []);

export function ask(method, path, token, body) {
  const headers = { "Content-Type": "application/json", "Accept-Encoding": "gzip" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (method === "PATCH") headers["If-Match"] = "*";
  // One name for each route, else every record would be a statistic of its own.
  const name = `${method} ${path.split("?")[0].replace(/[0-9a-f-]{36}/, "ID")}`;
  const answer = http.request(method, BASE + path, body ? JSON.stringify(body) : null, { headers, tags: { name } });
  check(answer, { "answered with success": (a) => a.status >= 200 && a.status < 300 });
  return answer;
}

// k6 keeps a route's own times only where a threshold asks for them; these ask for nothing.
export const each = (...names) =>
  Object.fromEntries(names.map((name) => [`http_req_duration{name:${name}}`, ["max>=0"]]));

export const ROUTES = {
  signIn: "POST /api/v1/auth/login",
  dashboard: "GET /api/v1/dashboard",
  orders: "GET /api/v1/work-orders",
  order: "GET /api/v1/work-orders/ID",
  change: "PATCH /api/v1/work-orders/ID",
  machines: "GET /api/v1/equipment",
  machine: "GET /api/v1/equipment/ID",
};

export function signIn(email) {
  return ask("POST", "/api/v1/auth/login", null, { email, password: "larder-demo" }).json("access_token");
}

export const number = () => exec.vu.idInTest - 1;

// People look at what they asked for: one to three seconds.
export const look = () => sleep(1 + 2 * Math.random());

export const any = (list) => list[Math.floor(Math.random() * list.length)];
