/** What comes of speaking, in order of time. */
export type Spoken =
  | { readonly kind: "audio"; readonly bytes: Uint8Array }
  | {
      readonly kind: "word" | "punctuation" | "sentence";
      readonly text: string;
      readonly startMs: number;
      readonly durationMs: number;
    }
  | { readonly kind: "end"; readonly durationMs: number };

export interface SpeakRequest {
  /** A whole SSML document. */
  readonly ssml: string;
  /** Azure's own name, for example `audio-24khz-96kbitrate-mono-mp3`. */
  readonly outputFormat: string;
  /** Of the professional voice in the document. */
  readonly deploymentId?: string;
}

/**
 * @throws {@link UnspeakableError} when the service would refuse the document or the format, {@link Refusal} 429 when too
 * many speak already.
 */
export type Speak = (request: SpeakRequest, signal: AbortSignal) => AsyncIterable<Spoken>;

/** The message says what is wrong in the document or the format. */
export class UnspeakableError extends Error {
  override readonly name = "UnspeakableError";
}
