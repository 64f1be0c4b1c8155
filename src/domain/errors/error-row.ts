/** What is the same for every failure with one code. */
export interface ErrorRow {
  /** HTTP status of the problem document. */
  readonly status: number;
  readonly title: string;
  /** Concrete next steps for a person, the most likely first. */
  readonly recovery: readonly string[];
  /** Whether the same request may succeed a little later. */
  readonly retryable: boolean;
}

export type ErrorRows = Readonly<Record<string, ErrorRow>>;
