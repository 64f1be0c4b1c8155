import { createHash } from "node:crypto";
import { readWav } from "../stand-in/wav-file.ts";

/** Transcripts kept at the same time; the oldest one goes first. */
const MAX_TRANSCRIPTS = 1000;

/** What is said in which recording. The stand-in cannot recognise speech: somebody has to tell it. */
export class AudioTranscripts {
  readonly #texts = new Map<string, string>();

  register(audio: Uint8Array, text: string): void {
    const [oldest] = this.#texts.keys();
    if (oldest !== undefined && this.#texts.size >= MAX_TRANSCRIPTS) {
      this.#texts.delete(oldest);
    }
    this.#texts.set(digestOf(audio), text);
  }

  /**
   * The text registered for exactly these bytes, or the comment (`LIST INFO`, `ICMT`) of a WAV file, or a placeholder
   * that says what it is and is always the same for the same bytes.
   */
  transcribe(audio: Uint8Array): string {
    const digest = digestOf(audio);
    const comment = readWav(audio)?.comment;
    return this.#texts.get(digest) ?? (comment || `[unrecognized speech ${digest.slice(0, 8)}]`);
  }
}

function digestOf(audio: Uint8Array): string {
  return createHash("sha256").update(audio).digest("hex");
}
