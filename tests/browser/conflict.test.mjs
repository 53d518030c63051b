// Two people change one record: the second is asked, and loses nothing that was typed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, settled, signedIn, visit } from "./larder.mjs";

const house = open();

test("the second of two editors decides field by field", async () => {
  const sarah = await signedIn(house.browser, house.larder.url, "staff");
  const graham = await signedIn(house.browser, house.larder.url, "owner");
  const id = await graham.evaluate(async () => (await (await fetch("/api/v1/companies?limit=1&fields=id")).json()).data[0].id);
  for (const page of [sarah, graham]) {
    await visit(page, `/companies/${id}/edit`);
    await page.waitForSelector("form");
  }
  await sarah.getByLabel("Name", { exact: false }).first().fill("Sarah’s name");
  await sarah.getByRole("button", { name: /save/i }).first().click();
  await settled(sarah);
  await graham.getByLabel("Name", { exact: false }).first().fill("Graham’s name");
  await graham.getByRole("button", { name: /save/i }).first().click();
  const dialog = graham.getByRole("dialog");
  await dialog.waitFor();
  const text = await dialog.innerText();
  assert.match(text, /Sarah’s name/);
  assert.match(text, /Graham’s name/);
  await graham.screenshot({ path: "target/screens/conflict-desk-light.png" });
  await sarah.context().close();
  await graham.context().close();
});
