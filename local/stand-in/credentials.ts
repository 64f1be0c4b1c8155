import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.ts";

export interface Credentials {
  readonly key: string;
  /** Tells whether a bearer token is good. Default: no token is. */
  readonly acceptsToken?: (token: string) => boolean | Promise<boolean>;
}

/**
 * Requires `Ocp-Apim-Subscription-Key` or `Authorization: Bearer`.
 *
 * @throws {@link Refusal} 401 with the body of the gateway of Cognitive Services, whose code is the text "401".
 */
export async function requireCredentials(request: IncomingMessage, credentials: Credentials): Promise<void> {
  const key = request.headers["ocp-apim-subscription-key"];
  if (typeof key === "string" && isSameText(key, credentials.key)) {
    return;
  }
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (key === undefined && token !== undefined && (await credentials.acceptsToken?.(token)) === true) {
    return;
  }
  throw accessDenied();
}

export function accessDenied(): Refusal {
  return new Refusal(
    { status: 401, code: "401" },
    "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an " +
      "active subscription and use a correct regional API endpoint for your resource.",
  );
}

/** Compares without telling by its time how much is right. */
export function isSameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
