import type { Principal } from "../../domain/access/principal.ts";
import type { SpeechWarning } from "../../domain/speech/speech-warning.ts";
import type { PreparedSynthesis } from "./prepared-synthesis.ts";
import type { SpeakParts } from "./speak.ts";
import type { SpeakRequest } from "./speak-request.ts";
import type { SynthesisEvent } from "./synthesis-event.ts";
import type { Keeping } from "./synthesis-keeper.ts";
import type { CacheOutcome } from "./synthesis-source.ts";

export type StreamEvent = SynthesisEvent | { readonly kind: "warning"; readonly warning: SpeechWarning };

/** A synthesis whose first audio is there. */
export interface SpokenStream {
  readonly id: string;
  readonly prepared: PreparedSynthesis;
  readonly cache: CacheOutcome;
  /** Ends after the result is in the history. Leaving the iteration ends the upstream call. */
  readonly events: AsyncIterable<StreamEvent>;
}

export type SpeakStream = (
  principal: Principal,
  request: SpeakRequest,
  signal: AbortSignal,
) => Promise<SpokenStream>;

/** @throws what {@link PrepareSynthesis} and {@link SpeechSynthesizer} throw, until the first audio is there. */
export function makeSpeakStream({ prepare, source, keeper, ids }: SpeakParts): SpeakStream {
  return async (principal, request, signal) => {
    const prepared = await prepare(principal, request, signal);
    const { cache, events } = await source.open(prepared, signal);
    const id = ids.next("syn");
    const keeping = keeper.begin({ id, prepared, cache });
    try {
      const first = await events.next();
      return { id, prepared, cache, events: begun(keptEvents(first, events, keeping), signal) };
    } catch (error) {
      await keeping.leave(error);
      throw error;
    }
  };
}

/**
 * The same events, begun at once: a listener who leaves before the first read has the upstream call ended and counted as
 * well.
 */
function begun<T>(events: AsyncGenerator<T, void, void>, signal: AbortSignal): AsyncIterable<T> {
  const first = events.next();
  const leave = (): void => {
    events.return().catch(() => undefined);
  };
  first.catch(() => undefined);
  signal.addEventListener("abort", leave, { once: true });
  return eventsFrom(first, events, signal);
}

async function* eventsFrom<T>(
  first: Promise<IteratorResult<T, void>>,
  rest: AsyncGenerator<T, void, void>,
  signal: AbortSignal,
): AsyncGenerator<T, void, void> {
  try {
    for (let result = await first; result.done !== true; result = await rest.next()) {
      yield result.value;
    }
    signal.throwIfAborted();
  } finally {
    await rest.return();
  }
}

async function* keptEvents(
  first: IteratorResult<SynthesisEvent, void>,
  rest: AsyncGenerator<SynthesisEvent, void, void>,
  keeping: Keeping,
): AsyncGenerator<StreamEvent, void, void> {
  let isComplete = false;
  try {
    for (let result = first; result.done !== true; result = await rest.next()) {
      const event = result.value;
      await keeping.add(event);
      if (event.kind === "done") {
        isComplete = true;
        yield* (await keeping.complete()).map((warning) => ({ kind: "warning", warning }) as const);
      }
      yield event;
    }
  } finally {
    await rest.return();
    if (!isComplete) {
      await keeping.leave(new DOMException("The listener left.", "AbortError"));
    }
  }
}
