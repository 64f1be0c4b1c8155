import type { Task } from "durable-functions";
import type { Cancellation } from "./cancellation.ts";

const BACKOFF_FACTOR = 1.5;

export interface Pace {
  readonly firstSeconds: number;
  readonly maxSeconds: number;
}

/** Looks until what it finds is wanted, with pauses that grow. @throws Canceled */
export function* poll<T, Next>(
  { firstSeconds, maxSeconds }: Pace,
  cancellation: Cancellation,
  question: {
    readonly look: () => Generator<Task, T, Next>;
    readonly isWanted: (found: T) => boolean;
    /** Told how long the pause will be, before it begins. */
    readonly onPause?: (seconds: number) => void;
  },
): Generator<Task, T, Next & Task> {
  for (let seconds = firstSeconds; ; seconds = Math.min(seconds * BACKOFF_FACTOR, maxSeconds)) {
    const found = yield* question.look();
    if (question.isWanted(found)) {
      return found;
    }
    question.onPause?.(seconds);
    yield* cancellation.pause(seconds);
  }
}

/** The answer of every activity that looks at what Azure is making. */
export function hasSucceeded({ progress }: { readonly progress: "running" | "succeeded" }): boolean {
  return progress === "succeeded";
}
