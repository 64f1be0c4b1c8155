import { createHash } from "node:crypto";
import type { Principal } from "../../domain/access/principal.ts";

const MAX_TOKENS = 2_000;

/** Principals of tokens that have been verified, by the token's hash; the longest unused one is forgotten first. */
export class VerifiedTokens {
  readonly #entries = new Map<string, { readonly principal: Principal; readonly untilMs: number }>();

  /** @returns undefined for a token that is unknown or over its time. */
  get(token: string, nowMs: number): Principal | undefined {
    const key = hashOf(token);
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      return undefined;
    }
    this.#entries.delete(key);
    if (entry.untilMs <= nowMs) {
      return undefined;
    }
    this.#entries.set(key, entry);
    return entry.principal;
  }

  add(token: string, principal: Principal, untilMs: number): void {
    const oldest = this.#entries.keys().next();
    if (this.#entries.size >= MAX_TOKENS && oldest.done !== true) {
      this.#entries.delete(oldest.value);
    }
    this.#entries.set(hashOf(token), { principal, untilMs });
  }
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64");
}
