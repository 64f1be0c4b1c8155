import type { Server } from "node:http";
import type { CoreLog } from "../core/core-module.ts";
import { createCoreModule } from "../core/core-module.ts";
import { programmingModelOf } from "../core/check-library.ts";
import { installCore } from "../core/install-core.ts";
import { serversStartedBy } from "../core/library-server.ts";
import type { ProgrammingModel } from "../core/protocol.ts";
import { Registrations } from "../core/registrations.ts";
import { lockLibrary } from "../core/worker-capabilities.ts";
import type { Settings } from "../settings/setting-references.ts";
import type { AppFunction } from "./app-function.ts";
import { type AppSource, loadApp } from "./load-app.ts";
import { readAppFunctions } from "./read-app-functions.ts";

/** The app after its start-up: what it registered cannot change any more. */
export interface LoadedApp {
  readonly functions: readonly AppFunction[];
  readonly model: ProgrammingModel;
  readonly registrations: Registrations;
  /** Where the library takes streamed requests; `undefined` when the app does not stream. */
  readonly libraryUrl: URL | undefined;
  readonly libraryServers: readonly Server[];
}

export interface StartAppOptions extends AppSource {
  readonly settings: Settings;
  readonly log: CoreLog;
}

/** Loads the app in the order of Azure's worker: core, files, `appStart` hooks, capabilities, lock. */
export async function startApp(options: StartAppOptions): Promise<LoadedApp> {
  const registrations = new Registrations();
  installCore(createCoreModule(registrations, options.log));
  await loadApp(options);
  const model = programmingModelOf(registrations);
  await registrations.hooks.runApp("appStart", options.appDirectory);
  const { result: libraryUrl, servers: libraryServers } = await serversStartedBy(() => lockLibrary(model));
  registrations.lock();
  const functions = readAppFunctions(registrations.functions, options.settings);
  return { functions, model, registrations, libraryUrl, libraryServers };
}
