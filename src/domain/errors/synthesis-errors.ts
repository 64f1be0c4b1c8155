import type { ErrorRows } from "./error-row.ts";

/** Speaking. */
export const synthesisErrors = {
  "text-too-long": {
    status: 422,
    title: "The text is too long",
    recovery: ["Shorten the text below the limit in `detail`, or send it as a batch."],
    retryable: false,
  },
  "nothing-to-speak": {
    status: 422,
    title: "There is nothing to speak",
    recovery: ["Send a text with at least one letter, digit or symbol."],
    retryable: false,
  },
  "ssml-invalid": {
    status: 422,
    title: "The SSML is not valid",
    recovery: ["Correct the SSML at the line and column in `errors`."],
    retryable: false,
  },
  "format-unsupported": {
    status: 422,
    title: "The audio format is not offered",
    recovery: ["Use mp3, wav, pcm, ogg-opus, webm-opus, mulaw or alaw, or a format name of Azure Speech."],
    retryable: false,
  },
} as const satisfies ErrorRows;
