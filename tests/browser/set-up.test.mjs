// An empty server: from the printed link to a team that can begin.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, complaints, settled, startBrowser, startEmpty, watch } from "./larder.mjs";

let larder;
let browser;
before(async () => {
  larder = await startEmpty();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await larder?.stop();
});

test("the printed link leads to a business with data and people", async () => {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 }, timezoneId: "Europe/London" });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  watch(page);
  const heard = complaints(page, [422]);

  await page.goto(larder.url);
  await page.getByRole("heading", { name: "Larder waits to be set up." }).waitFor();
  await page.goto(larder.link);
  await page.screenshot({ path: "target/screens/set-up-form.png", fullPage: true });
  const field = (name) => page.getByLabel(name);
  assert.equal(await page.locator("option[value='Europe/London']").count(), 1, "zones are proposed");
  await field(/business|company/i).first().fill("Harbour Lifts");
  await field(/^Your name/i).fill("Ines Calder");
  await field(/^E-?mail/i).fill("ines@harbour.example");
  await field(/^Password/i).fill("short");
  await field(/time zone/i).fill("Europe/Lodon");
  await field(/currency/i).fill("EUR");
  await page.getByRole("button", { name: "Set up Larder" }).click();
  await page.screenshot({ path: "target/screens/set-up-refused.png", fullPage: true });
  assert.equal(await field(/business|company/i).first().inputValue(), "Harbour Lifts", "what was typed stays");
  await field(/time zone/i).fill("Europe/London");
  await field(/^Password/i).fill("anchor-lamp-orchid-7");
  await page.getByRole("button", { name: "Set up Larder" }).click();
  await page.getByRole("heading", { name: "Larder is set up." }).waitFor();
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("textbox", { name: "E-mail address" }).fill("ines@harbour.example");
  await page.getByRole("textbox", { name: "Password" }).fill("anchor-lamp-orchid-7");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForSelector("#main");
  await settled(page);
  await page.screenshot({ path: "target/screens/set-up-first.png" });
  const tenant = (await ask(page, "auth/me")).tenant;
  assert.deepEqual([tenant.name, tenant.zone, tenant.currency], ["Harbour Lifts", "Europe/London", "EUR"]);

  const steps = page.getByRole("region", { name: "Welcome, Ines" });
  await steps.getByText("Days are counted in Europe/London, money in EUR.").waitFor();
  await steps.getByRole("link", { name: "Import a file" }).click();
  await page.getByLabel("Choose a file").setInputFiles({ name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from("Name,Phone\nWharf House,0113 496 0101\nQuay Court,0113 496 0102\n") });
  await page.getByRole("region", { name: "What is in each row of customers.csv?" }).getByRole("button", { name: /^Companies/ }).click();
  await page.getByRole("button", { name: "Check the rows" }).click();
  await page.getByRole("button", { name: "Import 2 companies" }).click();
  await page.getByRole("heading", { name: "2 companies imported" }).waitFor();
  await page.getByRole("link", { name: "Show the companies" }).click();
  await page.getByRole("link", { name: "Wharf House" }).waitFor();
  await settled(page);

  await page.getByRole("link", { name: "Settings" }).first().click();
  await page.getByRole("link", { name: "People" }).click();
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const invite = page.getByRole("dialog", { name: "Invite somebody" });
  await invite.getByRole("textbox", { name: /^Name/ }).fill("Otis Vane");
  await invite.getByRole("textbox", { name: /^E-?mail/i }).fill("otis@harbour.example");
  await invite.getByRole("button", { name: "Make an invitation" }).click();
  const link = await page.getByRole("dialog", { name: "The invitation" }).getByRole("textbox").inputValue();
  assert.ok(link.startsWith(larder.url), link);
  await settled(page);

  const again = await page.request.get(larder.link);
  assert.equal(again.status(), 410, "the printed link works once");
  assert.deepEqual(heard, []);
  await context.close();
});
