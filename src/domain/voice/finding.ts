/** One thing to say about a recording or a set of them. */
export interface Finding {
  /** An error keeps the recording from being used; a warning costs quality. */
  readonly severity: "error" | "warning";
  /** Stable, kebab-case. */
  readonly code: string;
  /** What is the matter and what to do, with figures and units. */
  readonly message: string;
}

export type Verdict = "usable" | "usable-with-warnings" | "unusable";

export function verdictOf(findings: readonly Finding[]): Verdict {
  if (findings.some(({ severity }) => severity === "error")) {
    return "unusable";
  }
  return findings.length > 0 ? "usable-with-warnings" : "usable";
}
