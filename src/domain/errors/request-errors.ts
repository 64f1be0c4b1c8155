import type { ErrorRows } from "./error-row.ts";

/** What is wrong with a request before any use case hears of it. */
export const requestErrors = {
  "request-invalid": {
    status: 422,
    title: "The request does not fit the schema",
    recovery: ["Correct the fields listed in `errors` and send the request again."],
    retryable: false,
  },
  "query-parameter-unknown": {
    status: 400,
    title: "The query has a parameter that this route does not know",
    recovery: ["Correct its name: `detail` lists the parameters of this route.", "Leave it out."],
    retryable: false,
  },
  "request-malformed": {
    status: 400,
    title: "The request cannot be read",
    recovery: ["Send well-formed JSON (UTF-8) or multipart/form-data with a matching Content-Type."],
    retryable: false,
  },
  "request-too-large": {
    status: 413,
    title: "The request body is too large",
    recovery: ["Send less at once, or ask POST /api/v1/uploads for an upload URL."],
    retryable: false,
  },
  "request-timed-out": {
    status: 408,
    title: "The request body did not arrive in time",
    recovery: ["Check the connection and send the request again."],
    retryable: true,
  },
  "media-type-unsupported": {
    status: 415,
    title: "The body's media type is not accepted here",
    recovery: ["Use the Content-Type that the API description names for this route."],
    retryable: false,
  },
  "route-not-found": {
    status: 404,
    title: "There is nothing at this address",
    recovery: ["Check the path against /openapi.json or /docs."],
    retryable: false,
  },
  "method-not-allowed": {
    status: 405,
    title: "This address does not accept that method",
    recovery: ["Use one of the methods in the Allow header."],
    retryable: false,
  },
  "host-not-allowed": {
    status: 421,
    title: "This host name is not served here",
    recovery: ["Use a host name that the operator lists in ALLOWED_HOSTS."],
    retryable: false,
  },
  "precondition-failed": {
    status: 412,
    title: "The resource has changed since it was read",
    recovery: ["Read the resource again, apply the change to it, and send its new ETag in If-Match."],
    retryable: false,
  },
  "idempotency-key-reused": {
    status: 422,
    title: "The idempotency key belongs to another request",
    recovery: ["Use a fresh Idempotency-Key for a request with another body."],
    retryable: false,
  },
  "idempotency-in-progress": {
    status: 409,
    title: "The first request with this idempotency key is still running",
    recovery: ["Wait for the first request to end, then repeat this one with the same key."],
    retryable: true,
  },
  "idempotency-outcome-unknown": {
    status: 409,
    title: "It is not known what became of the first request with this idempotency key",
    recovery: [
      "Look whether there is what the first request was to create: it may have been done.",
      "If there is not, send the request with a fresh Idempotency-Key.",
    ],
    retryable: false,
  },
  "cursor-invalid": {
    status: 400,
    title: "The cursor is not one of ours",
    recovery: ["Start the list again without a cursor and follow nextCursor."],
    retryable: false,
  },
} as const satisfies ErrorRows;
