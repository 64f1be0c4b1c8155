import { request as requestPlain } from "node:http";
import { request as requestOverTls } from "node:https";
import { assertPublicHost, lookupPublic } from "./public-address.ts";

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
 * @throws PrivateAddress; TypeError for a URL of another kind; what the connection throws.
 */
export async function postToPublicUrl(post: PublicPost): Promise<number> {
  const url = checkedUrl(post);
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

function checkedUrl({ url: text, allowPrivate = false }: PublicPost): URL {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") {
    throw new TypeError("The URL is not valid, or has credentials in it.");
  }
  if (!allowPrivate) {
    if (url.protocol !== "https:") {
      throw new TypeError("Only https URLs are called.");
    }
    assertPublicHost(url);
  } else if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new TypeError("Only http and https URLs are called.");
  }
  return url;
}
