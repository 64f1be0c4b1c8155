import { z } from "zod";

const CONTROL_CHARACTER = /\p{Cc}/u;

/** A name, as it stands in one line of a list or a log: trimmed, not empty, without control characters. */
export function lineOfText(maxCharacters: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxCharacters)
    .refine((text) => !CONTROL_CHARACTER.test(text), "must not hold control characters");
}
