import { setTimeout as delay } from "node:timers/promises";
import { ReadableStream } from "node:stream/web";
import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from "@azure/functions";
import { disconnectSignal } from "../../../../src/functions/streaming/disconnect-signal.ts";
import { guardHttpResponses } from "../../../../src/functions/streaming/guard-http-responses.ts";
import { trackProxiedResponses } from "../../../../src/functions/streaming/proxied-responses.ts";
import { heldBytes } from "../../held-bytes.ts";

const encoder = new TextEncoder();

/** What handlers have seen, for `GET /api/seen`. */
const seen = { aborted: 0, cancelled: 0, producedBytes: 0, uploadedBytes: 0 };

app.setup({ enableHttpStream: true });
trackProxiedResponses();

const guard = guardHttpResponses((error, context) => {
  context.error("answered a failure", String(error));
  return { status: 500, headers: { "content-type": "application/problem+json" }, body: '{"title":"Failed"}' };
});

// Functions whose names begin with "raw" show what happens without the guard.
app.hook.postInvocation((context) =>
  context.invocationContext.functionName.startsWith("raw") ? undefined : guard(context),
);

app.http("echo", {
  methods: ["GET", "POST", "PUT", "DELETE"],
  route: "echo/{id:int}/{name?}",
  handler: async (request: HttpRequest): Promise<HttpResponseInit> => ({
    status: 201,
    headers: { "x-a": "b" },
    cookies: [
      { name: "c", value: "v 1", httpOnly: true, sameSite: "None", maxAge: 60, path: "/" },
      { name: "d", value: "2" },
    ],
    jsonBody: {
      method: request.method,
      url: request.url,
      params: request.params,
      tags: request.query.getAll("tag"),
      header: request.headers.get("x-header"),
      body: request.body === null ? null : await request.text(),
    },
  }),
});

app.http("chunks", {
  methods: ["GET"],
  handler: (request: HttpRequest): HttpResponseInit => {
    const count = Number(request.query.get("count") ?? 5);
    const everyMs = Number(request.query.get("everyMs") ?? 100);
    async function* produce(): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < count; index += 1) {
        yield encoder.encode(`${index};`);
        await delay(everyMs);
      }
    }
    return { headers: { "content-type": "text/plain" }, body: ReadableStream.from(produce()) };
  },
});

let releaseChunk = Promise.withResolvers<void>();

app.http("next", {
  methods: ["POST"],
  handler: (): HttpResponseInit => {
    releaseChunk.resolve();
    return { status: 204 };
  },
});

/** Each but the first waits for a `POST /api/next`. */
async function* fiveChunks(): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < 5; index += 1) {
    releaseChunk = Promise.withResolvers<void>();
    yield encoder.encode(`${index};`);
    await releaseChunk.promise;
  }
}

app.http("heldChunks", {
  methods: ["GET"],
  handler: (): HttpResponseInit => ({
    headers: { "content-type": "text/plain" },
    body: ReadableStream.from(fiveChunks()),
  }),
});

app.http("ticks", {
  methods: ["GET"],
  handler: (_request: HttpRequest, context: InvocationContext): HttpResponseInit => {
    const signal = disconnectSignal(context.invocationId);
    signal.addEventListener("abort", () => {
      seen.aborted += 1;
    });
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        controller.enqueue(encoder.encode("tick\n"));
        await delay(20);
      },
      cancel() {
        seen.cancelled += 1;
      },
    });
    return { body };
  },
});

app.http("flood", {
  methods: ["GET"],
  handler: (): HttpResponseInit => {
    const chunkBytes = 256 * 1024;
    async function* produce(): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < 800; index += 1) {
        seen.producedBytes += chunkBytes;
        yield new Uint8Array(chunkBytes);
        await delay(0);
      }
    }
    return { body: ReadableStream.from(produce()) };
  },
});

app.http("upload", {
  methods: ["POST"],
  handler: async (request: HttpRequest): Promise<HttpResponseInit> => {
    const sizes: number[] = [];
    for await (const chunk of request.body ?? []) {
      sizes.push(chunk.byteLength);
      seen.uploadedBytes += chunk.byteLength;
    }
    return { jsonBody: { sizes } };
  },
});

/** Answers before it has read the body. */
app.http("refuse", { methods: ["POST"], handler: () => ({ status: 401, body: "no" }) });

function brokenBody(afterChunks: number): ReadableStream<Uint8Array> {
  async function* produce(): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < afterChunks; index += 1) {
      yield encoder.encode("part of the body;");
      await delay(10);
    }
    throw new Error("The source broke.");
  }
  return ReadableStream.from(produce());
}

app.http("broken", {
  methods: ["GET"],
  handler: (request: HttpRequest): HttpResponseInit => ({
    headers: { "x-from-handler": "1" },
    body: brokenBody(Number(request.query.get("afterChunks") ?? 2)),
  }),
});

for (const prefix of ["guarded", "raw"]) {
  app.http(`${prefix}Throw`, { handler: () => Promise.reject(new Error("The handler failed.")) });
  app.http(`${prefix}Nothing`, { handler: () => undefined as unknown as HttpResponseInit });
  app.http(`${prefix}Number`, { handler: () => 42 as unknown as HttpResponseInit });
}
app.http("rawBroken", { handler: () => ({ body: brokenBody(2) }) });

app.http("seen", { methods: ["GET"], handler: () => ({ jsonBody: seen }) });

app.http("held", { methods: ["GET"], handler: () => ({ jsonBody: { heldBytes: heldBytes().buffers } }) });
