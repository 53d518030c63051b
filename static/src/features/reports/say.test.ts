import { describe, expect, it } from "vitest";
import { cellText, inUnit, isNumber } from "./say";

const column = (type: string) => ({ name: "x", title: "X", type }) as Parameters<typeof cellText>[1];

describe("figures of a report", () => {
  it("are said in their unit", () => {
    expect(inUnit(45.2, "percent")).toBe("45.2 %");
    expect(inUnit(null, "hours")).toBe("–");
    expect(inUnit(1200, "count")).toBe("1,200");
    expect(inUnit(123_456, "GBP")).toBe("£1,234.56");
    expect(inUnit(671_011_099, "GBP")).toBe("£6,710,111");
  });
  it("stand in cells, money in the currency of its row", () => {
    expect(cellText(123_456, column("money"), "EUR")).toBe("€1,234.56");
    expect(cellText({ id: "1", title: "Lift A" }, column("record"), "")).toBe("Lift A");
    expect(cellText(null, column("count"), "")).toBe("");
    expect(isNumber(column("text"))).toBe(false);
  });
});
