import { timingsFromJson, timingsJson } from "../history/timings-json.ts";
import type { BlobRef, BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import type { Hasher } from "../ports/hasher.ts";
import { openAiWishes } from "./openai-wishes.ts";
import type { PreparedSynthesis } from "./prepared-synthesis.ts";
import type { SynthesisResult } from "./synthesis-result.ts";

export interface SynthesisCacheParts {
  readonly blobs: BlobStore;
  readonly hasher: Hasher;
  readonly clock: Clock;
  /** Older entries are not used; 0 turns the cache off. */
  readonly retentionDays: number;
}

/** Raised when the same request would be spoken differently by this service itself. */
const KEY_VERSION = 2;
const DAY_MS = 86_400_000;

/** Length of the timings in front of the audio, as a big-endian number. */
const LENGTH_BYTES = 4;

export const CACHE_PREFIX = "cache/";

/** Results by what was sent to the service: one blob holds timings and audio. Neither name nor metadata tell the text. */
export class SynthesisCache {
  readonly #parts: SynthesisCacheParts;

  constructor(parts: SynthesisCacheParts) {
    this.#parts = parts;
  }

  get isOn(): boolean {
    return this.#parts.retentionDays > 0;
  }

  keyOf({ parts, format, voice, voiceVersions, request }: PreparedSynthesis): string {
    const identity = [
      KEY_VERSION,
      format.azureName,
      request.timings,
      [voice.kind, voice.voiceName, voice.deploymentId, ...voiceVersions],
      voice.kind === "openai" ? openAiWishes({ request }) : null,
      parts.map(({ ssml }) => ssml),
    ];
    return this.#parts.hasher.sha256Hex(JSON.stringify(identity));
  }

  /** @returns undefined when there is no entry, or it is too old. */
  async read(key: string, signal: AbortSignal): Promise<SynthesisResult | undefined> {
    const found = await this.#parts.blobs.read(refOf(key), { signal });
    if (found === undefined) {
      return undefined;
    }
    const ageMs = this.#parts.clock.now().getTime() - found.properties.lastModified.getTime();
    if (ageMs > this.#parts.retentionDays * DAY_MS) {
      await found.body.cancel();
      return undefined;
    }
    const bytes = new Uint8Array(await new Response(found.body).arrayBuffer());
    const length = new DataView(bytes.buffer).getUint32(0);
    const timings = timingsFromJson(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
    return timings && { ...timings, audio: bytes.slice(LENGTH_BYTES + length) };
  }

  async write(key: string, result: SynthesisResult): Promise<void> {
    const timings = timingsJson({ ...result, written: "" });
    const bytes = new Uint8Array(LENGTH_BYTES + timings.length + result.audio.length);
    new DataView(bytes.buffer).setUint32(0, timings.length);
    bytes.set(timings, LENGTH_BYTES);
    bytes.set(result.audio, LENGTH_BYTES + timings.length);
    await this.#parts.blobs.write(refOf(key), bytes, { contentType: "application/octet-stream" });
  }
}

function refOf(key: string): BlobRef {
  return { container: "audio", name: `${CACHE_PREFIX}${key}` };
}
