import { describe, it } from "vitest";
import type { ErrorCode } from "../../../src/domain/errors/catalog.ts";
import {
  type AzureCall,
  createDocument,
  deleteProject,
  listVoices,
  readBlob,
  readConsent,
  readModel,
  readPersonalVoice,
  replaceDocument,
  speakWithOpenAi,
  suggest,
  synthesize,
  synthesizeWithDeployment,
  synthesizeWithEvents,
  transcribe,
  translate,
} from "../../support/azure-failures/azure-calls.ts";
import {
  blobError,
  closed,
  customVoiceError,
  FAILING_OVER,
  failedBecause,
  FIREWALL,
  KEY_WRONG,
  openAiError,
  translatorError,
} from "../../support/azure-failures/azure-answers.ts";
import { type AzureAnswer, startFailingService } from "../../support/azure-failures/failing-service.ts";

type Row = readonly [failure: string, call: AzureCall, answer: AzureAnswer, code: ErrorCode];

/** Gives up soon where nothing answers, or where the official client asks again and again. */
function impatient(call: AzureCall): AzureCall {
  return (url) => call(url, 500);
}

const customVoice: readonly Row[] = [
  ["BadRequest", readConsent, { status: 400, body: customVoiceError("BadRequest") }, "custom-voice-refused"],
  [
    "BadArgument",
    readConsent,
    { status: 400, body: customVoiceError("BadArgument") },
    "custom-voice-refused",
  ],
  [
    "Unauthorized",
    readConsent,
    { status: 401, body: customVoiceError("Unauthorized") },
    "speech-unauthorized",
  ],
  ["a wrong key", readConsent, { status: 401, body: KEY_WRONG }, "speech-unauthorized"],
  [
    "no Limited Access",
    readConsent,
    {
      status: 403,
      body: customVoiceError("Forbidden", "You don't have permission to access this resource"),
    },
    "custom-voice-not-approved",
  ],
  ["network rules", readConsent, { status: 403, body: FIREWALL }, "speech-unauthorized"],
  ["NotFound", readConsent, { status: 404, body: customVoiceError("NotFound") }, "custom-voice-refused"],
  [
    "UnsupportedMediaType",
    readConsent,
    { status: 415, body: customVoiceError("UnsupportedMediaType") },
    "custom-voice-refused",
  ],
  [
    "TooManyRequests",
    readConsent,
    { status: 429, body: customVoiceError("TooManyRequests") },
    "speech-throttled",
  ],
  [
    "InternalServerError",
    readConsent,
    { status: 500, body: customVoiceError("InternalServerError") },
    "custom-voice-unavailable",
  ],
  [
    "ServiceUnavailable",
    readConsent,
    { status: 503, body: customVoiceError("ServiceUnavailable") },
    "custom-voice-unavailable",
  ],
  ["a body that is no JSON", readConsent, { status: 502, body: "<html>" }, "custom-voice-unavailable"],
  [
    "a project that is not empty",
    deleteProject,
    { status: 400, body: customVoiceError("BadRequest") },
    "custom-voice-refused",
  ],
];

/** Failures that come with 200. */
const makings: readonly Row[] = [
  ["a statement that was not said", readConsent, failedBecause("AudioAndScriptNotMatch"), "consent-mismatch"],
  ["Internal, of a consent", readConsent, failedBecause("Internal"), "training-failed"],
  [
    "another speaker, of a personal voice",
    readPersonalVoice,
    failedBecause("SpeakerVerificationFailed"),
    "training-failed",
  ],
  ...[
    "InaccessibleCustomerStorage",
    "SpeakerVerificationFailed",
    "TerminateByUser",
    "Internal",
    "DataNotReady",
    "DataNotEnough",
    "SomethingNew",
  ].map((reason): Row => [`${reason}, of a model`, readModel, failedBecause(reason), "training-failed"]),
];

const synthesis: readonly Row[] = [
  [
    "SSML, told in the reason phrase",
    synthesize,
    { status: 400, reason: "Bad voice", body: "" },
    "ssml-invalid",
  ],
  ["SSML, told in the body", synthesize, { status: 400, body: "Unsupported voice X." }, "ssml-invalid"],
  ["a quota, told as 400", synthesize, { status: 400, reason: "Quota exceeded." }, "speech-throttled"],
  ["a wrong key", synthesize, { status: 401, body: KEY_WRONG }, "speech-unauthorized"],
  ["network rules or roles", synthesize, { status: 403, body: FIREWALL }, "speech-unauthorized"],
  [
    "no Limited Access",
    synthesize,
    { status: 403, body: "The resource is not approved for this voice." },
    "custom-voice-not-approved",
  ],
  ["an endpoint that is gone", synthesizeWithDeployment, { status: 404 }, "voice-not-ready"],
  ["a content type of ours", synthesize, { status: 415 }, "internal-error"],
  ["quota or capacity", synthesize, { status: 429 }, "speech-throttled"],
  ["the gateway", synthesize, { status: 502 }, "speech-unavailable"],
  ["trouble", synthesize, { status: 503 }, "speech-unavailable"],
  ["silence", impatient(synthesize), { status: undefined }, "speech-unavailable"],
  ["a wrong key, of the voices list", listVoices, { status: 401, body: KEY_WRONG }, "speech-unauthorized"],
  ["network rules, of the voices list", listVoices, { status: 403, body: FIREWALL }, "speech-unauthorized"],
  ["400, of the voices list", listVoices, { status: 400 }, "speech-unavailable"],
  ["quota, of the voices list", listVoices, { status: 429 }, "speech-throttled"],
  ["the gateway, of the voices list", listVoices, { status: 502 }, "speech-unavailable"],
];

