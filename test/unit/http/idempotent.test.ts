import { describe, expect, it } from "vitest";
import { z } from "zod";
import { nodeHasher } from "../../../src/adapters/system/node-hasher.ts";
import {
  IDEMPOTENCY_RECORDS,
  type IdempotencyRecord,
} from "../../../src/application/idempotency/idempotency-record.ts";
import { DocumentConflict } from "../../../src/application/ports/documents.ts";
import { ServiceError } from "../../../src/domain/errors/service-error.ts";
import type { Call } from "../../../src/http/call.ts";
import { idempotent } from "../../../src/http/idempotent.ts";
import { jsonResponse } from "../../../src/http/responses.ts";
import { route } from "../../../src/http/route.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { MemoryDocuments } from "../../support/memory-documents.ts";
import { principalWith } from "../../support/principals.ts";
import { recordingLogger } from "../../support/recording-logger.ts";

/** A route that counts how often it makes something, and fails while it is told to. */
function setUp() {
  const clock = new ManualClock();
  const made: string[] = [];
  const trouble: { failure?: Error; gate?: Promise<void> } = {};
  const making = route(
    {
      operationId: "makeThing",
      method: "POST",
      path: "/things",
      tag: "Test",
      summary: "Make",
      permission: "public",
      body: { schema: z.object({ name: z.string() }), mediaTypes: ["application/json"], maxBytes: 1000 },
      responses: {},
    },
    async ({ body }) => {
      await trouble.gate;
      if (trouble.failure !== undefined) {
        throw trouble.failure;
      }
      made.push(body.name);
      return jsonResponse(201, { number: made.length }, { location: `/things/${made.length}` });
    },
  );
  const records = new MemoryDocuments<IdempotencyRecord>(IDEMPOTENCY_RECORDS, clock);
  return {
    things: idempotent(making, { records, hasher: nodeHasher, clock }),
    made,
    trouble,
    clock,
    records,
  };
}

function call(name: string, key: string | undefined, owner = "user-1"): Call {
  const headers = {
    "content-type": "application/json",
    ...(key !== undefined && { "idempotency-key": key }),
  };
  const request = new Request("http://localhost/things", {
    method: "POST",
    headers,
    body: JSON.stringify({ name }),
  });
  return {
    requestId: "request-1",
    traceparent: "",
    principal: principalWith(["Voice.Admin"], owner),
    signal: request.signal,
    logger: recordingLogger(),
    request,
    url: new URL(request.url),
  };
}

