import { describe, expect, it } from "vitest";
import { AzureSpeechSynthesizer } from "../../../src/adapters/azure-speech/azure-speech-synthesizer.ts";
import { SPEAKER } from "../../support/catalog-voice.ts";
import { heldBytes } from "../../support/held-bytes.ts";
import { asking, speakingWith } from "../../support/speaking.ts";
import { startBareServer } from "../../support/bare-server.ts";

const TEXT = "Every sentence of this long text is spoken in its turn. ".repeat(1_072);
const PART_BYTES = 4 * 1024 * 1024;
const CHUNK = Buffer.alloc(64 * 1024);
const MEGABYTE = 1024 * 1024;

describe("a stream of 60,000 characters", () => {
  it("is spoken in parts, one requested ahead, and keeps little of it in memory", async () => {
    await using server = await startBareServer((_, response) => {
      let left = PART_BYTES;
      const send = (): void => {
        while (left > 0 && response.write(CHUNK)) {
          left -= CHUNK.length;
        }
        if (left <= 0) {
          response.end();
        } else {
          left -= CHUNK.length;
          response.once("drain", send);
        }
      };
      send();
    });
    const synthesizer = new AzureSpeechSynthesizer({
      connection: {
        region: "local",
        standardUrl: server.url,
        deploymentUrl: server.url,
        credential: () => Promise.resolve({ kind: "key", key: "local-key" }),
      },
      deadlines: { firstByteMs: 5_000, idleMs: 5_000 },
    });
    const request = asking(TEXT, { format: { format: "pcm" }, store: false });
    const { events, prepared } = await speakingWith(synthesizer).speakStream(
      SPEAKER,
      request,
      AbortSignal.timeout(25_000),
    );

    const beforeBytes = heldBytes().buffers;
    let sizeBytes = 0;
    let highestBytes = 0;
    let isPartEnd = true;
    let aheadAtFirst: number | undefined;
    for await (const event of events) {
      aheadAtFirst ??= server.calls.length;
      if (event.kind === "word" || event.kind === "done") {
        isPartEnd = true;
      } else if (event.kind === "audio") {
        sizeBytes += event.bytes.length;
        highestBytes = isPartEnd ? Math.max(highestBytes, heldBytes().buffers - beforeBytes) : highestBytes;
        isPartEnd = false;
      }
    }

    expect(sizeBytes).toBe(prepared.parts.length * PART_BYTES);
    expect(prepared.parts.length).toBeGreaterThan(20);
    expect(aheadAtFirst).toBeLessThanOrEqual(2);
    expect(highestBytes).toBeLessThan(16 * MEGABYTE);
  });
});
