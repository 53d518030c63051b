import { expect, test } from "vitest";
import { span } from "./format";

test("a span is said in the largest unit that fits", () => {
  expect([40_000, 60_000, 10_800_000, 172_800_000].map(span)).toEqual(["40 s", "1 minute", "3 hours", "2 days"]);
});
