import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dropLock, heardLock, isLost, isTheirs, lockOf, takeLock, tokenOf } from "./locks";

const answers: [status: number, body: unknown][] = [];
const sent: string[] = [];

const mine = (token: number) => ({ token, holder: { id: "g", name: "Graham Pell" }, mine: true, expires_at: "", seconds_left: 900 });
const theirs = { token: null, holder: { id: "s", name: "Sarah Miller" }, mine: false, expires_at: "", seconds_left: 900 };

beforeEach(() => {
  vi.useFakeTimers();
  sent.length = 0;
  vi.stubGlobal("fetch", async (url: string, options: { method: string; body?: string }) => {
    sent.push(`${options.method} ${url.replace("/api/v1/", "")} ${options.body ?? ""}`.trim());
    const [status, body] = options.method === "DELETE" ? [204, null] : (answers.shift() ?? [500, {}]);
    return new Response(body === null ? null : JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

// R31 R34
test("a lock is extended every minute and let go of with its last editor", async () => {
  answers.push([200, mine(7)], [200, mine(7)], [200, mine(7)]);
  expect(await takeLock("sites", "a")).toBe(true);
  expect(await takeLock("sites", "a")).toBe(true);
  expect(tokenOf("sites", "a")).toBe(7);
  await vi.advanceTimersByTimeAsync(121_000);
  expect(sent.filter((line) => line.startsWith("PATCH"))).toEqual([`PATCH sites/a/lock {"token":7}`, `PATCH sites/a/lock {"token":7}`]);
  dropLock("sites", "a");
  expect(sent.some((line) => line.startsWith("DELETE"))).toBe(false);
  dropLock("sites", "a");
  expect(sent.at(-1)).toBe("DELETE sites/a/lock?token=7");
  expect(tokenOf("sites", "a")).toBeUndefined();
});

// R29 R32
test("what somebody else edits is theirs until their time is over", async () => {
  answers.push([423, { code: "locked", detail: "Sarah Miller is editing this.", ...theirs }]);
  expect(await takeLock("sites", "b")).toBe(false);
  expect(isTheirs("sites", "b")).toBe(true);
  expect(lockOf("sites", "b")?.name).toBe("Sarah Miller");
  await vi.advanceTimersByTimeAsync(901_000);
  expect(isTheirs("sites", "b")).toBe(false);
});

test("who is taken over keeps the old token, so that a late save is found out", async () => {
  answers.push([200, mine(3)]);
  await takeLock("sites", "c");
  heardLock("sites", "c", theirs);
  expect([isLost("sites", "c"), isTheirs("sites", "c"), tokenOf("sites", "c")]).toEqual([true, true, 3]);
  heardLock("sites", "c", null);
  answers.push([200, mine(5)]);
  expect(await takeLock("sites", "c", true)).toBe(true);
  expect([isLost("sites", "c"), tokenOf("sites", "c")]).toEqual([false, 5]);
  dropLock("sites", "c");
  expect(sent.at(-1)).toBe("DELETE sites/c/lock?token=5");
});

test("my own lock in another window is lost here and is nobody else's", async () => {
  answers.push([200, mine(8)]);
  await takeLock("sites", "d");
  heardLock("sites", "d", mine(9));
  expect([isLost("sites", "d"), isTheirs("sites", "d")]).toEqual([true, false]);
  dropLock("sites", "d");
});

test("without the server one may type on: the version will tell", async () => {
  answers.push([503, { code: "busy", detail: "Later." }]);
  expect(await takeLock("sites", "e")).toBe(true);
  expect(tokenOf("sites", "e")).toBeUndefined();
  // There is nothing to let go of.
  dropLock("sites", "e");
  expect(sent.some((line) => line.startsWith("DELETE"))).toBe(false);
});

const busy: [number, unknown] = [503, { code: "busy", detail: "Later." }];

test("a lock that the server could not give is asked for again until it is there", async () => {
  answers.push(busy, busy, [200, mine(4)], [200, mine(4)]);
  expect(await takeLock("sites", "f")).toBe(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(tokenOf("sites", "f")).toBeUndefined();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(tokenOf("sites", "f")).toBe(4);
  // From then on it is extended like any other.
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual([...Array(3).fill("POST sites/f/lock"), `PATCH sites/f/lock {"token":4}`]);
  dropLock("sites", "f");
  expect(sent.at(-1)).toBe("DELETE sites/f/lock?token=4");
});

test("the first editor to leave does not let go of what a second one edits", async () => {
  answers.push(busy, [200, mine(6)]);
  expect(await takeLock("sites", "g")).toBe(true);
  expect(await takeLock("sites", "g")).toBe(true);
  expect(tokenOf("sites", "g")).toBe(6);
  dropLock("sites", "g");
  expect(tokenOf("sites", "g")).toBe(6);
  dropLock("sites", "g");
  expect(sent.at(-1)).toBe("DELETE sites/g/lock?token=6");
});

test("what the server refuses for good is not asked for again, and who left is given nothing", async () => {
  answers.push([403, { code: "forbidden", detail: "No." }]);
  expect(await takeLock("sites", "h")).toBe(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent.length).toBe(1);
  dropLock("sites", "h");
  // Left while the question was under way: what comes back is let go of at once.
  answers.push(busy, [200, mine(9)]);
  await takeLock("sites", "i");
  vi.advanceTimersByTime(10_000);
  dropLock("sites", "i");
  await vi.advanceTimersByTimeAsync(0);
  expect(sent.at(-1)).toBe("DELETE sites/i/lock?token=9");
  expect(tokenOf("sites", "i")).toBeUndefined();
});
