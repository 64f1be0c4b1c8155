import { ServiceError } from "../../domain/errors/service-error.ts";
import type { SpeechWarning } from "../../domain/speech/speech-warning.ts";
import type { SynthesisRecorder, SynthesisRecording } from "../history/synthesis-recorder.ts";
import type { Logger } from "../ports/logger.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { UsageRecorder } from "../usage/usage-recorder.ts";
import { billOf } from "./synthesis-bill.ts";
import type { PreparedSynthesis } from "./prepared-synthesis.ts";
import type { SynthesisEvent } from "./synthesis-event.ts";
import { TimingsCollector } from "./synthesis-result.ts";
import type { CacheOutcome } from "./synthesis-source.ts";

export interface SynthesisKeeperParts {
  readonly recorder: SynthesisRecorder;
  readonly usage: UsageRecorder;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

interface Begun {
  readonly id: string;
  readonly prepared: PreparedSynthesis;
  readonly cache: CacheOutcome;
}

const NOT_STORED: SpeechWarning = {
  code: "history-not-stored",
  message: "The store does not answer, so this synthesis is not in the history.",
};

/** Writes down what was spoken: history and usage. A store that is down costs a warning, never the speech. */
export class SynthesisKeeper {
  readonly #parts: SynthesisKeeperParts;

  constructor(parts: SynthesisKeeperParts) {
    this.#parts = parts;
  }

  begin(begun: Begun): Keeping {
    return new Keeping(begun, this.#parts);
  }
}

/** One synthesis that is written down while it runs. */
export class Keeping {
  readonly #begun: Begun;
  readonly #parts: SynthesisKeeperParts;
  readonly #timings = new TimingsCollector();
  #recording: SynthesisRecording | undefined;
  #isBroken = false;

  constructor(begun: Begun, parts: SynthesisKeeperParts) {
    this.#begun = begun;
    this.#parts = parts;
    this.#recording = parts.recorder.begin(begun);
  }

  async add(event: SynthesisEvent): Promise<void> {
    this.#timings.add(event);
    if (event.kind === "audio") {
      await this.#guarded(this.#recording?.addAudio(event.bytes));
    }
  }

  /** After the last event. */
  async complete(): Promise<readonly SpeechWarning[]> {
    const timings = this.#timings.timings();
    const recording = this.#recording;
    const counted = this.#count(timings?.durationMs ?? 0);
    if (timings !== undefined && recording !== undefined) {
      await this.#guarded(recording.finish(timings));
    }
    await counted;
    return this.#isBroken ? [NOT_STORED] : [];
  }

  /** The listener left or the service failed: nothing goes into the history, what was asked for is counted. */
  async leave(reason: unknown): Promise<void> {
    await Promise.all([this.#recording?.abort(reason), this.#count(0)]);
  }

  async #count(durationMs: number): Promise<void> {
    const { prepared, cache } = this.#begun;
    const { charactersBilled, cost } = billOf(this.#begun);
    this.#parts.metrics.count("voice_characters_total", { kind: prepared.voice.kind }, charactersBilled);
    const subject = { ownerId: prepared.ownerId, voiceId: prepared.voice.voiceId };
    const counts = {
      requests: 1,
      characters: prepared.characters,
      charactersBilled,
      durationMs,
      cacheHits: cache === "hit" ? 1 : 0,
      cost: cost?.amount ?? 0,
    };
    await this.#parts.usage.add(subject, counts).catch((error: unknown) => {
      this.#parts.logger.log("error", "The usage of a synthesis is not counted", { code: codeOf(error) });
    });
  }

  async #guarded(writing: Promise<void> | undefined): Promise<void> {
    try {
      await writing;
    } catch (error) {
      this.#parts.logger.log("error", "A synthesis is not stored in the history", { code: codeOf(error) });
      this.#isBroken = true;
      await this.#recording?.abort(error);
      this.#recording = undefined;
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof ServiceError ? error.code : "internal-error";
}
