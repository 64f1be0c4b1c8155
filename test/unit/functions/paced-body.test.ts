import { EventEmitter } from "node:events";
import type { ServerResponse } from "node:http";
import { ReadableStream } from "node:stream/web";
import { describe, expect, it } from "vitest";
import { pacedBody } from "../../../src/functions/streaming/paced-body.ts";

class FakeResponse extends EventEmitter {
  writableNeedDrain = false;

  drain(): void {
    this.writableNeedDrain = false;
    this.emit("drain");
  }
}

function clientOf() {
  const response = new FakeResponse();
  const gone = new AbortController();
  const proxied = { response: response as unknown as ServerResponse, disconnected: gone.signal };
  return { response, gone, proxied };
}

/** A source that counts what is taken from it. */
function countingSource(chunks: readonly Uint8Array[]) {
  const state = { taken: 0, cancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = chunks[state.taken];
        state.taken += 1;
        if (chunk === undefined) {
          controller.close();
        } else {
          controller.enqueue(chunk);
        }
      },
      cancel() {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { state, stream };
}

async function turn(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function brokenSource(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      controller.error(new Error("broken"));
    },
  });
}

function neverBroken(error: unknown): never {
  throw error;
}

describe("a paced body", () => {
  it("passes every byte on, in pieces of at most 64 KiB", async () => {
    const large = Uint8Array.from({ length: 150_000 }, (_, index) => index % 251);
    const { stream } = countingSource([large, new Uint8Array([1, 2, 3])]);

    const pieces: Uint8Array[] = [];
    for await (const piece of pacedBody(stream, clientOf().proxied, neverBroken)) {
      pieces.push(piece);
    }

    expect(pieces.map(({ byteLength }) => byteLength)).toEqual([65_536, 65_536, 18_928, 3]);
    expect(Buffer.concat(pieces)).toEqual(Buffer.concat([large, new Uint8Array([1, 2, 3])]));
  });

  it("takes nothing from the source while the client does not read", async () => {
    const { response, proxied } = clientOf();
    const { state, stream } = countingSource([new Uint8Array(1), new Uint8Array(1), new Uint8Array(1)]);
    const reader = pacedBody(stream, proxied, neverBroken).getReader();
    await reader.read();

    response.writableNeedDrain = true;
    const second = reader.read();
    await turn();
    const takenWhileFull = state.taken;
    response.drain();
    await second;

    expect([takenWhileFull, state.taken]).toEqual([1, 2]);
  });

  it("cancels the source and ends quietly when the client goes", async () => {
    const { response, gone, proxied } = clientOf();
    const { state, stream } = countingSource([new Uint8Array(1), new Uint8Array(1)]);
    const reader = pacedBody(stream, proxied, neverBroken).getReader();
    await reader.read();

    response.writableNeedDrain = true;
    const second = reader.read();
    gone.abort();

    expect(await second).toMatchObject({ done: true });
    expect(state.cancelled).toBe(true);
  });

  it("ends quietly when the source fails because the client has gone", async () => {
    const { gone, proxied } = clientOf();
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        gone.signal.addEventListener("abort", () => {
          controller.error(new Error("upstream aborted"));
        });
      },
    });
    const broken: unknown[] = [];
    const first = pacedBody(stream, proxied, (error) => broken.push(error))
      .getReader()
      .read();

    await turn();
    gone.abort();

    expect(await first).toMatchObject({ done: true });
    expect(broken).toEqual([]);
  });

  it("fails when the answer to a broken source throws, and ends when it returns", async () => {
    const failing = pacedBody(brokenSource(), clientOf().proxied, neverBroken).getReader().read();
    const ending = pacedBody(brokenSource(), clientOf().proxied, () => undefined)
      .getReader()
      .read();

    await expect(failing).rejects.toThrow("broken");
    expect(await ending).toMatchObject({ done: true });
  });
});
