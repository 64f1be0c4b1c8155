import type { AudioEncoder } from "../audio/audio-encoder.ts";
import { createAudioEncoder } from "../audio/create-audio-encoder.ts";
import { Resampler } from "../audio/resampler.ts";
import type { TimedEvent } from "../plan/speech-plan.ts";
import { ESPEAK_SAMPLE_RATE_HZ } from "./espeak.ts";
import type { Espeak } from "./espeak.ts";
import type { EspeakPhones } from "./espeak-phones.ts";
import { PlanSpeaker } from "./plan-speaker.ts";
import type { WorkerReport, WorkerRequest } from "./worker-protocol.ts";

/** Audio is reported in pieces of this size, the first of a job at once. */
const REPORT_SIZE_BYTES = 8 * 1024;
/** A job rests while its reader has so much left to take. */
const MAX_UNREAD_BYTES = 256 * 1024;

type StartRequest = Extract<WorkerRequest, { kind: "start" }>;

/** The engine of a thread, shared by its jobs, and the way out. */
export interface JobSurroundings {
  readonly espeak: Espeak;
  readonly phones: EspeakPhones;
  readonly report: (report: WorkerReport) => void;
}

/** One synthesis: speaks, resamples and encodes step by step. */
export class SynthesisJob {
  readonly #jobId: number;
  readonly #report: (report: WorkerReport) => void;
  readonly #encoder: AudioEncoder;
  readonly #resampler: Resampler;
  readonly #speaker: PlanSpeaker;
  readonly #steps: Generator<void, void>;
  #events: TimedEvent[] = [];
  #chunks: Uint8Array[] = [];
  #chunkSizeBytes = 0;
  #unreadBytes = 0;
  #hasReported = false;

  private constructor(request: StartRequest, encoder: AudioEncoder, surroundings: JobSurroundings) {
    this.#jobId = request.jobId;
    this.#report = surroundings.report;
    this.#encoder = encoder;
    this.#resampler = new Resampler(ESPEAK_SAMPLE_RATE_HZ, request.format.sampleRateHz);
    this.#speaker = new PlanSpeaker(surroundings, {
      onSamples: (samples) => this.#addAudio(this.#encoder.encode(this.#resampler.convert(samples))),
      onEvent: (event) => this.#events.push(event),
    });
    this.#steps = this.#speaker.speak(request.plan);
  }

  static async create(request: StartRequest, surroundings: JobSurroundings): Promise<SynthesisJob> {
    return new SynthesisJob(request, await createAudioEncoder(request.format), surroundings);
  }

  /** Whether its reader keeps up. */
  get isReady(): boolean {
    return this.#unreadBytes < MAX_UNREAD_BYTES;
  }

  credit(sizeBytes: number): void {
    this.#unreadBytes -= sizeBytes;
  }

  /** @returns whether there is more to do. */
  step(): boolean {
    if (this.#steps.next().done !== true) {
      this.#reportEvents();
      return true;
    }
    this.#addAudio(this.#encoder.encode(this.#resampler.finish()));
    this.#addAudio(this.#encoder.finish());
    this.#reportEvents();
    this.#reportAudio();
    this.#report({ kind: "end", jobId: this.#jobId, durationMs: this.#speaker.durationMs });
    return false;
  }

  cancel(): void {
    this.#encoder.release();
  }

  #addAudio(bytes: Uint8Array): void {
    if (bytes.length === 0) {
      return;
    }
    this.#chunks.push(bytes);
    this.#chunkSizeBytes += bytes.length;
    if (this.#chunkSizeBytes >= REPORT_SIZE_BYTES || !this.#hasReported) {
      this.#reportEvents();
      this.#reportAudio();
    }
  }

  #reportAudio(): void {
    if (this.#chunkSizeBytes === 0) {
      return;
    }
    const bytes = new Uint8Array(this.#chunkSizeBytes);
    let offset = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, offset);
      offset += chunk.length;
    }
    this.#hasReported = true;
    this.#unreadBytes += bytes.length;
    this.#chunks = [];
    this.#chunkSizeBytes = 0;
    this.#report({ kind: "audio", jobId: this.#jobId, bytes });
  }

  #reportEvents(): void {
    if (this.#events.length > 0) {
      this.#report({ kind: "events", jobId: this.#jobId, events: this.#events });
      this.#events = [];
    }
  }
}
