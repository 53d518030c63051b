// Reports: opened, asked otherwise, read as chart and as table, saved as files; at a desk and on a phone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ask, AxeBuilder, DESK, open, PHONE, settled, until, visit } from "./larder.mjs";

const REPORTS = {
  pipeline: "Sales pipeline",
  forecast: "Sales forecast",
  "won-lost": "Won and lost deals",
  "work-orders": "Work orders",
  "equipment-due": "Equipment due",
  compliance: "Compliance",
  "site-health": "Site health",
  activity: "Activity",
};

const house = open();
const { at } = house;
const table = (page) => page.getByRole("region", { name: "Table", exact: true });
const rows = (page) => table(page).locator("tbody tr");
const cells = async (page, n) => (await rows(page).allInnerTexts()).map((row) => row.split("\t")[n]);

test("every report opens with its figures, its chart and its table", () =>
  at("owner", async (page) => {
    await visit(page, "/reports");
    assert.deepEqual(await page.locator(".report-card b").allInnerTexts(), Object.values(REPORTS));
    for (const [name, title] of Object.entries(REPORTS)) {
      await visit(page, "/reports");
      await page.getByRole("link", { name: `Open ${title}` }).click();
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      await settled(page);
      assert.equal(new URL(page.url()).pathname, `/reports/${name}`);
      await page.locator(".report-figures dd").first().waitFor();
      assert.ok((await rows(page).count()) > 0, `${name} has rows`);
      assert.ok((await page.locator(".chart svg, svg.chart").count()) > 0, `${name} has a chart`);
      await page.screenshot({ path: `target/screens/report-${name}.png`, fullPage: true });
      const { violations } = await new AxeBuilder({ page }).analyze();
      assert.deepEqual(violations.map((one) => `${name}: ${one.id} ${one.nodes[0].html}`), []);
    }
  }));

test("another choice is another answer, and the address remembers it", () =>
  at("owner", async (page) => {
    await visit(page, "/reports/won-lost");
    const won = await page.locator(".report-figures dd").first().innerText();
    await page.getByLabel("By", { exact: true }).selectOption("agent");
    await settled(page);
    assert.match(page.url(), /by=agent/);
    assert.equal(await table(page).locator("thead th").first().innerText(), "Agent");
    assert.equal(await page.locator(".report-figures dd").first().innerText(), won, "the same deals by something else");
    await page.getByLabel("From").fill("2020-01-01");
    await settled(page);
    assert.match(page.url(), /from=2020-01-01/);
    const sum = (await cells(page, 1)).reduce((all, n) => all + Number(n.replaceAll(",", "")), 0);
    const told = await page.locator(".report-figures dd").first().innerText();
    assert.equal(sum, Number(told.replaceAll(",", "")), "the rows add up to the figure");
    await page.reload();
    await settled(page);
    assert.equal(await page.getByLabel("By", { exact: true }).inputValue(), "agent");
    // The chart is a table one press away.
    await page.getByRole("button", { name: /^Table: Value won/ }).click();
    assert.ok((await page.locator(".chart-table tbody tr").count()) > 1);
  }));

test("one company's report is found by typing its name", () =>
  at("owner", async (page) => {
    await visit(page, "/reports/compliance");
    const all = await rows(page).count();
    const picker = page.getByRole("combobox", { name: "Company" });
    await picker.fill("Ashdown");
    await page.getByRole("option", { name: /Ashdown/ }).first().getByRole("button").click();
    await settled(page);
    assert.match(page.url(), /company=[0-9a-f-]{36}/);
    assert.equal(await rows(page).count(), 1);
    assert.ok(all > 1);
  }));

test("a report is saved as each file", () =>
  at("owner", async (page) => {
    await visit(page, "/reports/equipment-due?within=90");
    for (const [label, ending, begins] of [["CSV file", "csv", "Equipment,"], ["Excel workbook", "xlsx", "PK"], ["PDF to print", "pdf", "%PDF-"]]) {
      await page.getByRole("button", { name: "Save as" }).click();
      const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: label }).click()]);
      assert.match(file.suggestedFilename(), new RegExp(`^equipment-due-\\d{4}-\\d\\d-\\d\\d\\.${ending}$`));
      const content = readFileSync(await file.path());
      assert.ok(content.subarray(0, begins.length).toString("latin1") === begins, label);
    }
  }));

