// An office at work: files, twins, views, exports, many rows at once, own fields, roles, people and sessions.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ask, complaints, open, PEOPLE, settled, signedIn, until, visit, watch } from "./larder.mjs";

const house = open();
const at = (who, deed, refused) => house.at(who, deed, { refused });

const headline = (page, name) => page.getByRole("heading", { level: 1, name });

/** A picture of one colour. */
const picture = (page, name, colour) =>
  page
    .evaluate((fill) => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 200 });
      const pen = canvas.getContext("2d");
      pen.fillStyle = fill;
      pen.fillRect(0, 0, 320, 200);
      return canvas.toDataURL("image/png").split(",")[1];
    }, colour)
    .then((drawn) => ({ name, mimeType: "image/png", buffer: Buffer.from(drawn, "base64") }));

test("files come by button and by drop, and pictures are looked at one after the other", () =>
  at("staff", async (page) => {
    const { id } = await ask(page, "companies", { method: "POST", body: { name: "Larkspur Court" } });
    await visit(page, `/companies/${id}`);
    const files = page.getByRole("region", { name: "Files and photos" });
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), files.getByRole("button", { name: "Add files" }).click()]);
    await chooser.setFiles([await picture(page, "front.png", "teal"), await picture(page, "back.png", "maroon")]);
    await files.getByRole("link", { name: "Open back.png" }).waitFor();
    const carried = await page.evaluateHandle(() => {
      const dropped = new DataTransfer();
      dropped.items.add(new File(["Keys at the gate."], "keys.txt", { type: "text/plain" }));
      return dropped;
    });
    const grid = files.getByRole("list");
    await grid.dispatchEvent("dragover", { dataTransfer: carried });
    await grid.dispatchEvent("drop", { dataTransfer: carried });
    await files.getByRole("link", { name: "Open keys.txt" }).waitFor();
    await settled(page);
    assert.equal((await ask(page, `attachments?about_id=${id}`)).data.length, 3);

    const first = files.getByRole("link", { name: "Open front.png" });
    await first.click();
    const large = page.getByRole("dialog");
    const shown = () => large.getByRole("img").getAttribute("alt");
    await large.waitFor();
    assert.equal(await shown(), "front.png");
    await page.screenshot({ path: "target/screens/office-picture.png" });
    await page.keyboard.press("ArrowRight");
    assert.equal(await shown(), "back.png");
    await large.getByText(/^[12] of 2$/).waitFor();
    await page.keyboard.press("ArrowRight");
    assert.equal(await shown(), "front.png", "after the last comes the first");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await shown(), "front.png");
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press("Tab");
      // What has the focus is in the dialog, or nothing of the page has: the browser's own bar is next.
      assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("dialog") !== null));
    }
    await page.keyboard.press("Escape");
    await large.waitFor({ state: "detached" });
    assert.ok(await first.evaluate((link) => link === document.activeElement), "the focus is back where it was");

    await files.getByRole("button", { name: "Delete keys.txt" }).focus();
    await page.keyboard.press("Enter");
    await files.getByRole("link", { name: "Open keys.txt" }).waitFor({ state: "detached" });
  }));

