import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

/** A call to the client API, its path below the base split and decoded. */
export interface ApiRequest {
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly url: URL;
  readonly body: string;
}

export interface ApiResponse {
  readonly status: number;
  /** Sent as JSON; undefined sends no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A failure that the caller is told about. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly details: string;

  constructor(status: number, message: string, details: string) {
    super(message);
    this.status = status;
    this.details = details;
  }

  static badArgument(details: string): ApiError {
    return new ApiError(400, "One or more of the arguments submitted is incorrect", details);
  }

  static badJson(details: string): ApiError {
    return new ApiError(400, "Invalid JSON content", details);
  }

  static failed(details: string): ApiError {
    return new ApiError(500, "Something went wrong while processing your request", details);
  }

  static notSupported(what: string): ApiError {
    return new ApiError(501, "Not supported by the local Functions host", what);
  }
}

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** @throws {ApiError} when the body is too large or the path cannot be decoded. */
export async function readApiRequest(request: IncomingMessage, basePath: string): Promise<ApiRequest> {
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "localhost"}`);
  const path = url.pathname.slice(basePath.length);
  return {
    method: request.method ?? "GET",
    segments: path
      .split("/")
      .filter((segment) => segment !== "")
      .map(decoded),
    query: url.searchParams,
    headers: request.headers,
    url,
    body: await bodyOf(request),
  };
}

export function sendApiResponse(response: ServerResponse, { status, body, headers }: ApiResponse): void {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const type = text === undefined ? {} : { "content-type": "application/json; charset=utf-8" };
  response.writeHead(status, { ...type, ...headers });
  response.end(text);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw ApiError.badArgument(`The path contains a malformed escape: ${segment}`);
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    sizeBytes += bytes.length;
    if (sizeBytes > MAX_BODY_BYTES) {
      throw new ApiError(413, "Request body too large", `The limit is ${MAX_BODY_BYTES} bytes.`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}
