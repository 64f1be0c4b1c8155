import { describe, expect, it } from "vitest";
import { speakStreamRoute } from "../../../../src/http/synthesis/speak-stream.ts";
import { AVA, SPEAKER } from "../../../support/catalog-voice.ts";
import { copiedBytes } from "../../../support/count-copies.ts";
import { mp3Recording } from "../../../support/mp3-recording.ts";
import { recordingLogger } from "../../../support/recording-logger.ts";
import { recordingSynthesizer } from "../../../support/recording-synthesizer.ts";
import { speakingWith } from "../../../support/speaking.ts";

const URL_OF_STREAM = "http://localhost/api/v1/synthesis/speak/stream";

/** As large as what a socket hands over at once, and no multiple of a sample or a frame. */
const CHUNK_BYTES = 4_095;
const PCM_BYTES = 2_000_000;

function chunksOf(audio: Uint8Array): readonly Uint8Array[] {
  const count = Math.ceil(audio.length / CHUNK_BYTES);
  return Array.from({ length: count }, (_, index) =>
    audio.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES),
  );
}

/** The body of an answer that is neither kept nor cached. @param taken is called for each chunk when the service sends it. */
async function streamedBody(
  format: string,
  chunks: readonly Uint8Array[],
  taken: (bytes: number) => void = () => undefined,
): Promise<ReadableStream<Uint8Array>> {
  const sent = function* (): Generator<Uint8Array> {
    for (const bytes of chunks) {
      taken(bytes.length);
      yield bytes;
    }
  };
  const { speakStream } = speakingWith({
    ...recordingSynthesizer(() => []),
    synthesize: async () => ReadableStream.from(sent()),
  });
  const route = speakStreamRoute(speakStream);
  const body = JSON.stringify({ text: "Hello", voice: AVA.voiceName, cache: "bypass", store: false, format });
  const headers = { "content-type": "application/json" };
  const request = new Request(URL_OF_STREAM, { method: "POST", headers, body });
  const response = await route.handle({
    requestId: "req_1",
    traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    principal: SPEAKER,
    signal: request.signal,
    logger: recordingLogger(),
    request,
    url: new URL(URL_OF_STREAM),
  });
  if (response.body === null) {
    throw new Error("The answer has no body.");
  }
  return response.body;
}

async function lengthOf(body: ReadableStream<Uint8Array>): Promise<number> {
  let length = 0;
  for await (const bytes of body) {
    length += bytes.length;
  }
  return length;
}

/** Samples are copied where a chunk ends within one, frames where a chunk ends within one. */
describe("a streamed byte", () => {
  it.each([
    { format: "pcm", audio: async () => new Uint8Array(PCM_BYTES), most: 0.55 },
    { format: "wav", audio: async () => new Uint8Array(PCM_BYTES), most: 0.55 },
    {
      format: "mp3",
      audio: async () => mp3Recording({ seconds: 60, bitrateKbps: 192, sampleRateHz: 48_000 }),
      most: 1.2,
    },
  ])(
    "is copied less than $most times on its way through the app: $format",
    async ({ format, audio, most }) => {
      const chunks = chunksOf(await audio());
      let streamed = 0;

      const copied = await copiedBytes(async () => {
        streamed = await lengthOf(await streamedBody(format, chunks));
      });

      expect(streamed).toBeGreaterThan(1_000_000);
      expect(copied / streamed).toBeLessThan(most);
    },
  );

  it("is not taken from the service before the listener has taken what came before it", async () => {
    const chunks = chunksOf(new Uint8Array(PCM_BYTES));
    let takenBytes = 0;
    let readBytes = 0;
    let aheadBytes = 0;
    const body = await streamedBody("pcm", chunks, (bytes) => {
      takenBytes += bytes;
      aheadBytes = Math.max(aheadBytes, takenBytes - readBytes);
    });

    for await (const bytes of body) {
      readBytes += bytes.length;
    }

    expect(takenBytes).toBe(PCM_BYTES);
    expect(aheadBytes).toBeLessThanOrEqual(2 * CHUNK_BYTES);
  });
});