const sockets: readonly Row[] = [
  ["1007, SSML", synthesizeWithEvents, closed(1007, "Unsupported voice X."), "ssml-invalid"],
  ["1007, a quota", synthesizeWithEvents, closed(1007, "Quota exceeded."), "speech-throttled"],
  [
    "4429, too many at once",
    synthesizeWithEvents,
    closed(4429, "The request is throttled"),
    "speech-throttled",
  ],
  [
    "1013, capacity",
    synthesizeWithEvents,
    closed(1013, 'Status(StatusCode="ResourceExhausted"'),
    "speech-throttled",
  ],
  ["1011, trouble", synthesizeWithEvents, closed(1011, "Internal server error."), "speech-unavailable"],
  ["an upgrade refused with 401", synthesizeWithEvents, { status: 401 }, "speech-unauthorized"],
  ["an upgrade refused with 403", synthesizeWithEvents, { status: 403 }, "speech-unauthorized"],
  ["an upgrade refused with 429", synthesizeWithEvents, { status: 429 }, "speech-throttled"],
  ["an upgrade refused with 503", synthesizeWithEvents, { status: 503 }, "speech-unavailable"],
];

const translator: readonly Row[] = [
  ["400000, input", translate, translatorError(400_000), "internal-error"],
  ["400035, source language", translate, translatorError(400_035), "language-unsupported"],
  ["400036, target language", translate, translatorError(400_036), "language-unsupported"],
  ["400050, a long text", translate, translatorError(400_050), "text-too-long"],
  ["400077, many characters", translate, translatorError(400_077), "text-too-long"],
  ["401000, credentials", translate, translatorError(401_000), "translation-unauthorized"],
  ["403001, the free quota", translate, translatorError(403_001), "translation-throttled"],
  ["network rules", translate, { status: 403, body: FIREWALL }, "translation-unauthorized"],
  ["429000, the hour", translate, translatorError(429_000), "translation-throttled"],
  ["429001, the hour", translate, translatorError(429_001), "translation-throttled"],
  ["429002, the hour", translate, translatorError(429_002), "translation-throttled"],
  ["503000, trouble", translate, translatorError(503_000), "translation-unavailable"],
  ["silence", impatient(translate), { status: undefined }, "translation-unavailable"],
];

const openAi: readonly Row[] = [
  ["401, of speech", speakWithOpenAi, openAiError(401, "401"), "speech-unauthorized"],
  ["403, of speech", speakWithOpenAi, openAiError(403, "403"), "speech-unauthorized"],
  [
    "no deployment, of speech",
    speakWithOpenAi,
    openAiError(404, "DeploymentNotFound"),
    "speech-unauthorized",
  ],
  ["a bad request, of speech", speakWithOpenAi, openAiError(400, "invalid_value"), "request-invalid"],
  ["the content filter, of speech", speakWithOpenAi, openAiError(400, "content_filter"), "content-filtered"],
  ["429, of speech", speakWithOpenAi, openAiError(429, "429"), "speech-throttled"],
  ["500, of speech", speakWithOpenAi, openAiError(500, "InternalServerError"), "speech-unavailable"],
  ["401, of transcription", transcribe, openAiError(401, "401"), "transcription-refused"],
  ["no deployment, of transcription", transcribe, openAiError(404, "404"), "transcription-refused"],
  ["a large file, of transcription", transcribe, openAiError(413, "413"), "transcription-refused"],
  [
    "the content filter, of transcription",
    transcribe,
    openAiError(400, "content_filter"),
    "content-filtered",
  ],
  ["429, of transcription", transcribe, openAiError(429, "429"), "transcription-unavailable"],
  ["503, of transcription", transcribe, openAiError(503, "503"), "transcription-unavailable"],
  ["silence, of transcription", impatient(transcribe), { status: undefined }, "transcription-unavailable"],
  ["401, of suggestions", suggest, openAiError(401, "401"), "suggester-refused"],
  ["no deployment, of suggestions", suggest, openAiError(404, "404"), "suggester-refused"],
  ["the content filter, of suggestions", suggest, openAiError(400, "content_filter"), "content-filtered"],
  ["429, of suggestions", suggest, openAiError(429, "429"), "suggester-unavailable"],
  ["500, of suggestions", suggest, openAiError(500, "500"), "suggester-unavailable"],
];

