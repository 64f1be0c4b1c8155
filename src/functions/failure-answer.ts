import type { InvocationContext } from "@azure/functions";
import type { Logger } from "../application/ports/logger.ts";
import { causeText } from "../http/cause-text.ts";
import { problemOf } from "../http/problem.ts";
import type { AnswerFailure } from "./streaming/guard-http-responses.ts";

/** What a client is told when even the pipeline fails, or a streamed body breaks before its first byte. */
export function failureAnswer(logger: Logger): AnswerFailure {
  return (error: unknown, { invocationId, functionName }: InvocationContext) => {
    logger.log("error", "An answer could not be finished", {
      operation: functionName,
      invocationId,
      error: causeText(error),
    });
    const { status, headers, body } = problemOf(error, { requestId: invocationId });
    return { status, headers, body };
  };
}
