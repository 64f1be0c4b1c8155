/** What somebody proposes for a word; not checked. */
export interface ProposedPronunciation {
  readonly word: string;
  readonly alias?: string | undefined;
  readonly ipa?: string | undefined;
  /** For people. */
  readonly reason: string;
}

/** Knows how words are said. */
export interface PronunciationSuggester {
  /**
   * @param words at most 50.
   * @param locale BCP 47.
   * @returns proposals for some of the words.
   * @throws {@link ServiceError} `suggester-unavailable` (retryable) when it does not answer in time, `suggester-refused`
   * when it will not, or answers nonsense.
   */
  suggest(
    words: readonly string[],
    locale: string,
    signal: AbortSignal,
  ): Promise<readonly ProposedPronunciation[]>;
}
