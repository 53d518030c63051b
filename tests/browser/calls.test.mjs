// What a session costs: ten visits over five pages take at most seven requests, a return takes none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, settled, signedIn, visit, watch } from "./larder.mjs";

const TOUR = ["/", "/companies", "/work-orders", "/deals", "/equipment", "/companies", "/", "/deals", "/work-orders", "/equipment"];

const house = open();

test("ten visits over five pages cost at most seven requests, and a return none (P27)", async () => {
  const context = await house.browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  watch(page);
  const asked = [];
  let place = "sign-in";
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.startsWith("/api/")) asked.push({ place, path: pathname + search, method: request.method() });
  });
  await page.goto(house.larder.url);
  await settled(page);
  // Who comes with nothing is asked for a password at once: the look at `auth/me` belongs to the sign-in.
  await page.fill("[name=email]", "graham.pell@northgate.example");
  await page.fill("[name=password]", "larder-demo");
  place = "visit 1 /";
  await page.click("button[type=submit]");
  // A pointer at rest on a row would have its record read ahead.
  await page.mouse.move(0, 0);
  await page.waitForSelector(".app");
  await settled(page);
  for (const [i, path] of TOUR.slice(1).entries()) {
    place = `visit ${i + 2} ${path}`;
    await visit(page, path);
  }
  const perPlace = new Map();
  for (const { place: at, method, path } of asked) perPlace.set(at, [...(perPlace.get(at) ?? []), `${method} ${path}`]);
  for (const [at, paths] of perPlace) console.log(`${at}: ${paths.length}  ${paths.join(", ")}`);
  console.log(`in all: ${asked.length}`);
  assert.ok(asked.length <= 7, `${asked.length} requests`);
  const returns = TOUR.flatMap((path, i) => (TOUR.indexOf(path) < i ? [`visit ${i + 1} ${path}`] : []));
  for (const at of returns) assert.equal(perPlace.get(at)?.length ?? 0, 0, at);
  await context.close();
});

test("a reload keeps the session and asks nobody who this is (P02)", async () => {
  const page = await signedIn(house.browser, house.larder.url, "owner");
  await settled(page);
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.reload();
  await settled(page);
  assert.ok(!asked.some((path) => path.includes("/auth/")), asked.join(", "));
  await page.context().close();
});

test("signing out leaves nothing of the session behind (P03)", async () => {
  const page = await signedIn(house.browser, house.larder.url, "owner");
  await settled(page);
  await page.click(".me");
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForSelector("[name=password]");
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  await page.context().close();
});
