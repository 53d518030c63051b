import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { follow, type Watcher } from "./socket";

class FakeSocket {
  static OPEN = 1;
  static made: FakeSocket[] = [];
  readyState = 0;
  said: unknown[] = [];
  onopen = () => {};
  onmessage = (_: { data: string }) => {};
  onclose = () => {};
  constructor(readonly url: string) {
    FakeSocket.made.push(this);
  }
  send(text: string) {
    this.said.push(JSON.parse(text));
  }
  close() {
    this.readyState = 3;
    this.onclose();
  }
  open() {
    this.readyState = 1;
    this.onopen();
  }
  hear(message: unknown) {
    this.onmessage({ data: JSON.stringify(message) });
  }
}

const heard: string[] = [];
const watcher = (id: string): Watcher => ({
  kind: "sites",
  id,
  include: "company",
  version: () => 4,
  changed: (record) => heard.push(`changed ${id} ${record.version}`),
  stale: (version) => heard.push(`stale ${id} ${version}`),
  lock: (lock) => heard.push(`lock ${id} ${lock?.mine ?? "free"}`),
  people: (people) => heard.push(`people ${id} ${people.length}`),
  gone: () => heard.push(`gone ${id}`),
});
const last = () => FakeSocket.made.at(-1) as FakeSocket;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.made.length = 0;
  heard.length = 0;
});
afterEach(() => {
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

// R22 R24
test("one socket follows what is on screen, and closes a while after the last of it", () => {
  const leave = follow(watcher("a"));
  last().open();
  expect(last().said).toEqual([{ watch: { kind: "sites", id: "a", include: "company", version: 4 } }]);
  const other = follow(watcher("b"));
  expect(FakeSocket.made.length).toBe(1);
  last().hear({ changed: { kind: "sites", id: "b", version: 5, by: null, record: { id: "b", version: 5 } } });
  last().hear({ changed: { kind: "sites", id: "b", version: 6, by: null } });
  last().hear({ lock: { kind: "sites", id: "a", lock: null } });
  last().hear({ presence: { kind: "sites", id: "a", people: [] } });
  expect(heard).toEqual(["changed b 5", "stale b 6", "lock a free", "people a 0"]);
  leave();
  expect(last().said.at(-1)).toEqual({ unwatch: { kind: "sites", id: "a" } });
  other();
  expect(last().readyState).toBe(1);
  vi.advanceTimersByTime(6000);
  expect(last().readyState).toBe(3);
});

test("after a break it comes back and asks what was missed, later each time", () => {
  const leave = follow(watcher("a"));
  last().open();
  last().close();
  vi.advanceTimersByTime(1000);
  expect(FakeSocket.made.length).toBe(2);
  last().close();
  vi.advanceTimersByTime(999);
  expect(FakeSocket.made.length).toBe(2);
  vi.advanceTimersByTime(1100);
  expect(FakeSocket.made.length).toBe(3);
  last().open();
  expect(last().said.length).toBe(1);
  leave();
});

test("told to ask anew it asks once, within two seconds and not at once", () => {
  const leave = follow(watcher("a"));
  last().open();
  for (let n = 0; n < 5; n += 1) last().hear({ resync: true });
  expect(last().said.length).toBe(1);
  vi.advanceTimersByTime(2000);
  expect(last().said.length).toBe(2);
  last().hear({ resync: true });
  vi.advanceTimersByTime(2000);
  expect(last().said.length).toBe(3);
  leave();
});

test("what is refused because the server is busy is asked for again, what is not there is not", () => {
  const [leave, twin, other] = [follow(watcher("a")), follow(watcher("a")), follow(watcher("b"))];
  last().open();
  const refuse = (id: string, code: string) => last().hear({ refused: { kind: "sites", id, code } });
  refuse("a", "busy");
  refuse("a", "busy");
  refuse("b", "not_found");
  refuse("b", "forbidden");
  expect(last().said.length).toBe(3);
  vi.advanceTimersByTime(4999);
  expect(last().said.length).toBe(3);
  vi.advanceTimersByTime(5001);
  // Both who look at it ask, each once, and nobody for the other.
  const again = last().said.slice(3) as { watch: { id: string } }[];
  expect(again.map(({ watch }) => watch.id)).toEqual(["a", "a"]);
  // Whoever has left by then does not ask.
  refuse("a", "busy");
  leave();
  twin();
  const before = last().said.length;
  vi.advanceTimersByTime(10_000);
  expect(last().said.length).toBe(before);
  other();
});
