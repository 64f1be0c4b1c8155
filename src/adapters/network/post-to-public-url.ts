import { request as requestPlain } from "node:http";
import { request as requestOverTls } from "node:https";
import { lookupPublic } from "./public-address.ts";
import { assertPublicUrl } from "./public-url.ts";

export interface PublicPost {
  /** From a user: nothing about it is trusted. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  /** Lets private addresses and plain HTTP pass, for development. Default false. */
  readonly allowPrivate?: boolean;
}

/**
 * Sends a POST to an address that a user has named, and to no service of this network: HTTPS only, no private address,
 * no redirect, no credentials in the URL. The answer's body is not read.
 *
 * @returns the status.
 * @throws PrivateAddress; RefusedUrl; what the connection throws.
 */
export async function postToPublicUrl(post: PublicPost): Promise<number> {
  const url = assertPublicUrl(post.url, post.allowPrivate);
  const request = url.protocol === "https:" ? requestOverTls : requestPlain;
  return new Promise((resolve, reject) => {
    const call = request(url, {
      method: "POST",
      headers: { ...post.headers, "content-length": Buffer.byteLength(post.body) },
      signal: post.signal,
      agent: false,
      ...(post.allowPrivate !== true && { lookup: lookupPublic }),
    });
    call.once("error", reject);
    call.once("response", (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    call.end(post.body);
  });
}
