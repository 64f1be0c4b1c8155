import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { HostLogEntry } from "../../local/host/host-log.ts";
import type { ProcessOptions } from "../../local/host/process/host-messages.ts";
import { type HostProcess, startHostProcess } from "../../local/host/process/start-host-process.ts";

export interface HostApp {
  readonly url: string;
  readonly host: HostProcess;
  readonly logs: readonly HostLogEntry[];
  readonly dataDirectory: string;
  close(): Promise<void>;
}

/** Runs a sample app of `host-apps` on a host in a child process, with data of its own. */
export async function startHostApp(name: string, options: Partial<ProcessOptions> = {}): Promise<HostApp> {
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(path.join(tmpdir(), "host-app-")));
  const appDirectory = path.join(import.meta.dirname, "host-apps", name);
  const logs: HostLogEntry[] = [];
  const host = await startHostProcess({ appDirectory, dataDirectory, port: 0, ...options }, (entry) => {
    logs.push(entry);
  });
  return {
    url: host.url,
    host,
    logs,
    dataDirectory,
    async close() {
      await host.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

/**
 * The base URL of a sample app. `CONFORMANCE_URL_STREAMING` and so on name one that already runs, for example under Azure
 * Functions Core Tools; otherwise the local host runs it.
 */
export async function sampleApp(
  name: string,
  options: Partial<ProcessOptions> = {},
): Promise<Pick<HostApp, "url" | "close">> {
  const url = process.env[`CONFORMANCE_URL_${name.toUpperCase()}`];
  return url === undefined ? startHostApp(name, options) : { url, close: async () => undefined };
}
