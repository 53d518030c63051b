// The keys of the list do the same on a board and on a record, and a pair such as `g k` means one thing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { settled, signedIn, startBrowser, startLarder, visit } from "./larder.mjs";

let larder;
let browser;
let page;
before(async () => {
  larder = await startLarder();
  browser = await startBrowser();
  page = await signedIn(browser, larder.url, "staff");
});
after(async () => {
  await browser?.close();
  await larder?.stop();
});

const at = () => page.evaluate(() => location.pathname);
const atHand = () => page.evaluate(() => document.activeElement?.closest("[data-card]")?.getAttribute("data-card") ?? null);

test("a board: j and k go along the cards, e changes the one at hand, Escape leaves it", async () => {
  await visit(page, "/deals/board");
  await page.keyboard.press("j");
  const first = await atHand();
  await page.keyboard.press("j");
  const second = await atHand();
  assert.ok(first && second && first !== second);
  await page.keyboard.press("k");
  assert.equal(await atHand(), first);
  await page.keyboard.press("Escape");
  assert.equal(await atHand(), null);
  await page.keyboard.press("j");
  await page.keyboard.press("e");
  await settled(page);
  assert.equal(await at(), `/deals/${first}/edit`);
});

test("a record: j goes to the next of the list, a pair is no step along it, Escape goes back", async () => {
  await visit(page, "/companies");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await settled(page);
  const first = await at();
  await page.keyboard.press("j");
  await settled(page);
  const second = await at();
  assert.notEqual(second, first);
  const seen = [];
  page.on("framenavigated", (frame) => seen.push(new URL(frame.url()).pathname));
  await page.keyboard.press("g");
  await page.keyboard.press("k");
  await settled(page);
  assert.deepEqual([await at(), seen.includes(first)], ["/calendar", false]);
  await visit(page, second);
  await page.keyboard.press("Escape");
  await settled(page);
  assert.equal(await at(), "/companies");
});

test("what the keys do stands in the list of keys", async () => {
  for (const path of ["/companies", "/deals/board", await firstCompany()]) {
    await visit(page, path);
    await page.keyboard.press("?");
    await page.locator("dialog[open] kbd").first().waitFor();
    const told = await page.locator("dialog[open] kbd").allInnerTexts();
    for (const key of ["E", "Esc", "/", "C", "Z"]) assert.ok(told.includes(key), `${key} on ${path}`);
    await page.keyboard.press("Escape");
  }
});

async function firstCompany() {
  const [row] = await page.evaluate(async () => (await (await fetch("/api/v1/companies?limit=1&fields=id")).json()).data);
  return `/companies/${row.id}`;
}
