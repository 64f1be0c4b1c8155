import { createHmac } from "node:crypto";

import { isSameText } from "../../stand-in/credentials.ts";
import { forbidden, unauthorized } from "../refusals.ts";
import type { CosmosRequest } from "./cosmos-request.ts";

export interface CosmosCredentials {
  /** Base64. */
  readonly key: string;
  /** Tells whether a token of Entra ID is good. Default: no token is. */
  readonly acceptsToken?: (token: string) => boolean | Promise<boolean>;
}

const MAX_CLOCK_SKEW_MS = 15 * 60 * 1000;

/**
 * Checks the signature by the account's key, or the token of Entra ID.
 *
 * @throws Refusal 401, 403.
 * @see https://learn.microsoft.com/rest/api/cosmos-db/access-control-on-cosmosdb-resources
 */
export async function authorize(request: CosmosRequest, credentials: CosmosCredentials): Promise<void> {
  const header = request.header("authorization");
  if (header === undefined) {
    throw unauthorized(
      "Required Header authorization is missing. Ensure a valid Authorization token is passed.",
    );
  }
  const [, type, signature = ""] =
    /^type=(master|aad)&ver=1\.0&sig=(.+)$/s.exec(decodeURIComponent(header)) ?? [];
  if (type === "aad") {
    await checkToken(signature, credentials);
  } else if (type === "master") {
    checkSignature(request, signature, credentials.key);
  } else {
    throw unauthorized("Authorization header doesn't confirm to the required format.");
  }
}

async function checkToken(token: string, { acceptsToken }: CosmosCredentials): Promise<void> {
  if ((await acceptsToken?.(token)) !== true) {
    throw unauthorized("The given AAD token is not valid for this account.");
  }
}

function checkSignature(request: CosmosRequest, signature: string, key: string): void {
  const date = request.header("x-ms-date") ?? "";
  const sentAtMs = Date.parse(date);
  if (Number.isNaN(sentAtMs)) {
    throw unauthorized("The request has no valid date header: provide 'x-ms-date'.");
  }
  const { method, resourceType, link } = request;
  const payload = `${method.toLowerCase()}\n${resourceType.toLowerCase()}\n${link}\n${date.toLowerCase()}\n\n`;
  const expected = createHmac("sha256", Buffer.from(key, "base64")).update(payload).digest("base64");
  if (!isSameText(signature, expected)) {
    throw unauthorized(
      "The input authorization token can't serve the request. The wrong key is being used or the expected payload is " +
        "not built as per the protocol. For more info: https://aka.ms/cosmosdb-tsg-unauthorized. Server used the " +
        `following payload to sign: '${payload.replaceAll("\n", String.raw`\n`)}'`,
    );
  }
  if (Math.abs(Date.now() - sentAtMs) > MAX_CLOCK_SKEW_MS) {
    throw forbidden(
      "The authorization token is not valid at the current time. Please provide a valid token.",
    );
  }
}
