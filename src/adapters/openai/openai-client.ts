import { isDeepStrictEqual } from "node:util";
import type OpenAI from "openai";
import { latestClient } from "../rotation/rotating-client.ts";
import { type RenewableCredential, withRenewal } from "../rotation/with-renewal.ts";
import { isUnknownCredential } from "./openai-failure.ts";

/** How a request proves who it is: the key of the resource, or a token of Entra ID. */
export type OpenAiCredential =
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "token"; readonly token: string };

export interface OpenAiConnection extends RenewableCredential<OpenAiCredential> {
  /** Of the Azure OpenAI resource, without path. */
  readonly endpoint: string;
  readonly timeoutMs: number;
  /** Hears of every 429, also of those after which the client asked again. Default: nobody does. */
  readonly onThrottled?: () => void;
}

/**
 * Runs a call with the client; key and token may be rotated. The call turns what the client throws into errors of ours.
 *
 * @throws what `credential` and the call throw.
 */
export type CallOpenAi = <T>(call: (client: OpenAI) => Promise<T>) => Promise<T>;

export function openAiCaller(connection: OpenAiConnection, maxRetries: number): CallOpenAi {
  const clientFor = latestClient<OpenAiCredential, OpenAI>({
    connect: (credential) => connect(connection, credential, maxRetries),
    isSame: isDeepStrictEqual,
  });
  return (call) =>
    withRenewal(connection, isUnknownCredential, async (credential) => call(await clientFor(credential)));
}

/** Base URL of the calls, with a trailing slash. */
export function openAiUrl(endpoint: string): string {
  return new URL("/openai/v1/", endpoint).toString();
}

/** What the client would take from variables of the environment is set here: config.ts alone reads those. */
async function connect(
  { endpoint, timeoutMs, onThrottled }: OpenAiConnection,
  credential: OpenAiCredential,
  maxRetries: number,
): Promise<OpenAI> {
  const { OpenAI: Client } = await import("openai");
  return new Client({
    baseURL: openAiUrl(endpoint),
    defaultQuery: { "api-version": "preview" },
    ...(credential.kind === "token"
      ? { apiKey: credential.token }
      : { apiKey: credential.key, defaultHeaders: { authorization: null, "api-key": credential.key } }),
    adminAPIKey: null,
    organization: null,
    project: null,
    logLevel: "off",
    timeout: timeoutMs,
    maxRetries,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      if (response.status === 429) {
        onThrottled?.();
      }
      return response;
    },
  });
}
