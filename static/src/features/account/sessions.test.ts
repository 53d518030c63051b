/** What a browser says of itself, as people say it. */
import { expect, test } from "vitest";
import { deviceOf } from "./sessions";

test("browsers and systems go by their names", () => {
  expect(deviceOf("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0")).toBe("Edge on Windows");
  expect(deviceOf("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 Version/17.0 Mobile Safari/604.1")).toBe("Safari on iPhone");
  expect(deviceOf("curl/7.88.1")).toBe("curl/7.88.1");
});
