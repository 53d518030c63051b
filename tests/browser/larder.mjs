// Starts the real server with its demo, and a browser that people would recognise.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";

const require = createRequire(new URL("../../static/package.json", import.meta.url));
export const { chromium } = require("playwright-core");
export const { AxeBuilder } = require("@axe-core/playwright");

export const PEOPLE = {
  owner: "graham.pell@northgate.example",
  staff: "sarah.oldroyd@northgate.example",
  technician: "marek.kowalski@northgate.example",
  client: "olivia.trent@ashdown-property-group.example",
};
const PASSWORD = "larder-demo";

export const DESK = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };

/** Starts a server with a folder of its own; `ready` finds in what it prints that it can be used. */
async function start(more, ready) {
  const folder = mkdtempSync(join(tmpdir(), "larder-browser-"));
  const environment = { ...process.env, LARDER_LIMIT_SCALE: "1000", LARDER_LOG_LEVEL: "warn", ...more.environment };
  const binary = process.env.LARDER_BINARY ?? "target/debug/larder";
  let server;
  const run = (flags, listen, isReady) => {
    server = spawn(binary, ["serve", ...flags, "--data", folder, "--listen", listen], { env: environment });
    server.stderr.pipe(process.stderr);
    let said = "";
    return new Promise((done, failed) => {
      server.on("exit", (code) => failed(new Error(`the server ended with ${code}: ${said}`)));
      server.stdout.on("data", (bytes) => {
        said += bytes;
        const url = /running on (http:\S+)/.exec(said)?.[1];
        const known = url && isReady(said);
        if (known) done({ url, ...known });
      });
    });
  };
  const end = async () => {
    const ended = new Promise((done) => server.once("exit", done));
    server.removeAllListeners("exit");
    server.once("exit", () => {});
    server.kill("SIGTERM");
    await Promise.race([ended, new Promise((done) => setTimeout(done, 12_000))]);
  };
  const found = await run(more.flags, "127.0.0.1:0", ready);
  return {
    ...found,
    /** Stops the server, lets `between` work on its folder, and starts it again at the same address. */
    async restart(between) {
      await end();
      await between(folder);
      await run([], new URL(found.url).host, () => ({}));
    },
    async stop() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server of its own, filled with the demo; or one that runs already, `LARDER_URL`. */
export async function startLarder(scale = 1) {
  if (process.env.LARDER_URL) return { url: process.env.LARDER_URL, async stop() {} };
  return start({ flags: ["--demo"], environment: { LARDER_DEMO_SCALE: String(scale) } }, (said) => said.includes(PEOPLE.client) && {});
}

/** A server without anything in it, and the link that it prints to set it up. */
export const startEmpty = () =>
  start({ flags: [] }, (said) => {
    const link = /(http:\S+\/setup\?token=\S+)/.exec(said)?.[1];
    return link && { link };
  });

export const startBrowser = () => chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });

/** What a page complains of; a test ends with none. `refused`: answers that the test provokes, 422 for example. */
export function complaints(page, refused = []) {
  const heard = [];
  page.on("console", (message) => {
    // The first look at who is signed in is answered with 401, and the browser says so by itself.
    const unasked = [401, ...refused].some((status) => message.text().includes(`status of ${status} (`));
    if (["error", "warning"].includes(message.type()) && !unasked) heard.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
  return heard;
}

/** Opens a page at the sign-in and signs in. */
export async function signedIn(browser, url, who, { size = DESK, dark = false, touch = false } = {}) {
  const looks = { viewport: size, colorScheme: dark ? "dark" : "light", locale: "en-GB", reducedMotion: "reduce" };
  const context = await browser.newContext({ ...looks, hasTouch: touch, isMobile: touch });
  const page = await context.newPage();
  watch(page);
  await page.goto(url);
  await page.fill("[name=email]", PEOPLE[who]);
  await page.fill("[name=password]", PASSWORD);
  await page.click("button[type=submit]");
  await page.waitForSelector("#main");
  return page;
}

/** Lets a person do something; what the browser complains of fails the test, and a failure leaves a picture. */
export async function sitting(browser, url, who, deed, { refused, ...looks } = {}) {
  const page = await signedIn(browser, url, who, looks);
  page.setDefaultTimeout(15_000);
  const heard = complaints(page, refused);
  await settled(page);
  try {
    await deed(page);
    await settled(page);
  } catch (failure) {
    await page.screenshot({ path: `target/screens/failed-${who}-${Date.now()}.png` });
    throw failure;
  }
  assert.deepEqual(heard, []);
  await page.context().close();
}

/** A server with its demo and a browser, for all tests of a file. */
export function open(scale) {
  const house = {};
  before(async () => {
    house.larder = await startLarder(scale);
    house.browser = await startBrowser();
  });
  after(async () => {
    await house.browser?.close();
    await house.larder?.stop();
  });
  house.at = (who, deed, looks) => sitting(house.browser, house.larder.url, who, deed, looks);
  return house;
}

/** Goes to a screen as a link would, without loading the page anew. */
export async function visit(page, path) {
  await page.evaluate((to) => history.pushState(null, "", to), path);
  await settled(page);
}

/** Asks the server as the person who is signed in on the page, to see what was stored. */
export const ask = (page, path, { method = "GET", body } = {}) =>
  page.evaluate(
    async ([to, how, sent]) => {
      const json = sent === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) };
      const answer = await fetch(`/api/v1/${to}`, { method: how, ...json });
      if (!answer.ok) throw new Error(`${how} ${to}: ${answer.status} ${await answer.text()}`);
      return answer.status === 204 ? null : answer.json();
    },
    [path, method, body],
  );

/** Waits until what a person waits for has come true on the server. */
export async function until(what, seen, tries = 60) {
  for (let i = 0; i < tries; i++) {
    if (await seen()) return;
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error(`not within ${tries / 10} seconds: ${what}`);
}

/** Requests of a page that are not answered yet. */
const pending = new WeakMap();

export function watch(page) {
  const open = new Set();
  pending.set(page, open);
  page.on("request", (request) => open.add(request));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => open.delete(request));
}

/** Waits until nothing is under way and nothing is a skeleton any more. */
export async function settled(page) {
  const open = pending.get(page);
  // Twice in a row, because an answer may lead to the next question.
  for (let quiet = 0, tries = 0; quiet < 3 && tries < 400; tries++) {
    await page.waitForTimeout(40);
    quiet = open.size === 0 ? quiet + 1 : 0;
  }
  await page.waitForFunction(() => !document.querySelector(".skeleton, [aria-busy=true]"), null, { timeout: 15_000 });
}
