import { AsyncLocalStorage } from "node:async_hooks";
import type { ActiveCall, ActiveCalls } from "../../application/ports/active-call.ts";

export class AsyncActiveCalls implements ActiveCalls {
  readonly #storage = new AsyncLocalStorage<ActiveCall>();

  run<T>(call: ActiveCall, work: () => Promise<T>): Promise<T> {
    return this.#storage.run(call, work);
  }

  current(): ActiveCall | undefined {
    return this.#storage.getStore();
  }
}
