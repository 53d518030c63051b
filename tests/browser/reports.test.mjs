// Reports: opened, asked otherwise, read as chart and as table, saved as files; at a desk and on a phone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { AxeBuilder, DESK, PHONE, settled, sitting, startBrowser, startLarder, visit } from "./larder.mjs";

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

let larder;
let browser;
before(async () => {
  larder = await startLarder();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await larder?.stop();
});

const at = (who, deed, looks) => sitting(browser, larder.url, who, deed, looks);
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

