/** Imports over HTTP: a file goes up, is set up, tried, carried out and, if need be, taken back. */
import { call, type Cause, get, Problem, signedOut } from "../../kernel/api";
import { pathOf } from "../../kernel/pages";

export type State = "draft" | "checking" | "checked" | "running" | "done" | "failed" | "cancelled" | "reverting" | "reverted";
export type Holds = "int" | "real" | "bool" | "date" | "text" | "long_text";
export type Rule = "skip" | "update" | "create";

/** A column of the file. */
export interface Column {
  name: string;
  field: string | null;
  /** A field that may be meant. */
  suggestion?: string;
  /** A person said that it stays out. */
  left_out: boolean;
  sample: string[];
  filled: number;
  holds: Holds;
  /** How days are written, with counts. */
  dates?: Record<string, number>;
  order: string;
  ambiguous: boolean;
  /** Every value with its count, where there are few. */
  values?: Record<string, number>;
}

/** A value that could not be taken as it is, how often it occurs, and what may be meant. */
export interface Trouble {
  field: string;
  value: string;
  code: string;
  message: string;
  count: number;
  rows: number[];
  near?: string[];
}

export interface Counts {
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  warnings: number;
}

export interface Alias {
  field: string;
  from: string;
  to: string;
}

export interface Shown {
  row: number;
  action: "create" | "update";
  id?: string;
  changes: Record<string, [unknown, unknown]>;
}

export interface Report {
  notices: string[];
  dates: { column: string; field: string; taken: string; ambiguous: boolean; found: Record<string, number> }[];
  rejections: Trouble[];
  warnings: Trouble[];
  spellings: Trouble[];
  duplicates: number;
  made: Record<string, number>;
  fields_made: { column: string; name: string; type: string }[];
  dry_run?: Counts;
  changes: Shown[];
  reverted?: { removed: number; restored: number; kept: number; kept_records: { kind: string; id: string; reason: string }[] };
}

/** What a list of imports shows of each. */
export interface Brief extends Counts {
  id: string;
  kind: string;
  file_name: string;
  format: string;
  state: State;
  total: number;
  done: number;
  created_by: string | null;
  created_at: string;
  updated_at: string;
  error: string | null;
}

export interface Import extends Brief {
  columns: Column[];
  settings: {
    aliases: Alias[];
    on_duplicate: Rule;
    keep_unmapped: boolean;
    create_missing: boolean;
    dates: Record<string, string>;
  };
  report: Report;
}

/** What a person decides; members that are left out stay as they are. */
export interface Settings {
  mapping?: Record<string, string | null>;
  aliases?: Alias[];
  on_duplicate?: Rule;
  keep_unmapped?: boolean;
  create_missing?: boolean;
  dates?: Record<string, string>;
}

export const MOST_BYTES = 256 * 1024 * 1024;

export const isUnderWay = (state: State): boolean => state === "checking" || state === "running" || state === "reverting";

export const list = (signal?: AbortSignal): Promise<Brief[]> =>
  get<{ data: Brief[] }>("imports", signal).then((answer) => answer.data);

export const show = (id: string, signal?: AbortSignal, cause?: Cause): Promise<Import> => get(`imports/${id}`, signal, cause);

export const set = async (id: string, settings: Settings): Promise<Import> =>
  (await call<Import>("PATCH", `imports/${id}`, { body: settings })).data;

export type Deed = "dry-run" | "start" | "cancel" | "revert";

export const begin = async (id: string, deed: Deed): Promise<Import> =>
  (await call<Import>("POST", `imports/${id}/${deed}`, { body: {} })).data;

export const rowsPath = (id: string, sort: "rejected" | "warnings"): string => pathOf(`imports/${id}/${sort}`);

/** Sends a file. Not by `fetch`, which cannot tell how far it came. */
export function upload(kind: string, file: File, tell: (share: number) => void, signal: AbortSignal): Promise<Import> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", pathOf(`imports?${new URLSearchParams({ kind, file_name: file.name })}`));
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = (event) => tell(event.lengthComputable ? event.loaded / event.total : 0);
    request.onload = () => {
      if (request.status === 201) return resolve(request.response as Import);
      if (request.status === 401) signedOut.tell();
      const said = (request.response ?? {}) as { code?: string; detail?: string; request_id?: string; errors?: never[] };
      const text = said.detail ?? "The server could not take this file.";
      reject(new Problem(request.status, said.code ?? "", text, said.request_id ?? null, said.errors ?? []));
    };
    request.onerror = () => reject(new Problem(0, "unreachable", "The server cannot be reached. Drop the file again when it is."));
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
