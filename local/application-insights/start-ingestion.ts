import type { IncomingMessage, ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { type RunningTlsServer, startTlsServer } from "../stand-in/tls-server.ts";

/** What Application Insights keeps of one piece of telemetry. */
const envelopeSchema = z.object({
  name: z.string(),
  iKey: z.string(),
  tags: z.record(z.string(), z.string()),
  data: z.object({ baseType: z.string(), baseData: z.record(z.string(), z.unknown()) }),
});
export type Envelope = z.output<typeof envelopeSchema>;

export interface RunningIngestion extends RunningTlsServer {
  readonly connectionString: string;
  /** Everything received so far, in order. */
  received(): readonly Envelope[];
}

const INSTRUMENTATION_KEY = "00000000-0000-4000-8000-00000000a1a1";

/** Plays the ingestion endpoint of Application Insights over TLS: `POST /v2.1/track`, and 404 for all else. */
export async function startIngestion(): Promise<RunningIngestion> {
  const envelopes: Envelope[] = [];
  const server = await startTlsServer((request, response) => {
    answer(request, response, envelopes).catch(() => response.destroy());
  });
  return {
    ...server,
    connectionString: `InstrumentationKey=${INSTRUMENTATION_KEY};IngestionEndpoint=${server.url}/`,
    received: () => envelopes,
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  envelopes: Envelope[],
): Promise<void> {
  if (request.method !== "POST" || request.url?.startsWith("/v2.1/track") !== true) {
    response.writeHead(404).end();
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(Buffer.from(chunk));
  }
  const body = Buffer.concat(chunks);
  const text = (request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString("utf8");
  const items = parseItems(text);
  envelopes.push(...items);
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ itemsReceived: items.length, itemsAccepted: items.length, errors: [] }));
}

/** The endpoint takes a JSON array as well as one object per line. */
function parseItems(text: string): readonly Envelope[] {
  const trimmed = text.trim();
  const values: unknown = trimmed.startsWith("[")
    ? JSON.parse(trimmed)
    : trimmed.split("\n").map((line): unknown => JSON.parse(line));
  return z.array(envelopeSchema).parse(values);
}
