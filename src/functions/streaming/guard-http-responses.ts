import { ReadableStream } from "node:stream/web";
import type { HttpResponseInit, InvocationContext, PostInvocationHandler } from "@azure/functions";
import { pacedBody } from "./paced-body.ts";
import { proxiedResponse, type ProxiedResponse } from "./proxied-responses.ts";

/** What a client is told when a handler fails. */
export interface FailureAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Logs a failure and says what the client is told. */
export type AnswerFailure = (error: unknown, context: InvocationContext) => FailureAnswer;

/**
 * A `postInvocation` hook for apps with `enableHttpStream`, where Azure leaves the client of a failed handler without
 * an answer for 240 s. A throw or a wrong result becomes the failure's answer, no result becomes 204, and a streamed body
 * is paced by its client. A body that breaks before its first byte becomes the failure's answer; one that breaks later
 * ends in a broken connection, never in an end that looks regular.
 */
export function guardHttpResponses(answerFailure: AnswerFailure): PostInvocationHandler {
  return (hook) => {
    const context = hook.invocationContext;
    if (context.options.trigger.type !== "httpTrigger") {
      return;
    }
    if (hook.error !== null && hook.error !== undefined) {
      hook.result = { ...answerFailure(hook.error, context) };
      hook.error = undefined;
      return;
    }
    hook.result = guardedResult(hook.result, context, answerFailure);
  };
}

function guardedResult(result: unknown, context: InvocationContext, answerFailure: AnswerFailure): unknown {
  if (result === null || result === undefined) {
    return { status: 204 };
  }
  if (typeof result !== "object") {
    return answerFailure(
      new TypeError(`The handler returned a ${typeof result} instead of a response.`),
      context,
    );
  }
  const proxied = proxiedResponse(context.invocationId);
  return isStreamed(result) && proxied !== undefined
    ? { ...result, ...paceResult(result, proxied, (error) => answerFailure(error, context)) }
    : result;
}

interface StreamedResult extends Pick<HttpResponseInit, "cookies" | "headers" | "status"> {
  readonly body: ReadableStream<Uint8Array>;
}

function isStreamed(result: object): result is StreamedResult {
  return "body" in result && result.body instanceof ReadableStream;
}

/** Names every member, because those of the library's `HttpResponse` are getters that a spread leaves out. */
function paceResult(
  { body, cookies, headers, status }: StreamedResult,
  proxied: ProxiedResponse,
  answerBroken: (error: unknown) => FailureAnswer,
): HttpResponseInit {
  const onBroken = (error: unknown): void => {
    const answer = answerBroken(error);
    if (proxied.response.headersSent) {
      proxied.response.destroy();
      throw error;
    }
    for (const name of proxied.response.getHeaderNames()) {
      proxied.response.removeHeader(name);
    }
    proxied.response.writeHead(answer.status, answer.headers).end(answer.body);
  };
  return {
    body: pacedBody(body, proxied, onBroken),
    ...(cookies === undefined ? {} : { cookies }),
    ...(headers === undefined ? {} : { headers }),
    ...(status === undefined ? {} : { status }),
  };
}