test("a choice that cannot be is explained, with a way out", () =>
  at(
    "owner",
    async (page) => {
      await visit(page, "/reports/won-lost?by=colour");
      await page.getByText("Give one of: quarter").waitFor();
      await page.getByRole("button", { name: "Start again with the usual choices" }).click();
      await settled(page);
      assert.ok((await rows(page).count()) > 0);
    },
    { refused: [422] },
  ));

test("a technician has the reports on their own work, and no file of them", () =>
  at("technician", async (page) => {
    await visit(page, "/reports");
    assert.deepEqual(await page.locator(".report-card b").allInnerTexts(), ["Work orders", "Equipment due"]);
    await visit(page, "/reports/work-orders");
    await page.getByText("Only records that you may see are counted.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Save as" }).count(), 0);
  }));

/** Has the server at something else that is heavy, a workbook of so many rows, so that a report has to wait for its turn; says whether it still is. */
async function occupied(page, many = 30_000) {
  const send = (path, body) =>
    page.evaluate(async ([to, text]) => (await (await fetch(`/api/v1/${to}`, { method: "POST", headers: { "Content-Type": "text/csv" }, body: text })).json()).id, [path, body]);
  const lacking = many - (await ask(page, "companies?count=true&limit=1")).page.total;
  if (lacking > 0) {
    const rows = Array.from({ length: lacking }, (_, n) => `Held up ${many} ${n}`).join("\r\n");
    const id = await send("imports?kind=companies&file_name=held.csv&start=true", `Name\r\n${rows}`);
    await until("they are there", async () => (await ask(page, `imports/${id}`)).state === "done", 2_400);
  }
  const id = await send("companies/export?format=xlsx");
  return async () => ["waiting", "running"].includes((await ask(page, `exports/${id}`)).state);
}

const runOf = (page) => new URL(page.url()).searchParams.get("run");
const bar = (page) => page.getByRole("progressbar", { name: "Working it out" });

const HEALTH = "/reports/site-health";

/** Looks at a report that waits, from everywhere; its run, or null when the wait was over before all was seen. */
async function seenWaiting(page, many) {
  const busy = await occupied(page, many);
  const other = await page.context().newPage();
  try {
    await page.goto(new URL(HEALTH, page.url()).href);
    await bar(page).waitFor({ timeout: 10_000 });
    await page.getByText("Waiting for its turn").waitFor({ timeout: 10_000 });
    await until("the address names the run", () => runOf(page) !== null);
    const run = runOf(page);
    await page.screenshot({ path: "target/screens/report-running.png" });
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(violations.map((one) => `${one.id} ${one.nodes[0].html}`), []);
    await page.reload();
    await bar(page).waitFor({ timeout: 10_000 });
    assert.equal(runOf(page), run, "the same run");
    // In another tab by the plain address, too.
    await other.goto(new URL(HEALTH, page.url()).href);
    await bar(other).waitFor({ timeout: 10_000 });
    await until("there is no second one", () => runOf(other) === run);
    if (!(await busy())) return null;
    for (const tab of [page, other]) {
      await tab.locator(".report-figures dd").first().waitFor({ timeout: 120_000 });
      await until("the address is one to share", () => runOf(tab) === null);
    }
    return run;
  } catch (error) {
    if (await busy()) throw error;
    return null;
  } finally {
    await other.close();
  }
}

test("a report that waits for its turn says so, and goes on when the page is loaded anew", () =>
  at("owner", async (page) => {
    // N22, N25. How long a workbook lasts is the machine's affair.
    let run = null;
    for (const many of [30_000, 100_000, 300_000]) {
      run ??= await seenWaiting(page, many);
    }
    assert.ok(run, "all of that was in the middle");
    const told = (await ask(page, `streams/${run}/messages`)).data;
    assert.deepEqual(told.map((message) => message.sequence), told.map((_, i) => i + 1));
    assert.equal(told.at(-1).stage, "done");
    assert.ok(told.filter((message) => message.stage === "reading").length > 1, "in stages");
  }));

