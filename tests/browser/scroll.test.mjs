// A list of 100,000 pieces of equipment, scrolled from its top to its end as fast as it goes: no more
// rows in the page than the window shows plus 20, rows in sight in every frame, and as much memory
// at the end as at the start.
//   LARDER_URL    a server that runs already; a debug build needs a minute or two to make the demo
//   LARDER_ROWS   stop after so many rows, for a quick look
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, settled, signedIn, visit } from "./larder.mjs";

const ROWS = Number(process.env.LARDER_ROWS ?? 100_000);
/** The demo's 5,000, as many times as it takes. */
const SCALE = Math.ceil(ROWS / 5_000);
const MEGABYTE = 1_000_000;

const house = open(SCALE);

/** What the tab holds when nothing is left to collect, in bytes. */
async function heap(devtools) {
  await devtools.send("HeapProfiler.collectGarbage");
  return (await devtools.send("Runtime.getHeapUsage")).usedSize;
}

/** Runs in the page: one window further in each frame, or to the end of what is read, until `rows` are. */
function scrollThrough(rows) {
  const scroller = document.querySelector(".list-scroll");
  const rowHeight = parseFloat(getComputedStyle(scroller).getPropertyValue("--row-h"));
  const head = scroller.querySelector("thead").offsetHeight;
  const sight = scroller.clientHeight - head;
  const seen = { frames: 0, mostRows: 0, visible: Math.ceil(sight / rowHeight) + 1, bare: 0, blank: 0, longestBlank: 0, longestFrame: 0, slowFrames: 0, reached: 0 };
  /** At the top, in the middle and at the foot stands neither a row nor the line that says more is coming. */
  const blank = () => {
    const box = scroller.getBoundingClientRect();
    const spots = [0.02, 0.5, 0.98].map((share) => box.top + head + share * sight);
    return spots.some((y) => !document.elementFromPoint(box.left + 100, y)?.closest("tr.row, .list-more"));
  };
  return new Promise((done) => {
    let last = performance.now();
    let blankSince = null;
    const frame = (now) => {
      seen.frames += 1;
      seen.longestFrame = Math.max(seen.longestFrame, now - last);
      if (now - last > 100) seen.slowFrames += 1;
      last = now;
      seen.mostRows = Math.max(seen.mostRows, scroller.querySelectorAll("tbody tr.row").length);
      if (scroller.querySelector("tr.bare")) seen.bare += 1;
      if (blank()) {
        seen.blank += 1;
        blankSince ??= now;
      } else {
        if (blankSince !== null) seen.longestBlank = Math.max(seen.longestBlank, now - blankSince);
        blankSince = null;
      }
      const end = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1;
      seen.reached = Math.floor((scroller.scrollTop + sight) / rowHeight);
      const over = !scroller.querySelector(".list-more");
      if (seen.reached >= rows || (end && over)) return done(seen);
      scroller.scrollTop += sight;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

test("100,000 rows scroll from top to end in a page that stays small", { timeout: 600_000 }, async () => {
  const page = await signedIn(house.browser, house.larder.url, "owner");
  await settled(page);
  await visit(page, "/equipment");
  const devtools = await page.context().newCDPSession(page);
  const before = await heap(devtools);
  const began = performance.now();
  const seen = await page.evaluate(scrollThrough, ROWS);
  await settled(page);
  const after = await heap(devtools);
  const seconds = (performance.now() - began) / 1000;
  console.log(`${seen.reached} rows in ${seconds.toFixed(0)} s and ${seen.frames} frames, at most ${seen.mostRows} of them in the page for ${seen.visible} in sight`);
  console.log(`longest frame ${seen.longestFrame.toFixed(0)} ms, ${seen.slowFrames} over 100 ms; ${seen.blank} blank, the longest for ${seen.longestBlank.toFixed(0)} ms; ${seen.bare} with a row still to come`);
  console.log(`heap ${(before / MEGABYTE).toFixed(1)} MB at the top, ${(after / MEGABYTE).toFixed(1)} MB at the end`);
  assert.ok(seen.reached >= ROWS - 1, `${seen.reached} rows`);
  assert.ok(seen.mostRows <= seen.visible + 20, `${seen.mostRows} rows in the page`);
  assert.equal(seen.blank, 0, "frames with nothing in sight");
  assert.ok(after < before + 4 * MEGABYTE, `${after - before} bytes more at the end`);
  await page.context().close();
});

test("with the cursor out of sight, Tab reaches the first row that one sees", async () => {
  const page = await signedIn(house.browser, house.larder.url, "owner");
  await settled(page);
  await visit(page, "/equipment");
  await page.focus(".list-scroll thead tr :is(th, td):last-child button");
  const first = await page.evaluate(() => {
    const scroller = document.querySelector(".list-scroll");
    scroller.scrollTop = 720;
    return Math.ceil(scroller.scrollTop / parseFloat(getComputedStyle(scroller).getPropertyValue("--row-h")));
  });
  await settled(page);
  await page.keyboard.press("Tab");
  const reached = await page.evaluate(() => `${document.activeElement.tagName} ${document.activeElement.dataset.index}`);
  assert.equal(reached, `TR ${first}`);
  assert.equal(await page.evaluate(() => document.querySelector(".list-scroll").scrollTop), 720);
  await page.context().close();
});
