import { expect, test } from "vitest";
import { type Account, accountsOf, askedOf, bounceTone, searchOf, shownOf } from "./senders";
import type { Infrastructure, Line } from "./shape";

const sender = (id: number, email: string, status: string, bounce_rate: number | null) => ({ id, email, name: null, status, daily_limit: id * 10, sent: 0, reply_rate: null, bounce_rate });
const row = (workspace_id: string, name: string, senders: ReturnType<typeof sender>[]) => ({ workspace_id, name, figures: { senders } }) as unknown as Line<Infrastructure>;
const ACCOUNTS: Account[] = accountsOf([
  row("a", "Alder", [sender(1, "zoe@alder.example", "Connected", 0.01), sender(2, "bob@alder.example", "Not connected", null)]),
  row("b", "Birch", [sender(1, "ann@birch.example", "Connected", 0.06)]),
  { workspace_id: "c", name: "Cedar", figures: null } as unknown as Line<Infrastructure>,
]);
const shown = (search: string) => shownOf(ACCOUNTS, askedOf(search)).map((account) => account.email.split("@")[0]);

test("accounts of all workspaces stand in one list, by address at first", () => {
  expect(shown("")).toEqual(["ann", "bob", "zoe"]);
  expect(new Set(ACCOUNTS.map((account) => account.key)).size).toBe(3);
});

test("they are found by any word of address or workspace, and sifted by status and workspace", () => {
  expect(shown("q=birch")).toEqual(["ann"]);
  expect(shown("q=alder+zoe")).toEqual(["zoe"]);
  expect(shown("status=Not+connected")).toEqual(["bob"]);
  expect(shown("workspace=a")).toEqual(["bob", "zoe"]);
});

test("in whichever order, what has no rate stands at the end", () => {
  expect(shown("sort=-bounce_rate")).toEqual(["ann", "zoe", "bob"]);
  expect(shown("sort=bounce_rate")).toEqual(["zoe", "ann", "bob"]);
});

test("the address says what is asked, and only that", () => {
  expect(searchOf(askedOf("q=a+b&sort=-sent&status=Connected"))).toBe("q=a+b&status=Connected&sort=-sent");
  expect(searchOf(askedOf("sort=colour"))).toBe("");
});

test("many bounces want a look, too many are a danger", () => {
  expect([null, 0.029, 0.03, 0.05].map(bounceTone)).toEqual([null, null, "warning", "danger"]);
});
