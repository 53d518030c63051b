import { expect, test } from "vitest";
import { wordsOf } from "./answer";

test("a page is read without its marks, other answers as they are", () => {
  expect(wordsOf("<!DOCTYPE html><html><head><title>Oops</title><style>p { color: red }</style></head><body><h1>Not&nbsp;found</h1><p>No such hook &amp; no other.</p><script>alert(1)</script></body></html>")).toBe("Not found No such hook & no other.");
  expect(wordsOf("<html><head><title>502 Bad Gateway</title></head><body></body></html>")).toBe("502 Bad Gateway");
  expect(wordsOf(" no_service ")).toBe("no_service");
  expect(wordsOf("2 < 3")).toBe("2 < 3");
});
