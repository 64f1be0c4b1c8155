import diagnosticsChannel from "node:diagnostics_channel";
import { Server } from "node:http";

/**
 * Runs something and returns the HTTP servers that began to listen meanwhile. It is how the server inside the library
 * is found, which the library itself never closes.
 */
export async function serversStartedBy<Result>(
  run: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly servers: readonly Server[] }> {
  const servers: Server[] = [];
  const channel = diagnosticsChannel.tracingChannel("net.server.listen");
  const noteServer = (message: unknown): void => {
    if (
      typeof message === "object" &&
      message !== null &&
      "server" in message &&
      message.server instanceof Server
    ) {
      servers.push(message.server);
    }
  };
  channel.asyncStart.subscribe(noteServer);
  try {
    return { result: await run(), servers };
  } finally {
    channel.asyncStart.unsubscribe(noteServer);
  }
}
