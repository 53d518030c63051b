/** One door to the server: JSON in, JSON out, a problem with words when it refuses. */
import { signal } from "@preact/signals";
import type { components } from "./wire";

export const BASE = "/api/v1";

/** One field that the server would not take; `pointer` is `/name`. */
export type FieldProblem = components["schemas"]["FieldError"];

/** A refusal as the server words it (RFC 9457), or one of our own when it could not be reached. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId: string | null = null,
    readonly errors: FieldProblem[] = [],
    /** With a 412: the record as it stands on the server. */
    readonly current: Row | null = null,
    /** Everything else that the server said. */
    readonly more: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** A record on the wire. */
export interface Row {
  id: string;
  version: number;
  [field: string]: unknown;
}

export interface Page<T = Row> {
  data: T[];
  page: { next_cursor: string | null; prev_cursor: string | null; has_more: boolean; total?: number };
}

export interface Answer<T> {
  data: T;
  etag: string | null;
  status: number;
}

interface Options {
  body?: unknown;
  /** Sent as it is, with its own media type. */
  raw?: Blob;
  ifMatch?: string;
  idempotencyKey?: string;
  /** The edit lock that a save was made under. */
  lock?: number;
  signal?: AbortSignal;
  /** What asked, for the board of page loads. */
  cause?: Cause;
}

/** Why a request was made: a screen was opened, a person wrote something, or time had passed. */
export type Cause = "visit" | "write" | "timer" | "sign-in" | "search";

export interface Call {
  method: string;
  path: string;
  status: number;
  ms: number;
  bytes: number;
  at: number;
  place: string;
  cause: Cause;
}

const KEPT_CALLS = 300;

/** The last requests, newest last, for the board of page loads and the developer panel. */
export const calls = signal<Call[]>([]);
/** The last request did not get through: the network or the server is away. */
export const unreachable = signal(false);
/** The server runs another build than this page: time to load it anew. */
export const upgraded = signal(false);
/** Called when the server no longer knows this session. */
export const signedOut = { tell: () => {} };

const build = document.querySelector<HTMLMetaElement>('meta[name="larder-build"]')?.content;

/** Sends one request. Rejects with a {@link Problem}. */
export async function call<T>(method: string, path: string, options: Options = {}): Promise<Answer<T>> {
  const headers = new Headers({ Accept: "application/json" });
  let body: BodyInit | undefined;
  if (options.raw) {
    body = options.raw;
    headers.set("Content-Type", options.raw.type || "application/octet-stream");
  } else if (options.body !== undefined) {
    body = JSON.stringify(options.body);
    headers.set("Content-Type", "application/json");
  }
  if (options.ifMatch) headers.set("If-Match", options.ifMatch);
  // A screen that reads again by itself draws a tenth on the person's budget.
  if (options.cause === "timer") headers.set("Larder-Purpose", "refetch");
  if (options.lock) headers.set("Larder-Lock", String(options.lock));
  if (options.idempotencyKey) headers.set("Idempotency-Key", options.idempotencyKey);
  const url = path.startsWith("/") ? path : `${BASE}/${path}`;
  const began = performance.now();
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { method, headers, body, signal: options.signal, credentials: "same-origin" });
    text = await response.text();
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    unreachable.value = true;
    throw new Problem(0, "unreachable", "The server cannot be reached. What you typed is still here; try again.");
  }
  unreachable.value = false;
  note({
    method,
    path: url,
    status: response.status,
    ms: performance.now() - began,
    bytes: text.length,
    at: Date.now(),
    place: location.pathname,
    cause: options.cause ?? (method === "GET" ? "visit" : "write"),
  });
  const theirs = response.headers.get("larder-build");
  if (build && theirs && theirs !== build) upgraded.value = true;
  const data = text && isJson(response) ? (JSON.parse(text) as unknown) : text;
  if (!response.ok) throw refusal(response, data);
  return { data: data as T, etag: response.headers.get("etag"), status: response.status };
}

/** Reads: only the data. */
export async function get<T>(path: string, signal?: AbortSignal, cause?: Cause): Promise<T> {
  return (await call<T>("GET", path, { signal, cause })).data;
}

function isJson(response: Response): boolean {
  return /\bjson\b/.test(response.headers.get("content-type") ?? "");
}

function refusal(response: Response, data: unknown): Problem {
  const said = (typeof data === "object" && data ? data : {}) as Record<string, unknown>;
  if (response.status === 401 && !response.url.includes("/auth/login")) signedOut.tell();
  return new Problem(
    response.status,
    String(said.code ?? response.status),
    String(said.detail ?? said.title ?? "The server could not do this. Try again in a moment."),
    (said.request_id as string) ?? response.headers.get("x-request-id"),
    (said.errors as FieldProblem[]) ?? [],
    (said.current as Row) ?? null,
    said,
  );
}

function note(made: Call): void {
  calls.value = [...calls.value.slice(1 - KEPT_CALLS), made];
}
