import { expect, test } from "vitest";
import type { Page, Row } from "../../kernel/api";
import { Chain } from "./chain";

const page = (rows: number, next: string | null): Page => ({
  data: Array.from({ length: rows }, (_, i): Row => ({ id: String(i), version: 1 })),
  page: { next_cursor: next, prev_cursor: null, has_more: next !== null },
});

test("a list grows by fifty until its end is known", () => {
  const chain = new Chain("cursor");
  chain.learn(0, page(50, "a"));
  expect([chain.length, chain.ended]).toEqual([50, false]);
  chain.learn(1, page(20, null));
  expect([chain.length, chain.ended]).toEqual([70, true]);
});

test("a row added in front moves where the next fifty begin", () => {
  const chain = new Chain("cursor");
  chain.learn(0, page(50, "a"));
  chain.learn(0, page(50, "b"));
  expect(chain.steps).toEqual([null, "cursor=b"]);
});

test("a list that became shorter ends where it now ends", () => {
  const chain = new Chain("cursor");
  chain.learn(0, page(50, "a"));
  chain.learn(1, page(50, "b"));
  chain.learn(2, page(5, null));
  chain.learn(1, page(30, null));
  expect([chain.length, chain.ended]).toEqual([80, true]);
});

test("a list that grew beyond its end goes on", () => {
  const chain = new Chain("cursor");
  chain.learn(0, page(49, null));
  chain.learn(0, page(50, "a"));
  expect([chain.length, chain.ended]).toEqual([50, false]);
});

test("best matches come by page number", () => {
  const chain = new Chain("ranked");
  chain.learn(0, { ...page(50, null), page: { next_cursor: null, prev_cursor: null, has_more: true } });
  expect(chain.steps).toEqual([null, "page=2"]);
});
