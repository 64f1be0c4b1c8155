import type { InputData } from "../core/protocol.ts";
import type { Invocation } from "../invocation/invoker.ts";
import type { HttpCall } from "./http-call.ts";
import { httpTriggerMetadata } from "./trigger-metadata.ts";

export interface CallFacts {
  readonly headers: Readonly<Record<string, string>>;
  /** Whole body, when it is known before the call. */
  readonly body: Buffer | undefined;
  /** What the function gets as its request. */
  readonly input: InputData;
}

/** The call of a function by HTTP, as the host tells it to the app. */
export function httpInvocation({ url, match }: HttpCall, { headers, body, input }: CallFacts): Invocation {
  const { fn } = match.route;
  return {
    fn,
    reason: "This function was programmatically called via the host APIs.",
    inputs: { [fn.trigger.bindingName]: input },
    triggerMetadata: httpTriggerMetadata({
      query: url.searchParams,
      parameters: match.parameters,
      headers,
      body,
    }),
    traceParent: headers["traceparent"],
    traceState: headers["tracestate"],
  };
}