describe("a creating route with an Idempotency-Key", () => {
  it("does its work once and answers a repetition with the first answer", async () => {
    const { things, made } = setUp();

    const first = await things.handle(call("a", "key-1"));
    const second = await things.handle(call("a", "key-1"));

    expect(made).toEqual(["a"]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.headers.get("location")).toBe("/things/1");
    expect(await second.json()).toEqual({ number: 1 });
    expect(second.headers.get("idempotency-replayed")).toBe("true");
  });

  it("refuses the key for another body, and knows nothing of other people's keys", async () => {
    const { things, made } = setUp();
    await things.handle(call("a", "key-1"));

    await expect(things.handle(call("b", "key-1"))).rejects.toMatchObject({ code: "idempotency-key-reused" });
    await things.handle(call("b", "key-1", "user-2"));

    expect(made).toEqual(["a", "b"]);
  });

  it("spends no key on a form whose boundary is missing", async () => {
    const { things, made } = setUp();
    const broken = call("a", "key-1");
    broken.request.headers.set("content-type", "multipart/form-data");

    await expect(things.handle(broken)).rejects.toMatchObject({ code: "request-malformed" });
    await things.handle(call("a", "key-1"));

    expect(made).toEqual(["a"]);
  });

  it("refuses the key for another query", async () => {
    const { things } = setUp();
    const first = call("a", "key-1");
    const other = call("a", "key-1");
    await things.handle(first);
    other.url.search = "?ownerId=user-2";

    await expect(things.handle(other)).rejects.toMatchObject({ code: "idempotency-key-reused" });
  });

  it("refuses a repetition while the first request is still running", async () => {
    const { things, trouble, made } = setUp();
    const { promise, resolve: open } = Promise.withResolvers<void>();
    trouble.gate = promise;

    const first = things.handle(call("a", "key-1"));
    await expect(things.handle(call("a", "key-1"))).rejects.toMatchObject({
      code: "idempotency-in-progress",
    });
    open();
    await first;

    expect(made).toEqual(["a"]);
  });

  it("lets a request that failed be repeated with its key", async () => {
    const { things, trouble, made } = setUp();
    trouble.failure = new ServiceError("store-unavailable", "down");
    await expect(things.handle(call("a", "key-1"))).rejects.toMatchObject({ code: "store-unavailable" });
    delete trouble.failure;

    await things.handle(call("a", "key-1"));

    expect(made).toEqual(["a"]);
  });

  it("answers work that is done although its answer cannot be kept, and repeats nothing for its key", async () => {
    const { things, made, records } = setUp();
    records.replace = () => Promise.reject(new ServiceError("store-unavailable", "down"));
    const logger = recordingLogger();

    const first = await things.handle({ ...call("a", "key-1"), logger });
    await expect(things.handle(call("a", "key-1"))).rejects.toMatchObject({
      code: "idempotency-in-progress",
    });

    expect([first.status, await first.json()]).toEqual([201, { number: 1 }]);
    expect(made).toEqual(["a"]);
    expect(logger.lines).toMatchObject([
      { level: "error", attributes: { error: expect.stringContaining("down") } },
    ]);
  });

  it("does not do again what may have been done, and tells so, once a first request cannot be running any more", async () => {
    const { things, made, records, clock } = setUp();
    records.replace = () => Promise.reject(new ServiceError("store-unavailable", "down"));
    await things.handle(call("a", "key-1"));
    clock.advance(5 * 60 + 1);

    await expect(things.handle(call("a", "key-1"))).rejects.toMatchObject({
      code: "idempotency-outcome-unknown",
      retryable: false,
      recovery: expect.arrayContaining([expect.stringContaining("fresh Idempotency-Key")]),
    });
    expect(made).toEqual(["a"]);
  });

  it("tells the failure of the work although its key cannot be given back", async () => {
    const { things, trouble, records } = setUp();
    trouble.failure = new ServiceError("voice-not-found", "no");
    records.delete = () => Promise.reject(new ServiceError("store-unavailable", "down"));
    const logger = recordingLogger();

    await expect(things.handle({ ...call("a", "key-1"), logger })).rejects.toMatchObject({
      code: "voice-not-found",
    });

    expect(logger.lines).toMatchObject([
      { level: "error", attributes: { error: expect.stringContaining("down") } },
    ]);
  });

  it("does its work once for two repetitions that find the key given back", async () => {
    const { things, made, records } = setUp();
    const takeNothing = records.create.bind(records);
    let refusals = 2;
    records.create = (record) => {
      refusals -= 1;
      return refusals >= 0 ? Promise.reject(new DocumentConflict("taken")) : takeNothing(record);
    };

    const results = await Promise.allSettled([
      things.handle(call("a", "key-1")),
      things.handle(call("a", "key-1")),
    ]);

    expect(made).toEqual(["a"]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("reads no more of a repetition than the route takes", async () => {
    const { things } = setUp();
    await things.handle(call("a", "key-1"));

    await expect(things.handle(call("b".repeat(2_000), "key-1"))).rejects.toMatchObject({
      code: "request-too-large",
    });
  });

  it("forgets a key after a day", async () => {
    const { things, made, clock } = setUp();
    await things.handle(call("a", "key-1"));
    clock.advance(24 * 60 * 60 + 1);

    await things.handle(call("b", "key-1"));

    expect(made).toEqual(["a", "b"]);
  });

  it("does its work every time without a key, and refuses a key that is none", async () => {
    const { things, made } = setUp();

    await things.handle(call("a", undefined));
    await things.handle(call("a", undefined));

    expect(made).toEqual(["a", "a"]);
    await expect(things.handle(call("a", "k".repeat(300)))).rejects.toMatchObject({
      code: "request-invalid",
    });
  });
});
