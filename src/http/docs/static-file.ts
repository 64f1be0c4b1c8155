import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** Quality 6 takes 60 ms for the largest file; 11 would take 3 s. */
const BROTLI_QUALITY = 6;

const LONG_LIVED = "public, max-age=31536000, immutable";

export interface StaticSource {
  readonly contentType: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  /** Headers that replace those of every answer. */
  readonly headers?: Readonly<Record<string, string>>;
}

type Encoding = "br" | "gzip" | "identity";

/** A file in memory, compressed at first use, answered with an ETag. */
export class StaticFile {
  readonly version: string;
  readonly #source: StaticSource;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #encoded = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>();

  constructor(source: StaticSource) {
    this.#source = source;
    this.#bytes = typeof source.body === "string" ? new TextEncoder().encode(source.body) : source.body;
    this.version = createHash("sha256").update(this.#bytes).digest("base64url").slice(0, 16);
  }

  /** `?v={version}` in the URL makes the answer good for ever; otherwise browsers ask again with the ETag. */
  async respond(request: Request): Promise<Response> {
    const encoding = encodingFor(request.headers.get("accept-encoding") ?? "");
    const etag = `"${this.version}-${encoding}"`;
    const isVersioned = new URL(request.url).searchParams.get("v") === this.version;
    const headers = {
      ...this.#source.headers,
      etag,
      vary: "accept-encoding",
      "cache-control": isVersioned ? LONG_LIVED : "no-cache",
    };
    if (etagsOf(request).includes(etag)) {
      return new Response(null, { status: 304, headers });
    }
    const body = await this.#bytesAs(encoding);
    return new Response(body, {
      headers: {
        ...headers,
        "content-type": this.#source.contentType,
        "content-length": String(body.length),
        ...(encoding === "identity" ? {} : { "content-encoding": encoding }),
      },
    });
  }

  #bytesAs(encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
    const known = this.#encoded.get(encoding);
    if (known !== undefined) {
      return known;
    }
    const encoded = encodedBytes(this.#bytes, encoding);
    this.#encoded.set(encoding, encoded);
    return encoded;
  }
}

function encodingFor(accepted: string): Encoding {
  const names = accepted
    .toLowerCase()
    .split(",")
    .filter((entry) => !/;\s*q=0(\.0+)?\s*$/.test(entry))
    .map((entry) => entry.split(";", 1)[0]?.trim());
  if (names.includes("br")) {
    return "br";
  }
  return names.includes("gzip") ? "gzip" : "identity";
}

function etagsOf(request: Request): readonly string[] {
  const header = request.headers.get("if-none-match") ?? "";
  return header.split(",").map((etag) => etag.trim().replace(/^W\//, ""));
}

async function encodedBytes(
  bytes: Uint8Array<ArrayBuffer>,
  encoding: Encoding,
): Promise<Uint8Array<ArrayBuffer>> {
  switch (encoding) {
    case "br":
      return promisify(brotliCompress)(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY },
      });
    case "gzip":
      return promisify(gzip)(bytes);
    case "identity":
      return bytes;
  }
}
