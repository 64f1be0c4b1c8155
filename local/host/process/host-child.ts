import { HostError } from "../host-error.ts";
import type { HostLogEntry } from "../host-log.ts";
import { startHost } from "../start-host.ts";
import { type HostMessage, processOptionsSchema } from "./host-messages.ts";

// The program of the child process: one app, told by its parent what to run and when to stop.

// Ctrl-C reaches every process of the terminal, and the parent decides what it means.
process.on("SIGINT", () => undefined);

// A parent that is gone took the stores with it and may be started again on this data at once: nothing can be finished.
process.once("disconnect", () => process.exit(1));

process.once("message", (message) => {
  void run(message);
});

async function run(message: unknown): Promise<void> {
  try {
    const { forwardsLogs, ...options } = processOptionsSchema.parse(message);
    const host = await startHost({ ...options, onLog: forwardsLogs === true ? forwardLog : undefined });
    const stop = (): void => {
      host.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.once("SIGTERM", stop);
    tell({ kind: "ready", port: host.port, listing: host.listing(), functions: [...host.functions] });
  } catch (error) {
    const code = error instanceof HostError ? error.code : "app-not-loaded";
    const text = error instanceof Error ? error.message : String(error);
    process.send?.({ kind: "failed", code, message: text } satisfies HostMessage, () => process.exit(1));
  }
}

function forwardLog(entry: HostLogEntry): void {
  tell({ kind: "log", entry });
}

function tell(message: HostMessage): void {
  if (process.connected) {
    process.send?.(message);
  }
}
