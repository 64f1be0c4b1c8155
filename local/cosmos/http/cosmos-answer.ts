import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";

import type { Refusal } from "../../stand-in/refusal.ts";

export interface CosmosAnswer {
  readonly status: number;
  /** An object, or JSON that is ready. */
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Request units. Default: 1. */
  readonly charge?: number;
}

export function sendAnswer(response: ServerResponse, answer: CosmosAnswer): void {
  const { status, body, headers, charge = 1 } = answer;
  const text = typeof body === "object" ? JSON.stringify(body) : (body ?? "");
  response.writeHead(status, {
    ...(text !== "" && { "content-type": "application/json" }),
    "content-length": Buffer.byteLength(text),
    "x-ms-activity-id": randomUUID(),
    "x-ms-request-charge": charge.toFixed(2),
    "x-ms-version": "2020-07-15",
    ...headers,
  });
  response.end(text);
}

/** Throttling has headers and a code of its own in Cosmos DB. */
export function sendRefusal(response: ServerResponse, { status, code, message, headers }: Refusal): void {
  const activityId = randomUUID();
  const isThrottled = status === 429;
  const { "retry-after": retryAfterSeconds, ...others } = headers;
  const text = isThrottled
    ? 'Message: {"Errors":["Request rate is large. More Request Units may be needed, so no changes were made. Please ' +
      'retry this request later. Learn more: http://aka.ms/cosmosdb-error-429"]}'
    : message;
  sendAnswer(response, {
    status,
    body: {
      code: isThrottled ? "429" : code,
      message: `${text}\r\nActivityId: ${activityId}, Microsoft.Azure.Documents.Common/2.14.0`,
    },
    headers: {
      ...others,
      "x-ms-activity-id": activityId,
      ...(isThrottled && { "x-ms-substatus": "3200" }),
      ...(retryAfterSeconds !== undefined && {
        "x-ms-retry-after-ms": String(Math.round(Number(retryAfterSeconds) * 1000)),
      }),
    },
  });
}
