/**
 * One run for many listeners: each gets every event from the start, at a pace of its own. The run begins with the first
 * listener and goes on at full speed as long as somebody listens; when the last one leaves it is ended at once.
 */
export class SharedRun<E> {
  readonly #start: (signal: AbortSignal) => AsyncIterable<E>;
  readonly #events: E[] = [];
  readonly #end = new AbortController();
  #listeners = 0;
  #hasBegun = false;
  #outcome: { readonly error: unknown } | "complete" | undefined;
  #changed = Promise.withResolvers<void>();

  /** @param start begins the run; its signal aborts when the last listener has left. */
  constructor(start: (signal: AbortSignal) => AsyncIterable<E>) {
    this.#start = start;
  }

  /** A run that failed or was left cannot be joined. */
  get isJoinable(): boolean {
    return this.#outcome === "complete" || (this.#outcome === undefined && !this.#end.signal.aborted);
  }

  /** Listens from this moment on, also before the first event is asked for; aborting leaves. */
  join(signal: AbortSignal): AsyncGenerator<E, void, void> {
    const left = Promise.withResolvers<never>();
    left.promise.catch(() => undefined);
    let isListening = true;
    const leave = (): void => {
      signal.removeEventListener("abort", leave);
      left.reject(signal.reason);
      this.#listeners -= isListening ? 1 : 0;
      isListening = false;
      this.#endIfAlone();
    };
    this.#listeners++;
    this.#begin();
    if (signal.aborted) {
      leave();
    } else {
      signal.addEventListener("abort", leave, { once: true });
    }
    return this.#eventsUntil(left.promise, leave);
  }

  async *#eventsUntil(left: Promise<never>, leave: () => void): AsyncGenerator<E, void, void> {
    try {
      for (let index = 0; ; index++) {
        while (this.#events.length <= index && this.#outcome === undefined) {
          await Promise.race([left, this.#changed.promise]);
        }
        const event = this.#events[index];
        if (event === undefined) {
          this.#throwFailure();
          return;
        }
        yield event;
      }
    } finally {
      leave();
    }
  }

  #endIfAlone(): void {
    if (this.#listeners === 0 && this.#outcome === undefined) {
      this.#end.abort(new DOMException("The last listener left.", "AbortError"));
    }
  }

  #throwFailure(): void {
    if (this.#outcome !== undefined && this.#outcome !== "complete") {
      throw this.#outcome.error;
    }
  }

  #begin(): void {
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      void this.#pump();
    }
  }

  async #pump(): Promise<void> {
    try {
      for await (const event of this.#start(this.#end.signal)) {
        this.#events.push(event);
        this.#notify();
      }
      this.#outcome = "complete";
    } catch (error) {
      this.#outcome = { error };
    }
    this.#notify();
  }

  #notify(): void {
    const changed = this.#changed;
    this.#changed = Promise.withResolvers();
    changed.resolve();
  }
}
