import { describe, expect, it } from "vitest";
import { BodyCapture, capturedText } from "../../../src/http/body-capture.ts";

const KEPT_BYTES = 16 * 1024;

function captureOf(contentType: string): BodyCapture {
  return new BodyCapture(new Response(null, { headers: { "content-type": contentType } }));
}

function json(body: string | ReadableStream<Uint8Array>): Response {
  return new Response(body, { headers: { "content-type": "application/json" } });
}

describe("the capture of a body", () => {
  it("joins the chunks of a text, characters between them too", () => {
    const capture = captureOf("application/json; charset=utf-8");
    const bytes = new TextEncoder().encode('"é"');

    capture.add(bytes.subarray(0, 2));
    capture.add(bytes.subarray(2));

    expect(capture.text).toBe('"é"');
  });

  it.each(["audio/mpeg", "multipart/form-data; boundary=x", "text/event-stream", ""])(
    "keeps nothing of %o",
    (contentType) => {
      const capture = captureOf(contentType);

      capture.add(new Uint8Array(3));

      expect(capture.text).toBeUndefined();
    },
  );

  it("keeps nothing of a text that is large", () => {
    const capture = captureOf("text/plain");

    capture.add(new Uint8Array(KEPT_BYTES));
    capture.add(new Uint8Array(1));

    expect(capture.text).toBeUndefined();
  });

  it("leaves an answer whole, and reads no more of it than it may keep", async () => {
    let chunksRead = 0;
    const long = new ReadableStream<Uint8Array>({
      pull(controller) {
        chunksRead += 1;
        controller.enqueue(new Uint8Array(KEPT_BYTES));
        if (chunksRead === 20) {
          controller.close();
        }
      },
    });
    const answer = json(long);

    await expect(capturedText(answer)).resolves.toBeUndefined();
    expect(chunksRead).toBeLessThan(6);
    expect((await answer.arrayBuffer()).byteLength).toBe(20 * KEPT_BYTES);
    await expect(capturedText(json("{}"))).resolves.toBe("{}");
  });
});
