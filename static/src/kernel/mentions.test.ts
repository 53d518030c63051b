import { expect, test } from "vitest";
import { candidates, cut, mentionAt, mentioned } from "./mentions";

const PEOPLE = [
  { id: "1", name: "Sarah Oldroyd" },
  { id: "2", name: "Sarah Old" },
  { id: "3", name: "Marek Kowalski" },
];

test("a name is looked for behind an @ that begins a word", () => {
  expect(mentionAt("Ask @Sar", 8)).toEqual({ from: 4, typed: "Sar" });
  expect(mentionAt("@Sarah O and more", 8)).toEqual({ from: 0, typed: "Sarah O" });
  expect(mentionAt("@", 1)).toEqual({ from: 0, typed: "" });
  expect(mentionAt("me@home", 7)).toBeNull();
  expect(mentionAt("@Sarah was here", 15)).toBeNull();
});

test("whose name begins so comes before whose second name does", () => {
  expect(candidates(PEOPLE, "ko", 5).map((p) => p.id)).toEqual(["3"]);
  expect(candidates(PEOPLE, "", 2)).toHaveLength(2);
  expect(candidates(PEOPLE, "zz", 5)).toEqual([]);
});

test("the longest name is meant, and an address is nobody", () => {
  expect(mentioned("@Sarah Oldroyd, see @Marek Kowalski and @Sarah Oldroyd", PEOPLE)).toEqual(["1", "3"]);
  expect(mentioned("@Sarah Old is not x@Marek Kowalski, nor @Marek Kowalskis", PEOPLE)).toEqual(["2"]);
  expect(mentioned("@Sarah Old", PEOPLE, new Map([["Sarah Old", "9"]]))).toEqual(["9"]);
  expect(cut("Hello @Sarah Old!", PEOPLE)).toEqual(["Hello ", PEOPLE[1], "!"]);
});
