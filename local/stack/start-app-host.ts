import path from "node:path";
import { type SupervisedHost, superviseHost, type SupervisionEvent } from "../host/process/supervise-host.ts";

export interface AppHostOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly dataDirectory: string;
  /** The environment of this process goes first. */
  readonly settings: Readonly<Record<string, string>>;
  /** Starts the app again when its sources change. */
  readonly watchesSources?: boolean;
  /** Whether an orchestration fails when the SDK and the host number its tasks differently. Default: it is logged. */
  readonly failsOnSequenceDrift?: boolean;
  /** Folder of a bundle to run instead of the sources. */
  readonly bundleDirectory?: string | undefined;
}

export const APP_DIRECTORY = path.resolve(import.meta.dirname, "../..");

/** Runs the app on the Functions host in a process of its own. When it dies, another one takes its place. */
export async function startAppHost(options: AppHostOptions): Promise<SupervisedHost> {
  const { port, dataDirectory, settings, watchesSources = false, bundleDirectory } = options;
  const { failsOnSequenceDrift = false } = options;
  return superviseHost(
    {
      ...(bundleDirectory === undefined
        ? { appDirectory: APP_DIRECTORY, entry: "src/main.ts" }
        : { appDirectory: bundleDirectory }),
      port,
      dataDirectory: path.resolve(dataDirectory, "host"),
      settings: withoutThose(settings, process.env),
      durable: { failsOnSequenceDrift },
    },
    {
      watchedDirectories: watchesSources ? [path.join(APP_DIRECTORY, "src")] : [],
      onEvent: report,
    },
  );
}

function withoutThose(
  settings: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => environment[name] === undefined));
}

function report(event: SupervisionEvent): void {
  switch (event.kind) {
    case "died":
      console.error("The app has died; starting it again.");
      break;
    case "restarted":
      console.log(`The app was started again in ${event.tookMs} ms.`);
      break;
    case "failed":
      console.error(
        `The app does not start; it is tried again after its next change, or a pause if it had died.\n${event.message}`,
      );
      break;
  }
}
