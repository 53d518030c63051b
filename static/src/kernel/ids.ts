/** Names for things that this browser makes. */

/**
 * Random, for an `Idempotency-Key`. `crypto.randomUUID` exists over HTTPS and on localhost only, and
 * a server in the office is often reached without either.
 */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
