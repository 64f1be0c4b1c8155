import type { Ids } from "../../src/application/ports/ids.ts";

/** `voice_1`, `voice_2`, ... */
export class CountingIds implements Ids {
  readonly #counts = new Map<string, number>();

  next(prefix: string): string {
    const count = (this.#counts.get(prefix) ?? 0) + 1;
    this.#counts.set(prefix, count);
    return `${prefix}_${count}`;
  }

  uuid(): string {
    const digits = this.next("uuid").slice("uuid_".length).padStart(12, "0");
    return `00000000-0000-4000-8000-${digits}`;
  }
}
