/** What one upstream call may hold. */
export interface PartLimits {
  /** UTF-8 bytes of the SSML. */
  readonly maxBytes: number;
  readonly maxVoices: number;
  /** Of audio, as estimated from the text. */
  readonly maxSpeechMs: number;
}

/**
 * The service accepts 64 KB, 50 voice elements and 10 minutes. Bytes leave room for the elements around a part, and the
 * time for speech four times as slow as estimated; short parts also keep little audio in flight.
 *
 * @see https://learn.microsoft.com/azure/ai-services/speech-service/speech-services-quotas-and-limits
 */
export const SERVICE_PART_LIMITS: PartLimits = { maxBytes: 48_000, maxVoices: 50, maxSpeechMs: 150_000 };

/** OpenAI takes 4,096 characters of text. */
export const OPENAI_PART_LIMITS: PartLimits = { maxBytes: 4_000, maxVoices: 50, maxSpeechMs: 150_000 };

/** Nothing larger may be sent. */
export const MAX_SSML_BYTES = 64 * 1024;
