interface Cached<V> {
  readonly value: V;
  readonly cost: number;
}

/** Keeps what was used last, as long as the costs of all together stay within the limit. */
export class BoundedCache<V> {
  readonly #maxCost: number;
  readonly #cached = new Map<string, Cached<V>>();
  #cost = 0;

  constructor(maxCost: number) {
    this.#maxCost = maxCost;
  }

  get(key: string): V | undefined {
    const found = this.#cached.get(key);
    if (found !== undefined) {
      this.#cached.delete(key);
      this.#cached.set(key, found);
    }
    return found?.value;
  }

  /** What costs more than the limit by itself is not kept. */
  set(key: string, value: V, cost: number): void {
    this.#drop(key);
    this.#cached.set(key, { value, cost });
    this.#cost += cost;
    for (const oldest of this.#cached.keys()) {
      if (this.#cost <= this.#maxCost) {
        return;
      }
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#cost -= this.#cached.get(key)?.cost ?? 0;
    this.#cached.delete(key);
  }
}
