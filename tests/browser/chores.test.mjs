// Background work: seen while it runs, asked for, and what comes by the clock.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, AxeBuilder, open, PHONE, settled, until, visit } from "./larder.mjs";

// Enough machines that their orders take a moment to make.
const house = open(4);
const { at } = house;
const DUE = "Orders for inspections and calibrations";

test("an owner has due orders made and watches it to its end", () =>
  at("owner", async (page) => {
    // S23, N23, D30
    await visit(page, "/settings/chores");
    await page.getByText("Nothing is under way").waitFor();
    const clock = page.getByRole("region", { name: "By the clock" });
    await clock.getByText(/Next: /).first().waitFor();
    await page.screenshot({ path: "target/screens/chores-empty.png" });
    const before = (await ask(page, "work-orders?count=true&limit=1")).page.total;
    const streams = [];
    page.on("request", (request) => request.url().includes("/streams/") && streams.push(request.url()));
    await clock.getByRole("button", { name: `Do it now: ${DUE}` }).click();
    const running = page.getByRole("region", { name: "Under way" });
    const ended = page.getByRole("region", { name: "Finished lately" });
    await running.getByText("Running").or(ended.getByText(DUE)).first().waitFor();
    const bar = running.getByRole("progressbar");
    const places = new Set();
    // A quick machine may be done before the bar was looked at three times.
    await until("the bar moves, or all is done", async () => {
      places.add(await bar.getAttribute("aria-valuenow", { timeout: 100 }).catch(() => null));
      if (places.size === 3) await page.screenshot({ path: "target/screens/chores-running.png" });
      return places.size > 3 || (await ended.getByText(DUE).count()) > 0;
    }, 600);
    assert.ok(streams.length > 0, "the bar moves by its stream");
    await ended.getByText(DUE).waitFor({ timeout: 60_000 });
    const said = await ended.getByText(/orders made/).textContent();
    const made = Number(said.replace(/\D/g, ""));
    assert.equal((await ask(page, "work-orders?count=true&limit=1")).page.total, before + made);
    await settled(page);
    await page.screenshot({ path: "target/screens/chores-done.png" });
    const found = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(found.violations.map((v) => v.id), []);
  }));

test("it fits a phone, by night too", () =>
  at(
    "owner",
    async (page) => {
      await visit(page, "/settings/chores");
      await page.getByRole("region", { name: "Finished lately" }).getByText(DUE).waitFor();
      await settled(page);
      await page.screenshot({ path: "target/screens/chores-phone.png", fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= PHONE.width, `${wide} wide`);
    },
    { size: PHONE, dark: true, touch: true },
  ));

test("an owner says how many days ahead, or that none are made", () =>
  at("owner", async (page) => {
    await visit(page, "/settings/business");
    const days = page.getByLabel("Orders before something is due");
    assert.equal(await days.inputValue(), "30");
    await days.fill("");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved").waitFor();
    await page.reload();
    await days.waitFor();
    assert.equal(await days.inputValue(), "");
    await days.fill("14");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved").waitFor();
  }));

test("a technician finds none of it", () =>
  at("technician", async (page) => {
    const listed = await ask(page, "chores");
    assert.deepEqual(listed, { data: [], schedules: [] });
    await visit(page, "/settings/chores");
    assert.equal(await page.getByText("By the clock").count(), 0);
  }));
