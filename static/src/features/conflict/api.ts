/** Who changed a record meanwhile, and when. */
import { get, type Page } from "../../kernel/api";

interface Entry {
  at: string;
  user_name: string | null;
  version: number;
  changes: Record<string, unknown> | null;
}

/** The changes after a version, newest first. */
export async function readSince(kind: string, id: string, version: number): Promise<Entry[]> {
  const { data } = await get<Page & { data: unknown[] }>(`${kind}/${id}/history?limit=25`);
  return (data as unknown as Entry[]).filter((entry) => entry.version > version);
}

export type { Entry };
