import Module from "node:module";
import { HostError } from "../host-error.ts";

const CORE_ID = "@azure/functions-core";
const LIBRARY_FILE = /[\\/]@azure[\\/]functions[\\/]dist[\\/]azure-functions(\.min)?\.js$/;

let installed = false;

/**
 * Answers `require("@azure/functions-core")` with the given module, by the same patch as Azure's worker. It must stand
 * before the library is loaded, since the library remembers a failure for ever.
 *
 * @throws {@link HostError} `second-app`, `library-loaded-early`
 */
export function installCore(core: object): void {
  if (installed) {
    throw new HostError(
      "second-app",
      "This process has already run an app, and the library cannot forget it. Start the second app in a process of its own.",
    );
  }
  const loaded = loadedLibraries();
  if (loaded.length > 0) {
    throw new HostError(
      "library-loaded-early",
      `@azure/functions was loaded before the host could provide its core (${loaded.join(", ")}). ` +
        "Import nothing of the app in the process that starts the host.",
    );
  }
  installed = true;
  patchRequire(core);
}

/** Files of every copy of `@azure/functions` in this process. */
export function loadedLibraries(): readonly string[] {
  return Object.keys(Module.createRequire(import.meta.url).cache).filter((file) => LIBRARY_FILE.test(file));
}

function patchRequire(core: object): void {
  const prototype: { require: (id: string) => unknown } = Module.prototype;
  prototype.require = new Proxy(prototype.require, {
    apply: (original, thisModule, args: [string]): unknown =>
      args[0] === CORE_ID ? core : Reflect.apply(original, thisModule, args),
  });
}
