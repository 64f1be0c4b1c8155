import type { AppFunction } from "./app/app-function.ts";
import type { BlobTriggers } from "./blobs/blob-triggers.ts";
import { HostError } from "./host-error.ts";
import type { InvocationOutcome, Invoker } from "./invocation/invoker.ts";
import { valueOf } from "./invocation/typed-data.ts";
import type { Timers } from "./timers/timers.ts";

export interface RunNowParts {
  readonly invoker: Invoker;
  readonly timers: Timers;
  readonly blobs: BlobTriggers | undefined;
}

/**
 * Runs one function by hand.
 *
 * @returns what the function returned; nothing for a timer.
 * @throws {@link HostError} `function-invalid` for a function that is started in another way, `function-failed`
 */
export async function runNow(parts: RunNowParts, fn: AppFunction, input: unknown): Promise<unknown> {
  switch (fn.trigger.kind) {
    case "timer":
      return parts.timers.fire(fn.name);
    case "blob":
      return resultOf(fn, await runBlob(parts.blobs, fn, input));
    case "activity": {
      const inputs = {
        [fn.trigger.bindingName]: input === undefined ? {} : { string: JSON.stringify(input) },
      };
      return resultOf(
        fn,
        await parts.invoker.invoke({ fn, reason: "This function was called by hand.", inputs }),
      );
    }
    case "http":
      throw new HostError("function-invalid", `Function "${fn.name}" is called through its URL.`);
    case "orchestration":
      throw new HostError("function-invalid", `Function "${fn.name}" is started through a Durable client.`);
  }
}

async function runBlob(
  blobs: BlobTriggers | undefined,
  fn: AppFunction,
  input: unknown,
): Promise<InvocationOutcome | undefined> {
  if (typeof input !== "string") {
    throw new HostError(
      "function-invalid",
      `Function "${fn.name}" takes the path of a blob: "container/name".`,
    );
  }
  return blobs?.run(fn.name, input);
}

function resultOf(fn: AppFunction, outcome: InvocationOutcome | undefined): unknown {
  if (outcome === undefined) {
    throw new HostError("function-invalid", `There is no such blob for function "${fn.name}".`);
  }
  if (!outcome.succeeded) {
    throw new HostError(
      "function-failed",
      `Function "${fn.name}" failed: ${String(outcome.error)}`,
      outcome.error,
    );
  }
  return valueOf(outcome.response.returnValue);
}
