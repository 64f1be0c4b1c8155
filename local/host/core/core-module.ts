import type { FunctionCallback, FunctionMetadata, ProgrammingModel, RpcLogLevel } from "./protocol.ts";
import type { Registrations } from "./registrations.ts";

/** The library only logs it. */
const WORKER_VERSION = "3.14.1";

/** The library compares it: streaming needs 4.28, log hooks need 4.34. */
const HOST_VERSION = "4.1052.200";

export type CoreLog = (level: RpcLogLevel, category: string, message: string) => void;

class Disposable {
  readonly #dispose: () => void;

  constructor(dispose: () => void) {
    this.#dispose = dispose;
  }

  dispose(): void {
    this.#dispose();
  }
}

class SystemRangeError extends RangeError {
  readonly isAzureFunctionsSystemError = true;
}

/** The module `@azure/functions-core` as the Node worker of Azure provides it. */
export function createCoreModule(registrations: Registrations, log: CoreLog): object {
  return {
    version: WORKER_VERSION,
    hostVersion: HOST_VERSION,
    Disposable,
    log,
    registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) =>
      new Disposable(registrations.addFunction(metadata, callback)),
    registerHook: (name: string, callback: (context: unknown) => unknown) => {
      if (!registrations.hooks.isKnown(name)) {
        throw new SystemRangeError(`Unrecognized hook "${name}"`);
      }
      return new Disposable(registrations.hooks.add(name, callback));
    },
    setProgrammingModel: (model: ProgrammingModel) => {
      registrations.setModel(model);
    },
    getProgrammingModel: () => registrations.models.at(-1),
  };
}
