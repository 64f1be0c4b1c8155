/** One thing in a pronunciation that a voice would refuse. */
export interface PhoneIssue {
  /** In UTF-16 units of the phonemes as written. */
  readonly offset: number;
  readonly length: number;
  /** As written. */
  readonly phone: string;
  readonly problem: "not-in-alphabet" | "not-in-locale" | "alphabet-not-in-locale";
  /** The nearest phone that is legal, in the same alphabet. */
  readonly suggestion?: string;
}

/** A phone, or a mark between phones, as it stands in a pronunciation. */
export interface PhoneToken {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

export function issueOf(
  { offset, length, text }: PhoneToken,
  problem: PhoneIssue["problem"],
  suggestion: string | undefined,
): PhoneIssue {
  return { offset, length, phone: text, problem, ...(suggestion !== undefined && { suggestion }) };
}
