// Being told: work that somebody gives you, your name in a comment, the bell, and what you want to hear.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, AxeBuilder, open, PHONE, settled, until, visit } from "./larder.mjs";

const house = open();
const { at } = house;
const bell = (page) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Notifications/ }).filter({ visible: true });
const lines = (page) => page.getByRole("list", { name: "Notifications" }).getByRole("listitem");

test("whoever is given work sees it on the bell, opens it, and has seen it", async () => {
  let task;
  await at("owner", async (page) => {
    const sarah = (await ask(page, "users?name=Sarah Oldroyd&limit=1")).data[0].id;
    task = (await ask(page, "tasks", { method: "POST", body: { title: "Order the new door drives", assignee_id: sarah } })).id;
    await ask(page, "tasks", { method: "POST", body: { title: "Ring the caretaker", assignee_id: sarah } });
  });
  await at("staff", async (page) => {
    await bell(page).getByText("unread").waitFor();
    await page.screenshot({ path: "target/screens/notifications-bell.png" });
    await bell(page).click();
    await page.getByRole("heading", { level: 1, name: "Notifications" }).waitFor();
    const line = lines(page).filter({ hasText: "Order the new door drives" });
    assert.match(await line.innerText(), /Graham Pell gave you Order the new door drives/);
    await line.getByRole("img", { name: "New" }).waitFor();
    await until("they are marked as read", async () => (await ask(page, "notifications")).unread === 0);
    await bell(page).getByText("unread").waitFor({ state: "detached" });
    await page.screenshot({ path: "target/screens/notifications.png" });
    assert.deepEqual((await new AxeBuilder({ page }).analyze()).violations.map((v) => v.id), []);
    await line.getByRole("link", { name: "Order the new door drives" }).click();
    await page.getByRole("heading", { level: 1, name: "Order the new door drives" }).waitFor();
    assert.match(page.url(), new RegExp(`/tasks/${task}$`));
  });
});

test("a name is picked behind an @, and whoever bears it is told", async () => {
  let company;
  await at("owner", async (page) => {
    company = (await ask(page, "companies", { method: "POST", body: { name: "Larkspur Court" } })).id;
    await visit(page, `/companies/${company}`);
    const field = page.getByRole("textbox", { name: "Write a comment" });
    await field.fill("Please ring them, ");
    await field.press("End");
    await field.pressSequentially("@old");
    const names = page.getByRole("listbox", { name: "Whom to mention" });
    await names.getByRole("option", { name: /Sarah Oldroyd/ }).waitFor();
    await page.screenshot({ path: "target/screens/notifications-mention.png" });
    await field.press("Enter");
    assert.equal(await field.inputValue(), "Please ring them, @Sarah Oldroyd ");
    await names.waitFor({ state: "detached" });
    await field.press("Enter");
    await page.getByText("@Sarah Oldroyd", { exact: true }).waitFor();
    const [note] = (await ask(page, `notes?about_kind=companies&about_id=${company}`)).data;
    assert.equal(note.mentions.length, 1);
  });
  await at(
    "staff",
    async (page) => {
      await bell(page).click();
      const line = lines(page).filter({ hasText: "Larkspur Court" });
      assert.match(await line.innerText(), /Graham Pell mentioned you in a comment on Larkspur Court/);
      await settled(page);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
      await page.screenshot({ path: "target/screens/notifications-phone.png" });
      await line.getByRole("link").click();
      await page.getByRole("heading", { level: 1, name: "Larkspur Court" }).waitFor();
    },
    { size: PHONE, touch: true, dark: true },
  );
});

test("one chooses what one is told, and an empty page says what will stand there", () =>
  at("owner", async (page) => {
    await visit(page, "/notifications");
    await page.getByText("Nothing to tell you yet").waitFor();
    await page.screenshot({ path: "target/screens/notifications-empty.png" });
    await page.getByRole("link", { name: "Choose what you are told" }).click();
    const choice = page.getByLabel("Somebody mentions you in a comment");
    await page.getByText("This server sends no e-mail.").waitFor();
    assert.deepEqual(await choice.locator("option").allInnerTexts(), ["Here", "Not at all"]);
    await choice.selectOption("Not at all");
    await page.getByText("Saved", { exact: true }).waitFor();
    await page.screenshot({ path: "target/screens/notifications-settings.png" });
    assert.equal((await ask(page, "notifications/settings")).mentioned, "none");
    assert.deepEqual((await new AxeBuilder({ page }).analyze()).violations.map((v) => v.id), []);
  }));
