import { QueryClientProvider, useQuery } from "@tanstack/preact-query";
import { render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { get } from "./api";
import { openPage, type Part, setBatched, unbatched, usePart } from "./pages";
import { client, keys } from "./query";
import { KEPT_MS } from "./stale";

const FIVE = [1, 2, 3, 4, 5];
const rates: Part<{ name: string }> = { key: keys.reference("rates"), name: "rates", path: "rates" };
const people: Part<{ name: string }> = { key: keys.reference("people"), name: "people", path: "people" };

const answers: Record<string, unknown> = {
  "/api/v1/rates": { name: "rates" },
  "/api/v1/people": { name: "people" },
  "/api/v1/pages/list?parts=rates%2Cpeople": { parts: { rates: { data: { name: "rates" } }, people: { data: { name: "people" } } } },
};
let asked: string[];
let root: HTMLElement;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    await new Promise((done) => setTimeout(done, 20));
    const found = answers[url];
    return new Response(JSON.stringify(found ?? {}), { status: found ? 200 : 500, headers: { "content-type": "application/json" } });
  });
  root = document.createElement("div");
});

afterEach(() => {
  render(null, root);
  client.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function ByPart({ part }: { part: Part<{ name: string }> }) {
  return <li>{usePart(part).data?.name}</li>;
}

function ByQuery() {
  const read = useQuery({ queryKey: ["list", "sites", "limit=50"], queryFn: ({ signal }) => get<{ name: string }>("rates", signal) });
  return <li>{read.data?.name}</li>;
}

async function show(rows: preact.ComponentChildren): Promise<void> {
  render(<QueryClientProvider client={client}>{rows}</QueryClientProvider>, root);
  await vi.advanceTimersByTimeAsync(100);
}

const leave = () => render(null, root);

test("five components that want one part ask once (P15)", async () => {
  await show(FIVE.map((n) => <ByPart key={n} part={rates} />));
  expect(asked).toEqual(["/api/v1/rates"]);
  expect(root.textContent).toBe("rates".repeat(5));
});

test("five components that make one query ask once (P15)", async () => {
  await show(FIVE.map((n) => <ByQuery key={n} />));
  expect(asked).toEqual(["/api/v1/rates"]);
  expect(root.textContent).toBe("rates".repeat(5));
});

test("components of a page wait for the page's one request (P11, P14)", async () => {
  openPage("list", {}, [rates, people]);
  await show(FIVE.map((n) => <ByPart key={n} part={n % 2 ? rates : people} />));
  expect(asked).toEqual(["/api/v1/pages/list?parts=rates%2Cpeople"]);
  expect(root.textContent).toBe("ratespeopleratespeoplerates");
});

test("a page opened twice at once asks once (P16)", async () => {
  openPage("list", {}, [rates, people]);
  openPage("list", {}, [rates, people]);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toHaveLength(1);
});

test("a page whose batching is switched off asks part by part (P32)", async () => {
  setBatched("list", false);
  openPage("list", {}, [rates, people]);
  await show([<ByPart key="1" part={rates} />, <ByPart key="2" part={people} />]);
  setBatched("list", true);
  expect(asked).toEqual(["/api/v1/rates", "/api/v1/people"]);
  expect(unbatched.value.has("list")).toBe(false);
});

test("when a page's request fails each part is read from its own address", async () => {
  openPage("record", {}, [rates, people]);
  await show([<ByPart key="1" part={rates} />, <ByPart key="2" part={people} />]);
  expect(asked.slice(1).sort()).toEqual(["/api/v1/people", "/api/v1/rates"]);
  expect(root.textContent).toBe("ratespeople");
});

test("a request that failed stands in nobody's way (P15)", async () => {
  answers["/api/v1/rates"] = undefined;
  await show(<ByPart part={rates} />);
  leave();
  answers["/api/v1/rates"] = { name: "rates" };
  await show(<ByPart part={rates} />);
  expect(asked).toHaveLength(2);
  expect(root.textContent).toBe("rates");
});

test("a return within its time costs nothing, and what was left for five minutes is gone (P12, P20)", async () => {
  await show(<ByQuery />);
  leave();
  await vi.advanceTimersByTimeAsync(KEPT_MS - 1000);
  await show(<ByQuery />);
  expect(asked).toHaveLength(1);
  leave();
  await vi.advanceTimersByTimeAsync(KEPT_MS + 1000);
  expect(client.getQueryCache().getAll()).toEqual([]);
});

test("what is old is shown at once and read again behind it (R02)", async () => {
  const tasks: Part<{ name: string }> = { key: keys.list("tasks", ""), path: "rates" };
  await show(<ByPart part={tasks} />);
  leave();
  await vi.advanceTimersByTimeAsync(31_000);
  render(<QueryClientProvider client={client}><ByPart part={tasks} /></QueryClientProvider>, root);
  expect(root.textContent).toBe("rates");
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toHaveLength(2);
});

test("tasks on screen are read again every 30 seconds, companies are not (R03, R08)", async () => {
  const tasks: Part<{ name: string }> = { key: keys.list("tasks", ""), path: "rates" };
  const companies: Part<{ name: string }> = { key: keys.list("companies", ""), path: "people" };
  await show([<ByPart key="1" part={tasks} />, <ByPart key="2" part={companies} />]);
  await vi.advanceTimersByTimeAsync(2 * 60_000);
  expect(asked.filter((url) => url.endsWith("rates"))).toHaveLength(5);
  expect(asked.filter((url) => url.endsWith("people"))).toHaveLength(1);
  leave();
  await vi.advanceTimersByTimeAsync(2 * 60_000);
  expect(asked).toHaveLength(6);
});

test("a screen may want something read again sooner than its kind does (R26)", async () => {
  const dashboard: Part<{ name: string }> = { key: keys.dashboard, path: "rates" };
  const Own = () => <p>{usePart(dashboard, true, 30_000).data?.name}</p>;
  await show(<Own />);
  await vi.advanceTimersByTimeAsync(61_000);
  expect(asked).toHaveLength(3);
});