test("two companies that are one are merged", () =>
  at("owner", async (page) => {
    const made = await ask(page, "companies", { method: "POST", body: { name: "Quillmoor Estates", phone: "+44 113 496 0011" } });
    const twin = await ask(page, "companies", { method: "POST", body: { name: "Quillmoor Estates Ltd", website: "https://quillmoor.example" } });
    const site = await ask(page, "sites", { method: "POST", body: { name: "Quillmoor House", company_id: twin.id } });
    await visit(page, `/companies/${made.id}`);
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Find duplicates" }).click();
    const dialog = page.getByRole("dialog", { name: "Find duplicates" });
    await dialog.getByRole("listitem").filter({ hasText: "Quillmoor Estates Ltd" }).getByRole("button", { name: "Compare" }).click();
    await page.screenshot({ path: "target/screens/office-merge.png" });
    await dialog.getByRole("button", { name: "Merge them" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Company merged").waitFor();
    await settled(page);
    const one = await ask(page, `companies/${made.id}`);
    assert.equal(one.website, "https://quillmoor.example", "what only the other knew is kept");
    assert.equal(one.phone, made.phone);
    assert.equal((await ask(page, `sites/${site.id}`)).company_id, made.id);
    await page.getByRole("link", { name: /Quillmoor House/ }).first().waitFor();
    assert.equal((await ask(page, `companies?q=Quillmoor&fields=id`)).data.length, 1);
  }));

test("a view is saved, named anew, shared, opened by its address and deleted", () =>
  at("owner", async (page) => {
    await visit(page, "/work-orders");
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("searchbox", { name: "Which field?" }).fill("Priority");
    await page.keyboard.press("Enter");
    const filter = page.getByRole("form", { name: "Filter" });
    await page.screenshot({ path: "target/screens/office-filter.png" });
    await filter.getByRole("checkbox", { name: "Emergency" }).check();
    await filter.getByRole("button", { name: "Apply" }).click();
    await settled(page);

    const views = page.getByRole("navigation", { name: "Saved views" });
    await views.getByRole("button", { name: "Save this view" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Name" }).fill("Fire brigade");
    await dialog.getByRole("button", { name: "Save" }).click();
    await views.getByRole("link", { name: /^Fire brigade/ }).waitFor();
    await settled(page);
    await views.getByRole("button", { name: "More about the view Fire brigade" }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await dialog.getByRole("textbox", { name: "Name" }).fill("Alarms");
    await dialog.getByRole("button", { name: "Save" }).click();
    await views.getByRole("link", { name: /^Alarms/ }).waitFor();
    await settled(page);
    await views.getByRole("button", { name: "More about the view Alarms" }).click();
    await page.getByRole("menuitem", { name: "Share with everybody" }).click();
    await until("it is shared", async () => (await ask(page, "views?limit=200")).data.some((view) => view.name === "Alarms" && view.shared));
    await settled(page);

    await page.reload();
    await settled(page);
    assert.equal(await views.getByRole("link", { name: /^Alarms/ }).getAttribute("aria-current"), "page");
    assert.match(page.url(), /emergency/);
    const colleague = await signedIn(house.browser, house.larder.url, "staff");
    await colleague.goto(page.url());
    await colleague.getByRole("navigation", { name: "Saved views" }).getByRole("link", { name: /^Alarms/ }).waitFor();
    await colleague.context().close();

    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export" }).click().then(() => page.getByRole("menuitem", { name: "Export as CSV" }).click()),
    ]);
    const lines = readFileSync(await file.path(), "utf8").trim().split(/\r?\n(?=[^\n]*,)/);
    const { groups } = await ask(page, "work-orders/summary?group=priority");
    const wanted = groups.find((group) => group.value === "emergency").count;
    const count = (await ask(page, "work-orders/summary?priority=emergency")).count ?? wanted;
    assert.equal(lines.filter((line) => /,emergency,/.test(line)).length, count, "every row of the filter, and no other");
    assert.ok(!lines.slice(1).some((line) => /,(low|normal|high),/.test(line)));

    await views.getByRole("button", { name: "More about the view Alarms" }).click();
    await page.getByRole("menuitem", { name: "Delete the view" }).click();
    await views.getByRole("link", { name: /^Alarms/ }).waitFor({ state: "detached" });
  }));

test("three rows are changed at once and changed back; a cell is changed where it stands", () =>
  at("owner", async (page) => {
    await visit(page, "/companies?sort=-name");
    const rows = page.getByRole("row").filter({ has: page.getByRole("checkbox", { name: /^Select (?!all)/ }) });
    const names = [];
    for (const i of [0, 1, 2]) {
      names.push(await rows.nth(i).getByRole("link").first().innerText());
      await rows.nth(i).getByRole("checkbox").click();
    }
    const fetched = async () => Promise.all(names.map(async (name) => (await ask(page, `companies?name=${encodeURIComponent(name)}`)).data[0]));
    const before = await fetched();
    const bar = page.getByRole("toolbar", { name: "With the 3 selected rows" });
    await page.screenshot({ path: "target/screens/office-bulk.png" });
    const direct = bar.getByRole("button", { name: /^Set / }).first();
    const label = (await direct.innerText()).trim();
    await direct.click();
    const form = page.getByRole("form", { name: label });
    const field = form.getByRole("combobox");
    if (await field.evaluate((one) => one.tagName === "SELECT")) await field.selectOption({ index: 2 });
    else {
      await field.fill("");
      await field.press("ArrowDown");
      await page.getByRole("listbox").getByRole("option").first().waitFor();
      await field.press("Enter");
    }
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByText("3 companies changed").waitFor();
    const after = await fetched();
    assert.ok(after.every((row, i) => row.version > before[i].version), "all three are changed");
    await page.getByRole("button", { name: "Undo" }).first().click();
    const strip = ({ version: _, updated_at: __, ...row }) => row;
    await until("they are as before", async () => JSON.stringify((await fetched()).map(strip)) === JSON.stringify(before.map(strip)));
    await settled(page);

    await visit(page, "/contacts");
    const cell = page.getByRole("row").nth(1);
    await cell.focus();
    const name = await cell.getByRole("link").first().innerText();
    const at = (await page.getByRole("columnheader").allInnerTexts()).findIndex((text) => text.trim() === "Phone");
    await cell.getByRole("gridcell").nth(at).dblclick();
    const input = cell.getByRole("textbox");
    await input.fill("0113 496 0199");
    await input.press("Enter");
    await until("the cell is kept", async () => (await ask(page, `contacts?name=${encodeURIComponent(name)}&fields=id,phone`)).data[0].phone === "0113 496 0199");
  }));

test("a field of one's own stands on the form at once", () =>
  at("owner", async (page) => {
    await visit(page, "/settings/fields");
    await page.getByRole("button", { name: "Add a field" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Add a field" });
    await dialog.getByRole("textbox", { name: "What it is called" }).fill("Gate colour");
    await dialog.getByRole("combobox", { name: "Belongs to" }).selectOption({ label: "Sites" });
    await dialog.getByRole("combobox", { name: "What it holds" }).selectOption({ label: "Text" });
    await dialog.getByRole("textbox", { name: /Choices/ }).fill("green\nblue");
    await dialog.getByRole("button", { name: "Add a field" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Gate colour").first().waitFor();
    await settled(page);
    const company = (await ask(page, "companies?limit=1&fields=id")).data[0];
    await visit(page, `/sites/new?company_id=${company.id}`);
    await page.getByRole("textbox", { name: /^Name/ }).fill("Heron Gate");
    await page.getByRole("combobox", { name: "Gate colour" }).selectOption({ label: "blue" });
    await page.getByRole("button", { name: "Add site" }).click();
    await headline(page, "Heron Gate").waitFor();
    await settled(page);
    const id = new URL(page.url()).pathname.split("/").pop();
    assert.deepEqual((await ask(page, `sites/${id}`)).custom, { gate_colour: "blue" });
    await page.getByText("Gate colour").first().waitFor();
  }));

test("a role of one's own, and somebody who comes in with it by a link", () =>
  at("owner", async (page) => {
    await visit(page, "/settings/roles/staff");
    await page.getByRole("button", { name: "Make a copy" }).click();
    const copy = page.getByRole("dialog", { name: /^A copy of/ });
    await copy.getByRole("textbox").first().fill("Dispatcher");
    await copy.getByRole("button", { name: "Make a copy" }).click();
    await headline(page, "Dispatcher").or(page.getByRole("heading", { name: "Dispatcher" })).first().waitFor();
    await settled(page);
    await page.screenshot({ path: "target/screens/office-role.png" });
    const see = (many) => page.getByRole("combobox", { name: `See: ${many}`, exact: true });
    for (const many of ["companies", "sites", "work orders"]) await see(many).selectOption({ label: "All" });
    await see("deals").selectOption({ label: "None" });
    await page.getByRole("button", { name: "Save" }).click();
    await until("the role is kept", async () => JSON.stringify((await ask(page, "roles?name=dispatcher")).data).includes("work-orders"));
    await settled(page);

    await visit(page, "/settings/people");
    await page.getByRole("button", { name: "Invite somebody" }).click();
    const invite = page.getByRole("dialog", { name: "Invite somebody" });
    await invite.getByRole("textbox", { name: /^Name/ }).fill("Nell Harrow");
    await invite.getByRole("textbox", { name: /^E-?mail/i }).fill("nell.harrow@northgate.example");
    await invite.getByRole("combobox", { name: "Role" }).selectOption({ label: "Dispatcher" });
    await invite.getByRole("button", { name: "Make an invitation" }).click();
    const link = await page.getByRole("dialog", { name: "The invitation" }).getByRole("textbox").inputValue();

    const context = await house.browser.newContext({ locale: "en-GB" });
    const theirs = await context.newPage();
    watch(theirs);
    await theirs.goto(link);
    await theirs.screenshot({ path: "target/screens/office-join.png" });
    for (const field of await theirs.locator("input[type=password]").all()) await field.fill("harbour-lamp-orchid-7");
    await theirs.getByRole("button").first().click();
    await theirs.goto(house.larder.url);
    await theirs.getByRole("textbox", { name: "E-mail address" }).fill("nell.harrow@northgate.example");
    await theirs.getByRole("textbox", { name: "Password" }).fill("harbour-lamp-orchid-7");
    await theirs.getByRole("button", { name: "Sign in" }).click();
    await theirs.waitForSelector("#main");
    await settled(theirs);
    const rail = theirs.getByRole("navigation").first();
    await rail.getByRole("link", { name: "Work orders" }).waitFor();
    assert.equal(await rail.getByRole("link", { name: "Deals" }).count(), 0);
    await context.close();
  }));

test("a wrong password is said plainly, and other sessions can be ended", async () => {
  const context = await house.browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  watch(page);
  const heard = complaints(page);
  await page.goto(house.larder.url);
  await page.getByRole("textbox", { name: "E-mail address" }).fill(PEOPLE.staff);
  await page.getByRole("textbox", { name: "Password" }).fill("not-the-password");
  await page.getByRole("button", { name: "Sign in" }).click();
  const said = await page.getByRole("alert").innerText();
  assert.match(said, /password|address/i);
  assert.ok(!/\d{3}|error/i.test(said), said);
  await page.screenshot({ path: "target/screens/office-wrong.png" });
  await page.getByRole("textbox", { name: "Password" }).fill("larder-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForSelector("#main");
  await settled(page);
  const elsewhere = await signedIn(house.browser, house.larder.url, "staff");
  await visit(page, "/account");
  const sessions = page.getByRole("region", { name: "Where you are signed in" });
  const others = sessions.getByRole("button", { name: "Sign out there" });
  await others.first().waitFor();
  for (let left = await others.count(); left > 0; left--) {
    await others.first().click();
    await until("one is ended", async () => (await others.count()) === left - 1);
  }
  await sessions.getByText("This browser").waitFor();
  const answer = await elsewhere.request.get(`${house.larder.url}/api/v1/auth/me`);
  assert.equal(answer.status(), 401);
  await elsewhere.context().close();
  await settled(page);
  assert.deepEqual(heard, []);
  await context.close();
});
