import path from "node:path";
import { startApp } from "./app/start-app.ts";
import { assembleHost } from "./assemble-host.ts";
import type { FunctionsHost, HostOptions } from "./functions-host.ts";
import { filteredLog, type WriteLog } from "./host-log.ts";
import { failResponse } from "./http/end-response.ts";
import { PublicServer } from "./http/public-server.ts";
import { BodyTooLargeError } from "./http/read-body.ts";
import { printLog } from "./print-log.ts";
import { enterApp } from "./settings/environment.ts";
import { readHostJson } from "./settings/host-json.ts";
import { readLocalSettings } from "./settings/local-settings.ts";

const DEFAULT_PORT = 7071;

/**
 * Runs one Functions app in this process. A process can run one app only, once.
 *
 * @throws {@link HostError} whose code and message say what keeps the app from starting.
 */
export async function startHost(options: HostOptions): Promise<FunctionsHost> {
  const appDirectory = path.resolve(options.appDirectory);
  const dataDirectory = path.resolve(options.dataDirectory);
  const localSettings = await readLocalSettings(appDirectory);
  const settings = { ...localSettings.values, ...process.env, ...options.settings };
  const hostJson = await readHostJson(appDirectory, settings);
  const log = filteredLog(hostJson.logging.logLevel, options.onLog ?? printLog);
  warnOfUnusedSettings(log, localSettings.cors, settings);
  const server = publicServer(log);
  const port = await server.listen(
    options.port ?? localSettings.localHttpPort ?? DEFAULT_PORT,
    options.host ?? "127.0.0.1",
  );
  try {
    enterApp({ appDirectory, port, settings: options.settings ?? {}, localSettings: localSettings.values });
    const app = await startApp({
      appDirectory,
      entry: options.entry,
      settings,
      log: (level, category, message) => {
        if (level !== "none") {
          log({ level, category: category === "user" ? "Host.Function.Console" : "Worker", message });
        }
      },
    });
    const resolvedOptions = { ...options, appDirectory, dataDirectory };
    return await assembleHost({ app, hostJson, log, options: resolvedOptions, port, server, settings });
  } catch (error) {
    server.close();
    throw error;
  }
}

function publicServer(log: WriteLog): PublicServer {
  return new PublicServer((error, response) => {
    if (error instanceof BodyTooLargeError) {
      failResponse(response, 413);
      return;
    }
    log({ level: "error", category: "Host", message: `A request failed in the host: ${String(error)}` });
    failResponse(response, 500);
  });
}

function warnOfUnusedSettings(
  log: WriteLog,
  cors: string | undefined,
  settings: Readonly<Record<string, string | undefined>>,
): void {
  const warnings = [
    ...(cors === undefined
      ? []
      : ["Host.CORS of local.settings.json has no effect: the app answers preflights itself."]),
    ...(settings["WEBSITE_TIME_ZONE"] === undefined
      ? []
      : ["WEBSITE_TIME_ZONE has no effect: schedules are in UTC, as on Flex Consumption."]),
  ];
  for (const message of warnings) {
    log({ level: "warning", category: "Host", message });
  }
}
