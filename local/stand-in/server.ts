import { createServer, IncomingMessage } from "node:http";
import type { Server } from "node:net";
import type { Duplex } from "node:stream";
import { CuttableResponse } from "./cuttable-response.ts";
import type { Exchange, StandInHandler } from "./exchange.ts";
import { Refusal } from "./refusal.ts";
import { sendCognitiveError } from "./send.ts";

export interface StandInOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** Asked in this order. */
  readonly handlers: readonly StandInHandler[];
  /** Hears of failures that are bugs of a stand-in; the client gets 500. Default: nobody does. */
  readonly onError?: (error: unknown) => void;
}

export interface RunningStandIn {
  /** Without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Ends every connection at once, websockets and idle keep-alive ones too. */
  close(): Promise<void>;
}

/** Starts an HTTP server on the loopback address only. */
export async function startStandIn(options: StandInOptions): Promise<RunningStandIn> {
  const sockets = new Set<Duplex>();
  const server = createServer({ IncomingMessage, ServerResponse: CuttableResponse });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("request", (request, response) => {
    void answer(options, request, response);
  });
  server.on("upgrade", (request, socket, head) => {
    // Node listens to it no more, and a client may leave while it is refused.
    socket.on("error", () => socket.destroy());
    const url = urlOf(request);
    const isTaken =
      url !== undefined &&
      options.handlers.some((handler) => handler.upgrade?.({ request, socket, head, url }));
    if (!isTaken) {
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    }
  });
  const port = await listen(server, options.port);
  return { url: `http://127.0.0.1:${port}`, port, close: () => close(server, sockets) };
}

async function answer(
  options: StandInOptions,
  request: IncomingMessage,
  response: CuttableResponse,
): Promise<void> {
  try {
    const url = urlOf(request);
    if (url === undefined) {
      throw new Refusal({ status: 400, code: "BadRequest" }, "The request has no valid host or path.");
    }
    await dispatch(options.handlers, { request, response, url });
  } catch (error) {
    answerError(options, response, error);
  }
}

async function dispatch(handlers: readonly StandInHandler[], exchange: Exchange): Promise<void> {
  for (const handler of handlers) {
    if (await handler.handle(exchange)) {
      return;
    }
  }
  throw new Refusal({ status: 404, code: "404" }, "Resource not found");
}

function answerError(options: StandInOptions, response: CuttableResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  if (error instanceof Refusal) {
    sendCognitiveError(response, error);
    return;
  }
  options.onError?.(error);
  sendCognitiveError(
    response,
    new Refusal({ status: 500, code: "InternalServerError" }, "The stand-in failed."),
  );
}

function urlOf(request: IncomingMessage): URL | undefined {
  return URL.parse(`http://${request.headers.host ?? "localhost"}${request.url ?? "/"}`) ?? undefined;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

async function close(server: Server, sockets: ReadonlySet<Duplex>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  for (const socket of sockets) {
    socket.destroy();
  }
  await closed;
}
