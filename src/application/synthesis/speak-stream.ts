import type { Principal } from "../../domain/access/principal.ts";
import type { PreparedSynthesis } from "./prepared-synthesis.ts";
import { runSynthesis } from "./run-synthesis.ts";
import type { SpeakParts } from "./speak.ts";
import type { SpeakRequest } from "./speak-request.ts";
import type { SynthesisEvent } from "./synthesis-event.ts";

/** A synthesis whose first audio is there. */
export interface SpokenStream {
  readonly id: string;
  readonly prepared: PreparedSynthesis;
  /** Leaving the iteration ends the upstream call. */
  readonly events: AsyncIterable<SynthesisEvent>;
}

export type SpeakStream = (
  principal: Principal,
  request: SpeakRequest,
  signal: AbortSignal,
) => Promise<SpokenStream>;

/** @throws what {@link PrepareSynthesis} and {@link SpeechSynthesizer} throw, until the first audio is there. */
export function makeSpeakStream({ prepare, synthesizer, ids }: SpeakParts): SpeakStream {
  return async (principal, request, signal) => {
    const prepared = await prepare(principal, request, signal);
    const events = runSynthesis(prepared, synthesizer, signal);
    const first = await events.next();
    return { id: ids.next("syn"), prepared, events: resumed(first, events) };
  };
}

async function* resumed<T>(
  first: IteratorResult<T, void>,
  rest: AsyncGenerator<T, void, void>,
): AsyncGenerator<T, void, void> {
  try {
    if (first.done !== true) {
      yield first.value;
      yield* rest;
    }
  } finally {
    await rest.return();
  }
}
