import type { SilenceType } from "../ssml/silence-types.ts";
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

const CHANGES: Readonly<Record<SilenceType, (pauses: Pauses, valueMs: number) => Pauses>> = {
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

export function changePauses(pauses: Pauses, type: SilenceType, valueMs: number): Pauses {
  return CHANGES[type](pauses, valueMs);
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
