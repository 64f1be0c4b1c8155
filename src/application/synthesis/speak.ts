import type { Principal } from "../../domain/access/principal.ts";
import type { SpeechWarning } from "../../domain/speech/speech-warning.ts";
import type { Ids } from "../ports/ids.ts";
import type { PrepareSynthesis } from "./prepare-synthesis.ts";
import type { PreparedSynthesis } from "./prepared-synthesis.ts";
import type { SpeakRequest } from "./speak-request.ts";
import type { SynthesisEvent } from "./synthesis-event.ts";
import type { Keeping, SynthesisKeeper } from "./synthesis-keeper.ts";
import { collectResult, type SynthesisResult } from "./synthesis-result.ts";
import type { CacheOutcome, SynthesisSource } from "./synthesis-source.ts";

export interface SpeakParts {
  readonly prepare: PrepareSynthesis;
  readonly source: Pick<SynthesisSource, "open">;
  readonly keeper: SynthesisKeeper;
  readonly ids: Ids;
}

/** A whole synthesis. */
export interface SpokenAudio extends SynthesisResult {
  readonly id: string;
  readonly prepared: PreparedSynthesis;
  readonly cache: CacheOutcome;
  /** Settles when history and usage are written, with what went wrong there. Never rejects. */
  readonly kept: Promise<readonly SpeechWarning[]>;
}

export type Speak = (
  principal: Principal,
  request: SpeakRequest,
  signal: AbortSignal,
) => Promise<SpokenAudio>;

/** One answer holds the whole audio in memory. */
const MAX_AUDIO_BYTES = 128 * 1024 * 1024;

/**
 * @throws what {@link PrepareSynthesis} and {@link SpeechSynthesizer} throw, and {@link ServiceError} `audio-too-large`.
 */
export function makeSpeak({ prepare, source, keeper, ids }: SpeakParts): Speak {
  return async (principal, request, signal) => {
    const prepared = await prepare(principal, request, signal);
    const { cache, events } = await source.open(prepared, signal);
    const id = ids.next("syn");
    const keeping = keeper.begin({ id, prepared, cache });
    try {
      const result = await collectResult(noted(events, keeping), prepared.format, MAX_AUDIO_BYTES);
      return { id, prepared, cache, ...result, kept: keeping.complete() };
    } catch (error) {
      await keeping.leave(error);
      throw error;
    }
  };
}

async function* noted(
  events: AsyncIterable<SynthesisEvent>,
  keeping: Keeping,
): AsyncGenerator<SynthesisEvent, void, void> {
  for await (const event of events) {
    await keeping.add(event);
    yield event;
  }
}
