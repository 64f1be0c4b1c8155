export interface CallCount {
  readonly service: string;
  readonly operation: string;
  readonly count: number;
}

/** How often each operation of each stand-in was called, refused and disturbed calls included. */
export class CallCounter {
  readonly #counts = new Map<string, CallCount>();

  add(service: string, operation: string): void {
    const key = `${service} ${operation}`;
    this.#counts.set(key, { service, operation, count: this.count(service, operation) + 1 });
  }

  count(service: string, operation: string): number {
    return this.#counts.get(`${service} ${operation}`)?.count ?? 0;
  }

  list(): readonly CallCount[] {
    return [...this.#counts.values()];
  }

  reset(): void {
    this.#counts.clear();
  }
}
