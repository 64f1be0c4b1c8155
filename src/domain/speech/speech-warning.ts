/** Something the caller asked for that the audio does not do. Codes are public: never rename one. */
export type SpeechWarningCode =
  | "element-unsupported"
  | "style-unknown"
  | "style-unsupported"
  | "role-unknown"
  | "locale-unsupported"
  | "pronunciation-unsupported"
  | "timings-estimated"
  | "voice-ignored"
  | "history-not-stored";

export interface SpeechWarning {
  readonly code: SpeechWarningCode;
  readonly message: string;
  /** Of the request, which asks for it; left out for what stands in the text or SSML. */
  readonly field?: string;
}

/** The same list without repetitions. */
export function distinctWarnings(warnings: readonly SpeechWarning[]): readonly SpeechWarning[] {
  return [...new Map(warnings.map((warning) => [`${warning.code} ${warning.message}`, warning])).values()];
}
