export interface CallCount {
  readonly service: string;
  readonly operation: string;
  /** What was asked of, where the service names it: of Cosmos DB the container. */
  readonly subject?: string | undefined;
  readonly count: number;
}

/** How often each operation of each stand-in was called, refused and disturbed calls included. */
export class CallCounter {
  readonly #counts = new Map<string, CallCount>();

  add({ service, operation, subject }: Omit<CallCount, "count">): void {
    const key = [service, operation, subject].join(" ");
    const count = (this.#counts.get(key)?.count ?? 0) + 1;
    this.#counts.set(key, { service, operation, subject, count });
  }

  /** Of all subjects. */
  count(service: string, operation: string): number {
    return this.list()
      .filter((call) => call.service === service && call.operation === operation)
      .reduce((sum, { count }) => sum + count, 0);
  }

  list(): readonly CallCount[] {
    return [...this.#counts.values()];
  }

  reset(): void {
    this.#counts.clear();
  }
}
