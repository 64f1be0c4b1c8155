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
  "audio-too-large": {
    status: 422,
    title: "The audio is too large for one answer",
    recovery: [
      "Send the same request to POST /api/v1/synthesis/speak/stream.",
      "Choose a smaller format such as mp3, or send the text as a batch.",
    ],
    retryable: false,
  },
  "synthesis-not-found": {
    status: 404,
    title: "There is no such synthesis in your history",
    recovery: ["List your history with GET /api/v1/synthesis/history."],
    retryable: false,
  },
  "language-unsupported": {
    status: 422,
    title: "The language cannot be translated",
    recovery: ["Use one of the languages of GET /api/v1/languages."],
    retryable: false,
  },
  "ssml-invalid": {
    status: 422,
    title: "The SSML is not valid",
    recovery: ["Correct the SSML at the line and column in `errors`."],
    retryable: false,
  },
  "content-filtered": {
    status: 422,
    title: "The content filter of Azure OpenAI refuses the text",
    recovery: [
      "Change what the filter may object to, or speak it with a voice of Azure Speech.",
      "The operator adjusts the content filter of the deployment.",
    ],
    retryable: false,
  },
  "format-unsupported": {
    status: 422,
    title: "The audio format is not offered",
    recovery: ["Use mp3, wav, pcm, ogg-opus, webm-opus, mulaw or alaw, or a format name of Azure Speech."],
    retryable: false,
  },
} as const satisfies ErrorRows;
