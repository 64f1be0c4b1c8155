import { assertPublicHost } from "./public-address.ts";

/** The URL may not be called, whatever its host is. */
export class RefusedUrl extends Error {
  override readonly name = "RefusedUrl";
}

/**
 * Checks a URL that a user has named: HTTPS, no credentials, no host that is written as a private address. Names are
 * looked at when they are resolved.
 *
 * @param allowPrivate lets private addresses and plain HTTP pass, for development. Default: false.
 * @throws {@link RefusedUrl}; PrivateAddress.
 */
export function assertPublicUrl(text: string, allowPrivate = false): URL {
  const url = URL.parse(text);
  if (url === null) {
    throw new RefusedUrl("The target is no URL.");
  }
  if (url.username !== "" || url.password !== "") {
    throw new RefusedUrl("The target must have no user name or password in its URL.");
  }
  if (allowPrivate) {
    if (url.protocol !== "https:" && url.protocol !== "http:") {
      throw new RefusedUrl("The target must be an http or https address.");
    }
    return url;
  }
  if (url.protocol !== "https:") {
    throw new RefusedUrl("The target must be an https address.");
  }
  assertPublicHost(url);
  return url;
}
