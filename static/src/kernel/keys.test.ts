import { expect, test } from "vitest";
import { comboOf, spelled } from "./keys";

const pressed = (key: string, held: Partial<KeyboardEvent> = {}) =>
  comboOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

test("a letter is itself, whatever the caps lock says", () => {
  expect(pressed("c")).toBe("c");
  expect(pressed("C")).toBe("c");
});

test("control and command are the same key", () => {
  expect(pressed("k", { ctrlKey: true })).toBe("mod+k");
  expect(pressed("k", { metaKey: true })).toBe("mod+k");
});

test("shift tells letters and named keys apart, and is part of a sign already", () => {
  expect(pressed("D", { ctrlKey: true, shiftKey: true })).toBe("mod+shift+d");
  expect(pressed("?", { shiftKey: true })).toBe("?");
  expect(pressed("Enter", { shiftKey: true })).toBe("shift+Enter");
});

test("a modifier alone is nothing", () => {
  expect(pressed("Shift", { shiftKey: true })).toBeNull();
});

test("a combination is spelled key by key", () => {
  expect(spelled("mod+shift+d")).toEqual(["Ctrl", "Shift", "D"]);
  expect(spelled("g d")).toEqual(["G", "D"]);
  expect(spelled("Escape")).toEqual(["Esc"]);
});
