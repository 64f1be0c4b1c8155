import { isDeepStrictEqual } from "node:util";
import type OpenAI from "openai";
import { rotatingClient } from "../rotation/rotating-client.ts";

/** How a request proves who it is: the key of the resource, or a token of Entra ID. */
export type OpenAiCredential =
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "token"; readonly token: string };

export interface OpenAiConnection {
  /** Of the Azure OpenAI resource, without path. */
  readonly endpoint: string;
  /** Asked before every call; it caches keys and tokens itself. */
  readonly credential: () => Promise<OpenAiCredential>;
  readonly timeoutMs: number;
  /** Hears of every 429, also of those after which the client asked again. Default: nobody does. */
  readonly onThrottled?: () => void;
}

/** Gives the client for the next call; key and token may be rotated. @throws what `credential` throws. */
export function openAiClients(connection: OpenAiConnection, maxRetries: number): () => Promise<OpenAI> {
  return rotatingClient({
    read: connection.credential,
    connect: (credential) => connect(connection, credential, maxRetries),
    isSame: isDeepStrictEqual,
  });
}

/** What the client would take from variables of the environment is set here: config.ts alone reads those. */
async function connect(
  { endpoint, timeoutMs, onThrottled }: OpenAiConnection,
  credential: OpenAiCredential,
  maxRetries: number,
): Promise<OpenAI> {
  const { OpenAI: Client } = await import("openai");
  return new Client({
    baseURL: new URL("/openai/v1/", endpoint).toString(),
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
