import type { BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import { type PreparedSynthesis, writtenText } from "../synthesis/prepared-synthesis.ts";
import { billOf } from "../synthesis/synthesis-bill.ts";
import type { SynthesisTimings } from "../synthesis/synthesis-result.ts";
import type { CacheOutcome } from "../synthesis/synthesis-source.ts";
import { AudioSpool } from "./audio-spool.ts";
import {
  audioRefOf,
  type SynthesisCollection,
  type SynthesisRecord,
  timingsRefOf,
} from "./synthesis-record.ts";
import { timingsJson } from "./timings-json.ts";

export interface SynthesisRecorderParts {
  readonly records: SynthesisCollection;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly retentionDays: number;
}

/** What is known of a synthesis when it begins. */
export interface BegunSynthesis {
  readonly id: string;
  readonly prepared: PreparedSynthesis;
  readonly cache: CacheOutcome;
}

const DAY_SECONDS = 86_400;
const PREVIEW_CHARACTERS = 200;

/** Keeps audio, timings and the entry of the history. */
export class SynthesisRecorder {
  readonly #parts: SynthesisRecorderParts;

  constructor(parts: SynthesisRecorderParts) {
    this.#parts = parts;
  }

  /** @returns undefined when nothing may be kept. */
  begin(begun: BegunSynthesis): SynthesisRecording | undefined {
    const isKept = begun.prepared.request.store && this.#parts.retentionDays > 0;
    return isKept ? new SynthesisRecording(begun, this.#parts) : undefined;
  }
}

/** One synthesis on its way into the history. */
export class SynthesisRecording {
  readonly #begun: BegunSynthesis;
  readonly #parts: SynthesisRecorderParts;
  readonly #spool: AudioSpool;

  constructor(begun: BegunSynthesis, parts: SynthesisRecorderParts) {
    this.#begun = begun;
    this.#parts = parts;
    const { format } = begun.prepared;
    this.#spool = new AudioSpool(parts.blobs, audioRefOf(keyOf(begun)), format.contentType);
  }

  addAudio(bytes: Uint8Array): Promise<void> {
    return this.#spool.add(bytes);
  }

  /** @throws {@link ServiceError} `store-unavailable`; no entry is made then. */
  async finish(timings: SynthesisTimings): Promise<void> {
    const { records, blobs, retentionDays } = this.#parts;
    const { prepared } = this.#begun;
    const written = writtenText(prepared);
    await Promise.all([
      this.#spool.finish(),
      blobs.write(timingsRefOf(keyOf(this.#begun)), timingsJson({ ...timings, written }), {
        contentType: "application/json",
      }),
    ]);
    await records.create(this.#record(timings), { timeToLiveSeconds: retentionDays * DAY_SECONDS });
  }

  async abort(reason: unknown): Promise<void> {
    await this.#spool.abort(reason);
  }

  #record({ durationMs, timingSource }: SynthesisTimings): SynthesisRecord {
    const { id, prepared, cache } = this.#begun;
    const { format, request } = prepared;
    const { charactersBilled, cost } = billOf(this.#begun);
    return {
      id,
      partition: prepared.ownerId,
      createdAt: this.#parts.clock.now().toISOString(),
      voiceId: prepared.voice.voiceId,
      use: request.use ?? null,
      locale: prepared.locale,
      format: format.azureName,
      contentType: format.contentType,
      extension: format.extension,
      sizeBytes: this.#spool.sizeBytes,
      durationMs,
      characters: prepared.characters,
      charactersBilled,
      cost: cost ?? null,
      preview: previewOf(prepared),
      cache,
      timingSource,
      translatedTo: prepared.translation?.to ?? null,
      metadata: request.metadata,
    };
  }
}

function keyOf({ id, prepared }: BegunSynthesis) {
  return { id, partition: prepared.ownerId, extension: prepared.format.extension };
}

function previewOf(prepared: PreparedSynthesis): string {
  const { content } = prepared.request;
  const text = content.kind === "text" ? content.value : writtenText(prepared);
  return text.slice(0, PREVIEW_CHARACTERS).toWellFormed().trim();
}
