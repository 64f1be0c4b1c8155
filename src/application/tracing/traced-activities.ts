import type { ActiveCalls } from "../ports/active-call.ts";
import type { Activities } from "../ports/activities.ts";
import type { Ids } from "../ports/ids.ts";
import type { Tracer } from "../ports/tracer.ts";
import { failureAttributes } from "./failure-attributes.ts";

export interface ActivityTracingParts {
  readonly tracer: Tracer;
  readonly activeCalls: ActiveCalls;
  readonly ids: Ids;
}

/** The same activities; each call is a span in the trace that the orchestration hands on in the input. */
export function tracedActivities(activities: Activities, parts: ActivityTracingParts): Activities {
  return new Proxy(activities, {
    get(target, key) {
      const activity: unknown = Reflect.get(target, key, target);
      return typeof activity === "function"
        ? (input: unknown) =>
            inSpan(String(key), input, {
              ...parts,
              run: async () => Reflect.apply(activity, target, [input]),
            })
        : activity;
    },
  });
}

async function inSpan(
  name: string,
  input: unknown,
  { tracer, activeCalls, ids, run }: ActivityTracingParts & { readonly run: () => Promise<unknown> },
): Promise<unknown> {
  const span = tracer.start({ name: `activity ${name}`, kind: "internal", parent: traceparentOf(input) });
  const call = {
    requestId: ids.next("act"),
    traceparent: span.traceparent,
    operation: name,
    knownHashes: new Map<string, string>(),
    changes: [],
    changeCount: 0,
  };
  try {
    const result = await activeCalls.run(call, run);
    span.end({ isFailed: false });
    return result;
  } catch (error) {
    span.end({ isFailed: true, attributes: failureAttributes(error) });
    throw error;
  }
}

function traceparentOf(input: unknown): string | undefined {
  return typeof input === "object" &&
    input !== null &&
    "traceparent" in input &&
    typeof input.traceparent === "string"
    ? input.traceparent
    : undefined;
}
