// A customer's day: sees what is theirs and nothing else, asks for a visit, and knows whose house this is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, AxeBuilder, complaints, DESK, open, PHONE, settled, signedIn, until, visit } from "./larder.mjs";

const house = open();

/** A picture as people have it on their disk. */
const png = async (page) => {
  const drawn = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 64 });
    canvas.getContext("2d").fillRect(16, 16, 32, 32);
    return canvas.toDataURL("image/png").split(",")[1];
  });
  return { name: "logo.png", mimeType: "image/png", buffer: Buffer.from(drawn, "base64") };
};

test("a customer sees only what is theirs, asks for a visit and finds it again", async () => {
  const page = await signedIn(house.browser, house.larder.url, "client");
  const heard = complaints(page);
  await settled(page);
  const [mine] = (await ask(page, "companies?fields=id,name")).data;
  for (const kind of ["sites", "equipment", "work-orders", "certificates"]) {
    const { data } = await ask(page, `${kind}?limit=100&fields=id,company_id`);
    assert.ok(data.length > 0, kind);
    assert.ok(data.every((row) => row.company_id === mine.id), `${kind} of one company`);
  }
  for (const place of ["Sites", "Equipment", "Jobs", "Certificates", "Reports", "Overview"]) {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: place }).click();
    await settled(page);
    await page.screenshot({ path: `target/screens/client-${place.toLowerCase()}.png` });
  }
  assert.equal(await page.getByRole("link", { name: /Deals|Companies|Settings/ }).count(), 0);
  await visit(page, "/deals");
  await page.getByRole("heading", { level: 1, name: "There is nothing under this address" }).waitFor();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Overview" }).click();

  await page.getByRole("link", { name: "New request" }).click();
  await page.getByRole("heading", { level: 1, name: "What can we do for you?" }).waitFor();
  const send = page.getByRole("button", { name: "Send request" });
  await settled(page);
  await send.click();
  await page.getByText("Say in a few words what it is about.").waitFor();
  const what = page.getByRole("textbox", { name: "What is it about" });
  assert.ok(await what.evaluate((input) => input === document.activeElement));
  await what.fill("Car light flickers");
  const where = page.getByRole("combobox", { name: "Where" });
  await where.selectOption({ index: 1 });
  await settled(page);
  await page.getByRole("combobox", { name: "Which machine" }).selectOption({ index: 1 });
  await page.getByRole("textbox", { name: "Tell us more" }).fill("Since this morning, worst in the evening.");
  await page.screenshot({ path: "target/screens/client-request.png" });
  await send.click();
  await page.getByRole("heading", { level: 1, name: "Thank you, we have it" }).waitFor();
  await settled(page);
  const number = /WO-[\d-]+\d/.exec(await page.getByText(/^Your request is/).innerText())[0];
  await page.screenshot({ path: "target/screens/client-placed.png" });
  await page.getByRole("link", { name: "All jobs" }).click();
  await page.getByRole("link", { name: /Car light flickers/ }).click();
  await page.getByText(`Job ${number}`).waitFor();
  await settled(page);

  // The office sees it, and says so by a status that the customer then sees.
  const desk = await signedIn(house.browser, house.larder.url, "owner");
  const [order] = (await ask(desk, `work-orders?number=${number}`)).data;
  assert.equal(order.title, "Car light flickers");
  assert.equal(order.company_id, mine.id);
  await desk.context().close();
  assert.deepEqual(heard, []);
  await page.context().close();
});

const TITLES = { "work-orders": "Work orders", "equipment-due": "Equipment due", compliance: "Compliance" };

for (const dark of [false, true]) {
  for (const [name, size] of [["desk", DESK], ["phone", PHONE]]) {
    test(`a customer reads the reports on what is theirs, on a ${name}, ${dark ? "dark" : "light"}`, () =>
      house.at(
        "client",
        async (page) => {
          if (name === "phone") {
            await page.getByRole("button", { name: "Menu" }).click();
            await page.getByRole("menuitem", { name: "Reports" }).click();
          } else await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Reports" }).click();
          await settled(page);
          assert.deepEqual(await page.locator(".report-card b").allInnerTexts(), Object.values(TITLES));
          const look = async (at) => {
            const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.ok(wide <= 0, `${at} is ${wide} px too wide`);
            const { violations } = await new AxeBuilder({ page }).analyze();
            assert.deepEqual(violations.map((one) => `${at}: ${one.id} ${one.nodes[0].html}`), []);
            await page.screenshot({ path: `target/screens/client-${at}-${name}-${dark ? "dark" : "light"}.png` });
          };
          await look("reports");
          for (const [report, title] of Object.entries(TITLES)) {
            await visit(page, "/reports");
            await page.getByRole("link", { name: `Open ${title}` }).click();
            await page.getByRole("heading", { level: 1, name: title }).waitFor();
            await settled(page);
            await page.getByText("Only records that you may see are counted.").waitFor();
            assert.equal(await page.getByLabel("Company", { exact: true }).count(), 0, "there is one company");
            await look(`report-${report}`);
          }
          // A machine of the table leads to its own page in the client area.
          await visit(page, "/reports/equipment-due?within=90");
          const first = page.getByRole("region", { name: "Table", exact: true }).locator("tbody a").first();
          const machine = await first.innerText();
          await first.click();
          await page.getByRole("heading", { level: 1, name: machine }).waitFor();
        },
        { size, dark, touch: size === PHONE },
      ));
  }
}

test("the owner's logo greets the customer, and a PDF opens in the browser", async () => {
  const owner = await signedIn(house.browser, house.larder.url, "owner");
  const heard = complaints(owner);
  await visit(owner, "/settings/business");
  await owner.getByLabel("Choose a picture").setInputFiles(await png(owner));
  await owner.getByRole("img", { name: "Logo" }).waitFor();
  await settled(owner);
  await owner.screenshot({ path: "target/screens/client-logo-set.png" });
  await until("the logo is drawn", () => owner.getByRole("img", { name: "Logo" }).evaluate((img) => img.complete && img.naturalWidth === 64));

  const page = await signedIn(house.browser, house.larder.url, "client");
  await settled(page);
  const brand = page.getByRole("banner").getByRole("link").first();
  await until("the logo is drawn", () => brand.locator("img").evaluate((img) => img.complete && img.naturalWidth === 64).catch(() => false));
  await page.screenshot({ path: "target/screens/client-logo.png" });
  await page.context().close();

  const [order] = (await ask(owner, "work-orders?limit=1&fields=id")).data;
  await visit(owner, `/work-orders/${order.id}`);
  const files = owner.getByRole("region", { name: "Files and photos" });
  await files.getByLabel("Add files").setInputFiles({ name: "plan.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") });
  const link = files.getByRole("link", { name: "Open plan.pdf" });
  await link.waitFor();
  const answer = await owner.request.get(new URL(await link.getAttribute("href"), house.larder.url).href);
  assert.equal(answer.headers()["content-type"], "application/pdf");
  assert.match(answer.headers()["content-disposition"], /^inline/);
  assert.equal(await link.getAttribute("target"), "_blank");

  await visit(owner, "/settings/business");
  await owner.getByRole("button", { name: "Take it away" }).click();
  await owner.getByRole("img", { name: "Logo" }).waitFor({ state: "detached" });
  await settled(owner);
  assert.deepEqual(heard, []);
  await owner.context().close();
});
