import type { ErrorRows } from "./error-row.ts";

/** What goes wrong behind this service: Azure, the store, this service itself. */
export const upstreamErrors = {
  "speech-unavailable": {
    status: 503,
    title: "The speech service does not answer",
    recovery: ["Try again after the time in Retry-After.", "Check the Azure status page for the region."],
    retryable: true,
  },
  "speech-throttled": {
    status: 429,
    title: "The speech service is over its quota or capacity",
    recovery: [
      "Try again after the time in Retry-After.",
      "Raise the quota of the Speech resource, or spread the load over time.",
    ],
    retryable: true,
  },
  "speech-unauthorized": {
    status: 502,
    title: "The speech service refuses this service's credentials",
    recovery: ["Tell the operator: the Speech key, region or role assignment is wrong."],
    retryable: false,
  },
  "translation-unavailable": {
    status: 503,
    title: "The translation service does not answer",
    recovery: ["Try again after the time in Retry-After."],
    retryable: true,
  },
  "translation-throttled": {
    status: 429,
    title: "The translation service is over its quota",
    recovery: ["Try again after the time in Retry-After.", "Raise the tier of the Translator resource."],
    retryable: true,
  },
  "translation-unauthorized": {
    status: 502,
    title: "The translation service refuses this service's credentials",
    recovery: ["Tell the operator: the Translator key, region or role assignment is wrong."],
    retryable: false,
  },
  "custom-voice-not-approved": {
    status: 403,
    title: "The Speech resource is not approved for custom voices",
    recovery: [
      "The operator applies for Limited Access at https://aka.ms/customneural and waits for approval.",
    ],
    retryable: false,
  },
  "custom-voice-unavailable": {
    status: 503,
    title: "The custom voice service does not answer",
    recovery: ["Try again after the time in Retry-After."],
    retryable: true,
  },
  "custom-voice-refused": {
    status: 502,
    title: "The custom voice service refuses the request",
    recovery: ["Read `detail`; if it names no field of yours, tell the operator."],
    retryable: false,
  },
  "transcription-unavailable": {
    status: 503,
    title: "The transcription service does not answer",
    recovery: ["Try again after the time in Retry-After, or send a transcript."],
    retryable: true,
  },
  "transcription-refused": {
    status: 502,
    title: "The transcription service refuses a recording",
    recovery: ["Send a transcript with the samples, or tell the operator: the deployment may be wrong."],
    retryable: false,
  },
  "store-unavailable": {
    status: 503,
    title: "The store does not answer",
    recovery: ["Try again after the time in Retry-After."],
    retryable: true,
  },
  "store-unauthorized": {
    status: 503,
    title: "The store refuses this service's credentials",
    recovery: [
      "Tell the operator: the key, the connection string or the role assignment is wrong, or a firewall is in the way.",
      "Try again after the time in Retry-After, when it has been mended.",
    ],
    retryable: true,
  },
  "identity-unavailable": {
    status: 503,
    title: "Microsoft Entra ID's signing keys cannot be fetched",
    recovery: ["Try again after the time in Retry-After."],
    retryable: true,
  },
  "secret-unavailable": {
    status: 503,
    title: "A secret cannot be read from Key Vault",
    recovery: [
      "Try again after the time in Retry-After.",
      "Tell the operator: the vault must exist, hold the secret that `detail` names, and let this service read it.",
    ],
    retryable: true,
  },
  "internal-error": {
    status: 500,
    title: "Something broke on our side",
    recovery: ["Try again; if it happens again, report the requestId to the operator."],
    retryable: true,
  },
  "not-configured": {
    status: 501,
    title: "The operator has not configured this feature",
    recovery: ["Ask the operator for the setting that `detail` names."],
    retryable: false,
  },
} as const satisfies ErrorRows;
