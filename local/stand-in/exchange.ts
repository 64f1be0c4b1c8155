import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { CuttableResponse } from "./cuttable-response.ts";

/** One request and its answer. `url` is absolute, built from the request's own `Host`. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: CuttableResponse;
  readonly url: URL;
}

/** One websocket upgrade that nobody has answered yet. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly url: URL;
}

/** A part of a server: one stand-in, or one area of it. Several share a server; the first that knows the path answers. */
export interface StandInHandler {
  /**
   * @returns false, with nothing read or written, when the path belongs to another handler.
   * @throws {@link Refusal} to have it answered in the shape of Cognitive Services.
   */
  handle(exchange: Exchange): Promise<boolean>;
  /** @returns false when the path belongs to another handler. */
  upgrade?(upgrade: Upgrade): boolean;
}
