import { expect, test } from "vitest";
import type { Row } from "../../kernel/api";
import { today } from "../../kernel/format";
import type { Field } from "../../kernel/schema";
import type { Column } from "./columns";
import { filterOf } from "./filters";
import { choose } from "./local";

const column = (path: string, type: string, more: Partial<Field> = {}): Column => ({ path, field: { name: path.replace("custom.", ""), label: path, type, ...more } as Field });
const columns = [
  column("name", "text"),
  column("status", "choice"),
  column("due", "date"),
  column("site_id", "reference", { expands_as: "site" }),
  column("custom.stops", "int", { own: true }),
];
const searched = [columns[0]?.field as Field];
const row = (id: string, more: object): Row => ({ id, version: 1, ...more });
const rows = [
  row("1", { name: "Goods lift", status: "active", due: today(), site: { id: "00000000-0000-0000-0000-000000000001", name: "Mill" }, custom: { stops: 4 } }),
  row("2", { name: "Café lift", status: "in_work", due: "2001-01-01", site: null, custom: {} }),
  row("3", { name: null, status: "active", due: null, site: null, custom: { stops: 9 } }),
];
const ids = (query: string, sort: string | null = null, q = "") =>
  choose(rows, { filter: filterOf(new URLSearchParams(query)), q, sort }, columns, searched)?.map((r) => r.id);

test("conditions hold as they do on the server", () => {
  expect(ids("status=active")).toEqual(["1", "3"]);
  expect(ids("status[ne]=active")).toEqual(["2"]);
  expect(ids("status[in]=in_work,gone")).toEqual(["2"]);
  expect(ids("due[lt]=today%2B1")).toEqual(["1", "2"]);
  expect(ids("due[null]=true")).toEqual(["3"]);
  expect(ids("custom.stops[gte]=4")).toEqual(["1", "3"]);
  expect(ids("site_id=00000000-0000-0000-0000-000000000001")).toEqual(["1"]);
  expect(ids("name[contains]=LIFT")).toEqual(["1", "2"]);
});

test("one of several alternatives is enough", () => {
  expect(ids(`filter=${encodeURIComponent('{"or":[{"status":"in_work"},{"custom.stops":{"gt":"5"}}]}')}`)).toEqual(["2", "3"]);
});

test("a search finds beginnings of words, whatever their accents", () => {
  expect(ids("", null, "caf li")).toEqual(["2"]);
});

test("what is empty comes first going up and last going down", () => {
  expect(ids("", "name")).toEqual(["3", "2", "1"]);
  expect(ids("", "-due")).toEqual(["1", "2", "3"]);
});

test("what only the server can tell is left to it", () => {
  expect(ids("colour=red")).toBeUndefined();
  expect(ids("due[lt]=month")).toBeUndefined();
  expect(ids("", "colour")).toBeUndefined();
});
