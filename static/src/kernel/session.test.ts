import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { call } from "./api";
import { client, keys } from "./query";
import { DRAFTS, session, signIn, signOut } from "./session";

const me = { user: { id: "u1", name: "Ann", role: "owner" }, tenant: { id: "t1", name: "North" }, expires_at: "2999-01-01T00:00:00Z" };

function answerWith(status: number, body: unknown): void {
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } }));
}

beforeEach(async () => {
  answerWith(200, { ...me, access_token: "secret" });
  await signIn("ann@north.example", "a password");
  client.setQueryData(keys.list("companies", ""), { data: [] });
  sessionStorage.setItem(`${DRAFTS}u1.note`, "typed");
});

afterEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  vi.unstubAllGlobals();
});

test("a session is kept for the tab without its token (P02)", () => {
  expect(session.value?.user.name).toBe("Ann");
  expect(sessionStorage.getItem("larder.session")).toContain("Ann");
  expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toContain("secret");
});

test("signing out wipes both copies, all that was read and all that was typed (P03)", async () => {
  await signOut();
  expect(session.value).toBeNull();
  expect(sessionStorage.length).toBe(0);
  expect(localStorage.getItem("larder.signed-in")).toBeNull();
  expect(client.getQueryCache().getAll()).toEqual([]);
});

test("signing out wipes them also when the server cannot be reached", async () => {
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("no network")));
  await signOut().catch(() => {});
  expect(session.value).toBeNull();
  expect(sessionStorage.length).toBe(0);
  expect(client.getQueryCache().getAll()).toEqual([]);
});

test("a session that ended by itself takes all that was read, and leaves what was typed", async () => {
  answerWith(401, { code: "unauthorized" });
  await call("GET", "companies").catch(() => {});
  expect(session.value).toBeNull();
  expect(client.getQueryCache().getAll()).toEqual([]);
  expect(Object.keys(sessionStorage)).toEqual([`${DRAFTS}u1.note`]);
});

test("nothing that the last person read or typed reaches the next one (P23)", async () => {
  answerWith(200, { ...me, user: { ...me.user, id: "u2", name: "Ben" }, tenant: { id: "t2", name: "South" } });
  await signIn("ben@south.example", "a password");
  expect(client.getQueryCache().getAll()).toEqual([]);
  expect(Object.keys(sessionStorage).filter((name) => name.startsWith(DRAFTS))).toEqual([]);
});

function otherTab(newValue: string | null): void {
  dispatchEvent(new StorageEvent("storage", { key: "larder.signed-in", newValue }));
}

test("where another tab signed in elsewhere, this one drops what it read and asks who it is (P23)", async () => {
  answerWith(200, { ...me, tenant: { id: "t2", name: "South" } });
  otherTab("owner u1 t2");
  expect(client.getQueryCache().getAll()).toEqual([]);
  await vi.waitFor(() => expect(session.value?.tenant.id).toBe("t2"));
});

test("where another tab signed out, this one is signed out", () => {
  otherTab(null);
  expect(session.value).toBeNull();
  expect(client.getQueryCache().getAll()).toEqual([]);
});

test("the same person in another tab changes nothing here", () => {
  otherTab("owner u1 t1");
  expect(session.value?.user.id).toBe("u1");
  expect(client.getQueryCache().getAll()).toHaveLength(1);
});