test("a report is stopped, and asked for again", () =>
  at("owner", async (page) => {
    await occupied(page);
    await page.evaluate(() => history.pushState(null, "", "/reports/activity?by=kind"));
    await bar(page).waitFor();
    await page.getByText("Waiting for its turn").waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("This report was stopped.").waitFor();
    await until("the address names no run", () => runOf(page) === null);
    await page.screenshot({ path: "target/screens/report-stopped.png" });
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".report-figures dd").first().waitFor({ timeout: 60_000 });
    await until("the address is one to share", () => /reports\/activity\?by=kind$/.test(page.url()));
    // Whoever waited for it need not be told.
    const unread = async () => (await ask(page, "notifications?unread=true")).data.filter((one) => one.sort === "report_finished");
    await until("nothing is new", async () => (await unread()).length === 0);
  }));

test("another choice ends the run before it, and the first choice can be made again", () =>
  at("owner", async (page) => {
    const busy = await occupied(page, 90_000);
    await page.evaluate(() => history.pushState(null, "", "/reports/work-orders?by=month"));
    await page.getByText("Waiting for its turn").waitFor();
    await until("the address names the run", () => runOf(page) !== null);
    const first = runOf(page);
    await page.getByLabel("By", { exact: true }).selectOption("priority");
    await until("the address names the next run", () => runOf(page) !== null && runOf(page) !== first);
    const second = runOf(page);
    const state = async (run) => (await ask(page, `reports/runs/${run}`)).state;
    await until("the first has ended", async () => (await state(first)) === "cancelled");
    assert.ok(await busy(), "all of that was in the middle");
    assert.notEqual(await state(second), "cancelled");
    await page.getByLabel("By", { exact: true }).selectOption("month");
    await until("the second has ended", async () => (await state(second)) === "cancelled");
    await page.locator(".report-figures dd").first().waitFor({ timeout: 120_000 });
    await until("the address is one to share", () => /reports\/work-orders\?by=month$/.test(page.url()));
    assert.equal(await page.getByText("This report was stopped.").count(), 0);
  }));

test("what is ready is found again by its notification", () =>
  at("staff", async (page) => {
    // Long enough for whoever asked to be told: what was quick is no news.
    const busy = await occupied(page, 90_000);
    await page.evaluate(() => history.pushState(null, "", "/reports/forecast?months=12"));
    await page.getByText("Waiting for its turn").waitFor();
    // Whoever leaves is told.
    await page.evaluate(() => history.pushState(null, "", "/companies"));
    await until("nobody waits for it", async () => !(await busy()), 600);
    const ready = async () => (await ask(page, "notifications")).data.find((one) => one.sort === "report_finished");
    await until("it is told", ready, 200);
    const { record } = await ready();
    assert.equal(record.title, "Sales forecast");
    await visit(page, `/reports/${record.id}`);
    await page.getByRole("heading", { level: 1, name: "Sales forecast" }).waitFor();
    await page.locator(".report-figures dd").first().waitFor();
    assert.equal(await page.getByLabel("Months", { exact: true }).inputValue(), "12");
    await until("the address is one to share", () => runOf(page) === null);
  }));

for (const dark of [false, true]) {
  for (const [name, size] of [["desk", DESK], ["phone", PHONE]]) {
    test(`a report stands on a ${name}, ${dark ? "dark" : "light"}`, () =>
      at(
        "owner",
        async (page) => {
          for (const path of ["/reports", "/reports/won-lost?by=agent", "/reports/site-health"]) {
            await visit(page, path);
            const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
            const { violations } = await new AxeBuilder({ page }).analyze();
            assert.deepEqual(violations.map((one) => `${path}: ${one.id} ${one.nodes[0].html}`), []);
            await page.screenshot({ path: `target/screens/reports-${path.replace(/\W+/g, "-")}-${name}-${dark ? "dark" : "light"}.png` });
          }
        },
        { size, dark, touch: size === PHONE },
      ));
  }
}

