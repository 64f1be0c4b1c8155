import type { IncomingMessage } from "node:http";

import { type Json, parseJson } from "../json.ts";
import { badRequest } from "../refusals.ts";

/** One request, its body read. */
export class CosmosRequest {
  readonly method: string;
  /** Parts of the path, decoded: `dbs`, `voices`, `colls`, ... */
  readonly segments: readonly string[];
  /** Scheme and host as the client wrote them. */
  readonly origin: string;
  readonly text: string;
  readonly #headers: IncomingMessage["headers"];

  /** @throws Refusal 400 for a path that cannot be decoded. */
  constructor({ method, url, headers }: IncomingMessage, text: string) {
    this.method = method ?? "GET";
    this.#headers = headers;
    this.text = text;
    this.origin = `http://${headers.host ?? "localhost"}`;
    const [path] = (url ?? "/").split("?");
    this.segments = (path ?? "").split("/").filter(Boolean).map(decoded);
  }

  header(name: string): string | undefined {
    const value = this.#headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  isSet(name: string): boolean {
    return this.header(name)?.toLowerCase() === "true";
  }

  /** @throws Refusal 400 for a body that is not JSON. */
  json(): Json {
    try {
      return parseJson(this.text);
    } catch {
      throw badRequest("The request body could not be parsed as JSON.");
    }
  }

  isQuery(): boolean {
    return (
      this.isSet("x-ms-documentdb-isquery") ||
      this.header("content-type")?.startsWith("application/query+json") === true
    );
  }

  /** `docs` of `dbs/a/colls/b/docs/c`. */
  get resourceType(): string {
    const isFeed = this.segments.length % 2 === 1;
    return this.segments.at(isFeed ? -1 : -2) ?? "";
  }

  /** What is addressed, or the parent of an addressed feed. */
  get link(): string {
    const isFeed = this.segments.length % 2 === 1;
    return (isFeed ? this.segments.slice(0, -1) : this.segments).join("/");
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest("The request path cannot be decoded.");
  }
}
