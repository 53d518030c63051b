// How long the first load takes on a slow phone with an empty cache, and how long a return to a screen.
// Times are printed, as a busy machine would make them fail; what they come from is asserted: how many
// bytes and requests there are, and how many of them wait for one another.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, settled, signedIn, visit, watch } from "./larder.mjs";

/** Lighthouse's "slow 4G" as DevTools applies it (once called Fast 3G): 1.6 Mbit/s less a tenth, 150 ms times 3.75. */
const SLOW = { offline: false, latency: 562.5, downloadThroughput: (1.6e6 * 0.9) / 8, uploadThroughput: (0.75e6 * 0.9) / 8 };
const SLOW_PROCESSOR = 4;
/** The page itself, what runs before it is painted, the app's two scripts and its style. */
const MOST_FIRST = 5;
const MOST_BYTES = 60_000;
/** The page, the app, the screen, its data. */
const MOST_TURNS = 4;

const house = open();

/** Loads an address as a slow phone with an empty cache does, and says what it took until `shown` is there. */
async function load(page, address, shown) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.clearBrowserCache");
  await devtools.send("Network.emulateNetworkConditions", SLOW);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOW_PROCESSOR });
  const requests = new Map();
  devtools.on("Network.requestWillBeSent", ({ requestId, request, timestamp }) => requests.set(requestId, { path: new URL(request.url).pathname, sent: timestamp, bytes: 0 }));
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength, timestamp }) => {
    const one = requests.get(requestId);
    if (one) Object.assign(one, { bytes: encodedDataLength, done: timestamp });
  });
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForSelector(shown);
  await settled(page);
  const paints = await page.evaluate(() => performance.getEntriesByType("paint").map(({ name, startTime }) => [name, startTime]));
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await devtools.detach();
  const all = [...requests.values()].filter(({ path, done }) => done && path !== "/favicon.svg").sort((a, b) => a.sent - b.sent);
  const began = all[0].sent;
  const firstPaint = Object.fromEntries(paints)["first-contentful-paint"];
  const waves = depth(all);
  const full = (Math.max(...all.map(({ done }) => done)) - began) * 1000;
  const bytes = all.reduce((sum, one) => sum + one.bytes, 0);
  console.log(`${new URL(address).pathname} ${shown}: first paint ${firstPaint.toFixed(0)} ms, all there ${full.toFixed(0)} ms; ${all.length} requests in ${waves} turns, ${(bytes / 1000).toFixed(1)} KB`);
  for (const { path, sent, done, bytes: own } of all) console.log(`  ${((sent - began) * 1000).toFixed(0).padStart(5)} – ${((done - began) * 1000).toFixed(0).padStart(5)} ms ${String(own).padStart(6)} B ${path}`);
  return all;
}

/** What every first load must hold, however slow the machine is that tests it. */
function isLean(all, screen) {
  const main = all.find(({ path }) => path.startsWith("/assets/main-") && path.endsWith(".js"));
  const own = all.find(({ path }) => path.startsWith(`/assets/${screen}-`) && path.endsWith(".js"));
  const first = all.filter(({ sent }) => sent < own.sent);
  const bytes = first.reduce((sum, one) => sum + one.bytes, 0);
  assert.ok(first.length <= MOST_FIRST, first.map(({ path }) => path).join(", "));
  assert.ok(bytes <= MOST_BYTES, `${bytes} bytes before the first paint`);
  assert.ok(own.sent < main.done, "the screen's files wait for the app's");
  assert.equal(all.filter(({ path }) => path === own.path).length, 1, "the screen's script came twice");
}

/** The longest chain of requests of which each was sent only once the one before had been answered. */
function depth(all) {
  const turns = [];
  for (const one of all) turns.push(1 + Math.max(0, ...all.flatMap((other, i) => (other.done <= one.sent && i < turns.length ? turns[i] : 0))));
  return Math.max(...turns);
}

test("a visitor sees the sign-in page", async () => {
  const page = await (await house.browser.newContext({ locale: "en-GB" })).newPage();
  watch(page);
  const all = await load(page, `${house.larder.url}/`, "[name=password]");
  isLean(all, "sign-in");
  assert.ok(!all.some(({ path }) => path.startsWith("/api/")), "there is nothing to ask");
  await page.context().close();
});

for (const [path, screen, shown] of [["/", "dashboard", ".work"], ["/equipment", "list", "tr.row:not(.bare)"]]) {
  test(`a reload of ${path} shows its data`, async () => {
    const page = await signedIn(house.browser, house.larder.url, "owner");
    await settled(page);
    const all = await load(page, house.larder.url + path, shown);
    isLean(all, screen);
    const data = all.findIndex((one) => one.path === `/api/v1/pages/${screen}`);
    const turns = depth(all.slice(0, data + 1));
    assert.ok(turns <= MOST_TURNS, `${turns} turns until the data of ${path}`);
    await page.context().close();
  });
}

test("a return to a screen takes under 100 ms", async () => {
  const page = await signedIn(house.browser, house.larder.url, "owner");
  await settled(page);
  for (const path of ["/equipment", "/", "/companies"]) await visit(page, path);
  for (const [path, shown] of [["/equipment", "tr.row:not(.bare)"], ["/", "main h1"], ["/companies", "tr.row:not(.bare)"]]) {
    const ms = await page.evaluate(([to, sign]) => new Promise((done) => {
      const began = performance.now();
      history.pushState(null, "", to);
      const look = () => (document.querySelector(`main ${sign.replace("main ", "")}`) && !document.querySelector(".skeleton") ? done(performance.now() - began) : requestAnimationFrame(look));
      requestAnimationFrame(look);
    }), [path, shown]);
    console.log(`return to ${path}: ${ms.toFixed(0)} ms`);
  }
  await page.context().close();
});
