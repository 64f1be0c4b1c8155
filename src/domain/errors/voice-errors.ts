import type { ErrorRows } from "./error-row.ts";

/** Voices and consents. */
export const voiceErrors = {
  "voice-not-found": {
    status: 404,
    title: "There is no such voice",
    recovery: ["List your voices with GET /api/v1/voices, or prebuilt ones with GET /api/v1/catalog/voices."],
    retryable: false,
  },
  "voice-not-ready": {
    status: 409,
    title: "The voice cannot speak yet",
    recovery: ["Poll GET /api/v1/voices/{id} until `status` is `ready`."],
    retryable: true,
  },
  "voice-use-not-permitted": {
    status: 403,
    title: "The voice may not be used for this",
    recovery: [
      "Send `use` with one of the voice's `permittedUses`, if that is what the audio is for.",
      "Another use needs Microsoft's approval first; then whoever owns the voice adds it with PUT /api/v1/voices/{voiceId}.",
    ],
    retryable: false,
  },
  "voice-state-conflict": {
    status: 409,
    title: "The voice's state does not allow this",
    recovery: ["Read the voice; `status` says what it is doing."],
    retryable: false,
  },
  "sample-unusable": {
    status: 422,
    title: "A recording cannot be used",
    recovery: ["Read `errors`: each entry names the file and how to mend it."],
    retryable: false,
  },
  "transcript-invalid": {
    status: 422,
    title: "The transcript cannot be used",
    recovery: ["Write one line per audio file: its name without extension, a tab, and the text."],
    retryable: false,
  },
  "upload-not-found": {
    status: 404,
    title: "There is no such upload",
    recovery: ["Ask for a new one with POST /api/v1/uploads; uploads expire."],
    retryable: false,
  },
  "upload-incomplete": {
    status: 409,
    title: "Some files of the upload have not arrived as announced",
    recovery: ["PUT the files that `errors` names to their URLs, then repeat the request."],
    retryable: true,
  },
  "consent-not-found": {
    status: 404,
    title: "There is no such consent",
    recovery: ["List your consents with GET /api/v1/consents."],
    retryable: false,
  },
  "consent-mismatch": {
    status: 422,
    title: "The consent recording does not say the prescribed statement",
    recovery: [
      "Record the exact sentence of GET /api/v1/consents/statement, with both names as given in the request.",
    ],
    retryable: false,
  },
  "consent-revoked": {
    status: 403,
    title: "The speaker has withdrawn consent",
    recovery: ["Record a new consent and train a new voice."],
    retryable: false,
  },
  "consent-expired": {
    status: 403,
    title: "The speaker's consent has ended",
    recovery: ["Record a new consent and train a new voice."],
    retryable: false,
  },
  "consent-locale-unsupported": {
    status: 422,
    title: "There is no prescribed statement in this locale",
    recovery: ["Use one of the locales in `detail`; the voice itself may speak other languages."],
    retryable: false,
  },
  "training-failed": {
    status: 422,
    title: "The training failed",
    recovery: ["Read the voice's `error`, mend the cause, and POST /api/v1/voices/{id}/retry."],
    retryable: false,
  },
} as const satisfies ErrorRows;
