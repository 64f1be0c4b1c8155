import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { endResponse } from "../http/end-response.ts";
import { readBody } from "../http/read-body.ts";
import type { BlobFunction } from "./blob-function.ts";
import { unquoted } from "./blob-function.ts";
import type { BlobVersion } from "./blob-messages.ts";

/** Event Grid's own limit for a batch of events. */
const MAX_BODY_BYTES = 1_048_576;

const validationSchema = z.object({
  eventType: z.literal("Microsoft.EventGrid.SubscriptionValidationEvent"),
  data: z.object({ validationCode: z.string() }),
});

const blobCreatedSchema = z.object({
  eventType: z.literal("Microsoft.Storage.BlobCreated"),
  data: z.object({ url: z.url(), eTag: z.string() }),
});

const otherEventSchema = z
  .object({ eventType: z.string() })
  .transform(() => ({ eventType: "other" as const }));

const eventSchema = z.union([validationSchema, blobCreatedSchema, otherEventSchema]);

const eventsSchema = z.union([z.array(eventSchema), eventSchema.transform((event) => [event])]);

/** Serves `POST /runtime/webhooks/blobs?functionName=Host.Functions.{name}`: where Event Grid delivers its events. */
export class EventGridWebhook {
  readonly #functions: ReadonlyMap<string, BlobFunction>;
  readonly #enqueue: (version: BlobVersion) => void;

  constructor(functions: ReadonlyMap<string, BlobFunction>, enqueue: (version: BlobVersion) => void) {
    this.#functions = functions;
    this.#enqueue = enqueue;
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const functionName = url.searchParams.get("functionName")?.replace(/^Host\.Functions\./, "") ?? "";
    const blobFunction = this.#functions.get(functionName);
    if (blobFunction === undefined) {
      endResponse(response, 404);
      return;
    }
    if (request.method !== "POST") {
      endResponse(response, 405);
      return;
    }
    const events = eventsSchema.safeParse(parseJson(await readBody(request, MAX_BODY_BYTES)));
    if (!events.success) {
      endResponse(response, 400);
      return;
    }
    this.#answer(response, blobFunction, events.data);
  }

  #answer(response: ServerResponse, blobFunction: BlobFunction, events: z.infer<typeof eventsSchema>): void {
    for (const event of events) {
      if (event.eventType === "Microsoft.EventGrid.SubscriptionValidationEvent") {
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ validationResponse: event.data.validationCode }));
        return;
      }
      const version =
        event.eventType === "Microsoft.Storage.BlobCreated" ? versionOf(event.data, blobFunction) : undefined;
      if (version !== undefined) {
        this.#enqueue(version);
      }
    }
    endResponse(response, 202);
  }
}

/** @returns `undefined` for a blob that the function's path does not match. */
function versionOf(
  data: { url: string; eTag: string },
  { account, fn, pattern }: BlobFunction,
): BlobVersion | undefined {
  const path = pathInAccount(new URL(data.url), new URL(account.blobs.url));
  const [, container = "", blob = ""] = /^([^/]+)\/(.+)$/s.exec(path) ?? [];
  const isWanted = container === pattern.container && pattern.match(blob) !== undefined;
  return isWanted ? { functionName: fn.name, container, blob, etag: unquoted(data.eTag) } : undefined;
}

/** Azurite's URLs hold the account's name as their first segment. */
function pathInAccount(blobUrl: URL, accountUrl: URL): string {
  const path = decodeURIComponent(blobUrl.pathname).slice(1);
  const accountPath = `${accountUrl.pathname.replaceAll(/^\/|\/$/g, "")}/`;
  return path.startsWith(accountPath) ? path.slice(accountPath.length) : path;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
