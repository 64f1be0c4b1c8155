import type { InvocationContext } from "@azure/functions";

/** Runs the work of one invocation so that it can reach what belongs to the invocation, for example its Durable client. */
export type InvocationScope = <T>(context: InvocationContext, run: () => Promise<T>) => Promise<T>;
