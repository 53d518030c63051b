/** Sender accounts of all workspaces in one list: found, sifted and put in order. */
import type { Infrastructure, Line, Sender } from "./shape";

export interface Account extends Sender {
  /** Ids are the service's own: with several sources only together with the workspace is one alone. */
  key: string;
  workspace: string;
  workspace_id: string;
}

export type SortName = "email" | "workspace" | "status" | "daily_limit" | "sent" | "reply_rate" | "bounce_rate";

/** What is shown of the list: it stands in the address. */
export interface Asked {
  q: string;
  status: string;
  workspace: string;
  sort: SortName;
  down: boolean;
}

export const SORTS: SortName[] = ["email", "workspace", "status", "daily_limit", "sent", "reply_rate", "bounce_rate"];
const TEXT = new Set<SortName>(["email", "workspace", "status"]);

/** From this part of the mails on, an account should send no more; from the other it wants a look. */
const BOUNCES_BAD = 0.05;
const BOUNCES_MANY = 0.03;

export const bounceTone = (rate: number | null): "danger" | "warning" | null => (rate === null || rate < BOUNCES_MANY ? null : rate < BOUNCES_BAD ? "warning" : "danger");

/** Does an account of this status send? The service has words of its own for those that do not. */
export const isWell = (status: string): boolean => status.toLowerCase() === "connected";

export function accountsOf(rows: Line<Infrastructure>[]): Account[] {
  return rows.flatMap(({ workspace_id, name, figures }) => (figures?.senders ?? []).map((sender) => ({ ...sender, key: `${workspace_id}/${sender.id}`, workspace: name, workspace_id })));
}

/** The address's part behind the question mark, and back; what is as usual is left out. */
export function askedOf(search: string): Asked {
  const query = new URLSearchParams(search);
  const sort = query.get("sort") ?? "";
  const name = SORTS.find((one) => one === sort.replace(/^-/, ""));
  return { q: query.get("q") ?? "", status: query.get("status") ?? "", workspace: query.get("workspace") ?? "", sort: name ?? "email", down: name !== undefined && sort.startsWith("-") };
}

export function searchOf(asked: Asked): string {
  const query = new URLSearchParams();
  for (const name of ["q", "status", "workspace"] as const) if (asked[name]) query.set(name, asked[name]);
  if (asked.sort !== "email" || asked.down) query.set("sort", `${asked.down ? "-" : ""}${asked.sort}`);
  return query.toString();
}

const byText = new Intl.Collator("en", { sensitivity: "base", numeric: true });

export function shownOf(accounts: Account[], { q, status, workspace, sort, down }: Asked): Account[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (account: Account) =>
    (!status || account.status === status) &&
    (!workspace || account.workspace_id === workspace) &&
    words.every((word) => account.email.toLowerCase().includes(word) || account.name?.toLowerCase().includes(word) || account.workspace.toLowerCase().includes(word));
  const way = down ? -1 : 1;
  return accounts.filter(fits).sort((a, b) => {
    const [x, y] = [a[sort], b[sort]];
    // An account that has sent nothing has no rates: it stands at the end, whichever way.
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    const order = TEXT.has(sort) ? byText.compare(String(x), String(y)) : Number(x) - Number(y);
    return way * order || byText.compare(a.email, b.email);
  });
}
