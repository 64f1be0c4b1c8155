import { concatBytes } from "../../domain/speech/audio/audio-joiner.ts";
import { sealStart } from "../../domain/speech/audio/join-audio.ts";
import type { AudioFormat } from "../../domain/speech/audio/audio-format.ts";
import type {
  TimedBookmark,
  TimedViseme,
  TimedWord,
  TimingSource,
} from "../../domain/speech/timings/timed-word.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { SynthesisEvent } from "./synthesis-event.ts";

/** What a run told besides its audio. */
export interface SynthesisTimings {
  readonly durationMs: number;
  readonly words: readonly TimedWord[];
  readonly visemes: readonly TimedViseme[];
  readonly bookmarks: readonly TimedBookmark[];
  readonly timingSource: TimingSource;
}

/** All that one run made. */
export interface SynthesisResult extends SynthesisTimings {
  readonly audio: Uint8Array<ArrayBuffer>;
}

/** Gathers what a run tells besides its audio. */
export class TimingsCollector {
  readonly #words: TimedWord[] = [];
  readonly #visemes: TimedViseme[] = [];
  readonly #bookmarks: TimedBookmark[] = [];
  #done: { readonly durationMs: number; readonly timingSource: TimingSource } | undefined;

  add(event: SynthesisEvent): void {
    if (event.kind === "word") {
      this.#words.push(event.word);
    } else if (event.kind === "viseme") {
      this.#visemes.push(event.viseme);
    } else if (event.kind === "bookmark") {
      this.#bookmarks.push(event.bookmark);
    } else if (event.kind === "done") {
      this.#done = { durationMs: event.durationMs, timingSource: event.timingSource };
    }
  }

  /** @returns undefined when the run was not complete. */
  timings(): SynthesisTimings | undefined {
    const told = { words: this.#words, visemes: this.#visemes, bookmarks: this.#bookmarks };
    return this.#done && { ...told, ...this.#done };
  }
}

/** Gathers all of one run. */
export class ResultCollector {
  readonly #format: AudioFormat;
  readonly #maxBytes: number;
  readonly #timings = new TimingsCollector();
  #chunks: Uint8Array[] = [];
  #sizeBytes = 0;

  /** @param maxBytes of audio that are kept; the audio of a longer run is let go. */
  constructor(format: AudioFormat, maxBytes: number) {
    this.#format = format;
    this.#maxBytes = maxBytes;
  }

  add(event: SynthesisEvent): void {
    this.#timings.add(event);
    if (event.kind === "audio") {
      this.#addAudio(event.bytes);
    }
  }

  get isTooLarge(): boolean {
    return this.#sizeBytes > this.#maxBytes;
  }

  /** @returns undefined when the run was not complete or its audio is larger than is kept. */
  result(): SynthesisResult | undefined {
    const timings = this.#timings.timings();
    if (timings === undefined || this.isTooLarge) {
      return undefined;
    }
    const audio = new Uint8Array(concatBytes(this.#chunks));
    sealStart(audio, this.#format, { sizeBytes: audio.length, durationMs: timings.durationMs });
    return { audio, ...timings };
  }

  #addAudio(bytes: Uint8Array): void {
    this.#sizeBytes += bytes.length;
    if (this.isTooLarge) {
      this.#chunks = [];
    } else {
      this.#chunks.push(bytes);
    }
  }
}

/** @throws {@link ServiceError} `audio-too-large`. */
export async function collectResult(
  events: AsyncIterable<SynthesisEvent>,
  format: AudioFormat,
  maxBytes: number,
): Promise<SynthesisResult> {
  const collector = new ResultCollector(format, maxBytes);
  for await (const event of events) {
    collector.add(event);
    if (collector.isTooLarge) {
      throw new ServiceError("audio-too-large", `The audio is larger than ${maxBytes} bytes.`, {
        details: { limitBytes: maxBytes },
      });
    }
  }
  const result = collector.result();
  if (result === undefined) {
    throw new ServiceError("speech-unavailable", "The speech service ended without a result.");
  }
  return result;
}

/** A result as the events of a run that made it. */
export async function* eventsOfResult(result: SynthesisResult): AsyncGenerator<SynthesisEvent, void, void> {
  yield { kind: "audio", bytes: result.audio };
  for (const word of result.words) {
    yield { kind: "word", word };
  }
  for (const viseme of result.visemes) {
    yield { kind: "viseme", viseme };
  }
  for (const bookmark of result.bookmarks) {
    yield { kind: "bookmark", bookmark };
  }
  yield { kind: "done", durationMs: result.durationMs, timingSource: result.timingSource };
}
