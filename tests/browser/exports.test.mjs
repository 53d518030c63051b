// Lists that are written into files in the background.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { ask, AxeBuilder, open, PHONE, settled, until, visit } from "./larder.mjs";

const house = open();
const { at } = house;
const ROWS = 120_000;

/** Has a workbook of all companies but one made; without another it is another workbook. */
const workbook = (page, without) => page.evaluate(async (name) => (await (await fetch(`/api/v1/companies/export?format=xlsx&name[ne]=${name}`, { method: "POST" })).json()).id, without);

test("a long list is made in the background, goes on over a reload, and is fetched", () =>
  at("owner", async (page) => {
    // N22, N25, D30
    await visit(page, "/companies");
    const rows = Array.from({ length: ROWS }, (_, n) => `Quay ${n}`).join("\r\n");
    const id = await page.evaluate(async (body) => {
      const sent = await fetch("/api/v1/imports?kind=companies&file_name=quays.csv&start=true", { method: "POST", headers: { "Content-Type": "text/csv" }, body });
      return (await sent.json()).id;
    }, `Name\r\n${rows}`);
    await until("they are there", async () => (await ask(page, `imports/${id}`)).state === "done", 2_400);
    await page.reload();
    const total = (await ask(page, "companies?count=true&limit=1")).page.total;
    await page.getByText(`${total.toLocaleString("en-GB")} rows`).waitFor();
    await page.getByRole("button", { name: "Export", exact: true }).click();
    await page.getByRole("menuitem", { name: "Export as Excel" }).click();
    await page.waitForURL(/\/exports\/[0-9a-f-]{36}$/);
    const bar = page.getByRole("progressbar", { name: "Writing the file" });
    const places = new Set();
    const ready = page.getByRole("heading", { name: "The file is ready" });
    // A quick machine may be done before the bar was looked at twice.
    await until("the bar moves, or the file is ready", async () => {
      places.add(await bar.getAttribute("aria-valuenow", { timeout: 100 }).catch(() => "0"));
      return places.size > 1 || (await ready.count()) > 0;
    }, 600);
    await page.screenshot({ path: "target/screens/export-running.png" });
    await page.reload();
    await ready.waitFor({ timeout: 120_000 });
    await page.getByText(`${total.toLocaleString("en-GB")} rows`).waitFor();
    await settled(page);
    await page.screenshot({ path: "target/screens/export-ready.png" });
    const found = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(found.violations.map((v) => v.id), []);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download" }).click()]);
    assert.match(download.suggestedFilename(), /^companies-.*\.xlsx$/);
    const file = await readFile(await download.path());
    assert.equal(file.subarray(0, 2).toString(), "PK");
    const run = await ask(page, page.url().replace(/.*\/exports/, "exports"));
    assert.equal(file.length, run.bytes);
  }));

test("whoever wishes has a short list made in the background too", () =>
  at("staff", async (page) => {
    await visit(page, "/sites");
    await page.getByRole("button", { name: "Export", exact: true }).click();
    await page.getByRole("menuitem", { name: "Prepare a CSV in the background" }).click();
    await page.getByRole("heading", { name: "The file is ready" }).waitFor({ timeout: 30_000 });
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download" }).click()]);
    const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
    assert.match(lines[0], /^id,/);
    const { pathname } = new URL(page.url());
    assert.equal((await ask(page, pathname.slice(1))).rows, lines.length - 1);
  }));

test("one that was cancelled says so, on a phone and by night", () =>
  at(
    "owner",
    async (page) => {
      await visit(page, "/companies");
      // Others before it have the server at work meanwhile.
      for (const without of ["A", "B"]) await workbook(page, without);
      const id = await workbook(page, "C");
      await page.evaluate((to) => history.pushState(null, "", to), `/exports/${id}`);
      await page.getByRole("progressbar", { name: "Writing the file" }).waitFor();
      await page.screenshot({ path: "target/screens/export-phone.png" });
      await page.getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("heading", { name: "This export was cancelled" }).waitFor();
      await settled(page);
      await page.screenshot({ path: "target/screens/export-cancelled.png" });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= PHONE.width, `${wide} wide`);
      await visit(page, "/settings/chores");
      const line = page.getByRole("listitem").filter({ hasText: "Export: companies" }).filter({ hasText: "Cancelled" });
      await line.first().waitFor();
    },
    { size: PHONE, dark: true, touch: true },
  ));
