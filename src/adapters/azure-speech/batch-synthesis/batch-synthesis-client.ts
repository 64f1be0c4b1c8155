import { z } from "zod";
import { ServiceError } from "../../../domain/errors/service-error.ts";
import { type RenewableCredential, withRenewal } from "../../rotation/with-renewal.ts";
import { isUnknownCredential, retryAfterOf, speechErrorOf, unavailable } from "../speech-error.ts";

/** @see https://learn.microsoft.com/azure/ai-services/speech-service/batch-synthesis */
const API_VERSION = "2024-04-01";

/** The service answers every call in well under this; a body is at most 500 KB. */
const CALL_TIMEOUT_MS = 60_000;
const MAX_REASON_CHARACTERS = 300;

/** What `speechErrorOf` tells apart. */
const SPEECH_STATUSES: readonly number[] = [401, 403, 408, 429];

/** A header that authenticates. */
type CredentialHeader = readonly [name: string, value: string];

export interface BatchSynthesisClientOptions extends RenewableCredential<CredentialHeader> {
  /** `https://{resource}.cognitiveservices.azure.com`, without a trailing slash. */
  readonly endpoint: string;
  /** Hears of every 429. Default: nobody does. */
  readonly onThrottled?: () => void;
}

export interface BatchSynthesisCall {
  readonly method: "GET" | "PUT" | "DELETE";
  readonly id: string;
  readonly json?: object;
}

/** Sends one call; the answer's JSON, or undefined for 204, 404 and an empty body. */
export type SendBatchSynthesisCall = (call: BatchSynthesisCall) => Promise<unknown>;

const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string().default("") }) });

/** @throws {@link ServiceError} as {@link BatchSynthesisService} says, from the returned function. */
export function batchSynthesisClient(options: BatchSynthesisClientOptions): SendBatchSynthesisCall {
  return (call) =>
    withRenewal(options, isUnknownCredential, async (header) => {
      const response = await send(options.endpoint, header, call);
      if (response.status === 429) {
        options.onThrottled?.();
      }
      // For a job that is not there the documentation names both.
      if (response.status === 404 || response.status === 204) {
        await response.body?.cancel();
        return undefined;
      }
      if (!response.ok) {
        throw await errorOf(response);
      }
      const text = await response.text();
      const value: unknown = text === "" ? undefined : JSON.parse(text);
      return value;
    });
}

async function send(
  endpoint: string,
  header: CredentialHeader,
  { method, id, json }: BatchSynthesisCall,
): Promise<Response> {
  const url = `${endpoint}/texttospeech/batchsyntheses/${encodeURIComponent(id)}?api-version=${API_VERSION}`;
  const headers = new Headers([[...header]]);
  if (json !== undefined) {
    headers.set("content-type", "application/json");
  }
  try {
    return await fetch(url, {
      method,
      headers,
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
  } catch (cause) {
    throw unavailable("Azure's batch synthesis cannot be reached.", { cause });
  }
}

async function errorOf(response: Response): Promise<ServiceError> {
  const { status } = response;
  const azure = errorBody.safeParse(await response.json().catch(() => undefined));
  const said = azure.success ? `${azure.data.error.code}: ${azure.data.error.message}` : `status ${status}`;
  const reason = said.slice(0, MAX_REASON_CHARACTERS);
  if (status >= 500 || SPEECH_STATUSES.includes(status)) {
    const retryAfter = response.headers.get("retry-after") ?? undefined;
    const retryAfterSeconds = retryAfterOf(retryAfter, new Date());
    return speechErrorOf({ status, reason, retryAfterSeconds, isDeployment: false });
  }
  return new ServiceError("azure-batch-refused", `Azure's batch synthesis answered ${reason}`, {
    details: { upstreamStatus: status },
  });
}