const stores: readonly Row[] = [
  ["a wrong key, of Cosmos DB", createDocument, { status: 401 }, "store-unauthorized"],
  ["a firewall or role, of Cosmos DB", createDocument, { status: 403 }, "store-unauthorized"],
  ["a write in a region that fails over", impatient(createDocument), FAILING_OVER, "store-unavailable"],
  ["a timeout, of Cosmos DB", createDocument, { status: 408 }, "store-unavailable"],
  ["a document beyond 2 MB, of Cosmos DB", createDocument, { status: 413 }, "request-too-large"],
  ["throttling, of Cosmos DB", createDocument, { status: 429 }, "store-unavailable"],
  ["a write beside another, of Cosmos DB", createDocument, { status: 449 }, "store-unavailable"],
  ["trouble, of Cosmos DB", createDocument, { status: 500 }, "store-unavailable"],
  ["a fail-over, of Cosmos DB", createDocument, { status: 503 }, "store-unavailable"],
  ["another ETag, of Cosmos DB", replaceDocument, { status: 412 }, "precondition-failed"],
  ["a document that is gone, of Cosmos DB", replaceDocument, { status: 404 }, "precondition-failed"],
  ["a wrong key, of Blob storage", readBlob, blobError(403, "AuthenticationFailed"), "store-unauthorized"],
  ["a firewall, of Blob storage", readBlob, blobError(403, "AuthorizationFailure"), "store-unauthorized"],
  ["a token, of Blob storage", readBlob, blobError(401, "InvalidAuthenticationInfo"), "store-unauthorized"],
  ["throttling, of Blob storage", readBlob, blobError(429, "TooManyRequests"), "store-unavailable"],
  ["trouble, of Blob storage", readBlob, blobError(500, "InternalError"), "store-unavailable"],
  ["a busy server, of Blob storage", readBlob, blobError(503, "ServerBusy"), "store-unavailable"],
];

const groups: readonly (readonly [service: string, rows: readonly Row[]])[] = [
  ["the custom voice service", customVoice],
  ["what the custom voice service makes", makings],
  ["speech synthesis", synthesis],
  ["the websocket of speech synthesis", sockets],
  ["Translator", translator],
  ["Azure OpenAI", openAi],
  ["the stores", stores],
];

/** Seven seconds, as each service says it; its client must not wait for them in a test. */
const waits: readonly (readonly [service: string, call: AzureCall, headers: Record<string, string>])[] = [
  ["speech synthesis", synthesize, { "retry-after": "7" }],
  ["the voices list", listVoices, { "retry-after": "7" }],
  ["the custom voice service", readConsent, { "retry-after": "7" }],
  ["Translator", translate, { "retry-after": "7" }],
  ["speech of Azure OpenAI", speakWithOpenAi, { "retry-after-ms": "6500" }],
  ["transcription of Azure OpenAI", transcribe, { "retry-after-ms": "", "retry-after": "7" }],
  ["suggestions of Azure OpenAI", suggest, { "retry-after-ms": "7000" }],
  // Within a longer limit its client would wait.
  ["Cosmos DB", (url) => createDocument(url, 6_000), { "x-ms-retry-after-ms": "7000" }],
  ["Blob storage", readBlob, { "retry-after": "7" }],
];

describe("the pause that a throttling service asks for", () => {
  it.concurrent.for(waits)("is passed on: %s", async ([, call, headers], { expect }) => {
    await using service = await startFailingService({ status: 429, headers });

    await expect(call(service.url)).rejects.toMatchObject({ retryable: true, retryAfterSeconds: 7 });
  });
});

const STORES: ReadonlySet<string> = new Set(["Cosmos DB", "Blob storage"]);

describe("the status of an AI service", () => {
  const services = waits.filter(([service]) => !STORES.has(service));

  it.concurrent.for(services)("is told under one name: %s", async ([, call, headers], { expect }) => {
    await using service = await startFailingService({ status: 429, headers });

    await expect(call(service.url)).rejects.toMatchObject({ details: { upstreamStatus: 429 } });
  });
});

describe.each(groups)("a failure of %s", (_service, rows) => {
  it.concurrent.for(rows)("is decoded: %s", async ([, call, answer, code], { expect }) => {
    await using service = await startFailingService(answer);

    await expect(call(service.url)).rejects.toMatchObject({ name: "ServiceError", code });
  });
});
