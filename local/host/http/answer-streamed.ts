import { randomUUID } from "node:crypto";
import http, { type ClientRequest, type IncomingMessage } from "node:http";
import { pipeline } from "node:stream";
import type { InvocationOutcome } from "../invocation/invoker.ts";
import { failResponse } from "./end-response.ts";
import { endToEnd, type ForwardTarget, openForward } from "./forward-request.ts";
import type { AnswerCall, HttpCall, HttpCallOptions } from "./http-call.ts";
import { httpInvocation } from "./http-invocation.ts";
import { contentLengthOf, readBody } from "./read-body.ts";
import { joinedHeaders } from "./request-target.ts";

export interface StreamedAnswerOptions extends HttpCallOptions {
  /** `HttpUri` of the library's capabilities. */
  readonly libraryUrl: URL;
  /** Leaves the client of a failed invocation without any answer, as Azure's host does. */
  readonly strictHang: boolean;
}

/** Azure's host gives up on a call that moves no byte for so long. */
const ACTIVITY_TIMEOUT_MS = 240_000;

/** Azure's front end closes a call that has not begun to answer by then. */
const FRONT_END_LIMIT_MS = 230_000;

const ANSWER_ADVICE =
  "Azure's host would leave the client hanging for 240 s: let a postInvocation hook answer it";

/**
 * Answers calls of an app with `enableHttpStream`, by the mechanism of Azure's host: the client's request is forwarded
 * to the server inside the library, which answers it while the function produces its response.
 */
export function streamedAnswer(options: StreamedAnswerOptions): AnswerCall {
  const target = { url: options.libraryUrl, agent: new http.Agent({ keepAlive: true }) };
  return (call) => new StreamedCall(call, options).run(target);
}

class StreamedCall {
  readonly #call: HttpCall;
  readonly #options: StreamedAnswerOptions;
  readonly #invocationId = randomUUID();
  /** Resolved when the library holds the forwarded request. */
  readonly #received = Promise.withResolvers<void>();
  readonly #startedMs = performance.now();
  #isReceived = false;
  #isAbandoned = false;

  constructor(call: HttpCall, options: StreamedAnswerOptions) {
    this.#call = call;
    this.#options = options;
  }

  async run(target: ForwardTarget): Promise<void> {
    const { request, response } = this.#call;
    // Azure's host reads a body of known length before it calls the function.
    const body =
      contentLengthOf(request) > 0 ? await readBody(request, this.#options.maxBodyBytes) : undefined;
    let forward = this.#send(target, body, (again) => (forward = again));
    response.once("close", () => {
      if (!response.writableFinished) {
        this.#abandon(forward);
      }
    });
    const outcome = await this.#invoke(body);
    if (!isAnswered(outcome) && !this.#options.strictHang) {
      if (!response.headersSent) {
        this.#warn(`${outcome.succeeded ? "returned no response" : "failed"}. ${ANSWER_ADVICE}`);
      }
      failResponse(response, 500);
      this.#isAbandoned = true;
      forward.destroy();
    }
  }

  /**
   * Forwards the call. Where the library closes a kept connection at the moment it is used again, the call goes out once more.
   *
   * @param onAgain is given the request that takes the first one's place.
   */
  #send(
    target: ForwardTarget,
    body: Buffer | undefined,
    onAgain: (forward: ClientRequest) => void,
  ): ClientRequest {
    const { request, response, url } = this.#call;
    const forward = openForward(target, { request, url, invocationId: this.#invocationId });
    forward.on("error", () => {
      if (forward.reusedSocket && !this.#isReceived && !this.#isAbandoned) {
        onAgain(this.#send(target, body, onAgain));
      } else {
        failResponse(response, 502);
      }
    });
    this.#relayResponse(forward);
    this.#sendBody(forward, body);
    return forward;
  }

  #relayResponse(forward: ClientRequest): void {
    const { response } = this.#call;
    forward.setTimeout(ACTIVITY_TIMEOUT_MS, () => {
      this.#warn(`moved no byte for ${ACTIVITY_TIMEOUT_MS / 1000} s, so the call ends, as it does on Azure`);
      failResponse(response, 504);
      this.#abandon(forward);
    });
    forward.on("response", (proxied) => {
      this.#copyResponse(proxied, forward);
    });
  }

  #copyResponse(proxied: IncomingMessage, forward: ClientRequest): void {
    const { request, response } = this.#call;
    const waitedMs = performance.now() - this.#startedMs;
    if (waitedMs > FRONT_END_LIMIT_MS) {
      this.#warn(
        `answered after ${Math.round(waitedMs / 1000)} s; Azure's front end closes a call after 230 s`,
      );
    }
    response.writeHead(proxied.statusCode ?? 502, endToEnd(proxied.headers));
    response.flushHeaders();
    pipeline(proxied, response, () => {
      // A broken response is destroyed by the pipeline on both sides; after an early one nobody takes the rest of the body.
      if (!request.readableEnded) {
        request.unpipe(forward);
        request.resume();
        forward.destroy();
      }
    });
  }

  #sendBody(forward: ClientRequest, body: Buffer | undefined): void {
    const { request, response } = this.#call;
    if (body !== undefined || request.headers["transfer-encoding"] === undefined) {
      forward.end(body);
      return;
    }
    forward.flushHeaders();
    let sizeBytes = 0;
    request.on("data", (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes > this.#options.maxBodyBytes && response.writableEnded) {
        request.destroy();
      } else if (sizeBytes > this.#options.maxBodyBytes) {
        failResponse(response, 413);
        request.unpipe(forward);
        this.#abandon(forward);
      }
    });
    request.pipe(forward);
  }

  async #invoke(body: Buffer | undefined): Promise<InvocationOutcome> {
    const { request } = this.#call;
    if (request.headers["x-ms-invocation-id"] !== undefined) {
      this.#warn(
        "was sent x-ms-invocation-id by the client; Azure's host would keep it, and the call would hang",
      );
    }
    const headers = joinedHeaders(request);
    return this.#options.invoker.invoke({
      ...httpInvocation(this.#call, { headers, body, input: { http: {} } }),
      invocationId: this.#invocationId,
      onArguments: () => {
        this.#isReceived = true;
        this.#received.resolve();
      },
    });
  }

  /** Breaks the forwarded request, but not before it has arrived: the library would wait for it for ever. */
  #abandon(forward: ClientRequest): void {
    this.#isAbandoned = true;
    void this.#received.promise.then(() => forward.destroy());
  }

  #warn(message: string): void {
    const { fn } = this.#call.match.route;
    this.#options.log({
      level: "warning",
      category: `Function.${fn.name}`,
      message: `Function "${fn.name}" ${message}.`,
      functionName: fn.name,
      invocationId: this.#invocationId,
    });
  }
}

/** The library answers the forwarded request itself, but only when the function returned something. */
function isAnswered(outcome: InvocationOutcome): boolean {
  return outcome.succeeded && outcome.result !== null && outcome.result !== undefined;
}
