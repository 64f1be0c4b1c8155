import type { PauseKind } from "./tokenize.ts";

/** The pauses of a voice; `mstts:silence` changes them. */
export interface Pauses {
  readonly leadingMs: number;
  readonly trailingMs: number;
  readonly sentenceMs: number;
  readonly commaMs: number;
  readonly semicolonMs: number;
  readonly enumerationMs: number;
}

export const defaultPauses: Pauses = {
  leadingMs: 50,
  trailingMs: 150,
  sentenceMs: 400,
  commaMs: 180,
  semicolonMs: 250,
  enumerationMs: 150,
};

/** Added to the pause of a sentence where a paragraph ends. */
export const PARAGRAPH_EXTRA_MS = 250;

/** What each `type` of `mstts:silence` does, by its name in lower case. */
const CHANGES: Readonly<Record<string, (pauses: Pauses, valueMs: number) => Pauses>> = {
  leading: (pauses, valueMs) => ({ ...pauses, leadingMs: pauses.leadingMs + valueMs }),
  "leading-exact": (pauses, leadingMs) => ({ ...pauses, leadingMs }),
  tailing: (pauses, valueMs) => ({ ...pauses, trailingMs: pauses.trailingMs + valueMs }),
  "tailing-exact": (pauses, trailingMs) => ({ ...pauses, trailingMs }),
  sentenceboundary: (pauses, valueMs) => ({ ...pauses, sentenceMs: pauses.sentenceMs + valueMs }),
  "sentenceboundary-exact": (pauses, sentenceMs) => ({ ...pauses, sentenceMs }),
  "comma-exact": (pauses, commaMs) => ({ ...pauses, commaMs }),
  "semicolon-exact": (pauses, semicolonMs) => ({ ...pauses, semicolonMs }),
  "enumerationcomma-exact": (pauses, enumerationMs) => ({ ...pauses, enumerationMs }),
};

/** @returns undefined when there is no such type of silence. */
export function changePauses(pauses: Pauses, type: string, valueMs: number): Pauses | undefined {
  const name = type.toLowerCase();
  return Object.hasOwn(CHANGES, name) ? CHANGES[name]?.(pauses, valueMs) : undefined;
}

export function pauseMs(pauses: Pauses, kind: PauseKind): number {
  switch (kind) {
    case "sentence":
      return pauses.sentenceMs;
    case "comma":
      return pauses.commaMs;
    case "semicolon":
      return pauses.semicolonMs;
    case "enumeration":
      return pauses.enumerationMs;
  }
}
