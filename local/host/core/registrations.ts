import { Hooks } from "./hooks.ts";
import type { FunctionCallback, FunctionMetadata, ProgrammingModel } from "./protocol.ts";

export interface Registration {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** What one app has told the host about itself while it loaded. */
export class Registrations {
  readonly hooks = new Hooks();
  readonly #functions = new Map<string, Registration>();
  readonly #models = new Set<ProgrammingModel>();
  #locked = false;

  /** Every copy of the library in the process announces a model of its own. */
  get models(): readonly ProgrammingModel[] {
    return [...this.#models];
  }

  get functions(): readonly Registration[] {
    return [...this.#functions.values()];
  }

  setModel(model: ProgrammingModel): void {
    this.#models.add(model);
  }

  /** @returns a function that removes the registration. */
  addFunction(metadata: FunctionMetadata, callback: FunctionCallback): () => void {
    if (this.#locked) {
      throw new Error("A function can only be registered during app startup.");
    }
    const functionId = metadata.functionId ?? metadata.name;
    if (this.#functions.has(functionId)) {
      throw new Error(`A function with id "${functionId}" has already been registered.`);
    }
    this.#functions.set(functionId, { metadata: { ...metadata, functionId }, callback });
    return () => {
      this.#functions.delete(functionId);
    };
  }

  /** Ends app start-up: what is not registered by then never will be. */
  lock(): void {
    this.#locked = true;
  }
}
