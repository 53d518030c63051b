import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Row } from "./api";
import { client, keys } from "./query";
import { conflict, update } from "./writes";

const before: Row = { id: "c1", version: 3, name: "Ashdown", city: "Leeds", updated_at: "2026-01-01T00:00:00Z" };
const list = keys.list("companies", "");
let sent: { method: string; tag: string | null; body: unknown }[];

function answerWith(...answers: [status: number, body: unknown][]): void {
  vi.stubGlobal("fetch", async (_: string, { method, headers, body }: { method: string; headers: Headers; body: string }) => {
    sent.push({ method, tag: headers.get("If-Match"), body: JSON.parse(body) });
    const [status, answer] = answers[sent.length - 1] ?? [500, {}];
    return new Response(JSON.stringify(answer), { status, headers: { "content-type": "application/json" } });
  });
}

const shown = () => client.getQueryData<{ data: Row[] }>(list)?.data[0];

beforeEach(() => {
  sent = [];
  client.setQueryData(keys.record("companies", "c1"), before);
  client.setQueryData(list, { data: [before] });
});

afterEach(() => {
  conflict.value = null;
  client.clear();
  vi.unstubAllGlobals();
});

test("a change is shown before it is answered, in the record and in every list", async () => {
  answerWith([200, { ...before, version: 4, city: "York" }]);
  const saving = update("companies", before, { city: "York" });
  expect(shown()?.city).toBe("York");
  expect(await saving).toMatchObject({ version: 4 });
  expect(sent).toEqual([{ method: "PATCH", tag: '"3"', body: { city: "York" } }]);
});

test("a change that is refused is rolled back", async () => {
  answerWith([422, { code: "invalid", detail: "No such city.", errors: [] }]);
  await expect(update("companies", before, { city: "?" })).rejects.toThrow("No such city.");
  expect(shown()?.city).toBe("Leeds");
  expect(client.getQueryData<Row>(keys.record("companies", "c1"))?.city).toBe("Leeds");
});

test("a 412 rolls back to what the other person saved, and asks", async () => {
  answerWith([412, { code: "conflict", current: { ...before, version: 5, city: "Hull" } }]);
  const saving = update("companies", before, { city: "York" });
  await vi.waitFor(() => expect(conflict.value).not.toBeNull());
  expect(shown()).toMatchObject({ city: "Hull", version: 5 });
  expect(conflict.value).toMatchObject({ mine: { city: "York" }, theirs: { city: "Hull" } });
  conflict.value?.settle(null);
  expect(await saving).toBeNull();
  expect(shown()?.city).toBe("Hull");
});

test("a 412 about another field is settled by itself", async () => {
  const theirs = { ...before, version: 5, name: "Ashdown Ltd" };
  answerWith([412, { code: "conflict", current: theirs }], [200, { ...theirs, version: 6, city: "York" }]);
  expect(await update("companies", before, { city: "York" })).toMatchObject({ name: "Ashdown Ltd", city: "York", version: 6 });
  expect(sent.map(({ tag }) => tag)).toEqual(['"3"', '"5"']);
  expect(conflict.value).toBeNull();
});
