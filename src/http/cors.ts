import type { Method } from "./route.ts";

/** Response headers that scripts of other origins may read. */
const EXPOSED_HEADERS = [
  "etag",
  "location",
  "ratelimit",
  "ratelimit-policy",
  "retry-after",
  "server-timing",
  "x-audio-duration-ms",
  "x-cache",
  "x-characters-billed",
  "x-request-id",
  "x-synthesis-id",
  "x-warnings",
].join(", ");

const ALLOWED_REQUEST_HEADERS =
  "authorization, content-type, accept, if-match, if-none-match, idempotency-key, x-request-id, traceparent, last-event-id";

const PREFLIGHT_LIFETIME_SECONDS = 600;

/** CORS headers of an answer: none for requests without an Origin, or from an origin that is not allowed. */
export function corsHeaders(
  origin: string | null,
  allowedOrigins: readonly string[],
): Record<string, string> {
  if (origin === null) {
    return {};
  }
  if (!isAllowed(origin, allowedOrigins)) {
    return { vary: "origin" };
  }
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": EXPOSED_HEADERS,
    vary: "origin",
  };
}

/** The answer to a preflight; without CORS headers, which a browser takes as a refusal, for a foreign origin. */
export function preflightResponse(
  request: Request,
  methods: readonly (Method | "HEAD")[],
  allowedOrigins: readonly string[],
): Response {
  const origin = request.headers.get("origin");
  const headers = corsHeaders(origin, allowedOrigins);
  if (origin !== null && isAllowed(origin, allowedOrigins)) {
    headers["access-control-allow-methods"] = methods.join(", ");
    headers["access-control-allow-headers"] = ALLOWED_REQUEST_HEADERS;
    headers["access-control-max-age"] = String(PREFLIGHT_LIFETIME_SECONDS);
  }
  headers["allow"] = [...methods, "OPTIONS"].join(", ");
  return new Response(null, { status: 204, headers });
}

/** `*` in the list allows every origin. */
function isAllowed(origin: string, allowedOrigins: readonly string[]): boolean {
  return allowedOrigins.includes("*") || allowedOrigins.includes(origin);
}
