// An import that somebody cancels: on its own page, and among the background work.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, AxeBuilder, open, PHONE, settled, visit } from "./larder.mjs";

const house = open();
const { at } = house;
const ROWS = 200_000;

/** Begins an import that takes a while; its id. */
async function long(page, name) {
  const rows = Array.from({ length: ROWS }, (_, n) => `${name} ${n}`).join("\r\n");
  return page.evaluate(
    async ([body, file]) => {
      const sent = await fetch(`/api/v1/imports?kind=companies&file_name=${file}&start=true`, { method: "POST", headers: { "Content-Type": "text/csv" }, body });
      return (await sent.json()).id;
    },
    [`Name\r\n${rows}`, `${name}.csv`],
  );
}

test("an owner cancels an import on its page, and takes it back", () =>
  at("owner", async (page) => {
    // D30
    await visit(page, "/import");
    const before = (await ask(page, "companies?count=true&limit=1")).page.total;
    const id = await long(page, "Foundry");
    await visit(page, `/import?id=${id}`);
    await page.getByRole("progressbar").waitFor();
    await page.screenshot({ path: "target/screens/import-running.png" });
    await page.getByRole("button", { name: "Cancel the import" }).click();
    await page.getByRole("heading", { name: "The import was cancelled" }).waitFor();
    await page.getByText(/of 200,000 rows are done, and stay/).waitFor();
    await settled(page);
    await page.screenshot({ path: "target/screens/import-cancelled.png" });
    const found = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(found.violations.map((v) => v.id), []);
    const { created, state } = await ask(page, `imports/${id}`);
    assert.equal(state, "cancelled");
    assert.equal((await ask(page, "companies?count=true&limit=1")).page.total, before + created);
    await page.getByRole("button", { name: "Go on" }).waitFor();
    await page.getByRole("button", { name: "Take the import back" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Take it back" }).click();
    await page.getByRole("heading", { name: "The import was taken back" }).waitFor({ timeout: 120_000 });
    assert.equal((await ask(page, "companies?count=true&limit=1")).page.total, before);
  }));

test("among the background work too, on a phone and by night", () =>
  at(
    "owner",
    async (page) => {
      await visit(page, "/settings/chores");
      await long(page, "Harbour");
      await page.reload();
      const running = page.getByRole("region", { name: "Under way" });
      await running.getByText("Import of Harbour.csv").waitFor();
      await running.getByRole("button", { name: "Cancel: Import of Harbour.csv" }).click();
      const ended = page.getByRole("region", { name: "Finished lately" });
      const line = ended.getByRole("listitem").filter({ hasText: "Harbour.csv" });
      await line.getByText("Cancelled", { exact: true }).waitFor();
      await line.getByText(/rows are done and stay/).waitFor();
      await settled(page);
      await page.screenshot({ path: "target/screens/chores-import-cancelled.png", fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= PHONE.width, `${wide} wide`);
      await line.getByRole("link", { name: "Open" }).click();
      await page.getByRole("heading", { name: "The import was cancelled" }).waitFor();
      await settled(page);
      await page.screenshot({ path: "target/screens/import-cancelled-phone.png", fullPage: true });
    },
    { size: PHONE, dark: true, touch: true },
  ));
