import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { HostError } from "../host-error.ts";
import { WorkInProgress } from "../work-in-progress.ts";

export type HandleRequest = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const KEEP_ALIVE_MS = 65_000;

/** The server that clients talk to. It holds requests that come before the app is ready. */
export class PublicServer {
  readonly #server: http.Server;
  /** Until their last byte: a function that streams has returned before. */
  readonly answers = new WorkInProgress();
  readonly #ready = Promise.withResolvers<HandleRequest>();
  /** Deals with what a handler throws. */
  readonly #onError: (error: unknown, response: ServerResponse) => void;

  constructor(onError: (error: unknown, response: ServerResponse) => void) {
    this.#onError = onError;
    this.#server = http.createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
      void this.#handle(request, response);
    });
  }

  /**
   * @param port 0 takes any free one.
   * @returns the port.
   * @throws {@link HostError} `port-in-use`
   */
  async listen(port: number, host: string): Promise<number> {
    const listening = Promise.withResolvers<void>();
    this.#server.once("error", listening.reject);
    this.#server.listen(port, host, listening.resolve);
    try {
      await listening.promise;
    } catch (error) {
      throw isAddressInUse(error) ? portInUse(port, error) : error;
    }
    this.#server.off("error", listening.reject);
    return tcpAddress(this.#server).port;
  }

  serve(handle: HandleRequest): void {
    this.#ready.resolve(handle);
  }

  /** Takes no new call; ends connections that carry none. */
  stopListening(): void {
    this.#server.close();
    this.#server.closeIdleConnections();
  }

  /** Breaks what is still open. */
  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    void this.answers.track(() => once(response, "close"));
    try {
      const handle = await this.#ready.promise;
      await handle(request, response);
    } catch (error) {
      this.#onError(error, response);
    }
  }
}

function isAddressInUse(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

function portInUse(port: number, cause: unknown): HostError {
  return new HostError(
    "port-in-use",
    `Port ${port} is unavailable: another process listens on it. Stop that process, or choose another port.`,
    cause,
  );
}

function tcpAddress(server: http.Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new TypeError("The server listens on no TCP port.");
  }
  return address;
}
