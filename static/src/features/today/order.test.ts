/** The round, the moves, the way there. */
import { describe, expect, it } from "vitest";
import type { Row } from "../../kernel/api";
import type { Kind } from "../../kernel/schema";
import { callOf, inOrder, minutesBetween, movesFrom, nextOf, ticked, wayTo } from "./order";
import { fileNameFor, isSignature, signerOf } from "./signing";

const order = (id: string, more: Record<string, unknown> = {}): Row => ({ id, version: 1, status: "assigned", ...more });
const at = (hour: string) => `2026-11-21T${hour}:00.000Z`;

describe("the round", () => {
  it("goes by the appointment, and what has no time comes last", () => {
    const round = inOrder([order("c"), order("b", { scheduled_at: at("10:00") }), order("a", { due_at: at("08:00") })]);
    expect(round.map((stop) => stop.id)).toEqual(["a", "b", "c"]);
  });

  it("leads first to what has begun, and last to what waits", () => {
    const held = order("held", { status: "on_hold", scheduled_at: at("08:00") });
    const plain = order("plain", { scheduled_at: at("09:00") });
    const begun = order("begun", { status: "in_progress", scheduled_at: at("11:00") });
    expect(nextOf([held, plain, begun])?.id).toBe("begun");
    expect(nextOf([held, plain])?.id).toBe("plain");
    expect(nextOf([held])?.id).toBe("held");
    expect(nextOf([])).toBeUndefined();
  });
});

describe("moves", () => {
  const kind = (readOnly: boolean, update = "own"): Kind =>
    ({
      rights: { update },
      fields: [{ name: "status", read_only: readOnly, choices: [{ name: "assigned" }, { name: "in_progress" }] }],
      states: { field: "status", moves: { assigned: ["in_progress", "on_hold"] } },
    }) as unknown as Kind;

  it("are those of the schema", () => {
    expect([...movesFrom(kind(false), order("a"))]).toEqual(["in_progress", "on_hold"]);
  });

  it("are none for whoever may not change the state", () => {
    expect(movesFrom(kind(true), order("a")).size).toBe(0);
    expect(movesFrom(kind(false, "none"), order("a")).size).toBe(0);
    expect(movesFrom(undefined, order("a")).size).toBe(0);
  });
});

it("one tick changes one step and leaves the others as they were", () => {
  const steps = [{ text: "Doors" }, { text: "Brake", done: true }];
  expect(ticked(steps, 0)).toEqual([{ text: "Doors", done: true }, { text: "Brake", done: true }]);
  expect(ticked(steps, 1)[1]).toEqual({ text: "Brake", done: false });
  expect(steps[1]?.done).toBe(true);
});

it("rings the person of the order before the site", () => {
  const site = { phone: "0113 496 0970" };
  expect(callOf(order("a", { site, contact: { first_name: "Gareth", mobile: null, phone: "0191" } }))).toEqual({ name: "Gareth", number: "0191" });
  expect(callOf(order("a", { site, contact: { name: "Gareth" } }))).toEqual({ name: null, number: "0113 496 0970" });
  expect(callOf(order("a"))).toBeNull();
});

it("finds the way with the map app of the device", () => {
  const site = { id: "s", version: 1, lat: 53.8, lng: -1.5, address: "1 High Street" };
  expect(wayTo(site, "Android")).toBe("geo:53.8,-1.5?q=1%20High%20Street");
  expect(wayTo(site, "iPhone")).toBe("https://maps.apple.com/?daddr=53.8,-1.5");
  expect(wayTo({ id: "s", version: 1 }, "Android")).toBeNull();
});

it("counts minutes as the server does", () => {
  expect(minutesBetween(at("08:00"), at("09:15"))).toBe(75);
});

it("a signature is named after who signed, without what a file name cannot hold", () => {
  const name = fileNameFor("Ann/Marie  Lowe\n");
  expect(name).toBe("Signature of Ann Marie Lowe.png");
  const file = { id: "f", version: 1, name };
  expect(isSignature(file)).toBe(true);
  expect(signerOf(file)).toBe("Ann Marie Lowe");
  expect(isSignature({ ...file, name: "photo.png" })).toBe(false);
});
