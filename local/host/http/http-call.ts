import type { IncomingMessage, ServerResponse } from "node:http";
import type { WriteLog } from "../host-log.ts";
import type { Invoker } from "../invocation/invoker.ts";
import type { MatchedRoute } from "../routing/router.ts";

/** One request that has found its function. */
export interface HttpCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly match: MatchedRoute;
}

export interface HttpCallOptions {
  readonly invoker: Pick<Invoker, "invoke">;
  readonly log: WriteLog;
  /** Azure: 104,857,600. */
  readonly maxBodyBytes: number;
}

/** Answers one call. Rejects with `BodyTooLargeError` before anything is answered. */
export type AnswerCall = (call: HttpCall) => Promise<void>;
