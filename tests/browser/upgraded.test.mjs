// A tab that was open while Larder was upgraded asks for parts that the server no longer has: it is
// told to load the page again, and what works goes on working. Nobody looks at a white page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, settled, signedIn, visit } from "./larder.mjs";

const house = open();

/** The server has none of the parts whose name begins so. */
const lose = (context, part) => context.route(new RegExp(`/assets/${part}[^/]*\\.js`), (route) => route.fulfill({ status: 404, body: "" }));

test("the sign-in page", async () => {
  const page = await house.browser.newPage();
  await lose(page.context(), "sign-in");
  await page.goto(`${house.larder.url}/sign-in`);
  await page.getByRole("button", { name: "Load again" }).waitFor();
  assert.match(await page.locator("main").innerText(), /upgraded/i);
  await page.context().close();
});

test("a screen: the rail stays, and the other screens work", async () => {
  const page = await signedIn(house.browser, house.larder.url, "staff");
  await lose(page.context(), "calendar");
  await visit(page, "/calendar");
  await page.locator("main").getByRole("button", { name: "Load again" }).waitFor();
  await visit(page, "/companies");
  await settled(page);
  assert.equal(await page.locator("main h1").innerText(), "Companies");
  await page.context().close();
});

test("what floats: the screen below stays, and a banner says it", async () => {
  const page = await signedIn(house.browser, house.larder.url, "staff");
  await visit(page, "/companies");
  await lose(page.context(), "keys");
  await page.keyboard.press("?");
  await page.locator(".banner").getByRole("button", { name: "Load again" }).waitFor();
  assert.equal(await page.locator("main h1").innerText(), "Companies");
  await page.context().close();
});

test("a customer's area", async () => {
  const page = await signedIn(house.browser, house.larder.url, "client");
  await lose(page.context(), "client");
  await page.reload();
  await page.getByRole("button", { name: "Load again" }).waitFor();
  await page.context().close();
});
