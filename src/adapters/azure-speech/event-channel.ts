/** Hands values from callbacks to one reader, in order. A failure comes after the values before it. */
export class EventChannel<T> {
  readonly #values: T[] = [];
  #waiting: PromiseWithResolvers<IteratorResult<T, undefined>> | undefined;
  #end: { readonly error: unknown } | "complete" | undefined;

  push(value: T): void {
    if (this.#end !== undefined) {
      return;
    }
    if (this.#waiting === undefined) {
      this.#values.push(value);
    } else {
      this.#waiting.resolve({ done: false, value });
      this.#waiting = undefined;
    }
  }

  complete(): void {
    this.#finish("complete");
  }

  fail(error: unknown): void {
    this.#finish({ error });
  }

  /** One reader, one read at a time. */
  async next(): Promise<IteratorResult<T, undefined>> {
    if (this.#values.length > 0) {
      const [value] = this.#values.splice(0, 1);
      return value === undefined ? { done: true, value: undefined } : { done: false, value };
    }
    if (this.#end === undefined) {
      this.#waiting = Promise.withResolvers();
      return this.#waiting.promise;
    }
    return this.#ended(this.#end);
  }

  #ended(end: { readonly error: unknown } | "complete"): IteratorResult<T, undefined> {
    if (end === "complete") {
      return { done: true, value: undefined };
    }
    throw end.error;
  }

  #finish(end: { readonly error: unknown } | "complete"): void {
    if (this.#end !== undefined) {
      return;
    }
    this.#end = end;
    if (end === "complete") {
      this.#waiting?.resolve({ done: true, value: undefined });
    } else {
      this.#waiting?.reject(end.error);
    }
    this.#waiting = undefined;
  }
}
