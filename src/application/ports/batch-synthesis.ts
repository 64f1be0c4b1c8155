/** What Azure speaks as one job. */
export interface BatchSynthesisJob {
  /** 3..64 letters, digits, dashes, underscores and dots, the first and the last a letter or a digit. */
  readonly id: string;
  /** Whole SSML documents: 1..1,000 and at most 500 KB together. */
  readonly documents: readonly string[];
  /** Azure's own name, for example `audio-24khz-96kbitrate-mono-mp3`. */
  readonly outputFormat: string;
  /** Name of a professional voice → id of its endpoint deployment. */
  readonly deployments: Readonly<Record<string, string>>;
  /** Tells when each word is spoken. */
  readonly hasWordTimes: boolean;
}

export type BatchSynthesisState =
  | { readonly state: "running" | "succeeded" }
  /** The service does not know the job, or not any more. */
  | { readonly state: "missing" }
  /** `isTransient`: the same job may succeed another time. */
  | { readonly state: "failed"; readonly reason: string; readonly isTransient: boolean };

/** What became of one document. */
export type DocumentOutcome =
  | { readonly kind: "spoken"; readonly durationMs: number }
  | { readonly kind: "refused"; readonly reason: string };

/** From the start of the document's audio. */
export interface SpokenWord {
  readonly text: string;
  readonly startMs: number;
  readonly durationMs: number;
}

export interface BatchSynthesisResults {
  /** In the order of the documents. */
  readonly outcomes: readonly DocumentOutcome[];
  /** Of a document that was spoken. @param index counts from 0. */
  audio(index: number, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
  /** Empty where the voice tells no times. */
  words(index: number, signal: AbortSignal): Promise<readonly SpokenWord[]>;
}

/**
 * Azure's batch synthesis. Making what is already there changes nothing and succeeds; deleting what is not there succeeds:
 * every call may be repeated.
 *
 * @throws {@link ServiceError} `azure-batch-refused`, `custom-voice-not-approved`, `speech-unauthorized` (not retryable),
 * `speech-throttled`, `speech-unavailable` (retryable).
 */
export interface BatchSynthesisService {
  create(job: BatchSynthesisJob): Promise<void>;
  state(id: string): Promise<BatchSynthesisState>;
  /** Of a job that has succeeded. @throws {@link ServiceError} `speech-unavailable` also when there are none. */
  results(id: string): Promise<BatchSynthesisResults>;
  delete(id: string): Promise<void>;
}
