import { createServer, STATUS_CODES } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";

/** What a service of Azure answers to every request. */
export interface AzureAnswer {
  /** Undefined: nothing, ever. */
  readonly status: number | undefined;
  readonly reason?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** How websockets end once they were told what to speak; undefined: they are refused with `status`. */
  readonly close?: { readonly code: number; readonly reason: string };
}

/** Tells the official clients not to try again, so that a test takes no longer than it must. */
const NO_RETRY = { "x-should-retry": "false", "retry-after-ms": "1" };

/** A service that fails as it is told. A client of Cosmos DB gets its account first. */
export async function startFailingService(answer: AzureAnswer) {
  const { status, reason, body, headers } = answer;
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      if (request.url === "/" && request.method === "GET") {
        response.writeHead(200, { "content-type": "application/json" }).end(accountAt(urlOf()));
      } else if (status !== undefined) {
        const type = typeof body === "string" ? "text/plain" : "application/json";
        response.writeHead(status, reason ?? STATUS_CODES[status] ?? "", {
          "content-type": type,
          ...NO_RETRY,
          ...headers,
        });
        response.end(typeof body === "string" ? body : JSON.stringify(body ?? {}));
      }
    });
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    const { close } = answer;
    if (close === undefined) {
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on("message", (message) => {
        if (Buffer.isBuffer(message) && message.includes("<speak")) {
          webSocket.close(close.code, close.reason);
        }
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const urlOf = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: urlOf(),
    async [Symbol.asyncDispose]() {
      sockets.clients.forEach((webSocket) => webSocket.terminate());
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function accountAt(url: string): string {
  const location = [{ name: "Local", databaseAccountEndpoint: url }];
  return JSON.stringify({
    id: "account",
    writableLocations: location,
    readableLocations: location,
    enableMultipleWriteLocations: false,
    userConsistencyPolicy: { defaultConsistencyLevel: "Session" },
  });
}
