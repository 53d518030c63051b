// A technician's day on a phone: one visit from the start to the signed job sheet, and all of it kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, AxeBuilder, complaints, open, PHONE, settled, signedIn, until, visit } from "./larder.mjs";

const house = open();

/** A picture as a camera gives it, drawn by the browser itself. */
async function photo(page) {
  const drawn = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "steelblue";
    pen.fillRect(0, 0, 640, 480);
    pen.fillStyle = "white";
    pen.fillRect(200, 120, 240, 240);
    return canvas.toDataURL("image/jpeg").split(",")[1];
  });
  return { name: "door.jpg", mimeType: "image/jpeg", buffer: Buffer.from(drawn, "base64") };
}

/** Every control that can be touched is large enough for a thumb. */
const tooSmall = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("#main button, #main a.btn, dialog button, #main input:not([type=file]), .thumb button")]
      .filter((one) => one.checkVisibility() && !one.closest(".hidden-visually"))
      .map((one) => ({ name: one.getAttribute("aria-label") ?? one.textContent.trim(), box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 44 || box.width < 44))
      .map(({ name, box }) => `${name}: ${Math.round(box.width)} × ${Math.round(box.height)}`),
  );

test("a visit from the start to the signature, and all of it is kept", async () => {
  const page = await signedIn(house.browser, house.larder.url, "technician", { size: PHONE, touch: true });
  const heard = complaints(page);
  const small = new Set();
  const look = async (name) => {
    await settled(page);
    await page.screenshot({ path: `target/screens/technician-${name}.png`, fullPage: true });
    for (const one of await tooSmall(page)) small.add(`${name}: ${one}`);
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(violations.map((found) => `${name}: ${found.id}: ${found.nodes[0].target}`), []);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)) <= 0, `${name} is as wide as the phone`);
  };
  await page.getByRole("navigation").getByRole("link", { name: "Today" }).tap();
  await look("today");
  // The next one that has not begun: what the round holds depends on the time of the day.
  const me = (await ask(page, "auth/me")).user.id;
  const waiting = (await ask(page, `work-orders?assigned_to=${me}&status=assigned&sort=scheduled_at&limit=50`)).data;
  const { id, title } = waiting.find((order) => order.checklist?.length > 0 && order.scheduled_at);
  const stop = page.getByRole("region", { name: "All stops in order" }).getByRole("link").filter({ hasText: title });
  if (await stop.count()) await stop.first().tap();
  else await visit(page, `/today/${id}`);
  await page.waitForURL(`**/today/${id}`);
  const kept = () => ask(page, `work-orders/${id}`);
  const about = (kind) => ask(page, `${kind}?about_kind=work-orders&about_id=${id}`).then((all) => all.data);
  const before = { files: (await about("attachments")).length, notes: (await about("notes")).length };
  await settled(page);
  await page.getByRole("button", { name: /^Start work/ }).first().tap();
  await until("the work has begun", async () => (await kept()).status === "in_progress");
  await look("begun");

  const steps = page.getByRole("checkbox");
  const all = await steps.count();
  assert.ok(all > 0, "the job has steps");
  for (let i = 0; i < all; i++) if ((await steps.nth(i).getAttribute("aria-checked")) === "false") await steps.nth(i).tap();
  await until("every step is ticked", async () => (await kept()).checklist.every((step) => step.done));

  await page.getByRole("button", { name: "Add a part" }).tap();
  const parts = page.getByRole("dialog", { name: "Add a part" });
  await parts.getByRole("list", { name: "Which part" }).getByRole("button").first().tap();
  await parts.getByRole("button", { name: "One more" }).tap();
  await look("part");
  await parts.getByRole("button", { name: "Add", exact: true }).tap();
  await parts.waitFor({ state: "detached" });
  await until("the part is noted", async () => (await ask(page, `part-logs?work_order_id=${id}`)).data.some((log) => log.quantity === 2));

  await page.getByRole("button", { name: "Write a note" }).tap();
  const note = page.getByRole("dialog", { name: "Write a note" });
  await note.getByRole("textbox", { name: "Note" }).fill("The key hangs behind the second door.");
  await note.getByRole("button", { name: "Add" }).tap();
  await note.waitFor({ state: "detached" });
  await page.getByText("The key hangs behind the second door.").first().waitFor();
  assert.equal((await about("notes")).length, before.notes + 1);

  await page.getByLabel("Take a photo").first().setInputFiles(await photo(page));
  await until("the photo is kept", async () => (await about("attachments")).length === before.files + 1);
  await settled(page);
  await page.getByRole("link", { name: "Open door.jpg" }).tap();
  await page.getByRole("dialog", { name: "Picture door.jpg" }).waitFor();
  await look("picture");
  await page.getByRole("dialog", { name: "Picture door.jpg" }).getByRole("button", { name: "Close" }).tap();

  await page.getByRole("button", { name: "Get a signature" }).tap();
  const sign = page.getByRole("dialog", { name: "Get a signature" });
  const save = sign.getByRole("button", { name: "Save signature" });
  await sign.getByRole("textbox", { name: "Name of who signs" }).fill("Ada Quill");
  assert.ok(await save.isDisabled(), "an empty pad is no signature");
  const pad = await sign.getByRole("img", { name: "Sign here with a finger or the mouse" }).boundingBox();
  await page.mouse.move(pad.x + 30, pad.y + pad.height / 2);
  await page.mouse.down();
  for (let x = 30; x < pad.width - 30; x += 12) await page.mouse.move(pad.x + x, pad.y + pad.height / 2 + 24 * Math.sin(x / 14));
  await page.mouse.up();
  await look("sign");
  await save.tap();
  await sign.waitFor({ state: "detached" });
  await until("the signature is kept", async () => (await about("attachments")).some((file) => file.name === "Signature of Ada Quill.png"));
  await settled(page);

  // An hour passes at the site.
  await page.evaluate(() => {
    const name = Object.keys(localStorage).find((key) => key.startsWith("larder.timer."));
    const run = JSON.parse(localStorage.getItem(name));
    localStorage.setItem(name, JSON.stringify({ ...run, since: new Date(Date.now() - 60 * 60_000).toISOString() }));
    dispatchEvent(new StorageEvent("storage", { key: name }));
  });
  await page.getByRole("button", { name: "Finish" }).tap();
  const finish = page.getByRole("dialog", { name: "Finish this job" });
  await finish.getByRole("textbox", { name: "What was done" }).fill("Replaced the door shoe and adjusted the closer.");
  await look("finish");
  await finish.getByRole("button", { name: "Finish" }).tap();
  await finish.waitFor({ state: "detached" });
  const done = await kept();
  assert.equal(done.status, "completed");
  assert.equal(done.resolution, "Replaced the door shoe and adjusted the closer.");
  const minutes = (await ask(page, `time-logs?work_order_id=${id}`)).data.map((log) => log.minutes);
  assert.ok(minutes.includes(60), `an hour is noted: ${minutes}`);
  await look("done");

  await page.goto(`${house.larder.url}/today/${id}`);
  await settled(page);
  await page.emulateMedia({ media: "print" });
  const paper = await page.locator("article.sheet").innerText();
  for (const said of ["Job sheet", done.number, "Replaced the door shoe", "The key hangs behind the second door.", "Ada Quill", "2 ×", "60 min|1 h"]) {
    assert.match(paper, new RegExp(said));
  }
  assert.ok(await page.locator("article.sheet img").evaluate((img) => img.complete && img.naturalWidth > 0), "the signature is on the paper");
  await page.screenshot({ path: "target/screens/technician-sheet.png", fullPage: true });
  await page.emulateMedia({ media: "screen" });

  assert.deepEqual([...small], []);
  assert.deepEqual(heard, []);
  await page.context().close();
});
