/** Sends a file with its progress, which `fetch` cannot tell. */
import { BASE, Problem, type Row, signedOut } from "./api";
import { newKey } from "./ids";
import { changed } from "./query";
import { words } from "../words";

/** The server takes no more. */
export const MAX_BYTES = 20 * 1024 * 1024;

/** Attaches a file to a record; `onProgress` gets 0 to 1. Rejects with a {@link Problem}. */
export function upload(kind: string, id: string, file: File, onProgress: (share: number) => void): Promise<Row> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${BASE}/${kind}/${id}/attachments?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Idempotency-Key", newKey());
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => failed(new Problem(0, "unreachable", words.files.unreachable));
    request.onload = () => {
      const said = parsed(request.responseText);
      if (request.status < 300) {
        changed("attachments");
        return done(said as Row);
      }
      if (request.status === 401) signedOut.tell();
      const text = String(said.detail ?? said.title ?? words.files.untaken);
      failed(new Problem(request.status, String(said.code ?? ""), text, (said.request_id as string) ?? null));
    };
    request.send(file);
  });
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Where the bytes of an attachment are read. */
export const contentOf = (id: string): string => `${BASE}/attachments/${id}/content`;
