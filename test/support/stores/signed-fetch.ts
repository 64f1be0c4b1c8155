import { createHmac } from "node:crypto";

export interface SignedRequest {
  /** `dbs/a/colls/b/docs` */
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: now. */
  readonly date?: Date;
}

/** Sends a request to Cosmos DB that the official client would refuse to send, signed as that client signs. */
export async function signedFetch(
  { url, key }: { readonly url: string; readonly key: string },
  method: string,
  { path, body, headers, date = new Date() }: SignedRequest,
): Promise<Response> {
  const segments = path.split("/");
  const isFeed = segments.length % 2 === 1;
  const type = segments.at(isFeed ? -1 : -2) ?? "";
  const link = (isFeed ? segments.slice(0, -1) : segments).join("/");
  const text = `${method.toLowerCase()}\n${type}\n${link}\n${date.toUTCString().toLowerCase()}\n\n`;
  const signature = createHmac("sha256", Buffer.from(key, "base64")).update(text).digest("base64");
  return fetch(`${url}/${path}`, {
    method,
    headers: {
      authorization: encodeURIComponent(`type=master&ver=1.0&sig=${signature}`),
      "x-ms-date": date.toUTCString(),
      "x-ms-version": "2020-07-15",
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
}
