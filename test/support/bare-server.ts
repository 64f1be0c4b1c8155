import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface BareCall {
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  /** Settles when the connection of this call is gone or its answer is complete. */
  readonly closed: Promise<void>;
}

export interface BareServer extends AsyncDisposable {
  readonly url: string;
  readonly calls: readonly BareCall[];
}

/** A bare HTTP server in the place of an Azure service that answers as the test says. */
export async function startBareServer(
  answer: (call: BareCall, response: ServerResponse, index: number) => void,
): Promise<BareServer> {
  const calls: BareCall[] = [];
  const server = createServer((request, response) => {
    const closed = new Promise<void>((resolve) => response.on("close", resolve));
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const call = { url: request.url ?? "", headers: request.headers, body, closed };
      calls.push(call);
      answer(call, response, calls.length - 1);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
