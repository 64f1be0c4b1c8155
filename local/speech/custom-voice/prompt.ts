import { durationMsOf } from "./recording.ts";
import type { Recording, Unreadable } from "./recording.ts";

/** How much speech the prompt of a personal voice must hold, all files together. */
const MIN_PROMPT_MS = 5000;
const MAX_PROMPT_MS = 90_000;

/** @returns what is wrong with the recordings a personal voice is to be made from, as a sentence. */
export function promptProblem(recordings: readonly (Recording | Unreadable)[]): string | undefined {
  let totalMs = 0;
  for (const recording of recordings) {
    if ("problem" in recording) {
      return recording.problem;
    }
    totalMs += durationMsOf(recording);
  }
  return totalMs >= MIN_PROMPT_MS && totalMs <= MAX_PROMPT_MS
    ? undefined
    : `The audio must last 5 to 90 seconds in total, not ${(totalMs / 1000).toFixed(1)}.`;
}
