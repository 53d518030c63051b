/** Which columns are folded into a strip: of the finished ones all but the first. */
import { signal } from "@preact/signals";
import type { Field } from "../../kernel/schema";
import { isSettled } from "./filters";

const turned = signal<ReadonlySet<string>>(new Set());

export function foldsAtFirst(state: Field): string[] {
  const settled = (state.choices ?? []).map((choice) => choice.name).filter((value) => isSettled(state, value));
  return settled.slice(1);
}

export const folded = (kind: string, value: string, atFirst: string[]): boolean =>
  atFirst.includes(value) !== turned.value.has(`${kind} ${value}`);

export function toggleFold(kind: string, value: string): void {
  const next = new Set(turned.value);
  const key = `${kind} ${value}`;
  if (!next.delete(key)) next.add(key);
  turned.value = next;
}
