import { expect, test } from "vitest";
import { article } from "./parts";

test("the article follows the sound of the word", () => {
  expect(["user", "unit", "site", "piece of equipment"].map(article)).toEqual(["a", "a", "a", "a"]);
  expect(["import", "update", "order", "invoice"].map(article)).toEqual(["an", "an", "an", "an"]);
});
