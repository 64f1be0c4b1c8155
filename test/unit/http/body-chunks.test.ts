import { describe, expect, it } from "vitest";
import { type BodyPace, bodyChunks } from "../../../src/http/body-chunks.ts";

const quick: BodyPace = { idleTimeoutMs: 1_000, graceMs: 1_000, nowMs: () => 0 };

function requestWith(
  body: ReadableStream<Uint8Array>,
  headers: Readonly<Record<string, string>> = {},
): Request {
  return new Request("http://localhost/", { method: "POST", body, duplex: "half", headers });
}

function streamOf(sizes: readonly number[], after: () => void = () => undefined): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      sizes.forEach((size) => controller.enqueue(new Uint8Array(size)));
      controller.close();
    },
    cancel: after,
  });
}

async function sizeOf(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
  }
  return size;
}

describe("a request body", () => {
  it("is passed on whole while it keeps within its limits", async () => {
    await expect(sizeOf(bodyChunks(requestWith(streamOf([3, 4])), 7, quick))).resolves.toBe(7);
  });

  it("without bytes is empty", async () => {
    const request = new Request("http://localhost/", { method: "POST" });

    await expect(sizeOf(bodyChunks(request, 7, quick))).resolves.toBe(0);
  });

  it("is refused as soon as it grows over the limit, whatever it declared", async () => {
    const request = requestWith(streamOf([3, 5]), { "content-length": "3" });

    await expect(sizeOf(bodyChunks(request, 7, quick))).rejects.toMatchObject({ code: "request-too-large" });
  });

  it("that falls silent is given up", async () => {
    const silent = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(1)),
    });

    await expect(
      sizeOf(bodyChunks(requestWith(silent), 100, { ...quick, idleTimeoutMs: 10 })),
    ).rejects.toMatchObject({ code: "request-timed-out", retryable: true });
  });

  it("that drips byte by byte is given up although it never falls silent", async () => {
    let nowMs = 0;
    const dripping = new ReadableStream<Uint8Array>({
      pull(controller) {
        nowMs += 100;
        controller.enqueue(new Uint8Array(1));
      },
    });

    await expect(
      sizeOf(bodyChunks(requestWith(dripping), 10_000, { ...quick, nowMs: () => nowMs })),
    ).rejects.toMatchObject({ code: "request-timed-out" });
  });
});
