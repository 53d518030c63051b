import { expect, test } from "vitest";
import { type Filter, filterOf, parametersOf } from "./filters";

const both = (filter: Filter) => filterOf(new URLSearchParams(parametersOf(filter)));

test("a plain condition is a plain parameter", () => {
  expect(parametersOf({ clauses: [[{ path: "status", op: "eq", value: "new" }]], raw: null })).toEqual([["status", "new"]]);
  expect(parametersOf({ clauses: [[{ path: "due_at", op: "lt", value: "today+7" }]], raw: null })).toEqual([["due_at[lt]", "today+7"]]);
});

test("alternatives and repeated conditions survive the address", () => {
  const filter: Filter = {
    clauses: [
      [{ path: "status", op: "ne", value: "completed" }],
      [{ path: "status", op: "ne", value: "cancelled" }],
      [{ path: "priority", op: "in", value: "high,emergency" }, { path: "due_at", op: "lt", value: "today+1" }],
    ],
    raw: null,
  };
  expect(both(filter)).toEqual(filter);
});

test("what no chip can show is passed on as it is", () => {
  const raw = { or: [{ and: [{ status: "new" }, { priority: "high" }] }] };
  const read = filterOf([["filter", JSON.stringify(raw)]]);
  expect(read.raw).toEqual(raw);
  expect(both(read)).toEqual(read);
});

test("short forms are read too", () => {
  expect(filterOf([["filter", '{"status":["new","assigned"],"site_id":null}']]).clauses).toEqual([
    [{ path: "status", op: "in", value: "new,assigned" }],
    [{ path: "site_id", op: "null", value: "true" }],
  ]);
});

test("what is no condition is left out", () => {
  expect(filterOf([["status[like]", "x"], ["a b", "c"]]).clauses).toEqual([]);
});
