import { expect, test } from "vitest";
import { sentence } from "./line";

test("who is not known is somebody, and an import says how it went", () => {
  expect(sentence({ sort: "assigned", by: "Sarah", told: null })).toEqual(["Sarah gave you ", ""]);
  expect(sentence({ sort: "mentioned", by: null, told: null })[0]).toBe("Somebody mentioned you in a comment on ");
  const how = (told: string) => sentence({ sort: "import_finished", by: null, told })[1];
  expect([how("done"), how("reverted"), how("failed")]).toEqual([" is done", " was taken back", " failed"]);
});
