import type { Principal } from "../../domain/access/principal.ts";
import { concatBytes } from "../../domain/speech/audio/audio-joiner.ts";
import { sealFile } from "../../domain/speech/audio/join-audio.ts";
import type { TimedViseme, TimedWord, TimingSource } from "../../domain/speech/timings/timed-word.ts";
import type { Ids } from "../ports/ids.ts";
import type { SpeechSynthesizer } from "../ports/speech-synthesizer.ts";
import type { PrepareSynthesis } from "./prepare-synthesis.ts";
import type { PreparedSynthesis } from "./prepared-synthesis.ts";
import { runSynthesis } from "./run-synthesis.ts";
import type { SpeakRequest } from "./speak-request.ts";
import type { SynthesisEvent } from "./synthesis-event.ts";

export interface SpeakParts {
  readonly prepare: PrepareSynthesis;
  readonly synthesizer: SpeechSynthesizer;
  readonly ids: Ids;
}

/** All that one run made. */
export interface SynthesisResult {
  readonly audio: Uint8Array<ArrayBuffer>;
  readonly durationMs: number;
  readonly words: readonly TimedWord[];
  readonly visemes: readonly TimedViseme[];
  readonly timingSource: TimingSource;
}

/** A whole synthesis. */
export interface SpokenAudio extends SynthesisResult {
  readonly id: string;
  readonly prepared: PreparedSynthesis;
}

export type Speak = (
  principal: Principal,
  request: SpeakRequest,
  signal: AbortSignal,
) => Promise<SpokenAudio>;

/** @throws what {@link PrepareSynthesis} and {@link SpeechSynthesizer} throw. */
export function makeSpeak({ prepare, synthesizer, ids }: SpeakParts): Speak {
  return async (principal, request, signal) => {
    const prepared = await prepare(principal, request, signal);
    const result = await collected(prepared, runSynthesis(prepared, synthesizer, signal));
    return { id: ids.next("syn"), prepared, ...result };
  };
}

async function collected(
  { format }: PreparedSynthesis,
  events: AsyncIterable<SynthesisEvent>,
): Promise<SynthesisResult> {
  const chunks: Uint8Array[] = [];
  const words: TimedWord[] = [];
  const visemes: TimedViseme[] = [];
  let done: { readonly durationMs: number; readonly timingSource: TimingSource } = {
    durationMs: 0,
    timingSource: "engine",
  };
  for await (const event of events) {
    switch (event.kind) {
      case "audio":
        chunks.push(event.bytes);
        break;
      case "word":
        words.push(event.word);
        break;
      case "viseme":
        visemes.push(event.viseme);
        break;
      case "done":
        done = { durationMs: event.durationMs, timingSource: event.timingSource };
        break;
    }
  }
  const audio = new Uint8Array(concatBytes(chunks));
  sealFile(audio, format, done.durationMs);
  return { audio, words, visemes, ...done };
}
