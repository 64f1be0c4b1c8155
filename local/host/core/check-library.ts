import { HostError } from "../host-error.ts";
import { loadedLibraries } from "./install-core.ts";
import type { ProgrammingModel } from "./protocol.ts";
import type { Registrations } from "./registrations.ts";

/**
 * The model of the one library that the loaded app uses.
 *
 * @throws {@link HostError} `no-functions`, `library-duplicated`
 */
export function programmingModelOf(registrations: Registrations): ProgrammingModel {
  const [model, secondModel] = registrations.models;
  if (secondModel !== undefined) {
    throw new HostError(
      "library-duplicated",
      `The app uses ${registrations.models.length} copies of @azure/functions, and each keeps settings of its own ` +
        `(${loadedLibraries().join(", ")}). Run "npm dedupe" so that one copy remains.`,
    );
  }
  if (model === undefined || registrations.functions.length === 0) {
    throw new HostError("no-functions", noFunctionsMessage(model !== undefined));
  }
  return model;
}

function noFunctionsMessage(libraryLoaded: boolean): string {
  const reason = libraryLoaded
    ? "The app registers no function."
    : "The app registers no function: it never calls @azure/functions, or a module loader keeps the library in test mode.";
  return `${reason} Check "main" in package.json: every file that calls app.http(), app.timer() and so on must match it.`;
}
