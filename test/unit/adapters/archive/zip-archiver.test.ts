import { describe, expect, it } from "vitest";
import { zipArchiver } from "../../../../src/adapters/archive/zip-archiver.ts";

describe("an archive whose reader leaves", () => {
  it("lets go of the file under way, and asks for no other", async () => {
    const opened: string[] = [];
    const canceled: string[] = [];
    async function* files() {
      for (const name of ["one.wav", "two.wav"]) {
        opened.push(name);
        yield {
          name,
          sizeBytes: 1_000_000,
          lastModified: new Date(0),
          body: new ReadableStream<Uint8Array>({
            pull: (controller) => controller.enqueue(new Uint8Array(1_000)),
            cancel: () => void canceled.push(name),
          }),
        };
      }
    }
    const reader = zipArchiver.zip(files()).getReader();

    for (let chunks = 0; chunks < 5; chunks += 1) {
      await reader.read();
    }
    await reader.cancel();

    await expect.poll(() => canceled).toEqual(["one.wav"]);
    expect(opened).toEqual(["one.wav"]);
  });
});
