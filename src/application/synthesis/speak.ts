import type { Principal } from "../../domain/access/principal.ts";
import { concatBytes } from "../../domain/speech/audio/audio-joiner.ts";
import { sealFile } from "../../domain/speech/audio/join-audio.ts";
import type { Ids } from "../ports/ids.ts";
import type { SpeechSynthesizer } from "../ports/speech-synthesizer.ts";
import type { PrepareSynthesis } from "./prepare-synthesis.ts";
import type { PreparedSynthesis } from "./prepared-synthesis.ts";
import { runSynthesis, type SynthesisEvent } from "./run-synthesis.ts";
import type { SpeakRequest } from "./speak-request.ts";

export interface SpeakParts {
  readonly prepare: PrepareSynthesis;
  readonly synthesizer: Pick<SpeechSynthesizer, "synthesize">;
  readonly ids: Ids;
}

/** A whole synthesis. */
export interface SpokenAudio {
  readonly id: string;
  readonly prepared: PreparedSynthesis;
  readonly audio: Uint8Array<ArrayBuffer>;
  readonly durationMs: number;
}

/** A synthesis whose first audio is there. */
export interface SpokenStream {
  readonly id: string;
  readonly prepared: PreparedSynthesis;
  /** Leaving the iteration ends the upstream call. */
  readonly events: AsyncIterable<SynthesisEvent>;
}

export type Speak = (
  principal: Principal,
  request: SpeakRequest,
  signal: AbortSignal,
) => Promise<SpokenAudio>;

export type SpeakStream = (
  principal: Principal,
  request: SpeakRequest,
  signal: AbortSignal,
) => Promise<SpokenStream>;

/** @throws what {@link PrepareSynthesis} and {@link SpeechSynthesizer} throw. */
export function makeSpeak({ prepare, synthesizer, ids }: SpeakParts): Speak {
  return async (principal, request, signal) => {
    const prepared = await prepare(principal, request, signal);
    const chunks: Uint8Array[] = [];
    let durationMs = 0;
    for await (const event of runSynthesis(prepared, synthesizer, signal)) {
      if (event.kind === "audio") {
        chunks.push(event.bytes);
      } else {
        durationMs = event.durationMs;
      }
    }
    const audio = new Uint8Array(concatBytes(chunks));
    sealFile(audio, prepared.format, durationMs);
    return { id: ids.next("syn"), prepared, audio, durationMs };
  };
}

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
