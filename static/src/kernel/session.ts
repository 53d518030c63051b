/** Who is signed in: kept in memory and for the tab, so that a reload asks nothing (P02). */
import { computed, signal } from "@preact/signals";
import { call, get, Problem, signedOut } from "./api";
import { client } from "./query";
import type { components } from "./wire";

export interface User {
  id: string;
  name: string;
  email: string;
  role: string;
  tier: string;
  operator: boolean;
  company_id: string | null;
  contractor_id: string | null;
}

export type Tenant = components["schemas"]["Tenant"];

export interface Session {
  user: User;
  tenant: Tenant;
  expires_at: string;
}

const KEPT = "larder.session";
/** How the names of drafts begin; then come the user and what it is a draft of. */
export const DRAFTS = "larder.draft.";

/** `undefined` until it is known whether anybody is signed in. */
export const session = signal<Session | null | undefined>(kept());

export const getCurrentUser = (): User => present().user;
export const getTenant = (): Tenant => present().tenant;
export const getTenantId = (): string => present().tenant.id;
export const role = computed(() => session.value?.user.role ?? "");

/** Who may see how the server is: owners, and whoever runs it. */
export const seesHealth = (user: User): boolean => user.role === "owner" || user.operator;

function present(): Session {
  if (!session.value) throw new Error("Nobody is signed in.");
  return session.value;
}

function kept(): Session | undefined {
  try {
    const text = sessionStorage.getItem(KEPT);
    const found = text ? (JSON.parse(text) as Session) : undefined;
    return found && Date.parse(found.expires_at) > Date.now() ? found : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The cookie itself cannot be seen from here; who signed in in this browser can. Their role, which
 * comes first, tells `start.js` which screen's files to ask for.
 */
const HINT = "larder.signed-in";

function maybeSignedIn(): boolean {
  try {
    return localStorage.getItem(HINT) !== null;
  } catch {
    return true;
  }
}

const hintOf = ({ user, tenant }: Session): string => `${user.role} ${user.id} ${tenant.id}`;

function hint(value: Session | null): void {
  try {
    if (value) localStorage.setItem(HINT, hintOf(value));
    else localStorage.removeItem(HINT);
  } catch {
    // Then the server is asked each time.
  }
}

function keep(value: Session | null): void {
  session.value = value;
  hint(value);
  try {
    if (value) sessionStorage.setItem(KEPT, JSON.stringify(value));
    else forgetKept();
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
}

/** All but drafts: a session that ended by itself must not take along what was typed. */
function forgetKept(): void {
  for (const name of Object.keys(sessionStorage)) if (!name.startsWith(DRAFTS)) sessionStorage.removeItem(name);
}

/** Another person in this tab does not find what the last one typed. */
function dropOthersDrafts(user: string): void {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(DRAFTS) && !name.startsWith(DRAFTS + user)) sessionStorage.removeItem(name);
  }
}

/** Asks the server who this is, once per tab; where nobody ever signed in there is nothing to ask. */
export async function restore(): Promise<void> {
  if (session.value !== undefined) return;
  if (!maybeSignedIn()) return keep(null);
  try {
    keep(await get<Session>("auth/me", undefined, "sign-in"));
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) keep(null);
    else throw problem;
  }
}

/** Signs in; with several tenants the server answers with a 409 that lists them. */
export async function signIn(email: string, password: string, tenant?: string): Promise<void> {
  const body = tenant ? { email, password, tenant } : { email, password };
  const { data } = await call<Session & { access_token: string }>("POST", "auth/login", { body, cause: "sign-in" });
  client.clear();
  keep({ user: data.user, tenant: data.tenant, expires_at: data.expires_at });
  dropOthersDrafts(data.user.id);
}

/** Ends the session here and on the server; nothing of it stays in this browser. */
export async function signOut(): Promise<void> {
  try {
    await call("POST", "auth/logout", {});
  } finally {
    forget();
    sessionStorage.clear();
  }
}

function forget(): void {
  client.clear();
  keep(null);
}

/** Another tab of the same browser signed out, or the session ended: this one goes too. */
signedOut.tell = forget;

/**
 * All tabs share one cookie. Where another tab signed in as somebody else, or elsewhere, what this one
 * read is not theirs to see, and what it would read next is not this person's (P23).
 */
addEventListener("storage", ({ key, newValue }) => {
  if (key !== HINT || !session.value || newValue === hintOf(session.value)) return;
  client.clear();
  forgetKept();
  session.value = newValue ? undefined : null;
  void restore();
});

/** Takes over what the tenant was changed to. */
export function renameTenant(tenant: Tenant): void {
  keep({ ...present(), tenant });
}

/** Takes over the name that this person gave to themselves. */
export function renameUser(name: string): void {
  const now = present();
  keep({ ...now, user: { ...now.user, name } });
}
