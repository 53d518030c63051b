/** Figures of the server as people say them. */
import { number } from "../../kernel/format";
import { kindOf } from "../../kernel/schema";
import { capital } from "../../words/en/parts";
import { healthWords } from "../../words/health";
import type { SlowQuery } from "./api";

/** `0.4 ms`, `31 ms`, `1.4 s`. */
export function ms(value: number): string {
  if (value >= 1000) return `${number(Math.round(value / 100) / 10)} s`;
  return `${number(value < 10 ? Math.round(value * 10) / 10 : Math.round(value))} ms`;
}

/** `List of work orders`. */
export function asked(query: Pick<SlowQuery, "route" | "kind">): string {
  const did = healthWords.did[query.route] ?? capital(query.route.replaceAll(/[._]/g, " "));
  return query.kind ? `${did} ${kindOf(query.kind)?.many ?? query.kind.replaceAll("-", " ")}` : did;
}
