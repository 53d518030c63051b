// Webhooks: a chat is set up, tested, fails, and is looked up in its log.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { ask, AxeBuilder, open, PHONE, settled, until, visit } from "./larder.mjs";

// The receiver of this test stands on this machine; a busy server would tell it of alerts of its own.
process.env.LARDER_WEBHOOKS_ALLOW_PRIVATE = "true";
process.env.LARDER_METRICS_ENABLED = "false";
const { at } = open();
const receiver = { status: 200, posts: [] };

before(async () => {
  receiver.server = createServer((request, response) => {
    let body = "";
    request.on("data", (bytes) => (body += bytes));
    request.on("end", () => {
      receiver.posts.push({ headers: request.headers, body: JSON.parse(body) });
      response.writeHead(receiver.status).end(receiver.status === 200 ? "ok" : "<html><head><title>Oops</title></head><body><h1>no_service</h1></body></html>");
    });
  });
  await new Promise((done) => receiver.server.listen(0, "127.0.0.1", done));
  receiver.url = `http://127.0.0.1:${receiver.server.address().port}/services/T0/secretpath`;
});
after(() => receiver.server.close());

const looks = async (page, name) => {
  await settled(page);
  await page.screenshot({ path: `target/screens/webhooks-${name}.png`, fullPage: true });
  const found = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(found.violations.map((v) => v.id), []);
};

test("an owner sets a chat up and sees that a test arrives", () =>
  at("owner", async (page) => {
    // X09, D34
    await visit(page, "/settings/webhooks");
    await page.getByText("Nobody is told yet").waitFor();
    await looks(page, "empty");
    await page.getByRole("button", { name: "Add a webhook" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Desk chat");
    // Nobody is told of one alert twice who did not ask for it.
    assert.equal(await dialog.getByLabel("An alert of the server that turns critical").isChecked(), false);
    await dialog.getByLabel("Address").fill("nonsense");
    await dialog.getByRole("button", { name: "Add a webhook" }).click();
    await dialog.getByText("Give a whole address").waitFor();
    await looks(page, "dialog");
    await dialog.getByLabel("Address").fill(receiver.url);
    await dialog.getByRole("button", { name: "Add a webhook" }).click();
    await dialog.waitFor({ state: "detached" });
    const line = page.getByRole("link", { name: /Desk chat/ });
    await line.waitFor();
    assert.equal(await page.getByText("secretpath").count(), 0, "an address is a secret");
    await looks(page, "list");
    await line.click();
    await page.getByRole("button", { name: "Send a test" }).click();
    await page.getByText(/The test arrived/).waitFor();
    assert.equal(receiver.posts.length, 1);
    assert.match(receiver.posts[0].body.text, /This is a test from Larder/);
    await page.getByRole("region", { name: "What was sent" }).getByText("Delivered").waitFor();
    await page.getByText("Works", { exact: true }).waitFor();
    await looks(page, "one");
  }, { refused: [422] }));

test("a program is given a secret, which is shown again on request alone", () =>
  at("owner", async (page) => {
    await visit(page, "/settings/webhooks");
    await page.getByRole("button", { name: "Add a webhook" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Our program");
    await dialog.getByLabel("What is at the other end").selectOption("standard");
    await dialog.getByLabel("Address").fill(receiver.url);
    await dialog.getByRole("button", { name: "Add a webhook" }).click();
    const secret = await page.getByRole("dialog").getByLabel("Secret", { exact: true }).inputValue();
    assert.match(secret, /^whsec_/);
    await looks(page, "secret");
    // All of it is in sight, and it is called copied once it is.
    for (const label of ["Address", "Secret"]) {
      const field = page.getByRole("dialog").getByLabel(label, { exact: true });
      assert.ok(await field.evaluate((one) => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight), `all of the ${label}`);
    }
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true }));
    await page.getByRole("button", { name: "Copy: Secret" }).click();
    await page.getByText(/^It is selected, .* Press Ctrl C/).waitFor();
    assert.equal(await page.getByText("Copied").count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)), secret);
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
    await page.getByRole("link", { name: /Our program/ }).click();
    await page.getByRole("button", { name: "What can be done with Our program" }).click();
    await page.getByRole("menuitem", { name: "Show address and secret" }).click();
    const shown = page.getByRole("dialog").getByLabel("Secret", { exact: true });
    await shown.waitFor();
    assert.equal(await shown.inputValue(), secret);
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  }));

test("a receiver that fails is said to, a message is sent again, and switched off it gets none", () =>
  at("owner", async (page) => {
    // D35
    receiver.status = 500;
    await visit(page, "/settings/webhooks");
    await page.getByRole("link", { name: /Desk chat/ }).click();
    await page.getByRole("button", { name: "Send a test" }).click();
    await page.getByText("The test did not arrive. It answered with the status 500.").waitFor();
    const log = page.getByRole("region", { name: "What was sent" });
    await log.getByText("Not delivered").waitFor();
    await log.getByText("It said: no_service").waitFor();
    await looks(page, "failed");
    receiver.status = 200;
    const had = receiver.posts.length;
    await log.getByRole("button", { name: /^Send again/ }).first().click();
    await until("it arrives", () => receiver.posts.length > had);
    await until("the log says so", async () => (await log.getByText("Delivered", { exact: true }).count()) === 2, 120);
    await page.getByRole("button", { name: "What can be done with Desk chat" }).click();
    await page.getByRole("menuitem", { name: "Switch off" }).click();
    await page.getByText("Switched off", { exact: true }).waitFor();
    assert.equal((await ask(page, "webhooks")).data.find((one) => one.name === "Desk chat").enabled, false);
  }));

test("it fits a phone, by night too, and is removed", () =>
  at(
    "owner",
    async (page) => {
      await visit(page, "/settings/webhooks");
      await page.getByRole("link", { name: /Desk chat/ }).waitFor();
      await looks(page, "phone");
      await page.getByRole("link", { name: /Desk chat/ }).click();
      await page.getByRole("region", { name: "What was sent" }).getByText("Delivered").first().waitFor();
      await looks(page, "phone-one");
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= PHONE.width, `${wide} wide`);
      await page.getByRole("button", { name: "What can be done with Desk chat" }).click();
      await page.getByRole("menuitem", { name: "Remove" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
      await page.getByText("Desk chat was removed").waitFor();
      assert.deepEqual((await ask(page, "webhooks")).data.map((one) => one.name), ["Our program"]);
    },
    { size: PHONE, dark: true, touch: true },
  ));

test("nobody but an owner finds it", () =>
  at("staff", async (page) => {
    await visit(page, "/settings/webhooks");
    assert.equal(await page.getByText("Webhooks").count(), 0);
  }));
