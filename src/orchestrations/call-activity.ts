import { type OrchestrationContext, RetryOptions, type Task } from "durable-functions";
import type { Activities, Refusal } from "../application/ports/activities.ts";

/** Six attempts over about a minute (2 + 4 + 8 + 16 + 32 s); what must live through longer outages asks patiently. */
const FIRST_RETRY_INTERVAL_MS = 2_000;
export const ATTEMPTS_PER_CALL = 6;
const BACKOFF_COEFFICIENT = 2;

/** An activity came back with a {@link Refusal}. */
export class ActivityRefused extends Error {
  override readonly name = "ActivityRefused";
  readonly refusal: Refusal["refused"];

  constructor(refusal: Refusal["refused"]) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

export type ActivityOutput<Name extends keyof Activities> = Awaited<ReturnType<Activities[Name]>>;

/**
 * Calls an activity by name and repeats it while it fails. Use it with `yield*`, which keeps the type of the result.
 *
 * @throws ActivityRefused at once when repeating cannot help; Error after the last attempt.
 */
export function* callActivity<Name extends keyof Activities>(
  context: OrchestrationContext,
  name: Name,
  input: Parameters<Activities[Name]>[0],
): Generator<Task, ActivityOutput<Name>, ActivityOutput<Name> | Refusal> {
  const retry = new RetryOptions(FIRST_RETRY_INTERVAL_MS, ATTEMPTS_PER_CALL);
  retry.backoffCoefficient = BACKOFF_COEFFICIENT;
  const output = yield context.df.callActivityWithRetry(name, retry, withTrace(context, input));
  if (isRefusal(output)) {
    throw new ActivityRefused(output.refused);
  }
  return output;
}

/** The trace of the request that started the orchestration goes along to every activity. */
function withTrace(context: OrchestrationContext, input: object): object {
  const own: unknown = context.df.getInput();
  return typeof own === "object" && own !== null && "traceparent" in own
    ? { ...input, traceparent: own.traceparent }
    : input;
}

function isRefusal(output: object): output is Refusal {
  return "refused" in output;
}
