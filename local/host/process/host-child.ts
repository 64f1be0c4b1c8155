import { HostError } from "../host-error.ts";
import { startHost } from "../start-host.ts";
import { type HostMessage, processOptionsSchema } from "./host-messages.ts";

// The program of the child process: one app, told by its parent what to run and when to stop.
process.once("message", (message) => {
  void run(message);
});

async function run(message: unknown): Promise<void> {
  try {
    const host = await startHost({
      ...processOptionsSchema.parse(message),
      onLog: (entry) => {
        tell({ kind: "log", entry });
      },
    });
    const stop = (): void => {
      host.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.once("SIGTERM", stop);
    // A parent that is gone can stop nothing any more.
    process.once("disconnect", stop);
    tell({ kind: "ready", port: host.port, listing: host.listing(), functions: [...host.functions] });
  } catch (error) {
    const code = error instanceof HostError ? error.code : "app-not-loaded";
    const text = error instanceof Error ? error.message : String(error);
    process.send?.({ kind: "failed", code, message: text } satisfies HostMessage, () => process.exit(1));
  }
}

function tell(message: HostMessage): void {
  if (process.connected) {
    process.send?.(message);
  }
}
