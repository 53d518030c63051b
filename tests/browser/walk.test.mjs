// Every screen, as an owner, a technician and a client, at a desk and on a phone, light and dark:
// nothing that axe objects to, nothing in the console, nothing wider than the window.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AxeBuilder, complaints, DESK, open, PHONE, settled, signedIn, visit } from "./larder.mjs";

const OFFICE = [
  "/", "/companies", "/sites", "/contacts", "/deals", "/deals/board", "/equipment", "/work-orders", "/work-orders/board",
  "/tasks", "/contractors", "/stock-items", "/certificates", "/calendar", "/dispatch", "/import", "/companies/new",
  "/work-orders/new", "/settings", "/settings/people", "/settings/roles", "/settings/fields", "/settings/stages", "/settings/chores",
  "/reports", "/reports/forecast", "/health", "/account", "/more",
];
const SCREENS = {
  owner: OFFICE,
  technician: ["/today", "/", "/work-orders", "/equipment", "/sites", "/tasks", "/calendar", "/account", "/more"],
  client: ["/", "/sites", "/equipment", "/work-orders", "/certificates", "/account", "/more"],
};
/** Kinds of which the first record is opened too. */
const RECORDS = { owner: ["companies", "sites", "deals", "equipment", "work-orders"], technician: ["work-orders"], client: ["equipment"] };

const house = open();

describe("every screen", { concurrency: 2 }, () => {
  for (const who of Object.keys(SCREENS)) {
    for (const [size, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
      for (const theme of ["light", "dark"]) {
        test(`a ${who} finds every screen in order: ${size}, ${theme}`, async () => {
          const page = await signedIn(house.browser, house.larder.url, who, { size: viewport, dark: theme === "dark" });
          const heard = complaints(page);
          const wrong = [];
          const records = await Promise.all(
            RECORDS[who].map((kind) =>
              page.evaluate(async (k) => (await (await fetch(`/api/v1/${k}?limit=1&fields=id`)).json()).data[0]?.id, kind),
            ),
          );
          const opened = RECORDS[who].flatMap((kind, i) => (records[i] ? [`/${kind}/${records[i]}`] : []));
          for (const path of [...SCREENS[who], ...opened]) {
            await visit(page, path);
            const name = path.replaceAll("/", "-").replace(/-[0-9a-f]{8}-.*/, "-record").slice(1) || "home";
            await page.screenshot({ path: `target/screens/${who}-${name}-${size}-${theme}.png` });
            const { violations } = await new AxeBuilder({ page }).analyze();
            for (const found of violations) {
              wrong.push(`${path}: ${found.id}: ${found.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`);
            }
            const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            if (wide > 0) wrong.push(`${path}: ${wide} px wider than the window`);
          }
          await settled(page);
          assert.deepEqual(wrong, []);
          assert.deepEqual(heard, []);
          await page.context().close();
        });
      }
    }
  }
});
